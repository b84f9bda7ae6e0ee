// Zones and chips through the package in Node: rows K and L of the bad inputs with their twins, as natively (tests/mrz.rs, tests/emrtd.rs).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as full from '../../pkg/node.js';
import * as core from '../../pkg/core-node.js';
import { createPool } from '../../pkg/worker-node.js';
import { FLIPPED, chipOf, judgeChip, runChips, runFlipped, runZones } from './documents.mjs';

const file = (name) => readFileSync(new URL(`../vectors/${name}`, import.meta.url));
const zones = JSON.parse(file('attacks/k.json'));
const rows = JSON.parse(file('attacks/l.json'));
const rowOf = (id) => rows.find((row) => row.id === id);
const GENUINE = rowOf('l300-ec-p256-sha256');

for (const [name, door] of [['full', full], ['core', core]]) {
  test(`rows K in Node (${name})`, async (t) => {
    await door.init();
    const { faults, cases } = runZones(door, zones);
    t.diagnostic(`${cases} cases`);
    assert.deepEqual(faults, []);
  });
}

test('rows L in Node', async (t) => {
  await full.init();
  const { faults, cases } = runChips(full, rows);
  t.diagnostic(`${cases} cases`);
  assert.deepEqual(faults, []);
});

test('no turned bit is valid in Node', async (t) => {
  await full.init();
  const { faults, cases } = runFlipped(full, FLIPPED.map(rowOf), 31);
  t.diagnostic(`${cases} inputs`);
  assert.deepEqual(faults, []);
});

test('a transcript of another shape is refused at the door', async () => {
  await full.init();
  const verifier = new full.Verifier({ now: GENUINE.options.now, trust: { csca: GENUINE.config.trust.csca.map((text) => Uint8Array.from(Buffer.from(text, 'base64'))) } });
  const good = chipOf(GENUINE);
  const { challenge, response } = good.activeAuthentication;
  const codes = (activeAuthentication, more = {}) => verifier.verify({ ...good, activeAuthentication, ...more }, GENUINE.options).codes;
  assert.deepEqual(codes({ challenge, response }), []);
  assert.deepEqual(codes(undefined), []);
  const refused = ['input_type_invalid'];
  for (const wrong of [null, [], 'x', { challenge }, { response }, { challenge, response, more: 1 }, { challenge: challenge.slice(1), response }, { challenge: new Uint8Array(9), response }, { challenge: [...challenge], response }, { challenge, response: 'AA' }]) {
    assert.deepEqual(codes(wrong), refused, JSON.stringify(wrong));
  }
  assert.deepEqual(codes({ challenge, response: new Uint8Array(1025) }), ['input_too_large']);
  assert.deepEqual(codes({ challenge, response }, { chipAuthentication: {} }), [], 'one that can be verified counts');
  assert.deepEqual(codes(undefined, { chipAuthentication: { any: 'thing' } }), ['not_in_build']);
  assert.deepEqual(codes(undefined, { chipAuthentication: 'x' }), refused);
  assert.deepEqual(verifier.verify({ activeAuthentication: { challenge, response } }, GENUINE.options).codes, ['structure_invalid']);
  verifier.free();
});

test('a chip crosses to a worker with its answer', async () => {
  const { config, options } = GENUINE;
  const csca = config.trust.csca.map((text) => Uint8Array.from(Buffer.from(text, 'base64')));
  const pool = createPool({ size: 1, now: options.now, trust: { csca } });
  try {
    const good = chipOf(GENUINE);
    const report = await pool.verify(good, options);
    assert.deepEqual([report.verdict, report.checks.at(-1).outcome], ['valid', 'pass']);
    const { challenge, response } = good.activeAuthentication;
    const flipped = response.slice();
    flipped[0] ^= 1;
    assert.deepEqual((await pool.verify({ ...good, activeAuthentication: { challenge, response: flipped } }, options)).codes, ['chip_response_invalid']);
    assert.deepEqual((await pool.verify({ ...good, activeAuthentication: undefined, chipAuthentication: {} }, options)).codes, ['not_in_build']);
  } finally {
    await pool.close();
  }
});

test('the small build says that chips are not in it', async () => {
  await core.init();
  for (const row of [rows[0], GENUINE]) {
    const report = judgeChip(core, row);
    assert.deepEqual([report.verdict, report.codes], ['indeterminate', ['not_in_build']]);
  }
});

test('the German master list of 2024 is taken, and a changed one is not', async () => {
  await full.init();
  const list = Uint8Array.from(file('emrtd/DE_ML_2024-04-10-10-54-13.ml'));
  const now = 1795316400;
  const trust = (masterList) => {
    const verifier = new full.Verifier({ now, trust: { masterLists: [masterList] } });
    try {
      return verifier.trust;
    } finally {
      verifier.free();
    }
  };
  const [{ artefact, verdict, iss, taken }] = trust(list);
  assert.deepEqual([artefact, verdict, iss, taken], ['master_list', 'valid', 'DE', 525]);
  const changed = list.slice();
  changed[list.length >> 1] ^= 1;
  assert.deepEqual(trust(changed)[0].codes, ['cms_digest_mismatch']);
});
