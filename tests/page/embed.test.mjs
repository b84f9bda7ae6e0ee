// `?embed`: a fake host page in a frame, and the ways of Android, iOS, React Native and Flutter. Row 343: others are not answered.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NOW } from "../../tools/authority/people.mjs";
import { begin, open, sample, verdict } from "./helper.mjs";

const HOST = "https://bank.specimen.test";
const STRANGER = "https://stranger.specimen.test";
let place;
before(async () => { place = await begin(); });
after(() => place.close());

/** A host page that frames ours. The deployer's part is played too: a header that allows the framing, and the list of origins. */
async function framed(origin, allowed) {
  const context = await place.browser.newContext({ serviceWorkers: "block", ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW * 1000);
  await context.route(`${origin}/`, (route) => route.fulfill({
    contentType: "text/html",
    body: `<!doctype html><iframe id="eid" src="${place.url}?embed"></iframe><script>window.heard = []; addEventListener("message", (event) => window.heard.push([event.origin, event.data, event.source === document.getElementById("eid").contentWindow]));</script>`,
  }));
  await context.route(`${place.url}?embed`, async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    await route.fulfill({ response, headers: { ...headers, "content-security-policy": headers["content-security-policy"].replace("frame-ancestors 'none'", `frame-ancestors ${origin}`) } });
  });
  await context.route(`${place.url}embed.json`, (route) => route.fulfill({ json: { origins: allowed } }));
  await page.goto(`${origin}/`);
  const frame = page.frame({ url: `${place.url}?embed` });
  await frame.waitForSelector('#verdict:not([data-verdict="none"])');
  return { page, frame, context };
}

const heard = (page) => page.evaluate(() => window.heard);
const say = (page, message) => page.evaluate((data) => document.getElementById("eid").contentWindow.postMessage(data, "*"), message);
const request = (id, input) => JSON.stringify({ v: 1, id, kind: "verify", input, options: { now: NOW } });

test("the host that is named asks and is answered; the page shows the verdict too", async () => {
  const { page, frame, context } = await framed(HOST, [HOST]);
  await page.waitForFunction(() => window.heard.length === 1);
  const [[origin, ready, fromFrame]] = await heard(page);
  assert.equal(`${origin}/`, place.url);
  assert.ok(fromFrame);
  const nonce = JSON.parse(ready).ready;
  assert.match(nonce, /^[0-9a-f]{32}$/);

  await say(page, request(`${nonce}.1`, sample("tampered").input));
  await page.waitForFunction(() => window.heard.length === 2);
  const answer = JSON.parse((await heard(page))[1][1]);
  assert.equal(answer.id, `${nonce}.1`);
  assert.equal(answer.report.verdict, "invalid");
  assert.equal(answer.report.codes[0], "signature_invalid");
  assert.equal(await frame.getAttribute("#verdict", "data-verdict"), "invalid");
  assert.equal(await frame.isVisible("#ways"), false);

  for (const bad of [request("1", sample("tampered").input), request(`${"0".repeat(32)}.1`, "x"), { v: 1, id: `${nonce}.2`, kind: "verify" }, "no json", JSON.stringify({ v: 1, id: `${nonce}.3`, report: { verdict: "valid" } })]) await say(page, bad);
  await page.waitForTimeout(300);
  const later = (await heard(page)).slice(2).map(([, text]) => JSON.parse(text));
  assert.deepEqual(later, [{ v: 1, id: `${nonce}.3`, error: "structure_invalid" }], "no nonce, no answer; a spoofed result is no request");
  assert.equal(await frame.getAttribute("#verdict", "data-verdict"), "invalid");
  await context.close();
});

test("a host that is not named hears nothing and is not answered", async () => {
  const { page, frame, context } = await framed(STRANGER, [HOST]);
  await say(page, request("x.1", sample("tampered").input));
  await page.waitForTimeout(400);
  assert.deepEqual(await heard(page), []);
  assert.equal(await frame.getAttribute("#verdict", "data-verdict"), "valid", "still the sample");
  await context.close();
});

test("without a header that allows it, the page cannot be framed at all", async () => {
  const context = await place.browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  await context.route(`${HOST}/`, (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><iframe id="eid" src="${place.url}"></iframe>` }));
  await page.goto(`${HOST}/`);
  await page.waitForTimeout(800);
  assert.equal(await page.frames()[1].$("#verdict"), null);
  await context.close();
});

test("in an app's web view: Android's listener, and the call that iOS, React Native and Flutter make", async () => {
  const context = await place.browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW * 1000);
  await page.addInitScript(() => {
    window.heard = [];
    window.eidHost = { postMessage: (text) => window.heard.push(text) };
    window.ReactNativeWebView = { postMessage: (text) => window.heard.push(text) };
  });
  await page.goto(`${place.url}?embed`);
  await page.waitForFunction(() => window.eidVerifier && window.heard.length === 2);
  const token = sample("citizen-level-1").input;
  const android = await page.evaluate((input) => {
    const { ready } = JSON.parse(window.heard[0]);
    window.eidHost.onmessage({ data: JSON.stringify({ v: 1, id: `${ready}.7`, kind: "verify", input }) });
    return JSON.parse(window.heard[2]);
  }, token);
  assert.equal(android.report.verdict, "valid");
  const others = await page.evaluate((input) => {
    const { answer, ready } = window.eidVerifier;
    return [JSON.parse(answer(JSON.stringify({ v: 1, id: `${ready}.8`, kind: "inspect", input }))), answer(JSON.stringify({ v: 1, id: "8", kind: "inspect", input }))];
  }, token);
  assert.equal(others[0].report.verified, false);
  assert.equal(others[1], undefined);
  assert.equal(await verdict(page), "valid");
  await context.close();
});

test("without ?embed nothing is offered to scripts of others", async () => {
  const { page, context } = await open(place);
  assert.equal(await page.evaluate(() => typeof window.eidVerifier), "undefined");
  await context.close();
});
