//! Active authentication (ICAO Doc 9303-11 §6.1): the chip signs a challenge with a key that never leaves it; DG15 holds the public half.
//!
//! RSA answers with message recovery ([`crate::crypto::iso9796`]), ECDSA in the plain form over the challenge alone, with the digest that DG14 names. Groups
//! come admitted by their digests, so that a key that no state signed cannot get in.

use crate::crypto::hash::HashId;
use crate::crypto::iso9796::Recovered;
use crate::document::emrtd::data_group::{self, DataGroups};
use crate::envelope::signer::{CertFault, SubjectKey};

/// Length of a challenge, RND.IFD, in bytes (ICAO Doc 9303-11 §6.1.2.1).
pub const CHALLENGE: usize = 8;

/// A challenge that the page made, and the chip's answer.
#[derive(Clone, Copy)]
pub struct Transcript<'a> {
    /// RND.IFD: what the page asked the chip to sign. That it was fresh, only the page knows.
    pub challenge: [u8; CHALLENGE],
    /// What INTERNAL AUTHENTICATE gave back.
    pub response: &'a [u8],
}

impl core::fmt::Debug for Transcript<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Transcript")
    }
}

/// Why an answer does not show that the chip holds the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActiveFault {
    /// DG15, or for an elliptic curve the algorithm in DG14, was not handed over: nothing can be told.
    KeyMissing,
    /// DG14 or DG15 is no such file.
    Encoding,
    /// The key in DG15.
    Key(CertFault),
    /// A digest that the policy does not allow, or that is none.
    Hash,
    /// The answer is not this key's to this challenge.
    Response,
}

/// Verifies an answer under the key in DG15.
///
/// # Errors
/// [`ActiveFault`].
pub fn verify(groups: &DataGroups<'_>, transcript: &Transcript<'_>, allow_legacy_hash: bool) -> Result<(), ActiveFault> {
    let dg15 = groups.get(15).ok_or(ActiveFault::KeyMissing)?;
    let key = data_group::active_authentication_key(dg15).map_err(|_| ActiveFault::Encoding)?;
    let allowed = |hash: HashId| if hash.is_legacy() && !allow_legacy_hash { Err(ActiveFault::Hash) } else { Ok(()) };
    match SubjectKey::of_chip(key).map_err(ActiveFault::Key)? {
        SubjectKey::Rsa(key) => {
            let recovered = Recovered::open(&key, transcript.response).map_err(|_| ActiveFault::Response)?;
            allowed(recovered.hash())?;
            if recovered.covers(&transcript.challenge) { Ok(()) } else { Err(ActiveFault::Response) }
        }
        SubjectKey::Ec(key) => {
            let dg14 = groups.get(14).ok_or(ActiveFault::KeyMissing)?;
            let named = data_group::active_authentication_hash(dg14).map_err(|_| ActiveFault::Encoding)?;
            let hash = named.ok_or(ActiveFault::KeyMissing)?.ok_or(ActiveFault::Hash)?;
            allowed(hash)?;
            key.verify_plain(&hash.digest(&transcript.challenge), transcript.response).map_err(|_| ActiveFault::Response)
        }
        // a key for PSS only signs no challenges (ICAO Doc 9303-11 §6.1.2.2 knows message recovery alone)
        SubjectKey::RsaPss(..) => Err(ActiveFault::Key(CertFault::KeyParameters)),
    }
}
