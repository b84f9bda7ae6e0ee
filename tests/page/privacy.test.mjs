// One session through every way in, then a search for what was handed in, in everything that a browser keeps or sends: storage, caches, history, title, console,
// network, and at last every file of the browser's profile.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { credential } from "../../tools/authority/authority.mjs";
import { MARKERS, NOW } from "../../tools/authority/people.mjs";
import { serve } from "../../tools/serve.mjs";
import { stamp } from "../../www/stamp.mjs";
import { frame, pdf, picture, HEIGHT, WIDTH } from "./codes.mjs";
import { EXECUTABLE, mrz, paste, sample, settled } from "./helper.mjs";

/** A person of this test alone: nothing of hers is in a sample. Short enough for one code. */
const NAME = "TRỊNH VÔ ẢNH SPECIMEN";
const HERS = credential("citizen-1", {
  disclose: () => false, holder: null, seed: "privacy",
  claims: { name: NAME, portrait: undefined, identity_card: undefined, age_equal_or_over: undefined, family_name: undefined, middle_name: undefined, given_name: undefined },
}).token;
const chip = sample("chip-card");
const LINES = mrz({ expiry: "331130" });

const jwt = HERS.split("~")[0];
/** Of each way in, text that could only have come from what was handed in. */
const TRACES = [
  NAME, "TRỊNH", encodeURIComponent(NAME), JSON.stringify(NAME).replace(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`).slice(1, -1),
  jwt.slice(-60), jwt.slice(jwt.length >> 1, (jwt.length >> 1) + 60), // signature and payload
  "ERIKSSON", "L898902C3", LINES.slice(-30), // the zone
  "Trần Mẹ Mẫu", "NGUYEN<<VAN<MAU", // the chip, whose sample is served in base64
];

let server;
let profile;
let context;
let page;
const said = { console: [], requests: [] };
before(async () => {
  if (!process.env.EID_STAMPED) await stamp();
  server = await serve();
  profile = mkdtempSync(join(tmpdir(), "eid-profile-"));
  context = await chromium.launchPersistentContext(profile, { executablePath: EXECUTABLE, args: ["--no-sandbox"], viewport: { width: 412, height: 860 }, acceptDownloads: true });
  context.on("request", (request) => said.requests.push(`${request.method()} ${request.url()} ${request.isNavigationRequest() && request.url().endsWith("/share") ? "" : request.postData() ?? ""}`));
  page = context.pages()[0] ?? await context.newPage();
  page.on("console", (message) => said.console.push(message.text()));
  page.on("pageerror", (error) => said.console.push(String(error)));
  await page.clock.setFixedTime(NOW * 1000);
});
after(async () => { await context.close(); await server.close(); rmSync(profile, { recursive: true, force: true, maxRetries: 5 }); });

const open = async (path = "") => { await page.goto(server.url + path); await settled(page); };
const handedIn = () => page.waitForFunction(() => /đưa vào/.test(document.querySelector("#verdict .eyebrow")?.textContent), undefined, { timeout: 60_000 });
const seen = async () => { await handedIn(); assert.match(await page.innerText("#holder"), /TRỊNH VÔ ẢNH/); };
const file = (name, mimeType, buffer) => page.setInputFiles("#picker", { name, mimeType, buffer });

/** Every way in, and what a person may do with the answer. */
const WAYS = {
  "pasted into the sheet": async () => {
    const before = said.requests.length;
    await paste(page, HERS);
    await seen();
    assert.deepEqual(said.requests.slice(before), [], "to verify asks nobody");
  },
  "pasted onto the page": async () => {
    await page.evaluate((text) => { const data = new DataTransfer(); data.setData("text/plain", text); document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true })); }, HERS);
    await seen();
  },
  "a file": async () => { await file("her.txt", "text/plain", Buffer.from(HERS)); await seen(); },
  dropped: async () => {
    await page.evaluate((text) => { const data = new DataTransfer(); data.items.add(new File([text], "her.txt", { type: "text/plain" })); document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })); }, HERS);
    await seen();
  },
  "a picture": async () => { await file("her.png", "image/png", await picture(page, HERS)); await seen(); },
  "a PDF": async () => { await file("her.pdf", "application/pdf", pdf(HERS)); await seen(); },
  "the camera": async () => {
    await page.evaluate(({ luma, width, height }) => {
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const drawing = canvas.getContext("2d");
      const image = drawing.createImageData(width, height);
      const bytes = atob(luma);
      for (let at = 0; at < bytes.length; at += 1) image.data.set([bytes.charCodeAt(at), bytes.charCodeAt(at), bytes.charCodeAt(at), 255], at * 4);
      setInterval(() => drawing.putImageData(image, 0, 0), 100);
      navigator.mediaDevices.getUserMedia = async () => canvas.captureStream();
    }, { luma: frame(HERS).toString("base64"), width: WIDTH, height: HEIGHT });
    await page.click('[data-open="scan"]');
    await seen();
  },
  "typed lines": async () => { await page.click('[data-open="mrz"]'); await page.fill("#mrz-text", LINES); await page.click('#mrz-form [type="submit"]'); await handedIn(); },
  "a chip": async () => {
    const files = [["EF.SOD", chip.input.sod], ...Object.entries(chip.input.dataGroups).map(([number, group]) => [`DG${number}.bin`, group])];
    await page.setInputFiles("#picker", files.map(([name, text]) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text, "base64") })));
    await page.waitForSelector('.check[data-check="sod.signature"][data-outcome="pass"]', { timeout: 60_000 });
    assert.match(await page.innerText("#shared"), /Trần Mẹ Mẫu/);
  },
  shared: async () => {
    await context.route("https://app.specimen.test/", (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><form method="post" enctype="multipart/form-data" action="${server.url}share"><input type="file" name="file"></form>` }));
    await page.goto("https://app.specimen.test/");
    await page.setInputFiles("input", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from(HERS) });
    await page.evaluate(() => document.forms[0].submit());
    await seen();
  },
  "an app's request": async () => {
    await open("?embed");
    await page.waitForFunction(() => window.eidVerifier);
    const answer = await page.evaluate((input) => window.eidVerifier.answer(JSON.stringify({ v: 1, id: `${window.eidVerifier.ready}.1`, kind: "verify", input })), HERS);
    assert.match(answer, /TRỊNH/);
  },
  "the console": async () => {
    await open("verify");
    await page.waitForSelector("#request-form");
    await paste(page, HERS);
    await seen();
    await page.click("#request-make");
    await page.click("#request-specimen");
    await page.click('[data-fetch="status_list"]');
    await page.waitForSelector("#account [data-state='active']");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#receipts-csv")]);
    const table = readFileSync(await download.path(), "utf8");
    for (const marker of [...TRACES, ...MARKERS]) assert.ok(!table.includes(marker), marker);
  },
};

