//! A personal identification number, taken apart and explained, for [`crate::boundary::inspect`]: what the digits say, and what they do not.

use crate::base::Date;
use crate::encoding::json::Object;
use crate::encoding::json_out::Writer;
use crate::law::personal_number::{BASIS, Oddity, PersonalNumber, Place, Sex};

/// The claim that is read.
const CLAIM: &str = "personal_identification_number";

/// What a reader is told beside the digits.
const EXPLAINED_VI: &str = "Ba số đầu là nơi đăng ký khai sinh khi số được cấp, không phải nơi cư trú; việc sáp nhập tỉnh năm 2025 không làm thay đổi số đã cấp. \
    Số thứ tư là thế kỷ sinh và giới tính, hai số tiếp theo là năm sinh, sáu số cuối là ngẫu nhiên; không có số kiểm tra.";
/// The same in English.
const EXPLAINED_EN: &str = "The first three digits are the place of birth registration when the number was given, not the residence; the mergers of 2025 change no number. \
    The fourth digit is century of birth and sex, the next two the year of birth, the last six are random; there is no check digit.";

/// Writes the reading of the number among `claims`; nothing without one, or if it is no such number.
pub fn write(out: &mut Writer, claims: &Object) {
    let Some(digits) = claims.text(CLAIM) else { return };
    let Some(number) = PersonalNumber::parse(digits) else { return };
    let born = claims.text("birthdate").and_then(Date::parse);
    let sex = claims.text("gender").and_then(Sex::parse);
    let (kind, name, since) = match number.place() {
        Place::Province { name, since_2025 } => ("province", Some(name), since_2025),
        Place::Abroad => ("country", None, None),
        Place::Unassigned => ("unassigned", None, None),
    };
    out.name("personalNumber").open('{');
    out.name("place").open('{');
    out.member_if("code", digits.get(..3));
    out.member("kind", kind);
    out.name("name").text_or_null(name);
    out.name("codeSince2025").text_or_null(since);
    out.close('}');
    out.member("sex", number.sex().name());
    out.name("birthYear").number(i64::from(number.birth_year()));
    out.list("unusual", number.oddities(born, sex, None).into_iter().map(Oddity::name));
    out.member("basis", BASIS);
    out.name("explained").open('{');
    out.member("vi", EXPLAINED_VI);
    out.member("en", EXPLAINED_EN);
    out.close('}');
    out.close('}');
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::encoding::json;

    fn read(claims: &str) -> alloc::string::String {
        let mut out = Writer::new();
        write(&mut out, &json::parse_object(claims.as_bytes()).unwrap());
        out.finish()
    }

    #[test]
    fn says_what_the_digits_say() {
        let read = read(r#"{"personal_identification_number":"015190000001","birthdate":"1990-05-20","gender":"male"}"#);
        assert!(read.starts_with(
            r#""personalNumber":{"place":{"code":"015","kind":"province","name":"Yên Bái","codeSince2025":"Lào Cai"},"sex":"female","birthYear":1990,"unusual":["century_and_sex"]"#
        ));
        assert!(!read.contains("000001"), "the reading repeats no number");
    }

    #[test]
    fn reads_nothing_that_is_no_such_number() {
        assert_eq!(read(r#"{"foreigner_identification_number":"123456789012"}"#), "");
        assert_eq!(read(r#"{"personal_identification_number":"12345678901"}"#), "");
        assert_eq!(read(r#"{"personal_identification_number":123456789012}"#), "");
    }
}
