//! A Status List Token in CWT form, as it reaches the engine: a `data:` URL, so that all that crosses the seam, and all that a cache keeps, stays text.

use alloc::vec::Vec;

use crate::base::limits;
use crate::crypto::InvalidSignature;
use crate::document::status_cwt::{self, Hint};
use crate::document::status_list::{StatusList, StatusListFault};
use crate::encoding::base64url;
use crate::envelope::cose::UnverifiedSign1;
use crate::envelope::jws::{Header, HeaderFault};
use crate::envelope::verified::{TrustedKey, Verified};
use crate::verify::code;
use crate::verify::report::Outcome;

pub use crate::document::status_cwt::TYPE;

/// A token as received, its CBOR read.
#[derive(Debug)]
pub struct Received {
    message: UnverifiedSign1,
    hint: Hint,
}

impl Received {
    /// Reads the structure of what stands behind `data:application/statuslist+cwt;base64,`.
    ///
    /// # Errors
    /// `status_list_too_large`, `status_list_invalid`.
    pub fn read(base64: &str) -> Result<Self, Outcome> {
        if base64.len() > limits::STATUS_LIST_TOKEN {
            return Err(Outcome::Fail(code::STATUS_LIST_TOO_LARGE));
        }
        let bytes = base64url::decode_standard(base64).map_err(|_| Outcome::Fail(code::STATUS_LIST_INVALID))?;
        let message = UnverifiedSign1::parse(&bytes).map_err(|_| Outcome::Fail(code::STATUS_LIST_INVALID))?;
        let hint = status_cwt::hint(message.hint());
        Ok(Self { message, hint })
    }

    /// What it says of itself.
    pub fn subject(&self) -> Option<&str> {
        self.hint.subject.as_deref()
    }

    /// What it says of itself.
    pub fn issuer(&self) -> Option<&str> {
        self.hint.issuer.as_deref()
    }

    /// What it says of itself.
    pub const fn issued(&self) -> Option<i64> {
        self.hint.issued
    }

    /// The header in JOSE's words.
    ///
    /// # Errors
    /// [`HeaderFault`].
    pub fn header(&self) -> Result<Header, HeaderFault> {
        self.message.header()
    }

    /// The payload, believed, and the key.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn verify_with_one_of(self, keys: &[TrustedKey]) -> Result<(Payload, &TrustedKey), InvalidSignature> {
        self.message.verify_with_one_of(keys).map(|(payload, key)| (Payload(payload), key))
    }
}

/// A believed payload.
#[derive(Debug)]
pub struct Payload(Verified<Vec<u8>>);

impl Payload {
    /// The list.
    ///
    /// # Errors
    /// [`StatusListFault`].
    pub fn read(&self) -> Result<Verified<StatusList>, StatusListFault> {
        self.0.try_read(|payload| status_cwt::read(payload))
    }
}
