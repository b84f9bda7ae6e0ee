// The page beneath its first verdict: what is being looked at, and one call of `verify` for it. What was handed in lives in memory only.

import { voiceFor } from "../pkg/voices.js";
import { NonceStore, Verifier, inspect, readMrz } from "./app.js";
import { foreign, h, icon, replace } from "./dom.js";
import { FULL } from "./engines.js";
import { CONSOLE, EMBEDDED, frameWords } from "./frame.js";
import { currentLanguage, setLanguage, t } from "./i18n.js";
import { aboutOf, judge, ofSample, toSeconds } from "./judge.js";
import { startOffline } from "./offline.js";
import { renderAccount, renderChecks, renderDocuments, renderHolder, renderNeeds, renderShared } from "./panels.js";
import { asCsv, handOver, receipt } from "./receipt.js";
import { $, closeSheets, copy, download, loadJson, preferences, toast } from "./shell.js";
import { countDown, currentVoice, giveVoices, renderVerdict, renderWaiting, setVoice } from "./verdict.js";
import { startWays } from "./ways.js";

const state = {
  samples: [],
  /** What the index says of samples that are fetched when they are wanted. */
  chips: [],
  /** What is looked at: `{ sample?, input, config, options, now, since, asked? }`; `now` was true at `since` of the page's own clock. */
  current: undefined,
  report: undefined,
  /** Which engine has it: the small one, or the whole one once a chip came. */
  Verifier,
  engine: "failed",
};

// Verifying

const nowSeconds = () => Math.floor(Date.now() / 1000);
/** The moment of what is looked at: its own when it was handed in, and running on from there. */
const clock = (current) => current.now + Math.floor((performance.now() - current.since) / 1000);

function verifyCurrent() {
  const { report, lists } = judge(state.Verifier, state.current);
  if (report.verdict === "valid") state.current.nonces = undefined; // spent: looking again at the same answer is no second one
  state.lists = lists;
  return report;
}

/** Looks at something new, and says so to those who do not see the screen. */
function look(current, { focus = false } = {}) {
  state.current = { ...current, now: current.now === undefined ? nowSeconds() : toSeconds(current.now), since: performance.now() };
  state.report = undefined;
  show();
  if (focus) point();
}

function point() {
  if (CONSOLE) $("verdict").scrollIntoView();
  else window.scrollTo({ top: 0 });
  $("verdict-word").focus({ preventScroll: true });
}

function lookAtSample(sample, manner) {
  look(ofSample(sample), manner);
}

/** What a visitor hands in is judged by the trust and policy of the first sample, a chip by the roots of the chip's sample, at the time of the device's clock; in
 * the console, by what it asked. */
async function lookAtInput(input) {
  const [{ config }] = state.samples;
  toast("");
  if (input.sod) {
    const { config: roots } = await chipSample(state.chips[0]);
    return look({ input, config: roots, options: {} }, { focus: true });
  }
  const asked = state.console && state.console.expects();
  return look(asked ? { input, config: { ...config, policy: asked.policy }, ...asked } : { input, config, options: {} }, { focus: true });
}

/** A chip's sample, with the whole engine, which alone has certificates in it. */
async function chipSample({ file }) {
  await useWhole();
  const [sample, { unpacked }] = await Promise.all([loadJson(`./samples/${file}`), import("./chip.js")]);
  return unpacked(sample);
}

/** Chips want the whole engine: it is fetched when the first one comes. Throws when it does not come. */
async function useWhole() {
  state.whole = state.whole || import("./full.js").then(async ({ default: start, Verifier: Whole }) => {
    await start(new URL(FULL, document.baseURI));
    state.Verifier = Whole;
  });
  try {
    await state.whole;
  } catch (error) {
    state.whole = undefined;
    toast(t("wholeFailed"));
    throw error;
  }
}

/** Looks once more at the same thing: with more at hand, or later. */
function again({ focus = false } = {}) {
  state.report = undefined;
  show();
  if (focus) point();
}

// Showing

function show() {
  const current = state.current;
  if (!current || state.engine !== "ready") {
    renderWaiting($("verdict"), "failed", "failedWhy");
    $("answer").hidden = true;
    $("voices").hidden = true;
    return;
  }
  const report = verifyCurrent();
  renderVerdict($("verdict"), report, aboutOf(current, report));
  showBeneath(report);
}

