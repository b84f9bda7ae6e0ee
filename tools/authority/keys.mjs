// Keys from fixed seeds. Ed25519 signatures are deterministic (RFC 8032); ES256 ones are made so (RFC 6979).
import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { b64u, integer, seeded, toInteger, unb64u } from "./bytes.mjs";

const P256_ORDER = p256.Point.Fn.ORDER;

/** An Ed25519 key named by its label. `alg` is the header's spelling: `EdDSA` or `Ed25519`. */
export function ed25519Key(label, kid = label, alg = "EdDSA") {
  const secret = seeded(`key ${label}`, 32);
  const jwk = { kty: "OKP", crv: "Ed25519", x: b64u(ed25519.getPublicKey(secret)) };
  return {
    label, kid, alg, secret, jwk,
    publicJwk: (extra = {}) => ({ ...jwk, kid, ...extra }),
    privateJwk: () => ({ ...jwk, kid, alg, d: b64u(secret) }),
    sign: (bytes) => ed25519.sign(bytes, secret),
  };
}

/** A P-256 key named by its label, for `ES256`: signatures are r‖s (RFC 7518 §3.4), s not made low. */
export function p256Key(label, kid = label) {
  const secret = integer((toInteger(seeded(`key ${label}`, 40)) % (P256_ORDER - 1n)) + 1n);
  const point = p256.getPublicKey(secret, false);
  const jwk = { kty: "EC", crv: "P-256", x: b64u(point.subarray(1, 33)), y: b64u(point.subarray(33)) };
  return {
    label, kid, alg: "ES256", secret, jwk,
    publicJwk: (extra = {}) => ({ ...jwk, kid, ...extra }),
    privateJwk: () => ({ ...jwk, kid, alg: "ES256", d: b64u(secret) }),
    sign: (bytes) => p256.sign(bytes, secret, { prehash: true, lowS: false }),
  };
}

/** Raw public key bytes of an Ed25519 key. */
export const rawPublic = (key) => unb64u(key.jwk.x);
