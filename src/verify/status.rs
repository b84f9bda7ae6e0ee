//! Does it still hold? Status lists and account states (draft-ietf-oauth-status-list; contract §8).

use crate::encoding::json::Object;
use crate::verify::code;
use crate::verify::policy::{Demand, Options};
use crate::verify::report::{Outcome, PlanLine, Report};

/// The status of the credential.
pub const STATUS: PlanLine = PlanLine { check: "status.list", spec: "draft-ietf-oauth-status-list §8.3" };
/// The signed state of the account.
pub const ACCOUNT: PlanLine = PlanLine { check: "account.state", spec: "ND69-2024 Art. 15" };

/// Judges status and account state.
pub fn judge(report: &mut Report, claims: &Object, options: &Options) {
    let outcome = match (options.policy.status, claims.get("status")) {
        (Demand::Ignore, _) | (Demand::IfGiven, None) => Outcome::Skip(code::NOT_ASKED),
        (Demand::Require, None) => Outcome::Fail(code::STATUS_MISSING),
        (Demand::Require | Demand::IfGiven, Some(_)) => Outcome::Unknown(code::NOT_IN_BUILD),
    };
    report.set(STATUS.check, outcome);
    let outcome = if options.account_states.is_empty() { Outcome::Skip(code::NOT_ASKED) } else { Outcome::Unknown(code::NOT_IN_BUILD) };
    report.set(ACCOUNT.check, outcome);
}
