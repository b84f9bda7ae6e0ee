// A vp_token through the door: each presentation judged, one nonce spent once, and the question as DCQL (OpenID4VP 1.0).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { NonceStore, Verifier } from '../../pkg/node.js';
import { ISSUER, credential, keys, pinned } from '../../tools/authority/authority.mjs';
import { NOW } from '../../tools/authority/people.mjs';
import { bind } from '../../tools/authority/sd-jwt.mjs';
import { unissued } from './unissued.mjs';

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

test('a response comes as an object, with its wrapper, or as JSON', () => {
  const token = { a: [foreigner.input] };
  for (const answer of [token, { vp_token: token, state: 'x' }, JSON.stringify(token), JSON.stringify({ vp_token: token, state: 'x' })]) {
    assert.equal(verifier.verifyVpToken(answer).verdict, 'valid');
  }
  assert.deepEqual(verifier.verifyVpToken(`{"a":["x"],"a":["${foreigner.input}"]}`).codes, ['json_duplicate_key']);
  assert.deepEqual(verifier.verifyVpToken('{"a":').codes, ['json_invalid']);
  assert.deepEqual(verifier.verifyVpToken({ vp_token: { a: foreigner.input } }).codes, ['structure_invalid']);
  assert.equal(verifier.verifyVpToken({ vp_token: [foreigner.input] }).verdict, 'valid', 'here vp_token is the id of a query');
});

const NONCE = 'SPECIMEN-nonce';
const ORIGIN = 'https://verifier.specimen.example';
const held = (audience, { person = 'citizen-2', nonce = NONCE, holder = keys.holder, claims } = {}) =>
  bind(credential(person, { holder, claims }).token, holder, { iat: NOW, aud: audience, nonce });
const judge = new Verifier({ ...pinned({}, [{ iss: ISSUER, keys: [keys.issuer.publicJwk()] }]), now: NOW });

test('an answer of the Digital Credentials API is bound to the origin, signed request or not', () => {
  const bound = held(`origin:${ORIGIN}`);
  for (const protocol of ['openid4vp-v1-unsigned', 'openid4vp-v1-signed', 'openid4vp-v1-multisigned']) {
    for (const data of [{ vp_token: { eid: [bound] } }, JSON.stringify({ vp_token: { eid: [bound] } })]) {
      assert.deepEqual(judge.verifyVpToken({ protocol, data }, { nonce: NONCE, origin: ORIGIN }).codes, []);
      assert.deepEqual(judge.verifyVpToken({ protocol, data }, { nonce: NONCE, audience: `origin:${ORIGIN}` }).codes, []);
      assert.deepEqual(judge.verifyVpToken({ protocol, data }, { nonce: NONCE, audience: ORIGIN }).codes, ['key_binding_audience_mismatch']);
      assert.deepEqual(judge.verifyVpToken({ protocol, data }, { nonce: NONCE, origin: `${ORIGIN}:444` }).codes, ['key_binding_audience_mismatch']);
      assert.deepEqual(judge.verifyVpToken({ protocol, data }, { nonce: 'other', origin: ORIGIN }).codes, ['key_binding_nonce_mismatch']);
      assert.deepEqual(judge.verifyVpToken({ protocol, data }, { nonce: NONCE }).codes, ['policy_invalid'], 'nobody knows the origin');
    }
  }
  const plain = { eid: [held(ORIGIN)] };
  assert.deepEqual(judge.verifyVpToken({ protocol: 'openid4vp-v1-unsigned', data: { vp_token: plain } }, { nonce: NONCE, origin: ORIGIN }).codes, ['key_binding_audience_mismatch']);
  assert.deepEqual(judge.verifyVpToken(plain, { nonce: NONCE, audience: ORIGIN }).codes, []);
  const mdoc = judge.verifyVpToken({ protocol: 'org-iso-mdoc', data: { response: 'AA' } }, { nonce: NONCE });
  assert.deepEqual([mdoc.verdict, mdoc.codes], ['indeterminate', ['not_in_build']]);
  assert.deepEqual(judge.verifyVpToken({ protocol: 'openid4vp', data: { vp_token: plain } }).codes, ['structure_invalid']);
  class DigitalCredential { get protocol() { return 'openid4vp-v1-unsigned'; } get data() { return { vp_token: { eid: [bound] } }; } }
  assert.equal(judge.verifyVpToken(new DigitalCredential(), { nonce: NONCE, origin: ORIGIN }).verdict, 'valid');
  assert.equal(judge.verifyVpToken({ get protocol() { throw new Error('no'); } }).verdict, 'invalid');
});

test('each presentation needs its own nonce and audience', () => {
  const good = held(ORIGIN);
  const asked = { nonce: NONCE, audience: ORIGIN };
  const again = held(ORIGIN, { claims: { sub: 'SPECIMEN-OTHER' } });
  assert.deepEqual(judge.verifyVpToken({ a: [good], b: [again] }, asked).codes, []);
  assert.deepEqual(judge.verifyVpToken({ a: [good], b: [held(ORIGIN, { nonce: 'other' })] }, asked).codes, ['key_binding_nonce_mismatch']);
  assert.deepEqual(judge.verifyVpToken({ a: [good, held('https://other.specimen.example')] }, asked).codes, ['key_binding_audience_mismatch']);
  assert.deepEqual(judge.verifyVpToken({ a: [good], b: [credential('citizen-2').token] }, asked).codes, ['key_binding_missing']);
  // one holder: the same key, the same names, the same birth date
  for (const [name, other] of [['key', held(ORIGIN, { holder: keys.holderP256 })], ['name', held(ORIGIN, { claims: { name: 'TRẦN VĂN MẪU' } })], ['birthdate', held(ORIGIN, { claims: { birthdate: '1990-03-16' } })]]) {
    const response = judge.verifyVpToken({ a: [good], b: [other] }, asked);
    assert.equal(response.codes.at(-1), 'cross_check_mismatch', name);
    assert.equal(response.verdict, 'invalid');
  }
});

test('of two responses with one nonce one is believed', async () => {
  const nonces = new NonceStore();
  const nonce = nonces.issue();
  const response = { a: [held(ORIGIN, { nonce })], b: [held(ORIGIN, { nonce })] };
  const answers = await Promise.all([0, 1, 2].map(async () => judge.verifyVpToken(response, { nonce, audience: ORIGIN, nonces })));
  assert.deepEqual(answers.map(({ verdict }) => verdict).sort(), ['invalid', 'invalid', 'valid']);
  assert.deepEqual(answers.find(({ verdict }) => verdict === 'invalid').codes, ['key_binding_replayed']);
});

test('without an issuer nothing is tried, and a certificate is no trust of its own', () => {
  const csca = new Uint8Array(readFileSync(new URL('../vectors/emrtd/VN_CSCA_6b5fa6fe45cc.cer', import.meta.url)));
  for (const [about, wanted, code] of unissued({ Verifier }, { ...foreigner, csca })) assert.equal(code, wanted, about);
});
