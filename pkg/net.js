// The one helper that touches the network: fetches what a report says it needs. What it brings is unbelieved text; the
// engine judges it, and nothing is put into the cache before the page says that it was judged good (`commit`).
import { EidError } from './errors.js';
import { base64Of } from './values.js';

/** Ceilings in bytes: the engine's own (contract §11). */
const LIMITS = { status_list: 24 * 1024 * 1024, trust_list: 4 * 1024 * 1024, account_state: 64 * 1024 };
const ACCEPT = {
  // the JWT form first: every build reads it
  status_list: 'application/statuslist+jwt, application/statuslist+cwt;q=0.5',
  trust_list: 'application/jose+json, application/json',
  account_state: 'application/jwt',
};
const CWT = 'application/statuslist+cwt';
/** What a server may call it. Mirrors serve plain files, so the two general names are among them; a page, a picture or a script is something else. */
const TYPES = {
  status_list: ['application/statuslist+jwt', CWT, 'application/jwt'],
  trust_list: ['application/jose+json', 'application/json', 'application/eid-trust-list+jws'],
  account_state: ['application/jwt', 'application/eid-account-state+jwt'],
};
const ANY_TYPE = ['', 'text/plain', 'application/octet-stream'];
/** Without `ttl`, `exp` or Cache-Control: how long a list is good without asking again, in seconds. */
const DEFAULT_TTL = 300;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const AT_ONCE = 4;

const wait = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason ?? new EidError('aborted', 'Fetching was aborted.'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });

class Fault {
  constructor(code, { again = false, after } = {}) {
    this.code = code;
    this.again = again;
    this.after = after;
  }
}

function addressOf(uri, allowHosts) {
  let url;
  try {
    url = new URL(uri);
  } catch {
    throw new Fault('fetch_url_invalid');
  }
  if (url.username !== '' || url.password !== '') throw new Fault('fetch_url_invalid');
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  if (!secure) throw new Fault('fetch_url_invalid');
  if (!allowHosts.includes(url.host)) throw new Fault('fetch_host_not_allowed');
  return url;
}

/** A header that CORS would ask the server about first is only sent where CORS plays no part. */
function sameOriginOrNoPage(url) {
  const here = globalThis.location?.origin;
  return here === undefined || here === 'null' || here === url.origin;
}

async function bodyBytes(response, limit) {
  if (Number(response.headers.get('Content-Length') ?? 0) > limit) throw new Fault('fetch_too_large');
  const reader = response.body?.getReader?.();
  if (reader === undefined) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > limit) throw new Fault('fetch_too_large');
    return bytes;
  }
  const pieces = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      reader.cancel().catch(() => {});
      throw new Fault('fetch_too_large');
    }
    pieces.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces.splice(0)) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

/** The text of an answer; a list in CWT form as the `data:` URL that the verifier takes. */
async function bodyText(response, type, limit) {
  const mime = (response.headers.get('Content-Type') ?? '').split(';')[0].trim().toLowerCase();
  if (!TYPES[type].includes(mime) && !ANY_TYPE.includes(mime)) throw new Fault('fetch_content_type');
  const bytes = await bodyBytes(response, limit);
  if (mime === CWT) return `data:${CWT};base64,${base64Of(bytes)}`;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!/^\s*</.test(text)) return text; // the page of a captive portal, whatever it calls itself
  } catch {
    // no text
  }
  throw new Fault('fetch_content_type');
}

/** Seconds of `Retry-After`, when it is a number. */
function retryAfter(response) {
  const value = response.headers.get('Retry-After');
  return value !== null && /^\d{1,4}$/.test(value) ? Number(value) : undefined;
}

function maxAge(response) {
  const match = /(?:^|[,\s])max-age=(\d{1,9})/.exec(response.headers.get('Cache-Control') ?? '');
  return match ? Number(match[1]) : undefined;
}

