//! Who signs: public keys of certificates and chips, and the schemes that they sign with (RFC 5280 §4.1.2.7, RFC 4055, RFC 5480).

use der::asn1::ObjectIdentifier;

use crate::crypto::ecdsa::{Curve, EcKey};
use crate::crypto::hash::HashId;
use crate::crypto::rsa::{self, Padding, RsaKey};
use crate::encoding::der::{AlgorithmIdentifier, DerFault, Element, context};

/// What is wrong with a certificate, a key or a signature in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertFault {
    /// The encoding.
    Encoding(DerFault),
    /// Not a version 3 certificate of this shape; two algorithms, an extension twice.
    Structure,
    /// A signature algorithm that is no longer, or not yet, one.
    Algorithm,
    /// A digest that the policy does not allow.
    Hash,
    /// A key with parameters that are not allowed: another curve, a weak modulus.
    KeyParameters,
    /// The issuer's name, or its key identifier, is not the one that the certificate names.
    Issuer,
    /// The issuer may not sign certificates, or the certificate not what it signed.
    KeyUsage,
    /// A critical extension that is not understood (RFC 5280 §4.2).
    CriticalExtension,
    /// The signature does not verify.
    Signature,
}

impl From<DerFault> for CertFault {
    fn from(fault: DerFault) -> Self {
        Self::Encoding(fault)
    }
}

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

/// `id-ecPublicKey` (RFC 5480 §2.1.1)
const EC_PUBLIC_KEY: ObjectIdentifier = oid("1.2.840.10045.2.1");
/// `rsaEncryption` (RFC 4055 §1.2)
const RSA_ENCRYPTION: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
/// `id-RSASSA-PSS` (RFC 4055 §1.2)
const RSASSA_PSS: ObjectIdentifier = oid("1.2.840.113549.1.1.10");
/// `id-mgf1` (RFC 4055 §2.2)
const MGF1: ObjectIdentifier = oid("1.2.840.113549.1.1.8");
/// Signature algorithms that name their digest (RFC 5758 §3.2, RFC 3279 §2.2.3; RFC 4055 §5, RFC 3279 §2.2.1).
const SIGNATURES: [(ObjectIdentifier, Scheme); 10] = [
    (oid("1.2.840.10045.4.1"), Scheme::Ecdsa(HashId::Sha1)),
    (oid("1.2.840.10045.4.3.1"), Scheme::Ecdsa(HashId::Sha224)),
    (oid("1.2.840.10045.4.3.2"), Scheme::Ecdsa(HashId::Sha256)),
    (oid("1.2.840.10045.4.3.3"), Scheme::Ecdsa(HashId::Sha384)),
    (oid("1.2.840.10045.4.3.4"), Scheme::Ecdsa(HashId::Sha512)),
    (oid("1.2.840.113549.1.1.5"), Scheme::Rsa(Padding::Pkcs1v15, HashId::Sha1)),
    (oid("1.2.840.113549.1.1.14"), Scheme::Rsa(Padding::Pkcs1v15, HashId::Sha224)),
    (oid("1.2.840.113549.1.1.11"), Scheme::Rsa(Padding::Pkcs1v15, HashId::Sha256)),
    (oid("1.2.840.113549.1.1.12"), Scheme::Rsa(Padding::Pkcs1v15, HashId::Sha384)),
    (oid("1.2.840.113549.1.1.13"), Scheme::Rsa(Padding::Pkcs1v15, HashId::Sha512)),
];

/// `md2WithRSAEncryption` and `md5WithRSAEncryption` (RFC 3279 §2.2.1): named so that the answer is about the digest.
const BROKEN: [ObjectIdentifier; 2] = [oid("1.2.840.113549.1.1.2"), oid("1.2.840.113549.1.1.4")];

/// How a signature was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// ECDSA over a digest.
    Ecdsa(HashId),
    /// RSA with a padding over a digest.
    Rsa(Padding, HashId),
}

impl Scheme {
    /// Reads a `signatureAlgorithm`. Plain `rsaEncryption`, as CMS allows (RFC 3370 §3.2), takes the digest that stands beside it.
    ///
    /// # Errors
    /// [`CertFault::Algorithm`], [`CertFault::Hash`] for MD2 and MD5, [`CertFault::Encoding`].
    pub fn read(algorithm: &AlgorithmIdentifier<'_>, beside: Option<HashId>) -> Result<Self, CertFault> {
        if let Some((_, scheme)) = SIGNATURES.iter().find(|(known, _)| *known == algorithm.oid) {
            return if algorithm.has_no_parameters() { Ok(*scheme) } else { Err(CertFault::Algorithm) };
        }
        if algorithm.oid == RSASSA_PSS {
            return pss(algorithm.parameters.ok_or(CertFault::Algorithm)?);
        }
        if algorithm.oid == RSA_ENCRYPTION && algorithm.has_no_parameters() {
            return beside.map(|hash| Self::Rsa(Padding::Pkcs1v15, hash)).ok_or(CertFault::Algorithm);
        }
        Err(if BROKEN.contains(&algorithm.oid) { CertFault::Hash } else { CertFault::Algorithm })
    }

    /// The digest that is signed.
    pub const fn hash(self) -> HashId {
        match self {
            Self::Ecdsa(hash) | Self::Rsa(_, hash) => hash,
        }
    }
}

