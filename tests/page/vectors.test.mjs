// The catalogue of bad input inside headless Chromium, through the package as a page loads it.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import test from 'node:test';
import { blank } from './blank.mjs';

const sections = readdirSync(new URL('../vectors/attacks', import.meta.url)).filter((name) => /^[a-j]\.json$/.test(name)).sort();

for (const entry of ['index.js', 'core.js']) {
  test(`the catalogue in Chromium (${entry})`, async (t) => {
    const { page, messages, close } = await blank();
    try {
      // a list in CBOR is read by the full build only
      for (const file of entry === 'index.js' ? [...sections, 'cwt.json'] : sections) {
        await t.test(file, async (t) => {
          const { faults, cases } = await page.evaluate(async ([entry, file]) => {
            const door = await import(`/pkg/${entry}`);
            await door.init();
            const { run } = await import('/tests/js/catalogue.mjs');
            return run(door, await (await fetch(`/tests/vectors/attacks/${file}`)).json());
          }, [entry, file]);
          t.diagnostic(`${cases} cases`);
          assert.deepEqual(faults, []);
        });
      }
      await t.test('every MUST of SD-JWT, kept and broken', async (t) => {
        const { rows, faults } = await page.evaluate(async ([entry, files]) => {
          const door = await import(`/pkg/${entry}`);
          const { runTable } = await import('/tests/js/catalogue.mjs');
          const read = async (name) => (await fetch(`/tests/vectors/${name}`)).json();
          const sections = Object.fromEntries(await Promise.all(files.map(async (file) => [file[0], await read(`attacks/${file}`)])));
          return runTable(door, await read('sd-jwt/musts.json'), sections);
        }, [entry, sections]);
        t.diagnostic(`${rows} clauses`);
        assert.deepEqual(faults, []);
      });
      assert.deepEqual(messages, [], 'the console stays empty');
    } finally {
      await close();
    }
  });
}
