//! The issuers' keys that are warm. Only successful verifications count, so that nobody's bad tokens can push a good issuer out.

use core::fmt;

use crate::crypto::ed25519::Ed25519Point;
use crate::crypto::key::PublicKey;
#[cfg(feature = "es256")]
use crate::crypto::p256::P256Point;
use crate::crypto::warmth::{Circle, WARM_KEYS};

/// Keys whose multiples are kept: of each kind at most eight, the least recently used goes first.
#[derive(Default)]
pub struct WarmKeys {
    ed25519: Circle<Ed25519Point>,
    #[cfg(feature = "es256")]
    p256: Circle<P256Point>,
}

impl fmt::Debug for WarmKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WarmKeys")
    }
}

impl WarmKeys {
    /// Keys of one kind for which there is room.
    pub const ROOM: usize = WARM_KEYS;

    /// Notes a successful verification.
    pub fn note(&self, key: &PublicKey) {
        match key {
            PublicKey::Ed25519(key) => self.ed25519.note(key.warmth()),
            #[cfg(feature = "es256")]
            PublicKey::P256(key) => self.p256.note(key.warmth()),
        }
    }

    /// Makes a key warm now, or notes that it was used.
    pub fn warm(&self, key: &PublicKey) {
        match key {
            PublicKey::Ed25519(key) => self.ed25519.warm(key.warmth()),
            #[cfg(feature = "es256")]
            PublicKey::P256(key) => self.p256.warm(key.warmth()),
        }
    }
}
