// The page in Chromium: the first verdict, every sample in both languages, every way in, what hostile text may do (nothing).
// What is kept and sent (nothing) is the business of privacy.test.mjs.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { credential, keys, signedStatus } from "../../tools/authority/authority.mjs";
import { MARKERS } from "../../tools/authority/people.mjs";
import { messages } from "../../pkg/messages.js";
import { SAMPLES, again, begin, choose, mrz, open, paste, sample, text, verdict } from "./helper.mjs";

let place;
/** One load serves all: every test but the first finds the page as a visitor would. */
let page;
let record;
before(async () => { place = await begin(); ({ page, record } = await open(place, { context: { permissions: ["clipboard-read", "clipboard-write"] } })); });
after(() => place.close());
beforeEach(async ({ name }) => { if (!name.startsWith("the first load")) await again({ page, record }); });

const WORDS = { vi: { valid: "Hợp lệ", invalid: "Không hợp lệ", indeterminate: "Chưa xác định" }, en: { valid: "Valid", invalid: "Invalid", indeterminate: "Undetermined" } };
const quiet = (record) => {
  assert.deepEqual(record.errors, []);
  assert.deepEqual(record.violations, []);
  assert.deepEqual(record.console, []);
};

test("the first load shows a verdict, in Vietnamese, without a touch", async () => {
  assert.equal(await verdict(page), "valid");
  assert.equal(await text(page, "#verdict-word"), "Hợp lệ");
  assert.equal(await page.getAttribute("html", "lang"), "vi");
  assert.match(await text(page, ".bar"), /Trang minh họa — không phải VNeID/);
  assert.match(await text(page, "#verdict .when"), /Tính đến 10:00, 22\/11\/2026 \(thời điểm của mẫu\)/);
  assert.match(await text(page, "#verdict .caution"), /không hỏi danh sách thu hồi/, "status is ignored, and the page says so");
  quiet(record);
});

test("what is pressed before the page listens is done once it does, and once", async () => {
  await page.route("**/dist/page.js", async (route) => {
    await page.waitForSelector('#verdict[data-verdict="valid"]');
    await page.click('[data-open="paste"]');
    await route.continue();
  });
  await page.goto(place.url);
  await page.waitForSelector("#sheet-paste[open]");
  await page.unrouteAll();
  await page.keyboard.press("Escape");
  await page.click("#language");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await page.waitForSelector("#sheet-paste:not([open])", { state: "attached" });
  quiet(record);
});

test("every sample gives its verdict, word, sentence and code in both languages; all checks stand beneath", async () => {
  for (const language of ["vi", "en"]) {
    if (language === "en") await page.click("#language");
    for (const { id, expect } of SAMPLES) {
      await choose(page, id);
      assert.equal(await verdict(page), expect.verdict, `${id} ${language}`);
      assert.equal(await text(page, "#verdict-word"), WORDS[language][expect.verdict], id);
      const lines = await page.$$eval(".check", (all) => all.map((line) => ({
        check: line.dataset.check, outcome: line.dataset.outcome, code: line.dataset.code,
        sentence: line.querySelector(".sentence").textContent, shown: line.querySelector(".meta code")?.textContent,
      })));
      assert.ok(lines.length >= 19, `${id}: the whole plan`);
      for (const line of lines) {
        assert.ok(line.sentence.length > 5, `${id} ${line.check}: a sentence`);
        assert.ok(!["Bước này đạt.", "This step passed."].includes(line.sentence), `${id} ${line.check}: a sentence of its own`);
        assert.equal(line.shown, line.code, `${id} ${line.check}: its code`);
        if (line.code) assert.ok(messages[language][line.code], line.code);
      }
      if (expect.codes[0]) assert.ok(lines.some(({ code, outcome }) => code === expect.codes[0] && outcome !== "skip"), id);
      assert.equal(await page.isVisible(".identity"), expect.verdict === "valid", `${id}: who, only when valid`);
    }
  }
  quiet(record);
});

test("a foreigner whose passport has ended: the document with its date, and an account that must be locked", async () => {
  await choose(page, "foreigner-passport-ended");
  assert.match(await text(page, "#documents"), /Hộ chiếu hạn cuối là ngày 01\/11\/2026/);
  assert.equal(await page.getAttribute("#account [data-state]", "data-state"), "lock_due");
  assert.match(await text(page, "#account"), /Phải khóa.*Chỉ hệ thống của Nhà nước mới khóa được/);
  const body = await text(page, "body");
  for (const marker of MARKERS) assert.ok(!body.includes(marker), "no claim leaves on a bad verdict");
  await choose(page, "foreigner-residence-ends-soon");
  assert.match(await text(page, "#documents .is-soon"), /Còn 12 ngày/);
});

