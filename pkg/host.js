// The host of the wasm: loads it once, watches it, and puts a fresh instance in the place of one that trapped.
// A cell is one instance with its own glue: { glue, info, table, dead }.
import { engineFault, nameEngineFailure } from './errors.js';
import { readTable } from './report.js';
import { version } from './version.js';

const MAGIC = [0x00, 0x61, 0x73, 0x6d]; // "\0asm", WebAssembly Core §5.5.16

const hasWebAssembly = () => typeof WebAssembly === 'object' && typeof WebAssembly.instantiate === 'function';

/** Joins a glue and an instance, and checks that the two belong together. */
function makeCell(glue, instance) {
  const { exports } = instance;
  let info;
  let table;
  try {
    if (exports.memory === undefined) throw engineFault('engine_version_mismatch');
    glue.attach(instance);
    info = JSON.parse(glue.engineInfo());
    table = readTable(glue.reportTable());
  } catch {
    throw engineFault('engine_version_mismatch');
  }
  if (info.version !== version) throw engineFault('engine_version_mismatch');
  return { glue, info, table, dead: false };
}

function bytesOf(source) {
  return source instanceof ArrayBuffer ? new Uint8Array(source) : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}

/** The bytes of a wasm file; V8 takes no DataView. */
function wasmBytes(source) {
  const bytes = bytesOf(source);
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw engineFault('engine_file_invalid');
  return bytes;
}

const isBufferSource = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);
const isModule = (value) => hasWebAssembly() && value instanceof WebAssembly.Module;
const isResponse = (value) => typeof Response === 'function' && value instanceof Response;

async function moduleFromResponse(response) {
  if (!response.ok && response.type !== 'opaque') throw engineFault('engine_load_failed');
  const type = (response.headers.get('Content-Type') ?? '').split(';')[0].trim();
  if (type === 'application/wasm' && typeof WebAssembly.compileStreaming === 'function') {
    return WebAssembly.compileStreaming(response);
  }
  let bytes;
  try {
    bytes = await response.arrayBuffer();
  } catch {
    throw engineFault('engine_load_failed');
  }
  return WebAssembly.compile(wasmBytes(bytes));
}

async function moduleFrom(source) {
  if (isModule(source)) return source;
  if (isBufferSource(source)) return WebAssembly.compile(wasmBytes(source));
  if (isResponse(source)) return moduleFromResponse(source);
  if (typeof source === 'string' || (typeof URL === 'function' && source instanceof URL)) {
    let response;
    try {
      response = await fetch(source, { credentials: 'same-origin' });
    } catch {
      throw engineFault('engine_load_failed');
    }
    return moduleFromResponse(response);
  }
  throw engineFault('engine_source_invalid');
}

/** How WebAssembly makes instances. The plain-JS twin has a maker of its own (compat.js). */
export const wasmMaker = {
  compile: moduleFrom,
  compileSync(source) {
    if (isModule(source)) return source;
    if (!isBufferSource(source)) throw engineFault('engine_source_invalid');
    return new WebAssembly.Module(wasmBytes(source));
  },
  make: (module, imports) => WebAssembly.instantiate(module, imports),
  makeSync: (module, imports) => new WebAssembly.Instance(module, imports),
  isThere: hasWebAssembly,
};

/**
 * One engine for one door.
 * @param {() => any} createGlue from wasm/…/glue.js
 * @param {{ source?: () => unknown, sourceSync?: () => unknown, maker?: typeof wasmMaker }} how
 *   `source`: what init() loads when it is given nothing; `sourceSync`: the same without waiting, where a host can
 */
export class Host {
  #createGlue;
  #how;
  #maker;
  #module; // the compiled wasm, kept so that a fresh instance costs no second compilation
  #cell;
  #starting; // promise of the first start
  #renewing; // promise of a fresh instance, where the host cannot make one at once
  #broken = false;

  constructor(createGlue, how) {
    this.#createGlue = createGlue;
    this.#how = how;
    this.#maker = how.maker ?? wasmMaker;
  }

  /** Starts the engine; later calls join the first one, and a failed start may be tried again. */
  init(source) {
    if (this.#cell !== undefined) return Promise.resolve();
    if (this.#starting === undefined) {
      const start = async () => {
        try {
          const given = await source; // and so nothing below runs before `#starting` is set
          if (!this.#maker.isThere()) throw engineFault('engine_unsupported');
          const module =
            given === undefined && this.#module !== undefined
              ? this.#module
              : await this.#maker.compile(await (given === undefined ? this.#how.source() : given));
          const glue = this.#createGlue();
          const instance = await this.#maker.make(module, glue.imports);
          // initSync may have been quicker: then its engine stays
          if (this.#cell === undefined) this.#adopt(module, makeCell(glue, instance));
        } catch (error) {
          throw nameEngineFailure(error);
        } finally {
          this.#starting = undefined;
        }
      };
      this.#starting = start();
    }
    return this.#starting;
  }

  /** The same without waiting: from a compiled module or the bytes of the file. */
  initSync(source) {
    if (this.#cell !== undefined) return;
    try {
      if (!this.#maker.isThere()) throw engineFault('engine_unsupported');
      const given = isModuleHolder(source) ? source.module : source;
      const module = this.#maker.compileSync(given === undefined && this.#how.sourceSync ? this.#how.sourceSync() : given);
      const glue = this.#createGlue();
      this.#adopt(module, makeCell(glue, this.#maker.makeSync(module, glue.imports)));
    } catch (error) {
      throw nameEngineFailure(error);
    }
  }

  /** The living cell. Throws EidError: engine_not_ready, engine_busy or engine_unusable. */
  cell() {
    if (this.#cell !== undefined) return this.#cell;
    if (this.#renewing !== undefined) throw engineFault('engine_busy');
    if (this.#broken) throw engineFault('engine_unusable');
    if (this.#how.sourceSync === undefined) throw engineFault('engine_not_ready');
    this.initSync();
    return this.#cell;
  }

  /** A cell trapped: it is dropped whole, and a fresh one made from the compiled module, at once where that is allowed. */
  trapped(cell) {
    if (cell.dead) return;
    cell.dead = true;
    cell.glue.detach();
    if (this.#cell !== cell) return;
    this.#cell = undefined;
    const module = this.#module;
    try {
      const glue = this.#createGlue();
      this.#adopt(module, makeCell(glue, this.#maker.makeSync(module, glue.imports)));
      return;
    } catch {
      // Chrome before 115 makes no large instance on the main thread without waiting
    }
    const renew = async () => {
      try {
        const glue = this.#createGlue();
        const instance = await this.#maker.make(module, glue.imports);
        if (this.#cell === undefined) this.#adopt(module, makeCell(glue, instance));
      } catch {
        this.#broken = true;
      } finally {
        this.#renewing = undefined;
      }
    };
    this.#renewing = renew();
  }

  #adopt = (module, cell) => {
    this.#module = module;
    this.#cell = cell;
    this.#broken = false;
  };
}

function isModuleHolder(source) {
  return typeof source === 'object' && source !== null && Object.getPrototypeOf(source) === Object.prototype && 'module' in source;
}
