// The page's own words in Vietnamese and English. Sentences for codes and names of checks are not here: they come from the package.

import { checkNames } from "../pkg/messages.js";

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
  daysAgo: ["{0} ngày trước", "{0} days ago"],
  days: ["{0} ngày", "{0} days"],
  hours: ["{0} giờ", "{0} hours"],
  minutes: ["{0} phút", "{0} minutes"],
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

let language = "vi";
const side = () => (language === "en" ? 1 : 0);

/** The language now shown, `"vi"` or `"en"`. */
export const currentLanguage = () => language;
/** Switches language; anything else than `"en"` is Vietnamese. */
export function setLanguage(next) { language = next === "en" ? "en" : "vi"; }

const own = (table, key) => (Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined);

/** A word of the page, with `{0}`, `{1}` filled in. */
export function t(key, ...values) {
  const row = own(WORDS, key);
  return row ? row[side()].replace(/\{(\d)\}/g, (_, index) => values[index] ?? "") : key;
}
/** True when the page has a word of that name. */
export const hasWord = (key) => own(WORDS, key) !== undefined;

/** The name of a check and its sentence when it passes. A check of a family (`dg.hash.2`) takes the family's words. */
export function checkWords(id) {
  const family = String(id).replace(/[.#[]?\d+\]?$/, "");
  const names = checkNames[language];
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
