//! Strict JSON over `serde_json` (RFC 8259, RFC 7493): duplicate names, deep nesting, inexact numbers and `__proto__` are refused.
//!
//! `serde_json` alone keeps the last of two members with one name, which lets an attacker show one value and sign another.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::Cell;
use core::fmt;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};

use crate::base::Problem;
use crate::base::limits;

/// A JSON value. Integers and decimals are kept apart, since `2` and `2.0` are not the same NumericDate.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// An integer literal within ±(2^53 − 1).
    Int(i64),
    /// A literal with a fraction or an exponent.
    Decimal(f64),
    /// A string.
    Text(String),
    /// An array.
    Array(Vec<Value>),
    /// An object, members in the order received.
    Object(Object),
}

/// The members of a JSON object, each name once, in the order received.
#[derive(Clone, Default, PartialEq)]
pub struct Object {
    /// Name and value.
    pub members: Vec<(String, Value)>,
}

/// The name that JavaScript would take for a prototype; refused wherever it stands (contract §12 "Values").
pub const FORBIDDEN_NAME: &str = "__proto__";

/// Below this many members a plain search for duplicates is cheaper than sorting.
const FEW_MEMBERS: usize = 16;

/// Reads one JSON text.
///
/// # Errors
/// [`Problem::Json`], [`Problem::DuplicateKey`], [`Problem::TooDeep`], [`Problem::Number`], [`Problem::ForbiddenName`], or
/// [`Problem::Encoding`] if the bytes are not UTF-8.
///
/// ```
/// use eid_verifier::{base::Problem, encoding::json};
/// assert!(json::parse(br#"{"exp":2}"#).is_ok());
/// assert_eq!(json::parse(br#"{"exp":1,"exp":2}"#).err(), Some(Problem::DuplicateKey));
/// ```
pub fn parse(bytes: &[u8]) -> Result<Value, Problem> {
    let text = core::str::from_utf8(bytes).map_err(|_| Problem::Encoding)?;
    let problem = Cell::new(None);
    let mut reader = serde_json::Deserializer::from_str(text);
    let seed = Seed { depth: 0, problem: &problem };
    let value = seed.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    value.map_err(|error| match problem.get() {
        Some(problem) => problem,
        // serde_json's word for a literal beyond f64; no other way to tell it apart (held by a test)
        None if error.to_string().starts_with("number out of range") => Problem::Number,
        None => Problem::Json,
    })
}

/// Reads one JSON object.
///
/// # Errors
/// As [`parse`]; [`Problem::Json`] if the text is something other than an object.
pub fn parse_object(bytes: &[u8]) -> Result<Object, Problem> {
    match parse(bytes)? {
        Value::Object(object) => Ok(object),
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Decimal(_) | Value::Text(_) | Value::Array(_) => Err(Problem::Json),
    }
}

impl Object {
    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Whether there is such a member.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Whether a name stands twice (only possible while an object is being put together).
    pub fn has_duplicate_names(&self) -> bool {
        let mut names: Vec<&str> = self.members.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let index = self.members.iter().position(|(key, _)| key == name)?;
        Some(self.members.remove(index).1)
    }

    /// A member that is a string; `None` if absent or of another type.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_text)
    }
}

impl Value {
    /// The string, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The integer, if it is one.
    pub fn as_int(&self) -> Option<i64> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The array, if it is one.
    pub fn as_array(&self) -> Option<&[Value]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The object, if it is one.
    pub fn as_object(&self) -> Option<&Object> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }
}

// Values of claims are personal: Debug names the type only.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Decimal(_) => "decimal",
            Self::Text(_) => "text",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        })
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "object({} members)", self.members.len())
    }
}

#[derive(Clone, Copy)]
struct Seed<'a> {
    /// Containers around this value.
    depth: usize,
    /// What was found, since serde's errors carry text only.
    problem: &'a Cell<Option<Problem>>,
}

impl Seed<'_> {
    fn refuse<E: serde::de::Error>(&self, problem: Problem) -> E {
        self.problem.set(Some(problem));
        E::custom("refused")
    }

    fn deeper<E: serde::de::Error>(&self) -> Result<Self, E> {
        if self.depth >= limits::JSON_DEPTH {
            return Err(self.refuse(Problem::TooDeep));
        }
        Ok(Self { depth: self.depth.saturating_add(1), problem: self.problem })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Value, E> {
        if number.unsigned_abs() > limits::MAX_SAFE_INTEGER.unsigned_abs() {
            return Err(self.refuse(Problem::Number));
        }
        Ok(Value::Int(number))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Value, E> {
        match i64::try_from(number) {
            Ok(number) => self.visit_i64(number),
            Err(_) => Err(self.refuse(Problem::Number)),
        }
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Value, E> {
        // integers beyond u64 arrive here too
        if !number.is_finite() || number.abs() > MAX_SAFE_DECIMAL {
            return Err(self.refuse(Problem::Number));
        }
        Ok(Value::Decimal(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut members: Vec<(String, Value)> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if name == FORBIDDEN_NAME {
                return Err(self.refuse(Problem::ForbiddenName));
            }
            if members.len() < FEW_MEMBERS && members.iter().any(|(known, _)| *known == name) {
                return Err(self.refuse(Problem::DuplicateKey));
            }
            let value = map.next_value_seed(inner)?;
            members.push((name, value));
        }
        let object = Object { members };
        if object.members.len() > FEW_MEMBERS && object.has_duplicate_names() {
            return Err(self.refuse(Problem::DuplicateKey));
        }
        Ok(Value::Object(object))
    }
}

/// [`limits::MAX_SAFE_INTEGER`] as JavaScript holds it.
const MAX_SAFE_DECIMAL: f64 = 9_007_199_254_740_991.0;

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    fn problem(text: &str) -> Option<Problem> {
        parse(text.as_bytes()).err()
    }

    #[test]
    fn depth_32_passes_and_33_does_not() {
        let nest = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert_eq!(problem(&nest(32)), None);
        assert_eq!(problem(&nest(33)), Some(Problem::TooDeep));
        assert_eq!(problem(&"[".repeat(100_000)), Some(Problem::TooDeep));
    }

    #[test]
    fn numbers_are_exact_or_refused() {
        for good in ["9007199254740991", "-9007199254740991", "1.5", "-0", "0"] {
            assert_eq!(problem(good), None, "{good}");
        }
        for bad in ["9007199254740992", "18446744073709551616", "1e999", "-9007199254740992", "1e16"] {
            assert_eq!(problem(bad), Some(Problem::Number), "{bad}");
        }
    }

    #[test]
    fn duplicates_are_found_among_few_and_many() {
        assert_eq!(problem(r#"{"a":1,"\u0061":2}"#), Some(Problem::DuplicateKey));
        let many: String = (0..40).map(|i| format!("\"k{i}\":0,")).collect();
        assert_eq!(problem(&format!("{{{many}\"k3\":1}}")), Some(Problem::DuplicateKey));
        assert_eq!(problem(&format!("{{{many}\"z\":1}}")), None);
    }

    #[test]
    fn names_and_characters_that_trick_javascript_are_refused() {
        assert_eq!(problem(r#"{"a":{"__proto__":1}}"#), Some(Problem::ForbiddenName));
        assert_eq!(problem(r#"{"constructor":1}"#), None);
        assert_eq!(problem(r#""\ud800""#), Some(Problem::Json));
        assert_eq!(parse(b"\"\xff\"").err(), Some(Problem::Encoding));
        assert_eq!(problem("{} x"), Some(Problem::Json));
        assert_eq!(problem("\u{feff}{}"), Some(Problem::Json));
    }
}
