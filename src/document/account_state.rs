//! Account state: the state's own word on one account, at once and in order (contract §8; law: Decree 69/2024 Art. 15).

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::UnixTime;
use crate::document::claims;
use crate::encoding::json::{self, Object, Value};

/// `typ` of an account state.
pub const TYPE: &str = "eid-account-state+jwt";

/// A token that is no account state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidAccountState;

/// Open, or locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockState {
    /// May be used.
    Active,
    /// May not.
    Locked,
}

/// The state of one account. `Debug` tells nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountState {
    /// Who says so.
    pub issuer: String,
    /// The account's handle, compared byte for byte.
    pub subject: String,
    /// Place in the order of states of this account.
    pub sequence: i64,
    /// When it was said.
    pub issued: UnixTime,
    /// First instant at which it may not be relied on any more.
    pub expires: UnixTime,
    /// What it says.
    state: LockState,
    /// Why it is locked, by the codes of the law.
    pub grounds: Vec<String>,
    /// Requests that were received and not decided: they lock nothing.
    pub pending: Vec<PendingRequest>,
}

/// A request to lock or unlock that has not been decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingRequest {
    /// `authority` or `relying_party`.
    pub requested_by: String,
    /// When it was received.
    pub received: UnixTime,
    /// By when it must be decided.
    pub due: UnixTime,
}

impl core::fmt::Debug for AccountState {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("AccountState")
    }
}

impl AccountState {
    /// Reads the payload.
    ///
    /// # Errors
    /// [`InvalidAccountState`].
    pub fn read(payload: &Object) -> Result<Self, InvalidAccountState> {
        Self::assemble(payload).ok_or(InvalidAccountState)
    }

    fn assemble(payload: &Object) -> Option<Self> {
        let text = |name| claims::text(payload, name).ok().flatten().filter(|text| !text.is_empty()).map(ToOwned::to_owned);
        let date = |name| claims::numeric_date(payload, name).ok().flatten();
        let state = match payload.text("state")? {
            "active" => LockState::Active,
            "locked" => LockState::Locked,
            _ => return None,
        };
        let (issued, expires) = (date("iat")?, date("exp")?);
        let grounds = json::each(list(payload, "grounds")?, |ground| read_ground(ground).ok_or(())).ok()?;
        let pending = json::each(list(payload, "pending")?, |request| read_pending(request).ok_or(())).ok()?;
        let sequence = payload.get("seq").and_then(Value::as_int).filter(|sequence| *sequence >= 0)?;
        (issued < expires).then_some(Self {
            issuer: text("iss")?,
            subject: text("sub")?,
            sequence,
            issued,
            expires,
            state,
            grounds,
            pending,
        })
    }

    /// Locked if it says so, and also if it says `active` while grounds are left: lock wins (contract §12 "Account state").
    pub fn lock_state(&self) -> LockState {
        if self.grounds.is_empty() { self.state } else { LockState::Locked }
    }
}

fn list<'a>(payload: &'a Object, name: &str) -> Option<&'a [Value]> {
    match payload.get(name) {
        None => Some(&[]),
        Some(value) => value.as_array(),
    }
}

fn read_ground(ground: &Value) -> Option<String> {
    let ground = ground.as_object()?;
    claims::instant(ground, "since").ok()?;
    ground.text("code").filter(|code| !code.is_empty()).map(ToOwned::to_owned)
}

fn read_pending(request: &Value) -> Option<PendingRequest> {
    let request = request.as_object()?;
    Some(PendingRequest {
        requested_by: request.text("requestedBy").filter(|by| ["authority", "relying_party"].contains(by))?.to_owned(),
        received: claims::instant(request, "received").ok()??,
        due: claims::instant(request, "due").ok()??,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::encoding::json;
    use alloc::format;

    fn read(rest: &str) -> Result<AccountState, InvalidAccountState> {
        let text = format!(r#"{{"iss":"https://i.example","sub":"a","seq":1,"iat":10,"exp":20{rest}}}"#);
        AccountState::read(&json::parse_object(text.as_bytes()).unwrap())
    }

    #[test]
    fn lock_wins_and_a_request_locks_nothing() {
        let state = |rest: &str| read(rest).unwrap().lock_state();
        assert_eq!(state(r#","state":"active","grounds":[]"#), LockState::Active);
        assert_eq!(state(r#","state":"locked","grounds":[]"#), LockState::Locked);
        assert_eq!(state(r#","state":"active","grounds":[{"code":"DEATH","since":"2026-01-01T00:00:00Z"}]"#), LockState::Locked);
        let pending = r#"{"requestedBy":"authority","received":"2026-01-01T00:00:00Z","due":"2026-01-03T00:00:00+07:00"}"#;
        assert_eq!(state(&format!(r#","state":"active","pending":[{pending}]"#)), LockState::Active);
    }

    #[test]
    fn what_is_no_state_is_refused() {
        for rest in [
            "",
            r#","state":"open""#,
            r#","state":"active","grounds":{}"#,
            r#","state":"active","grounds":[{}]"#,
            r#","state":"active","grounds":[{"code":"DEATH","since":5}]"#,
            r#","state":"active","pending":[{"requestedBy":"x","received":"2026-01-01T00:00:00Z","due":"2026-01-01T00:00:00Z"}]"#,
        ] {
            assert!(read(rest).is_err(), "{rest}");
        }
    }
}
