// QR codes: in a picture, before the camera, with the camera refused. What a code says goes to the engine and nowhere else.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { credential } from "../../tools/authority/authority.mjs";
import { Parts, cut } from "../../www/parts.js";
import { HEIGHT, WIDTH, frame, pdf, picture } from "./codes.mjs";
import { again, begin, mrz, open, sample, text, verdict } from "./helper.mjs";

/** A credential short enough for one code: no portrait, nothing disclosed. */
const SHORT = credential("citizen-1", { disclose: () => false, holder: null, claims: { portrait: undefined, identity_card: undefined, age_equal_or_over: undefined } }).token;
/** Frames as a film in YUV4MPEG2, two a second, which Chromium's fake camera plays over and over. */
function film(...contents) {
  const pictures = contents.flatMap((content) => [Buffer.from("FRAME\n"), frame(content), Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F2:1 Ip A1:1 C420jpeg\n`), ...pictures]);
}

/** Server and a browser whose camera sees these codes, one after the other. */
async function camera(name, ...contents) {
  writeFileSync(join(folder, name), film(...(contents.length === 1 ? [contents[0], contents[0]] : contents)));
  return begin({ args: ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${join(folder, name)}`] });
}

let folder;
let place;
let page;
let record;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "eid-camera-"));
  place = await camera("code.y4m", SHORT);
  ({ page, record } = await open(place, { context: { permissions: ["camera"] } }));
});
after(async () => { await place.close(); rmSync(folder, { recursive: true }); });
beforeEach(() => again({ page, record }));

const handedIn = (timeout = 30_000) => page.waitForFunction(() => /đưa vào/.test(document.querySelector("#verdict .eyebrow")?.textContent), undefined, { timeout });

test("the camera reads a code, verifies it and is let go", async () => {
  await page.click('[data-open="scan"]');
  await handedIn();
  assert.equal(await verdict(page), "valid");
  assert.equal(await page.evaluate(() => document.getElementById("video").srcObject), null);
  assert.deepEqual(record.errors, []);
  assert.deepEqual(record.violations, []);
  assert.ok(record.requests.every((address) => address.startsWith(place.url)));
});

/** A camera that sees nothing, until the page is itself again. */
const blind = () => page.evaluate(() => {
  window.asked = [];
  const canvas = document.createElement("canvas");
  window.drawing = setInterval(() => canvas.getContext("2d").fillRect(0, 0, 64, 64), 100); // a picture that nobody draws has no frames
  navigator.mediaDevices.getUserMedia = async (wish) => { window.asked.push(wish.video.facingMode); return canvas.captureStream(); };
});
const sighted = () => page.evaluate(() => { clearInterval(window.drawing); delete navigator.mediaDevices.getUserMedia; delete navigator.mediaDevices.enumerateDevices; });

test("closing the sheet lets go of the camera", async () => {
  await blind();
  await page.click('[data-open="scan"]');
  await page.waitForFunction(() => document.getElementById("video").srcObject !== null);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.getElementById("video").srcObject === null);
  await sighted();
});

test("a picture with a code, a picture without, a code with an address", async () => {
  const file = async (content, name = "code.png") => page.setInputFiles("#picker", { name, mimeType: "image/png", buffer: await picture(page, content) });
  await file(SHORT);
  await handedIn();
  assert.equal(await verdict(page), "valid");
  await file("javascript:alert(1)");
  await page.waitForSelector('#verdict[data-verdict="invalid"]');
  assert.equal(page.url(), place.url);
  await page.setInputFiles("#picker", { name: "icon.png", mimeType: "image/png", buffer: readFileSync(new URL("../../www/icons/icon-192.png", import.meta.url)) });
  await page.waitForFunction(() => document.getElementById("toast").textContent.length > 0);
  assert.match(await text(page, "#toast"), /Không thấy mã QR/);
  assert.deepEqual(record.errors, []);
});

