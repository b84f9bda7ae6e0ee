//! Small numbers as text, without formatting machinery: dates, instants and places of a report.

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
