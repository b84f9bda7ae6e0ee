// `node tools/bench-status.mjs [--chromium] [--quick]`: status lists at a country's scale, through the package's own door, beside another implementation and a
// plain bitmap in the same run; `--chromium` asks the same of the package in a headless Chromium, in that run too. Prints Markdown. Needs `npm run build` before.
// Each figure is the best of many runs (a busy machine only ever adds), beside the very first of a fresh process (cold). Memory is the engine's linear memory
// before the list, after it and after ten more updates (it never shrinks, so the last is the peak); for the others what the process grew by.
import { generateKeyPairSync, sign } from "node:crypto";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { deflateSync, inflateSync } from "node:zlib";
import { fileURLToPath } from "node:url";

const ISSUER = "https://issuer.specimen.example";
const URI = "https://status.specimen.example/lists/1";
const NOW = 1_795_000_000;
const b64u = (bytes) => Buffer.from(bytes).toString("base64url");
const json = (value) => b64u(JSON.stringify(value));

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const jwk = { ...publicKey.export({ format: "jwk" }), kid: "k1" };

function token(typ, payload) {
  const input = `${json({ alg: "EdDSA", typ, kid: "k1" })}.${json(payload)}`;
  return `${input}.${b64u(sign(null, Buffer.from(input), privateKey))}`;
}

/** Random, the same in every run (xorshift): indices are dealt at random inside a shard, so locked accounts lie anywhere. */
function random(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13; state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5; state >>>= 0;
    return state / 2 ** 32;
  };
}

function bitmap(entries, bits, locked) {
  const bytes = new Uint8Array((entries * bits) / 8);
  const next = random(42);
  const value = bits === 1 ? 1 : 2;
  for (let left = Math.round(entries * locked); left > 0; left -= 1) {
    const at = Math.floor(next() * entries) * bits;
    bytes[at >> 3] |= value << (at & 7);
  }
  bytes[0] &= 0xf0; // entries 0 and 1 stay good
  return bytes;
}

const statusList = (bytes, bits) =>
  token("statuslist+jwt", { sub: URI, iat: NOW - 60, ttl: 43_200, status_list: { bits, lst: b64u(deflateSync(bytes, { level: 9 })) } });

const credential = (idx) =>
  token("eid+jwt", {
    iss: ISSUER, iat: NOW - 3600, exp: NOW + 86_400, vct: "urn:eid:vn:citizen:1", sub: "account-1", eid_level: 1, eid_law: "ND69-2024",
    status: { status_list: { idx, uri: URI } },
  });

/** The first run, and the best. */
function time(times, work) {
  const spent = [];
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    work(run);
    spent.push(performance.now() - start);
  }
  return { first: spent[0], best: Math.min(...spent) };
}
const ms = (value) => (value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(4));
const mib = (bytes) => (bytes / 2 ** 20).toFixed(1);
function memory(work) {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const kept = work();
  globalThis.gc?.();
  return { kept, grown: Math.max(0, process.memoryUsage.rss() - before) };
}
const runs = (entries) => (entries > 2 ** 24 ? 8 : 60);

const config = { now: NOW, trust: { issuers: [{ iss: ISSUER, keys: [jwk] }] } };
const tokensFor = (entries) => Array.from({ length: 64 }, (_, at) => credential(at === 0 ? 0 : Math.floor((at * entries) / 64)));

/** Linear memory of a fresh engine, in pages of 64 KiB: empty, with the list, and after ten more updates. Runs in Node and, as text, in a browser. */
function linearMemory(createGlue, module, config, list) {
  const glue = createGlue();
  const instance = new WebAssembly.Instance(module, glue.imports);
  glue.attach(instance);
  const pages = () => instance.exports.memory.buffer.byteLength / 65_536;
  const engine = new glue.Engine(JSON.stringify(config), [], [], config.now);
  const update = () => engine.update(JSON.stringify({ statusLists: [list] }), config.now);
  const empty = pages();
  update();
  const held = pages();
  for (let again = 0; again < 10; again += 1) update();
  return [empty, held, pages()];
}

