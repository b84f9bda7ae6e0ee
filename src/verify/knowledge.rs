//! What a verifier holds between calls, and how it grows: signed artefacts only, each swapped in whole or not at all.
//!
//! Nothing in it comes from a credential, so the order of calls changes no verdict.

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{UnixTime, order};
use crate::crypto::warm::WarmKeys;
use crate::document::account_state::LockState;
use crate::document::relying_party::Authorisation;
use crate::envelope::jws_general::Quorum;
use crate::envelope::verified::Verified;
use crate::verify::code;
use crate::verify::list::account_state::{self, ReceivedAccountState, SignedAccountState};
use crate::verify::list::status_list::{self, ReceivedStatusList, SignedStatusList};
use crate::verify::list::trust_list::{self, ReceivedTrustList, TrustListFinding};
use crate::verify::list::{self, Moment, authorisation};
use crate::verify::report::{Outcome, Report};
use crate::verify::trust::TrustStore;

/// 2024-07-01T00:00:00Z, the day Decree 69/2024 came into force: no clock that shows less is right (contract §12 "Clock floor").
pub const CLOCK_FLOOR: UnixTime = UnixTime(1_719_792_000);

/// Refused status lists that are remembered, so that a credential can be told why its list is not there. A page hands over few.
const REFUSED_STATUS_LISTS: usize = 64;

/// Contradicting lists of one name, signer and second that are kept: one is honest, two are a slip of the issuer's clock, more are a flood.
const RIVALS: usize = 4;

/// What a verifier knows.
#[derive(Debug)]
pub struct Knowledge {
    /// Issuers.
    pub trust: TrustStore,
    /// Tables of the issuers' keys that are seen again and again.
    pub warm: WarmKeys,
    /// The later of [`CLOCK_FLOOR`] and the newest `iat` among verified artefacts.
    pub clock_floor: UnixTime,
    /// Whether certificates are pinned, to which an `x5c` might have chained. No credential chains to any in this version.
    pub certificates_pinned: bool,
    /// The relying-party authorisation, if one is configured.
    pub relying_party: Option<RelyingParty>,
    /// By address, then by signer: what one issuer signs never displaces what another signed. Sorted by address.
    status_lists: Vec<Shelf>,
    refused_status_lists: Vec<(String, Outcome)>,
    /// Sorted by subject, then by issuer.
    account_states: Vec<SignedAccountState>,
    artefacts: Vec<Artefact>,
}

/// The status lists of one address. Sorted vectors, not trees: a tree's code weighs 6 KB for each type of its values.
#[derive(Debug)]
struct Shelf {
    uri: String,
    lists: Vec<SignedStatusList>,
}

/// A configured relying-party authorisation.
#[derive(Debug)]
pub struct RelyingParty {
    /// As received, to be judged anew when the root changes hands.
    text: String,
    /// The authorisation, or why it is none.
    pub authorisation: Result<Verified<Authorisation>, Outcome>,
}

/// An artefact with the report on it.
#[derive(Clone, Debug)]
pub struct Artefact {
    /// `trust_list`, `status_list`, `account_state`, `relying_party`, or `update`.
    pub name: &'static str,
    /// The report.
    pub report: Report,
    /// The version of a trust list.
    pub version: Option<i64>,
    /// The issuer.
    pub issuer: Option<String>,
    /// The address of a status list.
    pub uri: Option<String>,
    /// Hosts that may serve status lists, by the word of a trust list: what a page may let itself fetch from.
    pub status_hosts: Vec<String>,
    /// The account of an account state: told to nobody, only compared.
    subject: Option<String>,
    in_force: bool,
}

impl Artefact {
    const fn new(name: &'static str, report: Report) -> Self {
        Self { name, report, version: None, issuer: None, uri: None, status_hosts: Vec::new(), subject: None, in_force: false }
    }

    /// An update that could not be read at all.
    pub const fn unreadable(report: Report) -> Self {
        Self::new("update", report)
    }

    fn is_succeeded_by(&self, newer: &Self) -> bool {
        newer.in_force && self.name == newer.name && self.uri == newer.uri && self.subject == newer.subject && self.issuer == newer.issuer
    }
}

/// Artefacts to take in.
#[derive(Clone, Debug, Default)]
pub struct Update {
    /// Trust lists.
    pub trust_lists: Vec<String>,
    /// Status lists.
    pub status_lists: Vec<String>,
    /// Account states.
    pub account_states: Vec<String>,
}

impl Default for Knowledge {
    fn default() -> Self {
        Self::new(TrustStore::default())
    }
}

impl Knowledge {
    /// Makes the keys of every believed issuer warm now, as far as there is room, instead of after some uses.
    pub fn warm_keys(&self) {
        for entry in self.trust.entries() {
            for listed in &entry.keys {
                self.warm.warm_if_room(&listed.key);
            }
        }
    }

