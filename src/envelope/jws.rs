//! JSON Web Signature, compact serialization (RFC 7515 §3.1, §5.2).

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::split::parts;
use crate::base::{ParseError, Part, Problem, Span};
use crate::crypto::{AlgorithmId, InvalidSignature};
use crate::encoding::base64url;
use crate::encoding::json::{self, Object, Value};
use crate::envelope::verified::{TrustedKey, Verified};

/// A compact JWS, split and decoded, its JSON not yet read.
#[derive(Debug)]
pub struct CompactJws<'a> {
    signing_input: &'a str,
    header: Vec<u8>,
    payload: Vec<u8>,
    signature: Vec<u8>,
    /// Where the token stands in the outermost input.
    pub at: Span,
}

impl<'a> CompactJws<'a> {
    /// Splits and decodes; `start` is the offset of `text` in the outermost input.
    ///
    /// # Errors
    /// [`Problem::Structure`] unless there are three non-empty segments; [`Problem::Encoding`] unless each is strict base64url.
    pub fn split(text: &'a str, start: usize) -> Result<Self, ParseError> {
        let at = Span::new(start, start.saturating_add(text.len()));
        let structure = ParseError::new(Part::Input, Problem::Structure).at(at);
        // header, payload, signature (RFC 7515 §7.1)
        let mut segments = parts(text, b'.');
        let (Some(header), Some(payload), Some(signature), None) = (segments.next(), segments.next(), segments.next(), segments.next())
        else {
            return Err(structure);
        };
        if header.is_empty() || payload.is_empty() || signature.is_empty() {
            return Err(structure);
        }
        let signed = header.len().saturating_add(1).saturating_add(payload.len());
        let signing_input = text.get(..signed).ok_or(structure)?;
        let decode = |part: Part, segment: &str, offset: usize| {
            let from = start.saturating_add(offset);
            base64url::decode(segment)
                .map_err(|_| ParseError::new(part, Problem::Encoding).at(Span::new(from, from.saturating_add(segment.len()))))
        };
        Ok(Self {
            header: decode(Part::Header, header, 0)?,
            payload: decode(Part::Payload, payload, header.len().saturating_add(1))?,
            signature: decode(Part::Signature, signature, signed.saturating_add(1))?,
            signing_input,
            at,
        })
    }

    /// The payload, which nobody vouches for.
    ///
    /// # Errors
    /// The JSON problems of [`json::parse_object`].
    pub fn hint(&self) -> Result<Object, Problem> {
        json::parse_object(&self.payload)
    }

    /// Reads the JSON of header and payload.
    ///
    /// # Errors
    /// The JSON problems of [`json::parse_object`].
    pub fn read(self) -> Result<UnverifiedJws<'a>, ParseError> {
        let read = |part, bytes: &[u8]| json::parse_object(bytes).map_err(|problem| ParseError::new(part, problem).at(self.at));
        Ok(UnverifiedJws {
            header: read(Part::Header, &self.header)?,
            payload: read(Part::Payload, &self.payload)?,
            signing_input: self.signing_input,
            signature: self.signature,
            at: self.at,
        })
    }
}

/// A JWS whose shape is read and whose signature is not checked: nothing in it may be believed.
#[derive(Debug)]
pub struct UnverifiedJws<'a> {
    header: Object,
    payload: Object,
    signing_input: &'a str,
    signature: Vec<u8>,
    /// Where the token stands in the outermost input.
    pub at: Span,
}

impl<'a> UnverifiedJws<'a> {
    /// [`CompactJws::split`] and [`CompactJws::read`] in one.
    ///
    /// # Errors
    /// Those of both.
    pub fn parse(text: &'a str, start: usize) -> Result<Self, ParseError> {
        CompactJws::split(text, start)?.read()
    }

    /// The header as received, for developers' eyes.
    pub const fn raw_header(&self) -> &Object {
        &self.header
    }

    /// The payload as received: good for asking which key to try, and for nothing else.
    pub const fn hint(&self) -> &Object {
        &self.payload
    }

    /// The typed protected header.
    ///
    /// # Errors
    /// [`HeaderFault`].
    pub fn header(&self) -> Result<Header, HeaderFault> {
        Header::read(&self.header)
    }

    /// Checks the signature and gives the payload, believed.
    ///
    /// The caller has matched `alg` with the key before ([`Header::alg`], RFC 8725 §3.1); the key's own algorithm is used here whatever the header says.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn verify(self, key: &TrustedKey) -> Result<Verified<Object>, InvalidSignature> {
        key.key().verify(self.signing_input.as_bytes(), &self.signature)?;
        Ok(Verified::signed(self.payload))
    }

    /// As [`UnverifiedJws::verify`], for an artefact that any of a few keys may have signed: the payload, and the key.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn verify_with_one_of(self, keys: &[TrustedKey]) -> Result<(Verified<Object>, &TrustedKey), InvalidSignature> {
        let signed = |key: &&TrustedKey| key.key().verify(self.signing_input.as_bytes(), &self.signature).is_ok();
        let key = keys.iter().find(signed).ok_or(InvalidSignature)?;
        Ok((Verified::signed(self.payload), key))
    }
}

/// Why a protected header is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderFault {
    /// A parameter of the wrong type, or `alg` missing (RFC 7515 §4.1.1).
    Malformed,
    /// `alg` is none that this verifier knows (RFC 8725 §3.1).
    Algorithm,
    /// `crit` names something; this verifier understands no extension (RFC 7515 §4.1.11).
    Critical,
    /// `jwk`, `jku`, `x5u`: a key or an address supplied by the signer itself (RFC 8725 §3.10).
    SuppliedKey,
}

/// The typed protected header.
#[derive(Clone, Debug)]
pub struct Header {
    /// The algorithm.
    pub alg: AlgorithmId,
    /// The media type, as written.
    pub typ: Option<String>,
    /// The key identifier.
    pub kid: Option<String>,
    /// Whether certificates stand in `x5c`.
    pub has_certificates: bool,
}

/// Parameters by which a token would bring its own key.
const SUPPLIED_KEYS: [&str; 3] = ["jwk", "jku", "x5u"];

impl Header {
    pub(in crate::envelope) fn read(header: &Object) -> Result<Self, HeaderFault> {
        let text = |name| match header.get(name) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text.clone())),
            Some(_) => Err(HeaderFault::Malformed),
        };
        let alg = text("alg")?.ok_or(HeaderFault::Malformed)?;
        let alg = AlgorithmId::parse(&alg).ok_or(HeaderFault::Algorithm)?;
        match header.get("crit") {
            None => {}
            // RFC 7515 §4.1.11: an array of names, never empty; RFC 7797 `b64` is not understood here either
            Some(Value::Array(names)) if !names.is_empty() && names.iter().all(|name| name.as_text().is_some()) => {
                return Err(HeaderFault::Critical);
            }
            Some(_) => return Err(HeaderFault::Malformed),
        }
        if SUPPLIED_KEYS.iter().any(|name| header.has(name)) {
            return Err(HeaderFault::SuppliedKey);
        }
        let has_certificates = match header.get("x5c") {
            None => false,
            Some(Value::Array(items)) if !items.is_empty() && items.iter().all(|item| item.as_text().is_some()) => true,
            Some(_) => return Err(HeaderFault::Malformed),
        };
        Ok(Self { alg, typ: text("typ")?, kid: text("kid")?, has_certificates })
    }
}