/** Until when a text may serve without asking again. Read from the text itself, which counts only once it is committed. */
function goodUntil(text, now, age) {
  let ttl = age;
  try {
    const claims = text.startsWith('data:') ? cwtTimes(text) : jsonClaims(text);
    if (Number.isFinite(claims.ttl)) ttl = Math.min(ttl ?? Infinity, claims.ttl);
    if (Number.isFinite(claims.exp)) return Math.min(claims.exp * 1000, now + (ttl ?? DEFAULT_TTL) * 1000);
  } catch {
    // not for this helper to judge
  }
  return now + (ttl ?? DEFAULT_TTL) * 1000;
}

function jsonClaims(text) {
  const payload = text.startsWith('{') ? JSON.parse(text).payload : text.split('.')[1];
  const binary = atob(payload.replace(/-/g, '+').replace(/_/g, '/'));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (letter) => letter.charCodeAt(0))));
}

/** `exp` and `ttl` of a list in CWT form: the heads of its CBOR, the list itself passed over (RFC 8949 §3). */
function cwtTimes(text) {
  const binary = atob(text.slice(text.indexOf(',') + 1));
  let at = 0;
  const head = () => {
    const first = binary.charCodeAt(at++);
    let value = first & 31;
    if (value > 23) {
      const width = 2 ** (value - 24);
      value = 0;
      if (!(width <= 8)) throw new Error('length');
      for (let i = 0; i < width; i++) value = value * 256 + binary.charCodeAt(at++);
    }
    return [first >> 5, value];
  };
  const item = (depth = 0) => {
    const [major, value] = head();
    if (depth > 8 || at > binary.length) throw new Error('depth');
    if (major === 0) return value;
    if (major === 2 || major === 3) at += value;
    else if (major === 6) item(depth + 1);
    else if (major === 4 || major === 5) for (let left = value * (major - 3); left > 0; left--) item(depth + 1);
    return undefined;
  };
  let [major] = head();
  if (major === 6) [major] = head();
  item(); // both headers
  item();
  head(); // payload, opened
  const claims = {};
  const [, count] = head();
  for (let left = count; left > 0; left--) {
    const label = item();
    const value = item();
    if (label === 4) claims.exp = value;
    if (label === 65534) claims.ttl = value;
  }
  return claims;
}

async function once(url, type, stored, { fetch, timeout, signal, maxBytes }) {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, timeout);
  try {
    const headers = { Accept: ACCEPT[type] };
    if (stored?.etag && sameOriginOrNoPage(url)) headers['If-None-Match'] = stored.etag;
    const response = await fetch(url.href, {
      method: 'GET',
      headers,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
      mode: 'cors',
      signal: controller.signal,
    });
    if (response.type === 'opaqueredirect' || response.redirected || (response.status >= 300 && response.status < 400 && response.status !== 304)) {
      throw new Fault('fetch_redirect');
    }
    if (response.status === 304 && stored !== undefined) return { ...stored, fetchedAt: Date.now(), goodUntil: goodUntil(stored.text, Date.now(), maxAge(response)) };
    if (response.status === 429 || response.status >= 500) throw new Fault('fetch_status', { again: true, after: retryAfter(response) });
    if (response.status !== 200) throw new Fault('fetch_status');
    const text = await bodyText(response, type, Math.min(LIMITS[type], maxBytes));
    const now = Date.now();
    return { text, etag: response.headers.get('ETag') ?? undefined, fetchedAt: now, goodUntil: goodUntil(text, now, maxAge(response)) };
  } catch (error) {
    if (signal?.aborted) throw signal.reason ?? new EidError('aborted', 'Fetching was aborted.');
    if (error instanceof Fault) throw error;
    throw new Fault(late ? 'fetch_timeout' : 'fetch_failed', { again: true });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    controller.abort(); // nothing of this attempt stays open
  }
}

