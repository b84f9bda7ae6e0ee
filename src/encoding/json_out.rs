//! JSON text, written piece by piece into one string (RFC 8259).
//!
//! By hand because it is small: a serialiser for every shape of a report, and a printer of floats with 10 KB of tables, were a tenth of the small build.

use alloc::string::String;

use crate::base::decimal;
use crate::encoding::json::{Object, Value};

/// A writer of JSON: commas are its business, the balance of brackets the caller's.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
    /// Whether the next member or element needs a comma before it.
    wants_comma: bool,
}

impl Writer {
    /// A writer with room for a usual report.
    pub fn new() -> Self {
        Self { out: String::with_capacity(USUAL_LENGTH), wants_comma: false }
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    fn comma(&mut self) {
        if self.wants_comma {
            self.out.push(',');
        }
        self.wants_comma = true;
    }

    /// `{` or `[`.
    pub fn open(&mut self, bracket: char) -> &mut Self {
        self.comma();
        self.out.push(bracket);
        self.wants_comma = false;
        self
    }

    /// `}` or `]`.
    pub fn close(&mut self, bracket: char) {
        self.out.push(bracket);
        self.wants_comma = true;
    }

    /// A name of the wire's own: plain ASCII, nothing to escape.
    pub fn name(&mut self, name: &'static str) -> &mut Self {
        self.comma();
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\":");
        self.wants_comma = false;
        self
    }

    /// A name that was read.
    pub fn key(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.out.push(':');
        self.wants_comma = false;
        self
    }

    /// A string.
    pub fn text(&mut self, text: &str) {
        self.comma();
        string(&mut self.out, text);
    }

    /// A literal as it stands: `null`, `true`, a number.
    pub fn bare(&mut self, literal: &str) {
        self.comma();
        self.out.push_str(literal);
    }

    /// An integer.
    pub fn number(&mut self, number: i64) {
        self.comma();
        decimal::push(&mut self.out, number);
    }

    /// A number of things, or a place.
    pub fn count(&mut self, count: usize) {
        self.number(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// A string, or `null`.
    pub fn text_or_null(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.bare("null"),
        }
    }

    /// A member that is a string.
    pub fn member(&mut self, name: &'static str, text: &str) {
        self.name(name).text(text);
    }

    /// A member that is a string, left out if there is none.
    pub fn member_if(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.member(name, text);
        }
    }

    /// A member that is an array of strings.
    pub fn list<'a>(&mut self, name: &'static str, texts: impl IntoIterator<Item = &'a str>) {
        self.name(name).open('[');
        for text in texts {
            self.text(text);
        }
        self.close(']');
    }

    /// A value that was read.
    pub fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.bare("null"),
            Value::Bool(true) => self.bare("true"),
            Value::Bool(false) => self.bare("false"),
            Value::Int(number) => self.number(*number),
            Value::Decimal(number) => self.bare(number.as_str()),
            Value::Text(text) => self.text(text),
            Value::Array(items) => {
                self.open('[');
                for item in items {
                    self.value(item);
                }
                self.close(']');
            }
            Value::Object(object) => self.object(object),
        }
    }

    /// An object that was read.
    pub fn object(&mut self, object: &Object) {
        self.open('{');
        for (name, value) in &object.members {
            self.key(name).value(value);
        }
        self.close('}');
    }
}

/// The text of one value.
pub fn text_of(value: &Value) -> String {
    let mut writer = Writer::new();
    writer.value(value);
    writer.finish()
}

/// The text of one object.
pub fn text_of_object(object: &Object) -> String {
    let mut writer = Writer::new();
    writer.object(object);
    writer.finish()
}

/// Room for the report on a credential of a dozen claims.
const USUAL_LENGTH: usize = 4096;

/// RFC 8259 §7: quotation mark, reverse solidus and the control characters are escaped, nothing else needs to be.
fn string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
        let (plain, special) = rest.split_at(at); // an ASCII byte stands on a boundary
        out.push_str(plain);
        let mut letters = special.chars();
        match letters.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\u{8}') => out.push_str("\\b"),
            Some('\t') => out.push_str("\\t"),
            Some('\n') => out.push_str("\\n"),
            Some('\u{c}') => out.push_str("\\f"),
            Some('\r') => out.push_str("\\r"),
            Some(control) => {
                let code = u32::from(control);
                out.push_str(if code < 0x10 { "\\u000" } else { "\\u001" });
                out.extend(char::from_digit(code & 0xf, 16));
            }
            None => {}
        }
        rest = letters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::encoding::json;

    #[test]
    fn strings_are_escaped_as_serde_json_escapes_them() {
        let every: String = (0..0x300).filter_map(char::from_u32).chain("\u{2028}\u{1f600}MẪU".chars()).collect();
        let mut out = String::new();
        string(&mut out, &every);
        assert_eq!(out, serde_json::to_string(&every).unwrap());
    }

    #[test]
    fn values_come_out_as_they_went_in() {
        let text = r#"{"a":[],"b":{},"c":[1,-2,true,false,null,"x\"y",{"d":[[1.5,0.10,1E-400,-0,2.50e+1]]}],"":"MẪU"}"#;
        assert_eq!(text_of(&json::parse(text.as_bytes()).unwrap()), text);
    }
}
