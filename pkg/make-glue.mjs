// Turns the glue that wasm-bindgen writes (`--target web`, one instance per page, its own loader) into a factory:
// `createGlue()` gives the classes and functions, the imports they need, and `attach(instance)`. One glue per wasm
// instance means that a trapped instance is dropped whole, with its handles and finalizers, and a fresh one takes its
// place. Loading is the door's business (host.js).
//
//   node pkg/make-glue.mjs pkg/wasm/full pkg/wasm/core
//
// reads  DIR/eid_verifier.js   writes  DIR/glue.js
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @param {string} generated text of eid_verifier.js @returns {string} text of glue.js */
export function toFactory(generated) {
  const loader = generated.indexOf('let wasmModule, wasmInstance, wasm;');
  if (loader < 0) throw new Error('the glue of this wasm-bindgen version looks different: its loader was not found');
  let body = generated.slice(0, loader);

  const names = [];
  body = body.replace(/^export (class|function) ([A-Za-z_$][\w$]*)/gm, (_, kind, name) => {
    names.push(name);
    return `${kind} ${name}`;
  });
  body = body.replace(/^\/\* @ts-self-types=.*\*\/\n/, '');
  if (/^export /m.test(body)) throw new Error('the glue holds an export that is neither class nor function');
  if (/^import /m.test(body)) throw new Error('the glue imports something: the door expects it to stand alone');
  if (!names.includes('Engine')) throw new Error('the glue holds no class Engine');
  if (!body.includes('__wbg_get_imports')) throw new Error('the glue of this wasm-bindgen version looks different: no imports');
  const start = generated.includes('wasm.__wbindgen_start();') ? '\n    wasm.__wbindgen_start();' : '';
  // memory that grew: the plain-JS twin's old buffer is not detached, so the buffers themselves are compared
  const views = { cachedUint8ArrayMemory0: 0, cachedDataViewMemory0: 0 };
  body = body.replace(/if \((cached(?:Uint8Array|DataView)Memory0) === null \|\| .*\) \{/g, (_, view) => {
    views[view]++;
    return `if (${view} === null || ${view}.buffer !== wasm.memory.buffer) {`;
  });
  if (Object.values(views).some((count) => count !== 1)) throw new Error('the glue of this wasm-bindgen version looks different: its views of memory');

  // long texts are ASCII nearly always: the browser's own encoder copies them at ten times the speed of a loop over letters
  let copied = 0;
  body = body.replace('let offset = 0;\n', (start) => {
    copied++;
    return `${start}    if (len > 64 && cachedTextEncoder.encodeInto(arg, mem.subarray(ptr, ptr + len)).read === len) offset = len;\n`;
  });
  // facts of the law come as the UTF-8 of a text (facts.js writes ASCII, and TextEncoder the rest): only copied
  body = body.replace(/function passStringToWasm0\(arg, malloc, realloc\) \{\n/, (start) => {
    copied++;
    return `${start}    if (typeof arg !== 'string') {
        const at = malloc(arg.length, 1) >>> 0;
        getUint8ArrayMemory0().set(arg, at);
        WASM_VECTOR_LEN = arg.length;
        return at;
    }\n`;
  });
  if (copied !== 2 || !body.includes('const cachedTextEncoder')) throw new Error('the glue of this wasm-bindgen version looks different: its texts');

  // an engine of a dropped instance has nothing left to free
  const freed = body.match(/wasm\.(__wbg_[a-z]+_free)\b/g) ?? [];
  const stubs = [...new Set(freed.map((call) => call.slice('wasm.'.length)))];

  return `// Generated from eid_verifier.js by make-glue.mjs; do not edit.
export function createGlue() {
let wasm;
${body.trim()}

function attach(instance) {
    wasm = instance.exports;
    cachedDataViewMemory0 = null;
    cachedUint8ArrayMemory0 = null;${start}
}
function detach() {
    cachedDataViewMemory0 = null;
    cachedUint8ArrayMemory0 = null;
    wasm = { ${stubs.map((name) => `${name}() {}`).join(', ')} };
}
return { imports: __wbg_get_imports(), attach, detach, ${names.join(', ')} };
}
`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const folder of process.argv.slice(2)) {
    writeFileSync(join(folder, 'glue.js'), toFactory(readFileSync(join(folder, 'eid_verifier.js'), 'utf8')));
  }
}
