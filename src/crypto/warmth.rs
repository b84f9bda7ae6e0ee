//! What is kept of keys that are seen again and again: the multiples of an issuer's point, and of the base point.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};

use crate::crypto::multiples::{Multiples, Point};

/// Successes after which the tables of a key pay: making those of a first key takes as long as they save in some thirty verifications, of another in
/// twelve (`npm run bench`).
const SUCCESSES_BEFORE_TABLES: u32 = 16;
/// Keys of one kind that may be warm at once: on Ed25519 8 × 379 KB and 655 KB for the base, on P-256 227 and 405, under six megabytes in all.
const WARM_KEYS: usize = 8;
/// Bits of a digit of what a key is multiplied by.
const KEY_WINDOW: u32 = 7;
/// Bits of a digit of what the base is multiplied by: one table for all keys may be larger.
const BASE_WINDOW: u32 = 8;

/// The state of one key. Its clones share it.
pub(crate) struct Warmth<P> {
    /// The key's point, in the sign in which it is added.
    point: P,
    successes: Cell<u32>,
    tables: RefCell<Option<Tables<P>>>,
}

struct Tables<P> {
    key: Multiples<P>,
    base: Rc<Multiples<P>>,
}

impl<P: Point> Warmth<P> {
    /// A cold key.
    pub(crate) fn of(point: P) -> Rc<Self> {
        Rc::new(Self { point, successes: Cell::new(0), tables: RefCell::new(None) })
    }

    pub(crate) const fn point(&self) -> &P {
        &self.point
    }

    pub(crate) fn is_warm(&self) -> bool {
        self.tables.borrow().is_some()
    }

    /// `[k]point + [s]base`, scalars in little-endian order; `None` while the key is cold.
    pub(crate) fn sum(&self, k: &[u8; 32], s: &[u8; 32]) -> Option<P> {
        let tables = self.tables.borrow();
        let Tables { key, base } = tables.as_ref()?;
        Some(base.add_to(key.add_to(P::NEUTRAL, k), s))
    }
}

/// The warm keys of one kind, the most recently used last.
pub(crate) struct Circle<P> {
    base: RefCell<Option<Rc<Multiples<P>>>>,
    warm: RefCell<Vec<Rc<Warmth<P>>>>,
}

impl<P> Default for Circle<P> {
    fn default() -> Self {
        Self { base: RefCell::new(None), warm: RefCell::new(Vec::new()) }
    }
}

impl<P: Point> Circle<P> {
    /// Notes a successful verification: a use of a warm key, or one step to becoming warm.
    pub(crate) fn note(&self, key: &Rc<Warmth<P>>) {
        let successes = key.successes.get().saturating_add(1);
        key.successes.set(successes);
        if key.is_warm() || successes >= SUCCESSES_BEFORE_TABLES {
            self.warm(key);
        }
    }

    /// Makes a key warm now if no other must go for it.
    pub(crate) fn warm_if_room(&self, key: &Rc<Warmth<P>>) {
        if self.warm.borrow().len() < WARM_KEYS {
            self.warm(key);
        }
    }

    /// Makes a key warm now, or notes that it was used.
    pub(crate) fn warm(&self, key: &Rc<Warmth<P>>) {
        let mut warm = self.warm.borrow_mut();
        if let Some(index) = warm.iter().position(|known| Rc::ptr_eq(known, key)) {
            let known = warm.remove(index);
            return warm.push(known);
        }
        if warm.len() >= WARM_KEYS {
            let coldest = warm.remove(0);
            coldest.tables.replace(None);
            coldest.successes.set(0);
        }
        let base = Rc::clone(self.base.borrow_mut().get_or_insert_with(|| Rc::new(Multiples::of(P::BASE, BASE_WINDOW))));
        key.tables.replace(Some(Tables { key: Multiples::of(key.point, KEY_WINDOW), base }));
        warm.push(Rc::clone(key));
    }
}
