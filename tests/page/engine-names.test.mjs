// The engines are served by names with the hash of what is in them: loaded once, kept without asking again, and never mistaken for another build's.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { at } from "../../tools/run.mjs";
import { handler } from "../../tools/serve.mjs";
import { begin, settled, text } from "./helper.mjs";

let place;
before(async () => { place = await begin(); });
after(() => place.close());

/** A custom section "x" (WebAssembly Core §5.5.3): put behind an engine it makes another file, and the same engine. */
const SECTION = Buffer.from([0, 2, 1, 0x78]);
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const packaged = (folder, name) => readFileSync(join(folder, "pkg", "wasm", name, "eid_verifier_bg.wasm"));
const served = (bytes, name) => `${name}.${sha256(bytes).slice(0, 16)}.wasm`;
const inDist = (folder, name) => readdirSync(join(folder, "www", "dist")).filter((file) => file.startsWith(`${name}.`) && file.endsWith(".wasm"));

/** The server of `npm start` without the package, and how often each address was asked for; `instead` may answer before it does. */
async function counted(www, instead = () => false) {
  const asked = {};
  const answer = handler({ folders: [["/", www]] });
  const server = createServer((request, response) => {
    asked[request.url] = (asked[request.url] ?? 0) + 1;
    if (!instead(request, response, asked[request.url])) answer(request, response);
  });
  await new Promise((settle) => server.listen(0, "127.0.0.1", settle));
  return { url: `http://127.0.0.1:${server.address().port}/`, asked, close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) };
}

/** How often each engine went over the line. */
const engines = (asked) => Object.fromEntries(Object.entries(asked).filter(([address]) => /(core|full|eid_verifier_bg)[\w.]*\.wasm$/.test(address)));

/** The first verdict, shown. */
async function shown(page) {
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  await settled(page);
  assert.match(await text(page, "#verdict-word"), /Hợp lệ/);
}

