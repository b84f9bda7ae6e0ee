// The page: what is being looked at, the ways in, and one call of `verify`. What was handed in lives in memory only.

import init, { Verifier, readMrz, inspect } from "./pkg/core.js";
import { h, replace, foreign, icon } from "./dom.js";
import { t, setLanguage, currentLanguage } from "./i18n.js";
import {
  renderVerdict, renderWaiting, renderHolder, renderDocuments, renderAccount, renderShared, renderChecks, renderNeeds, setVoice, currentVoice,
} from "./render.js";
import { renderMrz, tidy } from "./mrz.js";
import { startOffline } from "./offline.js";

const $ = (id) => document.getElementById(id);

/** Preferences are all that this page ever stores; neither says anything about a person. */
const preferences = {
  get(name) { try { return localStorage.getItem(`eid.${name}`); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(`eid.${name}`, value); } catch { /* private windows may refuse */ } },
};

const state = {
  samples: [],
  /** What is looked at: `{ sample? , input, config, options, now? }`. */
  current: undefined,
  report: undefined,
  engine: "loading",
};

// Verifying

const nowSeconds = () => Math.floor(Date.now() / 1000);
const toSeconds = (moment) => (typeof moment === "number" ? moment : Math.floor(Date.parse(moment) / 1000));

function verifyCurrent() {
  const { input, config, options, now } = state.current;
  const verifier = new Verifier({ ...config, now, language: currentLanguage() });
  try {
    const report = verifier.verify(input, { ...options, now });
    state.lists = (verifier.trust || []).map(({ artefact, verdict, codes, version }) => ({ artefact, verdict, codes, version }));
    return report;
  } finally {
    verifier.free();
  }
}

/** What may be kept of a check: what was found and by what, nothing of whom. */
function receipt({ verdict, codes, format, verifiedAt, engine }) {
  return JSON.stringify({ v: 1, verdict, codes, format, verifiedAt, engine, lists: state.lists }, null, 1);
}

async function copyReceipt() {
  try {
    await navigator.clipboard.writeText(receipt(state.report));
    toast(t("copied"));
  } catch {
    toast(t("notCopied"));
  }
}

/** Looks at something new, and says so to those who do not see the screen. */
function look(current, { focus = false } = {}) {
  state.current = { ...current, now: current.now === undefined ? nowSeconds() : toSeconds(current.now) };
  show();
  if (!focus) return;
  window.scrollTo({ top: 0 });
  $("verdict-word").focus({ preventScroll: true });
}

function lookAtSample(sample, manner) {
  look({ sample, input: sample.input, config: sample.config, options: sample.options, now: sample.now }, manner);
}

/** Two or three lines of one length in the alphabet of ICAO 9303-3 §4.3: the engine takes them as a travel document. */
const MRZ_LINES = /^(?:[A-Z0-9<]{30}\n){2}[A-Z0-9<]{30}$|^[A-Z0-9<]{36}\n[A-Z0-9<]{36}$|^[A-Z0-9<]{44}\n[A-Z0-9<]{44}$/;
const recognised = (input) => (typeof input === "string" && MRZ_LINES.test(input.replace(/\r\n?/g, "\n")) ? { mrz: input.replace(/\r\n?/g, "\n") } : input);

/** What a visitor hands in is judged by the trust and policy of the first sample, at the time of the device's clock. */
function lookAtInput(input) {
  const [{ config }] = state.samples;
  look({ input: recognised(input), config, options: {} }, { focus: true });
  toast("");
}

// Showing

