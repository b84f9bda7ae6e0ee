//! `eid-verifier`: may a signed electronic identity be believed, and why. On the device, offline.
//!
//! # The house
//!
//! Bytes come in at the bottom, climb one floor at a time, and only the judge says pass or fail.
//!
//! | floor | folder | knows | a line belongs here if it … |
//! |---|---|---|---|
//! | 7 | `boundary/` | JavaScript | … names JS, JSON options, or the wire shape |
//! | 6 | `verify/` | the question asked | … says pass, fail or unknown |
//! | 5 | `law/` | the decrees | … states a rule that has an article number |
//! | 4 | `document/` | what the bytes say | … names a claim, an MRZ field, a data group, a list entry |
//! | 3 | `envelope/` | who signed which bytes | … joins a key to bytes |
//! | 2 | `crypto/` | keys and digests | … is mathematics |
//! | 1 | `encoding/` | one syntax each | … turns text/bytes into plain values |
//! | 0 | `base/` | bytes, time, faults | … knows none of the above |
//!
//! **The one rule:** a file may use the floors below and, in its own folder, the files listed before it. Never above. `tests/layers.rs` enforces it.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
// A native `cdylib` needs an allocator and a panic handler to link; floors 0–6 never name `std` (tests/layers.rs).
#[cfg(any(test, not(target_os = "none")))]
extern crate std;

pub mod base;
#[cfg(feature = "sd-jwt")]
pub mod boundary;
pub mod crypto;
pub mod document;
pub mod encoding;
pub mod envelope;
pub mod law;
pub mod verify;
