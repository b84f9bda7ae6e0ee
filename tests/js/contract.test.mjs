// The fine points of policy, options and key binding, sentence by sentence: each bad value beside its good twin.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { EidError, Verifier } from '../../pkg/node.js';
import { CITIZEN, configFor, credential, DISCLOSED, ISS, jws, newKey, NOW } from './issuer.mjs';

const key = newKey();
const holder = newKey('h');
const good = credential(key);
const first = ({ verdict, codes }) => (verdict === 'valid' ? 'valid' : codes[0]);
const ask = (token, options = {}, policy = {}) => new Verifier(configFor(key, policy)).verify(token, { now: NOW, ...options });

test('a call may tighten the policy and never loosen it', () => {
  const rows = [
    [{ minLevel: 2 }, { minLevel: 1 }, 'policy_invalid'],
    [{ minLevel: 1 }, { minLevel: 2 }, 'valid'],
    [{}, { kinds: ['citizen'] }, 'valid'],
    [{}, { kinds: ['citizen', 'organisation'] }, 'policy_invalid'],
    [{}, { kinds: [] }, 'policy_invalid'],
    [{}, { vct: [CITIZEN.vct] }, 'valid'],
    [{ vct: [CITIZEN.vct] }, { vct: ['urn:eid:vn:foreigner:1'] }, 'policy_invalid'],
    [{ requiredClaims: ['name'] }, { requiredClaims: ['name', 'gender'] }, 'valid'],
    [{ requiredClaims: ['name'] }, { requiredClaims: ['gender'] }, 'policy_invalid'],
    [{ requiredClaims: ['a.b'] }, { requiredClaims: [['a', 'b']] }, 'claim_missing'],
    [{}, { clockSkew: 0 }, 'valid'],
    [{}, { clockSkew: 61 }, 'policy_invalid'],
    [{}, { maxPresentationAge: 301 }, 'policy_invalid'],
    [{}, { maxValidity: 100 }, 'validity_too_long'],
    [{}, { maxValidity: 315_576_001 }, 'policy_invalid'],
    [{}, { status: 'require' }, 'status_missing'],
    [{ status: 'if-present' }, { status: 'ignore' }, 'policy_invalid'],
    [{ keyBinding: 'ignore' }, { keyBinding: 'if-asked' }, 'valid'],
    [{}, { keyBinding: 'ignore' }, 'policy_invalid'],
    [{}, { keyBinding: 'require' }, 'policy_invalid'], // nothing to bind to
    [{}, { law: 'ND69-2024', expiryDay: 'inclusive' }, 'valid'],
    [{}, { law: 'ND59-2022' }, 'policy_invalid'],
    [{}, { expiryDay: 'exclusive' }, 'policy_invalid'],
    [{}, { evidence: 'portrait-and-fingerprint' }, 'level_evidence_missing'],
    [{ evidence: 'portrait-and-fingerprint' }, { evidence: 'any' }, 'policy_invalid'],
    [{ allowLegacyHash: true }, { allowLegacyHash: false }, 'valid'],
    [{}, { allowLegacyHash: true }, 'policy_invalid'],
    [{ documents: 'ignore' }, { documents: 'all' }, 'valid'],
    [{}, { documents: 'ignore' }, 'policy_invalid'],
  ];
  for (const [base, policy, expected] of rows) assert.equal(first(ask(good, { policy }, base)), expected, JSON.stringify([base, policy]));
});

test('times: the skew helps iat and nbf, and never exp', () => {
  const rows = [
    [{ exp: NOW + 1 }, 'valid'],
    [{ exp: NOW }, 'expired'],
    [{ iat: NOW + 60 }, 'valid'],
    [{ iat: NOW + 61 }, 'issued_in_future'],
    [{ nbf: NOW + 60 }, 'valid'],
    [{ nbf: NOW + 61 }, 'not_yet_valid'],
    [{ iat: NOW, exp: NOW + 315_576_000 }, 'valid'],
    [{ iat: NOW, exp: NOW + 315_576_001 }, 'validity_too_long'],
    [{ iat: NOW, exp: NOW }, 'validity_inverted'],
  ];
  for (const [claims, expected] of rows) assert.equal(first(ask(credential(key, { claims }))), expected, JSON.stringify(claims));
  for (const [serverTime, expected] of [[NOW + 60, 'valid'], [NOW + 61, 'clock_untrusted'], [NOW - 61, 'clock_untrusted']]) {
    assert.equal(first(ask(good, { serverTime })), expected);
  }
});

/** A bound presentation whose key binding JWT may be bent. */
function bound({ claims = {}, header = {}, by = holder, cnf = { jwk: holder.jwk } } = {}) {
  const presentation = credential(key, cnf === null ? {} : { claims: { cnf } });
  const sdHash = createHash('sha256').update(presentation).digest('base64url');
  return presentation + jws({ alg: 'EdDSA', typ: 'kb+jwt', ...header }, { iat: NOW, nonce: 'n', aud: 'https://page.example', sd_hash: sdHash, ...claims }, by);
}

