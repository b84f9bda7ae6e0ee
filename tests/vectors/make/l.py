#!/usr/bin/env python3
"""Makes tests/vectors/attacks/l.json: chips of invented travel documents (SPECIMEN / MẪU), good ones and one fault each. Deterministic: keys from seeds, RFC 6979.

    pip install ecdsa sympy && python3 tests/vectors/make/l.py

Every byte of DER is written here by hand, so that every fault can be. Nothing of it is a real person, key, or certificate.
"""
import base64, copy, hashlib, json, os
from ecdsa import SigningKey, curves, ellipticcurve
from ecdsa.util import sigencode_der, sigencode_string
from sympy import nextprime

NOW = 1795316400  # 2026-11-22T03:00:00Z
HERE = os.path.dirname(os.path.abspath(__file__))
b64 = lambda b: base64.b64encode(b).decode()

# ---- DER -------------------------------------------------------------------------------------------------------------------------
def tlv(tag, *parts):
    body = b"".join(parts)
    t = bytes([tag]) if isinstance(tag, int) else tag
    n = len(body)
    if n < 128: return t + bytes([n]) + body
    l = n.to_bytes((n.bit_length() + 7) // 8, "big")
    return t + bytes([0x80 | len(l)]) + l + body
seq = lambda *p: tlv(0x30, *p)
sett = lambda *p: tlv(0x31, *p)
octs = lambda b: tlv(4, b)
bits = lambda b, unused=0: tlv(3, bytes([unused]) + b)
null = b"\x05\x00"
true = b"\x01\x01\xff"
ctx = lambda n, *p: tlv(0xA0 | n, *p)
ctxp = lambda n, b: tlv(0x80 | n, b)
utf8 = lambda s: tlv(12, s.encode())
prt = lambda s: tlv(19, s.encode())
def integer(v):
    return tlv(2, v.to_bytes(v.bit_length() // 8 + 1, "big"))
def oid(s):
    a = [int(x) for x in s.split(".")]
    out = bytearray()
    for v in [a[0] * 40 + a[1]] + a[2:]:
        c = [v & 127]
        v >>= 7
        while v: c.append(128 | v & 127); v >>= 7
        out += bytes(reversed(c))
    return tlv(6, bytes(out))
def utime(text): return tlv(23, text.encode())  # YYMMDDhhmmssZ
def gtime(text): return tlv(24, text.encode())

HASH = {"sha1": ("1.3.14.3.2.26", hashlib.sha1), "sha224": ("2.16.840.1.101.3.4.2.4", hashlib.sha224), "sha256": ("2.16.840.1.101.3.4.2.1", hashlib.sha256),
        "sha384": ("2.16.840.1.101.3.4.2.2", hashlib.sha384), "sha512": ("2.16.840.1.101.3.4.2.3", hashlib.sha512), "md5": ("1.2.840.113549.2.5", hashlib.md5)}
def digest(h, b): return HASH[h][1](b).digest()
def halg(h): return seq(oid(HASH[h][0]))

# ---- keys ------------------------------------------------------------------------------------------------------------------------
def seed(*p): return int.from_bytes(hashlib.sha512("|".join(map(str, p)).encode()).digest() * 2, "big")
CURVES = {"p224": (curves.NIST224p, "1.3.132.0.33"), "p256": (curves.NIST256p, "1.2.840.10045.3.1.7"), "p384": (curves.NIST384p, "1.3.132.0.34"), "p521": (curves.NIST521p, "1.3.132.0.35"),
          "bp224": (curves.BRAINPOOLP224r1, "1.3.36.3.3.2.8.1.1.5"), "bp256": (curves.BRAINPOOLP256r1, "1.3.36.3.3.2.8.1.1.7"), "bp320": (curves.BRAINPOOLP320r1, "1.3.36.3.3.2.8.1.1.9"),
          "bp384": (curves.BRAINPOOLP384r1, "1.3.36.3.3.2.8.1.1.11"), "bp512": (curves.BRAINPOOLP512r1, "1.3.36.3.3.2.8.1.1.13")}
ECSIG = {"sha1": "1.2.840.10045.4.1", "sha224": "1.2.840.10045.4.3.1", "sha256": "1.2.840.10045.4.3.2", "sha384": "1.2.840.10045.4.3.3", "sha512": "1.2.840.10045.4.3.4"}
RSASIG = {"sha1": "1.2.840.113549.1.1.5", "sha224": "1.2.840.113549.1.1.14", "sha256": "1.2.840.113549.1.1.11", "sha384": "1.2.840.113549.1.1.12", "sha512": "1.2.840.113549.1.1.13", "md5": "1.2.840.113549.1.1.4"}

class Ec:
    def __init__(s, name, label, explicit=False, domain=None, point=None, raw=False):
        s.curve, s.oid = CURVES[name]
        s.d = seed("ec", name, label) % (s.curve.order - 1) + 1
        s.explicit, s.domain, s.pt, s.raw = explicit, domain or {}, point, raw
        s.sk = SigningKey.from_secret_exponent(s.d, s.curve)
    def params(s):
        if not s.explicit: return oid(s.oid)
        c = s.curve; l = (c.curve.p().bit_length() + 7) // 8; f = lambda v: octs(v.to_bytes(l, "big"))
        g = s.domain.get("g", (c.generator.x(), c.generator.y()))
        field = s.domain.get("field") or seq(oid("1.2.840.10045.1.1"), integer(c.curve.p()))
        p = [integer(1), field, seq(f(c.curve.a() % c.curve.p()), f(c.curve.b()), *([bits(b"SPECIMEN")] if s.domain.get("seed") else [])),
             octs(b"\x04" + g[0].to_bytes(l, "big") + g[1].to_bytes(l, "big")), integer(c.order)]
        if s.domain.get("h", 1) is not None: p.append(integer(s.domain.get("h", 1)))
        return seq(*p)
    def spki(s):
        pt = s.pt(s) if s.pt else s.sk.verifying_key.to_string("uncompressed")
        return seq(seq(oid("1.2.840.10045.2.1"), s.params()), bits(pt))
    def alg(s, h): return seq(oid(ECSIG[h]))
    def sign(s, h, m):
        enc = sigencode_string if s.raw else sigencode_der
        return s.sk.sign_digest_deterministic(digest(h, m), hashfunc=hashlib.sha256, sigencode=enc, allow_truncate=True)

class Rsa:
    cache = {}
    def __init__(s, size, label, e=65537, pss=None, salt=None, plain=False, em=None, declared_salt=None):
        if (size, label, e) not in Rsa.cache:
            k = 0
            while True:
                half = size // 2
                p, q = (nextprime((seed("rsa", size, label, w, k) % (1 << (half - 2))) | (3 << (half - 2))) for w in "pq")
                if p * q.bit_length() and (p * q).bit_length() == size and all((x - 1) % e for x in (p, q)): break
                k += 1
            Rsa.cache[size, label, e] = (p * q, pow(e, -1, (p - 1) * (q - 1)))
        s.n, s.d = Rsa.cache[size, label, e]
        s.e, s.size, s.pss, s.salt, s.plain, s.em, s.declared_salt = e, size, pss, salt, plain, em, declared_salt
    def spki(s): return seq(seq(oid("1.2.840.113549.1.1.1"), null), bits(seq(integer(s.n), integer(s.e))))
    def alg(s, h):
        if s.pss:
            a = seq(oid(HASH[h][0]), null)
            salt = s.declared_salt if s.declared_salt is not None else (s.salt if s.salt is not None else HASH[h][1]().digest_size)
            return seq(oid("1.2.840.113549.1.1.10"), seq(ctx(0, a), ctx(1, seq(oid("1.2.840.113549.1.1.8"), a)), ctx(2, integer(salt))))
        return seq(oid("1.2.840.113549.1.1.1" if s.plain else RSASIG[h]), null)
    def sign(s, h, m):
        k = s.size // 8
        H = digest(h, m)
        if s.em:
            r = s.em(s, h, H, k)
            return r if isinstance(r, bytes) else pow(int.from_bytes(bytes(r), "big"), s.d, s.n).to_bytes(k, "big")
        if s.pss:
            hl = len(H); sl = s.salt if s.salt is not None else hl
            salt = hashlib.sha512(b"salt" + H).digest()[:sl]
            mp = HASH[h][1](b"\0" * 8 + H + salt).digest()
            db = b"\0" * (k - sl - hl - 2) + b"\1" + salt
            mask = b"".join(HASH[h][1](mp + i.to_bytes(4, "big")).digest() for i in range(k // hl + 1))[:len(db)]
            x = bytearray(a ^ b for a, b in zip(db, mask)); x[0] &= 0x7F
            em = bytes(x) + mp + b"\xbc"
        else:
            em = pad(seq(seq(oid(HASH[h][0]), null), octs(H)), k)
        return pow(int.from_bytes(em, "big"), s.d, s.n).to_bytes(k, "big")
def pad(t, k): return b"\0\1" + b"\xff" * (k - len(t) - 3) + b"\0" + t

# ---- certificates ----------------------------------------------------------------------------------------------------------------
def name(c, o, cn): return seq(*([sett(seq(oid("2.5.4.6"), prt(c)))] if c else []), sett(seq(oid("2.5.4.10"), utf8(o))), sett(seq(oid("2.5.4.3"), utf8(cn))))
def ext(o, v, critical=False): return seq(oid(o), *([true] if critical else []), octs(v))
def key_id(key): return hashlib.sha1(key.spki()).digest()
def ku(byte, unused): return ext("2.5.29.15", bits(bytes([byte]), unused), True)
def pkup(a, b): return ext("2.5.29.16", seq(ctxp(0, a.encode()), ctxp(1, b.encode())))

class Cert:
    def __init__(s, key, subject, issuer_key, issuer, serial, h="sha256", frm="240101000000Z", to="341231235959Z", ca=False, exts=None, drop=(), extra=(), aki=True, version=2, outer=None):
        s.key, s.subject, s.serial = key, subject, serial
        e = {}
        e["aki"] = ext("2.5.29.35", seq(ctxp(0, key_id(issuer_key))))
        e["ski"] = ext("2.5.29.14", octs(key_id(key)))
        e["ku"] = ku(0x06, 1) if ca else ku(0x80, 7)
        if ca: e["bc"] = ext("2.5.29.19", seq(true, integer(0)), True)
        if not aki: e.pop("aki")
        e.update(exts or {})
        for d in drop: e.pop(d, None)
        alg = issuer_key.alg(h)
        tbs = seq(*([ctx(0, integer(version))] if version else []), integer(serial), alg, issuer, seq(utime(frm), utime(to)), subject, key.spki(),
                  *([ctx(3, seq(*e.values(), *extra))] if version == 2 else []))
        s.issuer = issuer
        s.der = seq(tbs, outer or alg, bits(issuer_key.sign(h, tbs)))

def csca(key=None, c="VN", label="", h="sha256", **kw):
    key = key or Ec("p256", "csca" + c + label)
    n = name(c, "SPECIMEN", "CSCA MAU" + label)
    return Cert(key, n, key, n, 1, h=h, ca=True, **{"frm": "230101000000Z", "to": "391231235959Z", **kw})
def dsc(ca, key=None, c="VN", serial=7, h="sha256", label="", **kw):
    return Cert(key or Ec("p256", "dsc" + c + label), name(c, "SPECIMEN", "Document Signer MAU"), ca.key, ca.subject, serial, h=h, **kw)

# ---- data groups -----------------------------------------------------------------------------------------------------------------
def check(t): return str(sum((int(ch) if ch.isdigit() else 0 if ch == "<" else ord(ch) - 55) * [7, 3, 1][i % 3] for i, ch in enumerate(t)) % 10)
def td3(state="VNM", number="C0000000X", birth="900101", sex="F", expiry="330101", names="NGUYEN<<MAU<SPECIMEN", code="P<", bad=False):
    state = state.ljust(3, "<")
    l1 = (code + state + names).ljust(44, "<")
    opt = "<" * 14
    n = number.ljust(9, "<")
    b = n + check(n) + state + birth + check(birth) + sex + expiry + check(expiry) + opt + "<"
    comp = b[0:10] + b[13:20] + b[21:43]
    d = check(comp)
    if bad: d = str((int(d) + 1) % 10)
    return l1 + b + d
def dg1(z): return tlv(0x61, tlv(b"\x5f\x1f", z.encode()))
def printed(z): return z[:44] + "\n" + z[44:]
JPEG = b"\xff\xd8\xff\xe0SPECIMEN, not an image\xff\xd9"
def dg2(image=JPEG):
    rec = bytes(4) + bytes(2) + bytes(14) + bytes(12) + image
    rec = len(rec).to_bytes(4, "big") + rec[4:]
    fac = b"FAC\0" + b"010\0" + (14 + len(rec)).to_bytes(4, "big") + (1).to_bytes(2, "big") + rec
    return tlv(0x75, tlv(b"\x7f\x61", tlv(2, b"\1"), tlv(b"\x7f\x60", tlv(0xA1, b"\x80\x02\x01\x01"), tlv(b"\x5f\x2e", fac))))

# ---- SOD -------------------------------------------------------------------------------------------------------------------------
LDS = "2.23.136.1.1.1"
def lds(groups, h="sha256", version=0, extra=b""):
    rows = [seq(integer(n), octs(digest(h, b))) for n, b in sorted(groups.items())]
    return seq(integer(version), halg(h), seq(*rows), *([seq(prt("0108"), prt("040000"))] if version else []), extra)
def attr(o, *v): return seq(oid(o), sett(*v))
def signer_info(cert, content, h, ctype=LDS, attrs=None, sid=None, sigh=None, tamper=None, key=None):
    if attrs is None: attrs = lambda md: [attr("1.2.840.113549.1.9.3", oid(ctype)), attr("1.2.840.113549.1.9.4", octs(md))]
    key = key or cert.key
    a = attrs(digest(h, content)) if attrs else None
    signed = sett(*sorted(a)) if a is not None else content
    sig = key.sign(sigh or h, signed)
    if tamper: sig = tamper(sig)
    return seq(integer(3 if sid and sid[0] == 0x80 else 1), sid or seq(cert.issuer, integer(cert.serial)), halg(h), *([ctx(0, *sorted(a))] if a is not None else []), key.alg(sigh or h), octs(sig))
def signed_data(content, certs, infos, ctype=LDS, h="sha256"):
    return seq(oid("1.2.840.113549.1.7.2"), ctx(0, seq(integer(3), sett(halg(h)), seq(oid(ctype), ctx(0, octs(content))), ctx(0, *[c.der for c in certs]), sett(*infos))))
def sod(cert, groups, h="sha256", ldsh=None, certs=None, content=None, ctype=LDS, infos=None, econtent=None, version=0, **kw):
    content = content if content is not None else lds(groups, ldsh or h, version)
    infos = infos(cert, content) if infos else [signer_info(cert, content, h, ctype=ctype, **kw)]
    return tlv(0x77, signed_data(econtent or content, certs if certs is not None else [cert], infos, ctype, h))
def attrs_with(ctype=LDS, extra=lambda md: [], drop=(), md=None, twice=False):
    def f(real):
        m = md(real) if md else real
        out = []
        if "type" not in drop: out.append(attr("1.2.840.113549.1.9.3", oid(ctype)))
        if "digest" not in drop: out.append(attr("1.2.840.113549.1.9.4", octs(m)))
        if twice: out.append(attr("1.2.840.113549.1.9.4", octs(m)))
        return out + extra(m)
    return f
signing_time = lambda t: (lambda md: [attr("1.2.840.113549.1.9.5", utime(t))])

def indefinite(b, depth=2):
    """The outermost `depth` constructed values with indefinite lengths."""
    if depth == 0 or not b[0] & 0x20: return b
    tag = b[:1]; n = b[1]; off = 2
    if n & 0x80: k = n & 0x7F; n = int.from_bytes(b[2:2 + k], "big"); off = 2 + k
    body = b[off:off + n]; out = b""
    while body:
        o = 2; m = body[1]
        if m & 0x80: k = m & 0x7F; m = int.from_bytes(body[2:2 + k], "big"); o = 2 + k
        out += indefinite(body[:o + m], depth - 1); body = body[o + m:]
    return tag + b"\x80" + out + b"\0\0"

# ---- rows ------------------------------------------------------------------------------------------------------------------------
ROWS = []
CA = csca(); DS = dsc(CA)
Z = td3(); G = {1: dg1(Z), 2: dg2()}
GOOD = sod(DS, G)
def row(id, no, about, s=GOOD, groups=G, anchors=(CA,), verdict="invalid", codes=(), twin="l000-good", policy=None, lists=(), extra_csca=(), now=NOW, genuine=None, **inp):
    config = {"trust": {"csca": [b64(a.der) for a in anchors] + [b64(x) for x in extra_csca], "masterLists": [b64(x) for x in lists]}}
    if policy: config["policy"] = policy
    i = {"dataGroups": {str(n): b64(b) for n, b in groups.items()}, **inp}
    if s is not None: i["sod"] = b64(s)
    if genuine: i["activeAuthentication"] = {"challenge": b64(genuine[0]), "response": b64(genuine[1])}
    assert id not in [r["id"] for r in ROWS], id
    ROWS.append({"id": id, "row": no, "about": about, "config": config, "options": {"now": now}, "input": i, "expect": {"verdict": verdict, "codes": list(codes)}, **({"twin": twin} if verdict != "valid" else {})})
def good(id, no, about, *a, **k): row(id, no, about, *a, verdict="valid", **k)
def bad(id, no, about, code, *a, **k): row(id, no, about, *a, codes=[code], **k)

good("l000-good", 0, "P-256 under P-256, nothing wrong")
good("l000-lds1", 0, "LDS 1, with version info", sod(DS, G, version=1))
good("l000-printed", 0, "the printed zone is the chip's", mrz=printed(Z))
# algorithms, DSC and CSCA alike
for n, h in [("p224", "sha224"), ("p384", "sha384"), ("p521", "sha512"), ("bp224", "sha224"), ("bp256", "sha256"), ("bp320", "sha384"), ("bp384", "sha384"), ("bp512", "sha512")]:
    for explicit in (False, True):
        ca = csca(Ec(n, "csca", explicit), h=h); d = dsc(ca, Ec(n, "dsc", explicit), h=h)
        good(f"l000-{n}-{'explicit' if explicit else 'named'}", 285 if explicit else 0, f"{n}, {h}, {'explicit' if explicit else 'named'} parameters", sod(d, G, h=h), anchors=(ca,))
for label, kw, h in [("pkcs1-2048", dict(size=2048), "sha256"), ("pkcs1-3072-sha512", dict(size=3072), "sha512"), ("e3", dict(size=2048, e=3), "sha256"), ("plain-oid", dict(size=2048, plain=True), "sha256"),
                     ("pss-sha256", dict(size=2048, pss=True), "sha256"), ("pss-sha384", dict(size=2048, pss=True), "sha384"), ("pss-sha512", dict(size=3072, pss=True), "sha512"), ("pss-salt20", dict(size=2048, pss=True, salt=20), "sha256")]:
    cakw = {k: v for k, v in kw.items() if k != "plain"}
    ca = csca(Rsa(label="csca", **cakw), h=h); d = dsc(ca, Rsa(label="dsc", **kw), h=h)
    good(f"l000-rsa-{label}", 0, f"RSA {label}, {h}", sod(d, G, h=h), anchors=(ca,))
ca = csca(Rsa(4096, "csca4096", pss=True)); good("l000-ec-under-rsa", 0, "P-256 signer under an RSA-4096 PSS CSCA", sod(dsc(ca), G), anchors=(ca,))
ca = csca(Ec("bp512", "vn", True), h="sha512"); good("l000-vn-like", 0, "as Viet Nam's CSCA: brainpoolP512r1 with explicit parameters, SHA-512; signer on brainpoolP384r1", sod(dsc(ca, Ec("bp384", "vn", True), h="sha512"), G, h="sha384"), anchors=(ca,))

# 244, 245
bad("l244-dg2-swapped", 244, "DG2 of another chip", "dg_hash_mismatch", groups={1: G[1], 2: dg2(b"\xff\xd8\xff\xe0ANOTHER SPECIMEN\xff\xd9")})
bad("l244-dg1-one-cell", 244, "one cell of DG1 changed", "dg_hash_mismatch", groups={1: dg1(td3(number="C0000001X")), 2: G[2]})
bad("l244-dg-empty", 244, "an empty DG2", "dg_hash_mismatch", groups={1: G[1], 2: b""})
bad("l245-dg3", 245, "DG3 presented, no digest for it", "dg_hash_missing", groups={**G, 3: tlv(0x63, b"\0")})
bad("l245-dg0", 245, "data group 0", "dg_hash_missing", groups={**G, 0: b"x"})
good("l245-only-dg1", 245, "a subset of the signed groups is enough", groups={1: G[1]})
row("l245-no-dg1", 245, "DG2 alone: whose portrait?", groups={2: G[2]}, verdict="indeterminate", codes=["mrz_unauthenticated"], twin="l245-only-dg1")
row("l245-no-groups", 245, "a signed table of digests, and nothing to compare", groups={}, verdict="indeterminate", codes=["mrz_unauthenticated"], twin="l245-only-dg1")
bad("l245-no-sod", 245, "data groups without a security object", "structure_invalid", None)
# 248
bad("l248-lds-sha1", 248, "LDS digests SHA-1", "hash_not_allowed", sod(DS, G, ldsh="sha1"), twin="l248-lds-sha1-allowed")
good("l248-lds-sha1-allowed", 248, "the same, policy allows it", sod(DS, G, ldsh="sha1"), policy={"allowLegacyHash": True})
bad("l248-lds-md5", 248, "LDS digests MD5: no policy allows that", "hash_not_allowed", sod(DS, G, ldsh="md5"), policy={"allowLegacyHash": True})
bad("l248-sod-sha1", 248, "security object signed over SHA-1", "hash_not_allowed", sod(DS, G, h="sha1", ldsh="sha256"), twin="l248-sod-sha1-allowed")
good("l248-sod-sha1-allowed", 248, "the same, policy allows it", sod(DS, G, h="sha1", ldsh="sha256"), policy={"allowLegacyHash": True})
d = dsc(CA, h="sha1"); bad("l248-dsc-sha1", 248, "signer's certificate signed over SHA-1", "hash_not_allowed", sod(d, G), twin="l248-dsc-sha1-allowed")
good("l248-dsc-sha1-allowed", 248, "the same, policy allows it", sod(d, G), policy={"allowLegacyHash": True})
ca = csca(Rsa(2048, "csca")); d = dsc(ca, h="md5"); bad("l248-dsc-md5", 248, "signer's certificate md5WithRSA", "hash_not_allowed", sod(d, G), anchors=(ca,), policy={"allowLegacyHash": True})
# 253 and the encoding
bad("l253-indefinite", 253, "indefinite lengths, not a state known for them", "der_invalid", indefinite(GOOD, 6), twin="l253-indefinite-nz")
ca = csca(c="NZ"); d = dsc(ca, c="NZ"); g = {1: dg1(td3("NZL")), 2: G[2]}
good("l253-indefinite-nz", 253, "New Zealand, known for indefinite lengths", indefinite(sod(d, g), 6), groups=g, anchors=(ca,))
bad("l253-long-length", 253, "a length that is not the shortest", "der_invalid", GOOD[:1] + b"\x83\0" + GOOD[2:])
bad("l253-trailing", 253, "a byte after the end", "der_invalid", GOOD + b"\0")
bad("l253-cut", 253, "the last byte missing", "der_invalid", GOOD[:-1])
bad("l253-no-77", 253, "CMS without the tag 77 of EF.SOD", "cms_invalid", GOOD[4:])
bad("l253-garbage", 253, "not DER at all", "der_invalid", b"SPECIMEN")
bad("l253-empty", 253, "no bytes", "input_empty", b"")
x = b"\5\0"
for _ in range(40): x = seq(x)
bad("l253-deep", 253, "forty levels", "der_too_deep", tlv(0x77, x))
bad("l253-another-cms", 253, "CMS of another kind (enveloped data)", "cms_invalid", tlv(0x77, seq(oid("1.2.840.113549.1.7.3"), ctx(0, seq(integer(0))))))
# 259-263
bad("l259-no-signer", 259, "no signer", "cms_signer_missing", sod(DS, G, infos=lambda c, x: []))
bad("l259-no-certificate", 259, "the signer's certificate is not inside", "cms_signer_missing", sod(DS, G, certs=[]))
bad("l259-not-named", 259, "the identifier names no certificate inside", "cms_signer_missing", sod(DS, G, sid=seq(CA.subject, integer(99))), twin="l259-not-named-my")
ca = csca(c="MY"); d = dsc(ca, c="MY"); g = {1: dg1(td3("MYS")), 2: G[2]}
good("l259-not-named-my", 259, "Malaysia, known for it", sod(d, g, sid=seq(ca.subject, integer(99))), groups=g, anchors=(ca,))
good("l259-by-key-id", 259, "signer named by key identifier", sod(DS, G, sid=ctxp(0, key_id(DS.key))))
bad("l260-two-signers", 260, "two signers, both good", "cms_invalid", sod(DS, G, infos=lambda c, x: [signer_info(c, x, "sha256")] * 2))
bad("l261-no-attributes", 261, "signed attributes absent", "cms_signed_attrs_invalid", sod(DS, G, attrs=False))
bad("l261-no-type", 261, "no content type among them", "cms_signed_attrs_invalid", sod(DS, G, attrs=attrs_with(drop=("type",))))
bad("l261-no-digest", 261, "no message digest among them", "cms_signed_attrs_invalid", sod(DS, G, attrs=attrs_with(drop=("digest",))))
bad("l261-two-digests", 261, "message digest twice", "cms_signed_attrs_invalid", sod(DS, G, attrs=attrs_with(twice=True)))
bad("l261-other-type", 261, "content type of the attributes is not the contents'", "cms_signed_attrs_invalid", sod(DS, G, attrs=attrs_with(ctype="2.23.136.1.1.2")))
bad("l261-data", 261, "contents said to be plain data", "cms_invalid", sod(DS, G, ctype="1.2.840.113549.1.7.1"), twin="l261-data-cn")
ca = csca(c="CN"); d = dsc(ca, c="CN"); g = {1: dg1(td3("CHN")), 2: G[2]}
good("l261-data-cn", 261, "China, known for it", sod(d, g, ctype="1.2.840.113549.1.7.1"), groups=g, anchors=(ca,))
bad("l261-master-list", 261, "a master list handed over as a security object", "cms_invalid", sod(DS, G, ctype="2.23.136.1.1.2"))
bad("l263-digest", 263, "message digest of something else, signed", "cms_digest_mismatch", sod(DS, G, attrs=attrs_with(md=lambda m: m[::-1])))
bad("l263-content", 263, "contents changed after signing", "cms_digest_mismatch", sod(DS, G, econtent=lds({1: dg1(td3(number="C0000001X")), 2: G[2]})))
# 270
for id, kw, code in [("expired", dict(to="261122025959Z"), "cert_expired"), ("not-yet", dict(frm="261122030001Z"), "cert_not_yet_valid")]:
    bad(f"l270-dsc-{id}", 270, f"signer's certificate, {id}", code, sod(dsc(CA, **kw), G), twin=f"l270-dsc-{id}-twin")
    kw = {k: v[:10] + "00Z" if k == "frm" else "261122030000Z" for k, v in kw.items()}
    good(f"l270-dsc-{id}-twin", 270, "a second from it, good", sod(dsc(CA, **kw), G))
ca = csca(to="261122025959Z"); bad("l270-csca-expired", 270, "CSCA expired", "cert_expired", sod(dsc(ca), G), anchors=(ca,))
d = dsc(CA, extra=(pkup("20240101000000Z", "20240401000000Z"),))
good("l270-signed-in-period", 270, "signed within the private key's period", sod(d, G, attrs=attrs_with(extra=signing_time("240201000000Z"))))
bad("l270-signed-after-period", 270, "signed after the private key's period", "cert_key_usage_invalid", sod(d, G, attrs=attrs_with(extra=signing_time("250201000000Z"))), twin="l270-signed-in-period")
ca = csca(extra=(pkup("20230101000000Z", "20231231000000Z"),)); bad("l270-issued-after-period", 270, "signer certified after the CSCA's private key's period", "cert_chain_invalid", sod(dsc(ca), G), anchors=(ca,), twin="l270-issued-in-period")
good("l270-issued-in-period", 270, "signer certified within it", sod(dsc(ca, frm="230601000000Z"), G), anchors=(ca,))
# 272
k = Ec("p256", "self"); n = name("VN", "SPECIMEN", "Document Signer MAU")
bad("l272-self-signed", 272, "signer certified by itself", "cert_issuer_unknown", sod(Cert(k, n, k, n, 7), G))
other = csca(Ec("p256", "rogue"), label=" KHAC"); bad("l272-unknown-csca", 272, "a CSCA that nobody pinned", "cert_issuer_unknown", sod(dsc(other), G))
rogue = csca(Ec("p256", "rogue")); bad("l272-same-name-other-key", 272, "a CSCA of the same name, another key", "cert_issuer_unknown", sod(dsc(rogue), G))
bad("l272-same-name-no-key-id", 272, "the same, without a key identifier", "cert_chain_invalid", sod(dsc(rogue, aki=False), G), twin="l272-no-key-id")
good("l272-no-key-id", 272, "no key identifier, the right key", sod(dsc(CA, aki=False), G))
row("l272-nothing-pinned", 272, "no trust configured", anchors=(), verdict="indeterminate", codes=["trust_list_missing"])
d = dsc(CA); d.der = d.der[:-1] + bytes([d.der[-1] ^ 1]); bad("l272-certificate-signature", 272, "one bit of the certificate's signature", "cert_chain_invalid", sod(d, G))
# usage, extensions, shape
bad("l274-no-digital-signature", 272, "key usage without digitalSignature", "cert_key_usage_invalid", sod(dsc(CA, exts={"ku": ku(0x40, 6)}), G))
bad("l274-ca", 272, "a CA signs documents", "cert_key_usage_invalid", sod(dsc(CA, extra=(ext("2.5.29.19", seq(true), True),)), G))
bad("l274-master-list-signer", 272, "a master list signer signs documents", "cert_key_usage_invalid", sod(dsc(CA, extra=(ext("2.5.29.37", seq(oid("2.23.136.1.1.3"))),)), G))
ca = csca(exts={"ku": ku(0x80, 7)}); bad("l274-csca-usage", 272, "CSCA without keyCertSign", "cert_key_usage_invalid", sod(dsc(ca), G), anchors=(ca,))
ca = csca(drop=("bc",)); bad("l274-csca-not-marked", 272, "CSCA that does not say it is one", "cert_key_usage_invalid", sod(dsc(ca), G), anchors=(ca,))
ca = csca(c="BE", drop=("bc",)); g = {1: dg1(td3("BEL")), 2: G[2]}; good("l274-csca-not-marked-be", 272, "Belgium, known for it", sod(dsc(ca, c="BE"), g), groups=g, anchors=(ca,))
bad("l275-critical", 272, "a critical extension that nobody knows", "cert_critical_extension_unsupported", sod(dsc(CA, extra=(ext("1.2.3.4", null, True),)), G), twin="l275-not-critical")
good("l275-not-critical", 272, "the same, not critical", sod(dsc(CA, extra=(ext("1.2.3.4", null),)), G))
bad("l276-extension-twice", 272, "an extension twice", "cert_invalid", sod(dsc(CA, extra=(ext("2.5.29.14", octs(b"x")),)), G))
bad("l276-v1", 272, "a version 1 certificate", "cert_invalid", sod(dsc(CA, version=None), G))
bad("l276-two-algorithms", 272, "inner and outer algorithm differ", "cert_invalid", sod(dsc(CA, outer=seq(oid(ECSIG["sha384"]))), G))
bad("l276-inverted", 272, "notAfter before notBefore", "cert_invalid", sod(dsc(CA, frm="340101000000Z", to="240101000000Z"), G))
bad("l276-type", 272, "signer for identity cards only signs a passport", "cert_key_usage_invalid", sod(dsc(CA, extra=(ext("2.23.136.1.1.6.2", seq(integer(0), sett(prt("ID")))),)), G), twin="l276-type-p")
good("l276-type-p", 272, "signer for passports", sod(dsc(CA, extra=(ext("2.23.136.1.1.6.2", seq(integer(0), sett(prt("P")))),)), G))
good("l276-type-list", 272, "the list without version and SET, as the Philippines write it", sod(dsc(CA, extra=(ext("2.23.136.1.1.6.2", seq(prt("P"), prt("PS"))),)), G))
# 277
bad("l277-dsc", 277, "signer of another state under the CSCA", "cert_country_mismatch", sod(dsc(CA, c="LA"), G))
g = {1: dg1(td3("LAO")), 2: G[2]}; bad("l277-dg1", 277, "another state's passport, signed by this one", "cert_country_mismatch", sod(DS, g), groups=g)
for c, s in [("DE", "D"), ("UN", "UNO"), ("EU", "EUE"), ("KS", "RKS"), ("UT", "UTO"), ("de", "D")]:
    ca = csca(c=c); g = {1: dg1(td3(s)), 2: G[2]}; good(f"l277-{c}-{s}", 277, f"{c} signs for {s}", sod(dsc(ca, c=c), g), groups=g, anchors=(ca,))
n = name(None, "SPECIMEN", "CSCA MAU"); k = Ec("p256", "nowhere"); ca = Cert(k, n, k, n, 1, ca=True, frm="230101000000Z", to="391231235959Z")
bad("l277-no-country", 277, "no country at all", "cert_country_mismatch", sod(dsc(ca), G), anchors=(ca,))
# signatures
flip = lambda s: s[:-1] + bytes([s[-1] ^ 1])
bad("l280-flipped", 283, "one bit of the signature", "signature_invalid", sod(DS, G, tamper=flip))
bad("l280-raw", 283, "ECDSA as r and s side by side instead of DER", "signature_invalid", sod(dsc(CA, Ec("p256", "dscVN", raw=True)), G))
bad("l280-zero", 283, "r = s = 0", "signature_invalid", sod(DS, G, tamper=lambda s: seq(integer(0), integer(0))))
bad("l280-trailing", 283, "a byte after the signature's DER", "signature_invalid", sod(DS, G, tamper=lambda s: s + b"\0"))
bad("l280-other-key", 283, "signed by another key", "signature_invalid", sod(DS, G, key=Ec("p256", "rogue")))
bad("l280-two-digests", 283, "digest algorithm and signature algorithm differ", "alg_not_allowed", sod(DS, G, sigh="sha384"))
d = dsc(CA, Rsa(2048, "dsc", e=3))
def cube(s, h, H, k):
    t = b"\0\1" + b"\xff" * 8 + b"\0" + seq(seq(oid(HASH[h][0]), null), octs(H))
    v = int.from_bytes(t + b"\xff" * (k - len(t)), "big")
    lo, hi = 0, 1 << (s.size // 3 + 2)
    while lo < hi:
        m = (lo + hi + 1) // 2
        lo, hi = (m, hi) if m ** 3 <= v else (lo, m - 1)
    assert (lo ** 3).to_bytes(k, "big").startswith(t)
    return lo.to_bytes(k, "big")
em = lambda f: (lambda s, h, H, k: list(pad(f(h, H), k)))
rsa_key = lambda f, **kw: Rsa(2048, "dsc", em=f, **kw)
for id, about, key, twin in [("e3-garbage", "e = 3, garbage after the digest (CVE-2006-4339)", rsa_key(cube, e=3), "l000-rsa-e3"),
                       ("no-null", "DigestInfo without NULL", rsa_key(em(lambda h, H: seq(seq(oid(HASH[h][0])), octs(H)))), "l000-rsa-pkcs1-2048"),
                       ("wrong-oid", "DigestInfo of SHA-1's name with a SHA-256 digest", rsa_key(em(lambda h, H: seq(seq(oid(HASH["sha1"][0]), null), octs(H)))), "l000-rsa-pkcs1-2048"),
                       ("no-digestinfo", "the bare digest", rsa_key(em(lambda h, H: H)), "l000-rsa-pkcs1-2048"),
                       ("short-padding", "seven bytes of padding, the rest behind the digest", rsa_key(lambda s, h, H, k: list((b"\0\1" + b"\xff" * 7 + b"\0" + seq(seq(oid(HASH[h][0]), null), octs(H))).ljust(k, b"\0"))), "l000-rsa-pkcs1-2048")]:
    bad(f"l283-{id}", 283, about, "signature_invalid", sod(dsc(CA, key), G), twin=twin)
bad("l283-pss-salt", 283, "PSS with another salt length than it says", "signature_invalid", sod(dsc(CA, Rsa(2048, "dsc", pss=True, salt=20, declared_salt=32)), G), twin="l000-rsa-pss-sha256")
# 285
gen = curves.NIST256p.generator
def curveball(label):
    """A generator under which the public key of the real signer has the private key 1: Q = 1·Q."""
    q = Ec("p256", label).sk.verifying_key.pubkey.point
    return {"g": (q.x(), q.y())}
def dom(id, about, domain, point=None, ok=False, explicit=True):
    d = dsc(CA, Ec("p256", "dscVN", explicit, domain, point))
    (good if ok else lambda *a, **k: bad(*a[:3], "key_parameters_invalid", *a[3:], twin="l285-equal", **k))(f"l285-{id}", 285, about, sod(d, G))
dom("equal", "explicit parameters equal to P-256", {}, ok=True)
dom("seed", "the same with a seed", {"seed": True}, ok=True)
dom("no-cofactor", "the same without the cofactor", {"h": None}, ok=True)
dom("generator", "another generator (CVE-2020-0601)", curveball("dscVN"))
dom("cofactor", "cofactor 2", {"h": 2})
dom("binary-field", "a field of characteristic two", {"field": seq(oid("1.2.840.10045.1.2"), seq(integer(233), oid("1.2.840.10045.1.2.3.2"), integer(74)))})
dom("other-prime", "another prime", {"field": seq(oid("1.2.840.10045.1.1"), integer(curves.NIST256p.curve.p() - 2))})
dom("compressed", "a compressed point", {}, point=lambda s: s.sk.verifying_key.to_string("compressed"))
dom("off-curve", "a point off the curve", {}, point=lambda s: flip(s.sk.verifying_key.to_string("uncompressed")), explicit=False)
dom("infinity", "the point at infinity", {}, point=lambda s: b"\0", explicit=False)
bad("l285-rsa-1024", 285, "RSA of 1024 bits", "key_parameters_invalid", sod(dsc(CA, Rsa(1024, "dsc")), G), twin="l000-rsa-pkcs1-2048")
class Unknown(Ec):
    def params(s): return oid("1.3.132.0.10")
bad("l285-secp256k1", 285, "a curve that no travel document uses", "key_parameters_invalid", sod(dsc(CA, Unknown("p256", "dscVN")), G), twin="l285-equal")
# the document
g = {1: dg1(td3(expiry="261121")), 2: G[2]}; bad("l290-expired", 244, "document expired yesterday", "document_expired", sod(DS, g), groups=g, twin="l290-last-day")
g = {1: dg1(td3(expiry="261122")), 2: G[2]}; good("l290-last-day", 244, "document on its last day", sod(DS, g), groups=g)
g = {1: dg1(td3(bad=True)), 2: G[2]}; bad("l290-digit", 244, "a signed zone with a wrong check digit", "mrz_check_digit_invalid", sod(DS, g), groups=g)
g = {1: dg1(td3(birth="901301")), 2: G[2]}; bad("l290-date", 244, "a signed zone with a birth in month 13", "mrz_date_invalid", sod(DS, g), groups=g)
g = {1: dg1(Z[:-1]), 2: G[2]}; bad("l290-length", 244, "a signed zone of 87 cells", "mrz_length_invalid", sod(DS, g), groups=g)
bad("l290-printed-number", 241, "the printed zone has another number", "mrz_chip_mismatch", mrz=printed(td3(number="C0000001X")), twin="l000-printed")
bad("l290-printed-birth", 241, "the printed zone has another birth", "mrz_chip_mismatch", mrz=printed(td3(birth="900102")), twin="l000-printed")
row("l290-clock", 270, "a clock before the law", now=1600000000, verdict="indeterminate", codes=["clock_rollback"])
# revocation
def crl(ca, serials, h="sha256", extra=b"", key=None):
    key = key or ca.key
    tbs = seq(integer(1), key.alg(h), ca.subject, utime("261101000000Z"), utime("270201000000Z"), *([seq(*[seq(integer(s), utime("261001000000Z")) for s in serials])] if serials else []), extra)
    return seq(tbs, key.alg(h), bits(key.sign(h, tbs)))
bad("l295-revoked", 270, "signer revoked by its CSCA", "cert_revoked", extra_csca=(crl(CA, [3, 7]),), twin="l295-other-revoked")
good("l295-other-revoked", 270, "another signer revoked", extra_csca=(crl(CA, [3, 8]),))
good("l295-empty", 270, "a revocation list without entries", extra_csca=(crl(CA, []),))
good("l295-forged", 270, "a revocation list that the CSCA did not sign is no revocation", extra_csca=(crl(CA, [7], key=Ec("p256", "rogue")),))
# link certificates
new = csca(Ec("p256", "new"), label=" 2"); link = Cert(new.key, new.subject, CA.key, CA.subject, 2, ca=True)
d = dsc(new); good("l296-link", 272, "new CSCA key, linked by the pinned one, link inside", sod(d, G, certs=[d, link]))
bad("l296-no-link", 272, "the same without the link", "cert_issuer_unknown", sod(d, G), twin="l296-link")
forged = Cert(new.key, new.subject, Ec("p256", "rogue"), CA.subject, 2, ca=True, aki=False); bad("l296-forged-link", 272, "a link that the pinned one did not sign", "cert_chain_invalid", sod(d, G, certs=[d, forged]), twin="l296-link")
# master lists
def mls(ca, **kw): return Cert(Ec("p256", "mls"), name("VN", "SPECIMEN", "Master List Signer MAU"), ca.key, ca.subject, 9, **{"extra": (ext("2.5.29.37", seq(oid("2.23.136.1.1.3")), True),), **kw})
def master_list(signer, ca, certs, ctype="2.23.136.1.1.2", econtent=None, **kw):
    content = seq(integer(0), sett(*[c.der for c in certs]))
    return signed_data(econtent(content) if econtent else content, [signer, ca], [signer_info(signer, content, "sha256", ctype=ctype, attrs=attrs_with(ctype=ctype, extra=signing_time("261101000000Z")), **kw)], ctype)
home = csca(Ec("p256", "home"), label=" ML"); ms = mls(home)
good("l297-master-list", 272, "CSCA out of a master list", anchors=(), lists=(master_list(ms, home, [CA, home]),))
bad("l297-list-changed", 263, "master list changed after signing", "cms_digest_mismatch", anchors=(), lists=(master_list(ms, home, [CA, home], econtent=lambda c: c[:-1] + bytes([c[-1] ^ 1])),), twin="l297-master-list")
bad("l297-list-signature", 283, "master list signature, one bit", "signature_invalid", anchors=(), lists=(master_list(ms, home, [CA, home], tamper=flip),), twin="l297-master-list")
bad("l297-list-signer", 272, "a document signer signs a master list", "cert_key_usage_invalid", anchors=(), lists=(master_list(dsc(home), home, [CA, home]),), twin="l297-master-list")
bad("l297-list-type", 261, "contents of another type", "cms_invalid", anchors=(), lists=(master_list(ms, home, [CA, home], ctype=LDS),), twin="l297-master-list")
bad("l297-list-narrowed", 272, "the page pinned another CSCA of the state that signs the list", "cert_issuer_unknown", anchors=(other,), lists=(master_list(ms, home, [CA, home]),), twin="l297-master-list")
good("l297-list-pinned", 272, "the page pinned the one that signs the list", anchors=(home,), lists=(master_list(ms, home, [CA, home]),))
ldif = b"version: 1\ndn: cn=x,o=ml,c=VN\nobjectClass: top\npkdMasterListContent:: " + b"\n ".join(base64.b64encode(master_list(ms, home, [CA, home]))[i:i + 70] for i in range(0, 9999, 70) if i < len(base64.b64encode(master_list(ms, home, [CA, home])))) + b"\n\ndn: cn=y,o=crl,c=VN\ncertificateRevocationList;binary:: "
good("l298-ldif", 272, "the same list inside LDIF, with a revocation list for another", anchors=(), lists=(ldif + base64.b64encode(crl(CA, [8])) + b"\n",))
bad("l298-ldif-revoked", 270, "LDIF with a revocation list for this signer", "cert_revoked", anchors=(), lists=(ldif + base64.b64encode(crl(CA, [7])) + b"\n",), twin="l298-ldif")

# every group that is read: a Vietnamese card of an invented person
def td1(number="090000018", personal="001090000018", birth="900101", sex="M", expiry="300101", names="NGUYEN<<VAN<MAU"):
    l1 = ("IDVNM" + number + check(number) + personal + "<<" + check(personal)).ljust(30, "<")[:30]
    l2 = birth + check(birth) + sex + expiry + check(expiry) + "VNM" + "<" * 11
    return l1 + l2 + check(l1[5:30] + l2[:7] + l2[8:15] + l2[18:29]) + names.ljust(30, "<")
def field(n, *texts): return seq(integer(n), *[utf8(t) for t in texts])
g = {1: dg1(td1()), 2: dg2(), 11: tlv(0x6B, tlv(0x5C, bytes.fromhex("5f0e5f105f2b5f11")), tlv(b"\x5f\x0e", "NGUYỄN<<VĂN<MẪU".encode()), tlv(b"\x5f\x10", b"001090000018"), tlv(b"\x5f\x2b", b"19900101"), tlv(b"\x5f\x11", "HÀ NỘI".encode())),
     12: tlv(0x6C, tlv(0x5C, bytes.fromhex("5f195f26")), tlv(b"\x5f\x19", "CỤC MẪU".encode()), tlv(b"\x5f\x26", bytes.fromhex("20210403"))),
     13: tlv(0x6D, seq(oid("2.23.136.1.1.1"), sett(field(1, "001090000018"), field(2, "Nguyễn Văn Mẫu"), field(6, "Kinh"), field(8, "Hà Nội"), field(9, "Số 1 Phố Mẫu, Hà Nội"), field(12, "01/01/2030"), field(13, "Nguyễn Cha Mẫu", "Trần Mẹ Mẫu")))),
     14: tlv(0x6E, sett(seq(oid("0.4.0.127.0.7.2.2.3.2.4"), integer(1))))}
good("l244-vietnamese-card", 244, "DG1, DG2, DG11 to DG14 of a Vietnamese card", sod(DS, g), groups=g)
ROWS[-1]["expect"]["claims"] = {"name": "NGUYEN VAN MAU", "personal_identification_number": "001090000018", "full_name": "NGUYỄN<<VĂN<MẪU", "full_birthdate": "1990-01-01", "place_of_birth": "HÀ NỘI", "issuing_authority": "CỤC MẪU", "issued_on": "2021-04-03",
    "optional_details": {"number": "001090000018", "name": "Nguyễn Văn Mẫu", "ethnicity": "Kinh", "place_of_origin": "Hà Nội", "place_of_residence": "Số 1 Phố Mẫu, Hà Nội", "expires_on": "01/01/2030", "family": ["Nguyễn Cha Mẫu", "Trần Mẹ Mẫu"]},
    "chip_protocols": ["0.4.0.127.0.7.2.2.3.2.4"]}

# active authentication (ICAO Doc 9303-11 §6.1): a challenge and the chip's answer
CHALLENGE = bytes.fromhex("5350454349000001")
TRAILER = {"sha1": "bc", "sha224": "38cc", "sha256": "34cc", "sha384": "36cc", "sha512": "35cc"}
PLAIN = {h: f"0.4.0.127.0.7.1.1.4.1.{n}" for h, n in [("sha1", 1), ("sha224", 2), ("sha256", 3), ("sha384", 4), ("sha512", 5), ("ripemd160", 6)]}
def dg15(key): return tlv(0x6F, key.spki())
def dg14(h=None, version=1, others=(seq(oid("0.4.0.127.0.7.2.2.3.2.4"), integer(1)),)):
    return tlv(0x6E, sett(*sorted([*others, *([seq(oid("2.23.136.1.1.5"), integer(version), oid(PLAIN[h]))] if h else [])])))
def recovery(key, h, challenge=CHALLENGE, header=0x6A, trailer=None, signed=lambda m1, m2: m1 + m2):
    """ISO/IEC 9796-2 scheme 1: header, M1, H(M1 || M2), trailer."""
    tail = bytes.fromhex(trailer or TRAILER[h])
    k = (key.size + 7) // 8
    m1 = hashlib.shake_256(b"RND.ICC" + challenge).digest(k - 1 - HASH[h][1]().digest_size - len(tail))
    block = bytes([header]) + m1 + digest(h, signed(m1, challenge)) + tail
    return pow(int.from_bytes(block, "big"), key.d, key.n).to_bytes(k, "big")
def plain_ecdsa(key, h, challenge=CHALLENGE): return key.sk.sign_digest_deterministic(digest(h, challenge), hashfunc=hashlib.sha256, sigencode=sigencode_string, allow_truncate=True)
def chip(key, h=None, **kw): return {**G, **({14: dg14(h, **kw)} if h or kw else {}), 15: dg15(key)}
def active(id, about, groups, response, code=None, verdict="invalid", twin=None, challenge=CHALLENGE, signed=None, **kw):
    s = sod(DS, signed or groups)
    if code is None: good(f"l300-{id}", 300, about, s, groups=groups, genuine=(challenge, response), **kw)
    else: row(f"l300-{id}", 300, about, s, groups=groups, genuine=(challenge, response), verdict=verdict, codes=[code], twin=f"l300-{twin}", **kw)
LEGACY = {"allowLegacyHash": True}
for size in (1024, 1280, 1536, 1792, 2048, 3072):
    key = Rsa(size, "chip")
    active(f"rsa-{size}-sha256", f"RSA of {size} bits, SHA-256, trailer 34CC", chip(key), recovery(key, "sha256"))
    active(f"rsa-{size}-sha1", f"RSA of {size} bits, SHA-1, trailer BC, policy allows it", chip(key), recovery(key, "sha1"), policy=LEGACY)
R = Rsa(1024, "chip")
for h in ("sha224", "sha384", "sha512"): active(f"rsa-{h}", f"trailer {TRAILER[h].upper()}", chip(R), recovery(R, h))
active("rsa-sha1-33cc", "SHA-1 named by its identifier, trailer 33CC, policy allows it", chip(R), recovery(R, "sha1", trailer="33cc"), policy=LEGACY)
e3 = Rsa(1024, "chip", e=3); active("rsa-e3", "exponent 3", chip(e3), recovery(e3, "sha256"))
active("rsa-dg14", "a DG14 beside, which says nothing of RSA", chip(R, others=(seq(oid("0.4.0.127.0.7.2.2.3.2.4"), integer(1)),)), recovery(R, "sha256"))
r = recovery(R, "sha256"); T = "rsa-1024-sha256"
active("rsa-sha1-refused", "SHA-1 without the policy", chip(R), recovery(R, "sha1"), "hash_not_allowed", twin="rsa-1024-sha1")
active("rsa-other-challenge", "an answer to another challenge", chip(R), recovery(R, "sha256", b"SPECIMEN"), "chip_response_invalid", twin=T)
active("rsa-other-key", "a copy: another chip's key answers", chip(R), recovery(Rsa(1024, "copy"), "sha256"), "chip_response_invalid", twin=T)
active("rsa-flipped", "one bit of the answer", chip(R), flip(r), "chip_response_invalid", twin=T)
active("rsa-empty", "no answer", chip(R), b"", "chip_response_invalid", twin=T)
active("rsa-short", "the last byte missing", chip(R), r[:-1], "chip_response_invalid", twin=T)
active("rsa-long", "a zero in front", chip(R), b"\0" + r, "chip_response_invalid", twin=T)
active("rsa-above-modulus", "the answer plus the modulus", chip(R), (int.from_bytes(r, "big") + R.n).to_bytes(129, "big"), "chip_response_invalid", twin=T)
active("rsa-zero", "zero", chip(R), bytes(128), "chip_response_invalid", twin=T)
active("rsa-one", "one", chip(R), bytes(127) + b"\1", "chip_response_invalid", twin=T)
for header in (0x4A, 0x6B, 0x7A): active(f"rsa-header-{header:02x}", f"header {header:02X}", chip(R), recovery(R, "sha256", header=header), "chip_response_invalid", twin=T)
for trailer, h in (("34cd", "sha256"), ("33cc", "sha256"), ("bc", "sha256"), ("31cc", "sha1"), ("00cc", "sha256")):
    active(f"rsa-trailer-{trailer}-{h}", f"trailer {trailer.upper()} behind a {h} digest", chip(R), recovery(R, h, trailer=trailer), "chip_response_invalid", twin=T, policy=LEGACY)
active("rsa-without-challenge", "a digest of the recovered part alone", chip(R), recovery(R, "sha256", signed=lambda m1, m2: m1), "chip_response_invalid", twin=T)
active("rsa-challenge-first", "the parts the wrong way round", chip(R), recovery(R, "sha256", signed=lambda m1, m2: m2 + m1), "chip_response_invalid", twin=T)
active("rsa-pkcs1", "PKCS #1 v1.5 over the challenge", chip(R), Rsa(1024, "chip").sign("sha256", CHALLENGE), "chip_response_invalid", twin=T)
tiny = Rsa(768, "chip"); active("rsa-768", "a modulus of 768 bits", chip(tiny), recovery(tiny, "sha256"), "key_parameters_invalid", twin=T)
active("no-dg15", "an answer, and DG15 kept back", G, r, "chip_key_unavailable", "indeterminate", signed=chip(R), twin=T)
active("unsigned-dg15", "DG15 is not among the signed digests", chip(R), r, "dg_hash_missing", signed=G, twin=T)
copy_ = Rsa(1024, "copy"); active("swapped-dg15", "a copy with a key of its own in DG15", chip(copy_), recovery(copy_, "sha256"), "dg_hash_mismatch", signed=chip(R), twin=T)
for id, body in (("garbage", b"SPECIMEN"), ("empty", b"")): active(f"{id}-dg15", f"a signed DG15 of {id}", {**G, 15: tlv(0x6F, body)}, r, "der_invalid", twin=T)
active("wrong-tag-dg15", "DG14 in DG15's place", {**G, 15: dg14("sha256")}, r, "der_invalid", twin=T)
active("expired", "a genuine chip in a document that expired", {**chip(R), 1: dg1(td3(expiry="261121"))}, r, "document_expired", twin=T)
row("l300-forged-sod", 300, "a genuine answer beside a signature that is none", sod(DS, chip(R), tamper=flip), groups=chip(R), genuine=(CHALLENGE, r), codes=["signature_invalid"], twin="l300-" + T)
row("l300-chip-authentication", 300, "a record of chip authentication: proves nothing to anyone who was not there", groups=G, verdict="indeterminate", codes=["not_in_build"], twin="l000-good", chipAuthentication={})

for n, h, explicit in [("p256", "sha256", False), ("p256", "sha256", True), ("p384", "sha384", False), ("p521", "sha512", False), ("p224", "sha224", False), ("bp224", "sha224", True), ("bp256", "sha256", True), ("bp256", "sha256", False),
                       ("bp320", "sha256", False), ("bp384", "sha384", True), ("bp512", "sha512", True), ("p384", "sha256", False)]:
    key = Ec(n, "chip", explicit); active(f"ec-{n}-{h}{'-explicit' if explicit else ''}", f"{n}, {h}, plain form", chip(key, h), plain_ecdsa(key, h))
E1 = Ec("p256", "chip"); r = plain_ecdsa(E1, "sha256"); T = "ec-p256-sha256"; C = chip(E1, "sha256")
active("ec-sha1", "SHA-1, policy allows it", chip(E1, "sha1"), plain_ecdsa(E1, "sha1"), policy=LEGACY)
active("ec-sha1-refused", "SHA-1 without the policy", chip(E1, "sha1"), plain_ecdsa(E1, "sha1"), "hash_not_allowed", twin="ec-sha1")
active("ec-ripemd", "DG14 names RIPEMD-160", chip(E1, "ripemd160"), r, "hash_not_allowed", twin=T)
active("ec-other-digest", "another digest than DG14 names", C, plain_ecdsa(E1, "sha384"), "chip_response_invalid", twin=T)
active("ec-other-challenge", "an answer to another challenge", C, plain_ecdsa(E1, "sha256", b"SPECIMEN"), "chip_response_invalid", twin=T)
active("ec-other-key", "a copy: another chip's key answers", C, plain_ecdsa(Ec("p256", "copy"), "sha256"), "chip_response_invalid", twin=T)
active("ec-flipped", "one bit of the answer", C, flip(r), "chip_response_invalid", twin=T)
active("ec-der", "the answer in DER", C, E1.sk.sign_digest_deterministic(digest("sha256", CHALLENGE), hashfunc=hashlib.sha256, sigencode=sigencode_der), "chip_response_invalid", twin=T)
active("ec-zero", "r = s = 0", C, bytes(64), "chip_response_invalid", twin=T)
active("ec-order", "s = n", C, r[:32] + E1.curve.order.to_bytes(32, "big"), "chip_response_invalid", twin=T)
active("ec-long", "a zero in front of r and of s", C, b"\0" + r[:32] + b"\0" + r[32:], "chip_response_invalid", twin=T)
active("ec-no-dg14", "DG14 kept back: which digest?", {n: C[n] for n in (1, 2, 15)}, r, "chip_key_unavailable", "indeterminate", signed=C, twin=T)
active("ec-no-algorithm", "a DG14 that names no algorithm", {**G, 14: dg14(), 15: dg15(E1)}, r, "chip_key_unavailable", "indeterminate", twin=T)
active("ec-version-2", "an algorithm of a version that nobody knows", chip(E1, "sha256", version=2), r, "chip_key_unavailable", "indeterminate", twin=T)
bad_key = Ec("p256", "chip", True, curveball("chip")); active("ec-generator", "another generator in DG15", chip(bad_key, "sha256"), r, "key_parameters_invalid", twin=T)

# beside a credential: the small one of section A, whose holder is NGUYỄN THỊ MẪU, born 1990-03-15
a = next(c for c in json.load(open(os.path.join(HERE, "..", "attacks", "a.json")))["cases"] if c["id"] == "good")
for id, kw, code in [("credential", {}, None), ("credential-birth", dict(birth="900316"), "mrz_mismatch"), ("credential-name", dict(names="NGUYEN<<VAN<MAU"), "mrz_mismatch"), ("credential-nationality", dict(state="LAO"), "mrz_mismatch")]:
    c = {"LAO": "LA"}.get(kw.get("state"), "VN"); ca = csca(c=c)
    g = {1: dg1(td3(**{"names": "NGUYEN<<THI<MAU", "birth": "900315", **kw}))}; s = sod(dsc(ca, c=c), g)
    (good(f"l299-{id}", 241, "chip and credential of one person", s, groups=g, anchors=(ca,), credential=a["input"]) if code is None else
     bad(f"l299-{id}", 241, f"chip and credential differ: {id[11:]}", code, s, groups=g, anchors=(ca,), credential=a["input"], twin="l299-credential"))
    own = ROWS[-1]["config"]
    own["trust"] = {**a["config"]["trust"], **own["trust"]}
    for k, v in a["config"].items(): own.setdefault(k, v)
    ROWS[-1]["options"] = a["options"]
# the account of a foreigner whose passport was not disclosed: its end, in a chip that a state signed, makes a lock due
i = next(c for c in json.load(open(os.path.join(HERE, "..", "attacks", "i.json")))["cases"] if c["id"] == "passport-withheld")
ca = csca(c="FR"); d = dsc(ca, c="FR")
for id, expiry, code, account in [("last-day", "261122", None, ("unknown", [])), ("ended", "261121", "document_expired", ("lock_due", ["PASSPORT_EXPIRED"]))]:
    g = {1: dg1(td3(state="FRA", number="XX0SPECIM", birth="880709", expiry=expiry, names="SPECIMEN<<MARIE"))}; s = sod(d, g)
    (good(f"l299-passport-{id}", 241, "a foreigner's passport in the chip, on its last day", s, groups=g, anchors=(ca,), credential=i["input"]) if code is None else
     bad(f"l299-passport-{id}", 241, "a foreigner's passport in the chip has ended: the account is to be locked", code, s, groups=g, anchors=(ca,), credential=i["input"], twin="l299-passport-last-day"))
    own = ROWS[-1]["config"]
    own["trust"] = {**i["config"]["trust"], **own["trust"]}
    for k, v in i["config"].items(): own.setdefault(k, v)
    ROWS[-1]["options"] = i["options"]
    ROWS[-1]["expect"]["account"] = {"state": account[0], "grounds": account[1]}
ids = {r["id"]: r for r in ROWS}
for r in ROWS:
    if "twin" in r: assert ids[r["twin"]]["expect"]["verdict"] == "valid", r["id"]
with open(os.path.join(HERE, "..", "attacks", "l.json"), "w") as f:
    f.write("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in ROWS) + "\n]\n")
print(len(ROWS), "rows")
