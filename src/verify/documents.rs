//! The documents of a holder by their dates: passport, residence, identity card, integrated documents (contract §5, §12).

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::Date;
use crate::document::claims;
use crate::document::holder::HolderKind;
use crate::encoding::json::{Object, Value};
use crate::law::Decree;
use crate::law::account;
use crate::law::documents::{self, Dated, ResidenceFinding, State};
use crate::law::facts::{CardKind, Expiry, ResidenceKind};
use crate::law::rules::Paper;
use crate::verify::code;
use crate::verify::policy::{DocumentsDemand, Options};
use crate::verify::report::{AccountReading, DocumentReading, Outcome, PlanLine, Report};

/// Passport or paper for international travel.
pub const PASSPORT: &PlanLine = &PlanLine { check: "document.passport", spec: "ND69-2024 Art. 15(2)(a)" };
/// What gives the period of residence.
pub const RESIDENCE: &PlanLine = &PlanLine { check: "document.residence", spec: "ND69-2024 Art. 15(2)(a)" };
/// A temporary residence card against the passport.
pub const RESIDENCE_TERM: &PlanLine = &PlanLine { check: "document.residence_term", spec: "Law 47/2014 Art. 38(1)" };
/// Citizen's card.
pub const IDENTITY_CARD: &PlanLine = &PlanLine { check: "document.identity_card", spec: "ND69-2024 Art. 15(1)" };
/// Documents integrated into a level 2 account.
pub const INTEGRATED: &PlanLine = &PlanLine { check: "documents.integrated", spec: "ND69-2024 Art. 9(6)" };

/// Judges the documents, and shows them whatever the verdict.
pub fn judge(report: &mut Report, claims: &Object, kind: Option<HolderKind>, law: Decree, options: &Options) {
    let mut shown = Vec::new();
    let mut due: Vec<String> = Vec::new();
    let mut case = Case { report, options, law, kind, shown: &mut shown, due: &mut due };
    let passport = case.paper(claims, "travel_document", "passport", PASSPORT, Paper::Passport);
    let residence = case.residence(claims);
    let outlives = match (residence, passport) {
        (Some((kind, Expiry::On(residence))), Some(Expiry::On(passport))) => {
            if documents::outlives_passport(kind, residence, passport) {
                Outcome::Skip(code::RESIDENCE_OUTLIVES_PASSPORT)
            } else {
                Outcome::Pass
            }
        }
        (None, None) => Outcome::Skip(code::NOT_ASKED),
        _ => Outcome::Skip(code::NOT_DISCLOSED),
    };
    case.report.set_by_law(RESIDENCE_TERM, outlives, documents::OUTLIVES_BASIS);
    case.identity_card(claims);
    case.integrated(claims);
    report.documents = Some(shown);
    mark(report, due, kind, law);
}

/// A paper of the holder has ended, by a date that a chip's signature vouches for: the account must be locked, as if the credential had said it.
#[cfg(feature = "emrtd")]
pub fn ended(report: &mut Report, kind: HolderKind, law: Decree, paper: Paper) {
    let ground = documents::lock_due(law, kind, paper).map(|(ground, _)| ground.name().to_owned());
    mark(report, ground.into_iter().collect(), Some(kind), law);
}

fn mark(report: &mut Report, due: Vec<String>, kind: Option<HolderKind>, law: Decree) {
    let Some(account) = &mut report.account else { return };
    if !due.is_empty() && account.state != LOCKED {
        account.state = LOCK_DUE;
    }
    for ground in due {
        // a signed state may have told it already
        if !account.grounds.contains(&ground) {
            account.grounds.push(ground);
        }
    }
    if let Some(kind) = kind.filter(|_| account.state == LOCKED || account.state == LOCK_DUE) {
        account.basis = account::articles(law, kind, &account.grounds);
    }
}

/// Only the state locks.
pub const LOCKED: &str = "locked";
/// A verifier can see that it must.
pub const LOCK_DUE: &str = "lock_due";

/// An account of which no signed state was seen.
pub const fn unknown_account() -> AccountReading {
    AccountReading { state: "unknown", grounds: Vec::new(), basis: Vec::new(), as_of: None, pending: Vec::new() }
}

struct Case<'a> {
    report: &'a mut Report,
    options: &'a Options,
    law: Decree,
    kind: Option<HolderKind>,
    shown: &'a mut Vec<DocumentReading>,
    due: &'a mut Vec<String>,
}

