//! Chips through the wire: rows L of the bad inputs with their twins, real signed objects under the German master list, flipped bits.
#![cfg(feature = "emrtd")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use eid_verifier::boundary::wire::Engine;
use serde_json::{Value, json};

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn vectors(name: &str) -> Vec<Value> {
    serde_json::from_slice(&file(name)).unwrap()
}

fn hex(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap()).collect()
}

fn decoded(value: &Value) -> Vec<u8> {
    STANDARD.decode(value.as_str().unwrap()).unwrap()
}

fn list(value: &Value) -> Vec<Vec<u8>> {
    value.as_array().map(|items| items.iter().map(decoded).collect()).unwrap_or_default()
}

fn slices(items: &[Vec<u8>]) -> Vec<&[u8]> {
    items.iter().map(Vec::as_slice).collect()
}

fn engine(config: &Value, now: i64) -> Engine {
    let mut text = config.clone();
    let (csca, lists) = (list(&config["trust"]["csca"]), list(&config["trust"]["masterLists"]));
    let trust = text["trust"].as_object_mut().unwrap();
    trust.retain(|name, _| name != "csca" && name != "masterLists"); // binary, handed over beside the text
    Engine::new(&text.to_string(), &slices(&csca), &slices(&lists), now).unwrap_or_else(|e| panic!("{e:?}"))
}

/// Judges one row; the input is the contract's, with bytes in base64.
fn judge(row: &Value) -> Value {
    let now = row["options"]["now"].as_i64().unwrap();
    let sod = row["input"].get("sod").map(decoded);
    let groups: Vec<(u8, Vec<u8>)> =
        row["input"]["dataGroups"].as_object().unwrap().iter().map(|(n, b)| (n.parse().unwrap(), decoded(b))).collect();
    let groups: Vec<(u8, &[u8])> = groups.iter().map(|(n, b)| (*n, b.as_slice())).collect();
    let mut input = json!({});
    for name in ["mrz", "credential", "chipAuthentication"] {
        if let Some(value) = row["input"].get(name) {
            input[name] = value.clone();
        }
    }
    if let Some(asked) = row["input"].get("activeAuthentication") {
        input["activeAuthentication"] = json!({"challenge": URL_SAFE_NO_PAD.encode(decoded(&asked["challenge"])), "response": URL_SAFE_NO_PAD.encode(decoded(&asked["response"]))});
    }
    let report = engine(&row["config"], now).verify_document(&input.to_string(), sod.as_deref(), &groups, &row["options"].to_string());
    serde_json::from_str(&report).unwrap()
}

#[test]
fn rows_l_get_their_codes_and_their_twins_pass() {
    let rows = vectors("attacks/l.json");
    let mut wrong = Vec::new();
    for row in &rows {
        let report = judge(row);
        let id = row["id"].as_str().unwrap();
        let genuine = report["checks"].as_array().unwrap().last().unwrap();
        assert_eq!(genuine["check"], "chip.genuine", "{id}");
        let asked = row["input"].get("activeAuthentication").is_some();
        assert_eq!(genuine["code"] == "clone_not_excluded", !asked && row["input"].get("chipAuthentication").is_none(), "{id}: {genuine}");
        assert!(genuine["outcome"] != "pass" || asked, "{id}");
        assert!(report["verdict"] != "valid" || genuine["outcome"] != "unknown", "{id}");
        assert_eq!(report.get("holder").is_some(), report["verdict"] == "valid", "{id}: data leave only when valid");
        if report["verdict"] != row["expect"]["verdict"] || report["codes"] != row["expect"]["codes"] {
            wrong.push(format!(
                "{id}: {} {} instead of {} {}",
                report["verdict"], report["codes"], row["expect"]["verdict"], row["expect"]["codes"]
            ));
        }
        for (name, value) in row["expect"].get("claims").and_then(Value::as_object).into_iter().flatten() {
            assert_eq!(report["holder"]["claims"][name], *value, "{id}: {name}");
        }
        if let Some(account) = row["expect"].get("account") {
            let told = json!({"state": report["account"]["state"], "grounds": report["account"]["grounds"]});
            assert_eq!(told, *account, "{id}");
        }
        if let Some(twin) = row.get("twin") {
            assert!(rows.iter().any(|other| other["id"] == *twin && other["expect"]["verdict"] == "valid"), "{id} has no twin");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows.len() > 150);
}

/// 2026-11-22T03:00:00Z
const NOW: i64 = 1_795_316_400;

fn report(engine: &Engine, sod: &[u8], groups: &[(u8, &[u8])], now: i64) -> Value {
    serde_json::from_str(&engine.verify_document("{}", Some(sod), groups, &json!({ "now": now }).to_string())).unwrap()
}

fn line<'a>(report: &'a Value, check: &str) -> &'a Value {
    report["checks"].as_array().unwrap().iter().find(|line| line["check"] == check).unwrap()
}

