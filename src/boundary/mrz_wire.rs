//! The wire shape of a zone that was read: fields, check digits with their places, and a report that is never `valid`.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use crate::base::{Span, UnixTime};
use crate::boundary::wire;
use crate::document::mrz::dates::ResolvedDate;
use crate::document::mrz::suggest::{self, Change};
use crate::document::mrz::{Digit, Mrz, Sex};
use crate::document::vn_qr::VnQr;
use crate::encoding::json::{self, Value};
use crate::law::documents::ExpiryDay;
use crate::law::facts::Expiry;
use crate::verify::code;
use crate::verify::mrz;
use crate::verify::report::{Format, Outcome, Report};

/// Reads a zone: `{format, documentCode, documentNumber, issuingState, nationality, names, birth, sex, expiry, optional, personalNumber,
/// ambiguous, digits, suggestions?, report}`. Fields of an unreadable zone are `null`, its format is `unknown`.
///
/// Options: `now` (seconds), `suggest` (default `false`). Dates are `YYYY-MM-DD` with `X` for unknown digits; `sex` is `M`, `F` or `X`;
/// `expiry` is `null` on a card without one; `ambiguous` names dates whose century is a guess.
pub fn read_mrz(text: &str, options_json: &str) -> String {
    let Some(options) = Options::read(options_json) else {
        let mut report = Report::start(Format::Unknown, &mrz::PLAN, UnixTime(0));
        report.set(mrz::MRZ_FORMAT.check, Outcome::Fail(code::POLICY_INVALID));
        return with_report(&WireMrz::default(), &report);
    };
    let (report, zone) = mrz::alone(text, options.now, ExpiryDay::Inclusive);
    let mut answer = zone.as_ref().map(|zone| WireMrz::of(zone, options.now)).unwrap_or_default();
    if options.suggest {
        let readings = suggest::readings(text);
        answer.suggestions = Some(readings.iter().map(|changes| changes.iter().map(WireChange::of).collect()).collect());
    }
    with_report(&answer, &report)
}

/// Reads the QR code of a Vietnamese card, for developers' eyes: `{verified: false, format: "vn-card-qr", …}`; `None` if it is none.
pub fn read_vn_qr(text: &str) -> Option<String> {
    let card = VnQr::parse(text).ok()?;
    let answer = WireVnQr {
        verified: false,
        format: "vn-card-qr",
        codes: [],
        number: card.number,
        old_number: card.old_number,
        name: card.name,
        birth: card.birth.map(|date| date.to_string()),
        sex: card.sex.map(sex),
        address: card.address,
        issued: card.issued.map(|date| date.to_string()),
        more: card.more,
    };
    Some(wire::json_text(&answer))
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

/// Puts the report, which has its own writer, into an object that ends in `}`.
fn with_report(answer: &WireMrz<'_>, report: &Report) -> String {
    let mut text = wire::json_text(answer);
    text.pop();
    text.push_str(",\"report\":");
    text.push_str(&wire::text(report));
    text.push('}');
    text
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireMrz<'a> {
    format: &'static str,
    document_code: Option<&'a str>,
    document_number: Option<String>,
    issuing_state: Option<&'a str>,
    nationality: Option<&'a str>,
    names: Option<WireNames>,
    birth: Option<String>,
    sex: Option<&'static str>,
    expiry: Option<String>,
    optional: Vec<&'a str>,
    personal_number: Option<&'a str>,
    ambiguous: Vec<&'static str>,
    digits: Vec<WireDigit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestions: Option<Vec<Vec<WireChange>>>,
}

#[derive(Serialize)]
struct WireNames {
    primary: String,
    secondary: String,
    truncated: bool,
}

#[derive(Serialize)]
struct WireDigit {
    field: &'static str,
    ok: bool,
    at: WireSpan,
}

#[derive(Serialize)]
struct WireChange {
    at: WireSpan,
    from: char,
    to: char,
}

#[derive(Serialize)]
struct WireSpan {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireVnQr<'a> {
    verified: bool,
    format: &'static str,
    codes: [&'static str; 0],
    number: &'a str,
    old_number: Option<&'a str>,
    name: &'a str,
    birth: Option<String>,
    sex: Option<&'static str>,
    address: &'a str,
    issued: Option<String>,
    more: Vec<&'a str>,
}

impl Default for WireMrz<'_> {
    fn default() -> Self {
        Self {
            format: Format::Unknown.name(),
            document_code: None,
            document_number: None,
            issuing_state: None,
            nationality: None,
            names: None,
            birth: None,
            sex: None,
            expiry: None,
            optional: Vec::new(),
            personal_number: None,
            ambiguous: Vec::new(),
            digits: Vec::new(),
            suggestions: None,
        }
    }
}

impl<'a> WireMrz<'a> {
    fn of(zone: &'a Mrz, now: UnixTime) -> Self {
        let today = now.date_in_vietnam();
        let birth = today.and_then(|today| zone.birth(today));
        // a card without expiry prints a date that means none
        let expiry = today.and_then(|today| zone.expiry(today)).filter(|_| mrz::expiry(zone, now) != Expiry::Never);
        let doubtful = |name, date: &Option<ResolvedDate>| date.is_some_and(|date| date.ambiguous).then_some(name);
        Self {
            format: zone.format().name(),
            document_code: Some(zone.document_code()),
            document_number: Some(zone.document_number()),
            issuing_state: Some(zone.issuing_state()),
            nationality: Some(zone.nationality()),
            names: Some(WireNames::of(zone)),
            ambiguous: [doubtful("birth", &birth), doubtful("expiry", &expiry)].into_iter().flatten().collect(),
            birth: birth.map(|date| date.to_text()),
            sex: Some(sex(zone.sex())),
            expiry: expiry.map(|date| date.to_text()),
            optional: zone.optional().collect(),
            personal_number: zone.personal_number(),
            digits: zone.digits().iter().map(WireDigit::of).collect(),
            suggestions: None,
        }
    }
}

impl WireNames {
    fn of(zone: &Mrz) -> Self {
        let names = zone.names();
        Self {
            primary: names.primary().collect::<Vec<_>>().join(" "),
            secondary: names.secondary().collect::<Vec<_>>().join(" "),
            truncated: names.may_be_truncated(),
        }
    }
}

impl WireDigit {
    fn of(digit: &Digit) -> Self {
        Self { field: digit.field.name(), ok: digit.ok, at: WireSpan::of(digit.at) }
    }
}

impl WireChange {
    fn of(change: &Change) -> Self {
        Self { at: WireSpan::of(change.at), from: change.from, to: change.to }
    }
}

impl WireSpan {
    const fn of(Span { start, end }: Span) -> Self {
        Self { start, end }
    }
}

/// `X` is how the zone's `<` is printed for people (Doc 9303-4 §4.1.1.1, data element 11).
const fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "M",
        Sex::Female => "F",
        Sex::Unspecified => "X",
    }
}