/// `RSASSA-PSS-params` (RFC 4055 §3.1): defaults are SHA-1, MGF1 with SHA-1, 20, 1. MGF1 must use the digest of the message.
fn pss(parameters: Element<'_>) -> Result<Scheme, CertFault> {
    let mut cursor = parameters.sequence()?;
    let digest = |element: Element<'_>| -> Result<HashId, CertFault> {
        let algorithm = AlgorithmIdentifier::read(element)?;
        if !algorithm.has_no_parameters() {
            return Err(CertFault::Algorithm);
        }
        HashId::from_oid(algorithm.oid).ok_or(CertFault::Hash)
    };
    let hash = match cursor.optional(context(0))?.map(|e| Element::only(e.value())).transpose()? {
        Some(element) => digest(element)?,
        None => HashId::Sha1,
    };
    let mask = match cursor.optional(context(1))?.map(|e| Element::only(e.value())).transpose()? {
        Some(element) => {
            let algorithm = AlgorithmIdentifier::read(element)?;
            if algorithm.oid != MGF1 {
                return Err(CertFault::Algorithm);
            }
            digest(algorithm.parameters.ok_or(CertFault::Algorithm)?)?
        }
        None => HashId::Sha1,
    };
    let salt = match cursor.optional(context(2))?.map(|e| Element::only(e.value())).transpose()? {
        Some(element) => usize::try_from(element.small()?).map_err(|_| CertFault::Algorithm)?,
        None => 20,
    };
    let trailer = match cursor.optional(context(3))?.map(|e| Element::only(e.value())).transpose()? {
        Some(element) => element.small()?,
        None => 1,
    };
    cursor.finish()?;
    if mask != hash || trailer != 1 || salt > MAX_SALT {
        return Err(CertFault::Algorithm);
    }
    Ok(Scheme::Rsa(Padding::Pss { salt }, hash))
}

/// Longest salt in bytes: the longest digest; longer ones gain nothing (RFC 8017 §9.1).
const MAX_SALT: usize = 64;

/// The public key of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectKey {
    /// On an elliptic curve.
    Ec(EcKey),
    /// RSA, for the padding that the signature names.
    Rsa(RsaKey),
    /// RSA that signs with PSS only (RFC 4055 §3.3), with these parameters if it has any.
    RsaPss(RsaKey, Option<Scheme>),
}

impl SubjectKey {
    /// Reads `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7).
    ///
    /// # Errors
    /// [`CertFault::KeyParameters`], [`CertFault::Encoding`], [`CertFault::Algorithm`].
    pub fn from_spki(element: Element<'_>) -> Result<Self, CertFault> {
        Self::read(element, rsa::MIN_BITS)
    }

    /// The same for a chip's own key, which may be an RSA key of 1024 bits.
    ///
    /// # Errors
    /// As for [`Self::from_spki`].
    pub fn of_chip(element: Element<'_>) -> Result<Self, CertFault> {
        Self::read(element, rsa::MIN_BITS_OF_CHIP)
    }

    fn read(element: Element<'_>, smallest: usize) -> Result<Self, CertFault> {
        let mut cursor = element.sequence()?;
        let algorithm = AlgorithmIdentifier::read(cursor.any()?)?;
        let bits = cursor.any()?.bit_string()?;
        cursor.finish()?;
        let bad = |_| CertFault::KeyParameters;
        if algorithm.oid == EC_PUBLIC_KEY {
            let curve = Curve::from_parameters(algorithm.parameters.ok_or(CertFault::KeyParameters)?).map_err(bad)?;
            EcKey::from_point(curve, bits).map(Self::Ec).map_err(bad)
        } else if algorithm.oid == RSA_ENCRYPTION && algorithm.has_no_parameters() {
            RsaKey::from_der(bits, smallest).map(Self::Rsa).map_err(bad)
        } else if algorithm.oid == RSASSA_PSS {
            let only = algorithm.parameters.map(pss).transpose()?;
            RsaKey::from_der(bits, smallest).map(|key| Self::RsaPss(key, only)).map_err(bad)
        } else {
            Err(CertFault::KeyParameters)
        }
    }

    /// Verifies a signature over a message.
    ///
    /// # Errors
    /// [`CertFault::Signature`]: also for a scheme that is not this key's.
    pub fn verify(&self, scheme: Scheme, message: &[u8], signature: &[u8]) -> Result<(), CertFault> {
        let digest = scheme.hash().digest(message);
        let verdict = match (self, scheme) {
            (Self::Ec(key), Scheme::Ecdsa(_)) => key.verify(&digest, signature),
            (Self::Rsa(key), Scheme::Rsa(padding, hash)) => key.verify(padding, hash, &digest, signature),
            (Self::RsaPss(key, only), Scheme::Rsa(padding @ Padding::Pss { .. }, hash)) if only.is_none_or(|only| only == scheme) => {
                key.verify(padding, hash, &digest, signature)
            }
            (Self::Ec(_) | Self::Rsa(_) | Self::RsaPss(..), Scheme::Ecdsa(_) | Scheme::Rsa(..)) => return Err(CertFault::Signature),
        };
        verdict.map_err(|_| CertFault::Signature)
    }
}
