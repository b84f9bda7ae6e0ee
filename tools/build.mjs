// `npm run build`: cargo → wasm-bindgen → wasm-opt, once for `core` and once for `full`, into pkg/wasm/. The result keeps to WebAssembly's first
// feature set (Chrome and WebView 85+, iOS 14.5+), whichever toolchain built it. `npm start` and `npm test` call `build()`.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { writePapers } from "./papers.mjs";
import { at, files, fingerprint, locked, must, root, run } from "./run.mjs";
import { elapsed, main, note, step } from "./say.mjs";
import { bindgenVersion, cargoHome, nodeModules, rust, WASM, wasmBindgen, wasmToolchain } from "./setup.mjs";
import { parts } from "./parts.mjs";
import { withoutCustom, withoutFeatures } from "./wasm.mjs";

export const FLAVOURS = ["core", "full"];
export const OUT = at("pkg", "wasm");
const STAMP = join(OUT, "build.json");

/** A prebuilt `std` brings newer instructions along; these passes write them in the first set's words. */
const LOWER = ["--signext-lowering", "--llvm-memory-copy-fill-lowering", "--llvm-nontrapping-fptoint-lowering"];
const READ = ["--mvp-features", "--enable-sign-ext", "--enable-bulk-memory", "--enable-bulk-memory-opt", "--enable-nontrapping-float-to-int", "--enable-mutable-globals"];
/**
 * Control flow written anew from flat code, twice over, and offsets folded into loads (nothing of ours lies in the first kilobyte): 2.5 KB less after gzip.
 * No function is folded into its caller: large functions have many locals, and what repeats in them no longer looks alike: 6 KB. Tiny ones stay too, for
 * 0.5 KB: V8 folds the more at run time the more small functions there are, and without them `__multi3` stays a call (ES256 387 → 488 µs).
 * Data in few segments, no sharing of subexpressions, and functions ordered by name, so that like stands beside like: 1 KB.
 */
const SMALLER = ["--low-memory-unused", "--one-caller-inline-max-function-size=0", "--always-inline-max-function-size=0", "--skip-pass=memory-packing", "--skip-pass=local-cse", "--flatten", "--rereloop", "-Oz", "-Oz", "--reorder-functions-by-name"];
/** Names stay until the build has been weighed by them. */
const NAMED = ["-g"];
const STRIPPED = ["name", "producers", "target_features"];
/**
 * Wide arithmetic (64 × 64 bits into 128) halves the time of a signature, but LLVM up to 22 writes the overflow check of a signed product wrongly
 * (llvm/llvm-project#199910): only `npm run bench -- --wide` is built with it, and no file that ships.
 */
const WIDE_RUST = ["-Ctarget-feature=+wide-arithmetic,+bulk-memory,+sign-ext,+nontrapping-fptoint", "--cfg", 'curve25519_dalek_bits="64"'];
const WIDE_READ = ["--enable-wide-arithmetic", "--enable-multivalue"];
const wasmOpt = (isWide) => [...READ, ...(isWide ? WIDE_READ : LOWER), ...SMALLER, ...NAMED];
/** Orders to wasm-bindgen that old phones could not follow. */
const UNWANTED = ["reference-types", "multivalue"];
const ENGINES = ["chrome85", "safari14.1"];

const inputs = () => [
  ...["src", "Cargo.toml", "Cargo.lock"].map((name) => at(name)),
  ...["build.mjs", "parts.mjs", "setup.mjs", "wasm.mjs"].map((name) => at("tools", name)),
  ...["make-compat.mjs", "make-glue.mjs", "make-inline.mjs"].map((name) => at("pkg", name)),
];

/** Of the npm packages only these touch what is built. */
const builders = () => {
  const { packages } = JSON.parse(readFileSync(at("package-lock.json"), "utf8"));
  return ["binaryen", "esbuild"].map((name) => packages[`node_modules/${name}`].integrity);
};

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Does pkg/wasm/ already hold what these sources and tools make? Answered without starting cargo. */
function fresh(print) {
  if (!existsSync(STAMP)) return false;
  const made = JSON.parse(readFileSync(STAMP, "utf8"));
  return made.fingerprint === print && Object.entries(made.files).every(([name, { sha256: sum }]) => {
    const file = join(OUT, name);
    return existsSync(file) && sha256(readFileSync(file)) === sum;
  });
}

/** SHA-2 with its rounds in a loop, not written out: 15 KB less. */
const COMPACT_SHA2 = ["--cfg", 'sha2_backend_soft="compact"'];

/** Paths of this machine stay out of the file, so that two machines make the same one. */
function flags(toolchain) {
  const crates = join(cargoHome(), "registry", "src");
  const remap = [[root, "/eid-verifier"], [toolchain.sysroot, "/rust"], [cargoHome(), "/cargo"]];
  if (existsSync(crates)) for (const index of readdirSync(crates).sort()) remap.push([join(crates, index), "/crates"]);
  return ["-Ctarget-cpu=mvp", ...COMPACT_SHA2, ...toolchain.flags, ...remap.map(([from, to]) => `--remap-path-prefix=${from}=${to}`)];
}

