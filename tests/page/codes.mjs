// Codes as a camera, a picture or a page of a PDF shows them.
import encodeQR from "qr";

export const WIDTH = 640;
export const HEIGHT = 480;

/** Brightness of a frame with the code in its middle. */
export function frame(content) {
  const rows = encodeQR(content, "raw", { ecc: "low", border: 4 });
  const scale = Math.floor(HEIGHT / rows.length);
  const left = Math.floor((WIDTH - rows.length * scale) / 2);
  const top = Math.floor((HEIGHT - rows.length * scale) / 2);
  const luma = Buffer.alloc(WIDTH * HEIGHT, 235);
  rows.forEach((row, y) => row.forEach((dark, x) => {
    if (dark) for (let line = 0; line < scale; line += 1) luma.fill(16, (top + y * scale + line) * WIDTH + left + x * scale, (top + y * scale + line) * WIDTH + left + (x + 1) * scale);
  }));
  return luma;
}

/** The frame as a picture, drawn in the browser. */
export const picture = async (page, content) => Buffer.from(await page.evaluate(async ({ luma, width, height }) => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const bytes = atob(luma);
  for (let at = 0; at < bytes.length; at += 1) image.data.set([bytes.charCodeAt(at), bytes.charCodeAt(at), bytes.charCodeAt(at), 255], at * 4);
  context.putImageData(image, 0, 0);
  return [...new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer())];
}, { luma: frame(content).toString("base64"), width: WIDTH, height: HEIGHT }));

/** A PDF of one page with a code on it, uncompressed. */
export function pdf(content) {
  const rows = encodeQR(content, "raw", { ecc: "low", border: 4 });
  const side = rows.length;
  const bits = Buffer.concat(rows.map((row) => { const line = Buffer.alloc(Math.ceil(side / 8)); row.forEach((dark, x) => { if (!dark) line[x >> 3] |= 0x80 >> (x & 7); }); return line; }));
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Q 5 0 R >> >> >>",
    "<< /Length 33 >>\nstream\nq 480 0 0 480 57 300 cm /Q Do Q  \nendstream",
    `<< /Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /ASCIIHexDecode /Length ${bits.length * 2 + 1} >>\nstream\n${bits.toString("hex")}>\nendstream`,
  ];
  let file = "%PDF-1.4\n";
  const places = objects.map((object, at) => { const here = file.length; file += `${at + 1} 0 obj\n${object}\nendobj\n`; return here; });
  const table = file.length;
  file += `xref\n0 6\n0000000000 65535 f \n${places.map((here) => `${String(here).padStart(10, "0")} 00000 n \n`).join("")}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}
