// `npm test [-- --only lint,native,wasm,node,page,doors]`: sets up what is missing, runs every check, and closes with one line that counts them all.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findFirefox, findWebkit } from "./browsers.mjs";
import { build, crates, sizes } from "./build.mjs";
import { fromCargo, fromNode, judged, line, sum } from "./count.mjs";
import { at, files, run } from "./run.mjs";
import { elapsed, main, note, step, Stop } from "./say.mjs";
import { doors, FOLDER as DOORS } from "./doors.mjs";
import { clear, table } from "../tests/js/matrix.mjs";
import { bareToolchain, browser, lintTools, nodeModules, plain, rust, testToolchain, WASM, wasmBindgen } from "./setup.mjs";
import { stamp } from "./stamp.mjs";

const MINUTE = 60_000;
const PARTS = ["lint", "native", "wasm", "node", "page", "doors"];
const LOGS = at("target", "test-logs");
const SHOWN = 200; // lines of a failure; the whole is in target/test-logs/

function parts() {
  const flag = process.argv.indexOf("--only");
  const wish = flag > 0 ? (process.argv[flag + 1] ?? "").split(",") : PARTS;
  const wrong = wish.find((name) => !PARTS.includes(name));
  if (wrong !== undefined) throw new Stop(`--only ${wrong || "…"}: choose among ${PARTS.join(", ")}, with commas between.`);
  return wish;
}

const counts = [];

/** One command; what it printed is kept, and shown when it failed. `read` counts its tests; without it the command is one check. */
async function check(title, command, args, { read, ...options } = {}) {
  const log = join(LOGS, `${title.replace(/[^\w]+/g, "-")}.log`);
  const work = async () => {
    const done = await run(command, args, { limit: 30 * MINUTE, ...options });
    const count = read ? judged(read(done.output), done.ok) : { passed: Number(done.ok), failed: Number(!done.ok), skipped: 0 };
    mkdirSync(LOGS, { recursive: true });
    writeFileSync(log, done.output);
    counts.push(count);
    if (!done.ok || count.failed > 0) throw new Stop(`${done.output.trim().split("\n").slice(-SHOWN).join("\n")}\n  the whole output is in ${log}`);
    return count;
  };
  const count = await step(title, work).catch((error) => {
    if (!(error instanceof Stop)) throw error;
    note(error.message);
  });
  if (read && count) note(`  ${title}: ${line(count)}`);
}

/** A step of the set-up that failed is a failed check; the others still run. */
async function ready(work) {
  try {
    return await work();
  } catch (error) {
    counts.push({ passed: 0, failed: 1, skipped: 0 });
    note(error instanceof Stop ? error.message : error.stack);
    return undefined;
  }
}

const DENY = ["--", "-D", "warnings"];

/** What the parts stand on, one after the other: neither rustup nor apt likes to be called twice at once. */
async function setUp(wants) {
  return {
    lints: wants("lint") && (await ready(lintTools)),
    bare: wants("lint") && (await ready(bareToolchain)),
    toolchain: wants("lint", "wasm") ? await ready(testToolchain) : undefined,
    found: wants("wasm", "page", "doors") ? await ready(browser) : undefined,
    engines: wants("node", "page", "doors") && (await ready(otherEngines)),
  };
}

async function lint({ lints, bare, toolchain }) {
  if (!lints) return;
  await check("cargo fmt --check", "cargo", ["fmt", "--check"], { env: plain });
  const clippy = (title, ...args) => check(`clippy, ${title}`, "cargo", ["clippy", "--locked", ...args, ...DENY], { env: plain });
  await clippy("default features", "--all-targets");
  await clippy("no features", "--lib", "--no-default-features");
  await clippy("core", "--lib", "--no-default-features", "--features", "core");
  await clippy("full and the boundary", "--lib", "--no-default-features", "--features", "full,wasm");
  await clippy("the command line", "--bin", "eid-verifier", "--features", "cli");
  await check("cargo doc", "cargo", ["doc", "--locked", "--no-deps", "--lib"], { env: { ...plain, RUSTDOCFLAGS: "-D warnings" } });
  if (bare) await withoutStd(bare);
  // Debian's std is built by the build itself; there clippy sees the boundary natively only, two lines above.
  if (toolchain?.kind === "rustup") await clippy("wasm target", "--target", WASM, "--features", "wasm", "--lib", ...wasmTests().flatMap((name) => ["--test", name]));
}

