//! Path (b): the chip of a travel document, by passive authentication (ICAO Doc 9303-11 §5.1), from EF.SOD and data groups to the verdict.
//!
//! Up to the signature the first fault ends the plan; from the data groups on every check is made. Passive authentication proves that a state signed these
//! data, never that this chip is the one they were written to: `chip.genuine` is always said, and passes only by the chip's answer to a challenge.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{UnixTime, limits};
use crate::document::emrtd::active_authentication::{self, ActiveFault, Transcript};
use crate::document::emrtd::country;
use crate::document::emrtd::data_group::{self, DataGroups};
use crate::document::emrtd::quirk::Quirk;
use crate::document::emrtd::security_object::{self, LDS_SECURITY_OBJECT, SecurityObject};
use crate::document::mrz::{Mrz, MrzProblem};
use crate::encoding::ber;
use crate::encoding::der::{DerFault, scan};
use crate::envelope::cms::{CmsFault, DATA, UnverifiedSignedData};
use crate::envelope::verified::Verified;
use crate::envelope::x509::{CertFault, UnverifiedCert};
use crate::law::facts::Expiry;
use crate::verify::chip_reading;
use crate::verify::code::{self, Code};
use crate::verify::cross_check;
use crate::verify::csca::{CscaStore, Vouched};
use crate::verify::documents;
use crate::verify::fault_x509 as fault;
use crate::verify::mrz::{self, DOCUMENT_TIME, MRZ_DATES, MRZ_DIGITS, MRZ_FORMAT};
use crate::verify::policy::{DocumentsDemand, Options};
use crate::verify::report::{Check, Format, HolderReading, Outcome, PlanLine, Report};

/// EF.SOD: encoding, CMS, signer named.
pub const SOD_FORMAT: &PlanLine = &PlanLine { check: "sod.format", spec: "ICAO 9303-10 §4.6.2" };
/// The signer's certificate under a CSCA.
pub const SIGNER_TRUST: &PlanLine = &PlanLine { check: "signer.trust", spec: "ICAO 9303-12 §7.1, RFC 5280 §6.1" };
/// Dates of signer and CSCA.
pub const SIGNER_TIME: &PlanLine = &PlanLine { check: "signer.time", spec: "ICAO 9303-12 §7.1.1" };
/// The signature of the security object.
pub const SOD_SIGNATURE: &PlanLine = &PlanLine { check: "sod.signature", spec: "RFC 5652 §5.4, §5.6" };
/// Each data group against its signed digest.
pub const DG_HASH: &PlanLine = &PlanLine { check: "dg.hash", spec: "ICAO 9303-11 §5.1" };
/// The zone in DG1, and against the printed one.
pub const DG1_MRZ: &PlanLine = &PlanLine { check: "dg1.mrz", spec: "ICAO 9303-10 §4.7.1" };
/// The issuing state against the signer's, and the document's type against the signer's.
pub const DOCUMENT_STATE: &PlanLine = &PlanLine { check: "document.state", spec: "ICAO 9303-12 §7.1.1" };
/// A pass only by active authentication.
pub const CHIP_GENUINE: &PlanLine = &PlanLine { check: "chip.genuine", spec: "ICAO 9303-11 §5.1, §6" };

/// The plan of a chip.
pub const PLAN: [&PlanLine; 9] =
    [SOD_FORMAT, SIGNER_TRUST, SIGNER_TIME, SOD_SIGNATURE, DG_HASH, DG1_MRZ, DOCUMENT_TIME, DOCUMENT_STATE, CHIP_GENUINE];
/// What a printed zone adds in front.
const PRINTED: [&PlanLine; 3] = [MRZ_FORMAT, MRZ_DIGITS, MRZ_DATES];

/// What was read from a chip.
#[derive(Clone, Copy)]
pub struct Chip<'a> {
    /// EF.SOD.
    pub sod: Option<&'a [u8]>,
    /// Data groups: number, bytes.
    pub groups: &'a [(u8, &'a [u8])],
    /// What was asked of the chip itself.
    pub genuine: Genuine<'a>,
}

