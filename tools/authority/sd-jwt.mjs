// SD-JWT (RFC 9901): mark what may be withheld with `sd(value)`, get a payload of digests and the disclosures.
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { b64u, seeded, utf8 } from "./bytes.mjs";
import { signCompact } from "./jws.mjs";

const HASHES = { "sha-256": sha256, "sha-384": sha384, "sha-512": sha512 };

class Withheld {
  constructor(value) { this.value = value; }
}

class Decoys {
  constructor(count) { this.count = count; }
}

/** Marks a claim or an array element as selectively disclosable (RFC 9901 §4.2). Marks inside marks make recursive disclosures. */
export const sd = (value) => new Withheld(value);

/** Digests of nothing (RFC 9901 §4.2.5): put under any name into an object, or as an element into an array. */
export const decoys = (count) => new Decoys(count);

/** The digest of a disclosure's text (RFC 9901 §4.2.3). */
export const digestOf = (disclosure, sdAlg = "sha-256") => b64u(HASHES[sdAlg](utf8(disclosure)));

/** A disclosure of exactly this JSON text. */
export const disclosureOf = (json) => b64u(typeof json === "string" ? json : JSON.stringify(json));

/**
 * Splits claims into payload and disclosures. `seed` names the salts. Every disclosure carries the path of its claim,
 * so that a holder can choose: `{ path: "travel_document.number", text }`.
 */
export function conceal(claims, { seed, sdAlg = "sha-256", nameAlgorithm = true }) {
  const disclosures = [];
  let salts = 0;
  const salt = () => b64u(seeded(`salt ${seed} ${(salts += 1)}`, 16));
  const noise = () => b64u(HASHES[sdAlg](seeded(`decoy ${seed} ${(salts += 1)}`, 32)));

  const walk = (value, path) => {
    if (Array.isArray(value)) {
      return value.flatMap((item, index) => {
        if (item instanceof Decoys) return Array.from({ length: item.count }, () => ({ "...": noise() }));
        const at = `${path}[${index}]`;
        if (!(item instanceof Withheld)) return [walk(item, at)];
        const text = disclosureOf([salt(), walk(item.value, at)]);
        disclosures.push({ path: at, text });
        return [{ "...": digestOf(text, sdAlg) }];
      });
    }
    if (value === null || typeof value !== "object") return value;
    const clear = {};
    const digests = [];
    for (const [name, item] of Object.entries(value)) {
      const at = path === "" ? name : `${path}.${name}`;
      if (item instanceof Decoys) {
        for (let made = 0; made < item.count; made += 1) digests.push(noise());
      } else if (item instanceof Withheld) {
        const text = disclosureOf([salt(), name, walk(item.value, at)]);
        disclosures.push({ path: at, text });
        digests.push(digestOf(text, sdAlg));
      } else {
        clear[name] = walk(item, at);
      }
    }
    if (digests.length > 0) clear._sd = digests.sort(); // sorted: the order must not tell the claims' (RFC 9901 §4.2.4.1)
    return clear;
  };

  const payload = walk(claims, "");
  if (nameAlgorithm && disclosures.length > 0) payload._sd_alg = sdAlg;
  return { payload, disclosures };
}

/** Issuer-signed JWT, disclosures and `~`s, without key binding (RFC 9901 §4). `disclose` picks by path. */
export function presentation(jwt, disclosures, disclose = () => true) {
  const chosen = disclosures.filter(({ path }) => disclose(path)).map(({ text }) => `${text}~`);
  return `${jwt}~${chosen.join("")}`;
}

/** Signs a credential. `header` overrides members of the header; `undefined` removes one. */
export function issue(claims, key, options) {
  const { payload, disclosures } = conceal(claims, options);
  const header = { alg: key.alg, kid: key.kid, typ: "dc+sd-jwt", ...options.header };
  const jwt = signCompact(header, payload, key);
  return { jwt, header, payload, disclosures, token: presentation(jwt, disclosures, options.disclose) };
}

/** A key-binding JWT over a presentation that ends in `~` (RFC 9901 §4.3). */
export function bind(presented, key, claims, { header = {}, sdAlg = "sha-256" } = {}) {
  const payload = { sd_hash: digestOf(presented, sdAlg), ...claims };
  return `${presented}${signCompact({ alg: key.alg, typ: "kb+jwt", ...header }, payload, key)}`;
}
