// Section C: the protected header (RFC 7515 §4, RFC 7797, RFC 8725 §3, RFC 9864).
import { createHmac } from "node:crypto";
import { rawPublic, ed25519Key } from "../keys.mjs";
import { concat, utf8 } from "../bytes.mjs";
import { signCompact } from "../jws.mjs";
import { ISSUER, Section, clear, forged, good, header, keys, make, pin, pinned, raw, small } from "./base.mjs";
import { SECOND_ISSUER, spelled } from "../authority.mjs";

export function sectionC() {
  const s = new Section("C", "JWS header");
  const twin = s.good("good", "the small credential", { input: good().token });
  const bad = (id, row, about, code, input, other = twin, config) => s.bad(id, row, about, code, other, { input, ...(config && { config }) });
  const with_ = (more) => make(small(), { header: more }).token;

  for (const [name, alg] of [["none", "none"], ["none-mixed", "nOnE"], ["none-space", " none"], ["none-title", "None"], ["none-upper", "NONE"], ["empty", ""], ["none-nul", "none\0"]]) {
    bad(name, 42, `alg "${alg}" over a good signature`, "alg_not_allowed", with_({ alg }));
  }
  bad("none-unsigned", 42, "alg none with a signature of one letter's worth", "alg_not_allowed", forged(() => Uint8Array.of(0), { head: header(keys.issuer, { alg: "none" }) }));

  const key = rawPublic(keys.issuer);
  const spki = concat(Uint8Array.from([0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]), key);
  const pem = `-----BEGIN PUBLIC KEY-----\n${Buffer.from(spki).toString("base64")}\n-----END PUBLIC KEY-----\n`;
  const secrets = [
    ["raw", key], ["pem", utf8(pem)], ["pem-no-newline", utf8(pem.trim())], ["pem-crlf", utf8(pem.replaceAll("\n", "\r\n"))], ["der", spki],
    ["jwk", utf8(JSON.stringify(keys.issuer.publicJwk()))], ["x", utf8(keys.issuer.jwk.x)], ["empty", new Uint8Array(0)],
  ];
  for (const bits of [256, 384, 512]) {
    for (const [name, secret] of secrets) {
      bad(`hs${bits}-${name}`, 43, `HS${bits} keyed with the issuer's public key (${name})`, "alg_not_allowed",
        forged((input) => new Uint8Array(createHmac(`sha${bits}`, secret).update(input).digest()), { head: header(keys.issuer, { alg: `HS${bits}` }) }));
    }
  }

  const both = pinned({}, [pin(ISSUER, [keys.issuer, keys.issuerP256])]);
  const p256Twin = s.good("es256", "ES256 with its own key", { row: 44, config: both, input: make(small(), { key: keys.issuerP256 }).token });
  const synonym = s.good("ed25519-name", "Ed25519 for EdDSA", { row: 44, input: make(small(), { key: spelled(keys.issuer, "Ed25519") }).token });
  for (const alg of ["EdDSA", "Ed25519"]) {
    s.good(`jwk-alg-${alg}`, `a JWK that says alg ${alg}`, { row: 44, config: pinned({}, [{ iss: ISSUER, keys: [keys.issuer.publicJwk({ alg })] }]), input: good().token });
  }
  bad("es256-ed25519-kid", 44, "alg ES256 with the kid of an Ed25519 key", "alg_key_mismatch", with_({ alg: "ES256" }), p256Twin, both);
  bad("eddsa-p256-kid", 44, "alg EdDSA with the kid of a P-256 key", "alg_key_mismatch", make(small(), { key: keys.issuerP256, header: { alg: "EdDSA" } }).token, p256Twin, both);
  bad("ed25519-p256-kid", 44, "alg Ed25519 with the kid of a P-256 key", "alg_key_mismatch", make(small(), { key: keys.issuerP256, header: { alg: "Ed25519" } }).token, p256Twin, both);
  bad("es256-signed", 44, "signed by the P-256 key, kid of the Ed25519 one", "alg_key_mismatch", make(small(), { key: { ...keys.issuerP256, kid: keys.issuer.kid } }).token, p256Twin, both);
  for (const alg of ["RS256", "RS512", "PS256", "ES384", "ES512", "ES256K", "Ed448", "ML-DSA-44", "eddsa", "ed25519", "es256", "EDDSA", "EdDSA ", "ES256\t", "A128KW", "dir"]) {
    bad(`alg-${alg.trim()}${alg === alg.trim() ? "" : "-space"}`, 45, `alg ${JSON.stringify(alg)}`, "alg_not_allowed", with_({ alg }), synonym);
  }

  bad("alg-missing", 47, "no alg", "header_invalid", with_({ alg: undefined }));
  for (const [name, alg] of [["number", 7], ["array", ["EdDSA"]], ["null", null], ["bool", true], ["object", { EdDSA: 1 }]]) {
    bad(`alg-${name}`, 47, `alg is ${name}`, "header_invalid", with_({ alg }));
    bad(`kid-${name}`, 47, `kid is ${name}`, "header_invalid", with_({ kid: alg }));
    bad(`typ-${name}`, 47, `typ is ${name}`, "header_invalid", with_({ typ: alg }));
  }
  bad("empty-header", 47, "an empty header object", "header_invalid", raw(JSON.stringify(clear()), { head: "{}" }));

  bad("crit", 48, "crit names what nobody knows", "crit_unsupported", with_({ crit: ["x"], x: 1 }));
  bad("crit-absent-member", 48, "crit names a member that is not there", "crit_unsupported", with_({ crit: ["x"] }));
  bad("crit-b64", 48, "crit b64 (RFC 7797)", "crit_unsupported", with_({ crit: ["b64"], b64: false }));
  bad("crit-b64-true", 48, "crit b64: true", "crit_unsupported", with_({ crit: ["b64"], b64: true }));
  bad("crit-alg", 48, "crit names a registered member", "crit_unsupported", with_({ crit: ["alg"] }));
  bad("crit-exp", 48, "crit exp", "crit_unsupported", with_({ crit: ["exp"], exp: 1 }));
  const known = s.good("unknown-member", "a header member nobody knows is ignored unless critical", { row: 48, input: with_({ x: 1, iat: 2 }) });
  for (const [name, crit] of [["empty", []], ["string", "x"], ["numbers", [1]], ["null", null], ["object", {}]]) {
    bad(`crit-${name}`, 49, `crit is ${name}: an array of names, never empty (RFC 7515 §4.1.11)`, "header_invalid", with_({ crit }), known);
  }

  const thief = ed25519Key("thief", keys.issuer.kid);
  bad("jwk", 51, "jwk in the header, signed by it", "header_key_forbidden", make(small(), { key: thief, header: { jwk: thief.jwk } }).token);
  bad("jwk-own", 51, "jwk in the header, the issuer's own", "header_key_forbidden", with_({ jwk: keys.issuer.jwk }));
  bad("jwk-null", 51, "jwk: null", "header_key_forbidden", with_({ jwk: null }));
  bad("jku", 52, "jku", "header_key_forbidden", with_({ jku: "https://unknown.specimen.example/jwks" }));
  bad("jku-issuer", 52, "jku of the issuer", "header_key_forbidden", with_({ jku: `${ISSUER}/jwks` }));
  bad("jku-local", 52, "jku into the host's network", "header_key_forbidden", with_({ jku: "http://169.254.169.254/" }));
  bad("x5u", 52, "x5u", "header_key_forbidden", with_({ x5u: "https://unknown.specimen.example/cert" }));
  bad("x5c-no-iss", 53, "x5c and no iss", "issuer_missing", make(small({ iss: undefined }), { header: { x5c: ["AAAA"] } }).token);
  bad("no-iss", 53, "no iss at all", "issuer_missing", make(small({ iss: undefined })).token);

  const noKid = s.good("no-kid", "no kid, and the issuer has one key", { row: 54, input: with_({ kid: undefined }) });
  bad("kid-missing", 54, "no kid, and the issuer has two keys", "kid_missing", with_({ kid: undefined }), noKid, pinned({}, [pin(ISSUER, [keys.issuer, keys.second])]));
  const nameless = { iss: ISSUER, keys: [keys.issuer.jwk] };
  s.good("nameless-key", "a sole key without kid serves any kid", { row: 54, config: pinned({}, [nameless]), input: with_({ kid: "whatever" }) });

  const names = [["other", "other"], ["case", keys.issuer.kid.toUpperCase()], ["path", "../../dev/null"], ["sql", "' OR 1=1 --"], ["url", `${ISSUER}#${keys.issuer.kid}`],
    ["space", `${keys.issuer.kid} `], ["prefix", keys.issuer.kid.slice(0, -1)], ["nul", `${keys.issuer.kid}\0`], ["long", "k".repeat(4096)], ["proto", "constructor"]];
  for (const [name, kid] of names) bad(`kid-${name}`, 55, `kid that the issuer has not (${name})`, "kid_unknown", with_({ kid }));
  const shared = pinned({}, [pin(ISSUER, [keys.issuer]), { iss: SECOND_ISSUER, keys: [keys.second.publicJwk({ kid: keys.issuer.kid })] }]);
  s.good("shared-kid", "two issuers may call their keys the same", { row: 56, config: shared, input: good().token });

  for (const typ of ["JWT", "kb+jwt", "statuslist+jwt", "eid-trust-list+jws", "eid-account-state+jwt", "eid-relying-party+jwt", "DC+SD-JWT", "application/dc+sd-jwt", "dc+sd-jwt ", "sd-jwt", "at+jwt", ""]) {
    bad(`typ-${typ.replaceAll(/\W/g, "-") || "empty"}`, 58, `typ ${JSON.stringify(typ)} in the credential's slot`, "typ_mismatch", with_({ typ }));
  }
  bad("typ-missing", 58, "no typ", "typ_mismatch", with_({ typ: undefined }));
  s.good("older-typ", "vc+sd-jwt, the older name", { row: 58, input: with_({ typ: "vc+sd-jwt" }) });
  const bare = s.good("bare", "a bare JWS", { row: 58, input: raw(JSON.stringify(clear()), { head: header(keys.issuer, { typ: "eid+jwt" }), tail: "" }) });
  for (const typ of ["JWT", "kb+jwt", "statuslist+jwt", "EID+JWT"]) {
    bad(`bare-typ-${typ.replaceAll(/\W/g, "-")}`, 58, `a bare JWS of typ ${typ}`, "typ_mismatch", raw(JSON.stringify(clear()), { head: header(keys.issuer, { typ }), tail: "" }), bare);
  }
  bad("bare-typ-missing", 58, "a bare JWS without typ", "typ_mismatch", signCompact({ alg: "EdDSA", kid: keys.issuer.kid }, JSON.stringify(clear()), keys.issuer), bare);
  return s;
}
