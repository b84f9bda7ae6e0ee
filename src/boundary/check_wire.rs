//! The lines of a report on the wire: whole, as the contract shows them, or short, for a door that has the words already.
//!
//! Two thirds of a report's text are names of checks and clauses that never change. The short form leaves them out: `[first line, item, …]`, the lines following each
//! other as in [`table`], each an item of small numbers. `outcome | flags`, then, as the flags say, the number of the code, the basis, start and end of the place.
//! A line that the table does not hold, or not there, stands as the whole object. `tests/vectors.rs` holds both forms to each other.

use crate::base::{Span, decimal};
use crate::encoding::json_out::Writer;
use crate::verify::code::{self, Code};
use crate::verify::credential;
use crate::verify::mrz;
use crate::verify::report::{Check, Outcome, PlanLine};

/// How the lines of a report are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As the contract shows them.
    Whole,
    /// In numbers of [`table`].
    Short,
}

/// A line that needs no words: of the plan of a credential, then of that of a zone.
fn line(number: usize) -> Option<&'static PlanLine> {
    credential::PLAN.get(number).or_else(|| mrz::PLAN.get(number.checked_sub(credential::PLAN.len())?)).copied()
}

/// Outcomes: `pass`, `fail`, `unknown`, `skip`.
const PASS: usize = 0;
const FAIL: usize = 1;
const UNKNOWN: usize = 2;
const SKIP: usize = 3;
/// A basis follows.
const HAS_BASIS: usize = 4;
/// The place follows: start, end.
const HAS_PLACE: usize = 8;
/// The number of the code is a hundred more.
const HUNDRED: usize = 16;

// the short form writes numbers of two digits (`decimal::short`): what would outgrow them does not compile
const _: () = assert!(credential::PLAN.len() + mrz::PLAN.len() < 100 && code::COUNT <= 200);

/// `{"lines":{check: spec, …},"codes":[…]}`: what the numbers of the short form stand for.
pub fn table(out: &mut Writer) {
    out.open('{').name("lines").open('{');
    for line in credential::PLAN.iter().chain(&mrz::PLAN) {
        out.member(line.check, line.spec);
    }
    out.close('}');
    out.list("codes", code::names());
    out.close('}');
}

/// Codes by their names.
pub fn codes(out: &mut Writer, codes: &[Code]) {
    out.list("codes", codes.iter().map(|code| code.name()));
}

/// The lines of a report.
pub fn checks(out: &mut Writer, checks: &[Check], form: Form) {
    out.name("checks").open('[');
    match form {
        Form::Whole => checks.iter().for_each(|each| check(out, each)),
        Form::Short => short(out, checks),
    }
    out.close(']');
}

/// One line, whole.
pub fn check(out: &mut Writer, check: &Check) {
    out.open('{');
    out.member("check", check.line.check);
    out.member("outcome", check.outcome.name());
    out.member_if("code", check.outcome.code().map(Code::name));
    out.member("spec", check.line.spec);
    out.member_if("basis", check.basis);
    if let Some(Span { start, end }) = check.at {
        out.name("at").open('{');
        out.name("start").count(start);
        out.name("end").count(end);
        out.close('}');
    }
    out.close('}');
}

fn short(out: &mut Writer, checks: &[Check]) {
    let is_zone = checks.first().is_some_and(|check| same(mrz::MRZ_FORMAT, check.line));
    let mut next = if is_zone { credential::PLAN.len() } else { 0 };
    out.bare(decimal::short(next));
    for each in checks {
        if line(next).is_some_and(|line| same(line, each.line)) {
            item(out, each);
            next = next.saturating_add(1);
        } else {
            check(out, each);
        }
    }
}

/// By their addresses: the lines of a plan are one and the same constants. Where a compiler made two of them, the line is only longer.
fn same(one: &PlanLine, other: &PlanLine) -> bool {
    core::ptr::eq(one, other)
}

fn item(out: &mut Writer, check: &Check) {
    let (outcome, code) = match check.outcome {
        Outcome::Pass => (PASS, None),
        Outcome::Fail(code) => (FAIL, Some(code.number())),
        Outcome::Unknown(code) => (UNKNOWN, Some(code.number())),
        Outcome::Skip(code) => (SKIP, Some(code.number())),
    };
    let flag = |flag, holds| if holds { flag } else { 0 };
    let hundred = flag(HUNDRED, code.is_some_and(|code| code >= 100));
    out.bare(decimal::short(outcome | flag(HAS_BASIS, check.basis.is_some()) | flag(HAS_PLACE, check.at.is_some()) | hundred));
    if let Some(code) = code {
        out.bare(decimal::short(code.wrapping_rem(100)));
    }
    if let Some(basis) = check.basis {
        out.text(basis);
    }
    if let Some(Span { start, end }) = check.at {
        out.count(start);
        out.count(end);
    }
}
