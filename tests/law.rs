//! The law's cases, as the package sees them: JSON text in, JSON text out (`tests/vectors/law/README.md`).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::panic)]

use eid_verifier::boundary::config::ConfigError;
use eid_verifier::boundary::law_wire::{assess_account, request_deadline};
use proptest::prelude::*;
use serde_json::{Value, json};

fn vectors(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

fn cases() -> Vec<Value> {
    vectors(include_str!("vectors/law/cases.json"))
}

fn more() -> Vec<Value> {
    [vectors(include_str!("vectors/law/more.json")), vectors(include_str!("vectors/law/edges.json"))].concat()
}

/// The question without what the case says about itself.
fn question(case: &Value) -> Value {
    json!({"law": case["law"], "subject": case["subject"], "level": case["level"], "facts": case["facts"], "now": case["now"]})
}

fn assess(question: &Value) -> Value {
    let answer = assess_account(&question.to_string());
    serde_json::from_str(&answer.unwrap_or_else(|refused| panic!("{}: {question}", refused.message))).unwrap()
}

fn sorted(answer: &Value) -> (Value, Vec<String>) {
    let mut grounds: Vec<String> = answer["grounds"].as_array().unwrap().iter().map(|g| g.as_str().unwrap().to_owned()).collect();
    grounds.sort();
    (answer["account"].clone(), grounds)
}

#[test]
fn every_case_is_decided_as_expected() {
    for case in cases().iter().chain(&more()) {
        assert_eq!(sorted(&assess(&question(case))), sorted(&case["expected"]), "{}", case["id"]);
        assert_eq!(sorted(&assess(case)), sorted(&case["expected"]), "{}: a whole case is a question too", case["id"]);
    }
    assert_eq!(cases().len(), 70);
}

#[test]
fn uncertain_cases_are_listed_with_their_reading() {
    for case in cases().iter().chain(&more()).filter(|case| case["uncertain"] == true) {
        let expected = sorted(&case["expected"]);
        println!("{} read as {} {:?}: {} {}", case["id"], expected.0, expected.1, case["basis"], case["note"].as_str().unwrap_or(""));
    }
}

#[test]
fn every_decision_names_its_article() {
    for case in cases().iter().chain(&more()) {
        let mut asked = question(case);
        asked["explain"] = json!(true);
        let answer = assess(&asked);
        let basis = answer["basis"].as_array().unwrap();
        assert_eq!(basis.len(), answer["grounds"].as_array().unwrap().len().max(1), "{}", case["id"]);
        assert!(basis.iter().all(|article| article.as_str().unwrap().contains(" Art. ")), "{}", case["id"]);
    }
}

#[test]
fn a_question_of_the_wrong_shape_is_refused_and_its_twin_is_not() {
    for row in vectors(include_str!("vectors/law/refused.json")) {
        assert!(assess_account(&row["good"].to_string()).is_ok(), "{}: the twin", row["about"]);
        let refused = assess_account(&row["bad"].to_string()).unwrap_err();
        assert_eq!(ConfigError::from(refused).code, "policy_invalid", "{}", row["about"]);
    }
    for text in ["", "null", "[]", "\"\"", "{}", "{\"law\":\"ND69-2024\",\"law\":\"ND59-2022\"}", "{\"law\":"] {
        assert!(assess_account(text).is_err(), "{text}");
        assert!(request_deadline(text).is_err(), "{text}");
    }
}

#[test]
fn refusals_carry_nothing_of_the_question() {
    let mut asked = question(&cases()[0]);
    for place in ["/facts/dob", "/facts/id_card/kind", "/law", "/now", "/subject", "/facts/stage"] {
        let before = asked.pointer(place).unwrap().clone();
        *asked.pointer_mut(place).unwrap() = json!("MARKER-8391");
        let refused = assess_account(&asked.to_string()).unwrap_err();
        assert!(!refused.message.contains("8391"), "{place}");
        *asked.pointer_mut(place).unwrap() = before;
    }
}

#[test]
fn deadlines_come_as_expected() {
    for row in vectors(include_str!("vectors/law/deadlines.json")) {
        let asked = json!({"law": row["law"], "received": row["received"]});
        let answer: Value = serde_json::from_str(&request_deadline(&asked.to_string()).unwrap()).unwrap();
        assert_eq!(answer, row["expected"]);
    }
    for bad in [
        json!({"law": "ND69-2024"}),
        json!({"law": "ND69-2024", "received": "2025-02-29"}),
        json!({"law": "ND69-2024", "received": "2025-03-01T10:00:00"}),
        json!({"law": "ND69-2024", "received": null}),
        json!({"law": "ND69", "received": "2025-03-03"}),
        json!({"law": "ND69-2024", "recieved": "2025-03-03"}),
    ] {
        assert_eq!(ConfigError::from(request_deadline(&bad.to_string()).unwrap_err()).code, "policy_invalid", "{bad}");
    }
}

#[test]
fn what_is_not_settled_is_said() {
    let answer = request_deadline(r#"{"law":"ND69-2024","received":"2026-11-20"}"#).unwrap();
    assert_eq!(answer, r#"{"law":"ND69-2024","received":"2026-11-20","forwardBy":"2026-11-23","decideBy":"2026-11-25","unsettled":true}"#);
}

/// Events that can stand together on one account, each with a time of its own.
fn events(subject: &str) -> Vec<Value> {
    let both = [
        "holder_lock",
        "holder_unlock",
        "terms_breach",
        "terms_breach_remedied",
        "lock_request",
        "lock_request_approved",
        "unlock_request_approved",
    ];
    let own: &[&str] = match subject {
        "citizen" => &["card_revoked", "card_retained", "card_returned", "card_reissued", "death"],
        "foreigner" => &["passport_updated", "residence_updated", "death"],
        _ => &["dissolved", "ceased", "resumed", "temporarily_suspended"],
    };
    let of = |kind: &&str| {
        let mut event = json!({"type": kind});
        if kind.contains("lock_request") {
            event["by"] = json!("authority");
        }
        event
    };
    both.iter().chain(own).map(of).collect()
}

fn base(law: &str, subject: &str) -> Value {
    let case = cases().into_iter().find(|case| case["law"] == law && case["subject"] == subject && case["facts"]["stage"] == "account");
    question(&case.unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_list_has_no_meaning(
        law in prop::sample::select(vec!["ND59-2022", "ND69-2024"]),
        subject in prop::sample::select(vec!["citizen", "foreigner", "organisation"]),
        picks in prop::collection::vec((0_usize..100, 0_u32..60), 0..8),
        shuffle in any::<prop::sample::Index>(),
    ) {
        let kinds = events(subject);
        let mut asked = base(law, subject);
        let month = if law == "ND59-2022" { "2023-08" } else { "2025-03" };
        let list: Vec<Value> = picks.iter().enumerate().map(|(n, (kind, minute))| {
            let mut event = kinds[kind % kinds.len()].clone();
            // distinct times
            event["at"] = json!(format!("{month}-{:02}T09:{minute:02}:00+07:00", n + 1));
            event
        }).collect();
        asked["facts"]["events"] = json!(list);
        let straight = assess(&asked);
        let mut turned = list.clone();
        if !turned.is_empty() {
            let by = shuffle.index(turned.len());
            turned.rotate_left(by);
            turned.reverse();
        }
        asked["facts"]["events"] = json!(turned);
        prop_assert_eq!(&assess(&asked), &straight);
        // a later event changes nothing yet (one that replaces a paper says what the old one was, and is left out)
        for kind in kinds.iter().filter(|kind| !kind["type"].as_str().unwrap().contains("updated") && kind["type"] != "card_reissued") {
            let mut later = kind.clone();
            later["at"] = json!("2031-01-01T00:00:00+07:00");
            let mut with = list.clone();
            with.push(later);
            asked["facts"]["events"] = json!(with);
            prop_assert_eq!(&assess(&asked), &straight);
        }
    }

    #[test]
    fn death_has_no_way_out(picks in prop::collection::vec(0_usize..100, 0..8), law in prop::sample::select(vec!["ND59-2022", "ND69-2024"])) {
        for (subject, end, ground) in [("citizen", "death", "DEATH"), ("foreigner", "death", "DEATH"), ("organisation", "dissolved", "ORG_DISSOLVED")] {
            let kinds = events(subject);
            let mut asked = base(law, subject);
            let year = if law == "ND59-2022" { 2023 } else { 2025 };
            let mut list = vec![json!({"type": end, "at": format!("{year}-01-01T00:00:00+07:00")})];
            list.extend(picks.iter().enumerate().map(|(n, kind)| {
                let mut event = kinds[kind % kinds.len()].clone();
                event["at"] = json!(format!("{year}-02-{:02}T00:00:00+07:00", n + 1));
                event
            }));
            asked["facts"]["events"] = json!(list);
            let answer = assess(&asked);
            prop_assert_eq!(&answer["account"], "locked");
            prop_assert!(answer["grounds"].as_array().unwrap().contains(&json!(ground)));
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,200}") {
        let _ = assess_account(&text);
        let _ = request_deadline(&text);
    }

    #[test]
    fn a_deadline_lies_on_working_days_and_never_before_the_receipt(day in 0_i64..1461) {
        use eid_verifier::base::Date;
        use eid_verifier::law::{Decree, calendar::{Office, office}, deadline::deadline};
        let received = Date::parse("2023-01-01").unwrap().plus_days(day).unwrap();
        for law in Decree::ALL {
            if let Ok(dates) = deadline(law, received) {
                prop_assert!(dates.forward_by.unwrap_or(received) < dates.decide_by);
                prop_assert!(received < dates.decide_by);
                prop_assert_eq!(office(dates.decide_by), Office::Open);
                prop_assert!(dates.forward_by.is_none_or(|day| office(day) == Office::Open));
            }
        }
    }
}

/// Not a bench, a look: `cargo test --release --test law speed -- --nocapture`.
#[test]
fn speed_of_the_seam() {
    let questions: Vec<String> = cases().iter().map(|case| question(case).to_string()).collect();
    let rounds = if cfg!(debug_assertions) { 20 } else { 2_000 };
    let start = std::time::Instant::now();
    let mut length = 0;
    for _ in 0..rounds {
        for text in &questions {
            length += assess_account(text).unwrap().len();
        }
    }
    let calls = f64::from(rounds) * f64::from(u32::try_from(questions.len()).unwrap());
    println!("assess_account: {:.0} calls/s ({length} bytes)", calls / start.elapsed().as_secs_f64());
    let start = std::time::Instant::now();
    for _ in 0..rounds {
        for text in &questions {
            std::hint::black_box(eid_verifier::encoding::json_borrowed::parse(text));
        }
    }
    println!("of which reading JSON: {:.0} calls/s", calls / start.elapsed().as_secs_f64());
}
