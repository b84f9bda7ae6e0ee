//! `options.now` beats the host's clock everywhere: a trust list that the host's clock finds expired, or too early, is judged at the instant of the call.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use eid_verifier::boundary::wire::Engine;
use serde_json::{Value, json};

fn listed() -> Value {
    let file: Value = serde_json::from_str(include_str!("vectors/attacks/e.json")).unwrap();
    file["cases"].as_array().unwrap().iter().find(|case| case["id"] == "listed").unwrap().clone()
}

fn verdict(engine: &Engine, case: &Value, now: &Value) -> Value {
    let report: Value = serde_json::from_str(&engine.verify(case["input"].as_str().unwrap(), &json!({ "now": now }).to_string())).unwrap();
    json!([report["verdict"], report["codes"]])
}

/// 2040-01-01 and 2025-01-01: years after and before the list.
const OTHER_CLOCKS: [i64; 2] = [2_208_988_800, 1_735_689_600];

#[test]
fn the_time_of_a_call_decides_over_the_hosts() {
    let case = listed();
    for host in OTHER_CLOCKS {
        let engine = Engine::new(&case["config"].to_string(), &[], &[], host).unwrap();
        assert_eq!(verdict(&engine, &case, &case["options"]["now"]), json!(["valid", []]), "host's clock {host}");
        let late = verdict(&engine, &case, &json!(OTHER_CLOCKS[0]));
        assert_eq!(late, json!(["indeterminate", ["trust_list_expired"]]), "host's clock {host}");
    }
}

#[test]
fn a_configured_time_is_the_time_of_the_artefacts() {
    let mut case = listed();
    case["config"]["now"] = json!(OTHER_CLOCKS[0]);
    let engine = Engine::new(&case["config"].to_string(), &[], &[], 0).unwrap();
    assert_eq!(verdict(&engine, &case, &case["options"]["now"])[1], json!(["trust_list_expired"]));
}

#[test]
fn lists_that_come_by_update_are_judged_at_the_call_too() {
    let case = listed();
    let mut config = case["config"].clone();
    let lists = config["trust"].as_object_mut().unwrap().remove("lists").unwrap();
    let mut engine = Engine::new(&config.to_string(), &[], &[], OTHER_CLOCKS[0]).unwrap();
    engine.update(&json!({ "trustLists": lists }).to_string(), OTHER_CLOCKS[0]);
    assert_eq!(verdict(&engine, &case, &case["options"]["now"]), json!(["valid", []]));
}
