// What the door does by itself, over an engine that understands a few words (fake.mjs).
import assert from 'node:assert/strict';
import test from 'node:test';
import { EidError } from '../../pkg/errors.js';
import { NonceStore } from '../../pkg/nonces.js';
import { fakeDoor } from './fake.mjs';

const NOW = 1_795_000_000;
const config = { trust: { issuers: [] } };
const fails = (code) => (error) => error instanceof EidError && error.name === 'EidError' && error.code === code && error.message.length > 10;

function refused(report, code, verdict = 'invalid') {
  assert.equal(report.verdict, verdict);
  assert.deepEqual(report.codes, [code]);
  assert.equal(report.format, 'unknown');
  assert.equal(report.holder, undefined);
  assert.equal(report.checks[0].code, code);
  assert.ok(report.checks[0].message.length > 5, 'a sentence stands beside the code');
}

test('before init every call says so in one sentence', () => {
  const door = fakeDoor({ sourceSync: false });
  for (const early of [
    () => new door.Verifier(config),
    () => door.readMrz('P<VNM'),
    () => door.inspect('x'),
    () => door.assessAccount({}),
    () => door.requestDeadline({}),
    () => door.engineInfo(),
  ]) {
    assert.throws(early, fails('engine_not_ready'));
  }
});

test('init is memoised, may be tried again after a failure, and joins calls made at the same time', async () => {
  const door = fakeDoor({ sourceSync: false });
  await assert.rejects(door.init(Promise.reject(new TypeError('no network'))), fails('engine_load_failed'));
  await Promise.all([door.init(), door.init(), door.init()]);
  await door.init();
  assert.equal(door.state.made, 1);
  assert.equal(new door.Verifier(config).verify('VALID', { now: NOW }).verdict, 'valid');
});

test('a wasm of another version is refused by name', async () => {
  const door = fakeDoor({ sourceSync: false, engineVersion: '0.0.9' });
  await assert.rejects(door.init(), fails('engine_version_mismatch'));
  assert.throws(() => fakeDoor({ engineVersion: '9.9.9' }).engineInfo(), fails('engine_version_mismatch'));
});

test('a bad configuration throws with the code of the engine or of the door', () => {
  const { Verifier, log } = fakeDoor();
  assert.throws(() => new Verifier({ policy: { minLevel: 9 } }), (e) => fails('policy_invalid')(e) && /minLevel is 1 or 2/.test(e.message));
  const cyclic = {};
  cyclic.policy = { ask: cyclic };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  let deep = {};
  for (let i = 0; i < 40; i++) deep = { deep };
  const before = log.length;
  const bad = {
    nothing: undefined, null: null, text: 'config', number: 7, array: [], function: () => {}, symbol: Symbol('x'), bigint: 1n, map: new Map(), instance: new (class Config {})(),
    'misspelt and undefined': { polcy: undefined },
    'misspelt policy field, undefined': { policy: { minlevel: undefined } },
    'misspelt trust field, undefined': { trust: { issuer: undefined } },
    'function as policy': { policy: () => {} },
    'function in policy': { policy: { minLevel: () => 2 } },
    'bigint': { policy: { minLevel: 2n } },
    NaN: { policy: { clockSkew: NaN } },
    Infinity: { policy: { maxValidity: Infinity } },
    'toJSON': { policy: { toJSON: () => ({ minLevel: 1 }) } },
    'date in policy': { policy: { minLevel: new Date(0) } },
    '__proto__ key': JSON.parse('{"policy": {"__proto__": {"minLevel": 1}}}'),
    'symbol key': { [Symbol('policy')]: {} },
    cyclic, deep, 'revoked proxy': revoked.proxy,
    'throwing getter': { get policy() { throw new Error('name of a person'); } },
    'inherited policy': Object.create({ policy: { minLevel: 2 } }),
    'sparse array': { trust: { issuers: [, ] } },
    'lone surrogate': { trust: { issuers: [{ iss: '\ud800' }] } },
    'csca not bytes': { trust: { csca: ['MII'] } },
    'csca not a list': { trust: { csca: new Uint8Array(3) } },
    'list not text': { trust: { lists: [{}] } },
    'relyingParty not text': { relyingParty: {} },
    'now no date': { now: new Date(NaN) }, 'now text': { now: '2026-11-22' }, 'now fraction': { now: 1.5 },
  }; // prettier-ignore
  for (const [name, value] of Object.entries(bad)) {
    assert.throws(() => new Verifier(value), (e) => fails('policy_invalid')(e) && !/person/.test(e.message), name);
  }
  assert.equal(log.length, before, 'none of them reached the engine');
});

