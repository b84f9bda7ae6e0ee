//! The JavaScript exports: converts and calls. Holds no `if` about documents.
#![allow(missing_docs, clippy::missing_errors_doc, reason = "the public documentation of these exports is pkg/index.d.ts")]

use alloc::string::String;
use alloc::vec::Vec;

use js_sys::{Array, Uint8Array};
use serde::{Serialize, Serializer};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::boundary::config::ConfigError;
use crate::boundary::wire;

struct Thrown<'a>(&'a ConfigError);

// as a map, not as a struct: for the names of a struct serde-wasm-bindgen keeps a table of its own, 2.5 KB of code
impl Serialize for Thrown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("code", self.0.code), ("message", &self.0.message)])
    }
}

/// An error crosses as a plain object `{code, message}`; the door makes an `EidError` of it.
fn thrown(error: &ConfigError) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    Thrown(error).serialize(&serializer).unwrap_or(JsValue::NULL)
}

/// Arrays of plain values, not of Rust's: a reader for each type of theirs weighs as much as a rule.
fn bytes(arrays: &Array) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for array in arrays.iter() {
        all.push(Uint8Array::new(&array).to_vec());
    }
    all
}

#[wasm_bindgen]
pub struct Engine {
    engine: wire::Engine,
}

#[wasm_bindgen]
impl Engine {
    #[wasm_bindgen(constructor)]
    pub fn new(config_json: &str, csca: Array, master_lists: Array, now: u32) -> Result<Engine, JsValue> {
        let (csca, master_lists) = (bytes(&csca), bytes(&master_lists));
        let csca: Vec<&[u8]> = csca.iter().map(Vec::as_slice).collect();
        let master_lists: Vec<&[u8]> = master_lists.iter().map(Vec::as_slice).collect();
        wire::Engine::new(config_json, &csca, &master_lists, i64::from(now))
            .map(|engine| Self { engine: engine.in_short() })
            .map_err(|error| thrown(&error))
    }

    pub fn verify(&self, input: &str, options_json: &str) -> String {
        self.engine.verify(input, options_json)
    }

    #[wasm_bindgen(js_name = verifyBytes)]
    pub fn verify_bytes(&self, input: &[u8], options_json: &str) -> String {
        self.engine.verify_bytes(input, options_json)
    }

    #[wasm_bindgen(js_name = verifyDocument)]
    pub fn verify_document(
        &self,
        input_json: &str,
        sod: Option<Vec<u8>>,
        group_numbers: &[u8],
        groups: Array,
        options_json: &str,
    ) -> String {
        let groups = bytes(&groups);
        let mut numbered: Vec<(u8, &[u8])> = Vec::new();
        for (number, group) in group_numbers.iter().zip(&groups) {
            numbered.push((*number, group));
        }
        self.engine.verify_document(input_json, sod.as_deref(), &numbered, options_json)
    }

    #[wasm_bindgen(js_name = verifyMany)]
    pub fn verify_many(&self, inputs: Array, options_json: &str) -> String {
        let mut texts = Vec::new();
        for input in inputs.iter() {
            texts.push(input.as_string().unwrap_or_default()); // the door lets nothing but strings pass
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        self.engine.verify_many(&texts, options_json)
    }

    #[cfg(feature = "presentation")]
    #[wasm_bindgen(js_name = verifyVpToken)]
    pub fn verify_vp_token(&self, token_json: &str, options_json: &str) -> String {
        self.engine.verify_vp_token(token_json, options_json)
    }

    #[cfg(feature = "presentation")]
    #[wasm_bindgen(js_name = dcqlQuery)]
    pub fn dcql_query(&self, request_json: &str) -> Result<String, JsValue> {
        self.engine.dcql_query(request_json).map_err(|error| thrown(&error))
    }

    pub fn refuse(&self, code: &str) -> String {
        self.engine.refuse(code)
    }

    pub fn update(&mut self, update_json: &str, now: u32) -> String {
        self.engine.update(update_json, i64::from(now))
    }

    pub fn warm(&self) {
        self.engine.warm();
    }

    pub fn trust(&self) -> String {
        self.engine.trust()
    }
}

#[wasm_bindgen]
pub fn inspect(input: &str) -> String {
    crate::boundary::inspect::inspect(input)
}

#[wasm_bindgen(js_name = inspectBytes)]
pub fn inspect_bytes(input: &[u8]) -> String {
    crate::boundary::inspect::inspect_bytes(input)
}

#[wasm_bindgen(js_name = engineInfo)]
pub fn engine_info() -> String {
    wire::engine_info()
}

#[wasm_bindgen(js_name = reportTable)]
pub fn report_table() -> String {
    wire::report_table()
}

#[wasm_bindgen(js_name = readMrz)]
pub fn read_mrz(text: &str, options_json: &str) -> String {
    crate::boundary::zone_wire::read_mrz(text, options_json)
}

#[cfg(feature = "law")]
#[wasm_bindgen(js_name = assessAccount)]
pub fn assess_account(json: &str) -> Result<String, JsValue> {
    crate::boundary::law_wire::assess_account(json).map_err(|refused| thrown(&refused.into()))
}

#[cfg(feature = "law")]
#[wasm_bindgen(js_name = requestDeadline)]
pub fn request_deadline(json: &str) -> Result<String, JsValue> {
    crate::boundary::law_wire::request_deadline(json).map_err(|refused| thrown(&refused.into()))
}

/// A bare key for `npm run bench`, so that raw signatures can be timed beside other libraries'. No build of the package holds it.
#[cfg(feature = "bench")]
#[wasm_bindgen]
pub struct RawKey {
    key: crate::crypto::PublicKey,
}

#[cfg(feature = "bench")]
#[wasm_bindgen]
impl RawKey {
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8], warm: bool) -> Result<RawKey, JsValue> {
        let key = crate::crypto::ed25519::Ed25519Key::from_bytes(bytes).map_err(|_| JsValue::NULL)?;
        let key = crate::crypto::PublicKey::Ed25519(key);
        if warm {
            crate::crypto::warm::WarmKeys::default().warm(&key);
        }
        Ok(Self { key })
    }

    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.key.verify(message, signature).is_ok()
    }
}

/// As [`RawKey`], on P-256: `point` is x ‖ y.
#[cfg(feature = "bench")]
#[wasm_bindgen]
pub struct RawP256Key {
    key: crate::crypto::PublicKey,
}

#[cfg(feature = "bench")]
#[wasm_bindgen]
impl RawP256Key {
    #[wasm_bindgen(constructor)]
    pub fn new(point: &[u8], warm: bool) -> Result<RawP256Key, JsValue> {
        let (x, y) = point.split_at_checked(crate::crypto::p256::COORDINATE_LENGTH).ok_or(JsValue::NULL)?;
        let key = crate::crypto::p256::P256Key::from_coordinates(x, y).map_err(|_| JsValue::NULL)?;
        let key = crate::crypto::PublicKey::P256(key);
        if warm {
            crate::crypto::warm::WarmKeys::default().warm(&key);
        }
        Ok(Self { key })
    }

    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.key.verify(message, signature).is_ok()
    }
}
