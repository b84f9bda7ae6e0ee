//! Dates of six characters, `YYMMDD`, and the century they leave out (Doc 9303-3 §4.8).

use alloc::string::String;

use crate::base::{Date, decimal};

/// A date as printed: two digits of the year, month, day; `None` where the issuer wrote `<<` for unknown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PrintedDate {
    /// Last two digits of the year.
    pub year: Option<u8>,
    /// Month, 1–12.
    pub month: Option<u8>,
    /// Day, 1–31.
    pub day: Option<u8>,
}

/// A printed date with its century.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ResolvedDate {
    printed: PrintedDate,
    year: Option<i32>,
    /// Whether another century fits almost as well.
    pub ambiguous: bool,
}

/// An expiry reaches at most this far into the past (attacks row 236) …
const EXPIRY_BACK: i32 = -10;
/// … and this far into the future; beyond both ends the year is read as past, so that doubt never prolongs a document.
const EXPIRY_AHEAD: i32 = 50;
/// A birth has two readings if the older one makes its holder no older than this: at 110, fewer than a few hundred people live.
const OLDEST_HOLDER: i32 = 110;
/// The centuries tried, latest first. Documents with a zone exist since 1980, their holders are born after 1850.
const CENTURIES: [i32; 4] = [2100, 2000, 1900, 1800];
/// A leap year, to ask whether 29 February exists at all.
const LEAP_YEAR: i32 = 2000;

impl PrintedDate {
    /// Reads six cells. Unknown parts are whole pairs of `<`; a filler beside a digit is no date. Whether the day exists in its year is
    /// for [`PrintedDate::birth`] and [`PrintedDate::expiry`] to say.
    pub fn read(cells: &[u8]) -> Option<Self> {
        let [y0, y1, m0, m1, d0, d1] = *<&[u8; 6]>::try_from(cells).ok()?;
        let date = Self { year: pair(y0, y1)?, month: pair(m0, m1)?, day: pair(d0, d1)? };
        // 29 February of 00 may be 1900 or 2000: decided with the century
        date.first_day(LEAP_YEAR).is_some().then_some(date)
    }

    /// Whether no part is unknown.
    pub fn is_complete(self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// Whether nothing here contradicts `date`.
    pub fn fits(self, date: Date) -> bool {
        let year = u8::try_from(date.year().rem_euclid(100)).ok();
        self.year.is_none_or(|known| Some(known) == year)
            && self.month.is_none_or(|known| known == date.month())
            && self.day.is_none_or(|known| known == date.day())
    }

    /// The date of birth: the latest century that is not in the future. `None` if no century has such a day.
    ///
    /// ```
    /// use eid_verifier::{base::Date, document::mrz::dates::PrintedDate};
    /// let today = Date::parse("2026-11-22").unwrap();
    /// let birth = |cells: &[u8]| PrintedDate::read(cells).and_then(|date| date.birth(today)).map(|date| date.to_text());
    /// assert_eq!(birth(b"300101").as_deref(), Some("1930-01-01"));
    /// assert_eq!(birth(b"30<<<<").as_deref(), Some("1930-XX-XX"));
    /// assert_eq!(birth(b"010229"), None);
    /// ```
    pub fn birth(self, today: Date) -> Option<ResolvedDate> {
        if self.year.is_none() {
            return Some(self.in_year(None, true));
        }
        let mut found = None;
        for century in CENTURIES {
            match (self.day_in(century).filter(|day| *day <= today), found) {
                (None, _) => {}
                (Some(day), None) => found = Some(self.in_year(Some(day.year()), false)),
                (Some(older), Some(_)) => {
                    let ambiguous = older.year().saturating_add(OLDEST_HOLDER) >= today.year();
                    return found.map(|found| ResolvedDate { ambiguous, ..found });
                }
            }
        }
        found
    }

    /// The date of expiry: within ten years back and fifty ahead of today, else the latest past. `None` if a part is unknown or no
    /// century has such a day.
    pub fn expiry(self, today: Date) -> Option<ResolvedDate> {
        let (from, to) = (today.plus_years(EXPIRY_BACK)?, today.plus_years(EXPIRY_AHEAD)?);
        let mut past = None;
        for century in CENTURIES {
            match self.day_in(century).filter(|_| self.is_complete()) {
                Some(day) if day > to => {}
                Some(day) if day >= from => return Some(self.in_year(Some(day.year()), false)),
                Some(day) => past = past.or(Some(self.in_year(Some(day.year()), true))),
                None => {}
            }
        }
        past
    }

    /// This date of birth in a century that is known from elsewhere; `None` if there is no such day, or not yet.
    pub(crate) fn born_in(self, century: i32, today: Date) -> Option<ResolvedDate> {
        let day = self.day_in(century).filter(|day| *day <= today)?;
        Some(self.in_year(Some(day.year()), false))
    }

    /// The first day that this date may mean in a century.
    fn day_in(self, century: i32) -> Option<Date> {
        self.first_day(century.saturating_add(i32::from(self.year?)))
    }

    const fn in_year(self, year: Option<i32>, ambiguous: bool) -> ResolvedDate {
        ResolvedDate { printed: self, year, ambiguous }
    }

    /// The first day that this date may mean in `year`.
    fn first_day(self, year: i32) -> Option<Date> {
        Date::new(year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }
}

impl ResolvedDate {
    /// The day; `None` if a part is unknown.
    pub fn date(&self) -> Option<Date> {
        Date::new(self.year?, self.printed.month?, self.printed.day?)
    }

    /// `YYYY-MM-DD`, with `X` for each unknown digit (ISO 8601-2:2019, unspecified digits): `1930-XX-XX`.
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(10);
        let century = self.year.and_then(|year| u8::try_from(year.div_euclid(100)).ok());
        push_two(&mut text, century);
        push_two(&mut text, self.printed.year.filter(|_| century.is_some()));
        text.push('-');
        push_two(&mut text, self.printed.month);
        text.push('-');
        push_two(&mut text, self.printed.day);
        text
    }
}

fn push_two(text: &mut String, part: Option<u8>) {
    text.push_str(part.map_or("XX", |part| decimal::two(usize::from(part))));
}

// dates of people stay out of Debug
impl core::fmt::Debug for PrintedDate {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("PrintedDate")
    }
}

