// `/verify`: the page of one who asks. It makes a request (purpose, claims, level, nonce) as a QR code and a link, takes the answer in this browser by
// any way in or from another page of this origin (BroadcastChannel), judges it by what was asked, and keeps receipts without a person in them.
//
// The request is an OpenID4VP authorisation request: client_id (also the audience of the answer), nonce, dcql_query; eid_purpose and eid_min_level beside
// them. The answer never travels in an address: it is handed over as text, as a code on a screen, or as {v: 1, nonce, presentation} on the channel.

import encodeQR from "qr";

export const CHANNEL = "eid-presentation";

/** What is asked for, and why: [Vietnamese, English], claims of a citizen and of a foreigner, level. */
const PURPOSES = {
  "account-opening": { words: ["Mở tài khoản ngân hàng", "Opening a bank account"], minLevel: 2, claims: { citizen: ["name", "birthdate", "personal_identification_number", "portrait"], foreigner: ["name", "birthdate", "foreigner_identification_number", "travel_document", "residence", "portrait"] } },
  "hotel-check-in": { words: ["Nhận phòng, khai báo lưu trú", "Hotel check-in"], minLevel: 1, claims: { citizen: ["name", "birthdate", "personal_identification_number"], foreigner: ["name", "birthdate", "nationality", "travel_document"] } },
  "counter": { words: ["Đối chiếu tại quầy", "Identity at a counter"], minLevel: 2, claims: { citizen: ["name", "portrait"], foreigner: ["name", "portrait", "nationality"] } },
  "age-18": { words: ["Chỉ hỏi đã đủ 18 tuổi", "Only whether 18 or over"], minLevel: 1, claims: { citizen: ["age_equal_or_over.18"], foreigner: ["age_equal_or_over.18"] } },
};
const CLAIMS = {
  name: ["Họ tên", "Name"],
  birthdate: ["Ngày sinh", "Date of birth"],
  personal_identification_number: ["Số định danh cá nhân", "Personal identification number"],
  foreigner_identification_number: ["Số định danh người nước ngoài", "Foreigner’s identification number"],
  "age_equal_or_over.18": ["Đủ 18 tuổi", "18 or over"],
  nationality: ["Quốc tịch", "Nationality"],
  travel_document: ["Hộ chiếu", "Passport"],
  residence: ["Cư trú", "Residence"],
  identity_card: ["Thẻ căn cước", "Identity card"],
  portrait: ["Ảnh chân dung", "Portrait"],
};
const ONLY = { citizen: ["personal_identification_number", "identity_card"], foreigner: ["foreigner_identification_number", "nationality", "travel_document", "residence"] };
const VCT = { citizen: "urn:eid:vn:citizen:1", foreigner: "urn:eid:vn:foreigner:1" };

const WORDS = {
  title: ["Yêu cầu xuất trình", "Ask for a presentation"],
  why: ["Chọn mục đích, đưa mã cho khách, rồi nhận câu trả lời bằng quét, dán hay tệp.", "Choose a purpose, show the code, then take the answer by scan, paste or file."],
  purpose: ["Mục đích", "Purpose"],
  kind: ["Đối tượng", "Holder"],
  citizen: ["Công dân Việt Nam", "Vietnamese citizen"],
  foreigner: ["Người nước ngoài", "Foreigner"],
  level: ["Mức độ ít nhất", "Level at least"],
  claims: ["Thông tin cần", "What is needed"],
  make: ["Tạo yêu cầu mới", "Make a new request"],
  shown: ["Đưa mã này cho khách", "Show this code"],
  qr: ["Mã QR của yêu cầu", "QR code of the request"],
  link: ["Liên kết của yêu cầu", "Link of the request"],
  copyLink: ["Sao chép liên kết", "Copy the link"],
  copied: ["Đã sao chép.", "Copied."],
  notCopied: ["Trình duyệt không cho sao chép.", "The browser did not allow copying."],
  once: ["Mã dùng một lần, trong 10 phút.", "Good once, for 10 minutes."],
  specimen: ["Trả lời bằng người mẫu", "Answer as the specimen holder"],
  specimenFailed: ["Người mẫu chỉ là công dân, và trình duyệt phải có WebCrypto.", "The specimen is a citizen, and the browser needs WebCrypto."],
  waiting: ["Đang chờ câu trả lời.", "Waiting for the answer."],
  answered: ["Đã nhận câu trả lời. Kết quả ở bên dưới.", "Answered. The result stands below."],
  receipts: ["Biên nhận của phiên này: {0}", "Receipts of this session: {0}"],
  csv: ["Lưu bảng (CSV)", "Save the table (CSV)"],
  json: ["Lưu tất cả (JSON)", "Save all (JSON)"],
};

