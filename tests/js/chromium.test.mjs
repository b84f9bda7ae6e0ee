// The doors in a real browser, unbundled: every door by its own file, under a strict policy, and every way to be blocked.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { ENGINE_FAULTS } from '../../pkg/errors.js';
import { version } from '../../pkg/version.js';
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
      if (pathname.endsWith('.wasm') && harm in DAMAGE) return response.writeHead(200, headers).end(DAMAGE[harm](file));
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

/** The wasm of another release, and wasm that a browser of today is too old for, as ours would be for one without its instructions. */
const DAMAGE = {
  version: (file) => Buffer.from(file.toString('latin1').replaceAll(version, version.replace(/\d/g, '9')), 'latin1'),
  section: (file) => Buffer.concat([file, Buffer.from([0x7e, 0])]),
  instruction: () => Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 5, 1, 3, 0, 0xff, 0x0b]),
};

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

test('another version, an engine too old, no memory: each with its code and its one sentence, never a verdict, and a later attempt succeeds', async () => {
  const start = async () => {
    const { EidError, init, Verifier } = await import('/index.js');
    try {
      await init();
    } catch (error) {
      let early;
      try {
        new Verifier({});
      } catch (second) {
        early = second.code;
      }
      return [error instanceof EidError, error.code, error.message, early];
    }
    return 'started';
  };
  const named = (code) => [true, code, ENGINE_FAULTS[code], 'engine_not_ready'];
  for (const [done, code] of [['version', 'engine_version_mismatch'], ['section', 'engine_too_old'], ['instruction', 'engine_too_old']]) {
    const page = await browser.newPage();
    try {
      harm = done;
      await page.goto(base);
      assert.deepEqual(await page.evaluate(start), named(code), done);
      harm = undefined;
      assert.equal(await page.evaluate(start), 'started', done);
    } finally {
      harm = undefined;
      await page.close();
    }
  }
  const page = await browser.newPage();
  await page.goto(base);
  // all the room that Chromium has for memories of wasm, taken
  await page.evaluate(() => {
    window.taken = [];
    try {
      for (;;) window.taken.push(new WebAssembly.Memory({ initial: 1 }));
    } catch { /* full */ }
  });
  assert.deepEqual(await page.evaluate(start), named('engine_out_of_memory'));
  await page.evaluate(() => { window.taken = []; });
  assert.equal(await page.evaluate(start), 'started');
  await page.close();
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