impl core::fmt::Debug for ResolvedDate {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ResolvedDate")
    }
}

/// Two cells: `<<` is unknown, two digits are a number, all else is a fault.
fn pair(tens: u8, ones: u8) -> Option<Option<u8>> {
    if tens.is_ascii_digit() && ones.is_ascii_digit() {
        return Some(Some(tens.wrapping_sub(b'0').wrapping_mul(10).wrapping_add(ones.wrapping_sub(b'0'))));
    }
    (tens == b'<' && ones == b'<').then_some(None)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn today() -> Date {
        Date::parse("2026-11-22").unwrap()
    }

    fn birth(cells: &str) -> Option<(String, bool)> {
        PrintedDate::read(cells.as_bytes())?.birth(today()).map(|date| (date.to_text(), date.ambiguous))
    }

    fn expiry(cells: &str) -> Option<(String, bool)> {
        PrintedDate::read(cells.as_bytes())?.expiry(today()).map(|date| (date.to_text(), date.ambiguous))
    }

    #[test]
    fn a_birth_is_never_in_the_future() {
        for (cells, text, ambiguous) in [
            ("300101", "1930-01-01", false),
            ("261122", "2026-11-22", true),
            ("261123", "1926-11-23", false),
            ("000229", "2000-02-29", false),
            ("990515", "1999-05-15", false),
            ("160101", "2016-01-01", true),
            ("150101", "2015-01-01", false),
            ("30<<<<", "1930-XX-XX", false),
            ("3001<<", "1930-01-XX", false),
            ("30<<15", "1930-XX-15", false),
            ("26<<<<", "2026-XX-XX", true),
            ("2612<<", "1926-12-XX", false),
            ("<<<<<<", "XXXX-XX-XX", true),
            ("<<0101", "XXXX-01-01", true),
        ] {
            assert_eq!(birth(cells), Some((text.into(), ambiguous)), "{cells}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for cells in
            ["010229", "300001", "301301", "300100", "300132", "300431", "3<0101", "30<101", "300<<1", "3O0101", "", "30010", "3001011"]
        {
            assert_eq!(birth(cells), None, "{cells}");
            assert_eq!(expiry(cells), None, "{cells}");
        }
        for cells in ["<<<<<<", "30<<<<", "3001<<"] {
            assert_eq!(expiry(cells), None, "{cells}");
        }
    }

    #[test]
    fn an_expiry_lies_around_now_or_is_read_as_past() {
        for (cells, text, ambiguous) in [
            ("300101", "2030-01-01", false),
            ("161122", "2016-11-22", false),
            ("161121", "2016-11-21", true),
            ("761122", "2076-11-22", false),
            ("761123", "1976-11-23", true),
            ("120415", "2012-04-15", true),
            ("991231", "1999-12-31", true),
            ("280229", "2028-02-29", false),
        ] {
            assert_eq!(expiry(cells), Some((text.into(), ambiguous)), "{cells}");
        }
    }

    #[test]
    fn fits_compares_only_what_is_known() {
        let date = Date::parse("1930-01-15").unwrap();
        for cells in [b"300115", b"30<<<<", b"<<<<15", b"<<<<<<"] {
            assert!(PrintedDate::read(cells).unwrap().fits(date));
        }
        for cells in [b"300116", b"31<<<<", b"<<02<<"] {
            assert!(!PrintedDate::read(cells).unwrap().fits(date));
        }
    }
}
