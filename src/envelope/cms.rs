//! CMS SignedData (RFC 5652 §5) as travel documents use it (ICAO Doc 9303-10 §4.6.2, Doc 9303-12 §8.2): contents inside, exactly one signer.
//!
//! The signature covers the signed attributes as received, with the tag of a SET OF in place of `[0]` (RFC 5652 §5.4); the attributes cover the contents by a digest.

use alloc::vec::Vec;

use der::Tag;
use der::asn1::ObjectIdentifier;

use crate::base::UnixTime;
use crate::crypto::hash::HashId;
use crate::encoding::der::{AlgorithmIdentifier, Cursor, DerFault, Element, context, context_primitive};
use crate::envelope::verified::Verified;
use crate::envelope::x509::{CertFault, Certificate, Scheme, UnverifiedCert};

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

/// `id-signedData` (RFC 5652 §5.1)
const SIGNED_DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.2");
/// `id-data` (RFC 5652 §4)
pub const DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.1");
/// `id-contentType`, `id-messageDigest`, `id-signingTime` (RFC 5652 §11)
const CONTENT_TYPE: ObjectIdentifier = oid("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = oid("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = oid("1.2.840.113549.1.9.5");

/// Certificates inside one structure; a signed LDS object has one, a master list two.
const MAX_CERTIFICATES: usize = 16;
/// Signed attributes; the most seen is four.
const MAX_ATTRIBUTES: usize = 16;

/// What is wrong with the structure, or with the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CmsFault {
    /// The encoding.
    Encoding(DerFault),
    /// Not SignedData of this shape; two signers; contents elsewhere; contents of another type.
    Structure,
    /// No signer, or a signer whose certificate is not inside.
    SignerMissing,
    /// Signed attributes missing, or without exactly one content type (the right one) and exactly one message digest.
    SignedAttributes,
    /// The message digest is not that of the contents.
    Digest,
    /// The signer's key, algorithm, digest or signature.
    Signer(CertFault),
}

impl From<DerFault> for CmsFault {
    fn from(fault: DerFault) -> Self {
        Self::Encoding(fault)
    }
}

impl From<CertFault> for CmsFault {
    fn from(fault: CertFault) -> Self {
        Self::Signer(fault)
    }
}

/// Who signed, by the name it goes by.
#[derive(Clone, Copy, Debug)]
enum SignerIdentifier<'a> {
    IssuerAndSerial { issuer: &'a [u8], serial: &'a [u8] },
    KeyId(&'a [u8]),
}

/// The one signer.
#[derive(Clone, Debug)]
struct SignerInfo<'a> {
    identifier: SignerIdentifier<'a>,
    digest: AlgorithmIdentifier<'a>,
    attributes: Option<Element<'a>>,
    algorithm: AlgorithmIdentifier<'a>,
    signature: &'a [u8],
}

/// SignedData that nobody has checked yet. Its encoding has been walked before ([`crate::encoding::der::scan`]).
#[derive(Clone, Debug)]
pub struct UnverifiedSignedData<'a> {
    content_type: ObjectIdentifier,
    content: &'a [u8],
    certificates: Vec<&'a [u8]>,
    signer: SignerInfo<'a>,
}

/// What the signed attributes say.
#[derive(Clone, Copy, Debug)]
struct Attributes<'a> {
    digest: &'a [u8],
    signing_time: Option<UnixTime>,
}

/// Contents that a signer vouched for.
#[derive(Clone, Copy, Debug)]
pub struct SignedContent<'a> {
    /// The contents as received.
    pub content: &'a [u8],
    /// When the signer says it signed, if it says so.
    pub signing_time: Option<UnixTime>,
}

impl<'a> UnverifiedSignedData<'a> {
    /// Reads a `ContentInfo` with SignedData inside.
    ///
    /// # Errors
    /// [`CmsFault::Structure`], [`CmsFault::SignerMissing`] for an empty set of signers, [`CmsFault::Encoding`].
    pub fn parse(info: Element<'a>) -> Result<Self, CmsFault> {
        let mut info = info.sequence().map_err(|_| CmsFault::Structure)?;
        if info.any()?.oid().map_err(|_| CmsFault::Structure)? != SIGNED_DATA {
            return Err(CmsFault::Structure);
        }
        let explicit = info.tagged(context(0)).map_err(|_| CmsFault::Structure)?;
        info.finish().map_err(|_| CmsFault::Structure)?;
        Self::signed_data(Element::only(explicit.value())?).map_err(|fault| match fault {
            // the encoding was walked as a whole before: what is left is a shape that is not SignedData's
            CmsFault::Encoding(DerFault::Invalid) => CmsFault::Structure,
            CmsFault::Encoding(DerFault::TooDeep)
            | CmsFault::Structure
            | CmsFault::SignerMissing
            | CmsFault::SignedAttributes
            | CmsFault::Digest
            | CmsFault::Signer(_) => fault,
        })
    }

