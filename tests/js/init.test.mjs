// Starting the engine: every source, and every way to fail, each with its name.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import test from 'node:test';
import { ENGINE_FAULTS } from '../../pkg/errors.js';
import { version } from '../../pkg/version.js';

const file = new URL('../../pkg/wasm/full/eid_verifier_bg.wasm', import.meta.url);
const bytes = readFileSync(file);
let count = 0;
/** The browser's door, fresh each time. */
const open = () => import(`../../pkg/index.js?${count++}`);
const wasm = (body = bytes, headers = { 'Content-Type': 'application/wasm' }, status = 200) => new Response(body, { headers, status });

const fails = (code) => (error) => {
  assert.equal(error.name, 'EidError');
  assert.equal(error.code, code);
  assert.equal(error.message, ENGINE_FAULTS[code]);
  return true;
};
async function works(door) {
  assert.equal(door.engineInfo().version, version);
  assert.deepEqual(new door.Verifier({}).verify('').codes, ['input_empty']);
}

test('the version is the same in the package, the crate and the wasm', () => {
  assert.equal(JSON.parse(readFileSync(new URL('../../pkg/package.json', import.meta.url), 'utf8')).version, version);
  assert.match(readFileSync(new URL('../../Cargo.toml', import.meta.url), 'utf8'), new RegExp(`^version = "${version}"$`, 'm'));
});

test('importing a door does nothing, and needs nothing', async () => {
  const door = await open();
  assert.throws(() => new door.Verifier({}), fails('engine_not_ready'));
  assert.equal(typeof door.version, 'string');
  assert.equal(door.default, door.init);
  const { default: nothing, ...names } = await import('../../pkg/node.js');
  assert.equal(typeof nothing, 'function');
  assert.deepEqual(Object.keys(names).sort(), Object.keys(door).filter((name) => name !== 'default').sort());
});

test('every kind of source starts it', async () => {
  const module = new WebAssembly.Module(bytes);
  const sources = {
    Response: () => wasm(),
    'promise of a Response': () => Promise.resolve(wasm()),
    'Response with another type': () => wasm(bytes, { 'Content-Type': 'application/octet-stream' }),
    'Response without type': () => wasm(bytes, {}),
    Uint8Array: () => new Uint8Array(bytes),
    Buffer: () => bytes,
    ArrayBuffer: () => new Uint8Array(bytes).buffer,
    DataView: () => new DataView(new Uint8Array(bytes).buffer),
    Module: () => module,
  };
  for (const [name, source] of Object.entries(sources)) {
    const door = await open();
    await door.init(source());
    await works(door).catch((error) => assert.fail(`${name}: ${error}`));
  }
  for (const source of [module, bytes, new Uint8Array(bytes).buffer, { module }, { module: bytes }]) {
    const door = await open();
    door.initSync(source);
    await works(door);
    door.initSync(5); // already there
  }
});

test('an address is fetched, once, and without other sites\' cookies', async () => {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(200, { 'Content-Type': 'application/wasm' });
    response.end(bytes);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const base = `http://127.0.0.1:${server.address().port}`;
  try {
    const door = await open();
    await Promise.all([door.init(new URL('/a.wasm', base)), door.init(`${base}/b.wasm`), door.init()]);
    await works(door);
    assert.deepEqual(asked, ['/a.wasm']);
    const other = await open();
    await other.init(`${base}/c.wasm`);
    await works(other);
  } finally {
    server.close();
  }
});

test('each failure has its name and its cure, and the next attempt may succeed', async () => {
  const html = '<!doctype html><title>app</title>';
  const rows = [
    ['HTML under the name of wasm', () => wasm(html), 'engine_file_invalid'],
    ['HTML', () => wasm(html, { 'Content-Type': 'text/html' }), 'engine_file_invalid'],
    ['404', () => wasm('', {}, 404), 'engine_load_failed'],
    ['500', () => wasm(bytes, undefined, 500), 'engine_load_failed'],
    ['cut short', () => bytes.subarray(0, bytes.length - 100), 'engine_file_invalid'],
    ['cut short, streamed', () => wasm(bytes.subarray(0, bytes.length - 100)), 'engine_file_invalid'],
    ['empty', () => new Uint8Array(0), 'engine_file_invalid'],
    ['another wasm', () => Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), 'engine_version_mismatch'],
    ['a wasm that wants other imports', () => importing(), 'engine_version_mismatch'],
    ['no source', () => 5, 'engine_source_invalid'],
    ['null', () => null, 'engine_source_invalid'],
    ['object', () => ({}), 'engine_source_invalid'],
    ['network down', () => Promise.reject(new TypeError('Failed to fetch')), 'engine_load_failed'],
    ['unreachable address', () => 'http://127.0.0.1:1/x.wasm', 'engine_load_failed'],
  ];
  for (const [name, source, code] of rows) {
    const door = await open();
    await assert.rejects(async () => door.init(source()), fails(code), name);
    assert.throws(() => new door.Verifier({}), fails('engine_not_ready'), name);
    await door.init(wasm());
    await works(door);
  }
  for (const [source, code] of [[undefined, 'engine_source_invalid'], [wasm(), 'engine_source_invalid'], [new Uint8Array(9), 'engine_file_invalid'], [bytes.subarray(0, 5000), 'engine_file_invalid']]) {
    const door = await open();
    assert.throws(() => door.initSync(source), fails(code));
  }
});

