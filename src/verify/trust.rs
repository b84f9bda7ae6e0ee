//! Whom to believe: the issuers that the page pinned or that a trust list names. An unknown issuer is unknown, never guessed.

use alloc::vec::Vec;

use crate::document::issuer::{IssuerEntry, KeyState, KeyUse, ListedKey};
use crate::verify::code::{self, Code};
use crate::verify::report::Outcome;

/// The issuers that are believed.
#[derive(Clone, Debug, Default)]
pub struct TrustStore {
    /// Pinned by the page.
    pub pinned: Vec<IssuerEntry>,
    /// Out of the newest trust list, if there is one.
    pub listed: Vec<IssuerEntry>,
    /// Whether a trust list is in force.
    pub has_list: bool,
    /// Why a trust list was refused, if one was; told instead of `issuer_unknown`.
    pub refused_list: Option<Outcome>,
}

impl TrustStore {
    /// The entry of an issuer; the list decides on state and keys, a pin may only narrow.
    ///
    /// # Errors
    /// The outcome that says why there is none.
    pub fn issuer(&self, iss: &str) -> Result<&IssuerEntry, Outcome> {
        if let Some(entry) = self.entries().find(|entry| entry.iss == iss) {
            return Ok(entry);
        }
        if let Some(refused) = self.refused_list {
            return Err(refused);
        }
        if self.pinned.is_empty() && !self.has_list {
            return Err(Outcome::Unknown(code::TRUST_LIST_MISSING));
        }
        Err(Outcome::Fail(code::ISSUER_UNKNOWN))
    }

    /// The pin that narrows a listed issuer of the same name.
    pub fn narrowing(&self, iss: &str) -> Option<&IssuerEntry> {
        self.listed.iter().any(|entry| entry.iss == iss).then_some(())?;
        self.pinned.iter().find(|entry| entry.iss == iss)
    }

    /// Every entry, listed ones first.
    pub fn entries(&self) -> impl Iterator<Item = &IssuerEntry> {
        self.listed.iter().chain(self.pinned.iter())
    }

    /// The key of an issuer for a token, by `kid`; never by trial.
    ///
    /// # Errors
    /// `kid_missing`, `kid_unknown`, `issuer_key_mismatch`, `key_revoked`.
    pub fn key<'a>(&'a self, entry: &'a IssuerEntry, kid: Option<&str>, usage: KeyUse) -> Result<&'a ListedKey, Code> {
        let dedicated = usage == KeyUse::Status && entry.keys.iter().any(|key| key.usage == KeyUse::Status);
        let mine = |key: &&ListedKey| if dedicated { key.usage == KeyUse::Status } else { key.usage == KeyUse::Any };
        let mut keys = entry.keys.iter().filter(mine);
        let first = keys.next();
        let more = keys.next().is_some();
        let key = match (kid, first) {
            (_, None) => return Err(code::KID_UNKNOWN),
            (None, Some(_)) if more => return Err(code::KID_MISSING),
            (None, Some(sole)) => sole,
            (Some(kid), Some(first)) => match entry.keys.iter().filter(mine).find(|key| key.kid.as_deref() == Some(kid)) {
                Some(key) => key,
                None if self.belongs_elsewhere(entry, kid) => return Err(code::ISSUER_KEY_MISMATCH),
                // a sole key without a name serves any name (contract §12 "Pins and kid")
                None if !more && first.kid.is_none() => first,
                None => return Err(code::KID_UNKNOWN),
            },
        };
        match key.state {
            KeyState::Compromised => Err(code::KEY_REVOKED),
            KeyState::Active | KeyState::Retired => Ok(key),
        }
    }

    /// Whether `kid` names a key of another issuer.
    pub fn belongs_elsewhere(&self, entry: &IssuerEntry, kid: &str) -> bool {
        self.entries().filter(|other| other.iss != entry.iss).any(|other| other.keys.iter().any(|key| key.kid.as_deref() == Some(kid)))
    }
}