    fn signed_data(element: Element<'a>) -> Result<Self, CmsFault> {
        let mut data = element.sequence()?;
        // contents that are not plain data, and a certificate inside (RFC 5652 §5.1); plain data makes it 1
        let version = data.any()?.small()?;
        let hints = data.tagged(Tag::Set)?;
        let mut encapsulated = data.sequence()?;
        let content_type = encapsulated.any()?.oid()?;
        let content = Element::only(encapsulated.tagged(context(0))?.value())?.octets()?;
        encapsulated.finish()?;
        let certificates = match data.optional(context(0))? {
            Some(set) => certificates(set.contents()?)?,
            None => Vec::new(),
        };
        data.optional(context(1))?; // revocation lists: those that count are the page's
        let mut signers = data.tagged(Tag::Set)?.contents()?;
        data.finish()?;
        if signers.is_finished() {
            return Err(CmsFault::SignerMissing);
        }
        let signer = SignerInfo::read(signers.any()?)?;
        signers.finish()?;
        if version != 3 && !(version == 1 && content_type == DATA) {
            return Err(CmsFault::Structure);
        }
        if !hints_at(hints.contents()?, signer.digest.oid)? {
            return Err(CmsFault::Structure);
        }
        Ok(Self { content_type, content, certificates, signer })
    }

    /// The type that the contents are said to be of; only [`Self::verify`] makes it more than a saying.
    pub const fn content_type(&self) -> ObjectIdentifier {
        self.content_type
    }

    /// The certificates inside, unread.
    pub fn certificates(&self) -> &[&'a [u8]] {
        &self.certificates
    }

    /// Is this certificate the one that the signer names? Byte for byte: nothing signs the name here, so it has one spelling.
    pub fn names(&self, certificate: &UnverifiedCert<'_>) -> bool {
        let certificate = certificate.reading();
        match self.signer.identifier {
            SignerIdentifier::IssuerAndSerial { issuer, serial } => certificate.serial() == serial && certificate.issuer().raw() == issuer,
            SignerIdentifier::KeyId(id) => certificate.subject_key_id() == Some(id),
        }
    }

    /// The digest that the signature is over, for the policy to look at first.
    ///
    /// # Errors
    /// [`CmsFault::Signer`] with the algorithm or the digest at fault.
    pub fn scheme(&self) -> Result<Scheme, CmsFault> {
        let digest = self.digest()?;
        let scheme = Scheme::read(&self.signer.algorithm, Some(digest))?;
        if scheme.hash() == digest { Ok(scheme) } else { Err(CmsFault::Signer(CertFault::Algorithm)) }
    }

    fn digest(&self) -> Result<HashId, CmsFault> {
        HashId::from_oid(self.signer.digest.oid).ok_or(CmsFault::Signer(CertFault::Hash))
    }

    /// Reads the signed attributes, which must be there: contents that are not plain data are never signed without (RFC 5652 §5.3).
    ///
    /// # Errors
    /// [`CmsFault::SignedAttributes`].
    pub fn check_attributes(&self) -> Result<(), CmsFault> {
        self.attributes().map(|_| ())
    }

