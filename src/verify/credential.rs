//! Path (a): a signed eID credential, from the text as received to the verdict (contract §4, §5).
//!
//! Up to and including the disclosures the first fault ends the plan; from the type on every check is made.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::UnixTime;
use crate::base::limits;
use crate::crypto::digest::DigestId;
use crate::document::claims;
use crate::document::holder::HolderKind;
use crate::document::issuer::{IssuerEntry, IssuerState, KeyUse, ListedKey};
use crate::document::profile;
use crate::document::sd_jwt::Presentation;
use crate::document::sd_jwt::disclosure::Disclosure;
use crate::document::sd_jwt::processing::{self, ProcessedClaims};
use crate::encoding::json::{Object, Value};
use crate::envelope::jws::{CompactJws, Header, UnverifiedJws};
use crate::envelope::verified::{Purpose, TrustedKey};
use crate::law::level::{self, EvidenceFault};
use crate::law::personal_number::{self, PersonalNumber, Sex};
use crate::law::{Decree, predicate};
use crate::verify::account;
use crate::verify::binding::{self, Presented};
use crate::verify::code::{self, Code};
use crate::verify::cross_check;
use crate::verify::documents;
use crate::verify::fault;
use crate::verify::handed::Handed;
use crate::verify::knowledge::Knowledge;
use crate::verify::policy::{self, Options};
use crate::verify::recognise;
use crate::verify::relying_party;
use crate::verify::report::{Answers, Format, HolderReading, Need, Outcome, PlanLine, Report};
use crate::verify::status::{self, Asked};

/// Size, alphabet, structure, JSON.
pub const INPUT: PlanLine = PlanLine { check: "input.format", spec: "RFC 9901 §4" };
/// Protected header.
pub const HEADER: PlanLine = PlanLine { check: "jws.header", spec: "RFC 7515 §4, RFC 8725 §3" };
/// Issuer and key.
pub const TRUST: PlanLine = PlanLine { check: "issuer.trust", spec: "RFC 8725 §3.8" };
/// Issuer signature.
pub const SIGNATURE: PlanLine = PlanLine { check: "issuer.signature", spec: "RFC 7515 §5.2" };
/// Disclosures.
pub const DISCLOSURES: PlanLine = PlanLine { check: "disclosures", spec: "RFC 9901 §7.1" };
/// Credential type.
pub const TYPE: PlanLine = PlanLine { check: "credential.type", spec: "draft-ietf-oauth-sd-jwt-vc §2.2.2" };
/// `iat`, `nbf`, `exp`.
pub const TIME: PlanLine = PlanLine { check: "credential.time", spec: "RFC 7519 §4.1.4–4.1.6" };
/// Level and its evidence.
pub const LEVEL: PlanLine = PlanLine { check: "credential.level", spec: "ND69-2024 Art. 7" };
/// The decree that the account was issued under.
pub const LAW: PlanLine = PlanLine { check: "credential.law", spec: "eID profile, eid_law" };
/// Kind of holder.
pub const KIND: PlanLine = PlanLine { check: "credential.kind", spec: "ND69-2024 Art. 7" };
/// Claims that the page must know.
pub const REQUIRED: PlanLine = PlanLine { check: "claims.required", spec: "eID profile, policy.requiredClaims" };
/// Shape of the disclosed claims.
pub const CLAIMS: PlanLine = PlanLine { check: "claims.format", spec: "eID profile, claims" };
/// Personal identification number.
pub const PERSONAL_NUMBER: PlanLine = PlanLine { check: "claims.personal_number", spec: personal_number::BASIS };

