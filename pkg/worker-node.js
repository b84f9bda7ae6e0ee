// The pool of Node and Bun: worker_threads.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { makePool } from './pool.js';

/** @param {{ size?: number, config?: object, source?: unknown, worker?: () => Worker }} [settings] */
export function createPool(settings = {}) {
  const { worker: make, ...rest } = settings;
  const spawn = ({ message, gone }) => {
    const worker = make ? make() : new Worker(new URL('./worker-entry-node.js', import.meta.url));
    worker.on('message', message);
    worker.on('messageerror', () => worker.terminate());
    worker.on('error', () => {}); // 'exit' follows
    worker.on('exit', gone);
    worker.unref();
    return {
      post: (data) => worker.postMessage(data),
      end: () => worker.terminate(),
      // an idle pool does not keep the process alive
      busy: (is) => (is ? worker.ref() : worker.unref()),
    };
  };
  return makePool(spawn, rest, Math.max(1, Math.min(8, availableParallelism() - 1)));
}
