//! The issuers' keys that are warm. Only successful verifications count, so that nobody's bad tokens can push a good issuer out.

use core::fmt;

use crate::crypto::ed25519::Ed25519Point;
use crate::crypto::key::PublicKey;
#[cfg(feature = "es256")]
use crate::crypto::p256::P256Point;
use crate::crypto::warmth::Circle;

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
    /// Notes a successful verification.
    pub fn note(&self, key: &PublicKey) {
        match key {
            PublicKey::Ed25519(key) => self.ed25519.note(key.warmth()),
            #[cfg(feature = "es256")]
            PublicKey::P256(key) => self.p256.note(key.warmth()),
        }
    }

    /// Makes a key warm now if no other of its kind must go for it.
    pub fn warm_if_room(&self, key: &PublicKey) {
        match key {
            PublicKey::Ed25519(key) => self.ed25519.warm_if_room(key.warmth()),
            #[cfg(feature = "es256")]
            PublicKey::P256(key) => self.p256.warm_if_room(key.warmth()),
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]
    use super::*;
    use crate::crypto::ed25519::Ed25519Key;
    use alloc::vec::Vec;
    use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
    use curve25519_dalek::scalar::Scalar;

    /// B, 2B, 3B, …
    fn keys(count: u8) -> Vec<PublicKey> {
        let key = |n| (ED25519_BASEPOINT_POINT * Scalar::from(n)).compress();
        (1..=count).map(|n| PublicKey::Ed25519(Ed25519Key::from_bytes(key(n).as_bytes()).unwrap())).collect()
    }

    fn warm(keys: &[PublicKey]) -> Vec<bool> {
        let is_warm = |key: &PublicKey| match key {
            PublicKey::Ed25519(key) => key.warmth().is_warm(),
            #[cfg(feature = "es256")]
            PublicKey::P256(key) => key.warmth().is_warm(),
        };
        keys.iter().map(is_warm).collect()
    }

    #[test]
    fn the_ninth_key_finds_no_room_and_displaces_the_one_least_recently_used() {
        let (circle, keys) = (WarmKeys::default(), keys(9));
        for key in &keys {
            circle.warm_if_room(key);
        }
        assert_eq!(warm(&keys), [true, true, true, true, true, true, true, true, false]);
        circle.note(&keys[0]);
        circle.warm(&keys[8]);
        assert_eq!(warm(&keys), [true, false, true, true, true, true, true, true, true]);
    }

    #[test]
    fn sixteen_successes_make_a_key_warm() {
        let (circle, keys) = (WarmKeys::default(), keys(1));
        for _ in 0..15 {
            circle.note(&keys[0]);
        }
        assert_eq!(warm(&keys), [false]);
        circle.note(&keys[0]);
        assert_eq!(warm(&keys), [true]);
    }

    #[test]
    #[cfg(feature = "es256")]
    fn each_kind_has_room_of_its_own() {
        let jwk = br#"{"kty":"EC","crv":"P-256","x":"axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY","y":"T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}"#;
        let generator = PublicKey::from_jwk(&crate::encoding::json::parse_object(jwk).unwrap()).unwrap();
        let (circle, mut keys) = (WarmKeys::default(), keys(8));
        keys.push(generator);
        for key in &keys {
            circle.warm_if_room(key);
        }
        assert_eq!(warm(&keys), [true; 9]);
    }
}
