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
pub const MRZ_CREDENTIAL: PlanLine = PlanLine { check: "mrz.credential", spec: "ICAO 9303-3 §4, §6" };

/// What a zone adds to the plan of a credential.
const LINES: [PlanLine; 5] = [MRZ_FORMAT, MRZ_DIGITS, MRZ_DATES, DOCUMENT_TIME, MRZ_CREDENTIAL];

/// Adds the zone's lines to the plan, unreached, if a zone was handed over.
pub fn announce(report: &mut Report, options: &Options) {
    if options.mrz.is_some() {
        let lines = LINES.into_iter().map(|line| Check { line, outcome: Outcome::Unknown(code::NOT_REACHED), basis: None, at: None });
        report.checks.extend(lines);
    }
}

/// Judges the zone that was handed over beside verified `claims`.
pub fn judge(report: &mut Report, claims: &Object, options: &Options) {
    let Some(text) = &options.mrz else { return };
    if let Some(zone) = crate::verify::mrz::read(report, text, options.now) {
        match options.policy.documents {
            DocumentsDemand::Ignore => report.set(DOCUMENT_TIME.check, Outcome::Skip(code::NOT_ASKED)),
            DocumentsDemand::Identity | DocumentsDemand::All => {
                crate::verify::mrz::date(report, &zone, options.now, options.policy.expiry_day);
            }
        }
        report.set(MRZ_CREDENTIAL.check, against_claims(&zone, claims));
    }
    // places count in the outermost input, which is the token, not the zone
    for check in report.checks.iter_mut().filter(|check| LINES.contains(&check.line)) {
        check.at = None;
    }
}

/// Compares a zone with the claims of a credential.
pub fn against_claims(zone: &Mrz, claims: &Object) -> Outcome {
    let named: Vec<Paper<'_>> = papers(zone, claims).collect();
    let numbers: Vec<&str> = named.iter().filter_map(|paper| paper.number).collect();
    let names = match (claims.text("name"), claims.text("family_name"), claims.text("given_name")) {
        (Some(name), _, _) => Vec::from([name]),
        (None, Some(family), Some(given)) => [Some(family), claims.text("middle_name"), Some(given)].into_iter().flatten().collect(),
        (None, Some(_) | None, _) => Vec::new(),
    };
    let mut facts = Facts {
        numbers: &numbers,
        birthdate: claims::date(claims, "birthdate").ok().flatten(),
        expiry: None,
        nationality: nationality(claims),
        names: &names,
        sex: claims.text("gender").map(|gender| match gender {
            "male" => Sex::Male,
            "female" => Sex::Female,
            _ => Sex::Unspecified,
        }),
    };
    let own = |number: &str| zone.compare(&Facts { numbers: &[number], ..Facts::default() }).is_empty();
    facts.expiry = named.iter().filter(|paper| paper.number.is_none_or(own)).find_map(|paper| paper.expiry);
    let nothing = numbers.is_empty() && names.is_empty() && facts.birthdate.is_none() && facts.expiry.is_none();
    if nothing { Outcome::Skip(code::NOT_DISCLOSED) } else { crate::verify::mrz::cross_check(zone, &facts) }
}

/// A paper that a credential names.
struct Paper<'a> {
    number: Option<&'a str>,
    expiry: Option<Date>,
}

impl<'a> Paper<'a> {
    fn of(object: &'a Object) -> Self {
        Self { number: object.text("number"), expiry: claims::date(object, "expires_on").ok().flatten() }
    }
}

/// The papers of a credential that a zone of this kind can be the zone of.
fn papers<'a>(zone: &Mrz, claims: &'a Object) -> impl Iterator<Item = Paper<'a>> {
    let passport = zone.format() == Format::Td3;
    let own_card = zone.format() == Format::Td1 && zone.issuing_state() == "VNM" && zone.nationality() == "VNM";
    let object = move |name: &str, wanted: bool| claims.get(name).filter(|_| wanted).and_then(Value::as_object).map(Paper::of);
    let person = claims.text("personal_identification_number").filter(|_| own_card);
    let integrated = claims.get("documents").and_then(Value::as_array).unwrap_or_default().iter().filter_map(Value::as_object);
    let integrated = integrated.filter(move |document| passport && document.text("type") == Some("passport")).map(Paper::of);
    [
        person.map(|number| Paper { number: Some(number), expiry: None }),
        object("identity_card", own_card),
        object("travel_document", !own_card),
        object("residence", !own_card && !passport),
    ]
    .into_iter()
    .flatten()
    .chain(integrated)
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
