//! The wire shape of a zone that was read: fields, check digits with their places, and a report that is never `valid`.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::base::{Date, Span, UnixTime, decimal};
use crate::boundary::check_wire::Form;
use crate::boundary::wire;
use crate::document::mrz::suggest::{self, Change};
use crate::document::mrz::{Digit, Mrz, Sex};
use crate::document::vn_qr::VnQr;
use crate::encoding::json::{self, Value};
use crate::encoding::json_out::Writer;
use crate::law::documents::ExpiryDay;
use crate::verify::code;
use crate::verify::mrz;
use crate::verify::report::{Format, Outcome, Report};

/// Reads a zone: `{format, documentCode, documentNumber, issuingState, nationality, names, birth, sex, expiry, optional, personalNumber,
/// ambiguous, digits, suggestions?, report}`. Fields of an unreadable zone are `null`, its format is `unknown`.
///
/// Options: `now` (seconds), `suggest` (default `false`). Dates are `YYYY-MM-DD` with `X` for unknown digits; `sex` is `M`, `F` or `X`;
/// `expiry` is `null` on a card without one; `ambiguous` names dates whose century is a guess.
pub fn read_mrz(text: &str, options_json: &str) -> String {
    read_mrz_as(text, options_json, Form::Whole)
}

/// As [`read_mrz`], its report in the form that is asked.
pub fn read_mrz_as(text: &str, options_json: &str, form: Form) -> String {
    let Some(options) = Options::read(options_json) else {
        let mut report = Report::start(Format::Unknown, &mrz::PLAN, UnixTime(0));
        report.set(mrz::MRZ_FORMAT.check, Outcome::Fail(code::POLICY_INVALID));
        return answer(None, None, &report, form);
    };
    let (report, zone) = mrz::alone(text, options.now, ExpiryDay::Inclusive);
    let readings = options.suggest.then(|| suggest::readings(text));
    answer(zone.as_ref().zip(options.now.date_in_vietnam()), readings, &report, form)
}

/// Reads the QR code of a Vietnamese card, for developers' eyes: `{verified: false, format: "vn-card-qr", …}`; `None` if it is none.
pub fn read_vn_qr(text: &str) -> Option<String> {
    let card = VnQr::parse(text).ok()?;
    let (birth, issued) = (card.birth.map(|date| date.to_string()), card.issued.map(|date| date.to_string()));
    let mut out = Writer::new();
    out.open('{').name("verified").bare("false");
    out.list("codes", []);
    out.member("format", "vn-card-qr");
    for (name, text) in [
        ("number", Some(card.number)),
        ("oldNumber", card.old_number),
        ("name", Some(card.name)),
        ("birth", birth.as_deref()),
        ("sex", card.sex.map(sex)),
        ("address", Some(card.address)),
        ("issued", issued.as_deref()),
    ] {
        out.name(name).text_or_null(text);
    }
    out.list("more", card.more);
    out.close('}');
    Some(out.finish())
}

struct Options {
    now: UnixTime,
    suggest: bool,
}

impl Options {
    fn read(text: &str) -> Option<Self> {
        let mut options = Self { now: UnixTime(0), suggest: false };
        let mut has_now = false;
        for (name, value) in &json::parse_object(text.as_bytes()).ok()?.members {
            match (name.as_str(), value) {
                ("now", Value::Int(now)) => {
                    options.now = UnixTime(*now);
                    has_now = options.now.date_in_vietnam().is_some();
                }
                ("suggest", Value::Bool(suggest)) => options.suggest = *suggest,
                _ => return None,
            }
        }
        has_now.then_some(options)
    }
}

/// Fields of a zone, `null` without one, then what was asked besides, then the report, which has its own writer.
///
/// Written directly: what a zone can hold (`A–Z`, `0–9`, `<`, a blank between names) needs no escape in JSON (RFC 8259 §7).
fn answer(zone: Option<(&Mrz, Date)>, readings: Option<Vec<Vec<Change>>>, report: &Report, form: Form) -> String {
    let mut out = String::with_capacity(TYPICAL_ANSWER);
    match zone {
        Some((zone, today)) => write_fields(&mut out, zone, today),
        None => out.push_str(NO_FIELDS),
    }
    if let Some(readings) = readings {
        write_readings(&mut out, &readings);
    }
    push(&mut out, &[",\"report\":", &wire::text(report, form), "}"]);
    out
}

