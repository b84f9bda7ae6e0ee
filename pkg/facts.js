// Facts of the law as the UTF-8 of JSON text, in one walk: what `JSON.stringify(plain(facts))` would write, at a third of its price. `assessAccount` is asked
// 200,000 times a second.
import { LIMITS, Refusal, isPlainObject, isWellFormed } from './values.js';

const ownKeys = Reflect.ownKeys;
const prototypeOf = Object.getPrototypeOf;
const timeOf = Date.prototype.getTime;
const encoder = new TextEncoder();

/** Room for a question of a hundred events; a longer one gets room of its own. */
const ROOM = 16 * 1024;
/** Lent to one question at a time: a getter of it may ask another. */
let spare;

const QUOTE = 0x22;
const [COMMA, COLON] = [0x2c, 0x3a];

/** Refused is whatever JSON.stringify would drop, bend or follow, as in `plain`: no getter is read twice, no `toJSON` is called. */
class FactsWriter {
  constructor() {
    this.bytes = spare ?? new Uint8Array(ROOM);
    spare = undefined;
    this.at = 0;
    this.left = LIMITS.settings;
  }

  spend(amount) {
    this.left -= amount;
    if (this.left < 0) throw new Refusal('resource_limit');
  }

  /** Room for so many more bytes. */
  need(count) {
    if (this.at + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + count));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
  }

  byte(byte) {
    this.need(1);
    this.bytes[this.at++] = byte;
  }

  /** ASCII that needs no quotation marks: a number, `true`, `null`. */
  bare(text) {
    this.need(text.length);
    for (let i = 0; i < text.length; i++) this.bytes[this.at++] = text.charCodeAt(i);
  }

  string(text) {
    const length = text.length;
    this.spend(length);
    this.need(length + 2);
    const bytes = this.bytes;
    let at = this.at;
    bytes[at++] = QUOTE;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      // printable ASCII stands for itself, save quotation mark and reverse solidus
      if (unit < 0x20 || unit > 0x7e || unit === QUOTE || unit === 0x5c) return this.escaped(text);
      bytes[at++] = unit;
    }
    bytes[at++] = QUOTE;
    this.at = at;
  }

  escaped(text) {
    if (!isWellFormed(text)) {
      this.bytes.fill(0, this.at); // what was written of it
      throw new Refusal('encoding_invalid');
    }
    const json = JSON.stringify(text);
    this.need(json.length * 3);
    this.at += encoder.encodeInto(json, this.bytes.subarray(this.at)).written;
  }

  value(value, depth) {
    this.spend(1);
    switch (typeof value) {
      case 'string':
        this.string(value);
        return;
      case 'boolean':
        this.bare(value ? 'true' : 'false');
        return;
      case 'number':
        if (!Number.isFinite(value)) break;
        this.bare(`${value}`); // ECMA-262 Number::toString is what JSON.stringify writes
        return;
      case 'object':
        if (value === null) this.bare('null');
        else if (depth > LIMITS.depth) break;
        else if (Array.isArray(value)) this.array(value, depth);
        else this.object(value, depth);
        return;
    }
    throw new Refusal('policy_invalid');
  }

  array(value, depth) {
    const length = value.length;
    if (!(length <= LIMITS.artefacts)) throw new Refusal('resource_limit');
    this.byte(0x5b);
    for (let i = 0; i < length; i++) {
      if (i > 0) this.byte(COMMA);
      this.value(value[i], depth + 1); // a hole is `undefined`, and that is refused
    }
    this.byte(0x5d);
  }

  object(value, depth) {
    if (prototypeOf(value) !== Object.prototype && !isPlainObject(value)) throw new Refusal('policy_invalid');
    this.byte(0x7b);
    let count = 0;
    let written = 0;
    for (const key in value) {
      count++;
      if (key === '__proto__') throw new Refusal('policy_invalid');
      let member = value[key];
      if (member === undefined) continue;
      if (depth === 1 && key === 'now' && member instanceof Date) member = new Date(timeOf.call(member)).toISOString();
      if (written++ > 0) this.byte(COMMA);
      this.string(key);
      this.byte(COLON);
      this.value(member, depth + 1);
    }
    // symbols, members that are not enumerable, and what somebody gave to every object
    if (ownKeys(value).length !== count) throw new Refusal('policy_invalid');
    this.byte(0x7d);
  }

  /** Nothing of a question is kept. */
  end() {
    if (this.bytes.length !== ROOM) return;
    this.bytes.fill(0, 0, Math.max(this.at, 0));
    spare = this.bytes;
  }
}

/**
 * Hands the JSON text of a question to the law, as UTF-8, to `use`; the bytes are gone when it returns. A Date is taken for `now`, and nowhere else.
 * @template T
 * @param {unknown} value
 * @param {(bytes: Uint8Array) => T} use
 * @returns {T}
 * @throws {Refusal} from the walk, or what `use` throws
 */
export function withFacts(value, use) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('policy_invalid');
  const writer = new FactsWriter();
  try {
    writer.object(value, 1);
    return use(writer.bytes.subarray(0, writer.at));
  } finally {
    writer.end();
  }
}
