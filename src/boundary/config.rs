//! `new Verifier(config)`: JSON text into knowledge and policy (contract §2). What is wrong here is thrown, since it is the page's own mistake.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::document::issuer::{EntryFault, IssuerEntry, Origin};
use crate::encoding::json::{self, Object, Value};
use crate::verify::Knowledge;
use crate::verify::code;
use crate::verify::policy::Policy;

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
        Self { code: code::POLICY_INVALID.name(), message: alloc::format!("`{field}` is missing, misspelt or of the wrong shape") }
    }

    /// `key_invalid` at a field.
    pub fn key(field: &str) -> Self {
        Self { code: code::KEY_INVALID.name(), message: alloc::format!("`{field}` holds something that is no usable public key") }
    }
}

/// A configuration, read.
#[derive(Debug)]
pub struct Config {
    /// Trust.
    pub knowledge: Knowledge,
    /// The question.
    pub policy: Policy,
}

const FIELDS: [&str; 5] = ["trust", "policy", "relyingParty", "language", "now"];
const TRUST_FIELDS: [&str; 5] = ["anchors", "threshold", "lists", "issuers", "minVersion"];

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn read(text: &str) -> Result<Self, ConfigError> {
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
        let mut knowledge = Knowledge { relying_party_configured: config.has("relyingParty"), ..Knowledge::default() };
        if let Some(trust) = config.get("trust") {
            let trust = trust.as_object().ok_or_else(|| ConfigError::policy("trust"))?;
            known(trust, &TRUST_FIELDS)?;
            knowledge.trust.pinned = pinned(trust)?;
        }
        Ok(Self { knowledge, policy })
    }
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
    let Some(value) = object.get(field) else { return Ok(Vec::new()) };
    let items = value.as_array().ok_or_else(|| ConfigError::policy(field))?;
    items.iter().map(|item| item.as_text().map(ToOwned::to_owned).ok_or_else(|| ConfigError::policy(field))).collect()
}
