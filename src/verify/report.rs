//! The report: the whole plan of checks, an outcome on every line, and a verdict that is computed, never stored (ETSI EN 319 102-1 §5.1.3).

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{Span, UnixTime};
use crate::document::holder::HolderKind;
use crate::encoding::json::Object;
use crate::verify::code::{self, Code};

/// One line of a plan: the stable name of a check and the clause that it obeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanLine {
    /// Stable name (`credential.time`).
    pub check: &'static str,
    /// Specification and section.
    pub spec: &'static str,
}

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail(Code),
    /// It could not be made. Never "revoked", and never "valid".
    Unknown(Code),
    /// It was not asked, or does not apply. Never decides.
    Skip(Code),
}

impl Outcome {
    /// The public word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail(_) => "fail",
            Self::Unknown(_) => "unknown",
            Self::Skip(_) => "skip",
        }
    }

    /// The code, if the outcome has one.
    pub const fn code(self) -> Option<Code> {
        match self {
            Self::Pass => None,
            Self::Fail(code) | Self::Unknown(code) | Self::Skip(code) => Some(code),
        }
    }
}

/// One check with its outcome.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// The line of the plan.
    pub line: &'static PlanLine,
    /// What came of it.
    pub outcome: Outcome,
    /// The article that a legal decision rests on.
    pub basis: Option<&'static str>,
    /// The bytes it speaks of, in the outermost input.
    pub at: Option<Span>,
}

/// The three verdicts of ETSI EN 319 102-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every check that was asked holds.
    Valid,
    /// At least one does not.
    Invalid,
    /// None fails, but at least one could not be made.
    Indeterminate,
}

impl Verdict {
    /// The public word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Indeterminate => "indeterminate",
        }
    }
}

/// What the input was recognised as (contract §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// SD-JWT VC.
    SdJwtVc,
    /// Bare JWS.
    Jwt,
    /// ISO/IEC 18013-5.
    Mdoc,
    /// CWT claim 169.
    Cwt169,
    /// Chip of a travel document.
    Emrtd,
    /// Machine readable zone.
    Mrz,
    /// Visible digital seal.
    Vds,
    /// W3C Data Integrity.
    DataIntegrity,
    /// None of these.
    Unknown,
}

impl Format {
    /// The public word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SdJwtVc => "dc+sd-jwt",
            Self::Jwt => "jwt",
            Self::Mdoc => "mso_mdoc",
            Self::Cwt169 => "cwt-169",
            Self::Emrtd => "emrtd",
            Self::Mrz => "mrz",
            Self::Vds => "vds",
            Self::DataIntegrity => "di",
            Self::Unknown => "unknown",
        }
    }
}

/// A document by its date: no number, no name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentReading {
    /// `passport`, `residence`, `identity_card`, or the type of an integrated document.
    pub document: String,
    /// `in_date`, `expired`, `no_expiry`, `unknown`.
    pub state: &'static str,
    /// `YYYY-MM-DD`.
    pub expires_on: Option<String>,
    /// 0 on the last day, negative afterwards.
    pub days_left: Option<i64>,
}

/// The account as far as a verifier can know it: only the state locks, a verifier can only see that it must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountReading {
    /// `active`, `locked`, `lock_due`, `unknown`.
    pub state: &'static str,
    /// Grounds by their codes.
    pub grounds: Vec<String>,
    /// The article behind each ground, or behind the lock as a whole; empty where nothing locks.
    pub basis: Vec<&'static str>,
    /// The instant of the signed state, RFC 3339.
    pub as_of: Option<String>,
    /// Requests that are pending and lock nothing yet.
    pub pending: Vec<PendingReading>,
}

/// A request to lock that has not been decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingReading {
    /// `authority` or `relying_party`.
    pub requested_by: String,
    /// When it was received, RFC 3339.
    pub received: String,
    /// When it must be decided, RFC 3339.
    pub due: String,
}

/// The relying party and the purpose of a call, as its authorisation tells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingPartyReading {
    /// The relying party.
    pub subject: String,
    /// The purpose's name.
    pub purpose: String,
    /// What a person is told of it, Vietnamese and English.
    pub text: Option<(String, String)>,
}

/// Who the credential speaks of; shown only when the verdict is valid.
#[derive(Clone, Debug)]
pub struct HolderReading {
    /// The kind.
    pub kind: HolderKind,
    /// The level, where levels apply.
    pub level: Option<u8>,
    /// The decree that the judgement follows.
    pub law: &'static str,
    /// The issuer.
    pub issuer: String,
    /// The issuer's name out of the trust list, Vietnamese and English.
    pub issuer_name: Option<(String, String)>,
    /// The type.
    pub vct: String,
    /// The claims as disclosed.
    pub claims: Object,
    /// Claims and decoys that were not disclosed.
    pub undisclosed: usize,
}

/// What the host could fetch and ask again with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// The status list of this address.
    StatusList(String),
    /// A (newer) trust list.
    TrustList,
    /// The account state of a subject.
    AccountState {
        /// The issuer.
        iss: String,
        /// The subject.
        sub: String,
    },
}

/// Answers to the predicates of `policy.ask`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// `ageAtLeast`, if asked.
    pub age_at_least: Option<Option<bool>>,
    /// `levelAtLeast`, if asked.
    pub level_at_least: Option<Option<bool>>,
    /// `inDate`, one by one.
    pub in_date: Vec<(String, Option<bool>)>,
}

