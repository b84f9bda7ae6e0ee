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

/// The check digit of these characters; one outside the alphabet counts as 0.
///
/// ```
/// use eid_verifier::document::mrz::check_digit;
/// assert_eq!(check_digit::of(b"D23145890734".iter()), 9); // Doc 9303-5 §4.2.4
/// assert_ne!(check_digit::of(b"D23145890735".iter()), 9);
/// ```
pub fn of<'a>(characters: impl Iterator<Item = &'a u8>) -> u32 {
    let sum = characters.zip([7_u32, 3, 1].into_iter().cycle()).fold(0_u32, |sum, (&character, weight)| {
        sum.wrapping_add(value(character).unwrap_or(0).wrapping_mul(weight)) // at most 90 × 35 × 7: never wraps
    });
    sum.rem_euclid(10)
}

/// Whether `digit` is a digit, and the one of these characters.
pub fn agrees<'a>(characters: impl Iterator<Item = &'a u8>, digit: u8) -> bool {
    digit.is_ascii_digit() && value(digit) == Some(of(characters))
}
