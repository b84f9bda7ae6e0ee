// The budgets of time: ratios to peers in one interleaved run, so that a slow machine is slow for everybody. `npm run bench` measures the same and more in Chromium.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as core from '../../pkg/core-node.js';
import * as inline from '../../pkg/inline.js';
import * as compat from '../../pkg/compat.js';
import * as full from '../../pkg/node.js';
import { cases } from '../../tools/bench/cases.mjs';
import { growthGroup, mrzGroup, sdJwtGroup } from '../../tools/bench/groups.mjs';
import { measure } from '../../tools/bench/measure.mjs';

const { about, ...budgets } = JSON.parse(readFileSync(new URL('../../tools/bench/budget.json', import.meta.url), 'utf8'));
const HOW = { rounds: 7, length: 3, warmUp: 15, uses: 20 };
/** Bounds on time are broken by other programs too; a defect breaks them every time. */
const TRIES = 3;

test('no ratio to a peer is worse than its budget', async (t) => {
  for (const door of [core, inline, compat, full]) await door.init();
  const doors = { core, inline, compat, full };
  const all = cases({ distinct: 1 });
  const bound = (kind) => sdJwtGroup(all, doors, all.sdJwt.find((each) => each.count === 12 && each.kind === kind));
  const groups = { 'sd-jwt-12-none': () => bound('none'), 'sd-jwt-12-p256': () => bound('p256'), mrz: () => mrzGroup(all, doors), growth: () => growthGroup(all, doors) };
  let late = Object.keys(budgets);
  for (let again = 0; again < TRIES && late.length > 0; again += 1) {
    const results = {};
    for (const id of new Set(late.map((name) => budgets[name].group))) {
      const names = Object.values(budgets).filter(({ group }) => group === id).flatMap(({ one, other }) => [one, other]);
      const { contenders } = await groups[id]();
      const { rows } = await measure({ id, contenders: contenders.filter(({ name }) => names.includes(name)) }, HOW);
      results[id] = Object.fromEntries(rows.map(({ name, least }) => [name, least]));
    }
    late = late.filter((name) => {
      const { group, one, other, atLeast } = budgets[name];
      const ratio = results[group][one] / results[group][other];
      t.diagnostic(`${name}: ${ratio.toFixed(2)}, at least ${atLeast}`);
      return !(ratio >= atLeast);
    });
  }
  assert.deepEqual(late, []);
});
