//! Whom to believe: the issuers that the page pinned or that a trust list names. An unknown issuer is unknown, never guessed.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::UnixTime;
use crate::crypto::digest::DigestId;
use crate::document::issuer::{IssuerEntry, KeyState, KeyUse, ListedKey};
use crate::document::trust_list::TrustList;
use crate::envelope::jws_general::Quorum;
use crate::envelope::verified::Verified;
use crate::verify::code::{self, Code};
use crate::verify::report::Outcome;

/// The issuers that are believed, and who may say so next.
#[derive(Debug, Default)]
pub struct TrustStore {
    /// Pinned by the page.
    pinned: Rc<Vec<IssuerEntry>>,
    /// Whose signatures the next list needs: the page's anchors, then the root of the list in force.
    root: Option<Quorum>,
    /// The list in force.
    list: Option<ListInForce>,
    /// No list below this version was ever new to this page (`trust.minVersion`).
    min_version: i64,
    /// Why a trust list was refused, if one was; told instead of `issuer_unknown`.
    refused_list: Option<Outcome>,
}

#[derive(Debug)]
struct ListInForce {
    list: Verified<TrustList>,
    /// Of the payload as received: one version has one content.
    content: Vec<u8>,
}

/// How the version of a list stands to what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Succession {
    /// Newer than everything.
    Newer,
    /// The list in force, once more.
    Same,
    /// The version in force with other content: somebody tells different stories to different people.
    Contradiction,
    /// Older than what is known.
    Older,
}

impl TrustStore {
    /// What the page configured.
    pub fn new(pinned: Vec<IssuerEntry>, anchors: Option<Quorum>, min_version: i64) -> Self {
        Self { pinned: Rc::new(pinned), root: anchors, list: None, min_version, refused_list: None }
    }

    /// The same before any list came: of a store that has none yet.
    pub(in crate::verify) fn as_configured(&self) -> Self {
        Self { pinned: Rc::clone(&self.pinned), root: self.root.clone(), min_version: self.min_version, ..Self::default() }
    }

    /// Whose signatures the next list needs.
    pub const fn root(&self) -> Option<&Quorum> {
        self.root.as_ref()
    }

    /// Where a list of this version and payload stands.
    pub fn succession(&self, version: i64, payload: &str) -> Succession {
        let Some(known) = &self.list else {
            return if version < self.min_version { Succession::Older } else { Succession::Newer };
        };
        let current = known.list.get().version;
        if version < self.min_version || version < current {
            Succession::Older
        } else if version > current {
            Succession::Newer
        } else if known.content == content(payload) {
            Succession::Same
        } else {
            Succession::Contradiction
        }
    }

    /// Whether no list of this version or a later one was ever in force here.
    pub fn is_forward(&self, version: i64) -> bool {
        self.list.as_ref().is_none_or(|known| version > known.list.get().version)
    }

    /// Puts a list in force; whoever calls has made every check.
    pub(in crate::verify) fn accept(&mut self, list: Verified<TrustList>, payload: &str) {
        self.root = Some(list.get().root.clone());
        self.list = Some(ListInForce { list, content: content(payload) });
        self.refused_list = None;
    }

    /// Keeps in mind why a list was refused.
    pub(in crate::verify) const fn refuse(&mut self, outcome: Outcome) {
        self.refused_list = Some(outcome);
    }

    fn listed(&self) -> &[IssuerEntry] {
        self.list.as_ref().map(|known| known.list.get().issuers.as_slice()).unwrap_or_default()
    }

    /// When the list in force ends.
    pub fn list_expires(&self) -> Option<UnixTime> {
        self.list.as_ref().map(|known| known.list.get().expires)
    }

    /// Every host that the list in force lets serve status lists, each once.
    pub fn status_hosts(&self) -> Vec<String> {
        let mut hosts: Vec<&str> = Vec::new();
        for entry in self.listed() {
            for host in entry.status_hosts.iter().flatten() {
                hosts.push(host);
            }
        }
        hosts.sort_unstable();
        hosts.dedup();
        hosts.into_iter().map(String::from).collect()
    }

    /// Whether the entry of this issuer comes out of the list in force.
    pub fn is_listed(&self, iss: &str) -> bool {
        entry_of(self.listed(), iss).is_some()
    }

    /// Whether a relying party is suspended by the list in force.
    pub fn is_suspended(&self, relying_party: &str) -> bool {
        self.list.as_ref().is_some_and(|known| known.list.get().suspended_relying_parties.iter().any(|sub| sub == relying_party))
    }

    /// The entry of an issuer; the list decides on state and keys, a pin may only narrow.
    ///
    /// # Errors
    /// The outcome that says why there is none.
    pub fn issuer(&self, iss: &str, now: UnixTime) -> Result<&IssuerEntry, Outcome> {
        let expired = self.list_expires().is_some_and(|end| end <= now);
        if let Some(entry) = entry_of(self.listed(), iss).or_else(|| entry_of(&self.pinned, iss)) {
            return if expired && self.is_listed(iss) { Err(Outcome::Unknown(code::TRUST_LIST_EXPIRED)) } else { Ok(entry) };
        }
        if let Some(refused) = self.refused_list {
            return Err(refused);
        }
        if expired {
            return Err(Outcome::Unknown(code::TRUST_LIST_EXPIRED));
        }
        if self.pinned.is_empty() && self.list.is_none() {
            return Err(Outcome::Unknown(code::TRUST_LIST_MISSING));
        }
        Err(Outcome::Fail(code::ISSUER_UNKNOWN))
    }

    /// The pin that narrows a listed issuer of the same name.
    pub fn narrowing(&self, iss: &str) -> Option<&IssuerEntry> {
        self.is_listed(iss).then_some(())?;
        entry_of(&self.pinned, iss)
    }

    /// Every entry, listed ones first.
    pub fn entries(&self) -> Vec<&IssuerEntry> {
        let mut entries: Vec<&IssuerEntry> = self.listed().iter().collect();
        for pin in self.pinned.iter() {
            if !self.is_listed(&pin.iss) {
                entries.push(pin);
            }
        }
        entries
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
        let names = |other: &IssuerEntry| other.keys.iter().any(|key| key.kid.as_deref() == Some(kid));
        self.entries().iter().any(|other| other.iss != entry.iss && names(other))
    }
}

fn entry_of<'a>(entries: &'a [IssuerEntry], iss: &str) -> Option<&'a IssuerEntry> {
    entries.iter().find(|entry| entry.iss == iss)
}

fn content(payload: &str) -> Vec<u8> {
    DigestId::Sha256.digest(payload.as_bytes())
}