/// The plan of a credential.
pub const PLAN: &[PlanLine] = &[
    INPUT,
    HEADER,
    TRUST,
    SIGNATURE,
    DISCLOSURES,
    TYPE,
    TIME,
    LEVEL,
    LAW,
    KIND,
    REQUIRED,
    CLAIMS,
    PERSONAL_NUMBER,
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
struct Stop(PlanLine, Outcome);

impl Stop {
    const fn fail(line: PlanLine, code: Code) -> Self {
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
        report.set(line.check, outcome);
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
    report.set(INPUT.check, if unknown { Outcome::Unknown(code) } else { Outcome::Fail(code) });
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
    if text.contains('~') {
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
    report.set_at(INPUT.check, Outcome::Pass, None);
    report.set_at(HEADER.check, Outcome::Pass, at);
    processing::refuse_protected(received.jws.hint(), &received.disclosures).map_err(|f| Stop::fail(DISCLOSURES, fault::sd(f)))?;

    let (entry, key) = trust(&received.jws, &header, knowledge, options.now).inspect_err(|Stop(_, outcome)| {
        if WANTS_TRUST_LIST.contains(outcome) {
            report.needs.push(Need::TrustList);
        }
    })?;
    if let Some(end) = knowledge.trust.list_expires().filter(|_| knowledge.trust.is_listed(&entry.iss)) {
        report.may_change_at(end);
    }
    report.set(TRUST.check, Outcome::Pass);
    let key = TrustedKey::pinned(key.key.clone(), Purpose::Credential);
    let payload = received.jws.verify(&key).map_err(|_| Stop::fail(SIGNATURE, code::SIGNATURE_INVALID))?;
    if let Some(key) = key.key().as_ed25519() {
        knowledge.warm.note(key);
    }
    report.set_at(SIGNATURE.check, Outcome::Pass, at);
    report.account = Some(documents::unknown_account());

    let algorithm = processing::digest_algorithm(payload.get()).unwrap_or(DigestId::Sha256);
    let claims = processing::disclose(payload, received.disclosures).map_err(|f| Stop::fail(DISCLOSURES, fault::sd(f)))?;
    report.set(DISCLOSURES.check, Outcome::Pass);

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
    case.judge_documents(report);
    relying_party::judge(report, knowledge, options);
    cross_check::judge(report, case.claims, options);
    case.answer(report);
    read_holder(report, claims.into_inner(), entry, options);
    Ok(())
}

/// The claims with what they are judged by.
struct Case<'a> {
    claims: &'a Object,
    entry: &'a IssuerEntry,
    narrowing: Option<&'a IssuerEntry>,
    options: &'a Options,
    /// The level that the call asks, or that its purpose needs if that is higher.
    min_level: u8,
}

impl Case<'_> {
    /// The entries that bound the issuer's authority.
    fn authorities(&self) -> impl Iterator<Item = &IssuerEntry> {
        core::iter::once(self.entry).chain(self.narrowing)
    }

    fn kind(&self) -> Option<HolderKind> {
        self.claims.text("vct").and_then(profile::kind_of)
    }

    /// The decree whose shapes the claims follow (contract §12 "Kinds and level").
    fn shape_law(&self) -> Decree {
        self.claims.text("eid_law").and_then(Decree::parse).unwrap_or(self.options.policy.law)
    }

    /// Type to claims; tells whether the clock can be believed.
    fn judge(&self, report: &mut Report, clock_floor: UnixTime) -> bool {
        report.set(TYPE.check, self.credential_type().map_or_else(Outcome::Fail, |()| Outcome::Pass));
        let (time, clock_is_right) = self.time(report, clock_floor);
        report.set(TIME.check, time);
        let (level, basis) = self.level();
        report.set_by_law(LEVEL.check, level, basis);
        report.set_by_law(LAW.check, self.law(), self.options.policy.law.name());
        report.set(KIND.check, self.holder_kind());
        let required = &self.options.policy.required_claims;
        report.set(
            REQUIRED.check,
            if required.is_empty() {
                Outcome::Skip(code::NOT_ASKED)
            } else if required.iter().all(|path| policy::is_disclosed(self.claims, path)) {
                Outcome::Pass
            } else {
                Outcome::Fail(code::CLAIM_MISSING)
            },
        );
        let issued = claims::numeric_date(self.claims, "iat").ok().flatten();
        let shape = profile::check(self.claims, issued);
        let readable = shape.map_err(fault::profile).and_then(|()| self.addressed());
        report.set(CLAIMS.check, readable.map_or_else(Outcome::Fail, |()| Outcome::Pass));
        report.set(PERSONAL_NUMBER.check, self.personal_number());
        clock_is_right
    }

    fn accepts_type(&self) -> bool {
        self.claims.text("vct").is_some_and(|vct| self.options.policy.vct.iter().any(|accepted| accepted == vct))
    }

    fn credential_type(&self) -> Result<(), Code> {
        let vct = claims::text(self.claims, "vct").map_err(fault::claim)?.ok_or(code::CLAIM_MISSING)?;
        if !self.accepts_type() {
            return Err(code::VCT_NOT_ACCEPTED);
        }
        let granted = |entry: &IssuerEntry| entry.vct.as_ref().is_none_or(|types| types.iter().any(|known| known == vct));
        if self.authorities().all(granted) { Ok(()) } else { Err(code::ISSUER_NOT_AUTHORISED) }
    }

    /// A credential that names its readers (`aud`) must name this one, where the call says who this is (RFC 9901 §7.1 step 6, RFC 7519 §4.1.3).
    fn addressed(&self) -> Result<(), Code> {
        let readers = match self.claims.get("aud") {
            None => return Ok(()),
            Some(Value::Array(readers)) => readers.as_slice(),
            Some(reader) => core::slice::from_ref(reader),
        };
        if readers.iter().any(|reader| reader.as_text().is_none()) {
            return Err(code::CLAIM_TYPE_INVALID);
        }
        let named = |own: &str| readers.iter().any(|reader| reader.as_text() == Some(own));
        if self.options.audience.as_deref().is_none_or(named) { Ok(()) } else { Err(code::CLAIM_VALUE_INVALID) }
    }

    fn time(&self, report: &mut Report, clock_floor: UnixTime) -> (Outcome, bool) {
        let (now, policy) = (self.options.now, &self.options.policy);
        let told = self.options.server_time.map(|server| server.0.abs_diff(now.0));
        let clock = if now < clock_floor {
            Err(code::CLOCK_ROLLBACK)
        } else if told.is_some_and(|seconds| seconds > policy.clock_skew.unsigned_abs()) {
            Err(code::CLOCK_UNTRUSTED)
        } else {
            Ok(())
        };
        let dates = (|| {
            let read = |name| claims::numeric_date(self.claims, name).map_err(fault::claim);
            let (issued, expires, start) = (read("iat")?, read("exp")?, read("nbf")?);
            Ok((issued.ok_or(code::CLAIM_MISSING)?, expires.ok_or(code::CLAIM_MISSING)?, start))
        })();
        let (issued, expires, start) = match dates {
            Ok(dates) => dates,
            Err(code) => return (Outcome::Fail(code), clock.is_ok()),
        };
        if expires <= issued || start.is_some_and(|start| expires <= start) {
            return (Outcome::Fail(code::VALIDITY_INVERTED), clock.is_ok());
        }
        if expires.0.saturating_sub(issued.0) > policy.max_validity {
            return (Outcome::Fail(code::VALIDITY_TOO_LONG), clock.is_ok());
        }
        if let Err(code) = clock {
            return (Outcome::Unknown(code), false);
        }
        let newest = now.plus(policy.clock_skew);
        let outcome = if expires <= now {
            Outcome::Fail(code::EXPIRED)
        } else if let Some(start) = start
            && start > newest
        {
            report.may_change_at(start.plus(policy.clock_skew.saturating_neg()));
            Outcome::Fail(code::NOT_YET_VALID)
        } else if issued > newest {
            Outcome::Fail(code::ISSUED_IN_FUTURE)
        } else {
            Outcome::Pass
        };
        report.may_change_at(expires);
        (outcome, true)
    }

    fn level(&self) -> (Outcome, &'static str) {
        let law = self.options.policy.law;
        let Some(kind) = self.kind() else {
            let outcome = if self.accepts_type() { Outcome::Skip(code::LEVEL_NOT_APPLICABLE) } else { Outcome::Unknown(code::NOT_REACHED) };
            return (outcome, law.name());
        };
        let shape = self.shape_law();
        if kind == HolderKind::Organisation {
            let agrees = match self.claims.get("eid_level") {
                None => !level::applies(shape, kind),
                Some(value) => level::applies(shape, kind) && value.as_int() == Some(2),
            };
            let basis = level::exists(law, kind, level::applies(law, kind).then_some(2)).unwrap_or(law.name());
            if !agrees {
                let code = if self.claims.has("eid_level") { code::LEVEL_INVALID } else { code::LEVEL_MISSING };
                return (Outcome::Fail(code), basis);
            }
            if !level::applies(law, kind) || !level::applies(shape, kind) {
                return (Outcome::Skip(code::LEVEL_NOT_APPLICABLE), basis);
            }
        }
        let article = |level| level::exists(law, kind, Some(level)).unwrap_or(law.name());
        let level = match self.claims.get("eid_level") {
            None => return (Outcome::Fail(code::LEVEL_MISSING), article(1)),
            Some(Value::Int(1)) => 1,
            Some(Value::Int(2)) => 2,
            // `2.0` is a number that is no integer literal; `2.5` is no level
            Some(Value::Decimal(number)) if number.is_digit("1") || number.is_digit("2") => {
                return (Outcome::Fail(code::NUMBER_INVALID), article(1));
            }
            Some(_) => return (Outcome::Fail(code::LEVEL_INVALID), article(1)),
        };
        if self.authorities().any(|entry| entry.max_level.is_some_and(|max| level > max)) {
            return (Outcome::Fail(code::ISSUER_LEVEL_NOT_AUTHORISED), article(level));
        }
        if level < self.min_level {
            return (Outcome::Fail(code::LEVEL_INSUFFICIENT), article(self.min_level));
        }
        let asked = level::evidence_article(law, kind, level).unwrap_or(article(level));
        let evidence = match profile::evidence(self.claims) {
            Ok(evidence) => evidence,
            Err(_) if level == 1 => None, // surplus on level 1
            Err(_) => return (Outcome::Fail(code::LEVEL_EVIDENCE_INVALID), asked),
        };
        match level::judge_evidence(law, kind, level, evidence.as_deref(), self.options.policy.evidence) {
            Ok(basis) => (Outcome::Pass, basis),
            Err(EvidenceFault::Missing) => (Outcome::Fail(code::LEVEL_EVIDENCE_MISSING), asked),
            Err(EvidenceFault::Invalid) => (Outcome::Fail(code::LEVEL_EVIDENCE_INVALID), asked),
        }
    }

    fn law(&self) -> Outcome {
        match self.claims.text("eid_law").and_then(Decree::parse) {
            None => Outcome::Skip(code::NOT_DISCLOSED),
            Some(law) if law == self.options.policy.law => Outcome::Pass,
            Some(_) => Outcome::Skip(code::LAW_TRANSITION),
        }
    }

    fn holder_kind(&self) -> Outcome {
        let Some(kind) = self.kind() else {
            // a type outside the profile that the page accepts: its holder is of no kind that a page can ask for
            return if self.accepts_type() { Outcome::Fail(code::SUBJECT_CLASS_MISMATCH) } else { Outcome::Unknown(code::NOT_REACHED) };
        };
        if !self.options.policy.kinds.contains(&kind) || profile::claim_of_another_kind(self.claims, kind) {
            return Outcome::Fail(code::SUBJECT_CLASS_MISMATCH);
        }
        let granted = |entry: &IssuerEntry| entry.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind));
        if self.authorities().all(granted) { Outcome::Pass } else { Outcome::Fail(code::ISSUER_NOT_AUTHORISED) }
    }

    /// Odd is not wrong: numbers can be set anew (law.md §5).
    fn personal_number(&self) -> Outcome {
        if self.kind() != Some(HolderKind::Citizen) {
            return Outcome::Skip(code::NOT_ASKED);
        }
        let Some(text) = self.claims.text("personal_identification_number") else { return Outcome::Skip(code::NOT_DISCLOSED) };
        let Some(number) = PersonalNumber::parse(text) else { return Outcome::Skip(code::NOT_ASKED) };
        let born = claims::date(self.claims, "birthdate").ok().flatten();
        let sex = self.claims.text("gender").and_then(Sex::parse);
        if number.oddities(born, sex, self.options.now.date_in_vietnam()).next().is_some() {
            Outcome::Skip(code::PERSONAL_NUMBER_UNUSUAL)
        } else {
            Outcome::Pass
        }
    }

    fn judge_documents(&self, report: &mut Report) {
        // "as soon as issuer signature, disclosures and type passed" (contract §4)
        let shown = report.outcome(TYPE.check) == Some(Outcome::Pass);
        documents::judge(report, self.claims, self.kind(), self.options.policy.law, self.options);
        if !shown {
            report.documents = None;
        }
    }

    /// Predicates, from the least disclosed claim that can answer: `age_equal_or_over` before the birth date.
    fn answer(&self, report: &mut Report) {
        let Some(ask) = &self.options.policy.ask else { return };
        let believed = matches!(report.verdict(), crate::verify::report::Verdict::Valid);
        let age = ask.age_at_least.map(|years| if believed { self.age_at_least(years) } else { None });
        let level = ask
            .level_at_least
            .map(|asked| if believed { self.claims.get("eid_level").and_then(Value::as_int).map(|l| l >= i64::from(asked)) } else { None });
        let shown = report.documents.as_deref().unwrap_or_default();
        let in_date = ask.in_date.iter().map(|name| {
            let known = shown.iter().find(|document| document.document == *name);
            let answer = known.and_then(|document| match document.state {
                "in_date" | "no_expiry" => Some(true),
                "expired" => Some(false),
                _ => None,
            });
            (name.clone(), answer)
        });
        report.answers = Some(Answers { age_at_least: age, level_at_least: level, in_date: in_date.collect() });
    }

    fn age_at_least(&self, years: i32) -> Option<bool> {
        let told = self.claims.get("age_equal_or_over").and_then(Value::as_object).and_then(|ages| {
            let told = |age: &String| age.parse::<i32>().ok();
            let yes = ages.members.iter().any(|(age, holds)| holds.as_bool() == Some(true) && told(age).is_some_and(|age| age >= years));
            yes.then_some(true)
        });
        // a "false" was true of the day of issue only; an older holder may have reached the age since
        told.or_else(|| {
            let born = claims::date(self.claims, "birthdate").ok().flatten()?;
            Some(predicate::age_at_least(born, u8::try_from(years).ok()?, self.options.now))
        })
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
