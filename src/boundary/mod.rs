//! Floor 7: JSON options, the wire shape, JavaScript.

pub mod config;
pub mod wire;
pub mod inspect;
#[cfg(feature = "wasm")]
pub mod wasm;
