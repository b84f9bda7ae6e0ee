// What every test of the page needs: the server of `npm start`, Debian's Chromium, a page that records what it does.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { stamp } from "../../www/stamp.mjs";
import { serve } from "../../tools/serve.mjs";
import { NOW } from "../../tools/authority/people.mjs";

export const EXECUTABLE = process.env.CHROMIUM || process.env.CHROME || "/usr/bin/chromium";
const AXE = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

export const SAMPLES = JSON.parse(readFileSync(new URL("../../www/samples/index.json", import.meta.url))).samples;
export const sample = (id) => JSON.parse(readFileSync(new URL(`../../www/samples/${id}.json`, import.meta.url)));

/** Server and browser; `close()` ends both. The runner of `npm test` has stamped the page once for all files, and says so. */
export async function begin({ args = [] } = {}) {
  if (!process.env.EID_STAMPED) await stamp();
  const server = await serve();
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ["--no-sandbox", ...args] });
  return { url: server.url, browser, close: async () => { await browser.close(); await server.close(); } };
}

/** A page with a record of console lines, errors, requests and refusals of the Content Security Policy. */
export async function open({ browser, url }, { path = "", context: given = {}, ready = true } = {}) {
  const context = await browser.newContext({ viewport: { width: 412, height: 860 }, serviceWorkers: "block", ...given });
  const page = await context.newPage();
  const record = { console: [], errors: [], requests: [], violations: [] };
  page.on("console", (message) => { if (!/blocked by Playwright/.test(message.text())) record.console.push(message.text()); });
  page.on("pageerror", (error) => record.errors.push(String(error)));
  context.on("request", (request) => record.requests.push(request.url()));
  await page.exposeFunction("recordViolation", (text) => record.violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => window.recordViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  await page.clock.setFixedTime(NOW * 1000);
  await page.goto(url + path);
  if (ready) await settled(page);
  return { page, context, record };
}

/** The verdict is on the screen, and what stands beneath it too: the page listens. */
export const settled = (page) => page.waitForSelector("#answer:not([hidden])", { state: "attached" });

/** The same page as a visitor finds it, without loading it anew: first sample, Vietnamese, the officer's voice, no sheet open, an empty record. */
export async function again({ page, record }) {
  await page.evaluate(() => {
    for (const sheet of document.querySelectorAll("dialog[open]")) sheet.close();
    if (document.documentElement.lang !== "vi") document.getElementById("language").click();
    document.querySelector('[data-voice="officer"]').click();
    document.getElementById("clear").click();
    document.getElementById("toast").textContent = "";
  });
  for (const list of Object.values(record)) list.length = 0;
}

/** Chooses a sample as a visitor does: from the sheet on a phone, from the list beside the verdict on a wide screen. */
export async function choose(page, id) {
  if (await page.isVisible("#side")) return page.click(`#side [data-sample="${id}"]`);
  await page.click('[data-open="samples"]');
  await page.click(`#sheet-samples [data-sample="${id}"]`);
}

/** Hands text in by the paste sheet. */
export async function paste(page, text) {
  await page.click('[data-open="paste"]');
  await page.fill("#paste-text", text);
  await page.click('#paste-form [type="submit"]');
}

export const verdict = (page) => page.getAttribute("#verdict", "data-verdict");
export const text = async (page, selector) => (await page.innerText(selector)).replace(/\s+/g, " ").trim();

/** Violations of WCAG 2.2 A and AA, and of good practice, as short lines. `evaluate` runs past the page's policy, as a tool may. */
export async function axe(page) {
  if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(AXE);
  return page.evaluate(async () => {
    // an open sheet makes the rest inert: only the sheet is looked at
    const { violations } = await window.axe.run(document.querySelector("dialog[open]") ?? document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"], preload: false,
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(" | ")}`);
  });
}

/** Check digit of ICAO 9303-3 §4.9. */
const digit = (field) => [...field].reduce((sum, sign, at) => sum + [7, 3, 1][at % 3] * (sign === "<" ? 0 : /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 55), 0) % 10;

/** The specimen lines of ICAO 9303-4, with an expiry date of a test's choice. */
export function mrz({ expiry = "341231" } = {}) {
  const [number, birth, optional] = ["L898902C3", "740812", "ZE184226B<<<<<"];
  const parts = [`${number}${digit(number)}`, `${birth}${digit(birth)}`, `${expiry}${digit(expiry)}${optional}${digit(optional)}`];
  return `P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n${parts[0]}UTO${parts[1]}F${parts[2]}${digit(parts.join(""))}`;
}
