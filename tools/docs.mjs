// The reference of the package's exports, made by typedoc from the types: target/docs/, served at /docs/ by `npm start`.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, fingerprint, locked, must } from "./run.mjs";

export const DOCS = at("target", "docs");
const STAMP = join(DOCS, "print.txt");
const TYPED = ["index", "worker", "net", "webview", "messages", "voices"];
const MINUTE = 60_000;

/** Makes the reference when the types or the README changed. */
export const docs = () => locked("docs", make);

async function make() {
  const types = readdirSync(at("pkg")).filter((name) => name.endsWith(".d.ts")).sort().map((name) => at("pkg", name));
  const print = fingerprint([...types, at("pkg", "README.md"), at("tools", "docs.mjs")], JSON.parse(readFileSync(at("node_modules", "typedoc", "package.json"), "utf8")).version);
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === print) return { built: false };
  rmSync(DOCS, { recursive: true, force: true });
  const settings = join(at("target"), "tsconfig.docs.json");
  const options = { strict: true, target: "es2022", lib: ["es2022", "dom", "esnext.disposable"], module: "esnext", moduleResolution: "bundler", noEmit: true, types: [] };
  writeFileSync(settings, JSON.stringify({ compilerOptions: options, files: types }));
  const words = ["--tsconfig", settings, "--out", DOCS, "--name", "eid-verifier", "--readme", at("pkg", "README.md"), "--disableSources", "--hideGenerator", "--validation.notExported", "false", "--logLevel", "Error"];
  await must("typedoc could not make the reference.", process.execPath, [at("node_modules", "typedoc", "bin", "typedoc"), ...words, ...TYPED.flatMap((name) => ["--entryPoints", at("pkg", `${name}.d.ts`)])], { limit: 5 * MINUTE });
  writeFileSync(STAMP, print);
  return { built: true };
}

if (process.argv[1] === at("tools", "docs.mjs")) await docs();
