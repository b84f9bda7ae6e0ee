//! The words in which facts about a holder reach the law: plain values, read strictly, judged elsewhere.

use crate::base::{Date, UnixTime};
use crate::document::holder::HolderKind;
use crate::document::holder::HolderKind::{Citizen, Foreigner, Organisation};

/// When a document ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// On this day.
    On(Date),
    /// It has no end.
    Never,
    /// Nothing is known.
    Unknown,
}

/// The paper that proves a citizen's identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardKind {
    /// Identity card of the old kind, 9 or 12 digits (chứng minh nhân dân).
    Cmnd,
    /// Citizen identity card (căn cước công dân).
    Cccd,
    /// Identity card of Law 26/2023 (căn cước).
    Cc,
}

/// Every spelling of [`CardKind`]; the first of each kind is its name.
const CARD_KINDS: [(&str, CardKind); 5] =
    [("CMND", CardKind::Cmnd), ("CCCD", CardKind::Cccd), ("CC", CardKind::Cc), ("CMND9", CardKind::Cmnd), ("CMND12", CardKind::Cmnd)];

/// Where the card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardState {
    /// With its holder.
    Held,
    /// Retained by an authority (Law 26/2023 Art. 29).
    Retained,
    /// Revoked (Law 26/2023 Art. 29).
    Revoked,
}

const CARD_STATES: [(&str, CardState); 3] = [("held", CardState::Held), ("retained", CardState::Retained), ("revoked", CardState::Revoked)];

/// What lets a foreigner stay. "Residence permit" is a translator's word; the decrees speak of the period of residence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResidenceKind {
    /// Permanent residence card (thẻ thường trú): an indefinite stay (Law 47/2014 Art. 3(14)).
    PermanentCard,
    /// Temporary residence card (thẻ tạm trú): a stay for a term (Law 47/2014 Art. 3(13)).
    TemporaryCard,
    /// Visa.
    Visa,
    /// Visa exemption.
    Exemption,
    /// Stay by entry stamp.
    EntryStamp,
}

/// Every spelling of [`ResidenceKind`]: the credential's words and those of case facts.
const RESIDENCE_KINDS: [(&str, ResidenceKind); 12] = [
    ("permanent_card", ResidenceKind::PermanentCard),
    ("temporary_card", ResidenceKind::TemporaryCard),
    ("visa", ResidenceKind::Visa),
    ("exemption", ResidenceKind::Exemption),
    ("entry_stamp", ResidenceKind::EntryStamp),
    ("PRC", ResidenceKind::PermanentCard),
    ("TRC", ResidenceKind::TemporaryCard),
    ("VISA", ResidenceKind::Visa),
    ("EVISA", ResidenceKind::Visa),
    ("EXEMPT_CERT", ResidenceKind::Exemption),
    ("EXEMPTION", ResidenceKind::Exemption),
    ("STAMP", ResidenceKind::EntryStamp),
];

/// How a holder reaches the identity authority (Decree 59/2022 Art. 19(5)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// The national identification application.
    App,
    /// The hotline.
    Hotline,
    /// The counter of the authority.
    InPerson,
}

const CHANNELS: [(&str, Channel); 3] = [("app", Channel::App), ("hotline", Channel::Hotline), ("in_person", Channel::InPerson)];

/// Who asks the police to lock or unlock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requester {
    /// A procedural agency (cơ quan tiến hành tố tụng) or another competent authority.
    Authority,
    /// A relying party (bên sử dụng dịch vụ).
    RelyingParty,
}

const REQUESTERS: [(&str, Requester); 4] = [
    ("authority", Requester::Authority),
    ("relying_party", Requester::RelyingParty),
    ("procedural_agency", Requester::Authority),
    ("competent_authority", Requester::Authority),
];

/// Something that happened to an account, its holder or the holder's papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// The holder asked to lock.
    HolderLock,
    /// The holder asked to unlock.
    HolderUnlock,
    /// The terms of use were breached.
    TermsBreach,
    /// The breach was remedied.
    TermsBreachRemedied,
    /// The card was revoked.
    CardRevoked,
    /// The card was retained.
    CardRetained,
    /// The card was given back.
    CardReturned,
    /// A new card was issued.
    CardReissued,
    /// A new passport was recorded.
    PassportUpdated,
    /// A new period of residence was recorded.
    ResidenceUpdated,
    /// The holder died.
    Death,
    /// The organisation was dissolved.
    Dissolved,
    /// The organisation stopped operating.
    Ceased,
    /// The organisation operates again.
    Resumed,
    /// A lock was asked for: pending, locks nothing.
    LockRequested,
    /// A lock was approved.
    LockApproved,
    /// An unlock was approved.
    UnlockApproved,
    /// Known, and without effect on the account: refusals, an unlock that is only asked for, a registered pause of business.
    NoEffect,
}

const ALL: &[HolderKind] = &HolderKind::ALL;
const PERSONS: &[HolderKind] = &[Citizen, Foreigner];

