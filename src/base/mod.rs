//! Floor 0: bytes, time, faults. Knows nothing of any format.

pub mod fault;
pub mod decimal;
pub mod limits;
pub mod names;
pub mod order;
pub mod split;
pub mod time;

pub use fault::{ParseError, Part, Problem, Span};
pub use time::{Date, UnixTime};
