// Section I: time (RFC 7519 §4.1.4–4.1.6; law.md §9; contract §3, §12).
import { DAY, NOW, Section, alien, clear, good, levelTwo, make, passport, pinned, raw, sd, small, withMember } from "./base.mjs";

const LAST = 253_402_300_799;
/** 2026-11-22T23:59:59+07:00 */
const END_OF_DAY = Date.UTC(2026, 10, 22, 16, 59, 59) / 1000;

export function sectionI() {
  const s = new Section("I", "Time");
  const twin = s.good("good", "the small credential", { input: good().token });
  const bad = (id, row, about, code, claims, other = twin, more = {}) => s.bad(id, row, about, code, other, { input: make(claims).token, ...more });
  const fine = (id, row, about, claims, more = {}) => s.good(id, about, { row, input: make(claims).token, ...more });
  const at = (now) => ({ options: { now } });

  const last = fine("exp-next", 176, "exp is the next second", small({ exp: NOW + 1 }));
  bad("exp-now", 176, "exp is now", "expired", small({ exp: NOW }), last);
  bad("exp-past", 176, "exp was a second ago: no skew for exp", "expired", small({ exp: NOW - 1 }), last);
  bad("exp-long-past", 176, "exp was years ago", "expired", small({ iat: NOW - 900 * DAY, exp: NOW - 500 * DAY }));
  s.bad("exp-later", 176, "the same credential, an hour after its end", "expired", twin, { input: good().token, ...at(NOW + 30 * DAY + 3600) });

  for (const [name, exp] of [["milliseconds", (NOW + DAY) * 1000], ["beyond-9999", LAST + 1], ["2-53", 2 ** 53 - 1]]) bad(`exp-${name}`, 177, `exp in ${name}`, "number_invalid", small({ exp }));
  bad("iat-milliseconds", 177, "iat in milliseconds", "number_invalid", small({ iat: NOW * 1000 }));
  bad("nbf-milliseconds", 177, "nbf in milliseconds", "number_invalid", small({ nbf: NOW * 1000 }));
  for (const name of ["exp", "iat", "nbf"]) {
    for (const [kind, text] of [["fraction", `${NOW}.5`], ["point-zero", `${NOW}.0`], ["exponent", "1.8e9"]]) {
      s.bad(`${name}-${kind}`, 177, `${name} ${text}: whole seconds, an integer literal`, "number_invalid", twin, { input: raw(withMember(`"${name}":${text}`, clear({ [name]: undefined }))) });
    }
    for (const [kind, value] of [["string", String(NOW + 100)], ["date", "2027-01-01T00:00:00Z"], ["bool", true], ["null", null], ["object", {}], ["array", [NOW]]]) {
      bad(`${name}-${kind}`, 178, `${name} is ${kind}`, "claim_type_invalid", small({ [name]: value }));
    }
  }
  bad("exp-missing", 179, "no exp", "claim_missing", small({ exp: undefined }));
  bad("iat-missing", 179, "no iat", "claim_missing", small({ iat: undefined }));

  const edge = fine("nbf-skew", 181, "nbf ahead by the skew", small({ nbf: NOW + 60 }));
  bad("nbf-ahead", 181, "nbf ahead by the skew and a second", "not_yet_valid", small({ nbf: NOW + 61 }), edge);
  bad("nbf-far", 181, "nbf in a week", "not_yet_valid", small({ nbf: NOW + 7 * DAY }));
  bad("nbf-no-skew", 181, "nbf ahead by a second, no skew", "not_yet_valid", small({ nbf: NOW + 1 }), edge, { config: pinned({ clockSkew: 0 }) });
  fine("nbf-now", 181, "nbf is now", small({ nbf: NOW }), { config: pinned({ clockSkew: 0 }) });
  const issued = fine("iat-skew", 182, "iat ahead by the skew", small({ iat: NOW + 60 }));
  bad("iat-ahead", 182, "iat ahead by the skew and a second", "issued_in_future", small({ iat: NOW + 61 }), issued);
  bad("iat-far", 182, "iat in a week", "issued_in_future", small({ iat: NOW + 7 * DAY }), issued);
  bad("inverted", 183, "exp before iat", "validity_inverted", small({ iat: NOW + 30, exp: NOW + 10 }));
  bad("inverted-equal", 183, "exp is iat", "validity_inverted", small({ iat: NOW + 30, exp: NOW + 30 }));
  bad("inverted-nbf", 183, "exp before nbf", "validity_inverted", small({ nbf: NOW + 50, exp: NOW + 20 }));
  const ten = fine("ten-years", 183, "exactly ten years", small({ iat: NOW - DAY, exp: NOW - DAY + 315_576_000 }));
  bad("too-long", 183, "ten years and a second", "validity_too_long", small({ iat: NOW - DAY, exp: NOW - DAY + 315_576_001 }), ten);
  bad("too-long-9999", 183, "until the end of the calendar", "validity_too_long", small({ exp: LAST }), ten);
  bad("too-long-policy", 183, "longer than the page allows", "validity_too_long", small(), twin, { config: pinned({ maxValidity: 30 * DAY }) });

  const dated = (day, more) => alien({ travel_document: passport(day, more) });
  const live = { iat: NOW - DAY, exp: NOW + 30 * DAY };
  const lastSecond = fine("last-second", 184, "16:59:59Z of the last day: 23:59:59 in Vietnam", dated("2026-11-22"), at(END_OF_DAY));
  bad("first-second", 184, "17:00:00Z of the last day: the next day in Vietnam", "document_expired", dated("2026-11-22"), lastSecond, at(END_OF_DAY + 1));
  const strict = pinned({ expiryDay: "exclusive" });
  const before = fine("exclusive-before", 184, "the last second before an exclusive day", dated("2026-11-23"), { config: strict, ...at(END_OF_DAY) });
  bad("exclusive-first", 184, "the first second of an exclusive day", "document_expired", dated("2026-11-23"), before, { config: strict, ...at(END_OF_DAY + 1) });
  bad("exclusive-today", 184, "today, exclusive", "document_expired", dated("2026-11-22"), before, { config: strict });

  const card = (expires_on, kind = "temporary_card") => alien({ residence: { kind, number: "TRC0SPECIMEN3", symbol: "LD2", expires_on } });
  const cardToday = fine("residence-today", 185, "a residence card on its last day", card("2026-11-22"));
  bad("residence-ended", 185, "a residence card that ended yesterday", "document_expired", card("2026-11-21"), cardToday);
  bad("visa-ended", 185, "a visa that ended", "document_expired", card("2026-11-21", "visa"), cardToday);
  bad("exemption-ended", 185, "an exemption that ended", "document_expired", card("2026-11-21", "exemption"), cardToday);
  fine("permanent-ended", 185, "a permanent card past its date is due for replacement, the residence is not over", card("2026-11-21", "permanent_card"));
  s.cases.at(-1).expect.skip = "residence_card_replacement_due";
  fine("permanent-no-date", 185, "a permanent card without a date", card(null, "permanent_card"));
  const idCard = (expires_on) => small({ identity_card: { kind: "CC", number: "CC0SPECIMEN9", issued_on: "2020-01-01", expires_on } });
  const cardTwin = fine("card-today", 186, "an identity card on its last day", idCard("2026-11-22"));
  bad("card-ended", 186, "an identity card that ended", "document_expired", idCard("2026-11-21"), cardTwin);
  fine("card-no-expiry", 186, "an identity card without an end", idCard(null));
  fine("card-ignored", 186, "dates are shown only", idCard("2020-11-21"), { config: pinned({ documents: "ignore" }) });
  const integrated = (expires_on) => levelTwo({ documents: [{ type: "driving_licence", number: "B2-SPECIMEN", expires_on }] });
  fine("licence-ended", 187, "an integrated document past its date, only identity asked", integrated("2026-11-21"));
  const all = pinned({ documents: "all" });
  const licence = fine("licence-live", 187, "an integrated document in date, all asked", integrated("2026-11-22"), { config: all });
  bad("licence-ended-all", 187, "an integrated document past its date, all asked", "document_expired", integrated("2026-11-21"), licence, { config: all });
  fine("leap-day", 188, "29 February of a leap year", dated("2028-02-29"));
  bad("no-leap-day", 188, "29 February of a common year", "claim_value_invalid", dated("2027-02-29"));
  bad("passport-ended", 190, "credential live, passport past", "document_expired", alien({ ...live, travel_document: passport("2026-11-21") }), lastSecond);
  s.cases.at(-1).expect.account = "lock_due";
  bad("passport-ended-disclosed", 190, "the same, the passport by disclosure", "document_expired", alien({ ...live, travel_document: sd(passport("2020-11-21", { issued_on: "2015-01-01" })) }), lastSecond);
  fine("passport-withheld", 190, "a passport that is not shown is not judged", alien({ travel_document: undefined }));
  s.cases.at(-1).expect.skip = "not_disclosed";

  const old = Date.UTC(2023, 5, 1) / 1000;
  const floor = Date.UTC(2024, 6, 1) / 1000;
  const longLived = { iat: old, exp: old + 9 * 365 * DAY };
  const floorTwin = fine("floor", 191, "the first second of the clock floor", small(longLived), at(floor));
  bad("before-floor", 191, "a clock before the floor", "clock_rollback", small(longLived), floorTwin, at(floor - 1));
  bad("epoch", 191, "a clock that starts in 1970", "clock_rollback", small({ iat: 0, exp: 300_000_000, birthdate: undefined }), floorTwin, at(1000));
  const clock = s.good("server-time", "the server's clock agrees", { row: 192, input: good().token, options: { now: NOW, serverTime: NOW + 60 } });
  for (const [name, off] of [["ahead", 61], ["behind", -61], ["years", -63_000_000]]) {
    s.bad(`server-${name}`, 192, `the server's clock differs (${name})`, "clock_untrusted", clock, { input: good().token, options: { now: NOW, serverTime: NOW + off } });
  }
  return s;
}