/** Runs in Node and, as text, in a browser. */
function measure(Verifier, config, list, tokens, runs, time) {
  const start = performance.now();
  const first = new Verifier(config);
  first.update({ statusLists: [list] });
  if (first.verify(tokens[0], { now: config.now }).verdict !== "valid") throw new Error("the first look-up is wrong");
  const lookUp = performance.now() - start; // engine made, list taken in, one account looked up
  const cold = time(runs, () => {
    const [report] = first.update({ statusLists: [list] });
    if (report.verdict !== "valid") throw new Error(JSON.stringify(report));
  });
  const without = new Verifier({ ...config, policy: { status: "ignore" } });
  // a browser's clock is coarse: sixty-four verifications at a time
  const all = (verifier) => time(24, () => tokens.forEach((token) => verifier.verify(token, { now: config.now }))).best / tokens.length;
  const [whole, bare] = [all(first), all(without)];
  return { lookUp, cold, warm: Math.max(0, whole - bare), verify: whole };
}

async function ours(entries, bits, locked) {
  const { default: init, Verifier } = await import("../pkg/node.js");
  await init();
  const list = statusList(bitmap(entries, bits, locked), bits);
  const found = measure(Verifier, config, list, tokensFor(entries), runs(entries), time);
  const { createGlue } = await import("../pkg/wasm/full/glue.js");
  const module = new WebAssembly.Module(readFileSync(new URL("../pkg/wasm/full/eid_verifier_bg.wasm", import.meta.url)));
  return { token: list.length, ...found, linear: linearMemory(createGlue, module, config, list) };
}

async function peer(entries, bits, locked) {
  const { getListFromStatusListJWT } = await import("@sd-jwt/jwt-status-list");
  const list = statusList(bitmap(entries, bits, locked), bits);
  const { kept, grown } = memory(() => getListFromStatusListJWT(list));
  const cold = time(entries > 2 ** 22 ? 3 : 12, () => getListFromStatusListJWT(list));
  return { token: list.length, cold, warm: time(4096, (run) => kept.getStatus((run * 7919) % entries)).best, grown };
}

async function plain(entries, bits, locked) {
  const list = statusList(bitmap(entries, bits, locked), bits);
  const read = () => {
    const payload = JSON.parse(Buffer.from(list.split(".")[1], "base64url"));
    return inflateSync(Buffer.from(payload.status_list.lst, "base64url"));
  };
  const { kept, grown } = memory(read);
  const cold = time(12, read);
  const get = (index) => (kept[(index * bits) >>> 3] >> ((index * bits) & 7)) & ((1 << bits) - 1);
  return { token: list.length, cold, warm: time(4096, (run) => get((run * 7919) % entries)).best, grown };
}

const KINDS = { ours, peer, plain };
const NAMES = { ours: "eid-verifier (signature checked)", peer: "@sd-jwt/jwt-status-list (signature not checked)", plain: "plain bitmap (nothing checked)" };

const ALL = [[2 ** 20, 2, 0.001], [2 ** 20, 2, 0.01], [2 ** 20, 2, 0.05], [2 ** 23, 1, 0.01], [2 ** 25, 1, 0.01], [2 ** 27, 1, 0.01]];
const SHARDS = process.argv.includes("--quick") ? [ALL[1]] : ALL;
const HEAD = "| entries × bits | locked | token | who | cold look-up, ms | read, ms | peer ÷ read | warm look-up, µs | memory, MiB |\n|---|---|---|---|---|---|---|---|---|";
const memoryText = ({ linear, grown }) => (linear ? linear.map((pages) => (pages / 16).toFixed(1)).join(" → ") : grown === undefined ? "–" : mib(grown));
const row = (entries, bits, locked, who, found, ratio = "–") =>
  `| 2^${Math.log2(entries)} × ${bits} | ${locked * 100} % | ${(found.token / 1024).toFixed(1)} KiB | ${who} | ${found.lookUp === undefined ? ms(found.cold.first) : ms(found.lookUp)} | ${ms(found.cold.best)} | ${ratio} | ${found.warm < 0.001 ? "under 1" : ms(found.warm * 1000)} | ${memoryText(found)} |`;

