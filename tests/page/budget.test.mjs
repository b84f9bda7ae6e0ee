// What the page weighs and how soon it answers: on a slow line with a slow phone, and when it comes again.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { NOW } from "../../tools/authority/people.mjs";
import { begin } from "./helper.mjs";

/** Page code, gzip: modules, style and document; without the scanner, the drawing, the fonts and the samples. */
const MOST_CODE = 40 * 1024;
/** Bytes of a first visit, as sent: page, package, engine, samples and type. */
const MOST_SENT = 450 * 1024;
/** Milliseconds to the first verdict on a processor four times slower: over Slow 4G (1.6 Mbit/s, 150 ms), and again from the kept copy.
 * Wide, since the machine of a test run is shared; the figures are printed. */
const FIRST = 12_000;
const AGAIN = 5000;

let place;
before(async () => { place = await begin(); });
after(() => place.close());

test("page code stays under 40 KB gzip", (t) => {
  const www = new URL("../../www/", import.meta.url);
  const files = readdirSync(www).filter((name) => /\.(js|css|html|webmanifest)$/.test(name) && !["precache.js", "scan.js"].includes(name));
  const total = files.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, www))).length, 0);
  t.diagnostic(`page code: ${total} bytes gzip in ${files.length} files`);
  assert.ok(total <= MOST_CODE, `${total} bytes`);
});

test("the first verdict comes soon, and sooner the second time", async (t) => {
  const context = await place.browser.newContext({ viewport: { width: 412, height: 860 } });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW * 1000);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await session.send("Network.enable");
  const line = (on) => session.send("Network.emulateNetworkConditions", { offline: false, latency: on ? 150 : 0, downloadThroughput: on ? 200_000 : -1, uploadThroughput: on ? 90_000 : -1 });
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => { bytes += encodedDataLength; });
  const time = async (go) => {
    const start = performance.now();
    await go();
    await page.waitForSelector('#verdict:not([data-verdict="none"])');
    return Math.round(performance.now() - start);
  };
  await line(true);
  const first = await time(() => page.goto(place.url, { waitUntil: "commit" }));
  await page.waitForLoadState("networkidle");
  const transferred = bytes;
  await line(false);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const again = await time(() => page.reload({ waitUntil: "commit" }));
  t.diagnostic(`first verdict ${first} ms on Slow 4G with ${transferred} bytes, again ${again} ms`);
  assert.ok(transferred <= MOST_SENT, `${transferred} bytes`);
  assert.ok(first <= FIRST, `${first} ms`);
  assert.ok(again <= AGAIN, `${again} ms`);
  await context.close();
});
