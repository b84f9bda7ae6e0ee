//! Path (a): a signed eID credential, from the text as received to the verdict (contract §4, §5).
//!
//! Up to and including the disclosures the first fault ends the plan; from the type on every check is made.

use alloc::borrow::ToOwned;
use alloc::vec::Vec;

use crate::base::UnixTime;
use crate::base::limits;
use crate::base::split;
use crate::crypto::digest::DigestId;
use crate::document::claims;
use crate::document::issuer::{IssuerEntry, IssuerState, KeyUse, ListedKey};
use crate::document::profile;
use crate::document::sd_jwt::Presentation;
use crate::document::sd_jwt::disclosure::Disclosure;
use crate::document::sd_jwt::processing::{self, ProcessedClaims};
use crate::encoding::json::Value;
use crate::envelope::jws::{CompactJws, Header, UnverifiedJws};
use crate::envelope::verified::{Purpose, TrustedKey};
use crate::verify::account;
use crate::verify::answers;
use crate::verify::binding::{self, Presented};
use crate::verify::code::{self, Code};
use crate::verify::content::{self, Case};
use crate::verify::cross_check;
use crate::verify::documents;
use crate::verify::fault;
use crate::verify::handed::Handed;
use crate::verify::knowledge::Knowledge;
use crate::verify::policy::Options;
use crate::verify::recognise;
use crate::verify::relying_party;
use crate::verify::report::{Format, HolderReading, Need, Outcome, PlanLine, Report};
use crate::verify::status::{self, Asked};

/// Size, alphabet, structure, JSON.
pub const INPUT: &PlanLine = &PlanLine { check: "input.format", spec: "RFC 9901 §4" };
/// Protected header.
pub const HEADER: &PlanLine = &PlanLine { check: "jws.header", spec: "RFC 7515 §4, RFC 8725 §3" };
/// Issuer and key.
pub const TRUST: &PlanLine = &PlanLine { check: "issuer.trust", spec: "RFC 8725 §3.8" };
/// Issuer signature.
pub const SIGNATURE: &PlanLine = &PlanLine { check: "issuer.signature", spec: "RFC 7515 §5.2" };
/// Disclosures.
pub const DISCLOSURES: &PlanLine = &PlanLine { check: "disclosures", spec: "RFC 9901 §7.1" };
/// The plan of a credential.
pub const PLAN: &[&PlanLine] = &[
    INPUT,
    HEADER,
    TRUST,
    SIGNATURE,
    DISCLOSURES,
    content::TYPE,
    content::TIME,
    content::LEVEL,
    content::LAW,
    content::KIND,
    content::REQUIRED,
    content::CLAIMS,
    content::PERSONAL_NUMBER,
    binding::BINDING,
    binding::AUDIENCE,
    binding::NONCE,
    binding::TIME,
    status::STATUS,
    account::ACCOUNT,
    documents::PASSPORT,
    documents::RESIDENCE,
    documents::RESIDENCE_TERM,
    documents::IDENTITY_CARD,
    documents::INTEGRATED,
    relying_party::RELYING_PARTY,
];

/// `typ` of an SD-JWT VC, and its older name (draft-ietf-oauth-sd-jwt-vc §2.2.1).
const SD_JWT_TYPES: [&str; 2] = ["dc+sd-jwt", "vc+sd-jwt"];
/// `typ` of the same credential without disclosures (contract §5).
const BARE_TYPE: &str = "eid+jwt";

/// Outcomes of `issuer.trust` that a (newer) trust list could mend.
const WANTS_TRUST_LIST: [Outcome; 3] =
    [Outcome::Unknown(code::TRUST_LIST_MISSING), Outcome::Unknown(code::TRUST_LIST_EXPIRED), Outcome::Fail(code::TRUST_LIST_ROLLBACK)];

