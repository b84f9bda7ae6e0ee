// The recipes of the package's README, run as they stand there with the package as published: a good and a bad credential of the test authority.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { build } from 'esbuild';
import { FOLDER, MODULES, WORK } from '../../../tools/doors.mjs';
import { at } from '../../../tools/run.mjs';
import { recipe } from '../recipes.mjs';
import { visit, withBrowser } from './served.mjs';

const read = (id) => JSON.parse(readFileSync(at('www', 'samples', `${id}.json`), 'utf8'));
const [GOOD, BAD] = ['citizen-level-1', 'tampered'].map(read);
const CONFIG = `export const config = ${JSON.stringify(GOOD.config)};\n`;

withBrowser();

/** A new folder with these files. */
function folder(name, files) {
  const out = join(WORK, 'recipes', name);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const [file, text] of Object.entries({ 'config.js': CONFIG, ...files })) writeFileSync(join(out, file), text);
  return out;
}

/** What a visitor sees who pastes the good credential and then the bad one, at the authority's time. */
function see(root) {
  const find = (pathname) => (pathname.startsWith('/eid-verifier/') ? join(MODULES, pathname) : join(root, pathname === '/' ? 'index.html' : pathname));
  return visit(find, async (page, url) => {
    await page.clock.setFixedTime(GOOD.now * 1000);
    await page.goto(url);
    const seen = [];
    for (const { input } of [GOOD, BAD]) {
      const before = seen.at(-1) ?? '';
      await page.waitForSelector('#token');
      // a page whose wasm is still on its way answers as soon as it is there, or when it is asked again
      for (let tries = 0; tries < 20; tries += 1) {
        await page.fill('#token', '');
        await page.fill('#token', input);
        const told = await page.waitForFunction((last) => ![last, ''].includes(document.getElementById('verdict').textContent), before, { timeout: 500 }).catch(() => undefined);
        if (told) break;
      }
      seen.push(await page.textContent('#verdict'));
    }
    return seen;
  });
}

const ANSWER = { seen: ['valid', 'invalid signature_invalid'], wrong: [] };
const PAGE = '<!doctype html><title>recipe</title><div id="app"></div><script type="module" src="/main.js"></script>';

/** A recipe beside five lines that mount it, through esbuild. */
async function bundled(name, files, main, plugins = []) {
  const root = folder(name, { ...files, 'start.jsx': main, 'index.html': PAGE });
  await build({
    entryPoints: { main: join(root, 'start.jsx') }, outdir: root, bundle: true, format: 'esm', jsx: 'automatic', nodePaths: [MODULES], conditions: ['browser', 'production'], plugins,
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' }, logLevel: 'error',
  });
  // esbuild does not carry the wasm along: it is served where the bundle looks for it, beside itself
  mkdirSync(join(root, 'wasm', 'full'), { recursive: true });
  writeFileSync(join(root, 'wasm', 'full', 'eid_verifier_bg.wasm'), readFileSync(join(MODULES, 'eid-verifier', 'wasm', 'full', 'eid_verifier_bg.wasm')));
  return root;
}

test('plain page', { timeout: 60_000 }, async () => {
  assert.deepEqual(await see(folder('plain', { 'index.html': recipe('html', 'Plain page') })), ANSWER);
});

test('React', { timeout: 60_000 }, async () => {
  const main = 'import { createRoot } from "react-dom/client"; import { Verify } from "./Verify.jsx"; createRoot(document.getElementById("app")).render(<Verify />);';
  assert.deepEqual(await see(await bundled('react', { 'Verify.jsx': recipe('jsx', 'React (') }, main)), ANSWER);
});

test('Vue', { timeout: 60_000 }, async () => {
  const main = 'import { createApp } from "vue"; import { Verify } from "./Verify.js"; createApp(Verify).mount("#app");';
  assert.deepEqual(await see(await bundled('vue', { 'Verify.js': recipe('js', 'Vue') }, main)), ANSWER);
});

test('Svelte', { timeout: 60_000 }, async () => {
  const { compile } = createRequire(join(FOLDER, 'package.json'))('svelte/compiler');
  const { js, warnings } = compile(recipe('svelte', 'Svelte'), { generate: 'client', filename: 'Verify.svelte' });
  assert.deepEqual(warnings.map(({ message }) => message), []);
  const main = 'import { mount } from "svelte"; import Verify from "./Verify.js"; mount(Verify, { target: document.getElementById("app") });';
  assert.deepEqual(await see(await bundled('svelte', { 'Verify.js': js.code }, main)), ANSWER);
});

test('server: the same wasm in Node says the same to the same credentials', { timeout: 60_000 }, async () => {
  const root = folder('server', { 'server.mjs': recipe('js', 'Server'), 'clock.mjs': `Date.now = () => ${GOOD.now * 1000};`, 'package.json': '{"type":"module"}' });
  writeFileSync(join(root, 'start.mjs'), 'import "./clock.mjs"; import { server } from "./server.mjs"; server.on("listening", () => console.log(server.address().port));');
  symlinkSync(MODULES, join(root, 'node_modules'), 'junction');
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const child = spawn(process.execPath, ['start.mjs'], { cwd: root, env: { ...env, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const port = await new Promise((told, failed) => {
      child.stdout.once('data', (text) => told(Number(text)));
      child.once('exit', () => failed(new Error('the recipe ended')));
    });
    const ask = async (body) => {
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
      return [response.status, await response.text()];
    };
    assert.deepEqual(await ask(GOOD.input), [200, '{"verdict":"valid","codes":[]}']);
    assert.deepEqual(await ask(BAD.input), [422, '{"verdict":"invalid","codes":["signature_invalid"]}']);
    assert.equal((await ask('x'.repeat(70_000)))[0], 413);
  } finally {
    child.kill();
  }
});

test('the README says where it was tried: every tool with its version, and how many cases', () => {
  const readme = readFileSync(at('pkg', 'README.md'), 'utf8').split('## Where it was tried')[1].split('\n## ')[0];
  const NAMES = { bun: 'Bun', deno: 'Deno', esbuild: 'esbuild', jest: 'Jest', next: 'Next.js', parcel: 'Parcel', rollup: 'Rollup', vite: 'Vite', vitest: 'Vitest', webpack: 'webpack' };
  const { devDependencies } = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8'));
  for (const [name, shown] of Object.entries(NAMES)) {
    const [, version] = readme.match(new RegExp(`\\b${shown.replace('.', '\\.')} (\\d+(?:\\.\\d+)?)`)) ?? assert.fail(`${shown} is not in the table`);
    assert.ok(devDependencies[name].startsWith(`${version}.`), `${shown} ${version} in the README, ${devDependencies[name]} in the fixtures`);
  }
  const folder = at('tests', 'vectors', 'attacks');
  const cases = readdirSync(folder).filter((name) => /^[a-j]\.json$/.test(name)).reduce((sum, name) => sum + JSON.parse(readFileSync(join(folder, name), 'utf8')).cases.length, 0);
  assert.match(readme, new RegExp(`\\b${cases} hostile and sound inputs`));
});
