// Bytes, base64url and the seeded stream every "random" value of the kit comes from: run twice, get the same files.
import { sha256 } from "@noble/hashes/sha2.js";

const encoder = new TextEncoder();

/** UTF-8 of a text; bytes stay as they are. */
export const utf8 = (value) => (typeof value === "string" ? encoder.encode(value) : value);

/** base64url without padding (RFC 4648 §5). */
export const b64u = (value) => Buffer.from(utf8(value)).toString("base64url");

/** The bytes behind base64url text. */
export const unb64u = (text) => new Uint8Array(Buffer.from(text, "base64url"));

/** Bytes, one after another. */
export const concat = (...parts) => new Uint8Array(Buffer.concat(parts));

/** One bit turned: bit 0 is the most significant bit of the first byte. */
export function flipBit(bytes, bit) {
  const out = Uint8Array.from(bytes);
  out[bit >> 3] ^= 0x80 >> (bit & 7);
  return out;
}

/** `length` bytes that depend on `label` alone: SHA-256 in counter mode. Test material, never a secret. */
export function seeded(label, length) {
  const out = new Uint8Array(length);
  for (let at = 0, block = 0; at < length; block += 1) {
    const piece = sha256(utf8(`eid-verifier SPECIMEN ${label} ${block}`)).subarray(0, length - at);
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

/** A big-endian integer of `length` bytes. */
export function integer(value, length = 32) {
  const out = new Uint8Array(length);
  for (let at = length - 1, rest = value; at >= 0; at -= 1, rest >>= 8n) out[at] = Number(rest & 0xffn);
  return out;
}

/** The integer that big-endian bytes spell. */
export const toInteger = (bytes) => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
