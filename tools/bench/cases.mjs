// What every contender is given: tokens of the test authority, a good and a bad one of each kind, as plain JSON.
import { NOW, VCT, DAY } from "../authority/people.mjs";
import { ISSUER, STATUS_URI, keys, pinned, signedStatus, statusRef } from "../authority/authority.mjs";
import { b64u, flipBit, seeded, unb64u } from "../authority/bytes.mjs";
import { chipCases } from "./chips.mjs";
import { bind, issue, sd } from "../authority/sd-jwt.mjs";

export const AUDIENCE = "https://verifier.specimen.example";
export const NONCE = "SPECIMEN-nonce-of-the-bench";
/** Length of the text under a signature: header and payload of a small credential. */
const RAW_LENGTH = 600;
const HOLDERS = { none: undefined, ed25519: keys.holder, p256: keys.holderP256 };

/** A citizen of level 1 whose `count` withheld claims are all disclosed. */
function token(count, holder, { seed = "bench", status } = {}) {
  const claims = {
    iss: ISSUER, sub: `SPECIMEN-${seed}`, vct: VCT.citizen, eid_level: 1, eid_law: "ND69-2024",
    iat: NOW - DAY, exp: NOW + 300 * DAY,
    ...(holder && { cnf: { jwk: holder.jwk } }),
    ...(status !== undefined && { status: statusRef(status) }),
  };
  const named = { name: "NGUYỄN THỊ MẪU", family_name: "NGUYỄN", middle_name: "THỊ", given_name: "MẪU", birthdate: "1990-03-15", gender: "female" };
  const all = Object.entries(named);
  for (let index = all.length; index < count; index += 1) all.push([`specimen_${index}`, `MẪU ${index}`]);
  for (const [name, value] of all.slice(0, count)) claims[name] = sd(value);
  return issue(claims, keys.issuer, { seed: `${seed}-${count}` });
}

/** The same token with one bit of the issuer's signature turned. */
function badly(text) {
  const [jwt, ...rest] = text.split("~");
  const [header, payload, signature] = jwt.split(".");
  return [[header, payload, b64u(flipBit(unb64u(signature), 77))].join("."), ...rest].join("~");
}

const bound = (text, holder, nonce = NONCE) => bind(text, holder, { iat: NOW, aud: AUDIENCE, nonce });

function sdJwt(count, kind) {
  const holder = HOLDERS[kind];
  const { token: plain, jwt } = token(count, holder);
  if (!holder) return { count, kind, jwt, good: plain, bad: [badly(plain)] };
  const good = bound(plain, holder);
  return { count, kind, jwt, good, bad: [bound(badly(plain), holder), bound(plain, holder, "another nonce"), bound(plain, keys.stranger)] };
}

/** Distinct tokens, so that no cache of whole texts could answer. */
const many = (count) => Array.from({ length: count }, (_, index) => token(12, undefined, { seed: `many-${index}` }).token);

export function cases({ distinct = 100 } = {}) {
  const message = seeded("bench message", RAW_LENGTH);
  const signature = keys.issuer.sign(message);
  const phone = keys.holderP256.sign(message);
  const list = { size: 100_000, values: { 8: 1 } };
  return {
    now: NOW, nonce: NONCE, audience: AUDIENCE,
    config: pinned({ vct: [VCT.citizen] }),
    issuer: { iss: ISSUER, jwk: keys.issuer.publicJwk() },
    raw: { key: b64u(unb64u(keys.issuer.jwk.x)), message: b64u(message), good: b64u(signature), bad: b64u(flipBit(signature, 77)) },
    rawP256: { key: b64u(Uint8Array.from([...unb64u(keys.holderP256.jwk.x), ...unb64u(keys.holderP256.jwk.y)])), message: b64u(message), good: b64u(phone), bad: b64u(flipBit(phone, 77)) },
    sdJwt: [0, 12, 64].flatMap((count) => ["none", "ed25519", "p256"].map((kind) => sdJwt(count, kind))),
    growth: [64, 128, 256].map((count) => sdJwt(count, "none")),
    status: { uri: STATUS_URI, list: signedStatus(list), good: token(12, undefined, { status: 7 }).token, bad: token(12, undefined, { status: 8 }).token },
    mrz: {
      // the specimen of ICAO 9303-4, appendix A
      good: "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
      bad: "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204158ZE184226B<<<<<10",
    },
    passports: chipCases(),
    many: many(distinct),
  };
}
