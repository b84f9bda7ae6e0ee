//! `inspect`: decodes without believing, for developers' eyes. Nothing in it is a verdict (contract §1).

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::base::{ParseError, limits, split};
use crate::boundary::mrz_wire;
use crate::boundary::number_wire;
use crate::document::sd_jwt::Presentation;
use crate::document::sd_jwt::disclosure::{Disclosed, Disclosure};
use crate::document::sd_jwt::processing;
use crate::encoding::json::{Object, Value};
use crate::encoding::json_out::text_of_object;
use crate::envelope::jws::{CompactJws, UnverifiedJws};
use crate::verify::code::{self, Code};
use crate::verify::fault;

/// Decodes a text.
pub fn inspect(input: &str) -> String {
    if let Some(card) = mrz_wire::read_vn_qr(input) {
        return card;
    }
    let answer = read(input).unwrap_or_else(refusal);
    text_of_object(&answer)
}

/// Decodes bytes.
pub fn inspect_bytes(input: &[u8]) -> String {
    match core::str::from_utf8(input) {
        Ok(text) => inspect(text),
        Err(_) => text_of_object(&refusal(code::ENCODING_INVALID)),
    }
}

fn refusal(code: Code) -> Object {
    let codes = Value::Array(vec![text(code.name())]);
    Object::of(vec![("verified", Value::Bool(false)), ("format", text("unknown")), ("codes", codes)])
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn read(input: &str) -> Result<Object, Code> {
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
    if split::first(input, b'~').is_some() {
        let presentation = Presentation::split(input).map_err(refused)?;
        let jws = presentation.issuer.read().map_err(refused)?;
        let mut answer = token("dc+sd-jwt", &jws, presentation.disclosures);
        if let Some(binding) = presentation.key_binding {
            answer.put("keyBinding", key_binding(binding));
        }
        Ok(answer)
    } else {
        let jws = UnverifiedJws::parse(input, 0).map_err(refused)?;
        Ok(token("jwt", &jws, Vec::new()))
    }
}

fn token(format: &str, jws: &UnverifiedJws<'_>, disclosures: Vec<Disclosure<'_>>) -> Object {
    let mut shown = Vec::new();
    for disclosure in &disclosures {
        if let Ok(read) = disclosure.disclosed() {
            shown.push(disclosed(read));
        }
    }
    let (claims, fault) = match processing::preview(jws.hint().clone(), disclosures) {
        Ok(processed) => (processed.claims, None),
        Err(fault) => (jws.hint().clone(), Some(fault::sd(fault))),
    };
    let mut codes = Vec::new();
    if let Some(code) = fault {
        codes.push(text(code.name()));
    }
    let number = number_wire::reading(&claims);
    let mut answer = Object::of(vec![
        ("verified", Value::Bool(false)),
        ("format", text(format)),
        ("header", Value::Object(jws.raw_header().clone())),
        ("claims", Value::Object(claims)),
        ("disclosures", Value::Array(shown)),
        ("codes", Value::Array(codes)),
    ]);
    if let Some(number) = number {
        answer.put("personalNumber", number);
    }
    answer
}

fn disclosed(disclosed: &Disclosed) -> Value {
    Value::Object(match disclosed {
        Disclosed::Member(name, value) => Object::of(vec![("name", text(name)), ("value", value.clone())]),
        Disclosed::Element(value) => Object::of(vec![("value", value.clone())]),
    })
}

fn key_binding(binding: CompactJws<'_>) -> Value {
    match binding.read() {
        Ok(jws) => {
            let (header, claims) = (jws.raw_header().clone(), jws.hint().clone());
            Value::Object(Object::of(vec![("header", Value::Object(header)), ("claims", Value::Object(claims))]))
        }
        Err(error) => Value::Object(Object::of(vec![("codes", Value::Array(vec![text(fault::problem(error.problem).name())]))])),
    }
}
