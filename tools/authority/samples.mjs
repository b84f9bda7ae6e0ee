// The samples of the demo page: invented people, each judged as of its own `now`, so that no sample goes stale.
import { readFileSync } from "node:fs";
import { DAY, NOW, foreigner } from "./people.mjs";
import { ISSUER, UNKNOWN_ISSUER, anchored, credential, keys, listed, pinned, signedStatus, signedTrust } from "./authority.mjs";
import { b64u, unb64u } from "./bytes.mjs";
import { segments } from "./jws.mjs";

const PERSON = ["name", "family_name", "middle_name", "given_name", "birthdate", "gender", "portrait"];
const FOREIGNER = [...PERSON, "nationality", "foreigner_identification_number", "travel_document", "travel_document.number", "residence", "residence.number"];

/** Every disclosure whose path is named, or lies under a name that ends in `*`. */
const only = (names) => (path) => names.some((name) => (name.endsWith("*") ? path.startsWith(name.slice(0, -1)) : path === name));

/** A date of the Vietnamese calendar, so many days from `NOW`. */
const date = (days) => new Date((NOW + 7 * 3600 + days * DAY) * 1000).toISOString().slice(0, 10);

const held = (documents) => credential(foreigner(2, documents), { disclose: only(FOREIGNER), seed: JSON.stringify(documents) });

/** One letter of the signed text changed after signing: the level says 2 where the issuer signed 1. */
function tampered() {
  const { jwt, token } = credential("citizen-1", { disclose: only(PERSON) });
  const { header, payload, signature } = segments(jwt);
  const changed = Buffer.from(unb64u(payload)).toString().replace('"eid_level":1', '"eid_level":2');
  return `${header}.${b64u(changed)}.${signature}${token.slice(jwt.length)}`;
}

/** A page that pins anchors alone: who may issue stands in a signed list, and the status is asked. */
const asking = () => anchored(
  [signedTrust({ issuers: [listed(ISSUER, [keys.issuer], { name: { vi: "Cơ quan định danh MẪU", en: "SPECIMEN identity authority" } })] })],
  { minLevel: 2, status: "require" },
);
const asked = () => credential("citizen-2", { disclose: only(["name", "portrait", "personal_identification_number"]), seed: "asked" }).token;

