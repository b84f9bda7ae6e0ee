// `npm run reproduce`: two clones of the last commit in folders of different depth, built one after the other; one hash, or a list of what differs.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pack } from "./doors.mjs";
import { ask, files, must, root } from "./run.mjs";
import { elapsed, main, note, step, Stop } from "./say.mjs";

const MINUTE = 60_000;
const hash = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** Built from nothing: `{ "wasm/core/…": sha256, "the package": sha256 }`. */
async function built(folder, commit) {
  mkdirSync(folder, { recursive: true });
  await must("The clone failed.", "git", ["clone", "--quiet", "--no-hardlinks", root, folder]);
  await must("The commit is not in the clone.", "git", ["-C", folder, "checkout", "--quiet", "--detach", commit]);
  await must("The build failed.", process.execPath, [join(folder, "tools", "build.mjs")], { cwd: folder, limit: 60 * MINUTE, live: true });
  const made = join(folder, "pkg", "wasm");
  const sums = Object.fromEntries(files(made).filter((file) => !file.endsWith("build.json")).map((file) => [relative(folder, file), hash(file)]));
  const { sha256 } = await pack(join(folder, "target"), folder);
  return { ...sums, "the package (npm pack)": sha256 };
}

await main(async () => {
  if (ask("git", ["status", "--porcelain"])) note("  what is not committed is not built here");
  const parent = mkdtempSync(join(tmpdir(), "eid-reproduce-"));
  try {
    const clones = [join(parent, "one"), join(parent, "two", "somewhere", "deeper")];
    const commit = ask("git", ["rev-parse", "HEAD"]); // now: work may go on in the meantime
    const sums = [];
    for (const folder of clones) sums.push(await step(`a clone, built from nothing (${clones.indexOf(folder) + 1} of 2)`, () => built(folder, commit)));
    const [one, two] = sums;
    for (const [name, sum] of Object.entries(one)) note(`  ${sum === two[name] ? "✓" : "✗"} ${sum}  ${name}`);
    const differing = [...new Set([...Object.keys(one), ...Object.keys(two)])].filter((name) => one[name] !== two[name]);
    if (differing.length > 0) throw new Stop(`Two clones of ${commit} differ in: ${differing.join(", ")}`);
    note(`two clones, one hash (${ask("rustc", ["--version"])}; ${elapsed()}); commit ${commit}`);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
});
