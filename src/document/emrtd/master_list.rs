//! ICAO master lists (Doc 9303-12 §8.2): the CSCA certificates that one state believes, signed by it.

use alloc::vec::Vec;

use der::Tag;
use der::asn1::ObjectIdentifier;

use crate::encoding::der::{DerFault, Element, scan};
use crate::envelope::cms::SignedContent;

/// `id-icao-cscaMasterList` (ICAO Doc 9303-12 §8.2)
pub const MASTER_LIST: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.136.1.1.2");
/// Certificates in one list; the German list of 2026 has 588.
const MAX_CERTIFICATES: usize = 4096;

/// The certificates of a list, each as received and unread: one that cannot be read must not cost the others.
#[derive(Clone, Debug)]
pub struct MasterList<'a> {
    /// DER, one each.
    pub certificates: Vec<&'a [u8]>,
}

impl<'a> MasterList<'a> {
    /// Reads the contents that a signer vouched for.
    ///
    /// # Errors
    /// [`DerFault`].
    pub fn read(signed: &SignedContent<'a>) -> Result<Self, DerFault> {
        scan(signed.content)?;
        let mut list = Element::only(signed.content)?.sequence()?;
        if list.any()?.small()? != 0 {
            return Err(DerFault::Invalid);
        }
        let mut set = list.tagged(Tag::Set)?.contents()?;
        list.finish()?;
        let mut certificates = Vec::new();
        while !set.is_finished() && certificates.len() < MAX_CERTIFICATES {
            certificates.push(set.tagged(Tag::Sequence)?.raw());
        }
        Ok(Self { certificates })
    }
}