/** The samples in the order of the page. */
export const SAMPLES = [
  {
    id: "citizen-level-1",
    title: { vi: "MẪU · Công dân, mức độ 1", en: "SPECIMEN · Citizen, level 1" },
    about: { vi: "Công dân chia sẻ họ tên, ngày sinh, ảnh và số định danh.", en: "A citizen shares names, birth date, portrait and identification number." },
    config: pinned(),
    input: credential("citizen-1", { disclose: only([...PERSON, "personal_identification_number"]) }).token,
    expect: { verdict: "valid", codes: [] },
  },
  {
    id: "citizen-level-2",
    title: { vi: "MẪU · Công dân, mức độ 2", en: "SPECIMEN · Citizen, level 2" },
    about: {
      vi: "Công dân chỉ chia sẻ họ tên, ảnh, đủ 18 tuổi, thẻ căn cước và giấy phép lái xe.",
      en: "A citizen shares only names, portrait, being 18 or over, the identity card and a driving licence.",
    },
    config: pinned({ minLevel: 2 }),
    input: credential("citizen-2", {
      disclose: only(["name", "portrait", "age_equal_or_over.18", "identity_card", "documents[0]"]),
    }).token,
    expect: { verdict: "valid", codes: [] },
  },
  {
    id: "foreigner-level-2",
    title: { vi: "MẪU · Người nước ngoài, mức độ 2", en: "SPECIMEN · Foreigner, level 2" },
    about: { vi: "Hộ chiếu và thẻ tạm trú đều còn hạn.", en: "Passport and temporary residence card are both in date." },
    config: pinned({ minLevel: 2 }),
    input: credential("foreigner-2", { disclose: only(FOREIGNER) }).token,
    expect: { verdict: "valid", codes: [] },
  },
  {
    id: "foreigner-passport-ended",
    title: { vi: "MẪU · Người nước ngoài, hộ chiếu hết hạn", en: "SPECIMEN · Foreigner, passport ended" },
    about: {
      vi: "Thông tin định danh còn hiệu lực nhưng hộ chiếu đã hết hạn: tài khoản thuộc trường hợp phải khóa.",
      en: "The credential is live but the passport has ended: the account is due to be locked.",
    },
    config: pinned({ minLevel: 2 }),
    input: held({
      passport: { issued_on: "2016-11-02", expires_on: "2026-11-01" },
      residence: { kind: "permanent_card", symbol: undefined, expires_on: "2034-03-31" },
    }).token,
    expect: { verdict: "invalid", codes: ["document_expired"] },
  },
  {
    id: "foreigner-residence-ends-soon",
    title: { vi: "MẪU · Người nước ngoài, thẻ tạm trú còn 12 ngày", en: "SPECIMEN · Foreigner, residence card ends in 12 days" },
    about: { vi: "Còn hạn, nhưng chỉ còn 12 ngày.", en: "In date, but for twelve days only." },
    config: pinned({ minLevel: 2 }),
    input: held({ residence: { expires_on: date(12) } }).token,
    expect: { verdict: "valid", codes: [] },
  },
  {
    id: "level-1-where-2-is-asked",
    title: { vi: "MẪU · Mức độ 1, trong khi cần mức độ 2", en: "SPECIMEN · Level 1 where level 2 is asked" },
    about: { vi: "Dịch vụ này yêu cầu tài khoản mức độ 2.", en: "This service asks for a level 2 account." },
    config: pinned({ minLevel: 2 }),
    input: credential("citizen-1", { disclose: only(PERSON) }).token,
    expect: { verdict: "invalid", codes: ["level_insufficient"] },
  },
  {
    id: "organisation",
    title: { vi: "MẪU · Tổ chức", en: "SPECIMEN · Organisation" },
    about: { vi: "Tài khoản tổ chức: không phân mức độ (Nghị định 69/2024).", en: "An organisation's account: without levels (Decree 69/2024)." },
    config: pinned({ kinds: ["organisation"] }),
    input: credential("organisation", { disclose: only(["organisation_identifier", "organisation_name", "representative", "representative.name"]) }).token,
    expect: { verdict: "valid", codes: [] },
  },
  {
    id: "tampered",
    title: { vi: "MẪU · Bị sửa sau khi ký", en: "SPECIMEN · Changed after signing" },
    about: { vi: "Mức độ bị đổi từ 1 thành 2 sau khi ký.", en: "The level was changed from 1 to 2 after signing." },
    config: pinned(),
    input: tampered(),
    expect: { verdict: "invalid", codes: ["signature_invalid"] },
  },
  {
    id: "unknown-issuer",
    title: { vi: "MẪU · Bên cấp không xác định", en: "SPECIMEN · Unknown issuer" },
    about: { vi: "Chữ ký đúng, nhưng không ai bảo chứng cho bên cấp này.", en: "The signature is right, but nobody vouches for this issuer." },
    config: pinned(),
    input: credential("citizen-2", { iss: UNKNOWN_ISSUER, key: keys.unknown, disclose: only(["name", "age_equal_or_over.18"]) }).token,
    expect: { verdict: "invalid", codes: ["issuer_unknown"] },
  },
  {
    id: "status-checked",
    title: { vi: "MẪU · Có kiểm tra trạng thái", en: "SPECIMEN · Status checked" },
    about: { vi: "Đơn vị cấp lấy từ danh sách tin cậy đã ký; danh sách trạng thái cho biết tài khoản hoạt động.", en: "The issuer stands in a signed trust list; a status list says that the account is active." },
    config: asking(),
    options: { statusLists: [signedStatus()] },
    input: asked(),
    expect: { verdict: "valid", codes: [] },
  },
  {
    id: "account-locked",
    title: { vi: "MẪU · Tài khoản đã khóa", en: "SPECIMEN · Account locked" },
    about: { vi: "Danh sách trạng thái do đơn vị cấp ký ghi là tạm ngừng.", en: "The status list that the issuer signed says suspended." },
    config: asking(),
    options: { statusLists: [signedStatus({ values: { 7: 2 } })] },
    input: asked(),
    expect: { verdict: "invalid", codes: ["suspended"] },
  },
  {
    id: "status-not-at-hand",
    title: { vi: "MẪU · Chưa có danh sách trạng thái", en: "SPECIMEN · Status list not at hand" },
    about: { vi: "Chưa kiểm tra được không có nghĩa là bị thu hồi, cũng không có nghĩa là hợp lệ.", en: "Could not check is neither revoked nor valid." },
    config: asking(),
    input: asked(),
    expect: { verdict: "indeterminate", codes: ["status_unavailable"] },
  },
  {
    id: "status-list-stale",
    title: { vi: "MẪU · Danh sách trạng thái quá cũ", en: "SPECIMEN · Status list too old" },
    about: { vi: "Danh sách chỉ dùng được 12 giờ mà đã ba ngày tuổi.", en: "The list was good for twelve hours and is three days old." },
    config: asking(),
    options: { statusLists: [signedStatus({ iat: NOW - 3 * DAY, exp: undefined })] },
    input: asked(),
    expect: { verdict: "indeterminate", codes: ["status_list_stale"] },
  },
].map((sample) => ({ id: sample.id, specimen: true, title: sample.title, about: sample.about, now: NOW, config: sample.config, options: {}, ...sample }));

