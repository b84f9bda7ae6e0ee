// A text too long for one QR code comes as several, shown one after the other for as long as it takes:
//   EIDQR/1 INDEX/COUNT CRC PAYLOAD
// INDEX from 1 to COUNT, CRC the CRC-32 (ISO-HDLC, as in zlib and PNG) of the whole text's UTF-8 in eight lower-case hex digits, PAYLOAD the text's
// INDEX-th piece. Order does not matter, repeats do no harm; parts with another COUNT or CRC belong to another text and begin it anew.
// The CRC joins parts, it vouches for nothing: what was put together goes to the engine like any other input.

const HEAD = /^EIDQR\/1 ([1-9]\d{0,2})\/([1-9]\d{0,2}) ([0-9a-f]{8}) ([\s\S]+)$/;
/** A text of 64 KiB, the engine's ceiling, in pieces of 300 signs at least. */
const MOST_PARTS = 256;

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

export function crc32(text) {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

/** A text cut into codes of at most `size` signs each; a short one stays as it is. */
export function cut(text, size = 640) {
  if (text.length <= size) return [text];
  const count = Math.ceil(text.length / size);
  const crc = crc32(text);
  return Array.from({ length: count }, (_, at) => `EIDQR/1 ${at + 1}/${count} ${crc} ${text.slice(at * size, (at + 1) * size)}`);
}

/** Puts parts together. `add` answers with the whole text once it is there; a text that is no part is whole by itself. */
export class Parts {
  constructor() { this.pieces = new Map(); this.all = 0; this.crc = ""; }

  get have() { return this.pieces.size; }

  add(text) {
    const match = HEAD.exec(text);
    if (!match) return this.all ? undefined : text;
    const [, index, count, crc, payload] = match;
    if (Number(count) > MOST_PARTS || Number(index) > Number(count)) return text;
    if (Number(count) !== this.all || crc !== this.crc) { this.pieces.clear(); this.all = Number(count); this.crc = crc; }
    this.pieces.set(Number(index), payload);
    if (this.pieces.size < this.all) return undefined;
    const whole = Array.from({ length: this.all }, (_, at) => this.pieces.get(at + 1)).join("");
    if (crc32(whole) === this.crc) return whole;
    this.pieces.clear();
    return undefined;
  }
}
