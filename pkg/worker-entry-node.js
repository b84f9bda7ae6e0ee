// What runs inside each worker thread of the pool.
import { parentPort } from 'node:worker_threads';
import { init, Verifier } from './node.js';
import { makeAnswerer } from './pool.js';

const answer = makeAnswerer({ init, Verifier }, (data) => parentPort.postMessage(data));
parentPort.on('message', answer);
