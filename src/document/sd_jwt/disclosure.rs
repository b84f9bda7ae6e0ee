//! One disclosure (RFC 9901 §4.2): base64url of `[salt, name, value]` or `[salt, value]`.

use alloc::string::String;

use crate::base::{ParseError, Part, Problem, Span};
use crate::crypto::digest::DigestId;
use crate::encoding::base64url;
use crate::encoding::json::{self, Value};

/// A disclosure as received, and what it says or why that cannot be told. Read once: who believes it, and whether, is asked later.
#[derive(Debug)]
pub struct Disclosure<'a> {
    text: &'a str,
    disclosed: Result<Disclosed, DisclosureFault>,
    /// Where it stands in the outermost input.
    pub at: Span,
}

/// What a disclosure discloses.
#[derive(Debug)]
pub enum Disclosed {
    /// A member of an object (RFC 9901 §4.2.1).
    Member(String, Value),
    /// An element of an array (RFC 9901 §4.2.2).
    Element(Value),
}

/// Why a disclosure cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisclosureFault {
    /// Not the JSON array of RFC 9901 §4.2, or JSON with a fault that has no code of its own here, such as a number beyond 2^53.
    Shape,
    /// A problem of the JSON that has a code of its own (contract §12 "Neighbours"): duplicate names, depth, `__proto__`, UTF-8.
    Json(Problem),
}

impl<'a> Disclosure<'a> {
    /// Decodes the base64url and reads what it holds.
    ///
    /// # Errors
    /// [`Problem::Encoding`].
    pub fn decode(text: &'a str, start: usize) -> Result<Self, ParseError> {
        let at = Span::new(start, start.saturating_add(text.len()));
        let encoding = ParseError::new(Part::Disclosure, Problem::Encoding).at(at);
        let bytes = base64url::decode(text).map_err(|_| encoding)?;
        match json::parse(&bytes) {
            Err(Problem::Encoding) => Err(encoding),
            value => Ok(Self { text, disclosed: read(value), at }),
        }
    }

    /// The text as received; digests are over this, never over a re-encoding (RFC 9901 §4.2.3).
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// The digest as it stands in `_sd`: base64url over the ASCII text (RFC 9901 §4.2.3).
    pub fn digest(&self, algorithm: DigestId) -> String {
        base64url::encode(&algorithm.digest(self.text.as_bytes()))
    }

    /// Name and value.
    ///
    /// # Errors
    /// [`DisclosureFault`].
    pub const fn disclosed(&self) -> Result<&Disclosed, DisclosureFault> {
        match &self.disclosed {
            Ok(disclosed) => Ok(disclosed),
            Err(fault) => Err(*fault),
        }
    }

    /// As [`Disclosure::disclosed`], given up.
    ///
    /// # Errors
    /// [`DisclosureFault`].
    pub fn into_disclosed(self) -> Result<Disclosed, DisclosureFault> {
        self.disclosed
    }
}

/// Salt, name and value.
fn read(value: Result<Value, Problem>) -> Result<Disclosed, DisclosureFault> {
    let value = value.map_err(|problem| match problem {
        Problem::DuplicateKey | Problem::TooDeep | Problem::ForbiddenName | Problem::Encoding => DisclosureFault::Json(problem),
        Problem::Json | Problem::Number | Problem::Empty | Problem::TooLarge | Problem::Structure => DisclosureFault::Shape,
    })?;
    let Value::Array(items) = value else { return Err(DisclosureFault::Shape) };
    let mut items = items.into_iter();
    match (items.next(), items.next(), items.next(), items.next()) {
        (Some(Value::Text(_)), Some(value), None, None) => Ok(Disclosed::Element(value)),
        (Some(Value::Text(_)), Some(Value::Text(name)), Some(value), None) => {
            if name == json::FORBIDDEN_NAME {
                return Err(DisclosureFault::Json(Problem::ForbiddenName));
            }
            Ok(Disclosed::Member(name, value))
        }
        _ => Err(DisclosureFault::Shape),
    }
}
