// The law's sentences in three voices: to the holder, for the officer at the counter, for the developer. In the decrees' own words (mức độ 01,
// mức độ 02, khóa, mở khóa, thẻ thường trú, thẻ tạm trú, giấy tờ đi lại quốc tế). A sentence belongs to a code, never to a person: the date and
// the article (`basis`) stand beside it, not in it.

import { messageFor, messages as LANGUAGES } from './messages.js';

const VOICES = ['holder', 'officer', 'developer'];

/** @typedef {{ holder: string, officer: string, developer: string }} Voices */

const say = (vi, en) => ({
  vi: { holder: vi[0], officer: vi[1], developer: vi[2] },
  en: { holder: en[0], officer: en[1], developer: en[2] },
});

/**
 * Grounds by their code; states of an account as `account.…`, of a document as `document.…`; codes of the report by their code.
 * @type {Record<string, { vi: Voices, en: Voices }>}
 */
export const voices = {
  // why an account is locked
  HOLDER_REQUEST: say(
    ['Bạn đã yêu cầu khóa tài khoản của mình.', 'Chủ thể danh tính điện tử đã yêu cầu khóa tài khoản.', 'Căn cứ khóa: yêu cầu của chủ tài khoản; hết khi có yêu cầu mở khóa bằng kênh được phép.'],
    ['You asked for your account to be locked.', 'The holder of the electronic identity asked for the lock.', 'Lock ground: request of the holder; it ends with an unlock by a channel that the decree opens.'],
  ),
  TERMS_BREACH: say(
    ['Tài khoản bị khóa vì vi phạm điều khoản sử dụng ứng dụng định danh quốc gia.', 'Chủ thể vi phạm điều khoản sử dụng ứng dụng định danh quốc gia.', 'Căn cứ khóa: vi phạm điều khoản; hết khi vi phạm đã được khắc phục.'],
    ['The account is locked because the terms of the national identification application were breached.', 'The holder breached the terms of use of the national identification application.', 'Lock ground: breach of terms; it ends when the breach is remedied.'],
  ),
  CARD_REVOKED: say(
    ['Thẻ căn cước của bạn đã bị thu hồi.', 'Thẻ căn cước công dân hoặc thẻ căn cước đã bị thu hồi.', 'Căn cứ khóa: thẻ bị thu hồi (chỉ với công dân).'],
    ['Your identity card has been revoked.', 'The citizen identity card or identity card has been revoked.', 'Lock ground: card revoked (citizens only).'],
  ),
  CARD_RETAINED: say(
    ['Thẻ căn cước của bạn đang bị giữ.', 'Thẻ căn cước đang bị giữ; mở khóa khi công dân được trả lại thẻ.', 'Căn cứ khóa: thẻ bị giữ (chỉ theo Nghị định 69/2024/NĐ-CP).'],
    ['Your identity card is being retained.', 'The identity card is retained; the account is unlocked when the card is given back.', 'Lock ground: card retained (under Decree 69/2024 only).'],
  ),
  ID_CARD_EXPIRED: say(
    ['Thẻ căn cước của bạn đã hết hạn.', 'Thẻ căn cước công dân hoặc thẻ căn cước đã hết hạn sử dụng.', 'Căn cứ khóa theo ngày: thẻ hết hạn (chỉ theo Nghị định 69/2024/NĐ-CP).'],
    ['Your identity card has expired.', 'The citizen identity card or identity card has expired.', 'Date-based lock ground: card expired (under Decree 69/2024 only).'],
  ),
  PASSPORT_EXPIRED: say(
    ['Hộ chiếu của bạn đã hết hạn.', 'Hộ chiếu hoặc giấy tờ đi lại quốc tế của người nước ngoài đã hết hạn.', 'Căn cứ khóa theo ngày: hộ chiếu hoặc giấy tờ đi lại quốc tế hết hạn.'],
    ['Your passport has expired.', "The foreigner's passport or paper for international travel has expired.", 'Date-based lock ground: passport or paper for international travel expired.'],
  ),
  RESIDENCE_EXPIRED: say(
    ['Thời hạn cư trú của bạn tại Việt Nam đã hết.', 'Người nước ngoài đã hết thời hạn cư trú tại Việt Nam.', 'Căn cứ khóa theo ngày: hết thời hạn cư trú; thẻ thường trú không bao giờ hết theo ngày.'],
    ['Your period of residence in Viet Nam has ended.', "The foreigner's period of residence in Viet Nam has ended.", 'Date-based lock ground: period of residence over; a permanent residence card never ends it by date.'],
  ),
  ORG_DISSOLVED: say(
    ['Tổ chức đã giải thể.', 'Cơ quan, tổ chức đã giải thể.', 'Căn cứ khóa: tổ chức giải thể; văn bản không nêu cách mở khóa.'],
    ['The organisation has been dissolved.', 'The agency or organisation has been dissolved.', 'Lock ground: organisation dissolved; the text knows no way out.'],
  ),
  ORG_CEASED: say(
    ['Tổ chức đã chấm dứt hoạt động.', 'Cơ quan, tổ chức đã chấm dứt hoạt động theo quy định của pháp luật.', 'Căn cứ khóa: tổ chức chấm dứt hoạt động; tạm ngừng kinh doanh không phải là căn cứ.'],
    ['The organisation has stopped operating.', 'The agency or organisation has stopped operating under the law.', 'Lock ground: organisation stopped operating; a registered pause of business is none.'],
  ),
  DEATH: say(
    ['Chủ tài khoản đã mất.', 'Chủ thể danh tính điện tử đã chết.', 'Căn cứ khóa: chủ tài khoản đã chết; văn bản không nêu cách mở khóa.'],
    ['The account holder has died.', 'The holder of the electronic identity has died.', 'Lock ground: death; the text knows no way out.'],
  ),
  AUTHORITY_REQUEST_APPROVED: say(
    ['Tài khoản bị khóa theo yêu cầu của cơ quan có thẩm quyền.', 'Yêu cầu khóa của cơ quan tiến hành tố tụng hoặc cơ quan có thẩm quyền khác đã được phê duyệt.', 'Căn cứ khóa: yêu cầu của cơ quan đã được phê duyệt; yêu cầu đang chờ không khóa tài khoản.'],
    ['The account was locked at the request of a competent authority.', 'A request by a procedural agency or another competent authority was approved.', 'Lock ground: approved request of an authority; a pending request locks nothing.'],
  ),
  RELYING_PARTY_REQUEST_APPROVED: say(
    ['Tài khoản bị khóa theo yêu cầu của bên sử dụng dịch vụ.', 'Yêu cầu khóa của bên sử dụng dịch vụ đã được phê duyệt.', 'Căn cứ khóa: yêu cầu của bên sử dụng dịch vụ (chỉ theo Nghị định 59/2022/NĐ-CP).'],
    ['The account was locked at the request of a relying party.', 'A request by a relying party was approved.', 'Lock ground: approved request of a relying party (under Decree 59/2022 only).'],
  ),
  // why an account may not be issued
  UNDER_14_USES_PARENT_ACCOUNT: say(
    ['Bạn chưa đủ 14 tuổi: hãy đăng ký qua tài khoản của cha, mẹ hoặc người giám hộ.', 'Người chưa đủ 14 tuổi được đăng ký theo tài khoản của cha, mẹ hoặc người giám hộ.', 'Không đủ điều kiện: dưới 14 tuổi theo Nghị định 59/2022/NĐ-CP.'],
    ['You are under 14: please register through the account of a parent or guardian.', 'A person under 14 is registered under the account of a parent or guardian.', 'Not eligible: under 14 under Decree 59/2022.'],
  ),
  WARD_USES_GUARDIAN_ACCOUNT: say(
    ['Người được giám hộ đăng ký qua tài khoản của người giám hộ.', 'Người được giám hộ được đăng ký theo tài khoản của người giám hộ.', 'Không đủ điều kiện: người được giám hộ theo Nghị định 59/2022/NĐ-CP.'],
    ["A ward registers through the guardian's account.", "A ward is registered under the guardian's account.", 'Not eligible: ward under Decree 59/2022.'],
  ),
  LEVEL_2_UNDER_6: say(
    ['Trẻ chưa đủ 6 tuổi chỉ được cấp tài khoản mức độ 01.', 'Người chưa đủ 6 tuổi chỉ được cấp tài khoản định danh điện tử mức độ 01.', 'Không đủ điều kiện: mức độ 02 cần đủ 6 tuổi.'],
    ['A child under 6 can have a level 1 account only.', 'A person under 6 is issued a level 1 account only.', 'Not eligible: level 2 needs full 6 years.'],
  ),
  NO_VALID_ID_CARD: say(
    ['Bạn cần có thẻ căn cước công dân hoặc thẻ căn cước còn hiệu lực.', 'Công dân không có thẻ căn cước công dân hoặc thẻ căn cước còn hiệu lực.', 'Không đủ điều kiện: không có thẻ đúng loại, còn hạn và đang do chủ thẻ giữ.'],
    ['You need a valid citizen identity card or identity card.', 'The citizen has no valid citizen identity card or identity card.', 'Not eligible: no card of the right kind that is in date and with its holder.'],
  ),
  NO_RESIDENCE_CARD: say(
    ['Bạn cần có thẻ thường trú hoặc thẻ tạm trú.', 'Người nước ngoài không có thẻ thường trú hoặc thẻ tạm trú còn hiệu lực.', 'Không đủ điều kiện: thị thực hoặc giấy miễn thị thực không thay cho thẻ thường trú, thẻ tạm trú.'],
    ['You need a permanent or temporary residence card.', 'The foreigner has no valid permanent or temporary residence card.', 'Not eligible: a visa or an exemption does not stand for a residence card.'],
  ),
  REPRESENTATIVE_WITHOUT_LEVEL_2: say(
    ['Người đại diện cần có tài khoản mức độ 02.', 'Người đại diện chưa có tài khoản định danh điện tử mức độ 02.', 'Không đủ điều kiện: tài khoản của người nộp hồ sơ chưa ở mức độ 02.'],
    ['The representative needs a level 2 account.', 'The representative has no level 2 account.', 'Not eligible: the account of whoever applies is below level 2.'],
  ),
  NOT_ESTABLISHED_OR_REGISTERED_IN_VN: say(
    ['Tổ chức chưa được thành lập hoặc đăng ký hoạt động tại Việt Nam.', 'Cơ quan, tổ chức không được thành lập hoặc đăng ký hoạt động tại Việt Nam.', 'Không đủ điều kiện: tổ chức không thành lập hoặc đăng ký tại Việt Nam.'],
    ['The organisation is not founded or registered in Viet Nam.', 'The agency or organisation is neither founded nor registered to operate in Viet Nam.', 'Not eligible: organisation not founded or registered in Viet Nam.'],
  ),
  OTHER_REPRESENTATIVES_DID_NOT_CONSENT: say(
    ['Những người đại diện khác chưa đồng ý.', 'Chưa có sự đồng ý của những người đại diện theo pháp luật khác.', 'Không đủ điều kiện: thiếu sự đồng ý của những người đại diện khác.'],
    ['The other representatives have not consented.', 'The other legal representatives have not consented.', 'Not eligible: consent of the other representatives is missing.'],
  ),
  // the account
  'account.active': say(
    ['Tài khoản của bạn đang hoạt động.', 'Tài khoản định danh điện tử đang hoạt động theo trạng thái đã được ký.', 'Trạng thái hoặc danh sách trạng thái đã kiểm tra cho biết tài khoản hoạt động.'],
    ['Your account is active.', 'The electronic identification account is active, by a signed status.', 'A status or list that was checked says active.'],
  ),
  'account.locked': say(
    ['Tài khoản của bạn đã bị khóa.', 'Tài khoản định danh điện tử đã bị khóa.', 'Trạng thái đã ký cho biết tài khoản bị khóa; xem các căn cứ.'],
    ['Your account is locked.', 'The electronic identification account is locked.', 'A signed status says locked; see the grounds.'],
  ),
  'account.lock_due': say(
    ['Giấy tờ của bạn đã hết hạn nên tài khoản có thể bị khóa: hãy cập nhật giấy tờ.', 'Đã có căn cứ khóa theo ngày; việc khóa do hệ thống của Nhà nước thực hiện.', 'Chỉ suy ra từ ngày ghi trên giấy tờ: bộ kiểm tra không thể nói tài khoản đã bị khóa.'],
    ['A document of yours has expired, so the account may be locked: please renew it.', "A date-based ground for locking stands; the lock itself is the state system's.", 'Derived from document dates only: a verifier cannot say that the account is locked.'],
  ),
  'account.unknown': say(
    ['Chưa biết trạng thái tài khoản của bạn.', 'Chưa có trạng thái đã ký của tài khoản định danh điện tử.', 'Không có trạng thái nào được kiểm tra; không biết không có nghĩa là đang hoạt động.'],
    ['The state of your account is not known.', 'There is no signed status of the account.', 'No status was checked; unknown does not mean active.'],
  ),
  'account.not_eligible': say(
    ['Chưa đủ điều kiện để được cấp tài khoản này.', 'Chưa đủ điều kiện cấp tài khoản định danh điện tử.', 'Kết quả ở bước đề nghị cấp: xem các căn cứ.'],
    ['This account cannot be issued yet.', 'The conditions for issuing the account are not met.', 'Answer at the stage of application: see the grounds.'],
  ),
  // a document
  'document.in_date': say(
    ['Giấy tờ còn hạn.', 'Giấy tờ còn thời hạn sử dụng.', 'Ngày cuối cùng chưa qua (24:00, UTC+7).'],
    ['The document is in date.', 'The document is within its term.', 'The last day is not over (24:00, UTC+7).'],
  ),
  'document.expired': say(
    ['Giấy tờ đã hết hạn.', 'Giấy tờ đã hết thời hạn sử dụng.', 'Ngày cuối cùng đã qua (24:00, UTC+7); ngày nghỉ không kéo dài thời hạn.'],
    ['The document has expired.', 'The term of the document is over.', 'The last day is over (24:00, UTC+7); a day off does not lengthen it.'],
  ),
  'document.no_expiry': say(
    ['Giấy tờ không có thời hạn.', 'Giấy tờ không xác định thời hạn.', 'Bên cấp ghi rõ là không có ngày hết hạn.'],
    ['The document has no end date.', 'The document is issued without a term.', 'The issuer states that there is no expiry date.'],
  ),
  'document.unknown': say(
    ['Không biết thời hạn của giấy tờ.', 'Không có thông tin về thời hạn của giấy tờ.', 'Ngày hết hạn không được chia sẻ hoặc không được ghi.'],
    ["The document's end date is not known.", 'There is no information on the term of the document.', 'The expiry date was not disclosed, or is not there.'],
  ),
  // codes of the report that are the law's
  document_expired: say(
    ['Một giấy tờ của bạn đã hết hạn: hãy gia hạn hoặc cấp lại.', 'Hộ chiếu, giấy tờ đi lại quốc tế, giấy tờ cư trú hoặc thẻ căn cước đã hết hạn.', 'Một giấy tờ được chia sẻ đã qua ngày cuối cùng tại thời điểm kiểm tra.'],
    ['A document of yours has expired: please renew it.', 'Passport, paper for international travel, residence paper or identity card has expired.', 'A disclosed document is past its last day at the time of verification.'],
  ),
  level_missing: say(
    ['Thông tin định danh không cho biết mức độ tài khoản.', 'Thiếu mức độ của tài khoản định danh điện tử.', 'Thiếu `eid_level`.'],
    ['The credential does not tell the account level.', 'The level of the account is missing.', '`eid_level` is missing.'],
  ),
  level_invalid: say(
    ['Mức độ tài khoản không đúng.', 'Mức độ tài khoản không phải mức độ 01 hoặc mức độ 02.', '`eid_level` phải là số nguyên 1 hoặc 2, đúng với loại chủ thể và nghị định.'],
    ['The account level is not right.', 'The account level is neither level 1 nor level 2.', '`eid_level` must be the integer 1 or 2, and fit holder kind and decree.'],
  ),
  level_insufficient: say(
    ['Dịch vụ này cần tài khoản mức độ 02.', 'Tài khoản ở mức độ thấp hơn mức độ mà dịch vụ yêu cầu.', '`eid_level` thấp hơn `policy.minLevel`.'],
    ['This service needs a level 2 account.', 'The account is below the level that the service asks for.', '`eid_level` is below `policy.minLevel`.'],
  ),
  level_evidence_missing: say(
    ['Thông tin định danh không chứng minh được mức độ 02.', 'Thiếu căn cứ xác minh cho mức độ 02.', 'Thiếu `evidence`, hoặc không đủ phương thức mà `policy.evidence` yêu cầu.'],
    ['The credential does not show what level 2 rests on.', 'The proof that level 2 rests on is missing.', '`evidence` is missing, or lacks a method that `policy.evidence` asks for.'],
  ),
  level_evidence_invalid: say(
    ['Căn cứ xác minh mức độ 02 không phù hợp.', 'Phương thức hoặc cơ sở dữ liệu xác minh không phù hợp với loại chủ thể.', '`evidence` có phương thức hoặc nguồn không thuộc loại chủ thể này.'],
    ['The proof behind level 2 is not fitting.', 'Method or database of the proof is not that of this kind of holder.', '`evidence` holds a method or source that is not this holder kind’s.'],
  ),
  issuer_level_not_authorised: say(
    ['Đơn vị cấp không được cấp mức độ này.', 'Đơn vị cấp không có thẩm quyền cấp tài khoản ở mức độ này.', '`eid_level` cao hơn `maxLevel` của đơn vị cấp.'],
    ['The issuer may not issue this level.', 'The issuer has no authority for an account of this level.', "`eid_level` is above the issuer's `maxLevel`."],
  ),
  subject_class_mismatch: say(
    ['Giấy tờ này không thuộc loại chủ thể được yêu cầu.', 'Loại chủ thể (công dân, người nước ngoài, tổ chức) không khớp.', 'Các mục thông tin, `vct` và `policy.kinds` không cùng một loại chủ thể.'],
    ['This is not the kind of holder that was asked for.', 'The kind of holder (citizen, foreigner, organisation) does not match.', 'Claims, `vct` and `policy.kinds` are not of one holder kind.'],
  ),
  account_locked: say(
    ['Tài khoản của bạn đã bị khóa: hãy liên hệ cơ quan công an để được hướng dẫn mở khóa.', 'Tài khoản định danh điện tử đã bị khóa theo trạng thái đã ký.', 'Trạng thái tài khoản đã ký là `locked`.'],
    ['Your account is locked: the police can tell you how to have it unlocked.', 'The account is locked, by a signed state.', 'The signed account state is `locked`.'],
  ),
  suspended: say(
    ['Tài khoản của bạn đã bị khóa: hãy liên hệ cơ quan công an để được hướng dẫn mở khóa.', 'Danh sách trạng thái cho biết tài khoản định danh điện tử đã bị khóa.', 'Giá trị 2 trong danh sách trạng thái: tạm khóa.'],
    ['Your account is locked: the police can tell you how to have it unlocked.', 'The status list says that the account is locked.', 'Value 2 in the status list: suspended.'],
  ),
  account_status_stale: say(
    ['Trạng thái tài khoản được gửi đã cũ.', 'Đã có trạng thái tài khoản mới hơn trạng thái này.', '`seq` thấp hơn trạng thái đã biết.'],
    ['The account state that was sent is outdated.', 'A newer state of the account is known.', '`seq` is lower than that of a state already held.'],
  ),
  account_status_invalid: say(
    ['Trạng thái tài khoản được gửi không hợp lệ.', 'Trạng thái không thuộc tài khoản này hoặc không do đơn vị cấp ký.', 'Trạng thái sai chữ ký, sai `iss`, sai `sub` hoặc sai cấu trúc.'],
    ['The account state that was sent is not valid.', 'The state is not of this account, or not signed by its issuer.', 'The state has a wrong signature, `iss`, `sub` or shape.'],
  ),
  account_status_unavailable: say(
    ['Chưa kiểm tra được trạng thái tài khoản.', 'Không có trạng thái tài khoản còn hiệu lực để kiểm tra.', 'Trạng thái thiếu hoặc đã quá `exp`.'],
    ['The state of the account could not be checked.', 'There is no current state of the account to check.', 'The state is missing or past its `exp`.'],
  ),
  relying_party_suspended: say(
    ['Dịch vụ này đang bị tạm ngừng xác thực điện tử; tài khoản của bạn không bị ảnh hưởng.', 'Bên sử dụng dịch vụ đang bị tạm ngừng cung cấp dịch vụ xác thực điện tử.', 'Trạng thái của bên sử dụng dịch vụ, không phải của tài khoản.'],
    ['Electronic authentication is suspended for this service; your account is not affected.', 'Electronic authentication is suspended for the relying party.', 'A state of the relying party, not of the account.'],
  ),
  level_not_applicable: say(
    ['Tài khoản của tổ chức không chia mức độ.', 'Tài khoản định danh điện tử của tổ chức không phân mức độ theo Nghị định 69/2024/NĐ-CP.', 'Bỏ qua dòng mức độ: tổ chức theo Nghị định 69/2024/NĐ-CP.'],
    ["An organisation's account has no levels.", "Under Decree 69/2024 an organisation's account has no levels.", 'The level line is skipped: organisation under Decree 69/2024.'],
  ),
  law_transition: say(
    ['Tài khoản được cấp theo nghị định khác và được xét theo quy định đang áp dụng.', 'Tài khoản được cấp theo một nghị định và được xét theo nghị định mà dịch vụ áp dụng.', '`eid_law` khác `policy.law`: hình thức theo `eid_law`, điều kiện theo `policy.law`.'],
    ['The account was issued under another decree and is judged by the rules applied here.', 'Issued under one decree, judged by the decree that the service applies.', '`eid_law` differs from `policy.law`: shapes by `eid_law`, eligibility by `policy.law`.'],
  ),
  personal_number_unusual: say(
    ['Số định danh cá nhân có điểm khác thường; điều này không làm giấy tờ mất giá trị.', 'Số định danh cá nhân không khớp với ngày sinh, giới tính hoặc mã nơi đăng ký khai sinh; có thể do số được xác lập lại.', 'Cấu trúc số chỉ để cảnh báo, không bao giờ để từ chối.'],
    ['The personal number looks unusual; that does not make the document worthless.', 'The number does not fit birth date, sex or code of birth registration; it may have been set anew.', "The number's structure warns, and never refuses."],
  ),
  residence_outlives_passport: say(
    ['Thẻ tạm trú của bạn dài hơn thời hạn cho phép của hộ chiếu: hãy kiểm tra lại giấy tờ.', 'Thẻ tạm trú phải ngắn hơn thời hạn hộ chiếu ít nhất 30 ngày; có thể hộ chiếu đã được thay.', 'Cảnh báo về dữ liệu không nhất quán, không quyết định kết quả.'],
    ['Your temporary residence card reaches too close to the end of your passport: please check your papers.', 'A temporary residence card ends at least 30 days before the passport; the passport may have been replaced.', 'A warning of inconsistent data that decides nothing.'],
  ),
  residence_card_replacement_due: say(
    ['Thẻ thường trú của bạn đến hạn đổi; bạn vẫn được cư trú.', 'Thẻ thường trú đến hạn đổi; thời hạn cư trú không vì thế mà hết.', 'Thẻ thường trú quá ngày ghi trên thẻ: bỏ qua, không phải `document_expired`.'],
    ['Your permanent residence card is due for replacement; your residence goes on.', 'The permanent residence card is due for replacement; the residence has not ended.', 'Permanent residence card past its date: a skip, not `document_expired`.'],
  ),
  calendar_unknown: say(
    ['Chưa tính được thời hạn vì chưa có lịch nghỉ của năm đó.', 'Chưa có lịch ngày nghỉ lễ, Tết của năm đó nên chưa tính được thời hạn.', 'Một ngày trong khoảng tính nằm ngoài lịch kèm theo gói.'],
    ['The dates cannot be told, since the holidays of that year are not known.', 'The holiday calendar of that year is not at hand, so the time limit cannot be computed.', 'A day on the way is outside the calendar shipped with the package.'],
  ),
};

