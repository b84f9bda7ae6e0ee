//! Floor 7: JSON options, the wire shape, JavaScript.

pub mod config;
#[cfg(feature = "emrtd")]
pub mod chip;
#[cfg(not(feature = "emrtd"))]
#[path = "chip_none.rs"]
pub mod chip;
pub mod check_wire;
pub mod report_wire;
pub mod wire;
#[cfg(feature = "presentation")]
pub mod response_wire;
#[cfg(feature = "law")]
pub mod law_wire;
pub mod number_wire;
pub mod mrz_wire;
pub mod zone_wire;
pub mod inspect;
#[cfg(feature = "wasm")]
pub mod wasm;
