// The built files stay under their ceilings, so that a heavy dependency is noticed on the day it comes in.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { at } from "../../tools/run.mjs";

const { about: _, ...ceilings } = JSON.parse(readFileSync(at("pkg", "size.json"), "utf8"));

for (const [file, { ceiling, aim }] of Object.entries(ceilings)) {
  test(`${file} is at most ${ceiling} bytes after gzip`, (t) => {
    const size = gzipSync(readFileSync(at("pkg", "wasm", file)), { level: 9 }).length;
    t.diagnostic(`${file}: ${size} bytes gzip${aim ? `, aim ${aim}` : ""}`);
    assert.ok(size <= ceiling, `${file} is ${size} bytes after gzip, ${size - ceiling} over its ceiling`);
  });
}
