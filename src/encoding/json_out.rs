//! JSON text, written piece by piece into one string (RFC 8259).
//!
//! By hand because it is small: a serialiser for every shape of a report, and a printer of floats with 10 KB of tables, were a tenth of the small build.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

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
        self.bare(&number.to_string());
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
            Value::Decimal(number) => {
                self.comma();
                decimal(&mut self.out, *number);
            }
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

/// The shortest decimal that reads back as this number: Steele and White 1990, "How to print floating-point numbers accurately", algorithm (FP)³, on the
/// fraction alone, since [`crate::encoding::json`] takes no number whose whole part is inexact.
fn decimal(out: &mut String, number: f64) {
    let bits = number.to_bits();
    if number.is_sign_negative() {
        out.push('-');
    }
    // IEEE 754-2019 §3.4: 52 bits of fraction, 11 of exponent with bias 1023; value = mantissa · 2^−scale
    let fraction = bits & 0x000f_ffff_ffff_ffff;
    let exponent = u32::try_from((bits >> 52) & 0x7ff).unwrap_or_default();
    let mantissa = if exponent == 0 { fraction } else { fraction | 0x0010_0000_0000_0000 };
    let scale = 1075_u32.saturating_sub(exponent.max(1));
    out.push_str(&mantissa.checked_shr(scale).unwrap_or(0).to_string());
    out.push('.');
    let below = mantissa & 1_u64.checked_shl(scale).map_or(u64::MAX, |one| one.wrapping_sub(1));
    if below == 0 {
        return out.push('0');
    }
    // two more bits, so that a half and a quarter of the last place can be told
    let one = scale.saturating_add(2);
    let mut rest = Binary::new(below, 2, one);
    // numbers below a power of two stand twice as close
    let mut margin = Binary::new(if fraction == 0 { 1 } else { 2 }, 0, one);
    loop {
        let digit = rest.times_ten();
        let is_wide = margin.times_ten() > 0;
        let low = is_wide || rest.is_below(&margin);
        let high = is_wide || rest.complement().is_below(&margin);
        let up = if low && high { rest.complement().is_below(&rest) } else { high };
        out.extend(char::from_digit(if up { digit.saturating_add(1) } else { digit }, 10));
        if low || high {
            return;
        }
    }
}

/// A binary fraction below one, lowest limb first; `point` bits stand behind the point.
#[derive(PartialEq)]
struct Binary {
    limbs: Vec<u32>,
    point: u32,
}

impl Binary {
    fn new(value: u64, shift: u32, point: u32) -> Self {
        let wide = u128::from(value) << shift;
        let count = usize::try_from(point.div_ceil(32).saturating_add(1)).unwrap_or_default();
        let limbs = (0..count).map(|index| {
            let by = u32::try_from(index).unwrap_or(u32::MAX).saturating_mul(32);
            u32::try_from(wide.checked_shr(by).unwrap_or(0) & 0xffff_ffff).unwrap_or_default()
        });
        Self { limbs: limbs.collect(), point }
    }

    /// Multiplies by ten; gives and takes away what came before the point.
    fn times_ten(&mut self) -> u32 {
        let mut carry = 0_u64;
        for limb in &mut self.limbs {
            let product = u64::from(*limb).wrapping_mul(10).wrapping_add(carry);
            *limb = u32::try_from(product & 0xffff_ffff).unwrap_or_default();
            carry = product >> 32;
        }
        self.take_whole()
    }

    /// What stands before the point: in the limb of the point and the one above it.
    fn take_whole(&mut self) -> u32 {
        let (limb, bit) = (usize::try_from(self.point >> 5).unwrap_or_default(), self.point & 31);
        let Some(top) = self.limbs.get_mut(limb) else { return 0 };
        let mut whole = *top >> bit;
        *top &= (1_u32 << bit).wrapping_sub(1);
        if let Some(above) = self.limbs.get_mut(limb.saturating_add(1)) {
            whole |= above.checked_shl(32_u32.saturating_sub(bit)).unwrap_or(0);
            *above = 0;
        }
        whole
    }

    /// One minus this.
    fn complement(&self) -> Self {
        let mut carry = true;
        let limbs = self.limbs.iter().map(|limb| {
            let (sum, over) = (!limb).overflowing_add(u32::from(carry));
            carry = over;
            sum
        });
        let mut other = Self { limbs: limbs.collect(), point: self.point };
        other.take_whole();
        other
    }

    fn is_below(&self, other: &Self) -> bool {
        self.limbs.iter().rev().lt(other.limbs.iter().rev())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::as_conversions)]
    use super::*;
    use crate::encoding::json;
    use alloc::format;

    fn shown(number: f64) -> String {
        let mut out = String::new();
        decimal(&mut out, number);
        out
    }

    #[test]
    fn decimals_read_back_and_are_as_short_as_rusts_own() {
        let mut state = 1_u64;
        let mut seen = Vec::from([
            0.0,
            -0.0,
            0.1,
            0.5,
            1.5,
            2.0,
            0.3,
            1e-7,
            5e-324,
            2.2250738585072014e-308,
            0.25,
            4.35,
            9007199254740991.0,
            123456.789,
            1.0 / 3.0,
        ]);
        for _ in 0..20_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let spread = f64::from_bits(state & 0x433f_ffff_ffff_ffff);
            let near = (state >> 40) as f64 / 1000.0;
            let power = f64::from_bits(((state >> 53) % 0x433) << 52);
            seen.extend([spread, -spread, near, power]);
        }
        for number in seen {
            let text = shown(number);
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits(), "{text}");
            let theirs = format!("{number:?}");
            if !theirs.contains('e') {
                assert_eq!(text.len(), theirs.len(), "{text} {theirs}");
            }
        }
    }

    #[test]
    fn strings_are_escaped_as_serde_json_escapes_them() {
        let every: String = (0..0x300).filter_map(char::from_u32).chain("\u{2028}\u{1f600}MẪU".chars()).collect();
        let mut out = String::new();
        string(&mut out, &every);
        assert_eq!(out, serde_json::to_string(&every).unwrap());
    }

    #[test]
    fn values_come_out_as_they_went_in() {
        let text = r#"{"a":[],"b":{},"c":[1,-2,true,false,null,"x\"y",{"d":[[1.5]]}],"":"MẪU"}"#;
        assert_eq!(text_of(&json::parse(text.as_bytes()).unwrap()), text);
    }
}
