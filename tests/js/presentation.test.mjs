// A vp_token through the door: each presentation judged, one nonce spent once, and the question as DCQL (OpenID4VP 1.0).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { NonceStore, Verifier } from '../../pkg/node.js';

const sample = (name) => JSON.parse(readFileSync(new URL(`../../www/samples/${name}.json`, import.meta.url), 'utf8'));
const foreigner = sample('foreigner-level-2');
const citizen = sample('citizen-level-2');
const verifier = new Verifier({ ...foreigner.config, now: foreigner.now });

test('one holder is valid, two holders are a mismatch with its sentence', () => {
  const same = verifier.verifyVpToken({ a: [foreigner.input], b: [foreigner.input] });
  assert.equal(same.verdict, 'valid');
  assert.equal(same.presentations.a[0].holder.kind, 'foreigner');
  const two = verifier.verifyVpToken({ a: [foreigner.input], b: [citizen.input] });
  assert.deepEqual([two.verdict, two.codes], ['invalid', ['cross_check_mismatch']]);
  assert.ok(two.crossCheck.message.length > 10);
});

test('whatever is handed over, there is an answer and never a valid one', () => {
  const wrong = [undefined, null, 7, 'text', [], {}, { a: 'x' }, { a: [] }, { a: [{}] }, { a: Array(33).fill(foreigner.input) }, new Proxy({}, { ownKeys() { throw new Error('no'); } })];
  for (const token of wrong) {
    const response = verifier.verifyVpToken(token);
    assert.notEqual(response.verdict, 'valid');
    assert.ok(response.codes.length > 0);
  }
  assert.deepEqual(verifier.verifyVpToken({ a: [foreigner.input] }, { nonce: undefined }).codes, ['policy_invalid']);
  assert.deepEqual(verifier.verifyVpToken({ a: [foreigner.input] }, { nonce: 'n' }).codes, ['key_binding_missing']);
});

test('the query names the types and claims that will be checked', () => {
  const query = verifier.dcqlQuery({ id: 'guest', claims: ['name'] });
  assert.equal(query.credentials[0].id, 'guest');
  assert.ok(query.credentials[0].claims.some(({ path }) => path.join('.') === 'name'));
  assert.throws(() => verifier.dcqlQuery({ idd: 'x' }), { code: 'policy_invalid' });
  assert.throws(() => verifier.dcqlQuery({ id: () => 1 }), { code: 'policy_invalid' });
});

test('a nonce store can be handed over with a response', () => {
  const nonces = new NonceStore();
  const nonce = nonces.issue();
  assert.deepEqual(verifier.verifyVpToken({ a: [foreigner.input] }, { nonce, nonces }).codes, ['key_binding_missing']);
  assert.equal(nonces.consume(nonce), true, 'a nonce is spent only when all else passed');
});