/// Evidence that the chip is the one that its state made.
#[derive(Clone, Copy, Debug)]
pub enum Genuine<'a> {
    /// Nothing: a copy is not excluded.
    NotAsked,
    /// A challenge and the chip's answer.
    Active(Transcript<'a>),
    /// Chip authentication: an agreement on keys that either side could have written down alone, so no record of it proves anything (ICAO Doc 9303-11
    /// §6.2). Only who spoke with the chip knows.
    ChipAuthentication,
}

impl core::fmt::Debug for Chip<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Chip({} groups)", self.groups.len())
    }
}

/// What a call is judged with.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// CSCA certificates.
    pub trust: &'a CscaStore,
    /// No clock that shows less is right.
    pub clock_floor: UnixTime,
    /// Options and policy of the call.
    pub options: &'a Options,
}

struct Stop(&'static PlanLine, Outcome);

impl Stop {
    const fn fail(line: &'static PlanLine, code: Code) -> Self {
        Self(line, Outcome::Fail(code))
    }
}

/// Judges a chip, beside a printed zone if there is one.
pub fn judge(chip: Chip<'_>, printed: Option<&str>, question: Question<'_>) -> Report {
    let plan: Vec<&'static PlanLine> = if printed.is_some() { PRINTED.into_iter().chain(PLAN).collect() } else { PLAN.to_vec() };
    let mut report = Report::start(Format::Emrtd, &plan, question.options.now);
    let printed = printed.filter(|text| mrz::read(&mut report, text, question.options.now).is_some());
    let reading = walk(&mut report, chip, printed, question);
    if let Some(reading) = reading {
        report.keep_reading(reading.holder);
    }
    report
}

/// Judges a chip beside a credential that has been judged: its lines follow the credential's, and its zone is held against the credential's claims.
pub fn beside(mut report: Report, chip: Chip<'_>, printed: Option<&str>, question: Question<'_>) -> Report {
    let held = report.holder().map(|holder| (holder.kind, holder.claims.clone()));
    let known = |line: &PlanLine| report.checks.iter().any(|check| check.line.check == line.check);
    let chip_lines = PLAN.into_iter().filter(|line| *line != CHIP_GENUINE).chain([cross_check::MRZ_CREDENTIAL, CHIP_GENUINE]);
    let lines: Vec<&'static PlanLine> = chip_lines.filter(|line| !known(line)).collect();
    report.checks.extend(lines.into_iter().map(|line| Check { line, outcome: Outcome::Unknown(code::NOT_REACHED), basis: None, at: None }));
    let printed = printed.filter(|text| Mrz::parse(text).is_ok());
    let documents = report.documents.clone();
    let reading = walk(&mut report, chip, printed, question);
    report.documents = documents.or_else(|| report.documents.take());
    if let Some(reading) = reading {
        let options = question.options;
        let agrees =
            held.as_ref().map_or(Outcome::Unknown(code::NOT_REACHED), |(_, claims)| cross_check::against_claims(&reading.zone, claims));
        report.set(cross_check::MRZ_CREDENTIAL, agrees);
        // the holder's own document, and its date rests on a signature (law.md: only the state locks, a verifier sees that it must)
        if let (Outcome::Pass, Some((kind, _))) = (agrees, held)
            && chip_reading::has_ended(&reading.zone, options)
        {
            documents::ended(&mut report, kind, options.policy.law, chip_reading::paper(&reading.zone));
        }
    }
    report
}

/// What the chip says once it is believed.
struct Reading {
    zone: Mrz,
    holder: HolderReading,
}

fn walk(report: &mut Report, chip: Chip<'_>, printed: Option<&str>, question: Question<'_>) -> Option<Reading> {
    report.set(
        CHIP_GENUINE,
        match chip.genuine {
            Genuine::NotAsked => Outcome::Skip(code::CLONE_NOT_EXCLUDED),
            Genuine::Active(_) => Outcome::Unknown(code::NOT_REACHED), // until DG15 is one that was signed
            Genuine::ChipAuthentication => Outcome::Unknown(code::NOT_IN_BUILD),
        },
    );
    match signed(report, chip, question) {
        Ok(signed) => contents(report, signed, chip, printed, question),
        Err(Stop(line, outcome)) => {
            report.set(line, outcome);
            None
        }
    }
}

/// A security object that a trusted state signed, and who signed it.
struct Signed {
    object: Verified<SecurityObject>,
    country: Option<[u8; 2]>,
    document_types: Option<Vec<String>>,
}

/// From the bytes of EF.SOD to a believed table of digests.
fn signed(report: &mut Report, chip: Chip<'_>, question: Question<'_>) -> Result<Signed, Stop> {
    let sod = chip.sod.ok_or(Stop::fail(SOD_FORMAT, code::STRUCTURE_INVALID))?;
    if sod.is_empty() {
        return Err(Stop::fail(SOD_FORMAT, code::INPUT_EMPTY));
    }
    if sod.len() > limits::SOD || chip.groups.iter().any(|(_, bytes)| bytes.len() > limits::DATA_GROUP) {
        return Err(Stop::fail(SOD_FORMAT, code::INPUT_TOO_LARGE));
    }
    let rewritten = rewrite(sod).map_err(|fault| Stop::fail(SOD_FORMAT, fault::der(fault)))?;
    let bytes = rewritten.as_deref().unwrap_or(sod);
    let fail = |code| Stop::fail(SOD_FORMAT, code);
    // the encoding is sound by now: what does not open is another structure
    let cms = security_object::open(bytes).map_err(|_| CmsFault::Structure).and_then(UnverifiedSignedData::parse);
    let cms = cms.map_err(|fault| fail(fault::cms(fault)))?;
    let signer = find_signer(&cms).map_err(fail)?;
    let country = signer.reading().issuer().country();
    if rewritten.is_some() && !Quirk::IndefiniteLengths.is_known_of(country) {
        return Err(fail(code::DER_INVALID));
    }
    let plain = cms.content_type() == DATA && Quirk::PlainData.is_known_of(country);
    cms.check_attributes().map_err(|fault| fail(fault::cms(fault)))?;
    if cms.content_type() != LDS_SECURITY_OBJECT && !plain {
        return Err(fail(code::CMS_INVALID));
    }
    report.set(SOD_FORMAT, Outcome::Pass);

    let legacy = question.options.policy.allow_legacy_hash;
    let vouched = trust(signer, &cms, question).map_err(|outcome| Stop(SIGNER_TRUST, outcome))?;
    report.set(SIGNER_TRUST, Outcome::Pass);

    let content = cms.verify(&vouched.signer, legacy);
    let signing_time = content.as_ref().ok().and_then(|content| content.get().signing_time);
    let time = time(report, &vouched, signing_time, question);
    report.set(SIGNER_TIME, time);
    let content = content.map_err(|fault| Stop::fail(SOD_SIGNATURE, fault::cms(fault)))?;
    report.set(SOD_SIGNATURE, Outcome::Pass);

    let object = content.try_read(SecurityObject::read).map_err(|fault| Stop::fail(DG_HASH, fault::lds(fault)))?;
    let types = vouched.signer.get().document_types();
    let document_types = types.map(|types| types.iter().filter_map(|t| core::str::from_utf8(t).ok()).map(ToOwned::to_owned).collect());
    Ok(Signed { object, country: vouched.country, document_types })
}

/// The encoding with definite lengths, if it has indefinite ones; `None` if it is DER already.
fn rewrite(sod: &[u8]) -> Result<Option<Vec<u8>>, DerFault> {
    let Err(fault) = scan(sod) else { return Ok(None) };
    match ber::definite(sod) {
        Ok(definite) if fault == DerFault::Invalid && definite != sod => scan(&definite).map(|()| Some(definite)),
        Ok(_) | Err(_) => Err(fault),
    }
}

/// The certificate that the signer goes by; where its name fits none, the only one inside, for a state known for that.
fn find_signer<'a>(cms: &UnverifiedSignedData<'a>) -> Result<UnverifiedCert<'a>, Code> {
    let mut only = None;
    for bytes in cms.certificates() {
        let certificate = UnverifiedCert::parse(bytes).map_err(fault::certificate)?;
        if cms.names(&certificate) {
            return Ok(certificate);
        }
        only = Some(certificate);
    }
    let only = only.filter(|_| cms.certificates().len() == 1).ok_or(code::CMS_SIGNER_MISSING)?;
    if Quirk::SignerNotNamed.is_known_of(only.reading().issuer().country()) { Ok(only) } else { Err(code::CMS_SIGNER_MISSING) }
}

