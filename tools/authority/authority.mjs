// The test authority itself: its keys, its issuers, one credential of each kind. Everything follows from the labels below.
import { ed25519Key, p256Key } from "./keys.mjs";
import { statusListCwt } from "./cwt.mjs";
import { relyingParty, root, statusList, statusPayload, accountState, trustList } from "./lists.mjs";
import { DAY, NOW, VCT, citizen, foreigner, organisation } from "./people.mjs";
import { issue } from "./sd-jwt.mjs";

export const ISSUER = "https://eid.specimen.example";
export const SECOND_ISSUER = "https://licence.specimen.example";
export const UNKNOWN_ISSUER = "https://unknown.specimen.example";
export const STATUS_URI = "https://status.specimen.example/lists/1";
export const STATUS_HOST = "status.specimen.example";

export const keys = {
  issuer: ed25519Key("issuer-2026", "issuer-2026"),
  issuerP256: p256Key("issuer-p256", "issuer-p256"),
  second: ed25519Key("second-issuer", "second-2026"),
  unknown: ed25519Key("unknown-issuer", "issuer-2026"),
  status: ed25519Key("status-2026", "status-2026"),
  holder: ed25519Key("holder", undefined),
  holderP256: p256Key("holder-p256", undefined),
  stranger: ed25519Key("stranger", undefined),
  anchors: ["anchor-a", "anchor-b", "anchor-c"].map((label) => ed25519Key(label)),
  nextAnchors: ["anchor-d", "anchor-e", "anchor-f"].map((label) => ed25519Key(label)),
};

/** `alg` beside the key's own spelling: EdDSA and Ed25519 are synonyms (RFC 9864; contract §12). */
export const spelled = (key, alg) => ({ ...key, alg });

/** An issuer as a page pins it. */
export const pin = (iss, signers, narrow = {}) => ({ iss, keys: signers.map((key) => key.publicJwk()), ...narrow });

/** A config that pins the authority's issuer; `policy` on top of `status: "ignore"`. */
export const pinned = (policy = {}, issuers = [pin(ISSUER, [keys.issuer])]) => ({
  trust: { issuers }, policy: { status: "ignore", ...policy }, language: "en",
});

/** Status reference of the n-th account. */
export const statusRef = (idx, uri = STATUS_URI) => ({ status_list: { idx, uri } });

/** The kinds by name, as claims with marks. */
export const PEOPLE = {
  "citizen-1": () => citizen(1),
  "citizen-2": () => citizen(2),
  "foreigner-1": () => foreigner(1),
  "foreigner-2": () => foreigner(2),
  organisation,
};

/** Issues a credential. `claims` over the person's (`undefined` removes one); `holder: null` leaves out `cnf`. */
export function credential(person, { claims = {}, key = keys.issuer, iss = ISSUER, holder = keys.holder, idx = 7, header, sdAlg, disclose, seed } = {}) {
  const base = typeof person === "string" ? PEOPLE[person]() : person;
  const all = { iss, ...base, status: statusRef(idx), ...(holder ? { cnf: { jwk: holder.jwk } } : {}), ...claims };
  for (const [name, value] of Object.entries(all)) if (value === undefined) delete all[name];
  return issue(all, key, { seed: seed ?? (typeof person === "string" ? person : "person"), header, sdAlg, disclose });
}

/** An entry of a trust list. */
export const listed = (iss, signers, more = {}) => ({
  iss,
  name: { vi: `MẪU ${iss}`, en: `SPECIMEN ${iss}` },
  keys: signers.map((key) => key.publicJwk({ status: "active" })),
  vct: Object.values(VCT),
  maxLevel: 2,
  kinds: ["citizen", "foreigner", "organisation"],
  statusHosts: [STATUS_HOST],
  state: "active",
  ...more,
});

/** The payload of a trust list. */
export const trustPayload = (more = {}) => ({
  version: 7,
  iat: NOW - 2 * DAY,
  exp: NOW + 28 * DAY,
  root: root(keys.anchors, 2),
  issuers: [
    listed(ISSUER, [keys.issuer, keys.issuerP256]),
    listed(SECOND_ISSUER, [keys.second], { vct: ["urn:eid:vn:driving-licence:1", VCT.citizen], maxLevel: 1, kinds: ["citizen"] }),
  ],
  relyingParties: { suspended: [] },
  ...more,
});

/** The trust list, signed by two of three anchors. */
export const signedTrust = (more = {}, signers = keys.anchors.slice(0, 2), header) => trustList(signers, trustPayload(more), header);

/** A config that believes what the anchors sign. */
export const anchored = (lists = [signedTrust()], policy = {}, trust = {}) => ({
  trust: { anchors: keys.anchors.map((key) => key.publicJwk()), threshold: 2, lists, ...trust },
  policy: { status: "ignore", ...policy },
  language: "en",
});

/** The issuer's status list with these values. */
export const signedStatus = (parts = {}, key = keys.issuer, header) =>
  statusList(key, { iss: ISSUER, uri: STATUS_URI, iat: NOW - 3600, exp: NOW + DAY, ttl: 43_200, ...parts }, header);

/** The same list in CWT form, as bytes. */
export const signedStatusCwt = (parts = {}, key = keys.issuer, how) =>
  statusListCwt(key, statusPayload({ iss: ISSUER, uri: STATUS_URI, iat: NOW - 3600, exp: NOW + DAY, ttl: 43_200, ...parts }), how);

/** The issuer's word on one account. */
export const signedState = (payload = {}, key = keys.issuer, header) =>
  accountState(key, {
    iss: ISSUER, sub: "SPECIMEN-CITIZEN-L2", seq: 4, iat: NOW - 600, exp: NOW + DAY, state: "active", grounds: [], pending: [], ...payload,
  }, header);

/** A relying party's authorisation. */
export const signedRelyingParty = (payload = {}, key = keys.anchors[0], header) =>
  relyingParty(key, {
    sub: "SPECIMEN-RELYING-PARTY",
    origins: ["https://shop.specimen.example"],
    purposes: [
      { id: "age", claims: ["age_equal_or_over"], minLevel: 1 },
      { id: "account-opening", claims: ["name", "birthdate", "personal_identification_number"], minLevel: 2 },
    ],
    iat: NOW - 10 * DAY,
    exp: NOW + 100 * DAY,
    ...payload,
  }, header);
