//! Instants and calendar dates. There is no `now()` here: the instant is an argument (webpki and TUF fix one per verification).
//!
//! Calendar arithmetic is the `time` crate's; the fixed grammars (RFC 3339 `full-date`, `date-time`) are read here, strictly.

use alloc::string::String;

use crate::base::decimal;

/// Seconds since 1970-01-01T00:00:00Z, without leap seconds: NumericDate of RFC 7519 §2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(pub i64);

/// Seconds of one civil day.
pub const DAY: i64 = 86_400;

/// Official time of Viet Nam, zone 7, no summer time (Decision 134/2002/QD-TTg Art. 1).
pub const VIETNAM_OFFSET: i64 = 7 * 3_600;

/// Julian day number of 1970-01-01.
const JULIAN_DAY_OF_EPOCH: i64 = 2_440_588;

impl UnixTime {
    /// This instant plus `seconds`, held at the ends of the range.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// The civil date in Viet Nam (UTC+7) at this instant; `None` outside the years 1–9999.
    pub fn date_in_vietnam(self) -> Option<Date> {
        Date::from_epoch_day(self.0.saturating_add(VIETNAM_OFFSET).div_euclid(DAY))
    }

    /// RFC 3339 with `Z`; `None` outside the years 1–9999.
    ///
    /// ```
    /// use eid_verifier::base::UnixTime;
    /// assert_eq!(UnixTime(0).to_rfc3339().as_deref(), Some("1970-01-01T00:00:00Z"));
    /// assert!(UnixTime(i64::MAX).to_rfc3339().is_none());
    /// ```
    pub fn to_rfc3339(self) -> Option<String> {
        let date = Date::from_epoch_day(self.0.div_euclid(DAY))?;
        let second = self.0.rem_euclid(DAY);
        let mut text = String::with_capacity("YYYY-MM-DDThh:mm:ssZ".len());
        date.write(&mut text);
        for (before, part) in [("T", second.div_euclid(3_600)), (":", second.div_euclid(60).rem_euclid(60)), (":", second.rem_euclid(60))] {
            text.push_str(before);
            push_two(&mut text, part);
        }
        text.push('Z');
        Some(text)
    }

    /// Reads an RFC 3339 `date-time` with `Z` or a numeric offset. A fraction of a second is read and dropped.
    ///
    /// Refuses lower case `t`/`z`, a blank instead of `T`, leap seconds, and dates that do not exist.
    /// ```
    /// use eid_verifier::base::UnixTime;
    /// assert_eq!(UnixTime::parse_rfc3339("1970-01-01T07:00:00+07:00"), Some(UnixTime(0)));
    /// assert_eq!(UnixTime::parse_rfc3339("2025-02-29T00:00:00Z"), None);
    /// ```
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let date = Date::parse(text.get(..10)?)?;
        let (hour, minute, second) = (two_after(text, 10, b'T')?, two_after(text, 13, b':')?, two_after(text, 16, b':')?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let mut zone = text.get(19..)?;
        if let Some(fraction) = zone.strip_prefix(".") {
            let end = fraction.bytes().position(|byte| !byte.is_ascii_digit())?;
            if end == 0 {
                return None;
            }
            zone = fraction.get(end..)?;
        }
        let offset = parse_offset(zone)?;
        let day = date.epoch_day().checked_mul(DAY)?;
        let clock = hour.checked_mul(3_600)?.checked_add(minute.checked_mul(60)?)?.checked_add(second)?;
        Some(Self(day.checked_add(clock)?.checked_sub(offset)?))
    }
}

/// The two digits behind a letter at its place.
fn two_after(text: &str, at: usize, letter: u8) -> Option<i64> {
    let two = text.get(at.saturating_add(1)..at.saturating_add(3))?;
    if text.as_bytes().get(at) == Some(&letter) { decimal::read(two) } else { None }
}

fn parse_offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1_i64,
        b'-' => -1_i64,
        _ => return None,
    };
    let (hours, minutes) = (decimal::read(zone.get(1..3)?)?, two_after(zone, 3, b':')?);
    if zone.len() != 6 || hours > 23 || minutes > 59 {
        return None;
    }
    hours.checked_mul(3_600)?.checked_add(minutes.checked_mul(60)?)?.checked_mul(sign)
}

/// Appends two digits; no part of a date or an instant is below zero.
fn push_two(text: &mut String, part: i64) {
    text.push_str(usize::try_from(part).map_or("??", decimal::two));
}

/// A day of the Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(::time::Date);

impl core::fmt::Debug for Date {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Date") // a birth date is personal
    }
}

