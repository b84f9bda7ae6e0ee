// A blank page under a strict policy, from a local server that also serves the package and the vectors: where tests run the package as a page loads it.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../../', import.meta.url));
const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
const SERVED = /^\/(pkg|tests\/js|tests\/vectors)\//;
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Serves what the test needs, and a blank page. */
function serve() {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    if (path === '/') return response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': POLICY }).end('<!doctype html><link rel="icon" href="data:,"><title>vectors</title>');
    try {
      if (!SERVED.test(path)) throw new Error('not served');
      return response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(readFileSync(join(root, path)));
    } catch {
      return response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(server)); });
}

/** Server and browser: `open(device)` gives `{ page, messages, context }`, where `messages` is what console and errors said; `close()` ends both. */
export async function blank() {
  const server = await serve();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  return {
    async open(device) {
      const context = await browser.newContext(device);
      const page = await context.newPage();
      const messages = [];
      page.on('console', (message) => { if (!/data:,|favicon/.test(message.text())) messages.push(message.text()); });
      page.on('pageerror', (error) => messages.push(String(error)));
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      return { page, messages, context };
    },
    close: async () => { await browser.close(); server.close(); },
  };
}
