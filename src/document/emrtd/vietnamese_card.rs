//! DG13 of a Vietnamese identity card: what the card prints, in Vietnamese letters, as numbered fields.
//!
//! ICAO Doc 9303-10 §4.7.13 leaves DG13 to the issuing state, and Viet Nam has published no description. As independent open readers of real cards agree:
//! a field is a SEQUENCE of its number (INTEGER) and its text or texts, somewhere inside the group. Whatever else stands there is left out.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::document::emrtd::tlv::DataObjects;

/// Fields by their numbers; 13 holds the names of father and mother, in this order.
const NAMES: [(u8, &str); 14] = [
    (1, "number"),
    (2, "name"),
    (3, "birthdate"),
    (4, "gender"),
    (5, "nationality"),
    (6, "ethnicity"),
    (7, "religion"),
    (8, "place_of_origin"),
    (9, "place_of_residence"),
    (10, "identifying_features"),
    (11, "issued_on"),
    (12, "expires_on"),
    (13, "family"),
    (16, "former_number"),
];
/// Levels of nesting; open readers see three.
const DEEPEST: usize = 8;
/// Fields of one card; the most seen is sixteen.
const MOST_FIELDS: usize = 64;

const SEQUENCE: u32 = 0x30;
const INTEGER: u32 = 0x02;
const UTF8_STRING: u32 = 0x0c;
const PRINTABLE_STRING: u32 = 0x13;

/// The fields of the contents of DG13, in their order: name and texts as they stand. Empty if there are none.
pub fn fields(contents: &[u8]) -> Vec<(&'static str, Vec<String>)> {
    let mut fields = Vec::new();
    find(contents, DEEPEST, &mut fields);
    fields
}

fn find(contents: &[u8], deepest: usize, fields: &mut Vec<(&'static str, Vec<String>)>) {
    let Some(deeper) = deepest.checked_sub(1) else { return };
    let mut number = None;
    for (index, object) in DataObjects::new(contents).map_while(Result::ok).enumerate() {
        match (object.tag, object.value) {
            (INTEGER, [one]) if index == 0 => number = Some(*one),
            (_, value) if is_constructed(object.tag) && number.is_none() => find(value, deeper, fields),
            (_, _) => {}
        }
    }
    let name = NAMES.iter().find(|(known, _)| Some(*known) == number).map(|(_, name)| *name);
    if let Some(name) = name.filter(|_| fields.len() < MOST_FIELDS) {
        let mut found = Vec::new();
        texts(contents, deeper, &mut found);
        if !found.is_empty() {
            fields.push((name, found));
        }
    }
}

/// Every text below, in order.
fn texts(contents: &[u8], deepest: usize, found: &mut Vec<String>) {
    for object in DataObjects::new(contents).map_while(Result::ok) {
        match (object.tag, deepest.checked_sub(1)) {
            (UTF8_STRING | PRINTABLE_STRING, _) => {
                let text = core::str::from_utf8(object.value).unwrap_or_default().trim();
                if !text.is_empty() && found.len() < MOST_FIELDS {
                    found.push(text.to_owned());
                }
            }
            (tag, Some(deeper)) if is_constructed(tag) => texts(object.value, deeper, found),
            (_, _) => {}
        }
    }
}

/// SEQUENCE, SET, and what is tagged around them.
const fn is_constructed(tag: u32) -> bool {
    tag == SEQUENCE || tag == 0x31 || (tag <= 0xff && tag & 0xe0 == 0xa0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::as_conversions)]
    use super::*;

    fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let body = parts.concat();
        let mut out = alloc::vec![tag, 0x82];
        out.extend_from_slice(&u16::try_from(body.len()).unwrap().to_be_bytes());
        out.extend_from_slice(&body);
        out
    }

    fn field(number: u8, parts: &[&[u8]]) -> Vec<u8> {
        let mut all = alloc::vec![tlv(2, &[&[number]])];
        all.extend(parts.iter().map(|part| part.to_vec()));
        let slices: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
        tlv(0x30, &[&slices.concat()])
    }

    #[test]
    fn numbered_fields_are_found_wherever_they_stand() {
        let text = |text: &str| tlv(0x0c, &[text.as_bytes()]);
        let list = [
            field(2, &[&text("NGUYỄN VĂN MẪU")]),
            field(6, &[&text("Kinh")]),
            field(13, &[&tlv(0x30, &[&text("CHA MẪU")]), &tlv(0x30, &[&text("MẸ MẪU")])]),
            field(14, &[&text("no known field")]),
            field(7, &[&text(" ")]),
        ]
        .concat();
        let names = |contents: &[u8]| -> Vec<(&'static str, Vec<String>)> { fields(contents) };
        let expected = alloc::vec![
            ("name", alloc::vec![String::from("NGUYỄN VĂN MẪU")]),
            ("ethnicity", alloc::vec![String::from("Kinh")]),
            ("family", alloc::vec![String::from("CHA MẪU"), String::from("MẸ MẪU")]),
        ];
        assert_eq!(names(&list), expected);
        assert_eq!(names(&tlv(0x30, &[&tlv(2, &[&[0, 1]]), &tlv(0x31, &[&list])])), expected);
    }

    #[test]
    fn anything_else_has_no_fields() {
        let mut deep = tlv(0x0c, &[b"x"]);
        for _ in 0..200 {
            deep = tlv(0x30, &[&deep]);
        }
        for contents in [&b""[..], b"plain text", &[0x30], &[0x30, 0x80, 0, 0], &deep, &[0x30, 3, 2, 1, 2]] {
            assert!(fields(contents).is_empty());
        }
    }
}
