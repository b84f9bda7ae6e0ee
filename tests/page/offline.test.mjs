// After one visit the page needs no network; its copy is whole and of one version, and it never holds what was handed in.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { credential } from "../../tools/authority/authority.mjs";
import { at } from "../../tools/run.mjs";
import { serve } from "../../tools/serve.mjs";
import { axe, begin, open, paste, sample, settled, verdict } from "./helper.mjs";

let place;
/** A visitor whose browser keeps the page. */
let visit;
before(async () => { place = await begin(); visit = await open(place, { context: { serviceWorkers: "allow" } }); });
after(() => place.close());

const installed = (page) => page.evaluate(() => Promise.race([
  navigator.serviceWorker.ready.then(() => true),
  new Promise((_, refuse) => setTimeout(() => refuse(new Error("no service worker within 20 s")), 20_000)),
]));

test("works with the network off after the first load, samples, scanner and all", async () => {
  const { page, context, record } = visit;
  await installed(page);
  await context.setOffline(true);
  await page.reload();
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  await settled(page);
  const handed = credential("citizen-1", { disclose: () => true, claims: { name: "MẪU KHÔNG AI GIỮ" } }).token;
  await paste(page, handed);
  assert.match(await page.innerText("#holder"), /MẪU KHÔNG AI GIỮ/);
  for (const name of ["scan", "zxing", "lists", "console", "embed"]) await page.evaluate((one) => import(`/dist/${one}.js`), name);
  assert.ok((await page.evaluate(async () => (await (await fetch("/dist/zxing_reader.wasm")).arrayBuffer()).byteLength)) > 500_000, "the code reader too, where the browser has none");
  await page.goto(`${place.url}verify`);
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  assert.deepEqual(record.errors, []);
  assert.deepEqual(record.violations, []);

  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const cache = await caches.open(names[0]);
    const requests = await cache.keys();
    const texts = await Promise.all(requests.map(async (request) => (await cache.match(request)).text()));
    return { names, addresses: requests.map(({ url }) => url), text: texts.join("") };
  });
  assert.equal(kept.names.length, 1);
  const [jwt] = handed.split("~");
  for (const marker of ["MẪU KHÔNG AI GIỮ", jwt.slice(-60), jwt.slice(jwt.length >> 1, (jwt.length >> 1) + 60)]) assert.ok(!kept.text.includes(marker), marker);
  assert.ok(kept.addresses.some((address) => address.endsWith(".wasm")));
  await context.setOffline(false);
  record.errors.length = 0;
});

test("what another app shares comes in by the worker's memory, once, and leaves no trace in the address", async () => {
  const { page, context, record } = visit;
  await context.route("https://app.specimen.test/", (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><form method="post" enctype="multipart/form-data" action="${place.url}share"><textarea name="text"></textarea><input type="file" name="file"></form>` }));
  const share = async (fill) => {
    await page.goto("https://app.specimen.test/");
    await fill();
    await page.evaluate(() => document.forms[0].submit());
    await page.waitForFunction(() => /đưa vào/.test(document.querySelector("#verdict .eyebrow")?.textContent ?? ""), undefined, { timeout: 30_000 });
    assert.equal(page.url(), place.url);
  };
  await share(() => page.fill("textarea", sample("tampered").input));
  assert.equal(await verdict(page), "invalid");
  assert.equal(await page.getAttribute(".check.decides", "data-code"), "signature_invalid");
  await share(() => page.setInputFiles("input", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from(sample("citizen-level-1").input) }));
  assert.equal(await verdict(page), "valid");
  await page.reload();
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  assert.match(await page.textContent("#verdict .eyebrow"), /MẪU/, "gone with the page");
  assert.deepEqual(record.errors, []);
});

test("a file of another version is refused whole: old glue never meets a new engine", async () => {
  const context = await place.browser.newContext();
  await context.route("**/dist/app.js", async (route) => {
    try {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()}\n// another build` });
    } catch { /* asked for again while the page closes */ }
  });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const register = ServiceWorkerContainer.prototype.register;
    window.settled = new Promise((settle) => {
      ServiceWorkerContainer.prototype.register = async function (...given) {
        const registration = await register.apply(this, given);
        const worker = registration.installing;
        worker.addEventListener("statechange", () => { if (["redundant", "activated"].includes(worker.state)) settle(worker.state); });
        return registration;
      };
    });
  });
  await page.goto(place.url);
  const state = await page.evaluate(() => window.settled);
  assert.equal(state, "redundant");
  assert.deepEqual(await page.evaluate(() => caches.keys()), [], "nothing of it is kept");
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  await context.close();
});

test("a newer version waits for the person's word, and then comes whole", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "eid-www-"));
  cpSync(at("www"), folder, { recursive: true });
  const server = await serve({ folders: [["/pkg/", at("pkg")], ["/", folder]] });
  const context = await place.browser.newContext();
  t.after(async () => { await context.close(); await server.close(); rmSync(folder, { recursive: true }); });
  const page = await context.newPage();
  await page.goto(server.url);
  await installed(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  const list = readFileSync(join(folder, "precache.js"), "utf8");
  writeFileSync(join(folder, "precache.js"), list.replace(/"version": "[^"]+"/, '"version": "newer"'));
  await page.evaluate(async () => { await (await navigator.serviceWorker.getRegistration()).update(); });
  await page.waitForSelector("#offline button", { timeout: 30_000 });
  assert.match(await page.textContent("#offline"), /bản mới/);
  assert.deepEqual(await axe(page), []);
  assert.ok((await page.evaluate(() => caches.keys())).length >= 2, "the old one is whole until then");
  await page.click("#offline button");
  await page.waitForFunction(async () => { const names = await caches.keys(); return names.length === 1 && names[0] === "eid-page-newer"; }, undefined, { timeout: 30_000 });
  await page.waitForSelector('#verdict[data-verdict]:not([data-verdict="none"])');
});
