// The door of Node, Deno and Bun: the wasm is read from disk at first use, so `init()` may be called, but need not be.
import { readFileSync } from 'node:fs';
import { Host } from './host.js';
import { createGlue } from './wasm/core/glue.js';
import { makeDoor } from './door.js';

const file = () => readFileSync(new URL('./wasm/core/eid_verifier_bg.wasm', import.meta.url));

const door = /* @__PURE__ */ makeDoor(/* @__PURE__ */ new Host(createGlue, { source: file, sourceSync: file }));

export const { init, initSync, Verifier, readMrz, assessAccount, requestDeadline, inspect, engineInfo } = door;
export default init;
export { EidError } from './errors.js';
export { NonceStore } from './nonces.js';
export { version } from './version.js';
