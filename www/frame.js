// The frame that stands before any verdict does: fixed words, the dock of ways in, theme, the mode of the page.

import { h, icon, replace } from "./dom.js";
import { currentLanguage, t } from "./i18n.js";
import { $, startTheme } from "./shell.js";
import { currentVoice } from "./verdict.js";

/** `/verify`: the page of one who asks; it makes the request and judges by it. */
export const CONSOLE = document.documentElement.getAttribute("data-mode") === "verify";
/** `?embed`: the page without its own ways in; whoever holds it asks, and sees the verdict too. */
export const EMBEDDED = new URLSearchParams(location.search).has("embed");

const WAYS = { samples: "cards", paste: "paste", scan: "scan", file: "file", mrz: "mrz" };

/** Every fixed word of the page, in the language now chosen. */
export function frameWords() {
  document.documentElement.lang = currentLanguage();
  document.title = t(CONSOLE ? "consoleTitle" : "title");
  for (const element of document.querySelectorAll("[data-word]")) {
    const word = t(element.getAttribute("data-word"));
    if (element.textContent !== word) element.textContent = word;
  }
  for (const button of document.querySelectorAll("[data-open]")) {
    const way = button.getAttribute("data-open");
    replace(button, icon(WAYS[way]), h("span", {}, t(way)));
  }
  $("ways").setAttribute("aria-label", t("ways"));
  replace($("language"), h("span", {}, t("otherLanguageShort")));
  $("language").setAttribute("aria-label", `${t("otherLanguageShort")}: ${t("otherLanguage")}`);
  $("language").lang = currentLanguage() === "vi" ? "en" : "vi";
  replace($("theme"), icon("theme"));
  $("theme").setAttribute("aria-label", t("theme"));
  document.body.className = `voice-${currentVoice()}${EMBEDDED ? " embed" : ""}`;
}

export function startFrame() {
  startTheme();
  frameWords();
}
