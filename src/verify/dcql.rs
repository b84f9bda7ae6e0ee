//! The question asked, as a wallet reads it: a DCQL query made from the policy (OpenID4VP 1.0 §6), so that a page asks for what it will check and no more.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use crate::document::holder::HolderKind;
use crate::document::profile;
use crate::encoding::json::{Object, Value};
use crate::verify::policy::{Demand, InvalidPolicy, PathStep, Policy};

/// Identifier of the one credential query.
const DEFAULT_ID: &str = "eid";

/// Makes the query. `request` may hold `id` (letters, digits, `_`, `-`) and `claims` (paths asked beyond the policy's `requiredClaims`).
///
/// # Errors
/// [`InvalidPolicy`] for unknown members or wrong types.
pub fn query(policy: &Policy, request: &Object) -> Result<Value, InvalidPolicy> {
    let mut id = DEFAULT_ID.to_owned();
    let types = types(policy);
    // what every type asked for carries: a wallet answers only with a credential that has all of it (§6.4.1)
    let mut paths: Vec<Vec<PathStep>> = Vec::new();
    if types.iter().all(|vct| matches!(profile::kind_of(vct), Some(HolderKind::Citizen | HolderKind::Foreigner))) {
        paths.push(path(&["eid_level"]));
        if policy.min_level > 1 {
            paths.push(path(&["evidence"]));
        }
    }
    paths.extend(policy.required_claims.iter().cloned());
    for (name, value) in &request.members {
        match name.as_str() {
            "id" => id = value.as_text().filter(|id| is_identifier(id)).ok_or(InvalidPolicy)?.to_owned(),
            "claims" => paths.extend(Policy::read_paths(value)?),
            _ => return Err(InvalidPolicy),
        }
    }
    if let Some(ask) = &policy.ask {
        if let Some(years) = ask.age_at_least {
            paths.push(vec![PathStep::Member("age_equal_or_over".to_owned()), PathStep::Member(years.to_string())]);
        }
        for document in &ask.in_date {
            match document.as_str() {
                "passport" => paths.push(path(&["travel_document", "expires_on"])),
                "residence" => paths.extend([path(&["residence", "kind"]), path(&["residence", "expires_on"])]),
                "identity_card" => paths.extend([path(&["identity_card", "kind"]), path(&["identity_card", "expires_on"])]),
                _ => paths.push(path(&["documents"])),
            }
        }
    }
    let mut claims: Vec<Value> = Vec::new();
    for path in &paths {
        let claim = object([("path", Value::Array(path.iter().map(step).collect()))]);
        if !claims.contains(&claim) {
            claims.push(claim);
        }
    }
    let types = types.into_iter().map(Value::Text).collect();
    let mut query = vec![
        ("id", Value::Text(id)),
        ("format", Value::Text("dc+sd-jwt".to_owned())),
        ("meta", object([("vct_values", Value::Array(types))])),
        ("require_cryptographic_holder_binding", Value::Bool(policy.key_binding != Demand::Ignore)),
    ];
    if !claims.is_empty() {
        query.push(("claims", Value::Array(claims))); // §6.1: an empty array would be no query
    }
    Ok(object([("credentials", Value::Array(vec![object(query)]))]))
}

/// The accepted types whose holders are of an accepted kind: asking for more would get what is refused.
fn types(policy: &Policy) -> Vec<String> {
    let fits = |vct: &&String| profile::kind_of(vct).is_none_or(|kind| policy.kinds.contains(&kind));
    let fitting: Vec<String> = policy.vct.iter().filter(fits).cloned().collect();
    if fitting.is_empty() { policy.vct.clone() } else { fitting }
}

/// OpenID4VP 1.0 §6.1: a non-empty string of alphanumeric characters, underscore and hyphen.
fn is_identifier(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

fn path(names: &[&str]) -> Vec<PathStep> {
    names.iter().map(|name| PathStep::Member((*name).to_owned())).collect()
}

fn step(step: &PathStep) -> Value {
    match step {
        PathStep::Member(name) => Value::Text(name.clone()),
        PathStep::Element(index) => i64::try_from(*index).map_or(Value::Null, Value::Int),
    }
}

fn object<'a>(members: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    Value::Object(Object::of(members.into_iter().collect()))
}
