// Zones and chips on the command line: rows K and L of the bad inputs, the verdicts and codes that every other runtime gives.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { run } from '../../pkg/bin/eid-verifier.js';

const rows = (name) => JSON.parse(readFileSync(new URL(`../vectors/attacks/${name}`, import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'eid-documents-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const EXIT = { valid: 0, invalid: 1, indeterminate: 3 };

let written = 0;
const file = (content) => {
  const path = join(folder, String((written += 1)));
  writeFileSync(path, content);
  return path;
};
const binary = (text) => file(Buffer.from(text, 'base64'));

async function told(words) {
  const texts = { out: '', err: '' };
  const stream = (name) => ({ isTTY: false, write: (text) => { texts[name] += text; return true; } });
  const code = await run(words, { out: stream('out'), err: stream('err') });
  return { code, ...texts };
}

test('rows K on the command line', async () => {
  for (const { id, input, now, expect } of rows('k.json')) {
    if (/[\r\n]$|[^\x20-\x7e\n]/.test(input)) continue; // a file's last line end is no part of a zone, and a byte order mark is the editor's
    const { code, out } = await told(['mrz', file(input), '--now', String(now), '--json']);
    const { report } = JSON.parse(out);
    assert.deepEqual([code, report.verdict, report.codes], [EXIT[expect.verdict], expect.verdict, expect.codes], id);
  }
});

/** Files that a reader made are told apart by their first byte: what has another is refused before it is judged. */
const OF_NO_KIND = new Set(['l244-dg-empty', 'l245-dg0', 'l253-no-77', 'l253-garbage', 'l253-empty', 'l300-chip-authentication', 'l300-wrong-tag-dg15']);

test('rows L on the command line', async (t) => {
  let judged = 0;
  for (const { id, config, options, input, expect } of rows('l.json')) {
    if (OF_NO_KIND.has(id) || Object.keys(input.dataGroups).length + (input.sod === undefined ? 0 : 1) === 0) continue;
    const { csca = [], masterLists = [], ...trust } = config.trust;
    const words = ['chip', ...(input.sod === undefined ? [] : [binary(input.sod)]), ...Object.values(input.dataGroups).map(binary), '--json', '--now', String(options.now)];
    words.push('--trust', file(JSON.stringify({ ...config, trust })), ...csca.flatMap((text) => ['--csca', binary(text)]), ...masterLists.flatMap((text) => ['--master-list', binary(text)]));
    if (input.mrz !== undefined) words.push('--mrz', input.mrz);
    if (input.credential !== undefined) words.push('--credential', file(input.credential));
    if (input.activeAuthentication) words.push('--challenge', Buffer.from(input.activeAuthentication.challenge, 'base64').toString('hex'), '--response', binary(input.activeAuthentication.response));
    const { code, out, err } = await told(words);
    assert.ok(out !== '', `${id}: ${err}`);
    const report = JSON.parse(out);
    assert.deepEqual([code, report.verdict, report.codes], [EXIT[expect.verdict], expect.verdict, expect.codes], id);
    judged += 1;
  }
  t.diagnostic(`${judged} chips`);
  assert.ok(judged > 220);
});

test('one chip at a time, and nothing by guess', async () => {
  const [{ config, input }] = rows('l.json');
  const [sod, dg1, csca] = [binary(input.sod), binary(input.dataGroups[1]), binary(config.trust.csca[0])];
  for (const words of [['chip', sod, dg1], ['chip', sod, sod, '--csca', csca], ['chip', csca, '--csca', csca], ['chip', sod, '--csca', csca, '--challenge', '00'], ['chip', sod, '--csca', csca, '--challenge', '0011223344556677'], ['chip', '--csca', csca]]) {
    const { code, err } = await told(words);
    assert.equal(code, 2, words.join(' '));
    assert.match(err, /eid-verifier: /);
  }
  const { code, out } = await told(['chip', sod, dg1, '--csca', csca, '--now', '1795316400', '--language', 'en']);
  assert.equal(code, 0);
  assert.match(out, /clone_not_excluded/);
});
