//! The QR code of the Vietnamese identity card: fields between `|`, UTF-8, **no signature**. Whoever prints a card prints what he likes.
//!
//! Both layouts start alike: number, old number or nothing, full name, birth, sex, address, issue. The card of 2024 (Circular
//! 16/2024/TT-BCA) adds fields whose order is not published; they are kept as they stand. Read tolerantly, to be shown as unverified and to
//! be compared; never a ground for `valid`.

use alloc::vec::Vec;

use crate::base::split;
use crate::base::{Date, ParseError, Part, Problem};
use crate::document::mrz::Sex;
use crate::document::mrz::compare::{Facts, Mismatch};
use crate::document::mrz::names::{self, Agreement};

/// What a card's QR code says.
#[derive(Clone, PartialEq, Eq)]
pub struct VnQr<'a> {
    /// The holder's 12-digit number.
    pub number: &'a str,
    /// The number of an earlier card (9 or 12 digits), if any.
    pub old_number: Option<&'a str>,
    /// Full name, as printed.
    pub name: &'a str,
    /// Date of birth; `None` if it is no date.
    pub birth: Option<Date>,
    /// Sex; `None` if neither `Nam` nor `Nữ`.
    pub sex: Option<Sex>,
    /// Place of residence.
    pub address: &'a str,
    /// Date of issue; `None` if it is no date.
    pub issued: Option<Date>,
    /// Fields of later layouts, in their order; trailing empty ones left out.
    pub more: Vec<&'a str>,
}

impl core::fmt::Debug for VnQr<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "VnQr({} further fields)", self.more.len()) // personal
    }
}

/// No code is longer: QR version 40 holds 2,953 bytes (ISO/IEC 18004 Table 7).
const MOST_BYTES: usize = 2953;

impl<'a> VnQr<'a> {
    /// Whether a text looks like such a code: 12 digits and a bar in front.
    pub fn is_likely(text: &str) -> bool {
        split::first(text, b'|').is_some_and(|(number, _)| is_number(number.trim_ascii()))
    }

    /// Reads a code. Blanks around fields, slashes in dates and either case are read.
    ///
    /// # Errors
    /// [`Problem::TooLarge`]; [`Problem::Structure`] without a 12-digit number in front and six fields behind it.
    ///
    /// ```
    /// use eid_verifier::document::vn_qr::VnQr;
    /// let text = "001099000001||NGUYỄN VĂN MẪU|01021999|Nam|Số 1 Phố Mẫu, Hà Nội|03042021";
    /// assert_eq!(VnQr::parse(text).unwrap().birth.unwrap().to_text(), "1999-02-01");
    /// assert!(VnQr::parse("1099000001||NGUYỄN VĂN MẪU|01021999|Nam|Hà Nội|03042021").is_err());
    /// ```
    pub fn parse(text: &'a str) -> Result<Self, ParseError> {
        if text.len() > MOST_BYTES {
            return Err(ParseError::new(Part::Input, Problem::TooLarge));
        }
        let mut fields = Vec::new();
        for field in split::parts(text, b'|') {
            fields.push(field.trim_ascii());
        }
        let [number, old_number, name, birth, sex, address, issued, more @ ..] = fields.as_slice() else {
            return Err(ParseError::new(Part::Input, Problem::Structure));
        };
        if !is_number(number) {
            return Err(ParseError::new(Part::Input, Problem::Structure));
        }
        let mut more = Vec::from(more);
        while more.last().is_some_and(|field| field.is_empty()) {
            more.pop();
        }
        Ok(Self {
            number,
            old_number: (!old_number.is_empty()).then_some(*old_number),
            name,
            birth: date(birth),
            sex: sex_of(sex),
            address,
            issued: date(issued),
            more,
        })
    }

    /// The fields in which the code contradicts `facts`. It bears no date of expiry. Marks over letters do not count, as in a zone.
    pub fn compare(&self, facts: &Facts<'_>) -> Vec<Mismatch> {
        let number = facts.numbers.is_empty() || facts.numbers.contains(&self.number);
        let birth = facts.birthdate.is_none_or(|date| self.birth == Some(date));
        let nationality = facts.nationality.is_none_or(|code| code == "VNM");
        let name = facts.names.is_empty() || names::agree(self.name, facts.names) != Agreement::Different;
        let sex = facts.sex.is_none_or(|sex| sex == Sex::Unspecified || self.sex.is_none_or(|own| own == sex));
        Mismatch::of(&[
            (number, Mismatch::Number),
            (birth, Mismatch::Birth),
            (nationality, Mismatch::Nationality),
            (name, Mismatch::Name),
            (sex, Mismatch::Sex),
        ])
    }
}

fn is_number(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `DDMMYYYY`, or with `/` or `-` between.
fn date(text: &str) -> Option<Date> {
    let mut digits = Vec::from(text);
    digits.retain(|&byte| !matches!(byte, b'/' | b'-'));
    if digits.len() != 8 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = digits.iter().fold(0_i32, |number, &digit| number.saturating_mul(10).saturating_add(i32::from(digit.wrapping_sub(b'0'))));
    let (day, month_and_year) = (number.div_euclid(1_000_000), number.rem_euclid(1_000_000));
    let month = month_and_year.div_euclid(10_000);
    Date::new(month_and_year.rem_euclid(10_000), u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// `Nam` or `Nữ`, composed or not, in either case.
fn sex_of(text: &str) -> Option<Sex> {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some('N' | 'n'), Some('A' | 'a')) => Some(Sex::Male),
        (Some('N' | 'n'), Some('U' | 'u' | 'Ư' | 'ư' | 'Ữ' | 'ữ')) => Some(Sex::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn variants_of_one_card() {
        for text in [
            "001099000001|012345678|NGUYỄN VĂN MẪU|01021999|Nam|Hà Nội|03042021",
            "001099000001|012345678|Nguyễn Văn Mẫu|01/02/1999|NAM|Hà Nội|03-04-2021||||",
            " 001099000001 |012345678|Nguye\u{302}\u{303}n Va\u{306}n Ma\u{302}\u{303}u|01021999|nam|Hà Nội|03042021\r\n",
        ] {
            assert!(VnQr::is_likely(text));
            let card = VnQr::parse(text).unwrap();
            assert_eq!((card.number, card.old_number, card.sex), ("001099000001", Some("012345678"), Some(Sex::Male)));
            assert!(card.more.is_empty());
            let facts = Facts {
                numbers: &["001099000001"],
                birthdate: Date::parse("1999-02-01"),
                names: &["Nguyễn Văn Mẫu"],
                nationality: Some("VNM"),
                sex: Some(Sex::Male),
                ..Facts::default()
            };
            assert_eq!(card.compare(&facts), []);
            let other = Facts { birthdate: Date::parse("1999-02-02"), names: &["Nguyễn Văn Khác"], sex: Some(Sex::Female), ..facts };
            assert_eq!(card.compare(&other), [Mismatch::Birth, Mismatch::Name, Mismatch::Sex]);
        }
    }

    #[test]
    fn later_layouts_keep_their_further_fields() {
        let text = "001199000001||TRẦN THỊ MẪU|31021999|Nữ|Hà Nội|03042025||A|";
        let card = VnQr::parse(text).unwrap();
        assert_eq!((card.birth, card.old_number, card.sex, card.more), (None, None, Some(Sex::Female), alloc::vec!["", "A"]));
    }

    #[test]
    fn what_is_no_card_is_refused() {
        for text in ["", "001099000001", "001099000001|||||", "00109900000１|||||||", "x|||||||", "0010990000012||||||"] {
            assert!(VnQr::parse(text).is_err(), "{text}");
        }
    }
}
