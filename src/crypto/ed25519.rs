//! Ed25519 (RFC 8032), strict.
//!
//! Accepted are signatures that fulfil all of: S < L (§5.1.7); A and R canonical encodings of points (§5.1.3); neither A nor R of small order;
//! the cofactorless equation [S]B = R + [k]A. This is `verify_strict` of ed25519-dalek plus a canonical A: plain `verify` accepts forgeries under low-order keys.

use ed25519_dalek::{Signature, VerifyingKey};

use crate::crypto::{InvalidKey, InvalidSignature};

/// Length of a public key in bytes (RFC 8032 §5.1.5).
pub const KEY_LENGTH: usize = 32;
/// Length of a signature in bytes (RFC 8032 §5.1.6).
pub const SIGNATURE_LENGTH: usize = 64;

/// An Ed25519 public key that can have signed something: canonical, on the curve, not of small order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ed25519Key(VerifyingKey);

impl Ed25519Key {
    /// Reads the 32 bytes of a public key.
    ///
    /// # Errors
    /// [`InvalidKey`] for another length, a non-canonical encoding, no point of the curve, or a point of small order.
    ///
    /// ```
    /// use eid_verifier::crypto::ed25519::Ed25519Key;
    /// let mut identity = [0; 32];
    /// identity[0] = 1;
    /// assert!(Ed25519Key::from_bytes(&identity).is_err()); // signs anything
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvalidKey> {
        let bytes: &[u8; KEY_LENGTH] = bytes.try_into().map_err(|_| InvalidKey)?;
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| InvalidKey)?;
        let canonical = key.to_edwards().compress();
        if canonical.as_bytes() != bytes || key.is_weak() {
            return Err(InvalidKey);
        }
        Ok(Self(key))
    }

    /// Verifies, strictly.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let signature: &[u8; SIGNATURE_LENGTH] = signature.try_into().map_err(|_| InvalidSignature)?;
        self.0.verify_strict(message, &Signature::from_bytes(signature)).map_err(|_| InvalidSignature)
    }
}
