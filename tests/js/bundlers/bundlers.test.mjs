// The package as published, through each bundler, then loaded in Chromium under a strict policy: a good and a bad credential get their verdicts.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import test from 'node:test';
import { FOLDER, MODULES, WORK } from '../../../tools/doors.mjs';
import { note } from '../matrix.mjs';
import { CASE } from './case.mjs';
import { visit, withBrowser } from './served.mjs';

/** What each page must say: the door's verdicts, and those of its pool where the fixture has one. */
const [DOOR, BOTH] = ['valid invalid', 'valid invalid valid invalid'];
const BUNDLERS = { vite: BOTH, webpack: BOTH, parcel: BOTH, esbuild: BOTH, importmap: BOTH, rollup: DOOR, next: DOOR };
/** The one wasm that each writes: the bundler puts its own hash into the name. Rollup alone writes none, and without a bundler the names are the package's. */
const HASHED = {
  vite: /^eid_verifier_bg-[\w-]{8}\.wasm$/, webpack: /^[0-9a-f]{20}\.wasm$/, parcel: /^eid_verifier_bg\.[0-9a-f]{8}\.wasm$/, esbuild: /^eid_verifier_bg-[0-9A-Z]{8}\.wasm$/,
  next: /^eid_verifier_bg\.[\w-]{8,}\.wasm$/,
};

withBrowser();

/** `script-src 'self'` and the hashes of scripts that a framework writes into its page: nothing else may run. */
function policyOf(html) {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return ["default-src 'none'", ["script-src 'self' 'wasm-unsafe-eval'", ...inline].join(' '), "connect-src 'self'", "worker-src 'self'", "style-src 'self'"].join('; ');
}

/** The title that the page of a fixture ends with, under its policy. */
function look(folder) {
  const index = existsSync(join(folder, 'index.html')) ? readFileSync(join(folder, 'index.html'), 'utf8') : '<!doctype html><title></title><script type="module" src="/main.js"></script>';
  const find = (pathname) => {
    if (pathname === '/') return { type: 'text/html', body: index };
    if (pathname === '/case.json') return { type: 'application/json', body: JSON.stringify(CASE) };
    return join(folder, pathname);
  };
  const title = async (page, url) => {
    await page.goto(url);
    await page.waitForFunction(() => document.title !== '', undefined, { timeout: 20_000 }).catch(() => {});
    return page.title();
  };
  return visit(find, title, { 'content-security-policy': policyOf(index) });
}

const version = (name) => JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8')).version;

for (const [name, answer] of Object.entries(BUNDLERS)) {
  test(`${name}: built, and verifies in Chromium under a strict policy`, { timeout: 120_000 }, async () => {
    const [out, work] = [join(WORK, 'dist', name), join(WORK, 'work', name)];
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    const { default: build } = await import(`./${name}/build.mjs`);
    await build({ app: join(FOLDER, 'app'), fixture: join(FOLDER, name), modules: MODULES, out, work });
    assert.deepEqual(await look(out), { seen: answer, wrong: [] });
    const written = readdirSync(out, { recursive: true }).filter((file) => file.endsWith('.wasm')).map((file) => basename(file));
    if (HASHED[name]) assert.ok(written.length === 1 && HASHED[name].test(written[0]), `a hash in the name: ${written}`);
    note('bundlers', name === 'importmap' ? 'no bundler, import map' : `${name} ${version(name)}`, answer === BOTH ? 'door and workers' : 'door');
  });
}

const RUNNERS = {
  vitest: (folder) => ['vitest/vitest.mjs', 'run', '--root', folder],
  jest: (folder) => ['jest/bin/jest.js', '--rootDir', folder, '--testMatch', '**/*.spec.js', '--watchman=false', '--ci'],
};
for (const [name, words] of Object.entries(RUNNERS)) {
  test(`${name} imports and verifies`, { timeout: 60_000 }, async () => {
    const [program, ...args] = words(join(FOLDER, name));
    const { NODE_TEST_CONTEXT, ...env } = process.env;
    const told = await new Promise((done) => {
      execFile(process.execPath, ['--experimental-vm-modules', join(MODULES, program), ...args], { cwd: FOLDER, env: { ...env, CASE: JSON.stringify(CASE), NO_COLOR: '1' } }, (error, out, err) => done({ error, text: out + err }));
    });
    assert.equal(told.error, null, told.text);
    assert.match(told.text, /1 passed/);
    note('bundlers', `${name} ${version(name)}`, 'imported, Node');
  });
}
