//! A `vp_token`: every presentation on its own, and several credentials of one holder against each other (OpenID4VP 1.0 §6, §8.1).

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use eid_verifier::boundary::wire::Engine;
use serde_json::{Value, json};

const FOREIGNER: &str = include_str!("../www/samples/foreigner-level-2.json");
const CITIZEN: &str = include_str!("../www/samples/citizen-level-2.json");
const TAMPERED: &str = include_str!("../www/samples/tampered.json");

fn ask(token: &Value) -> Value {
    let sample: Value = serde_json::from_str(FOREIGNER).unwrap();
    let engine = Engine::new(&sample["config"].to_string(), &[], &[], 0).unwrap();
    let options = json!({ "now": sample["now"] });
    serde_json::from_str(&engine.verify_vp_token(&token.to_string(), &options.to_string())).unwrap()
}

fn token(sample: &str) -> Value {
    serde_json::from_str::<Value>(sample).unwrap()["input"].clone()
}

#[test]
fn one_holder_twice_is_valid_and_two_holders_are_a_mismatch() {
    let same = ask(&json!({ "a": [token(FOREIGNER)], "b": [token(FOREIGNER)] }));
    assert_eq!((&same["verdict"], &same["crossCheck"]["outcome"]), (&json!("valid"), &json!("pass")));
    let two = ask(&json!({ "a": [token(FOREIGNER)], "b": [token(CITIZEN)] }));
    assert_eq!((&two["verdict"], &two["codes"]), (&json!("invalid"), &json!(["cross_check_mismatch"])));
}

#[test]
fn the_worst_presentation_decides() {
    let one = ask(&json!({ "eid": [token(FOREIGNER)] }));
    assert_eq!((&one["verdict"], &one["crossCheck"]["outcome"]), (&json!("valid"), &json!("skip")));
    let bad = ask(&json!({ "eid": [token(FOREIGNER), token(TAMPERED)] }));
    assert_eq!((&bad["verdict"], &bad["codes"][0]), (&json!("invalid"), &json!("signature_invalid")));
    assert!(bad["presentations"]["eid"][1].get("holder").is_none());
    let object = ask(&json!({ "eid": [{}] }));
    assert_eq!(object["codes"], json!(["input_type_invalid"]));
}

#[test]
fn a_response_of_another_shape_is_refused() {
    for wrong in [json!({}), json!({ "eid": [] }), json!({ "eid": token(FOREIGNER) })] {
        assert_eq!(ask(&wrong)["codes"], json!(["structure_invalid"]), "{}", wrong.to_string().len());
    }
    let many = vec![token(FOREIGNER); 33];
    assert_eq!(ask(&json!({ "eid": many }))["codes"], json!(["resource_limit"]));
}

#[test]
fn the_query_asks_for_what_will_be_checked() {
    let policy = json!({ "policy": { "minLevel": 2, "requiredClaims": ["name"], "ask": { "ageAtLeast": 18, "inDate": ["passport"] } } });
    let engine = Engine::new(&policy.to_string(), &[], &[], 0).unwrap();
    let query: Value = serde_json::from_str(&engine.dcql_query(r#"{"id":"hotel"}"#).unwrap()).unwrap();
    let credential = &query["credentials"][0];
    assert_eq!((&credential["id"], &credential["format"]), (&json!("hotel"), &json!("dc+sd-jwt")));
    let paths: Vec<&Value> = credential["claims"].as_array().unwrap().iter().map(|claim| &claim["path"]).collect();
    for path in [
        json!(["eid_level"]),
        json!(["evidence"]),
        json!(["name"]),
        json!(["age_equal_or_over", "18"]),
        json!(["travel_document", "expires_on"]),
    ] {
        assert!(paths.contains(&&path), "{path}");
    }
    assert_eq!(engine.dcql_query(r#"{"id":"no spaces"}"#).err().unwrap().code, "policy_invalid");
}

/// A credential without `iss` is never tried with somebody's key; a certificate in its header is no trust of its own.
#[test]
fn a_credential_without_an_issuer_is_refused_with_or_without_a_certificate() {
    use base64::Engine as _;
    let b64 = |value: Value| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string());
    let sample: Value = serde_json::from_str(FOREIGNER).unwrap();
    let verdict = |header: Value, csca: &[&[u8]]| {
        let engine = Engine::new(&sample["config"].to_string(), csca, &[], 0).unwrap();
        let jwt = format!("{}.{}.AAAA~", b64(header), b64(json!({ "vct": "urn:eid:vn:citizen:1", "iat": 1, "exp": 2 })));
        let report: Value = serde_json::from_str(&engine.verify(&jwt, &json!({ "now": sample["now"] }).to_string())).unwrap();
        report["codes"].clone()
    };
    let bare = json!({ "alg": "EdDSA", "typ": "dc+sd-jwt" });
    let with_certificate = json!({ "alg": "EdDSA", "typ": "dc+sd-jwt", "x5c": ["MIIB"] });
    assert_eq!(verdict(bare, &[]), json!(["issuer_missing"]));
    assert_eq!(verdict(with_certificate.clone(), &[]), json!(["issuer_missing"]));
    #[cfg(feature = "emrtd")]
    {
        let csca: &[u8] = include_bytes!("vectors/emrtd/VN_CSCA_6b5fa6fe45cc.cer");
        assert_eq!(verdict(with_certificate, &[csca]), json!(["x5c_not_trusted"]));
    }
}
