//! The catalogue of bad input against the engine, natively: the same files, verdicts and codes as in Node and in the browser.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::as_conversions,
    missing_docs
)]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use eid_verifier::boundary::wire::{self, Engine};
use eid_verifier::boundary::{mrz_wire, zone_wire};
use serde_json::{Value, json};

/// Sections that hold tokens; `k` (machine readable zones) has a runner of its own.
const SECTIONS: [&str; 11] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "cwt"];

/// Personal data of the specimens: in no report but a valid one.
const MARKERS: [&str; 12] = [
    "001190000018",
    "NGUYỄN",
    "1990-03-15",
    "FRN0SPECIMEN0042",
    "MARIE",
    "1988-07-09",
    "XX0SPECIMEN7",
    "TRC0SPECIMEN3",
    "CC0SPECIMEN9",
    "0100000000-SPECIMEN",
    "CÔNG TY",
    "001085000021",
];

fn section(letter: &str) -> Vec<Value> {
    let path = format!("{}/tests/vectors/attacks/{letter}.json", env!("CARGO_MANIFEST_DIR"));
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    file["cases"].as_array().unwrap().clone()
}

enum Input {
    Text(String),
    Bytes(Vec<u8>),
}

fn input(value: &Value) -> Input {
    if let Some(text) = value.as_str() {
        return Input::Text(text.to_owned());
    }
    if let Some(bytes) = value["bytes_b64url"].as_str() {
        return Input::Bytes(URL_SAFE_NO_PAD.decode(bytes).unwrap());
    }
    let runs = value["repeat"].as_array().unwrap();
    Input::Text(runs.iter().map(|run| run[0].as_str().unwrap().repeat(run[1].as_u64().unwrap() as usize)).collect())
}

/// What is wrong with the answer to one case; `None` when all is right.
fn fault(case: &Value) -> Option<String> {
    let now = case["options"]["now"].as_i64().unwrap_or_default();
    let made = Engine::new(&case["config"].to_string(), &[], &[], now);
    let mut engine = match (made, case["expect"]["throws"].as_str()) {
        (Ok(engine), None) => engine,
        (Err(error), Some(code)) if error.code == code => return None,
        (Ok(_), Some(code)) => return Some(format!("expected the constructor to throw {code}")),
        (Err(error), other) => return Some(format!("constructor threw {}, expected {other:?}", error.code)),
    };
    for update in case["updates"].as_array().into_iter().flatten() {
        let _ = engine.update(&update.to_string(), now);
    }
    if let Some(expected) = case["expect"]["trust"].as_str() {
        let trust: Value = serde_json::from_str(&engine.trust()).unwrap();
        let told = trust.as_array().unwrap().iter().any(|artefact| artefact["codes"][0] == *expected);
        if !told {
            return Some(format!("no artefact says {expected}: {trust}"));
        }
    }
    let options = case["options"].to_string();
    let text = match input(&case["input"]) {
        Input::Text(text) => engine.verify(&text, &options),
        Input::Bytes(bytes) => engine.verify_bytes(&bytes, &options),
    };
    let report: Value = serde_json::from_str(&text).unwrap();
    let valid = report["verdict"] == "valid";
    if report["verdict"] != case["expect"]["verdict"] || report["codes"].get(0) != case["expect"]["codes"].get(0) {
        let expected = (&case["expect"]["verdict"], &case["expect"]["codes"]);
        return Some(format!("expected {} {}, got {} {}", expected.0, expected.1, report["verdict"], report["codes"]));
    }
    if let Some(account) = case["expect"].get("account")
        && report["account"]["state"] != *account
    {
        return Some(format!("expected account {account}, got {}", report["account"]));
    }
    if let Some(skip) = case["expect"]["skip"].as_str()
        && !report["checks"].as_array().unwrap().iter().any(|check| check["outcome"] == "skip" && check["code"] == skip)
    {
        return Some(format!("no line is skipped with {skip}"));
    }
    if report.get("holder").is_some() != valid {
        return Some("holder on a verdict that is not valid, or none on a valid one".to_owned());
    }
    if !valid && let Some(marker) = MARKERS.iter().find(|marker| text.contains(**marker)) {
        return Some(format!("{marker} in a report that is not valid"));
    }
    for (name, value) in case["expect"]["claims"].as_object().into_iter().flatten() {
        if report["holder"]["claims"][name] != *value {
            return Some(format!("claim {name} is {}, expected {value}", report["holder"]["claims"][name]));
        }
    }
    if valid && (text.contains("\"_sd\"") || text.contains("\"_sd_alg\"") || text.contains("\"...\"")) {
        return Some("digests left in the claims".to_owned());
    }
    None
}

