//! The claims profile of eID credentials (contract §5, §12 "Types"): one row a claim, its shape and the kinds of holder it belongs to.
//!
//! What a presentation does not disclose is not missing; what it does disclose must be well-formed. Claims outside the table pass through untouched.

use crate::base::decimal;
use crate::base::limits;
use crate::base::split;
use crate::base::{Date, UnixTime};
use crate::document::claims::{self, ClaimFault};
use crate::document::holder::{Evidence, EvidenceMethod, EvidenceSource, HolderKind};
use crate::document::states;
use crate::encoding::base64url;
use crate::encoding::json::{self, Object, Value};

/// The three credential types and the kind of holder that each speaks of (contract §5).
pub const TYPES: [(&str, HolderKind); 3] = [
    ("urn:eid:vn:citizen:1", HolderKind::Citizen),
    ("urn:eid:vn:foreigner:1", HolderKind::Foreigner),
    ("urn:eid:vn:organisation:1", HolderKind::Organisation),
];

/// The kind of holder that a type speaks of.
pub fn kind_of(vct: &str) -> Option<HolderKind> {
    TYPES.iter().find(|(name, _)| *name == vct).map(|(_, kind)| *kind)
}

/// Why a disclosed claim is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileFault {
    /// Wrong type, value or number.
    Claim(ClaimFault),
    /// A portrait of a forbidden media type, or whose bytes are something else.
    PortraitForbidden,
    /// A portrait above [`limits::PORTRAIT`].
    PortraitTooLarge,
}

impl From<ClaimFault> for ProfileFault {
    fn from(fault: ClaimFault) -> Self {
        Self::Claim(fault)
    }
}

type Shape = fn(&Value) -> Result<(), ProfileFault>;

/// A row: claim, kinds it belongs to, shape.
struct Row(&'static str, &'static [HolderKind], Shape);

const CITIZEN: &[HolderKind] = &[HolderKind::Citizen];
const FOREIGNER: &[HolderKind] = &[HolderKind::Foreigner];
const ORGANISATION: &[HolderKind] = &[HolderKind::Organisation];
const PERSONS: &[HolderKind] = &[HolderKind::Citizen, HolderKind::Foreigner];
const EVERYONE: &[HolderKind] = &HolderKind::ALL;

const ROWS: &[Row] = &[
    Row("personal_identification_number", CITIZEN, personal_number),
    Row("foreigner_identification_number", FOREIGNER, foreigner_number),
    Row("organisation_identifier", ORGANISATION, filled),
    Row("organisation_name", ORGANISATION, filled),
    Row("representative", ORGANISATION, representative),
    Row("name", PERSONS, filled),
    Row("family_name", PERSONS, words),
    Row("middle_name", PERSONS, words),
    Row("given_name", PERSONS, words),
    Row("birthdate", PERSONS, day),
    Row("gender", PERSONS, gender),
    Row("portrait", PERSONS, portrait),
    Row("age_equal_or_over", PERSONS, ages),
    Row("nationality", FOREIGNER, alpha3),
    Row("travel_document", FOREIGNER, travel_document),
    Row("residence", FOREIGNER, residence),
    Row("identity_card", CITIZEN, identity_card),
    Row("documents", PERSONS, documents),
    Row("eid_law", EVERYONE, law),
    Row("sub", EVERYONE, filled),
    Row("vct#integrity", EVERYONE, integrity),
];

/// A claim that belongs to another kind of holder, if there is one.
pub fn claim_of_another_kind(claims: &Object, kind: HolderKind) -> bool {
    ROWS.iter().any(|Row(name, kinds, _)| !kinds.contains(&kind) && claims.has(name))
}

/// Checks the shape of every disclosed claim of the profile, and that they do not contradict one another.
///
/// # Errors
/// [`ProfileFault`] of the first one.
pub fn check(claims: &Object, issued: Option<UnixTime>) -> Result<(), ProfileFault> {
    for Row(name, _, shape) in ROWS {
        if let Some(value) = claims.get(name) {
            shape(value)?;
        }
    }
    let birth = claims::date(claims, "birthdate")?;
    if let (Some(birth), Some(issued)) = (birth, issued.and_then(UnixTime::date_in_vietnam)) {
        if birth > issued {
            return Err(ClaimFault::Value.into());
        }
        if let Some(ages) = claims.get("age_equal_or_over").and_then(Value::as_object) {
            for (age, claimed) in &ages.members {
                let years = decimal::read(age).and_then(|years| i32::try_from(years).ok());
                let reached = years.and_then(|years| birth.plus_years(years)).is_some_and(|birthday| birthday <= issued);
                if claimed.as_bool() != Some(reached) {
                    return Err(ClaimFault::Value.into());
                }
            }
        }
    }
    Ok(())
}

