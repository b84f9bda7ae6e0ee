//! `inspect`: decodes without believing, for developers' eyes. Nothing in it is a verdict (contract §1).

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{ParseError, limits, split};
use crate::boundary::check_wire;
use crate::boundary::mrz_wire;
use crate::boundary::number_wire;
use crate::document::sd_jwt::Presentation;
use crate::document::sd_jwt::disclosure::{Disclosed, Disclosure};
use crate::document::sd_jwt::processing;
use crate::encoding::json::Object;
use crate::encoding::json_out::Writer;
use crate::envelope::jws::{CompactJws, UnverifiedJws};
use crate::verify::code::{self, Code};
use crate::verify::fault;

/// Decodes a text.
pub fn inspect(input: &str) -> String {
    if let Some(card) = mrz_wire::read_vn_qr(input) {
        return card;
    }
    let mut out = Writer::new();
    if let Err(code) = read(&mut out, input) {
        refuse(&mut out, code);
    }
    out.finish()
}

/// Decodes bytes.
pub fn inspect_bytes(input: &[u8]) -> String {
    match core::str::from_utf8(input) {
        Ok(text) => inspect(text),
        Err(_) => {
            let mut out = Writer::new();
            refuse(&mut out, code::ENCODING_INVALID);
            out.finish()
        }
    }
}

fn refuse(out: &mut Writer, code: Code) {
    start(out, "unknown");
    check_wire::codes(out, &[code]);
    out.close('}');
}

fn start(out: &mut Writer, format: &str) {
    out.open('{').name("verified").bare("false");
    out.member("format", format);
}

/// Writes what was read; of what cannot be read, nothing.
fn read(out: &mut Writer, input: &str) -> Result<(), Code> {
    if input.is_empty() {
        return Err(code::INPUT_EMPTY);
    }
    if input.len() > limits::TOKEN {
        return Err(code::INPUT_TOO_LARGE);
    }
    if !input.bytes().all(|b| b.is_ascii_graphic()) && !input.starts_with('{') {
        return Err(code::ENCODING_INVALID);
    }
    let refused = |error: ParseError| fault::problem(error.problem);
    let (format, token, disclosures, binding) = if split::first(input, b'~').is_some() {
        let presentation = Presentation::split(input).map_err(refused)?;
        ("dc+sd-jwt", presentation.issuer, presentation.disclosures, presentation.key_binding)
    } else {
        ("jwt", CompactJws::split(input, 0).map_err(refused)?, Vec::new(), None)
    };
    // read twice: what copies a value weighs more than the reader, which is there already
    let payload = token.hint();
    let jws = token.read().map_err(refused)?;
    claims(out, format, &jws, payload.map_err(fault::problem)?, disclosures);
    if let Some(binding) = binding {
        out.name("keyBinding");
        key_binding(out, binding);
    }
    out.close('}');
    Ok(())
}

fn claims(out: &mut Writer, format: &str, jws: &UnverifiedJws<'_>, payload: Object, disclosures: Vec<Disclosure<'_>>) {
    let mut shown = Writer::default();
    shown.open('[');
    for disclosure in &disclosures {
        if let Ok(read) = disclosure.disclosed() {
            disclosed(&mut shown, read);
        }
    }
    shown.close(']');
    let processed = processing::preview(payload, disclosures);
    let (claims, fault) = match &processed {
        Ok(processed) => (&processed.claims, None),
        Err(fault) => (jws.hint(), Some(fault::sd(*fault))),
    };
    start(out, format);
    out.name("header").object(jws.raw_header());
    out.name("claims").object(claims);
    out.name("disclosures").bare(&shown.finish());
    check_wire::codes(out, fault.as_slice());
    number_wire::write(out, claims);
}

fn disclosed(out: &mut Writer, disclosed: &Disclosed) {
    out.open('{');
    let value = match disclosed {
        Disclosed::Member(name, value) => {
            out.member("name", name);
            value
        }
        Disclosed::Element(value) => value,
    };
    out.name("value").value(value);
    out.close('}');
}

fn key_binding(out: &mut Writer, binding: CompactJws<'_>) {
    out.open('{');
    match binding.read() {
        Ok(jws) => {
            out.name("header").object(jws.raw_header());
            out.name("claims").object(jws.hint());
        }
        Err(error) => check_wire::codes(out, &[fault::problem(error.problem)]),
    }
    out.close('}');
}
