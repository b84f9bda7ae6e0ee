// The reference at /docs/: made from the types, every export has its page, and the page loads nothing from elsewhere.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { docs, DOCS } from "../../tools/docs.mjs";
import { files } from "../../tools/run.mjs";
import { serve } from "../../tools/serve.mjs";

test("typedoc makes the reference, and npm start serves it", { timeout: 180_000 }, async () => {
  await docs();
  assert.equal((await docs()).built, false, "the second time costs nothing");
  const exported = Object.keys(await import("../../pkg/node.js")).filter((name) => name !== "default");
  for (const name of exported) assert.ok(["classes", "functions", "variables"].some((kind) => existsSync(join(DOCS, kind, `index.${name}.html`))), name);
  const server = await serve();
  try {
    const page = await fetch(`${server.url}docs`);
    assert.equal(page.url, `${server.url}docs/`);
    assert.match(page.headers.get("content-security-policy"), /^default-src 'none'; script-src 'self';/);
    assert.match(await page.text(), /eid-verifier/);
    assert.equal((await fetch(`${server.url}docs/assets/style.css`)).headers.get("content-type"), "text/css; charset=utf-8");
  } finally {
    await server.close();
  }
  const loads = files(DOCS).filter((file) => file.endsWith(".html")).flatMap((file) => [...readFileSync(file, "utf8").matchAll(/<(?:script|link|img)[^>]+(?:src|href)="(https?:[^"]+)"/g)].map(([, address]) => address));
  assert.deepEqual(loads, []);
});
