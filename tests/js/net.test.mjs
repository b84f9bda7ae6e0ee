// fetchNeeds against a server that misbehaves in every way that servers do.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test, { after, before } from 'node:test';
import { fetchNeeds } from '../../pkg/net.js';
import { signedStatusCwt } from '../../tools/authority/authority.mjs';
import { dataUrl } from '../../tools/authority/cwt.mjs';

const b64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const soon = Math.floor(Date.now() / 1000);
const LIST = `${b64({ alg: 'EdDSA', typ: 'statuslist+jwt' })}.${b64({ ttl: 3600, exp: soon + 7200 })}.c2ln`;
/** A list in CWT form whose times are `ttl` and `exp`, as its issuer signs it. */
const cwtList = (parts) => signedStatusCwt({ iat: soon, exp: soon + 7200, ttl: 3600, ...parts });
const GIGABYTES = 10 * 1024 ** 3;
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
      case '/script':
        return send(200, { 'Content-Type': 'text/javascript' }, LIST);
      case '/picture':
        return send(200, { 'Content-Type': 'image/png' }, LIST);
      case '/json':
        return send(200, { 'Content-Type': 'application/json' }, LIST);
      case '/plain':
        return send(200, { 'Content-Type': 'Text/Plain; charset=utf-8' }, LIST);
      case '/untyped':
        return send(200, {}, LIST);
      case '/portal': // a captive portal that keeps the asked-for type
        return send(200, type, '\n <html><title>Free Wi-Fi</title>');
      case '/portal-511':
        return send(511, { 'Content-Type': 'text/html' }, '<html>');
      case '/unchanged':
        return send(304, { ETag: '"v1"' });
      case '/cwt':
        if (request.headers['if-none-match'] === '"c1"') return send(304, {});
        return send(200, { 'Content-Type': 'application/statuslist+cwt', ETag: '"c1"' }, Buffer.from(cwtList()));
      case '/cwt-html':
        return send(200, { 'Content-Type': 'text/html' }, Buffer.from(cwtList()));
      case '/loop':
        return send(302, { Location: '/loop-2' });
      case '/loop-2':
        return send(307, { Location: '/loop' });
      case '/gigabytes': {
        response.writeHead(200, { ...type, 'Content-Length': String(GIGABYTES) });
        const piece = Buffer.alloc(1 << 20, 'A');
        const pump = () => {
          while (!response.destroyed && response.write(piece));
          if (!response.destroyed) response.once('drain', pump);
        };
        return pump();
      }
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
  assert.equal(headers.accept, 'application/statuslist+jwt, application/statuslist+cwt;q=0.5');
  for (const telling of ['cookie', 'referer', 'authorization', 'origin']) assert.equal(headers[telling], undefined, telling);
});

