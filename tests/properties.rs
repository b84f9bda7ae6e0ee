//! What holds for every input: no panic, never valid by accident, never a holder without a valid verdict, in bounded time.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::panic, missing_docs)]

use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use eid_verifier::boundary::inspect::inspect;
use eid_verifier::boundary::wire::Engine;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const NOW: i64 = 1_795_316_400;
const ISSUER: &str = "https://eid.specimen.example";
const OPTIONS: &str = r#"{"now":1795316400}"#;

fn b64u(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn signing_key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn engine() -> Engine {
    let x = b64u(signing_key().verifying_key().as_bytes());
    let config = json!({
        "trust": { "issuers": [{ "iss": ISSUER, "keys": [{ "kty": "OKP", "crv": "Ed25519", "x": x }] }] },
        "policy": { "status": "if-present", "kinds": ["citizen", "foreigner", "organisation"] },
    });
    Engine::new(&config.to_string(), &[], &[], NOW).unwrap()
}

/// A well signed token over any header members and any payload.
fn sign(header: &Value, payload: &str) -> String {
    let input = format!("{}.{}", b64u(header.to_string()), b64u(payload));
    let signature = signing_key().sign(input.as_bytes());
    format!("{input}.{}", b64u(signature.to_bytes()))
}

fn claims() -> Map<String, Value> {
    let claims = json!({
        "iss": ISSUER, "iat": NOW - 1000, "exp": NOW + 1000, "vct": "urn:eid:vn:citizen:1", "eid_level": 1, "eid_law": "ND69-2024",
        "sub": "SPECIMEN", "name": "SPECIMEN", "birthdate": "1990-03-15",
    });
    claims.as_object().unwrap().clone()
}

fn credential(claims: &Map<String, Value>) -> String {
    format!("{}~", sign(&json!({ "alg": "EdDSA", "typ": "dc+sd-jwt" }), &Value::Object(claims.clone()).to_string()))
}

/// A presentation with two disclosures.
fn presentation() -> String {
    let texts: Vec<String> = [r#"["salt-1","gender","female"]"#, r#"["salt-2","given_name","SPECIMEN"]"#].iter().map(b64u).collect();
    let digests: Vec<String> = texts.iter().map(|text| b64u(<sha2::Sha256 as sha2::Digest>::digest(text.as_bytes()))).collect();
    let mut claims = claims();
    claims.insert("_sd".to_owned(), json!(digests));
    format!("{}{}~{}~", credential(&claims), texts[0], texts[1])
}

/// The report, well-formed, with a holder exactly when it is valid.
fn report(text: &str) -> Value {
    let report: Value = serde_json::from_str(text).unwrap();
    let verdict = report["verdict"].as_str().unwrap();
    assert!(["valid", "invalid", "indeterminate"].contains(&verdict));
    assert_eq!(report.get("holder").is_some(), verdict == "valid");
    assert_eq!(report["codes"].as_array().unwrap().is_empty(), verdict == "valid");
    assert!(!report["checks"].as_array().unwrap().is_empty());
    report
}

fn is_valid(engine: &Engine, text: &str) -> bool {
    report(&engine.verify(text, OPTIONS))["verdict"] == "valid"
}

#[test]
fn the_good_token_is_valid() {
    assert!(is_valid(&engine(), &presentation()));
}

#[test]
fn no_flipped_bit_is_valid() {
    let (engine, good) = (engine(), presentation());
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let found = report(&engine.verify_bytes(&bytes, OPTIONS));
            assert_ne!(found["verdict"], "valid", "byte {at} bit {bit}");
        }
    }
}

#[test]
fn no_cut_token_is_valid() {
    let (engine, good) = (engine(), presentation());
    for at in 0..good.len() {
        // a cut after a whole disclosure only withholds the rest
        let withholds = good[..at].ends_with('~');
        assert_eq!(is_valid(&engine, &good[..at]), withholds, "cut at {at}");
        assert!(!is_valid(&engine, &good[at..]) || at == 0, "beheaded at {at}");
    }
}

#[test]
fn no_token_with_a_letter_more_is_valid() {
    let (engine, good) = (engine(), presentation());
    for at in 0..=good.len() {
        for letter in ['A', '.', '~', '=', ' ', 'é'] {
            let (head, tail) = good.split_at(at);
            assert!(!is_valid(&engine, &format!("{head}{letter}{tail}")), "{letter} at {at}");
        }
    }
}

