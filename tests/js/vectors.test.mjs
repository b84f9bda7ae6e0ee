// The catalogue of bad input through the package in Node, and the kit that makes it: the same files as natively and in Chromium.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { execFileSync } from 'node:child_process';
import * as full from '../../pkg/node.js';
import * as core from '../../pkg/core-node.js';
import { repositoryFiles } from '../../tools/authority/main.mjs';
import { faultOf, run, runTable } from './catalogue.mjs';
import { judgeChip } from './documents.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));
const sections = readdirSync(join(root, 'tests/vectors/attacks')).filter((name) => /^[a-j]\.json$/.test(name)).sort();

for (const [name, door] of [['full', full], ['core', core]]) {
  test(`the catalogue in Node (${name})`, async (t) => {
    await door.init();
    for (const file of sections) {
      await t.test(file, (t) => {
        const { faults, cases } = run(door, read(`tests/vectors/attacks/${file}`));
        t.diagnostic(`${cases} cases`);
        assert.deepEqual(faults, []);
      });
    }
  });
}

for (const [name, door] of [['full', full], ['core', core]]) {
  test(`every MUST of SD-JWT, kept and broken, in Node (${name})`, async (t) => {
    await door.init();
    const letters = Object.fromEntries(sections.map((file) => [file[0], read(`tests/vectors/attacks/${file}`)]));
    const { rows, faults } = runTable(door, read('tests/vectors/sd-jwt/musts.json'), letters);
    t.diagnostic(`${rows} clauses`);
    assert.deepEqual(faults, []);
  });
}

test('the samples of the page are what they say', async () => {
  await full.init();
  for (const { file } of read('www/samples/index.json').samples) {
    const sample = read(`www/samples/${file}`);
    assert.equal(faultOf(full, { ...sample, options: { ...sample.options, now: sample.now } }), undefined, file);
  }
  for (const { file } of read('www/samples/index.json').chips) {
    const sample = read(`www/samples/${file}`);
    assert.equal(judgeChip(full, { ...sample, options: { now: sample.now } }).verdict, sample.expect.verdict, file);
  }
});

test('the kit makes the samples and vectors again, byte for byte', () => {
  for (const [name, text] of Object.entries(repositoryFiles())) {
    assert.ok(readFileSync(join(root, name), 'utf8') === text, `${name} is not what "npm run authority" makes`);
  }
});

test('the kit makes the same authority twice, in a folder of its own', () => {
  const made = [0, 1].map(() => {
    const folder = mkdtempSync(join(tmpdir(), 'authority-'));
    try {
      execFileSync(process.execPath, [join(root, 'tools/authority/main.mjs'), folder]);
      assert.ok(existsSync(join(folder, 'keys.json')));
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      return files.map((entry) => [entry.name, readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8')]).sort();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  assert.deepEqual(made[0], made[1]);
});
