//! Data groups (ICAO Doc 9303-10 §4.7): admitted only by the digest that a verified security object holds for them, then read.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use der::asn1::ObjectIdentifier;

use crate::crypto::hash::HashId;
use crate::document::emrtd::security_object::SecurityObject;
use crate::document::emrtd::tlv::{self, DataObjects, InvalidTlv};
use crate::encoding::der::{Cursor, Element, scan};

/// Why data groups are not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupFault {
    /// The bytes do not have the digest that is signed.
    Mismatch(u8),
    /// No digest is signed for this group.
    Missing(u8),
}

/// Data groups whose bytes are those that were signed.
#[derive(Clone, Debug)]
pub struct DataGroups<'a> {
    admitted: Vec<(u8, &'a [u8])>,
}

impl<'a> DataGroups<'a> {
    /// Admits every group by its digest, or none: for `envelope::verified::Verified::admit_by_digest`.
    ///
    /// # Errors
    /// [`GroupFault`] of the first group at fault.
    pub fn admit(object: SecurityObject, groups: &[(u8, &'a [u8])]) -> Result<Self, GroupFault> {
        let mut admitted = Vec::with_capacity(groups.len());
        for (number, bytes) in groups {
            let digest = object.digest(*number).ok_or(GroupFault::Missing(*number))?;
            if object.hash.digest(bytes) != digest {
                return Err(GroupFault::Mismatch(*number));
            }
            admitted.push((*number, *bytes));
        }
        Ok(Self { admitted })
    }

    /// The bytes of a group.
    pub fn get(&self, number: u8) -> Option<&'a [u8]> {
        self.admitted.iter().find(|(known, _)| *known == number).map(|(_, bytes)| *bytes)
    }
}

/// The zone in DG1, with the line feeds that a chip leaves out (ICAO Doc 9303-10 §4.7.1).
///
/// # Errors
/// [`InvalidTlv`]: not DG1, not ASCII, or not the length of a zone.
pub fn zone(dg1: &[u8]) -> Result<String, InvalidTlv> {
    let cells = DataObjects::new(tlv::only(dg1, 0x61)?).find(0x5f1f)?;
    let width = match cells.len() {
        90 => 30, // TD1
        72 => 36, // TD2
        88 => 44, // TD3
        _ => return Err(InvalidTlv),
    };
    let mut text = String::with_capacity(cells.len().saturating_add(2));
    for line in cells.chunks(width) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(core::str::from_utf8(line).map_err(|_| InvalidTlv)?);
    }
    Ok(text)
}

/// How a portrait is coded. Recognised, never decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageKind {
    /// JPEG (ISO/IEC 10918-1).
    Jpeg,
    /// JPEG 2000 (ISO/IEC 15444-1), as a file or a bare code stream.
    Jpeg2000,
}

impl ImageKind {
    /// Media type (RFC 2046, RFC 3745).
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Jpeg2000 => "image/jp2",
        }
    }

    fn of(image: &[u8]) -> Option<Self> {
        if image.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if image.starts_with(JP2_SIGNATURE) || image.starts_with(&[0xff, 0x4f, 0xff, 0x51]) {
            Some(Self::Jpeg2000)
        } else {
            None
        }
    }
}

/// Signature box (ISO/IEC 15444-1 §I.5.1).
const JP2_SIGNATURE: &[u8] = &[0, 0, 0, 12, b'j', b'P', b' ', b' ', 13, 10, 0x87, 10];
/// Format identifier of a facial record (ISO/IEC 19794-5:2005 §5.4.1).
const FACIAL_RECORD: &[u8] = b"FAC\0";
/// Bytes before the first record; before its feature points; of one feature point; between those and the image (ISO/IEC 19794-5:2005 §5.4–5.7).
const FACIAL_HEADER: usize = 14;
const FACIAL_INFORMATION: usize = 20;
const FEATURE_POINT: usize = 8;
const IMAGE_INFORMATION: usize = 12;

/// A portrait: where it is, not what it shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Portrait<'a> {
    /// How it is coded.
    pub kind: ImageKind,
    /// The coded image.
    pub image: &'a [u8],
}

impl core::fmt::Debug for Portrait<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Portrait({:?}, {} bytes)", self.kind, self.image.len())
    }
}

impl Portrait<'_> {
    /// First byte and one past the last, in the data group that it was read from.
    pub fn place_in(&self, dg2: &[u8]) -> Option<(usize, usize)> {
        let start = self.image.as_ptr().addr().checked_sub(dg2.as_ptr().addr())?;
        let end = start.checked_add(self.image.len())?;
        (end <= dg2.len()).then_some((start, end))
    }
}

