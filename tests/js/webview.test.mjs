// The bridge between a page and the app around it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect, readMrz, Verifier } from '../../pkg/node.js';
import { createBridge } from '../../pkg/webview.js';
import { configFor, credential, newKey, NOW } from './issuer.mjs';

const key = newKey();
const good = credential(key);
const verifier = new Verifier(configFor(key));
const bridge = createBridge(verifier, { inspect, readMrz });
const ask = (request) => JSON.parse(bridge.answer(JSON.stringify(request)));

test('text for text: verify, inspect, mrz', () => {
  const { v, id, report } = ask({ v: 1, id: 'a', kind: 'verify', input: good, options: { now: NOW } });
  assert.deepEqual([v, id, report.verdict], [1, 'a', 'valid']);
  assert.equal(ask({ v: 1, id: 7, kind: 'inspect', input: good }).report.verified, false);
  assert.equal(ask({ v: 1, id: 8, kind: 'mrz', input: 'P<' }).report.report.verdict, 'invalid');
  assert.deepEqual(ask({ v: 1, id: 9, kind: 'verify', input: good, options: { nonce: null } }).report.codes, ['policy_invalid'], 'a nonce that JSON lost is refused');
  assert.deepEqual(ask({ v: 1, id: 9, kind: 'verify', input: good, options: null }).report.codes, ['policy_invalid']);
});

test('whatever comes, an answer goes, and it never repeats the input', () => {
  const marker = 'ZQXJKV';
  const rows = {
    input_type_invalid: [undefined, null, 5, {}, [marker]],
    json_invalid: ['', marker, '{'],
    structure_invalid: ['null', '[]', '5', '"x"', `{"v":2,"id":1,"kind":"verify","input":"${marker}"}`, '{"v":1,"kind":"verify","input":"x"}', `{"v":1,"id":1,"kind":"${marker}","input":"x"}`,
      `{"v":1,"id":1,"kind":"verify","input":"x","${marker}":1}`, '{"v":1,"id":{},"kind":"verify","input":"x"}', `{"v":1,"id":"${'x'.repeat(65)}","kind":"verify"}`],
    input_too_large: ['A'.repeat(4 * 1024 * 1024 + 1)],
  }; // prettier-ignore
  for (const [code, texts] of Object.entries(rows)) {
    for (const text of texts) {
      const answer = bridge.answer(text);
      assert.equal(JSON.parse(answer).error, code, String(text).slice(0, 60));
      assert.doesNotMatch(answer, /ZQXJKV/);
    }
  }
  const broken = createBridge({ verify() { throw new Error(marker); } }); // prettier-ignore
  assert.equal(broken.answer(JSON.stringify({ v: 1, id: 1, kind: 'verify', input: marker })), '{"v":1,"id":1,"error":"internal_error"}');
  assert.equal(JSON.parse(createBridge(verifier).answer('{"v":1,"id":1,"kind":"inspect","input":"x"}')).error, 'structure_invalid', 'what was not offered is not answered');
});

test('O 343: only origins that were named are heard, and only the sender is answered', () => {
  const target = new EventTarget();
  assert.throws(() => bridge.listen(target), { code: 'policy_invalid' });
  assert.throws(() => bridge.listen(target, { origins: [] }), { code: 'policy_invalid' });
  assert.throws(() => bridge.listen(target, { origins: ['*'] }), { code: 'policy_invalid' });
  const stop = bridge.listen(target, { origins: ['https://app.example'] });
  const sent = [];
  const source = { postMessage: (text, how) => sent.push([JSON.parse(text), how]) };
  const say = (origin, data) => target.dispatchEvent(Object.assign(new Event('message'), { origin, data, source }));
  const request = JSON.stringify({ v: 1, id: 1, kind: 'verify', input: good, options: { now: NOW } });
  for (const origin of ['https://evil.example', 'null', '', undefined, 'https://app.example.evil', 'http://app.example']) say(origin, request);
  say('https://app.example', { verdict: 'valid' });
  assert.equal(sent.length, 0);
  say('https://app.example', request);
  assert.equal(sent.length, 1);
  assert.equal(sent[0][0].report.verdict, 'valid');
  assert.deepEqual(sent[0][1], { targetOrigin: 'https://app.example' });
  stop();
  say('https://app.example', request);
  assert.equal(sent.length, 1);
});

test('a port carries no origin: whoever holds it was given it', async () => {
  const { port1, port2 } = new MessageChannel();
  const stop = bridge.listen(port1);
  const answer = new Promise((resolve) => port2.addEventListener('message', (event) => resolve(JSON.parse(event.data))));
  port2.start();
  port2.postMessage(JSON.stringify({ v: 1, id: 'p', kind: 'verify', input: good, options: { now: NOW } }));
  assert.equal((await answer).report.verdict, 'valid');
  stop();
  port1.close();
  port2.close();
});
