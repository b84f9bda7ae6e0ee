// Zones and chips inside headless Chromium, through the package as a page loads it: rows K and L with their twins, and turned bits.
import assert from 'node:assert/strict';
import test from 'node:test';
import { FLIPPED } from '../js/documents.mjs';
import { blank } from './blank.mjs';

const evaluate = (page, entry, work, file, flipped) => page.evaluate(async ([entry, work, file, flipped]) => {
  const door = await import(`/pkg/${entry}`);
  await door.init();
  const documents = await import('/tests/js/documents.mjs');
  const rows = await (await fetch(`/tests/vectors/attacks/${file}`)).json();
  return flipped ? documents[work](door, rows.filter(({ id }) => flipped.includes(id)), 31) : documents[work](door, rows);
}, [entry, work, file, flipped]);

for (const [name, entry, work, file, flipped] of [
  ['rows K', 'index.js', 'runZones', 'k.json'],
  ['rows K', 'core.js', 'runZones', 'k.json'],
  ['rows L', 'index.js', 'runChips', 'l.json'],
  ['turned bits', 'index.js', 'runFlipped', 'l.json', FLIPPED],
]) {
  test(`${name} in Chromium (${entry})`, async (t) => {
    const { page, messages, close } = await blank();
    try {
      const { faults, cases } = await evaluate(page, entry, work, file, flipped);
      t.diagnostic(`${cases} cases`);
      assert.deepEqual(faults, []);
      assert.ok(cases > 100);
      assert.deepEqual(messages, [], 'the console stays empty');
    } finally {
      await close();
    }
  });
}
