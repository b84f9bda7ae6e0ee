// QR codes: in a picture, before the camera, with the camera refused. What a code says goes to the engine and nowhere else.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import encodeQR from "qr";
import { credential } from "../../tools/authority/authority.mjs";
import { begin, open, text, verdict } from "./helper.mjs";

/** A credential short enough for one code: no portrait, nothing disclosed. */
const SHORT = credential("citizen-1", { disclose: () => false, holder: null, claims: { portrait: undefined, identity_card: undefined, age_equal_or_over: undefined } }).token;
const WIDTH = 1280;
const HEIGHT = 720;

/** Brightness of a frame with the code in its middle. */
function frame(content) {
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

/** The frame as a film in YUV4MPEG2, which Chromium's fake camera plays. */
function film(content) {
  const picture = Buffer.concat([Buffer.from("FRAME\n"), frame(content), Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), picture, picture]);
}

/** The frame as a picture, drawn in the browser. */
const picture = async (page, content) => Buffer.from(await page.evaluate(async ({ luma, width, height }) => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const bytes = atob(luma);
  for (let at = 0; at < bytes.length; at += 1) image.data.set([bytes.charCodeAt(at), bytes.charCodeAt(at), bytes.charCodeAt(at), 255], at * 4);
  context.putImageData(image, 0, 0);
  return [...new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer())];
}, { luma: frame(content).toString("base64"), width: WIDTH, height: HEIGHT }));

let folder;
let place;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "eid-camera-"));
  writeFileSync(join(folder, "code.y4m"), film(SHORT));
  place = await begin({ args: ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${join(folder, "code.y4m")}`] });
});
after(async () => { await place.close(); rmSync(folder, { recursive: true }); });

test("the camera reads a code, verifies it and is let go", async () => {
  const { page, context, record } = await open(place, { context: { permissions: ["camera"] } });
  await page.click('[data-open="scan"]');
  await page.waitForFunction(() => /đưa vào/.test(document.querySelector("#verdict .eyebrow").textContent), undefined, { timeout: 20_000 });
  assert.equal(await verdict(page), "valid");
  assert.equal(await page.evaluate(() => document.getElementById("video").srcObject), null);
  assert.deepEqual(record.errors, []);
  assert.deepEqual(record.violations, []);
  assert.ok(record.requests.every((address) => address.startsWith(place.url)));
  await context.close();
});

test("closing the sheet lets go of the camera", async () => {
  const { page, context } = await open(place, { context: { permissions: ["camera"] } });
  await page.route("**/vendor/qr.js", (route) => route.fulfill({ contentType: "text/javascript", body: "export const decodeQR = () => undefined;" }));
  await page.click('[data-open="scan"]');
  await page.waitForFunction(() => document.getElementById("video").srcObject !== null);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.getElementById("video").srcObject === null);
  await context.close();
});

test("a picture with a code, a picture without, a code with an address", async () => {
  const { page, context, record } = await open(place);
  const file = async (content, name = "code.png") => page.setInputFiles("#picker", { name, mimeType: "image/png", buffer: await picture(page, content) });
  await file(SHORT);
  await page.waitForFunction(() => /đưa vào/.test(document.querySelector("#verdict .eyebrow").textContent));
  assert.equal(await verdict(page), "valid");
  await file("javascript:alert(1)");
  await page.waitForSelector('#verdict[data-verdict="invalid"]');
  assert.equal(page.url(), place.url);
  await page.setInputFiles("#picker", { name: "icon.png", mimeType: "image/png", buffer: readFileSync(new URL("../../www/icons/icon-192.png", import.meta.url)) });
  await page.waitForFunction(() => document.getElementById("toast").textContent.length > 0);
  assert.match(await text(page, "#toast"), /Không thấy mã QR/);
  assert.deepEqual(record.errors, []);
  await context.close();
});

test("a camera that is refused is said kindly, and a picture is offered instead", async () => {
  const { page, context, record } = await open(place);
  await page.evaluate(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError")); });
  await page.click('[data-open="scan"]');
  await page.waitForFunction(() => document.getElementById("scan-note").textContent.length > 0);
  assert.match(await text(page, "#scan-note"), /chưa được phép dùng máy ảnh/);
  assert.ok(await page.isVisible("#scan-picture"));
  assert.deepEqual(record.errors, []);
  await context.close();
});

test("the reader in www/vendor/ is what npm `qr` bundles to", async () => {
  const { outputFiles } = await build({
    stdin: { contents: 'export { decodeQR } from "qr/decode.js";', resolveDir: fileURLToPath(new URL("../..", import.meta.url)) },
    bundle: true, minify: true, format: "esm", target: ["chrome85", "safari14.1"], legalComments: "none", write: false,
  });
  const kept = readFileSync(new URL("../../www/vendor/qr.js", import.meta.url), "utf8");
  assert.equal(kept.slice(kept.indexOf("\n") + 1), outputFiles[0].text);
});
