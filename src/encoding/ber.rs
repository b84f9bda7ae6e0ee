//! Indefinite lengths (X.690 §8.1.3.6) rewritten to definite ones, for the one state whose chips use them. Nothing else of BER is let in:
//! definite lengths must be minimal all the same. Who may come with such an encoding is not decided here.

use alloc::vec::Vec;

use crate::base::limits;
use crate::encoding::der::DerFault;

/// Constructed bit of an identifier octet (X.690 §8.1.2.5).
const CONSTRUCTED: u8 = 0x20;
/// OCTET STRING, primitive and in pieces (X.690 §8.7.3).
const OCTET_STRING: u8 = 0x04;
const OCTET_STRING_IN_PIECES: u8 = OCTET_STRING | CONSTRUCTED;
/// Length octet that announces an end by marker.
const INDEFINITE: u8 = 0x80;

/// The same value with definite lengths and octet strings in one piece.
///
/// # Errors
/// [`DerFault`]: not even that, or nested deeper than [`limits::DER_DEPTH`].
///
/// ```
/// use eid_verifier::encoding::ber::definite;
/// let pieces = [0x24, 0x80, 0x04, 0x01, 0xAA, 0x04, 0x01, 0xBB, 0x00, 0x00];
/// assert_eq!(definite(&pieces), Ok(vec![0x04, 0x02, 0xAA, 0xBB]));
/// assert!(definite(&[0x04, 0x80, 0x00, 0x00]).is_err()); // a primitive value has a length
/// ```
pub fn definite(bytes: &[u8]) -> Result<Vec<u8>, DerFault> {
    let mut rest = bytes;
    let mut out = Vec::with_capacity(bytes.len());
    value(&mut rest, 0, &mut out)?;
    if rest.is_empty() { Ok(out) } else { Err(DerFault::Invalid) }
}

/// One value off the front of `rest`; the depth bounds the recursion.
fn value(rest: &mut &[u8], depth: usize, out: &mut Vec<u8>) -> Result<(), DerFault> {
    let tag = identifier(rest)?;
    let first = *tag.first().ok_or(DerFault::Invalid)?;
    let length = length(rest)?;
    if first & CONSTRUCTED == 0 {
        let contents = take(rest, length.ok_or(DerFault::Invalid)?)?;
        header(tag, contents.len(), out)?;
        out.extend_from_slice(contents);
        return Ok(());
    }
    if depth >= limits::DER_DEPTH {
        return Err(DerFault::TooDeep);
    }
    let mut contents = Vec::new();
    match length {
        Some(length) => {
            let mut children = take(rest, length)?;
            while !children.is_empty() {
                child(first, &mut children, depth, &mut contents)?;
            }
        }
        None => {
            while !rest.starts_with(&[0, 0]) {
                child(first, rest, depth, &mut contents)?;
            }
            take(rest, 2)?;
        }
    }
    if first == OCTET_STRING_IN_PIECES {
        header(&[OCTET_STRING], contents.len(), out)?
    } else {
        header(tag, contents.len(), out)?
    }
    out.extend_from_slice(&contents);
    Ok(())
}

/// A child; inside an octet string in pieces only its contents count.
fn child(parent: u8, rest: &mut &[u8], depth: usize, out: &mut Vec<u8>) -> Result<(), DerFault> {
    if parent != OCTET_STRING_IN_PIECES {
        return value(rest, depth.saturating_add(1), out);
    }
    if identifier(rest)? != [OCTET_STRING] {
        return Err(DerFault::Invalid);
    }
    let length = length(rest)?.ok_or(DerFault::Invalid)?;
    out.extend_from_slice(take(rest, length)?);
    Ok(())
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8], DerFault> {
    let (taken, left) = rest.split_at_checked(length).ok_or(DerFault::Invalid)?;
    *rest = left;
    Ok(taken)
}

/// Identifier octets; a long form of at most three bytes, which is more than any format here has.
fn identifier<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], DerFault> {
    let first = rest.first().ok_or(DerFault::Invalid)?;
    let more = if first & 0x1f == 0x1f {
        let tail = rest.get(1..).unwrap_or_default().iter().take(2).position(|b| b & 0x80 == 0).ok_or(DerFault::Invalid)?;
        tail.saturating_add(1)
    } else {
        0
    };
    take(rest, more.saturating_add(1))
}

/// Length octets, minimal; `None` for indefinite.
fn length(rest: &mut &[u8]) -> Result<Option<usize>, DerFault> {
    let first = *take(rest, 1)?.first().ok_or(DerFault::Invalid)?;
    if first < INDEFINITE {
        return Ok(Some(usize::from(first)));
    }
    if first == INDEFINITE {
        return Ok(None);
    }
    let octets = take(rest, usize::from(first & !INDEFINITE))?;
    if octets.len() > 4 || octets.first() == Some(&0) {
        return Err(DerFault::Invalid);
    }
    let length = octets.iter().fold(0_usize, |sum, octet| (sum << 8) | usize::from(*octet));
    if length < usize::from(INDEFINITE) { Err(DerFault::Invalid) } else { Ok(Some(length)) }
}

fn header(tag: &[u8], length: usize, out: &mut Vec<u8>) -> Result<(), DerFault> {
    out.extend_from_slice(tag);
    if let Ok(short) = u8::try_from(length)
        && short < INDEFINITE
    {
        out.push(short);
        return Ok(());
    }
    let octets = u32::try_from(length).map_err(|_| DerFault::Invalid)?.to_be_bytes();
    let significant = octets.iter().copied().skip_while(|octet| *octet == 0);
    let count = u8::try_from(significant.clone().count()).map_err(|_| DerFault::Invalid)?;
    out.push(INDEFINITE | count);
    out.extend(significant);
    Ok(())
}