test("an open verdict says what is missing, and takes it: the list is judged, not believed", async () => {
  const handIn = async (content) => {
    await choose(page, "status-not-at-hand");
    assert.equal(await verdict(page), "indeterminate");
    assert.match(await text(page, "#needs"), /Danh sách trạng thái.*status\.specimen\.example/);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("#needs [data-hand-in]")]);
    await chooser.setFiles({ name: "status-list.jwt", mimeType: "text/plain", buffer: Buffer.from(content) });
    await page.waitForSelector('#verdict:not([data-verdict="indeterminate"])');
  };
  await handIn(`${signedStatus()}\n`);
  assert.equal(await verdict(page), "valid");
  assert.equal(await page.getAttribute("#account [data-state]", "data-state"), "active");
  assert.match(await text(page, "#holder"), /Cơ quan định danh MẪU/, "the issuer's name from the trust list");
  await handIn(signedStatus({ values: { 7: 2 } }));
  assert.equal(await page.getAttribute("#account [data-state]", "data-state"), "locked");
  await handIn(signedStatus({}, keys.stranger));
  assert.equal(await verdict(page), "invalid");
  quiet(record);
});

test("pasting, dropping and choosing a file give the verdict of the input", async () => {
  const good = sample("citizen-level-1").input;
  const bad = sample("tampered").input;
  await paste(page, ` ${bad}\n`);
  assert.equal(await verdict(page), "invalid");
  assert.match(await text(page, "#verdict .eyebrow"), /Nội dung bạn đưa vào/);
  assert.equal(await page.inputValue("#paste-text"), "", "the field keeps nothing");

  await page.setInputFiles("#picker", { name: "credential.txt", mimeType: "text/plain", buffer: Buffer.from(`${good}\n`) });
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  await page.setInputFiles("#picker", { name: "noise.bin", mimeType: "application/octet-stream", buffer: Buffer.from([0xff, 0xfe, 0, 0x84]) });
  await page.waitForSelector('#verdict[data-verdict="invalid"]');

  const drop = (content) => page.evaluate((value) => {
    const data = new DataTransfer();
    data.items.add(new File([value], "credential.txt", { type: "text/plain" }));
    document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, content);
  await drop(good);
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  await drop("x".repeat(200_000));
  await page.waitForSelector('.check[data-code="input_too_large"]');

  await page.evaluate((value) => {
    const data = new DataTransfer();
    data.setData("text/plain", value);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  }, good);
  await page.waitForSelector('#verdict[data-verdict="valid"]');
  quiet(record);
});

test("row 342: an address, a script or another app's scheme is not followed; it is no credential", async () => {
  for (const input of ["javascript:alert(1)", "https://example.com/?x=1", "intent://x#Intent;end", "openid4vp://?request=1"]) {
    await paste(page, input);
    assert.equal(await verdict(page), "invalid");
    assert.ok(await page.$('.check.decides[data-outcome="fail"]'));
    assert.equal(page.url(), place.url);
  }
  quiet(record);
});

/** A citizen's credential, signed by the samples' issuer, with claims of a test's choice in the clear. */
const crafted = (claims) => credential("citizen-1", { disclose: () => false, claims }).token;

test("rows 337, 338: hostile claim text stays text; a portrait that is none is not shown", async () => {
  const hostile = ['<img src=x onerror="window.pwned=1">', "</script><script>window.pwned=1</script>", "{{7*7}}", "‮DILAV‬ MẪU", "A​B﻿C", `MẪU ${"DÀI".repeat(600)}`];
  for (const name of hostile) {
    await paste(page, crafted({ name }));
    assert.equal(await verdict(page), "valid");
    const shown = await page.textContent("#holder .name");
    if (/^[<{]/.test(name)) assert.equal(shown, name, "shown as it is");
    assert.ok(!/[‪-‮⁦-⁩​﻿]/u.test(shown), "what is not seen is made visible");
    assert.equal(await page.$$eval("#holder script, #holder img, #shared script, #shared img", (all) => all.length), 0);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "long names wrap");
  }
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  quiet(record);

  const svg = `data:image/svg+xml;base64,${Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>").toString("base64")}`;
  for (const portrait of [svg, "javascript:alert(1)", "data:text/html;base64,PGI+", `data:image/jpeg;base64,${Buffer.from("GIF89a not a jpeg").toString("base64")}`]) {
    await paste(page, crafted({ portrait }));
    assert.equal(await page.$$eval("#answer img", (all) => all.length), 0, portrait.slice(0, 20));
  }
});

test("row 338: a small file that unfolds into 65,535 × 65,535 pixels is not decoded", async () => {
  const { portraitUri } = await import("../../www/portrait.js");
  const png = (width, height) => {
    const bytes = Buffer.alloc(40);
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]).copy(bytes);
    bytes.write("IHDR", 12, "latin1");
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    return `data:image/png;base64,${bytes.toString("base64")}`;
  };
  const jpeg = (width, height) => {
    const bytes = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
    bytes.writeUInt16BE(height, 13);
    bytes.writeUInt16BE(width, 15);
    return `data:image/jpeg;base64,${bytes.toString("base64")}`;
  };
  for (const make of [png, jpeg]) {
    assert.ok(portraitUri(make(120, 160)), "the good twin");
    for (const [width, height] of [[65_535, 65_535], [1, 65_535], [0, 10]]) assert.equal(portraitUri(make(width, height)), undefined);
  }
  assert.equal(portraitUri(`data:image/png;base64,${"A".repeat(60_000)}`), undefined);
});