/** One build: `core`, `full`, or the one of `npm run bench`. Gives its parts. */
export async function flavour(name, toolchain, bindgen, into, as = name, isWide = false) {
  // other flags make other libraries: beside the plain ones, or cargo would build both anew each time
  const folder = isWide ? at(toolchain.folder, "wide") : at(toolchain.folder);
  const built = join(folder, WASM, "release", "eid_verifier.wasm");
  // Both flavours have one file name: without this cargo would take the other's for its own.
  for (const old of [built, join(folder, WASM, "release", "deps", "eid_verifier.wasm")]) rmSync(old, { force: true });
  const args = ["build", "--release", "--lib", "--target", WASM, "--no-default-features", "--features", `${name},wasm`, "--target-dir", folder, "--locked", ...toolchain.args];
  await step(`cargo build, ${as}`, () =>
    must(`The ${as} build failed: see cargo's words above.`, toolchain.cargo, args, {
      env: { ...toolchain.env, CARGO_ENCODED_RUSTFLAGS: [...flags(toolchain), ...(isWide ? WIDE_RUST : [])].join("\x1f") },
    }),
  );
  const work = join(into, as);
  mkdirSync(work, { recursive: true });
  const plain = join(work, "eid_verifier.wasm");
  writeFileSync(plain, withoutFeatures(readFileSync(built), UNWANTED));
  return step(`wasm-bindgen and wasm-opt, ${as}`, async () => {
    await must("wasm-bindgen refused the build.", join(bindgen, "wasm-bindgen"), ["--target", "web", "--no-typescript", "--remove-producers-section", "--out-dir", work, "--out-name", "eid_verifier", plain]);
    rmSync(plain);
    const wasm = join(work, "eid_verifier_bg.wasm");
    const small = join(work, "small.wasm");
    const opt = at("node_modules", "binaryen", "bin", "wasm-opt");
    await must("wasm-opt refused the build.", process.execPath, [opt, ...wasmOpt(isWide), wasm, "-o", small]);
    const named = readFileSync(small);
    rmSync(small);
    writeFileSync(wasm, withoutCustom(named, STRIPPED));
    return parts(named);
  });
}

async function minify(text) {
  const { transform } = await import("esbuild");
  const { code } = await transform(text, { minify: true, format: "esm", target: ENGINES, legalComments: "none" });
  return code;
}

/** What the package's doors load: the glue as a factory, the wasm as text, and the core as plain JavaScript. */
async function doors(into) {
  const { toFactory } = await import("../pkg/make-glue.mjs");
  const { makeCompat } = await import("../pkg/make-compat.mjs");
  const { toModule } = await import("../pkg/make-inline.mjs");
  await step("plain JavaScript twin of core", () => makeCompat(join(into, "core"), join(into, "compat"), minify));
  for (const name of FLAVOURS) {
    const generated = join(into, name, "eid_verifier.js");
    writeFileSync(join(into, name, "glue.js"), await minify(toFactory(readFileSync(generated, "utf8"))));
    rmSync(generated);
  }
  writeFileSync(join(into, "full", "base64.js"), toModule(readFileSync(join(into, "full", "eid_verifier_bg.wasm"))));
  await (await import("esbuild")).stop();
}

/** The crates of Cargo.lock, fetched before anything is built: a missing network shows here and nowhere else. */
export async function crates(toolchain) {
  const offline = await run(toolchain.cargo, ["fetch", "--locked", "--offline"], { env: toolchain.env });
  if (offline.ok) return;
  await step("downloading the crates of Cargo.lock", () =>
    must("The crates could not be downloaded: is crates.io reachable? Run this again when it is.", toolchain.cargo, ["fetch", "--locked"], { env: toolchain.env }),
  );
}

/** Builds pkg/wasm/ when its inputs changed; the folder is swapped in whole, never half made. */
export async function build() {
  rust();
  await nodeModules();
  const toolchain = await wasmToolchain();
  const print = fingerprint(inputs(), toolchain.text, toolchain.kind, toolchain.std, bindgenVersion(), ...builders());
  const done = fresh(print) ? { built: false } : await locked("build", () => make(toolchain, print));
  writePapers();
  return done;
}

async function make(toolchain, print) {
  if (fresh(print)) return { built: false };
  await crates(toolchain);
  const bindgen = await wasmBindgen();
  note(`  ${toolchain.about}`);
  const work = at("pkg", `wasm.new-${process.pid}`);
  try {
    const made = { parts: {}, files: {} };
    for (const name of FLAVOURS) made.parts[name] = await flavour(name, toolchain, bindgen, work);
    await doors(work);
    for (const file of files(work)) {
      const bytes = readFileSync(file);
      const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
      made.files[relative(work, file)] = { bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli.length, sha256: sha256(bytes) };
    }
    writeFileSync(join(work, "build.json"), `${JSON.stringify({ fingerprint: print, toolchain: toolchain.text.split("\n")[0], std: toolchain.std, ...made }, null, 2)}\n`);
    rmSync(OUT, { recursive: true, force: true });
    renameSync(work, OUT);
    return { built: true };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

export function sizes() {
  const line = ([name, { bytes, gzip, brotli }]) => `  ${name.padEnd(26)} ${[bytes, gzip, brotli].map((count) => String(count).padStart(8)).join(" ")}`;
  return ["  bytes: raw, gzip, brotli", ...Object.entries(JSON.parse(readFileSync(STAMP, "utf8")).files).map(line)].join("\n");
}

/** `--record`: what core is made of now is what tests/js/size.test.mjs holds it to. */
function record() {
  const file = at("pkg", "size.json");
  const { core } = JSON.parse(readFileSync(STAMP, "utf8")).parts;
  const lines = Object.entries({ ...JSON.parse(readFileSync(file, "utf8")), parts: { core } }).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value).replace(/([,:{])(?=["\d{])/g, "$1 ").replace(/(?<! )}/g, " }")}`);
  writeFileSync(file, `{\n${lines.join(",\n")}\n}\n`);
}

if (process.argv[1] === at("tools", "build.mjs")) {
  await main(async () => {
    const { built } = await build();
    if (process.argv.includes("--record")) record();
    note(`${built ? "pkg/wasm is built" : "pkg/wasm is up to date"} (${elapsed()})\n${sizes()}`);
  });
}
