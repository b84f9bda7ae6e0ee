// The door of workerd (Cloudflare Workers): it compiles no bytes at run time, but imports a .wasm file as a module.
import wasm from './wasm/full/eid_verifier_bg.wasm';
import { Host } from './host.js';
import { createGlue } from './wasm/full/glue.js';
import { makeDoor } from './door.js';

const door = /* @__PURE__ */ makeDoor(/* @__PURE__ */ new Host(createGlue, { source: () => wasm, sourceSync: () => wasm }));

export const { init, initSync, Verifier, readMrz, assessAccount, requestDeadline, inspect, engineInfo } = door;
export default init;
export { EidError } from './errors.js';
export { NonceStore } from './nonces.js';
export { version } from './version.js';
