// The browser's door: `init()` fetches the wasm that lies beside this file.
import { Host } from './host.js';
import { createGlue } from './wasm/core/glue.js';
import { makeDoor } from './door.js';

const door = /* @__PURE__ */ makeDoor(/* @__PURE__ */ new Host(createGlue, { source: () => new URL('./wasm/core/eid_verifier_bg.wasm', import.meta.url) }));

export const { init, initSync, Verifier, readMrz, assessAccount, requestDeadline, inspect, engineInfo } = door;
export default init;
export { EidError } from './errors.js';
export { NonceStore } from './nonces.js';
export { version } from './version.js';
