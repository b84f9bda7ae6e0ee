// The same vectors on every runtime: the package as published, every door, every case of the catalogue.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import test, { after, before } from 'node:test';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { FOLDER, MODULES, native, WORK } from '../../../../tools/doors.mjs';
import { at } from '../../../../tools/run.mjs';
import { openFirefox, openWebkit } from '../../../../tools/browsers.mjs';
import { note } from '../../matrix.mjs';
import { CASE } from '../case.mjs';

const here = join(FOLDER, 'runtimes');
const vectors = at('tests', 'vectors', 'attacks');
const sections = readdirSync(vectors).filter((name) => /^[a-j]\.json$/.test(name)).sort().map((name) => JSON.parse(readFileSync(join(vectors, name), 'utf8')));
const CASES = sections.reduce((sum, { cases }) => sum + cases.length, 0);
const POOL = 'valid invalid valid invalid';
mkdirSync(WORK, { recursive: true });
const caseFile = join(WORK, 'case.json');
writeFileSync(caseFile, JSON.stringify(CASE));

/** `npm run doors` asks every door everything everywhere; otherwise the slow one is asked everything in Node, elsewhere each seventh case. */
const THIN = process.env.EID_DOORS === 'all' ? 1 : 7;
const expected = (door, thin) => (door === 'compat' ? sections.reduce((sum, { cases }) => sum + Math.ceil(cases.length / thin), 0) : CASES);

/** All green, but for the holes that are named: door → code. */
function judge(runtime, told, { holes = {}, thin = THIN } = {}) {
  for (const [door, { cases, faults, code }] of Object.entries(told)) {
    assert.deepEqual(faults, [], `${runtime}, ${door}`);
    assert.equal(code, holes[door], `${runtime}, ${door}`);
    assert.equal(cases, code === undefined ? expected(door, thin) : 0, `${runtime}, ${door}`);
  }
  const doors = Object.keys(told).map((door) => (holes[door] ? `${door}: ${holes[door]}` : door));
  note('runtimes', runtime, doors.join(', '));
}

