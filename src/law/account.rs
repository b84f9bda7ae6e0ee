//! Is an account locked, may one be issued: the law as a pure function of facts.
//!
//! It decides from what the state's system has recorded. A verifier has no such record: it sees dates, and can say at most that a lock is due
//! ([`crate::law::documents::lock_due`]).

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{Date, UnixTime};
use crate::document::holder::HolderKind;
use crate::law::Basis;
use crate::law::decree::Decree;
use crate::law::documents::{self, ExpiryDay, ResidenceFinding, State};
use crate::law::facts::{CardKind, CardState, Event, EventKind, Expiry, Requester, ResidenceKind};
use crate::law::ground::{Ground, Grounds};
use crate::law::level;
use crate::law::predicate::age_at_least;
use crate::law::rules::{Bar, LockRow, Paper, Raised};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// May an account be issued?
    Application,
    /// In what state is an account that was issued?
    Account,
}

/// A citizen's card.
#[derive(Clone, Copy, Debug)]
pub struct IdCard {
    /// Its kind.
    pub kind: CardKind,
    /// Since when.
    pub issued: Option<Date>,
    /// The printed last day.
    pub expiry: Expiry,
    /// Where it is.
    pub state: CardState,
}

/// What lets a foreigner stay.
#[derive(Clone, Copy, Debug)]
pub struct Residence {
    /// Its kind.
    pub kind: ResidenceKind,
    /// Since when.
    pub issued: Option<Date>,
    /// The last day of the stay. The certificate of a visa exemption may be good for longer than the stay.
    pub expiry: Expiry,
}

/// Who holds the account or applies for it.
#[derive(Clone, Copy, Debug)]
pub enum Subject {
    /// A citizen.
    Citizen {
        /// Date of birth.
        born: Date,
        /// Under guardianship.
        ward: bool,
        /// The card, if any.
        card: Option<IdCard>,
        /// Level of the account of the parent or guardian who applies, if told (`Some(None)`: has none).
        parent_level: Option<Option<u8>>,
    },
    /// A foreigner.
    Foreigner {
        /// Date of birth.
        born: Date,
        /// Under guardianship.
        ward: bool,
        /// Passport or paper for international travel.
        passport: Expiry,
        /// The stay, if any is recorded.
        residence: Option<Residence>,
    },
    /// An agency or organisation.
    Organisation {
        /// Founded or registered in Viet Nam.
        established: bool,
        /// Level of the account of whoever applies.
        representative_level: Option<u8>,
        /// Whether the other legal representatives consent; `None`: there are none, or nothing is told.
        consent: Option<bool>,
        /// Applied for on paper, not by the application.
        on_paper: bool,
    },
}

impl Subject {
    /// The kind of holder.
    pub const fn kind(&self) -> HolderKind {
        match self {
            Self::Citizen { .. } => HolderKind::Citizen,
            Self::Foreigner { .. } => HolderKind::Foreigner,
            Self::Organisation { .. } => HolderKind::Organisation,
        }
    }

    const fn born(&self) -> Option<Date> {
        match self {
            Self::Citizen { born, .. } | Self::Foreigner { born, .. } => Some(*born),
            Self::Organisation { .. } => None,
        }
    }
}

/// The question.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// By which decree.
    pub law: Decree,
    /// About whom.
    pub subject: Subject,
    /// Level of the account; `None`: without levels.
    pub level: Option<u8>,
    /// Application, or account.
    pub stage: Stage,
    /// What happened, in any order.
    pub events: &'a [Event],
    /// At this instant; later events have not happened.
    pub now: UnixTime,
    /// How the last day of a paper counts.
    pub expiry_day: ExpiryDay,
}

/// State of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// Usable; for an application: may be issued.
    Active,
    /// Locked.
    Locked,
    /// May not be issued.
    NotEligible,
}

impl Account {
    /// The word in the answer.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Locked => "locked",
            Self::NotEligible => "not_eligible",
        }
    }
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// State.
    pub account: Account,
    /// Every ground for it, not only the first.
    pub grounds: Grounds,
    /// The article for an answer without grounds.
    pub basis: Basis,
}

/// Decides.
///
/// An account is locked while one ground is left (Decree 59 Art. 19(4)(a), Decree 69 Art. 15(3)). An account that would have to be locked as soon as it is
/// issued is not issued: an application is barred by the lock grounds too (reading: a passport that is out of date is no paper valid for travel).
pub fn assess(question: &Question<'_>) -> Assessment {
    let rules = question.law.rules();
    let kind = question.subject.kind();
    let exists = level::exists(question.law, kind, question.level).unwrap_or(rules.name);
    let locks = lock_grounds(question);
    match question.stage {
        Stage::Account if locks.is_empty() => Assessment { account: Account::Active, grounds: locks, basis: exists },
        Stage::Account => Assessment { account: Account::Locked, grounds: locks, basis: exists },
        Stage::Application => {
            let bars = bars(question);
            let grounds = if bars.is_empty() { locks } else { bars };
            let account = if grounds.is_empty() { Account::Active } else { Account::NotEligible };
            Assessment { account, grounds, basis: exists }
        }
    }
}

