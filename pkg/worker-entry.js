// What runs inside each Web Worker of the pool.
import { init, Verifier } from './index.js';
import { makeAnswerer } from './pool.js';

const answer = makeAnswerer({ init, Verifier }, (data) => globalThis.postMessage(data));
globalThis.onmessage = (event) => answer(event.data);