/// Issuer, usage, state, revocation.
fn trust<'a>(signer: UnverifiedCert<'a>, cms: &UnverifiedSignedData<'a>, question: Question<'_>) -> Result<Vouched<'a>, Outcome> {
    let legacy = question.options.policy.allow_legacy_hash;
    let subject = signer.reading().subject().country();
    let may_sign = signer.reading().may_sign_documents();
    let vouched = question.trust.vouch(signer, cms.certificates(), legacy).map_err(|fault| match (fault, question.trust.refused()) {
        (CertFault::Issuer, Some(refused)) => Outcome::Fail(refused),
        (CertFault::Issuer, None) if question.trust.is_empty() => Outcome::Unknown(code::TRUST_LIST_MISSING),
        (fault, Some(_) | None) => Outcome::Fail(fault::certificate(fault)),
    })?;
    if !may_sign {
        return Err(Outcome::Fail(code::CERT_KEY_USAGE_INVALID));
    }
    if vouched.country.is_none() || subject != vouched.country {
        return Err(Outcome::Fail(code::CERT_COUNTRY_MISMATCH));
    }
    if question.trust.is_revoked(&vouched) {
        return Err(Outcome::Fail(code::CERT_REVOKED));
    }
    // a CSCA stops issuing before it stops being valid (ICAO Doc 9303-12 §7.1.1, private key usage period)
    let (issued, _) = vouched.signer.get().validity();
    let (from, to) = vouched.private_key_usage;
    if from.is_some_and(|from| issued < from) || to.is_some_and(|to| issued > to) {
        return Err(Outcome::Fail(code::CERT_CHAIN_INVALID));
    }
    Ok(vouched)
}