/// The ceiling's worth of anything is answered at once: n bytes never cost many times the honest n bytes (contract §11).
#[test]
fn the_worst_input_is_answered_in_time() {
    let engine = engine();
    let size = 64 * 1024;
    let nested = sign(&json!({ "alg": "EdDSA", "typ": "dc+sd-jwt" }), &"[".repeat(40_000));
    let names: String = (0..2500).map(|n| format!("\"c{n}\":[{{\"...\":\"x{n}\"}}],")).collect();
    let many = sign(&json!({ "alg": "EdDSA", "typ": "dc+sd-jwt" }), &format!("{{{names}\"iss\":\"{ISSUER}\"}}"));
    let inputs = [
        "~".repeat(size),
        ".".repeat(size),
        "A".repeat(size),
        "{".repeat(size),
        "[".repeat(size),
        format!("{}~", "A~".repeat(size / 2 - 1)),
        format!("{nested}~"),
        format!("{many}~"),
        "é".repeat(size / 2),
        "<".repeat(size),
        "A.A.A~".repeat(size / 6),
    ];
    let start = Instant::now();
    for input in &inputs {
        assert!(!is_valid(&engine, input));
    }
    let elapsed = start.elapsed();
    assert!(elapsed.as_secs() < 5, "{elapsed:?} for {} inputs", inputs.len());
}

/// Any JSON of modest size.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("2026-11-22")),
        Just(json!("urn:eid:vn:citizen:1")),
        Just(json!(NOW)),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".{0,8}|_sd|\\.\\.\\.|jwk|status_list|uri|idx|kind|expires_on|18", inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Names that the engine reads.
fn a_claim() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "iss",
        "iat",
        "exp",
        "nbf",
        "vct",
        "eid_level",
        "eid_law",
        "sub",
        "name",
        "birthdate",
        "gender",
        "portrait",
        "status",
        "cnf",
        "evidence",
        "documents",
        "travel_document",
        "residence",
        "identity_card",
        "age_equal_or_over",
        "nationality",
        "_sd",
        "_sd_alg",
        "...",
        "personal_identification_number",
        "foreigner_identification_number",
        "organisation_identifier",
        "representative",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_refused(text in "\\PC{0,400}") {
        prop_assert!(!is_valid(&engine(), &text));
        let _: Value = serde_json::from_str(&inspect(&text)).unwrap();
    }

    #[test]
    fn any_token_like_text_is_refused(text in "[A-Za-z0-9_\\-.~=+/{}\"]{0,600}") {
        prop_assert!(!is_valid(&engine(), &text));
        let _: Value = serde_json::from_str(&inspect(&text)).unwrap();
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let found = report(&engine().verify_bytes(&bytes, OPTIONS));
        prop_assert!(found["verdict"] != "valid");
    }

    #[test]
    fn any_options_are_answered(options in any_json(), name in prop::sample::select(vec!["now", "nonce", "audience", "policy", "statusLists", "accountStates", "purpose", "origin", "serverTime", "mrz", "x"])) {
        let (engine, good) = (engine(), presentation());
        let _ = report(&engine.verify(&good, &options.to_string()));
        let mut options_with = json!({ "now": NOW });
        options_with[name] = options;
        let _ = report(&engine.verify(&good, &options_with.to_string()));
    }

    #[test]
    fn any_options_text_is_answered(options in "\\PC{0,100}") {
        let found = report(&engine().verify(&presentation(), &options));
        prop_assert_eq!(&found["codes"][0], "policy_invalid");
    }

    #[test]
    fn any_config_is_taken_or_refused(config in any_json()) {
        if let Ok(engine) = Engine::new(&config.to_string(), &[], &[], NOW) {
            prop_assert!(!is_valid(&engine, &presentation()));
        }
    }

    #[test]
    fn any_update_changes_no_verdict(update in any_json()) {
        let mut engine = engine();
        let _: Value = serde_json::from_str(&engine.update(&update.to_string(), NOW)).unwrap();
        prop_assert!(is_valid(&engine, &presentation()));
    }

    #[test]
    fn any_value_of_a_well_signed_claim_is_answered(name in a_claim(), value in any_json(), other in a_claim(), another in any_json()) {
        let mut claims = claims();
        claims.insert(name.to_owned(), value);
        claims.insert(other.to_owned(), another);
        let text = engine().verify(&credential(&claims), OPTIONS);
        let _ = report(&text);
    }

    #[test]
    fn any_well_signed_header_is_answered(name in prop::sample::select(vec!["alg", "typ", "kid", "crit", "jwk", "jku", "x5u", "x5c", "b64"]), value in any_json()) {
        let mut header = json!({ "alg": "EdDSA", "typ": "dc+sd-jwt" });
        header[name] = value;
        let token = format!("{}~", sign(&header, &Value::Object(claims()).to_string()));
        let _ = report(&engine().verify(&token, OPTIONS));
    }

    #[test]
    fn many_are_judged_as_one_by_one(texts in prop::collection::vec("[A-Za-z0-9.~]{0,60}", 0..6)) {
        let (engine, good) = (engine(), presentation());
        let mut inputs: Vec<&str> = texts.iter().map(String::as_str).collect();
        inputs.push(&good);
        let many: Vec<Value> = serde_json::from_str(&engine.verify_many(&inputs, OPTIONS)).unwrap();
        let single: Vec<Value> = inputs.iter().map(|input| serde_json::from_str(&engine.verify(input, OPTIONS)).unwrap()).collect();
        prop_assert_eq!(many, single);
    }
}
