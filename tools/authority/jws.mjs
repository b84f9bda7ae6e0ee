// JWS, compact (RFC 7515 §7.1) and JSON General (§7.2.1), from texts as well as from objects: a bad token must be spelled byte for byte.
import { b64u, concat, utf8 } from "./bytes.mjs";

/** What is signed (RFC 7515 §5.1 step 8). */
export const signingInput = (header64, payload64) => utf8(`${header64}.${payload64}`);

/** Compact token over the header and payload as given: text, bytes, or an object that becomes JSON. */
export function signCompact(header, payload, key) {
  const header64 = b64u(text(header));
  const payload64 = b64u(text(payload));
  return `${header64}.${payload64}.${b64u(key.sign(signingInput(header64, payload64)))}`;
}

/** A compact token with the signature bytes made by `forge(signingInput)`. */
export function forgeCompact(header, payload, forge) {
  const header64 = b64u(text(header));
  const payload64 = b64u(text(payload));
  return `${header64}.${payload64}.${b64u(forge(signingInput(header64, payload64)))}`;
}

/** JWS JSON General Serialization, one signature for each key. */
export function signGeneral(typ, payload, keys, header = {}) {
  const payload64 = b64u(text(payload));
  const signatures = keys.map((key) => {
    const protected64 = b64u(JSON.stringify({ alg: key.alg, kid: key.kid, typ, ...header }));
    return { protected: protected64, signature: b64u(key.sign(signingInput(protected64, payload64))) };
  });
  return JSON.stringify({ payload: payload64, signatures });
}

/** The three segments of a compact token. */
export function segments(token) {
  const [header, payload, signature] = token.split(".");
  return { header, payload, signature };
}

const text = (value) => (typeof value === "string" || value instanceof Uint8Array ? value : JSON.stringify(value));
export { concat };