/** A module that imports a function nobody has: (module (import "x" "y" (func))) */
function importing() {
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 0x78, 1, 0x79, 0, 0]);
}

test('what browsers say when they block, refuse or run out is understood', async () => {
  const words = [
    [new WebAssembly.CompileError("WebAssembly.compile(): Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not an allowed source of script"), 'engine_blocked_by_csp'],
    [new WebAssembly.CompileError("WebAssembly.compile(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because neither 'wasm-eval' nor 'unsafe-eval' is an allowed source of script"), 'engine_blocked_by_csp'],
    [new WebAssembly.CompileError('call to WebAssembly.compile() blocked by CSP'), 'engine_blocked_by_csp'],
    [Object.assign(new Error("Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not an allowed source of script"), { name: 'EvalError' }), 'engine_blocked_by_csp'],
    // an instruction, a section and a type that Firefox and WebKitGTK do not know; then a file cut short
    ...['wasm validation error: at offset 23: unrecognized opcode: ff b', 'wasm validation error: at offset 8: expected custom section', 'wasm validation error: at offset 14: bad type',
      "WebAssembly.Module doesn't parse at byte 2: invalid opcode 255, in function at index 0", "WebAssembly.Module doesn't parse at byte 8: invalid section",
      "WebAssembly.Module doesn't parse at byte 14: can't get 0th argument Type"].map((text) => [new WebAssembly.CompileError(text), 'engine_too_old']),
    ...['wasm validation error: at offset 10: expected function body count', "WebAssembly.Module doesn't parse at byte 10: can't get Code section's count"].map((text) => [new WebAssembly.CompileError(text), 'engine_file_invalid']),
    [new RangeError('WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance'), 'engine_out_of_memory'],
    [new WebAssembly.RuntimeError('could not allocate memory'), 'engine_out_of_memory'],
    [new WebAssembly.LinkError('WebAssembly.instantiate(): Import #0 "a" "b": function import requires a callable'), 'engine_version_mismatch'],
    [undefined, 'engine_load_failed'],
  ];
  const { instantiate } = WebAssembly;
  for (const [said, code] of words) {
    const door = await open();
    WebAssembly.instantiate = () => Promise.reject(said);
    try {
      await assert.rejects(door.init(bytes), fails(code), String(said));
    } finally {
      WebAssembly.instantiate = instantiate;
    }
    await door.init(bytes);
    await works(door);
  }
});

test('without WebAssembly the cure is named, and compat and messages work', async () => {
  const kept = globalThis.WebAssembly;
  delete globalThis.WebAssembly;
  try {
    const door = await open();
    await assert.rejects(door.init(), fails('engine_unsupported'));
    assert.throws(() => door.initSync(bytes), fails('engine_unsupported'));
    const inline = await import(`../../pkg/inline.js?${count++}`);
    await assert.rejects(inline.init(), fails('engine_unsupported'));
    const compat = await import(`../../pkg/compat.js?${count++}`);
    await works(compat);
    await compat.init();
  } finally {
    globalThis.WebAssembly = kept;
  }
});

test('no door has a top-level await, and none touches a global while it is imported', async () => {
  const { readdirSync } = await import('node:fs');
  for (const name of readdirSync(new URL('../../pkg/', import.meta.url)).filter((each) => each.endsWith('.js'))) {
    const text = readFileSync(new URL(`../../pkg/${name}`, import.meta.url), 'utf8');
    assert.doesNotMatch(text, /^(?:const .*= )?await\b/m, name);
    assert.doesNotMatch(text, /\?<[!=]|\.at\(|Object\.hasOwn\b|static \{|#\w+\([^)]*\) \{/, `${name}: newer than Chrome 85 and Safari 14.1`);
  }
});
