// Names in Vietnamese and English of what stands beneath the verdict: checks that pass, claims, values, documents, grounds for a lock.

import { checkNames } from "../pkg/messages.js";
import { currentLanguage, own, t } from "./i18n.js";

/** What it means when a check passes: [Vietnamese, English]. */
const PASSES = {
  "input.format": ["Nội dung đọc được và đúng cấu trúc.", "The input can be read and has the right structure."],
  "jws.header": ["Loại và thuật toán chữ ký được chấp nhận.", "Type and algorithm of the signature are accepted."],
  "issuer.trust": ["Đơn vị cấp nằm trong danh sách được tin cậy.", "The issuer is among those that are trusted."],
  "issuer.signature": ["Chữ ký đúng: nội dung chưa bị sửa.", "The signature is right: nothing was altered."],
  disclosures: ["Mọi mục được chia sẻ đều khớp với bản đã ký.", "Every shared item matches what was signed."],
  "credential.type": ["Đây là loại giấy tờ được chấp nhận.", "This type of credential is accepted."],
  "credential.time": ["Giấy tờ điện tử đang trong thời hạn.", "The credential is within its validity period."],
  "credential.level": ["Mức độ định danh đủ và có căn cứ.", "The level is sufficient and has its evidence."],
  "credential.kind": ["Đối tượng này được chấp nhận.", "This kind of holder is accepted."],
  "claims.required": ["Có đủ thông tin được yêu cầu.", "All information that was asked for is there."],
  "claims.format": ["Thông tin đúng dạng và khớp với nhau.", "The information is well-formed and consistent."],
  "holder.binding": ["Người xuất trình đang giữ khóa của giấy tờ này.", "Whoever presents it holds the credential’s key."],
  "status.list": ["Giấy tờ không bị thu hồi, không bị tạm ngừng.", "The credential is neither revoked nor suspended."],
  "account.state": ["Tài khoản định danh không bị khóa.", "The eID account is not locked."],
  "document.passport": ["Hộ chiếu hoặc giấy tờ đi lại quốc tế còn hạn.", "The passport or travel document is in date."],
  "document.residence": ["Thời hạn cư trú tại Việt Nam vẫn còn.", "The period of residence in Viet Nam has not ended."],
  "document.identity_card": ["Thẻ căn cước còn hạn.", "The identity card is in date."],
  "documents.integrated": ["Giấy tờ tích hợp còn hạn.", "The integrated documents are in date."],
  relying_party: ["Bên hỏi được phép hỏi các thông tin này.", "The asking party may ask for this information."],
  "mrz.format": ["Các dòng MRZ đúng độ dài và ký tự.", "The MRZ lines have the right length and characters."],
  "mrz.digits": ["Mọi số kiểm tra đều khớp.", "Every check digit is right."],
  "mrz.dates": ["Các ngày trong MRZ có thật.", "The dates in the MRZ exist."],
  "document.time": ["Giấy tờ còn hạn.", "The document is in date."],
  "sod.format": ["Tệp bảo mật của chíp đọc được.", "The chip’s security object can be read."],
  "signer.trust": ["Bên ký được cơ quan gốc của nước cấp xác nhận.", "The signer is vouched for by its country’s root."],
  "signer.time": ["Chứng thư của bên ký còn hạn.", "The signer’s certificate is in date."],
  "sod.signature": ["Chữ ký trên dữ liệu chíp đúng.", "The signature over the chip’s data is right."],
  "dg.hash": ["Dữ liệu khớp với bản đã ký.", "The data match what was signed."],
  "dg1.mrz": ["MRZ in và MRZ trong chíp giống nhau.", "Printed MRZ and chip MRZ are the same."],
  "document.state": ["Nước cấp và nước của bên ký là một.", "Issuing state and the signer’s state are the same."],
  "chip.genuine": ["Chíp là bản gốc.", "The chip is the original."],
  "credential.law": ["Giấy tờ được cấp theo nghị định đang áp dụng.", "It was issued under the decree that applies."],
  "claims.personal_number": ["Số định danh cá nhân khớp với ngày sinh và giới tính.", "The number fits the birth date and the sex."],
  "holder.audience": ["Xác nhận được lập cho đúng nơi này.", "The confirmation was made for this place."],
  "holder.nonce": ["Xác nhận được lập cho đúng phiên này.", "The confirmation was made for this session."],
  "holder.time": ["Xác nhận vừa được lập.", "The confirmation is fresh."],
  "document.residence_term": ["Thời hạn cư trú không vượt quá hộ chiếu.", "The residence does not outlive the passport."],
  "status.mechanism": ["Cách hỏi trạng thái được hỗ trợ.", "The way to ask for the status is supported."],
  "mrz.authenticity": ["MRZ được chữ ký xác nhận.", "A signature vouches for the lines."],
  "mrz.credential": ["MRZ và giấy tờ điện tử khớp nhau.", "The lines and the credential agree."],
  "holder.cross_check": ["Các giấy tờ nói về cùng một người.", "The credentials speak of the same person."],
  "list.trust": ["Danh sách do khóa được tin cậy ký.", "The list is signed by a trusted key."],
  "list.signature": ["Chữ ký của danh sách đúng.", "The list’s signature is right."],
  "list.format": ["Danh sách đúng cấu trúc.", "The list has the right structure."],
  "list.time": ["Danh sách còn hiệu lực.", "The list is in force."],
  "list.version": ["Danh sách không cũ hơn bản đã biết.", "The list is no older than the one known."],
  "vp_token": ["Các giấy tờ trong gói được đọc.", "The presentations were read."],
};

