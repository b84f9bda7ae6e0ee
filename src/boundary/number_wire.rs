//! A personal identification number, taken apart and explained, for [`crate::boundary::inspect`]: what the digits say, and what they do not.

use alloc::borrow::ToOwned;
use alloc::vec;
use alloc::vec::Vec;

use crate::base::Date;
use crate::encoding::json::{Object, Value};
use crate::law::personal_number::{BASIS, PersonalNumber, Place, Sex};

/// The claim that is read.
const CLAIM: &str = "personal_identification_number";

/// What a reader is told beside the digits.
const EXPLAINED_VI: &str = "Ba số đầu là nơi đăng ký khai sinh khi số được cấp, không phải nơi cư trú; việc sáp nhập tỉnh năm 2025 không làm thay đổi số đã cấp. \
    Số thứ tư là thế kỷ sinh và giới tính, hai số tiếp theo là năm sinh, sáu số cuối là ngẫu nhiên; không có số kiểm tra.";
/// The same in English.
const EXPLAINED_EN: &str = "The first three digits are the place of birth registration when the number was given, not the residence; the mergers of 2025 change no number. \
    The fourth digit is century of birth and sex, the next two the year of birth, the last six are random; there is no check digit.";

/// The reading of the number among `claims`; `None` without one, or if it is no such number.
pub fn reading(claims: &Object) -> Option<Value> {
    let digits = claims.text(CLAIM)?;
    let number = PersonalNumber::parse(digits)?;
    let born = claims.text("birthdate").and_then(Date::parse);
    let sex = claims.text("gender").and_then(Sex::parse);
    let text = |text: &str| Value::Text(text.to_owned());
    let (kind, name, since) = match number.place() {
        Place::Province { name, since_2025 } => ("province", text(name), since_2025.map_or(Value::Null, text)),
        Place::Abroad => ("country", Value::Null, Value::Null),
        Place::Unassigned => ("unassigned", Value::Null, Value::Null),
    };
    let place = object(vec![("code", text(digits.get(..3)?)), ("kind", text(kind)), ("name", name), ("codeSince2025", since)]);
    let mut odd = Vec::new();
    for oddity in number.oddities(born, sex, None) {
        odd.push(text(oddity.name()));
    }
    Some(object(vec![
        ("place", place),
        ("sex", text(number.sex().name())),
        ("birthYear", Value::Int(i64::from(number.birth_year()))),
        ("unusual", Value::Array(odd)),
        ("basis", text(BASIS)),
        ("explained", object(vec![("vi", text(EXPLAINED_VI)), ("en", text(EXPLAINED_EN))])),
    ]))
}

fn object(members: Vec<(&str, Value)>) -> Value {
    Value::Object(Object::of(members))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::encoding::json;

    fn read(claims: &str) -> Option<alloc::string::String> {
        let claims = json::parse_object(claims.as_bytes()).unwrap();
        reading(&claims).map(|value| crate::encoding::json_out::text_of(&value))
    }

    #[test]
    fn says_what_the_digits_say() {
        let read = read(r#"{"personal_identification_number":"015190000001","birthdate":"1990-05-20","gender":"male"}"#).unwrap();
        assert!(read.starts_with(
            r#"{"place":{"code":"015","kind":"province","name":"Yên Bái","codeSince2025":"Lào Cai"},"sex":"female","birthYear":1990,"unusual":["century_and_sex"]"#
        ));
        assert!(!read.contains("000001"), "the reading repeats no number");
    }

    #[test]
    fn reads_nothing_that_is_no_such_number() {
        assert_eq!(read(r#"{"foreigner_identification_number":"123456789012"}"#), None);
        assert_eq!(read(r#"{"personal_identification_number":"12345678901"}"#), None);
        assert_eq!(read(r#"{"personal_identification_number":123456789012}"#), None);
    }
}
