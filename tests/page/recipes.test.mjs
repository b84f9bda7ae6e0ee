// What the README of the package tells apps to write, run against this page: the handlers of Android, iOS, React Native and Flutter as they stand there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { transformSync } from "esbuild";
import { NOW } from "../../tools/authority/people.mjs";
import { recipe, RECIPES } from "../js/recipes.mjs";
import { begin, sample } from "./helper.mjs";

let place;
let page;
let listening;
before(async () => {
  place = await begin();
  page = await (await place.browser.newContext({ serviceWorkers: "block" })).newPage();
  await page.clock.setFixedTime(NOW * 1000);
  await page.exposeFunction("tellApp", (text) => listening(text));
});
after(() => place.close());

/** The page in a web view that injects `host`; whatever it tells that host goes to `heard(text, page)`, whose answer a host that replies sends back. */
async function inApp(page, host, arg) {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.enable");
  await session.send("Page.addScriptToEvaluateOnNewDocument", { source: `(${host})(${JSON.stringify(arg)});` });
  await page.goto(`${place.url}?embed`);
  await session.detach(); // and with it the script: one page plays all apps
}

/** Runs one app with the good and the bad credential; `make(token, onReport)` gives `{ host, heard, arg }`. */
async function verdicts(make) {
  const told = [];
  for (const id of ["citizen-level-1", "tampered"]) {
    const report = await new Promise((done, failed) => {
      const { host, heard, arg } = make(sample(id).input, done);
      listening = async (text) => { try { return await heard(text, page); } catch (error) { failed(error); } return undefined; };
      inApp(page, host, arg).catch(failed);
    });
    await page.waitForLoadState();
    told.push([report.verdict, ...report.codes].join(" "));
  }
  return told;
}

const ANSWER = ["valid", "invalid signature_invalid"];
const part = (code, pattern, what) => {
  const found = code.match(pattern);
  assert.ok(found, `the recipe has no ${what}`);
  return found[1];
};
/** An expression of the recipe, in its own words where JavaScript has the same. */
const evaluate = (expression, names) => Function(...Object.keys(names), `"use strict"; return (${expression});`)(...Object.values(names));

test("Android: the name that Kotlin listens on, and the request that it makes", { timeout: 60_000 }, async () => {
  const code = recipe("kotlin", "Kotlin");
  const name = part(code, /addWebMessageListener\(webView, "(\w+)"/, "name");
  const object = part(code, /JSONObject\(mapOf\((.*)\)\)\.toString\(\)/, "request").replace(/("\w+") to /g, "$1: ");
  assert.deepEqual(await verdicts((token, onReport) => ({
    arg: name,
    host: (injected) => { window[injected] = { postMessage: (text) => window.tellApp(text) }; },
    heard: (text, page) => {
      const said = JSON.parse(text);
      if (!("ready" in said)) return onReport(said.report);
      const request = evaluate(`{ ${object} }`, { said: { getString: (key) => said[key] }, token });
      return page.evaluate(([injected, data]) => window[injected].onmessage({ data }), [name, JSON.stringify(request)]);
    },
  })), ANSWER);
});

test("Android with addJavascriptInterface: the script that the prose names", { timeout: 60_000 }, async () => {
  const { lead } = RECIPES.find(({ language }) => language === "kotlin");
  const script = part(lead, /evaluateJavascript\("(eidVerifier\.ask\()…\)"\)/, "script");
  assert.deepEqual(await verdicts((token, onReport) => ({
    host: () => { window.eidHost = Object.freeze({ postMessage: (text) => window.tellApp(text) }); },
    heard: async (text, page) => {
      const said = JSON.parse(text);
      if (!said.ready) return onReport(said.report);
      await page.waitForFunction(() => window.eidVerifier);
      return page.evaluate(`${script}${JSON.stringify(JSON.stringify({ v: 1, id: `${said.ready}.1`, kind: "verify", input: token }))})`);
    },
  })), ANSWER);
});

test("iOS: the handler's name, and the request that Swift replies with", { timeout: 60_000 }, async () => {
  const code = recipe("swift", "Swift");
  const name = part(code, /name: "(\w+)"\)/, "name");
  const object = part(code, /withJSONObject: \[(.*)\]\)/, "request");
  assert.deepEqual(await verdicts((token, onReport) => ({
    arg: name,
    host: (injected) => { window.webkit = { messageHandlers: { [injected]: { postMessage: (text) => window.tellApp(text) } } }; },
    heard: (text) => {
      const said = JSON.parse(text);
      if (said.ready) return JSON.stringify(evaluate(`{ ${object} }`, { nonce: said.ready, token }));
      onReport(said.report);
      return null;
    },
  })), ANSWER);
});

test("React Native: the whole element, its handler and the script that it injects", { timeout: 60_000 }, async () => {
  const element = transformSync(`(${recipe("jsx", "React Native").trim().replace(/;$/, "")})`, { loader: "jsx", jsxFactory: "make" }).code;
  assert.deepEqual(await verdicts((token, onReport) => {
    const view = {};
    const { props } = Function("make", "WebView", "view", "token", "onReport", `return ${element}`)((type, given) => ({ props: given }), "WebView", view, token, onReport);
    assert.deepEqual([props.ref, props.source.uri, props.originWhitelist], [view, "https://eid.example/?embed", ["https://eid.example"]]);
    return {
      host: () => { window.ReactNativeWebView = { postMessage: (text) => window.tellApp(text) }; },
      heard: async (data, page) => {
        let script;
        view.current = { injectJavaScript: (text) => { script = text; } };
        props.onMessage({ nativeEvent: { data } });
        if (script === undefined) return;
        await page.waitForFunction(() => window.eidVerifier);
        await page.evaluate(script);
      },
    };
  }), ANSWER);
});

test("Flutter: the channel's name, the request, and the script that it runs", { timeout: 60_000 }, async () => {
  const code = recipe("dart", "Flutter");
  const name = part(code, /addJavaScriptChannel\('(\w+)'/, "name");
  const object = part(code, /jsonEncode\((\{.*\})\);/, "request").replace(/'(\$\{said\['ready'\]\}\.1)'/, "`$1`");
  const script = part(code, /runJavaScript\('(.*)'\);/, "script");
  assert.deepEqual(await verdicts((token, onReport) => ({
    arg: name,
    host: (injected) => { window[injected] = { postMessage: (text) => window.tellApp(text) }; },
    heard: async (text, page) => {
      const said = JSON.parse(text);
      if (!said.ready) return onReport(said.report);
      const request = JSON.stringify(evaluate(object, { said, token }));
      await page.waitForFunction(() => window.eidVerifier);
      return page.evaluate(evaluate(`\`${script}\``, { jsonEncode: JSON.stringify, request }));
    },
  })), ANSWER);
});
