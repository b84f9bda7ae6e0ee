// The doors in a real browser, unbundled: every door by its own file, under a strict policy, and every way to be blocked.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { configFor, credential, DISCLOSED, newKey, NOW } from './issuer.mjs';

const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
const NO_WASM = "default-src 'none'; script-src 'self'; connect-src 'self'";
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html' };
const key = newKey();
const good = credential(key);
const config = configFor(key);
let server;
let browser;
let base;
let policy = STRICT;
let harm;

before(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://x');
    const headers = { 'Content-Type': TYPES[extname(pathname)] ?? 'text/html', 'Content-Security-Policy': policy };
    try {
      if (pathname === '/') return response.writeHead(200, headers).end('<!doctype html><title>doors</title>');
      if (pathname === '/module-worker.js') return response.writeHead(200, headers).end(WORKER);
      if (pathname.endsWith('.wasm') && harm === 'html') return response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html>');
      if (pathname.endsWith('.wasm') && harm === 'type') headers['Content-Type'] = 'application/octet-stream';
      if (pathname.endsWith('.wasm') && harm === 'missing') return response.writeHead(404).end();
      const file = readFileSync(new URL(`../../pkg${pathname}`, import.meta.url));
      return response.writeHead(200, headers).end(file);
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  base = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
});
after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

const WORKER = `
  import { initSync, Verifier } from '/index.js';
  onmessage = ({ data: { module, config, token, now } }) => {
    initSync(module);
    postMessage(new Verifier(config).verify(token, { now }).verdict);
  };`;

/** Runs `work` in a fresh page. */
async function inPage(work, given = {}) {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  try {
    await page.goto(base);
    const answer = await page.evaluate(work, { config, good, now: NOW, ...given });
    assert.deepEqual(errors, []);
    return answer;
  } finally {
    await page.close();
  }
}

for (const door of ['index', 'core', 'inline', 'compat']) {
  test(`${door}.js verifies under a strict policy`, async () => {
    policy = door === 'compat' ? NO_WASM : STRICT;
    const answer = await inPage(
      async ({ config, good, now, door }) => {
        const { init, Verifier, NonceStore } = await import(`/${door}.js`);
        let early;
        try {
          new Verifier(config);
        } catch (error) {
          early = error.code;
        }
        await init();
        const verifier = new Verifier(config);
        const report = verifier.verify(good, { now });
        const bad = verifier.verify(good.slice(0, -9), { now });
        return { early, verdict: report.verdict, name: report.holder?.claims.name, bad: bad.verdict, nonce: new NonceStore().issue().length };
      },
      { door },
    );
    assert.deepEqual(answer, { early: door === 'compat' ? undefined : 'engine_not_ready', verdict: 'valid', name: DISCLOSED.name, bad: 'invalid', nonce: 32 });
    policy = STRICT;
  });
}

test('blocked, misserved, missing: each by its name, and a later attempt succeeds', async () => {
  const start = async () => {
    const { init } = await import('/index.js');
    try {
      await init();
      return 'started';
    } catch (error) {
      return error.code;
    }
  };
  try {
    policy = NO_WASM;
    assert.equal(await inPage(start), 'engine_blocked_by_csp');
    policy = STRICT;
    harm = 'html';
    assert.equal(await inPage(start), 'engine_file_invalid');
    harm = 'missing';
    assert.equal(await inPage(start), 'engine_load_failed');
    harm = 'type';
    assert.equal(await inPage(start), 'started', 'the wrong type alone is no reason to fail');
    harm = 'missing';
    const page = await browser.newPage();
    await page.goto(base);
    assert.equal(await page.evaluate(start), 'engine_load_failed');
    harm = undefined;
    assert.equal(await page.evaluate(start), 'started');
    await page.close();
  } finally {
    harm = undefined;
    policy = STRICT;
  }
});

test('a page without WebAssembly is told the cure', async () => {
  const page = await browser.newPage();
  await page.addInitScript(() => delete globalThis.WebAssembly);
  await page.goto(base);
  const codes = await page.evaluate(
    async ({ config, good, now }) => {
      const { init } = await import('/index.js');
      const code = await init().catch((error) => error.code);
      const { Verifier } = await import('/compat.js');
      return [code, new Verifier(config).verify(good, { now }).verdict];
    },
    { config, good, now: NOW },
  );
  assert.deepEqual(codes, ['engine_unsupported', 'valid']);
  await page.close();
});

test('a trapped engine is replaced on the main thread', async () => {
  const verdicts = await inPage(async ({ config, good, now }) => {
    const kept = [];
    const { instantiate, Instance } = WebAssembly;
    WebAssembly.instantiate = async (...args) => {
      const instance = await instantiate(...args);
      kept.push(instance);
      return instance;
    };
    WebAssembly.Instance = function (...args) {
      const instance = new Instance(...args);
      kept.push(instance);
      return instance;
    };
    const { init, Verifier } = await import('/index.js');
    await init();
    const verifier = new Verifier(config);
    const verdicts = [verifier.verify(good, { now }).verdict];
    new Uint8Array(kept.at(-1).exports.memory.buffer).fill(0);
    verdicts.push(verifier.verify(good, { now }).codes[0], verifier.verify(good, { now }).verdict, kept.length);
    return verdicts;
  });
  assert.deepEqual(verdicts, ['valid', 'internal_error', 'valid', 2]);
});

test('the pool of Web Workers: order, progress, a crash', async () => {
  const answer = await inPage(async ({ config, good, now }) => {
    const { createPool } = await import('/worker.js');
    const made = [];
    const worker = () => {
      const one = new Worker('/worker-entry.js', { type: 'module' });
      made.push(one);
      return one;
    };
    const pool = createPool({ size: 2, config });
    const inputs = Array.from({ length: 100 }, (_, i) => (i % 3 ? good : 'x'));
    let last;
    const reports = await pool.verifyMany(inputs, { now, onProgress: (progress) => (last = progress) });
    await pool.close();
    const broken = createPool({ size: 2, config, worker: () => new Worker('/none.js', { type: 'module' }) });
    const code = await broken.verify(good, { now }).catch((error) => error.code);
    await broken.close();
    const own = createPool({ size: 1, config, worker });
    const one = await own.verify(good, { now });
    await own.close();
    return { right: reports.every((report, i) => report.verdict === (i % 3 ? 'valid' : 'invalid')), last, code, one: one.verdict, made: made.length };
  });
  assert.deepEqual(answer, { right: true, last: { done: 100, total: 100 }, code: 'engine_load_failed', one: 'valid', made: 1 });
});

test('a module worker starts at once from a compiled module', async () => {
  const verdict = await inPage(async ({ config, good, now }) => {
    const module = await WebAssembly.compileStreaming(fetch('/wasm/full/eid_verifier_bg.wasm'));
    const worker = new Worker('/module-worker.js', { type: 'module' });
    return new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage({ module, config, token: good, now });
    });
  });
  assert.equal(verdict, 'valid');
});
