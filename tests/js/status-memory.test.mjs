// What a status list costs in linear memory, which never shrinks: stated in src/document/status_list.rs, and held here.
import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { deflateSync } from 'node:zlib';
import { keys, pin, ISSUER, STATUS_URI } from '../../tools/authority/authority.mjs';
import { seeded } from '../../tools/authority/bytes.mjs';
import { dataUrl, statusListCwt } from '../../tools/authority/cwt.mjs';
import { statusList } from '../../tools/authority/lists.mjs';
import { NOW } from '../../tools/authority/people.mjs';
import { createGlue } from '../../pkg/wasm/full/glue.js';

const MIB = 2 ** 20;
const module = new WebAssembly.Module(readFileSync(new URL('../../pkg/wasm/full/eid_verifier_bg.wasm', import.meta.url)));
const config = JSON.stringify({ now: NOW, trust: { issuers: [pin(ISSUER, [keys.issuer])] } });

/** 1 % of the entries locked, anywhere. */
function entries(bytes) {
  const out = new Uint8Array(bytes);
  const chance = seeded('locked', 4096);
  for (let at = 0, step = 0; at < out.length; step += 1, at += 8 + (chance[step % 4096] % 32)) out[at] = 1 << (chance[(step * 7) % 4096] & 7);
  return out;
}

const once = (make) => {
  let made;
  return () => (made ??= make());
};
const packed = (make, level = 9) => once(() => deflateSync(make(), { level }).toString('base64url'));
/** The entries of each list, deflated once for both forms. */
const SHARD = packed(() => entries(2 * 2 ** 20 / 8));
const COUNTRY = packed(() => entries(16 * MIB), 6);
const BOMB = packed(() => new Uint8Array(16 * MIB + 1));
/** What no compressor makes smaller, the same in every run: a cipher's key stream. */
const NOISE = packed(() => createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(16 * MIB)), 0);

const base = { iss: ISSUER, iat: NOW - 60 };
const jwt = (lst) => statusList(keys.issuer, { ...base, uri: STATUS_URI, bits: 1, lst });
const cwt = (lst) => dataUrl(statusListCwt(keys.issuer, { ...base, sub: STATUS_URI, status_list: { bits: 1, lst } }));

function grown(list, updates = 6) {
  const glue = createGlue();
  const instance = new WebAssembly.Instance(module, glue.imports);
  glue.attach(instance);
  const size = () => instance.exports.memory.buffer.byteLength;
  const engine = new glue.Engine(config, [], [], NOW);
  const empty = size();
  const after = [];
  for (let again = 0; again < updates; again += 1) {
    const [report] = JSON.parse(engine.update(JSON.stringify({ statusLists: [list] }), NOW));
    assert.ok(['valid', 'invalid'].includes(report.verdict));
    after.push({ code: report.codes[0], grown: size() - empty });
  }
  return { token: list.length, code: after[0].code, first: after[0].grown, peak: after.at(-1).grown };
}

for (const [name, form] of [['JWT', jwt], ['CWT', cwt]]) {
  test(`a shard of 2^20 entries, ${name}: under 2 MiB, however often it is renewed`, (t) => {
    const { token, first, peak, code } = grown(form(SHARD()), 60);
    t.diagnostic(`token ${(token / 1024).toFixed(0)} KiB, first +${(first / MIB).toFixed(1)} MiB, peak +${(peak / MIB).toFixed(1)} MiB`);
    assert.equal(code, undefined);
    assert.ok(peak <= 2 * MIB, `${peak}`);
  });

  test(`2^27 entries, ${name}: under six times the token and 43 KiB for each MiB of entries`, (t) => {
    const { token, first, peak, code } = grown(form(COUNTRY()), 12);
    t.diagnostic(`token ${(token / MIB).toFixed(1)} MiB, first +${(first / MIB).toFixed(1)} MiB, peak +${(peak / MIB).toFixed(1)} MiB`);
    assert.equal(code, undefined);
    assert.ok(peak <= 6 * token + 2 * MIB, `${peak}`);
  });

  test(`a bomb, ${name}: 16 MiB and one byte of nothing is refused in 64 KiB`, (t) => {
    const { token, peak, code } = grown(form(BOMB()));
    t.diagnostic(`token ${(token / 1024).toFixed(0)} KiB, peak +${(peak / MIB).toFixed(2)} MiB`);
    assert.equal(code, 'status_list_too_large');
    assert.ok(peak <= 6 * token + 256 * 1024, `${peak}`);
  });

  test(`noise at the ceiling, ${name}: the dearest list there is`, (t) => {
    const { token, peak, code } = grown(form(NOISE()), 3);
    t.diagnostic(`token ${(token / MIB).toFixed(1)} MiB, peak +${(peak / MIB).toFixed(1)} MiB`);
    assert.ok(code === undefined || code === 'status_list_too_large');
    assert.ok(peak <= 6 * token + 2 * MIB, `${peak}`);
  });
}