impl Date {
    /// The date of these numbers; `None` if there is no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        let month = ::time::Month::try_from(month).ok()?;
        ::time::Date::from_calendar_date(year, month, day).ok().map(Self)
    }

    /// Reads `YYYY-MM-DD` (RFC 3339 `full-date`), exactly ten ASCII characters.
    ///
    /// ```
    /// use eid_verifier::base::Date;
    /// assert!(Date::parse("2024-02-29").is_some());
    /// assert!(Date::parse("2025-02-29").is_none());
    /// assert!(Date::parse("2569-1-1").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month, day) = (decimal::read(text.get(..4)?)?, two_after(text, 4, b'-')?, two_after(text, 7, b'-')?);
        if text.len() != 10 {
            return None;
        }
        Self::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// Days since 1970-01-01.
    pub fn epoch_day(self) -> i64 {
        i64::from(self.0.to_julian_day()).saturating_sub(JULIAN_DAY_OF_EPOCH)
    }

    /// The date `days` after 1970-01-01; `None` outside the years 1–9999.
    pub fn from_epoch_day(days: i64) -> Option<Self> {
        let julian = i32::try_from(days.checked_add(JULIAN_DAY_OF_EPOCH)?).ok()?;
        let date = ::time::Date::from_julian_day(julian).ok()?;
        (1..=9999).contains(&date.year()).then_some(Self(date))
    }

    /// The date `days` later (earlier if negative); `None` outside the years 1–9999.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_epoch_day(self.epoch_day().checked_add(days)?)
    }

    /// The same month and day `years` later; 29 February becomes 28 February in a common year (Civil Code Art. 148: the last day of the month).
    pub fn plus_years(self, years: i32) -> Option<Self> {
        let year = self.year().checked_add(years)?;
        Self::new(year, self.month(), self.day()).or_else(|| Self::new(year, self.month(), 28))
    }

    /// 1 to 9999.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// 1 to 12.
    pub fn month(self) -> u8 {
        u8::from(self.0.month())
    }

    /// 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// Monday is 1, Sunday is 7 (ISO 8601).
    pub fn iso_weekday(self) -> u8 {
        self.0.weekday().number_from_monday()
    }

    /// 00:00 of this day in Viet Nam (UTC+7).
    pub fn start_in_vietnam(self) -> UnixTime {
        UnixTime(self.epoch_day().saturating_mul(DAY).saturating_sub(VIETNAM_OFFSET))
    }

    /// 24:00 of this day in Viet Nam (UTC+7), which is 00:00 of the next (Civil Code 2015 Art. 148).
    pub fn end_in_vietnam(self) -> UnixTime {
        self.start_in_vietnam().plus(DAY)
    }

    /// `YYYY-MM-DD`.
    pub fn to_text(self) -> String {
        let mut text = String::with_capacity("YYYY-MM-DD".len());
        self.write(&mut text);
        text
    }

    /// Appends `YYYY-MM-DD`.
    fn write(self, text: &mut String) {
        let year = i64::from(self.year());
        push_two(text, year.div_euclid(100));
        push_two(text, year.rem_euclid(100));
        for part in [self.month(), self.day()] {
            text.push('-');
            push_two(text, i64::from(part));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_ends_at_midnight_in_hanoi() {
        let day = Date::parse("2026-11-22").map(Date::end_in_vietnam);
        assert_eq!(day.and_then(UnixTime::to_rfc3339).as_deref(), Some("2026-11-22T17:00:00Z"));
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for text in ["0000-01-01", "2026-00-10", "2026-13-01", "2026-04-31", "2026-4-01", "２０２６-01-01", "+026-01-01", "2026-01-01 "]
        {
            assert!(Date::parse(text).is_none(), "{text}");
        }
        assert!(Date::parse("9999-12-31").is_some());
    }

    #[test]
    fn a_leap_day_has_a_birthday_every_year() {
        let born = Date::parse("2004-02-29");
        assert_eq!(born.and_then(|d| d.plus_years(18)), Date::parse("2022-02-28"));
        assert_eq!(born.and_then(|d| d.plus_years(20)), Date::parse("2024-02-29"));
    }

    #[test]
    fn instants_need_a_zone() {
        assert_eq!(UnixTime::parse_rfc3339("2026-11-22T10:00:00+07:00"), UnixTime::parse_rfc3339("2026-11-22T03:00:00.5Z"));
        for text in [
            "2026-11-22T10:00:00",
            "2026-11-22 10:00:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T10:00:60Z",
            "2026-11-22T10:00:00.Z",
            "2026-11-22T10:00:00+0700",
        ] {
            assert_eq!(UnixTime::parse_rfc3339(text), None, "{text}");
        }
    }
}