/// Every word for an event, what it means, and whom it can happen to. A word that is not here is refused, never skipped:
/// a misspelt `death` must not leave an account active.
const EVENTS: [(&str, EventKind, &[HolderKind]); 45] = [
    ("holder_lock", EventKind::HolderLock, ALL),
    ("holder_unlock", EventKind::HolderUnlock, ALL),
    ("terms_breach", EventKind::TermsBreach, ALL),
    ("terms_breach_remedied", EventKind::TermsBreachRemedied, ALL),
    ("card_revoked", EventKind::CardRevoked, &[Citizen]),
    ("card_retained", EventKind::CardRetained, &[Citizen]),
    ("card_returned", EventKind::CardReturned, &[Citizen]),
    ("card_reissued", EventKind::CardReissued, &[Citizen]),
    ("card_renewed", EventKind::CardReissued, &[Citizen]),
    ("card_replaced", EventKind::CardReissued, &[Citizen]),
    ("card_updated", EventKind::CardReissued, &[Citizen]),
    ("passport_updated", EventKind::PassportUpdated, &[Foreigner]),
    ("passport_renewed", EventKind::PassportUpdated, &[Foreigner]),
    ("passport_reissued", EventKind::PassportUpdated, &[Foreigner]),
    ("passport_replaced", EventKind::PassportUpdated, &[Foreigner]),
    // the ground is "expired"; an English rendering that says "revoked" is wrong
    ("passport_revoked", EventKind::NoEffect, &[Foreigner]),
    ("residence_updated", EventKind::ResidenceUpdated, &[Foreigner]),
    ("residence_renewed", EventKind::ResidenceUpdated, &[Foreigner]),
    ("residence_extended", EventKind::ResidenceUpdated, &[Foreigner]),
    ("residence_reissued", EventKind::ResidenceUpdated, &[Foreigner]),
    ("residence_replaced", EventKind::ResidenceUpdated, &[Foreigner]),
    ("residence_card_reissued", EventKind::ResidenceUpdated, &[Foreigner]),
    ("residence_card_renewed", EventKind::ResidenceUpdated, &[Foreigner]),
    ("residence_card_updated", EventKind::ResidenceUpdated, &[Foreigner]),
    ("residence_card_replaced", EventKind::ResidenceUpdated, &[Foreigner]),
    ("stay_extended", EventKind::ResidenceUpdated, &[Foreigner]),
    ("visa_extended", EventKind::ResidenceUpdated, &[Foreigner]),
    ("death", EventKind::Death, PERSONS),
    ("dissolved", EventKind::Dissolved, &[Organisation]),
    ("ceased", EventKind::Ceased, &[Organisation]),
    ("ceased_operation", EventKind::Ceased, &[Organisation]),
    ("ceased_operations", EventKind::Ceased, &[Organisation]),
    ("ceased_operating", EventKind::Ceased, &[Organisation]),
    ("stopped_operating", EventKind::Ceased, &[Organisation]),
    ("stopped_operations", EventKind::Ceased, &[Organisation]),
    ("operations_ceased", EventKind::Ceased, &[Organisation]),
    ("resumed", EventKind::Resumed, &[Organisation]),
    ("resumed_operations", EventKind::Resumed, &[Organisation]),
    ("temporarily_suspended", EventKind::NoEffect, &[Organisation]),
    ("lock_request", EventKind::LockRequested, ALL),
    ("lock_request_approved", EventKind::LockApproved, ALL),
    ("lock_request_refused", EventKind::NoEffect, ALL),
    ("unlock_request", EventKind::NoEffect, ALL),
    ("unlock_request_approved", EventKind::UnlockApproved, ALL),
    ("unlock_request_refused", EventKind::NoEffect, ALL),
];

/// One event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// When: in force from this very second, and not before.
    pub at: UnixTime,
    /// Who had asked, where a request was decided.
    pub by: Option<Requester>,
    /// How the holder asked.
    pub channel: Option<Channel>,
    /// The last day of the paper that was replaced.
    pub old_expiry: Option<Date>,
}

fn find<T: Copy, const N: usize>(table: &[(&str, T); N], name: &str) -> Option<T> {
    table.iter().find(|row| row.0 == name).map(|row| row.1)
}

impl CardKind {
    /// Reads `CMND`, `CCCD`, `CC` and the spellings of case facts.
    pub fn parse(name: &str) -> Option<Self> {
        find(&CARD_KINDS, name)
    }
}

impl CardState {
    /// Reads `held`, `retained`, `revoked`.
    pub fn parse(name: &str) -> Option<Self> {
        find(&CARD_STATES, name)
    }
}

impl ResidenceKind {
    /// Reads the words of the credential (`temporary_card`) and those of case facts (`TRC`).
    pub fn parse(name: &str) -> Option<Self> {
        find(&RESIDENCE_KINDS, name)
    }
}

impl Channel {
    /// Reads `app`, `hotline`, `in_person`.
    pub fn parse(name: &str) -> Option<Self> {
        find(&CHANNELS, name)
    }
}

impl Requester {
    /// Reads `authority`, `relying_party` and the two sorts of authority that the decrees name.
    pub fn parse(name: &str) -> Option<Self> {
        find(&REQUESTERS, name)
    }
}

impl EventKind {
    /// Reads an event's word, if it can happen to such a holder.
    ///
    /// ```
    /// use eid_verifier::{document::holder::HolderKind, law::facts::EventKind};
    /// assert_eq!(EventKind::parse("death", HolderKind::Citizen), Some(EventKind::Death));
    /// assert_eq!(EventKind::parse("deth", HolderKind::Citizen), None);
    /// assert_eq!(EventKind::parse("death", HolderKind::Organisation), None);
    /// ```
    pub fn parse(name: &str, holder: HolderKind) -> Option<Self> {
        EVENTS.iter().find(|row| row.0 == name && row.2.contains(&holder)).map(|row| row.1)
    }
}
