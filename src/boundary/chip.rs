//! Chips on the wire: the binary trust material of a configuration, and which judge a document's input goes to.

use alloc::string::ToString;
use alloc::vec::Vec;

use crate::base::UnixTime;
use crate::boundary::config::{Config, ConfigError};
use crate::document::emrtd::active_authentication::{CHALLENGE, Transcript};
use crate::encoding::base64url;
use crate::encoding::json::{Object, Value};
use crate::envelope::crl::UnverifiedCrl;
use crate::verify::code;
use crate::verify::credential;
use crate::verify::csca::{Artefact, CscaStore};
use crate::verify::knowledge::Knowledge;
use crate::verify::passport::{self, Chip, Genuine, Question};
use crate::verify::policy::Options;
use crate::verify::report::Report;

/// CSCA certificates, out of the configuration.
#[derive(Debug, Default)]
pub struct Trust {
    store: CscaStore,
}

impl Trust {
    /// Pins the certificates, then takes the lists: what is signed and bad stands in [`Self::artefacts`]. Revocation lists may come in either place and are
    /// taken last, when their issuers are known.
    ///
    /// # Errors
    /// [`ConfigError`] with `key_invalid` for something in `csca` that is neither a certificate nor a revocation list.
    pub fn read(csca: &[&[u8]], lists: &[&[u8]], now: i64, config: &Config) -> Result<Self, ConfigError> {
        let mut store = CscaStore::default();
        let mut last = Vec::new();
        for bytes in csca {
            if store.pin(bytes).is_err() {
                UnverifiedCrl::parse(bytes).map_err(|_| ConfigError::key("trust.csca"))?;
                last.push(*bytes);
            }
        }
        for bytes in lists.iter().copied().chain(last) {
            store.take(bytes, UnixTime(now), config.policy.allow_legacy_hash);
        }
        Ok(Self { store })
    }

    /// One object an artefact, as `verifier.trust` shows them.
    pub fn artefacts(&self) -> Vec<Object> {
        self.store.artefacts().iter().map(artefact).collect()
    }

    /// Judges a chip, alone or beside a credential.
    pub fn judge(
        &self,
        input: &Object,
        zone: Option<&str>,
        sod: Option<&[u8]>,
        groups: &[(u8, &[u8])],
        knowledge: &Knowledge,
        options: &Options,
    ) -> Report {
        let question = Question { trust: &self.store, clock_floor: knowledge.clock_floor, options };
        let response;
        let genuine = match (input.get(ACTIVE), input.has(CHIP)) {
            (Some(given), _) => {
                let Some((challenge, answer)) = transcript(given) else {
                    return credential::refuse(code::INPUT_TYPE_INVALID, false, options.now);
                };
                response = answer;
                Genuine::Active(Transcript { challenge, response: &response })
            }
            (None, true) => Genuine::ChipAuthentication,
            (None, false) => Genuine::NotAsked,
        };
        let chip = Chip { sod, groups, genuine };
        match input.text("credential") {
            Some(text) => passport::beside(credential::judge(text, knowledge, options), chip, zone, question),
            None => passport::judge(chip, zone, question),
        }
    }
}

/// Members of an input object.
const ACTIVE: &str = "activeAuthentication";
const CHIP: &str = "chipAuthentication";

/// Does the input speak of a chip's authentication? Then it is a chip, whatever else is missing.
pub fn is_asked(input: &Object) -> bool {
    input.has(ACTIVE) || input.has(CHIP)
}

/// `{challenge, response}`, each in base64url.
fn transcript(given: &Value) -> Option<([u8; CHALLENGE], Vec<u8>)> {
    let given = given.as_object().filter(|given| given.members.len() == 2)?;
    let bytes = |name| base64url::decode(given.text(name)?).ok();
    Some((bytes("challenge")?.try_into().ok()?, bytes("response")?))
}

fn artefact(artefact: &Artefact) -> Object {
    let text = |text: &str| Value::Text(text.to_string());
    let count = |count: usize| Value::Int(i64::try_from(count).unwrap_or_default());
    let verdict = if artefact.refused.is_some() { "invalid" } else { "valid" };
    let mut members = Vec::from([
        ("artefact".to_string(), text(artefact.artefact)),
        ("verdict".to_string(), text(verdict)),
        ("codes".to_string(), Value::Array(artefact.refused.iter().map(|code| text(code.name())).collect())),
        ("checks".to_string(), Value::Array(Vec::new())),
    ]);
    if let Some(iss) = &artefact.iss {
        members.push(("iss".to_string(), text(iss)));
    }
    if artefact.refused.is_none() {
        members.push(("taken".to_string(), count(artefact.taken)));
        members.push(("unreadable".to_string(), count(artefact.unreadable)));
    }
    Object { members }
}