    fn attributes(&self) -> Result<Attributes<'a>, CmsFault> {
        let mut content_type = None;
        let mut digest = None;
        let mut signing_time = None;
        let mut list = self.signer.attributes.ok_or(CmsFault::SignedAttributes)?.contents()?;
        let mut count = 0_usize;
        while !list.is_finished() {
            count = count.saturating_add(1);
            let (oid, value) = attribute(&mut list).map_err(|_| CmsFault::SignedAttributes)?;
            let twice = if oid == CONTENT_TYPE {
                content_type.replace(one(value)?.oid().map_err(|_| CmsFault::SignedAttributes)?).is_some()
            } else if oid == MESSAGE_DIGEST {
                digest.replace(one(value)?.octets().map_err(|_| CmsFault::SignedAttributes)?).is_some()
            } else if oid == SIGNING_TIME {
                signing_time.replace(one(value)?.time().map_err(|_| CmsFault::SignedAttributes)?).is_some()
            } else {
                false
            };
            if twice || count > MAX_ATTRIBUTES {
                return Err(CmsFault::SignedAttributes);
            }
        }
        match (content_type, digest) {
            (Some(content_type), Some(digest)) if content_type == self.content_type => Ok(Attributes { digest, signing_time }),
            (Some(_) | None, Some(_) | None) => Err(CmsFault::SignedAttributes),
        }
    }

    /// Believes the contents because `signer` signed them.
    ///
    /// # Errors
    /// In the order: [`CmsFault::SignedAttributes`], digest not allowed, [`CmsFault::Digest`], key, signature.
    pub fn verify(&self, signer: &Verified<Certificate<'_>>, allow_legacy_hash: bool) -> Result<Verified<SignedContent<'a>>, CmsFault> {
        let attributes = self.attributes()?;
        let scheme = self.scheme()?;
        if scheme.hash().is_legacy() && !allow_legacy_hash {
            return Err(CmsFault::Signer(CertFault::Hash));
        }
        if scheme.hash().digest(self.content) != attributes.digest {
            return Err(CmsFault::Digest);
        }
        let set = self.signer.attributes.ok_or(CmsFault::SignedAttributes)?;
        let mut signed = set.raw().to_vec();
        if let Some(tag) = signed.first_mut() {
            *tag = SET_OF;
        }
        signer.get().key()?.verify(scheme, &signed, self.signer.signature)?;
        Ok(Verified::signed(SignedContent { content: self.content, signing_time: attributes.signing_time }))
    }
}

/// The digest algorithms in front are a hint for one-pass readers: nothing signs them, so they may say nothing but the truth.
fn hints_at(mut hints: Cursor<'_>, digest: ObjectIdentifier) -> Result<bool, DerFault> {
    let mut found = false;
    while !hints.is_finished() {
        let hint = AlgorithmIdentifier::read(hints.any()?)?;
        if !hint.has_no_parameters() {
            return Ok(false);
        }
        found |= hint.oid == digest;
    }
    Ok(found)
}

/// Identifier octet of SET OF, which stands in for `[0]` in what is signed (RFC 5652 §5.4).
const SET_OF: u8 = 0x31;

fn certificates<'a>(mut set: Cursor<'a>) -> Result<Vec<&'a [u8]>, CmsFault> {
    let mut certificates = Vec::new();
    while !set.is_finished() {
        let element = set.any()?;
        if certificates.len() >= MAX_CERTIFICATES {
            return Err(CmsFault::Structure);
        }
        if element.tag() == Tag::Sequence {
            certificates.push(element.raw()); // other kinds are attribute certificates and the like (RFC 5652 §10.2.2)
        }
    }
    Ok(certificates)
}

/// `Attribute ::= SEQUENCE { attrType, attrValues SET OF }`
fn attribute<'a>(list: &mut Cursor<'a>) -> Result<(ObjectIdentifier, Element<'a>), DerFault> {
    let mut attribute = list.sequence()?;
    let oid = attribute.any()?.oid()?;
    let values = attribute.tagged(Tag::Set)?;
    attribute.finish()?;
    Ok((oid, values))
}

/// The one value of an attribute that may have only one (RFC 5652 §11).
fn one(values: Element<'_>) -> Result<Element<'_>, CmsFault> {
    Element::only(values.value()).map_err(|_| CmsFault::SignedAttributes)
}

impl<'a> SignerInfo<'a> {
    fn read(element: Element<'a>) -> Result<Self, CmsFault> {
        let mut info = element.sequence()?;
        let version = info.any()?.small()?; // 1 with issuer and serial number, 3 with a key identifier (RFC 5652 §5.3)
        let id = info.optional(context_primitive(0))?;
        if version != if id.is_some() { 3 } else { 1 } {
            return Err(CmsFault::Structure);
        }
        let identifier = match id {
            Some(id) => SignerIdentifier::KeyId(id.value()),
            None => {
                let mut pair = info.sequence()?;
                let issuer = pair.any()?.raw();
                let serial = pair.tagged(Tag::Integer)?.value();
                pair.finish()?;
                SignerIdentifier::IssuerAndSerial { issuer, serial }
            }
        };
        let digest = AlgorithmIdentifier::read(info.any()?)?;
        if !digest.has_no_parameters() {
            return Err(CmsFault::Structure);
        }
        let attributes = info.optional(context(0))?;
        let algorithm = AlgorithmIdentifier::read(info.any()?)?;
        let signature = info.any()?.octets()?;
        info.optional(context(1))?;
        info.finish()?;
        Ok(Self { identifier, digest, attributes, algorithm, signature })
    }
}
