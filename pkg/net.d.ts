import type { Need } from './index.js';

/** Why something could not be fetched. */
export type FetchCode =
  | 'fetch_host_not_allowed' | 'fetch_url_invalid' | 'fetch_failed' | 'fetch_timeout' | 'fetch_status' | 'fetch_too_large'
  | 'fetch_content_type' | 'fetch_redirect' | 'fetch_offline' | 'fetch_unsupported'; // prettier-ignore

/** What the cache keeps for an address: plain data. */
export interface CacheEntry {
  text: string;
  etag?: string | undefined;
  fetchedAt: number;
  goodUntil: number;
}

/** A `Map` will do, and so will anything over IndexedDB or a file. */
export interface FetchCache {
  get(uri: string): CacheEntry | undefined | Promise<CacheEntry | undefined>;
  set(uri: string, entry: CacheEntry): unknown;
}

/** Options of {@link fetchNeeds}. */
export interface FetchOptions {
  /** Default: the host's. */
  fetch?: typeof globalThis.fetch;
  /** Hosts (`host` or `host:port`) that may be asked; all others are refused. HTTPS only, save on loopback. */
  allowHosts: string[];
  cache?: FetchCache;
  signal?: AbortSignal;
  /** Milliseconds for one attempt; default 10,000. */
  timeout?: number;
  /** Default 3. */
  attempts?: number;
  /** Milliseconds before the second attempt, doubled after each; default 300. */
  backoff?: number;
  /** Default: the engine's own ceiling. */
  maxBytes?: number;
  /** Addresses of trust lists, for the need `trust_list`. */
  trustLists?: string[];
}

/** What came back. It is believed by nobody yet. */
export interface Fetched {
  /** For `options.statusLists` or `update`; a list in CWT form as a `data:application/statuslist+cwt` URL, so that a cache holds text only. */
  statusLists: string[];
  trustLists: string[];
  accountStates: string[];
  found: { uri: string; type: Need['type']; from: 'network' | 'cache' | 'stale' }[];
  faults: { type: Need['type']; uri?: string; code: FetchCode }[];
  /** Puts what came over the network into the cache: call it after the engine took it. */
  commit(): Promise<void>;
}

/**
 * Fetches what a report needs. The only function of the package that touches the network: no credentials, no referrer, no
 * redirects, allowed hosts only. Faults of the network stand in `faults`; it throws only on abort and on wrong arguments.
 *
 * @example
 * import { fetchNeeds } from 'eid-verifier/net';
 * let report = verifier.verify(token, options);
 * if (report.verdict === 'indeterminate') {
 *   const got = await fetchNeeds(report.needs, { allowHosts: ['status.example'], cache });
 *   report = verifier.verify(token, { ...options, statusLists: got.statusLists });
 *   if (report.verdict === 'valid') await got.commit();
 * }
 */
export function fetchNeeds(needs: readonly Need[], options: FetchOptions): Promise<Fetched>;
