// The built files stay under their ceilings, so that a heavy dependency is noticed on the day it comes in.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { at } from "../../tools/run.mjs";

const { about: _, parts: recorded, ...ceilings } = JSON.parse(readFileSync(at("pkg", "size.json"), "utf8"));

for (const [file, { ceiling, aim }] of Object.entries(ceilings)) {
  test(`${file} is at most ${ceiling} bytes after gzip`, (t) => {
    const size = gzipSync(readFileSync(at("pkg", "wasm", file)), { level: 9 }).length;
    t.diagnostic(`${file}: ${size} bytes gzip${aim ? `, aim ${aim}` : ""}`);
    assert.ok(size <= ceiling, `${file} is ${size} bytes after gzip, ${size - ceiling} over its ceiling`);
  });
}

/** What a part may grow before it is asked about: another toolchain folds functions into others' parts. */
const MARGIN = { share: 0.15, bytes: 1024 };

/** Parts of a build that are new, or grew. */
function culprits(made, known) {
  return Object.entries(made)
    .filter(([part, size]) => size > (known[part] ?? 0) * (1 + MARGIN.share) + MARGIN.bytes)
    .map(([part, size]) => `${part}: ${size} bytes of code, ${known[part] === undefined ? "never there before" : `${known[part]} when it was recorded`}`);
}

for (const [name, known] of Object.entries(recorded)) {
  test(`no part of ${name} has grown, and nothing of another build is in it`, () => {
    const made = JSON.parse(readFileSync(at("pkg", "wasm", "build.json"), "utf8")).parts[name];
    assert.deepEqual(culprits(made, known), [], "if it is meant: `npm run build -- --record`");
  });
}

test("what bleeds into core is named", () => {
  const { core, full } = JSON.parse(readFileSync(at("pkg", "wasm", "build.json"), "utf8")).parts;
  const named = culprits(full, core).map((line) => line.split(":")[0]);
  for (const crate of ["der", "minicbor", "rsa", "sha1"]) assert.ok(named.includes(crate), `${crate} is in full, not in core, and is not named`);
  assert.ok(culprits({ ...core, p256: core.p256 * 2 }, core).some((line) => line.startsWith("p256: ")));
});
