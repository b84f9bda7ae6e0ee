//! Judges a trust list by TUF's rules: threshold, root, expiry, version (contract §6; TUF §5.3).

use alloc::borrow::ToOwned;
use alloc::string::String;

use crate::base::limits;
use crate::base::split;
use crate::document::issuer::EntryFault;
use crate::document::trust_list::{self, TrustList, Version};
use crate::envelope::jws::UnverifiedJws;
use crate::envelope::jws_general::{Quorum, QuorumFault, UnverifiedGeneralJws};
use crate::envelope::verified::Verified;
use crate::verify::code::{self, Code};
use crate::verify::fault;
use crate::verify::list::{FORMAT, HEADER, Moment, SIGNATURE, Stop, TIME, TRUST, VERSION, fail, finish, start};
use crate::verify::report::{Outcome, Report};
use crate::verify::trust::{Succession, TrustStore};

/// A trust list that was judged.
#[derive(Debug)]
pub enum TrustListFinding {
    /// To be put in force; with the payload as received.
    Newer(Verified<TrustList>, String),
    /// In force already.
    Same,
    /// Refused, but rightly signed and only too old: the root that it names may carry the trust to a later list (TUF §5.3.10).
    Bridge(Quorum),
    /// Refused.
    Refused,
}

/// A trust list as received, its JSON read.
#[derive(Debug)]
pub struct ReceivedTrustList(Result<UnverifiedGeneralJws, Code>);

impl ReceivedTrustList {
    /// Reads the serialization.
    pub fn read(text: &str) -> Self {
        if text.len() > limits::TRUST_LIST {
            return Self(Err(code::INPUT_TOO_LARGE));
        }
        Self(UnverifiedGeneralJws::parse(text).map_err(|_| another_type(text).unwrap_or(code::TRUST_LIST_INVALID)))
    }

    /// The version that it claims: lists are applied in this order.
    pub fn version(&self) -> Option<i64> {
        self.0.as_ref().ok().and_then(|jws| trust_list::version_hint(jws.hint()))
    }
}

/// A compact token of another type in the place of a trust list.
fn another_type(text: &str) -> Option<Code> {
    let token = split::parts(text, b'~').next()?;
    let header = UnverifiedJws::parse(token, 0).ok()?.header().ok()?;
    (header.typ.as_deref() != Some(trust_list::TYPE)).then_some(code::TYP_MISMATCH)
}

/// Judges a trust list against what is in force; `root` is whose signatures it needs.
pub fn judge(received: ReceivedTrustList, store: &TrustStore, root: Option<&Quorum>, moment: Moment) -> (Report, TrustListFinding) {
    let mut report = start(moment);
    let result = walk(&mut report, received, store, root, moment);
    let (report, finding) = finish(report, result);
    (report, finding.unwrap_or(TrustListFinding::Refused))
}

fn walk(
    report: &mut Report,
    received: ReceivedTrustList,
    store: &TrustStore,
    root: Option<&Quorum>,
    moment: Moment,
) -> Result<TrustListFinding, Stop> {
    let jws = received.0.map_err(|code| fail(HEADER, code))?;
    // a signature that cannot be read counts for nothing; one of another type was made for something else
    let mut readable = false;
    let mut first_fault = None;
    for header in jws.headers() {
        match header {
            Ok(header) if header.typ.as_deref() != Some(trust_list::TYPE) => return Err(fail(HEADER, code::TYP_MISMATCH)),
            Ok(_) => readable = true,
            Err(fault) => first_fault = first_fault.or(Some(fault)),
        }
    }
    if let (false, Some(fault)) = (readable, first_fault) {
        return Err(fail(HEADER, fault::header(fault)));
    }
    report.set(HEADER, Outcome::Pass);
    let root = root.ok_or(fail(TRUST, code::TRUST_LIST_SIGNATURE_INVALID))?;
    report.set(TRUST, Outcome::Pass);

    // a new root must have signed too; one that cannot be read is refused below, once it is clear who wrote it
    let next = trust_list::read_root(jws.hint()).ok().filter(|next| !next.is_same(root));
    let payload = jws.payload_text().to_owned();
    let verified = jws.verify(root, next.as_ref()).map_err(|fault| match fault {
        QuorumFault::Signature => fail(SIGNATURE, code::TRUST_LIST_SIGNATURE_INVALID),
        QuorumFault::Threshold => fail(SIGNATURE, code::TRUST_LIST_THRESHOLD_NOT_MET),
    })?;
    report.set(SIGNATURE, Outcome::Pass);

    // asked before the rest is read: a list for newer engines may have a shape that this one does not know
    let wanted = verified.get().text("minEngine").and_then(Version::parse);
    if wanted > Version::parse(env!("CARGO_PKG_VERSION")) {
        return Err(Stop(FORMAT, Outcome::Unknown(code::ENGINE_OUTDATED)));
    }
    let list = verified.try_read(TrustList::read).map_err(|fault| match fault {
        EntryFault::Shape => fail(FORMAT, code::TRUST_LIST_INVALID),
        EntryFault::Key => fail(FORMAT, code::KEY_INVALID),
    })?;
    report.set(FORMAT, Outcome::Pass);

    let (issued, expires, version) = (list.get().issued, list.get().expires, list.get().version);
    let expired = Outcome::Unknown(code::TRUST_LIST_EXPIRED);
    let time = moment.judge(issued, Some(expires), code::TRUST_LIST_NOT_YET_VALID, expired);
    report.set(TIME, time);
    let succession = store.succession(version, &payload);
    let version = match succession {
        Succession::Newer | Succession::Same => Outcome::Pass,
        Succession::Contradiction => Outcome::Fail(code::TRUST_LIST_INCONSISTENT),
        Succession::Older => Outcome::Fail(code::TRUST_LIST_ROLLBACK),
    };
    report.set(VERSION, version);
    let bridges = store.is_forward(list.get().version);
    Ok(match (time, succession) {
        (Outcome::Pass, Succession::Newer) => TrustListFinding::Newer(list, payload),
        (Outcome::Pass, Succession::Same) => TrustListFinding::Same,
        // too old to be believed, and still the link between the root before and the root after
        (_, Succession::Newer | Succession::Older) if bridges && (time == Outcome::Pass || time == expired) => {
            TrustListFinding::Bridge(list.get().root.clone())
        }
        (_, Succession::Newer | Succession::Same | Succession::Older | Succession::Contradiction) => TrustListFinding::Refused,
    })
}
