//! ECDSA on P-256 with SHA-256: `ES256` (RFC 7518 §3.4, FIPS 186-5 §6.4).
//!
//! Signatures are r ‖ s, 64 bytes, never DER; 0 < r, s < n; a high s is as good as a low one (RFC 7518 does not normalise).

use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::point::AffineCoordinates as _;

use crate::crypto::{InvalidKey, InvalidSignature};

/// Length of one coordinate in bytes (RFC 7518 §6.2.1.2).
pub const COORDINATE_LENGTH: usize = 32;

/// A public key on P-256.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct P256Key(VerifyingKey);

impl P256Key {
    /// Reads the affine coordinates of a JWK.
    ///
    /// # Errors
    /// [`InvalidKey`] for coordinates of another length or not below p, and for points off the curve.
    pub fn from_coordinates(x: &[u8], y: &[u8]) -> Result<Self, InvalidKey> {
        let x: &[u8; COORDINATE_LENGTH] = x.try_into().map_err(|_| InvalidKey)?;
        let y: &[u8; COORDINATE_LENGTH] = y.try_into().map_err(|_| InvalidKey)?;
        // not by way of SEC1: its compressed points would bring a square root along
        let point = p256::AffinePoint::from_coordinates(&(*x).into(), &(*y).into());
        let point = Option::<p256::AffinePoint>::from(point).ok_or(InvalidKey)?;
        VerifyingKey::from_affine(point).map(Self).map_err(|_| InvalidKey)
    }

    /// Verifies (FIPS 186-5 §6.4.2), by RustCrypto's own path: width-5 non-adjacent forms over complete formulas.
    ///
    /// Sums in Jacobian coordinates over RustCrypto's field were tried (373 µs for 620 in wasm) and left out: formulas for points are cryptography, and that is
    /// never made at home.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let signature = Signature::from_slice(signature).map_err(|_| InvalidSignature)?;
        self.0.verify(message, &signature).map_err(|_| InvalidSignature)
    }
}
