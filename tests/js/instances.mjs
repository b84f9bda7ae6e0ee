// Keeps an eye on every WebAssembly instance that is made, so that tests can read its memory and harm it. The product has
// no hook for this: only `WebAssembly` itself is wrapped, before a door is opened.
export function watchInstances() {
  const made = [];
  const buffers = [];
  const Instance = WebAssembly.Instance;
  const instantiate = WebAssembly.instantiate;

  /** The same exports, but a harmed one throws what a trap would. */
  function keep(instance) {
    const exports = {};
    for (const [name, value] of Object.entries(instance.exports)) {
      exports[name] =
        typeof value === 'function' && name.startsWith('engine_')
          ? (...args) => {
              const harm = exports.harm;
              exports.harm = undefined;
              if (harm === 'unreachable') throw new WebAssembly.RuntimeError('unreachable');
              if (harm === 'recursive') throw new Error('recursive use of an object detected which would lead to unsafe aliasing in rust');
              if (harm === 'overflow') {
                (function deeper() {
                  deeper();
                })();
              }
              return value(...args);
            }
          : value;
    }
    const kept = { exports };
    made.push(kept);
    return kept;
  }
  WebAssembly.Instance = function (module, imports) {
    return keep(new Instance(module, imports));
  };
  WebAssembly.instantiate = async (module, imports) => {
    const result = await instantiate(module, imports);
    return result instanceof Instance ? keep(result) : { ...result, instance: keep(result.instance) };
  };

  // the plain-JS twin keeps its memory in an ArrayBuffer of a MiB and more
  const Original = globalThis.ArrayBuffer;
  function Watched(length, options) {
    const buffer = new Original(length, options);
    if (length >= 1024 * 1024) buffers.push(buffer);
    return buffer;
  }
  Watched.prototype = Original.prototype;
  Watched.isView = Original.isView;
  globalThis.ArrayBuffer = Watched;

  return {
    /** How many instances of WebAssembly were made. */
    made: () => made.length,
    /** The size of each one's memory. */
    pages: () => [...made.map(({ exports }) => exports.memory.buffer.byteLength), ...buffers.map((buffer) => buffer.byteLength)],
    /** Harms every living instance: fills its memory, or makes its next call trap. */
    harm(how) {
      for (const { exports } of made) {
        if (how === 'zero' || how === 'ones') new Uint8Array(exports.memory.buffer).fill(how === 'ones' ? 255 : 0);
        else exports.harm = how;
      }
      if (how === 'zero' || how === 'ones') for (const buffer of buffers) new Uint8Array(buffer).fill(how === 'ones' ? 255 : 0);
    },
  };
}
