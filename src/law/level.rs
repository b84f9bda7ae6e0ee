//! Levels 1 and 2 (mức độ 01, mức độ 02): which accounts there are, and what evidence must carry a level.

use crate::document::holder::{Evidence, EvidenceMethod, HolderKind};
use crate::law::Basis;
use crate::law::decree::Decree;
use crate::law::rules::EvidenceRow;

/// What the page asks of level 2 evidence, whatever was taken at issue (contract §3, `policy.evidence`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EvidenceDemand {
    /// Any one method of the decree's.
    #[default]
    Any,
    /// Portrait and fingerprint, as Decree 59 Art. 14(2) takes them.
    PortraitAndFingerprint,
}

/// Evidence that does not carry the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceFault {
    /// None, or not all that was asked for: `level_evidence_missing`.
    Missing,
    /// A method or source that is not this holder kind's: `level_evidence_invalid`.
    Invalid,
}

/// Whether accounts of this holder kind have levels under this decree; an organisation's under Decree 69 has none (`level_not_applicable`).
pub fn applies(decree: Decree, holder: HolderKind) -> bool {
    decree.rules().levels.iter().any(|row| row.holder == holder && row.level.is_some())
}

/// Whether there are accounts of this kind and level; `None` is "without level". The article, if so.
///
/// ```
/// use eid_verifier::{document::holder::HolderKind, law::{Decree, level}};
/// assert!(level::exists(Decree::Nd59, HolderKind::Organisation, Some(2)).is_some());
/// assert!(level::exists(Decree::Nd59, HolderKind::Organisation, Some(1)).is_none());
/// assert!(level::exists(Decree::Nd69, HolderKind::Organisation, None).is_some());
/// ```
pub fn exists(decree: Decree, holder: HolderKind, level: Option<u8>) -> Option<Basis> {
    decree.rules().levels.iter().find(|row| row.holder == holder && row.level == level).map(|row| row.basis)
}

/// The article that asks for evidence at this level, if one does.
pub fn evidence_article(decree: Decree, holder: HolderKind, level: u8) -> Option<Basis> {
    evidence_row(decree, holder, level).map(|row| row.basis)
}

fn evidence_row(decree: Decree, holder: HolderKind, level: u8) -> Option<&'static EvidenceRow> {
    decree.rules().evidence.iter().find(|row| row.holder == holder && level >= row.level)
}

/// Whether the evidence carries the level; the article that asks for it, if so.
///
/// A level for which the decree asks none is carried by none: what is there is surplus.
///
/// # Errors
/// [`EvidenceFault::Missing`] without evidence, or with less than `demand`; [`EvidenceFault::Invalid`] if one entry is by a method, or against a
/// source, that is not this holder kind's: one wrong entry spoils the rest.
pub fn judge_evidence(
    decree: Decree,
    holder: HolderKind,
    level: u8,
    evidence: Option<&[Evidence]>,
    demand: EvidenceDemand,
) -> Result<Basis, EvidenceFault> {
    let Some(row) = evidence_row(decree, holder, level) else {
        return Ok(exists(decree, holder, applies(decree, holder).then_some(level)).unwrap_or(decree.name()));
    };
    let entries = evidence.filter(|entries| !entries.is_empty()).ok_or(EvidenceFault::Missing)?;
    if entries.iter().any(|entry| !row.methods.contains(&entry.method) || !row.sources.contains(&entry.source)) {
        return Err(EvidenceFault::Invalid);
    }
    let needed: &[EvidenceMethod] = match demand {
        EvidenceDemand::Any => &[],
        EvidenceDemand::PortraitAndFingerprint => &[EvidenceMethod::Portrait, EvidenceMethod::Fingerprint],
    };
    // what the decree never takes of this kind of holder (a fingerprint of a company) cannot be missing
    let missing = |method: &EvidenceMethod| row.methods.contains(method) && entries.iter().all(|entry| entry.method != *method);
    if needed.iter().any(missing) { Err(EvidenceFault::Missing) } else { Ok(row.basis) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::UnixTime;
    use crate::document::holder::EvidenceSource;

    fn entry(method: EvidenceMethod, source: EvidenceSource) -> Evidence {
        Evidence { method, source, verified_at: UnixTime(1_700_000_000) }
    }

    #[test]
    fn each_kind_has_its_own_source() {
        use EvidenceFault::{Invalid, Missing};
        use EvidenceMethod::{Fingerprint, Portrait, Registry};
        use EvidenceSource::{BusinessRegistration, CitizenIdentity, NationalImmigration, NationalPopulation};
        let judge = |kind, entries: &[Evidence]| judge_evidence(Decree::Nd59, kind, 2, Some(entries), EvidenceDemand::Any).map(|_| ());
        let face = |source| entry(Portrait, source);
        assert_eq!(judge(HolderKind::Citizen, &[face(NationalPopulation)]), Ok(()));
        assert_eq!(judge(HolderKind::Citizen, &[entry(Fingerprint, CitizenIdentity)]), Ok(()));
        assert_eq!(judge(HolderKind::Citizen, &[face(NationalImmigration)]), Err(Invalid));
        assert_eq!(judge(HolderKind::Citizen, &[face(CitizenIdentity), face(EvidenceSource::Other)]), Err(Invalid));
        assert_eq!(judge(HolderKind::Foreigner, &[face(NationalImmigration)]), Ok(()));
        assert_eq!(judge(HolderKind::Foreigner, &[face(NationalPopulation)]), Err(Invalid));
        assert_eq!(judge(HolderKind::Organisation, &[entry(Registry, BusinessRegistration)]), Ok(()));
        assert_eq!(judge(HolderKind::Organisation, &[face(BusinessRegistration)]), Err(Invalid));
        assert_eq!(judge(HolderKind::Citizen, &[]), Err(Missing));
    }

    #[test]
    fn level_one_needs_none_and_ignores_surplus() {
        let wrong = [entry(EvidenceMethod::Other, EvidenceSource::Other)];
        for decree in Decree::ALL {
            for kind in [HolderKind::Citizen, HolderKind::Foreigner] {
                let judge = |level, evidence| judge_evidence(decree, kind, level, evidence, EvidenceDemand::PortraitAndFingerprint);
                assert!(judge(1, None).is_ok());
                assert!(judge(1, Some(&wrong)).is_ok());
                assert_eq!(judge(2, None), Err(EvidenceFault::Missing));
            }
        }
        assert!(!applies(Decree::Nd69, HolderKind::Organisation));
        assert!(judge_evidence(Decree::Nd69, HolderKind::Organisation, 0, None, EvidenceDemand::Any).is_ok());
        assert_eq!(judge_evidence(Decree::Nd59, HolderKind::Organisation, 2, None, EvidenceDemand::Any), Err(EvidenceFault::Missing));
    }

    #[test]
    fn both_means_both() {
        let face = entry(EvidenceMethod::Portrait, EvidenceSource::CitizenIdentity);
        let finger = entry(EvidenceMethod::Fingerprint, EvidenceSource::CitizenIdentity);
        let judge = |entries: &[Evidence]| {
            judge_evidence(Decree::Nd69, HolderKind::Citizen, 2, Some(entries), EvidenceDemand::PortraitAndFingerprint)
        };
        assert_eq!(judge(&[face]), Err(EvidenceFault::Missing));
        assert_eq!(judge(&[finger]), Err(EvidenceFault::Missing));
        assert!(judge(&[finger, face]).is_ok());
    }
}
