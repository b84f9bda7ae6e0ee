//! `new Verifier(config)`: JSON text into knowledge and policy (contract §2). What is wrong here is thrown, since it is the page's own mistake.

use alloc::borrow::ToOwned;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::UnixTime;
use crate::base::limits;
use crate::document::issuer::{EntryFault, IssuerEntry, Origin};
use crate::document::trust_list;
use crate::encoding::json::{self, Object, Value};
use crate::envelope::jws_general::Quorum;
use crate::verify::code;
use crate::verify::knowledge::{Knowledge, Update};
use crate::verify::late::Late;
use crate::verify::policy::Policy;
use crate::verify::trust::TrustStore;

/// A configuration or an argument is refused: the public code and one sentence that names the field, never a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// `policy_invalid` or `key_invalid`.
    pub code: &'static str,
    /// For developers.
    pub message: String,
}

impl ConfigError {
    /// `policy_invalid` at a field.
    pub fn policy(field: &str) -> Self {
        Self { code: code::POLICY_INVALID.name(), message: quoted(field, "is missing, misspelt or of the wrong shape") }
    }

    /// `key_invalid` at a field.
    pub fn key(field: &str) -> Self {
        Self { code: code::KEY_INVALID.name(), message: quoted(field, "holds something that is no usable public key") }
    }
}

fn quoted(field: &str, says: &str) -> String {
    let mut message = String::from("`");
    message.push_str(field);
    message.push_str("` ");
    message.push_str(says);
    message
}

/// A configuration, read.
#[derive(Debug)]
pub struct Config {
    /// Trust.
    pub knowledge: Knowledge,
    /// The question.
    pub policy: Rc<Policy>,
    /// What a call may know instead, while no list is in force; none where the page told the time, which is then the time of the artefacts too.
    late: Option<Late>,
}

const FIELDS: [&str; 5] = ["trust", "policy", "relyingParty", "language", "now"];
const UPDATE_FIELDS: [&str; 3] = ["trustLists", "statusLists", "accountStates"];
const TRUST_FIELDS: [&str; 5] = ["anchors", "threshold", "lists", "issuers", "minVersion"];

impl Config {
    /// Reads a configuration and takes in the signed artefacts that it holds; `now` is the host's clock, which a `now` of the configuration beats.
    ///
    /// # Errors
    /// [`ConfigError`]. A bad artefact is no error: its report says so.
    pub fn read(text: &str, now: UnixTime) -> Result<Self, ConfigError> {
        let Ok(config) = json::parse_object(text.as_bytes()) else { return Err(ConfigError::policy("config")) };
        known(&config, &FIELDS)?;
        let policy = match config.get("policy") {
            None => Policy::default(),
            Some(policy) => Policy::read(policy).map_err(|_| ConfigError::policy("policy"))?,
        };
        match config.get("language") {
            None => {}
            Some(Value::Text(language)) if language == "vi" || language == "en" => {}
            Some(_) => return Err(ConfigError::policy("language")),
        }
        let now = match config.get("now") {
            None => now,
            Some(value) => {
                let seconds = value.as_int().filter(|seconds| *seconds <= limits::MAX_NUMERIC_DATE);
                seconds.map(UnixTime).ok_or_else(|| ConfigError::policy("now"))?
            }
        };
        let relying_party = match config.get("relyingParty") {
            None => None,
            Some(value) => Some(value.as_text().ok_or_else(|| ConfigError::policy("relyingParty"))?.to_owned()),
        };
        let mut update = Update::default();
        let mut store = TrustStore::default();
        if let Some(trust) = config.get("trust") {
            let trust = trust.as_object().ok_or_else(|| ConfigError::policy("trust"))?;
            known(trust, &TRUST_FIELDS)?;
            store = TrustStore::new(pinned(trust)?, anchors(trust)?, min_version(trust)?);
            update.trust_lists = texts(trust, "lists")?;
        }
        let late = Late::new(store, relying_party, update, policy.clock_skew);
        let mut config = Self { knowledge: late.judged(now), policy: Rc::new(policy), late: (!config.has("now")).then_some(late) };
        config.settle();
        Ok(config)
    }

