// Every case of the law through the package in Node, and the sentences that go with them; the full door, the small one, the inlined one and the one without WebAssembly.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as compat from '../../pkg/compat.js';
import * as core from '../../pkg/core-node.js';
import * as inline from '../../pkg/inline.js';
import * as full from '../../pkg/node.js';
import { messages } from '../../pkg/messages.js';
import * as speech from '../../pkg/voices.js';
import { FILES, run } from './law-cases.mjs';

const data = Object.fromEntries(FILES.map((name) => [name, JSON.parse(readFileSync(new URL(`../vectors/law/${name}.json`, import.meta.url)))]));

for (const [name, door] of Object.entries({ full, core, inline, compat })) {
  test(`the law's cases in Node (${name})`, async (t) => {
    await door.init();
    const { faults, ...counts } = run(door, speech, data, Object.keys(messages.vi));
    t.diagnostic(JSON.stringify({ ...counts, grounds: counts.grounds.length }));
    assert.deepEqual(faults, []);
    assert.ok(counts.cases >= 340 && counts.deadlines >= 45 && counts.refused >= 10);
    assert.equal(counts.grounds.length, 20, 'every ground that the law knows is tried');
  });
}
