//! What a chip says once passive authentication has passed: the holder by the names of the credential's claims, the document by its date.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::base::UnixTime;
use crate::document::emrtd::data_group::{self, DataGroups};
use crate::document::emrtd::vietnamese_card;
use crate::document::holder::HolderKind;
use crate::document::mrz::{Format as MrzFormat, Mrz, Sex};
use crate::encoding::json::{Object, Value};
use crate::law::documents::{self, State};
use crate::law::facts::Expiry;
use crate::law::rules::Paper;
use crate::verify::mrz;
use crate::verify::policy::Options;
use crate::verify::report::{DocumentReading, HolderReading};

/// The word for a document in the report.
fn document_type(zone: &Mrz) -> &'static str {
    match (zone.format(), zone.issuing_state() == "VNM" && zone.nationality() == "VNM") {
        (MrzFormat::Td3, _) => "passport",
        (MrzFormat::Td1 | MrzFormat::Td2, true) => "identity_card",
        (MrzFormat::Td1 | MrzFormat::Td2 | MrzFormat::MrvA | MrzFormat::MrvB, _) => "travel_document",
    }
}

/// The paper of the law that this document is to its holder.
pub(in crate::verify) fn paper(zone: &Mrz) -> Paper {
    match (document_type(zone), zone.issuing_state()) {
        ("identity_card", _) => Paper::IdCard,
        // a card of Viet Nam for somebody else gives the period of residence
        ("travel_document", "VNM") => Paper::Residence,
        (_, _) => Paper::Passport,
    }
}

/// Has the document ended?
pub(in crate::verify) fn has_ended(zone: &Mrz, options: &Options) -> bool {
    documents::state(mrz::expiry(zone, options.now), options.now, options.policy.expiry_day).state == State::Expired
}

/// The document, by its date.
pub(in crate::verify) fn document(zone: &Mrz, options: &Options) -> DocumentReading {
    let expiry = mrz::expiry(zone, options.now);
    let dated = documents::state(expiry, options.now, options.policy.expiry_day);
    let expires_on = if let Expiry::On(day) = expiry { Some(day.to_text()) } else { None };
    DocumentReading { document: document_type(zone).to_owned(), state: dated.state.name(), expires_on, days_left: dated.days_left }
}

/// Whose it is.
pub(in crate::verify) fn holder(zone: &Mrz, groups: &DataGroups<'_>, country: Option<[u8; 2]>, options: &Options) -> HolderReading {
    HolderReading {
        kind: if zone.nationality() == "VNM" { HolderKind::Citizen } else { HolderKind::Foreigner },
        level: None,
        law: options.policy.law.name(),
        issuer: country.map(|letters| letters.iter().map(|l| char::from(*l)).collect()).unwrap_or_default(),
        issuer_name: None,
        vct: String::new(),
        claims: claims(zone, groups, options.now),
        undisclosed: 0,
    }
}

/// What the chip says, by the names of the credential's claims where there are any (contract §5).
fn claims(zone: &Mrz, groups: &DataGroups<'_>, now: UnixTime) -> Object {
    let mut members = Vec::new();
    let mut put = |name: &str, value: Value| members.push((name.to_owned(), value));
    let text = |text: &str| Value::Text(text.to_owned());
    let primary = zone.names().primary().collect::<Vec<_>>().join(" ");
    let secondary = zone.names().secondary().collect::<Vec<_>>().join(" ");
    put("name", text([primary.as_str(), secondary.as_str()].join(" ").trim()));
    put("family_name", Value::Text(primary));
    if !secondary.is_empty() {
        put("given_name", Value::Text(secondary));
    }
    if let Some(birth) = now.date_in_vietnam().and_then(|today| zone.birth(today)) {
        put("birthdate", Value::Text(birth.to_text()));
    }
    match zone.sex() {
        Sex::Male => put("gender", text("male")),
        Sex::Female => put("gender", text("female")),
        Sex::Unspecified => {}
    }
    put("nationality", text(zone.nationality()));
    if let Some(number) = zone.personal_number() {
        put("personal_identification_number", text(number));
    }
    let expires_on = match mrz::expiry(zone, now) {
        Expiry::On(day) => Value::Text(day.to_text()),
        Expiry::Never | Expiry::Unknown => Value::Null,
    };
    put(
        "travel_document",
        object([
            ("type", text(zone.document_code())),
            ("number", Value::Text(zone.document_number())),
            ("country", text(zone.issuing_state())),
            ("expires_on", expires_on),
        ]),
    );
    if let Some(portrait) = portrait(groups) {
        put("portrait", portrait);
    }
    for number in [11, 12] {
        let details = groups.get(number).and_then(|group| data_group::texts(number, group).ok()).unwrap_or_default();
        for (name, value) in details {
            put(name, Value::Text(value));
        }
    }
    if let Some(details) = groups.get(13).and_then(|dg13| optional_details(dg13, zone)) {
        put("optional_details", details);
    }
    if let Some(protocols) = groups.get(14).and_then(|dg14| data_group::protocols(dg14).ok()) {
        put("chip_protocols", Value::Array(protocols.iter().map(|oid| Value::Text(oid.to_string())).collect()));
    }
    Object { members }
}

/// DG13: the fields of a Vietnamese card by their names, another state's as text if it is one.
fn optional_details(dg13: &[u8], zone: &Mrz) -> Option<Value> {
    let contents = data_group::optional_details(dg13).ok()?;
    let fields = if zone.issuing_state() == "VNM" { vietnamese_card::fields(contents) } else { Vec::new() };
    if fields.is_empty() {
        return core::str::from_utf8(contents).ok().map(|text| Value::Text(text.to_owned()));
    }
    let value = |mut texts: Vec<String>| match (texts.pop(), texts.is_empty()) {
        (Some(only), true) => Value::Text(only),
        (last, _) => Value::Array(texts.into_iter().chain(last).map(Value::Text).collect()),
    };
    let mut members: Vec<(String, Value)> = Vec::new();
    for (name, texts) in fields {
        // a field that stands there twice counts once: names of an object are unique
        if members.iter().all(|(known, _)| known != name) {
            members.push((name.to_owned(), value(texts)));
        }
    }
    Some(Value::Object(Object { members }))
}

/// Where the portrait lies in DG2, and how it is coded: the page has the bytes, and shows them or not.
fn portrait(groups: &DataGroups<'_>) -> Option<Value> {
    let dg2 = groups.get(2)?;
    let portrait = data_group::portrait(dg2).ok()?;
    let (start, end) = portrait.place_in(dg2)?;
    let number = |n: usize| i64::try_from(n).ok().map(Value::Int);
    Some(object([
        ("media_type", Value::Text(portrait.kind.media_type().to_owned())),
        ("data_group", Value::Int(2)),
        ("start", number(start)?),
        ("end", number(end)?),
    ]))
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(Object::of(members.into()))
}