/** Floors 0–6 name no `std`: they build for a target that has none. */
function withoutStd(bare) {
  const args = ["rustc", "--lib", "--crate-type", "rlib", "--locked", "--no-default-features", "--features", "core", "--target", bare.target, "--target-dir", at(bare.folder), ...bare.args];
  return check(`build for a target without std (${bare.target})`, bare.cargo, args, { env: bare.env });
}

const native = () => check("native tests", "cargo", ["test", "--locked", "--no-fail-fast"], { env: plain, read: fromCargo });

/** Firefox and WebKit, before tests of both parts want them at once; without one the tests that need it are skipped and say the same. */
async function otherEngines() {
  for (const find of [findFirefox, findWebkit]) {
    const { skipped } = await find();
    if (skipped) note(`  skipped, ${skipped}`);
  }
  return true;
}

/** `tests/web.rs` and `tests/wasm_*.rs` run in the browser; every other file of tests/ is native. */
const wasmTests = () => (existsSync(at("tests")) ? readdirSync(at("tests")) : []).filter((name) => /^(web|wasm_\w+)\.rs$/.test(name)).map((name) => name.slice(0, -3));

async function wasm({ found, toolchain }) {
  const bindgen = found && toolchain && (await ready(wasmBindgen));
  if (!bindgen) return;
  const args = ["test", "--locked", "--target", WASM, "--features", "wasm", "--target-dir", at(toolchain.folder), ...toolchain.args, ...wasmTests().flatMap((name) => ["--test", name])];
  const env = {
    ...toolchain.env,
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: join(bindgen, "wasm-bindgen-test-runner"),
    CHROMEDRIVER: found.chromedriver,
    WASM_BINDGEN_USE_BROWSER: "1",
    WASM_BINDGEN_TEST_TIMEOUT: "120",
  };
  await check("wasm tests in headless Chromium", toolchain.cargo, args, { env, read: fromCargo });
}

/** Test files of a folder: Node 20 and 22 read a folder's name differently, so each file is named. */
const suite = (folder) => files(at("tests", folder)).filter((file) => /\.test\.m?js$/.test(file) && !file.includes("node_modules"));
/** What needs the bundlers and runtimes has a part of its own. */
const ofDoors = (file) => file.startsWith(DOORS);

async function nodeTests(folder, title, env = {}, mine = (file) => !ofDoors(file)) {
  const tests = suite(folder).filter(mine);
  if (tests.length === 0) return ready(() => { throw new Stop(`${title}: tests/${folder}/ holds no *.test.mjs`); });
  await check(title, process.execPath, ["--test", "--test-reporter=tap", "--test-concurrency=2", ...tests], { env: { ...env, NODE_TEST_CONTEXT: undefined }, read: fromNode });
}

/** Bundlers and runtimes: installed beside their tests, with the package as it would be published. */
async function everyDoor(found) {
  clear();
  if (!(await ready(async () => { await doors(); return true; }))) return;
  const every = process.argv.includes("--every") ? "all" : undefined;
  await nodeTests("js", "every bundler and runtime", { CHROME: found.chromium, EID_DOORS: every }, ofDoors);
  note(table());
}

/** The package, and what is tried with it; nothing to try when it could not be built. */
async function packaged(wants, { found }) {
  if (!wants("node", "page", "doors")) return [];
  if (!(await ready(build))) return [];
  note(sizes());
  await ready(stamp);
  return [
    found && wants("page") && (() => nodeTests("page", "page tests in Chromium", { CHROME: found.chromium, EID_STAMPED: "1" })),
    found && wants("doors") && (() => everyDoor(found)),
    wants("node") && (() => nodeTests("js", "package tests in Node")),
  ].filter(Boolean);
}

/** Two lanes: cargo's parts in one, the package's in the other; whichever is done first takes from what is left. */
async function lanes(wants, tools) {
  let jobs;
  const takeTurns = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job();
  };
  const built = packaged(wants, tools).then((list) => { jobs = list; });
  const cargo = async () => {
    if (wants("lint")) await lint(tools);
    if (wants("native")) await native();
    if (wants("wasm")) await wasm(tools);
    await built;
    await takeTurns();
  };
  await Promise.all([cargo(), built.then(takeTurns)]);
}

await main(async () => {
  const wish = parts();
  const wants = (...names) => names.some((name) => wish.includes(name));
  rust();
  await nodeModules();
  await crates({ cargo: "cargo", env: plain });
  await lanes(wants, await setUp(wants));
  const total = sum(counts);
  note(`\nall of it took ${elapsed()}`);
  process.stdout.write(`${line(total)}\n`);
  return total.failed === 0 ? 0 : 1;
});
