// Invented holders, every one marked SPECIMEN / MẪU. No number belongs to anybody. Claims as in the profile (contract §5).
import { portrait } from "./portrait.mjs";
import { decoys, sd } from "./sd-jwt.mjs";

/** 2026-11-22T10:00:00+07:00: the day on which every sample is judged. */
export const NOW = Date.UTC(2026, 10, 22, 3) / 1000;
export const DAY = 86_400;

export const VCT = {
  citizen: "urn:eid:vn:citizen:1",
  foreigner: "urn:eid:vn:foreigner:1",
  organisation: "urn:eid:vn:organisation:1",
};

/** What may not appear in any report but a valid one: the specimens' personal data, as written in the claims. */
export const MARKERS = [
  "001190000018", "NGUYỄN THỊ MẪU", "NGUYỄN", "THỊ", "1990-03-15", "FRN0SPECIMEN0042", "MARIE SPECIMEN", "MARIE", "1988-07-09", "XX0SPECIMEN7",
  "TRC0SPECIMEN3", "CC0SPECIMEN9", "0100000000-SPECIMEN", "CÔNG TY MẪU SPECIMEN", "LÊ VĂN MẪU", "001085000021", "B2-SPECIMEN",
];

const registered = (kind, level) => ({
  iat: NOW - 50 * DAY,
  exp: NOW + 315 * DAY,
  vct: VCT[kind],
  ...(level === undefined ? {} : { eid_level: level }),
  eid_law: "ND69-2024",
});

const proof = (source, ...methods) =>
  methods.map((method) => ({ method, source, verified_at: "2026-09-01T08:30:00+07:00" }));

/** A Vietnamese citizen. Nested disclosures: each age threshold and the identity card's parts. */
export function citizen(level) {
  return {
    ...registered("citizen", level),
    sub: `SPECIMEN-CITIZEN-L${level}`,
    personal_identification_number: sd("001190000018"),
    name: sd("NGUYỄN THỊ MẪU"),
    family_name: sd("NGUYỄN"),
    middle_name: sd("THỊ"),
    given_name: sd("MẪU"),
    birthdate: sd("1990-03-15"),
    gender: sd("female"),
    portrait: sd(portrait(120)),
    age_equal_or_over: { 16: sd(true), 18: sd(true), 65: sd(false) },
    identity_card: sd({ kind: "CC", number: sd("CC0SPECIMEN9"), issued_on: "2024-08-20", expires_on: "2030-03-15" }),
    ...(level === 2 && {
      evidence: proof("citizen_identity", "portrait", "fingerprint"),
      documents: [
        sd({ type: "driving_licence", number: "B2-SPECIMEN", expires_on: "2031-05-31" }),
        sd({ type: "health_insurance", number: "HI-SPECIMEN", expires_on: null }),
        decoys(2),
      ],
    }),
    "": decoys(3),
  };
}

/** A foreigner with a residence card. `passport` and `residence` override parts of the documents. */
export function foreigner(level, { passport = {}, residence = {} } = {}) {
  return {
    ...registered("foreigner", level),
    sub: `SPECIMEN-FOREIGNER-L${level}`,
    foreigner_identification_number: sd("FRN0SPECIMEN0042"),
    name: sd("MARIE SPECIMEN"),
    family_name: sd("SPECIMEN"),
    middle_name: sd(""),
    given_name: sd("MARIE"),
    birthdate: sd("1988-07-09"),
    gender: sd("female"),
    nationality: sd("FRA"),
    portrait: sd(portrait(60)),
    travel_document: sd({
      type: "passport",
      number: sd("XX0SPECIMEN7"),
      country: "FRA",
      issued_on: "2023-02-01",
      issued_at: sd("PARIS SPECIMEN"),
      expires_on: "2033-01-31",
      ...passport,
    }),
    residence: sd({ kind: "temporary_card", number: sd("TRC0SPECIMEN3"), symbol: "LD2", expires_on: "2028-05-31", ...residence }),
    age_equal_or_over: sd({ 18: true }),
    ...(level === 2 && {
      evidence: proof("national_immigration", "portrait", "fingerprint"),
      documents: [sd({ type: "driving_licence", number: "B2-SPECIMEN", expires_on: "2028-05-31" })],
    }),
    "": decoys(2),
  };
}

/** An organisation: no level under Decree 69/2024. */
export function organisation() {
  return {
    ...registered("organisation"),
    sub: "SPECIMEN-ORGANISATION",
    organisation_identifier: sd("0100000000-SPECIMEN"),
    organisation_name: sd("CÔNG TY MẪU SPECIMEN"),
    evidence: [{ method: "registry", source: "business_registration", verified_at: "2026-09-01T08:30:00+07:00" }],
    representative: sd({ name: sd("LÊ VĂN MẪU"), number: sd("001085000021") }),
    "": decoys(1),
  };
}

/** The claims without any mark: what a bare JWS carries. */
export function plain(claims) {
  if (Array.isArray(claims)) return claims.filter((item) => !isDecoys(item)).map(plain);
  if (claims === null || typeof claims !== "object") return claims;
  if (claims.constructor?.name === "Withheld") return plain(claims.value);
  return Object.fromEntries(Object.entries(claims).filter(([, item]) => !isDecoys(item)).map(([name, item]) => [name, plain(item)]));
}

const isDecoys = (item) => item?.constructor?.name === "Decoys";