/// A report in the making, and made.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the input was recognised as.
    pub format: Format,
    /// The plan, each line with its outcome.
    pub checks: Vec<Check>,
    /// The reading; leaves only when the verdict is valid ([`Report::holder`]).
    reading: Option<HolderReading>,
    /// Documents by their dates, once issuer signature, disclosures and type passed.
    pub documents: Option<Vec<DocumentReading>>,
    /// The account, once the issuer signature passed.
    pub account: Option<AccountReading>,
    /// What the host could fetch.
    pub needs: Vec<Need>,
    /// Predicates.
    pub answers: Option<Answers>,
    /// Who asks and what for, once the authorisation holds: to be told to the person.
    pub relying_party: Option<RelyingPartyReading>,
    /// Claims asked beyond what the relying party's purpose needs.
    pub beyond_need: Vec<String>,
    /// The first instant at which this verdict could change.
    pub valid_until: Option<UnixTime>,
    /// The instant of judgement.
    pub verified_at: UnixTime,
}

impl Report {
    /// A report that starts as the whole plan, every line unknown: a forgotten step shows, and can never be read as a pass.
    pub fn start(format: Format, plan: &[&'static PlanLine], now: UnixTime) -> Self {
        let mut checks = Vec::with_capacity(plan.len());
        for line in plan {
            checks.push(Check { line, outcome: Outcome::Unknown(code::NOT_REACHED), basis: None, at: None });
        }
        Self {
            format,
            checks,
            reading: None,
            documents: None,
            account: None,
            needs: Vec::new(),
            answers: None,
            relying_party: None,
            beyond_need: Vec::new(),
            valid_until: None,
            verified_at: now,
        }
    }

    /// Writes the outcome of a line. A line that is not in the plan is added, so that nothing is lost.
    pub fn set(&mut self, line: &'static PlanLine, outcome: Outcome) {
        self.write(line, outcome, None, None);
    }

    /// As [`Report::set`], with the article that the decision rests on.
    pub fn set_by_law(&mut self, line: &'static PlanLine, outcome: Outcome, basis: &'static str) {
        self.write(line, outcome, Some(basis), None);
    }

    /// As [`Report::set`], with the bytes that the check speaks of.
    pub fn set_at(&mut self, line: &'static PlanLine, outcome: Outcome, at: Option<Span>) {
        self.write(line, outcome, None, at);
    }

    fn write(&mut self, line: &'static PlanLine, outcome: Outcome, basis: Option<&'static str>, at: Option<Span>) {
        // nearly always one and the same constant: its address tells without a look at the letters
        let same = |known: &Check| core::ptr::eq(known.line, line);
        let place = self.checks.iter().position(same).or_else(|| self.place(line));
        match place.and_then(|place| self.checks.get_mut(place)) {
            Some(known) => {
                known.outcome = outcome;
                known.basis = basis.or(known.basis);
                known.at = at.or(known.at);
            }
            None => self.checks.push(Check { line, outcome, basis, at }),
        }
    }

    /// Adds a line that only some inputs have, in its place before another.
    pub fn insert_before(&mut self, next: &PlanLine, line: &'static PlanLine, outcome: Outcome) {
        let place = self.place(next).unwrap_or(self.checks.len());
        self.checks.insert(place, Check { line, outcome, basis: None, at: None });
    }

    /// The outcome of a line, if it is in the plan.
    pub fn outcome(&self, line: &PlanLine) -> Option<Outcome> {
        self.checks.iter().find(|known| known.line.check == line.check).map(|known| known.outcome)
    }

    fn place(&self, line: &PlanLine) -> Option<usize> {
        self.checks.iter().position(|known| known.line.check == line.check)
    }

    /// Keeps the reading for the case that the verdict is valid.
    pub fn keep_reading(&mut self, reading: HolderReading) {
        self.reading = Some(reading);
    }

    /// The holder, only when the verdict is valid.
    pub fn holder(&self) -> Option<&HolderReading> {
        match self.verdict() {
            Verdict::Valid => self.reading.as_ref(),
            Verdict::Invalid | Verdict::Indeterminate => None,
        }
    }

    /// Any fail: invalid; else any unknown, or nothing that passed: indeterminate; else valid.
    pub fn verdict(&self) -> Verdict {
        let mut passed = false;
        let mut unknown = false;
        for check in &self.checks {
            match check.outcome {
                Outcome::Fail(_) => return Verdict::Invalid,
                Outcome::Unknown(_) => unknown = true,
                Outcome::Pass => passed = true,
                Outcome::Skip(_) => {}
            }
        }
        if unknown || !passed { Verdict::Indeterminate } else { Verdict::Valid }
    }

    /// The codes of the checks that failed, then of those that could not be made, each in the order of the plan; the first decides.
    pub fn codes(&self) -> Vec<Code> {
        let failed = self.checks.iter().filter_map(|check| if let Outcome::Fail(code) = check.outcome { Some(code) } else { None });
        let unknown = self.checks.iter().filter_map(|check| if let Outcome::Unknown(code) = check.outcome { Some(code) } else { None });
        let mut codes = Vec::new();
        for code in failed.chain(unknown) {
            if code != code::NOT_REACHED && !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }

    /// Notes an instant at which this verdict could change, if it is still to come.
    pub fn may_change_at(&mut self, instant: UnixTime) {
        if instant > self.verified_at && self.valid_until.is_none_or(|known| instant < known) {
            self.valid_until = Some(instant);
        }
    }
}
