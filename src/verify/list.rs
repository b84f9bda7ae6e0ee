//! Path (c): signed artefacts that say whom to believe and what still holds. Each gets a report of its own; a worse one changes nothing.
//!
//! Nothing here throws: a bad artefact is refused with its code, and the previous one stays (contract §12 "Trust material").

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{UnixTime, limits};
use crate::crypto::PublicKey;
use crate::document::account_state::{self, AccountState};
use crate::document::issuer::{EntryFault, IssuerEntry, KeyState, KeyUse, ListedKey};
use crate::document::relying_party::{self, Authorisation};
use crate::document::status_list::{self, StatusList, StatusListFault};
use crate::document::trust_list::{self, TrustList, Version};
use crate::envelope::jws::{Header, UnverifiedJws};
use crate::envelope::jws_general::{Quorum, QuorumFault, UnverifiedGeneralJws};
use crate::envelope::verified::{Purpose, TrustedKey, Verified};
use crate::verify::code::{self, Code};
use crate::verify::fault;
use crate::verify::report::{Format, Outcome, PlanLine, Report};
use crate::verify::trust::{Succession, TrustStore};

/// Serialization and protected headers.
pub const HEADER: PlanLine = PlanLine { check: "jws.header", spec: "RFC 7515 §4, §7; RFC 8725 §3" };
/// Whether a key for it is known.
pub const TRUST: PlanLine = PlanLine { check: "list.trust", spec: "RFC 8725 §3.8" };
/// Signatures.
pub const SIGNATURE: PlanLine = PlanLine { check: "list.signature", spec: "RFC 7515 §5.2; TUF §5.3" };
/// What it says, read whole.
pub const FORMAT: PlanLine = PlanLine { check: "list.format", spec: "contract §6–§8; draft-ietf-oauth-status-list §5" };
/// When it holds.
pub const TIME: PlanLine = PlanLine { check: "list.time", spec: "RFC 7519 §4.1; draft-ietf-oauth-status-list §5.1" };
/// Its place among those known before.
pub const VERSION: PlanLine = PlanLine { check: "list.version", spec: "TUF §5.3" };

/// The plan of an artefact.
pub const PLAN: &[PlanLine] = &[HEADER, TRUST, SIGNATURE, FORMAT, TIME, VERSION];

