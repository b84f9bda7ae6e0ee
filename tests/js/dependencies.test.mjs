// What stands behind us: the crates' features, licences and sources (tests/deny.toml asks the same of cargo-deny), and the package's own lack of any.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { ask, at } from "../../tools/run.mjs";

const metadata = JSON.parse(ask("cargo", ["metadata", "--format-version", "1", "--locked", "--all-features"]));
const byId = new Map(metadata.packages.map((each) => [each.id, each]));
const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));

/** Crates that end up in the product: reached from us without development or build edges. */
function shipped() {
  const seen = new Set();
  const queue = [metadata.resolve.root];
  while (queue.length > 0) {
    const id = queue.pop();
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) if (kinds.some(({ kind }) => kind === null)) queue.push(pkg);
  }
  return [...seen].map((id) => byId.get(id));
}

test("serde_json keeps numbers as numbers and shows no raw text", () => {
  const uses = [...nodes.values()].filter(({ id }) => byId.get(id).name === "serde_json");
  assert.ok(uses.length > 0);
  for (const { features } of uses) {
    for (const banned of ["arbitrary_precision", "raw_value"]) assert.ok(!features.includes(banned), `serde_json/${banned} is on`);
  }
});

test("no source of randomness, no clock, no network among the crates that ship", () => {
  const names = shipped().map(({ name }) => name);
  for (const banned of ["getrandom", "rand", "chrono", "tokio", "reqwest", "hyper", "openssl", "ring", "jsonwebtoken"]) {
    assert.ok(!names.includes(banned), `${banned} is in the product`);
  }
});

test("we ask for no symmetric signatures", () => {
  const own = byId.get(metadata.resolve.root).dependencies.map(({ name }) => name);
  for (const banned of ["hmac", "aes", "aes-gcm"]) assert.ok(!own.includes(banned));
});

const LICENCES = readFileSync(at("tests", "deny.toml"), "utf8").match(/^allow = \[([^\]]*)\]/m)[1].match(/"[^"]+"/g).map((text) => text.slice(1, -1));

/** SPDX, as crates write it: one of a choice must be allowed, all of an `AND`. */
function allowed(licence) {
  const text = licence.replaceAll("/", " OR ").replace(/\s+/g, " ");
  const every = (expression) => expression.split(" AND ").every((part) => one(part.trim().replace(/^\(|\)$/g, "")));
  const one = (expression) => expression.split(" OR ").some((name) => LICENCES.includes(name.trim().replace(/^\(|\)$/g, "")));
  return text.includes(" AND ") ? every(text) : one(text);
}

test("every crate's licence is on the list", () => {
  for (const { name, license } of metadata.packages) assert.ok(license && allowed(license), `${name}: ${license}`);
});

test("every crate comes from crates.io with its checksum", () => {
  const outside = metadata.packages.filter(({ id, source }) => id !== metadata.resolve.root && source !== "registry+https://github.com/rust-lang/crates.io-index");
  assert.deepEqual(outside.map(({ name }) => name), []);
  const entries = readFileSync(at("Cargo.lock"), "utf8").split("[[package]]").slice(1).filter((entry) => entry.includes("source ="));
  for (const entry of entries) assert.match(entry, /checksum = "[0-9a-f]{64}"/);
});

test("the wasm-bindgen crate is pinned to one version", () => {
  const { dependencies } = byId.get(metadata.resolve.root);
  assert.match(dependencies.find(({ name }) => name === "wasm-bindgen").req, /^=\d+\.\d+\.\d+$/);
});

test("the npm package depends on nothing, and every npm package has its hash", () => {
  const manifest = JSON.parse(readFileSync(at("pkg", "package.json"), "utf8"));
  for (const field of ["dependencies", "peerDependencies", "optionalDependencies", "bundledDependencies"]) assert.equal(manifest[field], undefined);
  for (const hook of ["preinstall", "install", "postinstall", "prepare"]) assert.equal(manifest.scripts?.[hook], undefined);
  const { packages } = JSON.parse(readFileSync(at("package-lock.json"), "utf8"));
  for (const [name, entry] of Object.entries(packages)) {
    if (name.startsWith("node_modules/") && !entry.link) assert.match(entry.integrity ?? "", /^sha512-/, name);
  }
});
