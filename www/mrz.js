// Machine-readable lines under the fingers: what is read so far, and which check digits are right.

import { h, replace, foreign, icon } from "./dom.js";
import { t, hasWord, dateWords } from "./i18n.js";

/** Typed text as an MRZ has it: capital letters, no blanks at the ends of lines, no line ends of other systems. */
export function tidy(text) {
  return text.toUpperCase().split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line, at, lines) => line !== "" || at < lines.length - 1).join("\n").trim();
}

/** Shows a reading; the words say that nothing of it is authenticated. */
export function renderMrz(place, reading, text) {
  const lines = text.split("\n").filter(Boolean);
  const facts = [["documentNumber", reading.documentNumber], ["birth", reading.birth], ["expiry", reading.expiry]].filter(([, value]) => value);
  const names = reading.names && [reading.names.primary, reading.names.secondary].filter(Boolean).join(" ");
  replace(place,
    h("p", { class: "quiet small" }, lines.map((line, at) => `${at > 0 ? " · " : ""}${t("mrzCount", at + 1, line.length)}`)),
    reading.digits.length === 0 && h("p", { class: "quiet small" }, t("mrzLayouts")),
    reading.digits.length > 0 && h("ul", { class: "digits-list" }, reading.digits.map(({ field, ok }) =>
      h("li", { class: ok ? "right" : "", "data-field": field, "data-ok": String(ok) },
        icon(ok ? "pass" : "fail"), hasWord(field) ? t(field) : foreign(field), ": ", t(ok ? "digitRight" : "digitWrong")))),
    (names || facts.length > 0) && h("div", { class: "reading" }, h("h3", {}, t("mrzRead")),
      names && h("p", {}, foreign(names)),
      facts.map(([name, value]) => h("p", {}, h("span", { class: "quiet" }, t(name), ": "), foreign(dateWords(value))))));
}
