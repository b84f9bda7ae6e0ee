//! X.509 certificates of the signer PKI of travel documents (RFC 5280, profile ICAO Doc 9303-12 §7.1): parsed, unbelieved, then vouched for by an issuer.
//!
//! What was signed is a slice of the input and is never re-encoded: real certificates spell defaults out, and a re-encoding would not be what was signed.
//! There is no path building here: a CSCA is one step above its signers, and which CSCA is asked is the judge's business.

use alloc::vec::Vec;

use der::Tag;
use der::asn1::ObjectIdentifier;

use crate::base::UnixTime;
use crate::crypto::ecdsa::{Curve, EcKey};
use crate::crypto::hash::HashId;
use crate::crypto::rsa::{Padding, RsaKey};
use crate::encoding::der::{AlgorithmIdentifier, Cursor, DerFault, Element, context, context_primitive, scan};
use crate::envelope::verified::Verified;

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
/// `countryName` (X.520 §6.3.1)
const COUNTRY: ObjectIdentifier = oid("2.5.4.6");

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
        let mut cursor = element.sequence()?;
        let algorithm = AlgorithmIdentifier::read(cursor.any()?)?;
        let bits = cursor.any()?.bit_string()?;
        cursor.finish()?;
        let bad = |_| CertFault::KeyParameters;
        if algorithm.oid == EC_PUBLIC_KEY {
            let curve = Curve::from_parameters(algorithm.parameters.ok_or(CertFault::KeyParameters)?).map_err(bad)?;
            EcKey::from_point(curve, bits).map(Self::Ec).map_err(bad)
        } else if algorithm.oid == RSA_ENCRYPTION && algorithm.has_no_parameters() {
            RsaKey::from_der(bits).map(Self::Rsa).map_err(bad)
        } else if algorithm.oid == RSASSA_PSS {
            let only = algorithm.parameters.map(pss).transpose()?;
            RsaKey::from_der(bits).map(|key| Self::RsaPss(key, only)).map_err(bad)
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

/// A distinguished name, kept as received.
#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    element: Element<'a>,
}

impl<'a> Name<'a> {
    /// Reads a `Name`.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn read(element: Element<'a>) -> Result<Self, DerFault> {
        element.tagged(Tag::Sequence).map(|element| Self { element })
    }

    /// The same name (RFC 5280 §7.1): letters' case, runs of blanks and the choice of string type do not count.
    pub fn is(&self, other: &Self) -> bool {
        self.element.raw() == other.element.raw() || matches!((self.attributes(), other.attributes()), (Ok(a), Ok(b)) if a == b)
    }

    /// The name as received.
    pub const fn raw(&self) -> &'a [u8] {
        self.element.raw()
    }

    /// `countryName`, if there is exactly one, of two letters; in capitals (ICAO Doc 9303-12 §7.1.1.2; some states write small letters).
    pub fn country(&self) -> Option<[u8; 2]> {
        let attributes = self.attributes().ok()?;
        let mut countries = attributes.iter().filter(|(_, oid, _)| *oid == COUNTRY);
        let (_, _, value) = countries.next()?;
        if countries.next().is_some() {
            return None;
        }
        let letters: [u8; 2] = value.as_slice().try_into().ok()?;
        letters.iter().all(u8::is_ascii_lowercase).then(|| letters.map(|l| l.to_ascii_uppercase()))
    }

    /// (number of the RDN, type, folded value) of each attribute.
    fn attributes(&self) -> Result<Vec<(usize, ObjectIdentifier, Vec<u8>)>, DerFault> {
        let mut attributes = Vec::new();
        let mut names = self.element.contents()?;
        let mut index = 0_usize;
        while !names.is_finished() {
            let mut set = names.tagged(Tag::Set)?.contents()?;
            while !set.is_finished() {
                let mut pair = set.sequence()?;
                let oid = pair.any()?.oid()?;
                let value = pair.any()?;
                pair.finish()?;
                attributes.push((index, oid, fold(value)));
            }
            index = index.saturating_add(1);
        }
        Ok(attributes)
    }
}

