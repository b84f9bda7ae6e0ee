//! Corrections for zones read by camera: letters and digits that look alike, each with its place. Proposals only; nothing is applied.

use alloc::vec::Vec;

use crate::base::Span;
use crate::document::mrz::layout::Format;
use crate::document::mrz::layout::Layout;
use crate::document::mrz::zone::{Mrz, MrzFault, MrzProblem, format_of};

/// One character to look at again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Where it stands in the text, in bytes.
    pub at: Span,
    /// What was read.
    pub from: char,
    /// What it may be.
    pub to: char,
}

// a character of a number or name
impl core::fmt::Debug for Change {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Change({}..{})", self.at.start, self.at.end)
    }
}

/// Digits and the letters they are taken for, in the print of OCR-B (ISO 1073-2). The first letter is what the digit most likely was.
const LOOK_ALIKES: [(u8, &[u8]); 8] =
    [(b'0', b"OQD"), (b'1', b"IL"), (b'2', b"Z"), (b'4', b"A"), (b'5', b"S"), (b'6', b"G"), (b'7', b"T"), (b'8', b"B")];
/// Beyond two doubtful characters in numbers, too many readings satisfy the digits by chance.
const MOST_FREE_CHANGES: usize = 2;
/// More readings than this are no help.
const MOST_READINGS: usize = 8;

/// What may stand in a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Any,
}

/// Readings of `text` under which the zone is well formed and every check digit agrees, each as the fewest changes that lead there;
/// none if it is so already or cannot be so.
///
/// ```
/// use eid_verifier::document::mrz::suggest;
/// let text = "P<UT0ERIK55ON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO740BI22F12041S9ZE184226B<<<<<1O";
/// let readings = suggest::readings(text);
/// assert_eq!(readings.len(), 1);
/// assert!(readings[0].iter().any(|change| (change.at.start, change.from, change.to) == (4, '0', 'O')));
/// ```
pub fn readings(text: &str) -> Vec<Vec<Change>> {
    let mut readings = Vec::new();
    let Some(format) = format(text).filter(|_| !agrees(text.as_bytes())) else { return readings };
    let mut bytes = Vec::from(text.as_bytes());
    let mut free = Vec::new();
    let mut position = 0_usize;
    for (offset, byte) in text.bytes().enumerate() {
        if byte == b'\n' {
            continue;
        }
        let kind = kind(format.layout(), position);
        position = position.saturating_add(1);
        for &(digit, letters) in &LOOK_ALIKES {
            let (is_digit, is_letter) = (byte == digit, letters.contains(&byte));
            match kind {
                Kind::Letter if is_digit => put(&mut bytes, offset, letters.first().copied().unwrap_or(byte)),
                Kind::Digit if is_letter => put(&mut bytes, offset, digit),
                Kind::Any if is_letter => free.push((offset, digit)),
                Kind::Any if is_digit => {
                    for &letter in letters {
                        free.push((offset, letter));
                    }
                }
                Kind::Letter | Kind::Digit | Kind::Any => {}
            }
        }
    }
    for count in 0..=MOST_FREE_CHANGES {
        if readings.is_empty() {
            try_changes(text, &mut bytes, &free, count, &mut readings);
        }
    }
    readings
}

/// Every choice of `count` free changes under which all digits agree. Two at one place are one, and were tried before.
fn try_changes(text: &str, bytes: &mut [u8], free: &[(usize, u8)], count: usize, readings: &mut Vec<Vec<Change>>) {
    let Some(left) = count.checked_sub(1) else {
        if agrees(bytes) && readings.len() < MOST_READINGS {
            readings.push(changes(text, bytes));
        }
        return;
    };
    let mut rest = free;
    while let Some((&(offset, to), more)) = rest.split_first() {
        rest = more;
        let before = bytes.get(offset).copied().unwrap_or_default();
        put(bytes, offset, to);
        try_changes(text, bytes, more, left, readings);
        put(bytes, offset, before);
    }
}

/// Where `bytes` differ from the text.
fn changes(text: &str, bytes: &[u8]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (offset, (from, &to)) in text.bytes().zip(bytes).enumerate() {
        if from != to {
            changes.push(Change { at: Span::new(offset, offset.saturating_add(1)), from: char::from(from), to: char::from(to) });
        }
    }
    changes
}

/// Well formed, real dates, and every digit right.
fn agrees(bytes: &[u8]) -> bool {
    let Some(zone) = core::str::from_utf8(bytes).ok().and_then(|text| Mrz::parse(text).ok()) else { return false };
    zone.printed_birth().is_some() && zone.printed_expiry().is_some() && zone.digits().iter().all(|digit| digit.ok)
}

/// The format of a text that has the shape and the alphabet of a zone, whatever its fields hold.
fn format(text: &str) -> Option<Format> {
    match Mrz::parse(text) {
        Ok(_) | Err(MrzFault { problem: MrzProblem::Format, .. }) => format_of(text),
        Err(MrzFault { problem: MrzProblem::Length | MrzProblem::Charset, .. }) => None,
    }
}

fn kind(layout: &Layout, position: usize) -> Kind {
    for span in [layout.code, layout.state, layout.names, layout.nationality] {
        if (span.start..span.end).contains(&position) {
            return Kind::Letter;
        }
    }
    // a date and its digit stand side by side
    for span in [layout.birth, layout.expiry] {
        if (span.start..=span.end).contains(&position) {
            return Kind::Digit;
        }
    }
    let is_digit = [Some(layout.number_digit), layout.optional_digit, layout.composite].contains(&Some(position));
    if is_digit { Kind::Digit } else { Kind::Any }
}

fn put(bytes: &mut [u8], offset: usize, byte: u8) {
    if let Some(cell) = bytes.get_mut(offset) {
        *cell = byte;
    }
}