/**
 * What a holder is told of all other codes, by families: the fault itself would mean nothing to them, what to do does. The first that fits counts.
 * @type {[RegExp, string, string][]}
 */
const TO_HOLDERS = [
  [/^revoked$/, 'Giấy tờ của bạn đã bị thu hồi.', 'Your document was revoked.'],
  [/^(claim_missing|not_disclosed)$/, 'Có thông tin được yêu cầu mà bạn chưa cho xem.', 'Something that was asked for was not shown.'],
  [/^vct_not_accepted$/, 'Nơi này không nhận loại giấy tờ bạn xuất trình.', 'This kind of document is not accepted here.'],
  [/^relying_party_/, 'Nơi yêu cầu không được phép hỏi những thông tin này.', 'The service is not allowed to ask for this.'],
  [/^clock_/, 'Đồng hồ của máy kiểm tra không đúng; đây không phải lỗi của bạn.', 'The clock of the checking device is wrong; that is not your fault.'],
  [/^(expired|not_yet_valid|issued_in_future|validity_|cert_expired|cert_not_yet)/, 'Giấy tờ này hiện không có hiệu lực.', 'This document is not valid at this time.'],
  [/^(key_binding_|holder_key_|device_auth_|session_)/, 'Chưa chứng minh được đây là thiết bị của bạn; hãy xuất trình lại từ ứng dụng.', 'It was not shown that this is your own device; please present it again from your app.'],
  [/^status_/, 'Chưa kiểm tra được giấy tờ của bạn còn hiệu lực hay không; hãy thử lại sau.', 'It could not be checked whether your document still holds; please try again later.'],
  [/(^signature_invalid|mismatch|_hash_|_digest_|tamper|cert_revoked)/, 'Giấy tờ này đã bị thay đổi hoặc không khớp với nhau, nên không được chấp nhận.', 'This document was altered or does not match, so it is not accepted.'],
  [/^(issuer_|x5c_|key_|kid_|trust_list_|cert_|hash_not|cms_signer)/, 'Chưa xác nhận được nơi cấp giấy tờ này; hãy hỏi lại nơi cấp.', 'It could not be confirmed who issued this; please ask the office that issued it.'],
  [/^(engine_|fetch_|pool_|policy_|resource_|internal_|abort)/, 'Thiết bị kiểm tra gặp trục trặc; giấy tờ của bạn không có lỗi.', 'The checking device has a problem; your document is not at fault.'],
  [/^(not_|clone_|mrz_unauthenticated)/, '', ''], // the officer's sentence serves both
  [/./, 'Giấy tờ bạn xuất trình không đọc được đúng cách; hãy xuất trình lại.', 'What you presented could not be read properly; please present it again.'],
];

/** A code that the law has no words for: the holder hears what to do, the officer the sentence of the code, the developer the code too. */
function otherwise(code, language, voice) {
  const message = messageFor(code, language);
  if (message === undefined || voice === 'officer') return message;
  if (voice === 'developer') return `\`${code}\`: ${message}`;
  const [, vi, en] = TO_HOLDERS.find(([family]) => family.test(code));
  return (language === 'vi' ? vi : en) || message;
}

/**
 * One sentence for every ground, state and code, or `undefined` for a key that is none of them.
 * @param {string} key a ground, a code, or `account.…` / `document.…` with a state
 * @param {'vi' | 'en'} [language]
 * @param {'holder' | 'officer' | 'developer'} [voice]
 */
export function voiceFor(key, language = 'vi', voice = 'holder') {
  const has = (table, name) => Object.prototype.hasOwnProperty.call(table, name);
  if (!has(LANGUAGES, language) || !VOICES.includes(voice)) return undefined;
  if (!has(voices, key)) return otherwise(key, language, voice);
  const said = voices[key][language];
  return has(said, voice) ? said[voice] : undefined;
}
