// The door without WebAssembly: the core build as plain JavaScript, for hosts such as iOS in Lockdown Mode. Same calls,
// same verdicts, slower. Nothing is loaded; `init()` may be called, but need not be.
import { Host } from './host.js';
import { createGlue } from './wasm/compat/glue.js';
import { instantiate } from './wasm/compat/engine.js';
import { makeDoor } from './door.js';

const makeSync = (_, imports) => ({ exports: instantiate(imports) });
const maker = {
  isThere: () => true,
  compile: async () => 'plain JavaScript',
  compileSync: () => 'plain JavaScript',
  make: async (module, imports) => makeSync(module, imports),
  makeSync,
};
const door = /* @__PURE__ */ makeDoor(/* @__PURE__ */ new Host(createGlue, { source: () => undefined, sourceSync: () => undefined, maker }));

export const { init, initSync, Verifier, readMrz, assessAccount, requestDeadline, inspect, engineInfo } = door;
export default init;
export { EidError } from './errors.js';
export { NonceStore } from './nonces.js';
export { version } from './version.js';
