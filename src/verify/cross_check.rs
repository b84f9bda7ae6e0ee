//! A zone beside a credential: does the document in the hand belong to the holder whom a key has vouched for (contract §10, §12).
//!
//! Only what both can say is compared. A citizen's credential names no passport unless it discloses one, so a passport's number is held
//! against a disclosed passport, a card's against the personal number or the card, a visa's or residence card's against the residence.

use alloc::vec::Vec;

use crate::base::Date;
use crate::document::claims;
use crate::document::mrz::{Facts, Format, Mrz, Sex};
use crate::encoding::json::{Object, Value};
use crate::verify::code;
use crate::verify::mrz::{DOCUMENT_TIME, MRZ_DATES, MRZ_DIGITS, MRZ_FORMAT};
use crate::verify::policy::{DocumentsDemand, Options};
use crate::verify::report::{Check, Outcome, PlanLine, Report};

/// Whether the zone and the credential speak of one person and one document. The code names no field: a report holds no personal data.
pub const MRZ_CREDENTIAL: &PlanLine = &PlanLine { check: "mrz.credential", spec: "ICAO 9303-3 §4, §6" };

/// What a zone adds to the plan of a credential.
const LINES: [&PlanLine; 5] = [MRZ_FORMAT, MRZ_DIGITS, MRZ_DATES, DOCUMENT_TIME, MRZ_CREDENTIAL];

/// Adds the zone's lines to the plan, unreached, if a zone was handed over.
pub fn announce(report: &mut Report, options: &Options) {
    if options.mrz.is_some() {
        for line in LINES {
            report.checks.push(Check { line, outcome: Outcome::Unknown(code::NOT_REACHED), basis: None, at: None });
        }
    }
}

/// Judges the zone that was handed over beside verified `claims`.
pub fn judge(report: &mut Report, claims: &Object, options: &Options) {
    let Some(text) = &options.mrz else { return };
    if let Some(zone) = crate::verify::mrz::read(report, text, options.now) {
        match options.policy.documents {
            DocumentsDemand::Ignore => report.set(DOCUMENT_TIME, Outcome::Skip(code::NOT_ASKED)),
            DocumentsDemand::Identity | DocumentsDemand::All => {
                crate::verify::mrz::date(report, &zone, options.now, options.policy.expiry_day);
            }
        }
        report.set(MRZ_CREDENTIAL, against_claims(&zone, claims));
    }
    // places count in the outermost input, which is the token, not the zone
    for check in report.checks.iter_mut().filter(|check| LINES.contains(&check.line)) {
        check.at = None;
    }
}

/// Compares a zone with the claims of a credential.
pub fn against_claims(zone: &Mrz, claims: &Object) -> Outcome {
    let (mut numbers, mut expiry) = (Vec::new(), None);
    for paper in papers(zone, claims) {
        let number = paper.text("number");
        numbers.extend(number);
        // the date of the paper in the hand, or of one whose number is withheld
        if number.is_none_or(|number| zone.compare(&Facts { numbers: &[number], ..Facts::default() }).is_empty()) {
            expiry = expiry.or(date(paper, "expires_on"));
        }
    }
    let own_card = is_own_card(zone);
    numbers.extend(claims.text("personal_identification_number").filter(|_| own_card));
    let mut names = Vec::from_iter(claims.text("name"));
    if names.is_empty()
        && let (Some(family), Some(given)) = (claims.text("family_name"), claims.text("given_name"))
    {
        names.push(family);
        names.extend(claims.text("middle_name"));
        names.push(given);
    }
    let facts = Facts {
        numbers: &numbers,
        birthdate: date(claims, "birthdate"),
        expiry,
        nationality: nationality(claims),
        names: &names,
        sex: claims.text("gender").map(|gender| match gender {
            "male" => Sex::Male,
            "female" => Sex::Female,
            _ => Sex::Unspecified,
        }),
    };
    let nothing = numbers.is_empty() && names.is_empty() && facts.birthdate.is_none() && expiry.is_none();
    if nothing { Outcome::Skip(code::NOT_DISCLOSED) } else { crate::verify::mrz::cross_check(zone, &facts) }
}

