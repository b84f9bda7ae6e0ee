//! RSA signatures, verification only (RFC 8017 §8.1.2 PSS, §8.2.2 PKCS#1 v1.5).
//!
//! Accepted: moduli of 2048 to 8192 bits (ICAO Doc 9303-12 §4.4.2; the largest in a master list is 6144), odd exponents from 3 to 2^33 − 1; PKCS#1 v1.5 by comparing
//! the whole encoded message, so that neither a missing NULL nor bytes after the digest pass; PSS with the digest also inside MGF1 and trailer 1.

use alloc::vec::Vec;

use rsa::hazmat::rsa_encrypt;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, Pkcs1v15Sign, Pss, RsaPublicKey};

use crate::crypto::hash::HashId;
use crate::crypto::{InvalidKey, InvalidSignature};
use crate::encoding::der::Element;

/// Smallest modulus in bits of a key that signs documents and certificates (ICAO Doc 9303-12 §4.4.2).
pub const MIN_BITS: usize = 2048;
/// Smallest modulus in bits of a chip's own key, which signs one challenge (ICAO Doc 9303-12 §4.4, active authentication).
pub const MIN_BITS_OF_CHIP: usize = 1024;
/// Largest modulus in bits: a third above the largest in a master list, 6144.
const MAX_BITS: usize = 8192;

/// How the digest is padded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Padding {
    /// RSASSA-PKCS1-v1_5.
    Pkcs1v15,
    /// RSASSA-PSS with a salt of this many bytes.
    Pss {
        /// Length of the salt.
        salt: usize,
    },
}

/// An RSA public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RsaKey(RsaPublicKey);

impl RsaKey {
    /// Reads `RSAPublicKey` (RFC 8017 §A.1.1).
    ///
    /// # Errors
    /// [`InvalidKey`]: not of that shape, an even modulus or exponent, fewer than `smallest` bits, or too many.
    pub fn from_der(bytes: &[u8], smallest: usize) -> Result<Self, InvalidKey> {
        let mut sequence = Element::only(bytes).and_then(Element::sequence).map_err(|_| InvalidKey)?;
        let modulus = sequence.any().and_then(Element::unsigned).map_err(|_| InvalidKey)?;
        let exponent = sequence.any().and_then(Element::unsigned).map_err(|_| InvalidKey)?;
        sequence.finish().map_err(|_| InvalidKey)?;
        let odd = |number: &[u8]| number.last().is_some_and(|byte| byte & 1 == 1);
        if modulus.len() > MAX_BITS / 8 || exponent.len() > 8 || exponent == [1] || !odd(modulus) || !odd(exponent) {
            return Err(InvalidKey);
        }
        let n = BoxedUint::from_be_slice_vartime(modulus);
        let e = BoxedUint::from_be_slice_vartime(exponent);
        RsaPublicKey::new_with_size_limits(n, e, smallest..=MAX_BITS).map(Self).map_err(|_| InvalidKey)
    }

    /// Verifies a signature over a digest.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn verify(&self, padding: Padding, hash: HashId, digest: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let verdict = match padding {
            Padding::Pkcs1v15 => {
                let scheme = match hash {
                    HashId::Sha1 => Pkcs1v15Sign::new::<sha1::Sha1>(),
                    HashId::Sha224 => Pkcs1v15Sign::new::<sha2::Sha224>(),
                    HashId::Sha256 => Pkcs1v15Sign::new::<sha2::Sha256>(),
                    HashId::Sha384 => Pkcs1v15Sign::new::<sha2::Sha384>(),
                    HashId::Sha512 => Pkcs1v15Sign::new::<sha2::Sha512>(),
                };
                self.0.verify(scheme, digest, signature)
            }
            Padding::Pss { salt } => match hash {
                HashId::Sha1 => self.0.verify(Pss::<sha1::Sha1>::new_with_salt(salt), digest, signature),
                HashId::Sha224 => self.0.verify(Pss::<sha2::Sha224>::new_with_salt(salt), digest, signature),
                HashId::Sha256 => self.0.verify(Pss::<sha2::Sha256>::new_with_salt(salt), digest, signature),
                HashId::Sha384 => self.0.verify(Pss::<sha2::Sha384>::new_with_salt(salt), digest, signature),
                HashId::Sha512 => self.0.verify(Pss::<sha2::Sha512>::new_with_salt(salt), digest, signature),
            },
        };
        verdict.map_err(|_| InvalidSignature)
    }

    /// The number under a signature, as many bytes as the modulus has (RSAVP1, RFC 8017 §5.2.2): for [`crate::crypto::iso9796`], whose padding is its own.
    pub(in crate::crypto) fn open(&self, signature: &[u8]) -> Result<Vec<u8>, InvalidSignature> {
        let s = BoxedUint::from_be_slice(signature, self.0.n_bits_precision()).map_err(|_| InvalidSignature)?;
        if signature.len() != self.0.size() || s >= *self.0.n().as_ref() {
            return Err(InvalidSignature);
        }
        let opened = rsa_encrypt(&self.0, &s).map_err(|_| InvalidSignature)?.to_be_bytes();
        let spare = opened.len().checked_sub(signature.len()).ok_or(InvalidSignature)?;
        opened.get(spare..).map(<[u8]>::to_vec).ok_or(InvalidSignature)
    }
}
