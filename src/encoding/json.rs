//! Strict JSON (RFC 8259, RFC 7493): duplicate names, deep nesting, inexact numbers and `__proto__` are refused.
//!
//! A reader that keeps the last of two members with one name lets an attacker show one value and sign another.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::base::{Problem, order};
use crate::encoding::json_text::{Magnitude, Reader, Token};

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
    Decimal(Decimal),
    /// A string.
    Text(String),
    /// An array.
    Array(Vec<Value>),
    /// An object, members in the order received.
    Object(Object),
}

/// A number that is no integer literal: kept as it was written, so that it goes out as it came in, to the last digit.
#[derive(Clone, PartialEq)]
pub struct Decimal(Box<str>);

impl Decimal {
    /// The literal.
    pub const fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a whole number, written otherwise (`2.0`, `2e0`).
    pub fn is_whole(&self) -> bool {
        Magnitude::of(&self.0).is_whole()
    }

    /// Whether it is this digit, written otherwise.
    pub fn is_digit(&self, digit: &str) -> bool {
        !self.0.starts_with('-') && Magnitude::of(&self.0).is_digit(digit)
    }
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
    let mut reader = Reader::new(text);
    let mut value = Value::Null;
    read(&mut reader, &mut value)?;
    reader.end().map(|()| value)
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
    /// The members in the order given. Not generic over an iterator: each object that is put together would bring its own.
    pub fn of(members: Vec<(&str, Value)>) -> Self {
        let mut object = Self::default();
        for (name, value) in members {
            object.put(name, value);
        }
        object
    }

    /// One more member, behind the others.
    pub fn put(&mut self, name: &str, value: Value) {
        self.members.push((String::from(name), value));
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Value> {
        // the length first: comparing letters is a call where all is built for size
        self.members.iter().find(|(key, _)| key.len() == name.len() && key == name).map(|(_, value)| value)
    }

    /// Whether there is such a member.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Whether a name stands twice (only possible while an object is being put together).
    pub fn has_duplicate_names(&self) -> bool {
        order::has_doubles(self.members.iter().map(|(name, _)| name.as_str()).collect())
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

/// Reads item after item, up to the first fault. A plain loop over a plain function: `map(…).collect()` into a `Result` is four functions more at each place.
///
/// # Errors
/// The first fault of `read`.
pub fn each<T, E>(items: &[Value], read: fn(&Value) -> Result<T, E>) -> Result<Vec<T>, E> {
    let mut all = Vec::new();
    for item in items {
        all.push(read(item)?);
    }
    Ok(all)
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

    /// The strings, if it is an array of nothing else.
    pub fn as_texts(&self) -> Option<Vec<String>> {
        each(self.as_array()?, |item| item.as_text().map(String::from).ok_or(())).ok()
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

/// Reads a value into its place, where it stays: values that are handed up by each level are copied at each level.
fn read(reader: &mut Reader<'_>, place: &mut Value) -> Result<(), Problem> {
    *place = match reader.token()? {
        Token::Null => Value::Null,
        Token::Bool(value) => Value::Bool(value),
        Token::Int(number) => Value::Int(number),
        Token::Decimal(literal) => Value::Decimal(Decimal(literal.into())),
        Token::Text(text) => Value::Text(text.into_owned()),
        Token::Array => {
            let mut items = Vec::new();
            while reader.goes_on(items.is_empty(), b']')? {
                read(reader, items.push_mut(Value::Null))?;
            }
            Value::Array(items)
        }
        Token::Object => {
            let mut object = Object::default();
            members(reader, &mut object)?;
            Value::Object(object)
        }
    };
    Ok(())
}

fn members(reader: &mut Reader<'_>, object: &mut Object) -> Result<(), Problem> {
    while reader.goes_on(object.members.is_empty(), b'}')? {
        let name = reader.name()?;
        if name == FORBIDDEN_NAME {
            return Err(Problem::ForbiddenName);
        }
        if object.members.len() < FEW_MEMBERS && object.has(&name) {
            return Err(Problem::DuplicateKey);
        }
        reader.colon()?;
        let (_, place) = object.members.push_mut((name.into_owned(), Value::Null));
        read(reader, place)?;
    }
    if object.members.len() > FEW_MEMBERS && object.has_duplicate_names() {
        return Err(Problem::DuplicateKey);
    }
    Ok(())
}

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