/// The first portrait in DG2 (ICAO Doc 9303-10 §4.7.2).
///
/// # Errors
/// [`InvalidTlv`]: not DG2, or nothing in it that is a JPEG or JPEG 2000 image in a facial record.
pub fn portrait(dg2: &[u8]) -> Result<Portrait<'_>, InvalidTlv> {
    let group = DataObjects::new(tlv::only(dg2, 0x75)?).find(0x7f61)?;
    let template = DataObjects::new(group).find(0x7f60)?;
    let block = DataObjects::new(template).find(0x5f2e).or_else(|_| DataObjects::new(template).find(0x7f2e))?;
    let image = image(block).ok_or(InvalidTlv)?;
    ImageKind::of(image).map(|kind| Portrait { kind, image }).ok_or(InvalidTlv)
}

fn image(block: &[u8]) -> Option<&[u8]> {
    let record = block.strip_prefix(FACIAL_RECORD)?;
    let record = record.get(FACIAL_HEADER.checked_sub(FACIAL_RECORD.len())?..)?;
    let length = u32::from_be_bytes(record.get(..4)?.try_into().ok()?);
    let points = u16::from_be_bytes(record.get(4..6)?.try_into().ok()?);
    let start = usize::from(points).checked_mul(FEATURE_POINT)?.checked_add(FACIAL_INFORMATION)?.checked_add(IMAGE_INFORMATION)?;
    let end = usize::try_from(length).ok()?.min(record.len()); // some records count short or long: the data object has the last word
    record.get(start..end).filter(|image| !image.is_empty()).or_else(|| record.get(start..))
}

/// Fields of DG11 and DG12 that are text (ICAO Doc 9303-10 §4.7.11, §4.7.12).
const TEXTS: [(u8, u32, &str); 16] = [
    (11, 0x5f0e, "full_name"),
    (11, 0x5f10, "personal_number"),
    (11, 0x5f2b, "full_birthdate"),
    (11, 0x5f11, "place_of_birth"),
    (11, 0x5f42, "address"),
    (11, 0x5f12, "telephone"),
    (11, 0x5f13, "profession"),
    (11, 0x5f14, "title"),
    (11, 0x5f15, "personal_summary"),
    (11, 0x5f18, "custody"),
    (12, 0x5f19, "issuing_authority"),
    (12, 0x5f26, "issued_on"),
    (12, 0x5f1b, "endorsements"),
    (12, 0x5f1c, "tax_exit_requirements"),
    (12, 0x5f55, "personalised_at"),
    (12, 0x5f56, "personalisation_system"),
];

/// Full date of birth, date of issue.
const DATES: [u32; 2] = [0x5f2b, 0x5f26];

/// `YYYY-MM-DD` from eight digits, as text or, in older documents, four bytes of two digits each (ICAO Doc 9303-10 §4.7.11, §4.7.12); unknown parts are 00.
fn date(value: &[u8]) -> Option<String> {
    let digits: Vec<u8> = match value.len() {
        4 => value.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| digit.wrapping_add(b'0')).collect(),
        _ => value.to_vec(),
    };
    let text = core::str::from_utf8(&digits).ok().filter(|text| text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()))?;
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    Some([year, month, day].join("-"))
}

/// The texts of DG11 or DG12, name and value; what is not UTF-8 is left out.
///
/// # Errors
/// [`InvalidTlv`]: not that group.
pub fn texts(number: u8, group: &[u8]) -> Result<Vec<(&'static str, String)>, InvalidTlv> {
    let tag = match number {
        11 => 0x6b,
        12 => 0x6c,
        _ => return Err(InvalidTlv),
    };
    let mut texts = Vec::new();
    for object in DataObjects::new(tlv::only(group, tag)?) {
        let object = object?;
        let name = TEXTS.iter().find(|(of, tag, _)| *of == number && *tag == object.tag).map(|(.., name)| *name);
        let value = if DATES.contains(&object.tag) { date(object.value) } else { None };
        let value = value.or_else(|| core::str::from_utf8(object.value).ok().map(ToOwned::to_owned));
        if let (Some(name), Some(value)) = (name, value) {
            texts.push((name, value));
        }
    }
    Ok(texts)
}

/// The contents of DG13, which is the issuing state's own (ICAO Doc 9303-10 §4.7.13).
///
/// # Errors
/// [`InvalidTlv`]: not DG13.
pub fn optional_details(dg13: &[u8]) -> Result<&[u8], InvalidTlv> {
    tlv::only(dg13, 0x6d)
}

/// Security protocols in one chip; the most seen is nine.
const MAX_PROTOCOLS: usize = 64;

/// The protocols that DG14 announces, by object identifier (ICAO Doc 9303-11 §9.2).
///
/// # Errors
/// [`InvalidTlv`]: not DG14.
pub fn protocols(dg14: &[u8]) -> Result<Vec<ObjectIdentifier>, InvalidTlv> {
    Ok(security_infos(dg14)?.into_iter().map(|(protocol, _)| protocol).collect())
}

