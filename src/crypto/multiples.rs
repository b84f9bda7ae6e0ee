//! Multiples of one point, kept so that multiplying it again is additions alone: no doubling, no search in constant time.
//!
//! A scalar is written in signed digits of [`WINDOW`] bits, `k = Σ dᵢ · 2^(WINDOW·i)` with `|dᵢ| ≤ 2^(WINDOW−1)`, an equation between integers: what is
//! added up is `[k]P` for every point P, with a torsion part too. The points are curve25519-dalek's, and so is their sum. Only for what is public:
//! which multiple is read shows the scalar, and the scalars of a verification are known to everybody.

use alloc::vec::Vec;

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;

/// Bits of a digit: 6 are 43 additions and 220 KB a point (5: 51 and 130 KB, 7: 37 and 379 KB).
const WINDOW: usize = 6;
/// Multiples kept for each digit: 1 … 2^(WINDOW−1); the other sign is a subtraction.
const HALF: usize = 1 << (WINDOW - 1);
/// Digits of a scalar: it is below 2^253 (L of RFC 8032 §5.1), and the last digit takes a carry.
const DIGITS: usize = 254_usize.div_ceil(WINDOW);

/// `[j · 2^(WINDOW·i)]P` for each digit i and j = 1 … [`HALF`].
pub(crate) struct Multiples(Vec<EdwardsPoint>);

#[allow(clippy::arithmetic_side_effects, reason = "the group law of a curve has no overflow")]
impl Multiples {
    /// Computes the multiples of a point.
    pub(crate) fn of(point: EdwardsPoint) -> Self {
        let mut multiples = Vec::with_capacity(DIGITS * HALF);
        let mut unit = point;
        for _ in 0..DIGITS {
            let mut multiple = unit;
            for _ in 1..HALF {
                multiples.push(multiple);
                multiple += unit;
            }
            multiples.push(multiple);
            unit = multiple + multiple;
        }
        Self(multiples)
    }

    /// `sum + [scalar]P`.
    pub(crate) fn add_to(&self, mut sum: EdwardsPoint, scalar: &Scalar) -> EdwardsPoint {
        for (digit, multiples) in digits(scalar.as_bytes()).zip(self.0.chunks_exact(HALF)) {
            let magnitude = usize::from(digit.unsigned_abs());
            if let Some(multiple) = magnitude.checked_sub(1).and_then(|index| multiples.get(index)) {
                if digit > 0 { sum += multiple } else { sum -= multiple }
            }
        }
        sum
    }
}

#[allow(clippy::arithmetic_side_effects, reason = "at most WINDOW − 1 held bits and a byte: below 2^15; a value is at most BASE")]
/// The signed digits of a number of 256 bits, least significant first.
fn digits(bytes: &[u8; 32]) -> impl Iterator<Item = i8> {
    /// Base of the digits.
    const BASE: u16 = 1 << WINDOW;
    let (mut bits, mut held, mut carry) = (0_u16, 0_usize, 0_u16);
    let mut bytes = bytes.iter();
    (0..DIGITS).map(move |_| {
        if held < WINDOW {
            bits |= u16::from(bytes.next().copied().unwrap_or_default()) << held;
            held += 8;
        }
        let value = (bits & (BASE - 1)) + carry;
        bits >>= WINDOW;
        held -= WINDOW;
        carry = u16::from(value > BASE / 2);
        // value − carry · BASE lies within ±BASE / 2, far within eight bits
        value.wrapping_sub(carry * BASE).to_le_bytes()[0].cast_signed()
    })
}
