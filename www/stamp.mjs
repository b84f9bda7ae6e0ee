// Writes precache.js: every file of the page and of the package's browser door with its SHA-256, and one version made of all.
// Run after a build: `node www/stamp.mjs`.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const www = fileURLToPath(new URL(".", import.meta.url));
const pkg = join(www, "..", "pkg");

/** What belongs to the page's own making and is never served to it. */
const NOT_SERVED = /(^|\/)(stamp\.mjs|precache\.js|sw\.js|[^/]*\.md|[^/]*\.d\.ts|OFL\.txt)$/;

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** Follows the page's imports into the package, so that only what the page loads is kept. */
function packageFiles() {
  const seen = new Set();
  const own = walk(www).filter((file) => file.endsWith(".js") && dirname(file) + sep === www);
  const queue = own.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/["']\.\/pkg\/([\w.-]+\.js)["']/g)].map(([, path]) => join(pkg, path)));
  while (queue.length > 0) {
    const file = queue.pop();
    if (seen.has(file) || !existsSync(file) || !statSync(file).isFile()) continue;
    seen.add(file);
    if (!/\.m?js$/.test(file)) continue;
    const text = readFileSync(file, "utf8");
    for (const [, path] of text.matchAll(/(?:from\s*|import\s*\(?\s*|new URL\(\s*)["'](\.\.?\/[^"']+)["']/g)) queue.push(join(file, "..", path));
  }
  return [...seen];
}

/** Makes the list; addresses are relative to the page. */
export function stamp() {
  const files = {};
  const add = (address, file) => { files[address] = createHash("sha256").update(readFileSync(file)).digest("base64url"); };
  for (const file of walk(www)) {
    const path = relative(www, file).split(sep).join("/");
    if (!NOT_SERVED.test(path)) add(`./${path}`, file);
  }
  for (const file of packageFiles()) add(`./pkg/${relative(pkg, file).split(sep).join("/")}`, file);
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const version = createHash("sha256").update(JSON.stringify(sorted)).digest("base64url").slice(0, 16);
  const text = `self.PRECACHE = ${JSON.stringify({ version, files: sorted }, null, 1)};\n`;
  const target = join(www, "precache.js");
  if (!existsSync(target) || readFileSync(target, "utf8") !== text) writeFileSync(target, text);
  return { version, count: Object.keys(sorted).length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version, count } = stamp();
  console.log(`page version ${version}: ${count} files`);
}