/// A fault that ends the plan: line, outcome.
struct Stop(&'static PlanLine, Outcome);

impl Stop {
    const fn fail(line: &'static PlanLine, code: Code) -> Self {
        Self(line, Outcome::Fail(code))
    }
}

/// Judges a credential. Never fails: what is wrong stands in the report.
pub fn judge(text: &str, knowledge: &Knowledge, options: &Options) -> Report {
    judge_among(text, knowledge, options, &Handed::of(options))
}

/// As [`judge`], for one of many inputs that share what the call brought along.
pub fn judge_among(text: &str, knowledge: &Knowledge, options: &Options, handed: &Handed<'_>) -> Report {
    let mut report = Report::start(recognise::of_text(text), PLAN, options.now);
    cross_check::announce(&mut report, options);
    if let Err(Stop(line, outcome)) = walk(&mut report, text, knowledge, options, handed) {
        report.set(line, outcome);
    }
    report
}

/// A report on bytes that are no text: of a format that this build cannot judge yet, or of none.
pub fn judge_bytes(bytes: &[u8], now: UnixTime) -> Report {
    match recognise::of_bytes(bytes) {
        Some(format) => {
            let mut report = refuse(code::NOT_IN_BUILD, true, now);
            report.format = format;
            report
        }
        None => refuse(code::ENCODING_INVALID, false, now),
    }
}

/// A report that refuses an input before any parsing.
pub fn refuse(code: Code, unknown: bool, now: UnixTime) -> Report {
    let mut report = Report::start(Format::Unknown, PLAN, now);
    report.set(INPUT, if unknown { Outcome::Unknown(code) } else { Outcome::Fail(code) });
    report
}

/// What stands in the text, before anything is believed.
struct Received<'a> {
    jws: UnverifiedJws<'a>,
    disclosures: Vec<Disclosure<'a>>,
    key_binding: Option<CompactJws<'a>>,
    bound_text: &'a str,
    is_sd_jwt: bool,
}

fn receive(text: &str) -> Result<Received<'_>, Stop> {
    if text.is_empty() {
        return Err(Stop::fail(INPUT, code::INPUT_EMPTY));
    }
    if text.len() > limits::TOKEN {
        return Err(Stop::fail(INPUT, code::INPUT_TOO_LARGE));
    }
    if text.starts_with('{') {
        return Err(if recognise::of_text(text) == Format::DataIntegrity {
            Stop(INPUT, Outcome::Unknown(code::NOT_IN_BUILD))
        } else {
            Stop::fail(INPUT, code::STRUCTURE_INVALID) // JSON serialisations: one grammar only
        });
    }
    if !text.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Stop::fail(INPUT, code::ENCODING_INVALID));
    }
    let refused = |error: crate::base::ParseError| Stop::fail(INPUT, fault::problem(error.problem));
    if split::first(text, b'~').is_some() {
        let presentation = Presentation::split(text).map_err(refused)?;
        Ok(Received {
            jws: presentation.issuer.read().map_err(refused)?,
            disclosures: presentation.disclosures,
            key_binding: presentation.key_binding,
            bound_text: presentation.bound_text,
            is_sd_jwt: true,
        })
    } else {
        let jws = UnverifiedJws::parse(text, 0).map_err(refused)?;
        Ok(Received { jws, disclosures: Vec::new(), key_binding: None, bound_text: text, is_sd_jwt: false })
    }
}

fn check_type(header: &Header, is_sd_jwt: bool) -> Result<Format, Stop> {
    let typ = header.typ.as_deref().unwrap_or_default();
    match (SD_JWT_TYPES.contains(&typ), typ == BARE_TYPE, is_sd_jwt) {
        (true, _, true) => Ok(Format::SdJwtVc),
        (_, true, false) => Ok(Format::Jwt),
        // the right type in the other grammar (contract §12 "Types of token")
        (true, _, false) | (_, true, true) => Err(Stop::fail(INPUT, code::STRUCTURE_INVALID)),
        (false, false, _) => Err(Stop::fail(HEADER, code::TYP_MISMATCH)),
    }
}

/// The issuer that the payload names, and its key for this token.
fn trust<'a>(
    jws: &UnverifiedJws<'_>,
    header: &Header,
    knowledge: &'a Knowledge,
    now: UnixTime,
) -> Result<(&'a IssuerEntry, &'a ListedKey), Stop> {
    let iss = match claims::text(jws.hint(), "iss") {
        Ok(Some(iss)) => iss,
        // draft-ietf-oauth-sd-jwt-vc §2.5 lets a certificate name the issuer; none that is pinned here signs credentials
        Ok(None) if header.has_certificates && knowledge.certificates_pinned => return Err(Stop::fail(TRUST, code::X5C_NOT_TRUSTED)),
        Ok(None) => return Err(Stop::fail(TRUST, code::ISSUER_MISSING)),
        Err(fault) => return Err(Stop::fail(TRUST, fault::claim(fault))),
    };
    let entry = knowledge.trust.issuer(iss, now).map_err(|outcome| Stop(TRUST, outcome))?;
    match entry.state {
        IssuerState::Active => {}
        IssuerState::Suspended | IssuerState::Withdrawn => return Err(Stop::fail(TRUST, code::ISSUER_SUSPENDED)),
    }
    let key = knowledge.trust.key(entry, header.kid.as_deref(), KeyUse::Any).map_err(|code| Stop::fail(TRUST, code))?;
    if key.key.algorithm() != header.alg {
        return Err(Stop::fail(TRUST, code::ALG_KEY_MISMATCH));
    }
    // a window is about when the key signed; an iat that cannot be read is the business of credential.time
    if let Ok(Some(issued)) = claims::numeric_date(jws.hint(), "iat")
        && !key.serves_at(issued)
    {
        return Err(Stop::fail(TRUST, code::KEY_NOT_VALID_AT_TIME));
    }
    Ok((entry, key))
}

