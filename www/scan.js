// QR codes out of a camera, a picture or a page. The browser's own reader where there is one, else zxing, loaded only then from our own origin.

import { Parts } from "./parts.js";

let reader;

/** A function from a picture source to the texts of the QR codes in it. */
async function qrReader() {
  if (reader) return reader;
  if (window.BarcodeDetector) {
    try {
      const formats = await window.BarcodeDetector.getSupportedFormats();
      if (formats.includes("qr_code")) {
        const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
        reader = async (source) => (await detector.detect(source)).map(({ rawValue }) => rawValue);
        return reader;
      }
    } catch { /* announced, but not there */ }
  }
  const { readPixels } = await import("./zxing.js");
  reader = (source) => readPixels(pixels(source));
  return reader;
}

/** Longer side of a picture that is searched: enough for the largest code, little enough for an old phone. */
const LONGEST_SIDE = 1600;
let canvas;

function pixels(source) {
  const width = source.videoWidth || source.width;
  const height = source.videoHeight || source.height;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  canvas = canvas || document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  canvas.width = canvas.height = 1; // nothing of the picture stays
  return image;
}

/** The texts of the codes in a picture source; none when it cannot be read. */
export async function readCodes(source) {
  const read = await qrReader();
  try { return (await read(source)).filter(Boolean); } catch { return []; }
}

/** The texts of the codes in a picture file. */
export async function readPicture(file) {
  let bitmap;
  try { bitmap = await createImageBitmap(file); } catch { return []; }
  try { return await readCodes(bitmap); } finally { bitmap.close(); }
}

/** One text out of several: the first that is whole, or the parts of one put together. */
export function gather(texts) {
  const parts = new Parts();
  for (const text of texts) {
    const whole = parts.add(text);
    if (whole !== undefined) return whole;
  }
  return undefined;
}

/** Milliseconds between two looks at the camera. */
const PAUSE = 120;

/** Opens the camera into `video`; calls `found` once with a whole text, and `progress(have, all)` as parts of one come. */
export class Camera {
  constructor(video, { found, progress }) {
    this.video = video;
    this.found = found;
    this.progress = progress;
    this.facing = "environment";
    this.round = 0;
  }

  /** Starts, or starts again with the other camera. Throws what the browser throws when it may not or cannot. */
  async start() {
    this.stop();
    const round = this.round;
    this.parts = new Parts();
    const [read, stream] = await Promise.all([
      qrReader(),
      navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: this.facing, width: { ideal: 1280 }, height: { ideal: 720 } } }),
    ]);
    if (round !== this.round) return stream.getTracks().forEach((track) => track.stop());
    this.stream = stream;
    this.video.srcObject = stream;
    await this.video.play();
    return this.look(read, round);
  }

  async look(read, round) {
    if (round !== this.round) return;
    let texts = [];
    if (this.video.readyState >= 2) {
      try { texts = await read(this.video); } catch { texts = []; }
    }
    if (round !== this.round) return;
    for (const text of texts) {
      if (!text) continue;
      const whole = this.parts.add(text);
      if (whole !== undefined) { this.stop(); this.found(whole); return; }
      if (this.parts.all) this.progress(this.parts.have, this.parts.all);
    }
    setTimeout(() => this.look(read, round), PAUSE);
  }

  /** The track's torch: whether there is one. */
  get hasTorch() {
    const track = this.stream && this.stream.getVideoTracks()[0];
    return Boolean(track && track.getCapabilities && track.getCapabilities().torch);
  }

  /** Switches the light on or off. */
  async torch() {
    this.lit = !this.lit;
    await this.stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: this.lit }] });
  }

  /** The camera on the other side. */
  turn() {
    this.facing = this.facing === "environment" ? "user" : "environment";
    return this.start();
  }

  /** Lets go of the camera, and forgets the parts. */
  stop() {
    this.round += 1;
    this.lit = false;
    this.parts = undefined;
    if (this.stream) this.stream.getTracks().forEach((track) => track.stop());
    this.stream = undefined;
    this.video.srcObject = null;
  }
}
