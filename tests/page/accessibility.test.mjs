// Every state of the page, entered once: no violation of WCAG 2.2 AA in it, and a picture of it for people to look at, in tests/page/screenshots/ (not kept in git).
import assert from "node:assert/strict";
import { mkdirSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { credential } from "../../tools/authority/authority.mjs";
import { again, axe, begin, choose, mrz, open, paste, verdict } from "./helper.mjs";

const FOLDER = fileURLToPath(new URL("./screenshots/", import.meta.url));
/** Height of the screen for a width. */
const HIGH = { 320: 640, 360: 780, 412: 860, 1280: 900 };

let place;
/** One load of the page and one of the console serve all states. */
let page;
let record;
const taken = new Set();
before(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  place = await begin();
  ({ page, record } = await open(place, { context: { reducedMotion: "reduce" } }));
  await page.waitForSelector("html.own-type");
  await page.evaluate(() => document.fonts.ready);
});
after(() => place.close());

/** How the page is seen: width, theme, language. */
async function view(width, theme, language) {
  await page.setViewportSize({ width, height: HIGH[width] });
  await page.emulateMedia({ colorScheme: theme });
  if ((await page.getAttribute("html", "lang")) !== language) await page.click("#language");
  return `${width}-${theme}-${language}`;
}

/** A picture of what is on the screen; of the whole page, or of the screen alone where a sheet lies over it. */
async function picture(seen, state) {
  const name = `${seen}-${state}.jpg`;
  await page.screenshot({ path: FOLDER + name, type: "jpeg", quality: 88, fullPage: !(await page.$("dialog[open], #dropzone:not([hidden])")) });
  assert.ok(statSync(FOLDER + name).size > 12_000, name);
  taken.add(name);
}

const crafted = (claims) => credential("citizen-1", { disclose: () => false, claims }).token;
const escape = () => page.keyboard.press("Escape");
const voice = (name) => page.click(`[data-voice="${name}"]`);

/** The states: how a visitor gets there, and back where something lies over the page. */
const STATES = {
  "valid-citizen": [() => choose(page, "citizen-level-1")],
  "valid-foreigner": [() => choose(page, "foreigner-level-2")],
  "valid-organisation": [() => choose(page, "organisation")],
  "valid-chip": [async () => { await choose(page, "chip-card"); await page.waitForSelector('.check[data-check="sod.signature"][data-outcome="pass"]'); }],
  "passport-ended": [() => choose(page, "foreigner-passport-ended")],
  "ends-soon": [() => choose(page, "foreigner-residence-ends-soon")],
  "level-too-low": [() => choose(page, "level-1-where-2-is-asked")],
  tampered: [() => choose(page, "tampered")],
  "unknown-issuer": [() => choose(page, "unknown-issuer")],
  "account-locked": [() => choose(page, "account-locked")],
  "status-not-at-hand": [() => choose(page, "status-not-at-hand")],
  undetermined: [() => paste(page, mrz())],
  "odd-name": [() => paste(page, crafted({ name: "✔ HỢP LỆ \u202eabc" }))],
  developer: [async () => { await choose(page, "tampered"); await voice("developer"); await page.click(".bytes summary"); }, () => voice("officer")],
  holder: [async () => { await choose(page, "foreigner-passport-ended"); await voice("holder"); }, () => voice("officer")],
  samples: [() => page.click('[data-open="samples"]'), escape],
  paste: [() => page.click('[data-open="paste"]'), escape],
  "paste-empty": [async () => { await page.click('[data-open="paste"]'); await page.click('#paste-form [type="submit"]'); }, escape],
  mrz: [async () => { await page.click('[data-open="mrz"]'); await page.fill("#mrz-text", mrz()); }, escape],
  "mrz-wrong": [async () => { await page.click('[data-open="mrz"]'); await page.fill("#mrz-text", mrz().slice(0, -1)); }, escape],
  "scan-refused": [async () => {
    await page.evaluate(() => { Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: { getUserMedia: () => Promise.reject(new DOMException("", "NotAllowedError")) } }); });
    await page.click('[data-open="scan"]');
    await page.waitForFunction(() => document.getElementById("scan-note").textContent);
  }, escape],
  "scan-progress": [async () => {
    await page.evaluate(() => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
      const context = canvas.getContext("2d");
      window.drawing = setInterval(() => { context.fillStyle = "#6b5d50"; context.fillRect(0, 0, 640, 480); context.fillStyle = "#eee"; context.fillRect(220, 140, 200, 200); }, 100);
      Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: { getUserMedia: async () => canvas.captureStream(), enumerateDevices: async () => [{ kind: "videoinput" }, { kind: "videoinput" }] } });
    });
    await page.click('[data-open="scan"]');
    await page.waitForSelector("#scan-switch:not([hidden])");
    await page.waitForFunction(() => !document.getElementById("scan-progress").hidden);
  }, async () => { await escape(); await page.evaluate(() => { clearInterval(window.drawing); delete navigator.mediaDevices; }); }],
  drop: [() => page.evaluate(() => document.dispatchEvent(new DragEvent("dragenter", { cancelable: true }))), () => page.evaluate(() => document.dispatchEvent(new DragEvent("dragleave")))],
};
/** In every width, theme and language. */
const EVERYWHERE = ["valid-foreigner", "passport-ended", "undetermined"];

