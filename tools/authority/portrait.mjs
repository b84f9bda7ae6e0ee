// A drawn face with SPECIMEN bars: 48 × 64 pixels, four colours, the same PNG on every machine (< 2 KB). Nobody's picture.
import { deflate } from "./zlib.mjs";
import { concat, utf8 } from "./bytes.mjs";

const WIDTH = 48;
const HEIGHT = 64;
const BACKGROUND = 0;
const SHOULDERS = 1;
const FACE = 2;
const INK = 3;

/** PNG bytes; `tint` (0 … 255) tells the specimens apart. */
export function portraitPng(tint = 120) {
  const rows = [];
  for (let y = 0; y < HEIGHT; y += 1) {
    rows.push(0); // filter: none
    for (let x = 0; x < WIDTH; x += 4) {
      let byte = 0;
      for (let step = 0; step < 4; step += 1) byte = (byte << 2) | colour(x + step, y);
      rows.push(byte);
    }
  }
  const header = concat(u32(WIDTH), u32(HEIGHT), Uint8Array.of(2, 3, 0, 0, 0)); // two bits a pixel, palette
  const palette = Uint8Array.of(244, 239, 230, tint, 60, 255 - tint, 222, 184, 150, 40, 40, 40);
  return concat(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header), chunk("PLTE", palette), chunk("IDAT", deflate(Uint8Array.from(rows))), chunk("IEND", new Uint8Array(0)),
  );
}

/** The picture as the `portrait` claim wants it. */
export const portrait = (tint) => `data:image/png;base64,${Buffer.from(portraitPng(tint)).toString("base64")}`;

function colour(x, y) {
  const within = (cx, cy, rx, ry) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;
  if (y >= 54 && y <= 57 && (x * 7 + y * 3) % 5 < 3) return INK; // the SPECIMEN bar
  if (within(19, 24, 1.6, 1.6) || within(29, 24, 1.6, 1.6)) return INK;
  if (y === 33 && x >= 20 && x <= 28) return INK;
  if (within(24, 18, 13, 12) && y < 17) return INK;
  if (within(24, 26, 11, 14)) return FACE;
  return within(24, 64, 22, 22) ? SHOULDERS : BACKGROUND;
}

const u32 = (value) => Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);

function chunk(type, data) {
  const body = concat(utf8(type), data);
  return concat(u32(data.length), body, u32(crc32(body)));
}

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
