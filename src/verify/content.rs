//! What a credential says, once its signature and disclosures hold: type, time, level and law, kind of holder, the shape of its claims (contract §4, §5).

use crate::base::UnixTime;
use crate::document::claims;
use crate::document::holder::HolderKind;
use crate::document::issuer::IssuerEntry;
use crate::document::profile;
use crate::encoding::json::{Object, Value};
use crate::law::Decree;
use crate::law::level::{self, EvidenceFault};
use crate::law::personal_number::{self, PersonalNumber, Sex};
use crate::verify::code::{self, Code};
use crate::verify::fault;
use crate::verify::policy::{self, Options};
use crate::verify::report::{Outcome, PlanLine, Report};

/// Credential type.
pub const TYPE: &PlanLine = &PlanLine { check: "credential.type", spec: "draft-ietf-oauth-sd-jwt-vc §2.2.2" };
/// `iat`, `nbf`, `exp`.
pub const TIME: &PlanLine = &PlanLine { check: "credential.time", spec: "RFC 7519 §4.1.4–4.1.6" };
/// Level and its evidence.
pub const LEVEL: &PlanLine = &PlanLine { check: "credential.level", spec: "ND69-2024 Art. 7" };
/// The decree that the account was issued under.
pub const LAW: &PlanLine = &PlanLine { check: "credential.law", spec: "eID profile, eid_law" };
/// Kind of holder.
pub const KIND: &PlanLine = &PlanLine { check: "credential.kind", spec: "ND69-2024 Art. 7" };
/// Claims that the page must know.
pub const REQUIRED: &PlanLine = &PlanLine { check: "claims.required", spec: "eID profile, policy.requiredClaims" };
/// Shape of the disclosed claims.
pub const CLAIMS: &PlanLine = &PlanLine { check: "claims.format", spec: "eID profile, claims" };
/// Personal identification number.
pub const PERSONAL_NUMBER: &PlanLine = &PlanLine { check: "claims.personal_number", spec: personal_number::BASIS };

/// The claims with what they are judged by.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// Believed.
    pub claims: &'a Object,
    /// Their issuer.
    pub entry: &'a IssuerEntry,
    /// The pin that narrows a listed issuer.
    pub narrowing: Option<&'a IssuerEntry>,
    /// The question.
    pub options: &'a Options,
    /// The level that the call asks, or that its purpose needs if that is higher.
    pub min_level: u8,
}

impl Case<'_> {
    /// Whether the entries that bound the issuer's authority all grant something.
    fn all_authorities(&self, grant: impl Fn(&IssuerEntry) -> bool) -> bool {
        grant(self.entry) && self.narrowing.is_none_or(grant)
    }

    /// The kind of holder that the type speaks of.
    pub fn kind(&self) -> Option<HolderKind> {
        self.claims.text("vct").and_then(profile::kind_of)
    }

    /// The decree whose shapes the claims follow (contract §12 "Kinds and level").
    fn shape_law(&self) -> Decree {
        self.claims.text("eid_law").and_then(Decree::parse).unwrap_or(self.options.policy.law)
    }

    /// Type to claims; tells whether the clock can be believed.
    pub fn judge(&self, report: &mut Report, clock_floor: UnixTime) -> bool {
        report.set(TYPE, self.credential_type().map_or_else(Outcome::Fail, |()| Outcome::Pass));
        let (time, clock_is_right) = self.time(report, clock_floor);
        report.set(TIME, time);
        let (level, basis) = self.level();
        report.set_by_law(LEVEL, level, basis);
        report.set_by_law(LAW, self.law(), self.options.policy.law.name());
        report.set(KIND, self.holder_kind());
        let required = &self.options.policy.required_claims;
        report.set(
            REQUIRED,
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
        report.set(CLAIMS, readable.map_or_else(Outcome::Fail, |()| Outcome::Pass));
        report.set(PERSONAL_NUMBER, self.personal_number());
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
        if self.all_authorities(granted) { Ok(()) } else { Err(code::ISSUER_NOT_AUTHORISED) }
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
        if !self.all_authorities(|entry| entry.max_level.is_none_or(|max| level <= max)) {
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
        if self.all_authorities(granted) { Outcome::Pass } else { Outcome::Fail(code::ISSUER_NOT_AUTHORISED) }
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
        if number.oddities(born, sex, self.options.now.date_in_vietnam()).is_empty() {
            Outcome::Pass
        } else {
            Outcome::Skip(code::PERSONAL_NUMBER_UNUSUAL)
        }
    }
}
