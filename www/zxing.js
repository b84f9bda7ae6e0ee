// The QR reader for browsers without one of their own: npm `zxing-wasm`, its engine served by us.

import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

prepareZXingModule({ overrides: { locateFile: () => "./dist/zxing_reader.wasm" } });

/** The texts of the QR codes among these pixels. */
export async function readPixels(image) {
  const found = await readBarcodes(image, { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 16 });
  return found.filter(({ isValid }) => isValid).map(({ text }) => text);
}
