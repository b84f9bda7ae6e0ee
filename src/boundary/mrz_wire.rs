//! The wire shape of a zone that was read: fields, check digits with their places, and a report that is never `valid`.

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{Date, Span, UnixTime, decimal};
use crate::boundary::check_wire::Form;
use crate::boundary::wire;
use crate::document::mrz::dates::ResolvedDate;
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
    answer(&Reading::of(text, options_json))
}

/// A zone that was read.
pub(crate) struct Reading {
    pub(crate) report: Report,
    /// With the day on which its dates were told apart.
    pub(crate) zone: Option<(Mrz, Date)>,
    pub(crate) suggestions: Option<Vec<Vec<Change>>>,
}

impl Reading {
    pub(crate) fn of(text: &str, options_json: &str) -> Self {
        let Some((options, today)) = Options::read(options_json) else {
            let mut report = Report::start(Format::Unknown, &mrz::PLAN, UnixTime(0));
            report.set(mrz::MRZ_FORMAT, Outcome::Fail(code::POLICY_INVALID));
            return Self { report, zone: None, suggestions: None };
        };
        let (report, zone) = mrz::alone(text, options.now, ExpiryDay::Inclusive);
        let suggestions = options.suggest.then(|| suggest::readings(text));
        Self { report, zone: zone.map(|zone| (zone, today)), suggestions }
    }
}

/// Reads the QR code of a Vietnamese card, for developers' eyes: `{verified: false, format: "vn-card-qr", …}`; `None` if it is none.
pub fn read_vn_qr(text: &str) -> Option<String> {
    let card = VnQr::parse(text).ok()?;
    let (birth, issued) = (card.birth.map(|date| date.to_text()), card.issued.map(|date| date.to_text()));
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
    /// With the day of its `now`.
    fn read(text: &str) -> Option<(Self, Date)> {
        let mut options = Self { now: UnixTime(0), suggest: false };
        let mut today = None;
        for (name, value) in &json::parse_object(text.as_bytes()).ok()?.members {
            match (name.as_str(), value) {
                ("now", Value::Int(now)) => {
                    options.now = UnixTime(*now);
                    today = options.now.date_in_vietnam();
                }
                ("suggest", Value::Bool(suggest)) => options.suggest = *suggest,
                _ => return None,
            }
        }
        today.map(|today| (options, today))
    }
}

/// Fields of a zone, `null` without one, then what was asked besides, then the report, which has its own writer.
///
/// Written directly: what a zone can hold (`A–Z`, `0–9`, `<`, a blank between names) needs no escape in JSON (RFC 8259 §7).
fn answer(reading: &Reading) -> String {
    let mut out = String::with_capacity(TYPICAL_ANSWER);
    match &reading.zone {
        Some((zone, today)) => write_fields(&mut out, zone, *today),
        None => out.push_str(NO_FIELDS),
    }
    if let Some(suggestions) = &reading.suggestions {
        out.push_str(",\"suggestions\":");
        write_suggestions(&mut out, suggestions);
    }
    push(&mut out, &[",\"report\":", &wire::text(&reading.report, Form::Whole), "}"]);
    out
}

/// Bytes of an honest passport's answer, so that it is written without growing (measured: 1,299).
const TYPICAL_ANSWER: usize = 1_536;

const NO_FIELDS: &str = r#"{"format":"unknown","documentCode":null,"documentNumber":null,"issuingState":null,"nationality":null,"names":null,"birth":null,"sex":null,"expiry":null,"optional":[],"personalNumber":null,"ambiguous":[],"digits":[]"#;

/// Few long pieces: each one appended costs as much as thirty of its bytes.
fn write_fields(out: &mut String, zone: &Mrz, today: Date) {
    let [birth, expiry] = dates(zone, today);
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
    let (first, second) = zone.optional();
    push(out, &["\"", first, "\""]);
    if let Some(second) = second {
        push(out, &[",\"", second, "\""]);
    }
    out.push_str("],\"digits\":[");
    for Digit { field, ok, at } in zone.digits() {
        push(out, &[comma(out), "{\"ok\":", truth(*ok), ",\"field\":\"", field.name(), "\""]);
        place(out, *at);
    }
    out.push(']');
}

pub(crate) fn write_suggestions(out: &mut String, suggestions: &[Vec<Change>]) {
    out.push('[');
    for changes in suggestions {
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

/// Birth and expiry; a card without expiry prints a date that means none.
pub(crate) fn dates(zone: &Mrz, today: Date) -> [Option<ResolvedDate>; 2] {
    [zone.birth(today), if zone.never_expires() { None } else { zone.expiry(today) }]
}

#[inline(never)]
pub(crate) fn push(out: &mut String, texts: &[&str]) {
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

pub(crate) fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
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
pub(crate) const fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "M",
        Sex::Female => "F",
        Sex::Unspecified => "X",
    }
}