    /// What the page configured, and nothing signed yet.
    pub fn new(trust: TrustStore) -> Self {
        Self {
            trust,
            warm: WarmKeys::default(),
            clock_floor: CLOCK_FLOOR,
            certificates_pinned: false,
            relying_party: None,
            status_lists: Vec::new(),
            refused_status_lists: Vec::new(),
            account_states: Vec::new(),
            artefacts: Vec::new(),
        }
    }

    /// One report an artefact: those of the last update first, in the order given, then those that are still in force.
    pub fn artefacts(&self) -> &[Artefact] {
        &self.artefacts
    }

    /// Status lists held for an address.
    pub fn status_lists(&self, uri: &str) -> &[SignedStatusList] {
        let place = self.shelf(uri).ok().and_then(|place| self.status_lists.get(place));
        place.map(|shelf| shelf.lists.as_slice()).unwrap_or_default()
    }

    /// Why a status list for this address was refused, if one was and none is held.
    pub fn refused_status_list(&self, uri: &str) -> Option<Outcome> {
        self.refused_status_lists.iter().find(|(refused, _)| refused == uri).map(|(_, outcome)| *outcome)
    }

    /// The account state held for a subject.
    pub fn account_state(&self, iss: &str, sub: &str) -> Option<&SignedAccountState> {
        self.account_place(iss, sub).ok().and_then(|place| self.account_states.get(place))
    }

    fn account_place(&self, iss: &str, sub: &str) -> Result<usize, usize> {
        self.account_states.binary_search_by(|held| (held.state.subject.as_str(), held.state.issuer.as_str()).cmp(&(sub, iss)))
    }

    /// Where the lists of an address stand, or would.
    fn shelf(&self, uri: &str) -> Result<usize, usize> {
        self.status_lists.binary_search_by(|shelf| shelf.uri.as_str().cmp(uri))
    }

    /// Takes in what is good; each artefact that is not changes nothing.
    pub fn apply(&mut self, update: &Update, now: UnixTime, skew: i64) {
        let mut news = self.apply_trust_lists(&update.trust_lists, now, skew);
        news.extend(self.renew_authorisation(now, skew));
        for text in &update.status_lists {
            let artefact = self.apply_status_list(text, now, skew);
            news.push(artefact);
        }
        for text in &update.account_states {
            let artefact = self.apply_account_state(text, now, skew);
            news.push(artefact);
        }
        self.tell(news);
    }

    /// Takes the relying-party authorisation that the page configured.
    pub fn authorise(&mut self, text: String, now: UnixTime, skew: i64) {
        self.relying_party = Some(RelyingParty { text, authorisation: Err(Outcome::Unknown(code::NOT_REACHED)) });
        let news = self.renew_authorisation(now, skew).into_iter().collect();
        self.tell(news);
    }

    /// Notes an update that could not be read.
    pub fn note(&mut self, artefact: Artefact) {
        self.tell(Vec::from([artefact]));
    }

    fn tell(&mut self, news: Vec<Artefact>) {
        self.artefacts.retain(|known| known.in_force && !news.iter().any(|newer| known.is_succeeded_by(newer)));
        let rest = core::mem::replace(&mut self.artefacts, news);
        self.artefacts.extend(rest);
    }

    const fn moment(&self, now: UnixTime, skew: i64) -> Moment {
        Moment { now, skew, floor: self.clock_floor }
    }

    /// An artefact that was issued a little ahead of this clock lifts the floor to this clock, not above it.
    fn lift_floor(&mut self, issued: UnixTime, now: UnixTime) {
        self.clock_floor = self.clock_floor.max(issued.min(now));
    }

    /// In the order of their versions, whatever order they come in; reports in the order given.
    fn apply_trust_lists(&mut self, texts: &[String], now: UnixTime, skew: i64) -> Vec<Artefact> {
        let mut received = Vec::with_capacity(texts.len());
        for text in texts {
            received.push((Some(ReceivedTrustList::read(text)), None));
        }
        let order = order::rising(received.iter().map(|(list, _)| list.as_ref().and_then(ReceivedTrustList::version).unwrap_or(i64::MAX)));
        let mut bridge: Option<Quorum> = None;
        for place in order {
            let Some((list, news)) = received.get_mut(place) else { continue };
            let Some(list) = list.take() else { continue };
            let version = list.version();
            let root = bridge.as_ref().or(self.trust.root()).cloned();
            let (report, finding) = trust_list::judge(list, &self.trust, root.as_ref(), self.moment(now, skew));
            let mut artefact = Artefact { version, ..Artefact::new("trust_list", report) };
            match finding {
                TrustListFinding::Newer(list, payload) => {
                    self.lift_floor(list.get().issued, now);
                    self.trust.accept(list, &payload);
                    artefact.status_hosts = self.trust.status_hosts();
                    bridge = None;
                    artefact.in_force = true;
                }
                TrustListFinding::Same => {
                    artefact.status_hosts = self.trust.status_hosts();
                    artefact.in_force = true;
                }
                TrustListFinding::Bridge(root) => {
                    bridge = Some(root);
                    self.trust.refuse(list::deciding(&artefact.report));
                }
                TrustListFinding::Refused => self.trust.refuse(list::deciding(&artefact.report)),
            }
            *news = Some(artefact);
        }
        let mut news = Vec::with_capacity(received.len());
        for (_, artefact) in received {
            news.extend(artefact);
        }
        news
    }

