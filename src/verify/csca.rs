//! Whom to believe about travel documents: CSCA certificates that the page pinned, or that a master list names, and what their states revoked.
//!
//! A master list comes from the page, in its configuration, so its handing over is the pin; its signature and its signer are judged all the same, against
//! the CSCA inside it. If the page pinned a CSCA of the state that signs the list, only that one counts: a pin may only narrow.

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{UnixTime, limits};
use crate::document::emrtd::master_list::{MASTER_LIST, MasterList};
use crate::document::emrtd::quirk::Quirk;
use crate::encoding::der::{Element, scan};
use crate::encoding::ldif;
use crate::envelope::cms::UnverifiedSignedData;
use crate::envelope::crl::UnverifiedCrl;
use crate::envelope::verified::Verified;
use crate::envelope::x509::{CertFault, Certificate, TrustedCert, UnverifiedCert};
use crate::verify::code::{self, Code};
use crate::verify::fault_x509 as fault;

/// Signatures tried for one certificate. States keep the name of their CSCA over key changes: up to 23 certificates share one (China, list of 2024), but
/// key identifiers tell them apart; those without are few.
const MAX_SIGNATURES: usize = 8;

/// Attributes of the ICAO PKD's LDIF: master lists, revocation lists (ICAO PKD Interface Specifications, LDAP schema). Its signer certificates are no anchors.
const LDIF_LISTS: [&str; 3] = ["pkdmasterlistcontent", "cscamasterlistdata", "certificaterevocationlist;binary"];
/// Position of the revocation lists in [`LDIF_LISTS`].
const LDIF_CRL: usize = 2;

/// A CSCA certificate as received.
#[derive(Clone, Debug)]
struct Entry {
    bytes: Vec<u8>,
    country: Option<[u8; 2]>,
    pinned: bool,
}

/// A list of revoked certificates that its CSCA vouched for.
#[derive(Clone, Debug)]
struct Revocations {
    issuer: Vec<u8>,
    serials: alloc::collections::BTreeSet<Vec<u8>>,
}

/// What became of one signed artefact of the configuration (contract §12 "Trust material").
#[derive(Clone, Debug)]
pub struct Artefact {
    /// `master_list`, `crl`.
    pub artefact: &'static str,
    /// Why it was refused, if it was.
    pub refused: Option<Code>,
    /// Two letters of the state that signed it.
    pub iss: Option<String>,
    /// Certificates taken from it, or revoked by it.
    pub taken: usize,
    /// Certificates in it that cannot be read.
    pub unreadable: usize,
}

/// The CSCA certificates that are believed.
#[derive(Clone, Debug, Default)]
pub struct CscaStore {
    entries: Vec<Entry>,
    revocations: Vec<Revocations>,
    artefacts: Vec<Artefact>,
}

/// A signer that a CSCA vouched for, and what matters of that CSCA.
#[derive(Debug)]
pub struct Vouched<'a> {
    /// The signer's certificate.
    pub signer: Verified<Certificate<'a>>,
    /// State of the CSCA.
    pub country: Option<[u8; 2]>,
    /// First and last second of the CSCA, and of every link between.
    pub validity: (UnixTime, UnixTime),
    /// First and last second in which the CSCA's key signs, where given.
    pub private_key_usage: (Option<UnixTime>, Option<UnixTime>),
    /// The CSCA's name as received, for its revocation lists.
    issuer: Vec<u8>,
}

impl CscaStore {
    /// Pins a certificate that the page hands over.
    ///
    /// # Errors
    /// [`CertFault`]: not a certificate.
    pub fn pin(&mut self, bytes: &[u8]) -> Result<(), CertFault> {
        self.add(bytes, true)
    }

    fn add(&mut self, bytes: &[u8], pinned: bool) -> Result<(), CertFault> {
        let certificate = UnverifiedCert::parse(bytes)?;
        let country = certificate.reading().subject().country();
        if !self.entries.iter().any(|known| known.country == country && known.bytes == bytes) {
            self.entries.push(Entry { bytes: bytes.to_vec(), country, pinned });
        }
        Ok(())
    }

