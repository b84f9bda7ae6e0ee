//! SHA-2 digests (FIPS 180-4).

use alloc::vec::Vec;

use sha2::Digest as _;

/// The digests of the IANA "Named Information Hash Algorithm" registry that an SD-JWT may name (RFC 9901 §4.1.1; contract §12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigestId {
    /// `sha-256`
    Sha256,
    /// `sha-384`
    Sha384,
    /// `sha-512`
    Sha512,
}

impl DigestId {
    /// Reads the registry's name, byte for byte: `SHA-256` is not `sha-256`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "sha-256" => Some(Self::Sha256),
            "sha-384" => Some(Self::Sha384),
            "sha-512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// The digest of `bytes`.
    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => sha2::Sha256::digest(bytes).to_vec(),
            Self::Sha384 => sha2::Sha384::digest(bytes).to_vec(),
            Self::Sha512 => sha2::Sha512::digest(bytes).to_vec(),
        }
    }
}
