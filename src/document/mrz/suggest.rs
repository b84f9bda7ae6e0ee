//! Corrections for zones read by camera: letters and digits that look alike, each with its place. Proposals only; nothing is applied.

use alloc::vec::Vec;

use crate::base::Span;
use crate::document::mrz::layout::Layout;
use crate::document::mrz::zone::Mrz;
use crate::document::mrz::{Format, MrzProblem};

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
    if agrees(text) {
        return Vec::new();
    }
    let Some(format) = Mrz::parse(text).map_or_else(|fault| fault_format(text, fault.problem), |mrz| Some(mrz.format())) else {
        return Vec::new();
    };
    let layout = format.layout();
    let mut bytes: Vec<u8> = text.bytes().collect();
    let mut changes = Vec::new();
    let mut free = Vec::new();
    let places = text.bytes().enumerate().filter(|(_, byte)| *byte != b'\n').enumerate();
    for (position, (offset, byte)) in places {
        let to = match kind(layout, position) {
            Kind::Letter => letter_for(byte),
            Kind::Digit => digit_for(byte),
            Kind::Any => {
                free.extend(either_for(byte).map(|to| (offset, byte, to)));
                None
            }
        };
        if let Some(to) = to {
            changes.push(change(offset, byte, to));
            put(&mut bytes, offset, to);
        }
    }
    let found = (0..=MOST_FREE_CHANGES).map(|count| free_readings(&mut bytes, &free, count)).find(|found| !found.is_empty());
    let mut readings: Vec<Vec<Change>> = found.unwrap_or_default();
    readings.truncate(MOST_READINGS);
    for reading in &mut readings {
        reading.extend_from_slice(&changes);
        reading.sort_by_key(|change| change.at.start);
    }
    readings
}

/// Every choice of `count` free changes, at different places, under which all digits agree.
fn free_readings(bytes: &mut [u8], free: &[(usize, u8, u8)], count: usize) -> Vec<Vec<Change>> {
    let Some(left) = count.checked_sub(1) else {
        return if core::str::from_utf8(bytes).is_ok_and(agrees) { Vec::from([Vec::new()]) } else { Vec::new() };
    };
    let mut readings = Vec::new();
    for (index, &(offset, from, to)) in free.iter().enumerate() {
        let rest = free.get(index..).unwrap_or_default().iter().skip_while(|(other, _, _)| *other == offset);
        let rest: Vec<_> = rest.copied().collect();
        put(bytes, offset, to);
        for mut reading in free_readings(bytes, &rest, left) {
            reading.push(change(offset, from, to));
            readings.push(reading);
        }
        put(bytes, offset, from);
    }
    readings
}

/// Well formed, real dates, and every digit right.
fn agrees(text: &str) -> bool {
    Mrz::parse(text)
        .is_ok_and(|mrz| mrz.printed_birth().is_some() && mrz.printed_expiry().is_some() && mrz.digits().iter().all(|digit| digit.ok))
}

/// The format of a text whose fields are at fault, by its length alone.
fn fault_format(text: &str, problem: MrzProblem) -> Option<Format> {
    match (problem, text.len(), text.starts_with('V')) {
        (MrzProblem::Format, 92, _) => Some(Format::Td1),
        (MrzProblem::Format, 73, false) => Some(Format::Td2),
        (MrzProblem::Format, 73, true) => Some(Format::MrvB),
        (MrzProblem::Format, 89, false) => Some(Format::Td3),
        (MrzProblem::Format, 89, true) => Some(Format::MrvA),
        _ => None,
    }
}

fn kind(layout: &Layout, position: usize) -> Kind {
    let within = |span: Span| (span.start..span.end).contains(&position);
    let is = |place: Option<usize>| place == Some(position);
    if within(layout.code) || within(layout.state) || within(layout.names) || within(layout.nationality) || is(Some(layout.sex)) {
        Kind::Letter
    } else if within(layout.birth)
        || within(layout.expiry)
        || [Some(layout.number_digit), Some(layout.birth_digit), Some(layout.expiry_digit), layout.optional_digit, layout.composite]
            .into_iter()
            .any(is)
    {
        Kind::Digit
    } else {
        Kind::Any
    }
}

fn letter_for(byte: u8) -> Option<u8> {
    LOOK_ALIKES.iter().find(|(digit, _)| *digit == byte).and_then(|(_, letters)| letters.first()).copied()
}

fn digit_for(byte: u8) -> Option<u8> {
    LOOK_ALIKES.iter().find(|(_, letters)| letters.contains(&byte)).map(|(digit, _)| *digit)
}

fn either_for(byte: u8) -> impl Iterator<Item = u8> {
    let letters = LOOK_ALIKES.iter().filter(move |(digit, _)| *digit == byte).flat_map(|(_, letters)| letters.iter().copied());
    letters.chain(digit_for(byte))
}

fn put(bytes: &mut [u8], offset: usize, byte: u8) {
    if let Some(cell) = bytes.get_mut(offset) {
        *cell = byte;
    }
}

fn change(offset: usize, from: u8, to: u8) -> Change {
    Change { at: Span::new(offset, offset.saturating_add(1)), from: char::from(from), to: char::from(to) }
}
