//! Floor 6: the question asked. Only here is said pass, fail or unknown; nothing here returns `Err` to a caller.

pub mod code;
pub mod report;
pub mod trust;
