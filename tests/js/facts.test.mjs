// The walk that writes a question to the law says what JSON.stringify says of plain data, and refuses all else; every bad value beside its good twin.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { runInNewContext } from 'node:vm';
import { withFacts } from '../../pkg/facts.js';
import { LIMITS, newBudget, plain } from '../../pkg/values.js';

const factsText = (value) => withFacts(value, (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
const cases = ['cases', 'more'].flatMap((name) => JSON.parse(readFileSync(new URL(`../vectors/law/${name}.json`, import.meta.url))));
const refused = (value, code) => assert.throws(() => factsText(value), (error) => error.code === code && !(error instanceof Error), String(code));

test('every case comes out as JSON.stringify writes it', () => {
  for (const each of cases) assert.equal(factsText(each), JSON.stringify(each));
});

test('plain data of every sort comes out alike', () => {
  const every = Array.from({ length: 0x300 }, (_, at) => String.fromCharCode(at)).join('');
  const rows = [
    {}, { a: {} }, { a: [] }, { a: [[], {}, [1, 'x', null, true, false]] }, { a: [0, -0, 1.5, -1e-7, 1e21, 2 ** 53, 5e-324] }, { [every]: every, é: 'MẪU', '': '' },
    { emoji: '\u{1f600}\u2028', quote: '"\\', 7: 1, constructor: 1, toString: 'x', law: 'x', explain: true }, { a: undefined, b: 1, c: undefined },
    Object.assign(Object.create(null), { a: 1 }),
  ]; // prettier-ignore
  for (const row of rows) {
    assert.equal(factsText(row), JSON.stringify(row));
    assert.equal(factsText(row), JSON.stringify(plain(row, newBudget(), 'x')));
  }
  assert.equal(factsText(runInNewContext('({ a: [1, { b: "c" }] })')), '{"a":[1,{"b":"c"}]}', 'another realm');
});

test('a Date is the instant `now`, and nothing else', () => {
  assert.equal(factsText({ now: new Date(0) }), '{"now":"1970-01-01T00:00:00.000Z"}');
  class Late extends Date {
    toISOString() { return 'never'; }
  }
  assert.equal(factsText({ now: new Late(0) }), '{"now":"1970-01-01T00:00:00.000Z"}');
  for (const bad of [{ now: new Date(NaN) }, { now: Object.create(Date.prototype) }]) assert.throws(() => factsText(bad));
  refused({ at: new Date(0) }, 'policy_invalid');
  refused({ facts: { now: new Date(0) } }, 'policy_invalid');
});

test('what is no plain data is refused', () => {
  class Own {}
  const cycle = { a: {} };
  cycle.a.b = cycle;
  const sparse = [1, 2];
  delete sparse[0];
  const inherited = Object.create({ death: 1 });
  const values = [
    Symbol('x'), 1n, () => {}, NaN, Infinity, new Own(), new Map(), new Set(), /x/, new Uint8Array(1), new String('x'), new Number(1), Object(1n),
    [undefined], sparse, inherited, Promise.resolve(), new Error('x'), globalThis,
  ]; // prettier-ignore
  for (const value of values) refused({ a: value }, 'policy_invalid');
  for (const value of [undefined, null, 5, 'x', [], [{}], new Own(), new Date(0), () => {}, Object.create({})]) refused(value, 'policy_invalid');
  refused({ [Symbol('x')]: 1 }, 'policy_invalid');
  refused(Object.defineProperty({}, 'a', { value: 1 }), 'policy_invalid');
  refused(JSON.parse('{"__proto__": 1}'), 'policy_invalid');
  refused({ facts: JSON.parse('{"__proto__": {"death": null}}') }, 'policy_invalid');
  refused(cycle, 'policy_invalid');
  refused({ a: '\ud800' }, 'encoding_invalid');
  refused({ '\udc00': 1 }, 'encoding_invalid');
});

test('toJSON is data or a fault, never called', () => {
  let called = 0;
  const toJSON = () => { called += 1; return {}; };
  refused({ toJSON }, 'policy_invalid');
  refused({ facts: { toJSON } }, 'policy_invalid');
  assert.equal(factsText({ toJSON: 'x' }), '{"toJSON":"x"}');
  Object.defineProperty(Object.prototype, 'toJSON', { value: toJSON, configurable: true });
  try {
    assert.equal(factsText({ a: { b: ['c'] } }), '{"a":{"b":["c"]}}');
    Object.defineProperty(Object.prototype, 'toJSON', { enumerable: true });
    refused({}, 'policy_invalid');
  } finally {
    delete Object.prototype.toJSON;
  }
  assert.equal(called, 0);
});

test('getters and proxies are read once, and may throw', () => {
  let read = 0;
  const getter = { get law() { read += 1; return read === 1 ? 'ND69-2024' : 'ND59-2022'; } };
  assert.equal(factsText(getter), '{"law":"ND69-2024"}');
  assert.equal(read, 1);
  read = 0;
  const now = { get now() { read += 1; return new Date(0); } };
  assert.equal(factsText(now), '{"now":"1970-01-01T00:00:00.000Z"}');
  assert.equal(read, 1);
  const traps = {};
  const proxy = new Proxy({ law: 'x', facts: [1] }, { get: (target, key) => { traps[key] = (traps[key] ?? 0) + 1; return Reflect.get(target, key); } });
  assert.equal(factsText(proxy), '{"law":"x","facts":[1]}');
  assert.deepEqual(traps, { law: 1, facts: 1 });
  assert.throws(() => factsText(new Proxy({}, { ownKeys() { throw new Error('trap'); } })));
  assert.throws(() => factsText({ get law() { throw new Error('getter'); } }));
});

test('depth and size are bounded, each at its border', () => {
  const nested = (depth) => (depth === 1 ? {} : { a: nested(depth - 1) });
  assert.equal(factsText(nested(LIMITS.depth)).length, LIMITS.depth * 6 - 4);
  refused(nested(LIMITS.depth + 1), 'policy_invalid');
  assert.ok(factsText({ a: Array(LIMITS.artefacts).fill(0) }));
  refused({ a: Array(LIMITS.artefacts + 1).fill(0) }, 'resource_limit');
  assert.ok(factsText({ a: 'x'.repeat(LIMITS.settings - 100) }));
  refused({ a: 'x'.repeat(LIMITS.settings + 1) }, 'resource_limit');
  const shared = Array(LIMITS.artefacts).fill('x'.repeat(100));
  refused({ a: [shared, shared, shared] }, 'resource_limit');
});

test('the bytes are lent to one question at a time, and nothing of it stays', () => {
  let inner;
  const outer = { law: 'outer', get facts() { inner = factsText({ law: 'inner, longer than what stands outside' }); return 'after'; } };
  assert.equal(factsText(outer), '{"law":"outer","facts":"after"}');
  assert.equal(inner, '{"law":"inner, longer than what stands outside"}');
  let kept;
  withFacts({ name: 'MẪU-8391' }, (bytes) => { kept = bytes; });
  assert.ok(kept.every((byte) => byte === 0));
  assert.throws(() => withFacts({ name: 'SPECIMEN-8391', then: 1n }, () => {}));
  assert.throws(() => withFacts({ name: 'SPECIMEN-8391\ud800' }, () => {}));
  withFacts({}, (bytes) => { kept = new Uint8Array(bytes.buffer); });
  assert.ok(!Buffer.from(kept).includes('8391'));
  assert.equal(withFacts({ a: 1 }, () => 7), 7);
  assert.throws(() => withFacts({ a: 1 }, () => { throw new Error('theirs'); }), /theirs/);
});

test('a question that outgrows its room comes out whole', () => {
  for (const text of ['x', 'é', '"', '\u{1f600}', '\n']) {
    const value = { events: Array(40).fill({ type: text.repeat(700), at: [text.repeat(3)] }), tail: true };
    assert.equal(factsText(value), JSON.stringify(value));
  }
});
