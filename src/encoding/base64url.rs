//! base64url without padding, strictly (RFC 4648 §5, RFC 7515 §2): one spelling for one value.

use alloc::vec::Vec;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// The text is not strict base64url.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidBase64;

/// Decodes unpadded base64url.
///
/// # Errors
/// [`InvalidBase64`] for padding, another alphabet, white space, an impossible length, or non-zero trailing bits.
///
/// ```
/// use eid_verifier::encoding::base64url::decode;
/// assert_eq!(decode("YQ").as_deref(), Ok(&b"a"[..]));
/// assert!(decode("YQ==").is_err()); // padding is a second spelling of one token
/// assert!(decode("YR").is_err()); // so are non-zero trailing bits
/// ```
pub fn decode(text: &str) -> Result<Vec<u8>, InvalidBase64> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidBase64)
}

/// Encodes as unpadded base64url.
pub fn encode(bytes: &[u8]) -> alloc::string::String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Decodes padded standard base64, as `data:` URLs carry it (RFC 4648 §4, RFC 2397).
///
/// # Errors
/// [`InvalidBase64`] for anything but the canonical spelling.
pub fn decode_standard(text: &str) -> Result<Vec<u8>, InvalidBase64> {
    STANDARD.decode(text).map_err(|_| InvalidBase64)
}
