//! Decree 69/2024/ND-CP as one table, with Law 26/2023/QH15 Art. 34 behind a citizen's electronic card.
//!
//! Art. 15(2)(b), the grounds for organisations, was not seen: its rows carry over those of Decree 59 and say `reading`.

use crate::document::holder::EvidenceMethod::{Fingerprint, Portrait};
use crate::document::holder::EvidenceSource::{CitizenIdentity, NationalImmigration, NationalPopulation};
use crate::document::holder::HolderKind::{Citizen, Foreigner, Organisation};
use crate::law::facts::{CardKind, CardState, Channel, EventKind, Requester, ResidenceKind};
use crate::law::ground::Ground;
use crate::law::rules::Raised::{By, ByOrState, Date, Request};
use crate::law::rules::{ANY_AGE, Bar, BarRow, Day, EvidenceRow, LevelRow, LockRow, Paper, RequestRow, Rules};

/// First day in force.
const FROM: Day = (2024, 7, 1);

/// In force from 1 July 2024.
pub static RULES: Rules = Rules {
    name: "ND69-2024",
    from: FROM,
    until: None,
    levels: &[
        LevelRow { holder: Citizen, level: Some(1), basis: "ND69-2024 Art. 7(1)" },
        LevelRow { holder: Citizen, level: Some(2), basis: "ND69-2024 Art. 7(1)" },
        LevelRow { holder: Foreigner, level: Some(1), basis: "ND69-2024 Art. 7(2)" },
        LevelRow { holder: Foreigner, level: Some(2), basis: "ND69-2024 Art. 7(2)" },
        LevelRow { holder: Organisation, level: None, basis: "ND69-2024 Art. 7(3)" },
    ],
    evidence: &[
        EvidenceRow {
            holder: Citizen,
            level: 2,
            methods: &[Portrait, Fingerprint],
            sources: &[NationalPopulation, CitizenIdentity],
            basis: "ND69-2024 Art. 10",
        },
        EvidenceRow {
            holder: Foreigner,
            level: 2,
            methods: &[Portrait, Fingerprint],
            sources: &[NationalImmigration],
            basis: "ND69-2024 Art. 11",
        },
    ],
    bars: &[
        BarRow { holder: Citizen, bar: Bar::LevelUnder(2, 6), ground: Ground::Level2Under6, basis: "ND69-2024 Art. 7(1)" },
        BarRow {
            holder: Citizen,
            bar: Bar::NoCard(1, 14, ANY_AGE, &[CardKind::Cccd, CardKind::Cc]),
            ground: Ground::NoValidIdCard,
            basis: "ND69-2024 Art. 7(1)",
        },
        // below 14 there is only the card of Law 26/2023
        BarRow {
            holder: Citizen,
            bar: Bar::NoCard(1, 0, 14, &[CardKind::Cc]),
            ground: Ground::NoValidIdCard,
            basis: "ND69-2024 Art. 7(1)",
        },
        BarRow { holder: Citizen, bar: Bar::ParentBelow(2, 14), ground: Ground::RepresentativeWithoutLevel2, basis: "ND69-2024 Art. 10" },
        // the wider circle (90 days, long-term visa) of the October 2025 draft is a row here once it is issued
        BarRow { holder: Foreigner, bar: Bar::LevelUnder(2, 6), ground: Ground::Level2Under6, basis: "ND69-2024 Art. 7(2)" },
        BarRow {
            holder: Foreigner,
            bar: Bar::NoResidence(&[ResidenceKind::PermanentCard, ResidenceKind::TemporaryCard]),
            ground: Ground::NoResidenceCard,
            basis: "ND69-2024 Art. 7(2)",
        },
        BarRow {
            holder: Organisation,
            bar: Bar::NotEstablished,
            ground: Ground::NotEstablishedOrRegisteredInVn,
            basis: "ND69-2024 Art. 7(3)",
        },
        // on paper (form TK02) nobody logs in, so nobody needs a level
        BarRow {
            holder: Organisation,
            bar: Bar::OnlineRepresentativeBelow(2),
            ground: Ground::RepresentativeWithoutLevel2,
            basis: "ND69-2024 Art. 12",
        },
        BarRow { holder: Organisation, bar: Bar::NoConsent, ground: Ground::OtherRepresentativesDidNotConsent, basis: "ND69-2024 Art. 12" },
    ],
    locks: &[
        LockRow {
            holder: Citizen,
            ground: Ground::HolderRequest,
            raised: By(EventKind::HolderLock),
            ended_by: &[EventKind::HolderUnlock],
            basis: "ND69-2024 Art. 15(1); Law 26/2023 Art. 34(1)(a)",
        },
        LockRow {
            holder: Citizen,
            ground: Ground::TermsBreach,
            raised: By(EventKind::TermsBreach),
            ended_by: &[EventKind::TermsBreachRemedied],
            basis: "ND69-2024 Art. 15(1); Law 26/2023 Art. 34(1)(b)",
        },
        LockRow {
            holder: Citizen,
            ground: Ground::CardRevoked,
            raised: ByOrState(EventKind::CardRevoked, CardState::Revoked),
            ended_by: &[EventKind::CardReissued, EventKind::CardReturned],
            basis: "ND69-2024 Art. 15(1); Law 26/2023 Art. 34(1)(c)",
        },
        LockRow {
            holder: Citizen,
            ground: Ground::CardRetained,
            raised: ByOrState(EventKind::CardRetained, CardState::Retained),
            ended_by: &[EventKind::CardReturned],
            basis: "ND69-2024 Art. 15(1); Law 26/2023 Art. 34(1)(c)",
        },
        // reading: both levels, by the letter; one commentary says level 2 only
        LockRow {
            holder: Citizen,
            ground: Ground::IdCardExpired,
            raised: Date(Paper::IdCard),
            ended_by: &[EventKind::CardReissued],
            basis: "ND69-2024 Art. 15(1)",
        },
        LockRow {
            holder: Citizen,
            ground: Ground::Death,
            raised: By(EventKind::Death),
            ended_by: &[],
            basis: "ND69-2024 Art. 15(1); Law 26/2023 Art. 34(1)(d)",
        },
        LockRow {
            holder: Citizen,
            ground: Ground::AuthorityRequestApproved,
            raised: Request(Requester::Authority, None),
            ended_by: &[EventKind::UnlockApproved],
            basis: "ND69-2024 Art. 15(1), 29; Law 26/2023 Art. 34(1)(e)",
        },
        // relying parties may not ask any more; a lock approved under Decree 59 stands until it is lifted (reading)
        LockRow {
            holder: Citizen,
            ground: Ground::RelyingPartyRequestApproved,
            raised: Request(Requester::RelyingParty, Some(FROM)),
            ended_by: &[EventKind::UnlockApproved],
            basis: "ND59-2022 Art. 19(1)(b)-(c)",
        },
        LockRow {
            holder: Foreigner,
            ground: Ground::HolderRequest,
            raised: By(EventKind::HolderLock),
            ended_by: &[EventKind::HolderUnlock],
            basis: "ND69-2024 Art. 15(2)(a)",
        },
        LockRow {
            holder: Foreigner,
            ground: Ground::TermsBreach,
            raised: By(EventKind::TermsBreach),
            ended_by: &[EventKind::TermsBreachRemedied],
            basis: "ND69-2024 Art. 15(2)(a)",
        },
        LockRow {
            holder: Foreigner,
            ground: Ground::PassportExpired,
            raised: Date(Paper::Passport),
            ended_by: &[EventKind::PassportUpdated],
            basis: "ND69-2024 Art. 15(2)(a)",
        },
        LockRow {
            holder: Foreigner,
            ground: Ground::ResidenceExpired,
            raised: Date(Paper::Residence),
            ended_by: &[EventKind::ResidenceUpdated],
            basis: "ND69-2024 Art. 15(2)(a)",
        },
        LockRow { holder: Foreigner, ground: Ground::Death, raised: By(EventKind::Death), ended_by: &[], basis: "ND69-2024 Art. 15(2)(a)" },
        // reading: the steps of Art. 15(2) for requests were seen only through Art. 15(3)
        LockRow {
            holder: Foreigner,
            ground: Ground::AuthorityRequestApproved,
            raised: Request(Requester::Authority, None),
            ended_by: &[EventKind::UnlockApproved],
            basis: "ND69-2024 Art. 15(2)-(3)",
        },
        LockRow {
            holder: Foreigner,
            ground: Ground::RelyingPartyRequestApproved,
            raised: Request(Requester::RelyingParty, Some(FROM)),
            ended_by: &[EventKind::UnlockApproved],
            basis: "ND59-2022 Art. 19(2)(b)-(c)",
        },
        LockRow {
            holder: Organisation,
            ground: Ground::HolderRequest,
            raised: By(EventKind::HolderLock),
            ended_by: &[EventKind::HolderUnlock],
            basis: "ND69-2024 Art. 15(2)(b) (reading)",
        },
        LockRow {
            holder: Organisation,
            ground: Ground::TermsBreach,
            raised: By(EventKind::TermsBreach),
            ended_by: &[EventKind::TermsBreachRemedied],
            basis: "ND69-2024 Art. 15(2)(b) (reading)",
        },
        LockRow {
            holder: Organisation,
            ground: Ground::OrgDissolved,
            raised: By(EventKind::Dissolved),
            ended_by: &[],
            basis: "ND69-2024 Art. 15(2)(b) (reading)",
        },
        LockRow {
            holder: Organisation,
            ground: Ground::OrgCeased,
            raised: By(EventKind::Ceased),
            ended_by: &[EventKind::Resumed],
            basis: "ND69-2024 Art. 15(2)(b) (reading)",
        },
        LockRow {
            holder: Organisation,
            ground: Ground::AuthorityRequestApproved,
            raised: Request(Requester::Authority, None),
            ended_by: &[EventKind::UnlockApproved],
            basis: "ND69-2024 Art. 15(3)",
        },
        LockRow {
            holder: Organisation,
            ground: Ground::RelyingPartyRequestApproved,
            raised: Request(Requester::RelyingParty, Some(FROM)),
            ended_by: &[EventKind::UnlockApproved],
            basis: "ND59-2022 Art. 19(3)(b)-(c)",
        },
    ],
    locks_basis: "ND69-2024 Art. 15",
    // Art. 30: at the police or in the application (form TK03), at once
    holder_unlock: &[Channel::App, Channel::InPerson],
    request: RequestRow { forward: Some(1), decide: 2, requesters: &[Requester::Authority], basis: "ND69-2024 Art. 15(3), 30" },
};