/** Chips, as their files are read: bytes in base64, each with the root that vouches for it. They want the whole engine, so the page fetches one when it is wanted. */
export const CHIPS = [chip("l244-vietnamese-card", ["1", "11", "12", "13", "14"], {
  id: "chip-card",
  title: { vi: "MẪU · Chíp của thẻ căn cước", en: "SPECIMEN · Chip of an identity card" },
  about: { vi: "Các tệp đọc từ chíp, do nước cấp ký; ảnh không được đọc.", en: "Files read from a chip, signed by its state; the portrait was not read." },
})];

function chip(id, groups, words) {
  const rows = JSON.parse(readFileSync(new URL("../../tests/vectors/attacks/l.json", import.meta.url), "utf8"));
  const { input, config, options: { now } } = rows.find((row) => row.id === id);
  return {
    ...words, specimen: true, now, config: { trust: { csca: config.trust.csca } },
    input: { sod: input.sod, dataGroups: Object.fromEntries(groups.map((group) => [group, input.dataGroups[group]])) },
    expect: { verdict: "valid", codes: [] },
  };
}

/** File name → JSON text. */
export function sampleFiles() {
  const listed = ({ id, title, about, now, expect }) => ({ id, file: `${id}.json`, title, about, now, expect });
  return {
    ...Object.fromEntries([...SAMPLES, ...CHIPS].map((sample) => [`${sample.id}.json`, pretty(sample)])),
    "holder.json": pretty(holder()),
    "index.json": pretty({ note: "SPECIMEN / MẪU: invented people, made by `npm run authority`.", samples: SAMPLES.map(listed), chips: CHIPS.map(listed) }),
  };
}

/** The specimen holder of `/verify`: her credential with every disclosure, and her key, which is worth nothing. */
const holder = () => {
  const { jwt, disclosures } = credential("citizen-2", { holder: keys.holderP256 });
  const { trust } = asking();
  return { specimen: true, now: NOW, config: { trust }, credential: { jwt, disclosures: disclosures.map(({ path, text }) => ({ path, text })) }, key: keys.holderP256.privateJwk() };
};

/** Signed lists as a mirror on the page's own server has them. */
export const listFiles = () => ({ "status-1.jwt": signedStatus(), "trust-list.json": signedTrust() });

const pretty = (value) => `${JSON.stringify(value, null, 2)}\n`;