/** The package in a page of its own, served from here and nowhere else. */
async function chromium() {
  const { createServer } = await import("node:http");
  const { readFile } = await import("node:fs/promises");
  const { chromium: browser } = await import("playwright-core");
  const types = { js: "text/javascript", wasm: "application/wasm", html: "text/html" };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    try {
      const body = path === "/" ? "<!doctype html><title>bench</title>" : await readFile(new URL(`..${path}`, import.meta.url));
      response.writeHead(200, { "content-type": types[path.split(".").pop()] ?? types.html }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const running = await browser.launch({ executablePath: process.env.CHROMIUM ?? process.env.CHROME ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const measured = async (entries, bits, locked) => {
    const page = await running.newPage(); // a page of its own: the first look-up is cold
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const list = statusList(bitmap(entries, bits, locked), bits);
    const found = await page.evaluate(
      async ([texts, config, list, tokens, runs]) => {
        const [measure, time, linearMemory] = texts.map((text) => new Function(`return ${text}`)());
        const { default: init, Verifier } = await import("/pkg/index.js");
        await init();
        const found = measure(Verifier, config, list, tokens, runs, time);
        const { createGlue } = await import("/pkg/wasm/full/glue.js");
        const module = await WebAssembly.compile(await (await fetch("/pkg/wasm/full/eid_verifier_bg.wasm")).arrayBuffer());
        return { ...found, linear: linearMemory(createGlue, module, config, list) };
      },
      [[measure, time, linearMemory].map(String), config, list, tokensFor(entries), runs(entries)],
    );
    await page.close();
    return { token: list.length, ...found };
  };
  const close = async () => {
    await running.close();
    server.close();
  };
  return { measured, close };
}

if (process.argv[2] === "one") {
  const [kind, entries, bits, locked] = process.argv.slice(3);
  console.log(JSON.stringify(await KINDS[kind](Number(entries), Number(bits), Number(locked))));
} else {
  const page = process.argv.includes("--chromium") ? await chromium() : undefined;
  console.log(HEAD);
  let least = Infinity;
  for (const [entries, bits, locked] of SHARDS) {
    const found = {};
    for (const kind of Object.keys(KINDS)) {
      const args = ["--expose-gc", fileURLToPath(import.meta.url), "one", kind, entries, bits, locked].map(String);
      const child = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 180_000 });
      found[kind] = child.status === 0 ? JSON.parse(child.stdout) : { dies: child.stderr.match(/heap out of memory|\w*Error: .*/)?.[0] ?? child.signal ?? "fails" };
    }
    const ratio = (mine) => (found.peer.dies ? "–" : `${(found.peer.cold.best / mine.cold.best).toFixed(0)} ×`);
    if (!found.peer.dies) least = Math.min(least, found.peer.cold.best / found.ours.cold.best);
    for (const [kind, each] of Object.entries(found)) {
      if (each.dies) console.log(`| 2^${Math.log2(entries)} × ${bits} | ${locked * 100} % | – | ${NAMES[kind]} | dies: ${each.dies} | – | – | – | – |`);
      else console.log(row(entries, bits, locked, NAMES[kind], each, kind === "ours" ? ratio(each) : "–"));
    }
    if (page) {
      const each = await page.measured(entries, bits, locked);
      console.log(row(entries, bits, locked, "eid-verifier in Chromium", each, ratio(each)));
    }
  }
  await page?.close();
  console.log(`\nLeast ratio to the peer: ${least.toFixed(0)} × (aim 20 ×: ${least >= 20 ? "reached" : "missed"}).`);
  const [accounts, entries, day] = [100_000_000, 2 ** 20, 10_000_000];
  const shards = Math.ceil(accounts / entries);
  console.log(`\n${accounts.toLocaleString("en")} accounts in ${shards} shards of 2^20 × 2 bits, ttl 12 h (each shard is fetched twice a day), ${day.toLocaleString("en")} verifications a day:\n`);
  console.log("| locked | a shard, as sent | phone: one shard, a day | phone: all shards, a day | CDN, if each verification fetched | CDN, a million phones that keep all |\n|---|---|---|---|---|---|");
  for (const locked of [0.001, 0.01, 0.05]) {
    const size = statusList(bitmap(entries, 2, locked), 2).length;
    const all = shards * 2 * size;
    const tib = (bytes) => (bytes / 2 ** 40).toFixed(2);
    console.log(`| ${locked * 100} % | ${(size / 1024).toFixed(1)} KiB | ${((2 * size) / 1024).toFixed(0)} KiB | ${mib(all)} MiB | ${tib(day * size)} TiB a day, ${(day / 86_400).toFixed(0)} a second | ${tib(all * 1_000_000)} TiB a day |`);
  }
}