function show() {
  const current = state.current;
  if (!current || state.engine !== "ready") {
    const failed = state.engine === "failed";
    renderWaiting($("verdict"), failed ? "failed" : "loading", failed ? "failedWhy" : "loadingWhy");
    $("answer").hidden = true;
    $("voices").hidden = true;
    return;
  }
  const report = verifyCurrent();
  state.report = report;
  const policy = { ...(current.config.policy || {}), ...((current.options || {}).policy || {}) };
  renderVerdict($("verdict"), report, {
    title: current.sample && current.sample.title[currentLanguage()],
    sampleTime: Boolean(current.sample),
    now: current.now,
    statusIgnored: policy.status === "ignore" && report.format !== "mrz" && report.format !== "unknown",
  });
  renderHolder($("holder"), report);
  // who, first; where nobody may be shown, what is known of account and documents comes first
  const [first, last] = [$("account"), $("shared")];
  first.parentNode.insertBefore($("holder"), report.verdict === "valid" ? first : last);
  renderNeeds($("needs"), report, (need) => { state.need = need; $("artefact").click(); });
  renderAccount($("account"), report);
  renderDocuments($("documents"), report);
  renderShared($("shared"), report);
  renderChecks($("checks"), report, current.input, copyReceipt);
  $("answer").hidden = false;
  $("voices").hidden = false;
  for (const button of document.querySelectorAll("[data-sample]")) {
    const chosen = current.sample && button.getAttribute("data-sample") === current.sample.id;
    if (chosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

const WAYS = { samples: "cards", paste: "paste", scan: "scan", file: "file", mrz: "mrz" };

/** Every fixed word of the page, in the language now chosen. */
function words() {
  document.documentElement.lang = currentLanguage();
  document.title = t("title");
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = t(element.getAttribute("data-word"));
  for (const button of document.querySelectorAll("[data-open]")) {
    const way = button.getAttribute("data-open");
    replace(button, icon(WAYS[way]), h("span", {}, t(way)));
  }
  for (const button of document.querySelectorAll("[data-close]")) {
    replace(button, icon("close"));
    button.setAttribute("aria-label", t("close"));
  }
  $("ways").setAttribute("aria-label", t("ways"));
  replace($("language"), h("span", {}, t("otherLanguageShort")));
  for (const button of document.querySelectorAll("[data-voice]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-voice") === currentVoice()));
  }
  document.body.className = `voice-${currentVoice()}${EMBEDDED ? " embed" : ""}`;
  $("language").setAttribute("aria-label", `${t("otherLanguageShort")}: ${t("otherLanguage")}`);
  $("language").lang = currentLanguage() === "vi" ? "en" : "vi";
  replace($("theme"), icon("theme"));
  $("theme").setAttribute("aria-label", t("theme"));
  replace($("paste-clipboard"), icon("paste"), t("pasteClipboard"));
  for (const list of document.querySelectorAll("[data-samples]")) {
    replace(list, state.samples.map((sample) => h("li", {},
      h("button", { type: "button", "data-sample": sample.id, onclick: () => chooseSample(sample) },
        h("span", { class: "dot" }),
        h("span", {}, foreign(sample.title[currentLanguage()] || sample.title.vi),
          sample.about && h("span", { class: "about" }, foreign(sample.about[currentLanguage()] || "")))))));
  }
}

function chooseSample(sample) {
  closeSheets();
  lookAtSample(sample, { focus: true });
}

let toastTimer;
/** One short line at the foot of the screen. */
export function toast(text) {
  clearTimeout(toastTimer);
  $("toast").textContent = text;
  if (text) toastTimer = setTimeout(() => { $("toast").textContent = ""; }, 5000);
}

// Sheets

function openSheet(sheet) {
  if (sheet.showModal) sheet.showModal();
  else sheet.setAttribute("open", "");
}

function closeSheets() {
  for (const sheet of document.querySelectorAll("dialog[open]")) {
    if (sheet.close) sheet.close();
    else { sheet.removeAttribute("open"); sheet.dispatchEvent(new Event("close")); }
  }
}

// Ways in

/** One byte more than the engine takes (64 KiB): enough for it to refuse, and no more is read of a large file. */
const MOST_READ = 64 * 1024 + 1;

const isText = (bytes) => !bytes.some((byte) => byte === 0 || (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 127);

async function takeFile(file) {
  if (!file) return;
  if (/^image\/(png|jpeg|webp|gif|bmp)$/.test(file.type)) return takePicture(file);
  const bytes = new Uint8Array(await file.slice(0, MOST_READ).arrayBuffer());
  takeBytes(bytes);
}

async function takePicture(file) {
  const { readPicture } = await import("./scan.js");
  const text = await readPicture(file);
  if (!text) { toast(t("noQr")); $("scan-note").textContent = t("noQr"); return; }
  closeSheets();
  lookAtInput(text);
}

/** Ceilings of the engine for a signed list (contract §11). */
const MOST_ARTEFACT = 16 * 1024 * 1024;

/** A signed list or state that an open verdict asked for: kept with what is looked at, judged by the engine, gone with it. */
async function takeArtefact(file) {
  const { need, current } = state;
  if (!file || !need || !current) return;
  const text = (await file.slice(0, MOST_ARTEFACT).text()).trim();
  const options = current.options || {};
  if (need.type === "status_list") current.options = { ...options, statusLists: [...(options.statusLists || []), text] };
  else if (need.type === "account_state") current.options = { ...options, accountStates: [...(options.accountStates || []), text] };
  else current.config = { ...current.config, trust: { ...current.config.trust, lists: [...(current.config.trust.lists || []), text] } };
  show();
  window.scrollTo({ top: 0 });
  $("verdict-word").focus({ preventScroll: true });
}

let camera;

/** What a code says is only ever handed to the engine: an address in it is not opened. */
async function openScan() {
  $("scan-note").textContent = "";
  openSheet($("sheet-scan"));
  if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) { $("scan-note").textContent = t("scanNone"); return; }
  $("viewer").hidden = false;
  const { Camera } = await import("./scan.js");
  camera = camera || new Camera($("video"), (text) => { closeSheets(); lookAtInput(text); });
  await withCamera(() => camera.start());
}

async function withCamera(work) {
  try {
    await work();
    $("scan-torch").hidden = !camera.hasTorch;
    const devices = await navigator.mediaDevices.enumerateDevices();
    $("scan-switch").hidden = devices.filter(({ kind }) => kind === "videoinput").length < 2;
  } catch (error) {
    $("viewer").hidden = true;
    $("scan-note").textContent = t(error && error.name === "NotAllowedError" ? "scanRefused" : "scanNone");
  }
}

/** Text files end in a line break that is no part of the credential; binary input goes to the engine as it is. */
function takeBytes(bytes) {
  if (!isText(bytes)) return lookAtInput(bytes);
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return lookAtInput(bytes);
  }
  return lookAtInput(text.trim());
}

