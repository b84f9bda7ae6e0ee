//! Questions that a relying party may ask instead of data.

use crate::base::{Date, UnixTime};

/// Whether someone born on `born` has reached `years`, counted at midnight in Viet Nam (UTC+7): "đủ 14 tuổi" is reached at 00:00 of the birthday.
///
/// Born on 29 February: on 28 February of a common year (reading; the decrees are silent, see [`Date::plus_years`]).
///
/// ```
/// use eid_verifier::base::{Date, UnixTime};
/// use eid_verifier::law::predicate::age_at_least;
/// let at = |text| Some(age_at_least(Date::parse("2008-11-22")?, 18, UnixTime::parse_rfc3339(text)?));
/// assert_eq!(at("2026-11-21T16:59:59Z"), Some(false));
/// assert_eq!(at("2026-11-21T17:00:00Z"), Some(true));
/// ```
pub fn age_at_least(born: Date, years: u8, now: UnixTime) -> bool {
    born.plus_years(i32::from(years)).is_some_and(|birthday| now >= birthday.start_in_vietnam())
}
