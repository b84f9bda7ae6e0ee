//! A citizen's personal identification number, `PPP G YY RRRRRR` (Decree 137/2015 Art. 13; Circular 59/2021 Art. 4): place of birth
//! registration, century and sex, year of birth, six random digits. There is no check digit.
//!
//! Law 26/2023 Art. 12 only says "12 digits, unique", and numbers can be set anew: so what does not fit is odd
//! (`personal_number_unusual`), never wrong. A foreigner's number has no published structure and is not read at all.

use alloc::vec::Vec;
use core::fmt;

use crate::base::{Date, decimal};
use crate::law::Basis;

/// Basis of every [`Oddity`].
pub const BASIS: Basis = "Circular 59/2021 Art. 4";

/// A personal identification number, read. Debug output shows none of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PersonalNumber {
    place: u16,
    century_and_sex: u8,
    year: u8,
}

impl fmt::Debug for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonalNumber")
    }
}

/// Sex, as the number knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Even digit.
    Male,
    /// Odd digit.
    Female,
}

impl Sex {
    /// The word of the claim `gender`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }

    /// Reads the claim `gender`; `other` and everything else is `None`, and nothing is held against it.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Male, Self::Female].into_iter().find(|sex| sex.name() == name)
    }
}

/// Where the birth was registered. Not where anybody lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A province or city, by its name when the code was given out.
    Province {
        /// Its name until 30 June 2025 (Circular 07/2016, Annex 1).
        name: &'static str,
        /// The unit that bears this code since the mergers of 1 July 2025, if one does.
        since_2025: Option<&'static str>,
    },
    /// Another state (Circular 07/2016, Annex 2: not found, so any code above the provinces' is taken).
    Abroad,
    /// A code that no province has borne.
    Unassigned,
}

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// No province has this code.
    Place,
    /// The sex digit is another than the disclosed gender.
    Sex,
    /// Century and year are others than the disclosed birth date, or lie ahead.
    BirthYear,
}

impl Oddity {
    /// A word for the part of the number.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Sex => "century_and_sex",
            Self::BirthYear => "birth_year",
        }
    }
}

impl PersonalNumber {
    /// Reads exactly twelve ASCII digits; anything else is no personal identification number (`claim_value_invalid`).
    ///
    /// ```
    /// use eid_verifier::law::personal_number::PersonalNumber;
    /// assert!(PersonalNumber::parse("001090000000").is_some());
    /// assert!(PersonalNumber::parse("00109000000").is_none());
    /// assert!(PersonalNumber::parse("٠٠١٠٩٠٠٠٠٠٠٠").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 12 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let place = u16::try_from(decimal::read(text.get(..3)?)?).ok()?;
        let century_and_sex = u8::try_from(decimal::read(text.get(3..4)?)?).ok()?;
        let year = u8::try_from(decimal::read(text.get(4..6)?)?).ok()?;
        Some(Self { place, century_and_sex, year })
    }

    /// Where the birth was registered.
    pub fn place(self) -> Place {
        if self.place > LAST_PROVINCE {
            return Place::Abroad;
        }
        let row = PROVINCES.iter().find(|row| u16::from(row.0) == self.place);
        row.map_or(Place::Unassigned, |row| Place::Province { name: row.1, since_2025: (!row.2.is_empty()).then_some(row.2) })
    }

    /// The sex digit: even is male, odd is female.
    pub const fn sex(self) -> Sex {
        if self.century_and_sex.is_multiple_of(2) { Sex::Male } else { Sex::Female }
    }

    /// The year of birth, 1900 to 2399: the digit's pairs count centuries from 1900.
    pub fn birth_year(self) -> i32 {
        let centuries = i32::from(self.century_and_sex.div_euclid(2));
        FIRST_CENTURY.saturating_add(centuries.saturating_mul(100)).saturating_add(i32::from(self.year))
    }

    /// What does not fit the disclosed birth date and gender, or today: a warning each, never a refusal.
    ///
    /// ```
    /// use eid_verifier::base::Date;
    /// use eid_verifier::law::personal_number::{Oddity, PersonalNumber, Sex};
    /// let number = PersonalNumber::parse("001190000000");
    /// let odd = |sex| number.map(|n| n.oddities(Date::parse("1990-05-20"), Some(sex), None));
    /// assert_eq!(odd(Sex::Female), Some(vec![]));
    /// assert_eq!(odd(Sex::Male), Some(vec![Oddity::Sex]));
    /// ```
    pub fn oddities(self, born: Option<Date>, sex: Option<Sex>, today: Option<Date>) -> Vec<Oddity> {
        let year = self.birth_year();
        let other_year = born.is_some_and(|born| born.year() != year) || today.is_some_and(|today| year > today.year());
        let mut oddities = Vec::new();
        for (is_odd, oddity) in [
            (self.place() == Place::Unassigned, Oddity::Place),
            (sex.is_some_and(|sex| sex != self.sex()), Oddity::Sex),
            (other_year, Oddity::BirthYear),
        ] {
            if is_odd {
                oddities.push(oddity);
            }
        }
        oddities
    }
}

/// Digits 0 and 1 stand for births in 1900–1999.
const FIRST_CENTURY: i32 = 1900;

/// Codes up to here are provinces' or nobody's; codes of states follow (reading: Annex 2 was not found).
const LAST_PROVINCE: u16 = 100;

