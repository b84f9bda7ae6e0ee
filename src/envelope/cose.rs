//! COSE_Sign1: one signature over bytes (RFC 9052 §4.2, §4.4), attached payload only.
//!
//! Read with tag 18 and without: drafts of the status list say now the one, now the other. The header is put into the words of the JOSE header
//! ([`Header`]), so that one judge serves both.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::Problem;
use crate::crypto::{AlgorithmId, InvalidSignature};
use crate::encoding::base64url;
use crate::encoding::cbor::{self, Cbor, Label};
use crate::envelope::jws::{Header, HeaderFault};
use crate::envelope::verified::{TrustedKey, Verified};

/// Tag of COSE_Sign1 (RFC 9052 §2).
const SIGN1: u64 = 18;

/// Header parameters (RFC 9052 §3.1; RFC 9596 §2; RFC 9360 §2; IANA "COSE Header Parameters").
mod label {
    pub(super) const ALG: i64 = 1;
    pub(super) const CRIT: i64 = 2;
    pub(super) const KID: i64 = 4;
    pub(super) const TYP: i64 = 16;
    pub(super) const X5CHAIN: i64 = 33;
    /// `kcwt`, `kccs`, `x5u`: a key or an address supplied by the signer itself.
    pub(super) const SUPPLIED_KEYS: [i64; 3] = [13, 14, 35];
}

/// A COSE_Sign1 whose shape is read and whose signature is not checked.
#[derive(Debug)]
pub struct UnverifiedSign1 {
    header: Result<Header, HeaderFault>,
    /// `Sig_structure` (RFC 9052 §4.4), which ends in the payload.
    to_be_signed: Vec<u8>,
    payload: usize,
    signature: Vec<u8>,
}

impl UnverifiedSign1 {
    /// Reads the structure and both headers.
    ///
    /// # Errors
    /// The problems of [`cbor::parse`]; [`Problem::Structure`] for anything but four parts with an attached payload.
    pub fn parse(bytes: &[u8]) -> Result<Self, Problem> {
        let mut message = cbor::parse(bytes)?;
        if let Cbor::Tagged(SIGN1, inner) = message {
            message = *inner;
        }
        let Cbor::Array(parts) = message else { return Err(Problem::Structure) };
        let [Cbor::Bytes(protected), unprotected @ Cbor::Map(_), Cbor::Bytes(payload), Cbor::Bytes(signature)] = parts.as_slice() else {
            return Err(Problem::Structure);
        };
        let protected_header = cbor::parse(protected)?;
        let Cbor::Map(_) = protected_header else { return Err(Problem::Structure) };
        let mut to_be_signed = Vec::with_capacity(payload.len().saturating_add(protected.len()).saturating_add(32));
        to_be_signed.extend_from_slice(b"\x84\x6aSignature1");
        push_bytes(&mut to_be_signed, protected);
        push_bytes(&mut to_be_signed, b""); // no external data
        push_bytes(&mut to_be_signed, payload);
        Ok(Self {
            header: read_header(&protected_header, unprotected),
            payload: to_be_signed.len().saturating_sub(payload.len()),
            to_be_signed,
            signature: signature.to_vec(),
        })
    }

    /// The header in JOSE's words.
    ///
    /// # Errors
    /// [`HeaderFault`].
    pub fn header(&self) -> Result<Header, HeaderFault> {
        self.header.clone()
    }

    /// The payload as received: good for asking which key to try, and for nothing else.
    pub fn hint(&self) -> &[u8] {
        self.to_be_signed.get(self.payload..).unwrap_or_default()
    }

    /// Checks the signature: the payload, believed, and the key.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn verify_with_one_of(mut self, keys: &[TrustedKey]) -> Result<(Verified<Vec<u8>>, &TrustedKey), InvalidSignature> {
        let signed = |key: &&TrustedKey| key.key().verify(&self.to_be_signed, &self.signature).is_ok();
        let key = keys.iter().find(signed).ok_or(InvalidSignature)?;
        self.to_be_signed.drain(..self.payload);
        Ok((Verified::signed(self.to_be_signed), key))
    }
}

/// A byte string with its head in the shortest form (RFC 8949 §4.2.1).
fn push_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    const STRING: u8 = 0x40;
    let length = bytes.len();
    match (u8::try_from(length), u16::try_from(length), u32::try_from(length)) {
        (Ok(short @ 0..24), ..) => out.push(STRING.saturating_add(short)),
        (Ok(length), ..) => out.extend([STRING.saturating_add(24), length]),
        (_, Ok(length), _) => {
            out.push(STRING.saturating_add(25));
            out.extend(length.to_be_bytes());
        }
        // a status list token is below 2^32 bytes by its ceiling
        (_, _, length) => {
            out.push(STRING.saturating_add(26));
            out.extend(length.unwrap_or(u32::MAX).to_be_bytes());
        }
    }
    out.extend_from_slice(bytes);
}

/// `alg`, `crit` and `typ` count only where they are signed; no label stands in both headers (RFC 9052 §3).
fn read_header(protected: &Cbor<'_>, unprotected: &Cbor<'_>) -> Result<Header, HeaderFault> {
    let Cbor::Map(loose) = unprotected else { return Err(HeaderFault::Malformed) };
    if loose.iter().any(|(label, _)| protected.get(*label).is_some()) {
        return Err(HeaderFault::Malformed);
    }
    let of = |number| protected.get(Label::Int(number));
    let anywhere = |number| of(number).or_else(|| unprotected.get(Label::Int(number)));
    if [label::ALG, label::CRIT, label::TYP].iter().any(|number| unprotected.get(Label::Int(*number)).is_some()) {
        return Err(HeaderFault::Malformed);
    }
    let alg = match of(label::ALG) {
        Some(Cbor::Int(number)) => AlgorithmId::from_cose(*number).ok_or(HeaderFault::Algorithm)?,
        Some(Cbor::Text(_)) => return Err(HeaderFault::Algorithm),
        Some(_) | None => return Err(HeaderFault::Malformed),
    };
    match of(label::CRIT) {
        None => {}
        Some(Cbor::Array(labels)) if !labels.is_empty() => return Err(HeaderFault::Critical),
        Some(_) => return Err(HeaderFault::Malformed),
    }
    if label::SUPPLIED_KEYS.iter().any(|number| anywhere(*number).is_some()) {
        return Err(HeaderFault::SuppliedKey);
    }
    let typ = match of(label::TYP) {
        None | Some(Cbor::Int(_)) => None, // a CoAP Content-Format: none is registered for what is read here
        Some(Cbor::Text(typ)) => Some((*typ).to_owned()),
        Some(_) => return Err(HeaderFault::Malformed),
    };
    let kid = match anywhere(label::KID) {
        None => None,
        Some(Cbor::Bytes(kid)) => Some(core::str::from_utf8(kid).map_or_else(|_| base64url::encode(kid), String::from)),
        Some(_) => return Err(HeaderFault::Malformed),
    };
    Ok(Header { alg, typ, kid, has_certificates: anywhere(label::X5CHAIN).is_some() })
}