/** Names of claims: [Vietnamese, English]. */
const CLAIMS = {
  personal_identification_number: ["Số định danh cá nhân", "Personal identification number"],
  foreigner_identification_number: ["Số định danh của người nước ngoài", "Foreigner’s identification number"],
  organisation_identifier: ["Mã định danh của tổ chức", "Organisation identifier"],
  organisation_name: ["Tên tổ chức", "Organisation name"],
  name: ["Họ, chữ đệm và tên", "Full name"],
  family_name: ["Họ", "Family name"],
  middle_name: ["Chữ đệm", "Middle name"],
  given_name: ["Tên", "Given name"],
  birthdate: ["Ngày, tháng, năm sinh", "Date of birth"],
  gender: ["Giới tính", "Sex"],
  nationality: ["Quốc tịch", "Nationality"],
  portrait: ["Ảnh chân dung", "Portrait"],
  travel_document: ["Hộ chiếu, giấy tờ đi lại quốc tế", "Passport or travel document"],
  residence: ["Cư trú", "Residence"],
  identity_card: ["Thẻ căn cước", "Identity card"],
  evidence: ["Căn cứ xác minh", "Evidence"],
  documents: ["Giấy tờ tích hợp", "Integrated documents"],
  representative: ["Người đại diện", "Representative"],
  age_equal_or_over: ["Từ đủ tuổi", "Age equal or over"],
  sub: ["Mã tài khoản", "Account handle"],
  iss: ["Đơn vị cấp", "Issuer"],
  iat: ["Thời điểm cấp", "Issued at"],
  nbf: ["Có hiệu lực từ", "Not before"],
  exp: ["Hết hiệu lực", "Expires"],
  vct: ["Loại", "Type"],
  eid_level: ["Mức độ", "Level"],
  eid_law: ["Nghị định", "Decree"],
  status: ["Nơi hỏi trạng thái", "Where status is asked"],
  cnf: ["Khóa của chủ giấy tờ", "Holder’s key"],
  // Members of the above
  type: ["Loại", "Type"],
  number: ["Số", "Number"],
  symbol: ["Ký hiệu", "Symbol"],
  country: ["Nước cấp", "Issuing country"],
  issued_on: ["Ngày cấp", "Issued on"],
  issued_at: ["Nơi cấp", "Issued at"],
  expires_on: ["Có giá trị đến", "Expires on"],
  kind: ["Loại", "Kind"],
  method: ["Cách xác minh", "Method"],
  source: ["Đối chiếu với", "Checked against"],
  verified_at: ["Thời điểm", "Verified at"],
};