/// Each `SecurityInfo` of DG14: its protocol, and what follows.
fn security_infos(dg14: &[u8]) -> Result<Vec<(ObjectIdentifier, Cursor<'_>)>, InvalidTlv> {
    let bytes = tlv::only(dg14, 0x6e)?;
    scan(bytes).map_err(|_| InvalidTlv)?;
    let mut set = Element::only(bytes).and_then(|e| e.tagged(der::Tag::Set)?.contents()).map_err(|_| InvalidTlv)?;
    let mut infos = Vec::new();
    while !set.is_finished() && infos.len() < MAX_PROTOCOLS {
        let mut info = set.sequence().map_err(|_| InvalidTlv)?;
        infos.push((info.any().and_then(Element::oid).map_err(|_| InvalidTlv)?, info));
    }
    Ok(infos)
}

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

/// `id-icao-mrtd-security-aaProtocolObject` (ICAO Doc 9303-11 §9.2.1)
const ACTIVE_AUTHENTICATION: ObjectIdentifier = oid("2.23.136.1.1.5");
/// `ecdsa-plain-SHA1` to `ecdsa-plain-SHA512` (BSI TR-03111 §5.2.1.1); `…6`, with RIPEMD-160, is no digest here.
const PLAIN_ECDSA: [(ObjectIdentifier, HashId); 5] = [
    (oid("0.4.0.127.0.7.1.1.4.1.1"), HashId::Sha1),
    (oid("0.4.0.127.0.7.1.1.4.1.2"), HashId::Sha224),
    (oid("0.4.0.127.0.7.1.1.4.1.3"), HashId::Sha256),
    (oid("0.4.0.127.0.7.1.1.4.1.4"), HashId::Sha384),
    (oid("0.4.0.127.0.7.1.1.4.1.5"), HashId::Sha512),
];

/// The digest under an ECDSA answer, as `ActiveAuthenticationInfo` in DG14 names it (ICAO Doc 9303-11 §9.2.1): `None` where DG14 has none of version 1,
/// `Some(None)` where it names something else than plain ECDSA with a digest.
///
/// # Errors
/// [`InvalidTlv`]: not DG14.
pub fn active_authentication_hash(dg14: &[u8]) -> Result<Option<Option<HashId>>, InvalidTlv> {
    for (protocol, mut info) in security_infos(dg14)? {
        if protocol == ACTIVE_AUTHENTICATION && info.any().and_then(Element::small).map_err(|_| InvalidTlv)? == 1 {
            let algorithm = info.any().and_then(Element::oid).map_err(|_| InvalidTlv)?;
            return Ok(Some(PLAIN_ECDSA.iter().find(|(known, _)| *known == algorithm).map(|(_, hash)| *hash)));
        }
    }
    Ok(None)
}

/// The public key of active authentication in DG15, `SubjectPublicKeyInfo` (ICAO Doc 9303-11 §6.1).
///
/// # Errors
/// [`InvalidTlv`]: not DG15.
pub fn active_authentication_key(dg15: &[u8]) -> Result<Element<'_>, InvalidTlv> {
    let bytes = tlv::only(dg15, 0x6f)?;
    scan(bytes).map_err(|_| InvalidTlv)?;
    Element::only(bytes).and_then(|e| e.tagged(der::Tag::Sequence)).map_err(|_| InvalidTlv)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::as_conversions, clippy::arithmetic_side_effects)]
    use super::*;

    #[test]
    fn a_zone_gets_its_line_feeds_back() {
        let mut dg1 = alloc::vec![0x61, 91, 0x5f, 0x1f, 88];
        dg1.extend_from_slice(&[b'<'; 88]);
        let text = zone(&dg1).unwrap();
        assert_eq!((text.len(), text.find('\n')), (89, Some(44)));
        dg1.push(0);
        assert!(zone(&dg1).is_err());
    }

    #[test]
    fn dates_of_dg11_and_dg12_are_written_one_way() {
        let read = |value: &[u8]| texts(12, &[&[0x6c, 3 + value.len() as u8, 0x5f, 0x26, value.len() as u8], value].concat()).unwrap();
        for value in [&b"20210403"[..], &[0x20, 0x21, 0x04, 0x03]] {
            assert_eq!(read(value), [("issued_on", "2021-04-03".to_owned())]);
        }
        assert_eq!(read(b"APRIL 2021"), [("issued_on", "APRIL 2021".to_owned())]);
    }

    #[test]
    fn a_length_beyond_the_file_is_refused() {
        assert!(zone(&[0x61, 0x84, 0xff, 0xff, 0xff, 0xff]).is_err());
        assert!(portrait(&[0x75, 0x03, 0x7f, 0x61, 0x7f]).is_err());
    }
}
