// Native Rust of the same commit, as the limit: a row in the groups of raw signatures and of a credential with 12 disclosures. A process of its own, run right after the page's.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { must, run } from "../run.mjs";
import { plain } from "../setup.mjs";
import { step } from "../say.mjs";
import { median, quantile } from "./measure.mjs";

const ROWS = {
  "raw warm": ["raw", "native Rust, warm key"],
  "raw new": ["raw", "native Rust, new key"],
  "raw batch": ["raw", "native Rust, 64 in one equation (not used)"],
  "raw-p256 warm": ["raw-p256", "native Rust, warm key"],
  "raw-p256 new": ["raw-p256", "native Rust, new key"],
  "sd-jwt-12-none": ["sd-jwt-12-none", "native Rust"],
};

const CARGO = ["--release", "--quiet", "--locked", "--features", "bench", "--example", "native"];

/** Before anything is measured: a compiler at work would be in every figure. */
export const buildNative = () => step("cargo build, native", () => must("The native build failed: see cargo's words above.", "cargo", ["build", ...CARGO], { env: plain }));

/** Adds a row to each group that has a native limit; tells which groups. */
export async function addNative(results, cases, folder) {
  const { good, bad } = cases.sdJwt.find(({ count, kind }) => count === 12 && kind === "none");
  const config = JSON.stringify({ ...cases.config, policy: { ...cases.config.policy, keyBinding: "ignore" } });
  const file = join(folder, "native.json");
  writeFileSync(file, JSON.stringify({ raw: cases.raw, rawP256: cases.rawP256, credential: { config, good, bad: bad[0], options: JSON.stringify({ now: cases.now }), now: cases.now } }));
  const { ok, output } = await run("cargo", ["run", ...CARGO, "--", file], { env: plain });
  if (!ok) throw new Error(`the native bench failed: ${output.trim().split("\n").at(-1)}`);
  const told = JSON.parse(output.trim().split("\n").at(-1));
  const touched = [];
  for (const [key, [id, name]] of Object.entries(ROWS)) {
    const list = told[key];
    const group = results.find((each) => each.id === id);
    group?.rows.push({ name, median: median(list), p95: quantile(list, 0.95), least: Math.min(...list), rounds: list.length });
    if (group && !touched.includes(group)) touched.push(group);
  }
  return touched;
}
