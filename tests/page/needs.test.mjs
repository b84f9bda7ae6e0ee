// What is missing and the button that gets it; what is kept of it; a verdict that runs out; a chip that wants the whole engine.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { keys, signedStatus, signedTrust, trustPayload } from "../../tools/authority/authority.mjs";
import { DAY, MARKERS, NOW } from "../../tools/authority/people.mjs";
import { begin, choose, open, sample, text, verdict } from "./helper.mjs";

let place;
let page;
let record;
before(async () => { place = await begin(); ({ page, record } = await open(place)); });
after(() => place.close());

/** The page anew, with nothing kept of earlier tests; `changed` is what the server gives instead of a sample. */
const anew = async (changed = {}) => {
  await page.unrouteAll();
  await page.evaluate(() => caches.delete("eid-lists"));
  for (const list of Object.values(record)) list.length = 0;
  for (const [id, json] of Object.entries(changed)) await page.route(`**/samples/${id}.json`, (route) => route.fulfill({ json }));
  await load();
};
const load = async () => {
  await page.goto(place.url);
  await page.waitForSelector('#sheet-samples [data-sample="status-checked"]', { state: "attached" });
};

const kept = (page) => page.evaluate(async () => {
  if (!(await caches.has("eid-lists"))) return [];
  const cache = await caches.open("eid-lists");
  return Promise.all((await cache.keys()).map(async (request) => (await cache.match(request)).json()));
});

test("one press gets the status list from the mirror; it is judged, kept, and serves again without a network", async () => {
  await anew();
  await choose(page, "status-not-at-hand");
  assert.match(await text(page, "#needs"), /Danh sách trạng thái.*status\.specimen\.example.*Tải về/);
  const before = record.requests.length;
  await page.click('[data-fetch="status_list"]');
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  const asked = record.requests.slice(before).map((address) => address.replace(place.url, "/"));
  assert.deepEqual(asked.filter((address) => !/lists\.js(on)?$/.test(address)), ["/lists/status-1.jwt"], "our own server alone was asked");
  assert.equal(await page.evaluate(() => document.activeElement.id), "verdict-word");
  const lists = await kept(page);
  assert.equal(lists.length, 1);
  assert.match(lists[0].text, /^[\w-]+\.[\w-]+\.[\w-]+$/);
  for (const marker of MARKERS) assert.ok(!JSON.stringify(lists).includes(marker));

  await load();
  await page.route("**/lists/*", (route) => route.abort());
  await choose(page, "status-not-at-hand");
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  assert.deepEqual(record.violations, []);
});

test("what comes is judged: another key's list changes nothing for the better and is not kept; a list that is not there is said", async () => {
  await anew();
  await page.route("**/lists/status-1.jwt", (route) => route.fulfill({ status: 404, body: "" }));
  await choose(page, "status-not-at-hand");
  await page.click('[data-fetch="status_list"]');
  await page.waitForFunction(() => /fetch_status/.test(document.getElementById("toast").textContent));
  assert.equal(await verdict(page), "indeterminate");
  await page.unroute("**/lists/status-1.jwt");
  await page.route("**/lists/status-1.jwt", (route) => route.fulfill({ contentType: "text/plain", body: signedStatus({}, keys.stranger) }));
  await page.click('[data-fetch="status_list"]');
  await page.waitForSelector('#verdict[data-verdict="invalid"]');
  assert.deepEqual(await kept(page), []);
});

test("a newer trust list by the same button", async () => {
  const old = sample("status-checked");
  old.config.trust.lists = [signedTrust({ ...trustPayload(), version: 6, iat: NOW - 60 * DAY, exp: NOW - 30 * DAY })];
  await anew({ "status-checked": old });
  await choose(page, "status-checked");
  assert.equal(await verdict(page), "indeterminate");
  await page.click('[data-fetch="trust_list"]');
  await page.waitForSelector('#verdict[data-verdict="valid"]');
});

test("what is left runs down, and when it is over the question is put anew", async () => {
  const soon = sample("status-checked");
  soon.options = { statusLists: [signedStatus({ exp: NOW + 4, ttl: undefined })] };
  await anew({ "status-checked": soon });
  await choose(page, "status-checked");
  assert.equal(await verdict(page), "valid");
  assert.match(await text(page, "#verdict .left"), /còn 00:00:0[1-4]/);
  const left = await text(page, "#verdict .left");
  await page.waitForFunction((before) => { const shown = document.querySelector("#verdict .left"); return !shown || shown.textContent !== before; }, left);
  await page.waitForSelector('#verdict[data-verdict="indeterminate"]', { timeout: 15_000 });
  assert.match(await text(page, "#needs"), /Danh sách trạng thái/);
});

const chip = sample("chip-card");
const files = () => [["EF.SOD", chip.input.sod], ...Object.entries(chip.input.dataGroups).map(([number, group]) => [`DG${number}.bin`, group])]
  .map(([name, text]) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text, "base64") }));

test("a chip's files fetch the whole engine, and only they do; its holder is shown, one turned bit and nobody is", async () => {
  await anew();
  assert.ok(!record.requests.some((address) => address.includes("/full")));
  await page.setInputFiles("#picker", files());
  await page.waitForSelector('.check[data-check="sod.signature"][data-outcome="pass"]', { timeout: 60_000 });
  assert.ok(record.requests.some((address) => /\/dist\/full\.[0-9a-f]{16}\.wasm$/.test(address)));
  assert.equal(await verdict(page), "valid");
  assert.match(await text(page, "#verdict .caution"), /chip bị sao chép/, "what is not proved stands beside the word");
  assert.match(await text(page, "#checks"), /emrtd/);
  assert.match(await text(page, "#holder"), /NGUYEN VAN MAU.*0010 9000 0018.*Đọc từ chíp.*Việt Nam/);
  assert.match(await text(page, "#shared"), /Số 1 Phố Mẫu, Hà Nội/);
  const turned = files();
  turned[1].buffer[20] ^= 1;
  await page.setInputFiles("#picker", turned);
  await page.waitForSelector('#verdict[data-verdict="invalid"]');
  assert.equal(await page.getAttribute(".check.decides", "data-code"), "dg_hash_mismatch");
  assert.ok(!(await text(page, "body")).includes("MẪU, Hà Nội"));
  await choose(page, "chip-card");
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  assert.match(await text(page, "#verdict .eyebrow"), /Chíp của thẻ căn cước/);
  assert.deepEqual([record.errors, record.violations], [[], []]);
});
