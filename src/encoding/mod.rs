//! Floor 1: one syntax a file; turns text and bytes into plain values.

pub mod base64url;
#[cfg(any(feature = "ecdsa", feature = "rsa"))]
pub mod der;
#[cfg(feature = "emrtd")]
pub mod ber;
#[cfg(feature = "emrtd")]
pub mod ldif;
#[cfg(feature = "lists")]
pub mod inflate;
#[cfg(feature = "cwt")]
pub mod cbor;
pub mod json_text;
pub mod json;
pub mod json_borrowed;
pub mod json_out;