test('a good configuration crosses as it is, binary parts beside it, and later changes of it change nothing', () => {
  const { Verifier, log } = fakeDoor();
  const csca = new Uint8Array([1, 2, 3]);
  const given = {
    now: new Date(NOW * 1000 + 999),
    language: 'en',
    relyingParty: undefined,
    trust: { csca: [csca], masterLists: [Buffer.from([9])], lists: ['list'], issuers: [{ iss: 'https://a.example', keys: [{ kty: 'OKP', kid: undefined }] }] },
    policy: { minLevel: 2, kinds: ['citizen'], vct: undefined },
  };
  const verifier = new Verifier(given);
  csca[0] = 77;
  given.policy.minLevel = 1;
  const made = log[0];
  assert.deepEqual(JSON.parse(made.config), {
    now: NOW,
    language: 'en',
    trust: { lists: ['list'], issuers: [{ iss: 'https://a.example', keys: [{ kty: 'OKP' }] }] },
    policy: { minLevel: 2, kinds: ['citizen'] },
  });
  assert.deepEqual(made.csca, [new Uint8Array([1, 2, 3])]);
  assert.deepEqual(made.masterLists, [new Uint8Array([9])]);
  assert.equal(made.now, NOW);
  assert.equal(verifier.verify('VALID').options.now, NOW, "the configuration's now beats the host's clock");
  assert.equal(verifier.verify('no').checks[0].message, 'The input is not built like an electronic document.');
});

test('bad options: invalid, policy_invalid, never thrown, nothing asked of the engine', () => {
  const { Verifier, log } = fakeDoor();
  const verifier = new Verifier(config);
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const before = log.length;
  const bad = {
    null: null, text: 'now', number: 5, array: [], function: () => {}, 'instance': new (class Options { nonce = 'n'; })(),
    'inherited nonce': Object.create({ nonce: 'n' }),
    misspelt: { nonse: 'n' }, 'misspelt, undefined': { nonse: undefined }, 'symbol key': { [Symbol('nonce')]: 'n' },
    'now NaN': { now: NaN }, 'now in milliseconds': { now: NOW * 1000 }, 'now beyond 9999': { now: new Date(8.64e15) }, 'now text': { now: '5' }, 'now fraction': { now: 1.5 }, 'now null': { now: null }, 'now no date': { now: new Date('x') }, 'now like a date': { now: { getTime: () => 5 } },
    'serverTime text': { serverTime: '5' },
    'statusLists text': { statusLists: 'list' }, 'statusLists of objects': { statusLists: [{}] }, 'sparse': { statusLists: [, 'x'] },
    'accountStates': { accountStates: [1] },
    'nonces undefined': { nonces: undefined }, 'nonces without nonce': { nonces: new NonceStore() }, 'nonces no store': { nonce: 'n', nonces: {} },
    'policy of functions': { policy: { minLevel: () => 1 } }, 'policy misspelt, undefined': { policy: { minlevel: undefined } }, 'policy no object': { policy: 2 },
    bigint: { nonce: 1n }, symbol: { nonce: Symbol('n') },
    'throwing getter': { get nonce() { throw new Error('x'); } }, 'revoked proxy': revoked.proxy,
    'throwing proxy': new Proxy({}, { ownKeys() { throw new Error('x'); } }),
  }; // prettier-ignore
  for (const [name, options] of Object.entries(bad)) {
    refused(verifier.verify('VALID', options), 'policy_invalid');
    for (const report of verifier.verifyMany(['VALID', 'VALID'], options)) refused(report, 'policy_invalid');
    assert.equal(log.length, before, name);
  }
  assert.equal(verifier.verifyMany(['VALID', 'VALID'], { nonse: 1 }).length, 2);
  for (const options of [{ nonce: '\ud800' }, { statusLists: ['\udc00x'] }, { policy: { vct: ['\ud800'] } }]) {
    refused(verifier.verify('VALID', options), 'encoding_invalid');
  }
});

