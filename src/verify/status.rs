//! Does it still hold? The status list of a credential (draft-ietf-oauth-status-list §8.3; contract §8, §12 "Status").
//!
//! What could not be checked is unknown: never "revoked", and never "valid".

use alloc::vec::Vec;

use crate::base::UnixTime;
use crate::document::issuer::IssuerEntry;
use crate::document::status_list::{self, ReferenceFault, StatusList, StatusReference};
use crate::encoding::json::Object;
use crate::verify::code::{self, Code};
use crate::verify::handed::Handed;
use crate::verify::knowledge::Knowledge;
use crate::verify::list::Moment;
use crate::verify::list::status_list::{self as signed_list, SignedStatusList};
use crate::verify::policy::{Demand, Options};
use crate::verify::report::{Need, Outcome, PlanLine, Report};

/// The status of the credential.
pub const STATUS: &PlanLine = &PlanLine { check: "status.list", spec: "draft-ietf-oauth-status-list §8.3" };
/// Other mechanisms beside the status list: named, not looked at.
pub const MECHANISM: &PlanLine = &PlanLine { check: "status.mechanism", spec: "draft-ietf-oauth-status-list §6.1" };

/// Entries with a meaning (draft-ietf-oauth-status-list §7.1).
const VALID: u8 = 0;
const INVALID: u8 = 1;
const SUSPENDED: u8 = 2;

/// The credential whose status is asked, and what is known.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a, 'h> {
    /// Its claims, believed.
    pub claims: &'a Object,
    /// Its issuer.
    pub entry: &'a IssuerEntry,
    /// What the verifier holds.
    pub knowledge: &'a Knowledge,
    /// What the call brought along.
    pub handed: &'a Handed<'h>,
    /// The question.
    pub options: &'a Options,
}

impl Asked<'_, '_> {
    /// The circumstances in which artefacts are judged here.
    pub fn moment(&self) -> Moment {
        Moment { now: self.options.now, skew: self.options.policy.clock_skew, floor: self.knowledge.clock_floor }
    }
}

/// What a signed list says of the account behind a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// In use, as of that time.
    Active(UnixTime),
    /// Suspended, as of that time: the account is locked.
    Locked(UnixTime),
}

/// Judges the status; what the list says of the account goes on to `account.state`.
pub fn judge(report: &mut Report, asked: &Asked<'_, '_>) -> Option<Word> {
    let reference = match (asked.options.policy.status, asked.claims.get("status")) {
        (Demand::Ignore, _) | (Demand::IfGiven, None) => {
            report.set(STATUS, Outcome::Skip(code::NOT_ASKED));
            return None;
        }
        (Demand::Require, None) => {
            report.set(STATUS, Outcome::Fail(code::STATUS_MISSING));
            return None;
        }
        (Demand::Require | Demand::IfGiven, Some(status)) => StatusReference::read(status),
    };
    let result = reference.map_err(|fault| Outcome::Fail(reference_code(fault))).and_then(|reference| {
        if reference.has_others {
            report.insert_before(STATUS, MECHANISM, Outcome::Skip(code::STATUS_UNSUPPORTED));
        }
        look_up(report, asked, &reference)
    });
    match result {
        Ok((VALID, issued)) => {
            report.set(STATUS, Outcome::Pass);
            Some(Word::Active(issued))
        }
        Ok((SUSPENDED, issued)) => {
            report.set(STATUS, Outcome::Fail(code::SUSPENDED));
            Some(Word::Locked(issued))
        }
        Ok((INVALID, _)) => {
            report.set(STATUS, Outcome::Fail(code::REVOKED));
            None
        }
        Ok(_) => {
            report.set(STATUS, Outcome::Fail(code::STATUS_VALUE_UNKNOWN));
            None
        }
        Err(outcome) => {
            report.set(STATUS, outcome);
            None
        }
    }
}

const fn reference_code(fault: ReferenceFault) -> Code {
    match fault {
        ReferenceFault::Type => code::CLAIM_TYPE_INVALID,
        ReferenceFault::Number => code::NUMBER_INVALID,
        ReferenceFault::Index => code::STATUS_INDEX_OUT_OF_RANGE,
        ReferenceFault::Mechanism => code::STATUS_UNSUPPORTED,
        ReferenceFault::Uri => code::STATUS_URI_INVALID,
    }
}

