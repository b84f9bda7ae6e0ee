//! Ed25519 (RFC 8032), strict, and faster the more often a key is seen.
//!
//! Accepted are signatures that fulfil all of: S < L (§5.1.7); A and R canonical encodings of points (§5.1.3); neither A nor R of small order;
//! the cofactorless equation `[S]B = R + [k]A`. That is `verify_strict` of ed25519-dalek plus a canonical A: plain `verify` accepts forgeries under
//! low-order keys.
//!
//! The composition here is curve25519-dalek's own arithmetic: R is computed and its canonical encoding compared with the one received, so that R need
//! not be decompressed to look at its order. `tests/differential/ed25519.rs` holds it against `verify_strict`, cold and warm.

use alloc::rc::Rc;
use core::fmt;

use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::VartimeMultiscalarMul as _;
use ed25519_dalek::VerifyingKey;
use sha2::{Digest as _, Sha512};

use crate::crypto::multiples::Point;
use crate::crypto::warmth::Warmth;
use crate::crypto::{InvalidKey, InvalidSignature};

/// Length of a public key in bytes (RFC 8032 §5.1.5).
pub const KEY_LENGTH: usize = 32;
/// Length of a signature in bytes (RFC 8032 §5.1.6).
pub const SIGNATURE_LENGTH: usize = 64;

/// What is summed up.
pub(crate) type Ed25519Point = EdwardsPoint;

impl Point for Ed25519Point {
    const NEUTRAL: Self = EIGHT_TORSION[0];
    const BASE: Self = ED25519_BASEPOINT_POINT;
    const SCALAR_BITS: u32 = 253; // L of RFC 8032 §5.1
}

/// An Ed25519 public key that can have signed something: canonical, on the curve, not of small order.
#[derive(Clone)]
pub struct Ed25519Key {
    encoded: [u8; KEY_LENGTH],
    /// Of −A, as the equation wants it.
    warmth: Rc<Warmth<Ed25519Point>>,
}

impl PartialEq for Ed25519Key {
    fn eq(&self, other: &Self) -> bool {
        self.encoded == other.encoded
    }
}

impl Eq for Ed25519Key {}

impl fmt::Debug for Ed25519Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ed25519Key")
    }
}

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
        let point = key.to_edwards();
        if point.compress().as_bytes() != bytes || key.is_weak() {
            return Err(InvalidKey);
        }
        Ok(Self { encoded: *bytes, warmth: Warmth::of(negate(&point)) })
    }

    /// Verifies, strictly.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let signature: &[u8; SIGNATURE_LENGTH] = signature.try_into().map_err(|_| InvalidSignature)?;
        let (r, s) = signature.split_at(KEY_LENGTH);
        let r: &[u8; KEY_LENGTH] = r.try_into().map_err(|_| InvalidSignature)?;
        let s: &[u8; KEY_LENGTH] = s.try_into().map_err(|_| InvalidSignature)?;
        // RFC 8032 §5.1.7 step 1: S in 0 … L − 1
        let s: Scalar = Option::from(Scalar::from_canonical_bytes(*s)).ok_or(InvalidSignature)?;
        // step 2: k = SHA-512(R ‖ A ‖ M)
        let hash = Sha512::new().chain_update(r).chain_update(self.encoded).chain_update(message).finalize();
        let k = Scalar::from_bytes_mod_order_wide(&hash.into());
        // step 3: R = [S]B − [k]A
        // two points alike while the key is cold: dalek's own table of B is 8 KB that no compression makes smaller, and saves a first-time key a twentieth
        let cold = || EdwardsPoint::vartime_multiscalar_mul([k, s], [*self.warmth.point(), ED25519_BASEPOINT_POINT]);
        let expected = self.warmth.sum(k.as_bytes(), s.as_bytes()).unwrap_or_else(cold);
        // `compress` writes the one canonical encoding, so equality also says that the received R is canonical
        if expected.compress() == CompressedEdwardsY(*r) && !expected.is_small_order() { Ok(()) } else { Err(InvalidSignature) }
    }

    pub(crate) const fn warmth(&self) -> &Rc<Warmth<Ed25519Point>> {
        &self.warmth
    }
}

#[allow(clippy::arithmetic_side_effects, reason = "the group law of a curve has no overflow")]
fn negate(point: &EdwardsPoint) -> EdwardsPoint {
    -*point
}