impl Case<'_> {
    /// Whether documents of identity decide here.
    fn decides(&self) -> bool {
        self.options.policy.documents != DocumentsDemand::Ignore
    }

    fn belongs_to(&self, kind: HolderKind) -> bool {
        self.kind == Some(kind)
    }

    fn show(&mut self, document: &str, expiry: Expiry, dated: Dated) {
        let expires_on = if let Expiry::On(day) = expiry { Some(day.to_text()) } else { None };
        self.shown.push(DocumentReading {
            document: document.to_owned(),
            state: dated.state.name(),
            expires_on,
            days_left: dated.days_left,
        });
    }

    fn dated(&self, expiry: Expiry) -> Dated {
        documents::state(expiry, self.options.now, self.options.policy.expiry_day)
    }

    /// Outcome of a paper by its state; its end is an instant at which the verdict could change.
    fn outcome(&mut self, dated: Dated) -> Outcome {
        if !self.decides() {
            return Outcome::Skip(code::NOT_ASKED);
        }
        if let Some(end) = dated.ends_at {
            self.report.may_change_at(end);
        }
        match dated.state {
            State::InDate | State::NoExpiry => Outcome::Pass,
            State::Expired => Outcome::Fail(code::DOCUMENT_EXPIRED),
            State::Unknown => Outcome::Skip(code::NOT_DISCLOSED),
        }
    }

    fn lock_due(&mut self, paper: Paper) {
        let due = self.kind.and_then(|kind| documents::lock_due(self.law, kind, paper));
        if let Some((ground, _)) = due {
            self.due.push(ground.name().to_owned());
        }
    }

    fn basis(&self, paper: Paper, otherwise: &'static str) -> &'static str {
        self.kind.and_then(|kind| documents::lock_due(self.law, kind, paper)).map_or(otherwise, |(_, basis)| basis)
    }

    fn paper(&mut self, claims: &Object, claim: &str, name: &str, line: &'static PlanLine, paper: Paper) -> Option<Expiry> {
        let Some(document) = claims.get(claim).and_then(Value::as_object) else {
            let reason = if self.belongs_to(HolderKind::Foreigner) { code::NOT_DISCLOSED } else { code::NOT_ASKED };
            self.report.set(line, Outcome::Skip(reason));
            return None;
        };
        let expiry = expiry(document)?;
        let dated = self.dated(expiry);
        self.show(name, expiry, dated);
        if dated.state == State::Expired {
            self.lock_due(paper);
        }
        let basis = self.basis(paper, line.spec);
        let outcome = self.outcome(dated);
        self.report.set_by_law(line, outcome, basis);
        Some(expiry)
    }

    fn residence(&mut self, claims: &Object) -> Option<(ResidenceKind, Expiry)> {
        let Some(document) = claims.get("residence").and_then(Value::as_object) else {
            let reason = if self.belongs_to(HolderKind::Foreigner) { code::NOT_DISCLOSED } else { code::NOT_ASKED };
            self.report.set(RESIDENCE, Outcome::Skip(reason));
            return None;
        };
        let kind = document.text("kind").and_then(ResidenceKind::parse);
        let expiry = expiry(document)?;
        let dated = self.dated(expiry);
        self.show("residence", expiry, dated);
        // a withheld kind is judged as the strictest one: only a permanent card outlives its date
        let judged = kind.unwrap_or(ResidenceKind::TemporaryCard);
        match documents::residence(judged, expiry, self.options.now, self.options.policy.expiry_day) {
            ResidenceFinding::ReplacementDue => {
                let outcome = Outcome::Skip(code::RESIDENCE_CARD_REPLACEMENT_DUE);
                self.report.set_by_law(RESIDENCE, outcome, documents::REPLACEMENT_BASIS);
            }
            finding @ (ResidenceFinding::Fine | ResidenceFinding::Ended) => {
                if finding == ResidenceFinding::Ended {
                    self.lock_due(Paper::Residence);
                }
                let basis = self.basis(Paper::Residence, RESIDENCE.spec);
                let outcome = self.outcome(dated);
                self.report.set_by_law(RESIDENCE, outcome, basis);
            }
        }
        kind.map(|kind| (kind, expiry))
    }

    fn identity_card(&mut self, claims: &Object) {
        let Some(card) = claims.get("identity_card").and_then(Value::as_object) else {
            let reason = if self.belongs_to(HolderKind::Citizen) { code::NOT_DISCLOSED } else { code::NOT_ASKED };
            return self.report.set(IDENTITY_CARD, Outcome::Skip(reason));
        };
        let Some(printed) = expiry(card) else { return };
        let expiry = match card.text("kind").and_then(CardKind::parse) {
            Some(kind) => documents::card_expiry(kind, printed),
            None => printed,
        };
        let dated = self.dated(expiry);
        self.show("identity_card", expiry, dated);
        if dated.state == State::Expired {
            self.lock_due(Paper::IdCard);
        }
        let basis = self.basis(Paper::IdCard, IDENTITY_CARD.spec);
        let outcome = self.outcome(dated);
        self.report.set_by_law(IDENTITY_CARD, outcome, basis);
    }

    fn integrated(&mut self, claims: &Object) {
        let Some(items) = claims.get("documents").and_then(Value::as_array) else {
            let reason = if self.options.policy.documents == DocumentsDemand::All { code::NOT_DISCLOSED } else { code::NOT_ASKED };
            return self.report.set(INTEGRATED, Outcome::Skip(reason));
        };
        let all = self.options.policy.documents == DocumentsDemand::All;
        let mut outcome = if all { Outcome::Pass } else { Outcome::Skip(code::NOT_ASKED) };
        for item in items.iter().filter_map(Value::as_object) {
            let (Some(name), Some(expiry)) = (item.text("type"), expiry(item)) else { continue };
            let dated = self.dated(expiry);
            self.show(name, expiry, dated);
            if all {
                if let Some(end) = dated.ends_at {
                    self.report.may_change_at(end);
                }
                if dated.state == State::Expired {
                    outcome = Outcome::Fail(code::DOCUMENT_EXPIRED);
                }
            }
        }
        self.report.set(INTEGRATED, outcome);
    }
}

/// `expires_on`: a day, `null` for no end, absent for not disclosed; `None` where the shape is wrong (the line `claims.format` says so).
fn expiry(document: &Object) -> Option<Expiry> {
    match document.get("expires_on") {
        None => Some(Expiry::Unknown),
        Some(Value::Null) => Some(Expiry::Never),
        Some(_) => claims::date(document, "expires_on").ok().flatten().map(|day: Date| Expiry::On(day)),
    }
}
