//! A zone that was read, in a fifth of the bytes, for a door that puts the answer together (`pkg/zone.js`).
//!
//! What a zone can hold (`A–Z`, `0–9`, `<`, a blank between names) needs no quotation marks: parts stand between line feeds. First the report in the short form,
//! then the suggestions (JSON, empty if not asked), then, of a zone that has the shape of one, the fields in the order below; the optional data last, one or two.
//! `tests/mrz.rs` holds it to [`mrz_wire::read_mrz`].

use alloc::string::String;

use crate::base::decimal;
use crate::boundary::check_wire::Form;
use crate::boundary::mrz_wire::{self, Reading, joined, push, sex};
use crate::boundary::wire;
use crate::document::mrz::Digit;
use crate::document::mrz::dates::ResolvedDate;

/// As [`mrz_wire::read_mrz`], to be put together.
pub fn read_mrz(text: &str, options_json: &str) -> String {
    let reading = Reading::of(text, options_json);
    let mut out = wire::text(&reading.report, Form::Short);
    out.push('\n');
    if let Some(suggestions) = &reading.suggestions {
        mrz_wire::write_suggestions(&mut out, suggestions);
    }
    let Some((zone, today)) = reading.zone else { return out };
    let [birth, expiry] = mrz_wire::dates(&zone, today);
    let [(birth, is_birth_ambiguous), (expiry, is_expiry_ambiguous)] = [told(birth), told(expiry)];
    let names = zone.names();
    let words = [sex(zone.sex()), bit(names.may_be_truncated()), is_birth_ambiguous, is_expiry_ambiguous];
    push(&mut out, &["\n", zone.format().name(), "\n"]);
    push(&mut out, &words);
    for part in &[zone.document_code(), &zone.document_number(), zone.issuing_state(), zone.nationality()] {
        push(&mut out, &["\n", part]);
    }
    for name in [joined(names.primary()), joined(names.secondary())] {
        push(&mut out, &["\n", &name]);
    }
    push(&mut out, &["\n", zone.personal_number().unwrap_or_default(), "\n", &birth, "\n", &expiry, "\n"]);
    for Digit { field, ok, at } in zone.digits() {
        push(&mut out, &[field.name().get(..1).unwrap_or_default(), bit(*ok), decimal::two(at.start)]);
    }
    let (first, second) = zone.optional();
    push(&mut out, &["\n", first]);
    if let Some(second) = second {
        push(&mut out, &["\n", second]);
    }
    out
}

fn told(date: Option<ResolvedDate>) -> (String, &'static str) {
    date.map_or((String::new(), bit(false)), |date| (date.to_text(), bit(date.ambiguous)))
}

const fn bit(is: bool) -> &'static str {
    if is { "1" } else { "0" }
}