/** Who, and why: everything beneath the verdict. */
function showBeneath(report) {
  const { current } = state;
  state.report = report;
  if (report.codes.includes("not_in_build") && state.Verifier === Verifier) useWhole().then(() => again(), () => {});
  renderHolder($("holder"), report, current.input);
  // who, first; where nobody may be shown, what is known of account and documents comes first
  const [first, last] = [$("account"), $("shared")];
  first.parentNode.insertBefore($("holder"), report.verdict === "valid" ? first : last);
  renderNeeds($("needs"), report, { handIn: (need) => { state.need = need; $("artefact").click(); }, fetchIt: getNeeds });
  renderAccount($("account"), report);
  renderDocuments($("documents"), report);
  renderShared($("shared"), report);
  renderChecks($("checks"), report, current.input, { copy: () => handOver("copy", note()), save: () => handOver("save", note()) });
  if (state.console) state.console.seen(report, note, current);
  $("answer").hidden = false;
  $("voices").hidden = false;
  markSample();
  if (report.needs.length > 0 && report.verdict === "indeterminate" && !current.keptAsked) fromKept(current, report);
}

/** The sample that is looked at, in the lists of samples. */
function markSample() {
  const { current } = state;
  for (const button of document.querySelectorAll("[data-sample]")) {
    const chosen = current.sample && button.getAttribute("data-sample") === current.sample.id;
    if (chosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

const note = () => receipt(state.report, { lists: state.lists, whole: state.Verifier !== Verifier, asked: state.current.asked });

/** Once a second: what is left of the verdict; when it is over, the question is put anew. */
function tick() {
  const { current, report } = state;
  if (!current || !report || !report.validUntil || report.verdict !== "valid" || document.hidden) return;
  const now = clock(current);
  if (countDown($("verdict"), report, now)) return;
  current.now = now;
  current.since = performance.now();
  again();
}

// Signed lists: handed in, fetched when a person asks, or kept from an earlier time

/** Ceilings of the engine for a signed list (contract §11). */
const MOST_ARTEFACT = 16 * 1024 * 1024;

/** Puts signed texts beside what is looked at; the engine judges them. */
function beside(current, { statusLists = [], accountStates = [], trustLists = [] }) {
  const options = current.options || {};
  const joined = (name, texts) => (texts.length > 0 ? { [name]: [...(options[name] || []), ...texts] } : {});
  current.options = { ...options, ...joined("statusLists", statusLists), ...joined("accountStates", accountStates) };
  if (trustLists.length > 0) current.config = { ...current.config, trust: { ...current.config.trust, lists: [...(current.config.trust.lists || []), ...trustLists] } };
}

async function takeArtefact(file) {
  const { need, current } = state;
  if (!file || !need || !current) return;
  const text = (await file.slice(0, MOST_ARTEFACT).text()).trim();
  beside(current, { [{ status_list: "statusLists", account_state: "accountStates" }[need.type] || "trustLists"]: [text] });
  again({ focus: true });
}

/** The button of an open verdict: `fetchNeeds` gets what is missing, the engine judges it, and only what it took is kept. */
async function getNeeds(needs) {
  const { current } = state;
  toast(t("fetching"));
  const { getLists } = await import("./lists.js");
  const got = await getLists(needs);
  if (current !== state.current) return;
  if (got.found.length === 0) { toast(t("fetchFailed", got.faults.map(({ code }) => code).join(", "))); return; }
  beside(current, got);
  again({ focus: true });
  toast("");
  const { verdict, account } = state.report;
  if (verdict === "valid" || (account && ["active", "locked"].includes(account.state))) await got.commit();
}

/** What an earlier answer left here is tried before a person has to ask: no network, and judged anew. */
async function fromKept(current, report) {
  current.keptAsked = true;
  if (!window.caches || !(await caches.has("eid-lists").catch(() => false))) return;
  const { keptLists } = await import("./lists.js");
  const got = await keptLists(report.needs);
  if (current !== state.current || got.statusLists.length + got.trustLists.length === 0) return;
  beside(current, got);
  again();
}

// Words

/** Every fixed word of the page, in the language now chosen. */
function words() {
  frameWords();
  for (const button of document.querySelectorAll("[data-close]")) {
    replace(button, icon("close"));
    button.setAttribute("aria-label", t("close"));
  }
  for (const button of document.querySelectorAll("[data-voice]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-voice") === currentVoice()));
  }
  replace($("paste-clipboard"), icon("paste"), t("pasteClipboard"));
  for (const list of document.querySelectorAll("[data-samples]")) {
    replace(list, [...state.samples, ...state.chips].map((sample) => h("li", {},
      h("button", { type: "button", "data-sample": sample.id, onclick: () => chooseSample(sample) },
        h("span", { class: "dot" }),
        h("span", {}, foreign(sample.title[currentLanguage()] || sample.title.vi),
          sample.about && h("span", { class: "about" }, foreign(sample.about[currentLanguage()] || "")))))));
  }
  if (state.console) state.console.words();
}

async function chooseSample(sample) {
  closeSheets();
  try {
    lookAtSample(state.chips.includes(sample) ? await chipSample(sample) : sample, { focus: true });
  } catch { /* said already */ }
}

function listen() {
  $("language").addEventListener("click", () => {
    setLanguage(currentLanguage() === "vi" ? "en" : "vi");
    preferences.set("language", currentLanguage());
    words();
    show();
  });
  $("clear").addEventListener("click", () => {
    lookAtSample(state.samples[0], { focus: true });
    toast(t("cleared"));
  });
  for (const button of document.querySelectorAll("[data-voice]")) {
    button.addEventListener("click", () => {
      setVoice(button.getAttribute("data-voice"));
      preferences.set("voice", currentVoice());
      words();
      show();
    });
  }
  $("artefact").addEventListener("change", async () => {
    await takeArtefact($("artefact").files[0]);
    $("artefact").value = "";
  });
  return startWays({
    take: lookAtInput,
    readMrz: (text) => readMrz(text, { now: nowSeconds(), language: currentLanguage() }),
    ready: () => state.engine === "ready",
  });
}

// Start

/** Takes over from the first verdict: `found` is its report, or nothing when the engine did not start; `listening` is told when presses are heard here. */
export async function startPage({ first, found, listening }) {
  giveVoices(voiceFor);
  state.samples = [first];
  state.engine = found ? "ready" : "failed";
  const { takeFiles } = listen();
  words();
  if (found) {
    state.current = { ...ofSample(first), since: performance.now() };
    state.lists = found.lists;
    showBeneath(found.report);
  }
  listening();
  if (found) {
    if (CONSOLE) await startConsole();
    if (EMBEDDED) await startAnswering();
    setInterval(tick, 1000);
  }
  afterwards(takeFiles);
}

/** What nobody waits for. */
async function afterwards(takeFiles) {
  if (state.engine === "ready") await theOthers().catch(() => {});
  document.documentElement.classList.add("own-type");
  await startOffline({ note: $("offline"), shared: takeFiles });
}

async function theOthers() {
  const { samples, chips } = await loadJson("./samples/index.json");
  state.chips = chips;
  const [first] = state.samples;
  state.samples = [first, ...await Promise.all(samples.filter(({ id }) => id !== first.id).map(({ file }) => loadJson(`./samples/${file}`)))];
  words();
  markSample();
}

async function startConsole() {
  const { openConsole } = await import("./console.js");
  state.console = openConsole($("console"), { language: currentLanguage, take: lookAtInput, nonces: new NonceStore(), h, replace, icon, copy, download, asCsv });
}

async function startAnswering() {
  const { startEmbed } = await import("./embed.js");
  const [{ config }] = state.samples;
  await startEmbed({
    inspect,
    readMrz,
    verify(input, options) {
      const verifier = new Verifier({ ...config, language: currentLanguage() });
      try {
        const report = verifier.verify(input, options);
        const { now, ...others } = options || {};
        if (report.codes[0] !== "policy_invalid") look({ input, config, options: others, now: now === undefined ? undefined : now });
        return report;
      } finally {
        verifier.free();
      }
    },
  });
}
