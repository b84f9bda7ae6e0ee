//! DER values (X.690 §8, §10, §11): a thin cursor on the `der` crate that keeps the bytes of every value as they were received.
//!
//! Signed bytes are never re-encoded here: what a signature covers is a slice of the input. [`scan`] walks a whole encoding once, without recursion,
//! before anything is read from it, so that depth and lengths are known to be sound; everything after that is shallow.

use alloc::vec::Vec;

use der::asn1::{AnyRef, BitStringRef, GeneralizedTime, ObjectIdentifier, UtcTime};
use der::{Decode as _, Header, Reader as _, SliceReader, Tag, TagNumber};

use crate::base::UnixTime;
use crate::base::limits;

/// What is wrong with an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DerFault {
    /// Not the distinguished encoding: a length that does not fit, is indefinite or not minimal, a tag out of place, bytes left over.
    Invalid,
    /// Nested deeper than [`limits::DER_DEPTH`].
    TooDeep,
}

impl From<der::Error> for DerFault {
    fn from(_: der::Error) -> Self {
        Self::Invalid
    }
}

/// `[number]`, constructed.
pub const fn context(number: u32) -> Tag {
    Tag::ContextSpecific { constructed: true, number: TagNumber(number) }
}

/// `[number]`, primitive.
pub const fn context_primitive(number: u32) -> Tag {
    Tag::ContextSpecific { constructed: false, number: TagNumber(number) }
}

/// `[APPLICATION number]`, constructed.
pub const fn application(number: u32) -> Tag {
    Tag::Application { constructed: true, number: TagNumber(number) }
}

/// Walks one whole value, without recursion: every length fits into its parent, every length is definite and minimal, the depth is bounded, nothing follows.
///
/// # Errors
/// [`DerFault`]; the first fault decides.
///
/// ```
/// use eid_verifier::encoding::der::{DerFault, scan};
/// assert_eq!(scan(&[0x30, 0x03, 0x02, 0x01, 0x05]), Ok(()));
/// assert_eq!(scan(&[0x30, 0x80, 0x00, 0x00]), Err(DerFault::Invalid)); // indefinite
/// assert_eq!(scan(&[0x30, 0x81, 0x00]), Err(DerFault::Invalid)); // two spellings of one length
/// ```
pub fn scan(bytes: &[u8]) -> Result<(), DerFault> {
    let mut reader = SliceReader::new(bytes)?;
    let mut ends: Vec<u32> = Vec::with_capacity(limits::DER_DEPTH);
    let mut first = true;
    loop {
        let position = u32::from(reader.position());
        while ends.last() == Some(&position) {
            ends.pop();
        }
        if ends.is_empty() && !first {
            return if reader.is_finished() { Ok(()) } else { Err(DerFault::Invalid) };
        }
        first = false;
        let header = Header::decode(&mut reader)?;
        let end = position_after(&reader, header.length())?;
        if ends.last().is_some_and(|parent| end > *parent) {
            return Err(DerFault::Invalid);
        }
        if header.is_constructed() {
            if ends.len() >= limits::DER_DEPTH {
                return Err(DerFault::TooDeep);
            }
            if header.length() > reader.remaining_len() {
                return Err(DerFault::Invalid);
            }
            ends.push(end);
        } else {
            reader.read_slice(header.length())?;
        }
    }
}

fn position_after(reader: &SliceReader<'_>, length: der::Length) -> Result<u32, DerFault> {
    u32::from(reader.position()).checked_add(u32::from(length)).ok_or(DerFault::Invalid)
}

/// One value: its tag, its contents, and both with the header as received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    tag: Tag,
    value: &'a [u8],
    raw: &'a [u8],
}

