//! A document by its date: in date or not, how long still, and whether the law draws a consequence.
//!
//! "Expires on D" is read: good through 24:00 of D in Viet Nam (UTC+7), as a term ends at 24:00 of its last day (Civil Code 2015
//! Art. 148) and as Law 26/2023 Art. 46 says "to the end of" a day. No text on electronic identity says so; the strict reading is a switch.
//! A weekend does not lengthen a document: Art. 148(5) speaks of terms, not of printed dates.

use crate::base::{Date, UnixTime};
use crate::document::holder::HolderKind;
use crate::law::Basis;
use crate::law::decree::Decree;
use crate::law::facts::{CardKind, Expiry, ResidenceKind};
use crate::law::ground::Ground;
use crate::law::rules::{Day, Paper, Raised};

/// How the last day counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExpiryDay {
    /// Good until 24:00 of it (UTC+7).
    #[default]
    Inclusive,
    /// Good until 00:00 of it (UTC+7).
    Exclusive,
}

/// State of a document at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its last day is not over.
    InDate,
    /// Its last day is over.
    Expired,
    /// It has no last day.
    NoExpiry,
    /// Nothing is known of its last day.
    Unknown,
}

impl State {
    /// The word in the report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InDate => "in_date",
            Self::Expired => "expired",
            Self::NoExpiry => "no_expiry",
            Self::Unknown => "unknown",
        }
    }
}

/// State, days left, and the instant at which it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The state.
    pub state: State,
    /// Whole days still to come after today in Viet Nam: 0 on the last day, negative after it; `None` without a last day.
    pub days_left: Option<i64>,
    /// The first instant at which the document is no longer good, past or to come; `None` without a last day.
    pub ends_at: Option<UnixTime>,
}

/// The first instant at which a document dated `day` is no longer good.
pub fn ends_at(day: Date, reading: ExpiryDay) -> UnixTime {
    match reading {
        ExpiryDay::Inclusive => day.end_in_vietnam(),
        ExpiryDay::Exclusive => day.start_in_vietnam(),
    }
}

/// State of a document by its date.
///
/// ```
/// use eid_verifier::base::{Date, UnixTime};
/// use eid_verifier::law::documents::{self, ExpiryDay, State};
/// use eid_verifier::law::facts::Expiry;
/// let expiry = Date::parse("2026-11-22").map_or(Expiry::Unknown, Expiry::On);
/// let at = |text| UnixTime::parse_rfc3339(text).map(|now| documents::state(expiry, now, ExpiryDay::Inclusive).state);
/// assert_eq!(at("2026-11-22T16:59:59Z"), Some(State::InDate));
/// assert_eq!(at("2026-11-22T17:00:00Z"), Some(State::Expired));
/// ```
pub fn state(expiry: Expiry, now: UnixTime, reading: ExpiryDay) -> Dated {
    match expiry {
        Expiry::Never => Dated { state: State::NoExpiry, days_left: None, ends_at: None },
        Expiry::Unknown => Dated { state: State::Unknown, days_left: None, ends_at: None },
        Expiry::On(day) => {
            let ends_at = ends_at(day, reading);
            let last = ends_at.plus(-1).date_in_vietnam();
            let days_left = last.zip(now.date_in_vietnam()).map(|(last, today)| last.epoch_day().saturating_sub(today.epoch_day()));
            let state = if now < ends_at { State::InDate } else { State::Expired };
            Dated { state, days_left, ends_at: Some(ends_at) }
        }
    }
}

/// What a residence document's date means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResidenceFinding {
    /// In date, without end, or nothing known: no consequence.
    Fine,
    /// A permanent residence card past its date: the card is due for replacement, the residence is not over (Law 47/2014 Art. 3(14), 43(1)).
    ReplacementDue,
    /// The period of residence is over.
    Ended,
}

/// What the date of a residence document means at an instant. The state of the paper itself is [`state`]'s.
pub fn residence(kind: ResidenceKind, expiry: Expiry, now: UnixTime, reading: ExpiryDay) -> ResidenceFinding {
    let over = state(expiry, now, reading).state == State::Expired;
    match (over, kind) {
        (false, _) => ResidenceFinding::Fine,
        (true, ResidenceKind::PermanentCard) => ResidenceFinding::ReplacementDue,
        (true, ResidenceKind::TemporaryCard | ResidenceKind::Visa | ResidenceKind::Exemption | ResidenceKind::EntryStamp) => {
            ResidenceFinding::Ended
        }
    }
}

/// Basis of [`ResidenceFinding::ReplacementDue`].
pub const REPLACEMENT_BASIS: Basis = "Law 47/2014 Art. 3(14), 43(1)";

/// A temporary residence card ends at least 30 days before the passport (Law 47/2014 Art. 38(1), as amended by Law 51/2019).
const CARD_ENDS_BEFORE_PASSPORT: i64 = 30;

/// Basis of [`outlives_passport`].
pub const OUTLIVES_BASIS: Basis = "Law 47/2014 Art. 38(1)";