/// Issuers whose keys are tried for a status list that names none: each trial hashes the whole list.
const MAX_TRIALS: usize = 8;

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
    fn judge(self, issued: UnixTime, expires: Option<UnixTime>, ahead: Code, expired: Outcome) -> Outcome {
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
struct Stop(PlanLine, Outcome);

const fn fail(line: PlanLine, code: Code) -> Stop {
    Stop(line, Outcome::Fail(code))
}

fn start(moment: Moment) -> Report {
    Report::start(Format::Unknown, PLAN, moment.now)
}

fn finish<T>(mut report: Report, result: Result<T, Stop>) -> (Report, Option<T>) {
    match result {
        Ok(value) => (report, Some(value)),
        Err(Stop(line, outcome)) => {
            report.set(line.check, outcome);
            (report, None)
        }
    }
}

/// The outcome that decided a report: the first line that did not pass.
pub fn deciding(report: &Report) -> Outcome {
    report.checks.iter().map(|check| check.outcome).find(|outcome| *outcome != Outcome::Pass).unwrap_or(Outcome::Pass)
}

/// A trust list that was judged.
#[derive(Debug)]
pub enum TrustListFinding {
    /// To be put in force; with the payload as received.
    Newer(Verified<TrustList>, String),
    /// In force already.
    Same,
    /// Refused, but rightly signed and only too old: the root that it names may carry the trust to a later list (TUF §5.3.10).
    Bridge(Quorum),
    /// Refused.
    Refused,
}

/// A trust list as received, its JSON read.
#[derive(Debug)]
pub struct ReceivedTrustList(Result<UnverifiedGeneralJws, Code>);

impl ReceivedTrustList {
    /// Reads the serialization.
    pub fn read(text: &str) -> Self {
        if text.len() > limits::TRUST_LIST {
            return Self(Err(code::INPUT_TOO_LARGE));
        }
        Self(UnverifiedGeneralJws::parse(text).map_err(|_| another_type(text).unwrap_or(code::TRUST_LIST_INVALID)))
    }

    /// The version that it claims: lists are applied in this order.
    pub fn version(&self) -> Option<i64> {
        self.0.as_ref().ok().and_then(|jws| trust_list::version_hint(jws.hint()))
    }
}

/// A compact token of another type in the place of a trust list.
fn another_type(text: &str) -> Option<Code> {
    let token = text.split('~').next()?;
    let header = UnverifiedJws::parse(token, 0).ok()?.header().ok()?;
    (header.typ.as_deref() != Some(trust_list::TYPE)).then_some(code::TYP_MISMATCH)
}

/// Judges a trust list against what is in force; `root` is whose signatures it needs.
pub fn trust_list(received: ReceivedTrustList, store: &TrustStore, root: Option<&Quorum>, moment: Moment) -> (Report, TrustListFinding) {
    let mut report = start(moment);
    let result = judge_trust_list(&mut report, received, store, root, moment);
    let (report, finding) = finish(report, result);
    (report, finding.unwrap_or(TrustListFinding::Refused))
}

fn judge_trust_list(
    report: &mut Report,
    received: ReceivedTrustList,
    store: &TrustStore,
    root: Option<&Quorum>,
    moment: Moment,
) -> Result<TrustListFinding, Stop> {
    let jws = received.0.map_err(|code| fail(HEADER, code))?;
    // a signature that cannot be read counts for nothing; one of another type was made for something else
    let mut readable = false;
    let mut first_fault = None;
    for header in jws.headers() {
        match header {
            Ok(header) if header.typ.as_deref() != Some(trust_list::TYPE) => return Err(fail(HEADER, code::TYP_MISMATCH)),
            Ok(_) => readable = true,
            Err(fault) => first_fault = first_fault.or(Some(fault)),
        }
    }
    if let (false, Some(fault)) = (readable, first_fault) {
        return Err(fail(HEADER, fault::header(fault)));
    }
    report.set(HEADER.check, Outcome::Pass);
    let root = root.ok_or(fail(TRUST, code::TRUST_LIST_SIGNATURE_INVALID))?;
    report.set(TRUST.check, Outcome::Pass);

    // a new root must have signed too; one that cannot be read is refused below, once it is clear who wrote it
    let next = trust_list::read_root(jws.hint()).ok().filter(|next| !next.is_same(root));
    let payload = jws.payload_text().to_owned();
    let verified = jws.verify(root, next.as_ref()).map_err(|fault| match fault {
        QuorumFault::Signature => fail(SIGNATURE, code::TRUST_LIST_SIGNATURE_INVALID),
        QuorumFault::Threshold => fail(SIGNATURE, code::TRUST_LIST_THRESHOLD_NOT_MET),
    })?;
    report.set(SIGNATURE.check, Outcome::Pass);

    // asked before the rest is read: a list for newer engines may have a shape that this one does not know
    let wanted = verified.get().text("minEngine").and_then(Version::parse);
    if wanted > Version::parse(env!("CARGO_PKG_VERSION")) {
        return Err(Stop(FORMAT, Outcome::Unknown(code::ENGINE_OUTDATED)));
    }
    let list = verified.try_read(TrustList::read).map_err(|fault| match fault {
        EntryFault::Shape => fail(FORMAT, code::TRUST_LIST_INVALID),
        EntryFault::Key => fail(FORMAT, code::KEY_INVALID),
    })?;
    report.set(FORMAT.check, Outcome::Pass);

    let (issued, expires, version) = (list.get().issued, list.get().expires, list.get().version);
    let expired = Outcome::Unknown(code::TRUST_LIST_EXPIRED);
    let time = moment.judge(issued, Some(expires), code::TRUST_LIST_NOT_YET_VALID, expired);
    report.set(TIME.check, time);
    let succession = store.succession(version, &payload);
    let version = match succession {
        Succession::Newer | Succession::Same => Outcome::Pass,
        Succession::Contradiction => Outcome::Fail(code::TRUST_LIST_INCONSISTENT),
        Succession::Older => Outcome::Fail(code::TRUST_LIST_ROLLBACK),
    };
    report.set(VERSION.check, version);
    let bridges = store.is_forward(list.get().version);
    Ok(match (time, succession) {
        (Outcome::Pass, Succession::Newer) => TrustListFinding::Newer(list, payload),
        (Outcome::Pass, Succession::Same) => TrustListFinding::Same,
        // too old to be believed, and still the link between the root before and the root after
        (_, Succession::Newer | Succession::Older) if bridges && (time == Outcome::Pass || time == expired) => {
            TrustListFinding::Bridge(list.get().root.clone())
        }
        (_, Succession::Newer | Succession::Same | Succession::Older | Succession::Contradiction) => TrustListFinding::Refused,
    })
}

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

/// A status list as received, its JSON read.
#[derive(Debug)]
pub struct ReceivedStatusList<'a>(Result<UnverifiedJws<'a>, Code>);