/// Small letters, single blanks, none at the ends; strings of other than 8-bit characters as they are.
fn fold(value: Element<'_>) -> Vec<u8> {
    if value.tag() == Tag::BmpString {
        return value.value().to_vec();
    }
    let mut folded = Vec::with_capacity(value.value().len());
    for word in value.value().split(|b| *b == b' ').filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(b' ');
        }
        folded.extend(word.iter().map(u8::to_ascii_lowercase));
    }
    folded
}

/// First byte of the named bits of `KeyUsage` (RFC 5280 §4.2.1.3): bit 0 is the highest.
const DIGITAL_SIGNATURE: u8 = 0b1000_0000;
const KEY_CERT_SIGN: u8 = 0b0000_0100;
const CRL_SIGN: u8 = 0b0000_0010;

/// The extensions that are read (RFC 5280 §4.2.1, ICAO Doc 9303-12 §7.1.1).
#[derive(Clone, Debug, Default)]
pub struct Extensions<'a> {
    key_usage: Option<u8>,
    ca: Option<bool>,
    subject_key_id: Option<&'a [u8]>,
    authority_key_id: Option<&'a [u8]>,
    private_key_usage: (Option<UnixTime>, Option<UnixTime>),
    extended_key_usage: Option<Vec<ObjectIdentifier>>,
    document_types: Option<Vec<&'a [u8]>>,
    unknown_critical: bool,
}

const KEY_USAGE: ObjectIdentifier = oid("2.5.29.15");
const BASIC_CONSTRAINTS: ObjectIdentifier = oid("2.5.29.19");
const SUBJECT_KEY_ID: ObjectIdentifier = oid("2.5.29.14");
const AUTHORITY_KEY_ID: ObjectIdentifier = oid("2.5.29.35");
const PRIVATE_KEY_USAGE_PERIOD: ObjectIdentifier = oid("2.5.29.16");
const EXTENDED_KEY_USAGE: ObjectIdentifier = oid("2.5.29.37");
/// `id-icao-mrtd-security-extensions-documentTypeList` (ICAO Doc 9303-12 §7.1.1.6)
const DOCUMENT_TYPES: ObjectIdentifier = oid("2.23.136.1.1.6.2");
/// Understood without being read: they say nothing that a verifier of a signature needs. Alternative names, distribution points, policies, name change.
const HARMLESS: [ObjectIdentifier; 5] = [oid("2.5.29.17"), oid("2.5.29.18"), oid("2.5.29.31"), oid("2.5.29.32"), oid("2.23.136.1.1.6.1")];

impl<'a> Extensions<'a> {
    fn read(mut list: Cursor<'a>) -> Result<Self, CertFault> {
        let mut extensions = Self::default();
        let mut seen: Vec<ObjectIdentifier> = Vec::new();
        while !list.is_finished() {
            let mut extension = list.sequence()?;
            let oid = extension.any()?.oid()?;
            let critical = extension.optional(Tag::Boolean)?.map(Element::boolean).transpose()?.unwrap_or(false);
            let value = extension.any()?.octets()?;
            extension.finish()?;
            if seen.contains(&oid) || seen.len() >= MAX_EXTENSIONS {
                return Err(CertFault::Structure);
            }
            seen.push(oid);
            let known = extensions.one(oid, value)?;
            extensions.unknown_critical |= critical && !known;
        }
        Ok(extensions)
    }