    /// The authorisation under the root of this moment; a root that changed hands takes its authorisations along.
    fn renew_authorisation(&mut self, now: UnixTime, skew: i64) -> Option<Artefact> {
        let moment = self.moment(now, skew);
        let party = self.relying_party.as_mut()?;
        let (report, authorisation) = authorisation::judge(&party.text, self.trust.root(), moment);
        party.authorisation = authorisation.ok_or_else(|| list::deciding(&report));
        Some(Artefact { in_force: true, ..Artefact::new("relying_party", report) })
    }

    fn apply_status_list(&mut self, text: &str, now: UnixTime, skew: i64) -> Artefact {
        let received = ReceivedStatusList::read(text);
        let uri = received.subject().map(String::from);
        let moment = self.moment(now, skew);
        let (report, signed) = status_list::judge(received, &self.trust, moment);
        let mut artefact = Artefact { uri: uri.clone(), ..Artefact::new("status_list", report) };
        if let Some(signed) = signed {
            artefact.issuer = Some(signed.signer.clone());
            artefact.in_force = self.shelve(signed, moment, &mut artefact.report);
        }
        if let Some(uri) = uri {
            if artefact.in_force {
                self.refused_status_lists.retain(|(refused, _)| *refused != uri);
            } else if self.shelf(&uri).is_err() {
                self.remember_refusal(uri, list::deciding(&artefact.report));
            }
        }
        artefact
    }

    fn remember_refusal(&mut self, uri: String, outcome: Outcome) {
        if self.refused_status_lists.len() < REFUSED_STATUS_LISTS {
            self.refused_status_lists.retain(|(refused, _)| *refused != uri);
            self.refused_status_lists.push((uri, outcome));
        }
    }

    /// Puts a status list in the place of an older one of the same signer; whether it was put there. Lists of one second that say different things are all kept,
    /// and the worst word among them counts (`crate::verify::status`): which came first, or last, decides nothing.
    fn shelve(&mut self, signed: SignedStatusList, moment: Moment, report: &mut Report) -> bool {
        let (issued, subject) = (signed.list.get().issued, signed.list.get().subject.clone());
        let time = status_list::time(signed.list.get(), moment);
        let held = match self.shelf(&subject) {
            Err(place) => {
                self.status_lists.insert(place, Shelf { uri: subject, lists: Vec::from([signed]) });
                self.lift_floor(issued, moment.now);
                return true;
            }
            Ok(place) => self.status_lists.get_mut(place).map(|shelf| &mut shelf.lists),
        };
        let Some(held) = held else { return false };
        let of_signer = |held: &&SignedStatusList| held.signer == signed.signer;
        let rivals = held.iter().filter(of_signer).count();
        if let Some(known) = held.iter().find(of_signer).map(|held| held.list.get()) {
            if issued < known.issued {
                report.set(list::VERSION, Outcome::Fail(code::STATUS_LIST_ROLLBACK));
                return false;
            }
            if issued > known.issued && time != Outcome::Pass && status_list::time(known, moment) == Outcome::Pass {
                return false;
            }
            if issued > known.issued {
                held.retain(|held| held.signer != signed.signer);
            } else if held.iter().any(|held| held.signer == signed.signer && held.list.get().says_the_same(signed.list.get())) {
                return true;
            } else if rivals >= RIVALS {
                report.set(list::VERSION, Outcome::Fail(code::STATUS_LIST_INVALID));
                return false;
            }
        }
        held.push(signed);
        self.lift_floor(issued, moment.now);
        true
    }

    fn apply_account_state(&mut self, text: &str, now: UnixTime, skew: i64) -> Artefact {
        let moment = self.moment(now, skew);
        let (report, signed) = account_state::judge(ReceivedAccountState::read(text), &self.trust, moment);
        let mut artefact = Artefact::new("account_state", report);
        let Some(signed) = signed else { return artefact };
        let (issuer, subject, issued) = (signed.state.issuer.clone(), signed.state.subject.clone(), signed.state.issued);
        let place = self.account_place(&issuer, &subject);
        (artefact.issuer, artefact.subject) = (Some(issuer), Some(subject));
        match place.ok().and_then(|place| self.account_states.get_mut(place)) {
            Some(held) if signed.state.sequence < held.state.sequence => {
                artefact.report.set(list::VERSION, Outcome::Fail(code::ACCOUNT_STATUS_STALE));
                return artefact;
            }
            // two states in one place of the order: the lock wins (contract §12 "Account state")
            Some(held) if signed.state.sequence == held.state.sequence && held.state.lock_state() == LockState::Locked => {}
            Some(held) => *held = signed,
            None => self.account_states.insert(place.unwrap_or_else(|place| place), signed),
        }
        self.lift_floor(issued, now);
        artefact.in_force = true;
        artefact
    }
}
