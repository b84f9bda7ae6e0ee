//! ECDSA on the curves of travel documents (BSI TR-03111 §4.2.1, FIPS 186-5 §6.4): P-224 to P-521 and Brainpool r1, signatures in DER, a chip's
//! own in the plain form.
//!
//! Accepted: 0 < r, s < n; strict DER with nothing after it (`ecdsa::der`); high and low s alike; uncompressed points on the curve, not infinity.
//! A digest longer than n is cut to n's bits, a shorter one is taken as it is.

use der::asn1::ObjectIdentifier;
use ecdsa::hazmat::verify_prehashed;
use ecdsa::{EcdsaCurve, Signature};
use elliptic_curve::point::AffineCoordinates;
use elliptic_curve::sec1::ModulusSize;
use elliptic_curve::{AffinePoint, CurveArithmetic, FieldBytes, FieldBytesSize, PublicKey};

use crate::crypto::brainpool::{p224, p224r1, p256r1, p320r1, p384, p384r1, p512r1, p521};
use crate::crypto::domain::{self, Domain};
use crate::crypto::{InvalidKey, InvalidSignature};
use crate::encoding::der::{Cursor, DerFault, Element};

/// A curve that a travel document may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// P-224
    P224,
    /// P-256
    P256,
    /// P-384
    P384,
    /// P-521
    P521,
    /// brainpoolP224r1
    BrainpoolP224r1,
    /// brainpoolP256r1
    BrainpoolP256r1,
    /// brainpoolP320r1
    BrainpoolP320r1,
    /// brainpoolP384r1
    BrainpoolP384r1,
    /// brainpoolP512r1
    BrainpoolP512r1,
}

