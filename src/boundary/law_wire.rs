//! The law's questions as JSON text: `assessAccount` and `requestDeadline` (contract §8).
//!
//! A member that is not known here is refused, not skipped: a misspelt `death` or `expiry` must not make anybody's account active. Only what a
//! case of the law's case list says about itself (`id`, `expected`, `basis`, `note`, `uncertain`) is read over.

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{Date, UnixTime, decimal};
use crate::boundary::config::ConfigError;
use crate::document::holder::HolderKind;
use crate::encoding::json_borrowed::{self, Borrowed};
use crate::law::account::{self, IdCard, Question, Residence, Stage, Subject};
use crate::law::deadline;
use crate::law::documents::ExpiryDay;
use crate::law::facts::{CardKind, CardState, Channel, Event, EventKind, Expiry, Requester, ResidenceKind};
use crate::law::{Decree, level};
use crate::verify::code;

/// Why a question is not answered (`policy_invalid`). The message names a member, never a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong, for developers.
    pub message: &'static str,
}

impl From<Refused> for ConfigError {
    fn from(refused: Refused) -> Self {
        Self { code: code::POLICY_INVALID.name(), message: String::from(refused.message) }
    }
}

const fn refused(message: &'static str) -> Refused {
    Refused { message }
}

/// Decides on an account: `{law, subject, level, facts, now}` → `{account, grounds}`; with `"explain": true` also `basis`, one article for each ground.
///
/// # Errors
/// [`Refused`] for anything that is not of the shape of the law's case list.
///
/// ```
/// use eid_verifier::boundary::law_wire::assess_account;
/// let asked = r#"{"law":"ND69-2024","subject":"organisation","level":null,"now":"2025-03-20T10:00:00+07:00",
///   "facts":{"stage":"account","established_or_registered_in_vn":true,"representative_level":2,"events":[]}}"#;
/// assert_eq!(assess_account(asked).as_deref(), Ok(r#"{"account":"active","grounds":[]}"#));
/// assert!(assess_account(&asked.replace("events", "evnts")).is_err());
/// ```
pub fn assess_account(json: &str) -> Result<String, Refused> {
    let asked = json_borrowed::parse(json);
    let asked = asked.as_ref().and_then(Borrowed::as_object).ok_or(refused("the question must be a JSON object"))?;
    let mut asks = Asked::default();
    for (name, value) in asked {
        match *name {
            "law" => asks.law = Some(value),
            "subject" => asks.subject = Some(value),
            "level" => asks.level = Some(value),
            "facts" => asks.facts = Some(value),
            "now" => asks.now = Some(value),
            "explain" => asks.explain = truth(value, "explain must be true or false")?,
            "id" | "expected" | "basis" | "note" | "uncertain" => {}
            _ => return Err(refused("the question has a member that is not known")),
        }
    }
    let law = decree(asks.law)?;
    let subject = word(asks.subject).and_then(HolderKind::parse).ok_or(refused("subject must be citizen, foreigner or organisation"))?;
    let account_level = optional_level(asks.level, "level must be 1, 2 or null")?;
    level::exists(law, subject, account_level).ok_or(refused("there is no account of this level for this subject under this law"))?;
    let now = asks.now.and_then(instant).ok_or(refused("now must be an RFC 3339 instant with a zone, or whole seconds"))?;
    let facts = asks.facts.and_then(Borrowed::as_object).ok_or(refused("facts must be an object"))?;
    let facts = Facts::read(facts)?;
    let events = read_events(facts.events, subject)?;
    let question = Question {
        law,
        subject: facts.subject(subject)?,
        level: account_level,
        stage: facts.stage()?,
        events: &events,
        now,
        expiry_day: ExpiryDay::Inclusive,
    };
    let assessment = account::assess(&question);
    let mut answer = String::with_capacity(160);
    answer.push_str(r#"{"account":""#);
    answer.push_str(assessment.account.name());
    answer.push_str(r#"","grounds":["#);
    push_list(&mut answer, assessment.grounds.iter().map(|ground| ground.name()));
    if asks.explain {
        answer.push_str(r#"],"basis":["#);
        let basis = |ground| account::basis_of(law, subject, ground).unwrap_or(law.name());
        let general = assessment.grounds.is_empty().then_some(assessment.basis);
        push_list(&mut answer, assessment.grounds.iter().map(basis).chain(general));
    }
    answer.push_str("]}");
    Ok(answer)
}

/// The members of a question, before they are read.
#[derive(Default)]
struct Asked<'a> {
    law: Option<&'a Borrowed<'a>>,
    subject: Option<&'a Borrowed<'a>>,
    level: Option<&'a Borrowed<'a>>,
    facts: Option<&'a Borrowed<'a>>,
    now: Option<&'a Borrowed<'a>>,
    explain: bool,
}

/// The dates of a request: `{law, received}` → `{law, received, forwardBy, decideBy}`, dates as `YYYY-MM-DD`; where the calendar does not reach both are
/// `null` and `code` is `calendar_unknown`; `unsettled` is there, and true, where a day on the way may have become a holiday since.
///
/// # Errors
/// [`Refused`] for an unknown law, or a `received` that is neither a date nor an instant.
///
/// ```
/// use eid_verifier::boundary::law_wire::request_deadline;
/// assert_eq!(
///     request_deadline(r#"{"law":"ND59-2022","received":"2024-03-13"}"#).as_deref(),
///     Ok(r#"{"law":"ND59-2022","received":"2024-03-13","forwardBy":null,"decideBy":"2024-03-15"}"#)
/// );
/// ```
pub fn request_deadline(json: &str) -> Result<String, Refused> {
    let asked = json_borrowed::parse(json);
    let asked = asked.as_ref().and_then(Borrowed::as_object).ok_or(refused("the question must be a JSON object"))?;
    let mut law = None;
    let mut received = None;
    let mut explain = false;
    for (name, value) in asked {
        match *name {
            "law" => law = Some(value),
            "received" => received = Some(value),
            "explain" => explain = truth(value, "explain must be true or false")?,
            _ => return Err(refused("the question has a member that is not known")),
        }
    }
    let law = decree(law)?;
    let received = received.ok_or(refused("received is missing"))?;
    let day = word(Some(received)).and_then(Date::parse).or_else(|| instant(received).and_then(UnixTime::date_in_vietnam));
    let day = day.ok_or(refused("received must be a date, or an RFC 3339 instant with a zone"))?;
    let dates = deadline::deadline(law, day);
    let mut answer = String::with_capacity(160);
    answer.push_str(r#"{"law":""#);
    answer.push_str(law.name());
    answer.push_str(r#"","received":"#);
    // a date or an instant in the grammar that was just read: it needs no escape
    match (received.as_text(), received.as_int()) {
        (Some(text), _) => push_list(&mut answer, [text].into_iter()),
        (None, Some(number)) => decimal::push(&mut answer, number),
        (None, None) => answer.push_str("null"),
    }
    push_date(&mut answer, r#","forwardBy":"#, dates.ok().and_then(|dates| dates.forward_by));
    push_date(&mut answer, r#","decideBy":"#, dates.ok().map(|dates| dates.decide_by));
    match dates {
        Err(deadline::CalendarUnknown) => answer.push_str(r#","code":"calendar_unknown""#),
        Ok(dates) if dates.unsettled => answer.push_str(r#","unsettled":true"#),
        Ok(_) => {}
    }
    if explain {
        answer.push_str(r#","basis":"#);
        push_list(&mut answer, [law.rules().request.basis].into_iter());
    }
    answer.push('}');
    Ok(answer)
}

fn push_date(answer: &mut String, name: &str, date: Option<Date>) {
    answer.push_str(name);
    match date {
        Some(date) => push_list(answer, [date.to_text().as_str()].into_iter()),
        None => answer.push_str("null"),
    }
}

fn push_list<'a>(answer: &mut String, names: impl Iterator<Item = &'a str>) {
    for (index, name) in names.enumerate() {
        if index > 0 {
            answer.push(',');
        }
        answer.push('"');
        answer.push_str(name);
        answer.push('"');
    }
}

/// The facts of a case, before it is known whose they are. The outer `Option` is "told", the inner one "not null".
#[derive(Default)]
struct Facts<'a> {
    stage: Option<&'a Borrowed<'a>>,
    events: Option<&'a Borrowed<'a>>,
    born: Option<&'a Borrowed<'a>>,
    ward: bool,
    ward_told: bool,
    card: Option<&'a Borrowed<'a>>,
    passport: Option<&'a Borrowed<'a>>,
    residence: Option<&'a Borrowed<'a>>,
    established: Option<&'a Borrowed<'a>>,
    representative_level: Option<&'a Borrowed<'a>>,
    consent: Option<&'a Borrowed<'a>>,
    route: Option<&'a Borrowed<'a>>,
}

impl<'a> Facts<'a> {
    fn read(object: &'a [(&'a str, Borrowed<'a>)]) -> Result<Self, Refused> {
        let mut facts = Self::default();
        for (name, value) in object {
            match *name {
                "stage" => facts.stage = Some(value),
                "events" => facts.events = Some(value),
                "dob" => facts.born = Some(value),
                "ward" => {
                    facts.ward = truth(value, "ward must be true or false")?;
                    facts.ward_told = true;
                }
                "id_card" => facts.card = Some(value),
                "passport_expiry" => facts.passport = Some(value),
                "residence" => facts.residence = Some(value),
                "established_or_registered_in_vn" => facts.established = Some(value),
                "representative_level" => facts.representative_level = Some(value),
                "other_representatives_consent"
                | "other_representatives_consented"
                | "other_legal_representatives_consent"
                | "other_legal_representatives_consented"
                | "others_consent"
                | "others_consented" => once(&mut facts.consent, value)?,
                "route" => facts.route = Some(value),
                _ => return Err(refused("facts have a member that is not known")),
            }
        }
        Ok(facts)
    }

    fn stage(&self) -> Result<Stage, Refused> {
        match word(self.stage) {
            Some("application") => Ok(Stage::Application),
            Some("account") => Ok(Stage::Account),
            _ => Err(refused("facts.stage must be application or account")),
        }
    }

    /// Facts that cannot be this subject's mean that two subjects were mixed up.
    fn subject(&self, kind: HolderKind) -> Result<Subject, Refused> {
        let organisations = self.established.or(self.consent).or(self.route);
        let foreigners = self.passport.or(self.residence);
        let foreign = match kind {
            HolderKind::Citizen => organisations.or(foreigners),
            HolderKind::Foreigner => organisations.or(self.card).or(self.representative_level),
            HolderKind::Organisation => foreigners.or(self.card).or(self.born),
        };
        if foreign.is_some() || (kind == HolderKind::Organisation && self.ward_told) {
            return Err(refused("facts have a member that is not this subject's"));
        }
        match kind {
            HolderKind::Citizen => Ok(Subject::Citizen {
                born: self.born()?,
                ward: self.ward,
                card: nullable(self.card, "facts.id_card is missing")?.map(read_card).transpose()?,
                parent_level: match self.representative_level {
                    Some(value) => Some(optional_level(Some(value), REPRESENTATIVE_LEVEL)?),
                    None => None,
                },
            }),
            HolderKind::Foreigner => Ok(Subject::Foreigner {
                born: self.born()?,
                ward: self.ward,
                passport: date(self.passport).map(Expiry::On).ok_or(refused("facts.passport_expiry must be a date"))?,
                residence: nullable(self.residence, "facts.residence is missing")?.map(read_residence).transpose()?,
            }),
            HolderKind::Organisation => Ok(Subject::Organisation {
                established: self
                    .established
                    .and_then(Borrowed::as_bool)
                    .ok_or(refused("facts.established_or_registered_in_vn must be true or false"))?,
                representative_level: match self.representative_level {
                    Some(value) => optional_level(Some(value), REPRESENTATIVE_LEVEL)?,
                    None => return Err(refused(REPRESENTATIVE_LEVEL)),
                },
                consent: match self.consent {
                    Some(value) => Some(truth(value, "the other representatives' consent must be true or false")?),
                    None => None,
                },
                on_paper: match self.route.map(|value| word(Some(value))) {
                    None | Some(Some("online" | "app")) => false,
                    Some(Some("paper")) => true,
                    Some(_) => return Err(refused("facts.route must be online or paper")),
                },
            }),
        }
    }

    fn born(&self) -> Result<Date, Refused> {
        date(self.born).ok_or(refused("facts.dob must be a date"))
    }
}

const REPRESENTATIVE_LEVEL: &str = "facts.representative_level must be 1, 2 or null";

fn read_card(value: &Borrowed<'_>) -> Result<IdCard, Refused> {
    let object = value.as_object().ok_or(refused("facts.id_card must be an object or null"))?;
    let (mut kind, mut issued, mut expiry, mut state) = (None, None, None, None);
    for (name, value) in object {
        match *name {
            "kind" => kind = Some(value),
            "issued" => issued = Some(value),
            "expiry" => expiry = Some(value),
            "state" => state = Some(value),
            _ => return Err(refused("facts.id_card has a member that is not known")),
        }
    }
    Ok(IdCard {
        kind: word(kind).and_then(CardKind::parse).ok_or(refused("facts.id_card.kind must be CCCD, CC, CMND9 or CMND12"))?,
        issued: optional_date(issued, "facts.id_card.issued must be a date")?,
        expiry: nullable(expiry, "facts.id_card.expiry is missing")?.map_or(Ok(Expiry::Never), |value| {
            date(Some(value)).map(Expiry::On).ok_or(refused("facts.id_card.expiry must be a date or null"))
        })?,
        state: word(state).and_then(CardState::parse).ok_or(refused("facts.id_card.state must be held, retained or revoked"))?,
    })
}

fn read_residence(value: &Borrowed<'_>) -> Result<Residence, Refused> {
    let object = value.as_object().ok_or(refused("facts.residence must be an object or null"))?;
    let (mut kind, mut issued, mut expiry, mut stay) = (None, None, None, None);
    for (name, value) in object {
        match *name {
            "kind" => kind = Some(value),
            "issued" => issued = Some(value),
            "expiry" => expiry = Some(value),
            // the stay that was granted, where the paper (a certificate, a visa) is good for longer
            "stay_until" | "stay_expiry" | "stay_end" => once(&mut stay, value)?,
            "symbol" | "number" if matches!(value, Borrowed::Null | Borrowed::Text(_)) => {}
            _ => return Err(refused("facts.residence has a member that is not known")),
        }
    }
    let kind =
        word(kind).and_then(ResidenceKind::parse).ok_or(refused("facts.residence.kind must be PRC, TRC, VISA, EXEMPT_CERT or STAMP"))?;
    let printed = match expiry {
        Some(value) => optional_date(Some(value), "facts.residence.expiry must be a date or null")?,
        None if stay.is_some() => None,
        None => return Err(refused("facts.residence.expiry is missing")),
    };
    let stay = optional_date(stay, "facts.residence.stay_until must be a date or null")?;
    let expiry = match (stay.or(printed), kind) {
        (Some(day), _) => Expiry::On(day),
        (None, ResidenceKind::PermanentCard) => Expiry::Never,
        (None, ResidenceKind::TemporaryCard | ResidenceKind::Visa | ResidenceKind::Exemption | ResidenceKind::EntryStamp) => {
            return Err(refused("only a permanent residence has no last day"));
        }
    };
    Ok(Residence { kind, issued: optional_date(issued, "facts.residence.issued must be a date")?, expiry })
}

fn read_events(value: Option<&Borrowed<'_>>, holder: HolderKind) -> Result<Vec<Event>, Refused> {
    let items = value.and_then(Borrowed::as_array).ok_or(refused("facts.events must be an array"))?;
    let mut events = Vec::with_capacity(items.len());
    for item in items {
        events.push(read_event(item, holder)?);
    }
    Ok(events)
}

fn read_event(value: &Borrowed<'_>, holder: HolderKind) -> Result<Event, Refused> {
    let object = value.as_object().ok_or(refused("an event must be an object"))?;
    let (mut kind, mut at, mut by, mut channel, mut old_expiry) = (None, None, None, None, None);
    for (name, value) in object {
        match *name {
            "type" => kind = Some(value),
            "at" => at = Some(value),
            "by" => by = Some(value),
            "channel" => channel = Some(value),
            "old_expiry" => old_expiry = Some(value),
            _ => return Err(refused("an event has a member that is not known")),
        }
    }
    let kind =
        word(kind).and_then(|word| EventKind::parse(word, holder)).ok_or(refused("an event's type is not known for this subject"))?;
    let by = match by {
        Some(value) => {
            Some(word(Some(value)).and_then(Requester::parse).ok_or(refused("an event's by must be authority or relying_party"))?)
        }
        None => None,
    };
    let decides = matches!(kind, EventKind::LockApproved | EventKind::UnlockApproved | EventKind::LockRequested);
    if decides && by.is_none() {
        return Err(refused("an event on a request must say by whom it was made"));
    }
    Ok(Event {
        kind,
        at: at.and_then(instant).ok_or(refused("an event's at must be an RFC 3339 instant with a zone"))?,
        by,
        channel: match channel {
            Some(value) => {
                Some(word(Some(value)).and_then(Channel::parse).ok_or(refused("an event's channel must be app, hotline or in_person"))?)
            }
            None => None,
        },
        old_expiry: optional_date(old_expiry, "an event's old_expiry must be a date or null")?,
    })
}

/// Two spellings of one fact could contradict each other.
fn once<'a, 'b>(place: &mut Option<&'a Borrowed<'b>>, value: &'a Borrowed<'b>) -> Result<(), Refused> {
    place.replace(value).map_or(Ok(()), |_| Err(refused("a fact is told twice")))
}

fn decree(value: Option<&Borrowed<'_>>) -> Result<Decree, Refused> {
    word(value).and_then(Decree::parse).ok_or(refused("law must be ND59-2022 or ND69-2024"))
}

fn word<'a>(value: Option<&Borrowed<'a>>) -> Option<&'a str> {
    value.and_then(Borrowed::as_text)
}

fn truth(value: &Borrowed<'_>, message: &'static str) -> Result<bool, Refused> {
    value.as_bool().ok_or(refused(message))
}

fn date(value: Option<&Borrowed<'_>>) -> Option<Date> {
    word(value).and_then(Date::parse)
}

fn instant(value: &Borrowed<'_>) -> Option<UnixTime> {
    value.as_int().map(UnixTime).or_else(|| value.as_text().and_then(UnixTime::parse_rfc3339))
}

/// Present, and possibly `null`.
fn nullable<'a>(value: Option<&'a Borrowed<'a>>, missing: &'static str) -> Result<Option<&'a Borrowed<'a>>, Refused> {
    match value {
        None => Err(refused(missing)),
        Some(Borrowed::Null) => Ok(None),
        Some(value) => Ok(Some(value)),
    }
}

/// Absent, `null` or a date.
fn optional_date(value: Option<&Borrowed<'_>>, message: &'static str) -> Result<Option<Date>, Refused> {
    match value {
        None | Some(Borrowed::Null) => Ok(None),
        Some(value) => date(Some(value)).map(Some).ok_or(refused(message)),
    }
}

/// Absent, `null`, 1 or 2.
fn optional_level(value: Option<&Borrowed<'_>>, message: &'static str) -> Result<Option<u8>, Refused> {
    match value {
        None | Some(Borrowed::Null) => Ok(None),
        Some(Borrowed::Int(1)) => Ok(Some(1)),
        Some(Borrowed::Int(2)) => Ok(Some(2)),
        Some(_) => Err(refused(message)),
    }
}
