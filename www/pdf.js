// Pages of a PDF as pictures, for the code reader. Loaded only when a PDF comes: npm `pdfjs-dist`, served by us, without scripts, forms or fonts from elsewhere.

import { GlobalWorkerOptions, getDocument } from "pdfjs-dist/legacy/build/pdf.min.mjs";

/** So many pages are searched, drawn so many pixels wide. */
const MOST_PAGES = 8;
const WIDE = 1400;

/** Draws page after page; `look(canvas)` answers whether it has seen enough. `address` is the worker's, as Trusted Types want it. */
export async function pages(bytes, address, look) {
  const worker = new Worker(address, { type: "module" });
  GlobalWorkerOptions.workerPort = worker;
  const task = getDocument({ data: bytes, isEvalSupported: false, enableXfa: false, disableFontFace: true, useSystemFonts: false, stopAtErrors: false, verbosity: 0 });
  try {
    const pdf = await task.promise;
    const canvas = document.createElement("canvas");
    for (let number = 1; number <= Math.min(pdf.numPages, MOST_PAGES); number += 1) {
      const page = await pdf.getPage(number);
      const { width, height } = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({ scale: Math.min(WIDE / Math.max(width, 1), 2 * WIDE / Math.max(height, 1)) });
      canvas.width = Math.max(1, Math.round(viewport.width));
      canvas.height = Math.max(1, Math.round(viewport.height));
      await page.render({ canvasContext: canvas.getContext("2d", { willReadFrequently: true }), viewport, background: "#fff" }).promise;
      if (await look(canvas)) break;
    }
    canvas.width = canvas.height = 1;
  } finally {
    await task.destroy();
    worker.terminate();
  }
}
