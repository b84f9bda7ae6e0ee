// Finds or installs what the two commands need. Nothing is written into the tree but node_modules/; tools that are slow to make go to the user's cache.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { dirname, join, relative } from "node:path";
import { ask, at, cache, must, root, run, which } from "./run.mjs";
import { note, step, Stop } from "./say.mjs";

export const WASM = "wasm32-unknown-unknown";
/** A real target without `std`: the proof that floors 0–6 need none. */
export const BARE = "thumbv7em-none-eabi";

const MINUTE = 60_000;
const manifest = () => readFileSync(at("Cargo.toml"), "utf8");
const minimum = () => manifest().match(/^rust-version = "([\d.]+)"/m)[1];
const debian = existsSync("/etc/debian_version") && Boolean(which("apt-get"));
const superuser = process.getuid?.() === 0;

/** Build flags of the person's shell would make another program than the one we test. */
export const plain = { RUSTFLAGS: undefined, CARGO_ENCODED_RUSTFLAGS: undefined, CARGO_BUILD_TARGET: undefined, CARGO_TARGET_DIR: undefined };

const older = (version, wanted) => {
  const [a, b] = [version, wanted].map((text) => text.split(".").map(Number));
  for (let index = 0; index < 3; index += 1) if ((a[index] ?? 0) !== (b[index] ?? 0)) return (a[index] ?? 0) < (b[index] ?? 0);
  return false;
};

function versionOf(rustc) {
  const text = ask(rustc, ["-vV"]);
  return text && { text, release: text.match(/^release: (\d+\.\d+\.\d+)/m)?.[1] ?? "0.0.0", host: text.match(/^host: (.+)$/m)?.[1] };
}

/** Debian's package tool, once; `undefined` when all is well, else the sentence that says what to do by hand. */
export async function apt(packages) {
  const list = packages.join(" ");
  if (!debian) return `install ${list} with your system's package manager`;
  if (!superuser) return `run: sudo apt-get install ${list}`;
  const done = await step(`installing ${list} with apt-get`, async () => {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-qq"], { env, limit: 10 * MINUTE });
    return run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env, limit: 20 * MINUTE });
  });
  return done.ok ? undefined : `install ${list} (apt-get could not: ${why(done.output)})`;
}

/** The line of a tool's output that says what went wrong; its last one where none does. */
function why(output) {
  const lines = output.trim().split("\n").map((each) => each.trim());
  return lines.find((each) => /^(error|E:)/i.test(each)) ?? lines.at(-1);
}

/** Rust itself is the one thing that we do not install. */
export function rust() {
  if (!which("cargo") || !which("rustc")) {
    throw new Stop(`Rust is missing: install Rust ${minimum()} or newer (rustup, or your system's package), then run this again.`);
  }
  const version = versionOf("rustc");
  if (!version) throw new Stop("Rust is there but `rustc -vV` fails: run it by hand to see why (with rustup: `rustup default stable`).");
  if (older(version.release, minimum())) throw new Stop(`Rust ${version.release} is too old: ${minimum()} or newer is needed (rustup update stable).`);
  return version;
}

function prebuilt(target) {
  const folder = ask("rustc", ["--print", "target-libdir", "--target", target]);
  return Boolean(folder) && existsSync(folder) && readdirSync(folder).some((name) => /^libcore-.*\.rlib$/.test(name));
}

/** The target's libraries in the active toolchain: there already, or by rustup. */
async function target(name) {
  if (prebuilt(name)) return true;
  if (!which("rustup")) return false;
  const done = await step(`rustup target add ${name}`, () => run("rustup", ["target", "add", name], { limit: 5 * MINUTE }));
  if (!done.ok) note(`  rustup could not (${why(done.output)})`);
  return done.ok && prebuilt(name);
}

const DEBIAN_RUST = ["rustc-web", "cargo-web", "rust-web-src"];

/** Debian's newer Rust with the library's sources, from which cargo builds `std` for the target. */
async function debianRust() {
  const state = () => {
    const version = existsSync("/usr/bin/cargo") ? versionOf("/usr/bin/rustc") : undefined;
    const sysroot = version && ask("/usr/bin/rustc", ["--print", "sysroot"]);
    const sources = sysroot && existsSync(join(sysroot, "lib/rustlib/src/rust/library/std/Cargo.toml"));
    return version && sources && !older(version.release, minimum()) ? { version, sysroot } : undefined;
  };
  let found = state();
  let cure;
  if (!found) {
    cure = await apt(DEBIAN_RUST);
    found = state();
  }
  if (!found) return { cure: cure ?? `Debian's rustc-web is older than ${minimum()}` };
  const own = ask("rustc", ["--print", "sysroot"]);
  const shipped = own && join(own, "lib/rustlib", ask("rustc", ["-vV"]).match(/^host: (.+)$/m)[1], "bin/rust-lld");
  const linker = () => [shipped, which("rust-lld"), which("wasm-ld")].find((file) => file && existsSync(file)) ?? newestWasmLd();
  let lld = linker();
  if (!lld) {
    cure = await apt(["lld"]);
    lld = linker();
  }
  return lld ? { ...found, lld } : { cure };
}

