#!/usr/bin/env python3
"""Records tests/vectors/sd-jwt/pypi-sd-jwt.json: eID credentials issued, held and presented by PyPI `sd-jwt` 0.10.4 (Apache-2.0), with invented people (MẪU).

    pip install sd-jwt==0.10.4 && python3 tests/vectors/make/pypi.py

Keys, salts and ES256 signatures are random and the key binding carries the hour of the recording, so a new recording has other bytes; tests/interop.rs and
tests/js/interop.test.mjs read whatever stands there. Its own verifier must read each presentation as we expect it to be read; it checks key binding with ES256 only.
"""
import json, os, secrets, time
from hashlib import sha256, sha384, sha512
from jwcrypto.jwk import JWK
from sd_jwt.common import SDJWTCommon, SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

ISSUER = "https://python-issuer.specimen.example"
AUDIENCE = "https://verifier.specimen.example"
NOW = int(time.time())
HASHES = {"sha-256": sha256, "sha-384": sha384, "sha-512": sha512}
KEYS = {"ES256": dict(kty="EC", crv="P-256"), "EdDSA": dict(kty="OKP", crv="Ed25519")}


class Withheld:
    def __init__(self, value): self.value = value


w = Withheld
COMMON = lambda vct: {"iss": ISSUER, "iat": NOW - 86400, "exp": NOW + 315_000_000, "vct": vct, "eid_level": 2, "eid_law": "ND69-2024", "sub": "SPECIMEN-PY"}
PEOPLE = {
    "citizen": {**COMMON("urn:eid:vn:citizen:1"),
        "name": w("TRẦN VĂN MẪU"), "birthdate": w("1991-04-12"), "gender": w("male"),
        "age_equal_or_over": w({"18": w(True), "65": w(False)}),
        "evidence": [{"method": "portrait", "source": "citizen_identity", "verified_at": "2026-01-02T03:04:05Z"}],
        "documents": [w({"type": "driving_licence", "number": w("B2-SPECIMEN"), "expires_on": None}), w({"type": "health_insurance", "number": "HI-SPECIMEN", "expires_on": None})]},
    "foreigner": {**COMMON("urn:eid:vn:foreigner:1"),
        "name": w("MARIE SPECIMEN"), "birthdate": w("1988-07-09"), "nationality": w("FRA"),
        "travel_document": w({"type": "passport", "number": w("XX0SPECIMEN7"), "country": "FRA", "issued_on": "2020-02-01", "issued_at": "PARIS SPECIMEN", "expires_on": "2099-01-01"}),
        "residence": {"kind": "permanent_card", "number": w("PRC0SPECIMEN"), "expires_on": "2099-01-01"},
        "evidence": [{"method": "fingerprint", "source": "national_immigration", "verified_at": "2026-01-02T03:04:05+07:00"}]},
}


def marked(value):
    """As the issuer wants it: `SDObj` around keys and elements."""
    if isinstance(value, dict): return {(SDObj(k) if isinstance(v, w) else k): marked(v.value if isinstance(v, w) else v) for k, v in value.items()}
    if isinstance(value, list): return [SDObj(marked(v.value)) if isinstance(v, w) else marked(v) for v in value]
    return value


def shown(value, choose, path=()):
    """What is left for the reader when `choose(path)` decides over each withheld thing."""
    if isinstance(value, dict):
        return {k: shown(v.value if isinstance(v, w) else v, choose, path + (k,)) for k, v in value.items() if not isinstance(v, w) or choose(path + (k,))}
    if isinstance(value, list):
        return [shown(v.value if isinstance(v, w) else v, choose, path + (i,)) for i, v in enumerate(value) if not isinstance(v, w) or choose(path + (i,))]
    return value


def wanted(value, choose, path=()):
    """As the holder's library wants it: a tree of what to disclose."""
    if isinstance(value, dict): return {k: wanted(v.value if isinstance(v, w) else v, choose, path + (k,)) for k, v in value.items() if not isinstance(v, w) or choose(path + (k,))}
    if isinstance(value, list): return [wanted(v.value if isinstance(v, w) else v, choose, path + (i,)) if not isinstance(v, w) or choose(path + (i,)) else False for i, v in enumerate(value)]
    return True


CHOICES = {"all": lambda path: True, "none": lambda path: False, "some": lambda path: path[-1] in ("name", "18", "age_equal_or_over", 1, "travel_document", "nationality")}
cases = []
for number, (issuer_alg, holder_alg, sd_alg) in enumerate([("ES256", "ES256", "sha-256"), ("EdDSA", "ES256", "sha-384"), ("ES256", "EdDSA", "sha-512"), ("EdDSA", "EdDSA", "sha-256")]):
    SDJWTCommon.HASH_ALG = {"name": sd_alg, "fn": HASHES[sd_alg]}
    issuer_key, holder_key = JWK.generate(**KEYS[issuer_alg]), JWK.generate(**KEYS[holder_alg])
    public = json.loads(issuer_key.export_public())
    public.pop("kid", None)
    for person, claims in PEOPLE.items():
        holder_public = json.loads(holder_key.export_public())
        holder_public.pop("kid", None)
        issuer = SDJWTIssuer(marked({**claims, "cnf": {"jwk": holder_public}}), issuer_key, None, sign_alg=issuer_alg, add_decoy_claims=number % 2 == 0, extra_header_parameters={"typ": "dc+sd-jwt"})
        for choice, choose in CHOICES.items():
            for bound in (False, True):
                holder = SDJWTHolder(issuer.sd_jwt_issuance)
                nonce = secrets.token_urlsafe(16) if bound else None
                holder.create_presentation(wanted(claims, choose), nonce, AUDIENCE if bound else None, holder_key if bound else None, sign_alg=holder_alg if bound else None)
                expected = {**shown(claims, choose), "cnf": {"jwk": holder_public}}
                peer = SDJWTVerifier(holder.sd_jwt_presentation, lambda *_: issuer_key, *((AUDIENCE, nonce) if bound and holder_alg == "ES256" else (None, None))).get_verified_payload()
                assert json.dumps(peer, sort_keys=True) == json.dumps(expected, sort_keys=True), (person, choice, peer, expected)
                cases.append({"id": f"{person} {issuer_alg} {holder_alg} {sd_alg} {choice}{' bound' if bound else ''}", "issuer": {"iss": ISSUER, "keys": [public]}, "vct": claims["vct"],
                              "options": {"now": int(time.time()), **({"nonce": nonce, "audience": AUDIENCE} if bound else {})}, "presentation": holder.sd_jwt_presentation, "claims": expected})

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "sd-jwt", "pypi-sd-jwt.json")
with open(path, "w", encoding="utf-8") as out:
    head = {"about": "issued, held and presented by PyPI sd-jwt 0.10.4; invented people", "licence": "Apache-2.0 (generator); the data is free", "recorded": NOW}
    out.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "cases": [\n' + ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n]}\n")
print(f"{len(cases)} cases")
