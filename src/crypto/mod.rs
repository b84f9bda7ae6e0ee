//! Floor 2: mathematics. RustCrypto and dalek primitives behind the few names that the floors above need; nothing home-made, no HMAC.

pub mod digest;
mod multiples;
mod warmth;
pub mod ed25519;
#[cfg(feature = "es256")]
pub mod p256;
pub mod key;
pub mod warm;

// travel documents
#[cfg(feature = "ecdsa")]
pub mod brainpool;
#[cfg(feature = "ecdsa")]
pub mod domain;
#[cfg(feature = "ecdsa")]
pub mod ecdsa;
#[cfg(feature = "rsa")]
pub mod hash;
#[cfg(feature = "rsa")]
pub mod rsa;
#[cfg(feature = "rsa")]
pub mod iso9796;

pub use key::{AlgorithmId, InvalidKey, PublicKey};

/// The signature does not verify. There is only one kind: why it does not is no business of a verifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSignature;
