//! A response to a request for presentations: `vp_token`, an object of arrays (OpenID4VP 1.0 §8.1). Each presentation is verified on its own, and
//! several credentials of one holder are held against each other.

use alloc::string::String;
use alloc::vec::Vec;

use crate::crypto::PublicKey;
use crate::document::holder::HolderKind;
use crate::encoding::json::{Object, Value};
use crate::verify::code::{self, Code};
use crate::verify::credential;
use crate::verify::handed::Handed;
use crate::verify::knowledge::Knowledge;
use crate::verify::policy::Options;
use crate::verify::report::{HolderReading, Outcome, Report, Verdict};

/// Presentations in one response: a request names a handful of credentials, each answered once or a few times.
const MOST_PRESENTATIONS: usize = 32;

/// The reports on a response.
#[derive(Debug)]
pub struct ResponseReport {
    /// By the credential query's id, in the order received.
    pub presentations: Vec<(String, Vec<Report>)>,
    /// Whether the credentials speak of one holder.
    pub cross_check: Outcome,
    /// Why the response as a whole is refused, if it is.
    pub refused: Option<Code>,
}

impl ResponseReport {
    const fn refused(code: Code) -> Self {
        Self { presentations: Vec::new(), cross_check: Outcome::Unknown(code::NOT_REACHED), refused: Some(code) }
    }

    fn reports(&self) -> impl Iterator<Item = &Report> {
        self.presentations.iter().flat_map(|(_, reports)| reports)
    }

    /// The worst of the presentations; a mismatch among them, or no presentation, is invalid.
    pub fn verdict(&self) -> Verdict {
        let any = |verdict: Verdict| self.reports().any(|report| report.verdict() == verdict);
        if self.refused.is_some() || matches!(self.cross_check, Outcome::Fail(_)) || any(Verdict::Invalid) {
            Verdict::Invalid
        } else if any(Verdict::Indeterminate) || self.presentations.is_empty() {
            Verdict::Indeterminate
        } else {
            Verdict::Valid
        }
    }

    /// The codes of the response; those that make it invalid come first.
    pub fn codes(&self) -> Vec<Code> {
        let mut codes: Vec<Code> = self.refused.into_iter().collect();
        let of = |verdict: Verdict| self.reports().filter(move |report| report.verdict() == verdict).flat_map(Report::codes);
        let mismatch = if let Outcome::Fail(code) = self.cross_check { Some(code) } else { None };
        for code in of(Verdict::Invalid).chain(mismatch).chain(of(Verdict::Indeterminate)) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }
}

/// Judges a `vp_token`, or the response that carries one as its member (§8.1; `state` and the like are the page's own business).
pub fn judge(token: &Object, knowledge: &Knowledge, options: &Options) -> ResponseReport {
    let token = token.get("vp_token").and_then(Value::as_object).unwrap_or(token);
    let arrays: Option<Vec<(&String, &[Value])>> =
        token.members.iter().map(|(id, items)| items.as_array().filter(|items| !items.is_empty()).map(|items| (id, items))).collect();
    let Some(arrays) = arrays.filter(|arrays| !arrays.is_empty()) else { return ResponseReport::refused(code::STRUCTURE_INVALID) };
    if arrays.iter().map(|(_, items)| items.len()).fold(0, usize::saturating_add) > MOST_PRESENTATIONS {
        return ResponseReport::refused(code::RESOURCE_LIMIT);
    }
    let handed = Handed::of(options);
    let judge = |item: &Value| match item.as_text() {
        Some(text) => credential::judge_among(text, knowledge, options, &handed),
        None => credential::refuse(code::INPUT_TYPE_INVALID, false, options.now),
    };
    let presentations: Vec<_> = arrays.into_iter().map(|(id, items)| (id.clone(), items.iter().map(judge).collect())).collect();
    let mut response = ResponseReport { presentations, cross_check: Outcome::Skip(code::NOT_ASKED), refused: None };
    let holders: Vec<&HolderReading> = response.reports().filter_map(Report::holder).collect();
    if let Some((first, others)) = holders.split_first().filter(|(_, others)| !others.is_empty()) {
        let agree = others.iter().all(|other| same_holder(first, other));
        response.cross_check = if agree { Outcome::Pass } else { Outcome::Fail(code::CROSS_CHECK_MISMATCH) };
    }
    response
}

/// Claims that cannot differ between two credentials of one person, where both show them.
const SHARED_CLAIMS: [&str; 7] =
    ["name", "family_name", "middle_name", "given_name", "birthdate", "personal_identification_number", "foreigner_identification_number"];

/// Whether two readings can be of one holder: the same key where both are bound to one, the same names and birth date where both are persons.
fn same_holder(one: &HolderReading, other: &HolderReading) -> bool {
    let key = |holder: &HolderReading| {
        let jwk = holder.claims.get("cnf").and_then(Value::as_object).and_then(|cnf| cnf.get("jwk")).and_then(Value::as_object);
        jwk.map(PublicKey::from_jwk)
    };
    let same_key = match (key(one), key(other)) {
        (Some(one), Some(other)) => one.is_ok() && one == other,
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    let persons = one.kind != HolderKind::Organisation && other.kind != HolderKind::Organisation;
    let agree = |name: &&str| match (one.claims.get(name), other.claims.get(name)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    same_key && (!persons || SHARED_CLAIMS.iter().all(agree))
}
