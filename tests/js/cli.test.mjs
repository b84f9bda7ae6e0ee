// The command line, as a person or a script runs it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { configFor, credential, DISCLOSED, newKey, NOW } from './issuer.mjs';

const cli = fileURLToPath(new URL('../../pkg/bin/eid-verifier.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'eid-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = (name, content) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const run = (words, input) =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...words], { maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => resolve({ code: error ? error.code : 0, out, err }));
    child.stdin.end(input ?? '');
  });

const key = newKey();
const good = credential(key);
const config = configFor(key);
const trust = file('config.json', JSON.stringify(config));
const goodFile = file('good.jwt', `${good}\n`);
const badFile = file('bad.jwt', good.slice(0, -9));
const now = ['--now', String(NOW)];

test('exit codes: 0 valid, 1 invalid, 3 indeterminate, 2 usage', async () => {
  const strict = file('strict.json', JSON.stringify({ ...config, policy: {} }));
  const listed = credential(key, { claims: { status: { status_list: { idx: 1, uri: 'https://status.specimen.example/1' } } } });
  const rows = [
    [['verify', goodFile, '--trust', trust, ...now], 0],
    [['verify', badFile, '--trust', trust, ...now], 1],
    [['verify', goodFile, badFile, '--trust', trust, ...now], 1],
    [['verify', file('listed.jwt', listed), '--trust', strict, ...now], 3],
    [['verify', file('listed.jwt', listed), badFile, '--trust', strict, ...now], 1],
    [['verify', goodFile, '--trust', trust, '--level', '2', ...now], 0],
    [[], 2],
    [['verify'], 2],
    [['verify', goodFile], 2],
    [['verifi', goodFile], 2],
    [['verify', goodFile, '--trust', trust, '--nonse', 'x'], 2],
    [['verify', goodFile, '--trust', trust, '--nonce'], 2],
    [['verify', join(folder, 'none.jwt'), '--trust', trust], 2],
    [['verify', goodFile, '--trust', join(folder, 'none.json')], 2],
    [['verify', goodFile, '--trust', trust, '--now', 'today'], 2],
    [['verify', goodFile, '--trust', trust, '--level', '7'], 2],
    [['verify', goodFile, '--trust', file('misspelt.json', '{"trust": {"issuer": []}}')], 2],
    [['verify', '-', '-', '--trust', trust], 2],
    [['--help'], 0],
    [['--version'], 0],
  ];
  await Promise.all(
    rows.map(async ([words, code]) => {
      const got = await run(words);
      assert.equal(got.code, code, `${words.join(' ')}\n${got.out}${got.err}`);
      if (code === 2 && words.length > 0) assert.match(got.err, /^eid-verifier: .+\n$/);
      assert.doesNotMatch(got.out + got.err, /\u001b\[|\n\s+at /, 'no colours and no stack in a pipe');
    }),
  );
});

test('standard input, JSON, languages, and no personal data unless asked for', async () => {
  const json = await run(['verify', '-', '--trust', trust, '--json', ...now], good);
  assert.equal(json.code, 0);
  const report = JSON.parse(json.out);
  assert.deepEqual([report.input, report.verdict, report.holder.claims.name], ['-', 'valid', DISCLOSED.name]);
  const vi = await run(['verify', goodFile, '--trust', trust, ...now]);
  assert.match(vi.out, /^HỢP LỆ {2}/);
  assert.doesNotMatch(vi.out, /NGUYỄN/);
  const en = await run(['verify', badFile, '--trust', trust, '--language', 'en', ...now]);
  assert.match(en.out, /^INVALID {2}/);
  assert.match(en.out, /✗ .*\[\w+\]/);
  const claims = await run(['verify', goodFile, '--trust', trust, '--claims', ...now]);
  assert.match(claims.out, /NGUYỄN VĂN MẪU/);
});

test('claims cannot steer the terminal', async () => {
  const evil = credential(key, { disclosed: { name: '\u001b]0;owned\u0007\u009b31m\u202eMẪU' } });
  for (const how of [['--claims'], ['--json']]) {
    const { out } = await run(['verify', file('evil.jwt', evil), '--trust', trust, ...how, ...now]);
    assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    assert.match(out, /MẪU/);
  }
});

test('trust may come as issuers alone, as the trust part, or beside a policy', async () => {
  const loose = ['--policy', '{"status":"ignore"}', ...now];
  for (const [name, value] of Object.entries({ 'issuers.json': config.trust.issuers, 'trust.json': config.trust, 'whole.json': { trust: config.trust } })) {
    assert.equal((await run(['verify', goodFile, '--trust', file(name, JSON.stringify(value)), ...loose])).code, 0, name);
  }
});

test('inspect and mrz', async () => {
  const seen = await run(['inspect', goodFile]);
  assert.equal(seen.code, 0);
  assert.equal(JSON.parse(seen.out).verified, false);
  assert.equal((await run(['inspect', file('empty', '')])).code, 1);
  const zone = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n'; // Doc 9303-4, Appendix A
  const read = await run(['mrz', '-', '--json', '--now', '1300000000'], zone);
  assert.equal(read.code, 3, 'lines alone prove nothing');
  assert.equal(JSON.parse(read.out).documentNumber, 'L898902C3');
  assert.equal((await run(['mrz', '-'], zone.replace('L898902C36', 'L898902C37'))).code, 1);
});
