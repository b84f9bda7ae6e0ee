// Every case of the law through the package in headless Chromium, and the sentences that go with them, as a page loads them: under a strict policy, on a phone far from Viet Nam.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { FILES } from '../js/law-cases.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
const SERVED = /^\/(pkg|tests\/js|tests\/vectors)\//;
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

function serve() {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    if (path === '/') return response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': POLICY }).end('<!doctype html><title>law</title>');
    if (!SERVED.test(path)) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(readFileSync(join(root, path)));
  });
  return new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(server)); });
}

/** Zones and locales in which a date read by the device would be another day, another year or other digits. */
const DEVICES = [
  { timezoneId: 'Asia/Ho_Chi_Minh', locale: 'vi-VN' },
  { timezoneId: 'Pacific/Kiritimati', locale: 'th-TH-u-ca-buddhist-nu-thai' },
  { timezoneId: 'Pacific/Pago_Pago', locale: 'ar-EG-u-ca-islamic-nu-arab' },
];

test("the law's cases in Chromium", async (t) => {
  const server = await serve();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    for (const device of DEVICES) {
      for (const entry of device === DEVICES[0] ? ['index.js', 'core.js', 'compat.js'] : ['core.js']) {
        await t.test(`${entry}, ${device.timezoneId}, ${device.locale}`, async (t) => {
          const context = await browser.newContext(device);
          const page = await context.newPage();
          const messages = [];
          page.on('pageerror', (error) => messages.push(String(error)));
          await page.goto(`http://127.0.0.1:${server.address().port}/`);
          const { faults, ...counts } = await page.evaluate(async ([entry, files]) => {
            const [door, speech, { messages }, { run }] = await Promise.all([import(`/pkg/${entry}`), import('/pkg/voices.js'), import('/pkg/messages.js'), import('/tests/js/law-cases.mjs')]);
            await door.init();
            const read = async (name) => [name, await (await fetch(`/tests/vectors/law/${name}.json`)).json()];
            return run(door, speech, Object.fromEntries(await Promise.all(files.map(read))), Object.keys(messages.vi));
          }, [entry, FILES]);
          t.diagnostic(JSON.stringify({ ...counts, grounds: counts.grounds.length }));
          assert.deepEqual(faults, []);
          assert.ok(counts.cases >= 340 && counts.sentences >= 1200);
          assert.equal(counts.grounds.length, 20);
          assert.deepEqual(messages, []);
          await context.close();
        });
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
});