test("a name's hash is its content's, and whatever names an engine names it so", () => {
  for (const name of ["core", "full"]) {
    const file = served(packaged(at(), name), name);
    assert.deepEqual(inDist(at(), name), [file]);
    assert.deepEqual(readFileSync(at("www", "dist", file)), packaged(at(), name));
    const naming = { core: ["index.html", "verify.html", "dist/app.js", "dist/page.js", "precache.js"], full: ["dist/page.js", "precache.js"] }[name];
    for (const one of naming) assert.ok(readFileSync(at("www", one), "utf8").includes(`./dist/${file}`), `${one} names ${name}`);
  }
  for (const page of ["index.html", "verify.html", "precache.js"]) assert.doesNotMatch(readFileSync(at("www", page), "utf8"), /pkg\//, page);
});

test("such a name is kept for ever, small and as wasm; all else is asked for anew, and an old hash is not found", async () => {
  const get = (path, coding) => fetch(new URL(path, place.url), { headers: { "accept-encoding": coding } });
  for (const name of ["core", "full"]) {
    const [file] = inDist(at(), name);
    for (const coding of ["br", "gzip", "identity"]) {
      const response = await get(`/dist/${file}`, coding);
      const told = ["cache-control", "content-type", "content-encoding", "vary"].map((header) => response.headers.get(header));
      assert.deepEqual([response.status, ...told], [200, "public, max-age=31536000, immutable", "application/wasm", coding === "identity" ? null : coding, "accept-encoding"]);
      assert.equal(sha256(Buffer.from(await response.arrayBuffer())).slice(0, 16), file.split(".")[1]); // unpacked by fetch
    }
  }
  for (const path of ["/", "/verify", "/dist/app.js", "/dist/page.js", "/dist/style.css", "/sw.js", "/precache.js", "/samples/index.json", "/pkg/wasm/core/eid_verifier_bg.wasm"]) {
    const response = await get(path, "br");
    assert.deepEqual([response.status, response.headers.get("cache-control")], [200, "no-cache"], path);
  }
  const old = await get("/dist/core.0123456789abcdef.wasm", "br");
  assert.deepEqual([old.status, old.headers.get("cache-control")], [404, "no-cache"]);
});

test("preload, engine and the copy for later are one download; a later visit asks for none", async (t) => {
  const [core] = inDist(at(), "core");
  for (const serviceWorkers of ["block", "allow"]) {
    const server = await counted(at("www"));
    const context = await place.browser.newContext({ serviceWorkers });
    t.after(async () => { await context.close(); await server.close(); });
    const page = await context.newPage();
    const heard = [];
    page.on("console", (message) => { if (!/blocked by Playwright/.test(message.text())) heard.push(message.text()); });
    await page.goto(server.url);
    await shown(page);
    if (serviceWorkers === "allow") {
      await page.evaluate(() => navigator.serviceWorker.ready);
      assert.ok(await page.evaluate((file) => caches.match(`./dist/${file}`).then(Boolean), core), "the copy holds it");
    }
    await page.reload();
    await shown(page);
    await page.goto(`${server.url}verify`);
    await page.waitForSelector('#verdict[data-verdict="valid"]');
    assert.deepEqual(engines(server.asked), { [`/dist/${core}`]: 1 }, `service workers: ${serviceWorkers}`);
    assert.deepEqual(heard, [], "no preload that nobody used");
  }
});

test("the copy for later takes nothing that a cache spoiled: it asks the server once more", async (t) => {
  const [core] = inDist(at(), "core");
  const spoiled = Buffer.concat([packaged(at(), "core"), SECTION]);
  const server = await counted(at("www"), ({ url }, response, time) => {
    const first = url === `/dist/${core}` && time === 1;
    if (first) response.writeHead(200, { "content-type": "application/wasm", "cache-control": "public, max-age=31536000, immutable" }).end(spoiled);
    return first;
  });
  const context = await place.browser.newContext({ serviceWorkers: "allow" });
  t.after(async () => { await context.close(); await server.close(); });
  const page = await context.newPage();
  await page.goto(server.url);
  await shown(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const kept = await page.evaluate(async (file) => Array.from(new Uint8Array(await (await caches.match(`./dist/${file}`)).arrayBuffer())), core);
  assert.equal(sha256(Buffer.from(kept)), sha256(packaged(at(), "core")));
  assert.deepEqual(engines(server.asked), { [`/dist/${core}`]: 2 });
});

test("a new build has a new name: the old file goes, and a browser that kept it takes the new one", async (t) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "eid-names-")));
  const ours = (path) => !["node_modules", "dist"].includes(basename(path));
  for (const name of ["pkg", "www"]) cpSync(at(name), join(folder, name), { recursive: true, filter: ours });
  symlinkSync(at("node_modules"), join(folder, "node_modules"), "junction");
  const stamp = () => execFileSync(process.execPath, [join(folder, "www", "stamp.mjs")], { encoding: "utf8" });
  const first = stamp();
  const server = await counted(join(folder, "www"));
  const context = await place.browser.newContext({ serviceWorkers: "block" });
  t.after(async () => { await context.close(); await server.close(); rmSync(folder, { recursive: true }); });
  const page = await context.newPage();
  await page.goto(server.url);
  await shown(page);

  const [old] = inDist(folder, "core");
  appendFileSync(join(folder, "pkg", "wasm", "core", "eid_verifier_bg.wasm"), SECTION);
  assert.notEqual(stamp(), first, "the page has another version");
  const files = inDist(folder, "core");
  assert.deepEqual(files, [served(packaged(folder, "core"), "core")]);
  assert.notEqual(files[0], old);
  assert.equal((await fetch(`${server.url}dist/${old}`)).status, 404);
  delete server.asked[`/dist/${old}`];
  await page.reload();
  await shown(page);
  assert.deepEqual(engines(server.asked), { [`/dist/${files[0]}`]: 1 });
});
