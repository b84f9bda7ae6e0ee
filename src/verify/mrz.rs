//! The judge of a machine readable zone: shape, check digits, dates, the document's date, and that none of this is a signature.
//!
//! On its own a zone is at best `indeterminate`. Beside a credential or a chip it is one more witness: [`cross_check`].

use crate::base::UnixTime;
use crate::document::mrz::{Facts, Mrz, MrzFault, MrzProblem};
use crate::law::documents::{self, ExpiryDay, State};
use crate::law::facts::Expiry;
use crate::verify::code::{self, Code};
use crate::verify::report::{Format, Outcome, PlanLine, Report};

/// Shape, alphabet and fields.
pub const MRZ_FORMAT: &PlanLine = &PlanLine { check: "mrz.format", spec: "ICAO 9303-3 §4" };
/// Check digits.
pub const MRZ_DIGITS: &PlanLine = &PlanLine { check: "mrz.digits", spec: "ICAO 9303-3 §4.9" };
/// Whether birth and expiry are dates.
pub const MRZ_DATES: &PlanLine = &PlanLine { check: "mrz.dates", spec: "ICAO 9303-3 §4.8" };
/// Whether the document is in date.
pub const DOCUMENT_TIME: &PlanLine = &PlanLine { check: "document.time", spec: "ICAO 9303-3 §4.8" };
/// Whether somebody vouches for the zone: nobody does, that takes the chip.
pub const MRZ_AUTHENTICITY: &PlanLine = &PlanLine { check: "mrz.authenticity", spec: "ICAO 9303-11 §5.1" };

/// The checks of a zone that is read alone.
pub const PLAN: [&PlanLine; 5] = [MRZ_FORMAT, MRZ_DIGITS, MRZ_DATES, DOCUMENT_TIME, MRZ_AUTHENTICITY];

/// Judges a zone that is read alone. The zone, if it has the shape of one, comes back beside the report, unbelieved.
///
/// ```
/// use eid_verifier::{base::UnixTime, law::documents::ExpiryDay, verify::{mrz, report::Verdict}};
/// let text = "I<UTOD231458907<<<<<<<<<<<<<<<\n9001011F3001019UTO<<<<<<<<<<<2\nNGUYEN<<MAU<SPECIMEN<<<<<<<<<<";
/// let (report, zone) = mrz::alone(text, UnixTime(1_795_305_600), ExpiryDay::Inclusive);
/// assert!(zone.is_some() && report.verdict() == Verdict::Indeterminate);
/// let (report, _) = mrz::alone(&text.to_lowercase(), UnixTime(1_795_305_600), ExpiryDay::Inclusive);
/// assert_eq!(report.codes()[0].name(), "mrz_charset_invalid");
/// ```
pub fn alone(text: &str, now: UnixTime, expiry_day: ExpiryDay) -> (Report, Option<Mrz>) {
    let mut report = Report::start(Format::Mrz, &PLAN, now);
    let zone = read(&mut report, text, now);
    if let Some(zone) = &zone {
        date(&mut report, zone, now, expiry_day);
        report.set(MRZ_AUTHENTICITY, Outcome::Unknown(code::MRZ_UNAUTHENTICATED));
    }
    (report, zone)
}

/// Writes `mrz.format`, `mrz.digits` and `mrz.dates`; a fault of the first leaves the others unreached.
pub fn read(report: &mut Report, text: &str, now: UnixTime) -> Option<Mrz> {
    let zone = match Mrz::parse(text) {
        Ok(zone) => zone,
        Err(MrzFault { problem, at }) => {
            let code = if text.is_empty() { code::INPUT_EMPTY } else { code_of(problem) };
            report.set_at(MRZ_FORMAT, Outcome::Fail(code), at);
            return None;
        }
    };
    report.set(MRZ_FORMAT, Outcome::Pass);
    let wrong = zone.digits().iter().find(|digit| !digit.ok);
    let digits = if wrong.is_some() { Outcome::Fail(code::MRZ_CHECK_DIGIT_INVALID) } else { Outcome::Pass };
    report.set_at(MRZ_DIGITS, digits, wrong.map(|digit| digit.at));
    if let Some(today) = now.date_in_vietnam() {
        let wrong = if zone.birth(today).is_none() {
            Some(zone.birth_at())
        } else {
            (expiry(&zone, now) == Expiry::Unknown).then(|| zone.expiry_at())
        };
        let dates = if wrong.is_some() { Outcome::Fail(code::MRZ_DATE_INVALID) } else { Outcome::Pass };
        report.set_at(MRZ_DATES, dates, wrong);
    }
    Some(zone)
}

/// Writes `document.time` by the date that the zone prints; a date that is none leaves it unreached, `mrz.dates` has said so.
pub fn date(report: &mut Report, zone: &Mrz, now: UnixTime, expiry_day: ExpiryDay) {
    let dated = documents::state(expiry(zone, now), now, expiry_day);
    match dated.state {
        State::InDate | State::NoExpiry => report.set(DOCUMENT_TIME, Outcome::Pass),
        State::Expired => report.set_at(DOCUMENT_TIME, Outcome::Fail(code::DOCUMENT_EXPIRED), Some(zone.expiry_at())),
        State::Unknown => {}
    }
    if let Some(instant) = dated.ends_at {
        report.may_change_at(instant);
    }
}

/// The last day that the zone prints, with its century.
pub fn expiry(zone: &Mrz, now: UnixTime) -> Expiry {
    if zone.never_expires() {
        return Expiry::Never;
    }
    let day = now.date_in_vietnam().and_then(|today| zone.expiry(today)).and_then(|resolved| resolved.date());
    day.map_or(Expiry::Unknown, Expiry::On)
}

/// Whether a zone and another source speak of one person and one document. `mrz_mismatch` names no field: a report holds no personal data.
pub fn cross_check(zone: &Mrz, facts: &Facts<'_>) -> Outcome {
    if zone.compare(facts).is_empty() { Outcome::Pass } else { Outcome::Fail(code::MRZ_MISMATCH) }
}

const fn code_of(problem: MrzProblem) -> Code {
    match problem {
        MrzProblem::Length => code::MRZ_LENGTH_INVALID,
        MrzProblem::Charset => code::MRZ_CHARSET_INVALID,
        MrzProblem::Format => code::MRZ_FORMAT_INVALID,
    }
}
