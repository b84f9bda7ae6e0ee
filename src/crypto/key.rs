//! Public keys from JWK members (RFC 7517, RFC 8037, RFC 7518 §6.2). A key owns its algorithm; a token never chooses it.

use crate::crypto::InvalidSignature;
use crate::crypto::ed25519::Ed25519Key;
#[cfg(feature = "es256")]
use crate::crypto::p256::P256Key;
use crate::encoding::base64url;
use crate::encoding::json::{Object, Value};

/// The signature algorithms of this verifier, by what a key can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlgorithmId {
    /// `Ed25519` (RFC 9864) and its older name `EdDSA` (RFC 8037).
    Ed25519,
    /// `ES256` (RFC 7518 §3.4).
    Es256,
}

impl AlgorithmId {
    /// Reads the JOSE `alg`, byte for byte. `none` and every MAC are unknown words here.
    pub fn parse(alg: &str) -> Option<Self> {
        match alg {
            "EdDSA" | "Ed25519" => Some(Self::Ed25519),
            #[cfg(feature = "es256")]
            "ES256" => Some(Self::Es256),
            _ => None,
        }
    }

    /// Reads the COSE `alg` (IANA "COSE Algorithms"): EdDSA −8 and Ed25519 −19 (RFC 9864); ES256 −7 and ESP256 −9, the same on a P-256 key.
    #[cfg(feature = "cwt")]
    pub const fn from_cose(alg: i64) -> Option<Self> {
        match alg {
            -8 | -19 => Some(Self::Ed25519),
            -7 | -9 => Some(Self::Es256),
            _ => None,
        }
    }
}

/// No key: wrong members, wrong length, off the curve, of small order, or a private key where a public one belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidKey;

/// A public key that verifies signatures of one algorithm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// An Ed25519 key.
    Ed25519(Ed25519Key),
    /// A P-256 key.
    #[cfg(feature = "es256")]
    P256(P256Key),
}

impl PublicKey {
    /// Reads the key members of a JWK.
    ///
    /// # Errors
    /// [`InvalidKey`]: unknown `kty` or `crv`, `alg`, `use` or `key_ops` that contradict it, private members, or coordinates that are no key.
    pub fn from_jwk(jwk: &Object) -> Result<Self, InvalidKey> {
        if jwk.has("d") || jwk.has("k") {
            return Err(InvalidKey); // a secret does not belong on a page
        }
        let key = match (text(jwk, "kty")?, text(jwk, "crv")?) {
            ("OKP", "Ed25519") => Self::Ed25519(Ed25519Key::from_bytes(&bytes(jwk, "x")?)?),
            #[cfg(feature = "es256")]
            ("EC", "P-256") => Self::P256(P256Key::from_coordinates(&bytes(jwk, "x")?, &bytes(jwk, "y")?)?),
            _ => return Err(InvalidKey),
        };
        match jwk.get("alg") {
            None => {}
            Some(Value::Text(alg)) if AlgorithmId::parse(alg) == Some(key.algorithm()) => {}
            Some(_) => return Err(InvalidKey),
        }
        // RFC 7517 §4.2: a key for encryption signs nothing; `status` is the trust list's own word (contract §12 "Status")
        match jwk.get("use") {
            None => {}
            Some(Value::Text(usage)) if usage == "sig" || usage == "status" => {}
            Some(_) => return Err(InvalidKey),
        }
        match jwk.get("key_ops") {
            None => Ok(key),
            Some(Value::Array(operations)) if operations.iter().any(|op| op.as_text() == Some("verify")) => Ok(key),
            Some(_) => Err(InvalidKey),
        }
    }

    /// What this key verifies.
    pub const fn algorithm(&self) -> AlgorithmId {
        match self {
            Self::Ed25519(_) => AlgorithmId::Ed25519,
            #[cfg(feature = "es256")]
            Self::P256(_) => AlgorithmId::Es256,
        }
    }

    /// Verifies a signature in its JWS form (RFC 7515 §5.2).
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        match self {
            Self::Ed25519(key) => key.verify(message, signature),
            #[cfg(feature = "es256")]
            Self::P256(key) => key.verify(message, signature),
        }
    }
}

fn text<'a>(jwk: &'a Object, name: &str) -> Result<&'a str, InvalidKey> {
    jwk.text(name).ok_or(InvalidKey)
}

fn bytes(jwk: &Object, name: &str) -> Result<alloc::vec::Vec<u8>, InvalidKey> {
    base64url::decode(text(jwk, name)?).map_err(|_| InvalidKey)
}
