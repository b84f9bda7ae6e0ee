// `node tools/bench-law.mjs [--chromium]`: calls of `assessAccount` a second, as a page makes them (an object in, an object out), over every case of the law.
// `--bytes` builds the small engine with and without the law's two questions (feature `law`) and prints what they add. Needs `npm run build` before. Rounds of the two builds and of a plain copy of the same data alternate, so that a busy machine slows all of them; best and median.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const AIM = 200_000;
const ROUNDS = 60;
const root = new URL("../", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(`tests/vectors/law/${name}.json`, root)));
const questions = [...read("cases"), ...read("more")].map(({ law, subject, level, facts, now }) => ({ law, subject, level, facts, now }));

/** Runs in Node and, as text, in a browser: calls a second of each contender. */
function measure(contenders, questions, rounds) {
  const found = contenders.map(() => []);
  for (let round = -5; round < rounds; round += 1) {
    contenders.forEach((run, at) => {
      const start = performance.now();
      for (let again = 0; again < 8; again += 1) for (const question of questions) run(question);
      const spent = performance.now() - start;
      if (round >= 0) found[at].push((8 * questions.length * 1000) / spent);
    });
  }
  return found.map((each) => each.sort((a, b) => b - a)).map((each) => ({ best: each[0], median: each[each.length >> 1] }));
}

const NAMES = ["eid-verifier/core", "eid-verifier", "JSON.parse(JSON.stringify(question)), for scale"];

async function inNode() {
  const doors = await Promise.all(["core-node.js", "node.js"].map((name) => import(new URL(`pkg/${name}`, root))));
  for (const door of doors) await door.init();
  return measure([...doors.map((door) => door.assessAccount), (question) => JSON.parse(JSON.stringify(question))], questions, ROUNDS);
}

async function inChromium() {
  const { createServer } = await import("node:http");
  const { chromium } = await import("playwright-core");
  const types = { js: "text/javascript", wasm: "application/wasm" };
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    if (!/^\/pkg\/[\w./-]+$/.test(path)) return response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>bench</title>");
    return response.writeHead(200, { "content-type": types[path.split(".").pop()] ?? "text/plain" }).end(readFileSync(fileURLToPath(new URL(`.${path}`, root))));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const browser = await chromium.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return await page.evaluate(async ([measure, questions, rounds]) => {
      const doors = await Promise.all(["core.js", "index.js"].map((name) => import(`/pkg/${name}`)));
      for (const door of doors) await door.default();
      const run = new Function(`return ${measure}`)();
      return run([...doors.map((door) => door.assessAccount), (question) => JSON.parse(JSON.stringify(question))], questions, rounds);
    }, [measure.toString(), questions, ROUNDS]);
  } finally {
    await browser.close();
    server.close();
  }
}

/** What `assessAccount`, `requestDeadline`, their reader and the rows that only they walk add to the core. */
async function bytes() {
  const [{ flavour }, { wasmBindgen, wasmToolchain }, { gzipSync }] = await Promise.all([import("./build.mjs"), import("./setup.mjs"), import("node:zlib")]);
  const folder = fileURLToPath(new URL("target/bench-law", root));
  const [toolchain, bindgen] = [await wasmToolchain(), await wasmBindgen()];
  const sizes = [];
  for (const [name, as] of [["core", "with"], ["sd-jwt,lists,mrz,es256", "without"]]) {
    await flavour(name, toolchain, bindgen, folder, as);
    const wasm = readFileSync(`${folder}/${as}/eid_verifier_bg.wasm`);
    sizes.push([wasm.length, gzipSync(wasm, { level: 9 }).length]);
  }
  const [raw, packed] = [0, 1].map((at) => sizes[0][at] - sizes[1][at]);
  console.log(`The law's questions add ${raw.toLocaleString("en")} bytes to the core, ${packed.toLocaleString("en")} after gzip -9 (aim 12,288: ${packed <= 12_288 ? "reached" : "missed"}).`);
}

if (process.argv.includes("--bytes")) {
  await bytes();
  process.exit();
}
const isPage = process.argv.includes("--chromium");
const found = await (isPage ? inChromium() : inNode());
const thousands = (value) => Math.round(value).toLocaleString("en");
console.log(`assessAccount in ${isPage ? "Chromium" : `Node ${process.versions.node}`}: ${questions.length} cases, calls a second (aim ${thousands(AIM)})\n\n| | best | median |\n|---|---|---|`);
found.forEach(({ best, median }, at) => console.log(`| ${NAMES[at]} | ${thousands(best)} | ${thousands(median)} |`));
console.log(`\nAim ${found[0].best >= AIM ? "reached" : "missed"} by the best round, ${found[0].median >= AIM ? "reached" : "missed"} by the median of ${ROUNDS}.`);
