//! Whom to believe, and whether it still holds: trust lists, status lists, account states, relying parties, and the clock, through the wire.
//! Every artefact is signed here by throw-away keys; each bad one differs from a good twin in one thing.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions, clippy::arithmetic_side_effects, clippy::panic)]
#![allow(missing_docs, reason = "a test")]

mod common;
#[cfg(feature = "cwt")]
mod cwt;
mod states;
mod status;
mod trust;
mod whole;