impl<'a> Element<'a> {
    /// The one value that `bytes` is; nothing may follow.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn only(bytes: &'a [u8]) -> Result<Self, DerFault> {
        let mut cursor = Cursor::new(bytes)?;
        let element = cursor.any()?;
        cursor.finish()?;
        Ok(element)
    }

    /// The tag.
    pub const fn tag(&self) -> Tag {
        self.tag
    }

    /// The contents.
    pub const fn value(&self) -> &'a [u8] {
        self.value
    }

    /// Header and contents, as received.
    pub const fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// The same value, if it has this tag.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn tagged(self, tag: Tag) -> Result<Self, DerFault> {
        if self.tag == tag { Ok(self) } else { Err(DerFault::Invalid) }
    }

    /// A cursor over the contents.
    ///
    /// # Errors
    /// [`DerFault::Invalid`] for contents above what a reader can hold.
    pub fn contents(&self) -> Result<Cursor<'a>, DerFault> {
        Cursor::new(self.value)
    }

    /// The contents as a SEQUENCE.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn sequence(self) -> Result<Cursor<'a>, DerFault> {
        self.tagged(Tag::Sequence)?.contents()
    }

    /// OBJECT IDENTIFIER.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn oid(self) -> Result<ObjectIdentifier, DerFault> {
        Ok(self.any()?.decode_as::<ObjectIdentifier>()?)
    }

    /// INTEGER, not negative, big-endian without leading zeros (zero is one zero byte).
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn unsigned(self) -> Result<&'a [u8], DerFault> {
        let bytes = self.tagged(Tag::Integer)?.value;
        match bytes {
            [] => Err(DerFault::Invalid),
            [0] => Ok(bytes),
            [0, rest @ ..] if rest.first().is_some_and(|b| b & 0x80 != 0) => Ok(rest),
            [0, ..] => Err(DerFault::Invalid),
            [first, ..] if first & 0x80 == 0 => Ok(bytes),
            [..] => Err(DerFault::Invalid),
        }
    }

    /// INTEGER that fits into 32 bits, not negative.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn small(self) -> Result<u32, DerFault> {
        Ok(self.any()?.decode_as::<u32>()?)
    }

    /// BOOLEAN.
    ///
    /// # Errors
    /// [`DerFault::Invalid`]: also for a truth value other than FF (X.690 §11.1).
    pub fn boolean(self) -> Result<bool, DerFault> {
        Ok(self.any()?.decode_as::<bool>()?)
    }

    /// OCTET STRING.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn octets(self) -> Result<&'a [u8], DerFault> {
        Ok(self.tagged(Tag::OctetString)?.value)
    }

    /// BIT STRING of whole bytes.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn bit_string(self) -> Result<&'a [u8], DerFault> {
        self.any()?.decode_as::<BitStringRef<'a>>()?.as_bytes().ok_or(DerFault::Invalid)
    }

    /// BIT STRING with named bits (X.680 §22.7): the first byte, which holds bits 0 to 7.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn named_bits(self) -> Result<u8, DerFault> {
        Ok(self.any()?.decode_as::<BitStringRef<'a>>()?.raw_bytes().first().copied().unwrap_or(0))
    }

    /// `Time` of RFC 5280 §4.1.2.5: UTCTime or GeneralizedTime, in seconds, with `Z`.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn time(self) -> Result<UnixTime, DerFault> {
        let any = self.any()?;
        let duration = if self.tag == Tag::UtcTime {
            any.decode_as::<UtcTime>()?.to_unix_duration()
        } else {
            any.decode_as::<GeneralizedTime>()?.to_unix_duration()
        };
        i64::try_from(duration.as_secs()).map(UnixTime).map_err(|_| DerFault::Invalid)
    }

    fn any(self) -> Result<AnyRef<'a>, DerFault> {
        Ok(AnyRef::new(self.tag, self.value)?)
    }
}

/// A cursor over the values of one level.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    reader: SliceReader<'a>,
}

impl<'a> Cursor<'a> {
    /// A cursor over `bytes`.
    ///
    /// # Errors
    /// [`DerFault::Invalid`] for more bytes than a reader can hold (256 MiB).
    pub fn new(bytes: &'a [u8]) -> Result<Self, DerFault> {
        Ok(Self { reader: SliceReader::new(bytes)? })
    }

    /// Nothing left?
    pub fn is_finished(&self) -> bool {
        self.reader.is_finished()
    }

