//! The wire shape: JSON text in, JSON text out. The same functions serve native callers, tests and JavaScript, so all three see the same report.
//!
//! Text, not objects: measured twice as fast as building JavaScript objects one by one, and `JSON.parse` keeps every claim name as own data.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use crate::base::{Problem, Span, UnixTime};
use crate::boundary::chip;
use crate::boundary::config::{Config, ConfigError, read_update};
use crate::encoding::json::{self, Object, Value};
use crate::verify::code::{self, Code};
use crate::verify::credential;
use crate::verify::dcql;
use crate::verify::fault;
use crate::verify::handed::Handed;
use crate::verify::knowledge::Artefact;
use crate::verify::mrz;
use crate::verify::policy::Options;
use crate::verify::presentation::{self, ResponseReport};
use crate::verify::report::{AccountReading, Answers, Check, DocumentReading, HolderReading, Need, Outcome, PlanLine, Report, Verdict};

/// A verifier: trust once, verify many.
#[derive(Debug)]
pub struct Engine {
    config: Config,
    chip: chip::Trust,
}

impl Engine {
    /// Reads a configuration; `now` is the host's clock in seconds.
    ///
    /// # Errors
    /// [`ConfigError`] with `policy_invalid` or `key_invalid`.
    pub fn new(config_json: &str, csca: &[&[u8]], master_lists: &[&[u8]], now: i64) -> Result<Self, ConfigError> {
        let mut config = Config::read(config_json, UnixTime(now))?;
        config.knowledge.certificates_pinned = !csca.is_empty() || !master_lists.is_empty();
        let chip = chip::Trust::read(csca, master_lists, now, &config)?;
        Ok(Self { config, chip })
    }

    /// Verifies a text: compact token or QR text. Never fails, never panics.
    pub fn verify(&self, input: &str, options_json: &str) -> String {
        let report = match self.options(options_json) {
            Ok(options) => credential::judge(input, &self.config.knowledge, &options),
            Err(report) => *report,
        };
        text(&report)
    }

    /// Verifies bytes: the UTF-8 of a text, or CBOR.
    pub fn verify_bytes(&self, input: &[u8], options_json: &str) -> String {
        if input.len() > crate::base::limits::TOKEN {
            return self.refuse(code::INPUT_TOO_LARGE.name());
        }
        match core::str::from_utf8(input) {
            Ok(input) => self.verify(input, options_json),
            Err(_) => match self.options(options_json) {
                Ok(options) => text(&credential::judge_bytes(input, options.now)),
                Err(report) => text(&report),
            },
        }
    }

    /// Verifies a travel document, alone or beside a credential.
    pub fn verify_document(&self, input_json: &str, sod: Option<&[u8]>, data_groups: &[(u8, &[u8])], options_json: &str) -> String {
        let mut options = match self.options(options_json) {
            Ok(options) => options,
            Err(report) => return text(&report),
        };
        let Ok(input) = json::parse_object(input_json.as_bytes()) else { return self.refuse(code::INPUT_TYPE_INVALID.name()) };
        let chip = sod.is_some() || !data_groups.is_empty();
        let credential = input.text("credential");
        options.mrz = input.text("mrz").map(ToString::to_string).or(options.mrz);
        let report = match (chip, credential, options.mrz.as_deref()) {
            (true, _, zone) => self.chip.judge(credential, zone, sod, data_groups, &self.config, &options),
            (false, Some(credential), _) => credential::judge(credential, &self.config.knowledge, &options),
            (false, None, Some(zone)) => mrz::alone(zone, options.now, options.policy.expiry_day).0,
            (false, None, None) => credential::refuse(code::INPUT_TYPE_INVALID, false, options.now),
        };
        text(&report)
    }

    /// Verifies one after the other; the same verdicts as one by one.
    pub fn verify_many(&self, inputs: &[&str], options_json: &str) -> String {
        let options = self.options(options_json);
        let handed = options.as_ref().map(Handed::of);
        let reports = inputs.iter().map(|input| match (&options, &handed) {
            (Ok(options), Ok(handed)) => text(&credential::judge_among(input, &self.config.knowledge, options, handed)),
            (Err(report), Ok(_) | Err(_)) => text(report),
            (Ok(_), Err(report)) => text(report),
        });
        let mut all = String::from("[");
        for (index, report) in reports.enumerate() {
            if index > 0 {
                all.push(',');
            }
            all.push_str(&report);
        }
        all.push(']');
        all
    }