    /// Takes in newer artefacts.
    pub fn update(&mut self, update: Update, now: UnixTime) {
        self.knowledge.apply(&update, now, self.policy.clock_skew);
        if let Some(late) = &mut self.late {
            late.note(update);
        }
        self.settle();
    }

    /// Once a list is in force, no call can know more.
    fn settle(&mut self) {
        if self.knowledge.trust.list_expires().is_some() {
            self.late = None;
        }
    }

    /// What is known at the instant of a call.
    pub fn knowing<T>(&self, now: UnixTime, judge: impl FnOnce(&Knowledge) -> T) -> T {
        match self.late.as_ref().and_then(|late| late.at(now, self.knowledge.certificates_pinned)) {
            Some(knowledge) => judge(&knowledge),
            None => judge(&self.knowledge),
        }
    }
}

/// The keys that may sign the first trust list, and how many of them must.
fn anchors(trust: &Object) -> Result<Option<Quorum>, ConfigError> {
    let threshold = match trust.get("threshold") {
        None => 1,
        Some(value) => value.as_int().filter(|threshold| *threshold >= 1).ok_or_else(|| ConfigError::policy("trust.threshold"))?,
    };
    let keys = match trust.get("anchors") {
        None => return Ok(None),
        Some(value) => value.as_array().ok_or_else(|| ConfigError::policy("trust.anchors"))?,
    };
    if keys.is_empty() {
        return Ok(None);
    }
    trust_list::read_quorum(keys, threshold).map(Some).map_err(|fault| match fault {
        EntryFault::Shape => ConfigError::policy("trust.threshold"),
        EntryFault::Key => ConfigError::key("trust.anchors"),
    })
}

fn min_version(trust: &Object) -> Result<i64, ConfigError> {
    match trust.get("minVersion") {
        None => Ok(0),
        Some(value) => value.as_int().filter(|version| *version >= 0).ok_or_else(|| ConfigError::policy("trust.minVersion")),
    }
}

/// Reads what `update` is given; `None` where it is not of the shape of contract §1.
pub fn read_update(text: &str) -> Option<Update> {
    let update = json::parse_object(text.as_bytes()).ok()?;
    known(&update, &UPDATE_FIELDS).ok()?;
    let read = |field| texts(&update, field).ok();
    Some(Update { trust_lists: read("trustLists")?, status_lists: read("statusLists")?, account_states: read("accountStates")? })
}

fn known(object: &Object, fields: &[&str]) -> Result<(), ConfigError> {
    match object.members.iter().find(|(name, _)| !fields.contains(&name.as_str())) {
        Some((name, _)) => Err(ConfigError::policy(name)),
        None => Ok(()),
    }
}

fn pinned(trust: &Object) -> Result<Vec<IssuerEntry>, ConfigError> {
    let Some(entries) = trust.get("issuers") else { return Ok(Vec::new()) };
    let entries = entries.as_array().ok_or_else(|| ConfigError::policy("trust.issuers"))?;
    let mut pinned: Vec<IssuerEntry> = Vec::new();
    for entry in entries {
        let entry = IssuerEntry::read(entry, Origin::Pin).map_err(|fault| match fault {
            EntryFault::Shape => ConfigError::policy("trust.issuers"),
            EntryFault::Key => ConfigError::key("trust.issuers[].keys"),
        })?;
        if pinned.iter().any(|known| known.iss == entry.iss) {
            return Err(ConfigError::policy("trust.issuers"));
        }
        pinned.push(entry);
    }
    Ok(pinned)
}

/// The array of strings at a field; empty if absent.
///
/// # Errors
/// [`ConfigError`].
pub fn texts(object: &Object, field: &str) -> Result<Vec<String>, ConfigError> {
    match object.get(field) {
        None => Ok(Vec::new()),
        Some(value) => value.as_texts().ok_or_else(|| ConfigError::policy(field)),
    }
}