const openers = {
  samples: () => openSheet($("sheet-samples")),
  paste: () => { $("paste-note").textContent = ""; openSheet($("sheet-paste")); $("paste-text").focus(); },
  file: () => $("picker").click(),
  scan: openScan,
  mrz: () => { openSheet($("sheet-mrz")); $("mrz-text").focus(); },
};

function listen() {
  for (const button of document.querySelectorAll("[data-open]")) {
    const open = openers[button.getAttribute("data-open")];
    button.hidden = !open;
    if (open) button.addEventListener("click", open);
  }
  for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", closeSheets);
  for (const sheet of document.querySelectorAll("dialog")) {
    sheet.addEventListener("click", (event) => { if (event.target === sheet) closeSheets(); });
  }

  $("language").addEventListener("click", () => {
    setLanguage(currentLanguage() === "vi" ? "en" : "vi");
    preferences.set("language", currentLanguage());
    words();
    show();
  });
  $("theme").addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.setAttribute("data-theme", next);
    preferences.set("theme", next);
  });
  $("clear").addEventListener("click", () => {
    lookAtSample(state.samples[0], { focus: true });
    toast(t("cleared"));
  });

  $("paste-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = $("paste-text").value.trim();
    if (!text) { $("paste-note").textContent = t("emptyPaste"); return; }
    closeSheets();
    lookAtInput(text);
  });
  $("sheet-paste").addEventListener("close", () => { $("paste-text").value = ""; });
  $("paste-clipboard").hidden = !(navigator.clipboard && navigator.clipboard.readText);
  $("paste-clipboard").addEventListener("click", async () => {
    try { $("paste-text").value = await navigator.clipboard.readText(); } catch { $("paste-text").focus(); }
  });
  document.addEventListener("paste", (event) => {
    if (event.target instanceof Element && event.target.closest("textarea, input, dialog")) return;
    const data = event.clipboardData;
    if (!data || state.engine !== "ready") return;
    if (data.files.length > 0) takeFile(data.files[0]);
    else if (data.getData("text/plain").trim()) lookAtInput(data.getData("text/plain").trim());
  });

  for (const button of document.querySelectorAll("[data-voice]")) {
    button.addEventListener("click", () => {
      setVoice(button.getAttribute("data-voice"));
      preferences.set("voice", currentVoice());
      words();
      show();
    });
  }

  $("mrz-text").addEventListener("input", () => {
    const text = tidy($("mrz-text").value);
    if (!text || state.engine !== "ready") { $("mrz-live").textContent = ""; return; }
    renderMrz($("mrz-live"), readMrz(text, { now: nowSeconds(), language: currentLanguage() }), text);
  });
  $("mrz-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = tidy($("mrz-text").value);
    if (!text) return;
    closeSheets();
    lookAtInput({ mrz: text });
  });
  $("sheet-mrz").addEventListener("close", () => { $("mrz-text").value = ""; $("mrz-live").textContent = ""; });

  $("sheet-scan").addEventListener("close", () => { if (camera) camera.stop(); $("viewer").hidden = true; });
  $("scan-picture").addEventListener("click", () => $("picker").click());
  $("scan-switch").addEventListener("click", () => withCamera(() => camera.turn()));
  $("scan-torch").addEventListener("click", () => camera.torch().catch(() => { $("scan-torch").hidden = true; }));

  $("picker").addEventListener("change", async () => {
    await takeFile($("picker").files[0]);
    $("picker").value = "";
  });
  $("artefact").addEventListener("change", async () => {
    await takeArtefact($("artefact").files[0]);
    $("artefact").value = "";
  });
  let depth = 0;
  const zone = (shown) => { $("dropzone").hidden = !shown; };
  document.addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; zone(true); });
  document.addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) { depth = 0; zone(false); } });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    zone(false);
    const data = event.dataTransfer;
    if (state.engine !== "ready") return;
    if (data.files.length > 0) takeFile(data.files[0]);
    else if (data.getData("text/plain").trim()) lookAtInput(data.getData("text/plain").trim());
  });
}