/// The papers of a credential that a zone of this kind can be the zone of.
fn papers<'a>(zone: &Mrz, claims: &'a Object) -> Vec<&'a Object> {
    let names: &[&str] = match (is_own_card(zone), zone.format()) {
        (true, _) => &["identity_card"],
        (false, Format::Td3) => &["travel_document"],
        (false, Format::Td1 | Format::Td2 | Format::MrvA | Format::MrvB) => &["travel_document", "residence"],
    };
    let mut papers = Vec::new();
    for name in names {
        papers.extend(claims.get(name).and_then(Value::as_object));
    }
    if zone.format() == Format::Td3 {
        for document in claims.get("documents").and_then(Value::as_array).unwrap_or_default() {
            papers.extend(document.as_object().filter(|document| document.text("type") == Some("passport")));
        }
    }
    papers
}

fn is_own_card(zone: &Mrz) -> bool {
    zone.format() == Format::Td1 && zone.issuing_state() == "VNM" && zone.nationality() == "VNM"
}

fn date(object: &Object, name: &str) -> Option<Date> {
    claims::date(object, name).ok().flatten()
}

/// A citizen is a Vietnamese national; a foreigner's claim says which.
fn nationality(claims: &Object) -> Option<&str> {
    let citizen = claims.text("vct").and_then(crate::document::profile::kind_of) == Some(crate::document::holder::HolderKind::Citizen);
    if citizen { Some("VNM") } else { claims.text("nationality") }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::encoding::json;

    const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    const CARD: &str = "IDVNM1990000014001199000001<<5\n9905153F3905151VNM<<<<<<<<<<<6\nNGUYEN<<THI<HOA<<<<<<<<<<<<<<<";

    fn outcome(zone: &str, claims: &str) -> Outcome {
        against_claims(&Mrz::parse(zone).unwrap(), &json::parse_object(claims.as_bytes()).unwrap())
    }

    #[test]
    fn what_both_say_must_agree() {
        let differs = Outcome::Fail(code::MRZ_MISMATCH);
        for (zone, claims, expected) in [
            (
                PASSPORT,
                r#"{"vct":"urn:eid:vn:foreigner:1","nationality":"UTO","birthdate":"1974-08-12","gender":"female","name":"Anna Maria Eriksson","travel_document":{"number":"L898902C3","expires_on":"2012-04-15"}}"#,
                Outcome::Pass,
            ),
            (PASSPORT, r#"{"travel_document":{"number":"L898902C4"}}"#, differs),
            (PASSPORT, r#"{"travel_document":{"number":"L898902C3","expires_on":"2022-04-15"}}"#, differs),
            (PASSPORT, r#"{"birthdate":"1974-08-13"}"#, differs),
            (PASSPORT, r#"{"birthdate":"1974-08-12","residence":{"number":"X1","expires_on":"2030-01-01"}}"#, Outcome::Pass),
            (PASSPORT, r#"{"family_name":"Eriksson","middle_name":"Anna","given_name":"Maria"}"#, Outcome::Pass),
            (PASSPORT, r#"{"family_name":"Eriksson","given_name":"Berta"}"#, differs),
            (
                PASSPORT,
                r#"{"documents":[{"type":"driving_licence","number":"1"},{"type":"passport","number":"L898902C3","expires_on":"2012-04-15"}]}"#,
                Outcome::Pass,
            ),
            (PASSPORT, r#"{"documents":[{"type":"passport","number":"1"}]}"#, differs),
            // a citizen's personal number is not a passport's
            (PASSPORT, r#"{"personal_identification_number":"001199000001","birthdate":"1974-08-12"}"#, Outcome::Pass),
            (PASSPORT, r#"{"nationality":"UTO"}"#, Outcome::Skip(code::NOT_DISCLOSED)),
            (
                CARD,
                r#"{"vct":"urn:eid:vn:citizen:1","personal_identification_number":"001199000001","name":"Nguyễn Thị Hoa"}"#,
                Outcome::Pass,
            ),
            (CARD, r#"{"personal_identification_number":"002199000001"}"#, differs),
            (CARD, r#"{"identity_card":{"number":"001199000001","expires_on":"2039-05-15"}}"#, Outcome::Pass),
            (CARD, r#"{"identity_card":{"number":"001199000001","expires_on":"2039-05-16"}}"#, differs),
            (CARD, r#"{"vct":"urn:eid:vn:foreigner:1","nationality":"LAO","birthdate":"1999-05-15"}"#, differs),
        ] {
            assert_eq!(outcome(zone, claims), expected, "{claims}");
        }
    }
}
