//! Fine points of the contract that no catalogue row names, each with its good twin, through the wire.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
#![allow(missing_docs, reason = "a test")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use eid_verifier::boundary::wire::Engine;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const NOW: i64 = 1_795_000_000; // 2026-11-18T18:06:40+07:00
const ISSUER: &str = "https://issuer.specimen.example";

fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn engine(policy: &Value) -> Engine {
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "kid": "k1", "x": b64(key().verifying_key().as_bytes())});
    let config = json!({"trust": {"issuers": [{"iss": ISSUER, "keys": [jwk]}]}, "policy": policy});
    Engine::new(&config.to_string(), &[], &[], NOW).unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

/// A foreigner of level 1 with these disclosures (JSON text of salt, name and value).
fn presentation(disclosures: &[String]) -> String {
    let disclosures: Vec<String> = disclosures.iter().map(b64).collect();
    let digests: Vec<String> = disclosures.iter().map(|text| b64(Sha256::digest(text))).collect();
    let claims = json!({
        "iss": ISSUER, "iat": NOW - 86_400, "exp": NOW + 86_400, "vct": "urn:eid:vn:foreigner:1",
        "sub": "account-specimen", "eid_level": 1, "eid_law": "ND69-2024", "_sd": digests,
    });
    let header = json!({"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": "k1"});
    let signed = format!("{}.{}", b64(header.to_string()), b64(claims.to_string()));
    let signature = b64(key().sign(signed.as_bytes()).to_bytes());
    let tail: String = disclosures.iter().map(|text| format!("{text}~")).collect();
    format!("{signed}.{signature}~{tail}")
}

fn verify(policy: &Value, disclosures: &[String], options: &Value) -> Value {
    serde_json::from_str(&engine(policy).verify(&presentation(disclosures), &options.to_string())).unwrap()
}

fn plain() -> Value {
    json!({"status": "ignore"})
}

/// Contract §12 "Neighbours": what is wrong inside a disclosure is `disclosure_invalid`, save duplicates and depth (and row 37, `__proto__`).
#[test]
fn a_json_fault_inside_a_disclosure_is_a_fault_of_the_disclosure() {
    let deep = format!("{}1{}", "[".repeat(40), "]".repeat(40));
    for (value, code) in [
        ("9007199254740991", None),
        ("9007199254740993", Some("disclosure_invalid")),
        ("1e999", Some("disclosure_invalid")),
        ("01", Some("disclosure_invalid")),
        (r#""\ud800""#, Some("disclosure_invalid")),
        (r#"{"a":1,"a":2}"#, Some("json_duplicate_key")),
        (deep.as_str(), Some("json_too_deep")),
        (r#"{"__proto__":1}"#, Some("claim_name_forbidden")),
    ] {
        let report = verify(&plain(), &[format!(r#"["salt","extra",{value}]"#)], &json!({"now": NOW}));
        assert_eq!(report["codes"].as_array().unwrap().first().and_then(Value::as_str), code, "{value}");
    }
}

/// Contract §12 "Values": 0 on the last day, so -1 on the day after it, under either reading of the printed day.
#[test]
fn days_left_run_on_below_zero() {
    let passport = |day: &str| vec![format!(r#"["salt","travel_document",{{"type":"P","country":"DEU","expires_on":"{day}"}}]"#)];
    for (reading, day, days, state) in [
        ("inclusive", "2026-11-19", 1, "in_date"),
        ("inclusive", "2026-11-18", 0, "in_date"),
        ("inclusive", "2026-11-17", -1, "expired"),
        ("inclusive", "2025-11-18", -365, "expired"),
        ("exclusive", "2026-11-19", 0, "in_date"),
        ("exclusive", "2026-11-18", -1, "expired"),
    ] {
        let policy = json!({"status": "ignore", "expiryDay": reading});
        let report = verify(&policy, &passport(day), &json!({"now": NOW}));
        let document = &report["documents"][0];
        assert_eq!((&document["daysLeft"], &document["state"]), (&json!(days), &json!(state)), "{reading} {day}");
        assert_eq!(report["verdict"], if state == "expired" { "invalid" } else { "valid" }, "{reading} {day}");
    }
}

/// Milliseconds given for seconds are a mistake of the page; no report could even write such an instant.
#[test]
fn an_instant_beyond_the_year_9999_is_a_wrong_option() {
    for (options, codes) in [
        (json!({"now": NOW}), json!([])),
        (json!({"now": NOW * 1000}), json!(["policy_invalid"])),
        (json!({"now": NOW, "serverTime": NOW}), json!([])),
        (json!({"now": NOW, "serverTime": NOW * 1000}), json!(["policy_invalid"])),
    ] {
        assert_eq!(verify(&plain(), &[], &options)["codes"], codes, "{options}");
    }
    let refused = Engine::new(&json!({"now": NOW * 1000}).to_string(), &[], &[], NOW);
    assert_eq!(refused.err().unwrap().code, "policy_invalid");
}

/// Contract §12 "Until an item is built": an open verdict, and the format by its name; other bytes that are no text stay refused.
#[test]
fn a_format_that_is_not_built_is_named_and_not_called_invalid() {
    let engine = engine(&plain());
    let now = json!({"now": NOW}).to_string();
    let read = |report: String| {
        let report: Value = serde_json::from_str(&report).unwrap();
        (report["verdict"].clone(), report["format"].clone(), report["codes"].clone())
    };
    let open = |format: &str| (json!("indeterminate"), json!(format), json!(["not_in_build"]));
    let refused = |code: &str| (json!("invalid"), json!("unknown"), json!([code]));
    for (bytes, expected) in [
        (b"\xA3\x67version\x631.0".as_slice(), open("mso_mdoc")),
        (b"\xA2\x6AissuerAuth\x84".as_slice(), open("mso_mdoc")),
        (b"\xD2\x84\x43\xA1\x01\x26".as_slice(), open("cwt-169")),
        (b"\x84\x43\xA1\x01\x26\xA0".as_slice(), open("cwt-169")),
        (b"\xDC\x03\xD9\xC5".as_slice(), open("vds")),
        (b"\xA3\x67persons\x01".as_slice(), refused("encoding_invalid")),
        (b"\xC3\x28".as_slice(), refused("encoding_invalid")),
        (b"\xFF\xFE".as_slice(), refused("encoding_invalid")),
    ] {
        assert_eq!(read(engine.verify_bytes(bytes, &now)), expected, "{bytes:x?}");
    }
    for (text, expected) in [
        (r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"proof":{}}"#, open("di")),
        (r#"{"payload":"","signatures":[]}"#, refused("structure_invalid")),
        (r#"{"@context":1"#, refused("structure_invalid")),
    ] {
        assert_eq!(read(engine.verify(text, &now)), expected, "{text}");
        let many: Value = serde_json::from_str(&engine.verify_many(&[text, text], &now)).unwrap();
        assert_eq!(read(many[1].to_string()), expected, "{text}");
    }
}

/// Contract §4: `verifiedAt` is the instant of judgement, whatever was refused.
#[test]
fn a_refused_object_is_refused_at_the_instant_of_the_call() {
    let report: Value = serde_json::from_str(&engine(&plain()).verify_document("{}", None, &[], &json!({"now": NOW}).to_string())).unwrap();
    assert_eq!((&report["codes"], &report["verifiedAt"]), (&json!(["input_type_invalid"]), &json!("2026-11-18T11:06:40Z")));
}