/// The article on which a ground rests for such a holder.
pub fn basis_of(law: Decree, kind: HolderKind, ground: Ground) -> Option<Basis> {
    let rules = law.rules();
    let lock = rules.locks.iter().find(|row| row.holder == kind && row.ground == ground).map(|row| row.basis);
    lock.or_else(|| rules.bars.iter().find(|row| row.holder == kind && row.ground == ground).map(|row| row.basis))
}

/// The articles behind a lock: one for each ground, by its code; the article on locks as a whole for a code that the decree does not know, or where no ground is told.
pub fn articles(law: Decree, kind: HolderKind, grounds: &[String]) -> Vec<Basis> {
    let whole = law.rules().locks_basis;
    let mut articles = Vec::new();
    for code in grounds {
        articles.push(Ground::parse(code).and_then(|ground| basis_of(law, kind, ground)).unwrap_or(whole));
    }
    if articles.is_empty() {
        articles.push(whole);
    }
    articles
}

/// Every lock ground that stands.
fn lock_grounds(question: &Question<'_>) -> Grounds {
    let kind = question.subject.kind();
    let mut grounds = Grounds::NONE;
    for row in question.law.rules().locks.iter().filter(|row| row.holder == kind) {
        if stands(question, row) {
            grounds.add(row.ground);
        }
    }
    grounds
}

fn stands(question: &Question<'_>, row: &LockRow) -> bool {
    match row.raised {
        Raised::By(event) => raised_last(question, row, event),
        Raised::ByOrState(event, told) => card_is(question, told) || raised_last(question, row, event),
        Raised::Date(paper) => date_is_over(question, paper),
        Raised::Request(requester, before) => {
            let before = before.and_then(|(year, month, day)| Date::new(year, month, day)).map(Date::start_in_vietnam);
            let raised = latest(question, |event| {
                event.kind == EventKind::LockApproved && event.by == Some(requester) && before.is_none_or(|before| event.at < before)
            });
            let lifted = latest(question, |event| row.ended_by.contains(&event.kind) && may_lift(question, requester, event.by));
            raised.is_some() && raised >= lifted
        }
    }
}

/// Whether the latest event that raises the ground is no older than the latest that ends it: at one instant, the lock wins.
fn raised_last(question: &Question<'_>, row: &LockRow, raiser: EventKind) -> bool {
    let raised = latest(question, |event| event.kind == raiser);
    let ended = latest(question, |event| row.ended_by.contains(&event.kind) && reaches(question, event));
    raised.is_some() && raised >= ended
}

/// The instant of the latest such event that has happened.
fn latest(question: &Question<'_>, such: impl Fn(&Event) -> bool) -> Option<UnixTime> {
    let mut latest = None;
    for event in question.events {
        if event.at <= question.now && such(event) {
            latest = latest.max(Some(event.at));
        }
    }
    latest
}

/// A holder's unlock by a way that the decree does not open has no effect; without a way told, it is taken as recorded.
fn reaches(question: &Question<'_>, event: &Event) -> bool {
    let ways = question.law.rules().holder_unlock;
    event.kind != EventKind::HolderUnlock || event.channel.is_none_or(|channel| ways.contains(&channel))
}

/// Who asked for the lock asks for the unlock ("the same requesters"); for one who may not ask any more, those who may.
fn may_lift(question: &Question<'_>, locked_for: Requester, unlocked_for: Option<Requester>) -> bool {
    let requesters = question.law.rules().request.requesters;
    unlocked_for.is_some_and(|by| requesters.contains(&by) && (by == locked_for || !requesters.contains(&locked_for)))
}

fn card_is(question: &Question<'_>, told: CardState) -> bool {
    match &question.subject {
        Subject::Citizen { card, .. } => card.as_ref().is_some_and(|card| card.state == told),
        Subject::Foreigner { .. } | Subject::Organisation { .. } => false,
    }
}

fn date_is_over(question: &Question<'_>, paper: Paper) -> bool {
    let over = |expiry| documents::state(expiry, question.now, question.expiry_day).state == State::Expired;
    match (&question.subject, paper) {
        (Subject::Citizen { card, .. }, Paper::IdCard) => card.as_ref().is_some_and(|card| over(card_expiry(question, card))),
        (Subject::Foreigner { passport, .. }, Paper::Passport) => over(as_of_now(question, EventKind::PassportUpdated, *passport)),
        (Subject::Foreigner { residence, .. }, Paper::Residence) => {
            residence.as_ref().is_some_and(|stay| residence_is_over(question, stay))
        }
        (Subject::Citizen { .. }, Paper::Passport | Paper::Residence)
        | (Subject::Foreigner { .. }, Paper::IdCard)
        | (Subject::Organisation { .. }, Paper::Passport | Paper::Residence | Paper::IdCard) => false,
    }
}