const fn want(holds: bool) -> Result<(), ProfileFault> {
    if holds { Ok(()) } else { Err(ProfileFault::Claim(ClaimFault::Value)) }
}

fn string(value: &Value) -> Result<&str, ProfileFault> {
    value.as_text().ok_or(ProfileFault::Claim(ClaimFault::Type))
}

fn object(value: &Value) -> Result<&Object, ProfileFault> {
    value.as_object().ok_or(ProfileFault::Claim(ClaimFault::Type))
}

fn words(value: &Value) -> Result<(), ProfileFault> {
    string(value).map(|_| ())
}

fn filled(value: &Value) -> Result<(), ProfileFault> {
    want(string(value)?.chars().any(|letter| !letter.is_whitespace()))
}

/// Digests that Subresource Integrity knows (W3C SRI §3.2).
const INTEGRITY: [&str; 3] = ["sha256-", "sha384-", "sha512-"];

/// "Integrity metadata" of a type's document (draft-ietf-oauth-sd-jwt-vc-19 §6): W3C SRI §3.5's grammar. The document itself is never
/// fetched, so nothing is compared.
fn integrity(value: &Value) -> Result<(), ProfileFault> {
    let is_digest = |digest: &str| !digest.is_empty() && digest.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/-_=?".contains(&b));
    let is_hash = |hash: &str| INTEGRITY.iter().any(|name| hash.strip_prefix(name).is_some_and(is_digest));
    want(split::parts(string(value)?, b' ').all(is_hash))
}

/// `law.md` §5: twelve ASCII digits; what they say is a matter of warnings, not of shape.
fn personal_number(value: &Value) -> Result<(), ProfileFault> {
    let text = string(value)?;
    want(text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()))
}

/// Opaque, 1–32 of A–Z 0–9 (contract §5; Decree 59/2022 Art. 3(13) gives no structure).
fn foreigner_number(value: &Value) -> Result<(), ProfileFault> {
    let text = string(value)?;
    want((1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()))
}

fn day(value: &Value) -> Result<(), ProfileFault> {
    want(Date::parse(string(value)?).is_some())
}

fn day_or_null(value: &Value) -> Result<(), ProfileFault> {
    if matches!(value, Value::Null) { Ok(()) } else { day(value) }
}

fn gender(value: &Value) -> Result<(), ProfileFault> {
    want(matches!(string(value)?, "male" | "female" | "other"))
}

/// A code of ICAO 9303-3 §5; two-letter forms are refused.
fn alpha3(value: &Value) -> Result<(), ProfileFault> {
    want(states::is_listed(string(value)?))
}

fn law(value: &Value) -> Result<(), ProfileFault> {
    want(matches!(string(value)?, "ND59-2022" | "ND69-2024"))
}

/// `{"18": true, …}`: ages as decimal integers, answers as truth values.
fn ages(value: &Value) -> Result<(), ProfileFault> {
    for (age, claimed) in &object(value)?.members {
        if claimed.as_bool().is_none() {
            return Err(ClaimFault::Type.into());
        }
        let digits = (1..=3).contains(&age.len()) && age.bytes().all(|b| b.is_ascii_digit());
        want(digits && (age.len() == 1 || !age.starts_with('0')))?;
    }
    Ok(())
}

