//! Floor 5: the decrees as tables. Judges facts, never bytes: it has no idea that signatures exist.

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
