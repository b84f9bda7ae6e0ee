// The pool on worker_threads: order, progress, abort, crashes, nonces.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Worker } from 'node:worker_threads';
import { Verifier, NonceStore } from '../../pkg/node.js';
import { createPool } from '../../pkg/worker-node.js';
import { configFor, credential, newKey, NOW } from './issuer.mjs';

const key = newKey();
const holder = newKey('h');
const config = configFor(key);
const good = credential(key);
const bad = `${good.slice(0, 40)}${good[40] === 'A' ? 'B' : 'A'}${good.slice(41)}`;
const options = { now: NOW };

test('the same reports as one verifier, in the same order, with progress', async () => {
  const inputs = Array.from({ length: 200 }, (_, i) => [good, bad, undefined, 'A'.repeat(70_000), '\ud800', { credential: good }, new TextEncoder().encode(good), Symbol('x'), () => good, ''][i % 10]);
  const verifier = new Verifier(config);
  const alone = verifier.verifyMany(inputs, options);
  const pool = createPool({ size: 3, config });
  const seen = [];
  assert.deepEqual(await pool.verifyMany(inputs, { ...options, onProgress: (progress) => seen.push(progress) }), alone);
  assert.deepEqual(seen.at(-1), { done: 200, total: 200 });
  assert.ok(seen.every((one, i) => one.total === 200 && (i === 0 || one.done > seen[i - 1].done)));
  assert.deepEqual(await pool.verify(good, options), alone[0]);
  assert.deepEqual(await pool.verifyMany([], options), []);
  assert.deepEqual((await pool.verifyMany('x', options))[0].codes, ['input_type_invalid']);
  await pool.close();
});

test('bad options are reports here too, and a lost nonce is refused', async () => {
  const pool = createPool({ size: 1, config });
  for (const bad of [null, { nonse: 1 }, { nonce: undefined }, { now: NaN }, { policy: { minLevel: () => 2 } }]) {
    assert.deepEqual((await pool.verify(good, bad)).codes, ['policy_invalid']);
  }
  assert.deepEqual((await pool.verify(good, { nonce: '\ud800' })).codes, ['encoding_invalid']);
  assert.equal((await pool.verify(good, options)).verdict, 'valid');
  await pool.close();
});

test('a bad configuration is told at once or by every call', async () => {
  assert.throws(() => createPool({ size: 1, config: { polcy: undefined } }), { code: 'policy_invalid' });
  assert.throws(() => createPool({ size: 0, config }), { code: 'policy_invalid' });
  assert.throws(() => createPool({ sise: 2, config }), { code: 'policy_invalid' });
  const pool = createPool({ size: 2, config: { policy: { minLevel: 7 } } });
  await assert.rejects(pool.verify(good, options), { code: 'policy_invalid' });
  await assert.rejects(pool.verifyMany([good], options), { code: 'policy_invalid' });
  await pool.close();
});

test('an abort rejects with its reason, before, during and never after', async () => {
  const pool = createPool({ size: 1, config });
  await pool.verify(good, options);
  const reason = new Error('enough');
  await assert.rejects(pool.verifyMany([good], { ...options, signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  const started = Date.now();
  const running = pool.verifyMany(Array(3000).fill(good), { ...options, signal: controller.signal, onProgress: () => controller.abort(reason) });
  await assert.rejects(running, reason);
  assert.ok(Date.now() - started < 3000);
  const late = new AbortController();
  const report = await pool.verify(good, { ...options, signal: late.signal });
  late.abort();
  assert.equal(report.verdict, 'valid', 'the pool works on after an abort');
  await pool.close();
});

test('a crashed worker is replaced, and its inputs are verified again', async () => {
  const made = [];
  const worker = () => {
    const one = new Worker(new URL('../../pkg/worker-entry-node.js', import.meta.url));
    made.push(one);
    return one;
  };
  const pool = createPool({ size: 2, config, worker });
  await pool.update({ trustLists: ['no list'] }, { now: NOW });
  let crashed = false;
  const inputs = Array.from({ length: 400 }, (_, i) => (i % 7 === 0 ? bad : good));
  const reports = await pool.verifyMany(inputs, {
    ...options,
    onProgress: () => {
      if (!crashed) made[0].terminate();
      crashed = true;
    },
  });
  assert.deepEqual(reports.map((report) => report.verdict), inputs.map((input) => (input === good ? 'valid' : 'invalid')));
  assert.equal(made.length, 3);
  await pool.close();
});

test('an input that crashes its worker each time is internal_error, the others are answered', async () => {
  // a worker that dies of one word, and answers everything else as it should
  const source = `
    const { parentPort } = require('node:worker_threads');
    parentPort.on('message', (data) => {
      if (data.type === 'start') parentPort.postMessage({ type: 'ready' });
      if (data.type !== 'work') return;
      if (data.inputs.includes('DIE')) process.exit(3);
      parentPort.postMessage({ type: 'done', chunk: data.chunk, reports: data.inputs.map(() => ({ verdict: 'invalid', codes: ['structure_invalid'], checks: [] })) });
    });`;
  const pool = createPool({ size: 2, config, worker: () => new Worker(source, { eval: true }) });
  const reports = await pool.verifyMany(['a', 'b', 'DIE', 'c', 'd', 'e'], options);
  assert.deepEqual(reports.map((report) => report.codes[0]), ['structure_invalid', 'structure_invalid', 'internal_error', 'structure_invalid', 'structure_invalid', 'structure_invalid']);
  assert.equal(reports[2].verdict, 'indeterminate');
  await pool.close();
});

test('workers that never start are named, not waited for', async () => {
  const pool = createPool({ size: 2, config, worker: () => new Worker('process.exit(1)', { eval: true }) });
  await assert.rejects(pool.verify(good, options), { code: 'engine_load_failed' });
  await pool.close();
});

test('one nonce store for all workers: of two presentations exactly one wins', async () => {
  const pool = createPool({ size: 2, config });
  const nonces = new NonceStore();
  const nonce = nonces.issue();
  const bound = credential(key, { claims: { cnf: { jwk: holder.jwk } }, kb: { key: holder, nonce, aud: 'https://page.example' } });
  const asked = { ...options, nonce, nonces, audience: 'https://page.example' };
  const reports = await Promise.all([pool.verify(bound, asked), pool.verify(bound, asked)]);
  assert.deepEqual(reports.map((report) => report.verdict).sort(), ['invalid', 'valid']);
  await pool.close();
});

test('close ends everything: what is under way rejects, what comes after too', async () => {
  const pool = createPool({ size: 1, config });
  const running = pool.verifyMany(Array(2000).fill(good), options);
  const closing = pool.close();
  await assert.rejects(running, { code: 'pool_closed' });
  await closing;
  await assert.rejects(pool.verify(good, options), { code: 'pool_closed' });
});
