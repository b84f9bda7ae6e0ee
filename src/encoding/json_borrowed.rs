//! Strict JSON whose strings stay where they are: for short questions asked very often, where copying every word would cost more than the answer.
//!
//! As strict as [`crate::encoding::json`]: duplicate names, deep nesting, inexact numbers and `__proto__` are refused. A string with an escape in it cannot be
//! borrowed; it is known to be a string, and has no text.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use crate::encoding::json::FORBIDDEN_NAME;
use crate::encoding::json_text::{Reader, Token};

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
    let mut reader = Reader::new(text);
    let value = value(&mut reader)?;
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

fn value<'a>(reader: &mut Reader<'a>) -> Option<Borrowed<'a>> {
    Some(match reader.token().ok()? {
        Token::Null => Borrowed::Null,
        Token::Bool(true) => Borrowed::True,
        Token::Bool(false) => Borrowed::False,
        Token::Int(number) => Borrowed::Int(number),
        Token::Decimal(_) => Borrowed::Decimal,
        Token::Text(Cow::Borrowed(text)) => Borrowed::Text(text),
        Token::Text(Cow::Owned(_)) => Borrowed::Escaped,
        Token::Array => {
            let mut items = Vec::new();
            while reader.goes_on(items.is_empty(), b']').ok()? {
                items.push(value(reader)?);
            }
            Borrowed::Array(items)
        }
        Token::Object => {
            let mut members: Vec<(&'a str, Borrowed<'a>)> = Vec::with_capacity(USUAL_MEMBERS);
            while reader.goes_on(members.is_empty(), b'}').ok()? {
                let Cow::Borrowed(name) = reader.name().ok()? else { return None };
                if name == FORBIDDEN_NAME || members.len() >= MEMBERS || members.iter().any(|(known, _)| *known == name) {
                    return None;
                }
                reader.colon().ok()?;
                members.push((name, value(reader)?));
            }
            Borrowed::Object(members)
        }
    })
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
