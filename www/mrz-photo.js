// MRZ lines out of a photograph: npm `tesseract-wasm` with the English model, served by us and loaded only then. What it reads goes into the field where
// a person corrects it: check digits tell where.

import { createOCREngine } from "tesseract-wasm";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";
/** Lengths of lines and how many belong together (ICAO 9303-4, -5, -6). */
const LAYOUTS = [[44, 2], [36, 2], [30, 3]];
/** A reader may lose or invent so many signs of a line; fillers at its end are the first to go. */
const SLACK = 3;
/** Longer side of the picture that is read. */
const LONGEST_SIDE = 1800;

let engine;

async function served(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error("not served");
  return response;
}

async function start() {
  const [program, model] = await Promise.all([
    served("./dist/tesseract.wasm").then((response) => response.arrayBuffer()),
    served("./dist/ocr.bin").then((response) => new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer()),
  ]);
  const made = await createOCREngine({ wasmBinary: program });
  made.loadModel(model);
  made.setVariable("tessedit_char_whitelist", ALPHABET);
  made.setVariable("tessedit_pageseg_mode", "6");
  made.setVariable("load_system_dawg", "0");
  made.setVariable("load_freq_dawg", "0");
  return made;
}

/** The lines of a text that look like an MRZ, made as long as its layout has them; nothing when there are none. */
export function linesOf(text) {
  const lines = text.toUpperCase().split("\n").map((line) => line.replace(/[^A-Z0-9<]/g, "")).filter((line) => line.length >= 30 - SLACK);
  for (const [length, count] of LAYOUTS) {
    for (let at = lines.length - count; at >= 0; at -= 1) {
      const some = lines.slice(at, at + count);
      if (some.every((line) => Math.abs(line.length - length) <= SLACK) && some.some((line) => line.includes("<"))) {
        return some.map((line) => (line.length > length && line.endsWith("<") ? line.replace(/<+$/, "") : line).padEnd(length, "<").slice(0, length)).join("\n");
      }
    }
  }
  return undefined;
}

/** Reads a picture file; the picture is forgotten with the call. */
export async function readMrzPicture(file) {
  engine = engine || start().catch((error) => { engine = undefined; throw error; });
  const reader = await engine;
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  reader.loadImage(context.getImageData(0, 0, canvas.width, canvas.height));
  try {
    return linesOf(reader.getText());
  } finally {
    reader.clearImage();
    canvas.width = canvas.height = 1;
  }
}
