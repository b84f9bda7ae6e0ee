//! Predicates asked instead of data (`policy.ask`): answered of a credential that is believed, else `None`.

use alloc::string::String;

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
    let in_date = ask.in_date.iter().map(|name| {
        let known = shown.iter().find(|document| document.document == *name);
        let answer = known.and_then(|document| match document.state {
            "in_date" | "no_expiry" => Some(true),
            "expired" => Some(false),
            _ => None,
        });
        (name.clone(), answer)
    });
    report.answers = Some(Answers { age_at_least: age, level_at_least: level, in_date: in_date.collect() });
}

fn age_at_least(claims: &Object, options: &Options, years: i32) -> Option<bool> {
    let told = claims.get("age_equal_or_over").and_then(Value::as_object).and_then(|ages| {
        let told = |age: &String| age.parse::<i32>().ok();
        let yes = ages.members.iter().any(|(age, holds)| holds.as_bool() == Some(true) && told(age).is_some_and(|age| age >= years));
        yes.then_some(true)
    });
    // a "false" was true of the day of issue only; an older holder may have reached the age since
    told.or_else(|| {
        let born = claims::date(claims, "birthdate").ok().flatten()?;
        Some(predicate::age_at_least(born, u8::try_from(years).ok()?, options.now))
    })
}