function isDark() {
  const chosen = document.documentElement.getAttribute("data-theme");
  return chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
}

// Start

async function loadJson(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error("not found");
  return response.json();
}

/** The first sample alone is needed for the first verdict; the others follow. */
async function loadSamples() {
  const index = await loadJson("./samples/index.json");
  const entries = Array.isArray(index) ? index : index.samples;
  const load = (entry) => (entry.input !== undefined ? entry : loadJson(`./samples/${entry.file || `${entry.id || entry}.json`}`));
  const first = await load(entries[0]);
  return { first, rest: () => Promise.all(entries.slice(1).map(load)) };
}

async function start() {
  setLanguage(preferences.get("language"));
  setVoice(preferences.get("voice"));
  const theme = preferences.get("theme");
  if (theme === "light" || theme === "dark") document.documentElement.setAttribute("data-theme", theme);
  listen();
  words();
  try {
    const [{ first, rest }] = await Promise.all([loadSamples(), init()]);
    state.engine = "ready";
    state.samples = [first];
    lookAtSample(first);
    document.documentElement.classList.add("own-type");
    state.samples = [first, ...(await rest())];
    words();
    show();
  } catch {
    if (state.engine !== "ready") state.engine = "failed";
    show();
  }
  if (EMBEDDED && state.engine === "ready") await startAnswering();
  startOffline({ note: $("offline") });
}

/** `?embed`: the page without its own ways in; whoever holds it asks, and sees the verdict too. */
const EMBEDDED = new URLSearchParams(location.search).has("embed");

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

start();
