// fetchNeeds against a server that misbehaves in every way that servers do.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test, { after, before } from 'node:test';
import { fetchNeeds } from '../../pkg/net.js';

const b64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const soon = Math.floor(Date.now() / 1000);
const LIST = `${b64({ alg: 'EdDSA', typ: 'statuslist+jwt' })}.${b64({ ttl: 3600, exp: soon + 7200 })}.c2ln`;
let server;
let host;
let base;
const seen = [];
let flaky = 0;

before(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url, headers: request.headers });
    const send = (status, headers, body = '') => {
      response.writeHead(status, headers);
      response.end(body);
    };
    const type = { 'Content-Type': 'application/statuslist+jwt' };
    switch (request.url.split('?')[0]) {
      case '/list':
        if (request.headers['if-none-match'] === '"v1"') return send(304, {});
        return send(200, { ...type, ETag: '"v1"' }, LIST);
      case '/short':
        return send(200, { ...type, ETag: '"v1"' }, `${b64({})}.${b64({ ttl: 0 })}.c2ln`);
      case '/flaky':
        return flaky++ < 2 ? send(503, { 'Retry-After': '0' }) : send(200, type, LIST);
      case '/down':
        return send(500, {});
      case '/missing':
        return send(404, {});
      case '/html':
        return send(200, { 'Content-Type': 'text/html; charset=utf-8' }, '<!doctype html>');
      case '/redirect':
        return send(302, { Location: '/list' });
      case '/away':
        return send(301, { Location: 'http://169.254.169.254/' });
      case '/bytes':
        return send(200, type, Buffer.from([0xff, 0xfe, 0x00]));
      case '/large':
        return send(200, type, 'A'.repeat(70_000));
      case '/endless': {
        response.writeHead(200, type);
        const more = () => response.destroyed || (response.write('A'.repeat(65_536)), setImmediate(more));
        return more();
      }
      case '/lying':
        response.writeHead(200, { ...type, 'Content-Length': '999999999' });
        return response.write('A');
      case '/silent':
        return undefined;
      case '/slow': {
        response.writeHead(200, type);
        const timer = setInterval(() => response.write('A'), 30);
        return response.on('close', () => clearInterval(timer));
      }
      case '/cut':
        response.writeHead(200, { ...type, 'Content-Length': '5000' });
        response.write('A');
        return setTimeout(() => response.destroy(), 10);
      default:
        return response.destroy();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  host = `127.0.0.1:${server.address().port}`;
  base = `http://${host}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const need = (path) => ({ type: 'status_list', uri: path.startsWith('http') || path.includes(':') ? path : base + path });
const quick = { attempts: 2, backoff: 5, timeout: 8000 };
const get = (path, more) => fetchNeeds([need(path)], { allowHosts: [host], ...quick, ...more });

test('a good server: the text comes back, asked for politely and without a trace of the user', async () => {
  seen.length = 0;
  const got = await get('/list');
  assert.deepEqual(got.statusLists, [LIST]);
  assert.deepEqual(got.faults, []);
  assert.deepEqual(got.found, [{ uri: `${base}/list`, type: 'status_list', from: 'network' }]);
  const { headers } = seen[0];
  assert.equal(headers.accept, 'application/statuslist+jwt');
  for (const telling of ['cookie', 'referer', 'authorization', 'origin']) assert.equal(headers[telling], undefined, telling);
});

test('each way to misbehave has its code, and none throws', async () => {
  const rows = {
    '/down': 'fetch_status', '/missing': 'fetch_status', '/html': 'fetch_content_type', '/redirect': 'fetch_redirect', '/away': 'fetch_redirect',
    '/bytes': 'fetch_content_type', '/silent': 'fetch_timeout', '/slow': 'fetch_timeout', '/cut': 'fetch_failed', '/reset': 'fetch_failed', '/lying': 'fetch_too_large',
  }; // prettier-ignore
  await Promise.all(
    Object.entries(rows).map(async ([path, code]) => {
      const got = await get(path, code === 'fetch_timeout' ? { timeout: 300 } : {});
      assert.deepEqual(got.statusLists, [], path);
      assert.deepEqual(got.faults, [{ type: 'status_list', uri: base + path, code }], path);
    }),
  );
});

test('no more is read than allowed, told beforehand or not', async () => {
  for (const path of ['/large', '/endless', '/lying']) {
    const before = process.memoryUsage().rss;
    const got = await get(path, { maxBytes: 65_536 });
    assert.deepEqual(got.faults.map((fault) => fault.code), ['fetch_too_large'], path);
    assert.ok(process.memoryUsage().rss - before < 64 * 1024 * 1024);
  }
  assert.equal((await get('/large', { maxBytes: 70_000 })).statusLists.length, 1, 'the good twin');
});

test('only hosts that were named, only HTTPS, never with a name and password', async () => {
  seen.length = 0;
  const rows = [
    ['https://elsewhere.example/list', 'fetch_host_not_allowed'],
    [`http://localhost:${host.split(':')[1]}/list`, 'fetch_host_not_allowed'],
    [`http://user:pass@${host}/list`, 'fetch_url_invalid'],
    ['http://elsewhere.example/list', 'fetch_url_invalid'],
    ['file:///etc/passwd', 'fetch_url_invalid'],
    ['data:text/plain,x', 'fetch_url_invalid'],
    ['javascript:alert(1)', 'fetch_url_invalid'],
    ['no address: at all', 'fetch_url_invalid'],
  ];
  for (const [uri, code] of rows) assert.deepEqual((await get(uri, { allowHosts: [host, 'status.example'] })).faults.map((fault) => fault.code), [code], uri);
  assert.deepEqual((await fetchNeeds([need('/list')], {})).faults[0].code, 'fetch_host_not_allowed', 'nothing is allowed by default');
  assert.equal(seen.length, 0);
});