impl<'a> ReceivedStatusList<'a> {
    /// Reads the serialization.
    pub fn read(text: &'a str) -> Self {
        if text.len() > limits::STATUS_LIST_TOKEN {
            return Self(Err(code::STATUS_LIST_TOO_LARGE));
        }
        Self(UnverifiedJws::parse(text, 0).map_err(|_| code::STATUS_LIST_INVALID))
    }

    /// The list that it claims to be.
    pub fn subject(&self) -> Option<&str> {
        self.0.as_ref().ok().and_then(|jws| jws.hint().text("sub"))
    }

    /// When it claims to be issued.
    pub fn issued(&self) -> Option<i64> {
        self.0.as_ref().ok().and_then(|jws| jws.hint().get("iat")).and_then(crate::encoding::json::Value::as_int)
    }
}

/// Judges a status list, for whatever credential it may serve.
pub fn status_list(received: ReceivedStatusList<'_>, store: &TrustStore, moment: Moment) -> (Report, Option<SignedStatusList>) {
    let mut report = start(moment);
    let result = judge_status_list(&mut report, received, store, moment);
    finish(report, result)
}

fn judge_status_list(
    report: &mut Report,
    received: ReceivedStatusList<'_>,
    store: &TrustStore,
    moment: Moment,
) -> Result<SignedStatusList, Stop> {
    let jws = received.0.map_err(|code| fail(HEADER, code))?;
    let header = typed_header(&jws, status_list::TYPE)?;
    report.set(HEADER.check, Outcome::Pass);
    let keys = status_keys(store, &header, jws.hint().text("iss"), jws.hint().text("sub"));
    if keys.is_empty() {
        return Err(fail(TRUST, code::STATUS_LIST_SIGNATURE_INVALID));
    }
    report.set(TRUST.check, Outcome::Pass);
    let (payload, key) = jws.verify_with_one_of(&keys).map_err(|_| fail(SIGNATURE, code::STATUS_LIST_SIGNATURE_INVALID))?;
    report.set(SIGNATURE.check, Outcome::Pass);
    let list = payload.try_read(StatusList::read).map_err(|fault| match fault {
        StatusListFault::Invalid => fail(FORMAT, code::STATUS_LIST_INVALID),
        StatusListFault::TooLarge => fail(FORMAT, code::STATUS_LIST_TOO_LARGE),
    })?;
    report.set(FORMAT.check, Outcome::Pass);
    report.set(TIME.check, status_list_time(list.get(), moment));
    if report.outcome(TIME.check) == Some(Outcome::Fail(code::ISSUED_IN_FUTURE)) {
        return Err(fail(TIME, code::ISSUED_IN_FUTURE));
    }
    let signer = signer_of(store, key.key(), list.get().issued).map_err(|code| fail(TRUST, code))?;
    // whether an older or a newer one is held is asked by whoever holds them
    report.set(VERSION.check, Outcome::Pass);
    Ok(SignedStatusList { list, key: key.key().clone(), signer })
}

