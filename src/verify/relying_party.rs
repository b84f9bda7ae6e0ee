//! May this page ask that, here and for this purpose? (contract §7; Decision 34/2021 Art. 13)

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::decimal;
use crate::document::relying_party::{Authorisation, Purpose};
use crate::verify::code;
use crate::verify::knowledge::Knowledge;
use crate::verify::list::{Moment, authorisation as signed};
use crate::verify::policy::{Options, PathStep};
use crate::verify::report::{Outcome, PlanLine, RelyingPartyReading, Report};

/// Relying-party authorisation.
pub const RELYING_PARTY: &PlanLine = &PlanLine { check: "relying_party", spec: "Decision 34/2021 Art. 13" };

/// Judges the authorisation, and notes what was asked beyond it.
pub fn judge(report: &mut Report, knowledge: &Knowledge, options: &Options) {
    let outcome = match find(knowledge, options) {
        None => Outcome::Skip(code::NOT_ASKED),
        Some(Err(outcome)) => outcome,
        Some(Ok((authorisation, purpose))) => {
            report.may_change_at(authorisation.expires);
            report.relying_party = Some(RelyingPartyReading {
                subject: authorisation.subject.clone(),
                purpose: purpose.id.clone(),
                text: purpose.text.clone(),
            });
            let asked = options.policy.required_claims.iter();
            for path in asked {
                let (mut steps, mut dotted) = (Vec::new(), String::new());
                for one in path {
                    let one = step(one);
                    if !steps.is_empty() {
                        dotted.push('.');
                    }
                    dotted.push_str(&one);
                    steps.push(one);
                }
                if !purpose.grants(&steps) {
                    report.beyond_need.push(dotted);
                }
            }
            if report.beyond_need.is_empty() { Outcome::Pass } else { Outcome::Fail(code::RELYING_PARTY_CLAIM_NOT_GRANTED) }
        }
    };
    report.set(RELYING_PARTY, outcome);
}

/// The purpose that a call names, if an authorisation is configured that knows it.
pub fn purpose<'a>(knowledge: &'a Knowledge, options: &Options) -> Option<&'a Purpose> {
    let authorisation = knowledge.relying_party.as_ref()?.authorisation.as_ref().ok()?;
    authorisation.get().purpose(options.purpose.as_deref()?)
}

/// `None` without an authorisation; else the authorisation and the purpose of this call, or why it does not hold.
fn find<'a>(knowledge: &'a Knowledge, options: &Options) -> Option<Result<(&'a Authorisation, &'a Purpose), Outcome>> {
    let party = knowledge.relying_party.as_ref()?;
    let authorisation = match &party.authorisation {
        Ok(authorisation) => authorisation.get(),
        Err(outcome) => return Some(Err(*outcome)),
    };
    let moment = Moment { now: options.now, skew: options.policy.clock_skew, floor: knowledge.clock_floor };
    let time = signed::time(authorisation, moment);
    if time != Outcome::Pass {
        return Some(Err(time));
    }
    if knowledge.trust.is_suspended(&authorisation.subject) {
        return Some(Err(Outcome::Fail(code::RELYING_PARTY_SUSPENDED)));
    }
    let Some(purpose) = options.purpose.as_deref().and_then(|id| authorisation.purpose(id)) else {
        return Some(Err(Outcome::Fail(code::RELYING_PARTY_PURPOSE_UNKNOWN)));
    };
    if !options.origin.as_ref().is_some_and(|origin| authorisation.origins.contains(origin)) {
        return Some(Err(Outcome::Fail(code::RELYING_PARTY_ORIGIN_MISMATCH)));
    }
    Some(Ok((authorisation, purpose)))
}

fn step(step: &PathStep) -> String {
    match step {
        PathStep::Member(name) => name.clone(),
        PathStep::Element(index) => {
            let mut digits = String::new();
            decimal::push(&mut digits, i64::try_from(*index).unwrap_or(i64::MAX));
            digits
        }
    }
}
