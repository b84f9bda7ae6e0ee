//! Judges a relying-party authorisation (contract §7).

use alloc::vec::Vec;

use crate::base::limits;
use crate::document::relying_party::{self, Authorisation};
use crate::envelope::jws::UnverifiedJws;
use crate::envelope::jws_general::Quorum;
use crate::envelope::verified::{TrustedKey, Verified};
use crate::verify::code;
use crate::verify::list::{FORMAT, HEADER, Moment, SIGNATURE, Stop, TIME, TRUST, VERSION, fail, finish, start};
use crate::verify::report::{Outcome, Report};

/// Judges a relying-party authorisation; one key of the root suffices (contract §7).
pub fn judge(text: &str, root: Option<&Quorum>, moment: Moment) -> (Report, Option<Verified<Authorisation>>) {
    let mut report = start(moment);
    let result = walk(&mut report, text, root, moment);
    finish(report, result)
}

fn walk(report: &mut Report, text: &str, root: Option<&Quorum>, moment: Moment) -> Result<Verified<Authorisation>, Stop> {
    let invalid = |line| fail(line, code::RELYING_PARTY_INVALID);
    if text.len() > limits::TOKEN {
        return Err(fail(HEADER, code::INPUT_TOO_LARGE));
    }
    let jws = UnverifiedJws::parse(text, 0).map_err(|_| invalid(HEADER))?;
    let header = jws.header().map_err(|_| invalid(HEADER))?;
    if header.typ.as_deref() != Some(relying_party::TYPE) {
        return Err(invalid(HEADER));
    }
    report.set(HEADER, Outcome::Pass);
    let mut keys: Vec<TrustedKey> = Vec::new();
    for one in root.map(Quorum::keys).unwrap_or_default() {
        let named = header.kid.is_none() || one.kid.is_none() || one.kid == header.kid;
        if named && one.key.key().algorithm() == header.alg {
            keys.push(one.key.clone());
        }
    }
    if keys.is_empty() {
        return Err(invalid(TRUST));
    }
    report.set(TRUST, Outcome::Pass);
    let (payload, _) = jws.verify_with_one_of(&keys).map_err(|_| invalid(SIGNATURE))?;
    report.set(SIGNATURE, Outcome::Pass);
    let authorisation = payload.try_read(Authorisation::read).map_err(|_| invalid(FORMAT))?;
    report.set(FORMAT, Outcome::Pass);
    report.set(TIME, time(authorisation.get(), moment));
    report.set(VERSION, Outcome::Pass);
    Ok(authorisation)
}

/// `iat` and `exp`.
pub fn time(authorisation: &Authorisation, moment: Moment) -> Outcome {
    let expired = Outcome::Fail(code::RELYING_PARTY_EXPIRED);
    moment.judge(authorisation.issued, Some(authorisation.expires), code::RELYING_PARTY_INVALID, expired)
}
