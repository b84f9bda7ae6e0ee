// The page's own words in Vietnamese and English. Sentences for codes and names of checks are not here: they come from the package.
// What only the panels beneath the verdict name (checks, claims, documents, grounds) is in names.js.

/** One row a word: [Vietnamese, English]. */
const WORDS = {
  title: ["Kiểm tra định danh", "eID check"],
  notVneid: ["Trang minh họa — không phải VNeID", "Demonstration page — not VNeID"],
  otherLanguage: ["English", "Tiếng Việt"],
  otherLanguageShort: ["EN", "VI"],
  theme: ["Sáng / tối", "Light / dark"],
  skip: ["Đến kết quả", "Skip to the result"],
  loading: ["Đang chuẩn bị…", "Getting ready…"],
  loadingWhy: ["Đang tải bộ kiểm tra vào máy của bạn.", "Loading the verifier onto your device."],
  failed: ["Chưa chạy được", "Could not start"],
  failedWhy: [
    "Trình duyệt này không tải được bộ kiểm tra. Hãy tải lại trang, hoặc dùng trình duyệt mới hơn.",
    "This browser could not load the verifier. Reload the page, or use a newer browser.",
  ],

  // Verdicts
  valid: ["Hợp lệ", "Valid"],
  invalid: ["Không hợp lệ", "Invalid"],
  indeterminate: ["Chưa xác định", "Undetermined"],
  validWhy: ["Mọi bước kiểm tra được yêu cầu đều đạt.", "Every check that was asked for has passed."],
  asOf: ["Tính đến {0}", "As of {0}"],
  asOfSample: ["Tính đến {0} (thời điểm của mẫu)", "As of {0} (the sample’s own time)"],
  validUntil: ["Kết quả có giá trị đến {0}", "This result holds until {0}"],
  statusIgnored: [
    "Bản minh họa này không hỏi danh sách thu hồi: chưa biết giấy tờ có bị thu hồi hay tài khoản có bị khóa hay không.",
    "This demonstration does not ask the revocation list: it does not know whether the credential was revoked or the account locked.",
  ],
  looking: ["Đang xem: {0}", "Looking at: {0}"],
  yourInput: ["Nội dung bạn đưa vào", "What you handed in"],

  // Holder
  holder: ["Người được định danh", "The person"],
  holderOrganisation: ["Tổ chức được định danh", "The organisation"],
  noHolder: ["Không hiển thị thông tin cá nhân", "No personal details shown"],
  noHolderWhy: [
    "Chỉ khi kết quả là Hợp lệ thì trang này mới hiển thị ai là chủ giấy tờ.",
    "This page shows who the holder is only when the result is Valid.",
  ],
  noPortrait: ["Không chia sẻ ảnh", "Portrait not shared"],
  badPortrait: ["Ảnh không được hiển thị vì không đúng dạng cho phép", "The portrait is not shown: it has no permitted form"],
  portraitAlt: ["Ảnh chân dung được chia sẻ", "Portrait that was shared"],
  noName: ["Không chia sẻ tên", "Name not shared"],
  oddName: ["Tên có ký tự lạ: hãy đối chiếu kỹ.", "This name has unusual characters: compare with care."],
  kind: ["Đối tượng", "Kind"],
  citizen: ["Công dân Việt Nam", "Vietnamese citizen"],
  foreigner: ["Người nước ngoài", "Foreigner"],
  organisation: ["Tổ chức", "Organisation"],
  level: ["Mức độ", "Level"],
  level1: ["Mức độ 01", "Level 1"],
  level2: ["Mức độ 02", "Level 2"],
  levelNone: ["Không phân mức độ", "No level"],
  issuer: ["Đơn vị cấp", "Issued by"],
  law: ["Theo", "Under"],
  "ND59-2022": ["Nghị định 59/2022/NĐ-CP", "Decree 59/2022/ND-CP"],
  "ND69-2024": ["Nghị định 69/2024/NĐ-CP", "Decree 69/2024/ND-CP"],

  // What was shared
  shared: ["Đã chia sẻ", "Shared"],
  notShared: ["Không chia sẻ", "Not shared"],
  notSharedNone: ["Mọi mục của hồ sơ đều được chia sẻ.", "Everything in the profile was shared."],
  notSharedWhy: ["Chủ giấy tờ không đưa ra các mục này; như vậy không phải là lỗi.", "The holder did not hand these over; that is no fault."],
  undisclosed: ["{0} mục đã ký được giữ lại, không đưa ra.", "{0} signed items were held back."],
  fromChip: ["Đọc từ chíp", "Read from a chip"],
  issuingState: ["Nước cấp", "Issuing state"],
  extra: ["Mục ngoài hồ sơ", "Outside the profile"],
  technical: ["Mục kỹ thuật", "Technical claims"],
  yes: ["Có", "Yes"],
  no: ["Không", "No"],

  // Documents
  documents: ["Giấy tờ", "Documents"],
  noDocuments: ["Không có giấy tờ nào được chia sẻ.", "No document was shared."],
  in_date: ["Còn hạn", "In date"],
  expired: ["Hết hạn", "Expired"],
  no_expiry: ["Không thời hạn", "No expiry"],
  unknown: ["Không rõ", "Unknown"],
  until: ["đến hết ngày {0}", "until the end of {0}"],
  since: ["hạn cuối là ngày {0}", "its last day was {0}"],
  daysLeft: ["Còn {0} ngày", "{0} days left"],
  dayLeft1: ["Còn 1 ngày", "1 day left"],
  lastDay: ["Hôm nay là ngày cuối", "Today is the last day"],
  days: ["{0} ngày", "{0} days"],
  left: ["(còn {0})", "({0} left)"],

  // Account
  account: ["Tài khoản định danh", "eID account"],
  active: ["Đang hoạt động", "Active"],
  activeWhy: ["Trạng thái do đơn vị cấp ký xác nhận.", "A state signed by the issuer says so."],
  locked: ["Đã khóa", "Locked"],
  lockedWhy: ["Đơn vị cấp đã ký xác nhận tài khoản bị khóa.", "The issuer has signed that the account is locked."],
  lock_due: ["Phải khóa", "Must be locked"],
  lock_dueWhy: [
    "Giấy tờ đã hết hạn là căn cứ để khóa tài khoản. Chỉ hệ thống của Nhà nước mới khóa được; trang này chỉ thấy rằng tài khoản phải bị khóa.",
    "An expired document is a ground for locking the account. Only the state’s system can lock it; this page can only see that it must.",
  ],
  accountUnknown: ["Chưa kiểm tra được", "Not checked"],
  accountUnknownWhy: [
    "Chưa có trạng thái do đơn vị cấp ký. Chưa biết không có nghĩa là bị khóa, cũng không có nghĩa là đang hoạt động.",
    "There is no signed state from the issuer. Not known means neither locked nor active.",
  ],
  accountAsOf: ["Theo trạng thái lúc {0}", "By the state of {0}"],
  grounds: ["Căn cứ", "Grounds"],

  // Checks
  checks: ["Các bước kiểm tra", "The checks"],
  pass: ["Đạt", "Passed"],
  fail: ["Không đạt", "Failed"],
  unknownOutcome: ["Chưa rõ", "Not known"],
  skipOutcome: ["Bỏ qua", "Skipped"],
  passWhy: ["Bước này đạt.", "This step passed."],
  skipWhy: ["Bước này không được yêu cầu.", "This step was not asked for."],
  decides: ["Quyết định kết quả", "Decides the result"],
  countPass: ["{0} đạt", "{0} passed"],
  countFail: ["{0} không đạt", "{0} failed"],
  countUnknown: ["{0} chưa rõ", "{0} not known"],
  countSkip: ["{0} bỏ qua", "{0} skipped"],
  engine: ["Bộ kiểm tra", "Engine"],
  format: ["Dạng", "Format"],

  // Voices
  voice: ["Nói với", "Words for"],
  voiceHolder: ["Chủ giấy tờ", "Holder"],
  voiceOfficer: ["Cán bộ", "Officer"],
  voiceDeveloper: ["Kỹ thuật", "Developer"],
  validHolder: ["Giấy tờ của bạn đã qua mọi bước kiểm tra được yêu cầu.", "Your credential passed every check that was asked for."],
  validDeveloper: ["Không bước nào không đạt, không bước nào còn chưa rõ.", "No check failed and none is unknown."],
  bytes: ["Dựa trên byte {0}–{1}", "Rests on bytes {0}–{1}"],
  wholeReport: ["Báo cáo (JSON)", "Report (JSON)"],
  receipt: ["Sao chép biên nhận", "Copy a receipt"],
  receiptSave: ["Lưu biên nhận (JSON)", "Save the receipt (JSON)"],
  receiptWhy: ["Biên nhận ghi kết quả, mã, danh sách và bộ kiểm tra đã dùng; không có thông tin cá nhân.", "A receipt names the result, its codes, the lists and the engine used; no personal details."],
  wholeFailed: ["Chưa tải được bộ kiểm tra chíp.", "The verifier for chips could not be loaded."],
  consoleTitle: ["Bàn kiểm tra định danh", "eID counter"],
  notCopied: ["Trình duyệt không cho sao chép.", "The browser did not allow copying."],
  copied: ["Đã sao chép.", "Copied."],

  // What is missing
  needs: ["Còn thiếu", "What is missing"],
  needsWhy: [
    "Chưa đủ để kết luận. Hãy đưa vào tệp đã ký dưới đây; chữ ký của tệp cũng được kiểm tra.",
    "There is not enough to decide. Hand in the signed file below; its signature is checked too.",
  ],
  status_list: ["Danh sách trạng thái", "Status list"],
  trust_list: ["Danh sách tin cậy", "Trust list"],
  account_state: ["Trạng thái tài khoản đã ký", "Signed account state"],
  handIn: ["Đưa tệp vào", "Hand in the file"],
  fetchIt: ["Tải về và kiểm tra lại", "Fetch it and check again"],
  fetching: ["Đang tải…", "Fetching…"],
  fetchFailed: ["Chưa tải được ({0}). Bạn có thể đưa tệp vào.", "It could not be fetched ({0}). You can hand in the file."],

  // Scanning
  scanTitle: ["Quét mã QR", "Scan a QR code"],
  scanWhy: ["Đưa mã QR vào giữa khung. Hình ảnh không rời khỏi máy này.", "Hold the QR code inside the frame. The picture does not leave this device."],
  scanRefused: [
    "Trang chưa được phép dùng máy ảnh. Bạn có thể cho phép trong cài đặt của trình duyệt, hoặc chọn một tấm ảnh có mã QR.",
    "The page may not use the camera. You can allow it in the browser’s settings, or choose a picture with a QR code.",
  ],
  scanNone: ["Máy này không có máy ảnh. Hãy chọn một tấm ảnh có mã QR.", "This device has no camera. Choose a picture with a QR code."],
  scanPicture: ["Chọn ảnh có mã QR", "Choose a picture"],
  scanSwitch: ["Đổi máy ảnh", "Other camera"],
  scanTorch: ["Đèn", "Light"],
  scanParts: ["Đã đọc {0} trong {1} phần. Cứ giữ máy yên.", "{0} of {1} parts read. Keep holding still."],
  pdfReading: ["Đang tìm mã QR trong tệp PDF…", "Looking for a QR code in the PDF…"],
  pdfBad: ["Không đọc được tệp PDF này.", "This PDF could not be read."],
  noQr: ["Không thấy mã QR trong ảnh.", "No QR code was found in the picture."],

  // Machine-readable lines
  mrzTitle: ["Gõ các dòng MRZ", "Type the MRZ lines"],
  mrzWhy: [
    "Hai hoặc ba dòng có dấu < ở cuối trang hộ chiếu hay mặt sau thẻ. Số kiểm tra chỉ giúp tìm lỗi gõ, không chứng minh giấy tờ là thật.",
    "Two or three lines with < at the foot of a passport or the back of a card. Check digits find typing errors; they prove nothing about the document.",
  ],
  mrzPhoto: ["Chụp hoặc chọn ảnh", "Take or choose a picture"],
  mrzReading: ["Đang đọc ảnh ngay trên máy…", "Reading the picture on this device…"],
  mrzPhotoCheck: ["Đọc từ ảnh: hãy so từng ký tự với giấy tờ.", "Read from the picture: compare each sign with the document."],
  mrzPhotoNone: ["Không thấy dòng MRZ trong ảnh. Hãy chụp thẳng và gần hơn, hoặc gõ.", "No MRZ lines found. Hold straight and closer, or type them."],
  mrzLabel: ["Các dòng MRZ", "MRZ lines"],
  mrzCount: ["Dòng {0}: {1} ký tự", "Line {0}: {1} characters"],
  mrzLayouts: ["Hộ chiếu: 2 dòng 44 ký tự. Thẻ: 3 dòng 30 ký tự.", "A passport has 2 lines of 44 characters, a card 3 of 30."],
  mrzRead: ["Đọc được, chưa xác thực", "Read, not authenticated"],
  digitRight: ["đúng", "right"],
  digitWrong: ["sai", "wrong"],
  documentNumber: ["Số giấy tờ", "Document number"],
  birth: ["Ngày sinh", "Date of birth"],
  birthdate: ["Ngày sinh", "Date of birth"],
  expiry: ["Ngày hết hạn", "Expiry date"],
  optional: ["Phần tùy chọn", "Optional data"],
  personalNumber: ["Số cá nhân", "Personal number"],
  composite: ["Số kiểm tra chung", "Composite digit"],

  // Ways in
  ways: ["Đưa giấy tờ vào", "Ways in"],
  scan: ["Quét QR", "Scan QR"],
  paste: ["Dán", "Paste"],
  file: ["Tệp", "File"],
  mrz: ["MRZ", "MRZ"],
  samples: ["Mẫu", "Samples"],
  samplesTitle: ["Chọn một mẫu", "Choose a sample"],
  samplesWhy: [
    "Mọi người và số trong mẫu đều do chúng tôi đặt ra (MẪU / SPECIMEN).",
    "Every person and number in the samples is made up (MẪU / SPECIMEN).",
  ],
  pasteTitle: ["Dán giấy tờ điện tử", "Paste a credential"],
  pasteWhy: [
    "Chuỗi SD-JWT, JWS, nội dung mã QR hoặc các dòng MRZ. Nội dung không rời khỏi máy này.",
    "An SD-JWT, a JWS, the text of a QR code or MRZ lines. It does not leave this device.",
  ],
  pasteLabel: ["Nội dung cần kiểm tra", "What to check"],
  pasteClipboard: ["Dán từ bộ nhớ tạm", "Paste from the clipboard"],
  check: ["Kiểm tra", "Check"],
  close: ["Đóng", "Close"],
  drop: ["Thả tệp vào đây để kiểm tra", "Drop the file here to check it"],
  clear: ["Xóa khỏi màn hình", "Clear the screen"],
  cleared: ["Đã xóa.", "Cleared."],
  emptyPaste: ["Chưa có gì để kiểm tra.", "There is nothing to check yet."],

  // Foot
  privacy: [
    "Mọi việc kiểm tra chạy trên máy này. Trang không gửi, không lưu và không ghi lại giấy tờ nào.",
    "Everything is checked on this device. The page sends, stores and logs no credential.",
  ],
  proves: [
    "“Hợp lệ” không chứng minh rằng người đang đứng trước bạn là chủ giấy tờ: hãy đối chiếu ảnh.",
    "“Valid” does not prove that the person before you is the holder: compare the portrait.",
  ],
  offlineReady: ["Sẵn sàng chạy khi không có mạng", "Ready to work offline"],
  update: ["Có bản mới của trang.", "A newer version of this page is ready."],
  reload: ["Dùng bản mới", "Use it"],
};

