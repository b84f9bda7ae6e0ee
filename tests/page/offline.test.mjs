// After one visit the page needs no network; its copy is whole and of one version, and it never holds what was handed in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { MARKERS } from "../../tools/authority/people.mjs";
import { begin, open, paste, sample, verdict } from "./helper.mjs";

let place;
before(async () => { place = await begin(); });
after(() => place.close());

const installed = (page) => page.evaluate(() => Promise.race([
  navigator.serviceWorker.ready.then(() => true),
  new Promise((_, refuse) => setTimeout(() => refuse(new Error("no service worker within 20 s")), 20_000)),
]));

test("works with the network off after the first load, samples, scanner and all", async () => {
  const { page, context, record } = await open(place, { context: { serviceWorkers: "allow" } });
  await installed(page);
  await context.setOffline(true);
  await page.reload();
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  await paste(page, sample("tampered").input);
  assert.equal(await verdict(page), "invalid");
  await page.evaluate(() => import("/scan.js"));
  await page.evaluate(() => import("/vendor/qr.js"));
  assert.deepEqual(record.errors, []);
  assert.deepEqual(record.violations, []);

  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const cache = await caches.open(names[0]);
    const requests = await cache.keys();
    const texts = await Promise.all(requests.filter(({ url }) => !/\/samples\//.test(url)).map(async (request) => (await cache.match(request)).text()));
    return { names, addresses: requests.map(({ url }) => url), text: texts.join("") };
  });
  assert.equal(kept.names.length, 1);
  for (const marker of [...MARKERS.filter((one) => one.length > 5), sample("tampered").input.slice(0, 40)]) assert.ok(!kept.text.includes(marker), marker);
  assert.ok(kept.addresses.some((address) => address.endsWith(".wasm")));
  await context.close();
});

test("a file of another version is refused whole: old glue never meets a new engine", async () => {
  const context = await place.browser.newContext();
  await context.route("**/pkg/wasm/core/glue.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()}\n// another build` });
  });
  const page = await context.newPage();
  await page.goto(place.url);
  const state = await page.evaluate(async () => {
    for (let tries = 0; tries < 100; tries += 1) {
      const registration = await navigator.serviceWorker.getRegistration();
      if (registration && !registration.installing && !registration.waiting && !registration.active) return "refused";
      if (registration && registration.active) return "active";
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return navigator.serviceWorker.controller ? "active" : "refused";
  });
  assert.equal(state, "refused");
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  await context.close();
});
