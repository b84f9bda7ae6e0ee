//! Throw-away keys, good artefacts to be bent in one thing, and an engine that holds them.

pub(crate) use base64::Engine as _;
pub(crate) use base64::engine::general_purpose::URL_SAFE_NO_PAD;
pub(crate) use ed25519_dalek::{Signer as _, SigningKey};
pub(crate) use eid_verifier::boundary::wire::Engine;
pub(crate) use serde_json::{Value, json};

pub(crate) const NOW: i64 = 1_795_000_000; // 2026-11-18
pub(crate) const DAY: i64 = 86_400;
pub(crate) const ISSUER: &str = "https://issuer.specimen.example";
pub(crate) const OTHER: &str = "https://other.specimen.example";
pub(crate) const URI: &str = "https://status.specimen.example/lists/1";

pub(crate) fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A key by its number; `kid` is `k` and the number.
pub(crate) fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

pub(crate) fn jwk(number: u8) -> Value {
    json!({"kty": "OKP", "crv": "Ed25519", "kid": format!("k{number}"), "x": b64(key(number).verifying_key().as_bytes())})
}

pub(crate) fn with(mut value: Value, members: Value) -> Value {
    for (name, member) in members.as_object().unwrap() {
        if member.is_null() {
            value.as_object_mut().unwrap().remove(name);
        } else {
            value[name] = member.clone();
        }
    }
    value
}

pub(crate) fn sign(number: u8, typ: &str, payload: &Value) -> String {
    sign_with(number, &json!({"alg": "EdDSA", "typ": typ, "kid": format!("k{number}")}), payload)
}

pub(crate) fn sign_with(number: u8, header: &Value, payload: &Value) -> String {
    let input = format!("{}.{}", b64(header.to_string()), b64(payload.to_string()));
    let signature = key(number).sign(input.as_bytes());
    format!("{input}.{}", b64(signature.to_bytes()))
}

pub(crate) fn general(numbers: &[u8], payload: &Value) -> String {
    general_with(numbers, "eid-trust-list+jws", payload)
}

pub(crate) fn general_with(numbers: &[u8], typ: &str, payload: &Value) -> String {
    let payload = b64(payload.to_string());
    let signatures: Vec<Value> = numbers
        .iter()
        .map(|number| {
            let protected = b64(json!({"alg": "EdDSA", "typ": typ, "kid": format!("k{number}")}).to_string());
            let signature = key(*number).sign(format!("{protected}.{payload}").as_bytes());
            json!({"protected": protected, "signature": b64(signature.to_bytes())})
        })
        .collect();
    json!({"payload": payload, "signatures": signatures}).to_string()
}

/// Anchors are keys 1 to 3, issuers sign with 10 and up.
pub(crate) fn list(version: i64) -> Value {
    json!({
        "version": version, "iat": NOW - DAY, "exp": NOW + DAY,
        "root": {"keys": [jwk(1)], "threshold": 1},
        "issuers": [entry(ISSUER, 10), entry(OTHER, 20)],
        "relyingParties": {"suspended": []},
    })
}

pub(crate) fn entry(iss: &str, number: u8) -> Value {
    json!({
        "iss": iss, "name": {"vi": "Đơn vị MẪU", "en": "SPECIMEN authority"}, "keys": [jwk(number)],
        "vct": ["urn:eid:vn:citizen:1"], "maxLevel": 2, "kinds": ["citizen"], "statusHosts": ["status.specimen.example"], "state": "active",
    })
}

pub(crate) fn anchored(lists: &[String]) -> Value {
    json!({"trust": {"anchors": [jwk(1)], "lists": lists}})
}

pub(crate) fn claims() -> Value {
    json!({
        "iss": ISSUER, "iat": NOW - DAY, "exp": NOW + 30 * DAY, "vct": "urn:eid:vn:citizen:1", "sub": "account-1",
        "eid_level": 1, "eid_law": "ND69-2024", "status": {"status_list": {"idx": 5, "uri": URI}},
    })
}

pub(crate) fn credential(number: u8, claims: &Value) -> String {
    sign(number, "eid+jwt", claims)
}

pub(crate) fn zlib(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 9)
}

pub(crate) fn deflate(bytes: &[u8]) -> String {
    b64(zlib(bytes))
}

/// A status list of 2 bits an entry and 16 entries, with `value` at index 5.
pub(crate) fn status(value: u8) -> Value {
    let mut bytes = [0_u8; 4];
    bytes[1] = value << 2;
    json!({"sub": URI, "iat": NOW - 60, "exp": NOW + DAY, "ttl": 3600, "status_list": {"bits": 2, "lst": deflate(&bytes)}})
}

pub(crate) fn status_token(number: u8, payload: &Value) -> String {
    sign(number, "statuslist+jwt", payload)
}

pub(crate) fn engine(config: &Value) -> Engine {
    Engine::new(&config.to_string(), &[], &[], NOW).unwrap()
}

pub(crate) fn verify(engine: &Engine, token: &str, options: Value) -> Value {
    let options = with(json!({"now": NOW}), options);
    serde_json::from_str(&engine.verify(token, &options.to_string())).unwrap()
}

pub(crate) fn update(engine: &mut Engine, update: Value) -> Value {
    serde_json::from_str(&engine.update(&update.to_string(), NOW)).unwrap()
}

pub(crate) fn trust(engine: &Engine) -> Value {
    serde_json::from_str(&engine.trust()).unwrap()
}

pub(crate) fn codes(report: &Value) -> Vec<&str> {
    report["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect()
}

#[track_caller]
pub(crate) fn expect(report: &Value, verdict: &str, code: &[&str]) {
    assert_eq!((report["verdict"].as_str().unwrap(), codes(report).as_slice()), (verdict, code), "{report:#}");
}

pub(crate) fn line<'a>(report: &'a Value, check: &str) -> &'a Value {
    report["checks"].as_array().unwrap().iter().find(|line| line["check"] == check).unwrap()
}

/// An engine with trust list 1 in force and a good status list held.
pub(crate) fn ready() -> Engine {
    let mut engine = engine(&anchored(&[general(&[1], &list(1))]));
    let reports = update(&mut engine, json!({"statusLists": [status_token(10, &status(0))]}));
    expect(&reports[0], "valid", &[]);
    engine
}

/// A signed state of the account `account-1`.
pub(crate) fn state(sequence: i64, members: Value) -> String {
    let state = json!({
        "iss": ISSUER, "sub": "account-1", "seq": sequence, "iat": NOW - 30, "exp": NOW + DAY, "state": "active", "grounds": [], "pending": [],
    });
    sign(10, "eid-account-state+jwt", &with(state, members))
}

/// An engine that pins the issuer and knows no list.
pub(crate) fn engine_of_pin() -> Engine {
    engine(&json!({"trust": {"issuers": [{"iss": ISSUER, "keys": [jwk(10)]}]}}))
}

/// The value of each entry, from the few that a vector names as not nought.
pub(crate) fn dense(size: u64, nonzero: &Value) -> Vec<u64> {
    let mut entries = vec![0; usize::try_from(size).unwrap()];
    for (index, value) in nonzero.as_object().unwrap() {
        entries[index.parse::<usize>().unwrap()] = value.as_u64().unwrap();
    }
    entries
}
