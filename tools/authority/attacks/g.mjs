// Section G: key binding (RFC 9901 §4.3, §7.3; RFC 7800; contract §3, §12 "Key binding").
import { DAY, NOW, Section, keys, make, pinned, raw, clear, small } from "./base.mjs";
import { spelled } from "../authority.mjs";
import { b64u, flipBit, unb64u } from "../bytes.mjs";
import { signCompact } from "../jws.mjs";
import { bind, digestOf } from "../sd-jwt.mjs";

const NONCE = "SPECIMEN-nonce-1234567890";
const AUDIENCE = "https://verifier.specimen.example";
const asked = { nonce: NONCE, audience: AUDIENCE };

export function sectionG() {
  const s = new Section("G", "Key binding");
  const holder = (key = keys.holder, more = {}) => make(small({ cnf: { jwk: key.jwk }, ...more }));
  const presented = holder();
  const base = { iat: NOW, aud: AUDIENCE, nonce: NONCE };
  const kb = (claims = {}, { key = keys.holder, token = presented.token, ...options } = {}) => {
    const all = { ...base, ...claims };
    for (const [name, value] of Object.entries(all)) if (value === undefined) delete all[name];
    return bind(token, key, all, options);
  };
  const hand = (payload, header = { alg: "EdDSA", typ: "kb+jwt" }, key = keys.holder) => `${presented.token}${signCompact(header, payload, key)}`;
  const twin = s.good("good", "bound to nonce and audience", { input: kb(), options: asked });
  const bad = (id, row, about, code, input, options = asked, other = twin, config) => s.bad(id, row, about, code, other, { input, options, ...(config && { config }) });
  const fine = (id, row, about, input, options = asked, config) => s.good(id, about, { row, input, options, ...(config && { config }) });
  const require_ = pinned({ keyBinding: "require" });
  const ignore = pinned({ keyBinding: "ignore" });

  fine("ed25519-name", 137, "alg Ed25519", kb({}, { key: spelled(keys.holder, "Ed25519") }));
  const phone = fine("p256", 137, "a P-256 holder", kb({}, { key: keys.holderP256, token: holder(keys.holderP256).token }));
  fine("required", 137, "required and there", kb(), asked, require_);
  fine("ignored", 137, "stripped, and the page does not ask", presented.token, {});
  fine("ignored-garbage", 137, "a bad one, ignored by policy", kb({ nonce: "other" }, { key: keys.stranger }), {}, ignore);
  bad("stripped", 137, "stripped where nonce and audience are given", "key_binding_missing", presented.token);
  bad("stripped-nonce", 137, "stripped where a nonce is given", "key_binding_missing", presented.token, { nonce: NONCE });
  bad("stripped-audience", 137, "stripped where an audience is given", "key_binding_missing", presented.token, { audience: AUDIENCE });
  bad("stripped-required", 137, "stripped where policy requires it", "key_binding_missing", presented.token, asked, "required", require_);
  bad("stripped-call", 137, "stripped where the call requires it", "key_binding_missing", presented.token, { ...asked, policy: { keyBinding: "require" } });
  bad("bare", 137, "a bare JWS cannot be bound", "key_binding_missing", raw(JSON.stringify(clear()), { head: { alg: "EdDSA", kid: keys.issuer.kid, typ: "eid+jwt" }, tail: "" }));

  for (const [name, nonce] of [["other", "other"], ["case", NONCE.toLowerCase()], ["space", `${NONCE} `], ["prefix", NONCE.slice(0, -1)], ["empty", ""]]) bad(`nonce-${name}`, 138, `nonce differs (${name})`, "key_binding_nonce_mismatch", kb({ nonce }));
  fine("nonce-only", 139, "only a nonce is given", kb({ aud: "https://somebody.specimen.example" }), { nonce: NONCE });
  fine("audience-only", 139, "only an audience is given", kb({ nonce: "whatever" }), { audience: AUDIENCE });
  for (const [name, aud] of [["other", "https://other.specimen.example"], ["slash", `${AUDIENCE}/`], ["case", AUDIENCE.toUpperCase()], ["port", `${AUDIENCE}:443`], ["prefix", AUDIENCE.slice(0, -1)], ["http", AUDIENCE.replace("https", "http")], ["origin", `origin:${AUDIENCE}`]]) {
    bad(`audience-${name}`, 140, `aud differs (${name})`, "key_binding_audience_mismatch", kb({ aud }));
  }
  fine("audience-origin", 140, "an origin: audience, as the Digital Credentials API gives it", kb({ aud: `origin:${AUDIENCE}` }), { nonce: NONCE, audience: `origin:${AUDIENCE}` });

  const [first, second] = presented.disclosures.map(({ text }) => text);
  const proofOf = (token) => token.slice(token.lastIndexOf("~") + 1);
  const proof = proofOf(kb());
  const partial = `${presented.jwt}~${first}~`;
  bad("added", 142, "a disclosure added after binding", "key_binding_hash_mismatch", `${presented.token}${proofOf(kb({}, { token: partial }))}`);
  bad("removed", 142, "a disclosure removed after binding", "key_binding_hash_mismatch", `${partial}${proof}`);
  bad("reordered", 142, "disclosures reordered after binding", "key_binding_hash_mismatch", `${presented.jwt}~${second}~${first}~${proof}`);
  bad("all-removed", 142, "all disclosures removed after binding", "key_binding_hash_mismatch", `${presented.jwt}~${proof}`);
  bad("other-credential", 142, "the proof of another credential of the same holder", "key_binding_hash_mismatch", `${holder(keys.holder, { sub: "SPECIMEN-X" }).token}${proof}`);
  bad("hash-without-tilde", 142, "sd_hash without the last tilde", "key_binding_hash_mismatch", kb({ sd_hash: digestOf(presented.token.slice(0, -1)) }));
  bad("hash-sha512", 142, "sd_hash with an algorithm that the issuer did not choose", "key_binding_hash_mismatch", kb({ sd_hash: digestOf(presented.token, "sha-512") }));
  bad("hash-hex", 142, "sd_hash in hexadecimal", "key_binding_hash_mismatch", kb({ sd_hash: Buffer.from(digestOf(presented.token), "base64url").toString("hex") }));
  bad("hash-empty", 142, "sd_hash empty", "key_binding_hash_mismatch", kb({ sd_hash: "" }));
  const strong = make(small({ cnf: { jwk: keys.holder.jwk } }), { sdAlg: "sha-512" });
  fine("sha-512", 143, "sd_hash by the issuer's _sd_alg", kb({}, { token: strong.token, sdAlg: "sha-512" }));
  bad("sha-512-as-256", 143, "sd_hash with sha-256 where _sd_alg is sha-512", "key_binding_hash_mismatch", kb({}, { token: strong.token }), asked, "sha-512");

  for (const name of ["iat", "nonce", "aud", "sd_hash"]) {
    bad(`no-${name}`, 144, `no ${name}`, "key_binding_invalid", kb().replace(/[^~]*$/, () => {
      const all = { sd_hash: digestOf(presented.token), ...base };
      delete all[name];
      return signCompact({ alg: "EdDSA", typ: "kb+jwt" }, all, keys.holder);
    }));
    for (const [kind, value] of [["number", name === "iat" ? "1790000000" : 7], ["null", null], ["array", [base[name] ?? "x"]], ["object", {}]]) {
      bad(`${name}-${kind}`, 144, `${name} is of the wrong type (${kind})`, "key_binding_invalid", kb({ [name]: value }));
    }
  }
  bad("iat-fraction", 144, "iat with a fraction", "key_binding_invalid", hand(`{"iat":${NOW}.5,"aud":"${AUDIENCE}","nonce":"${NONCE}","sd_hash":"${digestOf(presented.token)}"}`));
  for (const [name, payload] of [["array", "[]"], ["text", '"x"'], ["no-json", "x"]]) bad(`payload-${name}`, 144, `the payload is ${name}`, "key_binding_invalid", hand(payload));
  bad("payload-duplicate", 144, "nonce twice", "json_duplicate_key", hand(`{"iat":${NOW},"aud":"${AUDIENCE}","nonce":"other","nonce":"${NONCE}","sd_hash":"${digestOf(presented.token)}"}`));

  const oldest = fine("oldest", 145, "300 s old", kb({ iat: NOW - 300 }));
  bad("too-old", 145, "301 s old", "key_binding_too_old", kb({ iat: NOW - 301 }), asked, oldest);
  bad("day-old", 145, "a day old", "key_binding_too_old", kb({ iat: NOW - DAY }), asked, oldest);
  bad("too-old-policy", 145, "61 s old where 60 are allowed", "key_binding_too_old", kb({ iat: NOW - 61 }), asked, fine("oldest-policy", 145, "60 s old where 60 are allowed", kb({ iat: NOW - 60 }), asked, pinned({ maxPresentationAge: 60 })), pinned({ maxPresentationAge: 60 }));
  const newest = fine("newest", 146, "60 s ahead", kb({ iat: NOW + 60 }));
  bad("ahead", 146, "61 s ahead", "key_binding_in_future", kb({ iat: NOW + 61 }), asked, newest);
  bad("years-ahead", 146, "signed for years ahead", "key_binding_in_future", kb({ iat: NOW + 1000 * DAY }), asked, newest);

  const typed = (typ) => kb({}, { header: { typ } });
  for (const typ of ["JWT", "dc+sd-jwt", "KB+JWT", "application/kb+jwt", ""]) bad(`typ-${typ.replaceAll(/\W/g, "-") || "empty"}`, 148, `typ ${JSON.stringify(typ)}`, "typ_mismatch", typed(typ));
  bad("typ-missing", 148, "no typ", "typ_mismatch", hand(JSON.stringify({ ...base, sd_hash: digestOf(presented.token) }), { alg: "EdDSA" }));
  bad("alg-none", 147, "alg none", "alg_not_allowed", kb({}, { header: { alg: "none" } }));
  bad("alg-hs256", 147, "alg HS256", "alg_not_allowed", kb({}, { header: { alg: "HS256" } }));
  bad("alg-es256", 147, "alg ES256 with an Ed25519 holder", "alg_key_mismatch", kb({}, { header: { alg: "ES256" } }), asked, phone);
  bad("alg-missing", 147, "no alg", "header_invalid", hand(JSON.stringify({ ...base, sd_hash: digestOf(presented.token) }), { typ: "kb+jwt" }));
  bad("crit", 147, "crit", "crit_unsupported", kb({}, { header: { crit: ["x"], x: 1 } }));
  bad("jwk", 147, "jwk in the header, signed by it", "header_key_forbidden", kb({}, { key: keys.stranger, header: { jwk: keys.stranger.jwk } }));
  bad("jku", 147, "jku in the header", "header_key_forbidden", kb({}, { header: { jku: "https://unknown.specimen.example/" } }));

  bad("other-key", 149, "signed by another key", "key_binding_signature_invalid", kb({}, { key: keys.stranger }));
  bad("issuer-key", 149, "signed by the issuer", "key_binding_signature_invalid", kb({}, { key: { ...keys.issuer, kid: undefined } }));
  bad("other-p256", 149, "signed by another P-256 key", "key_binding_signature_invalid", kb({}, { key: { ...keys.issuerP256, kid: undefined }, token: holder(keys.holderP256).token }), asked, phone);
  const flipped = (token) => `${token.slice(0, token.lastIndexOf(".") + 1)}${b64u(flipBit(unb64u(token.slice(token.lastIndexOf(".") + 1)), 300))}`;
  bad("signature-bit", 149, "one bit of the signature", "key_binding_signature_invalid", flipped(kb()));
  bad("signature-zero", 149, "64 zero bytes", "key_binding_signature_invalid", kb({}, { key: { ...keys.holder, sign: () => new Uint8Array(64) } }));
  const unasked = fine("unasked", 150, "a proof that nobody asked for, good", kb(), {});
  fine("unasked-old", 150, "a proof that nobody asked for: its age is not judged", kb({ iat: NOW - 1000 * DAY }), {});
  bad("unasked-other-key", 150, "a proof that nobody asked for, by another key", "key_binding_signature_invalid", kb({}, { key: keys.stranger }), {}, unasked);
  bad("unasked-typ", 150, "a proof that nobody asked for, of another type", "typ_mismatch", typed("JWT"), {}, unasked);
  bad("unasked-hash", 150, "a proof that nobody asked for, of another text", "key_binding_hash_mismatch", `${partial}${proof}`, {}, unasked);

  const noKey = make(small());
  bad("no-cnf", 151, "no cnf", "holder_key_missing", kb({}, { token: noKey.token }));
  const cnfs = [["string", "x"], ["null", null], ["array", []], ["jwk-string", { jwk: "x" }], ["small-order", { jwk: { kty: "OKP", crv: "Ed25519", x: b64u(Uint8Array.of(1, ...new Uint8Array(31))) } }],
    ["short", { jwk: { ...keys.holder.jwk, x: "AAAA" } }], ["off-curve", { jwk: { ...keys.holderP256.jwk, y: keys.holderP256.jwk.x } }], ["rsa", { jwk: { kty: "RSA", n: "AQAB", e: "AQAB" } }], ["x25519", { jwk: { ...keys.holder.jwk, crv: "X25519" } }], ["oct", { jwk: { kty: "oct", k: "AAAA" } }]];
  for (const [name, cnf] of cnfs) bad(`cnf-${name}`, 151, `cnf holds no key (${name})`, "holder_key_invalid", kb({}, { token: make(small({ cnf })).token }));
  fine("cnf-parsed", 151, "a cnf that no proof uses is not judged", make(small({ cnf: { jwk: { kty: "RSA", n: "AQAB", e: "AQAB" } } })).token, {});

  for (const [name, options] of [["nonce-empty", { nonce: "" }], ["nonce-null", { nonce: null }], ["nonce-number", { nonce: 7 }], ["audience-empty", { audience: "", nonce: NONCE }], ["audience-null", { audience: null, nonce: NONCE }], ["audience-array", { audience: [AUDIENCE] }]]) {
    bad(`option-${name}`, 152, `a nonce or audience that binds nothing (${name})`, "policy_invalid", kb(), options);
  }
  bad("require-nothing", 152, "required, with nothing to bind to", "policy_invalid", kb(), {}, "required", require_);
  for (const [name, options] of [["misspelt", { Nonce: NONCE }], ["unknown", { foo: 1 }], ["policy-unknown", { policy: { minlevel: 2 } }], ["policy-string", { policy: "strict" }], ["loosened-level", { policy: { minLevel: 0 } }], ["loosened-age", { policy: { maxPresentationAge: 301 } }],
    ["loosened-skew", { policy: { clockSkew: 61 } }], ["law", { policy: { law: "ND59-2022" } }], ["expiry", { policy: { expiryDay: "exclusive" } }], ["loosened-kinds", { policy: { kinds: ["citizen", "organisation"] } }], ["loosened-binding", { policy: { keyBinding: "ignore" } }]]) {
    bad(`options-${name}`, 153, `options that the contract does not know, or that loosen (${name})`, "policy_invalid", kb(), { ...asked, ...options });
  }
  for (const [name, policy] of [["misspelt", { minlevel: 2 }], ["level-3", { minLevel: 3 }], ["level-text", { minLevel: "2" }], ["kinds-empty", { kinds: [] }], ["kinds-unknown", { kinds: ["robot"] }], ["law", { law: "ND70" }], ["binding", { keyBinding: "yes" }], ["skew", { clockSkew: -1 }], ["skew-fraction", { clockSkew: 0.5 }], ["ask", { ask: { ageAtleast: 18 } }], ["documents", { documents: "none" }]]) {
    s.thrown(`policy-${name}`, 153, `a policy that is none (${name})`, "policy_invalid", twin, pinned(policy));
  }
  fine("stricter", 153, "a call may be stricter", kb(), { ...asked, policy: { maxPresentationAge: 10, clockSkew: 0, kinds: ["citizen"], requiredClaims: ["name"] } });
  s.elsewhere(154, "the nonce store is a class of the JavaScript door: tests/js/door.test.mjs");
  return s;
}
