//! Path (c): signed artefacts that say whom to believe and what still holds. Each gets a report of its own; a worse one changes nothing.
//!
//! Nothing here throws: a bad artefact is refused with its code, and the previous one stays (contract §12 "Trust material").

pub mod trust_list;
#[cfg(feature = "cwt")]
pub mod status_cwt;
#[cfg(not(feature = "cwt"))]
#[path = "status_cwt_none.rs"]
pub mod status_cwt;
pub mod status_list;
pub mod account_state;
pub mod authorisation;

use crate::base::UnixTime;
use crate::envelope::jws::{Header, HeaderFault, UnverifiedJws};
use crate::verify::code::{self, Code};
use crate::verify::fault;
use crate::verify::report::{Format, Outcome, PlanLine, Report};

/// Serialization and protected headers.
pub const HEADER: &PlanLine = &PlanLine { check: "jws.header", spec: "RFC 7515 §4, §7; RFC 8725 §3" };
/// Whether a key for it is known.
pub const TRUST: &PlanLine = &PlanLine { check: "list.trust", spec: "RFC 8725 §3.8" };
/// Signatures.
pub const SIGNATURE: &PlanLine = &PlanLine { check: "list.signature", spec: "RFC 7515 §5.2; TUF §5.3" };
/// What it says, read whole.
pub const FORMAT: &PlanLine = &PlanLine { check: "list.format", spec: "contract §6–§8; draft-ietf-oauth-status-list §5" };
/// When it holds.
pub const TIME: &PlanLine = &PlanLine { check: "list.time", spec: "RFC 7519 §4.1; draft-ietf-oauth-status-list §5.1" };
/// Its place among those known before.
pub const VERSION: &PlanLine = &PlanLine { check: "list.version", spec: "TUF §5.3" };

/// The plan of an artefact.
pub const PLAN: &[&PlanLine] = &[HEADER, TRUST, SIGNATURE, FORMAT, TIME, VERSION];

/// The circumstances in which an artefact is judged.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The instant.
    pub now: UnixTime,
    /// Seconds that `iat` may lie ahead.
    pub skew: i64,
    /// No clock that shows less is right.
    pub floor: UnixTime,
}

impl Moment {
    /// `iat` and `exp` of an artefact that must not come from the future. A clock below the floor can say nothing of time.
    pub(in crate::verify::list) fn judge(self, issued: UnixTime, expires: Option<UnixTime>, ahead: Code, expired: Outcome) -> Outcome {
        if self.now < self.floor {
            Outcome::Unknown(code::CLOCK_ROLLBACK)
        } else if issued > self.now.plus(self.skew) {
            Outcome::Fail(ahead)
        } else if expires.is_some_and(|end| end <= self.now) {
            expired
        } else {
            Outcome::Pass
        }
    }
}

/// A line and its outcome, where judging ends.
pub(in crate::verify::list) struct Stop(&'static PlanLine, Outcome);

pub(in crate::verify::list) const fn fail(line: &'static PlanLine, code: Code) -> Stop {
    Stop(line, Outcome::Fail(code))
}

pub(in crate::verify::list) fn start(moment: Moment) -> Report {
    Report::start(Format::Unknown, PLAN, moment.now)
}

pub(in crate::verify::list) fn finish<T>(mut report: Report, result: Result<T, Stop>) -> (Report, Option<T>) {
    match result {
        Ok(value) => (report, Some(value)),
        Err(Stop(line, outcome)) => {
            report.set(line, outcome);
            (report, None)
        }
    }
}

/// The outcome that decided a report: the first line that did not pass.
pub fn deciding(report: &Report) -> Outcome {
    report.checks.iter().map(|check| check.outcome).find(|outcome| *outcome != Outcome::Pass).unwrap_or(Outcome::Pass)
}

pub(in crate::verify::list) fn typed_header(jws: &UnverifiedJws<'_>, typ: &str) -> Result<Header, Stop> {
    typed(jws.header(), typ)
}

pub(in crate::verify::list) fn typed(header: Result<Header, HeaderFault>, typ: &str) -> Result<Header, Stop> {
    let header = header.map_err(|fault| fail(HEADER, fault::header(fault)))?;
    if header.typ.as_deref() == Some(typ) { Ok(header) } else { Err(fail(HEADER, code::TYP_MISMATCH)) }
}
