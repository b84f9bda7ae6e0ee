// The ways in: camera, picture, PDF page, file, paste, drop, share, typed MRZ. Each ends in one call of `take`; nothing is kept on the way.

import { $, closeSheets, openSheet, toast, workerAddress } from "./shell.js";
import { renderMrz, tidy } from "./mrz.js";
import { t } from "./i18n.js";

/** One byte more than the engine takes (64 KiB): enough for it to refuse, and no more is read of a large file. */
const MOST_READ = 64 * 1024 + 1;
/** A file of a chip (contract §11), and so many of them. */
const MOST_CHIP_FILE = 1024 * 1024 + 1;
const MOST_FILES = 20;
/** A PDF of which a page is searched for a code. */
const MOST_PDF = 32 * 1024 * 1024;

const isText = (bytes) => !bytes.some((byte) => byte === 0 || (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 127);

/** Two or three lines of one length in the alphabet of ICAO 9303-3 §4.3: the engine takes them as a travel document. */
const MRZ_LINES = /^(?:[A-Z0-9<]{30}\n){2}[A-Z0-9<]{30}$|^[A-Z0-9<]{36}\n[A-Z0-9<]{36}$|^[A-Z0-9<]{44}\n[A-Z0-9<]{44}$/;
export const recognised = (input) => (typeof input === "string" && MRZ_LINES.test(input.replace(/\r\n?/g, "\n")) ? { mrz: input.replace(/\r\n?/g, "\n") } : input);

/** `take(input)` looks at something; `readMrz(text)` reads while a person types; `ready()` says whether there is an engine. */
export function startWays({ take, readMrz, ready }) {
  /** Text files end in a line break that is no part of the credential; binary input goes to the engine as it is. */
  function takeBytes(bytes) {
    if (!isText(bytes)) return take(bytes);
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return take(bytes);
    }
    return take(recognised(text.trim()));
  }

  const bytesOf = async (file, most) => new Uint8Array(await file.slice(0, most).arrayBuffer());

  async function takeFiles(files) {
    const all = [...files].slice(0, MOST_FILES);
    if (all.length === 0) return;
    const [file] = all;
    if (/^image\/(png|jpeg|webp|gif|bmp)$/.test(file.type)) return takePicture(file);
    const head = await bytesOf(file, 5);
    if (String.fromCharCode(...head) === "%PDF-") return takePdf(file);
    const { chipOf } = await import("./chip.js");
    const chip = chipOf(await Promise.all(all.map((one) => bytesOf(one, MOST_CHIP_FILE))));
    if (chip) return take(chip);
    return takeBytes(await bytesOf(file, MOST_READ));
  }

  /** What a picture or a page said; without a code the person is told so. */
  function takeCodes(texts) {
    const { gather } = parts;
    const text = gather(texts);
    if (!text) { toast(t("noQr")); $("scan-note").textContent = t("noQr"); return; }
    closeSheets();
    take(recognised(text));
  }

  async function takePicture(file) {
    const scan = await import("./scan.js");
    parts.gather = scan.gather;
    takeCodes(await scan.readPicture(file));
  }

  async function takePdf(file) {
    toast(t("pdfReading"));
    try {
      const [scan, { pages }] = await Promise.all([import("./scan.js"), import("./pdf.js")]);
      parts.gather = scan.gather;
      const texts = [];
      await pages(await bytesOf(file, MOST_PDF), workerAddress("./dist/pdf.worker.js"), async (picture) => { texts.push(...await scan.readCodes(picture)); return texts.length > 0 && scan.gather(texts) !== undefined; });
      takeCodes(texts);
    } catch {
      toast(t("pdfBad"));
    }
  }

  const parts = {};
  let camera;

  /** What a code says is only ever handed to the engine: an address in it is not opened. */
  async function openScan() {
    $("scan-note").textContent = "";
    $("scan-progress").hidden = true;
    openSheet($("sheet-scan"));
    if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) { $("scan-note").textContent = t("scanNone"); return; }
    $("viewer").hidden = false;
    const { Camera } = await import("./scan.js");
    camera = camera || new Camera($("video"), {
      found: (text) => { closeSheets(); take(recognised(text)); },
      progress: (have, all) => {
        $("scan-progress").hidden = false;
        $("scan-progress").max = all;
        $("scan-progress").value = have;
        $("scan-note").textContent = t("scanParts", have, all);
      },
    });
    await withCamera(() => camera.start());
  }

  async function withCamera(work) {
    try {
      await work();
      $("scan-torch").hidden = !camera.hasTorch;
      const devices = await navigator.mediaDevices.enumerateDevices();
      $("scan-switch").hidden = devices.filter(({ kind }) => kind === "videoinput").length < 2;
    } catch (error) {
      $("viewer").hidden = true;
      $("scan-note").textContent = t(error && error.name === "NotAllowedError" ? "scanRefused" : "scanNone");
    }
  }

  const openers = {
    samples: () => openSheet($("sheet-samples")),
    paste: () => { $("paste-note").textContent = ""; openSheet($("sheet-paste")); $("paste-text").focus(); },
    file: () => $("picker").click(),
    scan: openScan,
    mrz: () => { openSheet($("sheet-mrz")); $("mrz-text").focus(); },
  };
  for (const button of document.querySelectorAll("[data-open]")) button.addEventListener("click", openers[button.getAttribute("data-open")]);
  for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", closeSheets);
  for (const sheet of document.querySelectorAll("dialog")) {
    sheet.addEventListener("click", (event) => { if (event.target === sheet) closeSheets(); });
  }

  $("paste-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = $("paste-text").value.trim();
    if (!text) { $("paste-note").textContent = t("emptyPaste"); return; }
    closeSheets();
    take(recognised(text));
  });
  $("sheet-paste").addEventListener("close", () => { $("paste-text").value = ""; });
  $("paste-clipboard").hidden = !(navigator.clipboard && navigator.clipboard.readText);
  $("paste-clipboard").addEventListener("click", async () => {
    try { $("paste-text").value = await navigator.clipboard.readText(); } catch { $("paste-text").focus(); }
  });
  const takeTransfer = (data) => {
    if (!data || !ready()) return;
    if (data.files.length > 0) takeFiles(data.files);
    else if (data.getData("text/plain").trim()) take(recognised(data.getData("text/plain").trim()));
  };
  document.addEventListener("paste", (event) => {
    if (event.target instanceof Element && event.target.closest("textarea, input, dialog")) return;
    takeTransfer(event.clipboardData);
  });

  $("mrz-text").addEventListener("input", () => {
    const text = tidy($("mrz-text").value);
    if (!text || !ready()) { $("mrz-live").textContent = ""; return; }
    renderMrz($("mrz-live"), readMrz(text), text);
  });
  $("mrz-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = tidy($("mrz-text").value);
    if (!text) return;
    closeSheets();
    take({ mrz: text });
  });
  $("sheet-mrz").addEventListener("close", () => { $("mrz-text").value = ""; $("mrz-live").textContent = ""; $("mrz-note").textContent = ""; });
  $("mrz-photo").addEventListener("click", () => $("mrz-picker").click());
  $("mrz-picker").addEventListener("change", async () => {
    const [file] = $("mrz-picker").files;
    $("mrz-picker").value = "";
    if (!file) return;
    $("mrz-note").textContent = t("mrzReading");
    let lines;
    try { lines = await (await import("./mrz-photo.js")).readMrzPicture(file); } catch { lines = undefined; }
    if (!$("sheet-mrz").open) return;
    $("mrz-note").textContent = t(lines ? "mrzPhotoCheck" : "mrzPhotoNone");
    if (!lines) return;
    $("mrz-text").value = lines;
    $("mrz-text").dispatchEvent(new Event("input"));
    $("mrz-text").focus();
  });

  $("sheet-scan").addEventListener("close", () => { if (camera) camera.stop(); $("viewer").hidden = true; });
  $("scan-picture").addEventListener("click", () => $("picker").click());
  $("scan-switch").addEventListener("click", () => withCamera(() => camera.turn()));
  $("scan-torch").addEventListener("click", () => camera.torch().catch(() => { $("scan-torch").hidden = true; }));

  $("picker").addEventListener("change", async () => {
    await takeFiles($("picker").files);
    $("picker").value = "";
  });

  let depth = 0;
  const zone = (shown) => { $("dropzone").hidden = !shown; };
  document.addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; zone(true); });
  document.addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) { depth = 0; zone(false); } });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    zone(false);
    takeTransfer(event.dataTransfer);
  });

  return { takeFiles };
}
