//! SD-JWT presentations (RFC 9901 §4): `<issuer JWT>~<disclosure>~…~<key binding JWT or nothing>`.

pub mod disclosure;
pub mod processing;
pub mod key_binding;

use alloc::vec::Vec;

use crate::base::limits;
use crate::base::split;
use crate::base::{ParseError, Part, Problem, Span};
use crate::document::sd_jwt::disclosure::Disclosure;
use crate::envelope::jws::CompactJws;

/// A presentation, split and decoded, its disclosures read; nothing in it is believed.
#[derive(Debug)]
pub struct Presentation<'a> {
    /// The issuer-signed JWT.
    pub issuer: CompactJws<'a>,
    /// The disclosures, in the order received.
    pub disclosures: Vec<Disclosure<'a>>,
    /// The key binding JWT, if any.
    pub key_binding: Option<CompactJws<'a>>,
    /// The text that `sd_hash` covers: up to and with the last `~` (RFC 9901 §4.3.1).
    pub bound_text: &'a str,
}

impl<'a> Presentation<'a> {
    /// Splits a presentation.
    ///
    /// # Errors
    /// [`Problem::Structure`] without a `~`, with an empty disclosure, or with a last part that is no JWT; [`Problem::TooLarge`] above
    /// [`limits::DISCLOSURES`]; [`Problem::Encoding`] where a part is not strict base64url.
    pub fn split(text: &'a str) -> Result<Self, ParseError> {
        let whole = Span::new(0, text.len());
        let structure = ParseError::new(Part::Input, Problem::Structure).at(whole);
        let (head, tail) = split::last(text, b'~').ok_or(structure)?;
        let bound = head.len().saturating_add(1);
        let bound_text = text.get(..bound).ok_or(structure)?;
        let mut parts = split::parts(head, b'~');
        let jwt = parts.next().ok_or(structure)?;
        let issuer = CompactJws::split(jwt, 0)?;
        let mut disclosures = Vec::new();
        let mut start = jwt.len().saturating_add(1);
        for part in parts {
            if part.is_empty() {
                return Err(structure);
            }
            if disclosures.len() >= limits::DISCLOSURES {
                return Err(ParseError::new(Part::Disclosure, Problem::TooLarge).at(whole));
            }
            disclosures.push(Disclosure::decode(part, start)?);
            start = start.saturating_add(part.len()).saturating_add(1);
        }
        let key_binding = if tail.is_empty() { None } else { Some(CompactJws::split(tail, bound)?) };
        Ok(Self { issuer, disclosures, key_binding, bound_text })
    }
}