test('key binding: asked for, it is judged whole; unasked, all but its age', () => {
  const both = { nonce: 'n', audience: 'https://page.example' };
  const rows = [
    [{}, both, 'valid'],
    [{ claims: { iat: NOW - 300 } }, both, 'valid'],
    [{ claims: { iat: NOW - 301 } }, both, 'key_binding_too_old'],
    [{ claims: { iat: NOW - 301 } }, {}, 'valid'],
    [{ claims: { iat: NOW - 301 } }, { nonce: 'n' }, 'key_binding_too_old'],
    [{ claims: { iat: NOW + 60 } }, both, 'valid'],
    [{ claims: { iat: NOW + 61 } }, both, 'key_binding_in_future'],
    [{ claims: { nonce: 'm' } }, both, 'key_binding_nonce_mismatch'],
    [{ claims: { nonce: 'm' } }, { audience: both.audience }, 'valid'],
    [{ claims: { aud: 'https://page.example/' } }, both, 'key_binding_audience_mismatch'],
    [{ claims: { sd_hash: 'AAAA' } }, {}, 'key_binding_hash_mismatch'],
    [{ claims: { sd_hash: undefined } }, both, 'key_binding_invalid'],
    [{ header: { typ: 'JWT' } }, {}, 'typ_mismatch'],
    [{ by: key }, {}, 'key_binding_signature_invalid'],
    [{ cnf: { jwk: { ...holder.jwk, key_ops: ['verify'], ext: true } } }, both, 'valid'],
    [{ cnf: { kid: 'h' } }, both, 'holder_key_invalid'],
    [{ cnf: null }, both, 'holder_key_missing'],
  ];
  for (const [bend, options, expected] of rows) assert.equal(first(ask(bound(bend), options)), expected, JSON.stringify([bend.claims, bend.header, Object.keys(options)]));
  assert.equal(first(ask(good, both)), 'key_binding_missing');
  assert.equal(first(ask(bound({ by: key }), {}, { keyBinding: 'ignore' })), 'valid');
  const line = ask(bound(), { nonce: 'n' }).checks.find(({ check }) => check === 'holder.audience');
  assert.deepEqual([line.outcome, line.code], ['skip', 'not_asked']);
});

test('a configuration of the wrong shape throws, and says by its code whether a key is to blame', () => {
  const pin = (more) => ({ trust: { issuers: [{ iss: ISS, keys: [key.jwk], ...more }] } });
  const rows = [
    [pin({ maxLevel: 3 }), 'policy_invalid'],
    [pin({ maxlevel: 1 }), 'policy_invalid'],
    [pin({ kinds: ['alien'] }), 'policy_invalid'],
    [pin({ keys: [] }), 'policy_invalid'],
    [pin({ keys: [{ ...key.jwk, d: 'AAAA' }] }), 'key_invalid'],
    [pin({ keys: [{ ...key.jwk, x: `${key.jwk.x}=` }] }), 'key_invalid'],
    [pin({ keys: [{ ...key.jwk, nbf: 'x' }] }), 'key_invalid'],
    [pin({ keys: [key.jwk, { ...holder.jwk, kid: key.kid }] }), 'key_invalid'],
    [{ trust: { anchors: [key.jwk], threshold: 2 } }, 'policy_invalid'],
    [{ trust: { minVersion: '1' } }, 'policy_invalid'],
    [{ policy: { requiredClaims: 'name' } }, 'policy_invalid'],
    [{ policy: { ask: { ageAtLeast: '18' } } }, 'policy_invalid'],
    [{ relyingParty: 5 }, 'policy_invalid'],
  ];
  for (const [config, code] of rows) assert.throws(() => new Verifier(config), (error) => error instanceof EidError && error.code === code, JSON.stringify(config));
  for (const more of [{}, { maxLevel: 2 }, { kinds: ['citizen'] }, { keys: [{ ...key.jwk, alg: 'Ed25519', use: 'sig' }] }]) {
    assert.equal(first(new Verifier({ ...pin(more), policy: { status: 'ignore' } }).verify(good, { now: NOW })), 'valid', JSON.stringify(more));
  }
});

test('what a valid report carries, and what no other report does', () => {
  const report = ask(good);
  assert.deepEqual(Object.keys(report).sort(), ['account', 'checks', 'codes', 'documents', 'engine', 'format', 'holder', 'needs', 'validUntil', 'verdict', 'verifiedAt']);
  assert.deepEqual([report.codes, report.needs, report.documents, report.account], [[], [], [], { state: 'unknown', grounds: [] }]);
  assert.deepEqual([report.verifiedAt, typeof report.engine.version], ['2026-11-18T11:06:40Z', 'string']);
  assert.equal(report.holder.claims.name, DISCLOSED.name);
  const wrong = ask(credential(key, { claims: { exp: NOW, eid_level: 7 } }), { nonce: 'n' });
  assert.deepEqual(wrong.codes, ['expired', 'level_invalid', 'key_binding_missing']);
  assert.equal('holder' in wrong, false);
  const early = ask(`${good}AAAA~`);
  assert.equal(early.codes.length, 1);
  assert.ok(early.checks.slice(5).every(({ outcome, code }) => outcome === 'unknown' && code === 'not_reached'));
  assert.equal('documents' in early, false);
});
