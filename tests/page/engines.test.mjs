// The page in the other two engines: Firefox and WebKitGTK load it, verify every sample and give the verdict. A machine without one says why.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { firefox, webkit } from "../../tools/browsers.mjs";
import { serve } from "../../tools/serve.mjs";
import { stamp } from "../../www/stamp.mjs";
import { SAMPLES, sample } from "./helper.mjs";

let server;
before(async () => { if (!process.env.EID_STAMPED) await stamp(); server = await serve(); });
after(() => server.close());

const shown = () => document.getElementById("verdict").getAttribute("data-verdict") !== "none" && document.querySelectorAll("#side [data-sample]").length > 3;

/** Chooses a sample as a click does; the answer is what stands on the screen. */
const look = (id) => {
  document.querySelector(`#side [data-sample="${id}"]`).click();
  const decides = document.querySelector(".check.decides");
  return { verdict: document.getElementById("verdict").getAttribute("data-verdict"), code: decides ? decides.dataset.code : null, word: document.getElementById("verdict-word").textContent };
};

const pasted = (input) => {
  document.getElementById("paste-text").value = input;
  document.getElementById("paste-form").requestSubmit();
  return document.getElementById("verdict").getAttribute("data-verdict");
};

for (const open of [firefox, webkit]) {
  test(`${open === firefox ? "Firefox" : "WebKit"}: loads, verifies, gives the verdict`, { timeout: 180_000 }, async (t) => {
    const browser = await open();
    if (browser.skipped) return t.skip(browser.skipped);
    try {
      t.diagnostic(`${browser.name} ${browser.version}`);
      await browser.goto(server.url);
      await browser.until(shown);
      for (const { id, expect } of SAMPLES) {
        const { verdict, code, word } = await browser.evaluate(look, id);
        assert.deepEqual([verdict, code], [expect.verdict, expect.codes[0] ?? null], id);
        assert.ok(word.length > 3, id);
      }
      assert.equal(await browser.evaluate(pasted, sample("citizen-level-1").input.slice(0, -40)), "invalid");
      assert.equal(await browser.evaluate(pasted, "https://example.com/"), "invalid");
    } finally {
      await browser.close();
    }
  });
}
