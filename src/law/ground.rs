//! Why an account is locked, or may not be issued: one closed list of codes (Decree 59/2022 Art. 19, Decree 69/2024 Art. 7, 12, 15).

/// A ground. Its name is public surface: added freely, never renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The holder asked for the lock.
    HolderRequest,
    /// Breach of the terms of the national identification application.
    TermsBreach,
    /// The citizen's card was revoked (thu hồi).
    CardRevoked,
    /// The citizen's card is retained (giữ); Law 26/2023 Art. 34(1)(c), so from Decree 69 on.
    CardRetained,
    /// The citizen's card has expired; Decree 69 only.
    IdCardExpired,
    /// Passport or paper for international travel has expired.
    PassportExpired,
    /// The period of residence in Viet Nam has ended.
    ResidenceExpired,
    /// The organisation was dissolved.
    OrgDissolved,
    /// The organisation stopped operating under the law.
    OrgCeased,
    /// The holder died.
    Death,
    /// A lock that a procedural agency or competent authority asked for was approved.
    AuthorityRequestApproved,
    /// A lock that a relying party asked for was approved; Decree 59 only.
    RelyingPartyRequestApproved,
    /// Not eligible: under 14, registered under the account of parent or guardian (Decree 59).
    Under14UsesParentAccount,
    /// Not eligible: a ward, registered under the guardian's account (Decree 59).
    WardUsesGuardianAccount,
    /// Not eligible: no level 2 before full 6 (Decree 69).
    Level2Under6,
    /// Not eligible: no valid card.
    NoValidIdCard,
    /// Not eligible: neither a permanent nor a temporary residence card (Decree 69).
    NoResidenceCard,
    /// Not eligible: the representative has no level 2 account.
    RepresentativeWithoutLevel2,
    /// Not eligible: not founded or registered in Viet Nam.
    NotEstablishedOrRegisteredInVn,
    /// Not eligible: other legal representatives did not consent (Decree 69).
    OtherRepresentativesDidNotConsent,
}

impl Ground {
    /// All grounds: lock grounds first, then those of an application.
    pub const ALL: [Self; 20] = [
        Self::HolderRequest,
        Self::TermsBreach,
        Self::CardRevoked,
        Self::CardRetained,
        Self::IdCardExpired,
        Self::PassportExpired,
        Self::ResidenceExpired,
        Self::OrgDissolved,
        Self::OrgCeased,
        Self::Death,
        Self::AuthorityRequestApproved,
        Self::RelyingPartyRequestApproved,
        Self::Under14UsesParentAccount,
        Self::WardUsesGuardianAccount,
        Self::Level2Under6,
        Self::NoValidIdCard,
        Self::NoResidenceCard,
        Self::RepresentativeWithoutLevel2,
        Self::NotEstablishedOrRegisteredInVn,
        Self::OtherRepresentativesDidNotConsent,
    ];

    /// The code used in reports and facts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HolderRequest => "HOLDER_REQUEST",
            Self::TermsBreach => "TERMS_BREACH",
            Self::CardRevoked => "CARD_REVOKED",
            Self::CardRetained => "CARD_RETAINED",
            Self::IdCardExpired => "ID_CARD_EXPIRED",
            Self::PassportExpired => "PASSPORT_EXPIRED",
            Self::ResidenceExpired => "RESIDENCE_EXPIRED",
            Self::OrgDissolved => "ORG_DISSOLVED",
            Self::OrgCeased => "ORG_CEASED",
            Self::Death => "DEATH",
            Self::AuthorityRequestApproved => "AUTHORITY_REQUEST_APPROVED",
            Self::RelyingPartyRequestApproved => "RELYING_PARTY_REQUEST_APPROVED",
            Self::Under14UsesParentAccount => "UNDER_14_USES_PARENT_ACCOUNT",
            Self::WardUsesGuardianAccount => "WARD_USES_GUARDIAN_ACCOUNT",
            Self::Level2Under6 => "LEVEL_2_UNDER_6",
            Self::NoValidIdCard => "NO_VALID_ID_CARD",
            Self::NoResidenceCard => "NO_RESIDENCE_CARD",
            Self::RepresentativeWithoutLevel2 => "REPRESENTATIVE_WITHOUT_LEVEL_2",
            Self::NotEstablishedOrRegisteredInVn => "NOT_ESTABLISHED_OR_REGISTERED_IN_VN",
            Self::OtherRepresentativesDidNotConsent => "OTHER_REPRESENTATIVES_DID_NOT_CONSENT",
        }
    }

    /// Reads a code.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.name() == name)
    }

    const fn bit(self) -> u32 {
        match self {
            Self::HolderRequest => 1,
            Self::TermsBreach => 1 << 1,
            Self::CardRevoked => 1 << 2,
            Self::CardRetained => 1 << 3,
            Self::IdCardExpired => 1 << 4,
            Self::PassportExpired => 1 << 5,
            Self::ResidenceExpired => 1 << 6,
            Self::OrgDissolved => 1 << 7,
            Self::OrgCeased => 1 << 8,
            Self::Death => 1 << 9,
            Self::AuthorityRequestApproved => 1 << 10,
            Self::RelyingPartyRequestApproved => 1 << 11,
            Self::Under14UsesParentAccount => 1 << 12,
            Self::WardUsesGuardianAccount => 1 << 13,
            Self::Level2Under6 => 1 << 14,
            Self::NoValidIdCard => 1 << 15,
            Self::NoResidenceCard => 1 << 16,
            Self::RepresentativeWithoutLevel2 => 1 << 17,
            Self::NotEstablishedOrRegisteredInVn => 1 << 18,
            Self::OtherRepresentativesDidNotConsent => 1 << 19,
        }
    }
}

/// A set of grounds; each at most once, in the order of [`Ground::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grounds(u32);

impl Grounds {
    /// No ground.
    pub const NONE: Self = Self(0);

    /// Adds one.
    pub const fn add(&mut self, ground: Ground) {
        self.0 |= ground.bit();
    }

    /// Whether `ground` is among them.
    pub const fn contains(self, ground: Ground) -> bool {
        self.0 & ground.bit() != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// One after the other.
    pub fn iter(self) -> impl Iterator<Item = Ground> {
        Ground::ALL.into_iter().filter(move |ground| self.contains(*ground))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ground_has_a_bit_and_a_name_of_its_own() {
        let mut all = Grounds::NONE;
        for ground in Ground::ALL {
            assert!(!all.contains(ground), "{ground:?}");
            all.add(ground);
            assert_eq!(Ground::parse(ground.name()), Some(ground));
        }
        assert!(all.iter().eq(Ground::ALL));
    }
}
