//! a·G + b·Q on P-256 in variable time, for public data only: what an ES256 verification spends its time on.
//!
//! The field and the scalars are RustCrypto's. Its own sums use complete formulas, which cost half as much again and protect secrets that a verifier has
//! none of. Here: Jacobian coordinates (Cohen, Miyaji, Ono 1998; "dbl-2001-b" and "madd" of the Explicit-Formulas Database) with their exceptions
//! spelled out, width-5 non-adjacent forms, and no inversion at the end. `tests/p256_differential.rs` holds it against RustCrypto's verdicts.

use p256::elliptic_curve::ff::PrimeField as _;
use p256::elliptic_curve::hazmat::FieldArithmetic;
use p256::elliptic_curve::point::AffineCoordinates as _;
use p256::{AffinePoint, NistP256, Scalar, U256};

/// An element of the field of coordinates.
type Element = <NistP256 as FieldArithmetic>::FieldElement;
/// A point that is not infinity.
type Affine = (Element, Element);

/// Bits of a window.
const WINDOW: u32 = 5;
/// Odd multiples that the digits of such windows name: 1, 3, … 15.
const MULTIPLES: usize = 8;
/// A scalar has 256 bits, and its last window may carry.
const DIGITS: u32 = 257;

/// n, the order of G (SP 800-186 §3.2.1.3), as an element of the field.
const ORDER: Element = element("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
/// p − n: below it an x-coordinate has two readings modulo n.
const P_MINUS_ORDER: U256 = U256::from_be_hex("000000000000000000000000000000004319055358e8617b0c46353d039cdaae");

const fn element(hex: &str) -> Element {
    Element::from_hex_vartime(hex)
}

/// G, 3G, … 15G; a test makes them again.
const BASE: [Affine; MULTIPLES] = [
    (
        element("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
        element("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"),
    ),
    (
        element("5ecbe4d1a6330a44c8f7ef951d4bf165e6c6b721efada985fb41661bc6e7fd6c"),
        element("8734640c4998ff7e374b06ce1a64a2ecd82ab036384fb83d9a79b127a27d5032"),
    ),
    (
        element("51590b7a515140d2d784c85608668fdfef8c82fd1f5be52421554a0dc3d033ed"),
        element("e0c17da8904a727d8ae1bf36bf8a79260d012f00d4d80888d1d0bb44fda16da4"),
    ),
    (
        element("8e533b6fa0bf7b4625bb30667c01fb607ef9f8b8a80fef5b300628703187b2a3"),
        element("73eb1dbde03318366d069f83a6f5900053c73633cb041b21c55e1a86c1f400b4"),
    ),
    (
        element("ea68d7b6fedf0b71878938d51d71f8729e0acb8c2c6df8b3d79e8a4b90949ee0"),
        element("2a2744c972c9fce787014a964a8ea0c84d714feaa4de823fe85a224a4dd048fa"),
    ),
    (
        element("3ed113b7883b4c590638379db0c21cda16742ed0255048bf433391d374bc21d1"),
        element("9099209accc4c8a224c843afa4f4c68a090d04da5e9889dae2f8eefce82a3740"),
    ),
    (
        element("177c837ae0ac495a61805df2d85ee2fc792e284b65ead58a98e15d9d46072c01"),
        element("63bb58cd4ebea558a24091adb40f4e7226ee14c3a1fb4df39c43bbe2efc7bfd8"),
    ),
    (
        element("f0454dc6971abae7adfb378999888265ae03af92de3a0ef163668c63e59b9d5f"),
        element("b5b93ee3592e2d1f4e6594e51f9643e62a3b21ce75b5fa3f47e59cde0d034f36"),
    ),
];

/// A point (X/Z², Y/Z³); Z = 0 is infinity.
#[derive(Clone, Copy)]
pub struct Sum {
    x: Element,
    y: Element,
    z: Element,
}

impl Sum {
    const INFINITY: Self = Self { x: Element::ONE, y: Element::ONE, z: Element::ZERO };

    /// a·G + b·Q.
    pub fn of(a: &Scalar, b: &Scalar, point: &AffinePoint) -> Self {
        let read = |bytes| Option::from(Element::from_repr(bytes)).unwrap_or(Element::ZERO);
        let own = odd_multiples((read(point.x()), read(point.y())));
        let mut sum = Self::INFINITY;
        for (a, b) in digits(a).iter().zip(&digits(b)).rev() {
            sum = sum.doubled();
            for (digit, multiples) in [(a, &BASE), (b, &own)] {
                if let Some(term) = digit.as_ref().and_then(|digit| digit.of(multiples)) {
                    sum = sum.plus(&term);
                }
            }
        }
        sum
    }

    /// Whether x modulo n is `r`, which is below n (FIPS 186-5 §6.4.2 step 6, without the division by Z²).
    pub fn is_x(&self, r: &Scalar) -> bool {
        let Some(x) = Option::<Element>::from(Element::from_repr(r.to_repr())) else { return false };
        let square = self.z.square();
        let reads = |x: &Element| x.multiply(&square) == self.x;
        !is_zero(&self.z) && (reads(&x) || (U256::from(r) < P_MINUS_ORDER && reads(&x.add(&ORDER))))
    }

    /// "dbl-2001-b" for a = −3, with fewer sums: 2y² is y · 2y. Infinity stays infinity; no point of P-256 is of order two.
    fn doubled(&self) -> Self {
        let y2 = self.y.double();
        let gamma2 = self.y.multiply(&y2);
        let delta = self.z.square();
        let third = self.x.sub(&delta).multiply(&self.x.add(&delta));
        let alpha = third.double().add(&third);
        let beta4 = self.x.multiply(&gamma2).double();
        let gamma8 = gamma2.square().double();
        let x = alpha.square().sub(&beta4.double());
        Self { x, y: alpha.multiply(&beta4.sub(&x)).sub(&gamma8), z: y2.multiply(&self.z) }
    }

    /// "madd", and what it leaves out: infinity, a point and itself, a point and its opposite.
    fn plus(&self, (x, y): &Affine) -> Self {
        if is_zero(&self.z) {
            return Self { x: *x, y: *y, z: Element::ONE };
        }
        let square = self.z.square();
        let h = x.multiply(&square).sub(&self.x);
        let r = y.multiply(&square.multiply(&self.z)).sub(&self.y);
        if is_zero(&h) {
            return if is_zero(&r) { self.doubled() } else { Self::INFINITY };
        }
        let h2 = h.square();
        let h3 = h2.multiply(&h);
        let v = self.x.multiply(&h2);
        let x = r.square().sub(&h3).sub(&v.double());
        Self { x, y: r.multiply(&v.sub(&x)).sub(&self.y.multiply(&h3)), z: self.z.multiply(&h) }
    }
}

fn is_zero(element: &Element) -> bool {
    *element == Element::ZERO
}

/// Q, 3Q, … 15Q, affine. On the isomorphic curve (x·Z², y·Z³), Z being that of 2Q, both Q and 2Q are affine, so that each multiple is one mixed sum
/// (Meloni 2007); one inversion brings all of them back (Montgomery's trick).
fn odd_multiples((x, y): Affine) -> [Affine; MULTIPLES] {
    let twice = Sum { x, y, z: Element::ONE }.doubled();
    let square = twice.z.square();
    let mut next = Sum { x: x.multiply(&square), y: y.multiply(&square.multiply(&twice.z)), z: Element::ONE };
    let multiples: [Sum; MULTIPLES] = core::array::from_fn(|_| {
        let after = next.plus(&(twice.x, twice.y));
        core::mem::replace(&mut next, after)
    });
    let mut product = Element::ONE;
    let prepared = multiples.map(|Sum { x, y, z }| {
        let z = z.multiply(&twice.z);
        let after = product.multiply(&z);
        (x, y, z, core::mem::replace(&mut product, after))
    });
    // no Z is nought: Q is of prime order, so that none of these sums is an exception
    let mut inverse = Option::from(product.invert_vartime()).unwrap_or(Element::ZERO);
    let mut affine = [(Element::ZERO, Element::ZERO); MULTIPLES];
    for ((x, y, z, before), affine) in prepared.iter().zip(&mut affine).rev() {
        let own = inverse.multiply(before);
        inverse = inverse.multiply(z);
        let square = own.square();
        *affine = (x.multiply(&square), y.multiply(&square.multiply(&own)));
    }
    affine
}

/// A digit that is not nought: ± an odd multiple.
#[derive(Clone, Copy)]
struct Digit {
    multiple: usize,
    is_negative: bool,
}

impl Digit {
    fn of(self, multiples: &[Affine; MULTIPLES]) -> Option<Affine> {
        multiples.get(self.multiple).map(|(x, y)| (*x, if self.is_negative { y.neg() } else { *y }))
    }
}

/// The width-5 non-adjacent form, least digit first (Solinas 2000; Hankerson, Menezes, Vanstone, algorithm 3.35).
fn digits(scalar: &Scalar) -> [Option<Digit>; 257] {
    let number = U256::from(scalar);
    let mut digits = [None; 257];
    let (mut carry, mut free) = (0_usize, 0);
    for (at, digit) in (0..DIGITS).zip(&mut digits) {
        let bit = |ahead: u32| usize::from(number.bit_vartime(at.saturating_add(ahead)));
        if at < free || bit(0) == carry {
            continue; // inside a window, or even: a one and a carry are nought and a carry
        }
        let window = (0..WINDOW).fold(carry, |sum, ahead| sum.saturating_add(bit(ahead).wrapping_shl(ahead)));
        let is_negative = window > 2 * MULTIPLES;
        carry = usize::from(is_negative);
        let magnitude = if is_negative { (4 * MULTIPLES).saturating_sub(window) } else { window };
        *digit = Some(Digit { multiple: magnitude / 2, is_negative });
        free = at.saturating_add(WINDOW);
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ProjectivePoint;

    fn coordinates(point: &ProjectivePoint) -> Affine {
        let point = point.to_affine();
        let read = |bytes| Option::from(Element::from_repr(bytes)).unwrap_or(Element::ZERO);
        (read(point.x()), read(point.y()))
    }

    #[test]
    fn odd_multiples_are_rustcryptos() {
        assert!(odd_multiples(coordinates(&ProjectivePoint::GENERATOR)) == BASE);
        for factor in [1_u64, 2, 3, 0xFFFF_FFFF_FFFF_FFFF] {
            let point = ProjectivePoint::GENERATOR.mul(&Scalar::from(factor));
            let odd = (0..8_u64).map(|index| coordinates(&point.mul(&Scalar::from(2 * index + 1))));
            assert!(odd_multiples(coordinates(&point)).into_iter().eq(odd), "{factor}");
        }
    }

    /// Sums that pass through every exception: infinity, a point and itself, a point and its opposite.
    #[test]
    fn small_scalars_agree_with_rustcrypto() {
        let signed = |n: u64, negative: bool| if negative { Scalar::ZERO.sub(&Scalar::from(n)) } else { Scalar::from(n) };
        let g = ProjectivePoint::GENERATOR;
        for (a, b) in (0..12_u64).flat_map(|a| (0..12_u64).map(move |b| (a, b))) {
            for sign in 0..4 {
                let (a, b) = (signed(a, sign & 1 == 1), signed(b, sign & 2 == 2));
                for point in [g, g.neg(), g.add(&g)] {
                    let theirs = g.mul(&a).add(&point.mul(&b));
                    let ours = Sum::of(&a, &b, &point.to_affine());
                    let is_infinity = theirs == ProjectivePoint::IDENTITY;
                    assert_eq!(is_zero(&ours.z), is_infinity);
                    assert!(is_infinity || coordinates(&theirs).0.multiply(&ours.z.square()) == ours.x);
                }
            }
        }
    }
}
