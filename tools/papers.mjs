// The papers that go along with the package, made by the build: `integrity.json` (W3C Subresource Integrity of each shipped file) and `sbom.cdx.json`
// (CycloneDX 1.6: the crates inside the wasm, and what built it). Both are the same for the same sources: no time, no random number.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, at, files } from "./run.mjs";
import { bindgenVersion, WASM } from "./setup.mjs";
import { Stop } from "./say.mjs";

const PKG = at("pkg");
export const INTEGRITY = join(PKG, "integrity.json");
export const SBOM = join(PKG, "sbom.cdx.json");
const json = (file) => JSON.parse(readFileSync(file, "utf8"));
const written = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** As `integrity` of a `<script>` wants it: SHA-384 in base64. */
export const sri = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

/** What a page may load: each module and each wasm, by its path in the package. */
export function loaded() {
  const shown = (path) => /^([\w-]+\.js|wasm\/(core|full|compat)\/(glue|base64|engine)\.js|wasm\/(core|full)\/eid_verifier_bg\.wasm)$/.test(path);
  return files(PKG).map((file) => file.slice(PKG.length + 1).replaceAll("\\", "/")).filter(shown);
}

function integrity() {
  const { version } = json(join(PKG, "package.json"));
  return written({ version, files: Object.fromEntries(loaded().map((path) => [path, sri(readFileSync(join(PKG, path)))])) });
}

/** A licence as SPDX writes it: older crates part a choice with a stroke. */
const licence = (text) => [{ expression: text.replaceAll("/", " OR ") }];
const purl = ({ name, version }) => `pkg:cargo/${name}@${version}`;

/** The crates that the wasm is made of: no development or build edges, this target alone. */
function crates() {
  const text = ask("cargo", ["metadata", "--format-version", "1", "--locked", "--no-default-features", "--features", "full,wasm", "--filter-platform", WASM]);
  if (!text) throw new Stop("cargo metadata failed: is Cargo.lock what Cargo.toml asks for?");
  const { packages, resolve } = JSON.parse(text);
  const byId = new Map(packages.map((each) => [each.id, each]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node.deps.filter(({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind === null)).map(({ pkg }) => pkg)]));
  const seen = new Set();
  const queue = [resolve.root];
  while (queue.length > 0) {
    const id = queue.pop();
    if (seen.has(id)) continue;
    seen.add(id);
    // what runs inside the compiler leaves nothing in the wasm
    queue.push(...nodes.get(id).filter((each) => !byId.get(each).targets.some(({ kind }) => kind.includes("proc-macro"))));
  }
  const order = (a, b) => (purl(a) < purl(b) ? -1 : 1);
  const named = (ids) => ids.filter((id) => seen.has(id)).map((id) => byId.get(id)).sort(order);
  return named([...seen]).map((crate) => ({ ...crate, root: crate.id === resolve.root, needs: named(nodes.get(crate.id)).map(purl) }));
}

function sbom() {
  const sums = new Map([...readFileSync(at("Cargo.lock"), "utf8").matchAll(/name = "([^"]+)"\nversion = "([^"]+)"\nsource = [^\n]+\nchecksum = "([0-9a-f]{64})"/g)].map(([, name, version, sum]) => [`pkg:cargo/${name}@${version}`, sum]));
  const { packages } = json(at("package-lock.json"));
  const { name, version, license, description } = json(join(PKG, "package.json"));
  const tool = (each) => ({ type: "application", name: each, version: packages[`node_modules/${each}`].version, purl: `pkg:npm/${each}@${packages[`node_modules/${each}`].version}` });
  const all = crates();
  const own = `pkg:npm/${name}@${version}`;
  return written({
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: { type: "library", "bom-ref": own, name, version, description, licenses: licence(license), purl: own },
      tools: { components: [tool("binaryen"), tool("esbuild"), { type: "application", name: "wasm-bindgen-cli", version: bindgenVersion(), purl: `pkg:cargo/wasm-bindgen-cli@${bindgenVersion()}` }] },
    },
    components: all.filter(({ root }) => !root).map((crate) => ({
      type: "library",
      "bom-ref": purl(crate),
      name: crate.name,
      version: crate.version,
      hashes: [{ alg: "SHA-256", content: sums.get(purl(crate)) }],
      licenses: licence(crate.license),
      purl: purl(crate),
    })),
    dependencies: all.map((crate) => ({ ref: crate.root ? own : purl(crate), dependsOn: crate.needs })),
  });
}

/** `{ file: text }` */
export const papers = () => ({ [INTEGRITY]: integrity(), [SBOM]: sbom() });

/** Written only where something changed: tests may be reading. */
export function writePapers() {
  for (const [file, text] of Object.entries(papers())) if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}