#[test]
fn every_case_of_the_catalogue_gets_its_code() {
    let mut cases = 0;
    let mut rows = std::collections::BTreeSet::new();
    let mut faults = Vec::new();
    for letter in SECTIONS {
        for case in section(letter) {
            cases += 1;
            rows.extend(case["row"].as_i64());
            if let Some(fault) = fault(&case) {
                faults.push(format!("{letter} {}: {fault} ({})", case["id"].as_str().unwrap(), case["about"].as_str().unwrap()));
            }
        }
    }
    println!("{cases} cases, {} rows", rows.len());
    assert!(faults.is_empty(), "{} of {cases} cases:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_bad_case_has_a_valid_twin_in_its_file() {
    for letter in SECTIONS {
        let cases = section(letter);
        for case in cases.iter().filter(|case| case["expect"]["verdict"] != "valid") {
            let twin = cases.iter().find(|twin| twin["id"] == case["twin"]).unwrap_or_else(|| panic!("{letter} {}", case["id"]));
            assert_eq!(twin["expect"]["verdict"], "valid", "{letter} {}", case["id"]);
        }
    }
}

fn load(path: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(format!("{}/tests/vectors/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()).unwrap()
}

/// The table of duties: every clause that binds a verifier has what keeps it and what breaks it, and both get their verdicts.
#[test]
fn every_must_of_sd_jwt_has_a_good_and_a_bad_vector() {
    let table = load("sd-jwt/musts.json");
    let own = table["cases"].as_array().unwrap();
    let sections: std::collections::BTreeMap<&str, Vec<Value>> = SECTIONS.iter().map(|letter| (*letter, section(letter))).collect();
    let find = |name: &str| -> Value {
        let (letter, id) = name.split_once(':').unwrap();
        let cases = if letter == "m" { own } else { &sections[letter] };
        cases.iter().find(|case| case["id"] == id).unwrap_or_else(|| panic!("no case {name}")).clone()
    };
    let mut used = std::collections::BTreeSet::new();
    let mut faults: Vec<String> = own.iter().filter_map(|case| Some(format!("m {}: {}", case["id"], fault(case)?))).collect();
    for row in table["rows"].as_array().unwrap() {
        let clause = format!("{} {}", row["spec"], row["clause"]);
        let (good, bad) = (row["good"].as_array().unwrap(), row["bad"].as_array().unwrap());
        assert!(!good.is_empty() && !bad.is_empty(), "{clause}");
        for name in good {
            let case = find(name.as_str().unwrap());
            used.insert(name.as_str().unwrap());
            assert_eq!(case["expect"]["verdict"], "valid", "{clause}: {name}");
            faults.extend(fault(&case).map(|fault| format!("{clause}: {name}: {fault}")));
        }
        for entry in bad {
            let name = entry["case"].as_str().unwrap();
            let case = find(name);
            used.insert(name);
            assert_ne!(case["expect"]["verdict"], "valid", "{clause}: {name}");
            assert_eq!(case["expect"]["codes"][0], entry["code"], "{clause}: {name}");
            faults.extend(fault(&case).map(|fault| format!("{clause}: {name}: {fault}")));
        }
    }
    println!("{} clauses, {} vectors", table["rows"].as_array().unwrap().len(), used.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for case in own.iter().filter(|case| case["expect"]["verdict"] != "valid") {
        assert!(own.iter().any(|twin| twin["id"] == case["twin"] && twin["expect"]["verdict"] == "valid"), "{}", case["id"]);
    }
}

#[test]
fn samples_of_the_page_are_what_they_say() {
    let folder = format!("{}/www/samples", env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| -> Value { serde_json::from_str(&std::fs::read_to_string(format!("{folder}/{name}")).unwrap()).unwrap() };
    for entry in read("index.json")["samples"].as_array().unwrap() {
        let mut sample = read(entry["file"].as_str().unwrap());
        sample["options"]["now"] = sample["now"].clone();
        sample["about"] = json!("");
        let fault = fault(&sample);
        assert!(fault.is_none(), "{}: {}", entry["id"], fault.unwrap());
    }
}

/// A short report written out, as the door does (`pkg/report.js`).
fn written_out(short: &str) -> Value {
    let table: Value = serde_json::from_str(&wire::report_table()).unwrap();
    let order = wire::report_table(); // a map of serde_json forgets it
    let mut lines: Vec<(&String, &Value)> = table["lines"].as_object().unwrap().iter().collect();
    lines.sort_by_key(|(check, _)| order.find(&format!("\"{check}\":")).unwrap());
    let mut report: Value = serde_json::from_str(short).unwrap();
    let items = report["checks"].as_array().unwrap().clone();
    let mut items = items.into_iter();
    let mut next = items.next().unwrap().as_u64().unwrap() as usize;
    let mut checks = Vec::new();
    while let Some(item) = items.next() {
        let Some(flags) = item.as_u64() else {
            checks.push(item);
            continue;
        };
        let (check, spec) = lines[next];
        next += 1;
        let mut line = json!({ "check": check, "outcome": OUTCOMES[flags as usize & 3], "spec": spec });
        if flags & 3 != 0 {
            let hundred = if flags & 16 == 0 { 0 } else { 100 };
            line["code"] = table["codes"][items.next().unwrap().as_u64().unwrap() as usize + hundred].clone();
        }
        if flags & 4 != 0 {
            line["basis"] = items.next().unwrap();
        }
        if flags & 8 != 0 {
            line["at"] = json!({ "start": items.next().unwrap(), "end": items.next().unwrap() });
        }
        checks.push(line);
    }
    report["checks"] = json!(checks);
    report["engine"] = serde_json::from_str(&wire::engine_info()).unwrap();
    report
}

#[test]
fn short_reports_say_what_whole_ones_say() {
    let mut compared = 0;
    for case in SECTIONS.iter().flat_map(|letter| section(letter)) {
        let now = case["options"]["now"].as_i64().unwrap_or_default();
        let engine = || Engine::new(&case["config"].to_string(), &[], &[], now);
        let (Ok(whole), Ok(short)) = (engine(), engine()) else { continue };
        let short = short.in_short();
        let (Input::Text(text), options) = (input(&case["input"]), case["options"].to_string()) else { continue };
        let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let beside = json!({ "credential": text, "mrz": ZONE }).to_string();
        for (whole, short) in [
            (whole.verify(&text, &options), short.verify(&text, &options)),
            (whole.verify_document(&beside, None, &[], &options), short.verify_document(&beside, None, &[], &options)),
        ] {
            assert_eq!(parse(&whole), written_out(&short), "{}", case["id"]);
            assert!(short.len() < whole.len());
            compared += 1;
        }
    }
    for zone in [ZONE, "", "P<UTO"] {
        let whole: Value = serde_json::from_str(&mrz_wire::read_mrz(zone, "{\"now\":0}")).unwrap();
        assert_eq!(whole["report"], written_out(zone_wire::read_mrz(zone, "{\"now\":0}").lines().next().unwrap()));
    }
    assert!(compared > 500, "{compared}");
}

/// By their numbers.
const OUTCOMES: [&str; 4] = ["pass", "fail", "unknown", "skip"];

/// The specimen of ICAO 9303-4, appendix A.
const ZONE: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
