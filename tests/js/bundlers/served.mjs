// A folder served on this machine, and a page of it in Chromium: what the fixtures and the recipes are looked at with.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html', '.json': 'application/json' };

let browser;
/** One browser for all tests of the calling file. */
export function withBrowser() {
  before(async () => {
    browser = await chromium.launch({ executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  });
  after(() => browser?.close());
}

/** `find` gives a path's file, or `{ type, body }` of what stands in none; `headers` go with every answer. */
async function serve(find, headers) {
  const server = createServer((request, response) => {
    const found = find(new URL(request.url, 'http://localhost').pathname);
    const { type, body } = typeof found === 'string' ? { type: existsSync(found) && TYPES[extname(found)], body: () => readFileSync(found) } : { type: found.type, body: () => found.body };
    if (!type) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': type, ...headers }).end(body());
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

/** What `look(page, url)` tells of the page, and all that went wrong on the way. */
export async function visit(find, look, headers = {}) {
  const server = await serve(find, headers);
  const page = await browser.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && !/favicon|404/.test(message.text()) && wrong.push(message.text()));
  try {
    const seen = await look(page, `http://127.0.0.1:${server.address().port}/`);
    return { seen, wrong };
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
}