/// `iat`, `exp`, and `iat` + `ttl` (contract §12 "Status").
pub fn status_list_time(list: &StatusList, moment: Moment) -> Outcome {
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
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().take(MAX_TRIALS).map(|(_, key)| TrustedKey::pinned(key.clone(), Purpose::StatusList)).collect()
}

/// An issuer that may have signed a status list with this key at that time.
fn signer_of(store: &TrustStore, key: &PublicKey, issued: UnixTime) -> Result<String, Code> {
    let mut refused = code::STATUS_LIST_SIGNATURE_INVALID;
    for entry in store.entries().filter(|entry| entry.keys.iter().any(|mine| mine.key == *key)) {
        match may_sign_status(store, entry, key, issued) {
            Ok(()) => return Ok(entry.iss.clone()),
            Err(code) => refused = code,
        }
    }
    Err(refused)
}

fn typed_header(jws: &UnverifiedJws<'_>, typ: &str) -> Result<Header, Stop> {
    let header = jws.header().map_err(|fault| fail(HEADER, fault::header(fault)))?;
    if header.typ.as_deref() == Some(typ) { Ok(header) } else { Err(fail(HEADER, code::TYP_MISMATCH)) }
}

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
pub fn account_state(received: ReceivedAccountState<'_>, store: &TrustStore, moment: Moment) -> (Report, Option<SignedAccountState>) {
    let mut report = start(moment);
    let result = judge_account_state(&mut report, received, store, moment);
    finish(report, result)
}