    /// Takes a master list (CMS), a revocation list, or an LDIF file with any number of both. Never fails: what became of it stands in [`Self::artefacts`].
    pub fn take(&mut self, bytes: &[u8], now: UnixTime, allow_legacy_hash: bool) {
        if bytes.len() > limits::MASTER_LIST {
            self.artefacts.push(refused("master_list", code::INPUT_TOO_LARGE));
        } else if ldif::is_ldif(bytes) {
            let values = ldif::values(bytes, &LDIF_LISTS);
            if values.is_empty() {
                self.artefacts.push(refused("master_list", code::STRUCTURE_INVALID));
            }
            // revocation lists last: their issuers may stand in a master list of the same file
            for (_, value) in values.iter().filter(|(index, _)| *index != LDIF_CRL) {
                self.take_master_list(value, now, allow_legacy_hash);
            }
            for (_, value) in values.iter().filter(|(index, _)| *index == LDIF_CRL) {
                self.take_revocations(value, allow_legacy_hash);
            }
        } else if UnverifiedCrl::parse(bytes).is_ok() {
            self.take_revocations(bytes, allow_legacy_hash);
        } else {
            self.take_master_list(bytes, now, allow_legacy_hash);
        }
    }

    /// One line for each artefact, in the order received.
    pub fn artefacts(&self) -> &[Artefact] {
        &self.artefacts
    }

    /// Is anything believed?
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Why the first refused master list was refused.
    pub fn refused(&self) -> Option<Code> {
        self.artefacts.iter().find_map(|artefact| artefact.refused)
    }

    fn take_master_list(&mut self, bytes: &[u8], now: UnixTime, allow_legacy_hash: bool) {
        match self.master_list(bytes, now, allow_legacy_hash) {
            Ok((list, country)) => {
                let mut artefact = Artefact { artefact: "master_list", refused: None, iss: letters(country), taken: 0, unreadable: 0 };
                for certificate in list.get().certificates.iter().copied() {
                    match self.add(certificate, false) {
                        Ok(()) => artefact.taken = artefact.taken.saturating_add(1),
                        Err(_) => artefact.unreadable = artefact.unreadable.saturating_add(1),
                    }
                }
                self.artefacts.push(artefact);
            }
            Err(code) => self.artefacts.push(refused("master_list", code)),
        }
    }