/// Whether a temporary residence card reaches into the last 30 days of the passport, or beyond: a warning (an older passport, or inconsistent
/// data), no verdict.
///
/// ```
/// use eid_verifier::base::Date;
/// use eid_verifier::law::{documents::outlives_passport, facts::ResidenceKind};
/// let day = |text| Date::parse(text).unwrap_or_else(|| unreachable!());
/// assert!(!outlives_passport(ResidenceKind::TemporaryCard, day("2026-10-02"), day("2026-11-01")));
/// assert!(outlives_passport(ResidenceKind::TemporaryCard, day("2026-10-03"), day("2026-11-01")));
/// ```
pub fn outlives_passport(kind: ResidenceKind, residence_ends: Date, passport_ends: Date) -> bool {
    kind == ResidenceKind::TemporaryCard && residence_ends.epoch_day() > passport_ends.epoch_day().saturating_sub(CARD_ENDS_BEFORE_PASSPORT)
}

/// The lock that is due for such a holder because such a paper is out of date, under this decree; `None` if the decree knows no such ground.
///
/// A verifier can only say `lock_due`: the state's system locks, an offline verifier can only see from the dates that it must.
///
/// ```
/// use eid_verifier::document::holder::HolderKind;
/// use eid_verifier::law::{Decree, Ground, documents::lock_due, rules::Paper};
/// assert_eq!(lock_due(Decree::Nd59, HolderKind::Foreigner, Paper::Passport).map(|due| due.0), Some(Ground::PassportExpired));
/// assert_eq!(lock_due(Decree::Nd69, HolderKind::Citizen, Paper::IdCard).map(|due| due.0), Some(Ground::IdCardExpired));
/// assert!(lock_due(Decree::Nd59, HolderKind::Citizen, Paper::IdCard).is_none());
/// ```
pub fn lock_due(decree: Decree, holder: HolderKind, paper: Paper) -> Option<(Ground, Basis)> {
    let rows = decree.rules().locks.iter().filter(|row| row.holder == holder);
    rows.filter(|row| matches!(row.raised, Raised::Date(of) if of == paper)).map(|row| (row.ground, row.basis)).next()
}

/// Cards that end on a day in between are good to the end of the last one (Law 26/2023 Art. 46(3)).
const LENGTHENED: (Day, Day) = ((2024, 1, 15), (2024, 6, 30));

/// The last day of every old card, chứng minh nhân dân (Law 26/2023 Art. 46(2)).
const LAST_OF_CMND: Day = (2024, 12, 31);

/// The last day of a citizen's card by the law, from the one printed (Law 26/2023 Art. 46).
pub fn card_expiry(kind: CardKind, printed: Expiry) -> Expiry {
    let day = |(year, month, day): Day| Date::new(year, month, day);
    let lengthened = match (printed, day(LENGTHENED.0), day(LENGTHENED.1)) {
        (Expiry::On(date), Some(first), Some(last)) if (first..last).contains(&date) => Expiry::On(last),
        (Expiry::On(_) | Expiry::Never | Expiry::Unknown, _, _) => printed,
    };
    match (kind, lengthened, day(LAST_OF_CMND)) {
        (CardKind::Cmnd, Expiry::On(date), Some(last)) => Expiry::On(date.min(last)),
        (CardKind::Cmnd, Expiry::Never | Expiry::Unknown, Some(last)) => Expiry::On(last),
        (CardKind::Cmnd, _, None) | (CardKind::Cccd | CardKind::Cc, _, _) => lengthened,
    }
}

/// The ages at which a card is replaced (Law 26/2023 Art. 21(1)).
const REPLACED_AT: [i32; 4] = [14, 25, 40, 60];

/// A card issued within so many years before such an age stays good to the next (Law 26/2023 Art. 21(2)).
const ISSUED_SHORTLY_BEFORE: i32 = -2;

/// The last day that a card issued on a day should bear: a plausibility check, the printed date wins (Law 26/2023 Art. 21).
///
/// ```
/// use eid_verifier::base::Date;
/// use eid_verifier::law::{documents::plausible_card_expiry, facts::Expiry};
/// # let day = |text| Date::parse(text).unwrap_or_else(|| unreachable!());
/// let ends = |born, issued| Some(plausible_card_expiry(Date::parse(born)?, Date::parse(issued)?));
/// assert_eq!(ends("1990-05-20", "2021-06-01"), Some(Expiry::On(day("2030-05-20"))));
/// assert_eq!(ends("1990-05-20", "2028-05-20"), Some(Expiry::On(day("2050-05-20"))));
/// assert_eq!(ends("1960-01-01", "2024-08-01"), Some(Expiry::Never));
/// ```
pub fn plausible_card_expiry(born: Date, issued: Date) -> Expiry {
    let birthdays = REPLACED_AT.into_iter().filter_map(|age| born.plus_years(age));
    let mut to_come = birthdays.filter(|birthday| {
        let shortly_before = birthday.plus_years(ISSUED_SHORTLY_BEFORE);
        *birthday > issued && shortly_before.is_none_or(|day| issued < day)
    });
    to_come.next().map_or(Expiry::Never, Expiry::On)
}
