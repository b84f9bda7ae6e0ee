//! Status lists and account states handed over for one call, each read once however many inputs the call has.

use core::cell::{Cell, OnceCell};

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::order;
use crate::verify::code;
use crate::verify::knowledge::Knowledge;
use crate::verify::list::account_state::{self, ReceivedAccountState, SignedAccountState};
use crate::verify::list::status_list::{self, ReceivedStatusList, SignedStatusList};
use crate::verify::list::{Moment, deciding};
use crate::verify::policy::Options;
use crate::verify::report::Outcome;

/// What a call brought along.
#[derive(Debug)]
pub struct Handed<'a> {
    options: &'a Options,
    /// Read when the first credential gets as far as its status.
    status_lists: OnceCell<Vec<HandedStatusList<'a>>>,
}

/// A status list that is judged when a credential needs it.
pub struct HandedStatusList<'a> {
    subject: Option<String>,
    issued: Option<i64>,
    received: Cell<Option<ReceivedStatusList<'a>>>,
    finding: OnceCell<Result<SignedStatusList, Outcome>>,
}

impl core::fmt::Debug for HandedStatusList<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("HandedStatusList")
    }
}

impl<'a> HandedStatusList<'a> {
    fn read(text: &'a str) -> Self {
        let received = ReceivedStatusList::read(text);
        Self {
            subject: received.subject().map(String::from),
            issued: received.issued(),
            received: Cell::new(Some(received)),
            finding: OnceCell::new(),
        }
    }

    /// Whether it claims to be the list of this address.
    pub fn claims_to_be(&self, uri: &str) -> bool {
        self.subject.as_deref() == Some(uri)
    }

    /// When it claims to be issued.
    pub const fn issued(&self) -> Option<i64> {
        self.issued
    }

    /// Whether this build cannot even read whose list it is.
    pub fn is_of_a_form_not_built(&self, knowledge: &Knowledge, moment: Moment) -> bool {
        self.subject.is_none() && self.judge(knowledge, moment).err() == Some(Outcome::Unknown(code::NOT_IN_BUILD))
    }

    /// The list, or why it is none.
    ///
    /// # Errors
    /// The outcome that decided its report. Its dates are not among them: those are asked with the credential.
    pub fn judge(&self, knowledge: &Knowledge, moment: Moment) -> Result<&SignedStatusList, Outcome> {
        let finding = self.finding.get_or_init(|| {
            let received = self.received.take().ok_or(Outcome::Unknown(code::STATUS_UNAVAILABLE))?;
            let (report, signed) = status_list::judge(received, &knowledge.trust, moment);
            signed.ok_or_else(|| deciding(&report))
        });
        finding.as_ref().map_err(|outcome| *outcome)
    }
}

impl<'a> Handed<'a> {
    /// What the options of a call hold; nothing is read yet.
    pub const fn of(options: &'a Options) -> Self {
        Self { options, status_lists: OnceCell::new() }
    }

    /// The status lists, newest first by what they claim.
    pub fn status_lists(&self) -> &[HandedStatusList<'a>] {
        self.status_lists.get_or_init(|| {
            let mut read = Vec::new();
            for text in &self.options.status_lists {
                read.push(Some(HandedStatusList::read(text)));
            }
            let age =
                |list: &Option<HandedStatusList<'_>>| list.as_ref().and_then(|list| list.issued).map_or(i64::MAX, i64::saturating_neg);
            let mut newest_first = Vec::with_capacity(read.len());
            for place in order::rising(read.iter().map(age)) {
                newest_first.extend(read.get_mut(place).and_then(Option::take));
            }
            newest_first
        })
    }

    /// Whether any account state was handed over.
    pub const fn has_account_states(&self) -> bool {
        !self.options.account_states.is_empty()
    }

    /// The account states that claim to speak of this account, judged.
    pub fn account_states(&self, iss: &str, sub: &str, knowledge: &Knowledge, moment: Moment) -> Vec<Result<SignedAccountState, Outcome>> {
        let mut judged = Vec::new();
        for text in &self.options.account_states {
            let state = ReceivedAccountState::read(text);
            if state.is_of(iss, sub) {
                let (report, signed) = account_state::judge(state, &knowledge.trust, moment);
                judged.push(signed.ok_or_else(|| deciding(&report)));
            }
        }
        judged
    }
}