async function withRetries(url, type, stored, how) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(url, type, stored, how);
    } catch (error) {
      if (!(error instanceof Fault) || !error.again || attempt >= how.attempts) throw error;
      const most = how.backoff * 2 ** (attempt - 1);
      const pause = Math.min(10_000, Math.max((error.after ?? 0) * 1000, most / 2 + Math.random() * (most / 2)));
      await wait(pause, how.signal);
    }
  }
}

/**
 * Fetches what `report.needs` names: status lists, and trust lists where an address is known. Never throws for a fault
 * of the network: each stands in `faults` with its code. Throws only when `signal` aborts, or on wrong arguments.
 *
 * @param {{ type: string, uri?: string }[]} needs
 * @param {object} options
 */
export async function fetchNeeds(needs, options = {}) {
  const {
    fetch = globalThis.fetch, // called as a plain function
    allowHosts = [],
    cache,
    signal,
    timeout = 10_000,
    attempts = 3,
    backoff = 300,
    maxBytes = LIMITS.status_list,
    trustLists: trustListAddresses = [],
    ...unknown
  } = options;
  const [strange] = Object.keys(unknown);
  if (strange !== undefined) throw new EidError('policy_invalid', `fetchNeeds: "${strange}" is not an option.`);
  if (!Array.isArray(needs) || !Array.isArray(allowHosts) || !Array.isArray(trustListAddresses) || typeof fetch !== 'function') {
    throw new EidError('policy_invalid', 'fetchNeeds takes report.needs, and options with a list allowHosts.');
  }
  if (signal?.aborted) throw signal.reason ?? new EidError('aborted', 'Fetching was aborted.');

  const wanted = new Map(); // one request per address, however many needs name it
  const faults = [];
  for (const need of needs) {
    const uris = typeof need?.uri === 'string' ? [need.uri] : need?.type === 'trust_list' ? trustListAddresses : [];
    if (LIMITS[need?.type] === undefined || uris.length === 0) faults.push({ type: need?.type, uri: need?.uri, code: 'fetch_unsupported' });
    else for (const uri of uris) wanted.set(uri, need.type);
  }

  const found = [];
  const fresh = []; // not yet in the cache
  const how = { fetch: (...args) => fetch(...args), timeout, signal, attempts, backoff, maxBytes };
  async function get([uri, type]) {
    let stored;
    try {
      const url = addressOf(uri, allowHosts);
      try {
        stored = (await cache?.get(uri)) ?? undefined;
        if (typeof stored?.text !== 'string') stored = undefined;
      } catch {
        stored = undefined; // a cache that fails is no cache
      }
      // offline first: what is still good is not asked for again
      if (stored !== undefined && Date.now() < stored.goodUntil) return found.push({ uri, type, text: stored.text, from: 'cache' });
      if (globalThis.navigator?.onLine === false) throw new Fault('fetch_offline');
      const entry = await withRetries(url, type, stored, how);
      fresh.push([uri, entry]);
      found.push({ uri, type, text: entry.text, from: 'network' });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      faults.push({ type, uri, code: error.code });
      // an old list is better than none: the engine says by itself when it is too old
      if (stored !== undefined) found.push({ uri, type, text: stored.text, from: 'stale' });
    }
  }
  const queue = [...wanted];
  const lane = async () => {
    while (queue.length > 0) await get(queue.shift());
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, lane));

  const order = [...wanted.keys()];
  found.sort((a, b) => order.indexOf(a.uri) - order.indexOf(b.uri));
  const texts = (type) => found.filter((one) => one.type === type).map((one) => one.text);
  return {
    statusLists: texts('status_list'),
    trustLists: texts('trust_list'),
    accountStates: texts('account_state'),
    found: found.map(({ uri, type, from }) => ({ uri, type, from })),
    faults,
    /** Puts what came over the network into the cache. Call it after the engine took it. */
    async commit() {
      if (cache === undefined) return;
      for (const [uri, entry] of fresh.splice(0)) await cache.set(uri, entry);
    },
  };
}
