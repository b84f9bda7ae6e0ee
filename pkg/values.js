// Reading values that a caller made: each property once, nothing trusted, nothing kept alive. Whatever is not plain data
// becomes a Refusal with a code of the contract.

/** A fault of what the caller gave, before the engine saw it. Never leaves the package. */
export class Refusal {
  constructor(code, where) {
    this.code = code;
    this.where = where;
  }
}

/** Ceilings of the door, in characters or bytes; src/base/limits.rs holds the engine's. */
export const LIMITS = {
  /** Compact token, QR text, CBOR (contract §11). */
  token: 64 * 1024,
  /** Signed trust list (contract §11). */
  trustList: 4 * 1024 * 1024,
  /** Status list as received: 16 MiB that did not shrink, plus a third for base64url, rounded up. */
  statusList: 24 * 1024 * 1024,
  /** EF.SOD (contract §11). */
  sod: 256 * 1024,
  /** One data group (contract §11). */
  dataGroup: 1024 * 1024,
  /** A chip's answer to a challenge: RSA of 8192 bits, the largest key that is read. */
  response: 1024,
  /** ICAO master list (contract §11). */
  masterList: 8 * 1024 * 1024,
  /** A certificate; the largest in the German master list is under 3 KiB. */
  certificate: 64 * 1024,
  /** All other text of one configuration or one call together: twenty times a large one. */
  settings: 1024 * 1024,
  /** Nesting of settings, as for JSON (contract §11). */
  depth: 32,
  /** Artefacts of one kind in one call; a page holds a handful. */
  artefacts: 4096,
};

const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
const tagOf = Object.getOwnPropertyDescriptor(typedArray, Symbol.toStringTag).get;
const bufferOf = Object.getOwnPropertyDescriptor(typedArray, 'buffer').get;
const lengthOf = Object.getOwnPropertyDescriptor(typedArray, 'length').get;
const copyInto = typedArray.set;
const bufferLengthOf = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength').get;
const timeOf = Date.prototype.getTime;
const ownKeys = Reflect.ownKeys;
const ownProperty = Object.getOwnPropertyDescriptor;

/** True for text without lone surrogates: TextEncoder would turn one into U+FFFD, another text. */
export function isWellFormed(text) {
  if (typeof text.isWellFormed === 'function') return text.isWellFormed();
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    if (unit > 0xdbff) return false;
    const next = text.charCodeAt(i + 1);
    if (!(next >= 0xdc00 && next <= 0xdfff)) return false;
    i++;
  }
  return true;
}

/** True for a Uint8Array of any realm (Node's Buffer too), never for a Proxy or a look-alike. */
export function isBytes(value) {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return tagOf.call(value) === 'Uint8Array';
  } catch {
    return false;
  }
}

/**
 * A copy of a Uint8Array's bytes, made once, refused above `limit` before it is made. Shared memory is refused: it could
 * change while it is read.
 */
export function copyBytes(value, limit, typeCode = 'input_type_invalid', sizeCode = 'input_too_large') {
  if (!isBytes(value)) throw new Refusal(typeCode);
  const buffer = bufferOf.call(value);
  try {
    bufferLengthOf.call(buffer);
  } catch {
    throw new Refusal(typeCode); // SharedArrayBuffer
  }
  const length = lengthOf.call(value);
  if (length > limit) throw new Refusal(sizeCode);
  if (length === 0) {
    try {
      new Uint8Array(buffer, 0, 0); // throws on a detached buffer
    } catch {
      throw new Refusal(typeCode);
    }
  }
  const copy = new Uint8Array(length);
  copyInto.call(copy, value);
  return copy;
}

/** Bytes as base64, in pieces of whole triples: a call takes only so many arguments. */
export function base64Of(bytes) {
  const PIECE = 3 * 8192;
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) text += btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return text;
}

/** The same in the alphabet of tokens, without padding (RFC 4648 §5). */
export function base64url(bytes) {
  return base64Of(bytes).replace(/[+/=]/g, (sign) => ({ '+': '-', '/': '_' })[sign] ?? '');
}