    /// Verifies a `vp_token`: an object of arrays of presentations (OpenID4VP 1.0 §8.1).
    pub fn verify_vp_token(&self, token_json: &str, options_json: &str) -> String {
        let options = match self.options(options_json) {
            Ok(options) => options,
            Err(report) => return json_text(&WireResponse::refused(report.codes())),
        };
        match json::parse_object(token_json.as_bytes()) {
            Ok(token) => json_text(&WireResponse::of(&presentation::judge(&token, &self.config.knowledge, &options))),
            Err(problem) => json_text(&WireResponse::refused([fault::problem(problem)].into())),
        }
    }

    /// The question of this verifier as a DCQL query (OpenID4VP 1.0 §6).
    ///
    /// # Errors
    /// [`ConfigError`] with `policy_invalid`.
    pub fn dcql_query(&self, request_json: &str) -> Result<String, ConfigError> {
        let request = json::parse_object(request_json.as_bytes()).map_err(|_| ConfigError::policy("dcqlQuery"))?;
        let query = dcql::query(&self.config.policy, &request).map_err(|_| ConfigError::policy("dcqlQuery"))?;
        Ok(json_text(&query))
    }

    /// The whole plan with `input.format` refused by `code`: for what the door refuses before the engine sees it.
    pub fn refuse(&self, name: &str) -> String {
        let unknown = |code: &Code| code.name() == name;
        let fails = REFUSALS.iter().copied().find(unknown);
        let report = match (fails, UNKNOWNS.iter().copied().find(unknown)) {
            (Some(code), _) => credential::refuse(code, false, UnixTime(0)),
            (None, Some(code)) => credential::refuse(code, true, UnixTime(0)),
            (None, None) => credential::refuse(code::INTERNAL_ERROR, true, UnixTime(0)),
        };
        text(&report)
    }

    /// Swaps in newer signed artefacts; a worse one changes nothing.
    pub fn update(&mut self, update_json: &str, now: i64) -> String {
        match read_update(update_json) {
            Some(update) => self.config.knowledge.apply(&update, UnixTime(now), self.config.policy.clock_skew),
            None => {
                let mut report = credential::refuse(code::POLICY_INVALID, false, UnixTime(now));
                report.checks.truncate(1);
                self.config.knowledge.note(Artefact::unreadable(report));
            }
        }
        self.trust()
    }

    /// Makes the issuers' keys warm now (tables of 30 KB each) instead of after some uses.
    pub fn warm(&self) {
        self.config.knowledge.warm_keys();
    }

    /// One report an artefact.
    pub fn trust(&self) -> String {
        let listed = self.config.knowledge.artefacts().iter().map(|artefact| WireTrust::Listed(WireArtefact::of(artefact)));
        let all: Vec<WireTrust<'_>> = listed.chain(self.chip.artefacts().into_iter().map(WireTrust::Chip)).collect();
        json_text(&all)
    }

    fn options(&self, options_json: &str) -> Result<Options, Box<Report>> {
        let refuse = |code| Box::new(credential::refuse(code, false, UnixTime(0)));
        let value = json::parse(options_json.as_bytes()).map_err(|problem| match problem {
            // a lone surrogate cannot be written in UTF-8; JSON text carries it as an escape that no strict reader takes
            Problem::Encoding => refuse(code::ENCODING_INVALID),
            Problem::Json if has_lone_surrogate(options_json) => refuse(code::ENCODING_INVALID),
            Problem::Json
            | Problem::Empty
            | Problem::TooLarge
            | Problem::Structure
            | Problem::DuplicateKey
            | Problem::TooDeep
            | Problem::Number
            | Problem::ForbiddenName => refuse(code::POLICY_INVALID),
        })?;
        Options::read(&value, &self.config.policy).map_err(|_| {
            let mut report = refuse(code::POLICY_INVALID);
            if let Some(now) = value.as_object().and_then(|options| options.get("now")).and_then(Value::as_int) {
                report.verified_at = UnixTime(now);
            }
            report
        })
    }
}

/// Refusals of the door that make an input invalid.
const REFUSALS: [Code; 8] = [
    code::INPUT_TYPE_INVALID,
    code::INPUT_EMPTY,
    code::INPUT_TOO_LARGE,
    code::ENCODING_INVALID,
    code::STRUCTURE_INVALID,
    code::POLICY_INVALID,
    code::KEY_INVALID,
    code::RESOURCE_LIMIT,
];
/// Faults of the host that make no statement on an input.
const UNKNOWNS: [Code; 6] =
    [code::ENGINE_NOT_READY, code::ENGINE_BUSY, code::ENGINE_UNUSABLE, code::ENGINE_OUTDATED, code::NOT_IN_BUILD, code::INTERNAL_ERROR];

