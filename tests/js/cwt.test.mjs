// Status lists in CWT form through the package in Node: bytes and text, with a call and held; the small build names what it cannot read.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as core from '../../pkg/core-node.js';
import * as full from '../../pkg/node.js';
import { keys, pinned, signedStatus, signedStatusCwt, statusRef } from '../../tools/authority/authority.mjs';
import { make, small } from '../../tools/authority/attacks/base.mjs';
import { dataUrl } from '../../tools/authority/cwt.mjs';
import { NOW } from '../../tools/authority/people.mjs';
import { faultOf, run } from './catalogue.mjs';

const section = JSON.parse(readFileSync(new URL('../vectors/attacks/cwt.json', import.meta.url)));
const config = { ...pinned({ status: 'require' }), now: NOW };
const holder = (idx) => make(small({ status: statusRef(idx) })).token;
const list = signedStatusCwt({ values: { 8: 1 } });
await full.init();
await core.init();

test('the cases of the catalogue (full)', () => {
  const { faults, cases } = run(full, section);
  assert.deepEqual(faults, []);
  assert.ok(cases >= 40);
});

test('the small build says that it cannot read them: never "revoked", never "valid"', () => {
  for (const each of section.cases) {
    const readable = each.options.statusLists.some((text) => !text.startsWith('data:'));
    if (readable) continue; // a list in JWT form beside: that one counts
    assert.equal(faultOf(core, { ...each, expect: { verdict: 'indeterminate', codes: ['not_in_build'] } }), undefined, each.id);
  }
  const verifier = new core.Verifier(config);
  const [report] = verifier.update({ statusLists: [list] });
  assert.deepEqual([report.verdict, report.codes], ['indeterminate', ['not_in_build']]);
  verifier.free();
});

test('bytes with a call, in an update, and of every sort of Uint8Array', () => {
  class Mine extends Uint8Array {}
  const offset = new Uint8Array(list.length + 7);
  offset.set(list, 5);
  for (const bytes of [list, Buffer.from(list), Mine.from(list), offset.subarray(5, 5 + list.length), dataUrl(list)]) {
    const verifier = new full.Verifier(config);
    assert.equal(verifier.verify(holder(7), { statusLists: [bytes] }).verdict, 'valid');
    assert.deepEqual(verifier.verify(holder(8), { statusLists: [bytes] }).codes, ['revoked']);
    const [report] = verifier.update({ statusLists: [bytes] });
    assert.deepEqual([report.artefact, report.verdict, report.uri], ['status_list', 'valid', 'https://status.specimen.example/lists/1']);
    assert.equal(verifier.verify(holder(7)).verdict, 'valid');
    assert.deepEqual(verifier.verify(holder(8)).codes, ['revoked']);
    verifier.free();
  }
});

test('what is no Uint8Array and no text is refused', () => {
  const verifier = new full.Verifier(config);
  const shared = new Uint8Array(new SharedArrayBuffer(8));
  for (const bad of [list.buffer, new DataView(list.buffer), new Uint16Array(4), [...list], null, undefined, {}, shared, new Proxy(list, {})]) {
    assert.deepEqual(verifier.verify(holder(7), { statusLists: [bad] }).codes, ['policy_invalid']);
    assert.deepEqual(verifier.update({ statusLists: [bad] })[0].codes, ['policy_invalid']);
  }
  assert.equal(verifier.verify(holder(7), { statusLists: [list] }).verdict, 'valid');
  verifier.free();
});

test('above the ceiling the engine says so, before it reads anything', () => {
  const verifier = new full.Verifier(config);
  const [report] = verifier.update({ statusLists: [new Uint8Array(18 * 1024 * 1024 + 1)] });
  assert.deepEqual(report.codes, ['status_list_too_large']);
  const [below] = verifier.update({ statusLists: [new Uint8Array(18 * 1024 * 1024)] });
  assert.deepEqual(below.codes, ['status_list_invalid']);
  verifier.free();
});

test('both forms of one list give one report', () => {
  const verifier = new full.Verifier(config);
  for (const idx of [7, 8]) {
    const [jwt, cwt] = [signedStatus({ values: { 8: 1 } }), list].map((form) => verifier.verify(holder(idx), { statusLists: [form] }));
    assert.deepEqual(jwt, cwt);
  }
  verifier.free();
  assert.equal(keys.issuer.alg, 'EdDSA');
});
