// What stands beneath the verdict: who, what is missing, account, documents, what was shared, the checks. Nothing here decides anything.

import { foreign, h, icon, looksLikeName, replace } from "./dom.js";
import { currentLanguage, dateWords, hasWord, instantWords, t } from "./i18n.js";
import { checkWords, claimName, documentWords, groundName, valueName } from "./names.js";
import { portraitUri } from "./portrait.js";
import { codeSentence, currentVoice, decidingCheck, spoken } from "./verdict.js";

const plainObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const own = (object, key) => (plainObject(object) && Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined);
const seconds = (instant) => Math.floor(Date.parse(instant) / 1000);

/** The sentence of a check: the package's for its code, else ours for what passing it means. */
function sentence(check) {
  const said = codeSentence(check);
  if (said) return said;
  if (check.outcome === "pass") return checkWords(check.check).pass;
  return check.outcome === "skip" ? t("skipWhy") : "";
}

// What is missing

const NEEDS = ["status_list", "trust_list", "account_state"];

/** Fills what would settle an open verdict: one button that gets it all, and for each a button that takes the signed file; hidden when nothing is missing. */
export function renderNeeds(place, report, { handIn, fetchIt }) {
  const needs = report.verdict === "indeterminate" ? report.needs.filter(({ type }) => NEEDS.includes(type)) : [];
  place.hidden = needs.length === 0;
  if (needs.length === 0) return;
  replace(place, h("h2", {}, t("needs")), h("p", { class: "quiet" }, t("needsWhy")),
    h("ul", { class: "needs" }, needs.map((need) => h("li", {},
      h("p", {}, h("strong", {}, t(need.type))),
      h("p", { class: "quiet small" }, [need.uri, need.iss].filter(Boolean).map((where) => foreign(where))),
      h("div", { class: "actions" },
        (need.uri || need.type === "trust_list") && h("button", { type: "button", class: "primary", "data-fetch": need.type, onclick: () => fetchIt([need]) }, icon("fetch"), t("fetchIt")),
        h("button", { type: "button", class: "secondary", "data-hand-in": need.type, onclick: () => handIn(need) }, icon("file"), t("handIn")))))));
}

// The person

const NUMBERS = ["personal_identification_number", "foreigner_identification_number", "organisation_identifier"];

/** Fills the card of the holder; without a valid verdict it says why there is none. */
export function renderHolder(place, report, input) {
  const holder = report.holder;
  if (report.verdict !== "valid" || !holder) {
    return replace(place,
      h("h2", {}, t("noHolder")),
      h("p", { class: "quiet" }, t("noHolderWhy")));
  }
  const claims = holder.claims || {};
  const number = NUMBERS.map((key) => own(claims, key)).find((value) => value !== undefined);
  return replace(place,
    h("h2", {}, t(holder.kind === "organisation" ? "holderOrganisation" : "holder")),
    h("div", { class: "identity" },
      portrait(claims, holder.kind, input),
      h("div", { class: "who" },
        h("p", { class: "kind" }, hasWord(holder.kind) ? t(holder.kind) : foreign(holder.kind)),
        nameOf(claims),
        number !== undefined && h("p", { class: "number" }, foreign(grouped(number))),
        report.format === "emrtd" ? h("p", { class: "quiet" }, t("fromChip")) : levelBadge(holder))),
    h("dl", { class: "facts" },
      report.format === "emrtd" ? row(t("issuingState"), countryName(holder.issuer)) : row(t("issuer"), issuerName(holder)),
      report.format !== "emrtd" && row(t("law"), hasWord(holder.law) ? t(holder.law) : holder.law && foreign(holder.law))));
}

function issuerName(holder) {
  const named = holder.issuerName || (plainObject(holder.issuer) && holder.issuer.name);
  const name = plainObject(named) ? named[currentLanguage()] || named.vi : named;
  const address = plainObject(holder.issuer) ? holder.issuer.iss : holder.issuer;
  return [name && h("strong", {}, foreign(name)), name && " ", address && foreign(address, name ? "quiet small" : "small")];
}

/** A country's name for its two letters, where the browser knows it. */
function countryName(code) {
  let name;
  try { name = new Intl.DisplayNames([currentLanguage()], { type: "region" }).of(code); } catch { name = undefined; }
  return [h("strong", {}, foreign(name || code)), name && name !== code && [" ", foreign(code, "quiet")]];
}

