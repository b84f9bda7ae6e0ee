//! A trust list: which issuers exist, with which keys, for what (contract §6). After TUF's root and targets roles, in one signed text.

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{UnixTime, decimal, order, split};
use crate::document::claims;
use crate::document::issuer::{EntryFault, IssuerEntry, KeyState, KeyUse, ListedKey, Origin};
use crate::encoding::json::{self, Object, Value};
use crate::envelope::jws_general::{MAX_KEYS, Quorum, QuorumKey};
use crate::envelope::verified::{Purpose, TrustedKey};

/// `typ` of a trust list (contract §6).
pub const TYPE: &str = "eid-trust-list+jws";

/// A trust list, read. Members that this version does not know are tolerated; members that it knows must be right, down to the last key.
#[derive(Clone, Debug)]
pub struct TrustList {
    /// Only rises.
    pub version: i64,
    /// When it was issued.
    pub issued: UnixTime,
    /// First instant at which it may not be relied on any more.
    pub expires: UnixTime,
    /// Who signs the next list.
    pub root: Quorum,
    /// The issuers.
    pub issuers: Vec<IssuerEntry>,
    /// Relying parties that are suspended, by their `sub`.
    pub suspended_relying_parties: Vec<String>,
    /// The oldest engine that can read this list rightly.
    pub min_engine: Option<Version>,
}

/// The version of an engine, `major.minor.patch`; what follows a `-` or `+` is not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version([u32; 3]);

impl Version {
    /// Reads `1.2.3`.
    ///
    /// ```
    /// use eid_verifier::document::trust_list::Version;
    /// assert!(Version::parse("0.10.0") > Version::parse("0.9.9-rc.1"));
    /// assert_eq!(Version::parse("1.2"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let release = text.get(..text.bytes().position(|b| matches!(b, b'-' | b'+')).unwrap_or(text.len()))?;
        let mut numbers = split::parts(release, b'.').map(|number| u32::try_from(decimal::read(number)?).ok());
        let version = [numbers.next()??, numbers.next()??, numbers.next()??];
        numbers.next().is_none().then_some(Self(version))
    }
}

impl TrustList {
    /// Reads the payload.
    ///
    /// # Errors
    /// [`EntryFault`] of the first member that is not right: a list is good as a whole or not at all.
    pub fn read(list: &Object) -> Result<Self, EntryFault> {
        let date = |name| claims::numeric_date(list, name).ok().flatten().ok_or(EntryFault::Shape);
        let version = version_hint(list).ok_or(EntryFault::Shape)?;
        let (issued, expires) = (date("iat")?, date("exp")?);
        if expires <= issued {
            return Err(EntryFault::Shape);
        }
        let root = read_root(list)?;
        let entries = list.get("issuers").and_then(Value::as_array).ok_or(EntryFault::Shape)?;
        let issuers = json::each(entries, |entry| IssuerEntry::read(entry, Origin::List))?;
        // two entries of one issuer would be two answers to one question
        if order::has_doubles(issuers.iter().map(|entry| entry.iss.as_str()).collect()) {
            return Err(EntryFault::Shape);
        }
        let min_engine = match list.get("minEngine") {
            None => None,
            Some(value) => Some(value.as_text().and_then(Version::parse).ok_or(EntryFault::Shape)?),
        };
        let suspended_relying_parties = suspended(list)?;
        Ok(Self { version, issued, expires, root, issuers, suspended_relying_parties, min_engine })
    }
}

/// The compiled-in floor of versions, under any that a page remembers: the first list of all.
pub const FIRST_VERSION: i64 = 1;

/// The version that a list claims: to put lists in order before they are believed.
pub fn version_hint(list: &Object) -> Option<i64> {
    list.get("version").and_then(Value::as_int).filter(|version| *version >= FIRST_VERSION)
}

/// The root that a list names.
///
/// # Errors
/// [`EntryFault`].
pub fn read_root(list: &Object) -> Result<Quorum, EntryFault> {
    let root = list.get("root").and_then(Value::as_object).ok_or(EntryFault::Shape)?;
    let keys = root.get("keys").and_then(Value::as_array).ok_or(EntryFault::Shape)?;
    let threshold = root.get("threshold").and_then(Value::as_int).ok_or(EntryFault::Shape)?;
    read_quorum(keys, threshold)
}

/// Keys and threshold, as a list's root or the page's anchors give them.
///
/// # Errors
/// [`EntryFault::Key`] for a malformed key or one with a state or window, which a root does not have; [`EntryFault::Shape`] for a threshold
/// that cannot be met or is met by nobody.
pub fn read_quorum(keys: &[Value], threshold: i64) -> Result<Quorum, EntryFault> {
    if keys.len() > MAX_KEYS {
        return Err(EntryFault::Shape);
    }
    let keys = json::each(keys, |jwk| {
        let key = ListedKey::read(jwk)?;
        let plain = key.state == KeyState::Active && key.usage == KeyUse::Any && key.not_before.is_none() && key.not_after.is_none();
        if !plain {
            return Err(EntryFault::Key);
        }
        Ok(QuorumKey { kid: key.kid, key: TrustedKey::pinned(key.key, Purpose::TrustList) })
    })?;
    let threshold = usize::try_from(threshold).map_err(|_| EntryFault::Shape)?;
    Quorum::new(keys, threshold).map_err(|_| EntryFault::Shape)
}

fn suspended(list: &Object) -> Result<Vec<String>, EntryFault> {
    let Some(parties) = list.get("relyingParties") else { return Ok(Vec::new()) };
    match parties.as_object().ok_or(EntryFault::Shape)?.get("suspended") {
        None => Ok(Vec::new()),
        Some(names) => names.as_texts().ok_or(EntryFault::Shape),
    }
}
