// `/verify`: a request as code and link, an answer in the same browser by every hand-over, a verdict by what was asked, receipts without a person.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import decodeQR from "qr/decode.js";
import { credential, keys } from "../../tools/authority/authority.mjs";
import { MARKERS, NOW } from "../../tools/authority/people.mjs";
import { bind } from "../../tools/authority/sd-jwt.mjs";
import { asCsv, cell } from "../../www/receipt.js";
import { begin, open, paste, text, verdict } from "./helper.mjs";

let place;
let page;
let record;
before(async () => { place = await begin(); ({ page, record } = await open(place, { path: "verify", context: { permissions: ["clipboard-read", "clipboard-write"] } })); });
after(() => place.close());

/** The console anew: nothing asked, nothing kept. */
const anew = async () => {
  await page.evaluate(() => { localStorage.clear(); return caches.delete("eid-lists"); });
  for (const list of Object.values(record)) list.length = 0;
  await page.goto(`${place.url}verify`);
  await page.waitForSelector("#request-form");
};

/** What the request's link says, read as a wallet reads it. */
async function asked(page) {
  await page.click("#request-make");
  const address = new URL(await page.inputValue("#request-link"));
  const { credentials: [wanted] } = JSON.parse(address.searchParams.get("dcql_query"));
  return { address, nonce: address.searchParams.get("nonce"), audience: address.searchParams.get("client_id"), claims: wanted.claims.map(({ path }) => path.join(".")), vct: wanted.meta.vct_values };
}

const BARE = { portrait: undefined, identity_card: undefined, documents: undefined };
const answered = ({ nonce, audience, claims }, { person = "citizen-2", iat = NOW, key = keys.holder } = {}) => {
  const { token } = credential(person, { disclose: (path) => claims.some((one) => path === one || path.startsWith(`${one}.`)), claims: claims.includes("portrait") ? {} : BARE });
  return bind(token, key, { iat, aud: audience, nonce });
};

test("a request is a code and a link of one content, new each time, with nothing personal in it", async () => {
  await anew();
  assert.equal(await page.title(), "Bàn kiểm tra định danh");
  const first = await asked(page);
  assert.equal(first.address.protocol, "openid4vp:");
  assert.equal(first.audience, place.url.slice(0, -1));
  assert.deepEqual(first.claims, ["name", "birthdate", "personal_identification_number", "portrait"]);
  assert.deepEqual(first.vct, ["urn:eid:vn:citizen:1"]);
  assert.ok(first.nonce.length >= 22);
  const rows = await page.$eval(".qr", (svg) => {
    const side = Number(svg.getAttribute("viewBox").split(" ")[2]);
    const dark = new Set([...svg.querySelector("path").getAttribute("d").matchAll(/M(\d+) (\d+)h1/g)].map(([, x, y]) => y * side + Number(x)));
    return Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => dark.has(y * side + x)));
  });
  const scale = 4;
  const size = rows.length * scale;
  const data = new Uint8Array(size * size * 4).fill(255);
  for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) if (rows[Math.floor(y / scale)][Math.floor(x / scale)]) data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
  assert.equal(decodeQR({ width: size, height: size, data }), first.address.href);
  const second = await asked(page);
  assert.notEqual(second.nonce, first.nonce);
  assert.equal(page.url(), `${place.url}verify`);
  assert.deepEqual([record.errors, record.violations], [[], []]);
});

test("the answer is judged by what was asked, and a nonce is good once", async () => {
  await anew();
  const request = await asked(page);
  const good = answered(request);
  const code = () => page.getAttribute(".check.decides", "data-code");
  await paste(page, answered({ ...request, nonce: "another" }));
  assert.equal(await code(), "key_binding_nonce_mismatch");
  await paste(page, answered({ ...request, audience: "https://elsewhere.example" }));
  assert.equal(await code(), "key_binding_audience_mismatch");
  await paste(page, answered(request, { key: keys.stranger }));
  assert.equal(await code(), "key_binding_signature_invalid");
  await paste(page, answered({ ...request, claims: ["name"] }));
  assert.equal(await code(), "claim_missing");
  await paste(page, answered(request, { person: "citizen-1" }));
  assert.equal(await verdict(page), "invalid");
  await paste(page, good);
  assert.equal(await verdict(page), "indeterminate", "the status is asked too");
  assert.equal(await code(), "status_unavailable");
  await page.click('[data-fetch="status_list"]');
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  await page.click("#language");
  assert.equal(await verdict(page), "valid", "other words are no second presentation");
  await page.click("#language");
  await paste(page, good);
  await page.waitForSelector('.check.decides[data-code="key_binding_replayed"]');
  assert.deepEqual([record.errors, record.violations], [[], []]);
});

