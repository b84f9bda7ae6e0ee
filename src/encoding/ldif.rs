//! LDIF (RFC 2849), the text that the ICAO PKD is downloaded as: only the binary values of an attribute, nothing of the directory around them.

use alloc::vec::Vec;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Whether a file looks like LDIF: it begins with a version, a comment or an entry (RFC 2849, "ldif-file").
///
/// ```
/// assert!(eid_verifier::encoding::ldif::is_ldif(b"version: 1\ndn: c=VN"));
/// assert!(!eid_verifier::encoding::ldif::is_ldif(&[0x30, 0x82]));
/// ```
pub fn is_ldif(bytes: &[u8]) -> bool {
    [&b"dn:"[..], b"version:", b"#"].iter().any(|start| bytes.starts_with(start))
}

/// The base64 values (`name:: …`, folded lines joined) of every attribute whose name is in `names`; case does not count, options such as `;binary` do.
/// A value that is not base64 is left out.
///
/// ```
/// let text = b"dn: o=ml\npkdMasterListContent:: AQ\n ID\ncn: x\n";
/// assert_eq!(eid_verifier::encoding::ldif::values(text, &["pkdmasterlistcontent"]), [(0, vec![1, 2, 3])]);
/// ```
pub fn values(bytes: &[u8], names: &[&str]) -> Vec<(usize, Vec<u8>)> {
    let mut values = Vec::new();
    let mut current: Option<(usize, Vec<u8>)> = None;
    for line in bytes.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if let Some(more) = line.strip_prefix(b" ") {
            if let Some((_, text)) = &mut current {
                text.extend_from_slice(more);
            }
            continue;
        }
        finish(current.take(), &mut values);
        let colons = line.windows(2).position(|pair| pair == b"::");
        let Some((name, rest)) = colons.and_then(|at| line.split_at_checked(at)) else { continue };
        let index = names.iter().position(|known| name.eq_ignore_ascii_case(known.as_bytes()));
        if let (Some(index), Some(text)) = (index, rest.get(2..)) {
            current = Some((index, text.trim_ascii().to_vec()));
        }
    }
    finish(current, &mut values);
    values
}

fn finish(current: Option<(usize, Vec<u8>)>, values: &mut Vec<(usize, Vec<u8>)>) {
    if let Some((index, text)) = current
        && let Ok(value) = STANDARD.decode(&text)
    {
        values.push((index, value));
    }
}