    /// Reads one value; `false` if its meaning is not known here.
    fn one(&mut self, oid: ObjectIdentifier, value: &'a [u8]) -> Result<bool, CertFault> {
        if oid == KEY_USAGE {
            self.key_usage = Some(only(value)?.named_bits()?);
        } else if oid == BASIC_CONSTRAINTS {
            let mut constraints = only(value)?.sequence()?;
            self.ca = Some(constraints.optional(Tag::Boolean)?.map(Element::boolean).transpose()?.unwrap_or(false));
        } else if oid == SUBJECT_KEY_ID {
            self.subject_key_id = Some(only(value)?.octets()?);
        } else if oid == AUTHORITY_KEY_ID {
            self.authority_key_id = only(value)?.sequence()?.optional(context_primitive(0))?.map(|id| id.value());
        } else if oid == PRIVATE_KEY_USAGE_PERIOD {
            let mut period = only(value)?.sequence()?;
            self.private_key_usage =
                (implicit_time(period.optional(context_primitive(0))?)?, implicit_time(period.optional(context_primitive(1))?)?);
        } else if oid == EXTENDED_KEY_USAGE {
            let mut purposes = only(value)?.sequence()?;
            let mut list = Vec::new();
            while !purposes.is_finished() && list.len() < MAX_EXTENSIONS {
                list.push(purposes.any()?.oid()?);
            }
            self.extended_key_usage = Some(list);
        } else if oid == DOCUMENT_TYPES {
            let mut types = only(value)?.sequence()?;
            if types.optional(Tag::Integer)?.is_some() {
                types = types.tagged(Tag::Set)?.contents()?;
            } // else the list stands without version and SET: the Philippines write it so, in 2019 and later
            let mut list = Vec::new();
            while !types.is_finished() && list.len() < MAX_EXTENSIONS {
                list.push(types.tagged(Tag::PrintableString)?.value());
            }
            self.document_types = Some(list);
        } else {
            return Ok(HARMLESS.contains(&oid));
        }
        Ok(true)
    }
}

/// Extensions in one certificate, purposes or document types in one extension; the most seen in a master list is 12.
const MAX_EXTENSIONS: usize = 64;

/// The one value inside an extension's OCTET STRING, walked first: it is a new encoding with a depth of its own.
fn only(value: &[u8]) -> Result<Element<'_>, DerFault> {
    scan(value)?;
    Element::only(value)
}

/// `[n] IMPLICIT GeneralizedTime`.
fn implicit_time(element: Option<Element<'_>>) -> Result<Option<UnixTime>, DerFault> {
    let Some(element) = element else { return Ok(None) };
    let any = der::asn1::AnyRef::new(Tag::GeneralizedTime, element.value())?;
    let seconds = any.decode_as::<der::asn1::GeneralizedTime>()?.to_unix_duration().as_secs();
    i64::try_from(seconds).map(|s| Some(UnixTime(s))).map_err(|_| DerFault::Invalid)
}

/// What a certificate says. Only inside [`Verified`] or [`TrustedCert`] is it believed.
#[derive(Clone, Debug)]
pub struct Certificate<'a> {
    raw: &'a [u8],
    signed: &'a [u8],
    scheme: AlgorithmIdentifier<'a>,
    signature: &'a [u8],
    serial: &'a [u8],
    issuer: Name<'a>,
    subject: Name<'a>,
    not_before: UnixTime,
    not_after: UnixTime,
    key: Element<'a>,
    extensions: Extensions<'a>,
}

