//! What the caller asks, with strict defaults (contract §3). An unknown or misspelt field is refused, so that a typing error never loosens anything.

use alloc::borrow::ToOwned;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::base::UnixTime;
use crate::base::limits;
use crate::base::split;
use crate::document::holder::HolderKind;
use crate::document::profile;
use crate::encoding::json::{self, Object, Value};
use crate::law::Decree;
use crate::law::documents::ExpiryDay;
use crate::law::level::EvidenceDemand;

/// The policy or the options of a call are not of the shape of contract §2, §3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidPolicy;

/// Default of `clockSkew`, seconds (contract §3).
const CLOCK_SKEW: i64 = 60;
/// Default of `maxPresentationAge`, seconds (contract §3).
const MAX_PRESENTATION_AGE: i64 = 300;
/// Default of `maxValidity`: ten years of 365.25 days, seconds (contract §3).
const MAX_VALIDITY: i64 = 315_576_000;

/// How much is wanted of something that a holder or a host may leave out; the later is the stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// Not looked at.
    Ignore,
    /// Looked at where there is reason to (`if-asked`, `if-present`).
    IfGiven,
    /// Wanted.
    Require,
}

/// Which documents must be in date; the later is the stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentsDemand {
    /// Dates are shown only.
    Ignore,
    /// Travel document, residence, identity card.
    Identity,
    /// Integrated documents too.
    All,
}

/// One step of a claim path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// A member.
    Member(String),
    /// An element.
    Element(usize),
}

/// Predicates that a relying party may ask instead of data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Years.
    pub age_at_least: Option<i32>,
    /// 1 or 2.
    pub level_at_least: Option<u8>,
    /// Documents by type.
    pub in_date: Vec<String>,
}

/// What the caller asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Which decree's rules.
    pub law: Decree,
    /// 1 or 2.
    pub min_level: u8,
    /// Holder kinds accepted.
    pub kinds: Vec<HolderKind>,
    /// Credential types accepted, byte for byte.
    pub vct: Vec<String>,
    /// Claims that must be disclosed.
    pub required_claims: Vec<Vec<PathStep>>,
    /// Key binding.
    pub key_binding: Demand,
    /// Status.
    pub status: Demand,
    /// Seconds, for iat, nbf and KB-JWT iat; never for exp.
    pub clock_skew: i64,
    /// Seconds, KB-JWT iat.
    pub max_presentation_age: i64,
    /// Seconds between iat and exp.
    pub max_validity: i64,
    /// When a document dated D ends.
    pub expiry_day: ExpiryDay,
    /// What level 2 needs.
    pub evidence: EvidenceDemand,
    /// SHA-1 in travel documents.
    pub allow_legacy_hash: bool,
    /// Predicates.
    pub ask: Option<Ask>,
    /// Documents.
    pub documents: DocumentsDemand,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            law: Decree::Nd69,
            min_level: 1,
            kinds: vec![HolderKind::Citizen, HolderKind::Foreigner],
            vct: profile::TYPES.iter().map(|(name, _)| (*name).to_owned()).collect(),
            required_claims: Vec::new(),
            key_binding: Demand::IfGiven,
            status: Demand::Require,
            clock_skew: CLOCK_SKEW,
            max_presentation_age: MAX_PRESENTATION_AGE,
            max_validity: MAX_VALIDITY,
            expiry_day: ExpiryDay::Inclusive,
            evidence: EvidenceDemand::Any,
            allow_legacy_hash: false,
            ask: None,
            documents: DocumentsDemand::Identity,
        }
    }
}

impl Policy {
    /// Reads `config.policy`.
    ///
    /// # Errors
    /// [`InvalidPolicy`].
    pub fn read(value: &Value) -> Result<Self, InvalidPolicy> {
        Self::default().with(value)
    }

    /// This policy with the fields that one call makes stricter.
    ///
    /// # Errors
    /// [`InvalidPolicy`], also for a field that would loosen.
    pub fn tightened(&self, value: &Value) -> Result<Self, InvalidPolicy> {
        let call = self.with(value)?;
        let subset = |small: &[String], large: &[String]| small.iter().all(|item| large.contains(item));
        let stricter = call.law == self.law
            && call.expiry_day == self.expiry_day
            && call.min_level >= self.min_level
            && call.kinds.iter().all(|kind| self.kinds.contains(kind))
            && subset(&call.vct, &self.vct)
            && self.required_claims.iter().all(|path| call.required_claims.contains(path))
            && call.key_binding >= self.key_binding
            && call.status >= self.status
            && call.clock_skew <= self.clock_skew
            && call.max_presentation_age <= self.max_presentation_age
            && call.max_validity <= self.max_validity
            && (call.evidence == self.evidence || call.evidence == EvidenceDemand::PortraitAndFingerprint)
            && (self.allow_legacy_hash || !call.allow_legacy_hash)
            && call.documents >= self.documents;
        if stricter { Ok(call) } else { Err(InvalidPolicy) }
    }

