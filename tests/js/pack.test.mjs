// What `npm pack` would ship: every file that the doors name, and nothing else.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import test from "node:test";
import { ask, at } from "../../tools/run.mjs";

const manifest = JSON.parse(readFileSync(at("pkg", "package.json"), "utf8"));
const listed = JSON.parse(ask("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "./pkg"]));
const packed = Object.values(listed)[0].files.map(({ path }) => path);

test("no test, tool, map or note of this workshop is shipped", () => {
  const strange = packed.filter((path) => !/^(package\.json|integrity\.json|sbom\.cdx\.json|README\.md|CHANGELOG\.md|LICENSE(-\w+)?|[\w-]+\.js|[\w.-]+\.d\.ts|bin\/[\w-]+\.js|wasm\/(core|full|compat)\/(glue|base64|engine)\.js|wasm\/(core|full)\/eid_verifier_bg\.wasm)$/.test(path));
  assert.deepEqual(strange, []);
});

test("every file that an export names is shipped", () => {
  const leaves = (node) => (typeof node === "string" ? [node] : Object.values(node ?? {}).flatMap(leaves));
  const named = [...leaves(manifest.exports), ...leaves(manifest.bin ?? {}), manifest.main, manifest.browser, manifest.module, manifest.types].filter((path) => typeof path === "string");
  for (const path of named) assert.ok(packed.includes(normalize(path)), `${path} is named but not shipped`);
});

test("every file that a shipped module imports is shipped", () => {
  for (const path of packed.filter((name) => name.endsWith(".js") && !name.startsWith("wasm/"))) {
    const source = readFileSync(at("pkg", path), "utf8");
    for (const [, target] of source.matchAll(/(?:from|import\(|new URL\()\s*['"](\.{1,2}\/[^'"]+)['"]/g)) {
      assert.ok(packed.includes(join(dirname(path), target)), `${path} needs ${target}`);
    }
  }
});

test("licences and the list of changes are shipped", () => {
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md", "README.md"]) {
    assert.ok(existsSync(at("pkg", name)), `pkg/${name} is missing`);
    assert.ok(packed.includes(name), `${name} is not shipped`);
  }
});

test("crate and package have one version", () => {
  assert.equal(manifest.version, readFileSync(at("Cargo.toml"), "utf8").match(/^version = "([^"]+)"/m)[1]);
});
