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

/** All green, but for the holes that are named: door → code. */
function judge(runtime, told, holes = {}) {
  for (const [door, { cases, faults, code }] of Object.entries(told)) {
    assert.deepEqual(faults, [], `${runtime}, ${door}`);
    assert.equal(code, holes[door], `${runtime}, ${door}`);
    assert.equal(cases, code === undefined ? CASES : 0, `${runtime}, ${door}`);
  }
  const doors = Object.keys(told).map((door) => (holes[door] ? `${door}: ${holes[door]}` : door));
  note('runtimes', runtime, `${CASES} cases × ${doors.join(', ')}`);
}

function program(file, args, env = {}) {
  const { NODE_TEST_CONTEXT, ...rest } = process.env;
  return new Promise((done) => {
    execFile(file, args, { cwd: FOLDER, env: { ...rest, NO_COLOR: '1', ...env }, maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => done({ error, out, err }));
  });
}

const shell = join(here, 'shell.mjs');
const versionOf = async (file, ...args) => (await program(file, args)).out.trim().split('\n')[0].match(/\d[\d.]+/)?.[0];
const SHELLS = {
  Node: { file: process.execPath, args: [shell, caseFile] },
  Deno: { file: native('@deno', 'deno', 'deno.exe'), args: ['run', '--allow-read', '--allow-env', '--no-prompt', shell, caseFile] },
  Bun: { file: native('@oven', 'bin/bun', 'bin/bun.exe'), args: [shell, caseFile] },
};
for (const [name, { file, args }] of Object.entries(SHELLS)) {
  test(`${name}: the catalogue on every door`, { timeout: 120_000 }, async () => {
    assert.ok(file, `no ${name} for this platform in tests/js/bundlers/node_modules`);
    const { error, out, err } = await program(file, args);
    assert.equal(error, null, out + err);
    const { told, pool } = JSON.parse(out.trim().split('\n').at(-1));
    assert.equal(pool, POOL);
    judge(`${name} ${await versionOf(file, '--version')}`, told);
  });
}

test('workerd: the catalogue on every door, and the one that may not compile says so', { timeout: 120_000 }, async () => {
  const folder = join(WORK, 'workerd');
  const { outputFiles } = await build({
    entryPoints: [join(here, 'workerd.mjs')], outdir: folder, bundle: true, format: 'esm', conditions: ['workerd', 'worker', 'browser'], external: ['sections'],
    nodePaths: [MODULES], loader: { '.wasm': 'copy' }, assetNames: '[name]-[hash]', write: false, logLevel: 'error',
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  writeFileSync(join(folder, 'sections.json'), JSON.stringify(sections));
  const wasm = outputFiles.filter(({ path }) => path.endsWith('.wasm')).map(({ path }) => path.slice(folder.length + 1));
  assert.equal(wasm.length, 2, 'each build of the wasm is a module of its own');
  const modules = [`(name = "workerd.js", esModule = embed "workerd.js")`, `(name = "sections", text = embed "sections.json")`, ...wasm.map((file) => `(name = "${file}", wasm = embed "${file}")`)];
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
  judge(`workerd ${await versionOf(file, '--version')}`, JSON.parse(line.slice(line.indexOf('{"told"'))).told, { inline: 'engine_blocked_by_csp' });
});

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
let server;
let browser;
before(async () => {
  server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const headers = { 'content-security-policy': POLICY, 'service-worker-allowed': '/' };
    const send = (type, body) => response.writeHead(200, { ...headers, 'content-type': type }).end(body);
    if (path.endsWith('.html')) return send('text/html', `<!doctype html><title>runtimes</title><script type="module" src="/tests/js/bundlers/runtimes${path.replace('.html', '.mjs')}"></script>`);
    if (path === '/sections.json') return send('application/json', JSON.stringify(sections));
    if (path === '/case.json') return send('application/json', JSON.stringify(CASE));
    const file = path.startsWith('/package/') ? join(MODULES, 'eid-verifier', path.slice(9)) : path.startsWith('/tests/js/') ? at(path.slice(1)) : undefined;
    if (!file || !existsSync(file) || !TYPES[extname(file)]) return response.writeHead(404, headers).end();
    return send(TYPES[extname(file)], readFileSync(file));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  browser = await chromium.launch({ executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
});
after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

const PLACES = { 'main thread': 'page.html', 'module worker, initSync': 'worker-page.html', 'service worker': 'service-page.html' };
for (const [place, file] of Object.entries(PLACES)) {
  test(`Chromium, ${place}: the catalogue`, { timeout: 120_000 }, async () => {
    const page = await browser.newPage();
    const wrong = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    await page.goto(`http://127.0.0.1:${server.address().port}/${file}`);
    const answer = await (await page.waitForFunction(() => window.answer, undefined, { timeout: 90_000 })).jsonValue();
    await page.close();
    assert.deepEqual(wrong, []);
    assert.equal(answer.error, undefined);
    if (file === 'page.html') assert.equal(answer.pool, POOL);
    judge(`Chromium ${browser.version().split('.')[0]}, ${place}`, answer.told);
  });
}
