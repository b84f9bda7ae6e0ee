// What is inside the built wasm: the first feature set only, no path of the machine that built it, and in core nothing that only full may hold.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import test from "node:test";
import { at, root } from "../../tools/run.mjs";
import { features, sections } from "../../tools/wasm.mjs";

const FLAVOURS = ["core", "full"];
const path = (flavour) => at("pkg", "wasm", flavour, "eid_verifier_bg.wasm");
const load = (flavour) => readFileSync(path(flavour));

for (const flavour of FLAVOURS) {
  test(`${flavour}: wasm-opt accepts it with nothing but WebAssembly's first features`, () => {
    const wasmOpt = at("node_modules", "binaryen", "bin", "wasm-opt");
    execFileSync(process.execPath, [wasmOpt, "--mvp-features", "--emit-target-features", path(flavour), "-o", "/dev/null"], { stdio: "pipe" });
  });

  test(`${flavour}: no feature asked for, one table of functions, nothing but code and data`, () => {
    const bytes = load(flavour);
    assert.deepEqual(features(bytes), []);
    assert.deepEqual(sections(bytes).filter(({ id }) => id === 0).map(({ name }) => name), []);
    const table = sections(bytes).find(({ id }) => id === 4);
    assert.deepEqual([...bytes.subarray(table.body, table.body + 2)], [1, 0x70], "one table, and it holds functions (0x70), not externref (0x6f)");
    assert.ok(!sections(bytes).some(({ id }) => id > 11), "no data count (12), no tags (13)");
  });

  test(`${flavour}: imports come from the glue alone, and it exports its memory`, () => {
    const module = new WebAssembly.Module(load(flavour));
    assert.deepEqual([...new Set(WebAssembly.Module.imports(module).map(({ module: from }) => from))], ["./eid_verifier_bg.js"]);
    const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
    assert.ok(exported.includes("memory"));
  });

  test(`${flavour}: no path of this machine`, () => {
    const text = load(flavour).toString("latin1");
    for (const trace of [root, homedir(), "/.cargo/", "/.rustup/"]) {
      if (trace !== "/") assert.ok(!text.includes(trace), `${trace} is in the wasm`);
    }
  });
}

/** Object identifiers in DER, as they stand in the data of a build that reads certificates. */
const OIDS = {
  "rsaEncryption (RFC 8017 A.1)": "2a864886f70d010101",
  "id-signedData (RFC 5652 §5.1)": "2a864886f70d010702",
  "id-icao-mrtd-security-ldsSecurityObject (ICAO 9303-10)": "678108010101",
};
const WORDS = ["sod.format", "sod.signature", "signer.trust", "signer.time", "dg.hash", "dg1.mrz"];

test("core carries nothing of the chip's path", () => {
  const bytes = load("core");
  const text = bytes.toString("latin1");
  for (const word of WORDS) assert.ok(!text.includes(word), `"${word}" is in the core wasm`);
  for (const [name, hex] of Object.entries(OIDS)) assert.equal(bytes.indexOf(Buffer.from(hex, "hex")), -1, `${name} is in the core wasm`);
});

test("neither build names a symmetric or absent algorithm", () => {
  for (const flavour of FLAVOURS) {
    const text = load(flavour).toString("latin1");
    for (const name of ["HS256", "HS384", "HS512"]) assert.ok(!text.includes(name), `${name} is in the ${flavour} wasm`);
  }
});
