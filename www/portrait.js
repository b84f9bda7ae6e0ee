// A portrait is the one claim that becomes more than text, so it must prove that it is a small, plain picture.

/** Ceiling of the credential profile for a decoded portrait. */
const MOST_BYTES = 24 * 1024;
/** Widest and highest picture that is decoded: a small file must not unfold into gigabytes of pixels. */
const MOST_PIXELS = 2048;

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The data URI when `value` is a small JPEG or PNG whose first bytes say the same as its label; otherwise `undefined`. */
export function portraitUri(value) {
  if (typeof value !== "string" || value.length > MOST_BYTES * 1.4 + 64) return undefined;
  const match = /^data:image\/(jpeg|png);base64,([A-Za-z0-9+/]+={0,2})$/.exec(value);
  if (!match) return undefined;
  let bytes;
  try {
    bytes = Uint8Array.from(atob(match[2]), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
  if (bytes.length > MOST_BYTES) return undefined;
  const size = match[1] === "png" ? pngSize(bytes) : jpegSize(bytes);
  if (!size || size.some((side) => side < 1 || side > MOST_PIXELS)) return undefined;
  return value;
}

const big16 = (bytes, at) => bytes[at] * 256 + bytes[at + 1];

function pngSize(bytes) {
  if (bytes.length < 33 || !PNG.every((byte, at) => bytes[at] === byte)) return undefined;
  if (big16(bytes, 16) || big16(bytes, 20)) return undefined;
  return [big16(bytes, 18), big16(bytes, 22)];
}

/** Walks the segments of a JPEG to its frame header (ITU-T T.81 B.2.2). */
function jpegSize(bytes) {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return undefined;
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return [big16(bytes, at + 7), big16(bytes, at + 5)];
    at += 2 + Math.max(2, big16(bytes, at + 2));
  }
  return undefined;
}