test('a nonce or audience that got lost on the way is told to the engine, which refuses; other undefined options are left out', () => {
  const { Verifier, log } = fakeDoor();
  const verifier = new Verifier(config);
  assert.deepEqual(verifier.verify('VALID', { nonce: undefined, now: NOW }).codes, ['policy_invalid']);
  verifier.verify('VALID', { audience: undefined, now: NOW });
  assert.deepEqual(JSON.parse(log.at(-1).options), { audience: null, now: NOW });
  verifier.verify('VALID', { statusLists: undefined, policy: undefined, now: NOW });
  assert.deepEqual(JSON.parse(log.at(-1).options), { now: NOW });
});

test('each option is read once, and what the engine sees is what was read', () => {
  const { Verifier, log } = fakeDoor();
  let reads = 0;
  const report = new Verifier(config).verify('VALID', {
    now: new Date(NOW * 1000),
    get nonce() {
      reads++;
      return reads === 1 ? 'first' : 'second';
    },
  });
  assert.equal(reads, 1);
  assert.deepEqual(report.options, { now: NOW, nonce: 'first' });
  assert.deepEqual(JSON.parse(log.at(-1).options), { now: NOW, nonce: 'first' });
});

test('the clock of the host is asked when nobody gives a time', () => {
  const { now } = new (fakeDoor().Verifier)(config).verify('VALID').options;
  assert.ok(Math.abs(now - Date.now() / 1000) < 5);
});

test('N 315: whatever is given, a report comes back', () => {
  const { Verifier, log } = fakeDoor();
  const verifier = new Verifier(config);
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const detached = new Uint8Array(8);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  const before = log.length;
  const bad = {
    undefined: undefined, null: null, zero: 0, number: 42, NaN: NaN, true: true, bigint: 5n, symbol: Symbol('x'), function: () => 'VALID', class: class {},
    array: ['VALID'], 'new String': new String('VALID'), 'subclass of String': new (class extends String {})('VALID'), Proxy: new Proxy({}, {}), 'Proxy of bytes': new Proxy(new Uint8Array(3), {}),
    'revoked Proxy': revoked.proxy, 'throwing Proxy': new Proxy({}, { get() { throw new Error('x'); }, getPrototypeOf() { throw new Error('x'); } }),
    'throwing getter': { get credential() { throw new Error('x'); } }, 'object that speaks': { toString: () => 'VALID' }, empty: {}, unknown: { token: 'VALID' }, 'JWS JSON': { payload: '', signatures: [] },
    detached, shared: new Uint8Array(new SharedArrayBuffer(4)), ArrayBuffer: new ArrayBuffer(3), DataView: new DataView(new ArrayBuffer(3)), Uint16Array: new Uint16Array(3), Uint8ClampedArray: new Uint8ClampedArray(3),
    Date: new Date(), Map: new Map(), RegExp: /x/, Error: new Error('x'), Promise: Promise.resolve('VALID'),
    'credential no text': { credential: 5 }, 'mrz no text': { mrz: ['P<'] }, 'sod no bytes': { sod: 'AA' }, 'dataGroups no object': { dataGroups: [new Uint8Array(1)] },
    'dataGroups 0': { dataGroups: { 0: new Uint8Array(1) } }, 'dataGroups 17': { dataGroups: { 17: new Uint8Array(1) } }, 'dataGroups 1.5': { dataGroups: { 1.5: new Uint8Array(1) } }, 'group no bytes': { dataGroups: { 1: [1] } },
    'looks like bytes': { [Symbol.toStringTag]: 'Uint8Array', length: 3 }, inherited: Object.create({ credential: 'VALID' }), 'all undefined': { mrz: undefined },
    generator: (function* () {})(), global: globalThis,
  }; // prettier-ignore
  for (const [name, input] of Object.entries(bad)) {
    const report = verifier.verify(input, { now: NOW });
    refused(report, 'input_type_invalid');
    assert.equal(report.verifiedAt, new Date(NOW * 1000).toISOString().replace('.000', ''), name);
    assert.deepEqual(verifier.verifyMany([input], { now: NOW }), [report], name);
  }
  assert.equal(log.length, before);
  assert.equal(verifier.verify('VALID', { now: NOW }).verdict, 'valid', 'the good twin');
  assert.equal(verifier.verify(new Uint8Array([1]), { now: NOW }).verdict, 'valid', 'bytes');
  assert.equal(verifier.verify({ credential: 'VALID' }, { now: NOW }).verdict, 'valid', 'a plain object');
  assert.equal(verifier.verify(Object.assign(Object.create(null), { mrz: 'P<' }), { now: NOW }).verdict, 'valid', 'an object without prototype');
});