/// Code; name until 30 June 2025 (Circular 07/2016, Annex 1: 63 rows); name of the unit bearing the code since 1 July 2025 (34 of them).
/// The mergers do not make an old prefix wrong: numbers given out do not change.
static PROVINCES: [(u8, &str, &str); 63] = [
    (1, "Hà Nội", "Hà Nội"),
    (2, "Hà Giang", ""),
    (4, "Cao Bằng", "Cao Bằng"),
    (6, "Bắc Kạn", ""),
    (8, "Tuyên Quang", "Tuyên Quang"),
    (10, "Lào Cai", ""),
    (11, "Điện Biên", "Điện Biên"),
    (12, "Lai Châu", "Lai Châu"),
    (14, "Sơn La", "Sơn La"),
    (15, "Yên Bái", "Lào Cai"),
    (17, "Hòa Bình", ""),
    (19, "Thái Nguyên", "Thái Nguyên"),
    (20, "Lạng Sơn", "Lạng Sơn"),
    (22, "Quảng Ninh", "Quảng Ninh"),
    (24, "Bắc Giang", "Bắc Ninh"),
    (25, "Phú Thọ", "Phú Thọ"),
    (26, "Vĩnh Phúc", ""),
    (27, "Bắc Ninh", ""),
    (30, "Hải Dương", ""),
    (31, "Hải Phòng", "Hải Phòng"),
    (33, "Hưng Yên", "Hưng Yên"),
    (34, "Thái Bình", ""),
    (35, "Hà Nam", ""),
    (36, "Nam Định", ""),
    (37, "Ninh Bình", "Ninh Bình"),
    (38, "Thanh Hóa", "Thanh Hóa"),
    (40, "Nghệ An", "Nghệ An"),
    (42, "Hà Tĩnh", "Hà Tĩnh"),
    (44, "Quảng Bình", "Quảng Trị"),
    (45, "Quảng Trị", ""),
    (46, "Thừa Thiên Huế", "Huế"),
    (48, "Đà Nẵng", "Đà Nẵng"),
    (49, "Quảng Nam", ""),
    (51, "Quảng Ngãi", "Quảng Ngãi"),
    (52, "Bình Định", "Gia Lai"),
    (54, "Phú Yên", ""),
    (56, "Khánh Hòa", "Khánh Hòa"),
    (58, "Ninh Thuận", ""),
    (60, "Bình Thuận", ""),
    (62, "Kon Tum", ""),
    (64, "Gia Lai", ""),
    (66, "Đắk Lắk", "Đắk Lắk"),
    (67, "Đắk Nông", ""),
    (68, "Lâm Đồng", "Lâm Đồng"),
    (70, "Bình Phước", ""),
    (72, "Tây Ninh", ""),
    (74, "Bình Dương", ""),
    (75, "Đồng Nai", "Đồng Nai"),
    (77, "Bà Rịa - Vũng Tàu", ""),
    (79, "Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
    (80, "Long An", "Tây Ninh"),
    (82, "Tiền Giang", "Đồng Tháp"),
    (83, "Bến Tre", ""),
    (84, "Trà Vinh", ""),
    (86, "Vĩnh Long", "Vĩnh Long"),
    (87, "Đồng Tháp", ""),
    (89, "An Giang", ""),
    (91, "Kiên Giang", "An Giang"),
    (92, "Cần Thơ", "Cần Thơ"),
    (93, "Hậu Giang", ""),
    (94, "Sóc Trăng", ""),
    (95, "Bạc Liêu", ""),
    (96, "Cà Mau", "Cà Mau"),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use alloc::string::ToString;
    use alloc::vec::Vec;

    #[test]
    fn sixty_three_codes_rise_and_thirty_four_live_on() {
        assert!(PROVINCES.is_sorted_by(|a, b| a.0 < b.0));
        let today: Vec<u8> = PROVINCES.iter().filter(|row| !row.2.is_empty()).map(|row| row.0).collect();
        let law = [
            1, 4, 8, 11, 12, 14, 15, 19, 20, 22, 24, 25, 31, 33, 37, 38, 40, 42, 44, 46, 48, 51, 52, 56, 66, 68, 75, 79, 80, 82, 86, 91,
            92, 96,
        ];
        assert_eq!(today, law);
    }

    #[test]
    fn the_digit_gives_century_and_sex() {
        for (digit, (century, sex)) in
            [1900, 2000, 2100, 2200, 2300].into_iter().flat_map(|c| [(c, Sex::Male), (c, Sex::Female)]).enumerate()
        {
            let number = PersonalNumber::parse(&("079".to_string() + &digit.to_string() + "05000000")).unwrap();
            assert_eq!((number.birth_year(), number.sex()), (century + 5, sex));
        }
    }

    #[test]
    fn mergers_do_not_make_old_prefixes_odd() {
        let odd = |text: &str| PersonalNumber::parse(text).unwrap().oddities(None, None, Date::parse("2026-11-22"));
        assert_eq!(odd("002099000000"), [], "Hà Giang, merged away");
        assert_eq!(odd("003099000000"), [Oddity::Place]);
        assert_eq!(odd("000099000000"), [Oddity::Place]);
        assert_eq!(odd("230099000000"), [], "a state's code: not published, taken");
        assert_eq!(odd("001399000000"), [Oddity::BirthYear], "born in 2099");
    }
}
