// Makes what is served beside the sources: dist/ (the page's modules with the package's door: one file for the first verdict, one for each thing that
// is loaded only when it is wanted; the engines, by their hashes), index.html and verify.html (out of page.template.html), sw.js (out of worker.js), and
// precache.js (every kept file with its SHA-256, and one version made of all).
// Run after a build: `node www/stamp.mjs`.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transformSync } from "esbuild";
import { CORE, FULL } from "./engines.js";

const www = fileURLToPath(new URL(".", import.meta.url));
const root = join(www, "..");

/** The page, and what it loads only when it is wanted: each is one file of this name in dist/, whole in itself. */
export const MODULES = ["app.js", "page.js", "scan.js", "zxing.js", "chip.js", "full.js", "lists.js", "embed.js", "console.js", "holder.js", "pdf.js", "mrz-photo.js"];
/** What the first verdict looks like, and all else: one file when served. */
const STYLES = ["style.css", "panels.css"];
/** The same browsers as the package's (tools/build.mjs). */
const BROWSERS = ["chrome85", "safari14.1"];
/** Files of other packages that the page serves itself. */
const FOREIGN = {
  "zxing_reader.wasm": "node_modules/zxing-wasm/dist/reader/zxing_reader.wasm",
  "pdf.worker.js": "node_modules/pdfjs-dist/legacy/build/pdf.worker.min.mjs",
  "tesseract.wasm": "node_modules/tesseract-wasm/dist/tesseract-core.wasm", "ocr.bin": "node_modules/@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz",
};

/** What the service worker keeps, and when: at once, from the first use on, or at once where the browser reads no codes by itself. */
const SERVED = /^\.\/(dist\/[\w.-]+\.(bin|css|js|wasm)|fonts\/.*\.woff2|icons\/.*|samples\/.*|[\w-]+\.(html|svg|json|webmanifest))$/;
const LAZILY = ["./dist/full.js", "./dist/full.wasm", "./dist/pdf.js", "./dist/pdf.worker.js", "./dist/mrz-photo.js", "./dist/tesseract.wasm", "./dist/ocr.bin"];
const SCANNER = ["./dist/zxing.js", "./dist/zxing_reader.wasm"];
/** What a name has more than these say, when it carries the hash of what is in it. */
const HASH = /\.[0-9a-f]{16}(?=\.\w+$)/;

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** Written whole or not at all, and only when it changed: a server may be reading. */
function write(file, bytes) {
  if (existsSync(file) && readFileSync(file).equals(Buffer.from(bytes))) return;
  mkdirSync(dirname(file), { recursive: true });
  const early = `${file}.${process.pid}`;
  writeFileSync(early, bytes);
  renameSync(early, file);
}

/** The engines with the names they are served by: 16 hex digits of the SHA-256 of what is in them, so that a name means one content for ever. */
const engines = () => Object.entries({ core: CORE, full: FULL }).map(([name, packaged]) => {
  const contents = readFileSync(join(root, packaged));
  return { packaged, contents, served: `${name}.${createHash("sha256").update(contents).digest("hex").slice(0, 16)}.wasm` };
});

/** A text that names the engines as the package does, with their served names. */
const byHash = (text, named) => named.reduce((sofar, { packaged, served }) => sofar.split(packaged).join(`./dist/${served}`), text);
const servedNames = (named) => ({ name: "by hash", setup: (build) => build.onLoad({ filter: /[/\\]www[/\\]engines\.js$/ }, ({ path }) => ({ contents: byHash(readFileSync(path, "utf8"), named) })) });

/** What app.js brings, the others take from it: one language, one voice, one engine. */
const SHARED = ["dom.js", "frame.js", "i18n.js", "judge.js", "shell.js", "verdict.js", "../pkg/core.js", "../pkg/messages.js"].map((name) => join(www, name));
const fromFirst = { name: "from app.js", setup: (build) => build.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => (SHARED.includes(join(resolveDir, path)) ? { path: "./app.js", external: true } : undefined)) };

/** The code of one of `MODULES`, whole in itself but for imports between those; `external` stays out too. */
export async function bundled(name, external = [], named = engines()) {
  const { outputFiles: [{ contents }] } = await build({
    entryPoints: [join(www, name)],
    external: [...MODULES.map((other) => `./${other}`), ...external],
    plugins: name === "app.js" ? [servedNames(named)] : [fromFirst, servedNames(named)],
    bundle: true,
    minify: true,
    format: "esm",
    target: BROWSERS,
    charset: "utf8",
    legalComments: "none",
    write: false,
  });
  return contents;
}

async function bundle(named) {
  const made = new Map(named.map(({ served, contents }) => [served, contents])); // written before what names them
  for (const [name, contents] of await Promise.all(MODULES.map(async (name) => [name, await bundled(name, [], named)]))) made.set(name, contents);
  const style = STYLES.map((name) => readFileSync(join(www, name), "utf8")).join("\n").replace(/url\("\.\//g, 'url("../');
  made.set("style.css", transformSync(style, { loader: "css", minify: true, charset: "utf8", target: BROWSERS }).code);
  for (const [name, path] of Object.entries(FOREIGN)) made.set(name, readFileSync(join(root, path)));
  return made;
}

/** `/verify` is the same page, told that it asks. */
const asking = (html) => html.replace('<html lang="vi">', '<html lang="vi" data-mode="verify">').replace("<title>Kiểm tra định danh</title>", "<title>Bàn kiểm tra định danh</title>");

/** Makes all of it; addresses are relative to the page. */
export async function stamp() {
  const dist = join(www, "dist");
  const named = engines();
  const made = await bundle(named);
  for (const [name, contents] of made) write(join(dist, name), contents);
  const page = byHash(readFileSync(join(www, "page.template.html"), "utf8"), named);
  write(join(www, "index.html"), page);
  write(join(www, "verify.html"), asking(page));
  for (const file of walk(dist)) if (!made.has(relative(dist, file)) && !/\.\d+$/.test(file)) rmSync(file, { force: true });
  const { code } = transformSync(readFileSync(join(www, "worker.js"), "utf8"), { minify: true, charset: "utf8", target: BROWSERS });
  write(join(www, "sw.js"), code);
  const files = {};
  const when = {};
  const add = (address, file, kept) => {
    files[address] = createHash("sha256").update(readFileSync(file)).digest("base64url");
    if (kept !== "always") when[address] = kept;
  };
  for (const file of walk(www)) {
    const address = `./${relative(www, file).split(sep).join("/")}`;
    const plain = address.replace(HASH, "");
    if (SERVED.test(address)) add(address, file, LAZILY.includes(plain) ? "lazily" : SCANNER.includes(plain) ? "scanner" : "always");
  }
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const version = createHash("sha256").update(JSON.stringify([sorted, when])).digest("base64url").slice(0, 16);
  write(join(www, "precache.js"), `self.PRECACHE = ${JSON.stringify({ version, files: sorted, when }, null, 1)};\n`);
  return { version, count: Object.keys(sorted).length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version, count } = await stamp();
  console.log(`page version ${version}: ${count} files`);
}