function newestWasmLd() {
  const names = existsSync("/usr/bin") ? readdirSync("/usr/bin").filter((name) => /^wasm-ld-\d+$/.test(name)) : [];
  names.sort((a, b) => Number(b.split("-")[2]) - Number(a.split("-")[2]));
  return names[0] && join("/usr/bin", names[0]);
}

function fromDebian({ version, sysroot, lld }) {
  return {
    kind: "debian",
    text: version.text,
    sysroot,
    cargo: "/usr/bin/cargo",
    env: { ...plain, RUSTC_BOOTSTRAP: "1", RUSTC: "/usr/bin/rustc", CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: lld, RUSTUP_TOOLCHAIN: undefined },
    folder: "target/debian",
    about: `Debian's Rust ${version.release}, std built from its sources`,
  };
}

/** Both ways to build for `target`; `EID_WASM_TOOLCHAIN=debian` (or `rustup`) leaves one. */
async function toolchainFor(name) {
  const wish = process.env.EID_WASM_TOOLCHAIN ?? "";
  if (!["", "rustup", "debian"].includes(wish)) throw new Stop(`EID_WASM_TOOLCHAIN is "${wish}": it may be "rustup", "debian" or nothing.`);
  if (wish !== "debian" && (await target(name))) {
    const { text, release } = rust();
    const sysroot = ask("rustc", ["--print", "sysroot"]);
    return { kind: "rustup", text, sysroot, cargo: "cargo", env: plain, folder: "target", about: `Rust ${release} with the std it ships` };
  }
  const ways = which("rustup") ? `rustup target add ${name}` : `install the ${name} libraries for your Rust`;
  if (wish === "rustup" || !debian) throw new Stop(`Rust cannot build for ${name} yet and the network did not help: ${ways}, then run this again.`);
  const found = await debianRust();
  if (found.cure) throw new Stop(`Rust cannot build for ${name} yet: ${ways}, or ${found.cure}; then run this again.`);
  return fromDebian(found);
}

/** For tests: `std` as it ships, or Debian's with the test harness. */
export async function testToolchain() {
  const toolchain = await toolchainFor(WASM);
  return { ...toolchain, args: toolchain.kind === "debian" ? ["-Zbuild-std=std,panic_abort,test"] : [] };
}

/** `std` compiled with the crate: small, for the first feature set, and without texts of panics (nobody reads them; they may not carry a person's data). */
/** Vectors, strings and the allocator are in everything: quick ones take a sixteenth off a credential, and are no larger after wasm-opt. */
const FAST_STD = ["alloc", "core", "dlmalloc"].flatMap((name) => ["--config", `profile.release.package.${name}.opt-level=3`]);
const SMALL_STD = {
  args: ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size", "-Zpanic-immediate-abort", ...FAST_STD],
  flags: ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "-Zfmt-debug=none"],
};

/** For the package: `std` is compiled too wherever its sources can be had. */
export async function wasmToolchain() {
  const toolchain = await toolchainFor(WASM);
  if (toolchain.kind === "debian") return { ...toolchain, ...SMALL_STD, std: "own" };
  if (await stdSources(toolchain)) {
    return { ...toolchain, ...SMALL_STD, std: "own", env: { ...toolchain.env, RUSTC_BOOTSTRAP: "1" }, about: toolchain.about.replace("the std it ships", "std built from its sources") };
  }
  note("  the sources of Rust's std are not to be had: the files will be larger");
  return { ...toolchain, args: [], flags: [], std: "shipped" };
}

async function stdSources({ sysroot }) {
  const there = () => existsSync(join(sysroot, "lib/rustlib/src/rust/library/std/Cargo.toml"));
  if (!there() && which("rustup")) await step("rustup component add rust-src", () => run("rustup", ["component", "add", "rust-src"], { limit: 5 * MINUTE }));
  return there();
}

/** rustfmt and clippy, by rustup where they are missing. */
export async function lintTools() {
  const missing = () => ["rustfmt", "clippy"].filter((name) => !ask("cargo", [name === "rustfmt" ? "fmt" : "clippy", "--version"]));
  for (const name of which("rustup") ? missing() : []) await step(`rustup component add ${name}`, () => run("rustup", ["component", "add", name], { limit: 5 * MINUTE }));
  const still = missing();
  if (still.length > 0) throw new Stop(`The lints need ${still.join(" and ")}: rustup component add ${still.join(" ")} (or your system's packages), then run this again.`);
  return true;
}