/** A chip's portrait lies in data group 2, where the engine found it: the same small plain picture, or none. */
function fromChip(value, input) {
  const group = plainObject(input) && input.dataGroups && input.dataGroups[value.data_group];
  if (!group || !/^image\/(jpeg|png)$/.test(value.media_type)) return undefined;
  return `data:${value.media_type};base64,${btoa(Array.from(group.subarray(value.start, value.end), (byte) => String.fromCharCode(byte)).join(""))}`;
}

function portrait(claims, kind, input) {
  const shared = own(claims, "portrait");
  const value = plainObject(shared) ? fromChip(shared, input) : shared;
  const uri = portraitUri(value);
  if (uri) {
    const image = h("img", { class: "portrait", src: uri, alt: t("portraitAlt"), width: 96, height: 128 });
    image.addEventListener("error", () => image.replaceWith(noPortrait("badPortrait", kind)), { once: true });
    return image;
  }
  return noPortrait(shared === undefined ? "noPortrait" : "badPortrait", kind);
}

function noPortrait(why, kind) {
  return h("div", { class: "portrait none", role: "img", "aria-label": kind === "organisation" ? t("organisation") : t(why) },
    icon(kind === "organisation" ? "building" : "person"), kind !== "organisation" && h("span", {}, t(why)));
}

/** The name in Vietnamese order; a name with signs that names do not have is shown small and with a warning. */
function nameOf(claims) {
  const parts = ["family_name", "middle_name", "given_name"].map((key) => own(claims, key)).filter((part) => typeof part === "string" && part);
  const name = own(claims, "name") ?? own(claims, "organisation_name") ?? (parts.length ? parts.join(" ") : undefined);
  if (typeof name !== "string") return h("p", { class: "name absent" }, t("noName"));
  if (looksLikeName(name)) return h("p", { class: "name" }, foreign(name));
  return [h("p", { class: "name odd" }, foreign(name)), h("p", { class: "caution small" }, icon("warn"), h("span", {}, t("oddName")))];
}

/** Twelve digits are read in fours. */
function grouped(number) {
  return /^\d{12}$/.test(number) ? number.replace(/(\d{4})(?=\d)/g, "$1 ") : number;
}

function levelBadge(holder) {
  const word = holder.level === 1 ? "level1" : holder.level === 2 ? "level2" : "levelNone";
  return h("p", { class: `level ${word}` },
    h("span", { class: "bars", "aria-hidden": "true" }, h("i", {}), h("i", {})), t(word));
}

function row(name, ...value) {
  const kept = value.flat(4).filter(Boolean);
  return kept.length > 0 && h("div", { class: "fact" }, h("dt", {}, name), h("dd", {}, kept));
}

// Documents and account

/** Fills the documents: each with its date and what is left of it, also when the verdict is bad. */
export function renderDocuments(place, report) {
  const documents = report.documents || (report.holder && report.holder.documents) || [];
  replace(place, h("h2", {}, t("documents")),
    documents.length === 0
      ? h("p", { class: "quiet" }, t("noDocuments"))
      : h("ul", { class: "documents" }, documents.map(documentLine)));
}

/** From so many days on, a document's end is near enough to be pointed at. */
const SOON_DAYS = 30;

function documentLine(document) {
  const words = documentWords(document.type);
  const soon = document.state === "in_date" && document.daysLeft <= SOON_DAYS;
  return h("li", { class: `document is-${soon ? "soon" : document.state}`, "data-state": document.state },
    icon(words.icon, "big"),
    h("div", { class: "what" },
      h("strong", {}, words.name || foreign(document.type)),
      h("span", { class: "quiet" }, dateLine(document))),
    h("span", { class: "pill" }, icon(document.state === "expired" ? "fail" : soon ? "warn" : document.state === "unknown" ? "unknown" : "pass"),
      stateWords(document)));
}

function dateLine(document) {
  if (!document.expiresOn) return "";
  return t(document.state === "expired" ? "since" : "until", dateWords(document.expiresOn));
}

function stateWords({ state, daysLeft }) {
  if (state !== "in_date" || typeof daysLeft !== "number") return hasWord(state) ? t(state) : state;
  if (daysLeft === 0) return t("lastDay");
  return daysLeft === 1 ? t("dayLeft1") : t("daysLeft", daysLeft.toLocaleString(currentLanguage() === "en" ? "en-GB" : "vi-VN"));
}

