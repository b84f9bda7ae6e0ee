//! Is it the holder who presents? Key binding (RFC 9901 §7.3). Policy decides whether it is needed, never the token.

use crate::crypto::digest::DigestId;
use crate::document::sd_jwt::key_binding::{self, HolderKeyFault, KeyBinding};
use crate::document::sd_jwt::processing::ProcessedClaims;
use crate::envelope::jws::CompactJws;
use crate::envelope::verified::{TrustedKey, Verified};
use crate::verify::code::{self, Code};
use crate::verify::fault;
use crate::verify::policy::{Demand, Options};
use crate::verify::report::{Outcome, PlanLine, Report};

/// Type, signature and hash of the key binding.
pub const BINDING: &PlanLine = &PlanLine { check: "holder.binding", spec: "RFC 9901 §7.3" };
/// Its audience.
pub const AUDIENCE: &PlanLine = &PlanLine { check: "holder.audience", spec: "RFC 9901 §7.3" };
/// Its nonce.
pub const NONCE: &PlanLine = &PlanLine { check: "holder.nonce", spec: "RFC 9901 §7.3" };
/// Its age.
pub const TIME: &PlanLine = &PlanLine { check: "holder.time", spec: "RFC 9901 §7.3" };

/// What was presented.
pub struct Presented<'a> {
    /// The key binding JWT, if any.
    pub token: Option<CompactJws<'a>>,
    /// What it binds.
    pub bound_text: &'a str,
    /// The digest that the issuer chose.
    pub algorithm: DigestId,
}

/// Judges the key binding.
pub fn judge(report: &mut Report, presented: Presented<'_>, claims: &Verified<ProcessedClaims>, options: &Options, clock_is_right: bool) {
    let asked = options.nonce.is_some() || options.audience.is_some();
    let needed = match options.policy.key_binding {
        Demand::Ignore => return skip_all(report, code::NOT_ASKED),
        Demand::IfGiven => asked,
        Demand::Require => true,
    };
    let Some(token) = presented.token else {
        if needed {
            skip_all(report, code::NOT_ASKED);
            report.set(BINDING, Outcome::Fail(code::KEY_BINDING_MISSING));
        } else {
            skip_all(report, code::NOT_ASKED);
        }
        return;
    };
    let at = Some(token.at);
    let binding = match read(token, claims) {
        Ok(binding) if binding.binds(presented.bound_text, presented.algorithm) => binding,
        Ok(_) => return report.set_at(BINDING, Outcome::Fail(code::KEY_BINDING_HASH_MISMATCH), at),
        Err(code) => return report.set_at(BINDING, Outcome::Fail(code), at),
    };
    report.set_at(BINDING, Outcome::Pass, at);
    report.set_at(AUDIENCE, compare(options.audience.as_deref(), &binding.audience, code::KEY_BINDING_AUDIENCE_MISMATCH), at);
    report.set_at(NONCE, compare(options.nonce.as_deref(), &binding.nonce, code::KEY_BINDING_NONCE_MISMATCH), at);
    let age = if needed { time(report, &binding, options, clock_is_right) } else { Outcome::Skip(code::NOT_ASKED) };
    report.set_at(TIME, age, at);
}

fn skip_all(report: &mut Report, reason: Code) {
    for line in [BINDING, AUDIENCE, NONCE, TIME] {
        report.set(line, Outcome::Skip(reason));
    }
}

fn read(token: CompactJws<'_>, claims: &Verified<ProcessedClaims>) -> Result<KeyBinding, Code> {
    let token = token.read().map_err(|fault| match fault.problem {
        crate::base::Problem::DuplicateKey | crate::base::Problem::TooDeep => fault::problem(fault.problem),
        crate::base::Problem::Empty
        | crate::base::Problem::TooLarge
        | crate::base::Problem::Encoding
        | crate::base::Problem::Structure
        | crate::base::Problem::Json
        | crate::base::Problem::Number
        | crate::base::Problem::ForbiddenName => code::KEY_BINDING_INVALID,
    })?;
    let header = token.header().map_err(fault::header)?;
    if header.typ.as_deref() != Some(key_binding::TYPE) {
        return Err(code::TYP_MISMATCH);
    }
    let key = claims.try_read(key_binding::holder_key).map_err(|fault| match fault {
        HolderKeyFault::Missing => code::HOLDER_KEY_MISSING,
        HolderKeyFault::Invalid => code::HOLDER_KEY_INVALID,
    })?;
    let key = TrustedKey::vouched(key);
    if key.key().algorithm() != header.alg {
        return Err(code::ALG_KEY_MISMATCH);
    }
    let payload = token.verify(&key).map_err(|_| code::KEY_BINDING_SIGNATURE_INVALID)?;
    KeyBinding::read(payload.get()).map_err(|_| code::KEY_BINDING_INVALID)
}

fn compare(expected: Option<&str>, found: &str, mismatch: Code) -> Outcome {
    match expected {
        None => Outcome::Skip(code::NOT_ASKED),
        Some(expected) if expected == found => Outcome::Pass,
        Some(_) => Outcome::Fail(mismatch),
    }
}

/// `maxPresentationAge` old and `clockSkew` ahead; the skew does not lengthen the age (contract §12 "Key binding").
fn time(report: &mut Report, binding: &KeyBinding, options: &Options, clock_is_right: bool) -> Outcome {
    if !clock_is_right {
        return Outcome::Unknown(code::NOT_REACHED);
    }
    let oldest = options.now.plus(options.policy.max_presentation_age.saturating_neg());
    let newest = options.now.plus(options.policy.clock_skew);
    if binding.issued_at < oldest || binding.expires.is_some_and(|end| end <= options.now) {
        return Outcome::Fail(code::KEY_BINDING_TOO_OLD);
    }
    if binding.issued_at > newest || binding.not_before.is_some_and(|start| start > newest) {
        return Outcome::Fail(code::KEY_BINDING_IN_FUTURE);
    }
    report.may_change_at(binding.issued_at.plus(options.policy.max_presentation_age).plus(1));
    if let Some(end) = binding.expires {
        report.may_change_at(end);
    }
    Outcome::Pass
}