test("a camera that is refused is said kindly, and a picture is offered instead", async () => {
  await page.evaluate(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError")); });
  await page.click('[data-open="scan"]');
  await page.waitForFunction(() => document.getElementById("scan-note").textContent.length > 0);
  assert.match(await text(page, "#scan-note"), /chưa được phép dùng máy ảnh/);
  assert.ok(await page.isVisible("#scan-picture"));
  assert.deepEqual(record.errors, []);
  await sighted();
});

test("a long credential as several codes, one after the other: progress, then the verdict", async () => {
  const long = sample("citizen-level-1").input;
  const codes = cut(long, 600);
  assert.ok(codes.length >= 4, `${codes.length} parts`);
  const own = await camera("parts.y4m", ...codes.slice(2), ...codes.slice(0, 2));
  try {
    const { page, record } = await open(own, { context: { permissions: ["camera"] } });
    await page.click('[data-open="scan"]');
    await page.waitForFunction(() => !document.getElementById("scan-progress").hidden, undefined, { timeout: 30_000 });
    assert.equal(await page.getAttribute("#scan-progress", "max"), String(codes.length));
    assert.match(await text(page, "#scan-note"), new RegExp(`\\d trong ${codes.length} phần`));
    await page.waitForFunction(() => /đưa vào/.test(document.querySelector("#verdict .eyebrow")?.textContent), undefined, { timeout: 60_000 });
    assert.equal(await verdict(page), "valid");
    assert.deepEqual(record.errors, []);
    assert.deepEqual(record.violations, []);
  } finally {
    await own.close();
  }
});

test("parts: any order, repeats, another text's parts, a wrong sum", () => {
  const long = "MẪU ".repeat(500);
  const codes = cut(long, 300);
  const all = (texts) => { const parts = new Parts(); return texts.map((one) => parts.add(one)).find((one) => one !== undefined); };
  assert.equal(all([...codes].reverse()), long);
  assert.equal(all([codes[0], codes[0], ...cut("other ".repeat(200), 300).slice(0, 2), ...codes]), long);
  assert.equal(all(codes.slice(1)), undefined);
  assert.equal(all(codes.map((one) => one.replace("MẪU", "MÃU"))), undefined, "a damaged part is no whole");
  assert.deepEqual(cut("short"), ["short"]);
  assert.equal(new Parts().add("EIDQR/1 9/3 00000000 x"), "EIDQR/1 9/3 00000000 x", "no part: the engine says what it is");
});

test("a page of a PDF with a code; a PDF that is none", async () => {
  const file = (buffer) => page.setInputFiles("#picker", { name: "page.pdf", mimeType: "application/pdf", buffer });
  await file(pdf(SHORT));
  await handedIn(60_000);
  assert.equal(await verdict(page), "valid");
  await file(Buffer.from("%PDF-1.7\nnothing"));
  await page.waitForFunction(() => /PDF này/.test(document.getElementById("toast").textContent), undefined, { timeout: 60_000 });
  assert.deepEqual(record.errors, []);
  assert.deepEqual(record.violations, []);
  assert.ok(record.requests.every((address) => address.startsWith(place.url) || address.startsWith("blob:")));
});

test("two cameras, a light: the buttons appear and work", async () => {
  await blind();
  await page.evaluate(() => {
    navigator.mediaDevices.enumerateDevices = async () => [{ kind: "videoinput" }, { kind: "videoinput" }];
    MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
    MediaStreamTrack.prototype.applyConstraints = async ({ advanced }) => { window.asked.push(advanced[0].torch); };
  });
  await page.click('[data-open="scan"]');
  await page.click("#scan-torch");
  await page.click("#scan-switch");
  await page.waitForFunction(() => window.asked.length === 3);
  assert.deepEqual(await page.evaluate(() => window.asked), ["environment", true, "user"]);
  await sighted();
});

test("MRZ lines out of a photograph: read on this device, put where a person corrects them, judged by their check digits", async () => {
  const lines = mrz();
  const photo = (rows) => page.evaluate(async (texts) => {
    const canvas = new OffscreenCanvas(1500, 420);
    const context = canvas.getContext("2d");
    context.fillStyle = "#f3efe6";
    context.fillRect(0, 0, 1500, 420);
    context.fillStyle = "#222";
    context.font = "bold 48px 'DejaVu Sans Mono', 'Liberation Mono', monospace";
    texts.forEach((text, at) => context.fillText(text, 60, 260 + at * 90));
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer())];
  }, rows).then((bytes) => Buffer.from(bytes));
  await page.click('[data-open="mrz"]');
  await page.setInputFiles("#mrz-picker", { name: "photo.png", mimeType: "image/png", buffer: await photo(lines.split("\n")) });
  await page.waitForFunction(() => document.getElementById("mrz-text").value || /MRZ/.test(document.getElementById("mrz-note").textContent), undefined, { timeout: 90_000 });
  const read = await page.inputValue("#mrz-text");
  assert.deepEqual(read.split("\n").map((line) => line.length), [44, 44]);
  assert.equal(read.split("\n")[0], lines.split("\n")[0]);
  // a reader errs: what it misread shows as wrong check digits or as lines that fit no layout, never as all right; a person mends it
  const right = (await page.$$('#mrz-live [data-ok="true"]')).length > 0 && (await page.$('#mrz-live [data-ok="false"]')) === null;
  assert.equal(right, read === lines);
  await page.fill("#mrz-text", lines);
  await page.waitForSelector('#mrz-live [data-ok="true"]');
  await page.waitForSelector('#mrz-live [data-ok="false"]', { state: "detached" });
  assert.match(await text(page, "#mrz-note"), /so từng ký tự/);
  await page.setInputFiles("#mrz-picker", { name: "none.png", mimeType: "image/png", buffer: await photo(["KHÔNG CÓ GÌ"]) });
  await page.waitForFunction(() => /Không thấy dòng MRZ/.test(document.getElementById("mrz-note").textContent), undefined, { timeout: 60_000 });
  assert.deepEqual([record.errors, record.violations], [[], []]);
  assert.ok(record.requests.every((address) => address.startsWith(place.url) || address.startsWith("blob:")));
});
