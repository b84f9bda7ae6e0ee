//! CBOR, strictly (RFC 8949): definite lengths only, labels that are integers or text, none of them twice, nesting and items bounded, nothing after the end.
//!
//! `minicbor` reads the heads; what it leaves to its caller is closed here. Bytes and text are borrowed, so that a list of 16 MiB is read without a copy.

use alloc::boxed::Box;
use alloc::vec::Vec;

use minicbor::data::Type;
use minicbor::decode::{Decoder, Error};

use crate::base::Problem;

/// Nesting of containers and tags; a Status List Token needs 4.
pub const DEPTH: usize = 16;
/// Items of one text: each costs memory, however few bytes it takes. A Status List Token needs about 20.
pub const ITEMS: usize = 1024;

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cbor<'a> {
    /// An integer.
    Int(i64),
    /// A byte string.
    Bytes(&'a [u8]),
    /// A text string.
    Text(&'a str),
    /// An array.
    Array(Vec<Cbor<'a>>),
    /// A map, its labels in the order received.
    Map(Vec<(Label<'a>, Cbor<'a>)>),
    /// A tag and what it is put on.
    Tagged(u64, Box<Cbor<'a>>),
    /// Read over: floating point, `true`, `false`, `null`, `undefined`.
    Other,
}

/// The label of a map's entry, as COSE and CWT use them (RFC 9052 §1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label<'a> {
    /// A number.
    Int(i64),
    /// A word.
    Text(&'a str),
}

impl<'a> Cbor<'a> {
    /// The entry of a map; `None` where this is none, or has none of that label.
    pub fn get(&self, label: Label<'_>) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.iter().find(|(known, _)| *known == label).map(|(_, value)| value),
            Self::Int(_) | Self::Bytes(_) | Self::Text(_) | Self::Array(_) | Self::Tagged(..) | Self::Other => None,
        }
    }

    /// The integer, if it is one.
    pub const fn as_int(&self) -> Option<i64> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }

    /// The text, if it is one.
    pub const fn as_text(&self) -> Option<&'a str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The bytes, if it is a byte string.
    pub const fn as_bytes(&self) -> Option<&'a [u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }
}

/// Reads one item, which must be all there is.
///
/// # Errors
/// [`Problem::Structure`] for what is no CBOR, is of indefinite length, or goes on; [`Problem::DuplicateKey`], [`Problem::TooDeep`],
/// [`Problem::TooLarge`] above [`ITEMS`], [`Problem::Number`] for an integer beyond 64 bits with sign.
///
/// ```
/// use eid_verifier::encoding::cbor::{Cbor, Label, parse};
/// let map = parse(&[0xa1, 0x01, 0x26])?;
/// assert_eq!(map.get(Label::Int(1)), Some(&Cbor::Int(-7)));
/// assert!(parse(&[0xbf, 0x01, 0x26, 0xff]).is_err()); // indefinite length is a second spelling
/// # Ok::<(), eid_verifier::base::Problem>(())
/// ```
pub fn parse(bytes: &[u8]) -> Result<Cbor<'_>, Problem> {
    let mut reader = Reader { decoder: Decoder::new(bytes), left: ITEMS };
    let item = reader.item(0)?;
    if reader.decoder.position() == bytes.len() { Ok(item) } else { Err(Problem::Structure) }
}

struct Reader<'a> {
    decoder: Decoder<'a>,
    left: usize,
}

fn structure(_: Error) -> Problem {
    Problem::Structure
}

