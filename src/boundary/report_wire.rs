//! Reports as JSON text: one function a shape of the contract, members in its order.

use alloc::string::String;

use crate::base::UnixTime;
use crate::boundary::check_wire::{self, Form};
use crate::encoding::json::{Object, Value};
use crate::encoding::json_out::Writer;
use crate::verify::knowledge::Artefact;
use crate::verify::report::{AccountReading, Answers, DocumentReading, HolderReading, Need, Report};

/// The version of this crate.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Formats and parts that this build holds.
pub const FEATURES: &[&str] = &[
    #[cfg(feature = "sd-jwt")]
    "sd-jwt",
    #[cfg(feature = "es256")]
    "es256",
    #[cfg(feature = "lists")]
    "lists",
    #[cfg(feature = "mrz")]
    "mrz",
    #[cfg(feature = "law")]
    "law",
    #[cfg(feature = "cwt")]
    "cwt",
    #[cfg(feature = "emrtd")]
    "emrtd",
    #[cfg(feature = "presentation")]
    "presentation",
];

/// `{"version","features"}`.
pub fn engine(out: &mut Writer) {
    out.open('{');
    out.member("version", VERSION);
    out.list("features", FEATURES.iter().copied());
    out.close('}');
}

/// A report; in the short form without `engine`, which a door knows as well.
pub fn report(out: &mut Writer, report: &Report, form: Form) {
    out.open('{');
    out.member("verdict", report.verdict().name());
    out.member("format", report.format.name());
    check_wire::codes(out, &report.codes());
    check_wire::checks(out, &report.checks, form);
    let read = report.documents.as_deref();
    if let Some(reading) = report.holder() {
        out.name("holder");
        holder(out, reading, read.unwrap_or_default());
    }
    if let Some(read) = read {
        documents(out, read);
    }
    if let Some(reading) = &report.account {
        out.name("account");
        account(out, reading);
    }
    out.name("needs").open('[');
    for each in &report.needs {
        need(out, each);
    }
    out.close(']');
    if let Some(given) = &report.answers {
        out.name("answers").object(&answers(given));
    }
    if let Some(party) = &report.relying_party {
        out.name("relyingParty").open('{');
        out.member("sub", &party.subject);
        out.member("purpose", &party.purpose);
        name(out, "text", party.text.as_ref());
        out.close('}');
    }
    if !report.beyond_need.is_empty() {
        out.list("beyondNeed", report.beyond_need.iter().map(String::as_str));
    }
    out.member_if("validUntil", report.valid_until.and_then(UnixTime::to_rfc3339).as_deref());
    out.member("verifiedAt", &report.verified_at.to_rfc3339().unwrap_or_default());
    if form == Form::Whole {
        engine(out.name("engine"));
    }
    out.close('}');
}

fn name(out: &mut Writer, member: &'static str, name: Option<&(String, String)>) {
    if let Some((vi, en)) = name {
        out.name(member).open('{');
        out.member("vi", vi);
        out.member("en", en);
        out.close('}');
    }
}

fn holder(out: &mut Writer, holder: &HolderReading, read: &[DocumentReading]) {
    out.open('{');
    out.member("kind", holder.kind.name());
    number_or_null(out.name("level"), holder.level.map(i64::from));
    out.member("law", holder.law);
    out.member("issuer", &holder.issuer);
    name(out, "issuerName", holder.issuer_name.as_ref());
    out.member("vct", &holder.vct);
    out.name("claims").object(&holder.claims);
    documents(out, read);
    out.name("undisclosed").count(holder.undisclosed);
    out.close('}');
}

fn number_or_null(out: &mut Writer, number: Option<i64>) {
    match number {
        Some(number) => out.number(number),
        None => out.bare("null"),
    }
}

fn documents(out: &mut Writer, documents: &[DocumentReading]) {
    out.name("documents").open('[');
    for document in documents {
        out.open('{');
        out.member("type", &document.document);
        out.member("state", document.state);
        out.name("expiresOn").text_or_null(document.expires_on.as_deref());
        number_or_null(out.name("daysLeft"), document.days_left);
        out.close('}');
    }
    out.close(']');
}

fn account(out: &mut Writer, account: &AccountReading) {
    out.open('{');
    out.member("state", account.state);
    out.list("grounds", account.grounds.iter().map(String::as_str));
    if !account.basis.is_empty() {
        out.list("basis", account.basis.iter().copied());
    }
    out.member_if("asOf", account.as_of.as_deref());
    if !account.pending.is_empty() {
        out.name("pending").open('[');
        for request in &account.pending {
            out.open('{');
            out.member("requestedBy", &request.requested_by);
            out.member("received", &request.received);
            out.member("due", &request.due);
            out.close('}');
        }
        out.close(']');
    }
    out.close('}');
}

fn need(out: &mut Writer, need: &Need) {
    out.open('{');
    match need {
        Need::StatusList(uri) => {
            out.member("type", "status_list");
            out.member("uri", uri);
        }
        Need::TrustList => out.member("type", "trust_list"),
        Need::AccountState { iss, sub } => {
            out.member("type", "account_state");
            out.member("iss", iss);
            out.member("sub", sub);
        }
    }
    out.close('}');
}

/// Only what was asked; `null` where it cannot be told.
fn answers(answers: &Answers) -> Object {
    let word = |answer: Option<bool>| answer.map_or(Value::Null, Value::Bool);
    let mut told = Object::default();
    if let Some(answer) = answers.age_at_least {
        told.put("ageAtLeast", word(answer));
    }
    if let Some(answer) = answers.level_at_least {
        told.put("levelAtLeast", word(answer));
    }
    if !answers.in_date.is_empty() {
        let mut in_date = Object::default();
        for (name, answer) in &answers.in_date {
            in_date.put(name, word(*answer));
        }
        told.put("inDate", Value::Object(in_date));
    }
    told
}

/// One line of `verifier.trust`.
pub fn artefact(out: &mut Writer, artefact: &Artefact) {
    out.open('{');
    out.member("artefact", artefact.name);
    out.member("verdict", artefact.report.verdict().name());
    check_wire::codes(out, &artefact.report.codes());
    check_wire::checks(out, &artefact.report.checks, Form::Whole);
    if let Some(version) = artefact.version {
        out.name("version").number(version);
    }
    out.member_if("iss", artefact.issuer.as_deref());
    out.member_if("uri", artefact.uri.as_deref());
    if !artefact.status_hosts.is_empty() {
        out.list("statusHosts", artefact.status_hosts.iter().map(String::as_str));
    }
    out.close('}');
}