test("the specimen holder answers over the channel; receipts as JSON and as a table, with no person in them", async () => {
  await anew();
  for (const [purpose, claim] of [["counter", "name"], ["age-18", "age_equal_or_over"]]) {
    await page.selectOption("#request-purpose", purpose);
    const { address } = await asked(page);
    await page.click("#request-specimen");
    await page.waitForFunction(() => /Đã nhận/.test(document.getElementById("request-note").textContent));
    if (purpose === "counter") await page.click('[data-fetch="status_list"]'); // the second time the list is at hand
    await page.waitForSelector("#account [data-state='active']");
    assert.equal(await verdict(page), "valid");
    assert.equal(address.searchParams.get("eid_purpose"), purpose);
    const shown = await text(page, "#shared");
    assert.match(shown, claim === "name" ? /NGUYỄN THỊ MẪU/ : /18/);
    if (claim !== "name") assert.ok(!shown.includes("NGUYỄN"), "what was not asked is not there");
  }
  const save = async (id) => {
    const [given] = await Promise.all([page.waitForEvent("download"), page.click(id)]);
    return [given.suggestedFilename(), readFileSync(await given.path(), "utf8")];
  };
  const [name, one] = await save("#receipt-save");
  assert.match(name, /^receipt-[0-9TZ]+\.json$/);
  const receipt = JSON.parse(one);
  assert.equal(receipt.verdict, "valid");
  assert.deepEqual(receipt.lists.find(({ artefact }) => artefact === "trust_list")?.version, 7);
  assert.equal(receipt.engine.sha256, createHash("sha256").update(readFileSync(new URL("../../pkg/wasm/core/eid_verifier_bg.wasm", import.meta.url))).digest("hex"));
  assert.deepEqual(receipt.asked, { purpose: "age-18", kind: "citizen", minLevel: 1, claims: ["age_equal_or_over.18"] });
  const [, all] = await save("#receipts-json");
  assert.equal(JSON.parse(all).length, 2);
  const [, table] = await save("#receipts-csv");
  assert.equal(table.trim().split("\r\n").length, 3);
  await page.click("#receipt");
  await page.waitForFunction(() => document.getElementById("toast").textContent.length > 0);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  for (const kept of [one, all, table, copied]) for (const marker of [...MARKERS, "SPECIMEN-CITIZEN"]) assert.ok(!kept.includes(marker), marker);
  const elsewhere = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state, document.title, document.cookie]));
  for (const marker of MARKERS) assert.ok(!elsewhere.includes(marker), marker);
  assert.ok(record.requests.every((address) => address.startsWith(place.url) || address.startsWith("blob:")), "the list came from our own mirror");
  assert.ok(!record.requests.some((address) => MARKERS.some((marker) => decodeURIComponent(address).includes(marker))));
  assert.deepEqual([record.errors, record.violations, record.console], [[], [], []]);
});

test("cells that a spreadsheet would run are kept from it", () => {
  for (const hostile of ['=HYPERLINK("https://evil.example")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"]) assert.match(cell(hostile), /^"'/, JSON.stringify(hostile));
  assert.equal(cell('a"b'), '"a""b"');
  assert.equal(cell("2026-11-22T03:00:00Z"), '"2026-11-22T03:00:00Z"');
  const row = asCsv([{ verifiedAt: "x", verdict: "valid", codes: [], format: "jwt", lists: [], engine: { version: "1", build: "core", sha256: "00" }, asked: { purpose: "=cmd|'/c calc'!A1" } }]);
  assert.ok(row.includes('"\'=cmd'));
});

test("messages on the channel that fit no request are not looked at", async () => {
  await anew();
  await asked(page);
  await page.evaluate(() => {
    const channel = new BroadcastChannel("eid-presentation");
    for (const data of ["x", null, { v: 1 }, { v: 1, nonce: "other", presentation: "x" }, { v: 2, nonce: document.getElementById("request-link").value, presentation: "x" }, { v: 1, verdict: "valid" }]) channel.postMessage(data);
    // one of our own after them, heard by an ear that came after the page's: when it is here, they have been heard
    return new Promise((heard) => { new BroadcastChannel("eid-presentation").addEventListener("message", ({ data }) => { if (data === "last") heard(); }); channel.postMessage("last"); });
  });
  assert.match(await text(page, "#verdict .eyebrow"), /MẪU · Công dân/, "still the sample");
});