/// Signer and CSCA must be valid now, since a document is good no longer than they are; the signer's key must have signed in its time.
fn time(report: &mut Report, vouched: &Vouched<'_>, signing_time: Option<UnixTime>, question: Question<'_>) -> Outcome {
    let now = question.options.now;
    if now < question.clock_floor {
        return Outcome::Unknown(code::CLOCK_ROLLBACK);
    }
    let (from, to) = vouched.signer.get().validity();
    let (from, to) = (from.max(vouched.validity.0), to.min(vouched.validity.1));
    report.may_change_at(from);
    report.may_change_at(to.plus(1)); // notAfter is the last good second (RFC 5280 §4.1.2.5)
    if now > to {
        return Outcome::Fail(code::CERT_EXPIRED);
    }
    if now < from {
        return Outcome::Fail(code::CERT_NOT_YET_VALID);
    }
    let (from, to) = vouched.signer.get().private_key_usage();
    match signing_time {
        Some(signed) if from.is_some_and(|from| signed < from) || to.is_some_and(|to| signed > to) => {
            Outcome::Fail(code::CERT_KEY_USAGE_INVALID)
        }
        Some(_) | None => Outcome::Pass,
    }
}

/// Data groups, zone, dates, state.
fn contents(report: &mut Report, signed: Signed, chip: Chip<'_>, printed: Option<&str>, question: Question<'_>) -> Option<Reading> {
    let options = question.options;
    let Signed { object, country, document_types } = signed;
    if object.get().hash.is_legacy() && !options.policy.allow_legacy_hash {
        report.set(DG_HASH, Outcome::Fail(code::HASH_NOT_ALLOWED));
        return None;
    }
    if chip.groups.is_empty() {
        report.set(DG1_MRZ, Outcome::Unknown(code::MRZ_UNAUTHENTICATED));
        if let Genuine::Active(_) = chip.genuine {
            report.set(CHIP_GENUINE, Outcome::Unknown(code::CHIP_KEY_UNAVAILABLE));
        }
        return None;
    }
    let admitted = object.admit_by_digest(chip.groups, DataGroups::admit);
    let groups = match admitted {
        Ok(groups) => groups,
        Err(fault) => {
            report.set(DG_HASH, Outcome::Fail(fault::group(fault)));
            return None;
        }
    };
    report.set(DG_HASH, Outcome::Pass);
    if let Genuine::Active(transcript) = chip.genuine {
        let answered = active_authentication::verify(groups.get(), &transcript, options.policy.allow_legacy_hash);
        report.set(
            CHIP_GENUINE,
            match answered {
                Ok(()) => Outcome::Pass,
                Err(ActiveFault::KeyMissing) => Outcome::Unknown(code::CHIP_KEY_UNAVAILABLE),
                Err(fault) => Outcome::Fail(fault::active(fault)),
            },
        );
    }
    let Some(dg1) = groups.get().get(1) else {
        report.set(DG1_MRZ, Outcome::Unknown(code::MRZ_UNAUTHENTICATED));
        return None;
    };
    let zone = match zone(dg1, options.now) {
        Ok((zone, text, outcome)) => {
            // a chip holds the zone as it is printed, every cell (ICAO Doc 9303-10 §4.7.1)
            let differs = printed.is_some_and(|printed| printed != text);
            report.set(DG1_MRZ, if differs { Outcome::Fail(code::MRZ_CHIP_MISMATCH) } else { outcome });
            zone
        }
        Err(code) => {
            report.set(DG1_MRZ, Outcome::Fail(code));
            return None;
        }
    };
    match options.policy.documents {
        DocumentsDemand::Ignore => report.set(DOCUMENT_TIME, Outcome::Skip(code::NOT_ASKED)),
        DocumentsDemand::Identity | DocumentsDemand::All => mrz::date(report, &zone, options.now, options.policy.expiry_day),
    }
    // places count in the printed zone, not in the chip's
    report.checks.iter_mut().filter(|check| PLAN.contains(&check.line)).for_each(|check| check.at = None);
    report.set(DOCUMENT_STATE, state(&zone, country, document_types.as_deref()));
    report.documents = Some(Vec::from([chip_reading::document(&zone, options)]));
    let holder = chip_reading::holder(&zone, groups.get(), country, options);
    Some(Reading { zone, holder })
}

