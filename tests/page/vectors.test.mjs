// The catalogue of bad input inside headless Chromium, through the package as a page loads it.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../../', import.meta.url));
const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
const SERVED = /^\/(pkg|tests\/js|tests\/vectors)\//;
const sections = readdirSync(join(root, 'tests/vectors/attacks')).filter((name) => /^[a-j]\.json$/.test(name)).sort();

/** Serves what the test needs, and a blank page. */
function serve() {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    if (path === '/') return response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': "script-src 'self' 'wasm-unsafe-eval'" }).end('<!doctype html><title>vectors</title>');
    try {
      if (!SERVED.test(path)) throw new Error('not served');
      return response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(readFileSync(join(root, path)));
    } catch {
      return response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(server)); });
}

for (const entry of ['index.js', 'core.js']) {
  test(`the catalogue in Chromium (${entry})`, async (t) => {
    const server = await serve();
    const browser = await chromium.launch({ executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      const messages = [];
      page.on('console', (message) => messages.push(message.text()));
      page.on('pageerror', (error) => messages.push(String(error)));
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      messages.length = 0; // the icon that a blank page has not
      for (const file of sections) {
        await t.test(file, async (t) => {
          const { faults, cases } = await page.evaluate(async ([entry, file]) => {
            const door = await import(`/pkg/${entry}`);
            await door.init();
            const { run } = await import('/tests/js/catalogue.mjs');
            return run(door, await (await fetch(`/tests/vectors/attacks/${file}`)).json());
          }, [entry, file]);
          t.diagnostic(`${cases} cases`);
          assert.deepEqual(faults, []);
        });
      }
      assert.deepEqual(messages.filter((text) => !text.includes('favicon') && !text.includes('404')), [], 'the console stays empty');
    } finally {
      await browser.close();
      server.close();
    }
  });
}
