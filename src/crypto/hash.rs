//! The digests of travel documents (ICAO Doc 9303-12 §4.4.1: SHA-224 to SHA-512; SHA-1 in older ones), by object identifier.

use alloc::vec::Vec;

use der::asn1::ObjectIdentifier;
use sha2::Digest as _;

/// A digest that a certificate, a CMS structure or an LDS object may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashId {
    /// SHA-1 (FIPS 180-4 §6.1): read, so that a policy can say whether it counts.
    Sha1,
    /// SHA-224.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// Object identifiers (RFC 5754 §2, RFC 3279 §2.1).
const TABLE: [(ObjectIdentifier, HashId); 5] = [
    (ObjectIdentifier::new_unwrap("1.3.14.3.2.26"), HashId::Sha1),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.4"), HashId::Sha224),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1"), HashId::Sha256),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2"), HashId::Sha384),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3"), HashId::Sha512),
];

impl HashId {
    /// The digest of this object identifier; `None` for MD5 and everything else that is no longer, or not yet, a digest.
    pub fn from_oid(oid: ObjectIdentifier) -> Option<Self> {
        TABLE.iter().find(|(known, _)| *known == oid).map(|(_, id)| *id)
    }

    /// Collisions can be made (SHA-1: Stevens et al. 2017).
    pub const fn is_legacy(self) -> bool {
        matches!(self, Self::Sha1)
    }

    /// Length of the digest in bytes.
    pub const fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The digest of `bytes`.
    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => sha1::Sha1::digest(bytes).to_vec(),
            Self::Sha224 => sha2::Sha224::digest(bytes).to_vec(),
            Self::Sha256 => sha2::Sha256::digest(bytes).to_vec(),
            Self::Sha384 => sha2::Sha384::digest(bytes).to_vec(),
            Self::Sha512 => sha2::Sha512::digest(bytes).to_vec(),
        }
    }
}
