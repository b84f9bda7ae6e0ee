//! The engine in a real browser, below the package's door: the exports of floor 7, compiled to WebAssembly (run by `npm test`).
#![cfg(all(target_arch = "wasm32", feature = "wasm"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use eid_verifier::boundary::wasm::{Engine, engine_info, inspect};
use serde_json::Value;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const SAMPLES: [(&str, &str); 3] = [
    (include_str!("../www/samples/citizen-level-2.json"), "valid"),
    (include_str!("../www/samples/foreigner-passport-ended.json"), "invalid"),
    (include_str!("../www/samples/tampered.json"), "invalid"),
];

fn verify(sample: &str) -> Value {
    let sample: Value = serde_json::from_str(sample).unwrap();
    let engine = Engine::new(&sample["config"].to_string(), js_sys::Array::new(), js_sys::Array::new(), 0).unwrap();
    let mut options = sample.get("options").cloned().unwrap_or_else(|| serde_json::json!({}));
    options["now"] = sample["now"].clone();
    serde_json::from_str(&engine.verify(sample["input"].as_str().unwrap(), &options.to_string())).unwrap()
}

#[wasm_bindgen_test]
fn samples_get_their_verdicts() {
    for (sample, verdict) in SAMPLES {
        let report = verify(sample);
        assert_eq!(report["verdict"], verdict);
        assert_eq!(report.get("holder").is_some(), verdict == "valid", "claims leave only with a valid verdict");
    }
}

#[wasm_bindgen_test]
fn a_flipped_bit_is_never_valid() {
    let mut sample: Value = serde_json::from_str(SAMPLES[0].0).unwrap();
    let token = sample["input"].as_str().unwrap().to_owned();
    for position in (0..token.len()).step_by(97) {
        let mut bytes = token.clone().into_bytes();
        bytes[position] ^= 1;
        sample["input"] = Value::String(String::from_utf8(bytes).unwrap());
        assert_ne!(verify(&sample.to_string())["verdict"], "valid", "at {position}");
    }
}

#[wasm_bindgen_test]
fn a_misspelt_policy_is_thrown_with_its_code() {
    let thrown = Engine::new(r#"{"policy":{"minLevl":2}}"#, js_sys::Array::new(), js_sys::Array::new(), 0).err().unwrap();
    let code = js_sys::Reflect::get(&thrown, &"code".into()).unwrap();
    assert_eq!(code.as_string().as_deref(), Some("policy_invalid"));
}

#[wasm_bindgen_test]
fn inspect_never_claims_to_have_verified() {
    let sample: Value = serde_json::from_str(SAMPLES[2].0).unwrap();
    let inspected: Value = serde_json::from_str(&inspect(sample["input"].as_str().unwrap())).unwrap();
    assert_eq!(inspected["verified"], false);
    assert!(engine_info().contains("\"version\""));
}