test('N 316, 317: size and surrogates are seen before anything crosses', () => {
  const { Verifier, log } = fakeDoor();
  const verifier = new Verifier(config);
  const before = log.length;
  refused(verifier.verify('A'.repeat(65537)), 'input_too_large');
  refused(verifier.verify('A'.repeat(2 ** 29 - 24)), 'input_too_large');
  refused(verifier.verify('\ud800'.repeat(65537)), 'input_too_large');
  refused(verifier.verify(new Uint8Array(65537)), 'input_too_large');
  refused(verifier.verify({ credential: 'A'.repeat(65537) }), 'input_too_large');
  refused(verifier.verify({ sod: new Uint8Array(256 * 1024 + 1) }), 'input_too_large');
  refused(verifier.verify({ dataGroups: { 2: new Uint8Array(1024 * 1024 + 1) } }), 'input_too_large');
  for (const lone of ['\ud800', 'VALID\udfff', '\udc00\ud800', 'a\ud800b', { mrz: '\ud800' }, { credential: '\udc00' }]) refused(verifier.verify(lone), 'encoding_invalid');
  assert.equal(log.length, before);
  assert.equal(verifier.verify('VALID' + 'A'.repeat(65531)).verdict, 'valid');
  assert.equal(verifier.verify('VALID😀').verdict, 'valid', 'a pair is no lone surrogate');
});

test('a document crosses with its groups in order and its bytes copied', () => {
  const { Verifier, log } = fakeDoor();
  const sod = new Uint8Array([5]);
  new Verifier(config).verify({ mrz: 'P<', sod, dataGroups: { 2: Buffer.from([2]), 1: new Uint8Array([1]), 14: undefined } });
  const { input, numbers, groups, sod: crossed } = log.at(-1);
  assert.deepEqual(input, { mrz: 'P<' });
  assert.deepEqual(numbers, [1, 2]);
  assert.deepEqual(groups, [new Uint8Array([1]), new Uint8Array([2])]);
  assert.deepEqual(crossed, sod);
  assert.notEqual(crossed, sod);
});

test('N 326: after a trap the answer is internal_error, and the next call is right on a fresh instance with all updates', () => {
  for (const word of ['TRAP', 'OVERFLOW']) {
    const door = fakeDoor();
    const one = new door.Verifier({ now: NOW });
    const other = new door.Verifier({ now: NOW, language: 'en' });
    one.update({ trustLists: ['v1'] });
    one.update({ statusLists: ['s1'] }, { now: NOW + 5 });
    const before = one.verify('UPDATES').updates;
    refused(one.verify(word), 'internal_error', 'indeterminate');
    assert.equal(door.state.made, 2, 'one fresh instance');
    assert.equal(one.verify('VALID').verdict, 'valid');
    assert.deepEqual(one.verify('UPDATES').updates, before, 'updates are replayed with their own times');
    assert.equal(one.trust.length, 2);
    assert.equal(other.verify('VALID').verdict, 'valid', 'other verifiers of the instance live on');
    assert.equal(other.verify('x').checks[0].message.startsWith('The'), true);
    assert.equal(door.state.made, 2);
  }
});

test('N 326: where no instance can be made at once, engine_busy is the answer until the spare is there', async () => {
  const door = fakeDoor({ sync: false });
  await door.init();
  const verifier = new door.Verifier(config);
  verifier.update({ trustLists: ['v1'] });
  refused(verifier.verify('TRAP'), 'internal_error', 'indeterminate');
  refused(verifier.verify('VALID'), 'engine_busy', 'indeterminate');
  refused(verifier.verifyMany(['VALID', 'VALID'])[1], 'engine_busy', 'indeterminate');
  assert.deepEqual(door.inspect('VALID').codes, ['engine_busy']);
  assert.deepEqual(door.readMrz('P<').report.codes, ['engine_busy']);
  assert.deepEqual(verifier.update({ trustLists: ['v2'] }).at(-1), { artefact: 'update', verdict: 'indeterminate', codes: ['engine_busy'] });
  assert.throws(() => new door.Verifier(config), fails('engine_busy'));
  await new Promise((done) => setTimeout(done, 5));
  assert.equal(verifier.verify('VALID').verdict, 'valid');
  assert.equal(verifier.verify('UPDATES').updates.length, 1);
});