test("row 343: messages from other windows are not listened to", async () => {
  await page.evaluate(() => {
    for (const data of [{ verdict: "invalid" }, JSON.stringify({ v: 1, id: 1, report: { verdict: "invalid" } })]) window.postMessage(data, "*");
    // a message of our own after them: when it is here, they have been here
    return new Promise((heard) => { window.addEventListener("message", ({ data }) => { if (data === "last") heard(); }); window.postMessage("last", "*"); });
  });
  assert.equal(await verdict(page), "valid");
});

test("a receipt says what was found and by what, and nothing of whom", async () => {
  await choose(page, "status-checked");
  await page.click("#receipt");
  await page.waitForFunction(() => document.getElementById("toast").textContent.length > 0);
  const kept = await page.evaluate(() => navigator.clipboard.readText());
  const receipt = JSON.parse(kept);
  assert.equal(receipt.verdict, "valid");
  assert.equal(receipt.lists[0].version, 7);
  for (const marker of MARKERS) assert.ok(!kept.includes(marker), marker);
});

test("targets are at least 48 px, and 320 px are wide enough, at 200 % text too", async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const id of ["foreigner-level-2", "foreigner-passport-ended", "tampered"]) {
    await choose(page, id);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), id);
  }
  const small = await page.$$eval("button, summary, textarea", (all) => all.filter((one) => one.offsetParent).map((one) => [one.outerHTML.slice(0, 60), one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 47.5 || box.height < 47.5).map(([html]) => html));
  assert.deepEqual(small, []);
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), "200 %");
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
  await page.setViewportSize({ width: 412, height: 860 });
});

test("the keyboard alone reaches a sample and its verdict, and the verdict is announced", async () => {
  assert.equal(await page.getAttribute("#verdict", "role"), "status");
  await page.focus('[data-open="samples"]');
  await page.keyboard.press("Enter");
  await page.focus('#sheet-samples [data-sample="tampered"]');
  await page.keyboard.press("Enter");
  assert.equal(await verdict(page), "invalid");
  assert.equal(await page.evaluate(() => document.activeElement.id), "verdict-word");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement !== document.body));
});

test("typed MRZ: digits judged while typing; alone it is at best undetermined", async () => {
  const lines = mrz();
  await page.click('[data-open="mrz"]');
  await page.fill("#mrz-text", lines.replace("L898902C3", "L898902D3"));
  await page.waitForSelector('#mrz-live [data-ok="false"]');
  await page.fill("#mrz-text", lines.toLowerCase());
  await page.waitForSelector('#mrz-live [data-ok="false"]', { state: "detached" });
  assert.match(await text(page, "#mrz-live"), /chưa xác thực.*ERIKSSON ANNA MARIA/i);
  await page.click('#mrz-form [type="submit"]');
  assert.equal(await verdict(page), "indeterminate");
  assert.equal(await text(page, "#verdict-word"), "Chưa xác định");
  assert.ok(await page.$('.decides[data-code="mrz_unauthenticated"]'));
  await paste(page, lines);
  assert.equal(await verdict(page), "indeterminate", "pasted lines are recognised");
  quiet(record);
});