let language = "vi";
const side = () => (language === "en" ? 1 : 0);

/** The language now shown, `"vi"` or `"en"`. */
export const currentLanguage = () => language;
/** Switches language; anything else than `"en"` is Vietnamese. */
export function setLanguage(next) { language = next === "en" ? "en" : "vi"; }

/** What a table says of a key, and nothing that it inherits. */
export const own = (table, key) => (Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined);

/** A word of the page, with `{0}`, `{1}` filled in. */
export function t(key, ...values) {
  const row = own(WORDS, key);
  return row ? row[side()].replace(/\{(\d)\}/g, (_, index) => values[index] ?? "") : key;
}
/** True when the page has a word of that name. */
export const hasWord = (key) => own(WORDS, key) !== undefined;

/** Viet Nam keeps UTC+7 the whole year (Decision 134/2002/QD-TTg). */
const ZONE_SECONDS = 7 * 3600;

/** `YYYY-MM-DD` as people in Viet Nam write it; English readers get the same order with slashes. */
export function dateWords(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match ? `${match[3]}/${match[2]}/${match[1]}` : String(text);
}

/** An instant in Viet Nam's time: `10:30, 22/11/2026`. */
export function instantWords(seconds) {
  const date = new Date((seconds + ZONE_SECONDS) * 1000);
  if (Number.isNaN(date.getTime())) return "";
  const text = date.toISOString();
  return `${text.slice(11, 16)}, ${dateWords(text.slice(0, 10))}`;
}

/** A span of seconds: in days while there are two of them, then as a clock that runs down. */
export function spanWords(seconds) {
  if (seconds >= 172800) return t("days", Math.floor(seconds / 86400));
  const two = (value) => String(Math.max(0, Math.floor(value))).padStart(2, "0");
  return `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}