fn walk(report: &mut Report, text: &str, knowledge: &Knowledge, options: &Options, handed: &Handed<'_>) -> Result<(), Stop> {
    let received = receive(text)?;
    let at = Some(received.jws.at);
    let header = received.jws.header().map_err(|fault| Stop::fail(HEADER, fault::header(fault)))?;
    report.format = check_type(&header, received.is_sd_jwt)?;
    report.set_at(INPUT, Outcome::Pass, None);
    report.set_at(HEADER, Outcome::Pass, at);
    processing::refuse_protected(received.jws.hint(), &received.disclosures).map_err(|f| Stop::fail(DISCLOSURES, fault::sd(f)))?;

    let (entry, key) = trust(&received.jws, &header, knowledge, options.now).inspect_err(|Stop(_, outcome)| {
        if WANTS_TRUST_LIST.contains(outcome) {
            report.needs.push(Need::TrustList);
        }
    })?;
    if let Some(end) = knowledge.trust.list_expires().filter(|_| knowledge.trust.is_listed(&entry.iss)) {
        report.may_change_at(end);
    }
    report.set(TRUST, Outcome::Pass);
    let key = TrustedKey::pinned(key.key.clone(), Purpose::Credential);
    let payload = received.jws.verify(&key).map_err(|_| Stop::fail(SIGNATURE, code::SIGNATURE_INVALID))?;
    knowledge.warm.note(key.key());
    report.set_at(SIGNATURE, Outcome::Pass, at);
    report.account = Some(documents::unknown_account());

    let algorithm = processing::digest_algorithm(payload.get()).unwrap_or(DigestId::Sha256);
    let claims = processing::disclose(payload, received.disclosures).map_err(|f| Stop::fail(DISCLOSURES, fault::sd(f)))?;
    report.set(DISCLOSURES, Outcome::Pass);

    let narrowing = knowledge.trust.narrowing(&entry.iss);
    let needed = relying_party::purpose(knowledge, options).and_then(|purpose| purpose.min_level);
    let min_level = needed.map_or(options.policy.min_level, |level| level.max(options.policy.min_level));
    let case = Case { claims: &claims.get().claims, entry, narrowing, options, min_level };
    let clock_is_right = case.judge(report, knowledge.clock_floor);
    let presented = Presented { token: received.key_binding, bound_text: received.bound_text, algorithm };
    binding::judge(report, presented, &claims, options, clock_is_right);
    let asked = Asked { claims: case.claims, entry, knowledge, handed, options };
    let word = status::judge(report, &asked);
    account::judge(report, &asked, word);
    judge_documents(report, &case);
    relying_party::judge(report, knowledge, options);
    cross_check::judge(report, case.claims, options);
    answers::answer(report, case.claims, options);
    read_holder(report, claims.into_inner(), entry, options);
    Ok(())
}

/// The documents, shown "as soon as issuer signature, disclosures and type passed" (contract §4).
fn judge_documents(report: &mut Report, case: &Case<'_>) {
    let shown = report.outcome(content::TYPE) == Some(Outcome::Pass);
    documents::judge(report, case.claims, case.kind(), case.options.policy.law, case.options);
    if !shown {
        report.documents = None;
    }
}

fn read_holder(report: &mut Report, processed: ProcessedClaims, entry: &IssuerEntry, options: &Options) {
    let Some(vct) = processed.claims.text("vct") else { return };
    let Some(kind) = profile::kind_of(vct) else { return };
    let level = processed.claims.get("eid_level").and_then(Value::as_int).and_then(|level| u8::try_from(level).ok());
    report.keep_reading(HolderReading {
        kind,
        level,
        law: options.policy.law.name(),
        issuer: entry.iss.clone(),
        issuer_name: entry.name.clone(),
        vct: vct.to_owned(),
        claims: processed.claims,
        undisclosed: processed.undisclosed,
    });
}