test('a busy server is asked again, a little later, and a broken one not for ever', async () => {
  flaky = 0;
  assert.deepEqual((await get('/flaky', { attempts: 3 })).statusLists, [LIST]);
  seen.length = 0;
  await get('/down', { attempts: 3 });
  assert.equal(seen.length, 3);
  seen.length = 0;
  await get('/missing', { attempts: 3 });
  assert.equal(seen.length, 1, '404 is an answer');
});

test('the cache: nothing before commit, then nothing over the network while it is good, then by ETag', async () => {
  const cache = new Map();
  const first = await get('/list', { cache });
  assert.equal(cache.size, 0, 'nothing unverified is kept');
  await first.commit();
  assert.equal(cache.size, 1);
  const entry = cache.get(`${base}/list`);
  assert.ok(entry.goodUntil > Date.now() + 3_500_000 && entry.goodUntil <= Date.now() + 3_600_000, 'ttl decides');
  seen.length = 0;
  const second = await get('/list', { cache });
  assert.deepEqual(second.statusLists, [LIST]);
  assert.equal(second.found[0].from, 'cache');
  assert.equal(seen.length, 0);
  entry.goodUntil = Date.now() - 1;
  const third = await get('/list', { cache });
  assert.equal(seen[0].headers['if-none-match'], '"v1"');
  assert.deepEqual(third.statusLists, [LIST]);
  await third.commit();
  assert.ok(cache.get(`${base}/list`).goodUntil > Date.now());
});

test('an old list is handed over when the network fails, and said to be old', async () => {
  const cache = new Map([[`${base}/down`, { text: LIST, fetchedAt: 0, goodUntil: 0 }]]);
  const got = await get('/down', { cache });
  assert.deepEqual(got.statusLists, [LIST]);
  assert.equal(got.found[0].from, 'stale');
  assert.equal(got.faults[0].code, 'fetch_status');
  await got.commit();
  assert.equal(cache.get(`${base}/down`).goodUntil, 0);
});

test('a cache that fails or holds something else is no cache', async () => {
  for (const cache of [{ get: () => Promise.reject(new Error('x')), set() {} }, new Map([[`${base}/list`, 'text']]), new Map([[`${base}/list`, { text: 5 }]])]) {
    assert.deepEqual((await get('/list', { cache })).statusLists, [LIST]);
  }
});

test('an abort rejects with its reason', async () => {
  const reason = new Error('enough');
  await assert.rejects(get('/list', { signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 30);
  await assert.rejects(get('/silent', { signal: controller.signal }), reason);
  const waiting = new AbortController();
  setTimeout(() => waiting.abort(reason), 60);
  await assert.rejects(get('/down', { signal: waiting.signal, attempts: 9, backoff: 5000 }), reason);
});

test('one request for an address that many needs name; other needs say what they are', async () => {
  seen.length = 0;
  const got = await fetchNeeds([need('/list'), need('/list'), { type: 'trust_list' }, { type: 'account_state', iss: 'x', sub: 'y' }, { type: 'unheard of' }, null], { allowHosts: [host] });
  assert.equal(seen.length, 1);
  assert.deepEqual(got.faults.map((fault) => fault.code), Array(4).fill('fetch_unsupported'));
  const lists = await fetchNeeds([{ type: 'trust_list' }], { allowHosts: [host], trustLists: [`${base}/list`] });
  assert.deepEqual(lists.trustLists, [LIST]);
  assert.deepEqual(lists.statusLists, []);
});

test('wrong arguments throw by name', async () => {
  for (const [needs, options] of [[undefined, {}], [[], { allowHost: ['x'] }], [[], { allowHosts: 'x' }], [[], { fetch: 5 }]]) {
    await assert.rejects(fetchNeeds(needs, options), { name: 'EidError', code: 'policy_invalid' });
  }
});
