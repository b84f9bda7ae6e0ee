//! Strict JSON whose strings stay where they are: for short questions asked very often, where copying every word would cost more than the answer.
//!
//! As strict as [`crate::encoding::json`]: duplicate names, deep nesting, inexact numbers and `__proto__` are refused. A string with an escape in it cannot be
//! borrowed; it is known to be a string, and has no text.

use alloc::vec::Vec;
use core::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

use crate::base::limits;
use crate::encoding::json::FORBIDDEN_NAME;

/// A JSON value over the text it was read from.
///
/// `True` and `False`, not `Bool(bool)`: a payload of one byte beside payloads of words makes every move of a value a patchwork of narrow copies (perf: the hottest lines of a question).
#[derive(Clone, PartialEq)]
pub enum Borrowed<'a> {
    /// `null`
    Null,
    /// `true`
    True,
    /// `false`
    False,
    /// An integer literal within ±(2^53 − 1).
    Int(i64),
    /// A literal with a fraction or an exponent.
    Decimal,
    /// A string without escapes.
    Text(&'a str),
    /// A string with escapes.
    Escaped,
    /// An array.
    Array(Vec<Borrowed<'a>>),
    /// An object, members in the order received.
    Object(Vec<(&'a str, Borrowed<'a>)>),
}

// Facts are personal: Debug names the type only.
impl fmt::Debug for Borrowed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
}

/// Room made for the members of an object: the facts of a case have no more.
const USUAL_MEMBERS: usize = 6;

/// Reads one JSON text; `None` if it is not strict JSON.
///
/// ```
/// use eid_verifier::encoding::json_borrowed::{Borrowed, parse};
/// assert_eq!(parse(r#"{"law":"ND69-2024"}"#), Some(Borrowed::Object(vec![("law", Borrowed::Text("ND69-2024"))])));
/// assert_eq!(parse(r#"{"law":1,"law":2}"#), None);
/// ```
pub fn parse(text: &str) -> Option<Borrowed<'_>> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Depth(0).deserialize(&mut reader).ok()?;
    reader.end().ok().map(|()| value)
}

impl<'a> Borrowed<'a> {
    /// The string, if it is one without escapes.
    pub const fn as_text(&self) -> Option<&'a str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The integer, if it is one.
    pub const fn as_int(&self) -> Option<i64> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }

    /// The truth value, if it is one.
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::True => Some(true),
            Self::False => Some(false),
            Self::Null | Self::Int(_) | Self::Decimal | Self::Text(_) | Self::Escaped | Self::Array(_) | Self::Object(_) => None,
        }
    }

    /// The array, if it is one.
    pub fn as_array(&self) -> Option<&[Borrowed<'a>]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&[(&'a str, Borrowed<'a>)]> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }
}

/// Containers around a value.
#[derive(Clone, Copy)]
struct Depth(usize);

impl Depth {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.0 < limits::JSON_DEPTH { Ok(Self(self.0.saturating_add(1))) } else { Err(E::custom("refused")) }
    }
}

impl<'de> DeserializeSeed<'de> for Depth {
    type Value = Borrowed<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Borrowed<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Borrowed<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Borrowed<'de>, E> {
        Ok(Borrowed::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Borrowed<'de>, E> {
        Ok(if value { Borrowed::True } else { Borrowed::False })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Borrowed<'de>, E> {
        let exact = number.unsigned_abs() <= limits::MAX_SAFE_INTEGER.unsigned_abs();
        if exact { Ok(Borrowed::Int(number)) } else { Err(E::custom("refused")) }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Borrowed<'de>, E> {
        i64::try_from(number).map_err(|_| E::custom("refused")).and_then(|number| self.visit_i64(number))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Borrowed<'de>, E> {
        Ok(Borrowed::Decimal)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Borrowed<'de>, E> {
        Ok(Borrowed::Text(text))
    }

    fn visit_str<E>(self, _: &str) -> Result<Borrowed<'de>, E> {
        Ok(Borrowed::Escaped)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Borrowed<'de>, A::Error> {
        let inner = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Borrowed::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Borrowed<'de>, A::Error> {
        let inner = self.deeper()?;
        let mut members: Vec<(&'de str, Borrowed<'de>)> = Vec::with_capacity(USUAL_MEMBERS);
        // not `next_key::<&str>()`: its error for a name with an escape brings the printing of floats along, 20 KB of it
        while let Some(name) = map.next_key_seed(self)? {
            match name {
                Borrowed::Text(name)
                    if name != FORBIDDEN_NAME && members.len() < MEMBERS && members.iter().all(|(known, _)| *known != name) =>
                {
                    members.push((name, map.next_value_seed(inner)?));
                }
                Borrowed::Text(_)
                | Borrowed::Null
                | Borrowed::True
                | Borrowed::False
                | Borrowed::Int(_)
                | Borrowed::Decimal
                | Borrowed::Escaped
                | Borrowed::Array(_)
                | Borrowed::Object(_) => return Err(A::Error::custom("refused")),
            }
        }
        Ok(Borrowed::Object(members))
    }
}

/// Members of one object: a plain search for duplicates stays cheap. No question has more.
const MEMBERS: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn as_strict_as_the_other_reader() {
        let nest = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(parse(&nest(32)).is_some());
        for bad in ["", "{", r#"{"a":1,"a":2}"#, r#"{"__proto__":1}"#, "9007199254740992", "[1,]", "1 2", r#"{"\u0061":1}"#, "'a'"] {
            assert!(parse(bad).is_none(), "{bad}");
        }
        assert!(parse(&nest(33)).is_none());
        assert!(parse(&"[".repeat(100_000)).is_none());
        assert_eq!(parse(r#""a\u0062""#), Some(Borrowed::Escaped));
    }

    #[test]
    fn objects_do_not_grow_without_end() {
        let members = |n: usize| (0..n).map(|i| format!("\"k{i}\":0")).collect::<Vec<_>>().join(",");
        assert!(parse(&format!("{{{}}}", members(32))).is_some());
        assert!(parse(&format!("{{{}}}", members(33))).is_none());
    }
}
