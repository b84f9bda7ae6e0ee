//! Is the account locked? Signed account states, in their order; a tie goes to the lock (contract §8, §12 "Account state").

use alloc::borrow::ToOwned;

use crate::document::account_state::{AccountState, LockState, PendingRequest};
use crate::verify::code;
use crate::verify::documents::{LOCKED, unknown_account};
use crate::verify::list::account_state as signed;
use crate::verify::report::{AccountReading, Need, Outcome, PendingReading, PlanLine, Report};
use crate::verify::status::{Asked, Word};

/// The signed state of the account.
pub const ACCOUNT: &PlanLine = &PlanLine { check: "account.state", spec: "ND69-2024 Art. 15" };

/// An account that may be used.
pub const ACTIVE: &str = "active";

/// Judges the account; `word` is what the status list said of it.
pub fn judge(report: &mut Report, asked: &Asked<'_, '_>, word: Option<Word>) {
    let mut reading = unknown_account();
    match word {
        Some(Word::Active(issued)) => {
            reading.state = ACTIVE;
            reading.as_of = issued.to_rfc3339();
        }
        Some(Word::Locked(issued)) => {
            reading.state = LOCKED;
            reading.as_of = issued.to_rfc3339();
        }
        None => {}
    }
    let outcome = match find(asked) {
        Ok(None) => Outcome::Skip(code::NOT_ASKED),
        Ok(Some(state)) => {
            report.may_change_at(state.expires);
            read(&mut reading, &state)
        }
        Err(outcome) => {
            if let (Outcome::Unknown(_), Some(sub)) = (outcome, asked.claims.text("sub")) {
                report.needs.push(Need::AccountState { iss: asked.entry.iss.clone(), sub: sub.to_owned() });
            }
            outcome
        }
    };
    report.set_by_law(ACCOUNT, outcome, asked.options.policy.law.rules().locks_basis);
    report.account = Some(reading);
}

fn read(reading: &mut AccountReading, state: &AccountState) -> Outcome {
    let locked_by_list = reading.state == LOCKED;
    reading.grounds.clone_from(&state.grounds);
    for request in &state.pending {
        reading.pending.push(show(request));
    }
    match state.lock_state() {
        LockState::Locked => {
            reading.state = LOCKED;
            reading.as_of = state.issued.to_rfc3339();
            Outcome::Fail(code::ACCOUNT_LOCKED)
        }
        LockState::Active => {
            if !locked_by_list {
                reading.state = ACTIVE;
                reading.as_of = state.issued.to_rfc3339();
            }
            Outcome::Pass
        }
    }
}

fn show(request: &PendingRequest) -> PendingReading {
    PendingReading {
        requested_by: request.requested_by.clone(),
        received: request.received.to_rfc3339().unwrap_or_default(),
        due: request.due.to_rfc3339().unwrap_or_default(),
    }
}

/// The state that speaks for this account now: the highest in the order among those handed over and the one held.
fn find(asked: &Asked<'_, '_>) -> Result<Option<AccountState>, Outcome> {
    let invalid = Outcome::Fail(code::ACCOUNT_STATUS_INVALID);
    let (moment, handed) = (asked.moment(), asked.handed);
    let iss = asked.entry.iss.as_str();
    let Some(sub) = asked.claims.text("sub") else {
        // nothing can speak of an account without a handle
        return if handed.has_account_states() { Err(invalid) } else { Ok(None) };
    };
    let held = match asked.knowledge.account_state(iss, sub) {
        None => None,
        Some(held) => {
            signed::may_sign(asked.entry, &held.key, held.state.issued).map_err(Outcome::Fail)?;
            Some(held.state.clone())
        }
    };
    let judged = handed.account_states(iss, sub, asked.knowledge, moment);
    if judged.is_empty() && handed.has_account_states() {
        return Err(invalid); // of another subject or issuer
    }
    let (mut newest, mut fault) = (None, None);
    for one in judged {
        match one {
            Ok(signed) => {
                newest = Some(match newest {
                    Some(newest) => prevailing(newest, signed.state),
                    None => signed.state,
                });
            }
            Err(outcome) => fault = fault.or(Some(outcome)),
        }
    }
    let state = match (newest, held, fault) {
        (None, _, Some(fault)) => return Err(fault),
        (Some(newest), Some(held), _) if newest.sequence < held.sequence => return Err(Outcome::Fail(code::ACCOUNT_STATUS_STALE)),
        (Some(newest), Some(held), _) => prevailing(held, newest),
        (Some(state), None, _) | (None, Some(state), None) => state,
        (None, None, None) => return Ok(None),
    };
    match signed::time(&state, moment) {
        Outcome::Pass => Ok(Some(state)),
        late @ (Outcome::Fail(_) | Outcome::Unknown(_) | Outcome::Skip(_)) => Err(late),
    }
}

/// The later in the order; of two in one place the one that locks.
fn prevailing(one: AccountState, other: AccountState) -> AccountState {
    let other_prevails = other.sequence > one.sequence || (other.sequence == one.sequence && other.lock_state() == LockState::Locked);
    if other_prevails { other } else { one }
}
