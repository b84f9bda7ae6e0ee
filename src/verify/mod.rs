//! Floor 6: the question asked. Only here is said pass, fail or unknown; nothing here returns `Err` to a caller.

pub mod code;
pub mod report;
pub mod policy;
pub mod trust;
#[cfg(feature = "sd-jwt")]
pub mod fault;
#[cfg(feature = "sd-jwt")]
pub mod binding;
#[cfg(feature = "sd-jwt")]
pub mod status;
#[cfg(feature = "sd-jwt")]
pub mod documents;
#[cfg(feature = "mrz")]
pub mod mrz;
#[cfg(feature = "mrz")]
pub mod cross_check;
#[cfg(feature = "sd-jwt")]
pub mod credential;

use crate::base::UnixTime;
use crate::verify::trust::TrustStore;

/// 2024-07-01T00:00:00Z, the day Decree 69/2024 came into force: no clock that shows less is right (contract §12 "Clock floor").
pub const CLOCK_FLOOR: UnixTime = UnixTime(1_719_792_000);

/// What a verifier holds between calls. Nothing in it comes from a credential, so the order of calls changes no verdict.
#[derive(Clone, Debug)]
pub struct Knowledge {
    /// Issuers.
    pub trust: TrustStore,
    /// The later of [`CLOCK_FLOOR`] and the newest `iat` among verified artefacts.
    pub clock_floor: UnixTime,
    /// Whether a relying-party authorisation is configured.
    pub relying_party_configured: bool,
}

impl Default for Knowledge {
    fn default() -> Self {
        Self { trust: TrustStore::default(), clock_floor: CLOCK_FLOOR, relying_party_configured: false }
    }
}
