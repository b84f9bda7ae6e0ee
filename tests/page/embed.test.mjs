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
  await page.waitForFunction(() => window.heard.length === 3); // the last one is answered, and those before it came earlier
  const later = (await heard(page)).slice(2).map(([, text]) => JSON.parse(text));
  assert.deepEqual(later, [{ v: 1, id: `${nonce}.3`, error: "structure_invalid" }], "no nonce, no answer; a spoofed result is no request");
  assert.equal(await frame.getAttribute("#verdict", "data-verdict"), "invalid");
  await context.close();
});

test("a host that is not named hears nothing and is not answered", async () => {
  const { page, frame, context } = await framed(STRANGER, [HOST]);
  const last = frame.evaluate(() => new Promise((heard) => { window.addEventListener("message", ({ data }) => { if (data === "last") heard(); }); }));
  await frame.evaluate(() => document.readyState); // the line above listens by now
  await say(page, request("x.1", sample("tampered").input));
  await say(page, "last");
  await last;
  assert.deepEqual(await heard(page), []);
  assert.equal(await frame.getAttribute("#verdict", "data-verdict"), "valid", "still the sample");
  await context.close();
});

test("without a header that allows it, the page cannot be framed at all", async () => {
  const context = await place.browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  await context.route(`${HOST}/`, (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><iframe id="eid" src="${place.url}"></iframe>` }));
  await page.goto(`${HOST}/`);
  assert.equal(page.frames()[1].url(), "chrome-error://chromewebdata/", "Chromium's own page stands there");
  assert.equal(await page.frames()[1].$("#verdict"), null);
  await context.close();
});

/** The page on top in a fake web view: `inject` runs before its scripts, as an app's does. One page plays all apps, one after the other. */
let view;
async function inApp(inject) {
  view = view ?? await open(place, { path: "?embed" });
  const { page } = view;
  const session = await page.context().newCDPSession(page);
  await session.send("Page.enable");
  await session.send("Page.addScriptToEvaluateOnNewDocument", { source: `window.heard = []; (${inject})();` });
  await page.goto(`${place.url}?embed`);
  await page.waitForFunction(() => window.eidVerifier);
  await session.detach(); // and with it the script
  return { page };
}

const token = () => sample("citizen-level-1").input;
const told = (page, count) => page.waitForFunction((wanted) => window.heard.length >= wanted, count).then(() => heard(page)).then((all) => all.map((one) => JSON.parse(one)));
/** A request of the host, made with the nonce that the page announced. */
const made = (nonce, id, input = token(), kind = "verify") => JSON.stringify({ v: 1, id: `${nonce}.${id}`, kind, input });

test("Android, WebMessageListener: text by onmessage, the answer to the injected object", async () => {
  const { page } = await inApp(() => { window.eidHost = { postMessage: (text) => window.heard.push(text) }; });
  const [{ v, ready }] = await told(page, 1);
  assert.equal(v, 1);
  await page.evaluate((data) => window.eidHost.onmessage({ data }), made(ready, 7));
  const [, { id, report }] = await told(page, 2);
  assert.deepEqual([id, report.verdict], [`${ready}.7`, "valid"]);
  await page.evaluate((data) => window.eidHost.onmessage({ data }), made("0".repeat(32), 8)); // it answers at once, or not at all
  assert.equal((await heard(page)).length, 2, "an old nonce is not answered");
  assert.equal(await verdict(page), "valid");
});

test("Android, addJavascriptInterface: an object that cannot be written to; requests by evaluateJavascript", async () => {
  const { page } = await inApp(() => { window.eidHost = Object.freeze({ postMessage: (text) => window.heard.push(text) }); });
  const [{ ready }] = await told(page, 1);
  const returned = await page.evaluate((text) => window.eidVerifier.answer(text), made(ready, 1));
  assert.equal(JSON.parse(returned).report.verdict, "valid");
  await page.evaluate((text) => { window.eidVerifier.ask(text); }, made(ready, 2, sample("tampered").input));
  const [, { id, report }] = await told(page, 2);
  assert.deepEqual([id, report.codes[0]], [`${ready}.2`, "signature_invalid"]);
});

test("iOS, WKScriptMessageHandlerWithReply: each reply is the next request", async () => {
  const { page } = await inApp(() => {
    window.webkit = { messageHandlers: { eidHost: { async postMessage(text) { window.heard.push(text); return window.nextRequest(text); } } } };
    window.left = 2;
    window.nextRequest = (text) => {
      const said = JSON.parse(text);
      window.nonce = said.ready || window.nonce;
      window.left -= 1;
      return window.left < 0 ? null : JSON.stringify({ v: 1, id: `${window.nonce}.${window.left}`, kind: "inspect", input: "x" });
    };
  });
  const all = await told(page, 3);
  assert.deepEqual(all.slice(1).map(({ id }) => id), [`${all[0].ready}.1`, `${all[0].ready}.0`]);
  assert.equal(all[1].report.verified, false);
});

test("React Native: injectJavaScript asks, ReactNativeWebView hears", async () => {
  const { page } = await inApp(() => { window.ReactNativeWebView = { postMessage: (text) => window.heard.push(text) }; });
  const [{ ready }] = await told(page, 1);
  await page.evaluate((text) => { window.eidVerifier.ask(text); }, made(ready, 3));
  assert.equal((await told(page, 2))[1].report.verdict, "valid");
});

test("Flutter: runJavaScript asks, the JavaScriptChannel hears", async () => {
  const { page } = await inApp(() => { window.EidHost = { postMessage: (text) => window.heard.push(text) }; });
  const [{ ready }] = await told(page, 1);
  await page.evaluate((text) => { window.eidVerifier.ask(text); }, made(ready, 4, "P<", "mrz"));
  assert.equal((await told(page, 2))[1].report.report.verdict, "invalid");
  assert.equal(await page.evaluate((text) => window.eidVerifier.answer(text), JSON.stringify({ v: 1, id: "4", kind: "verify", input: "x" })), undefined);
});

test("without ?embed nothing is offered to scripts of others", async () => {
  const { page } = view;
  await page.goto(place.url);
  await page.waitForSelector('#verdict:not([data-verdict="none"])');
  assert.equal(await page.evaluate(() => typeof window.eidVerifier), "undefined");
});
