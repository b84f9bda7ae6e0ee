// NonceStore: numbers used once, given out by the page and taken back once.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function randomText() {
  const random = globalThis.crypto.getRandomValues(new Uint8Array(32)); // 256 bits
  let text = '';
  for (const byte of random) text += ALPHABET[byte & 63]; // 192 bits of them, evenly spread
  return text;
}

/**
 * Gives out nonces and takes each back once. Memory only: a page that is reloaded starts anew, so a presentation made
 * for an earlier load is refused. Hand it over as `options.nonces`.
 */
export class NonceStore {
  #open = new Map(); // nonce -> last instant (ms) at which it may be used; oldest first
  #lifetime;
  #capacity;

  /** @param {{ lifetime?: number, capacity?: number }} [options] lifetime in seconds */
  constructor(options = {}) {
    const { lifetime = 600, capacity = 10_000 } = options;
    if (!(lifetime > 0) || !(capacity >= 1)) throw new RangeError('NonceStore: lifetime and capacity must be positive.');
    this.#lifetime = lifetime;
    this.#capacity = capacity;
  }

  /** How many nonces are given out and neither spent nor past their time. */
  get size() {
    sweep(this.#open, Date.now());
    return this.#open.size;
  }

  /** A new nonce of 192 random bits. The oldest is given up when the store is full. */
  issue() {
    const now = Date.now();
    sweep(this.#open, now);
    while (this.#open.size >= this.#capacity) {
      this.#open.delete(this.#open.keys().next().value);
    }
    const nonce = randomText();
    this.#open.set(nonce, now + this.#lifetime * 1000);
    return nonce;
  }

  /** True once for a nonce of this store that is not past its time; false ever after, and for any other text. */
  consume(nonce) {
    const end = this.#open.get(nonce);
    if (end === undefined) return false;
    this.#open.delete(nonce);
    return Date.now() <= end;
  }
}

// a function, not a private method: Safari 14 knows private fields only
function sweep(open, now) {
  for (const [nonce, end] of open) {
    if (end >= now) break;
    open.delete(nonce);
  }
}
