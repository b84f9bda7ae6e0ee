//! Floor 5: the decrees as tables. Judges facts, never bytes: it has no idea that signatures exist.
//!
//! One file a decree ([`decree_59`], [`decree_69`]), one row a rule, each row with its article; [`account`], [`level`], [`deadline`] and [`documents`] only
//! walk the rows. What no clause says is called a *reading* beside its row, and the cases that rest on one are marked `uncertain` in
//! `tests/vectors/law/`. Not legal advice.
//!
//! # How to read a lock
//!
//! - `account.state` is `locked` only where a signed status or account state says so. Its grounds are codes ([`Ground`]); the account is usable again only when
//!   no ground is left (Decree 59 Art. 19(4)(a), Decree 69 Art. 15(3)). One ground that ends does not unlock while another stands.
//! - `lock_due` means: a disclosed passport, residence or card is past its last day (24:00, UTC+7), and the decree makes that a ground. The state's system must lock;
//!   whether it has, the credential cannot tell.
//! - A request to lock that is still pending locks nothing, and no silence approves it. Death and dissolution have no way out in the text.
//! - `unknown` is no word for `active`: nothing signed was there to check.
//!
//! # Why a verifier can only say `lock_due`
//!
//! The decrees give the decision to the system of the Ministry of Public Security, or to the head of the police unit that receives a request. Most grounds (request,
//! breach, custody of the card, death) are recorded there and nowhere else. An offline verifier sees dates, and a date is a fact about a document:
//! `document_expired` is its own verdict, `lock_due` the consequence that the law draws. `assessAccount` ([`account::assess`]) decides more because it is told
//! more: it is the law as a pure function for whoever holds the record, and a test bench for everybody else.
//!
//! # Under which decree
//!
//! The shape of a credential's claims follows the decree it was issued under; eligibility and grounds follow the decree the page applies, since the account lives
//! under today's ([`Decree::in_force_on`]). A lock that a relying party obtained under Decree 59 stands under Decree 69 until an authority lifts it (reading), although
//! relying parties may not ask any more.
//!
//! # How to add a decree
//!
//! 1. Copy the newest table to `decree_NN.rs`; change rows, articles, `from`; give the older one its `until`. A new rule of a known shape is a row, never an `if`.
//! 2. Add a variant to [`Decree`] and the line in its `ALL` and `rules()`; the compiler names every other place.
//! 3. A rule of a new shape is a variant of [`rules::Bar`] or [`rules::Raised`] and one arm where [`account`] walks it; a new ground is a line in [`ground`] and its
//!    sentences in `pkg/voices.js` (a test asks for them).
//! 4. Add its cases to `tests/vectors/law/`; mark what is a reading. A new year of holidays is a few rows in [`calendar`].
//!
//! # For the README
//!
//! > **The law.** `assessAccount({law, subject, level, facts, now})` decides by Decree 59/2022 or 69/2024 whether an account may be issued, or is locked, and on
//! > which grounds; `requestDeadline({law, received})` says by when a request to lock or unlock is forwarded and decided. Both read `facts` strictly: a member they
//! > do not know is an error, so that a misspelt one cannot make an account active; `explain: true` adds the article of each ground. `locked` needs a signed status;
//! > from dates alone a report says at most `lock_due`. Calendars shipped: 2025 and 2026 as announced, 2023 and 2024 as far as the fixed holidays go; elsewhere
//! > the answer is `calendar_unknown`. `eid-verifier/voices` has every ground and state in Vietnamese and English, for the holder, the officer and the developer.

pub mod ground;

pub mod facts;

pub mod rules;

pub mod decree_59;

pub mod decree_69;

pub mod decree;

pub mod documents;

pub mod level;

pub mod personal_number;

pub mod predicate;

pub mod calendar;

pub mod deadline;

pub mod account;

pub use decree::Decree;
pub use ground::Ground;

/// The article that a decision rests on, as it stands in a report, e.g. `"ND69-2024 Art. 15(2)(a)"`.
pub type Basis = &'static str;
