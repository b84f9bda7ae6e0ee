// What the page weighs and how soon it answers: on a slow line with a slow phone, and when it comes again.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { warm } from "../../tools/serve.mjs";
import { MODULES, bundled } from "../../www/stamp.mjs";
import { begin } from "./helper.mjs";

/** Page code, gzip: all of the page's own modules, style, document and worker; without the package, the scanner (camera, zxing, PDF, MRZ), the QR encoder. */
const MOST_CODE = 40 * 1024;
/** Bytes on the line until the first verdict, and of the whole first visit: page, engine, samples, type, and what the service worker keeps (without the
 * code reader, which only a browser without its own fetches). */
const MOST_FIRST = 220 * 1024;
const MOST_VISIT = 720 * 1024;
/** Milliseconds to the first verdict on a processor four times slower: over Slow 4G (1.6 Mbit/s, 150 ms), and again from the kept copy. */
const FIRST = 1500;
const AGAIN = 300;
/** The machine of a test run is shared, and the figures are of a quiet one: a run is held to them when `EID_QUIET=1` says so, otherwise to so many times as much. */
const QUIET = process.env.EID_QUIET === "1";
const SHARED = QUIET ? 1 : 6;
const ROUNDS = QUIET ? 7 : 1;

let place;
before(async () => { place = await begin(); warm(); });
after(() => place.close());

test("page code stays under 40 KB gzip", async (t) => {
  const www = fileURLToPath(new URL("../../www/", import.meta.url));
  const sizes = {};
  // the samples are no code, and are served as files of their own too
  for (const name of MODULES.filter((one) => !["scan.js", "zxing.js", "pdf.js", "mrz-photo.js"].includes(one))) sizes[name] = gzipSync(await bundled(name, ["../pkg/*", "qr", "./samples/*"])).length;
  for (const name of ["index.html", "dist/style.css", "manifest.webmanifest", "sw.js"]) sizes[name] = gzipSync(readFileSync(join(www, name))).length;
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  t.diagnostic(`page code: ${total} bytes gzip: ${Object.entries(sizes).map(([name, size]) => `${name} ${size}`).join(", ")}; with the package's door dist/app.js is ${gzipSync(readFileSync(join(www, "dist/app.js"))).length}`);
  assert.ok(total <= MOST_CODE, `${total} bytes`);
});

/** Notes when the verdict was painted, by the page's own clock, which starts with the navigation. */
const stopwatch = () => document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return;
  const shown = document.getElementById("verdict");
  new MutationObserver((_, observer) => {
    if (shown.dataset.verdict === "none") return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }));
  }).observe(shown, { attributes: true, attributeFilter: ["data-verdict"] });
});

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

test("the first verdict comes soon, and sooner the second time", async (t) => {
  const firsts = [];
  const agains = [];
  let sent;
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await place.browser.newContext({ viewport: { width: 412, height: 860 } });
    const page = await context.newPage();
    await page.addInitScript(stopwatch); // no fixed clock here: it would stand in for the page's stopwatch too
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await session.send("Network.enable");
    const line = (on) => session.send("Network.emulateNetworkConditions", { offline: false, latency: on ? 150 : 0, downloadThroughput: on ? 200_000 : -1, uploadThroughput: on ? 90_000 : -1 });
    let bytes = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => { bytes += encodedDataLength; });
    const time = async (go) => {
      await go();
      await page.waitForFunction(() => window.painted);
      return Math.round(await page.evaluate(() => window.painted));
    };
    await line(true);
    firsts.push(await time(() => page.goto(place.url, { waitUntil: "commit" })));
    const first = await page.evaluate((end) => performance.getEntriesByType("resource").filter(({ responseEnd }) => responseEnd <= end).reduce((sum, { transferSize }) => sum + transferSize, 0), firsts.at(-1));
    await line(false);
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => navigator.serviceWorker.ready);
    const kept = await page.evaluate(async () => {
      const cache = await caches.open((await caches.keys()).find((name) => name.startsWith("eid-page-")));
      return (await cache.keys()).map(({ url }) => new URL(url).pathname);
    });
    sent = { first, visit: bytes, kept: kept.length };
    // a visit begins when the one before it has come to rest: what that page still did would be counted as this one's
    const rest = async () => { await page.waitForSelector("html.own-type"); await page.waitForLoadState("networkidle"); await page.evaluate(() => new Promise((settle) => requestIdleCallback(settle))); };
    await page.reload({ waitUntil: "commit" });
    await rest();
    bytes = 0;
    for (let visit = 0; visit < 3; visit += 1) {
      agains.push(await time(() => page.reload({ waitUntil: "commit" })));
      await rest();
    }
    sent.again = await page.evaluate(() => [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")].reduce((sum, { transferSize }) => sum + transferSize, 0));
    await context.close();
  }
  t.diagnostic(`first verdict ${median(firsts)} ms (${firsts.join(", ")}) on Slow 4G and a processor 4 times slower, asked ${FIRST}; ${sent.first} bytes until then, ${sent.visit} in the whole visit`);
  t.diagnostic(`again ${median(agains)} ms (${agains.join(", ")}), asked ${AGAIN}; ${sent.again} bytes over the line`);
  assert.ok(sent.first <= MOST_FIRST, `${sent.first} bytes`);
  assert.ok(sent.visit <= MOST_VISIT, `${sent.visit} bytes`);
  assert.ok(median(firsts) <= FIRST * SHARED, `${median(firsts)} ms`);
  assert.ok(median(agains) <= AGAIN * SHARED, `${median(agains)} ms`);
});
