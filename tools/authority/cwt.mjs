// COSE_Sign1 and the Status List Token in CWT form (RFC 9052 §4.2; draft-ietf-oauth-status-list §5.2), from a CBOR writer of a few lines: definite lengths, shortest heads.
import { concat, unb64u, utf8 } from "./bytes.mjs";

/** COSE `alg` (IANA "COSE Algorithms"). */
const ALG = { EdDSA: -8, Ed25519: -19, ES256: -7 };
const LABEL = { iss: 1, sub: 2, exp: 4, iat: 6, ttl: 65_534, status_list: 65_533 };
export const TYPE = "application/statuslist+cwt";

function head(major, value) {
  const start = major << 5;
  if (value < 24) return Uint8Array.of(start | value);
  for (const [bits, at] of [[8, 24], [16, 25], [32, 26]]) {
    if (value < 2 ** bits) return Uint8Array.from([start | at, ...Array.from({ length: bits / 8 }, (_, byte) => Math.floor(value / 2 ** (bits - 8 - 8 * byte)) & 255)]);
  }
  return Uint8Array.from([start | 27, ...Array.from({ length: 8 }, (_, byte) => Number((BigInt(value) >> BigInt(56 - 8 * byte)) & 255n))]);
}

/** CBOR of integers, bytes, text, arrays and maps (`Map`); `{ raw }` stands as it is. */
export function cbor(value) {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return concat(head(3, utf8(value).length), utf8(value));
  if (value instanceof Uint8Array) return concat(head(2, value.length), value);
  if (Array.isArray(value)) return concat(head(4, value.length), ...value.map(cbor));
  if (value instanceof Map) return concat(head(5, value.size), ...[...value].flatMap(([label, item]) => [cbor(label), cbor(item)]));
  return value.raw;
}

/** COSE_Sign1 over a payload: `header` is protected, `loose` is not. */
export function sign1({ header, loose = new Map(), payload, key, tagged = false }) {
  const protectedBytes = cbor(header);
  const signature = key.sign(cbor(["Signature1", protectedBytes, new Uint8Array(), payload]));
  return concat(tagged ? Uint8Array.of(0xd2) : new Uint8Array(), cbor([protectedBytes, loose, payload, signature]));
}

/** The claims of the JWT form under CBOR's labels; members that are `undefined` are left out. */
export function claimsOf(payload) {
  const { bits, lst } = payload.status_list;
  const all = { ...payload, status_list: new Map([["bits", bits], ["lst", unb64u(lst)]]) };
  return new Map(Object.entries(all).filter(([, value]) => value !== undefined).map(([name, value]) => [LABEL[name], value]));
}

/** A Status List Token in CWT form over the payload that the JWT form would carry. */
export function statusListCwt(key, payload, { header = {}, loose = {}, tagged, claims = (all) => all } = {}) {
  const merged = (base, more) => new Map([...new Map([...base, ...Object.entries(more).map(([label, value]) => [Number(label), value])])].filter(([, value]) => value !== undefined));
  return sign1({
    header: merged([[1, ALG[key.alg]], [16, TYPE]], header),
    loose: merged([[4, utf8(key.kid)]], loose),
    payload: cbor(claims(claimsOf(payload))),
    key,
    tagged,
  });
}

/** As text: what `fetchNeeds` hands over, and what a JSON file can hold. */
export const dataUrl = (bytes) => `data:${TYPE};base64,${Buffer.from(bytes).toString("base64")}`;