fn german_list(policy: &Value) -> Engine {
    let list = file("emrtd/DE_ML_2024-04-10-10-54-13.ml");
    let engine = Engine::new(&json!({ "policy": policy }).to_string(), &[], &[&list], NOW).unwrap();
    let trust: Value = serde_json::from_str(&engine.trust()).unwrap();
    // one certificate of Ukraine, 2015, spells a truth value as 01 instead of FF: not DER (X.690 §11.1)
    let expected =
        json!([{"artefact": "master_list", "verdict": "valid", "codes": [], "checks": [], "iss": "DE", "taken": 525, "unreadable": 1}]);
    assert_eq!(trust, expected);
    engine
}

#[test]
fn seven_real_objects_chain_to_the_german_list() {
    let strict = german_list(&json!({}));
    let legacy = german_list(&json!({ "allowLegacyHash": true }));
    for row in vectors("emrtd/sod-real.json") {
        let (id, sod) = (row["id"].as_str().unwrap(), hex(&row["sod"]));
        let from_russia = id == "gmrtd-RU"; // SHA-1
        let told = report(if from_russia { &legacy } else { &strict }, &sod, &[], NOW);
        for check in ["sod.format", "signer.trust", "signer.time", "sod.signature"] {
            assert_eq!(line(&told, check)["outcome"], "pass", "{id} {check}: {told}");
        }
        assert_eq!((told["verdict"].as_str(), told["codes"][0].as_str()), (Some("indeterminate"), Some("mrz_unauthenticated")), "{id}");
        // a data group that is not theirs: the digests are not public's to make
        let other = report(if from_russia { &legacy } else { &strict }, &sod, &[(1, b"SPECIMEN")], NOW);
        assert_eq!(other["codes"], json!(["dg_hash_mismatch"]), "{id}");
        if from_russia {
            assert_eq!(report(&strict, &sod, &[], NOW)["codes"], json!(["hash_not_allowed"]));
        }
        let (before, after) = (1_400_000_000, 2_600_000_000); // 2014: below the clock floor; 2052
        assert_eq!(line(&report(&legacy, &sod, &[], before), "signer.time")["code"], "clock_rollback", "{id}");
        assert_eq!(line(&report(&legacy, &sod, &[], after), "signer.time")["code"], "cert_expired", "{id}");
    }
}

#[test]
fn mock_passports_are_signed_but_their_state_is_not_their_signers() {
    let mock: Value = serde_json::from_slice(&file("emrtd/sod-mock.json")).unwrap();
    let groups: Vec<(u8, Vec<u8>)> = mock["data_groups"].as_object().unwrap().iter().map(|(n, b)| (n.parse().unwrap(), hex(b))).collect();
    let groups: Vec<(u8, &[u8])> = groups.iter().map(|(n, b)| (*n, b.as_slice())).collect();
    for case in mock["cases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let pem: String = case["csca_pem"].as_str().unwrap().lines().filter(|line| !line.starts_with('-')).collect();
        let csca = STANDARD.decode(pem).unwrap();
        let engine = Engine::new(&json!({"policy": {"allowLegacyHash": true}}).to_string(), &[&csca], &[], NOW).unwrap();
        let told = report(&engine, &hex(&case["sod"]), &groups, NOW);
        for check in ["sod.format", "signer.trust", "signer.time", "sod.signature", "dg.hash"] {
            assert_eq!(line(&told, check)["outcome"], "pass", "{id} {check}: {told}");
        }
        // France signs for Utopia, and the passport of Doc 9303 ended in 2012
        assert_eq!(told["codes"], json!(["document_expired", "cert_country_mismatch"]), "{id}");
        let strict = Engine::new("{}", &[&csca], &[], NOW).unwrap();
        let codes = report(&strict, &hex(&case["sod"]), &groups, NOW)["codes"].clone();
        assert_eq!(codes[0] == "hash_not_allowed", id.starts_with("sha1_"), "{id}");
    }
}

#[test]
fn what_does_not_conform_is_refused() {
    let engine = german_list(&json!({}));
    let invalid: Value = serde_json::from_slice(&file("emrtd/sod-invalid.json")).unwrap();
    for sod in invalid["sod_hex"].as_array().unwrap() {
        let told = report(&engine, &hex(sod), &[], NOW);
        assert_eq!(told["verdict"], "invalid");
    }
    let folder = format!("{}/tests/vectors/emrtd/zkpassport", env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "sod") {
            let told = report(&engine, &std::fs::read(&path).unwrap(), &[], NOW);
            assert_eq!(told["verdict"], "invalid", "{path:?}: {told}");
            seen += 1;
        }
    }
    assert_eq!(seen, 6);
}

#[test]
fn odd_certificates_crash_nothing() {
    let folder = format!("{}/tests/vectors/emrtd/x509-hardening", env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let der = if text.contains("-----BEGIN") {
            let body: String =
                text.lines().skip_while(|l| !l.starts_with("-----BEGIN")).skip(1).take_while(|l| !l.starts_with('-')).collect();
            STANDARD.decode(body).unwrap_or_default()
        } else {
            bytes
        };
        // as a CSCA, as a list, and as a security object
        if let Err(error) = Engine::new("{}", &[&der], &[], NOW) {
            assert_eq!(error.code, "key_invalid");
        }
        let engine = Engine::new("{}", &[], &[&der], NOW).unwrap();
        assert_ne!(report(&engine, &der, &[(1, &der)], NOW)["verdict"], "valid");
        seen += 1;
    }
    assert!(seen >= 60, "{seen}");
}