/// Name (RFC 5480 §2.1.1.1, RFC 5639 §4.1) and constants of every curve.
const CURVES: [(Curve, ObjectIdentifier, &Domain); 9] = [
    (Curve::P224, ObjectIdentifier::new_unwrap("1.3.132.0.33"), &domain::P224),
    (Curve::P256, ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7"), &domain::P256),
    (Curve::P384, ObjectIdentifier::new_unwrap("1.3.132.0.34"), &domain::P384),
    (Curve::P521, ObjectIdentifier::new_unwrap("1.3.132.0.35"), &domain::P521),
    (Curve::BrainpoolP224r1, ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.5"), &domain::BRAINPOOL_P224R1),
    (Curve::BrainpoolP256r1, ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.7"), &domain::BRAINPOOL_P256R1),
    (Curve::BrainpoolP320r1, ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.9"), &domain::BRAINPOOL_P320R1),
    (Curve::BrainpoolP384r1, ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.11"), &domain::BRAINPOOL_P384R1),
    (Curve::BrainpoolP512r1, ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.13"), &domain::BRAINPOOL_P512R1),
];

/// `prime-field` of X9.62 (RFC 3279 §2.3.5).
const PRIME_FIELD: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.1.1");

/// Lead byte of an uncompressed point (SEC 1 §2.3.3).
const UNCOMPRESSED: u8 = 4;

impl Curve {
    /// The curve that the parameters of `id-ecPublicKey` speak of: a name, or explicit parameters equal to a named curve's in p, a, b, G, n and h.
    ///
    /// # Errors
    /// [`InvalidKey`]: another generator (CVE-2020-0601), another field, another cofactor, implicit parameters, or a curve that is not in the table.
    pub fn from_parameters(parameters: Element<'_>) -> Result<Self, InvalidKey> {
        if parameters.tag() == der::Tag::ObjectIdentifier {
            let oid = parameters.oid().map_err(|_| InvalidKey)?;
            return CURVES.iter().find(|(_, name, _)| *name == oid).map(|(curve, ..)| *curve).ok_or(InvalidKey);
        }
        let explicit = Explicit::read(parameters).map_err(|_| InvalidKey)?;
        CURVES.iter().find(|(.., domain)| explicit.is(domain)).map(|(curve, ..)| *curve).ok_or(InvalidKey)
    }

    /// Object identifier, for tests and for people.
    pub fn oid(self) -> Option<ObjectIdentifier> {
        CURVES.iter().find(|(curve, ..)| *curve == self).map(|(_, oid, _)| *oid)
    }
}

/// `SpecifiedECDomain` over a prime field (RFC 3279 §2.3.5, BSI TR-03111 §5.2.2).
struct Explicit<'a> {
    p: &'a [u8],
    a: &'a [u8],
    b: &'a [u8],
    generator: &'a [u8],
    n: &'a [u8],
    cofactor: Option<&'a [u8]>,
}

impl<'a> Explicit<'a> {
    fn read(element: Element<'a>) -> Result<Self, DerFault> {
        let mut outer = element.sequence()?;
        if !(1..=3).contains(&outer.any()?.small()?) {
            return Err(DerFault::Invalid);
        }
        let mut field = outer.sequence()?;
        if field.any()?.oid()? != PRIME_FIELD {
            return Err(DerFault::Invalid); // characteristic two
        }
        let p = field.any()?.unsigned()?;
        field.finish()?;
        let (a, b) = Self::coefficients(outer.sequence()?)?;
        let generator = outer.any()?.octets()?;
        let n = outer.any()?.unsigned()?;
        let cofactor = outer.optional(der::Tag::Integer)?.map(Element::unsigned).transpose()?;
        outer.finish()?;
        Ok(Self { p, a, b, generator, n, cofactor })
    }

    /// `Curve ::= SEQUENCE { a, b, seed OPTIONAL }`; the seed says where a and b came from, not what they are.
    fn coefficients(mut curve: Cursor<'a>) -> Result<(&'a [u8], &'a [u8]), DerFault> {
        let a = curve.any()?.octets()?;
        let b = curve.any()?.octets()?;
        curve.optional(der::Tag::BitString)?;
        curve.finish()?;
        Ok((a, b))
    }

    /// Equal in p, a, b, G, n and h. An absent cofactor is the one that p and n leave, 1.
    fn is(&self, domain: &Domain) -> bool {
        let Some((UNCOMPRESSED, coordinates)) = self.generator.split_first().map(|(lead, rest)| (*lead, rest)) else {
            return false;
        };
        if coordinates.len() != domain.p.len() {
            return false; // two coordinates, each half of the hexadecimal digits
        }
        let (x, y) = coordinates.split_at(coordinates.len() / 2);
        equal(self.p, domain.p)
            && equal(self.a, domain.a)
            && equal(self.b, domain.b)
            && equal(x, domain.x)
            && equal(y, domain.y)
            && equal(self.n, domain.n)
            && self.cofactor.is_none_or(|h| h == [1])
    }
}

/// Is the big-endian number `bytes` the hexadecimal number `digits`? Leading zeros do not count: field elements are padded, integers are not.
fn equal(bytes: &[u8], digits: &str) -> bool {
    let mut nibbles = bytes.iter().flat_map(|b| [b >> 4, b & 15]).skip_while(|n| *n == 0);
    let mut expected = digits.bytes().skip_while(|d| *d == b'0');
    loop {
        match (nibbles.next(), expected.next().map(char::from).map(|d| d.to_digit(16))) {
            (None, None) => return true,
            (Some(nibble), Some(Some(digit))) if u32::from(nibble) == digit => {}
            (Some(_) | None, Some(_)) | (Some(_), None) => return false,
        }
    }
}

/// A public key on one of the curves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EcKey {
    /// P-224
    P224(PublicKey<p224::P224>),
    /// P-256
    P256(PublicKey<::p256::NistP256>),
    /// P-384
    P384(PublicKey<p384::P384>),
    /// P-521
    P521(PublicKey<p521::P521>),
    /// brainpoolP224r1
    BrainpoolP224r1(PublicKey<p224r1::BrainpoolP224r1>),
    /// brainpoolP256r1
    BrainpoolP256r1(PublicKey<p256r1::BrainpoolP256r1>),
    /// brainpoolP320r1
    BrainpoolP320r1(PublicKey<p320r1::BrainpoolP320r1>),
    /// brainpoolP384r1
    BrainpoolP384r1(PublicKey<p384r1::BrainpoolP384r1>),
    /// brainpoolP512r1
    BrainpoolP512r1(PublicKey<p512r1::BrainpoolP512r1>),
}

impl EcKey {
    /// Reads an uncompressed point.
    ///
    /// # Errors
    /// [`InvalidKey`]: compressed, infinity, coordinates not below p, or off the curve.
    pub fn from_point(curve: Curve, bytes: &[u8]) -> Result<Self, InvalidKey> {
        if bytes.first() != Some(&UNCOMPRESSED) {
            return Err(InvalidKey);
        }
        match curve {
            Curve::P224 => point(bytes).map(Self::P224),
            Curve::P256 => point(bytes).map(Self::P256),
            Curve::P384 => point(bytes).map(Self::P384),
            Curve::P521 => point(bytes).map(Self::P521),
            Curve::BrainpoolP224r1 => point(bytes).map(Self::BrainpoolP224r1),
            Curve::BrainpoolP256r1 => point(bytes).map(Self::BrainpoolP256r1),
            Curve::BrainpoolP320r1 => point(bytes).map(Self::BrainpoolP320r1),
            Curve::BrainpoolP384r1 => point(bytes).map(Self::BrainpoolP384r1),
            Curve::BrainpoolP512r1 => point(bytes).map(Self::BrainpoolP512r1),
        }
    }

    /// Verifies a signature, `ECDSA-Sig-Value` in DER (RFC 3279 §2.2.3), over a digest.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn verify(&self, digest: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        self.verify_as(Form::Der, digest, signature)
    }

    /// Verifies a signature in the plain form, r and s side by side, each as long as n (BSI TR-03111 §5.2.1), over a digest.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn verify_plain(&self, digest: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        self.verify_as(Form::Plain, digest, signature)
    }

    fn verify_as(&self, form: Form, digest: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        match self {
            Self::P224(key) => verify(key, digest, signature, form),
            Self::P256(key) => verify(key, digest, signature, form),
            Self::P384(key) => verify(key, digest, signature, form),
            Self::P521(key) => verify(key, digest, signature, form),
            Self::BrainpoolP224r1(key) => verify(key, digest, signature, form),
            Self::BrainpoolP256r1(key) => verify(key, digest, signature, form),
            Self::BrainpoolP320r1(key) => verify(key, digest, signature, form),
            Self::BrainpoolP384r1(key) => verify(key, digest, signature, form),
            Self::BrainpoolP512r1(key) => verify(key, digest, signature, form),
        }
    }
}

/// How r and s are written.
#[derive(Clone, Copy)]
enum Form {
    Der,
    Plain,
}

/// From the coordinates, never by a square root: the framework checks that they are below p and fulfil the equation.
fn point<C>(bytes: &[u8]) -> Result<PublicKey<C>, InvalidKey>
where
    C: CurveArithmetic,
    AffinePoint<C>: AffineCoordinates<FieldRepr = FieldBytes<C>>,
{
    let coordinates = bytes.get(1..).unwrap_or_default();
    let (x, y) = coordinates.split_at_checked(coordinates.len() / 2).ok_or(InvalidKey)?;
    let x = FieldBytes::<C>::try_from(x).map_err(|_| InvalidKey)?;
    let y = FieldBytes::<C>::try_from(y).map_err(|_| InvalidKey)?;
    let point = Option::<AffinePoint<C>>::from(AffinePoint::<C>::from_coordinates(&x, &y)).ok_or(InvalidKey)?;
    PublicKey::from_affine(point).map_err(|_| InvalidKey)
}

fn verify<C>(key: &PublicKey<C>, digest: &[u8], signature: &[u8], form: Form) -> Result<(), InvalidSignature>
where
    C: CurveArithmetic + EcdsaCurve,
    FieldBytesSize<C>: ModulusSize,
    ecdsa::der::MaxSize<C>: elliptic_curve::array::ArraySize,
    <FieldBytesSize<C> as core::ops::Add>::Output: core::ops::Add<ecdsa::der::MaxOverhead> + elliptic_curve::array::ArraySize,
{
    let signature = match form {
        Form::Der => Signature::<C>::from_der(signature),
        Form::Plain => Signature::<C>::from_slice(signature),
    };
    let signature = signature.map_err(|_| InvalidSignature)?;
    verify_prehashed::<C>(&key.to_projective(), digest, &signature).map_err(|_| InvalidSignature)
}