/// The entry, and when the list was issued.
fn look_up(report: &mut Report, asked: &Asked<'_, '_>, reference: &StatusReference) -> Result<(u8, UnixTime), Outcome> {
    // the trust list binds its issuers to hosts; a page that pins an issuer answers for it itself
    if asked.knowledge.trust.is_listed(&asked.entry.iss)
        && let Some(hosts) = &asked.entry.status_hosts
        && !status_list::host(&reference.uri).is_some_and(|host| hosts.iter().any(|known| known == host))
    {
        return Err(Outcome::Fail(code::STATUS_URI_INVALID));
    }
    let moment = asked.moment();
    let found = find(asked, reference, moment).and_then(|lists| in_time(lists, moment));
    let lists = found.inspect_err(|outcome| {
        // a newer list would help; a clock that is wrong would not, and what this build cannot read no fetching mends
        if matches!(outcome, Outcome::Unknown(code) if *code != code::CLOCK_ROLLBACK && *code != code::NOT_IN_BUILD) {
            report.needs.push(Need::StatusList(reference.uri.clone()));
        }
    })?;
    let mut worst = None;
    for list in lists {
        if let Some(end) = list.expires {
            report.may_change_at(end);
        }
        if let Some(last) = list.stale_after() {
            report.may_change_at(last.plus(1));
        }
        let entry = list.entry(reference.index).ok_or(Outcome::Fail(code::STATUS_INDEX_OUT_OF_RANGE))?;
        if worst.is_none_or(|(known, _)| severity(entry) > severity(known)) {
            worst = Some((entry, list.issued));
        }
    }
    worst.ok_or(Outcome::Unknown(code::STATUS_UNAVAILABLE))
}

/// Where two lists of one second contradict each other, what is for ever stands before what is unknown, that before what may end, and all before "valid".
const fn severity(entry: u8) -> u8 {
    match entry {
        VALID => 0,
        SUSPENDED => 1,
        INVALID => 3,
        _ => 2,
    }
}

/// Those that may be relied on now; if none may, why the first may not.
fn in_time(lists: Vec<&SignedStatusList>, moment: Moment) -> Result<Vec<&StatusList>, Outcome> {
    let mut late = None;
    let mut good = Vec::new();
    for signed in lists {
        let list = signed.list.get();
        match signed_list::time(list, moment) {
            Outcome::Pass => good.push(list),
            outcome @ (Outcome::Fail(_) | Outcome::Unknown(_) | Outcome::Skip(_)) => late = late.or(Some(outcome)),
        }
    }
    match late {
        Some(outcome) if good.is_empty() => Err(outcome),
        Some(_) | None => Ok(good),
    }
}

/// The newest list that this credential names, signed by its issuer: out of this call, or out of what is held. There may be several: an issuer that signed two
/// lists of one name in one second has contradicted itself, and neither the order of arrival nor where they came from may choose between them.
fn find<'a>(asked: &Asked<'a, '_>, reference: &StatusReference, moment: Moment) -> Result<Vec<&'a SignedStatusList>, Outcome> {
    let Asked { knowledge, handed, entry, .. } = asked;
    let signed_rightly = |signed: &SignedStatusList| {
        let list = signed.list.get();
        if list.issuer.as_ref().is_some_and(|issuer| *issuer != entry.iss) {
            return Err(Outcome::Fail(code::STATUS_LIST_ISSUER_MISMATCH));
        }
        signed_list::may_sign(&knowledge.trust, entry, &signed.key, list.issued).map_err(Outcome::Fail)
    };
    let mut fault = None;
    let mut found: Vec<&SignedStatusList> = Vec::new();
    for signed in knowledge.status_lists(&reference.uri) {
        match signed_rightly(signed) {
            Ok(()) => found.push(signed),
            Err(outcome) => fault = fault.or(Some(outcome)),
        }
    }
    let held = newest(&found);
    let mut fault_of_call = None;
    let mut handed_at = None;
    for one in handed.status_lists().iter().filter(|one| one.claims_to_be(&reference.uri)) {
        // newest first: once one was found, only others of the same second are of interest
        if handed_at.is_some_and(|at: UnixTime| one.issued() != Some(at.0)) {
            break;
        }
        match one.judge(knowledge, moment).and_then(|signed| signed_rightly(signed).map(|()| signed)) {
            Ok(signed) => {
                let issued = signed.list.get().issued;
                if held.is_some_and(|held| issued < held) {
                    return Err(Outcome::Fail(code::STATUS_LIST_ROLLBACK));
                }
                handed_at = Some(issued);
                found.push(signed);
            }
            Err(outcome) => fault_of_call = fault_of_call.or(Some(outcome)),
        }
    }
    if let (None, Some(outcome)) = (handed_at, fault_of_call) {
        return Err(outcome);
    }
    if let Some(at) = newest(&found) {
        found.retain(|signed| signed.list.get().issued == at);
        return Ok(found);
    }
    if let Some(outcome) = fault.or_else(|| knowledge.refused_status_list(&reference.uri)) {
        return Err(outcome);
    }
    match handed.status_lists() {
        // the only one, handed over for this very call, is another list (contract §12 "Status")
        [only] if !only.claims_to_be(&reference.uri) => {
            only.judge(knowledge, moment)?;
            Err(Outcome::Fail(code::STATUS_LIST_SUBJECT_MISMATCH))
        }
        lists if lists.iter().any(|one| one.is_of_a_form_not_built(knowledge, moment)) => Err(Outcome::Unknown(code::NOT_IN_BUILD)),
        _ => Err(Outcome::Unknown(code::STATUS_UNAVAILABLE)),
    }
}

fn newest(lists: &[&SignedStatusList]) -> Option<UnixTime> {
    lists.iter().map(|signed| signed.list.get().issued).max()
}
