// `npm run bench [-- --node | --wide] [-- --quick]`: every contender in one run, interleaved, in headless Chromium (or in Node; `--wide`: in a Chromium that is told to
// have wide arithmetic, raw signatures built for it). Prints a table, writes JSON and a chart into bench-results/. Fails when a contender's verdict is wrong; a missed aim is said, not hidden.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { cases } from "./bench/cases.mjs";
import { chart } from "./bench/chart.mjs";
import { addNative, buildNative } from "./bench/native.mjs";
import { aims, aimsTable, table } from "./bench/show.mjs";
import { build, flavour } from "./build.mjs";
import { at, ask } from "./run.mjs";
import { elapsed, main, note, step } from "./say.mjs";
import { browser, wasmBindgen, wasmToolchain } from "./setup.mjs";

const FOLDER = at("target", "bench");
const RESULTS = at("bench-results");
const asked = (flag) => process.argv.includes(flag);

/** Raw signatures are no export of the package: a build of their own, beside it. */
async function rawBuild(isWide) {
  const raw = isWide ? "raw-wide" : "raw";
  const print = JSON.parse(readFileSync(at("pkg", "wasm", "build.json"), "utf8")).fingerprint;
  const stamp = join(FOLDER, raw, "print");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === print) return;
  await flavour("bench", await wasmToolchain(), await wasmBindgen(), FOLDER, raw, isWide);
  copyFileSync(join(FOLDER, raw, "eid_verifier.js"), join(FOLDER, raw, "eid_verifier.mjs"));
  writeFileSync(stamp, print);
}

/** The contenders in one file; and for first verdicts ours and the peer, each in a file of its own, as a page's bundler makes them. */
async function bundle() {
  const { build: esbuild } = await import("esbuild");
  const entryPoints = { entry: at("tools", "bench", "entry.mjs"), "first-peer": at("tools", "bench", "first.mjs"), "first-ours": at("pkg", "core.js") };
  await esbuild({ entryPoints, outdir: FOLDER, bundle: true, minify: true, format: "esm", target: "chrome120", platform: "browser", logLevel: "error" });
}

const version = (name) => JSON.parse(readFileSync(at("node_modules", ...name.split("/"), "package.json"), "utf8")).version;
const PEERS = ["jose", "@sd-jwt/sd-jwt-vc", "@noble/curves", "@noble/ed25519", "libsodium-wrappers", "tweetnacl", "mrz", "pkijs"];

await main(async () => {
  await build();
  mkdirSync(FOLDER, { recursive: true });
  mkdirSync(RESULTS, { recursive: true });
  const isWide = asked("--wide");
  await rawBuild(isWide);
  await buildNative();
  const work = await step("issuing what is to be verified", async () => cases({ distinct: 100 }));
  const how = asked("--quick") ? { rounds: 7, length: 4, warmUp: 20, uses: 60 } : { rounds: 25, length: 8, warmUp: 120, uses: 60 };
  const say = (group) => note(table(group));
  let run;
  if (asked("--node")) {
    run = await (await import("./bench/node.mjs")).inNode({ folder: FOLDER, cases: work, how, say });
  } else {
    await bundle();
    const { chromium } = await browser();
    run = await (await import("./bench/page.mjs")).inChromium({ executablePath: chromium, folder: FOLDER, cases: work, how, visits: asked("--quick") ? 2 : 11, say, isWide });
  }
  for (const group of await addNative(run.results, work, FOLDER)) say(group);
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg().map((load) => Number(load.toFixed(1))) };
  const sizes = JSON.parse(readFileSync(at("pkg", "wasm", "build.json"), "utf8"));
  const by = machine.load[0] > machine.cores + 1 ? "least" : "median"; // the bench itself is a load of one or two
  const reached = aims(run.results, by, isWide);
  note(aimsTable(reached, by));
  note(`${run.runtime} · ${machine.cpu}, ${machine.cores} cores, load ${machine.load.join(" ")} · ${PEERS.map((name) => `${name} ${version(name)}`).join(", ")}`);
  const name = asked("--node") ? "node" : isWide ? "chromium-wide" : "chromium";
  const report = { runtime: run.runtime, machine, commit: ask("git", ["rev-parse", "--short", "HEAD"]), toolchain: sizes.toolchain, std: sizes.std, peers: Object.fromEntries(PEERS.map((peer) => [peer, version(peer)])), how, aimsBy: by, aims: reached, results: run.results };
  writeFileSync(join(RESULTS, `${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(RESULTS, `${name}.svg`), chart(report));
  note(`bench-results/${name}.json and ${name}.svg are written (${elapsed()})`);
});