    /// Reads an array of claim paths, each a dotted name or an array.
    ///
    /// # Errors
    /// [`InvalidPolicy`].
    pub fn read_paths(value: &Value) -> Result<Vec<Vec<PathStep>>, InvalidPolicy> {
        json::each(array(value)?, path)
    }

    fn with(&self, value: &Value) -> Result<Self, InvalidPolicy> {
        let mut policy = self.clone();
        let fields = value.as_object().ok_or(InvalidPolicy)?;
        for (name, value) in &fields.members {
            policy.set(name, value)?;
        }
        Ok(policy)
    }

    fn set(&mut self, name: &str, value: &Value) -> Result<(), InvalidPolicy> {
        match name {
            "law" => self.law = word(value, Decree::parse)?,
            "minLevel" => self.min_level = level(value)?,
            "kinds" => self.kinds = filled(HolderKind::parse_all(value))?,
            "vct" => self.vct = filled(Some(texts(value)?))?,
            "requiredClaims" => self.required_claims = Self::read_paths(value)?,
            "keyBinding" => self.key_binding = word(value, |text| demand(text, "if-asked"))?,
            "status" => self.status = word(value, |text| demand(text, "if-present"))?,
            "clockSkew" => self.clock_skew = seconds(value)?,
            "maxPresentationAge" => self.max_presentation_age = seconds(value)?,
            "maxValidity" => self.max_validity = seconds(value)?,
            "expiryDay" => {
                self.expiry_day = word(value, |text| match text {
                    "inclusive" => Some(ExpiryDay::Inclusive),
                    "exclusive" => Some(ExpiryDay::Exclusive),
                    _ => None,
                })?;
            }
            "evidence" => {
                self.evidence = word(value, |text| match text {
                    "any" => Some(EvidenceDemand::Any),
                    "portrait-and-fingerprint" => Some(EvidenceDemand::PortraitAndFingerprint),
                    _ => None,
                })?;
            }
            "allowLegacyHash" => self.allow_legacy_hash = value.as_bool().ok_or(InvalidPolicy)?,
            "ask" => self.ask = Some(Ask::read(value)?),
            "documents" => {
                self.documents = word(value, |text| match text {
                    "ignore" => Some(DocumentsDemand::Ignore),
                    "identity" => Some(DocumentsDemand::Identity),
                    "all" => Some(DocumentsDemand::All),
                    _ => None,
                })?;
            }
            _ => return Err(InvalidPolicy),
        }
        Ok(())
    }
}

impl Ask {
    fn read(value: &Value) -> Result<Self, InvalidPolicy> {
        let mut ask = Self::default();
        for (name, value) in &value.as_object().ok_or(InvalidPolicy)?.members {
            match name.as_str() {
                "ageAtLeast" => {
                    let years = value.as_int().filter(|years| (0..=MAX_AGE).contains(years)).ok_or(InvalidPolicy)?;
                    ask.age_at_least = Some(i32::try_from(years).map_err(|_| InvalidPolicy)?);
                }
                "levelAtLeast" => ask.level_at_least = Some(level(value)?),
                "inDate" => ask.in_date = texts(value)?,
                _ => return Err(InvalidPolicy),
            }
        }
        Ok(ask)
    }
}

/// No person is older (the longest documented life is 122 years; three digits keep a typing error out).
const MAX_AGE: i64 = 150;

fn word<T>(value: &Value, read: impl Fn(&str) -> Option<T>) -> Result<T, InvalidPolicy> {
    value.as_text().and_then(read).ok_or(InvalidPolicy)
}

fn demand(text: &str, middle: &str) -> Option<Demand> {
    match text {
        "ignore" => Some(Demand::Ignore),
        "require" => Some(Demand::Require),
        _ => (text == middle).then_some(Demand::IfGiven),
    }
}

fn level(value: &Value) -> Result<u8, InvalidPolicy> {
    match value.as_int() {
        Some(1) => Ok(1),
        Some(2) => Ok(2),
        Some(_) | None => Err(InvalidPolicy),
    }
}

fn seconds(value: &Value) -> Result<i64, InvalidPolicy> {
    value.as_int().filter(|seconds| *seconds >= 0).ok_or(InvalidPolicy)
}

/// Seconds; milliseconds given for seconds lie beyond the last NumericDate, and no report could write them.
fn instant(value: &Value) -> Result<UnixTime, InvalidPolicy> {
    value.as_int().filter(|seconds| *seconds <= limits::MAX_NUMERIC_DATE).map(UnixTime).ok_or(InvalidPolicy)
}

