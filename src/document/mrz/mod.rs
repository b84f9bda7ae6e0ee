//! Machine readable zones: TD1, TD2, TD3, MRV-A, MRV-B (ICAO Doc 9303-3 to -7, eighth edition).
//!
//! Strict in shape and alphabet; check digits are results, not errors; dates keep what is unknown. A zone is not signed: whatever
//! it says is worth no more than the paper it was read from.

pub mod check_digit;
pub mod layout;

pub mod dates;

mod translit;

pub mod names;

pub mod zone;

pub mod compare;

pub mod suggest;

pub use compare::{Facts, Mismatch};
pub use layout::{Field, Format};
pub use zone::{Digit, Mrz, MrzFault, MrzProblem, Sex};