/// `\ud800`–`\udfff` without its partner, as `JSON.stringify` writes it (ECMA-262 §25.5.2.3).
fn has_lone_surrogate(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| matches!(four, [b'\\', b'u', b'd', b'8'..=b'9' | b'a'..=b'f']))
}

/// The version of this crate.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Formats and parts that this build holds.
pub const FEATURES: &[&str] = &[
    #[cfg(feature = "sd-jwt")]
    "sd-jwt",
    #[cfg(feature = "es256")]
    "es256",
    #[cfg(feature = "lists")]
    "lists",
    #[cfg(feature = "mrz")]
    "mrz",
    #[cfg(feature = "emrtd")]
    "emrtd",
];

/// One line of `verifier.trust`: a signed list of issuers, or one of CSCA certificates.
#[derive(Serialize)]
#[serde(untagged)]
enum WireTrust<'a> {
    Listed(WireArtefact<'a>),
    Chip(Object),
}

#[derive(Serialize)]
struct WireEngine {
    version: &'static str,
    features: &'static [&'static str],
}

/// `{"version","features"}`.
pub fn engine_info() -> String {
    json_text(&WireEngine { version: VERSION, features: FEATURES })
}

/// The report as JSON text.
pub fn text(report: &Report) -> String {
    json_text(&WireReport::of(report))
}

/// Serialising plain values to a string cannot fail; if it did, the answer would still be no verdict.
pub(in crate::boundary) fn json_text<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireReport<'a> {
    verdict: &'static str,
    format: &'static str,
    codes: Vec<&'static str>,
    checks: Vec<WireCheck>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holder: Option<WireHolder<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<Vec<WireDocument<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<WireAccount<'a>>,
    needs: Vec<WireNeed<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<Object>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relying_party: Option<WireRelyingParty<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    beyond_need: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<String>,
    verified_at: String,
    engine: WireEngine,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireArtefact<'a> {
    artefact: &'static str,
    verdict: &'static str,
    codes: Vec<&'static str>,
    checks: Vec<WireCheck>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    status_hosts: &'a [String],
}

impl<'a> WireArtefact<'a> {
    fn of(artefact: &'a Artefact) -> Self {
        Self {
            artefact: artefact.name,
            verdict: artefact.report.verdict().name(),
            codes: artefact.report.codes().into_iter().map(Code::name).collect(),
            checks: artefact.report.checks.iter().map(WireCheck::of).collect(),
            version: artefact.version,
            iss: artefact.issuer.as_deref(),
            uri: artefact.uri.as_deref(),
            status_hosts: &artefact.status_hosts,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireResponse<'a> {
    verdict: &'static str,
    codes: Vec<&'static str>,
    presentations: WirePresentations<'a>,
    cross_check: WireCheck,
}

struct WirePresentations<'a>(&'a [(String, Vec<Report>)]);

impl Serialize for WirePresentations<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, reports)| (id, reports.iter().map(WireReport::of).collect::<Vec<_>>())))
    }
}

impl<'a> WireResponse<'a> {
    fn of(response: &'a ResponseReport) -> Self {
        Self {
            verdict: response.verdict().name(),
            codes: response.codes().into_iter().map(Code::name).collect(),
            presentations: WirePresentations(&response.presentations),
            cross_check: cross_check(response.cross_check),
        }
    }

    fn refused(codes: Vec<Code>) -> Self {
        Self {
            verdict: Verdict::Invalid.name(),
            codes: codes.into_iter().map(Code::name).collect(),
            presentations: WirePresentations(&[]),
            cross_check: cross_check(Outcome::Unknown(code::NOT_REACHED)),
        }
    }
}

fn cross_check(outcome: Outcome) -> WireCheck {
    let line = PlanLine { check: "holder.cross_check", spec: "OpenID4VP 1.0 §8.1" };
    WireCheck::of(&Check { line, outcome, basis: None, at: None })
}

#[derive(Serialize)]
struct WireCheck {
    check: &'static str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    spec: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<WireSpan>,
}

#[derive(Serialize)]
struct WireSpan {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireHolder<'a> {
    kind: &'static str,
    level: Option<u8>,
    law: &'static str,
    issuer: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer_name: Option<WireName<'a>>,
    vct: &'a str,
    claims: &'a Object,
    documents: Vec<WireDocument<'a>>,
    undisclosed: usize,
}

#[derive(Serialize)]
struct WireRelyingParty<'a> {
    sub: &'a str,
    purpose: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<WireName<'a>>,
}