/** With rustup a microcontroller's target; with Debian's sources the WebAssembly target that has no `std`. */
export async function bareToolchain() {
  const toolchain = await toolchainFor(BARE);
  return toolchain.kind === "debian" ? { ...toolchain, target: "wasm32v1-none", args: ["-Zbuild-std=core,alloc"] } : { ...toolchain, target: BARE, args: [] };
}

/** The wasm-bindgen command line must be the crate's twin to the last digit. */
export function bindgenVersion() {
  return readFileSync(at("Cargo.lock"), "utf8").match(/name = "wasm-bindgen"\nversion = "([^"]+)"/)[1];
}

const TOOLS = join(cache, "tools");

let asked;
/** Both lanes of `npm test` want it: it is looked for, and built, once. */
export const wasmBindgen = () => (asked ??= findWasmBindgen());

async function findWasmBindgen() {
  const version = bindgenVersion();
  const good = (file) => file && existsSync(file) && existsSync(join(dirname(file), "wasm-bindgen-test-runner")) && ask(file, ["--version"]) === `wasm-bindgen ${version}`;
  const cached = join(TOOLS, "bin", "wasm-bindgen");
  const here = () => [which("wasm-bindgen"), cached].find(good);
  const found = here();
  if (found) return dirname(found);
  await step(`building wasm-bindgen ${version} (once, some minutes)`, async () => {
    mkdirSync(TOOLS, { recursive: true });
    const build = join(TOOLS, `build-${process.pid}`);
    const install = (...more) =>
      run("cargo", ["install", "wasm-bindgen-cli", "--version", `=${version}`, "--root", TOOLS, "--force", ...more], {
        cwd: TOOLS,
        // it runs for a second a build: little optimisation halves the wait
        env: { ...plain, CARGO_TARGET_DIR: build, CARGO_PROFILE_RELEASE_OPT_LEVEL: "1" },
        limit: 30 * MINUTE,
      });
    let done = await install("--locked");
    if (!done.ok) done = await install();
    rmSync(build, { recursive: true, force: true });
    if (!done.ok) {
      const why = done.output.trim().split("\n").slice(-8).join("\n");
      throw new Stop(`${why}\n\nwasm-bindgen ${version} could not be built (is crates.io reachable?): cargo install wasm-bindgen-cli --version =${version}, then run this again.`);
    }
  });
  const made = here();
  if (!made) throw new Stop(`wasm-bindgen ${version} was built but does not run from ${TOOLS}.`);
  return dirname(made);
}

/** `npm ci`, only when node_modules/ is not what package-lock.json says; of the root, or of a folder with a lock of its own. */
export async function nodeModules(folder = root) {
  if (Number(process.versions.node.split(".")[0]) < 20) throw new Stop(`Node ${process.versions.node} is too old: Node 20 or newer is needed.`);
  const lock = join(folder, "package-lock.json");
  const stamp = join(folder, "node_modules", ".eid-verifier");
  const wanted = createHash("sha256").update(readFileSync(lock)).update(process.platform + process.arch).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  rmSync(stamp, { force: true });
  const [npm, first] = process.env.npm_execpath ? [process.execPath, [process.env.npm_execpath]] : ["npm", []];
  await step(folder === root ? "npm ci" : `npm ci in ${relative(root, folder)}`, () =>
    must("The npm packages could not be installed: is the npm registry reachable? Run this again when it is.", npm, [...first, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: folder,
      limit: 10 * MINUTE,
    }),
  );
  writeFileSync(stamp, wanted);
}

const CHROMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** A Chromium and its driver: `CHROME` and `CHROMEDRIVER` name others. */
export async function browser() {
  const find = () => ({
    chromium: process.env.CHROME ?? CHROMES.map(which).find(Boolean) ?? [MAC_CHROME].find((file) => existsSync(file)),
    chromedriver: process.env.CHROMEDRIVER ?? which("chromedriver"),
  });
  let found = find();
  let cure;
  if (!found.chromium || !found.chromedriver) {
    cure = await apt(["chromium", "chromium-driver"]);
    found = find();
  }
  if (!found.chromium || !found.chromedriver) {
    throw new Stop(`The browser tests need Chromium and chromedriver of one version: ${cure ?? "install both"}, or name them in CHROME and CHROMEDRIVER.`);
  }
  return found;
}

export const cargoHome = () => process.env.CARGO_HOME || join(homedir(), ".cargo");
export { root };