test('N 326: where no instance can be made at all, engine_unusable is the answer, and init may be tried again', async () => {
  const door = fakeDoor({ sync: false, renewable: false });
  await door.init();
  const verifier = new door.Verifier(config);
  verifier.verify('TRAP');
  await new Promise((done) => setTimeout(done, 5));
  refused(verifier.verify('VALID'), 'engine_unusable', 'indeterminate');
  await assert.rejects(door.init(), fails('engine_out_of_memory'));
  door.state.renewable = true;
  await door.init();
  assert.equal(verifier.verify('VALID').verdict, 'valid');
});

test('a trap while constructing, updating, inspecting or reading an MRZ costs the instance and nothing else', () => {
  const door = fakeDoor();
  const verifier = new door.Verifier(config);
  assert.throws(() => new door.Verifier({ policy: { minLevel: 13 } }), fails('internal_error'));
  assert.equal(verifier.verify('VALID').verdict, 'valid');
  assert.deepEqual(verifier.update({ trustLists: ['TRAP'] }), [{ artefact: 'update', verdict: 'indeterminate', codes: ['internal_error'] }]);
  assert.deepEqual(verifier.verify('UPDATES').updates, [], 'an update that trapped is not replayed');
  assert.deepEqual(door.inspect('TRAP'), { verified: false, format: 'unknown', codes: ['internal_error'] });
  assert.deepEqual(door.readMrz('TRAP').report.codes, ['internal_error']);
  assert.equal(verifier.verify('VALID').verdict, 'valid');
});

test('verifyMany: the same reports as one by one, also when one of them traps or is no text', () => {
  const door = fakeDoor();
  const verifier = new door.Verifier(config);
  const inputs = ['VALID', 'x', 'VALID 2', undefined, 'TRAP', 'VALID 3', 'A'.repeat(70000), { credential: 'VALID' }];
  const options = { now: NOW };
  const together = verifier.verifyMany(inputs, options);
  const alone = inputs.map((input) => verifier.verify(input, options));
  const untimed = (reports) => reports.map((report) => ({ ...report, verifiedAt: 0 }));
  assert.deepEqual(untimed(together), untimed(alone));
  const many = verifier.verifyMany(Array(1000).fill('VALID'), options);
  assert.equal(many.length, 1000);
  assert.ok(many.every((report) => report.verdict === 'valid'));
  assert.ok(door.log.filter((line) => line.call === 'verifyMany').every((line) => line.inputs.length <= 256));
  const trapped = verifier.verifyMany(['VALID', 'TRAP', 'VALID'], options).map((report) => report.codes);
  assert.deepEqual(trapped, [[], ['internal_error'], []]);
  assert.deepEqual(verifier.verifyMany([], options), []);
  for (const bad of [undefined, null, 'VALID', new Set(['VALID'])]) assert.deepEqual(verifier.verifyMany(bad, options)[0].codes, ['input_type_invalid']);
});

test('G 154: a nonce is spent last, once, and only by a presentation that is otherwise valid', () => {
  const { Verifier } = fakeDoor();
  const verifier = new Verifier(config);
  const nonces = new NonceStore();
  const nonce = nonces.issue();
  assert.equal(verifier.verify('broken', { nonce, nonces }).verdict, 'invalid');
  const first = verifier.verify('VALID', { nonce, nonces });
  assert.equal(first.verdict, 'valid');
  const second = verifier.verify('VALID', { nonce, nonces });
  assert.equal(second.verdict, 'invalid');
  assert.deepEqual(second.codes, ['key_binding_replayed']);
  const line = second.checks.find((check) => check.check === 'holder.binding');
  assert.equal(line.outcome, 'fail');
  assert.equal(line.code, 'key_binding_replayed');
  assert.ok(line.message);
  for (const gone of ['holder', 'answers', 'validUntil']) assert.equal(gone in second, false, gone);
  assert.deepEqual(verifier.verify('VALID', { nonce: 'never issued', nonces }).codes, ['key_binding_replayed']);
  const twice = nonces.issue();
  assert.deepEqual(verifier.verifyMany(['VALID', 'VALID'], { nonce: twice, nonces }).map((report) => report.verdict), ['valid', 'invalid'], 'of two exactly one wins');
  for (const consume of [async () => true, () => 1, () => { throw new Error('store down'); }]) { // prettier-ignore
    const report = verifier.verify('VALID', { nonce, nonces: { consume } });
    assert.equal(report.verdict, 'indeterminate', 'a store that did not say true has not said anything');
    assert.equal(report.holder, undefined);
  }
});

