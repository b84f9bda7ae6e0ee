//! Belief as a type: the only forge of trust.
//!
//! Three ways, and only three, to hold a [`Verified`]: a signature under a [`TrustedKey`]; a digest found in something verified; a reading of something verified.

use crate::crypto::PublicKey;

/// A value that a trusted key vouches for. No `Deref`, no public constructor, no `Deserialize`.
///
/// ```compile_fail
/// // what merely could be read cannot be passed off as believed
/// let forged = eid_verifier::envelope::verified::Verified { value: 1 };
/// ```
#[derive(Debug)]
pub struct Verified<T> {
    value: T,
}

#[cfg_attr(not(feature = "sd-jwt"), allow(dead_code, reason = "a build without formats reads nothing"))]
impl<T> Verified<T> {
    /// Only for this floor: the signature has just been checked.
    pub(in crate::envelope) const fn signed(value: T) -> Self {
        Self { value }
    }

    /// What the judge uses.
    pub const fn get(&self) -> &T {
        &self.value
    }

    /// Gives the value up to the report.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// A reading of something verified. `fn`, not a closure: it cannot capture data from outside.
    pub(crate) fn try_read<U, E>(&self, read: fn(&T) -> Result<U, E>) -> Result<Verified<U>, E> {
        read(&self.value).map(|value| Verified { value })
    }

    /// Admits pieces by the digests that something verified holds for them. `join` must take in nothing whose digest it did not find there.
    pub(crate) fn admit_by_digest<P, U, E>(self, pieces: P, join: fn(T, P) -> Result<U, E>) -> Result<Verified<U>, E> {
        join(self.value, pieces).map(|value| Verified { value })
    }
}

/// What a key is trusted for. A key for one thing is no key for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Signs credentials of one issuer.
    Credential,
    /// Signs key bindings: the holder's own key, vouched for by the issuer (RFC 7800).
    Holder,
    /// Signs status lists and account states of one issuer.
    StatusList,
    /// Signs trust lists and relying-party authorisations.
    TrustList,
}

/// A key with the purpose that it is trusted for.
#[derive(Clone, Debug)]
pub struct TrustedKey {
    key: PublicKey,
    purpose: Purpose,
}

impl TrustedKey {
    /// A key that the page pinned, or that stands in a trust list which a pinned key signed.
    pub const fn pinned(key: PublicKey, purpose: Purpose) -> Self {
        Self { key, purpose }
    }

    /// The holder's key out of a verified credential.
    pub fn vouched(key: Verified<PublicKey>) -> Self {
        Self { key: key.into_inner(), purpose: Purpose::Holder }
    }

    /// The key.
    pub const fn key(&self) -> &PublicKey {
        &self.key
    }

    /// What it is trusted for.
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }
}