fn array(value: &Value) -> Result<&[Value], InvalidPolicy> {
    value.as_array().ok_or(InvalidPolicy)
}

fn texts(value: &Value) -> Result<Vec<String>, InvalidPolicy> {
    value.as_texts().ok_or(InvalidPolicy)
}

fn filled<T>(items: Option<Vec<T>>) -> Result<Vec<T>, InvalidPolicy> {
    items.filter(|items| !items.is_empty()).ok_or(InvalidPolicy)
}

/// A dotted name, or an array of names and indices.
fn path(value: &Value) -> Result<Vec<PathStep>, InvalidPolicy> {
    if let Some(text) = value.as_text() {
        let mut steps = Vec::new();
        for step in split::parts(text, b'.') {
            if step.is_empty() {
                return Err(InvalidPolicy);
            }
            steps.push(PathStep::Member(step.to_owned()));
        }
        return Ok(steps);
    }
    let steps = json::each(array(value)?, |step| match (step.as_text(), step.as_int()) {
        (Some(name), _) if !name.is_empty() => Ok(PathStep::Member(name.to_owned())),
        (_, Some(index)) => usize::try_from(index).map(PathStep::Element).map_err(|_| InvalidPolicy),
        _ => Err(InvalidPolicy),
    })?;
    filled(Some(steps))
}

/// Whether the claims hold something at a path.
pub fn is_disclosed(claims: &Object, path: &[PathStep]) -> bool {
    let mut steps = path.iter();
    let Some(PathStep::Member(first)) = steps.next() else { return false };
    let Some(mut here) = claims.get(first) else { return false };
    for step in steps {
        let next = match step {
            PathStep::Member(name) => here.as_object().and_then(|object| object.get(name)),
            PathStep::Element(index) => here.as_array().and_then(|items| items.get(*index)),
        };
        let Some(next) = next else { return false };
        here = next;
    }
    true
}

/// The options of one call (contract §3).
#[derive(Clone, Debug)]
pub struct Options {
    /// The instant of judgement.
    pub now: UnixTime,
    /// The policy of this call: the verifier's own, unless the call makes it stricter.
    pub policy: Rc<Policy>,
    /// Expected `nonce` of the key binding.
    pub nonce: Option<String>,
    /// Expected `aud` of the key binding.
    pub audience: Option<String>,
    /// Status lists for this call.
    pub status_lists: Vec<String>,
    /// Account states for this call.
    pub account_states: Vec<String>,
    /// Purpose under the relying-party authorisation.
    pub purpose: Option<String>,
    /// Origin of the page.
    pub origin: Option<String>,
    /// Told by a server that the page trusts.
    pub server_time: Option<UnixTime>,
    /// Optical MRZ beside a token.
    pub mrz: Option<String>,
}

impl Options {
    /// Reads the options of a call on top of the verifier's policy.
    ///
    /// # Errors
    /// [`InvalidPolicy`]: unknown names, wrong types, an empty or absent-but-named `nonce` or `audience`, a policy that would loosen, key
    /// binding required with nothing to bind to.
    pub fn read(value: &Value, base: &Rc<Policy>) -> Result<Self, InvalidPolicy> {
        let mut options = Self {
            now: UnixTime(0),
            policy: Rc::clone(base),
            nonce: None,
            audience: None,
            status_lists: Vec::new(),
            account_states: Vec::new(),
            purpose: None,
            origin: None,
            server_time: None,
            mrz: None,
        };
        let mut has_now = false;
        for (name, value) in &value.as_object().ok_or(InvalidPolicy)?.members {
            match name.as_str() {
                "now" => {
                    options.now = instant(value)?;
                    has_now = true;
                }
                "policy" => options.policy = Rc::new(base.tightened(value)?),
                "nonce" => options.nonce = Some(nonempty(value)?),
                "audience" => options.audience = Some(nonempty(value)?),
                "statusLists" => options.status_lists = texts(value)?,
                "accountStates" => options.account_states = texts(value)?,
                "purpose" => options.purpose = Some(nonempty(value)?),
                "origin" => options.origin = Some(nonempty(value)?),
                "serverTime" => options.server_time = Some(instant(value)?),
                "mrz" => options.mrz = Some(nonempty(value)?),
                _ => return Err(InvalidPolicy),
            }
        }
        let nothing_to_bind = options.nonce.is_none() && options.audience.is_none();
        if !has_now || (options.policy.key_binding == Demand::Require && nothing_to_bind) {
            return Err(InvalidPolicy);
        }
        Ok(options)
    }
}

fn nonempty(value: &Value) -> Result<String, InvalidPolicy> {
    value.as_text().filter(|text| !text.is_empty()).map(ToOwned::to_owned).ok_or(InvalidPolicy)
}