/// Members of an object value: name, shape. Any may be withheld, since disclosures nest.
type Members = [(&'static str, Shape)];

fn members(value: &Value, rows: &Members) -> Result<(), ProfileFault> {
    let value = object(value)?;
    rows.iter().filter_map(|(name, shape)| value.get(name).map(shape)).collect()
}

fn ordered(value: &Value) -> Result<(), ProfileFault> {
    let value = object(value)?;
    match (claims::date(value, "issued_on"), value.get("expires_on")) {
        (Ok(Some(issued)), Some(Value::Text(expires))) => want(Date::parse(expires).is_some_and(|expires| issued <= expires)),
        _ => Ok(()),
    }
}

fn travel_document(value: &Value) -> Result<(), ProfileFault> {
    members(
        value,
        &[
            ("type", filled),
            ("number", filled),
            ("symbol", words),
            ("country", alpha3),
            ("issued_on", day),
            ("issued_at", words),
            ("expires_on", day),
        ],
    )?;
    ordered(value)
}

fn residence(value: &Value) -> Result<(), ProfileFault> {
    members(value, &[("kind", residence_kind), ("number", filled), ("symbol", words), ("expires_on", day_or_null)])
}

fn residence_kind(value: &Value) -> Result<(), ProfileFault> {
    want(matches!(string(value)?, "permanent_card" | "temporary_card" | "visa" | "exemption"))
}

fn identity_card(value: &Value) -> Result<(), ProfileFault> {
    let rows: &Members = &[("kind", card_kind), ("number", filled), ("issued_on", day), ("expires_on", day_or_null)];
    members(value, rows)?;
    ordered(value)
}

fn card_kind(value: &Value) -> Result<(), ProfileFault> {
    want(matches!(string(value)?, "CMND" | "CCCD" | "CC"))
}

fn representative(value: &Value) -> Result<(), ProfileFault> {
    members(value, &[("name", filled), ("number", filled)])
}

fn documents(value: &Value) -> Result<(), ProfileFault> {
    let items = value.as_array().ok_or(ProfileFault::Claim(ClaimFault::Type))?;
    for item in items {
        members(item, &[("type", filled), ("number", filled), ("expires_on", day_or_null)])?;
    }
    Ok(())
}

/// Media types a portrait may have, with the bytes that each starts with (contract §12; ITU-T T.81, ISO/IEC 15948, ISO/IEC 15444-1).
const PORTRAITS: [(&str, &[u8]); 3] = [
    ("image/jpeg", &[0xFF, 0xD8, 0xFF]),
    ("image/png", &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A]),
    ("image/jp2", &[0x00, 0x00, 0x00, 0x0C, b'j', b'P', b' ', b' ']),
];

fn portrait(value: &Value) -> Result<(), ProfileFault> {
    let text = string(value)?;
    let (media, rest) = text.strip_prefix("data:").and_then(|rest| split::first(rest, b';')).ok_or(ProfileFault::PortraitForbidden)?;
    let data = rest.strip_prefix("base64,").ok_or(ProfileFault::PortraitForbidden)?;
    let (_, magic) = PORTRAITS.iter().find(|(name, _)| *name == media).ok_or(ProfileFault::PortraitForbidden)?;
    // four characters carry three bytes
    if data.len().div_euclid(4).saturating_mul(3) > limits::PORTRAIT.saturating_add(2) {
        return Err(ProfileFault::PortraitTooLarge);
    }
    let bytes = base64url::decode_standard(data).map_err(|_| ProfileFault::PortraitForbidden)?;
    if bytes.len() > limits::PORTRAIT {
        return Err(ProfileFault::PortraitTooLarge);
    }
    if bytes.starts_with(magic) { Ok(()) } else { Err(ProfileFault::PortraitForbidden) }
}

/// The claim `evidence`: absent is one thing, malformed another.
///
/// # Errors
/// [`ClaimFault`] for an entry without method, source or instant, or of the wrong type. Words outside the table become `Other`.
pub fn evidence(claims: &Object) -> Result<Option<alloc::vec::Vec<Evidence>>, ClaimFault> {
    let Some(value) = claims.get("evidence") else { return Ok(None) };
    let items = value.as_array().ok_or(ClaimFault::Type)?;
    json::each(items, evidence_entry).map(Some)
}

fn evidence_entry(value: &Value) -> Result<Evidence, ClaimFault> {
    let entry = value.as_object().ok_or(ClaimFault::Type)?;
    let method = match claims::text(entry, "method")?.ok_or(ClaimFault::Value)? {
        "portrait" => EvidenceMethod::Portrait,
        "fingerprint" => EvidenceMethod::Fingerprint,
        "registry" => EvidenceMethod::Registry,
        _ => EvidenceMethod::Other,
    };
    let source = match claims::text(entry, "source")?.ok_or(ClaimFault::Value)? {
        "national_population" => EvidenceSource::NationalPopulation,
        "citizen_identity" => EvidenceSource::CitizenIdentity,
        "national_immigration" => EvidenceSource::NationalImmigration,
        "business_registration" => EvidenceSource::BusinessRegistration,
        _ => EvidenceSource::Other,
    };
    let verified_at = claims::instant(entry, "verified_at")?.ok_or(ClaimFault::Value)?;
    Ok(Evidence { method, source, verified_at })
}
