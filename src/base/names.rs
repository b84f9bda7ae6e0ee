//! Tables of names as one text and a byte for the length of each: a `&str` is two words, of which a table of hundreds compresses to nothing less than the names themselves.
//!
//! What a table is made of stays an array of `&str`, for people; [`joined`], [`lengths`] and [`text`] run in the compiler.

/// Bytes of all names.
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "runs in the compiler, which refuses what is out of bounds")]
pub const fn total(names: &[&str]) -> usize {
    let (mut sum, mut place) = (0, 0);
    while place < names.len() {
        sum += names[place].len();
        place += 1;
    }
    sum
}

/// All names, one behind the other; `N` is their [`total`].
#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "runs in the compiler, which refuses what is out of bounds")]
pub const fn joined<const N: usize>(names: &[&str]) -> [u8; N] {
    let mut all = [0; N];
    let (mut place, mut at) = (0, 0);
    while place < names.len() {
        let name = names[place].as_bytes();
        let mut letter = 0;
        while letter < name.len() {
            all[at] = name[letter];
            at += 1;
            letter += 1;
        }
        place += 1;
    }
    all
}

/// The length of each name; `N` is how many there are.
///
/// # Panics
/// In the compiler, for a name of more than 255 bytes.
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "runs in the compiler, which refuses what is out of bounds"
)]
pub const fn lengths<const N: usize>(names: &[&str]) -> [u8; N] {
    let mut lengths = [0; N];
    let mut place = 0;
    while place < N {
        assert!(names[place].len() < 256);
        lengths[place] = names[place].len() as u8;
        place += 1;
    }
    lengths
}

/// What [`joined`] made, as text.
pub const fn text(joined: &'static [u8]) -> &'static str {
    match core::str::from_utf8(joined) {
        Ok(text) => text,
        Err(_) => "",
    }
}

/// The name at a place; empty where there is none.
///
/// ```
/// use eid_verifier::base::names::{joined, lengths, nth, text, total};
/// const NAMES: [&str; 3] = ["Huế", "", "Đà Nẵng"];
/// static JOINED: [u8; total(&NAMES)] = joined(&NAMES);
/// let name = |place| nth(const { text(&JOINED) }, &lengths::<3>(&NAMES), place);
/// assert_eq!([name(0), name(1), name(2), name(3)], ["Huế", "", "Đà Nẵng", ""]);
/// ```
pub fn nth(text: &'static str, lengths: &[u8], place: usize) -> &'static str {
    let mut start: usize = 0;
    for (index, length) in lengths.iter().enumerate() {
        let end = start.saturating_add(usize::from(*length));
        if index == place {
            return text.get(start..end).unwrap_or_default();
        }
        start = end;
    }
    ""
}
