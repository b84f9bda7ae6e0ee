// The native program says what the JavaScript one says, byte for byte, and neither grows with a long list.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { at } from '../../tools/run.mjs';
import { plain } from '../../tools/setup.mjs';
import { configFor, credential, ISS, jws, newKey, NOW } from './issuer.mjs';
import { longList, PROGRAMS } from './lines.mjs';

/** The JavaScript one may hold no more than 48 MiB of its own; the native one is built without optimisation here, and is asked for fewer lines. */
const LISTS = { node: { program: [PROGRAMS.node[0], '--max-old-space-size=48', PROGRAMS.node[1]], lines: 200_000 }, native: { program: PROGRAMS.native, lines: 20_000 } };
/** What a long list may add to the peak that a tenth of it has, in KiB: a collector's pages not given back yet. */
const GROWTH = 64 * 1024;

const env = Object.fromEntries(Object.entries({ ...process.env, ...plain }).filter(([, value]) => value !== undefined));
const folder = mkdtempSync(join(tmpdir(), 'eid-native-'));
before(() => execFileSync('cargo', ['build', '--locked', '--quiet', '--features', 'cli', '--bin', 'eid-verifier'], { cwd: at(), env, stdio: 'pipe' }), { timeout: 600_000 });
after(() => rmSync(folder, { recursive: true, force: true }));

const file = (name, content) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const run = ([program, ...first], words, input = '') =>
  new Promise((resolve) => {
    const child = execFile(program, [...first, ...words], { maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => resolve({ code: error ? error.code : 0, out, err: err.replace(/: .*\[/s, ': […] [') }));
    child.stdin.on('error', () => {}); // a program that wants no input may be gone
    child.stdin.end(input);
  });

test('both command lines: the same bytes and the same exit codes', { timeout: 300_000 }, async () => {
  const key = newKey();
  const config = configFor(key);
  const good = credential(key);
  const rich = credential(key, { claims: { travel: { z: 1, a: [1, 2.5, 'x'], n: null } }, disclosed: { name: '\u001b]0;owned\u0007\u009b31m\u202eMẪU "quoted" \\ \n', gender: 'male' } });
  const trust = file('trust.json', JSON.stringify(config));
  const strict = file('strict.json', JSON.stringify({ ...config, policy: {} }));
  const issuers = file('issuers.json', JSON.stringify(config.trust.issuers));
  const goodFile = file('good.jwt', `${good}\r\n`);
  const richFile = file('rich.jwt', rich);
  const badFile = file('bad.jwt', good.slice(0, -9));
  const status = file('status.jwt', jws({ alg: 'EdDSA', typ: 'statuslist+jwt', kid: key.kid }, { iss: ISS, sub: 'https://status.specimen.example/1', iat: NOW - 60, status_list: { bits: 1, lst: 'eNrbuRgAAhcBXQ' } }, key));
  const binary = file('binary.cbor', Buffer.from([0xd2, 0x84, 0x43, 0, 1, 2]));
  const lines = file('lines.txt', `${good}\nbroken\n\n${good}\r\n${'é'.repeat(40)}\n`);
  const zone = file('zone.txt', 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n');
  const sod = file('sod.bin', Buffer.from([0x77, 3, 0x30, 1, 0])); // begins as EF.SOD does, and is none
  const dg1 = file('dg1.bin', Buffer.from([0x61, 2, 0x5f, 0x1f]));
  const response = file('response.bin', Buffer.alloc(128, 7));
  const at = ['--now', String(NOW)];
  const rows = [
    ...[[], ['--json'], ['--claims'], ['--language', 'en'], ['--claims', '--json', '--language=en']].flatMap((how) => [
      ['verify', goodFile, badFile, richFile, '--trust', trust, ...how, ...at],
      ['verify', '--lines', lines, '--trust', trust, ...how, ...at],
      ['mrz', zone, ...how.filter((word) => word !== '--claims'), '--now', '1300000000'],
      ['status', status, badFile, '--trust', trust, ...how.filter((word) => word !== '--claims'), ...at],
    ]),
    ['verify', goodFile, '--trust', strict, ...at],
    ['verify', goodFile, '--trust', issuers, '--policy', '{"status":"ignore"}', '--level', '2', ...at],
    ['verify', goodFile, '--trust', trust, '--nonce', 'n', '--audience', 'https://page.example', '--json', ...at],
    ['verify', goodFile, '--trust', trust, '--status-list', status, '--json', ...at],
    ['verify', goodFile, '--trust', trust, '--now', '2026-11-18T10:00:00+07:00', '--json'],
    ['verify', binary, '--trust', trust, '--json', ...at],
    ['verify', goodFile, '--trust', trust, '--status-list', binary, '--json', ...at],
    ['inspect', goodFile, badFile, binary],
    ...[[], ['--json']].flatMap((how) => [[], ['--credential', goodFile], ['--mrz', zone], ['--challenge', '0011223344556677', '--response', response]].map((more) => ['chip', sod, dg1, '--trust', trust, ...more, ...how, ...at])),
    ['chip', sod, dg1], ['chip', sod, sod, '--trust', trust], ['chip', goodFile, '--trust', trust], ['chip', sod, '--trust', trust, '--challenge', '00'], ['chip', sod, '--trust', trust, '--challenge', '00', '--response', response],
    ['verify'], ['verify', goodFile], ['verifi', goodFile], ['verify', goodFile, '--nonse', 'x', '--trust', trust], ['verify', goodFile, '--trust', trust, '--nonce'],
    ['verify', join(folder, 'none.jwt'), '--trust', trust, ...at], ['verify', goodFile, '--trust', trust, '--now', 'today'], ['verify', goodFile, '--trust', trust, '--level', '7', ...at],
    ['verify', '-', '-', '--trust', trust], ['verify', '--lines', folder, '--trust', trust], ['verify', '--lines', join(folder, 'none'), '--trust', trust], ['--help'], ['--version'], [],
  ];
  for (const words of rows) {
    const [js, native] = await Promise.all([run(PROGRAMS.node, words), run(PROGRAMS.native, words)]);
    assert.deepEqual(native, js, words.join(' '));
    assert.ok([0, 1, 2, 3].includes(js.code), words.join(' '));
  }
  for (const name of ['node', 'native']) assert.equal((await run(PROGRAMS[name], ['verify', '-', '--trust', trust, ...at], good)).code, 0, name);
});

for (const [name, { program, lines }] of Object.entries(LISTS)) {
  test(`${lines.toLocaleString('en')} lines in flat memory (${name})`, { timeout: 300_000 }, async (t) => {
    const { code, count, valid, early, late } = await longList(program, lines);
    assert.deepEqual([code, count, valid], [1, lines, lines / 20]);
    if (early === undefined) return t.skip('this system does not tell the peak of memory');
    t.diagnostic(`at most ${Math.round(early / 1024)} MiB after a tenth, ${Math.round(late / 1024)} MiB at the end`);
    assert.ok(late - early < GROWTH, `${early} KiB grew to ${late} KiB`);
  });
}
