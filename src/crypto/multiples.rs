//! Multiples of one point, kept so that multiplying it again is additions alone: no doubling, no search in constant time.
//!
//! A scalar is written in signed digits of w bits, `k = Σ dᵢ · 2^(w·i)` with `|dᵢ| ≤ 2^(w−1)`, an equation between integers: what is added up is
//! `[k]P` for every point P, with a torsion part too. The points are curve25519-dalek's and p256's, and so are their sums. Only for what is public: which
//! multiple is read shows the scalar, and the scalars of a verification are known to everybody.

use alloc::vec::Vec;
use core::ops::{AddAssign, SubAssign};

/// A point of a group, as the crate of its curve makes it.
pub(crate) trait Point: Copy + for<'a> AddAssign<&'a Self> + for<'a> SubAssign<&'a Self> {
    /// The neutral element.
    const NEUTRAL: Self;
    /// What every signature's s is a multiple of.
    const BASE: Self;
    /// Scalars are below 2 to this power.
    const SCALAR_BITS: u32;
}

/// `[j · 2^(w·i)]P` for each digit i and j = 1 … 2^(w−1).
pub(crate) struct Multiples<P> {
    window: u32,
    points: Vec<P>,
}

/// Multiples kept for a digit; the other sign is a subtraction.
const fn half(window: u32) -> usize {
    1 << window.saturating_sub(1)
}

/// Digits of a scalar, the last of which takes a carry.
const fn digits(window: u32, scalar_bits: u32) -> usize {
    let mut count = 0_usize;
    let mut bits = 0_u32;
    while bits <= scalar_bits {
        bits = bits.saturating_add(window);
        count = count.saturating_add(1);
    }
    count
}

#[allow(clippy::arithmetic_side_effects, reason = "the group law of a curve has no overflow")]
impl<P: Point> Multiples<P> {
    /// Computes the multiples of a point for digits of so many bits, at most 8. On Ed25519: 5 are 51 additions and 131 KB; 6: 43, 220; 7: 37, 379; 8: 32, 655.
    pub(crate) fn of(point: P, window: u32) -> Self {
        let digits = digits(window, P::SCALAR_BITS);
        let mut points = Vec::with_capacity(digits * half(window));
        let mut unit = point;
        for _ in 0..digits {
            let mut multiple = unit;
            for _ in 1..half(window) {
                points.push(multiple);
                multiple += &unit;
            }
            points.push(multiple);
            unit = multiple;
            unit += &multiple;
        }
        Self { window, points }
    }

    /// `sum + [scalar]P`; the scalar in little-endian order.
    pub(crate) fn add_to(&self, mut sum: P, scalar: &[u8; 32]) -> P {
        let mut carry = 0;
        let mut from = 0;
        for multiples in self.points.chunks_exact(half(self.window)) {
            let digit = digit(scalar, from, self.window) + carry;
            from += self.window;
            carry = usize::from(digit > multiples.len());
            // 2^w − digit, subtracted, and one carried to the next
            let (magnitude, is_negative) = if carry == 1 { (2 * multiples.len() - digit, true) } else { (digit, false) };
            let Some(multiple) = magnitude.checked_sub(1).and_then(|index| multiples.get(index)) else { continue };
            if is_negative { sum -= multiple } else { sum += multiple }
        }
        sum
    }
}

/// So many bits (at most 8) of a little-endian number, from bit `from` on.
#[allow(clippy::arithmetic_side_effects, reason = "places of digits of a scalar: below 260, and at most 8 bits")]
fn digit(bytes: &[u8; 32], from: u32, bits: u32) -> usize {
    let byte = |index: u32| usize::try_from(index).ok().and_then(|index| bytes.get(index)).copied().unwrap_or_default();
    let two = u16::from_le_bytes([byte(from / 8), byte(from / 8 + 1)]);
    usize::from(two >> (from % 8)) & ((1 << bits) - 1)
}
