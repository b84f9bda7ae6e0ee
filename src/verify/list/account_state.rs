//! Judges an account state (contract §8).

use crate::base::{UnixTime, limits};
use crate::crypto::PublicKey;
use crate::document::account_state::{self, AccountState};
use crate::document::issuer::{IssuerEntry, KeyState, KeyUse, ListedKey};
use crate::envelope::jws::{Header, UnverifiedJws};
use crate::envelope::verified::{Purpose, TrustedKey};
use crate::verify::code::{self, Code};
use crate::verify::list::{FORMAT, HEADER, Moment, SIGNATURE, Stop, TIME, TRUST, VERSION, fail, finish, start, typed_header};
use crate::verify::report::{Outcome, Report};
use crate::verify::trust::TrustStore;

/// An account state as received, its JSON read.
#[derive(Debug)]
pub struct ReceivedAccountState<'a>(Result<UnverifiedJws<'a>, Code>);

impl<'a> ReceivedAccountState<'a> {
    /// Reads the serialization.
    pub fn read(text: &'a str) -> Self {
        if text.len() > limits::TOKEN {
            return Self(Err(code::INPUT_TOO_LARGE));
        }
        Self(UnverifiedJws::parse(text, 0).map_err(|_| code::ACCOUNT_STATUS_INVALID))
    }

    /// Whether it claims to speak of this account.
    pub fn is_of(&self, iss: &str, sub: &str) -> bool {
        self.0.as_ref().is_ok_and(|jws| jws.hint().text("iss") == Some(iss) && jws.hint().text("sub") == Some(sub))
    }
}

/// An account state whose signature is right.
#[derive(Clone, Debug)]
pub struct SignedAccountState {
    /// The state.
    pub state: AccountState,
    /// The key that signed it.
    pub key: PublicKey,
}

/// Judges an account state.
pub fn judge(received: ReceivedAccountState<'_>, store: &TrustStore, moment: Moment) -> (Report, Option<SignedAccountState>) {
    let mut report = start(moment);
    let result = walk(&mut report, received, store, moment);
    finish(report, result)
}

fn walk(report: &mut Report, received: ReceivedAccountState<'_>, store: &TrustStore, moment: Moment) -> Result<SignedAccountState, Stop> {
    let jws = received.0.map_err(|code| fail(HEADER, code))?;
    let header = typed_header(&jws, account_state::TYPE)?;
    report.set(HEADER, Outcome::Pass);
    let iss = jws.hint().text("iss").ok_or(fail(FORMAT, code::ACCOUNT_STATUS_INVALID))?;
    let entry = store.issuer(iss, moment.now).map_err(|outcome| Stop(TRUST, outcome))?;
    let key = account_key(store, entry, &header).map_err(|code| fail(TRUST, code))?;
    report.set(TRUST, Outcome::Pass);
    let trusted = TrustedKey::pinned(key.key.clone(), Purpose::StatusList);
    let payload = jws.verify(&trusted).map_err(|_| fail(SIGNATURE, code::ACCOUNT_STATUS_INVALID))?;
    report.set(SIGNATURE, Outcome::Pass);
    let state = payload.try_read(AccountState::read).map_err(|_| fail(FORMAT, code::ACCOUNT_STATUS_INVALID))?;
    report.set(FORMAT, Outcome::Pass);
    if !key.serves_at(state.get().issued) {
        return Err(fail(TRUST, code::KEY_NOT_VALID_AT_TIME));
    }
    report.set(TIME, time(state.get(), moment));
    if report.outcome(TIME) == Some(Outcome::Fail(code::ISSUED_IN_FUTURE)) {
        return Err(fail(TIME, code::ISSUED_IN_FUTURE));
    }
    report.set(VERSION, Outcome::Pass);
    Ok(SignedAccountState { state: state.into_inner(), key: key.key.clone() })
}

/// The key of an issuer for an account state: its own, or one for lists.
fn account_key<'a>(store: &'a TrustStore, entry: &'a IssuerEntry, header: &Header) -> Result<&'a ListedKey, Code> {
    let kid = header.kid.as_deref();
    match store.key(entry, kid, KeyUse::Any).or_else(|_| store.key(entry, kid, KeyUse::Status)) {
        Ok(key) if key.key.algorithm() == header.alg => Ok(key),
        Err(code) if code == code::KEY_REVOKED => Err(code),
        Ok(_) | Err(_) => Err(code::ACCOUNT_STATUS_INVALID),
    }
}

/// Whether this key of this issuer may have signed an account state at that time.
///
/// # Errors
/// `key_revoked`, `key_not_valid_at_time`, `account_status_invalid`.
pub fn may_sign(entry: &IssuerEntry, key: &PublicKey, issued: UnixTime) -> Result<(), Code> {
    match entry.keys.iter().find(|mine| mine.key == *key) {
        None => Err(code::ACCOUNT_STATUS_INVALID),
        Some(mine) => match mine.state {
            KeyState::Compromised => Err(code::KEY_REVOKED),
            KeyState::Active | KeyState::Retired if mine.serves_at(issued) => Ok(()),
            KeyState::Active | KeyState::Retired => Err(code::KEY_NOT_VALID_AT_TIME),
        },
    }
}

/// `iat` and `exp`.
pub fn time(state: &AccountState, moment: Moment) -> Outcome {
    moment.judge(state.issued, Some(state.expires), code::ISSUED_IN_FUTURE, Outcome::Unknown(code::ACCOUNT_STATUS_UNAVAILABLE))
}
