// Pictures of the main states for people to look at, in tests/page/screenshots/ (not kept in git).
import assert from "node:assert/strict";
import { mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { begin, choose, mrz, open, paste, verdict } from "./helper.mjs";

const FOLDER = fileURLToPath(new URL("./screenshots/", import.meta.url));
let place;
before(async () => { mkdirSync(FOLDER, { recursive: true }); place = await begin(); });
after(() => place.close());

/** The main states, each with how a visitor gets there. */
const STATES = {
  "valid-citizen": (page) => choose(page, "citizen-level-1"),
  "valid-foreigner": (page) => choose(page, "foreigner-level-2"),
  "valid-organisation": (page) => choose(page, "organisation"),
  "passport-ended": (page) => choose(page, "foreigner-passport-ended"),
  "ends-soon": (page) => choose(page, "foreigner-residence-ends-soon"),
  "level-too-low": (page) => choose(page, "level-1-where-2-is-asked"),
  tampered: (page) => choose(page, "tampered"),
  "unknown-issuer": (page) => choose(page, "unknown-issuer"),
  "account-locked": (page) => choose(page, "account-locked"),
  "status-not-at-hand": (page) => choose(page, "status-not-at-hand"),
  undetermined: (page) => paste(page, mrz()),
  samples: (page) => page.click('[data-open="samples"]'),
  paste: (page) => page.click('[data-open="paste"]'),
  "scan-refused": async (page) => {
    await page.evaluate(() => { Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: { getUserMedia: () => Promise.reject(new DOMException("", "NotAllowedError")) } }); });
    await page.click('[data-open="scan"]');
    await page.waitForFunction(() => document.getElementById("scan-note").textContent);
  },
  mrz: async (page) => { await page.click('[data-open="mrz"]'); await page.fill("#mrz-text", mrz()); },
};
/** Every state on one phone; the widths, themes and languages on three of them. */
const VIEWS = [[412, "light", "vi", Object.keys(STATES)]];
for (const width of [360, 412, 1280]) {
  for (const theme of ["light", "dark"]) {
    for (const language of ["vi", "en"]) VIEWS.push([width, theme, language, ["valid-foreigner", "passport-ended", "undetermined"]]);
  }
}

test("the console, pictured", async () => {
  for (const [width, colorScheme, language] of [[412, "light", "vi"], [1280, "dark", "en"]]) {
    const { page, context } = await open(place, { path: "verify", context: { viewport: { width, height: 900 }, colorScheme, reducedMotion: "reduce" } });
    if (language === "en") await page.click("#language");
    const shoot = (state) => page.screenshot({ path: `${FOLDER}${width}-${colorScheme}-${language}-${state}.png`, fullPage: true });
    await page.click("#request-make");
    await shoot("console-request");
    await page.click("#request-specimen");
    await page.click('[data-fetch="status_list"]');
    await page.waitForSelector("#account [data-state='active']");
    assert.equal(await verdict(page), "valid");
    await shoot("console-answered");
    await context.close();
  }
});

test("the main states, pictured", async () => {
  const taken = new Set();
  for (const [width, colorScheme, language, states] of VIEWS) {
    const { page, context } = await open(place, { context: { viewport: { width, height: width < 700 ? 860 : 900 }, colorScheme, reducedMotion: "reduce" } });
    if (language === "en") await page.click("#language");
    await page.evaluate(() => document.fonts.ready);
    for (const state of states) {
      const name = `${width}-${colorScheme}-${language}-${state}.png`;
      if (taken.has(name)) continue;
      if (width > 700 && state === "samples") continue;
      await STATES[state](page);
      const sheet = await page.$("dialog[open]");
      await page.screenshot({ path: FOLDER + name, fullPage: !sheet });
      if (sheet) await page.keyboard.press("Escape");
      assert.notEqual(await verdict(page), "none");
      assert.ok(statSync(FOLDER + name).size > 20_000, name);
      taken.add(name);
    }
    await context.close();
  }
  assert.ok(taken.size >= 30);
});
