import type { Artefacts, Config, Input, Report, TrustReport, VerifyOptions, WasmSource } from './index.js';

/** Options of one call to a pool. */
export interface PoolOptions extends VerifyOptions {
  /** Rejects with its reason when it aborts. */
  signal?: AbortSignal;
  /** Called as reports come in. */
  onProgress?(progress: { done: number; total: number }): void;
}

/** Verifiers in workers of their own. */
export interface Pool {
  readonly size: number;
  verify(input: Input, options?: PoolOptions): Promise<Report>;
  /** Reports in the order of the inputs. */
  verifyMany(inputs: readonly Input[], options?: PoolOptions): Promise<Report[]>;
  update(artefacts: Artefacts, options?: { now?: Date | number }): Promise<TrustReport[]>;
  /** Ends the workers; what is under way rejects with `pool_closed`. */
  close(): Promise<void>;
}

/** Settings of a pool. */
export interface PoolSettings {
  /** How many workers; default: the cores but one, at most 8. */
  size?: number;
  /** As for `new Verifier(config)`. */
  config: Config;
  /** Goes to `init` in each worker. */
  source?: Exclude<WasmSource, Response> | undefined;
  /** Makes a worker, for bundlers that want to see it made elsewhere. */
  worker?(): unknown;
}

/**
 * A pool of workers: Web Workers, or worker_threads in Node and Bun. A worker that crashes is replaced, and its inputs are
 * verified again.
 *
 * @throws {EidError} `policy_invalid` on bad settings
 * @example
 * import { createPool } from 'eid-verifier/worker';
 * const pool = createPool({ size: 4, config });
 * const reports = await pool.verifyMany(tokens, { onProgress: ({ done, total }) => show(done / total), signal });
 * await pool.close();
 */
export function createPool(settings: PoolSettings): Pool;
