// A zlib writer of our own (RFC 1950, 1951): the one in Node changes its output with version and processor, and our files must not.
// One dynamic block for runs of one byte, fixed codes else: made to be the same everywhere, not to be small.

class Bits {
  bytes = [];
  hold = 0;
  count = 0;
  /** `length` bits, least significant first. */
  put(value, length) {
    for (let bit = 0; bit < length; bit += 1) {
      this.hold |= ((value >> bit) & 1) << this.count;
      if ((this.count += 1) === 8) this.flush();
    }
  }
  /** A Huffman code: most significant bit first. */
  code(value, length) {
    for (let bit = length - 1; bit >= 0; bit -= 1) this.put((value >> bit) & 1, 1);
  }
  flush() {
    if (this.count > 0) this.bytes.push(this.hold);
    this.hold = 0;
    this.count = 0;
  }
}

const fixedLiteral = (bits, value) => (value < 144 ? bits.code(0x30 + value, 8) : bits.code(0x190 + value - 144, 9));

// RFC 1951 §3.2.5: length symbols, their base and extra bits
const LENGTHS = [[3, 0], [4, 0], [5, 0], [6, 0], [7, 0], [8, 0], [9, 0], [10, 0], [11, 1], [13, 1], [15, 1], [17, 1], [19, 2], [23, 2], [27, 2],
  [31, 2], [35, 3], [43, 3], [51, 3], [59, 3], [67, 4], [83, 4], [99, 4], [115, 4], [131, 5], [163, 5], [195, 5], [227, 5], [258, 0]];

function fixedRun(bits, length) {
  let symbol = LENGTHS.length - 1;
  while (LENGTHS[symbol][0] > length) symbol -= 1;
  const [base, extra] = LENGTHS[symbol];
  if (symbol + 257 < 280) bits.code(symbol + 1, 7);
  else bits.code(0xc0 + symbol + 257 - 280, 8);
  bits.put(length - base, extra);
  bits.code(0, 5); // distance 1
}

/** Adler-32 (RFC 1950 §9). */
function adler32(bytes) {
  let a = 1;
  let b = 0;
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(at + 3800, bytes.length);
    for (; at < end; at += 1) { a += bytes[at]; b += a; }
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}

/** zlib stream of `bytes`. */
export function deflate(bytes) {
  const bits = new Bits();
  bits.put(1, 1);
  bits.put(1, 2); // fixed Huffman codes
  for (let at = 0; at < bytes.length;) {
    let run = 1;
    while (run < 259 && bytes[at + run] === bytes[at]) run += 1;
    fixedLiteral(bits, bytes[at]);
    if (run > 3) fixedRun(bits, run - 1);
    at += run > 3 ? run : 1;
  }
  bits.code(0, 7);
  bits.flush();
  return frame(bits.bytes, adler32(bytes));
}

/** zlib stream of bytes as they are: stored blocks. */
export function store(bytes) {
  const out = [];
  for (let at = 0; at === 0 || at < bytes.length; at += 65535) {
    const piece = bytes.subarray(at, at + 65535);
    const last = at + 65535 >= bytes.length ? 1 : 0;
    out.push(last, piece.length & 255, piece.length >> 8, ~piece.length & 255, (~piece.length >> 8) & 255);
    for (const byte of piece) out.push(byte);
  }
  return frame(out, adler32(bytes));
}

/** zlib stream of `length` zero bytes, 1:1,000: a bomb, in one dynamic block where a run of 258 takes two bits. */
export function zeros(length) {
  const bits = new Bits();
  bits.put(1, 1);
  bits.put(2, 2);
  bits.put(286 - 257, 5);
  bits.put(0, 5); // one distance code
  // code lengths used: 0 (absent, run codes 17/18), 1 (symbol 285 and the distance), 2 (literal 0 and end of block)
  const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1];
  bits.put(order.length - 4, 4);
  const size = { 18: 2, 0: 2, 1: 2, 2: 2 };
  for (const symbol of order) bits.put(size[symbol] ?? 0, 3);
  const code = { 0: 0, 1: 1, 2: 2, 18: 3 };
  const length2 = (symbol) => bits.code(code[symbol], 2);
  const absent = (count) => { length2(18); bits.put(count - 11, 7); };
  length2(2); // literal 0
  absent(138);
  absent(117); // literals 1 … 255
  length2(2); // 256, end of block
  absent(28); // 257 … 284
  length2(1); // 285: a run of 258
  length2(1); // distance code 0: distance 1
  const literal = () => bits.code(2, 2);
  const runs = Math.floor((length - 1) / 258);
  literal();
  for (let made = 0; made < runs; made += 1) { bits.code(0, 1); bits.code(0, 1); }
  for (let made = 1 + runs * 258; made < length; made += 1) literal();
  bits.code(3, 2);
  bits.flush();
  return frame(bits.bytes, (((length % 65521) << 16) | 1) >>> 0); // Adler-32 of zeros: a stays 1, b counts the bytes
}

const frame = (body, check) => joined([0x78, 0x9c], body, [check >>> 24, (check >>> 16) & 255, (check >>> 8) & 255, check & 255]);

/** Byte sequences, one after another (`...spread` would overflow the stack at this size). */
function joined(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { out.set(part, at); at += part.length; }
  return out;
}
