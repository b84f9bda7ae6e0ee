//! A build without CBOR: names a status list in CWT form as `not_in_build`.

use crate::crypto::InvalidSignature;
use crate::document::status_list::{StatusList, StatusListFault};
use crate::envelope::jws::{Header, HeaderFault};
use crate::envelope::verified::{TrustedKey, Verified};
use crate::verify::code;
use crate::verify::report::Outcome;

/// `typ` of a Status List Token in CWT form.
pub const TYPE: &str = "";

/// There is none.
#[derive(Debug)]
pub enum Received {}

/// There is none.
#[derive(Debug)]
pub enum Payload {}

impl Received {
    /// `not_in_build`: could not be checked, which is neither "revoked" nor "valid".
    ///
    /// # Errors
    /// Always.
    pub const fn read(_base64: &str) -> Result<Self, Outcome> {
        Err(Outcome::Unknown(code::NOT_IN_BUILD))
    }

    /// Never called.
    pub const fn subject(&self) -> Option<&str> {
        match *self {}
    }

    /// Never called.
    pub const fn issuer(&self) -> Option<&str> {
        match *self {}
    }

    /// Never called.
    pub const fn issued(&self) -> Option<i64> {
        match *self {}
    }

    /// Never called.
    ///
    /// # Errors
    /// None.
    pub const fn header(&self) -> Result<Header, HeaderFault> {
        match *self {}
    }

    /// Never called.
    ///
    /// # Errors
    /// None.
    pub const fn verify_with_one_of(self, _keys: &[TrustedKey]) -> Result<(Payload, &TrustedKey), InvalidSignature> {
        match self {}
    }
}

impl Payload {
    /// Never called.
    ///
    /// # Errors
    /// None.
    pub const fn read(&self) -> Result<Verified<StatusList>, StatusListFault> {
        match *self {}
    }
}