const ACCOUNTS = {
  active: ["active", "activeWhy", "pass"],
  locked: ["locked", "lockedWhy", "lock"],
  lock_due: ["lock_due", "lock_dueWhy", "lock"],
  unknown: ["accountUnknown", "accountUnknownWhy", "unknown"],
};

/** Fills the account's state and explains it. */
export function renderAccount(place, report) {
  const account = report.account;
  place.hidden = !account;
  if (!account) return;
  const [word, why, shape] = ACCOUNTS[account.state] || ACCOUNTS.unknown;
  const grounds = account.grounds || [];
  replace(place, h("h2", {}, t("account")),
    h("div", { class: `account is-${account.state}`, "data-state": account.state },
      h("p", { class: "state" }, h("span", { class: "badge" }, icon(shape)), h("strong", {}, t(word))),
      h("p", {}, currentVoice() === "officer" ? t(why) : spoken(`account.${account.state}`) || t(why)),
      account.asOf && h("p", { class: "quiet" }, t("accountAsOf", instantWords(seconds(account.asOf)))),
      grounds.length > 0 && h("div", { class: "grounds" }, h("h3", {}, t("grounds")),
        h("ul", {}, grounds.map((code) => h("li", {}, spoken(code) || groundName(code) || foreign(code), " ", h("code", {}, foreign(code))))))));
}

// What was shared

const PROFILE = {
  citizen: ["personal_identification_number", "name", "birthdate", "gender", "portrait", "identity_card"],
  foreigner: ["foreigner_identification_number", "name", "birthdate", "gender", "nationality", "portrait", "travel_document", "residence"],
  organisation: ["organisation_identifier", "organisation_name", "representative"],
};
const LEVEL_2 = ["evidence", "documents"];
const ORDER = [
  ...NUMBERS, "name", "organisation_name", "family_name", "middle_name", "given_name", "birthdate", "age_equal_or_over", "gender", "nationality",
  "travel_document", "residence", "identity_card", "documents", "evidence", "representative",
];
const TECHNICAL = ["iss", "sub", "iat", "nbf", "exp", "vct", "eid_level", "eid_law", "status", "cnf"];

/** Fills what the holder shared, what was held back, and what lies outside the profile. */
export function renderShared(place, report) {
  const holder = report.verdict === "valid" ? report.holder : undefined;
  place.hidden = !holder;
  if (!holder) return;
  const claims = holder.claims || {};
  // of what was held back whole, only the empty frame is left
  const names = Object.keys(claims).filter((name) => !(typeof claims[name] === "object" && claims[name] !== null && Object.keys(claims[name]).length === 0));
  const known = ORDER.filter((name) => names.includes(name));
  const technical = TECHNICAL.filter((name) => names.includes(name));
  const extra = names.filter((name) => !ORDER.includes(name) && !TECHNICAL.includes(name) && name !== "portrait" && name !== "_sd_alg");
  const withheld = withheldOf(holder, names);
  replace(place, h("h2", {}, t("shared")),
    h("dl", { class: "facts" }, known.filter((name) => claims[name] !== "").map((name) => row(claimName(name), valueOf(name, claims[name])))),
    extra.length > 0 && h("div", { class: "extra" }, h("h3", {}, t("extra")),
      h("dl", { class: "facts" }, extra.map((name) => row(foreign(name), valueOf(name, claims[name]))))),
    h("div", { class: "withheld" }, h("h3", {}, t("notShared")),
      holder.undisclosed > 0 && h("p", { class: "quiet" }, t("undisclosed", holder.undisclosed)),
      withheld.length === 0
        ? !(holder.undisclosed > 0) && h("p", { class: "quiet" }, t("notSharedNone"))
        : [h("ul", { class: "chips" }, withheld.map((name) => h("li", {}, claimName(name)))), h("p", { class: "quiet" }, t("notSharedWhy"))]),
    technical.length > 0 && h("details", {}, h("summary", {}, t("technical")),
      h("dl", { class: "facts" }, technical.map((name) => row(claimName(name), valueOf(name, claims[name]))))));
}

function withheldOf(holder, names) {
  const profile = [...(PROFILE[holder.kind] || []), ...(holder.level === 2 && holder.kind !== "organisation" ? LEVEL_2 : [])];
  const named = names.includes("family_name") || names.includes("given_name");
  return profile.filter((name) => !names.includes(name) && !(name === "name" && named));
}

/** How deep a claim is unfolded before the rest is shown as plain JSON text. */
const DEEPEST_SHOWN = 3;

