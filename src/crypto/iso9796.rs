//! Signatures with message recovery: ISO/IEC 9796-2:2010 digital signature scheme 1 with RSA, as chips answer a challenge (ICAO Doc 9303-11 §6.1.2.2).
//!
//! Under the signature stands `6A ‖ M1 ‖ H(M1 ‖ M2) ‖ trailer`: M1, which the chip chose, is recovered; M2, the challenge, is known. The trailer names the
//! digest: `BC` is SHA-1, `xxCC` another of ISO/IEC 10118-3. Only this header, partial recovery with every bit used: chips fill the whole block.

use alloc::vec::Vec;

use crate::crypto::InvalidSignature;
use crate::crypto::hash::HashId;
use crate::crypto::rsa::RsaKey;

/// First byte: `01`, more data follows, no padding, border nibble A (ISO/IEC 9796-2 §8.1.1).
const HEADER: u8 = 0x6a;
/// The digest is the one agreed on, SHA-1 (ICAO Doc 9303-11 §6.1.2.2, option 1).
const TRAILER_IMPLICIT: u8 = 0xbc;
/// The byte before names the digest (option 2).
const TRAILER_EXPLICIT: u8 = 0xcc;
/// Digests by their byte in the trailer (ISO/IEC 10118-3 §7–13); RIPEMD-160 (`31`) is no digest here.
const IDENTIFIERS: [(u8, HashId); 5] =
    [(0x33, HashId::Sha1), (0x34, HashId::Sha256), (0x35, HashId::Sha512), (0x36, HashId::Sha384), (0x38, HashId::Sha224)];

/// What a signature holds. Nothing of it is believed before [`Recovered::covers`].
#[derive(Clone)]
pub struct Recovered {
    hash: HashId,
    digest: Vec<u8>,
    message: Vec<u8>,
}

impl core::fmt::Debug for Recovered {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Recovered({:?})", self.hash)
    }
}

impl Recovered {
    /// Opens a signature with the public key.
    ///
    /// # Errors
    /// [`InvalidSignature`]: as long as the modulus and below it, header and trailer as above, and a byte of M1 at least.
    pub fn open(key: &RsaKey, signature: &[u8]) -> Result<Self, InvalidSignature> {
        Self::read(&key.open(signature)?).ok_or(InvalidSignature)
    }

    fn read(block: &[u8]) -> Option<Self> {
        let (hash, rest) = match block.strip_prefix(&[HEADER])? {
            [rest @ .., TRAILER_IMPLICIT] => (HashId::Sha1, rest),
            [rest @ .., identifier, TRAILER_EXPLICIT] => (IDENTIFIERS.iter().find(|(known, _)| known == identifier)?.1, rest),
            _ => return None,
        };
        let (message, digest) = rest.split_at_checked(rest.len().checked_sub(hash.length())?)?;
        (!message.is_empty()).then(|| Self { hash, digest: digest.to_vec(), message: message.to_vec() })
    }

    /// The digest that the trailer names.
    pub const fn hash(&self) -> HashId {
        self.hash
    }

    /// Is what was signed the recovered part followed by `rest`?
    pub fn covers(mut self, rest: &[u8]) -> bool {
        self.message.extend_from_slice(rest);
        self.hash.digest(&self.message) == self.digest
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn block(trailer: &[u8], hash: HashId) -> Vec<u8> {
        let message = [0x12, 0x34];
        let digest = hash.digest(&[0x12, 0x34, 1, 2, 3, 4, 5, 6, 7, 8]);
        [&[HEADER], &message[..], &digest, trailer].concat()
    }

    #[test]
    fn every_trailer_names_its_digest() {
        let challenge = [1, 2, 3, 4, 5, 6, 7, 8];
        for (trailer, hash) in [
            (&[0xbc][..], HashId::Sha1),
            (&[0x33, 0xcc], HashId::Sha1),
            (&[0x38, 0xcc], HashId::Sha224),
            (&[0x34, 0xcc], HashId::Sha256),
            (&[0x36, 0xcc], HashId::Sha384),
            (&[0x35, 0xcc], HashId::Sha512),
        ] {
            let recovered = Recovered::read(&block(trailer, hash)).unwrap();
            assert_eq!(recovered.hash(), hash);
            assert!(recovered.clone().covers(&challenge) && !recovered.covers(&[1, 2, 3, 4, 5, 6, 7, 9]));
        }
    }

    #[test]
    fn what_is_no_block_is_refused() {
        let good = block(&[0x34, 0xcc], HashId::Sha256);
        for trailer in [&[0x34, 0xcd][..], &[0x31, 0xcc], &[0xcc], &[]] {
            assert!(Recovered::read(&block(trailer, HashId::Sha256)).is_none_or(|r| !r.covers(&[1, 2, 3, 4, 5, 6, 7, 8])));
        }
        for header in [0x4a, 0x6b, 0x7a, 0x00] {
            let mut block = good.clone();
            *block.first_mut().unwrap() = header;
            assert!(Recovered::read(&block).is_none());
        }
        assert!(Recovered::read(&[]).is_none() && Recovered::read(&[HEADER, 0xbc]).is_none());
        // no M1 at all: the digest would be over the challenge alone
        let digest = HashId::Sha256.digest(&[1, 2, 3, 4, 5, 6, 7, 8]);
        assert!(Recovered::read(&[&[HEADER], &digest[..], &[0x34, 0xcc]].concat()).is_none());
    }
}
