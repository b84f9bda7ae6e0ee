//! Floor 7: JSON options, the wire shape, JavaScript.

pub mod config;
pub mod wire;
pub mod law_wire;
pub mod inspect;
#[cfg(feature = "mrz")]
pub mod mrz_wire;
#[cfg(feature = "wasm")]
pub mod wasm;