#[test]
fn no_flipped_bit_is_valid() {
    let rows = vectors("attacks/l.json");
    // every byte, one bit each; on the slow curve every seventh
    for (id, step) in [("l000-good", 1), ("l000-vn-like", 7), ("l000-rsa-pss-sha256", 1), ("l253-indefinite-nz", 1)] {
        let row = rows.iter().find(|row| row["id"] == id).unwrap();
        let engine = engine(&row["config"], NOW);
        let sod = decoded(&row["input"]["sod"]);
        let groups: Vec<(u8, Vec<u8>)> =
            row["input"]["dataGroups"].as_object().unwrap().iter().map(|(n, b)| (n.parse().unwrap(), decoded(b))).collect();
        let slices: Vec<(u8, &[u8])> = groups.iter().map(|(n, b)| (*n, b.as_slice())).collect();
        assert_eq!(report(&engine, &sod, &slices, NOW)["verdict"], "valid", "{id}");
        for place in (0..sod.len()).step_by(step) {
            let mut flipped = sod.clone();
            flipped[place] ^= 1 << (place % 8);
            assert_ne!(report(&engine, &flipped, &slices, NOW)["verdict"], "valid", "{id}: byte {place} of {}", sod.len());
        }
        for (index, (_, bytes)) in groups.iter().enumerate() {
            for place in 0..bytes.len() {
                let mut flipped = bytes.clone();
                flipped[place] ^= 1 << (place % 8);
                let mut changed = slices.clone();
                changed[index].1 = &flipped;
                assert_ne!(report(&engine, &sod, &changed, NOW)["verdict"], "valid", "{id}: group {index}, byte {place}");
            }
        }
    }
}

#[test]
fn no_flipped_bit_of_an_answer_makes_a_chip_genuine() {
    let rows = vectors("attacks/l.json");
    for id in ["l300-rsa-1024-sha256", "l300-rsa-2048-sha1", "l300-ec-p256-sha256", "l300-ec-bp256-sha256-explicit"] {
        let row = rows.iter().find(|row| row["id"] == id).unwrap();
        assert_eq!(judge(row)["checks"].as_array().unwrap().last().unwrap()["outcome"], "pass", "{id}");
        for member in ["challenge", "response"] {
            let bytes = decoded(&row["input"]["activeAuthentication"][member]);
            for place in 0..bytes.len() {
                let mut changed = row.clone();
                let mut flipped = bytes.clone();
                flipped[place] ^= 1 << (place % 8);
                changed["input"]["activeAuthentication"][member] = json!(STANDARD.encode(flipped));
                let report = judge(&changed);
                assert_eq!(
                    (&report["verdict"], &report["codes"]),
                    (&json!("invalid"), &json!(["chip_response_invalid"])),
                    "{id}: {member} {place}"
                );
            }
        }
    }
}

#[test]
fn a_challenge_has_eight_bytes() {
    let rows = vectors("attacks/l.json");
    let good = rows.iter().find(|row| row["id"] == "l300-rsa-1024-sha256").unwrap();
    for challenge in [0, 7, 9, 16] {
        let mut row = good.clone();
        row["input"]["activeAuthentication"]["challenge"] = json!(STANDARD.encode(vec![1; challenge]));
        assert_eq!(judge(&row)["codes"], json!(["input_type_invalid"]), "{challenge}");
    }
    let engine = engine(&good["config"], NOW);
    for asked in [
        json!(null),
        json!({}),
        json!({"challenge": "AAAAAAAAAAA"}),
        json!({"challenge": "AAAAAAAAAAA", "response": "", "more": 1}),
        json!({"challenge": "AAAAAAAAAAA=", "response": ""}),
    ] {
        let text =
            engine.verify_document(&json!({ "activeAuthentication": asked }).to_string(), None, &[], &json!({ "now": NOW }).to_string());
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["codes"], json!(["input_type_invalid"]), "{asked}");
    }
    // an answer and no chip at all
    let text = engine.verify_document(
        r#"{"activeAuthentication":{"challenge":"AAAAAAAAAAA","response":""}}"#,
        None,
        &[],
        &json!({ "now": NOW }).to_string(),
    );
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["codes"], json!(["structure_invalid"]));
}

#[test]
fn sizes_are_refused_before_anything_is_read() {
    let engine = german_list(&json!({}));
    assert_eq!(report(&engine, &vec![0x30; 256 * 1024 + 1], &[], NOW)["codes"], json!(["input_too_large"]));
    assert_eq!(report(&engine, &[0x30], &[(2, &vec![0; 1024 * 1024 + 1])], NOW)["codes"], json!(["input_too_large"]));
    assert_eq!(Engine::new("{}", &[b"SPECIMEN"], &[], NOW).unwrap_err().code, "key_invalid");
}
