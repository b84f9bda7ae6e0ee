//! Working days of state offices in Viet Nam, as dated data: Tết and the days around 2 September are set anew each year
//! (Labour Code 2019 Art. 112(3); since 1 July 2025 announced by the Minister of Home Affairs, Decree 128/2025).
//!
//! | year | what is shipped | `calendar_unknown` |
//! |---|---|---|
//! | 2023 | 29 April – 3 May as announced; 1 January and 2 September by Labour Code Art. 111(3), 112 | around Tết; 1 and 5 September |
//! | 2024 | 1 January, 30 April, 1 May, 2 September by Art. 111(3), 112 | around Tết; around the Hùng Kings' day |
//! | 2025 | as announced, with the working Saturday 26 April | – |
//! | 2026 | as announced, with the working Saturday 22 August | – |
//! | other | – | always |
//!
//! 2026 has days that the announced calendar seen does not hold and that may have been added since: see [`is_unsettled`].

use crate::base::Date;

/// Whether offices work on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Office {
    /// They do.
    Open,
    /// They do not.
    Closed,
    /// The year's calendar is not shipped, or does not tell.
    Unknown,
}

/// First and last shipped year.
pub const YEARS: (i32, i32) = (2023, 2026);

/// First and last day of a stretch without work, as year, month and day in one number.
#[allow(clippy::inconsistent_digit_grouping)]
static CLOSED: [(u32, u32); 16] = [
    (2023_01_01, 2023_01_02), // Sunday, made up on Monday (Art. 111(3))
    (2023_04_29, 2023_05_03), // announced
    (2023_09_02, 2023_09_04), // 2 September a Saturday; Monday is off whichever neighbour was taken
    (2024_01_01, 2024_01_01), // Art. 112
    (2024_04_30, 2024_05_01), // Art. 112
    (2024_09_02, 2024_09_03), // a Monday: the neighbour is Tuesday, or Sunday made up on Tuesday
    (2025_01_01, 2025_01_01), // Art. 112
    (2025_01_25, 2025_02_02), // announced, as all that follow
    (2025_04_07, 2025_04_07),
    (2025_04_30, 2025_05_04),
    (2025_08_30, 2025_09_02),
    (2026_01_01, 2026_01_01),
    (2026_02_14, 2026_02_22),
    (2026_04_27, 2026_04_27), // makes up for the Hùng Kings' day, a Sunday
    (2026_04_30, 2026_05_03),
    (2026_08_29, 2026_09_02),
];

/// Saturdays worked for a day off elsewhere. A swapped Saturday counts as a working day (reading).
#[allow(clippy::inconsistent_digit_grouping)]
static OPENED: [u32; 2] = [
    2025_04_26, // Saturday for Friday 2 May
    2026_08_22, // Saturday for Monday 31 August
];

/// Stretches within shipped years whose calendar is not at hand: Tết's first day lies between 21 January and 20 February, the Hùng Kings' day
/// (10th of the 3rd lunar month) between the end of March and 29 April; swapped Saturdays lie up to ten days off.
#[allow(clippy::inconsistent_digit_grouping)]
static UNKNOWN: [(u32, u32); 7] = [
    (2023_01_10, 2023_03_05), // Tết
    (2023_09_01, 2023_09_01), // the neighbour of 2 September
    (2023_09_05, 2023_09_05),
    (2024_01_10, 2024_03_05), // Tết
    (2024_03_25, 2024_04_29), // Hùng Kings' day; a bridge on Monday 29 April
    (2024_05_04, 2024_05_04), // Saturdays that a bridge would cost
    (2024_05_11, 2024_05_11),
];

/// Days of the announced 2026 calendar that may have changed since.
#[allow(clippy::inconsistent_digit_grouping)]
static UNSETTLED: [u32; 3] = [
    2026_01_02, // Friday for Saturday 10 January: was proposed, the decision was not seen
    2026_01_10, 2026_11_24, // day of culture: resolved on in January 2026, the law that makes it a holiday was not seen
];

fn number(day: Date) -> u32 {
    let year = u32::try_from(day.year()).unwrap_or_default();
    let months = year.saturating_mul(100).saturating_add(u32::from(day.month()));
    months.saturating_mul(100).saturating_add(u32::from(day.day()))
}

/// ISO 8601 weekday numbers.
const SATURDAY: u8 = 6;
/// ISO 8601 weekday numbers.
const SUNDAY: u8 = 7;

/// Whether offices work on this day.
///
/// ```
/// use eid_verifier::{base::Date, law::calendar::{Office, office}};
/// let on = |text| Date::parse(text).map(office);
/// assert_eq!(on("2025-05-02"), Some(Office::Closed));
/// assert_eq!(on("2025-04-26"), Some(Office::Open)); // the Saturday worked for it
/// assert_eq!(on("2027-06-01"), Some(Office::Unknown));
/// ```
pub fn office(day: Date) -> Office {
    let at = number(day);
    let within = |stretches: &[(u32, u32)]| stretches.iter().any(|(first, last)| (*first..=*last).contains(&at));
    let weekday = day.iso_weekday();
    if !(YEARS.0..=YEARS.1).contains(&day.year()) {
        Office::Unknown
    } else if weekday == SUNDAY {
        Office::Closed
    } else if within(&UNKNOWN) {
        Office::Unknown
    } else if OPENED.contains(&at) {
        Office::Open
    } else if weekday == SATURDAY || within(&CLOSED) {
        Office::Closed
    } else {
        Office::Open
    }
}

/// Whether this day of the shipped calendar may have changed since it was announced.
pub fn is_unsettled(day: Date) -> bool {
    UNSETTLED.contains(&number(day))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn off(year: i32) -> usize {
        let first = Date::new(year, 1, 1).unwrap();
        (0..365).filter_map(|n| first.plus_days(n)).filter(|d| d.iso_weekday() < SATURDAY && office(*d) == Office::Closed).count()
    }

    #[test]
    fn announced_years_have_their_weekdays_off() {
        // Tết 5, Hùng Kings 1, 1 January, 30 April, 1 May, 2 September and neighbour, and each swapped day
        assert_eq!(off(2025), 12);
        assert_eq!(off(2026), 12);
    }

    #[test]
    fn every_row_is_a_date_and_stretches_rise() {
        let date = |n: u32| Date::parse(&alloc::format!("{:04}-{:02}-{:02}", n / 10_000, n / 100 % 100, n % 100)).unwrap();
        for rows in [&CLOSED[..], &UNKNOWN[..]] {
            assert!(rows.iter().all(|(first, last)| date(*first) <= date(*last)));
            assert!(rows.is_sorted_by(|a, b| a.1 < b.0));
        }
        assert!(OPENED.iter().chain(&UNSETTLED).all(|n| number(date(*n)) == *n));
    }
}
