//! Certificate revocation lists of a CSCA (RFC 5280 §5, ICAO Doc 9303-12 §7.1.4): complete lists of one issuer, nothing indirect.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use der::Tag;
use der::asn1::ObjectIdentifier;

use crate::base::UnixTime;
use crate::encoding::der::{Cursor, Element, context};
use crate::envelope::signer::CertFault;
use crate::envelope::verified::Verified;
use crate::envelope::x509::TrustedCert;
use crate::envelope::x509_parts::{Name, Signed};

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

/// Critical or not, these change nothing: CRL number, authority key identifier, reason code, invalidity date (RFC 5280 §5.2.1, 5.2.3, 5.3.1, 5.3.2).
const HARMLESS: [ObjectIdentifier; 4] = [oid("2.5.29.20"), oid("2.5.29.35"), oid("2.5.29.21"), oid("2.5.29.24")];

/// What a list says once its issuer vouched for it.
#[derive(Clone, Debug)]
pub struct RevocationList {
    /// When it was made.
    pub this_update: UnixTime,
    /// When the next is due, if it says so.
    pub next_update: Option<UnixTime>,
    /// Serial numbers of certificates that are no longer believed.
    pub serials: BTreeSet<Vec<u8>>,
}

/// A list that nobody has vouched for yet.
#[derive(Clone, Debug)]
pub struct UnverifiedCrl<'a> {
    signed: Signed<'a>,
    issuer: Name<'a>,
    list: RevocationList,
}

impl<'a> UnverifiedCrl<'a> {
    /// Reads a list; believes nothing.
    ///
    /// # Errors
    /// [`CertFault::Encoding`], [`CertFault::Structure`], [`CertFault::CriticalExtension`] for delta, partitioned and indirect lists.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, CertFault> {
        let (signed, mut tbs) = Signed::open(bytes)?;
        tbs.optional(Tag::Integer)?;
        if !signed.repeats(tbs.any()?) {
            return Err(CertFault::Structure);
        }
        let issuer = Name::read(tbs.any()?)?;
        let this_update = tbs.any()?.time()?;
        let mut next_update = tbs.optional(Tag::UtcTime)?;
        if next_update.is_none() {
            next_update = tbs.optional(Tag::GeneralizedTime)?;
        }
        let next_update = next_update.map(Element::time).transpose()?;
        let serials = match tbs.optional(Tag::Sequence)? {
            Some(list) => serials(list.contents()?)?,
            None => BTreeSet::new(),
        };
        if let Some(extensions) = tbs.optional(context(0))? {
            check_extensions(Element::only(extensions.value())?.sequence()?)?;
        }
        tbs.finish()?;
        let list = RevocationList { this_update, next_update, serials };
        Ok(Self { signed, issuer, list })
    }

    /// Who made it, unbelieved.
    pub const fn issuer(&self) -> &Name<'a> {
        &self.issuer
    }

    /// Believes it because `issuer` signed it.
    ///
    /// # Errors
    /// [`CertFault`].
    pub fn verify(self, issuer: &TrustedCert<'_>, allow_legacy_hash: bool) -> Result<Verified<RevocationList>, CertFault> {
        if !self.issuer.is(issuer.get().subject()) {
            return Err(CertFault::Issuer);
        }
        if !issuer.get().may_sign_revocation_lists() {
            return Err(CertFault::KeyUsage);
        }
        self.signed.verify(issuer.get().spki(), allow_legacy_hash)?;
        Ok(Verified::signed(self.list))
    }
}

fn serials(mut list: Cursor<'_>) -> Result<BTreeSet<Vec<u8>>, CertFault> {
    let mut serials = BTreeSet::new();
    while !list.is_finished() {
        let mut entry = list.sequence()?;
        serials.insert(entry.tagged(Tag::Integer)?.value().to_vec());
        entry.any()?.time()?;
        if !entry.is_finished() {
            check_extensions(entry.sequence()?)?;
        }
        entry.finish()?;
    }
    Ok(serials)
}

fn check_extensions(mut list: Cursor<'_>) -> Result<(), CertFault> {
    while !list.is_finished() {
        let mut extension = list.sequence()?;
        let oid = extension.any()?.oid()?;
        let critical = extension.optional(Tag::Boolean)?.map(Element::boolean).transpose()?.unwrap_or(false);
        if critical && !HARMLESS.contains(&oid) {
            return Err(CertFault::CriticalExtension);
        }
    }
    Ok(())
}