impl<'a> Reader<'a> {
    fn item(&mut self, depth: usize) -> Result<Cbor<'a>, Problem> {
        self.left = self.left.checked_sub(1).ok_or(Problem::TooLarge)?;
        let deeper = depth.checked_add(1).filter(|depth| *depth <= DEPTH).ok_or(Problem::TooDeep);
        match self.decoder.datatype().map_err(structure)? {
            Type::U8 | Type::U16 | Type::U32 | Type::U64 | Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Int => {
                let number = self.decoder.int().map_err(structure)?;
                i64::try_from(i128::from(number)).map(Cbor::Int).map_err(|_| Problem::Number)
            }
            Type::Bytes => self.decoder.bytes().map(Cbor::Bytes).map_err(structure),
            Type::String => self.decoder.str().map(Cbor::Text).map_err(structure),
            Type::Array => {
                let deeper = deeper?;
                let count = self.decoder.array().map_err(structure)?.ok_or(Problem::Structure)?;
                let mut items = Vec::new();
                for _ in 0..count {
                    items.push(self.item(deeper)?);
                }
                Ok(Cbor::Array(items))
            }
            Type::Map => self.map(deeper?),
            Type::Tag => {
                let tag = self.decoder.tag().map_err(structure)?;
                Ok(Cbor::Tagged(tag.as_u64(), Box::new(self.item(deeper?)?)))
            }
            Type::F16 | Type::F32 | Type::F64 | Type::Bool | Type::Null | Type::Undefined => {
                self.decoder.skip().map_err(structure)?;
                Ok(Cbor::Other)
            }
            Type::Simple | Type::BytesIndef | Type::StringIndef | Type::ArrayIndef | Type::MapIndef | Type::Break | Type::Unknown(_) => {
                Err(Problem::Structure)
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Cbor<'a>, Problem> {
        let count = self.decoder.map().map_err(structure)?.ok_or(Problem::Structure)?;
        let mut entries: Vec<(Label<'a>, Cbor<'a>)> = Vec::new();
        for _ in 0..count {
            let label = match self.item(depth)? {
                Cbor::Int(number) => Label::Int(number),
                Cbor::Text(text) => Label::Text(text),
                Cbor::Bytes(_) | Cbor::Array(_) | Cbor::Map(_) | Cbor::Tagged(..) | Cbor::Other => return Err(Problem::Structure),
            };
            if entries.iter().any(|(known, _)| *known == label) {
                return Err(Problem::DuplicateKey);
            }
            let value = self.item(depth)?;
            entries.push((label, value));
        }
        Ok(Cbor::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use alloc::vec;

    #[test]
    fn what_is_one_item_is_read() {
        let read = parse(&[0xa3, 0x01, 0x38, 0x63, 0x61, b'a', 0x42, 1, 2, 0x20, 0x82, 0x61, b'x', 0xd2, 0xf6]).unwrap();
        assert_eq!(read.get(Label::Int(1)), Some(&Cbor::Int(-100)));
        assert_eq!(read.get(Label::Text("a")).and_then(Cbor::as_bytes), Some(&[1, 2][..]));
        assert_eq!(read.get(Label::Int(-1)), Some(&Cbor::Array(vec![Cbor::Text("x"), Cbor::Tagged(18, Box::new(Cbor::Other))])));
        for other in [&[0xf4][..], &[0xf7], &[0xf9, 0x3c, 0], &[0xfa, 0, 0, 0, 0], &[0xfb, 0, 0, 0, 0, 0, 0, 0, 0]] {
            assert_eq!(parse(other), Ok(Cbor::Other));
        }
    }

    #[test]
    fn what_is_not_is_refused() {
        let rows: [(&[u8], Problem); 21] = [
            (&[], Problem::Structure),
            (&[0x01, 0x01], Problem::Structure), // goes on
            (&[0x9f, 0xff], Problem::Structure), // indefinite lengths
            (&[0xbf, 0xff], Problem::Structure),
            (&[0x5f, 0x41, 0, 0xff], Problem::Structure),
            (&[0x7f, 0x61, b'a', 0xff], Problem::Structure),
            (&[0xff], Problem::Structure),
            (&[0x82, 0x01], Problem::Structure), // cut short
            (&[0x42, 0x01], Problem::Structure),
            (&[0x1c], Problem::Structure), // reserved
            (&[0xfc], Problem::Structure),
            (&[0xe0], Problem::Structure),             // simple values without a meaning
            (&[0x61, 0xff], Problem::Structure),       // no UTF-8
            (&[0xa1, 0x41, 0, 0], Problem::Structure), // labels of another type
            (&[0xa1, 0xf5, 0], Problem::Structure),
            (&[0xa2, 0x01, 0, 0x01, 0], Problem::DuplicateKey),
            (&[0xa2, 0x01, 0, 0x18, 0x01, 0], Problem::DuplicateKey), // the same number, spelt longer
            (&[0xa2, 0x61, b'a', 0, 0x61, b'a', 0], Problem::DuplicateKey),
            (&[0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Problem::Number),
            (&[0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Problem::Number),
            (&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Problem::Structure), // promises more than there is
        ];
        for (bytes, problem) in rows {
            assert_eq!(parse(bytes), Err(problem), "{bytes:x?}");
        }
    }

    #[test]
    fn depth_and_items_are_bounded() {
        for opening in [0x81, 0xd2] {
            let mut nested = vec![opening; DEPTH];
            nested.push(0);
            assert!(parse(&nested).is_ok());
            nested.insert(0, opening);
            assert_eq!(parse(&nested), Err(Problem::TooDeep));
            assert_eq!(parse(&vec![opening; 100_000]), Err(Problem::TooDeep));
        }
        let many = |count: u16| {
            let mut bytes = vec![0x99];
            bytes.extend(count.to_be_bytes());
            bytes.extend(vec![0; usize::from(count)]);
            bytes
        };
        assert!(parse(&many(1023)).is_ok());
        assert_eq!(parse(&many(1024)), Err(Problem::TooLarge));
    }
}