test('each way to misbehave has its code, and none throws', async () => {
  const rows = {
    '/down': 'fetch_status', '/missing': 'fetch_status', '/html': 'fetch_content_type', '/redirect': 'fetch_redirect', '/away': 'fetch_redirect',
    '/script': 'fetch_content_type', '/picture': 'fetch_content_type', '/json': 'fetch_content_type', '/cwt-html': 'fetch_content_type', '/portal': 'fetch_content_type',
    '/portal-511': 'fetch_status', '/unchanged': 'fetch_status', '/loop': 'fetch_redirect', '/gigabytes': 'fetch_too_large',
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

test('a plain file on a mirror is a good twin', async () => {
  for (const path of ['/plain', '/untyped', '/list']) assert.deepEqual((await get(path)).statusLists, [LIST], path);
});

test('nothing of a fault comes back, and nothing of it can be committed', async () => {
  for (const path of ['/html', '/portal', '/bytes', '/script', '/cut', '/unchanged', '/loop', '/lying', '/down']) {
    const cache = new Map();
    const got = await get(path, { cache });
    assert.deepEqual([got.statusLists, got.found], [[], []], path);
    await got.commit();
    assert.equal(cache.size, 0, path);
  }
});

test('a redirect is not followed, so no loop can form', async () => {
  seen.length = 0;
  await get('/loop', { attempts: 3 });
  assert.deepEqual(seen.map(({ url }) => url), ['/loop']);
});

test('a list in CWT form comes back as text, is kept by its own ttl, and asked for by ETag', async () => {
  const cache = new Map();
  const got = await get('/cwt', { cache });
  assert.deepEqual(got.statusLists, [dataUrl(cwtList())]);
  await got.commit();
  const entry = cache.get(`${base}/cwt`);
  assert.ok(entry.goodUntil > Date.now() + 3_500_000 && entry.goodUntil <= Date.now() + 3_600_000, 'ttl decides');
  assert.equal((await get('/cwt', { cache })).found[0].from, 'cache');
  entry.goodUntil = 0;
  seen.length = 0;
  assert.deepEqual((await get('/cwt', { cache })).statusLists, [dataUrl(cwtList())]);
  assert.equal(seen[0].headers['if-none-match'], '"c1"');
  // `exp` before `ttl`; neither; and bytes that are no token: kept for the usual five minutes, for the engine to refuse
  const times = async (bytes) => {
    const map = new Map();
    const answer = () => new Response(bytes, { headers: { 'Content-Type': 'application/statuslist+cwt' } });
    await (await get('/cwt', { cache: map, fetch: async () => answer() })).commit();
    return Math.round((map.get(`${base}/cwt`).goodUntil - Date.now()) / 1000);
  };
  const about = (seconds, wanted) => assert.ok(seconds > wanted - 20 && seconds <= wanted, `${seconds} for ${wanted}`);
  about(await times(cwtList({ exp: soon + 600 })), 600);
  about(await times(signedStatusCwt({ iat: soon, exp: undefined, ttl: undefined })), 300);
  about(await times(signedStatusCwt({ iat: soon, exp: undefined, ttl: 86_400 })), 86_400);
  about(await times(Uint8Array.of(0x84, 0x40, 0xa0, 0x5b, 255, 255, 255, 255, 255, 255, 255, 255)), 300);
  about(await times(new Uint8Array(5000).fill(0x81)), 300);
  about(await times(Uint8Array.of(0x84, 0xbb, 255, 255, 255, 255, 255, 255, 255, 255)), 300);
});

test('waits double and are spread, and Retry-After is heard', async (t) => {
  const waits = [];
  const real = globalThis.setTimeout;
  t.mock.method(globalThis, 'setTimeout', (work, delay, ...rest) => {
    if (delay < 1000 || delay > 6000) waits.push(delay); // the host's own client of HTTP waits too, some seconds
    return real(work, delay === 50_000 ? delay : 0, ...rest);
  });
  for (const [chance, expected] of [[0, [50, 100, 200]], [0.999999, [100, 200, 400]], [0.5, [75, 150, 300]]]) {
    waits.length = 0;
    t.mock.method(Math, 'random', () => chance);
    const fetch = async () => new Response('', { status: 503 });
    await get('/list', { attempts: 4, backoff: 100, timeout: 50_000, fetch });
    assert.deepEqual(waits.filter((delay) => delay < 1000).map(Math.round), expected, String(chance));
  }
  waits.length = 0;
  await get('/list', { attempts: 2, timeout: 50_000, fetch: async () => new Response('', { status: 429, headers: { 'Retry-After': '7' } }) });
  assert.deepEqual(waits.filter((delay) => delay > 6000 && delay < 50_000), [7000]);
  waits.length = 0;
  await get('/list', { attempts: 2, timeout: 50_000, fetch: async () => new Response('', { status: 429, headers: { 'Retry-After': '9999' } }) });
  assert.deepEqual(waits.filter((delay) => delay > 6000 && delay < 50_000), [10_000], 'never longer than ten seconds');
});

test('no more is read than allowed, told beforehand or not', async () => {
  for (const path of ['/large', '/endless', '/lying', '/gigabytes']) {
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
  const lists = await fetchNeeds([{ type: 'trust_list' }], { allowHosts: [host], trustLists: [`${base}/plain`] });
  assert.deepEqual(lists.trustLists, [LIST]);
  assert.deepEqual(lists.statusLists, []);
});

test('wrong arguments throw by name', async () => {
  for (const [needs, options] of [[undefined, {}], [[], { allowHost: ['x'] }], [[], { allowHosts: 'x' }], [[], { fetch: 5 }]]) {
    await assert.rejects(fetchNeeds(needs, options), { name: 'EidError', code: 'policy_invalid' });
  }
});
