// The contenders that are not ours, each used as its own documentation says, with the issuer's key imported once.
import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { sha256 } from "@noble/hashes/sha2.js";
import * as nobleEd25519 from "@noble/ed25519";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import { importJWK, jwtVerify } from "jose";
import sodium from "libsodium-wrappers";
import { parse } from "mrz";
import nacl from "tweetnacl";

const encoder = new TextEncoder();
const utf8 = (value) => (typeof value === "string" ? encoder.encode(value) : new Uint8Array(value));

export function unb64u(text) {
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

const { subtle } = globalThis.crypto;
const ALGORITHMS = { Ed25519: { name: "Ed25519" }, "P-256": { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } };

async function webKey({ kty, crv, x, y }) {
  return { key: await subtle.importKey("jwk", { kty, crv, x, y }, ALGORITHMS[crv], false, ["verify"]), algorithm: ALGORITHMS[crv] };
}

/** `answers(work)` turns "throws when refused" into true or false. */
export async function answers(work) {
  try {
    return (await work()) !== false;
  } catch {
    return false;
  }
}

/** Raw Ed25519: `{ name, sync, make(case) → (signature) → boolean }`. */
export const raw = [
  {
    name: "WebCrypto",
    async make({ key, message }) {
      const imported = await subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
      return (signature) => subtle.verify("Ed25519", imported, signature, message);
    },
  },
  { name: "libsodium-wrappers", sync: true, async make({ key, message }) { await sodium.ready; return (signature) => sodium.crypto_sign_verify_detached(signature, message, key); } },
  { name: "tweetnacl", sync: true, make: ({ key, message }) => (signature) => nacl.sign.detached.verify(message, signature, key) },
  { name: "@noble/curves", sync: true, make: ({ key, message }) => (signature) => ed25519.verify(signature, message, key) },
  { name: "@noble/ed25519", make: ({ key, message }) => (signature) => nobleEd25519.verifyAsync(signature, message, key) },
];

/** Raw ES256, `key` being x ‖ y. */
export const rawP256 = [
  {
    name: "WebCrypto",
    async make({ key, message }) {
      const imported = await subtle.importKey("raw", Uint8Array.from([4, ...key]), ALGORITHMS["P-256"], false, ["verify"]);
      return (signature) => subtle.verify(ALGORITHMS["P-256"], imported, signature, message);
    },
  },
  { name: "@noble/curves", sync: true, make: ({ key, message }) => (signature) => p256.verify(signature, message, Uint8Array.from([4, ...key]), { prehash: true, lowS: false }) },
];

/** jose: the issuer's JWT alone, no disclosure read. */
export async function joseJwt({ issuer, now }) {
  const key = await importJWK(issuer.jwk, "EdDSA");
  return (jwt) => jwtVerify(jwt, key, { currentDate: new Date(now * 1000) });
}

/** @sd-jwt/sd-jwt-vc over WebCrypto: SHA-256 and signatures by the browser. */
export async function sdJwtWeb({ issuer, now, nonce, status }) {
  const { key, algorithm } = await webKey(issuer.jwk);
  const verifier = (data, signature) => subtle.verify(algorithm, key, unb64u(signature), utf8(data));
  const kbVerifier = async (data, signature, payload) => {
    const holder = await webKey(payload.cnf.jwk);
    return subtle.verify(holder.algorithm, holder.key, unb64u(signature), utf8(data));
  };
  const hasher = async (data) => new Uint8Array(await subtle.digest("SHA-256", utf8(data)));
  const instance = new SDJwtVcInstance({ verifier, kbVerifier, hasher, hashAlg: "sha-256", statusVerifier: verifier, statusListFetcher: async () => status.list });
  return (token, isBound) => instance.verify(token, { currentDate: now, ...(isBound && { keyBindingNonce: nonce }) });
}

/** @sd-jwt/sd-jwt-vc over @noble: no browser cryptography at all. */
export function sdJwtNoble({ issuer, now, nonce }) {
  const key = unb64u(issuer.jwk.x);
  const verifier = (data, signature) => ed25519.verify(unb64u(signature), utf8(data), key);
  const kbVerifier = (data, signature, payload) => {
    const { crv, x, y } = payload.cnf.jwk;
    if (crv === "Ed25519") return ed25519.verify(unb64u(signature), utf8(data), unb64u(x));
    return p256.verify(unb64u(signature), utf8(data), Uint8Array.from([4, ...unb64u(x), ...unb64u(y)]), { prehash: true, lowS: false });
  };
  const instance = new SDJwtVcInstance({ verifier, kbVerifier, hasher: (data) => sha256(utf8(data)), hashAlg: "sha-256" });
  return (token, isBound) => instance.verify(token, { currentDate: now, ...(isBound && { keyBindingNonce: nonce }) });
}

/** The specimen comes from a state that does not exist, which this library counts as a fault: asked is whether the check digits are right. */
export const mrz = (text) => parse(text.split("\n")).details.filter(({ field }) => field?.endsWith("CheckDigit")).every(({ valid }) => valid);
