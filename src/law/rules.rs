//! What a row of a decree's table looks like. The rows stand in `decree_59.rs` and `decree_69.rs`, one file a decree.

use crate::document::holder::{EvidenceMethod, EvidenceSource, HolderKind};
use crate::law::Basis;
use crate::law::facts::{CardKind, CardState, Channel, EventKind, Requester, ResidenceKind};
use crate::law::ground::Ground;

/// Year, month, day, as a decree prints it.
pub type Day = (i32, u8, u8);

/// One decree.
#[derive(Debug)]
pub struct Rules {
    /// Its name in policy, credential and report.
    pub name: &'static str,
    /// First day in force.
    pub from: Day,
    /// Last day in force.
    pub until: Option<Day>,
    /// Which accounts there are.
    pub levels: &'static [LevelRow],
    /// What a level must rest on.
    pub evidence: &'static [EvidenceRow],
    /// What bars an account from being issued.
    pub bars: &'static [BarRow],
    /// What locks an account.
    pub locks: &'static [LockRow],
    /// The article on locks as a whole, for a lock whose ground was not told.
    pub locks_basis: Basis,
    /// By which way a holder can take back an own lock.
    pub holder_unlock: &'static [Channel],
    /// How requests to lock or unlock are decided.
    pub request: RequestRow,
}

/// An account of this kind and level exists.
#[derive(Debug)]
pub struct LevelRow {
    /// Whose.
    pub holder: HolderKind,
    /// The level; `None`: the account has no levels.
    pub level: Option<u8>,
    /// Article.
    pub basis: Basis,
}

/// A level rests on such evidence.
#[derive(Debug)]
pub struct EvidenceRow {
    /// Whose.
    pub holder: HolderKind,
    /// From this level on.
    pub level: u8,
    /// By what.
    pub methods: &'static [EvidenceMethod],
    /// Against which databases.
    pub sources: &'static [EvidenceSource],
    /// Article.
    pub basis: Basis,
}

/// An account is not issued where the bar holds.
#[derive(Debug)]
pub struct BarRow {
    /// To whom.
    pub holder: HolderKind,
    /// When.
    pub bar: Bar,
    /// The answer.
    pub ground: Ground,
    /// Article.
    pub basis: Basis,
}

/// A fact that bars.
#[derive(Debug)]
pub enum Bar {
    /// Younger than this age, whatever else: the rows that follow are not asked.
    Under(u8),
    /// A ward, whatever else: the rows that follow are not asked.
    Ward,
    /// This level, and younger than this age.
    LevelUnder(u8, u8),
    /// From this level and this age on, and below the second age: no card of these kinds held and in date.
    NoCard(u8, u8, u8, &'static [CardKind]),
    /// No residence of these kinds in date.
    NoResidence(&'static [ResidenceKind]),
    /// Not founded or registered in Viet Nam.
    NotEstablished,
    /// Who applies for an organisation has no account of this level.
    RepresentativeBelow(u8),
    /// Who applies for an organisation, and not on paper, has no account of this level.
    OnlineRepresentativeBelow(u8),
    /// Who applies for a person under this age, or for a ward, has no account of this level.
    ParentBelow(u8, u8),
    /// Other legal representatives were asked, and did not consent.
    NoConsent,
}

/// No upper age.
pub const ANY_AGE: u8 = u8::MAX;

/// A ground that locks.
#[derive(Debug)]
pub struct LockRow {
    /// Whose account.
    pub holder: HolderKind,
    /// The ground.
    pub ground: Ground,
    /// What brings it about.
    pub raised: Raised,
    /// What ends it. Nothing: there is no way out in the text.
    pub ended_by: &'static [EventKind],
    /// Article.
    pub basis: Basis,
}

/// What brings a ground about.
#[derive(Clone, Copy, Debug)]
pub enum Raised {
    /// An event.
    By(EventKind),
    /// An event, or the card's state as told.
    ByOrState(EventKind, CardState),
    /// The date of a paper.
    Date(Paper),
    /// An approved request of such a requester; with a day: only if approved before it.
    Request(Requester, Option<Day>),
}

/// The papers whose dates lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// Passport or paper for international travel (giấy tờ đi lại quốc tế).
    Passport,
    /// What gives the period of residence.
    Residence,
    /// Citizen's card.
    IdCard,
}

/// How requests to lock or unlock are decided.
#[derive(Debug)]
pub struct RequestRow {
    /// Working days to forward; `None`: the receiving unit decides.
    pub forward: Option<u8>,
    /// Working days to decide, from there.
    pub decide: u8,
    /// Who may ask.
    pub requesters: &'static [Requester],
    /// Article.
    pub basis: Basis,
}
