//! The key binding JWT: the holder's own signature over audience, nonce and what is presented (RFC 9901 §4.3).

use alloc::borrow::ToOwned;
use alloc::string::String;

use crate::base::UnixTime;
use crate::crypto::PublicKey;
use crate::crypto::digest::DigestId;
use crate::document::claims::{self, ClaimFault};
use crate::document::sd_jwt::processing::ProcessedClaims;
use crate::encoding::base64url;
use crate::encoding::json::{Object, Value};

/// `typ` of a key binding JWT (RFC 9901 §4.3).
pub const TYPE: &str = "kb+jwt";

/// The claims of a key binding JWT, all four required (RFC 9901 §4.3).
#[derive(Clone, PartialEq, Eq)]
pub struct KeyBinding {
    /// When it was signed.
    pub issued_at: UnixTime,
    /// For whom.
    pub audience: String,
    /// Which question it answers.
    pub nonce: String,
    /// What it binds.
    pub sd_hash: String,
    /// `exp`, if the wallet set one.
    pub expires: Option<UnixTime>,
    /// `nbf`, if the wallet set one.
    pub not_before: Option<UnixTime>,
}

impl core::fmt::Debug for KeyBinding {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("KeyBinding")
    }
}

impl KeyBinding {
    /// Reads the payload.
    ///
    /// # Errors
    /// [`ClaimFault`] for a claim that is missing or of the wrong type; `aud` is one string, never an array.
    pub fn read(payload: &Object) -> Result<Self, ClaimFault> {
        let text = |name| claims::text(payload, name)?.map(ToOwned::to_owned).ok_or(ClaimFault::Value);
        Ok(Self {
            issued_at: claims::numeric_date(payload, "iat")?.ok_or(ClaimFault::Value)?,
            audience: text("aud")?,
            nonce: text("nonce")?,
            sd_hash: text("sd_hash")?,
            expires: claims::numeric_date(payload, "exp")?,
            not_before: claims::numeric_date(payload, "nbf")?,
        })
    }

    /// Whether `sd_hash` is the digest of the presentation as received (RFC 9901 §4.3.1, §7.3 step 5).
    pub fn binds(&self, bound_text: &str, algorithm: DigestId) -> bool {
        base64url::encode(&algorithm.digest(bound_text.as_bytes())) == self.sd_hash
    }
}

/// Why there is no key of the holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolderKeyFault {
    /// No `cnf`.
    Missing,
    /// A `cnf` without a usable `jwk` (RFC 7800 §3.2).
    Invalid,
}

/// The holder's key out of `cnf`.
///
/// # Errors
/// [`HolderKeyFault`].
pub fn holder_key(processed: &ProcessedClaims) -> Result<PublicKey, HolderKeyFault> {
    let confirmation = processed.claims.get("cnf").ok_or(HolderKeyFault::Missing)?;
    let jwk = confirmation.as_object().and_then(|cnf| cnf.get("jwk")).and_then(Value::as_object).ok_or(HolderKeyFault::Invalid)?;
    PublicKey::from_jwk(jwk).map_err(|_| HolderKeyFault::Invalid)
}
