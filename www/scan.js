// QR codes out of a camera or a picture. The browser's own reader where there is one, else npm `qr`, loaded only then.

let reader;

/** A function from a picture source to the text of a QR code, or nothing. */
async function qrReader() {
  if (reader) return reader;
  if (window.BarcodeDetector) {
    try {
      const formats = await window.BarcodeDetector.getSupportedFormats();
      if (formats.includes("qr_code")) {
        const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
        reader = async (source) => {
          const [found] = await detector.detect(source);
          return found && found.rawValue;
        };
        return reader;
      }
    } catch { /* announced, but not there */ }
  }
  const { decodeQR } = await import("./vendor/qr.js");
  reader = async (source) => {
    try { return decodeQR(pixels(source)); } catch { return undefined; }
  };
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

/** The text of the QR code in a picture file, or nothing. */
export async function readPicture(file) {
  const read = await qrReader();
  let bitmap;
  try { bitmap = await createImageBitmap(file); } catch { return undefined; }
  try { return await read(bitmap); } finally { bitmap.close(); }
}

/** Milliseconds between two looks at the camera. */
const PAUSE = 160;

/** Opens the camera into `video` and calls `found` once with the text of a code. */
export class Camera {
  constructor(video, found) {
    this.video = video;
    this.found = found;
    this.facing = "environment";
    this.round = 0;
  }

  /** Starts, or starts again with the other camera. Throws what the browser throws when it may not or cannot. */
  async start() {
    this.stop();
    const round = this.round;
    const read = await qrReader();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: this.facing, width: { ideal: 1280 }, height: { ideal: 720 } } });
    if (round !== this.round) return stream.getTracks().forEach((track) => track.stop());
    this.stream = stream;
    this.video.srcObject = stream;
    await this.video.play();
    return this.look(read, round);
  }

  async look(read, round) {
    if (round !== this.round) return;
    let text;
    if (this.video.readyState >= 2) {
      try { text = await read(this.video); } catch { text = undefined; }
    }
    if (round !== this.round) return;
    if (text) { this.stop(); this.found(text); return; }
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

  /** Lets go of the camera. */
  stop() {
    this.round += 1;
    this.lit = false;
    if (this.stream) this.stream.getTracks().forEach((track) => track.stop());
    this.stream = undefined;
    this.video.srcObject = null;
  }
}
