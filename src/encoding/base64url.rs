//! base64url without padding, strictly (RFC 4648 §5, RFC 7515 §2): one spelling for one value.
//!
//! By hand because it is small: the general engine of the crate `base64` was 5 KB of the small build. The tests hold it to that crate.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// The text is not strict base64url.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidBase64;

/// Decodes unpadded base64url.
///
/// # Errors
/// [`InvalidBase64`] for padding, another alphabet, white space, an impossible length, or non-zero trailing bits.
///
/// ```
/// use eid_verifier::encoding::base64url::decode;
/// assert_eq!(decode("YQ").as_deref(), Ok(&b"a"[..]));
/// assert!(decode("YQ==").is_err()); // padding is a second spelling of one token
/// assert!(decode("YR").is_err()); // so are non-zero trailing bits
/// ```
pub fn decode(text: &str) -> Result<Vec<u8>, InvalidBase64> {
    read(text.as_bytes(), &URL_VALUES)
}

/// Decodes padded standard base64, as `data:` URLs carry it (RFC 4648 §4, RFC 2397).
///
/// # Errors
/// [`InvalidBase64`] for anything but the canonical spelling.
pub fn decode_standard(text: &str) -> Result<Vec<u8>, InvalidBase64> {
    let bare = match text.as_bytes() {
        [bare @ .., b'=', b'='] | [bare @ .., b'='] | bare => bare,
    };
    if text.len().is_multiple_of(QUAD) { read(bare, &STANDARD_VALUES) } else { Err(InvalidBase64) }
}

/// Encodes as unpadded base64url.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = write(bytes, URL);
    text.truncate(bytes.len().saturating_mul(QUAD).div_ceil(TRIPLE));
    text
}

/// Encodes as padded standard base64.
pub fn encode_standard(bytes: &[u8]) -> String {
    let bare = bytes.len().saturating_mul(QUAD).div_ceil(TRIPLE);
    let mut text = write(bytes, STANDARD);
    let padding = text.len().saturating_sub(bare);
    text.truncate(bare);
    text.extend(core::iter::repeat_n('=', padding));
    text
}

/// Letters and bytes that belong together (RFC 4648 §4).
const QUAD: usize = 4;
const TRIPLE: usize = 3;

type Alphabet = [u8; 64];
const STANDARD: &Alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL: &Alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The value of every letter; [`NO_LETTER`] for the other bytes.
type Values = [u8; 256];
const NO_LETTER: u8 = 0xff;
/// Bits that no value has.
const BEYOND: u8 = 0b1100_0000;
static STANDARD_VALUES: Values = values(STANDARD);
static URL_VALUES: Values = values(URL);

#[allow(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    reason = "made when the crate is compiled, and only then"
)]
const fn values(alphabet: &Alphabet) -> Values {
    let mut values = [NO_LETTER; 256];
    let mut value = 0;
    while value < alphabet.len() {
        values[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    values
}

fn read(text: &[u8], values: &Values) -> Result<Vec<u8>, InvalidBase64> {
    let (quads, rest) = text.as_chunks::<QUAD>();
    let mut bytes = vec![0; quads.len().saturating_mul(TRIPLE)];
    let mut beyond = 0;
    for (quad, triple) in quads.iter().zip(bytes.as_chunks_mut::<TRIPLE>().0) {
        *triple = three(quad, values, &mut beyond);
    }
    // what is missing of the last four stands for zero bits, and the bytes that are only made of them must be zero
    let last = match rest {
        [] => None,
        [a, b] => Some(([*a, *b, b'A', b'A'], 1)),
        [a, b, c] => Some(([*a, *b, *c, b'A'], 2)),
        _ => return Err(InvalidBase64),
    };
    if let Some((quad, count)) = last {
        let triple = three(&quad, values, &mut beyond);
        let (kept, dropped) = triple.split_at_checked(count).ok_or(InvalidBase64)?;
        if dropped.iter().any(|byte| *byte != 0) {
            return Err(InvalidBase64);
        }
        bytes.extend_from_slice(kept);
    }
    if beyond & BEYOND == 0 { Ok(bytes) } else { Err(InvalidBase64) }
}

#[inline]
fn three([a, b, c, d]: &[u8; QUAD], values: &Values, beyond: &mut u8) -> [u8; TRIPLE] {
    let value = |letter: &u8| values.get(usize::from(*letter)).copied().unwrap_or(NO_LETTER);
    let [a, b, c, d] = [value(a), value(b), value(c), value(d)];
    *beyond |= a | b | c | d;
    [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]
}

/// Four letters for each three bytes, the last ones as if zeros followed.
fn write(bytes: &[u8], alphabet: &Alphabet) -> String {
    let letter = |value: u8| alphabet.get(usize::from(value & !BEYOND)).copied().unwrap_or_default();
    let mut text = vec![0; bytes.len().div_ceil(TRIPLE).saturating_mul(QUAD)];
    for (triple, quad) in bytes.chunks(TRIPLE).zip(text.as_chunks_mut::<QUAD>().0) {
        let [a, b, c] = match triple {
            [a, b, c] => [*a, *b, *c],
            [a, b] => [*a, *b, 0],
            [a] => [*a, 0, 0],
            _ => continue,
        };
        *quad = [letter(a >> 2), letter(a << 4 | b >> 4), letter(b << 2 | c >> 6), letter(c)];
    }
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD as THEIR_STANDARD, URL_SAFE_NO_PAD as THEIR_URL};

    fn agree(text: &str) {
        assert_eq!(decode(text).ok(), THEIR_URL.decode(text).ok(), "{text:?}");
        assert_eq!(decode_standard(text).ok(), THEIR_STANDARD.decode(text).ok(), "{text:?}");
    }

    #[test]
    fn what_was_written_is_read_as_another_implementation_does() {
        let mut bytes = Vec::new();
        for length in 0..300_usize {
            assert_eq!(encode(&bytes), THEIR_URL.encode(&bytes));
            assert_eq!(encode_standard(&bytes), THEIR_STANDARD.encode(&bytes));
            assert_eq!(decode(&encode(&bytes)), Ok(bytes.clone()));
            assert_eq!(decode_standard(&encode_standard(&bytes)), Ok(bytes.clone()));
            bytes.push(u8::try_from(length.wrapping_mul(167) % 256).unwrap());
        }
    }

    #[test]
    fn every_short_text_is_judged_as_another_implementation_judges_it() {
        // letters of both alphabets, of one only, with and without trailing bits, padding, white space, beyond ASCII
        let letters = ["A", "B", "Q", "g", "w", "_", "-", "/", "+", "9", "=", " ", "\n", "\0", ".", "é", "\u{7f}"];
        for a in letters {
            for b in letters {
                agree(a);
                agree(&[a, b].concat());
                for c in letters {
                    agree(&[a, b, c].concat());
                    for d in letters {
                        agree(&[a, b, c, d].concat());
                        agree(&["AAAA", a, b, c, d].concat());
                        agree(&["QUJD", a, b, c, d, "A="].concat());
                    }
                }
            }
        }
    }
}
