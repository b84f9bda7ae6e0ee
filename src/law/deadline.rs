//! By when a request to lock or unlock is forwarded and decided: working days, the day of receipt not counted (Civil Code 2015 Art. 147).

use crate::base::Date;
use crate::law::calendar::{self, Office};
use crate::law::decree::Decree;

/// The dates; each ends at 24:00 (Civil Code 2015 Art. 148).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Last day to forward the request; `None` where the receiving unit decides (Decree 59).
    pub forward_by: Option<Date>,
    /// Last day to decide.
    pub decide_by: Date,
    /// The way there leads over a day that may have become a holiday, or a working Saturday, since the calendar was announced.
    pub unsettled: bool,
}

/// The calendar of a day that counts is not shipped: `calendar_unknown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarUnknown;

/// No stretch of days off in the shipped years is longer; a ceiling for the walk.
const LONGEST_WALK: u8 = 40;

/// The dates for a request received on a day (in Viet Nam).
///
/// # Errors
/// [`CalendarUnknown`] if a day on the way is outside the shipped calendar.
///
/// ```
/// use eid_verifier::{base::Date, law::{Decree, deadline::deadline}};
/// let received = Date::parse("2025-04-29").ok_or("date")?;
/// let dates = deadline(Decree::Nd69, received).map_err(|_| "calendar")?;
/// assert_eq!(dates.forward_by, Date::parse("2025-05-05"));
/// assert_eq!(Some(dates.decide_by), Date::parse("2025-05-07"));
/// # Ok::<(), &str>(())
/// ```
pub fn deadline(decree: Decree, received: Date) -> Result<Deadline, CalendarUnknown> {
    let request = &decree.rules().request;
    let mut unsettled = false;
    let forward_by = match request.forward {
        Some(days) => Some(after(received, days, &mut unsettled)?),
        None => None,
    };
    let decide_by = after(forward_by.unwrap_or(received), request.decide, &mut unsettled)?;
    Ok(Deadline { forward_by, decide_by, unsettled })
}

/// The working day that many working days after `start`.
fn after(start: Date, working_days: u8, unsettled: &mut bool) -> Result<Date, CalendarUnknown> {
    let mut day = start;
    let mut to_go = working_days;
    for _ in 0..LONGEST_WALK {
        day = day.plus_days(1).ok_or(CalendarUnknown)?;
        *unsettled |= calendar::is_unsettled(day);
        match calendar::office(day) {
            Office::Open => to_go = to_go.saturating_sub(1),
            Office::Closed => {}
            Office::Unknown => return Err(CalendarUnknown),
        }
        if to_go == 0 {
            return Ok(day);
        }
    }
    Err(CalendarUnknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_announced_calendars_decide() {
        // rule, received, forward by, decide by
        let rows = [
            (Decree::Nd59, "2023-04-28", None, "2023-05-05"),
            (Decree::Nd59, "2024-03-13", None, "2024-03-15"),
            (Decree::Nd69, "2025-04-25", Some("2025-04-26"), "2025-04-29"),
            (Decree::Nd69, "2025-04-29", Some("2025-05-05"), "2025-05-07"),
            (Decree::Nd69, "2026-02-12", Some("2026-02-13"), "2026-02-24"),
            (Decree::Nd69, "2026-02-13", Some("2026-02-23"), "2026-02-25"),
            (Decree::Nd69, "2026-04-24", Some("2026-04-28"), "2026-05-04"),
            (Decree::Nd69, "2026-08-21", Some("2026-08-22"), "2026-08-25"),
            // fixed days of Labour Code Art. 112
            (Decree::Nd59, "2023-12-29", None, "2024-01-03"),
            (Decree::Nd59, "2024-04-29", None, "2024-05-03"),
            (Decree::Nd69, "2024-08-30", Some("2024-09-04"), "2024-09-06"),
            (Decree::Nd69, "2024-12-31", Some("2025-01-02"), "2025-01-06"),
        ];
        for (decree, received, forward, decide) in rows {
            let dates = Date::parse(received).map(|day| deadline(decree, day));
            let expected =
                Date::parse(decide).map(|decide_by| Deadline { forward_by: forward.and_then(Date::parse), decide_by, unsettled: false });
            assert_eq!(dates, expected.map(Ok), "{received}");
        }
    }

    #[test]
    fn what_the_calendar_does_not_hold_is_said() {
        for received in
            ["2024-02-05", "2024-04-01", "2022-12-30", "2026-12-30", "2027-06-01", "2023-01-19", "2023-08-31", "0001-01-01", "9999-12-31"]
        {
            assert_eq!(Date::parse(received).map(|day| deadline(Decree::Nd69, day)), Some(Err(CalendarUnknown)), "{received}");
        }
        let unsettled = |text| Date::parse(text).and_then(|day| deadline(Decree::Nd69, day).ok()).map(|dates| dates.unsettled);
        assert_eq!(unsettled("2026-11-20"), Some(true));
        assert_eq!(unsettled("2026-11-12"), Some(false));
    }
}