/// Bytes of an honest passport's answer, so that it is written without growing (measured: 1,299).
const TYPICAL_ANSWER: usize = 1_536;

const NO_FIELDS: &str = r#"{"format":"unknown","documentCode":null,"documentNumber":null,"issuingState":null,"nationality":null,"names":null,"birth":null,"sex":null,"expiry":null,"optional":[],"personalNumber":null,"ambiguous":[],"digits":[]"#;

/// Few long pieces: each one appended costs as much as thirty of its bytes.
fn write_fields(out: &mut String, zone: &Mrz, today: Date) {
    let birth = zone.birth(today);
    // a card without expiry prints a date that means none
    let expiry = if zone.never_expires() { None } else { zone.expiry(today) };
    let names = zone.names();
    push(
        out,
        &[
            "{\"format\":\"",
            zone.format().name(),
            "\",\"documentCode\":\"",
            zone.document_code(),
            "\",\"documentNumber\":\"",
            &zone.document_number(),
            "\",\"issuingState\":\"",
            zone.issuing_state(),
            "\",\"nationality\":\"",
            zone.nationality(),
            "\",\"sex\":\"",
            sex(zone.sex()),
            "\",\"names\":{\"truncated\":",
            truth(names.may_be_truncated()),
            ",\"primary\":\"",
            &joined(names.primary()),
            "\",\"secondary\":\"",
            &joined(names.secondary()),
            "\"}",
        ],
    );
    member(out, "personalNumber", zone.personal_number());
    let mut ambiguous = "";
    for (name, date, doubt) in [("birth", birth, "\"birth\""), ("expiry", expiry, "\"expiry\"")] {
        member(out, name, date.map(|date| date.to_text()).as_deref());
        if date.is_some_and(|date| date.ambiguous) {
            ambiguous = if ambiguous.is_empty() { doubt } else { "\"birth\",\"expiry\"" };
        }
    }
    push(out, &[",\"ambiguous\":[", ambiguous, "],\"optional\":["]);
    for text in zone.optional().into_iter().flatten() {
        push(out, &[comma(out), "\"", text, "\""]);
    }
    out.push_str("],\"digits\":[");
    for Digit { field, ok, at } in zone.digits() {
        push(out, &[comma(out), "{\"ok\":", truth(*ok), ",\"field\":\"", field.name(), "\""]);
        place(out, *at);
    }
    out.push(']');
}

fn write_readings(out: &mut String, readings: &[Vec<Change>]) {
    out.push_str(",\"suggestions\":[");
    for changes in readings {
        push(out, &[comma(out), "["]);
        for Change { at, from, to } in changes {
            push(out, &[comma(out), "{\"from\":\""]);
            out.push(*from);
            out.push_str("\",\"to\":\"");
            out.push(*to);
            out.push('"');
            place(out, *at);
        }
        out.push(']');
    }
    out.push(']');
}

#[inline(never)]
fn push(out: &mut String, texts: &[&str]) {
    for text in texts {
        out.push_str(text);
    }
}

#[inline(never)]
fn member(out: &mut String, name: &str, text: Option<&str>) {
    let quote = if text.is_some() { "\"" } else { "" };
    push(out, &[",\"", name, "\":", quote, text.unwrap_or("null"), quote]);
}

/// `,"at":{"start":…,"end":…}` and the end of the object that it stands in; a zone is shorter than a hundred bytes.
fn place(out: &mut String, Span { start, end }: Span) {
    push(out, &[",\"at\":{\"start\":", decimal::short(start), ",\"end\":", decimal::short(end), "}}"]);
}

/// What stands before the next item of an array.
fn comma(out: &str) -> &'static str {
    if out.ends_with('[') { "" } else { "," }
}

const fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

/// `X` is how the zone's `<` is printed for people (Doc 9303-4 §4.1.1.1, data element 11).
const fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "M",
        Sex::Female => "F",
        Sex::Unspecified => "X",
    }
}
