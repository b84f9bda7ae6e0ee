//! Whole numbers as text and back, without the machinery of `core::fmt`.

use alloc::string::String;

/// `00` to `99`, one after the other.
const PAIRS: &str = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/// Two digits, `07`; the last two of a larger number.
///
/// ```
/// use eid_verifier::base::decimal::two;
/// assert_eq!((two(0), two(7), two(99), two(2026)), ("00", "07", "99", "26"));
/// ```
pub fn two(number: usize) -> &'static str {
    let start = number.wrapping_rem(100).wrapping_mul(2);
    PAIRS.get(start..start.wrapping_add(2)).unwrap_or_default()
}

/// As many digits as there are, `7` or `12`; the last two of a larger number.
///
/// ```
/// use eid_verifier::base::decimal::short;
/// assert_eq!((short(0), short(7), short(12)), ("0", "7", "12"));
/// ```
pub fn short(number: usize) -> &'static str {
    let two = two(number);
    if number < 10 { two.get(1..).unwrap_or_default() } else { two }
}

/// Appends a whole number.
///
/// ```
/// let mut text = String::new();
/// for number in [0, 7, -12, 100, 2026, i64::MIN] {
///     eid_verifier::base::decimal::push(&mut text, number);
///     text.push(' ');
/// }
/// assert_eq!(text, "0 7 -12 100 2026 -9223372036854775808 ");
/// ```
pub fn push(text: &mut String, number: i64) {
    if number < 0 {
        text.push('-');
    }
    push_unsigned(text, number.unsigned_abs());
}

fn push_unsigned(text: &mut String, number: u64) {
    let last_two = usize::try_from(number.wrapping_rem(100)).unwrap_or_default();
    if number < 100 {
        text.push_str(short(last_two));
    } else {
        push_unsigned(text, number.wrapping_div(100));
        text.push_str(two(last_two));
    }
}

/// Reads ASCII digits and nothing else: no sign, no blank, no other script's digits.
///
/// ```
/// use eid_verifier::base::decimal::read;
/// assert_eq!((read("007"), read(""), read("+7"), read("٧")), (Some(7), None, None, None));
/// ```
pub fn read(digits: &str) -> Option<i64> {
    let mut number = 0_i64;
    for &byte in digits.as_bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number.checked_mul(10)?.checked_add(i64::from(byte & 0xf))?;
    }
    (!digits.is_empty()).then_some(number)
}