fn card_expiry(question: &Question<'_>, card: &IdCard) -> Expiry {
    documents::card_expiry(card.kind, as_of_now(question, EventKind::CardReissued, card.expiry))
}

fn residence_is_over(question: &Question<'_>, stay: &Residence) -> bool {
    let expiry = as_of_now(question, EventKind::ResidenceUpdated, stay.expiry);
    documents::residence(stay.kind, expiry, question.now, question.expiry_day) == ResidenceFinding::Ended
}

/// Facts tell the newest paper. One that replaces another only later is not here yet: until then the old one's last day counts.
fn as_of_now(question: &Question<'_>, replacing: EventKind, newest: Expiry) -> Expiry {
    let to_come = question.events.iter().filter(|event| event.kind == replacing && event.at > question.now);
    let next = to_come.min_by_key(|event| event.at);
    next.and_then(|event| event.old_expiry).map_or(newest, Expiry::On)
}

/// Every bar to an application; one that points to another's account (parent, guardian) stands alone.
fn bars(question: &Question<'_>) -> Grounds {
    let kind = question.subject.kind();
    let mut grounds = Grounds::NONE;
    for row in question.law.rules().bars.iter().filter(|row| row.holder == kind) {
        if holds(question, &row.bar) {
            grounds.add(row.ground);
            if matches!(row.bar, Bar::Under(_) | Bar::Ward) {
                break;
            }
        }
    }
    grounds
}

fn holds(question: &Question<'_>, bar: &Bar) -> bool {
    let under = |age: u8| question.subject.born().is_some_and(|born| !age_at_least(born, age, question.now));
    let level = question.level.unwrap_or_default();
    match (bar, &question.subject) {
        (Bar::Under(age), _) => under(*age),
        (Bar::LevelUnder(from, age), _) => level >= *from && under(*age),
        (Bar::Ward, Subject::Citizen { ward, .. } | Subject::Foreigner { ward, .. }) => *ward,
        (Bar::NoCard(from, age, below, kinds), Subject::Citizen { card, .. }) => {
            let asked = level >= *from && !under(*age) && (*below == u8::MAX || under(*below));
            asked && !card.as_ref().is_some_and(|card| kinds.contains(&card.kind) && card_is_valid(question, card))
        }
        (Bar::NoResidence(kinds), Subject::Foreigner { residence, .. }) => {
            let good =
                |stay: &Residence| kinds.contains(&stay.kind) && is_issued(question, stay.issued) && !residence_is_over(question, stay);
            !residence.as_ref().is_some_and(good)
        }
        (Bar::NotEstablished, Subject::Organisation { established, .. }) => !established,
        (Bar::RepresentativeBelow(least), Subject::Organisation { representative_level, .. }) => {
            representative_level.is_none_or(|level| level < *least)
        }
        (Bar::OnlineRepresentativeBelow(least), Subject::Organisation { representative_level, on_paper, .. }) => {
            !on_paper && representative_level.is_none_or(|level| level < *least)
        }
        (Bar::ParentBelow(least, age), Subject::Citizen { ward, parent_level, .. }) => {
            (*ward || under(*age)) && parent_level.is_some_and(|level| level.is_none_or(|level| level < *least))
        }
        (Bar::NoConsent, Subject::Organisation { consent, .. }) => *consent == Some(false),
        (Bar::Ward | Bar::NotEstablished | Bar::RepresentativeBelow(_) | Bar::OnlineRepresentativeBelow(_) | Bar::NoConsent, _)
        | (Bar::NoCard(..) | Bar::ParentBelow(..), Subject::Foreigner { .. } | Subject::Organisation { .. })
        | (Bar::NoResidence(_), Subject::Citizen { .. } | Subject::Organisation { .. }) => false,
    }
}

fn card_is_valid(question: &Question<'_>, card: &IdCard) -> bool {
    let over = documents::state(card_expiry(question, card), question.now, question.expiry_day).state == State::Expired;
    card.state == CardState::Held && is_issued(question, card.issued) && !over && !has_lost_card(question)
}

/// By the events, the card is not with its holder.
fn has_lost_card(question: &Question<'_>) -> bool {
    let gone = latest(question, |event| matches!(event.kind, EventKind::CardRevoked | EventKind::CardRetained));
    let back = latest(question, |event| matches!(event.kind, EventKind::CardReturned | EventKind::CardReissued));
    gone.is_some() && gone >= back
}

fn is_issued(question: &Question<'_>, issued: Option<Date>) -> bool {
    issued.is_none_or(|day| day.start_in_vietnam() <= question.now)
}
