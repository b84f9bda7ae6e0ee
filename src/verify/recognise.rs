//! What an input is, by its first bytes: declared by nobody (contract §1). Formats that this build cannot judge yet are named, not called invalid.

use crate::base::limits;
use crate::base::split;
use crate::encoding::json;
use crate::verify::report::Format;

/// The texts, with their CBOR heads, that start the maps of ISO/IEC 18013-5 §8.3.2.1.2.2 (`DeviceResponse`, `Document`, `IssuerSigned`).
const MDOC_KEYS: [&[u8]; 6] = [b"\x67version", b"\x69documents", b"\x66status", b"\x67docType", b"\x6AnameSpaces", b"\x6AissuerAuth"];

/// The format of bytes that are no text; `None` for what looks like nothing that the contract knows.
pub fn of_bytes(bytes: &[u8]) -> Option<Format> {
    match bytes {
        // RFC 8949 §3.1: a short map
        [0xA1..=0xB7, rest @ ..] if MDOC_KEYS.iter().any(|key| rest.starts_with(key)) => Some(Format::Mdoc),
        // RFC 9052 §4.2, RFC 8392 §6: COSE_Sign1 with its tag, within the tag of a CWT, or bare with a protected header of a few bytes
        [0xD2, 0x84, ..] | [0xD8, 0x3D, 0xD2, 0x84, ..] | [0x84, 0x40..=0x57, 0xA1..=0xA3, ..] => Some(Format::Cwt169),
        // ICAO 9303-13 §2.3: magic byte, then the version
        [0xDC, 0x02 | 0x03, ..] => Some(Format::Vds),
        _ => None,
    }
}

/// The format of a text.
pub fn of_text(text: &str) -> Format {
    if text.starts_with('{') {
        // W3C Data Integrity secures documents of JSON-LD; every other JSON is a serialization that has no place here
        let is_document = text.len() <= limits::TOKEN && json::parse_object(text.as_bytes()).is_ok_and(|object| object.has("@context"));
        if is_document { Format::DataIntegrity } else { Format::Unknown }
    } else if split::first(text, b'~').is_some() {
        Format::SdJwtVc
    } else if split::first(text, b'.').is_some() {
        Format::Jwt
    } else {
        Format::Unknown
    }
}