fn judge_account_state(
    report: &mut Report,
    received: ReceivedAccountState<'_>,
    store: &TrustStore,
    moment: Moment,
) -> Result<SignedAccountState, Stop> {
    let jws = received.0.map_err(|code| fail(HEADER, code))?;
    let header = typed_header(&jws, account_state::TYPE)?;
    report.set(HEADER.check, Outcome::Pass);
    let iss = jws.hint().text("iss").ok_or(fail(FORMAT, code::ACCOUNT_STATUS_INVALID))?;
    let entry = store.issuer(iss, moment.now).map_err(|outcome| Stop(TRUST, outcome))?;
    let key = account_key(store, entry, &header).map_err(|code| fail(TRUST, code))?;
    report.set(TRUST.check, Outcome::Pass);
    let trusted = TrustedKey::pinned(key.key.clone(), Purpose::StatusList);
    let payload = jws.verify(&trusted).map_err(|_| fail(SIGNATURE, code::ACCOUNT_STATUS_INVALID))?;
    report.set(SIGNATURE.check, Outcome::Pass);
    let state = payload.try_read(AccountState::read).map_err(|_| fail(FORMAT, code::ACCOUNT_STATUS_INVALID))?;
    report.set(FORMAT.check, Outcome::Pass);
    if !key.serves_at(state.get().issued) {
        return Err(fail(TRUST, code::KEY_NOT_VALID_AT_TIME));
    }
    report.set(TIME.check, account_state_time(state.get(), moment));
    if report.outcome(TIME.check) == Some(Outcome::Fail(code::ISSUED_IN_FUTURE)) {
        return Err(fail(TIME, code::ISSUED_IN_FUTURE));
    }
    report.set(VERSION.check, Outcome::Pass);
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
pub fn may_sign_account(entry: &IssuerEntry, key: &PublicKey, issued: UnixTime) -> Result<(), Code> {
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
pub fn account_state_time(state: &AccountState, moment: Moment) -> Outcome {
    moment.judge(state.issued, Some(state.expires), code::ISSUED_IN_FUTURE, Outcome::Unknown(code::ACCOUNT_STATUS_UNAVAILABLE))
}

/// Judges a relying-party authorisation; one key of the root suffices (contract §7).
pub fn authorisation(text: &str, root: Option<&Quorum>, moment: Moment) -> (Report, Option<Verified<Authorisation>>) {
    let mut report = start(moment);
    let result = judge_authorisation(&mut report, text, root, moment);
    finish(report, result)
}

fn judge_authorisation(report: &mut Report, text: &str, root: Option<&Quorum>, moment: Moment) -> Result<Verified<Authorisation>, Stop> {
    let invalid = |line| fail(line, code::RELYING_PARTY_INVALID);
    if text.len() > limits::TOKEN {
        return Err(fail(HEADER, code::INPUT_TOO_LARGE));
    }
    let jws = UnverifiedJws::parse(text, 0).map_err(|_| invalid(HEADER))?;
    let header = jws.header().map_err(|_| invalid(HEADER))?;
    if header.typ.as_deref() != Some(relying_party::TYPE) {
        return Err(invalid(HEADER));
    }
    report.set(HEADER.check, Outcome::Pass);
    let known = root.map(Quorum::keys).unwrap_or_default().iter();
    let named = known.filter(|one| header.kid.is_none() || one.kid.is_none() || one.kid == header.kid);
    let keys: Vec<TrustedKey> = named.filter(|one| one.key.key().algorithm() == header.alg).map(|one| one.key.clone()).collect();
    if keys.is_empty() {
        return Err(invalid(TRUST));
    }
    report.set(TRUST.check, Outcome::Pass);
    let (payload, _) = jws.verify_with_one_of(&keys).map_err(|_| invalid(SIGNATURE))?;
    report.set(SIGNATURE.check, Outcome::Pass);
    let authorisation = payload.try_read(Authorisation::read).map_err(|_| invalid(FORMAT))?;
    report.set(FORMAT.check, Outcome::Pass);
    report.set(TIME.check, authorisation_time(authorisation.get(), moment));
    report.set(VERSION.check, Outcome::Pass);
    Ok(authorisation)
}

/// `iat` and `exp`.
pub fn authorisation_time(authorisation: &Authorisation, moment: Moment) -> Outcome {
    let expired = Outcome::Fail(code::RELYING_PARTY_EXPIRED);
    moment.judge(authorisation.issued, Some(authorisation.expires), code::RELYING_PARTY_INVALID, expired)
}

/// Whether this key of this issuer may have signed a status list at that time.
///
/// # Errors
/// `status_list_issuer_mismatch` for a key of somebody else, `key_revoked`, `key_not_valid_at_time`, `status_list_signature_invalid`.
pub fn may_sign_status(store: &TrustStore, entry: &IssuerEntry, key: &PublicKey, issued: UnixTime) -> Result<(), Code> {
    let dedicated = entry.keys.iter().any(|mine| mine.usage == KeyUse::Status);
    let wanted = if dedicated { KeyUse::Status } else { KeyUse::Any };
    if let Some(mine) = entry.keys.iter().find(|mine| mine.key == *key && mine.usage == wanted) {
        return match mine.state {
            KeyState::Compromised => Err(code::KEY_REVOKED),
            KeyState::Active | KeyState::Retired if mine.serves_at(issued) => Ok(()),
            KeyState::Active | KeyState::Retired => Err(code::KEY_NOT_VALID_AT_TIME),
        };
    }
    let theirs = store.entries().any(|other| other.iss != entry.iss && other.keys.iter().any(|one| one.key == *key));
    Err(if theirs { code::STATUS_LIST_ISSUER_MISMATCH } else { code::STATUS_LIST_SIGNATURE_INVALID })
}
