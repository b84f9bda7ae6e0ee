// The types: they compile as a page would use them, hold every code, and name exactly what the doors export.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import newest from 'typescript';
import ts5 from 'typescript-5';
import { ENGINE_FAULTS } from '../../pkg/errors.js';
import { messageFor } from '../../pkg/messages.js';
import { pack } from '../../tools/doors.mjs';
import { FAIL, SKIP, UNKNOWN } from './codes.mjs';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path) => readFileSync(at(path), 'utf8');
const DOORS = { '': 'index', '/core': 'index', '/inline': 'index', '/compat': 'index', '/worker': 'worker', '/net': 'net', '/webview': 'webview', '/worker-entry': 'worker-entry', '/messages': 'messages', '/voices': 'voices' };

function compile(files, more = {}, ts = newest) {
  const program = ts.createProgram(files, {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noPropertyAccessFromIndexSignature: true,
    noImplicitOverride: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.esnext.disposable.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noEmit: true,
    types: [],
    paths: Object.fromEntries(Object.entries(DOORS).map(([door, file]) => [`eid-verifier${door}`, [at(`pkg/${file}.d.ts`)]])),
    ...more,
  });
  return ts.getPreEmitDiagnostics(program).map((one) => `${one.file?.fileName ?? ''}:${one.start ?? 0} ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`);
}

for (const compiler of [newest, ts5]) {
  // one program: the library's own declarations are most of the work
  test(`under strict TypeScript ${compiler.versionMajorMinor} a page compiles and its mistakes do not, so does every declaration file, and a switch over every code is total`, () => {
    const declared = readdirSync(at('pkg')).filter((name) => name.endsWith('.d.ts')).map((name) => at(`pkg/${name}`));
    const folder = mkdtempSync(join(tmpdir(), 'eid-types-'));
    const write = (name, codes) => {
      const cases = codes.map((code) => `    case '${code}':`).join('\n');
      writeFileSync(join(folder, name), `import type { Code } from 'eid-verifier';\nexport function told(code: Code): string {\n  switch (code) {\n${cases}\n      return code;\n  }\n}\n`);
      return join(folder, name);
    };
    try {
      const codes = [...FAIL, ...UNKNOWN, ...SKIP];
      const wrong = compile([at('tests/js/types/use.ts'), ...declared, write('whole.ts', codes), write('forgotten.ts', codes.slice(1))], { skipLibCheck: false }, compiler);
      assert.equal(wrong.length, 1, wrong.join('\n'));
      assert.match(wrong[0], /forgotten\.ts.*lacks ending return statement/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test('publint and arethetypeswrong find nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eid-publish-'));
  try {
    const { file } = await pack(folder);
    const { messages } = await publint({ pkgDir: at('pkg'), level: 'suggestion', strict: true });
    assert.deepEqual(messages.map((message) => formatMessage(message, { name: 'eid-verifier' })), []);
    const { problems } = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(file))));
    // ES modules alone, through "exports": what knows neither (TypeScript's node10, require before Node 20.19) is not served
    const wrong = problems.filter(({ resolutionKind, resolutionOption }) => !['node10', 'node16-cjs'].includes(resolutionKind ?? resolutionOption));
    assert.deepEqual(wrong.map((problem) => JSON.stringify(problem)), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function union(name) {
  const text = read('pkg/codes.d.ts');
  const body = new RegExp(`export type ${name} =([^;]*);`).exec(text)[1];
  return [...body.matchAll(/'([a-z0-9_]+)'/g)].map((match) => match[1]);
}

test('the code types hold exactly the codes of the engine, by outcome', () => {
  assert.deepEqual(union('FailCode').sort(), [...FAIL].sort());
  assert.deepEqual(union('UnknownCode').sort(), [...UNKNOWN].sort());
  assert.deepEqual(union('SkipCode').sort(), [...SKIP].sort());
  const engine = read('tests/codes.txt').trim().split('\n').filter((line) => /^[a-z]/.test(line)).map((line) => line.split(/\s/)[0]);
  assert.deepEqual([...FAIL, ...UNKNOWN, ...SKIP].sort(), engine.sort());
  for (const code of engine) assert.ok(messageFor(code, 'vi') && messageFor(code, 'en'), code);
  for (const code of Object.keys(ENGINE_FAULTS)) assert.ok(union('ErrorCode').includes(code), code);
});

test('each door exports what its types say, and each export has an example', async () => {
  const declared = (file) => {
    const ts = newest;
    const source = ts.createSourceFile(file, read(`pkg/${file}.d.ts`), ts.ScriptTarget.ES2022, true);
    const names = new Map();
    source.forEachChild((node) => {
      const exported = node.modifiers?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
      if (!exported || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
      const examples = ts.getJSDocTags(ts.isVariableStatement(node) ? node.declarationList.declarations[0] : node).filter((tag) => tag.tagName.text === 'example');
      const name = ts.isVariableStatement(node) ? node.declarationList.declarations[0].name.text : node.name.text;
      names.set(name, examples.length);
    });
    return names;
  };
  const files = { index: ['node', 'index', 'core', 'core-node', 'inline', 'compat'], worker: ['worker', 'worker-node'], net: ['net'], webview: ['webview'], messages: ['messages'], voices: ['voices'] };
  for (const [types, doors] of Object.entries(files)) {
    const names = declared(types);
    for (const [name, examples] of names) assert.ok(examples > 0, `${types}: ${name} has no @example`);
    for (const door of doors) {
      const exported = Object.keys(await import(`../../pkg/${door}.js`)).filter((name) => name !== 'default');
      assert.deepEqual(exported.sort(), [...names.keys()].sort(), door);
    }
  }
});
