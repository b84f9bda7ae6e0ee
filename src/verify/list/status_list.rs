//! Judges a Status List Token, and whether a key of an issuer may have signed it (draft-ietf-oauth-status-list §8.3; contract §8, §12 "Status").

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{UnixTime, limits, order};
use crate::crypto::PublicKey;
use crate::document::issuer::{IssuerEntry, KeyState, KeyUse};
use crate::document::status_list::{self, StatusList, StatusListFault};
use crate::encoding::json::Value;
use crate::envelope::jws::{Header, UnverifiedJws};
use crate::envelope::verified::{Purpose, TrustedKey, Verified};
use crate::verify::code::{self, Code};
use crate::verify::list::status_cwt;
use crate::verify::list::{FORMAT, HEADER, Moment, SIGNATURE, Stop, TIME, TRUST, VERSION, fail, finish, start, typed, typed_header};
use crate::verify::report::{Outcome, Report};
use crate::verify::trust::TrustStore;

/// Issuers whose keys are tried for a status list that names none: each trial hashes the whole list.
const MAX_TRIALS: usize = 8;

/// A status list whose signature is right under some key of some issuer; whether it is the right issuer is asked by the credential.
#[derive(Debug)]
pub struct SignedStatusList {
    /// The list.
    pub list: Verified<StatusList>,
    /// The key that signed it.
    pub key: PublicKey,
    /// An issuer whose key that is.
    pub signer: String,
}

/// How a status list in CWT form crosses the seam (RFC 2397); behind it stands padded base64. No JWT begins so.
pub const CWT_PREFIX: &str = "data:application/statuslist+cwt;base64,";

/// A status list as received, its JSON or CBOR read.
#[derive(Debug)]
pub struct ReceivedStatusList<'a>(Result<Form<'a>, Outcome>);

#[derive(Debug)]
enum Form<'a> {
    Jwt(UnverifiedJws<'a>),
    Cwt(status_cwt::Received),
}

impl<'a> ReceivedStatusList<'a> {
    /// Reads the serialization.
    pub fn read(text: &'a str) -> Self {
        Self(if let Some(base64) = text.strip_prefix(CWT_PREFIX) {
            status_cwt::Received::read(base64).map(Form::Cwt)
        } else if text.len() > limits::STATUS_LIST_TOKEN {
            Err(Outcome::Fail(code::STATUS_LIST_TOO_LARGE))
        } else {
            UnverifiedJws::parse(text, 0).map(Form::Jwt).map_err(|_| Outcome::Fail(code::STATUS_LIST_INVALID))
        })
    }

    /// The list that it claims to be.
    pub fn subject(&self) -> Option<&str> {
        self.0.as_ref().ok().and_then(Form::subject)
    }

    /// When it claims to be issued.
    pub fn issued(&self) -> Option<i64> {
        self.0.as_ref().ok().and_then(Form::issued)
    }
}

impl Form<'_> {
    fn subject(&self) -> Option<&str> {
        match self {
            Self::Jwt(jws) => jws.hint().text("sub"),
            Self::Cwt(cwt) => cwt.subject(),
        }
    }

    fn issuer(&self) -> Option<&str> {
        match self {
            Self::Jwt(jws) => jws.hint().text("iss"),
            Self::Cwt(cwt) => cwt.issuer(),
        }
    }

    fn issued(&self) -> Option<i64> {
        match self {
            Self::Jwt(jws) => jws.hint().get("iat").and_then(Value::as_int),
            Self::Cwt(cwt) => cwt.issued(),
        }
    }

    fn header(&self) -> Result<Header, Stop> {
        match self {
            Self::Jwt(jws) => typed_header(jws, status_list::TYPE),
            Self::Cwt(cwt) => typed(cwt.header(), status_cwt::TYPE),
        }
    }

    /// The signature, and only then the list.
    fn verify(self, report: &mut Report, keys: &[TrustedKey]) -> Result<(Verified<StatusList>, PublicKey), Stop> {
        let forged = |_| fail(SIGNATURE, code::STATUS_LIST_SIGNATURE_INVALID);
        let (list, key) = match self {
            Self::Jwt(jws) => {
                let (payload, key) = jws.verify_with_one_of(keys).map_err(forged)?;
                (payload.try_read(StatusList::read), key)
            }
            Self::Cwt(cwt) => {
                let (payload, key) = cwt.verify_with_one_of(keys).map_err(forged)?;
                (payload.read(), key)
            }
        };
        report.set(SIGNATURE, Outcome::Pass);
        let list = list.map_err(|fault| match fault {
            StatusListFault::Invalid => fail(FORMAT, code::STATUS_LIST_INVALID),
            StatusListFault::TooLarge => fail(FORMAT, code::STATUS_LIST_TOO_LARGE),
        })?;
        Ok((list, key.key().clone()))
    }
}

/// Judges a status list, for whatever credential it may serve.
pub fn judge(received: ReceivedStatusList<'_>, store: &TrustStore, moment: Moment) -> (Report, Option<SignedStatusList>) {
    let mut report = start(moment);
    let result = walk(&mut report, received, store, moment);
    finish(report, result)
}

