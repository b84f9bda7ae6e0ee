// The verdict: one field of colour, one shape, one word, and why. Nothing here decides anything: it only shows what the engine has answered.

import { foreign, h, icon, replace } from "./dom.js";
import { currentLanguage, instantWords, spanWords, t } from "./i18n.js";

const seconds = (instant) => Math.floor(Date.parse(instant) / 1000);

/** The check that decided: the first line that carries the first code. */
export function decidingCheck(report) {
  return report.checks.find((check) => check.code === report.codes[0] && (check.outcome === "fail" || check.outcome === "unknown"));
}

let voice = "officer";
/** To whom the page speaks: `"holder"`, `"officer"` or `"developer"`. */
export function setVoice(next) { voice = ["holder", "developer"].includes(next) ? next : "officer"; }
/** The voice now chosen. */
export const currentVoice = () => voice;

let voiceFor = () => undefined;
/** Until the voices of the package are here, each check has its plain sentence. */
export function giveVoices(speak) { voiceFor = speak; }
/** What the law says of a code to whom the page speaks, where it has words for them. */
export const spoken = (code) => voiceFor(code, currentLanguage(), voice);
/** The package's sentence for a check's code. */
export const codeSentence = (check) => (check.code && spoken(check.code)) || check.message || "";

// The verdict

/** What a valid verdict does not prove, to be read beside the word: that nobody asked for the status, that the chip may be a copy. */
function cautions(report, about) {
  if (report.verdict !== "valid") return [];
  const copied = report.checks.find((check) => check.code === "clone_not_excluded");
  const said = [about.statusIgnored && t("statusIgnored"), copied && codeSentence(copied)].filter(Boolean);
  return said.map((text) => h("p", { class: "caution" }, icon("warn"), h("span", {}, text)));
}

/** Fills the verdict: colour, shape, word, reason and the instant that it speaks of. */
export function renderVerdict(place, report, about) {
  place.setAttribute("data-verdict", report.verdict);
  const decided = decidingCheck(report);
  replace(place,
    h("p", { class: "eyebrow" }, t("looking", ""), about.title ? foreign(about.title) : t("yourInput")),
    h("div", { class: "call" },
      icon(report.verdict, "shape"),
      h("h1", { class: "word", id: "verdict-word", tabindex: "-1" }, t(report.verdict))),
    h("p", { class: "reason" }, report.verdict === "valid" ? t({ holder: "validHolder", developer: "validDeveloper" }[voice] || "validWhy") : decided ? codeSentence(decided) : t(report.verdict)),
    ...cautions(report, about),
    h("p", { class: "when" }, icon("clock"), h("span", {},
      t(about.sampleTime ? "asOfSample" : "asOf", instantWords(about.now)),
      untilWords(report, about))));
}

function untilWords(report, about) {
  if (!report.validUntil || report.verdict !== "valid") return "";
  const until = seconds(report.validUntil);
  return h("span", { class: "until" }, t("validUntil", instantWords(until)), " ",
    h("span", { class: "left", role: "timer", "aria-live": "off" }, t("left", spanWords(until - about.now))));
}

/** Brings what is left up to date; false when it is over and the question must be put anew. */
export function countDown(place, report, now) {
  const left = seconds(report.validUntil) - now;
  const shown = place.querySelector(".left");
  const words = t("left", spanWords(left));
  if (shown && left > 0 && shown.textContent !== words) shown.textContent = words;
  return left > 0;
}

/** What stands in the verdict's place while there is none. */
export function renderWaiting(place, word, why) {
  place.setAttribute("data-verdict", "none");
  replace(place, h("div", { class: "call" }, h("h1", { class: "word", id: "verdict-word", tabindex: "-1" }, t(word))), h("p", { class: "reason" }, t(why)));
}