impl<'a> Certificate<'a> {
    /// The certificate as received.
    pub const fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Serial number, the contents of the INTEGER.
    pub const fn serial(&self) -> &'a [u8] {
        self.serial
    }

    /// Who issued it.
    pub const fn issuer(&self) -> &Name<'a> {
        &self.issuer
    }

    /// Whose it is.
    pub const fn subject(&self) -> &Name<'a> {
        &self.subject
    }

    /// First and last second of validity.
    pub const fn validity(&self) -> (UnixTime, UnixTime) {
        (self.not_before, self.not_after)
    }

    /// First and last second in which the private key signs (RFC 3280 §4.2.1.4, ICAO Doc 9303-12 §7.1.1), where given.
    pub const fn private_key_usage(&self) -> (Option<UnixTime>, Option<UnixTime>) {
        self.extensions.private_key_usage
    }

    /// Key identifier of the subject.
    pub const fn subject_key_id(&self) -> Option<&'a [u8]> {
        self.extensions.subject_key_id
    }

    /// Key identifier of the issuer.
    pub const fn authority_key_id(&self) -> Option<&'a [u8]> {
        self.extensions.authority_key_id
    }

    /// Document types that its key may sign, if it is limited to some.
    pub fn document_types(&self) -> Option<&[&'a [u8]]> {
        self.extensions.document_types.as_deref()
    }

    /// May it sign documents? `digitalSignature`, no CA, and no purpose of ICAO's other signers (master lists, visible seals).
    pub fn may_sign_documents(&self) -> bool {
        self.signs_data()
            && self
                .extensions
                .extended_key_usage
                .as_ref()
                .is_none_or(|purposes| !purposes.iter().any(|p| p.as_bytes().starts_with(ICAO_MRTD)))
    }

    /// May it sign master lists (ICAO Doc 9303-12 §8.2)?
    pub fn may_sign_master_lists(&self) -> bool {
        self.signs_data() && self.extensions.extended_key_usage.as_ref().is_some_and(|purposes| purposes.contains(&MASTER_LIST_SIGNING))
    }

    fn signs_data(&self) -> bool {
        self.extensions.key_usage.is_none_or(|bits| bits & DIGITAL_SIGNATURE != 0) && self.extensions.ca != Some(true)
    }

    /// May it sign certificates, as far as `KeyUsage` says?
    pub fn may_sign_certificates(&self) -> bool {
        self.extensions.key_usage.is_none_or(|bits| bits & KEY_CERT_SIGN != 0)
    }

    /// May it sign revocation lists?
    pub fn may_sign_revocation_lists(&self) -> bool {
        self.extensions.key_usage.is_none_or(|bits| bits & CRL_SIGN != 0)
    }

    /// Does it say that it is a CA (`BasicConstraints`)?
    pub fn says_ca(&self) -> bool {
        self.extensions.ca == Some(true)
    }

    /// Is there a critical extension that is not understood?
    pub const fn has_unknown_critical_extension(&self) -> bool {
        self.extensions.unknown_critical
    }

    /// Its public key.
    ///
    /// # Errors
    /// [`CertFault::KeyParameters`], [`CertFault::Encoding`], [`CertFault::Algorithm`].
    pub fn key(&self) -> Result<SubjectKey, CertFault> {
        SubjectKey::from_spki(self.key)
    }

    /// The digest under its own signature.
    ///
    /// # Errors
    /// [`CertFault::Algorithm`], [`CertFault::Hash`].
    pub fn scheme(&self) -> Result<Scheme, CertFault> {
        Scheme::read(&self.scheme, None)
    }
}

/// `id-icao-mrtd-security`, 2.23.136.1.1: the arc of ICAO's purposes (ICAO Doc 9303-12 §7.1).
const ICAO_MRTD: &[u8] = &[0x67, 0x81, 0x08, 0x01, 0x01];
/// `id-icao-cscaMasterListSigningKey` (ICAO Doc 9303-12 §8.2)
const MASTER_LIST_SIGNING: ObjectIdentifier = oid("2.23.136.1.1.3");

/// A certificate that nobody has vouched for yet.
#[derive(Clone, Debug)]
pub struct UnverifiedCert<'a> {
    certificate: Certificate<'a>,
}

impl<'a> UnverifiedCert<'a> {
    /// Reads a certificate; believes nothing.
    ///
    /// # Errors
    /// [`CertFault::Encoding`], [`CertFault::Structure`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, CertFault> {
        scan(bytes)?;
        let mut outer = Element::only(bytes)?.sequence()?;
        let to_be_signed = outer.tagged(Tag::Sequence)?;
        let scheme_element = outer.any()?;
        let scheme = AlgorithmIdentifier::read(scheme_element)?;
        let signature = outer.any()?.bit_string()?;
        outer.finish()?;