test('NonceStore: unguessable, in time, bounded', () => {
  const store = new NonceStore({ lifetime: 0.02, capacity: 3 });
  const all = [store.issue(), store.issue(), store.issue(), store.issue()];
  assert.equal(new Set(all).size, 4);
  assert.ok(all.every((nonce) => /^[\w-]{32}$/.test(nonce)));
  assert.equal(store.size, 3);
  assert.equal(store.consume(all[0]), false, 'the oldest gave way');
  assert.equal(store.consume(all[1]), true);
  assert.equal(store.consume(all[1]), false);
  const end = Date.now() + 40;
  while (Date.now() < end);
  assert.equal(store.consume(all[2]), false, 'past its time');
  assert.equal(store.size, 0);
  for (const bad of [{ lifetime: 0 }, { lifetime: NaN }, { capacity: 0 }]) assert.throws(() => new NonceStore(bad), RangeError);
});

test('update: wrong shapes are reported, not thrown', () => {
  const { Verifier } = fakeDoor();
  const verifier = new Verifier(config);
  for (const bad of [undefined, null, 5, 'list', [], { trustList: [] }, { trustLists: 'x' }, { trustLists: [5] }, { misspelt: undefined }]) {
    assert.deepEqual(verifier.update(bad), [{ artefact: 'update', verdict: 'invalid', codes: ['policy_invalid'] }]);
  }
  assert.deepEqual(verifier.update({ trustLists: ['x'] }, { now: 'late' }).at(-1).codes, ['policy_invalid']);
  assert.deepEqual(verifier.update({ trustLists: ['x'], statusLists: undefined }).map((line) => line.verdict), ['valid']);
});

test('after free nothing is believed and nothing crashes', () => {
  const door = fakeDoor();
  const verifier = new door.Verifier(config);
  verifier.free();
  verifier.free();
  assert.equal(door.state.alive, 0);
  refused(verifier.verify('VALID'), 'engine_unusable', 'indeterminate');
  assert.equal(verifier.verifyMany(['VALID', 'VALID']).length, 2);
  assert.throws(() => verifier.update({}), fails('engine_freed'));
  assert.throws(() => verifier.trust, fails('engine_freed'));
  if (Symbol.dispose) {
    const disposed = new door.Verifier(config);
    disposed[Symbol.dispose]();
    assert.throws(() => disposed.trust, fails('engine_freed'));
  }
});

test('readMrz and inspect report whatever they are given', () => {
  const { readMrz, inspect } = fakeDoor();
  assert.equal(readMrz('P<VNM', { now: new Date(NOW * 1000) }).report.options.now, NOW);
  for (const [text, code] of [[undefined, 'input_type_invalid'], [5, 'input_type_invalid'], [['P<'], 'input_type_invalid'], ['A'.repeat(70000), 'input_too_large'], ['\ud800', 'encoding_invalid']]) {
    const { report } = readMrz(text);
    assert.equal(report.verdict, 'invalid');
    assert.deepEqual(report.codes, [code]);
    assert.deepEqual(inspect(text), { verified: false, format: 'unknown', codes: [code] });
  }
  assert.deepEqual(readMrz('P<', { nov: 1 }).report.codes, ['policy_invalid']);
  assert.equal(inspect('x').verified, false);
  assert.equal(inspect(new Uint8Array(2)).format, 'mso_mdoc');
});

test('assessAccount and requestDeadline throw on arguments of the wrong shape', () => {
  const { assessAccount, requestDeadline } = fakeDoor();
  for (const bad of [undefined, null, 5, 'x', [], { law: 1n }, { law: NaN }, { law: () => {} }]) {
    assert.throws(() => assessAccount(bad), fails('policy_invalid'));
    assert.throws(() => requestDeadline(bad), fails('policy_invalid'));
  }
  assert.throws(() => assessAccount({ law: 'none' }), fails('policy_invalid'));
  assert.deepEqual(assessAccount({ law: 'ND69-2024', now: new Date(0) }).given, { law: 'ND69-2024', now: '1970-01-01T00:00:00.000Z' });
});
