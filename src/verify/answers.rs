//! Predicates asked instead of data (`policy.ask`): answered of a credential that is believed, else `None`.

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::decimal;
use crate::document::claims;
use crate::encoding::json::{Object, Value};
use crate::law::predicate;
use crate::verify::policy::Options;
use crate::verify::report::{Answers, Report, Verdict};

/// Answers, from the least disclosed claim that can answer: `age_equal_or_over` before the birth date.
pub fn answer(report: &mut Report, claims: &Object, options: &Options) {
    let Some(ask) = &options.policy.ask else { return };
    let believed = matches!(report.verdict(), Verdict::Valid);
    let age = ask.age_at_least.map(|years| if believed { age_at_least(claims, options, years) } else { None });
    let level = ask
        .level_at_least
        .map(|asked| if believed { claims.get("eid_level").and_then(Value::as_int).map(|l| l >= i64::from(asked)) } else { None });
    let shown = report.documents.as_deref().unwrap_or_default();
    let mut in_date = Vec::with_capacity(ask.in_date.len());
    for name in &ask.in_date {
        let known = shown.iter().find(|document| document.document == *name);
        let answer = known.and_then(|document| match document.state {
            "in_date" | "no_expiry" => Some(true),
            "expired" => Some(false),
            _ => None,
        });
        in_date.push((name.clone(), answer));
    }
    report.answers = Some(Answers { age_at_least: age, level_at_least: level, in_date });
}

fn age_at_least(claims: &Object, options: &Options, years: i32) -> Option<bool> {
    let told = claims.get("age_equal_or_over").and_then(Value::as_object).and_then(|ages| {
        let reaches = |age: &String| decimal::read(age).is_some_and(|age| age >= i64::from(years));
        let yes = ages.members.iter().any(|(age, holds)| holds.as_bool() == Some(true) && reaches(age));
        yes.then_some(true)
    });
    // a "false" was true of the day of issue only; an older holder may have reached the age since
    told.or_else(|| {
        let born = claims::date(claims, "birthdate").ok().flatten()?;
        Some(predicate::age_at_least(born, u8::try_from(years).ok()?, options.now))
    })
}
