// The door for hosts that cannot serve a .wasm file (file://, one-file pages, strict app shells): the wasm lies inside as
// base64, and nothing is fetched.
import { Host } from './host.js';
import { base64 } from './wasm/full/base64.js';
import { createGlue } from './wasm/full/glue.js';
import { makeDoor } from './door.js';

function bytes() {
  const text = atob(base64);
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}

// a page's main thread may refuse to compile without waiting: there, as with every other door, init() comes first
const how = { source: bytes, sourceSync: typeof document === 'undefined' ? bytes : undefined };
const door = /* @__PURE__ */ makeDoor(/* @__PURE__ */ new Host(createGlue, how));

export const { init, initSync, Verifier, readMrz, assessAccount, requestDeadline, inspect, engineInfo } = door;
export default init;
export { EidError } from './errors.js';
export { NonceStore } from './nonces.js';
export { version } from './version.js';
