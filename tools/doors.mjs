// The package as it would be published, beside the bundlers and runtimes that it is tried in: tests/js/bundlers/node_modules/.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { at, locked, must, root, run } from "./run.mjs";
import { nodeModules } from "./setup.mjs";
import { Stop } from "./say.mjs";

export const FOLDER = at("tests", "js", "bundlers");
/** Where bundles, browser profiles and matrices go. */
export const WORK = at("target", "doors");
export const MODULES = join(FOLDER, "node_modules");

const npm = (args, options) => {
  const [command, first] = process.env.npm_execpath ? [process.execPath, [process.env.npm_execpath]] : ["npm", []];
  return run(command, [...first, ...args], options);
};

/** `npm pack` of a clone's pkg/: `{ file, sha256, files }`. */
export async function pack(into = WORK, clone = root) {
  mkdirSync(into, { recursive: true });
  const done = await npm(["pack", join(clone, "pkg"), "--json", "--ignore-scripts", "--loglevel=error", "--pack-destination", into]);
  if (!done.ok) throw new Stop(`npm pack failed:\n${done.output}`);
  const told = JSON.parse(done.output.slice(done.output.search(/^[[{]/m)));
  const { filename, files } = Object.values(told)[0];
  const file = join(into, filename);
  return { file, files: files.map(({ path }) => path), sha256: createHash("sha256").update(readFileSync(file)).digest("hex") };
}

/** Installs the tools, and the tarball as npm would: unpacked, no link into this tree. */
export async function doors() {
  await nodeModules(FOLDER);
  await locked("doors", async () => {
    const { file } = await pack();
    const fresh = join(MODULES, `.eid-verifier-${process.pid}`);
    mkdirSync(fresh, { recursive: true });
    await must("The package could not be unpacked.", "tar", ["-xzf", file, "-C", fresh, "--strip-components=1"]);
    rmSync(join(MODULES, "eid-verifier"), { recursive: true, force: true });
    renameSync(fresh, join(MODULES, "eid-verifier"));
  });
}

/** The program that a package ships for this platform, such as `@oven/bun-linux-x64/bin/bun`: found without its install script. */
export function native(scope, ...names) {
  const folder = join(MODULES, scope);
  const packages = existsSync(folder) ? readdirSync(folder).sort() : [];
  return packages.flatMap((each) => names.map((name) => join(folder, each, name))).find((file) => existsSync(file));
}