function valueOf(name, value, depth = 0) {
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (value === null) return name === "expires_on" ? t("no_expiry") : "—";
  if (typeof value === "number") return ["iat", "nbf", "exp"].includes(name) ? instantWords(value) : String(value);
  if (typeof value === "string") return textOf(name, value);
  if (depth >= DEEPEST_SHOWN) return foreign(JSON.stringify(value));
  if (Array.isArray(value)) return h("ul", { class: "list" }, value.map((item) => h("li", {}, valueOf(name, item, depth + 1))));
  return h("dl", { class: "inner" }, Object.keys(value).map((key) =>
    row((!["status", "cnf"].includes(name) && claimName(key)) || foreign(key), valueOf(key, value[key], depth + 1))));
}

function textOf(name, value) {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dateWords(value);
  if (name === "verified_at" && !Number.isNaN(Date.parse(value))) return instantWords(seconds(value));
  if (["gender", "method", "source"].includes(name)) return valueName(value) || foreign(value);
  if (["type", "kind"].includes(name)) return documentWords(value).name || foreign(value);
  if (NUMBERS.includes(name)) return foreign(grouped(value), "digits");
  if (name === "eid_law" && hasWord(value)) return t(value);
  return foreign(value);
}

// The checks

const OUTCOMES = { pass: "pass", fail: "fail", unknown: "unknownOutcome", skip: "skipOutcome" };
const COUNTS = { pass: "countPass", fail: "countFail", unknown: "countUnknown", skip: "countSkip" };

/** Fills the list of checks: every line of the plan, in order, with its sentence, source and code. */
export function renderChecks(place, report, input, { copy, save }) {
  const decided = report.verdict === "valid" ? undefined : decidingCheck(report);
  const counts = Object.keys(COUNTS)
    .map((outcome) => [outcome, report.checks.filter((check) => check.outcome === outcome).length])
    .filter(([, count]) => count > 0);
  replace(place, h("h2", {}, t("checks")),
    h("p", { class: "counts" }, counts.map(([outcome, count]) => h("span", { class: `count is-${outcome}` }, icon(outcome), t(COUNTS[outcome], count)))),
    h("ol", { class: "checks" }, report.checks.map((check) => checkLine(check, check === decided, input))),
    currentVoice() === "developer" && h("details", { id: "whole" }, h("summary", {}, t("wholeReport")), h("pre", { tabindex: "0" }, JSON.stringify(report, null, 1))),
    h("p", { class: "quiet small" }, t("format"), " ", h("code", {}, report.format),
      report.engine && [" · ", t("engine"), " ", h("code", {}, report.engine.version)]),
    h("p", { class: "quiet small" }, t("receiptWhy")),
    h("div", { class: "actions" },
      h("button", { type: "button", class: "plain", id: "receipt", onclick: copy }, t("receipt")),
      h("button", { type: "button", class: "plain", id: "receipt-save", onclick: save }, t("receiptSave"))));
}

/** The longest excerpt of the input that a developer sees under a check. */
const LONGEST_EXCERPT = 600;

/** The bytes a check rests on, cut out of what was handed in. */
function excerpt({ at }, input) {
  const whole = plainObject(input) ? input.mrz : input;
  if (currentVoice() !== "developer" || !at || typeof whole !== "string") return "";
  const text = whole.slice(at.start, Math.min(at.end, at.start + LONGEST_EXCERPT));
  return h("details", { class: "bytes" }, h("summary", {}, t("bytes", at.start, at.end)),
    h("pre", { tabindex: "0" }, foreign(text), at.end - at.start > LONGEST_EXCERPT ? " …" : ""));
}

function checkLine(check, decides, input) {
  const words = checkWords(check.check);
  return h("li", { class: `check is-${check.outcome}${decides ? " decides" : ""}`, "data-check": check.check, "data-outcome": check.outcome, "data-code": check.code },
    h("span", { class: "badge" }, icon(check.outcome)),
    h("div", { class: "what" },
      h("p", { class: "line" }, h("strong", {}, words.name), h("span", { class: "outcome" }, t(OUTCOMES[check.outcome] || "unknownOutcome"))),
      decides && h("p", { class: "tag" }, t("decides")),
      h("p", { class: "sentence" }, sentence(check)),
      h("p", { class: "meta" },
        check.spec && h("span", {}, foreign(check.spec)),
        check.basis && check.basis !== check.spec && h("span", {}, foreign(check.basis)),
        check.code && h("code", {}, foreign(check.code))),
      excerpt(check, input)));
}
