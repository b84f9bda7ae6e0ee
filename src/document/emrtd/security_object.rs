//! EF.SOD and the LDS security object inside (ICAO Doc 9303-10 §4.6.2): a digest for each data group, signed.

use alloc::vec::Vec;

use der::asn1::ObjectIdentifier;

use crate::crypto::hash::HashId;
use crate::encoding::der::{AlgorithmIdentifier, Cursor, DerFault, Element, application, scan};
use crate::envelope::cms::SignedContent;

/// `id-icao-mrtd-security-ldsSecurityObject` (ICAO Doc 9303-10 §4.6.2.3)
pub const LDS_SECURITY_OBJECT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.136.1.1.1");
/// Tag of EF.SOD, `77` (ICAO Doc 9303-10 §4.6.2)
const SOD_TAG: u32 = 0x17;
/// DG1 to DG16 (ICAO Doc 9303-10 §4.7)
pub const GROUPS: core::ops::RangeInclusive<u8> = 1..=16;

/// Why an LDS security object is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LdsFault {
    /// The encoding.
    Encoding(DerFault),
    /// A version that is not 0 or 1, a data group twice or outside 1–16, a digest of another length.
    Structure,
    /// A digest that is no longer, or not yet, one.
    Hash,
}

impl From<DerFault> for LdsFault {
    fn from(fault: DerFault) -> Self {
        Self::Encoding(fault)
    }
}

/// The table of digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityObject {
    /// Version of the logical data structure: 0, or 1 with [`Self::lds_version`].
    pub version: u32,
    /// The digest.
    pub hash: HashId,
    /// Data group and its digest.
    pub digests: Vec<(u8, Vec<u8>)>,
    /// `0108` and the like, in version 1.
    pub lds_version: Option<[u8; 4]>,
}

/// Opens EF.SOD: the tag `77` and what it holds. The bytes have been walked ([`scan`]).
///
/// # Errors
/// [`DerFault::Invalid`].
pub fn open(bytes: &[u8]) -> Result<Element<'_>, DerFault> {
    Element::only(Element::only(bytes)?.tagged(application(SOD_TAG))?.value())
}

impl SecurityObject {
    /// Reads the contents that a signer vouched for.
    ///
    /// # Errors
    /// [`LdsFault`].
    pub fn read(signed: &SignedContent<'_>) -> Result<Self, LdsFault> {
        scan(signed.content)?;
        let mut object = Element::only(signed.content)?.sequence()?;
        let version = object.any()?.small()?;
        let algorithm = AlgorithmIdentifier::read(object.any()?)?;
        let hash = HashId::from_oid(algorithm.oid).ok_or(LdsFault::Hash)?;
        let digests = digests(object.sequence()?, hash)?;
        let lds_version = match (version, object.is_finished()) {
            (0, true) => None,
            (1, false) => Some(version_info(object.sequence()?)?),
            (_, true | false) => return Err(LdsFault::Structure),
        };
        object.finish()?;
        Ok(Self { version, hash, digests, lds_version })
    }

    /// The digest of a data group, if it is in the table.
    pub fn digest(&self, group: u8) -> Option<&[u8]> {
        self.digests.iter().find(|(number, _)| *number == group).map(|(_, digest)| digest.as_slice())
    }
}

fn digests(mut list: Cursor<'_>, hash: HashId) -> Result<Vec<(u8, Vec<u8>)>, LdsFault> {
    let mut digests: Vec<(u8, Vec<u8>)> = Vec::new();
    while !list.is_finished() {
        let mut row = list.sequence()?;
        let group = u8::try_from(row.any()?.small()?).map_err(|_| LdsFault::Structure)?;
        let digest = row.any()?.octets()?;
        row.finish()?;
        if !GROUPS.contains(&group) || digest.len() != hash.length() || digests.iter().any(|(known, _)| *known == group) {
            return Err(LdsFault::Structure);
        }
        digests.push((group, digest.to_vec()));
    }
    Ok(digests)
}

/// `LDSVersionInfo`: `0107`, `040000`; only the first is of use to anyone.
fn version_info(mut info: Cursor<'_>) -> Result<[u8; 4], LdsFault> {
    let lds = info.tagged(der::Tag::PrintableString)?.value();
    info.tagged(der::Tag::PrintableString)?;
    info.finish()?;
    lds.try_into().map_err(|_| LdsFault::Structure)
}