fn walk(report: &mut Report, received: ReceivedStatusList<'_>, store: &TrustStore, moment: Moment) -> Result<SignedStatusList, Stop> {
    let form = received.0.map_err(|outcome| Stop(HEADER, outcome))?;
    let header = form.header()?;
    report.set(HEADER, Outcome::Pass);
    let keys = status_keys(store, &header, form.issuer(), form.subject());
    if keys.is_empty() {
        return Err(fail(TRUST, code::STATUS_LIST_SIGNATURE_INVALID));
    }
    report.set(TRUST, Outcome::Pass);
    let (list, key) = form.verify(report, &keys)?;
    report.set(FORMAT, Outcome::Pass);
    report.set(TIME, time(list.get(), moment));
    if report.outcome(TIME) == Some(Outcome::Fail(code::ISSUED_IN_FUTURE)) {
        return Err(fail(TIME, code::ISSUED_IN_FUTURE));
    }
    let signer = signer_of(store, &key, list.get().issued).map_err(|code| fail(TRUST, code))?;
    // whether an older or a newer one is held is asked by whoever holds them
    report.set(VERSION, Outcome::Pass);
    Ok(SignedStatusList { list, key, signer })
}

/// `iat`, `exp`, and `iat` + `ttl` (contract §12 "Status").
pub fn time(list: &StatusList, moment: Moment) -> Outcome {
    let time = moment.judge(list.issued, list.expires, code::ISSUED_IN_FUTURE, Outcome::Unknown(code::STATUS_LIST_EXPIRED));
    if time == Outcome::Pass && list.stale_after().is_some_and(|end| end < moment.now) {
        return Outcome::Unknown(code::STATUS_LIST_STALE);
    }
    time
}

/// Keys that may have signed a status list: by name; those of the issuer that it names first, then of issuers that serve lists from that host.
fn status_keys(store: &TrustStore, header: &Header, iss: Option<&str>, subject: Option<&str>) -> Vec<TrustedKey> {
    let host = subject.and_then(status_list::host);
    let serves = |entry: &IssuerEntry| {
        host.is_some_and(|host| entry.status_hosts.as_ref().is_some_and(|hosts| hosts.iter().any(|known| known == host)))
    };
    let mut ranked: Vec<(u8, &PublicKey)> = Vec::new();
    for entry in store.entries() {
        let rank = if iss == Some(entry.iss.as_str()) { 0 } else { u8::from(!serves(entry)).saturating_add(1) };
        for key in &entry.keys {
            let named = match (&header.kid, &key.kid) {
                (Some(wanted), Some(kid)) => wanted == kid,
                (None, _) | (Some(_), None) => true,
            };
            if named && key.key.algorithm() == header.alg && !ranked.iter().any(|(_, known)| **known == key.key) {
                ranked.push((rank, &key.key));
            }
        }
    }
    let mut keys = Vec::new();
    for place in order::rising(ranked.iter().map(|(rank, _)| i64::from(*rank))).into_iter().take(MAX_TRIALS) {
        if let Some((_, key)) = ranked.get(place) {
            keys.push(TrustedKey::pinned((*key).clone(), Purpose::StatusList));
        }
    }
    keys
}

/// An issuer that may have signed a status list with this key at that time.
fn signer_of(store: &TrustStore, key: &PublicKey, issued: UnixTime) -> Result<String, Code> {
    let mut refused = code::STATUS_LIST_SIGNATURE_INVALID;
    for entry in store.entries().into_iter().filter(|entry| entry.keys.iter().any(|mine| mine.key == *key)) {
        match may_sign(store, entry, key, issued) {
            Ok(()) => return Ok(entry.iss.clone()),
            Err(code) => refused = code,
        }
    }
    Err(refused)
}

/// Whether this key of this issuer may have signed a status list at that time.
///
/// # Errors
/// `status_list_issuer_mismatch` for a key of somebody else, `key_revoked`, `key_not_valid_at_time`, `status_list_signature_invalid`.
pub fn may_sign(store: &TrustStore, entry: &IssuerEntry, key: &PublicKey, issued: UnixTime) -> Result<(), Code> {
    let dedicated = entry.keys.iter().any(|mine| mine.usage == KeyUse::Status);
    let wanted = if dedicated { KeyUse::Status } else { KeyUse::Any };
    if let Some(mine) = entry.keys.iter().find(|mine| mine.key == *key && mine.usage == wanted) {
        return match mine.state {
            KeyState::Compromised => Err(code::KEY_REVOKED),
            KeyState::Active | KeyState::Retired if mine.serves_at(issued) => Ok(()),
            KeyState::Active | KeyState::Retired => Err(code::KEY_NOT_VALID_AT_TIME),
        };
    }
    let theirs = store.entries().iter().any(|other| other.iss != entry.iss && other.keys.iter().any(|one| one.key == *key));
    Err(if theirs { code::STATUS_LIST_ISSUER_MISMATCH } else { code::STATUS_LIST_SIGNATURE_INVALID })
}