    /// Format, signer, its CSCA, its time, the signature, the list.
    fn master_list<'a>(&self, bytes: &'a [u8], now: UnixTime, legacy: bool) -> Result<(Verified<MasterList<'a>>, Option<[u8; 2]>), Code> {
        scan(bytes).map_err(fault::der)?;
        let cms = Element::only(bytes).map_err(fault::der).and_then(|info| UnverifiedSignedData::parse(info).map_err(fault::cms))?;
        if cms.content_type() != MASTER_LIST {
            return Err(code::CMS_INVALID);
        }
        cms.check_attributes().map_err(fault::cms)?;
        let inside: Vec<UnverifiedCert<'_>> = cms.certificates().iter().filter_map(|c| UnverifiedCert::parse(c).ok()).collect();
        let signer = inside.iter().find(|certificate| cms.names(certificate)).ok_or(code::CMS_SIGNER_MISSING)?.clone();
        if !signer.reading().may_sign_master_lists() {
            return Err(code::CERT_KEY_USAGE_INVALID);
        }
        let country = signer.reading().issuer().country();
        let narrowed = self.entries.iter().any(|entry| entry.pinned && entry.country == country);
        let signer = if narrowed {
            self.vouch(signer, cms.certificates(), legacy).map_err(fault::certificate)?.signer
        } else {
            let mut verdict = Err(CertFault::Issuer);
            for csca in inside.iter().filter(|csca| csca.reading().says_ca() && is_issuer(csca.reading(), signer.reading())) {
                verdict = signer.clone().verify(&TrustedCert::pinned(csca.clone()), legacy);
                if verdict.is_ok() {
                    break;
                }
            }
            verdict.map_err(fault::certificate)?
        };
        let content = cms.verify(&signer, legacy).map_err(fault::cms)?;
        // a list stays what it was when it was signed; where the signer does not say when, it must be valid now
        let (from, to) = signer.get().validity();
        let signed_at = content.get().signing_time.unwrap_or(now);
        if signed_at < from {
            return Err(code::CERT_NOT_YET_VALID);
        }
        if signed_at > to {
            return Err(code::CERT_EXPIRED);
        }
        content.try_read(MasterList::read).map(|list| (list, country)).map_err(fault::der)
    }

    fn take_revocations(&mut self, bytes: &[u8], allow_legacy_hash: bool) {
        let taken = self.revocations(bytes, allow_legacy_hash);
        self.artefacts.push(match taken {
            Ok((revocations, country)) => {
                let artefact =
                    Artefact { artefact: "crl", refused: None, iss: letters(country), taken: revocations.serials.len(), unreadable: 0 };
                self.revocations.push(revocations);
                artefact
            }
            Err(code) => refused("crl", code),
        });
    }

    fn revocations(&self, bytes: &[u8], legacy: bool) -> Result<(Revocations, Option<[u8; 2]>), Code> {
        let list = UnverifiedCrl::parse(bytes).map_err(fault::certificate)?;
        let country = list.issuer().country();
        let mut verdict = Err(CertFault::Issuer);
        let named = self.of(country).filter(|csca| list.issuer().is(csca.reading().subject()));
        for csca in named.take(MAX_SIGNATURES) {
            let issuer = csca.reading().subject().raw().to_vec();
            verdict = list.clone().verify(&TrustedCert::pinned(csca), legacy).map(|list| (list, issuer));
            if verdict.is_ok() {
                break;
            }
        }
        let (list, issuer) = verdict.map_err(fault::certificate)?;
        Ok((Revocations { issuer, serials: list.into_inner().serials }, country))
    }

    /// The certificates of a state.
    fn of(&self, country: Option<[u8; 2]>) -> impl Iterator<Item = UnverifiedCert<'_>> {
        self.entries.iter().filter(move |entry| entry.country == country).filter_map(|entry| UnverifiedCert::parse(&entry.bytes).ok())
    }

    /// Finds the CSCA that vouches for a signer; link certificates inside the document may stand between (ICAO Doc 9303-12 §7.1, key change).
    ///
    /// # Errors
    /// [`CertFault::Issuer`] if no CSCA has the name and key that the signer's certificate names; else what is wrong with the last one tried.
    pub fn vouch<'a>(&self, signer: UnverifiedCert<'a>, inside: &[&[u8]], legacy: bool) -> Result<Vouched<'a>, CertFault> {
        match self.directly(signer.clone(), legacy) {
            Err(CertFault::Issuer) => self.by_link(signer, inside, legacy),
            verdict => verdict,
        }
    }

    fn directly<'a>(&self, certificate: UnverifiedCert<'a>, legacy: bool) -> Result<Vouched<'a>, CertFault> {
        let country = certificate.reading().issuer().country();
        let mut fault = CertFault::Issuer;
        let named = self.of(country).filter(|csca| is_issuer(csca.reading(), certificate.reading()));
        for csca in named.take(MAX_SIGNATURES) {
            if !csca.reading().says_ca() && !Quirk::CscaNotMarked.is_known_of(country) {
                fault = CertFault::KeyUsage;
                continue;
            }
            let csca = TrustedCert::pinned(csca);
            match certificate.clone().verify(&csca, legacy) {
                Ok(signer) => {
                    let csca = csca.get();
                    return Ok(Vouched {
                        signer,
                        country,
                        validity: csca.validity(),
                        private_key_usage: csca.private_key_usage(),
                        issuer: csca.subject().raw().to_vec(),
                    });
                }
                Err(found) => fault = found,
            }
        }
        Err(fault)
    }

    /// One link: a certificate inside the document, marked as a CA, that a believed CSCA of the same state signed.
    fn by_link<'a>(&self, signer: UnverifiedCert<'a>, inside: &[&[u8]], legacy: bool) -> Result<Vouched<'a>, CertFault> {
        let links = inside.iter().filter_map(|bytes| UnverifiedCert::parse(bytes).ok());
        let mut links = links.filter(|link| link.reading().says_ca() && is_issuer(link.reading(), signer.reading()));
        let believed = self.directly(links.next().ok_or(CertFault::Issuer)?, legacy)?;
        let issuer = believed.signer.get().subject().raw().to_vec();
        let (from, to) = believed.signer.get().validity();
        let private_key_usage = believed.signer.get().private_key_usage();
        let validity = (believed.validity.0.max(from), believed.validity.1.min(to));
        let signer = signer.verify(&TrustedCert::linked(believed.signer), legacy)?;
        Ok(Vouched { signer, country: believed.country, validity, private_key_usage, issuer })
    }

    /// Has the signer's CSCA revoked it?
    pub fn is_revoked(&self, vouched: &Vouched<'_>) -> bool {
        let serial = vouched.signer.get().serial();
        self.revocations.iter().any(|list| list.issuer == vouched.issuer && list.serials.contains(serial))
    }
}

/// Is `csca` the one that `certificate` names: by name, and by key identifier where both have one?
fn is_issuer(csca: &Certificate<'_>, certificate: &Certificate<'_>) -> bool {
    let key = match (csca.subject_key_id(), certificate.authority_key_id()) {
        (Some(own), Some(named)) => own == named,
        (None, _) | (_, None) => true,
    };
    key && csca.subject().is(certificate.issuer())
}

const fn refused(artefact: &'static str, code: Code) -> Artefact {
    Artefact { artefact, refused: Some(code), iss: None, taken: 0, unreadable: 0 }
}

fn letters(country: Option<[u8; 2]>) -> Option<String> {
    country.map(|letters| letters.iter().map(|l| char::from(*l)).collect())
}
