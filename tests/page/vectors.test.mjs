// The tables of vectors through the package in headless Chromium, as a page loads it: the catalogue of bad input, zones and chips, the cases of the law.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test, { after, before } from 'node:test';
import { FLIPPED } from '../js/documents.mjs';
import { FILES } from '../js/law-cases.mjs';
import { blank } from './blank.mjs';

const sections = readdirSync(new URL('../vectors/attacks', import.meta.url)).filter((name) => /^[a-j]\.json$/.test(name)).sort();

let place;
let page;
let messages;
before(async () => { place = await blank(); ({ page, messages } = await place.open()); });
after(() => place.close());

for (const entry of ['index.js', 'core.js']) {
  test(`the catalogue in Chromium (${entry})`, async (t) => {
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
  });
}

for (const [name, entry, work, file, flipped] of [
  ['rows K', 'index.js', 'runZones', 'k.json'],
  ['rows K', 'core.js', 'runZones', 'k.json'],
  ['rows L', 'index.js', 'runChips', 'l.json'],
  ['turned bits', 'index.js', 'runFlipped', 'l.json', FLIPPED],
]) {
  test(`${name} in Chromium (${entry})`, async (t) => {
    const { faults, cases } = await page.evaluate(async ([entry, work, file, flipped]) => {
      const door = await import(`/pkg/${entry}`);
      await door.init();
      const documents = await import('/tests/js/documents.mjs');
      const rows = await (await fetch(`/tests/vectors/attacks/${file}`)).json();
      return flipped ? documents[work](door, rows.filter(({ id }) => flipped.includes(id)), 31) : documents[work](door, rows);
    }, [entry, work, file, flipped]);
    t.diagnostic(`${cases} cases`);
    assert.deepEqual(faults, []);
    assert.ok(cases > 100);
    assert.deepEqual(messages, [], 'the console stays empty');
  });
}

test('without an issuer nothing is tried in Chromium, and a certificate is no trust of its own', async () => {
  const { config, now } = JSON.parse(readFileSync(new URL('../../www/samples/foreigner-level-2.json', import.meta.url), 'utf8'));
  const rows = await page.evaluate(async (sample) => {
    const door = await import('/pkg/index.js');
    await door.init();
    const { unissued } = await import('/tests/js/unissued.mjs');
    const csca = new Uint8Array(await (await fetch('/tests/vectors/emrtd/VN_CSCA_6b5fa6fe45cc.cer')).arrayBuffer());
    return unissued(door, { ...sample, csca });
  }, { config, now });
  for (const [about, wanted, code] of rows) assert.equal(code, wanted, about);
});

/** Zones and locales in which a date read by the device would be another day, another year or other digits. */
const DEVICES = [
  { timezoneId: 'Asia/Ho_Chi_Minh', locale: 'vi-VN' },
  { timezoneId: 'Pacific/Kiritimati', locale: 'th-TH-u-ca-buddhist-nu-thai' },
  { timezoneId: 'Pacific/Pago_Pago', locale: 'ar-EG-u-ca-islamic-nu-arab' },
];

for (const device of DEVICES) {
  test(`the law's cases and sentences in Chromium, ${device.timezoneId}, ${device.locale}`, async (t) => {
    const { page, messages, context } = await place.open(device);
    for (const entry of device === DEVICES[0] ? ['index.js', 'core.js', 'compat.js'] : ['core.js']) {
      await t.test(entry, async (t) => {
        const { faults, ...counts } = await page.evaluate(async ([entry, files]) => {
          const [door, speech, { messages }, { run }] = await Promise.all([import(`/pkg/${entry}`), import('/pkg/voices.js'), import('/pkg/messages.js'), import('/tests/js/law-cases.mjs')]);
          await door.init();
          const read = async (name) => [name, await (await fetch(`/tests/vectors/law/${name}.json`)).json()];
          return run(door, speech, Object.fromEntries(await Promise.all(files.map(read))), Object.keys(messages.vi));
        }, [entry, FILES]);
        t.diagnostic(JSON.stringify({ ...counts, grounds: counts.grounds.length }));
        assert.deepEqual(faults, []);
        assert.ok(counts.cases >= 340 && counts.sentences >= 1200);
        assert.equal(counts.grounds.length, 20);
        assert.deepEqual(messages, []);
      });
    }
    await context.close();
  });
}
