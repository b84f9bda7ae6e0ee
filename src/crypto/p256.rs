//! ECDSA on P-256 with SHA-256: `ES256` (RFC 7518 §3.4, FIPS 186-5 §6.4).
//!
//! Signatures are r ‖ s, 64 bytes, never DER; 0 < r, s < n; a high s is as good as a low one (RFC 7518 does not normalise).

use alloc::rc::Rc;
use core::fmt;

use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::ff::PrimeField as _;
use p256::elliptic_curve::ops::Reduce as _;
use p256::elliptic_curve::point::AffineCoordinates as _;
use p256::{ProjectivePoint, Scalar};
use sha2::{Digest as _, Sha256};

use crate::crypto::multiples::Point;
use crate::crypto::warmth::Warmth;
use crate::crypto::{InvalidKey, InvalidSignature};

/// Length of one coordinate in bytes (RFC 7518 §6.2.1.2).
pub const COORDINATE_LENGTH: usize = 32;

/// What is summed up.
pub(crate) type P256Point = ProjectivePoint;

impl Point for P256Point {
    const NEUTRAL: Self = Self::IDENTITY;
    const BASE: Self = Self::GENERATOR;
    const SCALAR_BITS: u32 = 256;
}

/// A public key on P-256.
#[derive(Clone)]
pub struct P256Key {
    key: VerifyingKey,
    warmth: Rc<Warmth<P256Point>>,
}

impl PartialEq for P256Key {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for P256Key {}

impl fmt::Debug for P256Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P256Key")
    }
}

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
        let key = VerifyingKey::from_affine(point).map_err(|_| InvalidKey)?;
        Ok(Self { key, warmth: Warmth::of(point.into()) })
    }

    /// Verifies (FIPS 186-5 §6.4.2): while the key is cold by RustCrypto's own path, width-5 non-adjacent forms over complete formulas; warm by the
    /// multiples of its point, in RustCrypto's arithmetic. `tests/differential/p256.rs` holds the two to each other.
    ///
    /// Sums in Jacobian coordinates over RustCrypto's field were tried (373 µs for 620 in wasm) and left out: formulas for points are cryptography, and that is
    /// never made at home.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let signature = Signature::from_slice(signature).map_err(|_| InvalidSignature)?;
        let verdict = if self.warmth.is_warm() { self.verify_warm(message, &signature) } else { self.key.verify(message, &signature).ok() };
        verdict.ok_or(InvalidSignature)
    }

    /// FIPS 186-5 §6.4.2, steps 2 to 6; step 1, 0 < r, s < n, is what a [`Signature`] is.
    #[allow(clippy::arithmetic_side_effects, reason = "a field has no overflow")]
    fn verify_warm(&self, message: &[u8], signature: &Signature) -> Option<()> {
        let e = Scalar::reduce(&Sha256::digest(message));
        let (r, s) = signature.split_scalars();
        let inverse = Option::<Scalar>::from(s.invert_vartime())?;
        let (u, v) = (e * inverse, *r * inverse);
        let sum = self.warmth.sum(&little_endian(&v), &little_endian(&u))?;
        (*r == Scalar::reduce(&sum.to_affine().x())).then_some(())
    }

    pub(crate) const fn warmth(&self) -> &Rc<Warmth<P256Point>> {
        &self.warmth
    }
}

fn little_endian(scalar: &Scalar) -> [u8; 32] {
    let mut bytes: [u8; 32] = scalar.to_repr().into();
    bytes.reverse();
    bytes
}