/** A code reader that sees one part of three, for the state in which the others are waited for. */
const READER = `export const readPixels = async () => ["EIDQR/1 2/3 00000000 x"];`;

async function walk(views) {
  for (const [width, theme, language, states, look] of views) {
    const seen = await view(width, theme, language);
    for (const state of states) {
      const [enter, leave] = STATES[state];
      if (width > 700 && state === "samples") continue; // they stand beside the verdict there
      await enter();
      assert.notEqual(await verdict(page), "none", state);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${seen} ${state}: nothing is wider than the screen`);
      if (look) assert.deepEqual(await axe(page), [], `${seen} ${state}`);
      await picture(seen, state);
      if (leave) await leave();
    }
  }
}

const ALL = Object.keys(STATES);

test("every state on a phone, in light and Vietnamese, in dark and English", async () => {
  await page.route("**/dist/zxing.js", (route) => route.fulfill({ contentType: "text/javascript", body: READER }));
  await walk([[412, "light", "vi", ALL, true], [412, "dark", "en", ALL, true]]);
  assert.deepEqual([record.errors, record.violations], [[], []]);
});

test("the main states in other widths, themes and languages", async () => {
  await again({ page, record });
  const rest = [];
  for (const width of [360, 412, 1280]) for (const theme of ["light", "dark"]) for (const language of ["vi", "en"]) if (width !== 412 || (theme === "light") !== (language === "vi")) rest.push([width, theme, language, EVERYWHERE, width === 1280 && theme === "light"]);
  await walk(rest);
});

test("the console: asking, asked, answered; at 320 px, at 200 % text, in both themes and languages", async () => {
  await view(412, "light", "vi");
  const console = async (seen, state) => {
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${seen} ${state}`);
    assert.deepEqual(await axe(page), [], `${seen} ${state}`);
    await picture(seen, state);
  };
  for (const [width, theme, language] of [[320, "light", "vi"], [1280, "dark", "en"]]) {
    await page.goto(`${place.url}verify`);
    await page.waitForSelector("#request-form");
    const seen = await view(width, theme, language);
    await console(seen, "console-form");
    await page.click("#request-make");
    assert.equal(await page.evaluate(() => document.activeElement.id), "request-title");
    await console(seen, "console-request");
    await page.click("#request-specimen");
    if (width === 320) {
      await page.waitForSelector('[data-fetch="status_list"]');
      await console(seen, "console-missing");
      await page.click('[data-fetch="status_list"]');
    }
    await page.waitForSelector('#account [data-state="active"]'); // the second time the list is at hand
    assert.equal(await verdict(page), "valid");
    await console(seen, "console-answered");
    if (width === 320) {
      await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
      await console(seen, "console-large-text");
    }
  }
  assert.deepEqual([record.errors, record.violations], [[], []]);
});

test("enough pictures for people to look at", (t) => {
  t.diagnostic(`${taken.size} pictures`);
  assert.ok(taken.size >= 60);
});