/** A QR code as one path; dark on light in both themes, since scanners want it so. */
function drawing(text, label) {
  const rows = encodeQR(text, "raw", { ecc: "low", border: 4 });
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", `0 0 ${rows.length} ${rows.length}`);
  svg.setAttribute("class", "qr");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("shape-rendering", "crispEdges");
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", rows.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join(""));
  svg.append(path);
  return svg;
}

/** The link of a request. Nothing of a person is in it. */
export function link({ audience, nonce, purpose, claims, kind, minLevel }) {
  const dcql = { credentials: [{ id: "eid", format: "dc+sd-jwt", meta: { vct_values: [VCT[kind]] }, claims: claims.map((claim) => ({ path: claim.split(".") })) }] };
  const query = new URLSearchParams({ client_id: audience, response_type: "vp_token", nonce, dcql_query: JSON.stringify(dcql), eid_purpose: purpose, eid_min_level: String(minLevel) });
  return `openid4vp://authorize?${query}`;
}

/**
 * `place` is the section; `take(input)` looks at an answer; `language()` tells the page's language; `nonces` is the store
 * that each nonce comes from and is spent in; the rest are the page's own tools, lent so that this file need not bring them again.
 */
export function openConsole(place, { language, take, nonces, h, replace, icon, copy, download, asCsv }) {
  const w = (name, ...values) => WORDS[name][language() === "en" ? 1 : 0].replace("{0}", () => values[0]);
  const side = (row) => row[language() === "en" ? 1 : 0];
  const choice = { purpose: "account-opening", kind: "citizen" };
  const kept = [];
  let request;
  let note = "";
  let specimen;
  let played = false;

  const preset = () => {
    const { minLevel, claims } = PURPOSES[choice.purpose];
    Object.assign(choice, { minLevel, claims: Object.keys(CLAIMS).filter((claim) => claims[choice.kind].includes(claim)) });
    request = undefined;
    draw();
  };

  function make() {
    request = { audience: location.origin, nonce: nonces.issue(), purpose: choice.purpose, kind: choice.kind, minLevel: choice.minLevel, claims: [...choice.claims] };
    note = "waiting";
    played = false;
    draw();
    place.querySelector("#request-title").focus();
  }

  const options = (table, chosen) => Object.keys(table).map((value) => h("option", { value, selected: value === chosen }, side(table[value])));

  function form() {
    const offered = Object.keys(CLAIMS).filter((claim) => !ONLY[choice.kind === "citizen" ? "foreigner" : "citizen"].includes(claim));
    return h("form", { id: "request-form", autocomplete: "off", onsubmit: (event) => { event.preventDefault(); make(); } },
      h("div", { class: "fields" },
        h("label", {}, h("span", {}, w("purpose")), h("select", { id: "request-purpose", onchange: ({ target }) => { choice.purpose = target.value; preset(); } },
          options(Object.fromEntries(Object.entries(PURPOSES).map(([id, { words }]) => [id, words])), choice.purpose))),
        h("label", {}, h("span", {}, w("kind")), h("select", { id: "request-kind", onchange: ({ target }) => { choice.kind = target.value; preset(); } },
          options({ citizen: WORDS.citizen, foreigner: WORDS.foreigner }, choice.kind))),
        h("label", {}, h("span", {}, w("level")), h("select", { id: "request-level", onchange: ({ target }) => { choice.minLevel = Number(target.value); } },
          options({ 1: ["01", "1"], 2: ["02", "2"] }, String(choice.minLevel))))),
      h("fieldset", { class: "claims" }, h("legend", {}, w("claims")), offered.map((claim) => h("label", { class: "tick" },
        h("input", { type: "checkbox", value: claim, checked: choice.claims.includes(claim), onchange: ({ target }) => {
          choice.claims = offered.filter((one) => (one === claim ? target.checked : choice.claims.includes(one)));
        } }), h("span", {}, side(CLAIMS[claim]))))),
      h("div", { class: "actions" }, h("button", { type: "submit", class: "primary", id: "request-make" }, w("make"))));
  }

  function shown() {
    if (!request) return undefined;
    const address = link(request);
    return h("div", { class: "request", id: "request" },
      h("h3", { id: "request-title", tabindex: "-1" }, w("shown")),
      drawing(address, w("qr")),
      h("p", { class: "quiet small" }, w("once")),
      h("label", { class: "wide" }, h("span", {}, w("link")), h("textarea", { id: "request-link", rows: 3, readonly: true, spellcheck: "false" }, address)),
      h("div", { class: "actions" },
        h("button", { type: "button", class: "secondary", id: "request-copy", onclick: async () => say((await copy(address)) ? "copied" : "notCopied") }, icon("paste"), w("copyLink")),
        h("button", { type: "button", class: "secondary", id: "request-specimen", onclick: answerAsSpecimen }, icon("person"), w("specimen"))));
  }

  const say = (word) => { note = word; const line = place.querySelector("#request-note"); if (line) line.textContent = w(word); };

  function draw() {
    place.hidden = false;
    replace(place, h("h2", {}, w("title")), h("p", { class: "quiet" }, w("why")), form(), shown(),
      h("p", { class: "note", id: "request-note", role: "status" }, note && w(note)), receipts());
  }

  const receipts = () => kept.length > 0 && h("div", { class: "actions", id: "receipts" }, h("p", {}, w("receipts", kept.length)),
    h("button", { type: "button", class: "plain", id: "receipts-csv", onclick: () => download("receipts.csv", "text/csv", asCsv(kept)) }, w("csv")),
    h("button", { type: "button", class: "plain", id: "receipts-json", onclick: () => download("receipts.json", "application/json", JSON.stringify(kept, null, 1)) }, w("json")));

  /** The invented holder answers as a wallet in another tab would: over the channel. */
  async function answerAsSpecimen() {
    try {
      const { load, present } = await import("./holder.js");
      specimen = specimen || await load();
      played = true;
      await present(specimen, request);
    } catch {
      played = false;
      say("specimenFailed");
    }
  }

  if (window.BroadcastChannel) {
    new BroadcastChannel(CHANNEL).addEventListener("message", ({ data }) => {
      if (request && data && data.v === 1 && data.nonce === request.nonce && typeof data.presentation === "string") take(data.presentation);
    });
  }
  preset();

  return {
    words: draw,
    /** How an answer is to be judged: by what was asked; before any request, as on the other page. */
    expects() {
      if (!request) return undefined;
      const { audience, nonce, purpose, kind, minLevel, claims } = request;
      const policy = { minLevel, kinds: [kind], vct: [VCT[kind]], requiredClaims: claims.map((claim) => claim.split(".")), keyBinding: "require", status: "require" };
      const config = played ? { trust: specimen.config.trust, policy } : undefined;
      return { ...(config ? { config, now: specimen.now, sampleTime: true } : { policy }), options: { nonce, audience }, nonces, asked: { purpose, kind, minLevel, claims } };
    },
    /** A verdict on an answer: its receipt joins the others. */
    async seen(report, note, { asked }) {
      if (!asked) return;
      say("answered");
      const one = await note();
      const at = kept.findIndex(({ request: id }) => id === request.nonce);
      const line = { ...one, request: request.nonce };
      if (at < 0) kept.push(line); else kept[at] = line;
      const old = place.querySelector("#receipts");
      if (old) old.replaceWith(receipts());
      else place.append(receipts());
    },
  };
}