/** Values with a fixed meaning: [Vietnamese, English]. */
const VALUES = {
  male: ["Nam", "Male"],
  female: ["Nữ", "Female"],
  other: ["Khác", "Other"],
  portrait: ["Ảnh chân dung", "Portrait"],
  fingerprint: ["Vân tay", "Fingerprint"],
  registry: ["Sổ đăng ký", "Registry"],
  national_population: ["Cơ sở dữ liệu quốc gia về dân cư", "National population database"],
  citizen_identity: ["Cơ sở dữ liệu căn cước", "Citizen identity database"],
  national_immigration: ["Cơ sở dữ liệu xuất nhập cảnh", "National immigration database"],
  business_registration: ["Đăng ký doanh nghiệp", "Business registration"],
};

/** Documents: [Vietnamese, English, icon]. */
const DOCUMENTS = {
  passport: ["Hộ chiếu", "Passport", "passport"],
  travel_document: ["Giấy tờ đi lại quốc tế", "Travel document", "passport"],
  residence: ["Thời hạn cư trú", "Residence", "home"],
  permanent_card: ["Thẻ thường trú", "Permanent residence card", "home"],
  temporary_card: ["Thẻ tạm trú", "Temporary residence card", "home"],
  visa: ["Thị thực", "Visa", "home"],
  exemption: ["Giấy miễn thị thực", "Visa exemption", "home"],
  identity_card: ["Thẻ căn cước", "Identity card", "card"],
  CMND: ["Chứng minh nhân dân", "Identity card (CMND)", "card"],
  CCCD: ["Căn cước công dân", "Citizen identity card (CCCD)", "card"],
  CC: ["Thẻ căn cước", "Identity card (CC)", "card"],
  driving_licence: ["Giấy phép lái xe", "Driving licence", "card"],
  health_insurance: ["Thẻ bảo hiểm y tế", "Health insurance card", "card"],
};

/** Grounds for a lock (Decree 59/2022 Art. 19, Decree 69/2024 Art. 15, Law on Identification Art. 34). */
const GROUNDS = {
  PASSPORT_EXPIRED: ["Hộ chiếu hoặc giấy tờ đi lại quốc tế đã hết hạn", "Passport or travel document has expired"],
  RESIDENCE_EXPIRED: ["Thời hạn cư trú tại Việt Nam đã hết", "Period of residence in Viet Nam has ended"],
  ID_CARD_EXPIRED: ["Thẻ căn cước đã hết hạn", "Identity card has expired"],
  CARD_REVOKED: ["Thẻ căn cước bị thu hồi", "Identity card was revoked"],
  CARD_RETAINED: ["Thẻ căn cước bị giữ", "Identity card is retained"],
  HOLDER_REQUEST: ["Chủ tài khoản yêu cầu", "The holder asked for it"],
  TERMS_BREACH: ["Vi phạm điều khoản sử dụng", "Terms of use were breached"],
  DEATH: ["Chủ tài khoản đã chết", "The holder has died"],
  ORG_DISSOLVED: ["Tổ chức đã giải thể", "The organisation was dissolved"],
  ORG_CEASED: ["Tổ chức đã ngừng hoạt động", "The organisation ceased to operate"],
  AUTHORITY_REQUEST_APPROVED: ["Cơ quan có thẩm quyền yêu cầu, đã được duyệt", "A competent authority’s request was approved"],
  RELYING_PARTY_REQUEST_APPROVED: ["Bên sử dụng dịch vụ yêu cầu, đã được duyệt", "A relying party’s request was approved"],
};

const side = () => (currentLanguage() === "en" ? 1 : 0);

/** The name of a check and its sentence when it passes. A check of a family (`dg.hash.2`) takes the family's words. */
export function checkWords(id) {
  const family = String(id).replace(/[.#[]?\d+\]?$/, "");
  const names = checkNames[currentLanguage()];
  const row = own(PASSES, id) || own(PASSES, family);
  return { name: own(names, id) || own(names, family) || id, pass: row ? row[side()] : t("passWhy") };
}

const named = (table) => (key) => { const row = own(table, key); return row ? row[side()] : undefined; };
/** The name of a claim, or nothing when the profile has none such. */
export const claimName = named(CLAIMS);
/** The words for a value with a fixed meaning. */
export const valueName = named(VALUES);
/** The words for a ground of a lock. */
export const groundName = named(GROUNDS);
/** The name and the icon of a kind of document. */
export function documentWords(type) {
  const row = own(DOCUMENTS, type);
  return { name: row ? row[side()] : undefined, icon: row ? row[2] : "card" };
}
