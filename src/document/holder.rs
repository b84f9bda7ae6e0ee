//! Who holds an account, and on what evidence the holder was proofed: plain values, no judgement (that is `law/`).

use alloc::vec::Vec;

use crate::base::UnixTime;
use crate::encoding::json::{self, Value};

/// The three kinds of account holder (Decree 59/2022 Art. 11, Decree 69/2024 Art. 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HolderKind {
    /// A Vietnamese citizen.
    Citizen,
    /// A foreigner, or a stateless person.
    Foreigner,
    /// An agency or organisation.
    Organisation,
}

impl HolderKind {
    /// All kinds, in the order of the decrees.
    pub const ALL: [Self; 3] = [Self::Citizen, Self::Foreigner, Self::Organisation];

    /// The word used in policy and report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Foreigner => "foreigner",
            Self::Organisation => "organisation",
        }
    }

    /// Reads the word used in policy and report.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Reads an array of such words.
    pub fn parse_all(words: &Value) -> Option<Vec<Self>> {
        json::each(words.as_array()?, |word| word.as_text().and_then(Self::parse).ok_or(())).ok()
    }
}

/// How identity was proofed: claim `evidence[].method`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceMethod {
    /// `portrait`
    Portrait,
    /// `fingerprint`
    Fingerprint,
    /// `registry` (organisations)
    Registry,
    /// Any other word.
    Other,
}

/// Which database the proof was checked against: claim `evidence[].source`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceSource {
    /// `national_population`
    NationalPopulation,
    /// `citizen_identity`
    CitizenIdentity,
    /// `national_immigration`
    NationalImmigration,
    /// `business_registration`
    BusinessRegistration,
    /// Any other word.
    Other,
}

/// One entry of the claim `evidence`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// How.
    pub method: EvidenceMethod,
    /// Against what.
    pub source: EvidenceSource,
    /// When.
    pub verified_at: UnixTime,
}