/// The zone of DG1: its shape is a fault, its digits and dates are an outcome.
fn zone(dg1: &[u8], now: UnixTime) -> Result<(Mrz, String, Outcome), Code> {
    let text = data_group::zone(dg1).map_err(|_| code::MRZ_LENGTH_INVALID)?;
    let zone = Mrz::parse(&text).map_err(|fault| match fault.problem {
        MrzProblem::Length => code::MRZ_LENGTH_INVALID,
        MrzProblem::Charset => code::MRZ_CHARSET_INVALID,
        MrzProblem::Format => code::MRZ_FORMAT_INVALID,
    })?;
    let today = now.date_in_vietnam();
    let dated = today.is_none_or(|today| zone.birth(today).is_some()) && mrz::expiry(&zone, now) != Expiry::Unknown;
    let outcome = if zone.digits().iter().any(|digit| !digit.ok) {
        Outcome::Fail(code::MRZ_CHECK_DIGIT_INVALID)
    } else if dated {
        Outcome::Pass
    } else {
        Outcome::Fail(code::MRZ_DATE_INVALID)
    };
    Ok((zone, text, outcome))
}

/// The signer's state is the zone's, and the signer may sign documents of this type.
fn state(zone: &Mrz, country: Option<[u8; 2]>, document_types: Option<&[String]>) -> Outcome {
    if !country.is_some_and(|country| country::signs_for(country, zone.issuing_state())) {
        return Outcome::Fail(code::CERT_COUNTRY_MISMATCH);
    }
    let code = zone.document_code();
    let fits = |listed: &String| listed == code || (listed.len() == 1 && code.starts_with(listed.as_str()));
    if document_types.is_none_or(|types| types.iter().any(fits)) { Outcome::Pass } else { Outcome::Fail(code::CERT_KEY_USAGE_INVALID) }
}
