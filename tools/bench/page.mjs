// The browser's side: opens a page of a local server, runs every group in it, and times first verdicts in fresh profiles.
import { createServer } from "node:http";
import { mkdirSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { at } from "../run.mjs";
import { handler } from "../serve.mjs";
import { median, quantile } from "./measure.mjs";

/** As `npm start` serves, but files may be kept (an in-cache visit is asked for) and the clock is fine (cross-origin isolated). */
async function serve(folder) {
  const answer = handler({ folders: [["/pkg/", at("pkg")], ["/bench/", folder]] });
  const server = createServer((request, response) => {
    const writeHead = response.writeHead.bind(response);
    const policy = "default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'self' data:; worker-src 'self' blob:";
    response.writeHead = (status, headers) => writeHead(status, { ...headers, "cache-control": "public, max-age=3600", "content-security-policy": policy, "cross-origin-embedder-policy": "require-corp" });
    answer(request, response);
  });
  await new Promise((settle) => server.listen(0, "127.0.0.1", settle));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => { server.closeAllConnections(); server.close(); } };
}

const DOORS = { core: "/pkg/core.js", full: "/pkg/index.js", inline: "/pkg/inline.js", compat: "/pkg/compat.js", worker: "/pkg/worker.js" };

async function groups(page, cases, how, say, rawPath) {
  await page.evaluate(async ({ cases, doors, how, rawPath }) => {
    const loaded = Object.fromEntries(await Promise.all(Object.entries(doors).map(async ([name, path]) => [name, await import(path)])));
    for (const door of Object.values(loaded)) await door.init?.();
    const raw = await import(rawPath);
    await raw.default();
    const { start } = await import("/bench/entry.js");
    window.bench = start(cases, loaded, raw, how);
  }, { cases, doors: DOORS, how, rawPath });
  const results = [];
  const count = await page.evaluate(() => window.bench.count);
  for (let index = 0; index < count; index += 1) {
    const result = await page.evaluate((at) => window.bench.run(at), index);
    say(result);
    results.push(result);
  }
  return results;
}

/** Milliseconds from `import()` to a verdict: in a fresh profile, then once more on a new page of the same profile. */
async function first(browser, url, cases, rounds) {
  const ours = async ({ path, cases, wasm }) => {
    const begun = performance.now();
    const door = await import(path);
    await door.init(wasm);
    const { good } = cases.sdJwt.find((each) => each.count === 12 && each.kind === "none");
    const { verdict } = new door.Verifier({ ...cases.config }).verify(good, { now: cases.now });
    if (verdict !== "valid") throw new Error(`${path} says ${verdict}`);
    return performance.now() - begun;
  };
  const peer = async ({ path, cases }) => {
    const begun = performance.now();
    await (await import(path)).firstOfPeer(cases);
    return performance.now() - begun;
  };
  const field = [["eid-verifier/core, bundled", ours, "/bench/first-ours.js", "/pkg/wasm/core/eid_verifier_bg.wasm"], ["eid-verifier/core", ours, DOORS.core], ["eid-verifier", ours, DOORS.full], ["eid-verifier/inline", ours, DOORS.inline], ["eid-verifier/compat", ours, DOORS.compat], ["@sd-jwt/sd-jwt-vc, WebCrypto, bundled", peer, "/bench/first-peer.js"]];
  const samples = new Map(field.flatMap(([name]) => [[`${name}, first visit`, []], [`${name}, in cache`, []]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work, path, wasm] of field) {
      const context = await browser.newContext();
      for (const visit of ["first visit", "again", "in cache"]) {
        const page = await context.newPage();
        await page.goto(`${url}/bench/blank.html`);
        const took = await page.evaluate(work, { path, cases, wasm });
        samples.get(`${name}, ${visit}`)?.push(took);
        await page.close();
      }
      await context.close();
    }
  }
  const rows = [...samples].map(([name, list]) => ({ name, median: median(list), p95: quantile(list, 0.95), least: Math.min(...list), rounds: list.length }));
  return { id: "first", title: "From import to the first verdict", unit: "ms", rows };
}

export async function inChromium({ executablePath, folder, cases, how, visits, say, isWide }) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/blank.html`, "<!doctype html><meta charset=utf-8><title>bench</title>");
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", ...(isWide ? ["--js-flags=--wasm-wide-arithmetic"] : [])] });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/bench/blank.html`);
    const results = await groups(page, cases, how, say, isWide ? "/bench/raw-wide/eid_verifier.js" : "/bench/raw/eid_verifier.js");
    await page.close();
    const { growth: _, many: __, status: ___, passports: ____, ...few } = cases;
    const firsts = await first(browser, server.url, few, visits);
    say(firsts);
    return { runtime: `Chromium ${browser.version()}`, results: [...results, firsts] };
  } finally {
    await browser.close();
    server.close();
  }
}
