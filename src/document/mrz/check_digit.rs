//! Check digits: weights 7, 3, 1, sum modulo 10 (Doc 9303-3 §4.9).
//!
//! They find typing errors, not forgers: anyone can compute them, and two characters whose values differ by 10 (`0` and `A`, `A` and
//! `K`, `K` and `U`, …) cannot be told apart at all.

/// The value of a character of the zone: digits 0–9, letters 10–35, filler 0; `None` outside the alphabet (Doc 9303-3 §4.9).
pub fn value(character: u8) -> Option<u32> {
    match character {
        b'0'..=b'9' => Some(u32::from(character.wrapping_sub(b'0'))),
        b'A'..=b'Z' => Some(u32::from(character.wrapping_sub(b'A')).wrapping_add(10)),
        b'<' => Some(0),
        _ => None,
    }
}

/// The check digit over characters that come in parts; one outside the alphabet counts as 0.
///
/// ```
/// use eid_verifier::document::mrz::check_digit::Sum;
/// let mut sum = Sum::default();
/// sum.add(b"D23145890"); // Doc 9303-5 §4.2.4
/// sum.add(b"734");
/// assert!(sum.agrees(b'9') && !sum.agrees(b'8') && !sum.agrees(b'<'));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    sum: u32,
    /// How many characters were added, modulo 3.
    turn: u32,
}

impl Sum {
    /// Adds characters.
    pub fn add(&mut self, characters: &[u8]) {
        for &character in characters {
            let weight = match self.turn {
                0 => 7_u32,
                1 => 3,
                _ => 1,
            };
            self.turn = if self.turn == 2 { 0 } else { self.turn.wrapping_add(1) };
            // at most 90 × 35 × 7 in a zone
            self.sum = self.sum.wrapping_add(value(character).unwrap_or(0).wrapping_mul(weight));
        }
    }

    /// Whether `digit` is a digit, and the right one.
    pub fn agrees(self, digit: u8) -> bool {
        digit.is_ascii_digit() && value(digit) == Some(self.sum.rem_euclid(10))
    }
}
