//! Decree 59/2022/ND-CP as one table. Facts of law that no clause says are marked `reading` beside their row.

use crate::document::holder::EvidenceMethod::{Fingerprint, Portrait, Registry};
use crate::document::holder::EvidenceSource::{BusinessRegistration, CitizenIdentity, NationalImmigration, NationalPopulation};
use crate::document::holder::HolderKind::{Citizen, Foreigner, Organisation};
use crate::law::facts::{CardKind, CardState, Channel, EventKind, Requester};
use crate::law::ground::Ground;
use crate::law::rules::Raised::{By, ByOrState, Date, Request};
use crate::law::rules::{ANY_AGE, Bar, BarRow, EvidenceRow, LevelRow, LockRow, Paper, RequestRow, Rules};

/// In force 20 October 2022 to 30 June 2024.
pub static RULES: Rules = Rules {
    name: "ND59-2022",
    from: (2022, 10, 20),
    until: Some((2024, 6, 30)),
    levels: &[
        LevelRow { holder: Citizen, level: Some(1), basis: "ND59-2022 Art. 12(1)" },
        LevelRow { holder: Citizen, level: Some(2), basis: "ND59-2022 Art. 12(1)" },
        LevelRow { holder: Foreigner, level: Some(1), basis: "ND59-2022 Art. 12(2)" },
        LevelRow { holder: Foreigner, level: Some(2), basis: "ND59-2022 Art. 12(2)" },
        // an organisation's account is a level 2 account, level 1 does not exist
        LevelRow { holder: Organisation, level: Some(2), basis: "ND59-2022 Art. 12(3)" },
    ],
    evidence: &[
        EvidenceRow {
            holder: Citizen,
            level: 2,
            methods: &[Portrait, Fingerprint],
            sources: &[NationalPopulation, CitizenIdentity],
            basis: "ND59-2022 Art. 14(2)",
        },
        EvidenceRow {
            holder: Foreigner,
            level: 2,
            methods: &[Portrait, Fingerprint],
            sources: &[NationalImmigration],
            basis: "ND59-2022 Art. 15(2)",
        },
        EvidenceRow { holder: Organisation, level: 2, methods: &[Registry], sources: &[BusinessRegistration], basis: "ND59-2022 Art. 16" },
    ],
    bars: &[
        BarRow { holder: Citizen, bar: Bar::Under(14), ground: Ground::Under14UsesParentAccount, basis: "ND59-2022 Art. 11(1)" },
        BarRow { holder: Citizen, bar: Bar::Ward, ground: Ground::WardUsesGuardianAccount, basis: "ND59-2022 Art. 11(1)" },
        // level 1 needs no card; without a chip card level 2 comes together with the new card
        BarRow {
            holder: Citizen,
            bar: Bar::NoCard(2, 14, ANY_AGE, &[CardKind::Cccd, CardKind::Cc]),
            ground: Ground::NoValidIdCard,
            basis: "ND59-2022 Art. 14(2)",
        },
        // no residence card is asked for: a foreigner who enters Viet Nam
        BarRow { holder: Foreigner, bar: Bar::Under(14), ground: Ground::Under14UsesParentAccount, basis: "ND59-2022 Art. 11(2)" },
        BarRow { holder: Foreigner, bar: Bar::Ward, ground: Ground::WardUsesGuardianAccount, basis: "ND59-2022 Art. 11(2)" },
        BarRow {
            holder: Organisation,
            bar: Bar::NotEstablished,
            ground: Ground::NotEstablishedOrRegisteredInVn,
            basis: "ND59-2022 Art. 11(3)",
        },
        BarRow {
            holder: Organisation,
            bar: Bar::RepresentativeBelow(2),
            ground: Ground::RepresentativeWithoutLevel2,
            basis: "ND59-2022 Art. 16",
        },
    ],
    // expiry and custody of the citizen's card are not in the list (argument from silence)
    locks: &[
        LockRow {
            holder: Citizen,
            ground: Ground::HolderRequest,
            raised: By(EventKind::HolderLock),
            ended_by: &[EventKind::HolderUnlock],
            basis: "ND59-2022 Art. 19(1)(a)",
        },
        // reading: a breach ends when it is remedied (Decision 34/2021 Art. 11, Law 26/2023 Art. 34(2))
        LockRow {
            holder: Citizen,
            ground: Ground::TermsBreach,
            raised: By(EventKind::TermsBreach),
            ended_by: &[EventKind::TermsBreachRemedied],
            basis: "ND59-2022 Art. 19(1)(a)",
        },
        LockRow {
            holder: Citizen,
            ground: Ground::CardRevoked,
            raised: ByOrState(EventKind::CardRevoked, CardState::Revoked),
            ended_by: &[EventKind::CardReissued, EventKind::CardReturned],
            basis: "ND59-2022 Art. 19(1)(a)",
        },
        LockRow { holder: Citizen, ground: Ground::Death, raised: By(EventKind::Death), ended_by: &[], basis: "ND59-2022 Art. 19(1)(a)" },
        LockRow {
            holder: Citizen,
            ground: Ground::AuthorityRequestApproved,
            raised: Request(Requester::Authority, None),
            ended_by: &[EventKind::UnlockApproved],
            basis: "ND59-2022 Art. 19(1)(b)-(c)",
        },
        LockRow {
            holder: Citizen,
            ground: Ground::RelyingPartyRequestApproved,
            raised: Request(Requester::RelyingParty, None),
            ended_by: &[EventKind::UnlockApproved],
            basis: "ND59-2022 Art. 19(1)(b)-(c)",
        },
        LockRow {
            holder: Foreigner,
            ground: Ground::HolderRequest,
            raised: By(EventKind::HolderLock),
            ended_by: &[EventKind::HolderUnlock],
            basis: "ND59-2022 Art. 19(2)(a)",
        },
        LockRow {
            holder: Foreigner,
            ground: Ground::TermsBreach,
            raised: By(EventKind::TermsBreach),
            ended_by: &[EventKind::TermsBreachRemedied],
            basis: "ND59-2022 Art. 19(2)(a)",
        },
        // hết hạn, "expired"; an English rendering says "revoked" and is wrong
        LockRow {
            holder: Foreigner,
            ground: Ground::PassportExpired,
            raised: Date(Paper::Passport),
            ended_by: &[EventKind::PassportUpdated],
            basis: "ND59-2022 Art. 19(2)(a)",
        },
        // the period of residence: card, visa or stamp
        LockRow {
            holder: Foreigner,
            ground: Ground::ResidenceExpired,
            raised: Date(Paper::Residence),
            ended_by: &[EventKind::ResidenceUpdated],
            basis: "ND59-2022 Art. 19(2)(a)",
        },
        LockRow { holder: Foreigner, ground: Ground::Death, raised: By(EventKind::Death), ended_by: &[], basis: "ND59-2022 Art. 19(2)(a)" },
        LockRow {
            holder: Foreigner,
            ground: Ground::AuthorityRequestApproved,
            raised: Request(Requester::Authority, None),
            ended_by: &[EventKind::UnlockApproved],
            basis: "ND59-2022 Art. 19(2)(b)-(c)",
        },
        LockRow {
            holder: Foreigner,
            ground: Ground::RelyingPartyRequestApproved,
            raised: Request(Requester::RelyingParty, None),
            ended_by: &[EventKind::UnlockApproved],
            basis: "ND59-2022 Art. 19(2)(b)-(c)",
        },
        LockRow {
            holder: Organisation,
            ground: Ground::HolderRequest,
            raised: By(EventKind::HolderLock),
            ended_by: &[EventKind::HolderUnlock],
            basis: "ND59-2022 Art. 19(3)(a)",
        },
        LockRow {
            holder: Organisation,
            ground: Ground::TermsBreach,
            raised: By(EventKind::TermsBreach),
            ended_by: &[EventKind::TermsBreachRemedied],
            basis: "ND59-2022 Art. 19(3)(a)",
        },
        LockRow {
            holder: Organisation,
            ground: Ground::OrgDissolved,
            raised: By(EventKind::Dissolved),
            ended_by: &[],
            basis: "ND59-2022 Art. 19(3)(a)",
        },
        // reading: a registered pause of business is no end of operation
        LockRow {
            holder: Organisation,
            ground: Ground::OrgCeased,
            raised: By(EventKind::Ceased),
            ended_by: &[EventKind::Resumed],
            basis: "ND59-2022 Art. 19(3)(a)",
        },
        LockRow {
            holder: Organisation,
            ground: Ground::AuthorityRequestApproved,
            raised: Request(Requester::Authority, None),
            ended_by: &[EventKind::UnlockApproved],
            basis: "ND59-2022 Art. 19(3)(b)-(c)",
        },
        LockRow {
            holder: Organisation,
            ground: Ground::RelyingPartyRequestApproved,
            raised: Request(Requester::RelyingParty, None),
            ended_by: &[EventKind::UnlockApproved],
            basis: "ND59-2022 Art. 19(3)(b)-(c)",
        },
    ],
    locks_basis: "ND59-2022 Art. 19",
    // Art. 19(5)(a): in the application a holder can lock only
    holder_unlock: &[Channel::Hotline, Channel::InPerson],
    request: RequestRow {
        forward: None,
        decide: 2,
        requesters: &[Requester::Authority, Requester::RelyingParty],
        basis: "ND59-2022 Art. 19(1)(c), (2)(c), (3)(c), (4)(c)",
    },
};
