// What every section of the catalogue of bad input is built from: one small good credential, and one fault put into it.
import { ISSUER, keys, pin, pinned } from "../authority.mjs";
import { b64u } from "../bytes.mjs";
import { forgeCompact, segments, signCompact } from "../jws.mjs";
import { DAY, NOW, VCT } from "../people.mjs";
import { conceal, digestOf, disclosureOf, presentation, sd } from "../sd-jwt.mjs";

/** Codes that cannot decide against a credential: `indeterminate` (catalogue, rule d). */
const UNKNOWN = new Set([
  "trust_list_missing", "trust_list_expired", "clock_rollback", "clock_untrusted", "status_unavailable", "status_list_expired",
  "status_list_stale", "account_status_unavailable", "engine_outdated", "not_in_build", "not_reached", "internal_error",
]);

/** A file of cases. Every bad case names its good twin: the same input without the one fault. */
export class Section {
  cases = [];
  others = [];
  constructor(letter, title) {
    this.letter = letter;
    this.title = title;
  }

  /** A case that must be valid. */
  good(id, about, { row = null, ...parts }) {
    return this.#add({ id, row, about, ...filled(parts), expect: { verdict: "valid", codes: [], ...parts.expect } });
  }

  /** A case with one fault. `code` decides. */
  bad(id, row, about, code, twin, parts) {
    const verdict = UNKNOWN.has(code) ? "indeterminate" : "invalid";
    return this.#add({ id: row === 0 ? id : `row-${row}-${id}`, row: row === 0 ? null : row, about, ...filled(parts), expect: { verdict, codes: [code], ...parts.expect }, twin });
  }

  /** A config that must be refused when the verifier is made. */
  thrown(id, row, about, code, twin, config) {
    return this.#add({ id: `row-${row}-${id}`, row, about, config, options: { now: NOW }, input: good().token, expect: { throws: code }, twin });
  }

  /** A row that a token against the engine cannot show, and where it is tested instead. */
  elsewhere(row, where) {
    this.others.push({ row, where });
  }

  #add(made) {
    if (this.cases.some(({ id }) => id === made.id)) throw new Error(`two cases are called ${made.id}`);
    this.cases.push(made);
    return made.id;
  }

  /** One case a line: a difference names its case. */
  text() {
    for (const { id, twin } of this.cases) {
      if (twin !== undefined && !this.cases.some((other) => other.id === twin && other.expect.verdict === "valid")) throw new Error(`${id}: no valid twin ${twin}`);
    }
    const lines = this.cases.map((one) => `    ${JSON.stringify(one)}`);
    const others = this.others.length > 0 ? `  "elsewhere": ${JSON.stringify(this.others)},\n` : "";
    return `{\n  "section": "${this.letter}",\n  "about": ${JSON.stringify(this.title)},\n${others}  "cases": [\n${lines.join(",\n")}\n  ]\n}\n`;
  }
}

const filled = ({ config = pinned(), options = {}, input, updates }) => ({ config, options: { now: NOW, ...options }, input, ...(updates && { updates }) });

/** Claims of the small credential that most faults are put into: two of its claims can be withheld. */
export const small = (more = {}) => clean({
  iss: ISSUER, iat: NOW - DAY, exp: NOW + 30 * DAY, vct: VCT.citizen, eid_level: 1, eid_law: "ND69-2024", sub: "SPECIMEN-A",
  name: sd("NGUYỄN THỊ MẪU"), birthdate: sd("1990-03-15"), ...more,
});

/** The same claims, all clear. */
export const clear = (more = {}) => small({ name: "NGUYỄN THỊ MẪU", birthdate: "1990-03-15", ...more });

/** Small level-2 claims. */
export const levelTwo = (more = {}) => small({ eid_level: 2, evidence: proof("citizen_identity", "portrait"), ...more });

/** A small foreigner. */
export const alien = (more = {}) => clean({
  iss: ISSUER, iat: NOW - DAY, exp: NOW + 30 * DAY, vct: VCT.foreigner, eid_level: 1, eid_law: "ND69-2024", sub: "SPECIMEN-B",
  name: "MARIE SPECIMEN", nationality: "FRA", ...more,
});

/** Evidence entries. */
export const proof = (source, ...methods) => methods.map((method) => ({ method, source, verified_at: "2026-09-01T08:30:00+07:00" }));

/** A passport that ends on a day. */
export const passport = (expires_on, more = {}) => ({
  type: "passport", number: "XX0SPECIMEN7", country: "FRA", issued_on: "2020-02-01", issued_at: "PARIS SPECIMEN", expires_on, ...more,
});

/** Removes members set to `undefined`. */
function clean(claims) {
  for (const [name, value] of Object.entries(claims)) if (value === undefined) delete claims[name];
  return claims;
}

/** Header of a credential, in the order alg, kid, typ. */
export const header = (key = keys.issuer, more = {}) => clean({ alg: key.alg, kid: key.kid, typ: "dc+sd-jwt", ...more });

/** Signs claims with marks; `header` overrides its members. */
export function make(claims, { key = keys.issuer, header: more = {}, seed = "small", sdAlg, disclose } = {}) {
  const { payload, disclosures } = conceal(claims, { seed, sdAlg });
  const jwt = signCompact(header(key, more), payload, key);
  return { jwt, payload, disclosures, token: presentation(jwt, disclosures, disclose) };
}

/** The good credential. */
export const good = () => make(small());

/** Signs a payload as text, byte for byte, without disclosures. */
export const raw = (payload, { key = keys.issuer, head = header(key), tail = "~" } = {}) => `${signCompact(head, payload, key)}${tail}`;

/** The JSON text of clear claims with `text` put before the last brace. */
export const withMember = (text, claims = clear()) => `${JSON.stringify(claims).slice(0, -1)},${text}}`;

/** The good payload under a forged signature: `forge(signingInput)` gives its bytes. */
export const forged = (forge, { key = keys.issuer, head = header(key), claims = small() } = {}) => {
  const { payload, disclosures } = conceal(claims, { seed: "small" });
  return presentation(forgeCompact(head, payload, forge), disclosures);
};

/** A credential whose `_sd` and disclosures are spelled by hand. `texts` are JSON texts of disclosures. */
export function handmade({ claims = clear(), disclosures = [], digests, present = disclosures, key = keys.issuer, head = header(key), sdAlg, payload } = {}) {
  const encoded = disclosures.map(disclosureOf);
  const named = sdAlg === undefined ? {} : { _sd_alg: sdAlg };
  const body = payload?.(encoded) ?? { ...claims, _sd: digests?.(encoded) ?? encoded.map((text) => digestOf(text)), ...named };
  return `${signCompact(head, body, key)}~${present.map((text) => `${disclosureOf(text)}~`).join("")}`;
}

/** A token with one of its segments changed. */
export function resegmented(token, change) {
  const [jwt, ...rest] = token.split("~");
  const parts = change({ ...segments(jwt) });
  return [`${parts.header}.${parts.payload}.${parts.signature}`, ...rest].join("~");
}

export { DAY, ISSUER, NOW, VCT, b64u, digestOf, disclosureOf, keys, pin, pinned, sd };