test("nothing that was handed in, by any way, is kept or sent", async (t) => {
  await open();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await page.waitForSelector("html.own-type");
  await page.evaluate(() => document.fonts.ready);
  const titles = new Set();
  for (const [name, go] of Object.entries(WAYS)) {
    await t.test(name, async () => {
      if (await page.isVisible("#clear")) await page.click("#clear"); // the last answer goes first
      await go();
      titles.add(await page.title());
      for (const [kind, address] of [["address", page.url()], ["title", await page.title()]]) for (const trace of TRACES) assert.ok(!decodeURIComponent(address).includes(trace), `${kind}: ${trace}`);
      if (name === "a file") for (const press of ['[data-voice="developer"]', "#language", "#theme", "#language", '[data-voice="officer"]', "#receipt"]) await page.click(press);
    });
  }
  assert.deepEqual([...titles].sort(), ["Bàn kiểm tra định danh", "Kiểm tra định danh"]);
  const kept = await page.evaluate(async () => {
    const texts = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) texts.push(request.url, await (await caches.match(request)).text());
    const databases = indexedDB.databases ? await indexedDB.databases() : [];
    const folders = navigator.storage.getDirectory ? await Array.fromAsync((await navigator.storage.getDirectory()).keys()) : [];
    return { local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie, state: history.state, databases, folders, caches: texts.join("\n"), name: window.name };
  });
  assert.deepEqual(Object.keys(kept.local).sort(), ["eid.language", "eid.theme", "eid.voice"]);
  assert.deepEqual([kept.session, kept.cookies, kept.state, kept.databases, kept.folders, kept.name], [{}, "", null, [], [], ""]);
  for (const trace of TRACES) {
    assert.ok(!kept.caches.includes(trace), `a cache: ${trace}`);
    assert.ok(!said.console.some((line) => line.includes(trace)), `the console: ${trace}`);
    assert.ok(!said.requests.some((line) => line.includes(trace)), `the network: ${trace}`);
  }
  assert.deepEqual(said.console, []);
  assert.ok(said.requests.every((line) => new RegExp(`^(GET|POST) (${server.url}|blob:|data:|https://app\\.specimen\\.test/)`).test(line)), "no foreign host");
  assert.ok(said.requests.length > 60, "the network was heard");
});

test("nor does it lie in any file of the browser's profile", async (t) => {
  await context.close();
  const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const needles = TRACES.flatMap((trace) => [Buffer.from(trace), Buffer.from(trace, "utf16le")]);
  let bytes = 0;
  let found = 0;
  for (const entry of files) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const content = readFileSync(path);
    bytes += content.length;
    if (content.includes("eid.voice")) found += 1;
    for (const needle of needles) assert.ok(!content.includes(needle), `${path.slice(profile.length)}: ${needle}`);
  }
  t.diagnostic(`${files.length} files, ${bytes} bytes searched`);
  assert.ok(bytes > 1_000_000);
  assert.ok(found > 0, "what is kept, the preference of a voice, is found this way");
});