#[derive(Serialize)]
struct WireName<'a> {
    vi: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireDocument<'a> {
    #[serde(rename = "type")]
    document: &'a str,
    state: &'static str,
    expires_on: Option<&'a str>,
    days_left: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireAccount<'a> {
    state: &'static str,
    grounds: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pending: Vec<WirePending<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WirePending<'a> {
    requested_by: &'a str,
    received: &'a str,
    due: &'a str,
}

#[derive(Serialize)]
struct WireNeed<'a> {
    #[serde(rename = "type")]
    need: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<&'a str>,
}

impl<'a> WireReport<'a> {
    fn of(report: &'a Report) -> Self {
        let documents: Option<Vec<_>> = report.documents.as_ref().map(|documents| documents.iter().map(WireDocument::of).collect());
        Self {
            verdict: report.verdict().name(),
            format: report.format.name(),
            codes: report.codes().into_iter().map(Code::name).collect(),
            checks: report.checks.iter().map(WireCheck::of).collect(),
            holder: report.holder().map(|holder| WireHolder::of(holder, report.documents.as_deref().unwrap_or_default())),
            documents,
            account: report.account.as_ref().map(WireAccount::of),
            needs: report.needs.iter().map(WireNeed::of).collect(),
            answers: report.answers.as_ref().map(answers),
            relying_party: report.relying_party.as_ref().map(|party| WireRelyingParty {
                sub: &party.subject,
                purpose: &party.purpose,
                text: party.text.as_ref().map(|(vi, en)| WireName { vi, en }),
            }),
            beyond_need: &report.beyond_need,
            valid_until: report.valid_until.and_then(UnixTime::to_rfc3339),
            verified_at: report.verified_at.to_rfc3339().unwrap_or_default(),
            engine: WireEngine { version: VERSION, features: FEATURES },
        }
    }
}

impl WireCheck {
    fn of(check: &Check) -> Self {
        Self {
            check: check.line.check,
            outcome: check.outcome.name(),
            code: check.outcome.code().map(Code::name),
            spec: check.line.spec,
            basis: check.basis,
            at: check.at.map(|Span { start, end }| WireSpan { start, end }),
        }
    }
}

impl<'a> WireHolder<'a> {
    fn of(holder: &'a HolderReading, documents: &'a [DocumentReading]) -> Self {
        Self {
            kind: holder.kind.name(),
            level: holder.level,
            law: holder.law,
            issuer: &holder.issuer,
            issuer_name: holder.issuer_name.as_ref().map(|(vi, en)| WireName { vi, en }),
            vct: &holder.vct,
            claims: &holder.claims,
            documents: documents.iter().map(WireDocument::of).collect(),
            undisclosed: holder.undisclosed,
        }
    }
}

impl<'a> WireDocument<'a> {
    fn of(document: &'a DocumentReading) -> Self {
        Self {
            document: &document.document,
            state: document.state,
            expires_on: document.expires_on.as_deref(),
            days_left: document.days_left,
        }
    }
}

impl<'a> WireAccount<'a> {
    fn of(account: &'a AccountReading) -> Self {
        let pending = account.pending.iter();
        Self {
            state: account.state,
            grounds: &account.grounds,
            as_of: account.as_of.as_deref(),
            pending: pending
                .map(|request| WirePending { requested_by: &request.requested_by, received: &request.received, due: &request.due })
                .collect(),
        }
    }
}

impl<'a> WireNeed<'a> {
    fn of(need: &'a Need) -> Self {
        match need {
            Need::StatusList(uri) => Self { need: "status_list", uri: Some(uri), iss: None, sub: None },
            Need::TrustList => Self { need: "trust_list", uri: None, iss: None, sub: None },
            Need::AccountState { iss, sub } => Self { need: "account_state", uri: None, iss: Some(iss), sub: Some(sub) },
        }
    }
}

/// Only what was asked; `null` where it cannot be told.
fn answers(answers: &Answers) -> Object {
    let word = |answer: Option<bool>| answer.map_or(Value::Null, Value::Bool);
    let mut members = Vec::new();
    if let Some(answer) = answers.age_at_least {
        members.push(("ageAtLeast".to_string(), word(answer)));
    }
    if let Some(answer) = answers.level_at_least {
        members.push(("levelAtLeast".to_string(), word(answer)));
    }
    if !answers.in_date.is_empty() {
        let in_date = answers.in_date.iter().map(|(name, answer)| (name.clone(), word(*answer))).collect();
        members.push(("inDate".to_string(), Value::Object(Object { members: in_date })));
    }
    Object { members }
}
