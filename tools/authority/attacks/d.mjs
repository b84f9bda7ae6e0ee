// Section D: signatures and keys (RFC 8032 §5.1.7 with verify_strict's criteria; RFC 7518 §3.4; SEC 1 §3.2.2; FIPS 186-5 §6.4.2).
import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { b64u, concat, flipBit, integer, seeded, toInteger, unb64u } from "../bytes.mjs";
import { ISSUER, Section, forged, good, keys, make, pinned, resegmented, small } from "./base.mjs";
import { anchored, listed, signedTrust } from "../authority.mjs";

const L = ed25519.Point.Fn.ORDER;
const N = p256.Point.Fn.ORDER;
const P = p256.Point.Fp.ORDER;
const P25519 = ed25519.Point.Fp.ORDER;

const little = (value) => integer(value).reverse();
const fromLittle = (bytes) => toInteger(Uint8Array.from(bytes).reverse());

/** Encodings of the eight points of small order, and their second spellings (y ≥ p, sign of zero). */
const SMALL_ORDER = {
  identity: little(1n),
  "order-2": little(P25519 - 1n),
  "order-4-zero": little(0n),
  "order-4-sign": flipBit(little(0n), 248),
  "order-8": unb64u(Buffer.from("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "hex").toString("base64url")),
  "order-8-sign": unb64u(Buffer.from("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", "hex").toString("base64url")),
  "order-8-other": unb64u(Buffer.from("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", "hex").toString("base64url")),
  "order-8-other-sign": unb64u(Buffer.from("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", "hex").toString("base64url")),
  "identity-sign": flipBit(little(1n), 248),
  "identity-plus-p": little(P25519 + 1n),
  "zero-plus-p": little(P25519),
};

const okp = (bytes, kid = keys.issuer.kid) => ({ kty: "OKP", crv: "Ed25519", x: b64u(bytes), kid });
const config = (jwk) => pinned({}, [{ iss: ISSUER, keys: [jwk] }]);

export function sectionD() {
  const s = new Section("D", "Signatures and keys");
  const marked = make(small({ sub: "SPECIMEN-AAAA" }), { header: { x: "AAAA" } }).token;
  const twin = s.good("good", "the small credential", { input: marked });
  const bad = (id, row, about, input, other = twin, more = {}) => s.bad(id, row, about, "signature_invalid", other, { input, ...more });
  const signature = (change) => resegmented(marked, (parts) => ({ ...parts, signature: b64u(change(unb64u(parts.signature))) }));

  const letter = (segment, from, to) => resegmented(marked, (parts) => ({ ...parts, [segment]: b64u(Buffer.from(unb64u(parts[segment])).toString().replace(from, to)) }));
  bad("header-bit", 61, "one bit of the header (A to C in a member nobody reads)", letter("header", "AAAA", "AAAC"));
  bad("payload-bit", 61, "one bit of the payload", letter("payload", "AAAA", "AAAC"));
  bad("payload-space", 61, "a space more in the payload's JSON", letter("payload", ",", ", "));
  bad("header-order", 61, "header members in another order", resegmented(marked, (parts) => ({
    ...parts, header: b64u(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(Buffer.from(parts.header, "base64url"))).reverse()))),
  })));
  for (const bit of [0, 7, 8, 127, 248, 255, 256, 263, 384, 500, 504, 511]) bad(`signature-bit-${bit}`, 61, `bit ${bit} of the signature`, signature((bytes) => flipBit(bytes, bit)));
  bad("zeros", 61, "64 zero bytes", signature(() => new Uint8Array(64)));
  bad("ones", 61, "64 bytes of ones", signature(() => new Uint8Array(64).fill(255)));
  bad("random", 61, "64 random bytes", signature(() => seeded("random signature", 64)));
  bad("halves-swapped", 61, "R and S swapped", signature((bytes) => concat(bytes.subarray(32), bytes.subarray(0, 32))));
  bad("reversed", 61, "the signature backwards", signature((bytes) => Uint8Array.from(bytes).reverse()));
  bad("other-token", 61, "the signature of another credential", signature(() => unb64u(good().jwt.split(".")[2])));
  bad("other-key", 61, "signed by another key under the issuer's kid", forged((input) => keys.second.sign(input)));
  bad("payload-only", 61, "the payload signed without the header", forged((input) => keys.issuer.sign(input.subarray(input.indexOf(46) + 1))));
  bad("hashed", 61, "the signing input was hashed first", forged((input) => keys.issuer.sign(seeded(Buffer.from(input).toString(), 32))));
  for (const length of [1, 32, 63, 65, 128]) bad(`length-${length}`, 61, `an Ed25519 signature of ${length} bytes`, signature((bytes) => concat(bytes, bytes, bytes).subarray(0, length)));

  bad("s-plus-l", 62, "S + L: the same equation, another spelling", signature((bytes) => concat(bytes.subarray(0, 32), little(fromLittle(bytes.subarray(32)) + L))));
  bad("s-plus-8l", 62, "S + 8 L", signature((bytes) => concat(bytes.subarray(0, 32), little(fromLittle(bytes.subarray(32)) + 8n * L))));
  bad("s-is-l", 62, "S = L", signature((bytes) => concat(bytes.subarray(0, 32), little(L))));
  bad("s-negative", 62, "L − S", signature((bytes) => concat(bytes.subarray(0, 32), little(L - fromLittle(bytes.subarray(32))))));
  for (const [name, point] of Object.entries(SMALL_ORDER)) {
    bad(`r-${name}`, 63, `R is a point of small order (${name}), S = 0`, signature(() => concat(point, new Uint8Array(32))));
  }

  const key = s.good("listed", "the credential under a trust list", { row: 64, config: anchored(), input: marked });
  for (const [name, point] of Object.entries(SMALL_ORDER)) {
    const evil = concat(ed25519.Point.BASE.toBytes(), little(1n));
    const token = forged(() => evil);
    s.thrown(`pinned-${name}`, 64, `a pinned key of small order (${name})`, "key_invalid", twin, config(okp(point)));
    if (["identity", "order-8", "identity-plus-p"].includes(name)) {
      const list = signedTrust({ issuers: [listed(ISSUER, [], { keys: [{ ...okp(point), status: "active" }] })] });
      s.bad(`listed-${name}`, 64, `a listed key of small order (${name}) with R = B, S = 1`, "key_invalid", key, { config: anchored([list]), input: token });
    }
  }
  const okpBad = [
    ["short", { x: b64u(unb64u(keys.issuer.jwk.x).subarray(1)) }], ["long", { x: b64u(concat(unb64u(keys.issuer.jwk.x), Uint8Array.of(0))) }], ["empty", { x: "" }],
    ["no-x", { x: undefined }], ["padded", { x: `${keys.issuer.jwk.x}=` }], ["number", { x: 7 }], ["off-curve", { x: b64u(little(2n)) }],
    ["crv-ed448", { crv: "Ed448" }], ["crv-x25519", { crv: "X25519" }], ["crv-missing", { crv: undefined }], ["kty-ec", { kty: "EC" }], ["kty-oct", { kty: "oct", k: "AAAA" }], ["kty-missing", { kty: undefined }],
    ["alg-es256", { alg: "ES256" }],
  ];
  for (const [name, change] of okpBad) s.thrown(`okp-${name}`, 65, `a pinned Ed25519 JWK is malformed (${name})`, "key_invalid", twin, config({ ...okp(unb64u(keys.issuer.jwk.x)), ...change }));

  const ecConfig = pinned({}, [{ iss: ISSUER, keys: [keys.issuerP256.publicJwk()] }]);
  const ecToken = make(small(), { key: keys.issuerP256 }).token;
  const ec = s.good("es256", "an ES256 credential", { row: 70, config: ecConfig, input: ecToken });
  const ecBad = (id, row, about, bytes) =>
    bad(id, row, about, resegmented(ecToken, (parts) => ({ ...parts, signature: b64u(bytes(unb64u(parts.signature))) })), ec, { config: ecConfig });
  ecBad("r-s-zero", 70, "r = s = 0", () => new Uint8Array(64));
  for (const length of [1, 32, 63, 65, 96, 128]) ecBad(`es256-length-${length}`, 70, `an ES256 signature of ${length} bytes`, (bytes) => concat(bytes, bytes).subarray(0, length));
  ecBad("leading-zero", 70, "66 bytes: r and s with a zero before each", (bytes) => concat(Uint8Array.of(0), bytes.subarray(0, 32), Uint8Array.of(0), bytes.subarray(32)));
  s.bad("es256-length-0", 70, "an empty signature is a matter of structure", "structure_invalid", ec, { config: ecConfig, input: resegmented(ecToken, (parts) => ({ ...parts, signature: "" })) });
  const scalars = [["zero", 0n], ["n", N], ["n-plus-1", N + 1n], ["p", P], ["max", 2n ** 256n - 1n], ["one", 1n]];
  for (const [name, value] of scalars) {
    ecBad(`r-${name}`, 71, `r = ${name}`, (bytes) => concat(integer(value), bytes.subarray(32)));
    ecBad(`s-${name}`, 71, `s = ${name}`, (bytes) => concat(bytes.subarray(0, 32), integer(value)));
  }
  ecBad("r-plus-n", 71, "r + n modulo 2^256", (bytes) => concat(integer((toInteger(bytes.subarray(0, 32)) + N) % 2n ** 256n), bytes.subarray(32)));
  ecBad("swapped", 71, "r and s swapped", (bytes) => concat(bytes.subarray(32), bytes.subarray(0, 32)));
  ecBad("der", 72, "the signature in DER", (bytes) => der(bytes));
  ecBad("der-no-sequence", 72, "two DER integers without their sequence", (bytes) => der(bytes).subarray(2));
  s.good("other-s", "n − s is as good as s: a low s is not required", {
    row: 73, config: ecConfig,
    input: resegmented(ecToken, (parts) => ({ ...parts, signature: b64u(((bytes) => concat(bytes.subarray(0, 32), integer(N - toInteger(bytes.subarray(32)))))(unb64u(parts.signature))) })),
  });
  ecBad("bit", 74, "one bit of s", (bytes) => flipBit(bytes, 511));
  bad("es256-other-key", 74, "signed by another P-256 key", forged((input) => keys.holderP256.sign(input), { key: keys.issuerP256 }), ec, { config: ecConfig });
  bad("es256-sha384", 74, "the hash is not SHA-256", forged((input) => p256.sign(seeded(Buffer.from(input).toString(), 32), keys.issuerP256.secret, { prehash: false, lowS: false }), { key: keys.issuerP256 }), ec, { config: ecConfig });

  const jwk = keys.issuerP256.publicJwk();
  const ecKeys = [
    ["off-curve", { y: b64u(flipBit(unb64u(jwk.y), 255)) }], ["infinity", { x: b64u(new Uint8Array(32)), y: b64u(new Uint8Array(32)) }],
    ["x-is-p", { x: b64u(integer(P)) }], ["y-is-p", { y: b64u(integer(P)) }], ["x-max", { x: b64u(integer(2n ** 256n - 1n)) }], ["y-plus", { y: b64u(integer(2n ** 256n - 1n)) }],
    ["x-short", { x: b64u(unb64u(jwk.x).subarray(1)) }], ["x-long", { x: b64u(concat(Uint8Array.of(0), unb64u(jwk.x))) }], ["y-missing", { y: undefined }], ["x-missing", { x: undefined }],
    ["swapped", { x: jwk.y, y: jwk.x }], ["crv-p384", { crv: "P-384" }], ["crv-secp256k1", { crv: "secp256k1" }], ["crv-case", { crv: "p-256" }], ["kty-okp", { kty: "OKP" }], ["alg-eddsa", { alg: "EdDSA" }],
  ];
  for (const [name, change] of ecKeys) s.thrown(`p256-${name}`, 76, `a pinned P-256 JWK is no key (${name})`, "key_invalid", ec, config({ ...jwk, ...change }));
  for (const name of ["off-curve", "infinity"]) {
    const change = Object.fromEntries(ecKeys)[name];
    const list = signedTrust({ issuers: [listed(ISSUER, [], { keys: [{ ...jwk, ...change, status: "active" }] })] });
    s.bad(`listed-p256-${name}`, 76, `a listed P-256 key is no key (${name})`, "key_invalid", key, { config: anchored([list]), input: ecToken });
  }
  s.thrown("two-kids", 77, "two keys of one issuer share a kid", "key_invalid", twin, pinned({}, [{ iss: ISSUER, keys: [okp(unb64u(keys.issuer.jwk.x)), okp(unb64u(keys.second.jwk.x))] }]));
  return s;
}

/** SEQUENCE of two INTEGERs (RFC 3279 §2.2.3). */
function der(bytes) {
  const int = (part) => {
    let trimmed = part;
    while (trimmed.length > 1 && trimmed[0] === 0) trimmed = trimmed.subarray(1);
    const body = trimmed[0] & 0x80 ? concat(Uint8Array.of(0), trimmed) : trimmed;
    return concat(Uint8Array.of(2, body.length), body);
  };
  const body = concat(int(bytes.subarray(0, 32)), int(bytes.subarray(32)));
  return concat(Uint8Array.of(0x30, body.length), body);
}
