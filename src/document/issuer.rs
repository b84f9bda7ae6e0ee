//! An issuer as a page pins it or a trust list names it: keys, types, level, kinds, window (contract §2, §6).

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::UnixTime;
use crate::crypto::PublicKey;
use crate::document::claims::{self, ClaimFault};
use crate::document::holder::HolderKind;
use crate::encoding::json::{self, Value};

/// State of a key (contract §6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// Signs.
    Active,
    /// Signs no more; what it signed before stays believed.
    Retired,
    /// In other hands: all it ever signed is distrusted, since a thief writes any `iat`.
    Compromised,
}

/// What a key may sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// Credentials, and lists where the issuer has no key for lists.
    Any,
    /// Status lists and account states only (`use: "status"`).
    Status,
}

/// A key of an issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedKey {
    /// Key identifier.
    pub kid: Option<String>,
    /// The key.
    pub key: PublicKey,
    /// First instant at which it may sign.
    pub not_before: Option<UnixTime>,
    /// First instant at which it may not sign any more.
    pub not_after: Option<UnixTime>,
    /// Its state.
    pub state: KeyState,
    /// Since when it is in that state.
    pub since: Option<UnixTime>,
    /// What it may sign.
    pub usage: KeyUse,
}

/// State of an issuer (contract §6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssuerState {
    /// Believed.
    Active,
    /// Not believed for the time being.
    Suspended,
    /// Not believed any more.
    Withdrawn,
}

/// An issuer with all that it may sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerEntry {
    /// Its identifier, compared byte for byte.
    pub iss: String,
    /// Its keys.
    pub keys: Vec<ListedKey>,
    /// Types it may issue; `None`: no narrowing.
    pub vct: Option<Vec<String>>,
    /// Highest level it may issue; `None`: no narrowing.
    pub max_level: Option<u8>,
    /// Kinds it may issue for; `None`: no narrowing.
    pub kinds: Option<Vec<HolderKind>>,
    /// Its state.
    pub state: IssuerState,
    /// Its name, Vietnamese and English.
    pub name: Option<(String, String)>,
    /// Hosts that may serve its status lists; `None`: free.
    pub status_hosts: Option<Vec<String>>,
}

/// Why an entry is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryFault {
    /// A member of the wrong shape, missing, or (for pins) unknown.
    Shape,
    /// A malformed or ambiguous key.
    Key,
}

/// Where an entry stands; a list must say everything, a pin may leave out what it does not narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `trust.issuers` of the page's configuration: unknown members are misspelt members.
    Pin,
    /// A signed trust list: later versions may add members.
    List,
}

const PIN_MEMBERS: [&str; 5] = ["iss", "keys", "vct", "maxLevel", "kinds"];

impl IssuerEntry {
    /// Reads an entry.
    ///
    /// # Errors
    /// [`EntryFault`].
    pub fn read(entry: &Value, origin: Origin) -> Result<Self, EntryFault> {
        let entry = entry.as_object().ok_or(EntryFault::Shape)?;
        if origin == Origin::Pin && entry.members.iter().any(|(name, _)| !PIN_MEMBERS.contains(&name.as_str())) {
            return Err(EntryFault::Shape);
        }
        let iss = entry.text("iss").filter(|iss| !iss.is_empty()).ok_or(EntryFault::Shape)?.to_owned();
        let keys = entry.get("keys").and_then(Value::as_array).filter(|keys| !keys.is_empty()).ok_or(EntryFault::Shape)?;
        let keys = json::each(keys, ListedKey::read)?;
        for (index, key) in keys.iter().enumerate() {
            let later = keys.iter().skip(index.saturating_add(1));
            if key.kid.is_some() && later.clone().any(|other| other.kid == key.kid) {
                return Err(EntryFault::Key);
            }
        }
        let listed = origin == Origin::List;
        let vct = optional(entry.get("vct"), listed, Value::as_texts)?;
        let max_level = optional(entry.get("maxLevel"), listed, |value| match value.as_int() {
            Some(1) => Some(1),
            Some(2) => Some(2),
            Some(_) | None => None,
        })?;
        let kinds = optional(entry.get("kinds"), listed, HolderKind::parse_all)?;
        let state = match (origin, entry.get("state")) {
            (Origin::Pin, None) => IssuerState::Active,
            (_, Some(Value::Text(state))) => match state.as_str() {
                "active" => IssuerState::Active,
                "suspended" => IssuerState::Suspended,
                "withdrawn" => IssuerState::Withdrawn,
                _ => return Err(EntryFault::Shape),
            },
            _ => return Err(EntryFault::Shape),
        };
        let name = optional(entry.get("name"), false, |value| {
            let name = value.as_object()?;
            Some((name.text("vi")?.to_owned(), name.text("en")?.to_owned()))
        })?;
        let status_hosts = optional(entry.get("statusHosts"), false, Value::as_texts)?;
        Ok(Self { iss, keys, vct, max_level, kinds, state, name, status_hosts })
    }
}

impl ListedKey {
    /// Reads a JWK with the members that a trust list adds: `nbf`, `exp`, `status`, `since`, `use`.
    ///
    /// # Errors
    /// [`EntryFault::Key`].
    pub fn read(jwk: &Value) -> Result<Self, EntryFault> {
        let jwk = jwk.as_object().ok_or(EntryFault::Key)?;
        let bad = |_: ClaimFault| EntryFault::Key;
        let state = match claims::text(jwk, "status").map_err(bad)? {
            None | Some("active") => KeyState::Active,
            Some("retired") => KeyState::Retired,
            Some("compromised") => KeyState::Compromised,
            Some(_) => return Err(EntryFault::Key),
        };
        let usage = match claims::text(jwk, "use").map_err(bad)? {
            None | Some("sig") => KeyUse::Any,
            Some("status") => KeyUse::Status,
            Some(_) => return Err(EntryFault::Key),
        };
        Ok(Self {
            kid: claims::text(jwk, "kid").map_err(bad)?.map(ToOwned::to_owned),
            key: PublicKey::from_jwk(jwk).map_err(|_| EntryFault::Key)?,
            not_before: claims::numeric_date(jwk, "nbf").map_err(bad)?,
            not_after: claims::numeric_date(jwk, "exp").map_err(bad)?,
            state,
            since: claims::numeric_date(jwk, "since").map_err(bad)?,
            usage,
        })
    }

    /// Whether the key could sign at `instant`: inside its window and, if retired, before it was.
    pub fn serves_at(&self, instant: UnixTime) -> bool {
        let retired = match self.state {
            KeyState::Retired => self.since,
            KeyState::Active | KeyState::Compromised => None,
        };
        self.not_before.is_none_or(|start| start <= instant)
            && self.not_after.is_none_or(|end| instant < end)
            && retired.is_none_or(|since| instant < since)
    }
}

fn optional<T>(value: Option<&Value>, required: bool, read: fn(&Value) -> Option<T>) -> Result<Option<T>, EntryFault> {
    match value {
        None if required => Err(EntryFault::Shape),
        None => Ok(None),
        Some(value) => read(value).map(Some).ok_or(EntryFault::Shape),
    }
}
