//! Parts that certificates and revocation lists share: the signed envelope, names, extensions (RFC 5280 §4.1.1, §4.1.2.4, §4.2).

use alloc::vec::Vec;

use der::Tag;
use der::asn1::ObjectIdentifier;

use crate::base::UnixTime;
use crate::encoding::der::{AlgorithmIdentifier, Cursor, DerFault, Element, context_primitive, scan};
use crate::envelope::signer::{CertFault, Scheme, SubjectKey};

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

/// `countryName` (X.520 §6.3.1)
const COUNTRY: ObjectIdentifier = oid("2.5.4.6");

/// What is signed, how, and the signature: the outer SEQUENCE of certificates and revocation lists (RFC 5280 §4.1.1, §5.1.1).
#[derive(Clone, Debug)]
pub(in crate::envelope) struct Signed<'a> {
    bytes: &'a [u8],
    algorithm: Element<'a>,
    scheme: AlgorithmIdentifier<'a>,
    signature: &'a [u8],
}

impl<'a> Signed<'a> {
    /// Walks the encoding and opens it; the cursor stands before the first part of what is signed.
    pub(in crate::envelope) fn open(bytes: &'a [u8]) -> Result<(Self, Cursor<'a>), CertFault> {
        scan(bytes)?;
        let mut outer = Element::only(bytes)?.sequence()?;
        let to_be_signed = outer.tagged(Tag::Sequence)?;
        let algorithm = outer.any()?;
        let scheme = AlgorithmIdentifier::read(algorithm)?;
        let signature = outer.any()?.bit_string()?;
        outer.finish()?;
        let contents = to_be_signed.contents()?;
        Ok((Self { bytes: to_be_signed.raw(), algorithm, scheme, signature }, contents))
    }

    /// The algorithm inside must be the one outside (RFC 5280 §4.1.1.2, §5.1.1.2).
    pub(in crate::envelope) fn repeats(&self, inner: Element<'_>) -> bool {
        inner.raw() == self.algorithm.raw()
    }

    /// How it is signed.
    pub(in crate::envelope) fn scheme(&self) -> Result<Scheme, CertFault> {
        Scheme::read(&self.scheme, None)
    }

    /// Verifies the signature under the issuer's `SubjectPublicKeyInfo`; the digest is judged first.
    pub(in crate::envelope) fn verify(&self, issuer: Element<'_>, allow_legacy_hash: bool) -> Result<(), CertFault> {
        let scheme = self.scheme()?;
        if scheme.hash().is_legacy() && !allow_legacy_hash {
            return Err(CertFault::Hash);
        }
        SubjectKey::from_spki(issuer)?.verify(scheme, self.bytes, self.signature)
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
pub(in crate::envelope) const DIGITAL_SIGNATURE: u8 = 0b1000_0000;
pub(in crate::envelope) const KEY_CERT_SIGN: u8 = 0b0000_0100;
pub(in crate::envelope) const CRL_SIGN: u8 = 0b0000_0010;

/// The extensions that are read (RFC 5280 §4.2.1, ICAO Doc 9303-12 §7.1.1).
#[derive(Clone, Debug, Default)]
pub(in crate::envelope) struct Extensions<'a> {
    pub(in crate::envelope) key_usage: Option<u8>,
    pub(in crate::envelope) ca: Option<bool>,
    pub(in crate::envelope) subject_key_id: Option<&'a [u8]>,
    pub(in crate::envelope) authority_key_id: Option<&'a [u8]>,
    pub(in crate::envelope) private_key_usage: (Option<UnixTime>, Option<UnixTime>),
    pub(in crate::envelope) extended_key_usage: Option<Vec<ObjectIdentifier>>,
    pub(in crate::envelope) document_types: Option<Vec<&'a [u8]>>,
    pub(in crate::envelope) unknown_critical: bool,
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
    pub(in crate::envelope) fn read(mut list: Cursor<'a>) -> Result<Self, CertFault> {
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
