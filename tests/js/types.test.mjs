// The types: they compile as a page would use them, hold every code, and name exactly what the doors export.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { ENGINE_FAULTS } from '../../pkg/errors.js';
import { messageFor } from '../../pkg/messages.js';
import { FAIL, SKIP, UNKNOWN } from './codes.mjs';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path) => readFileSync(at(path), 'utf8');
const DOORS = { '': 'index', '/core': 'index', '/inline': 'index', '/compat': 'index', '/worker': 'worker', '/net': 'net', '/webview': 'webview', '/messages': 'messages', '/voices': 'voices' };

function compile(files, more = {}) {
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

test('a page compiles against the types under strict TypeScript, and its mistakes do not', () => {
  assert.deepEqual(compile([at('tests/js/types/use.ts')]), []);
});

test('every declaration file compiles by itself', () => {
  const files = readdirSync(at('pkg')).filter((name) => name.endsWith('.d.ts'));
  assert.deepEqual(compile(files.map((name) => at(`pkg/${name}`)), { skipLibCheck: false }), []);
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
