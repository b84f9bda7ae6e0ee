// The first verdict: the engine, one sample, one call of `verify`. All else is page.js, which comes when the verdict is on the screen and takes from here
// what is here already.

import init, { Verifier } from "../pkg/core.js";
import { CORE } from "./engines.js";
import { startFrame } from "./frame.js";
import { setLanguage } from "./i18n.js";
import { aboutOf, judge, ofSample } from "./judge.js";
import first from "./samples/citizen-level-1.json";
import { $, preferences } from "./shell.js";
import { renderVerdict, renderWaiting, setVoice } from "./verdict.js";

export { NonceStore, Verifier, inspect, readMrz } from "../pkg/core.js";
export * from "../pkg/messages.js";
export * from "./dom.js";
export * from "./frame.js";
export * from "./i18n.js";
export * from "./judge.js";
export * from "./shell.js";
export * from "./verdict.js";

/** What is pressed before anybody listens is done as soon as somebody does. */
let pressed;
const press = ({ target }) => { pressed = target instanceof Element && target.closest("button") || pressed; };

async function start() {
  const engine = init(new URL(CORE, document.baseURI));
  setLanguage(preferences.get("language"));
  setVoice(preferences.get("voice"));
  // the engine is on its way before the document is read to its end
  if (document.readyState === "loading") await new Promise((settle) => document.addEventListener("readystatechange", settle, { once: true }));
  startFrame();
  document.addEventListener("click", press);
  let found;
  try {
    await engine;
    const current = ofSample(first);
    found = judge(Verifier, current);
    renderVerdict($("verdict"), found.report, aboutOf(current, found.report));
  } catch {
    renderWaiting($("verdict"), "failed", "failedWhy");
  }
  // the verdict is on the screen before anything else is asked of line and processor
  await new Promise((settle) => requestAnimationFrame(() => setTimeout(settle)));
  const { startPage } = await import("./page.js");
  await startPage({ first, found, listening() {
    document.removeEventListener("click", press);
    if (pressed && pressed.isConnected) pressed.click();
  } });
}

start();
