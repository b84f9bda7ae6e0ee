// EidError: the one error class of every door, told apart by `code`.

/**
 * Thrown for misuse only: a bad configuration, a call before `init`, a wasm file that cannot be loaded.
 * `code` is stable and meant for programs; `message` is one English sentence that says what to do. Neither ever holds
 * data of the input.
 */
export class EidError extends Error {
  constructor(code, message) {
    super(message === undefined ? code : message);
    this.name = 'EidError';
    this.code = code;
  }
}

/** Every EidError code that says why the engine is not there, with its cure. */
export const ENGINE_FAULTS = {
  engine_not_ready: 'Call `await init()` once before using eid-verifier.',
  engine_unsupported: 'This host has no WebAssembly (Lockdown Mode?): import from "eid-verifier/compat" instead.',
  engine_blocked_by_csp:
    "The page's Content-Security-Policy blocks WebAssembly: add 'wasm-unsafe-eval' to script-src, or import from \"eid-verifier/compat\".",
  engine_file_invalid:
    'What arrived is not the wasm file (often an HTML page sent in its place): serve eid_verifier_bg.wasm as application/wasm, or pass init() its address.',
  engine_too_old:
    'This host does not know all that the wasm is written in (it is too old, or the file was damaged on its way): update it, or import from "eid-verifier/compat".',
  engine_load_failed: 'The wasm file could not be fetched: check its address and the network, then call init() again.',
  engine_version_mismatch:
    'The wasm file belongs to another version of eid-verifier than this JavaScript: publish both from the same package, and empty caches.',
  engine_out_of_memory: 'There was not enough memory to start the engine: close what is not needed, then call init() again.',
  engine_source_invalid: 'init() takes a URL, a Response, the bytes of the wasm file, a WebAssembly.Module, or nothing.',
  engine_busy: 'The engine is being restarted: ask again in a moment.',
  engine_unusable: 'The engine stopped and could not be started again: reload the page, or call init() again.',
  engine_freed: 'This Verifier was freed: make a new one.',
};

/** @param {keyof typeof ENGINE_FAULTS} code */
export function engineFault(code) {
  return new EidError(code, ENGINE_FAULTS[code]);
}

/** What engines say of an instruction, section or type that they do not know: V8, SpiderMonkey, JavaScriptCore. */
const UNKNOWN = /opcode|(unknown|unexpected|invalid|expected custom) section|invalid value type|bad type|argument type|not enabled|--experimental/i;

/**
 * Gives the failure of compiling or instantiating WebAssembly its name.
 * @param {unknown} error
 * @returns {EidError}
 */
export function nameEngineFailure(error) {
  if (error instanceof EidError) return error;
  let name = '';
  let text = '';
  try {
    name = String(error.name);
    text = String(error.message);
  } catch {
    // a value that tells nothing: the generic fault below
  }
  if (/unsafe-eval|content security policy|blocked by csp|refused to (create|compile)|code generation .*disallowed/i.test(text)) {
    return engineFault('engine_blocked_by_csp');
  }
  if (name === 'RangeError' || /out of memory|could not allocate|cannot allocate/i.test(text)) {
    return engineFault('engine_out_of_memory');
  }
  // a TypeError names a module of imports that the glue does not have
  if (name === 'LinkError' || /\bimport\b/i.test(text)) {
    return engineFault('engine_version_mismatch');
  }
  if (name === 'CompileError' && UNKNOWN.test(text)) return engineFault('engine_too_old');
  if (name === 'CompileError') return engineFault('engine_file_invalid');
  return engineFault('engine_load_failed');
}
