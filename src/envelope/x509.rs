//! X.509 certificates of the signer PKI of travel documents (RFC 5280, profile ICAO Doc 9303-12 §7.1): parsed, unbelieved, then vouched for by an issuer.
//!
//! What was signed is a slice of the input and is never re-encoded: real certificates spell defaults out, and a re-encoding would not be what was signed.
//! There is no path building here: a CSCA is one step above its signers, and which CSCA is asked is the judge's business.

use der::Tag;
use der::asn1::ObjectIdentifier;

use crate::base::UnixTime;
use crate::encoding::der::{Element, context, context_primitive};
use crate::envelope::verified::Verified;
use crate::envelope::x509_parts::{CRL_SIGN, DIGITAL_SIGNATURE, Extensions, KEY_CERT_SIGN, Signed};

pub use crate::envelope::signer::{CertFault, Scheme, SubjectKey};
pub use crate::envelope::x509_parts::Name;

/// What a certificate says. Only inside [`Verified`] or [`TrustedCert`] is it believed.
#[derive(Clone, Debug)]
pub struct Certificate<'a> {
    raw: &'a [u8],
    signed: Signed<'a>,
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

    /// Its `SubjectPublicKeyInfo`, as received.
    pub(in crate::envelope) const fn spki(&self) -> Element<'a> {
        self.key
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
        self.signed.scheme()
    }
}

/// `id-icao-mrtd-security`, 2.23.136.1.1: the arc of ICAO's purposes (ICAO Doc 9303-12 §7.1).
const ICAO_MRTD: &[u8] = &[0x67, 0x81, 0x08, 0x01, 0x01];
/// `id-icao-cscaMasterListSigningKey` (ICAO Doc 9303-12 §8.2)
const MASTER_LIST_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.136.1.1.3");

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
        let (signed, mut tbs) = Signed::open(bytes)?;
        let version = tbs.tagged(context(0)).map_err(|_| CertFault::Structure)?;
        if Element::only(version.value())?.small()? != 2 {
            return Err(CertFault::Structure); // v3 (RFC 5280 §4.1.2.1): only it has extensions
        }
        let serial = tbs.tagged(Tag::Integer)?.value();
        if !signed.repeats(tbs.any()?) || serial.is_empty() {
            return Err(CertFault::Structure);
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
        Ok(Self { certificate: Certificate { raw: bytes, signed, serial, issuer, subject, not_before, not_after, key, extensions } })
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
        certificate.signed.verify(issuer.certificate.key, allow_legacy_hash)?;
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