/** True for `{}` of any realm and for objects without prototype: what an object literal makes. */
export function isPlainObject(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return true;
  // another realm's Object.prototype
  return (
    Object.getPrototypeOf(prototype) === null &&
    ownProperty(prototype, 'hasOwnProperty') !== undefined &&
    ownProperty(prototype, 'isPrototypeOf') !== undefined
  );
}

/**
 * The own members of a plain object, each read once.
 * @returns {Map<string, unknown>}
 */
export function membersOf(value, code = 'policy_invalid', where) {
  if (!isPlainObject(value)) throw new Refusal(code, where);
  const members = new Map();
  for (const key of ownKeys(value)) {
    if (typeof key !== 'string' || key === '__proto__') throw new Refusal(code, where);
    members.set(key, value[key]);
  }
  return members;
}

/** The elements of a real array, each read once; holes are refused. */
export function elementsOf(value, code = 'policy_invalid', where, limit = LIMITS.artefacts) {
  if (!Array.isArray(value)) throw new Refusal(code, where);
  const length = value.length;
  if (!(length <= limit)) throw new Refusal('resource_limit', where);
  const elements = [];
  for (let i = 0; i < length; i++) {
    if (ownProperty(value, i) === undefined) throw new Refusal(code, where);
    elements.push(value[i]);
  }
  return elements;
}

/** What `plain` may still take: one budget for a whole configuration or call. */
export function newBudget() {
  return { left: LIMITS.settings };
}

function spend(budget, amount, where) {
  budget.left -= amount;
  if (budget.left < 0) throw new Refusal('resource_limit', where);
}

function checkText(text, where) {
  if (!isWellFormed(text)) throw new Refusal('encoding_invalid', where);
  return text;
}

/** Text of a signed artefact. One character above its ceiling is enough for the engine to say that it is too large. */
export function artefactText(text, limit, where) {
  if (typeof text !== 'string') throw new Refusal('policy_invalid', where);
  return checkText(text.length > limit ? text.slice(0, limit + 1) : text, where);
}

/**
 * A deep copy of JSON data: no getter is read twice, and whatever JSON.stringify would drop, bend or follow (functions,
 * symbols, NaN, dates, class instances, `toJSON`, cycles) is refused. A member that is `undefined` counts as left out.
 * @returns {unknown}
 */
export function plain(value, budget, where, depth = 1) {
  spend(budget, 1, where);
  switch (typeof value) {
    case 'string':
      spend(budget, value.length, where);
      return checkText(value, where);
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new Refusal('policy_invalid', where);
      return value;
    case 'object':
      break;
    default:
      throw new Refusal('policy_invalid', where);
  }
  if (value === null) return null;
  if (depth > LIMITS.depth) throw new Refusal('policy_invalid', where);
  if (Array.isArray(value)) {
    return elementsOf(value, 'policy_invalid', where).map((element, i) => plain(element, budget, `${where}[${i}]`, depth + 1));
  }
  const copy = {};
  for (const [key, member] of membersOf(value, 'policy_invalid', where)) {
    if (member === undefined) continue;
    spend(budget, key.length, where);
    copy[checkText(key, where)] = plain(member, budget, `${where}.${key}`, depth + 1);
  }
  return copy;
}

/** The years 1 to 9999, as RFC 3339 and the engine's NumericDate know them: milliseconds given for seconds lie beyond. */
const isInstant = (value) => Number.isSafeInteger(value) && value >= -62_135_596_800 && value <= 253_402_300_799;

/** Whole seconds from a Date or a number of seconds. */
export function seconds(value, where) {
  let given = value;
  if (typeof value !== 'number') {
    try {
      given = Math.floor(timeOf.call(value) / 1000);
    } catch {
      throw new Refusal('policy_invalid', where);
    }
  }
  if (!isInstant(given)) throw new Refusal('policy_invalid', where);
  return given;
}

/** The host's clock, in seconds. */
export function clock() {
  return Math.floor(Date.now() / 1000);
}

/** `2026-11-22T16:59:59Z`; undefined for what no date can hold. */
export function instant(unixSeconds) {
  const date = new Date(unixSeconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace(/\.\d+Z$/, 'Z');
}