        let mut tbs = to_be_signed.contents()?;
        let version = tbs.tagged(context(0)).map_err(|_| CertFault::Structure)?;
        if Element::only(version.value())?.small()? != 2 {
            return Err(CertFault::Structure); // v3 (RFC 5280 §4.1.2.1): only it has extensions
        }
        let serial = tbs.tagged(Tag::Integer)?.value();
        if tbs.any()?.raw() != scheme_element.raw() || serial.is_empty() {
            return Err(CertFault::Structure); // RFC 5280 §4.1.1.2: the two must be the same
        }
        let issuer = Name::read(tbs.any()?)?;
        let mut validity = tbs.sequence()?;
        let not_before = validity.any()?.time()?;
        let not_after = validity.any()?.time()?;
        validity.finish()?;
        let subject = Name::read(tbs.any()?)?;
        let key = tbs.tagged(Tag::Sequence)?;
        tbs.optional(context_primitive(1))?;
        tbs.optional(context_primitive(2))?;
        let extensions = match tbs.optional(context(3))? {
            Some(list) => Extensions::read(Element::only(list.value())?.sequence()?)?,
            None => Extensions::default(),
        };
        tbs.finish()?;
        if not_before > not_after {
            return Err(CertFault::Structure);
        }
        Ok(Self {
            certificate: Certificate {
                raw: bytes,
                signed: to_be_signed.raw(),
                scheme,
                signature,
                serial,
                issuer,
                subject,
                not_before,
                not_after,
                key,
                extensions,
            },
        })
    }

    /// What it says, unbelieved: good for asking who might vouch for it.
    pub const fn reading(&self) -> &Certificate<'a> {
        &self.certificate
    }

    /// Is it signed by its own key?
    pub fn is_self_issued(&self) -> bool {
        self.certificate.issuer.is(&self.certificate.subject)
    }

    /// Believes it because `issuer` signed it.
    ///
    /// # Errors
    /// [`CertFault`], in the order: issuer's name, issuer's usage, critical extensions, digest, keys, signature.
    pub fn verify(self, issuer: &TrustedCert<'_>, allow_legacy_hash: bool) -> Result<Verified<Certificate<'a>>, CertFault> {
        let certificate = self.certificate;
        if !certificate.issuer.is(&issuer.certificate.subject) {
            return Err(CertFault::Issuer);
        }
        if !issuer.certificate.may_sign_certificates() {
            return Err(CertFault::KeyUsage);
        }
        if certificate.extensions.unknown_critical || issuer.certificate.extensions.unknown_critical {
            return Err(CertFault::CriticalExtension);
        }
        let scheme = certificate.scheme()?;
        if scheme.hash().is_legacy() && !allow_legacy_hash {
            return Err(CertFault::Hash);
        }
        issuer.certificate.key()?.verify(scheme, certificate.signed, certificate.signature)?;
        Ok(Verified::signed(certificate))
    }
}

/// A certificate that may vouch for others: a CSCA.
#[derive(Clone, Debug)]
pub struct TrustedCert<'a> {
    certificate: Certificate<'a>,
}

impl<'a> TrustedCert<'a> {
    /// A certificate that the page pinned, or that stands in a master list which the page believes.
    pub fn pinned(certificate: UnverifiedCert<'a>) -> Self {
        Self { certificate: certificate.certificate }
    }

    /// A certificate that another trusted one vouched for: a link certificate (ICAO Doc 9303-12 §7.1.1, key change).
    pub fn linked(certificate: Verified<Certificate<'a>>) -> Self {
        Self { certificate: certificate.into_inner() }
    }

    /// What it says.
    pub const fn get(&self) -> &Certificate<'a> {
        &self.certificate
    }
}
