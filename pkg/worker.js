// The pool of browsers and Deno: Web Workers.
import { makePool } from './pool.js';

/**
 * @param {{ size?: number, config?: object, source?: unknown, worker?: () => Worker }} [settings]
 *   `source` goes to `init` in each worker; `worker` makes the Worker, for bundlers that want to see it made elsewhere
 */
export function createPool(settings = {}) {
  const { worker: make, ...rest } = settings;
  const spawn = ({ message, gone }) => {
    const worker = make ? make() : new Worker(new URL('./worker-entry.js', import.meta.url), { type: 'module' });
    worker.onmessage = (event) => message(event.data);
    worker.onmessageerror = () => {
      worker.terminate();
      gone();
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      worker.terminate();
      gone();
    };
    return { post: (data) => worker.postMessage(data), end: () => worker.terminate() };
  };
  const cores = globalThis.navigator?.hardwareConcurrency ?? 2;
  return makePool(spawn, rest, Math.max(1, Math.min(8, cores - 1)));
}