function program(file, args, env = {}) {
  const { NODE_TEST_CONTEXT, ...rest } = process.env;
  return new Promise((done) => {
    execFile(file, args, { cwd: FOLDER, env: { ...rest, NO_COLOR: '1', ...env }, maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => done({ error, out, err }));
  });
}

const version = (name) => JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8')).version;
const shell = join(here, 'shell.mjs');
const versionOf = async (file, ...args) => (await program(file, args)).out.trim().split('\n')[0].match(/\d[\d.]+/)?.[0];
const SHELLS = {
  Node: { file: process.execPath, args: [shell, caseFile], thin: 1 },
  Deno: { file: native('@deno', 'deno', 'deno.exe'), args: ['run', '--allow-read', '--allow-env', '--no-prompt', shell, caseFile] },
  Bun: { file: native('@oven', 'bin/bun', 'bin/bun.exe'), args: [shell, caseFile] },
};
for (const [name, { file, args, thin = THIN }] of Object.entries(SHELLS)) {
  test(`${name}: the catalogue on every door`, { timeout: 120_000 }, async () => {
    assert.ok(file, `no ${name} for this platform in tests/js/bundlers/node_modules`);
    const { error, out, err } = await program(file, [...args, thin]);
    assert.equal(error, null, out + err);
    const { told, pool } = JSON.parse(out.trim().split('\n').at(-1));
    assert.equal(pool, POOL);
    judge(`${name} ${await versionOf(file, '--version')}`, told, { thin });
  });
}

test('workerd: the catalogue on every door, and the one that may not compile says so', { timeout: 120_000 }, async () => {
  const folder = join(WORK, 'workerd');
  const { outputFiles } = await build({
    entryPoints: [join(here, 'workerd.mjs')], outdir: folder, bundle: true, format: 'esm', conditions: ['workerd', 'worker', 'browser'], external: ['catalogue'],
    nodePaths: [MODULES], loader: { '.wasm': 'copy' }, assetNames: '[name]-[hash]', write: false, logLevel: 'error',
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  writeFileSync(join(folder, 'catalogue.json'), JSON.stringify({ sections, thin: THIN }));
  const wasm = outputFiles.filter(({ path }) => path.endsWith('.wasm')).map(({ path }) => path.slice(folder.length + 1));
  assert.equal(wasm.length, 2, 'each build of the wasm is a module of its own');
  const modules = [`(name = "workerd.js", esModule = embed "workerd.js")`, `(name = "catalogue", text = embed "catalogue.json")`, ...wasm.map((file) => `(name = "${file}", wasm = embed "${file}")`)];
  writeFileSync(join(folder, 'config.capnp'), [
    'using Workerd = import "/workerd/workerd.capnp";',
    'const config :Workerd.Config = (services = [(name = "main", worker = .worker)]);',
    `const worker :Workerd.Worker = (compatibilityDate = "2026-01-01", modules = [${modules.join(', ')}]);`,
  ].join('\n'));
  const file = native('@cloudflare', 'bin/workerd', 'bin/workerd.exe');
  assert.ok(file, 'no workerd for this platform');
  const { error, out, err } = await program(file, ['test', join(folder, 'config.capnp')]);
  assert.equal(error, null, out + err);
  const line = `${out}\n${err}`.split('\n').find((text) => text.includes('{"told"'));
  assert.ok(line, out + err);
  judge(`workerd ${version('workerd')}`, JSON.parse(line.slice(line.indexOf('{"told"'))).told, { holes: { inline: 'engine_blocked_by_csp' } });
});

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
let server;
before(async () => {
  server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const headers = { 'content-security-policy': POLICY, 'service-worker-allowed': '/' };
    const send = (type, body) => response.writeHead(200, { ...headers, 'content-type': type }).end(body);
    if (path.endsWith('.html')) return send('text/html', `<!doctype html><title>runtimes</title><script type="module" src="/tests/js/bundlers/runtimes${path.replace('.html', '.mjs')}"></script>`);
    if (path === '/catalogue.json') return send('application/json', JSON.stringify({ sections, thin: THIN }));
    if (path === '/case.json') return send('application/json', JSON.stringify(CASE));
    const file = path.startsWith('/package/') ? join(MODULES, 'eid-verifier', path.slice(9)) : path.startsWith('/tests/js/') ? at(path.slice(1)) : undefined;
    if (!file || !existsSync(file) || !TYPES[extname(file)]) return response.writeHead(404, headers).end();
    return send(TYPES[extname(file)], readFileSync(file));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
});
after(async () => {
  server?.closeAllConnections();
  server?.close();
});

/** Chromium behind the same small client as the other two. */
async function openChromium() {
  const browser = await chromium.launch({ executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage();
  return {
    name: 'Chromium', version: browser.version(), close: () => browser.close(), goto: (url) => page.goto(url),
    until: async (work) => (await page.waitForFunction(work, undefined, { timeout: 60_000 })).jsonValue(),
  };
}

const PLACES = { 'main thread': 'page.html', 'module worker, initSync': 'worker-page.html', 'service worker': 'service-page.html' };
for (const [engine, open] of Object.entries({ Chromium: openChromium, Firefox: openFirefox, WebKit: openWebkit })) {
  test(`${engine}: the catalogue on the main thread, in a worker, in a service worker`, { timeout: 180_000 }, async (t) => {
    const browser = await open();
    if (browser.skipped) return t.skip(browser.skipped);
    try {
      for (const [place, file] of Object.entries(PLACES)) {
        await browser.goto(`http://127.0.0.1:${server.address().port}/${file}`);
        const answer = await browser.until(() => window.answer);
        assert.equal(answer.error, undefined, place);
        if (file === 'page.html') assert.equal(answer.pool, POOL);
        judge(`${browser.name} ${browser.version.split('.')[0]}, ${place}`, answer.told);
      }
    } finally {
      await browser.close();
    }
  });
}
