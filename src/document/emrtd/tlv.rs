//! Data objects of a chip's files (ISO/IEC 7816-4 §6.3, ICAO Doc 9303-10 §4.6): tags of one or two bytes, definite lengths of up to four bytes, not
//! necessarily the shortest. Bytes are covered by a digest, so a second spelling is no forgery here.

/// The file is not a sequence of data objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidTlv;

/// A data object: its tag and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataObject<'a> {
    /// `0x61`, `0x5F1F`, …
    pub tag: u32,
    /// The value.
    pub value: &'a [u8],
}

/// The data objects of one level, one after the other; stops at the first fault.
#[derive(Clone, Debug)]
pub struct DataObjects<'a> {
    rest: &'a [u8],
}

impl<'a> DataObjects<'a> {
    /// Over the bytes of one level.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The value of the first object with this tag on this level.
    ///
    /// # Errors
    /// [`InvalidTlv`], also where there is none.
    pub fn find(self, tag: u32) -> Result<&'a [u8], InvalidTlv> {
        for object in self {
            let object = object?;
            if object.tag == tag {
                return Ok(object.value);
            }
        }
        Err(InvalidTlv)
    }
}

impl<'a> Iterator for DataObjects<'a> {
    type Item = Result<DataObject<'a>, InvalidTlv>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        match split(self.rest) {
            Some((object, rest)) => {
                self.rest = rest;
                Some(Ok(object))
            }
            None => {
                self.rest = &[];
                Some(Err(InvalidTlv))
            }
        }
    }
}

/// The one data object that a file is: tag as expected, nothing after it.
///
/// # Errors
/// [`InvalidTlv`].
///
/// ```
/// use eid_verifier::document::emrtd::tlv::only;
/// assert_eq!(only(&[0x61, 0x03, 0x5F, 0x1F, 0x00], 0x61).unwrap(), [0x5F, 0x1F, 0x00]);
/// assert!(only(&[0x61, 0x00, 0x00], 0x61).is_err());
/// ```
pub fn only(bytes: &[u8], tag: u32) -> Result<&[u8], InvalidTlv> {
    let (object, rest) = split(bytes).ok_or(InvalidTlv)?;
    if object.tag == tag && rest.is_empty() { Ok(object.value) } else { Err(InvalidTlv) }
}

fn split(bytes: &[u8]) -> Option<(DataObject<'_>, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let (tag, rest) = if first & 0x1f == 0x1f {
        let (second, rest) = rest.split_first()?;
        if second & 0x80 != 0 {
            return None; // no file of a chip has a tag of three bytes
        }
        ((u32::from(*first) << 8) | u32::from(*second), rest)
    } else {
        (u32::from(*first), rest)
    };
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (octets, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (octets.iter().fold(0_usize, |sum, octet| (sum << 8) | usize::from(*octet)), rest)
        }
        0x80 | 0x85..=0xff => return None,
    };
    let (value, rest) = rest.split_at_checked(length)?;
    Some((DataObject { tag, value }, rest))
}
