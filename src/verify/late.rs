//! Trust lists that the host's clock finds expired or too early, judged again at the instant that a call names: `options.now` beats the host's clock everywhere
//! (contract §12 "Trust material"). Nothing is read twice but the lists themselves.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use crate::base::UnixTime;
use crate::verify::knowledge::{Knowledge, Update};
use crate::verify::trust::TrustStore;

/// What a page configured and handed over, as long as no list of it is in force by the host's clock.
#[derive(Debug)]
pub struct Late {
    /// As configured, before any list.
    trust: TrustStore,
    relying_party: Option<String>,
    skew: i64,
    /// The lists of the configuration.
    lists: Update,
    /// What came later.
    updates: Vec<Update>,
    /// The last instant asked for, and what is known then.
    at: RefCell<Option<(UnixTime, Rc<Knowledge>)>>,
}

impl Late {
    /// What the page configured.
    pub fn new(trust: TrustStore, relying_party: Option<String>, lists: Update, skew: i64) -> Self {
        Self { trust, relying_party, skew, lists, updates: Vec::new(), at: RefCell::default() }
    }

    /// What is known when everything is judged at one instant.
    pub fn judged(&self, now: UnixTime) -> Knowledge {
        let mut knowledge = Knowledge::new(self.trust.as_configured());
        knowledge.apply(&self.lists, now, self.skew);
        if let Some(text) = &self.relying_party {
            knowledge.authorise(text.clone(), now, self.skew);
        }
        for update in &self.updates {
            knowledge.apply(update, now, self.skew);
        }
        knowledge
    }

    /// Keeps an update that was taken in, to be judged again.
    pub fn note(&mut self, update: Update) {
        self.updates.push(update);
        if !self.has_lists() {
            self.updates.clear();
        }
        self.at.replace(None);
    }

    /// What is known at the instant of a call, if lists were handed over.
    pub fn at(&self, now: UnixTime, certificates_pinned: bool) -> Option<Rc<Knowledge>> {
        if !self.has_lists() {
            return None;
        }
        if let Some((at, judged)) = &*self.at.borrow()
            && *at == now
        {
            return Some(Rc::clone(judged));
        }
        let mut judged = self.judged(now);
        judged.certificates_pinned = certificates_pinned;
        let judged = Rc::new(judged);
        self.at.replace(Some((now, Rc::clone(&judged))));
        Some(judged)
    }

    fn has_lists(&self) -> bool {
        let has_lists = |update: &Update| !update.trust_lists.is_empty();
        has_lists(&self.lists) || self.updates.iter().any(has_lists)
    }
}
