//! Floor 7: JSON options, the wire shape, JavaScript.

pub mod config;
pub mod inspect;
#[cfg(feature = "wasm")]
pub mod wasm;
pub mod wire;
