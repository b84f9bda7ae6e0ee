// Chips through the package in Node: rows L of the bad inputs with their twins, and the German master list, as natively (tests/emrtd.rs).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as full from '../../pkg/node.js';
import * as core from '../../pkg/core-node.js';

const file = (name) => readFileSync(new URL(`../vectors/${name}`, import.meta.url));
const bytes = (text) => Uint8Array.from(Buffer.from(text, 'base64'));
const rows = JSON.parse(file('attacks/l.json'));

function judge({ Verifier }, { config, options, input }) {
  const { csca = [], masterLists = [] } = config.trust;
  const verifier = new Verifier({ ...config, now: options.now, trust: { ...config.trust, csca: csca.map(bytes), masterLists: masterLists.map(bytes) } });
  try {
    const dataGroups = Object.fromEntries(Object.entries(input.dataGroups).map(([number, group]) => [number, bytes(group)]));
    return verifier.verify({ ...input, dataGroups, ...(input.sod === undefined ? {} : { sod: bytes(input.sod) }) }, options);
  } finally {
    verifier.free();
  }
}

// the door counts groups from 1 to 16 itself, and wants a chip to have something in it: two rows end at the door, with its own codes
const OF_THE_DOOR = new Set(['l245-dg0', 'l253-empty']);

test('rows L in Node', async () => {
  await full.init();
  const wrong = [];
  for (const row of rows) {
    const report = judge(full, row);
    if (OF_THE_DOOR.has(row.id)) {
      assert.equal(report.verdict, 'invalid', row.id);
      continue;
    }
    const same = report.verdict === row.expect.verdict && JSON.stringify(report.codes) === JSON.stringify(row.expect.codes);
    if (!same) wrong.push(`${row.id}: ${report.verdict} ${report.codes} instead of ${row.expect.verdict} ${row.expect.codes}`);
    assert.equal('holder' in report, report.verdict === 'valid', row.id);
    assert.equal(report.checks.at(-1).code, 'clone_not_excluded', row.id);
  }
  assert.deepEqual(wrong, []);
});

test('the small build says that chips are not in it', async () => {
  await core.init();
  const report = judge(core, rows[0]);
  assert.deepEqual([report.verdict, report.codes], ['indeterminate', ['not_in_build']]);
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