    /// The next value, whatever it is.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn any(&mut self) -> Result<Element<'a>, DerFault> {
        let raw = self.reader.tlv_bytes()?;
        let mut inner = SliceReader::new(raw)?;
        let header = Header::decode(&mut inner)?;
        let value = inner.read_slice(header.length())?;
        Ok(Element { tag: header.tag(), value, raw })
    }

    /// The next value, which must have this tag.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn tagged(&mut self, tag: Tag) -> Result<Element<'a>, DerFault> {
        self.any()?.tagged(tag)
    }

    /// The next value, if it has this tag.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn optional(&mut self, tag: Tag) -> Result<Option<Element<'a>>, DerFault> {
        if !self.reader.is_finished() && Tag::peek(&self.reader)? == tag { self.any().map(Some) } else { Ok(None) }
    }

    /// A cursor over the SEQUENCE that comes next.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn sequence(&mut self) -> Result<Self, DerFault> {
        self.any()?.sequence()
    }

    /// Nothing may follow.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn finish(self) -> Result<(), DerFault> {
        if self.reader.is_finished() { Ok(()) } else { Err(DerFault::Invalid) }
    }
}

/// `AlgorithmIdentifier` (RFC 5280 §4.1.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlgorithmIdentifier<'a> {
    /// Which algorithm.
    pub oid: ObjectIdentifier,
    /// Its parameters, if there are any.
    pub parameters: Option<Element<'a>>,
}

impl<'a> AlgorithmIdentifier<'a> {
    /// Reads the SEQUENCE.
    ///
    /// # Errors
    /// [`DerFault::Invalid`].
    pub fn read(element: Element<'a>) -> Result<Self, DerFault> {
        let mut cursor = element.sequence()?;
        let oid = cursor.any()?.oid()?;
        let parameters = if cursor.is_finished() { None } else { Some(cursor.any()?) };
        cursor.finish()?;
        Ok(Self { oid, parameters })
    }

    /// No parameters, or NULL: both spellings occur for digests and RSA (RFC 4055 §2.1, RFC 5754 §2).
    pub fn has_no_parameters(&self) -> bool {
        self.parameters.is_none_or(|p| p.tag() == Tag::Null && p.value().is_empty())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use alloc::vec;

    use super::*;

    fn nested(depth: usize) -> Vec<u8> {
        let mut bytes = vec![0x05, 0x00];
        for _ in 0..depth {
            let mut outer = vec![0x30, 0x82];
            outer.extend_from_slice(&u16::try_from(bytes.len()).unwrap().to_be_bytes());
            if bytes.len() < 128 {
                outer = vec![0x30, u8::try_from(bytes.len()).unwrap()];
            } else if bytes.len() < 256 {
                outer = vec![0x30, 0x81, u8::try_from(bytes.len()).unwrap()];
            }
            outer.extend_from_slice(&bytes);
            bytes = outer;
        }
        bytes
    }

    #[test]
    fn depth_is_bounded_and_the_bound_itself_passes() {
        assert_eq!(scan(&nested(limits::DER_DEPTH)), Ok(()));
        assert_eq!(scan(&nested(limits::DER_DEPTH + 1)), Err(DerFault::TooDeep));
    }

    #[test]
    fn a_child_may_not_reach_beyond_its_parent() {
        assert_eq!(scan(&[0x30, 0x04, 0x30, 0x03, 0x02, 0x01, 0x05]), Err(DerFault::Invalid));
        assert_eq!(scan(&[0x30, 0x03, 0x02, 0x02, 0x05]), Err(DerFault::Invalid));
        assert_eq!(scan(&[0x30, 0x00, 0x00]), Err(DerFault::Invalid));
        assert_eq!(scan(&[]), Err(DerFault::Invalid));
    }

    #[test]
    fn integers_have_one_spelling() {
        let unsigned = |bytes: &'static [u8]| Element::only(bytes).unwrap().unsigned();
        assert_eq!(unsigned(&[2, 2, 0, 0x80]), Ok(&[0x80][..]));
        assert_eq!(unsigned(&[2, 1, 0]), Ok(&[0][..]));
        assert_eq!(unsigned(&[2, 2, 0, 0x7f]), Err(DerFault::Invalid));
        assert_eq!(unsigned(&[2, 1, 0x80]), Err(DerFault::Invalid));
        assert_eq!(unsigned(&[2, 0]), Err(DerFault::Invalid));
    }
}
