//! Another implementation's issuer and holder, `sd-jwt-payload`, in the same process: what it issues and presents we verify, what our kit issues it reads.
//! It signs and verifies nothing itself, so the signatures are made here by dalek and p256; structure, disclosures, decoys and key binding are its own.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use std::fs;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use eid_verifier::boundary::wire::Engine;
use p256::ecdsa::signature::Signer as _;
use sd_jwt_payload::{Hasher, JsonObject, JwsSigner, KeyBindingJwtBuilder, RequiredKeyBinding, SdJwt, SdJwtBuilder};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

const NOW: i64 = 1_795_316_400;
const ISSUER: &str = "https://their-issuer.example";
const NONCE: &str = "SPECIMEN-nonce";
const AUDIENCE: &str = "https://verifier.specimen.example";

#[derive(Clone, Copy)]
struct Hash(&'static str);

impl Hasher for Hash {
    fn digest(&self, input: &[u8]) -> Vec<u8> {
        match self.0 {
            "sha-256" => Sha256::digest(input).to_vec(),
            "sha-384" => Sha384::digest(input).to_vec(),
            _ => Sha512::digest(input).to_vec(),
        }
    }

    fn alg_name(&self) -> &str {
        self.0
    }
}

enum Key {
    Ed25519(ed25519_dalek::SigningKey),
    P256(p256::ecdsa::SigningKey),
}

impl Key {
    fn new(alg: &str, seed: u8) -> Self {
        match alg {
            "ES256" => Self::P256(p256::ecdsa::SigningKey::from_slice(&[seed; 32]).unwrap()),
            _ => Self::Ed25519(ed25519_dalek::SigningKey::from_bytes(&[seed; 32])),
        }
    }

    fn jwk(&self) -> Value {
        match self {
            Self::Ed25519(key) => json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes()) }),
            Self::P256(key) => {
                let point = key.verifying_key().to_sec1_point(false);
                let coordinate = |bytes: Option<&_>| URL_SAFE_NO_PAD.encode::<&p256::FieldBytes>(bytes.unwrap());
                json!({ "kty": "EC", "crv": "P-256", "x": coordinate(point.x()), "y": coordinate(point.y()) })
            }
        }
    }
}

impl JwsSigner for Key {
    type Error = String;

    /// As `async_trait` writes it.
    fn sign<'key, 'header, 'payload, 'all>(
        &'key self,
        header: &'header JsonObject,
        payload: &'payload JsonObject,
    ) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, String>> + Send + 'all>>
    where
        'key: 'all,
        'header: 'all,
        'payload: 'all,
        Self: 'all,
    {
        let part = |object: &JsonObject| URL_SAFE_NO_PAD.encode(serde_json::to_vec(object).unwrap());
        let input = format!("{}.{}", part(header), part(payload));
        let signature: Vec<u8> = match self {
            Self::Ed25519(key) => ed25519_dalek::Signer::sign(key, input.as_bytes()).to_bytes().to_vec(),
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(input.as_bytes());
                signature.to_bytes().to_vec()
            }
        };
        Box::pin(std::future::ready(Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)).into_bytes())))
    }
}

/// Their `async` never waits for anything.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "iat": NOW - 60, "exp": NOW + 3600, "vct": "urn:eid:vn:citizen:1", "eid_level": 2, "eid_law": "ND69-2024",
        "sub": "SPECIMEN", "name": "TRẦN THỊ MẪU", "birthdate": "1991-04-12", "gender": "female",
        "age_equal_or_over": { "18": true, "65": false },
        "evidence": [{ "method": "portrait", "source": "citizen_identity", "verified_at": "2026-01-02T03:04:05Z" }],
        "documents": [{ "type": "driving_licence", "number": "B2-SPECIMEN", "expires_on": null }],
    })
}

/// Array elements, an object inside which a member is withheld too (recursive), decoys at three places.
fn issued(issuer: &Key, alg: &str, holder: &Key, hash: Hash) -> SdJwt {
    let Value::Object(jwk) = holder.jwk() else { panic!() };
    let builder = SdJwtBuilder::new_with_hasher(claims(), hash)
        .unwrap()
        .header("typ", "dc+sd-jwt")
        .make_concealable("/name")
        .and_then(|made| made.make_concealable("/birthdate"))
        .and_then(|made| made.make_concealable("/gender"))
        .and_then(|made| made.make_concealable("/age_equal_or_over/18"))
        .and_then(|made| made.make_concealable("/age_equal_or_over/65"))
        .and_then(|made| made.make_concealable("/age_equal_or_over"))
        .and_then(|made| made.make_concealable("/documents/0/number"))
        .and_then(|made| made.make_concealable("/documents/0"))
        .and_then(|made| made.add_decoys("", 3))
        .and_then(|made| made.add_decoys("/documents", 2))
        .and_then(|made| made.add_decoys("/evidence/0", 1))
        .unwrap()
        .require_key_binding(RequiredKeyBinding::Jwk(jwk));
    at_once(builder.finish(issuer, alg)).unwrap()
}

fn verify(jwk: &Value, token: &str, more: &Value) -> Value {
    let config = json!({
        "trust": { "issuers": [{ "iss": ISSUER, "keys": [jwk] }] },
        "policy": { "status": "ignore", "minLevel": 2, "vct": ["urn:eid:vn:citizen:1"] },
    });
    let mut options = json!({ "now": NOW });
    for (name, value) in more.as_object().unwrap() {
        options[name] = value.clone();
    }
    let engine = Engine::new(&config.to_string(), &[], &[], NOW).unwrap();
    serde_json::from_str(&engine.verify(token, &options.to_string())).unwrap()
}

#[test]
fn what_sd_jwt_payload_issues_and_presents_we_verify() {
    let asked = json!({ "nonce": NONCE, "audience": AUDIENCE });
    for (issuer_alg, holder_alg) in [("EdDSA", "ES256"), ("Ed25519", "EdDSA"), ("ES256", "EdDSA"), ("ES256", "ES256")] {
        for hash in ["sha-256", "sha-384", "sha-512"].map(Hash) {
            let about = format!("{issuer_alg} {holder_alg} {}", hash.0);
            let (issuer, holder) = (Key::new(issuer_alg, 11), Key::new(holder_alg, 12));
            let whole = issued(&issuer, issuer_alg, &holder, hash);
            let report = verify(&issuer.jwk(), &whole.presentation(), &json!({}));
            assert_eq!(report["codes"], json!([]), "{about}");
            let mut expected = claims();
            expected["cnf"] = json!({ "jwk": holder.jwk() });
            assert_eq!(report["holder"]["claims"], expected, "{about}");

            let (mut shown, withheld) = whole
                .into_presentation(&hash)
                .and_then(|made| made.conceal("/birthdate"))
                .and_then(|made| made.conceal("/age_equal_or_over/65"))
                .and_then(|made| made.conceal("/documents/0/number"))
                .unwrap()
                .finish();
            assert_eq!(withheld.len(), 3, "{about}");
            let binding = KeyBindingJwtBuilder::new().iat(NOW).aud(AUDIENCE).nonce(NONCE);
            let binding = at_once(binding.finish(&shown, &hash, holder_alg, &holder)).unwrap();
            shown.attach_key_binding_jwt(binding);
            let token = shown.presentation();
            let report = verify(&issuer.jwk(), &token, &asked);
            assert_eq!(report["codes"], json!([]), "{about}");
            let claims = &report["holder"]["claims"];
            assert_eq!(claims["age_equal_or_over"], json!({ "18": true }), "{about}");
            assert_eq!(claims["documents"], json!([{ "type": "driving_licence", "expires_on": null }]), "{about}");
            assert!(claims.get("birthdate").is_none(), "{about}");

            // the good one's twins
            let code = |token: &str, options: &Value| verify(&issuer.jwk(), token, options)["codes"][0].clone();
            assert_eq!(code(&token, &json!({ "nonce": "other", "audience": AUDIENCE })), "key_binding_nonce_mismatch", "{about}");
            assert_eq!(code(&token, &json!({ "nonce": NONCE, "audience": "other" })), "key_binding_audience_mismatch", "{about}");
            let parts: Vec<&str> = token.split('~').collect();
            let without = |index: usize| {
                let left: Vec<&str> = parts.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, part)| *part).collect();
                left.join("~")
            };
            let stripped = format!("{}~", without(parts.len() - 1));
            assert_eq!(code(&stripped, &asked), "key_binding_missing", "{about}");
            let last = parts.len() - 2;
            assert!(code(&without(last), &asked).is_string(), "{about}");
            let extra = [&parts[..1], &[withheld[0].as_str()], &parts[1..]].concat().join("~");
            assert_eq!(code(&extra, &asked), "key_binding_hash_mismatch", "{about}");
        }
    }
}

/// Every valid credential of the kit, samples and catalogue, in their hands: the same claims as in ours.
#[test]
fn what_our_kit_issues_sd_jwt_payload_reads() {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut cases = Vec::new();
    for letter in 'a'..='j' {
        let file: Value =
            serde_json::from_str(&fs::read_to_string(format!("{root}/tests/vectors/attacks/{letter}.json")).unwrap()).unwrap();
        for case in file["cases"].as_array().unwrap() {
            cases.push((format!("{letter} {}", case["id"]), case.clone()));
        }
    }
    for entry in fs::read_dir(format!("{root}/www/samples")).unwrap() {
        let path = entry.unwrap().path();
        let mut sample: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        if sample.get("input").is_some() {
            sample["options"]["now"] = sample["now"].clone();
            cases.push((path.file_name().unwrap().display().to_string(), sample));
        }
    }
    let exceptions: Value = serde_json::from_str(&fs::read_to_string(format!("{root}/tests/vectors/exceptions.json")).unwrap()).unwrap();
    let exceptions = &exceptions["sd-jwt-payload"];
    let (mut read, mut excepted) = (0, 0);
    let mut faults = Vec::new();
    for (id, case) in cases {
        let Some(text) = case["input"].as_str().filter(|text| text.contains('~')) else { continue };
        if case["expect"]["verdict"] != "valid" {
            continue;
        }
        let mut engine = Engine::new(&case["config"].to_string(), &[], &[], case["options"]["now"].as_i64().unwrap()).unwrap();
        for update in case["updates"].as_array().into_iter().flatten() {
            engine.update(&update.to_string(), 0);
        }
        let report: Value = serde_json::from_str(&engine.verify(text, &case["options"].to_string())).unwrap();
        let ours = &report["holder"]["claims"];
        let theirs = SdJwt::parse(text).map_err(|fault| fault.to_string()).and_then(|token| {
            let hash = match token.claims()._sd_alg.as_deref() {
                Some("sha-384") => Hash("sha-384"),
                Some("sha-512") => Hash("sha-512"),
                _ => Hash("sha-256"),
            };
            token.into_disclosed_object(&hash).map(Value::Object).map_err(|fault| fault.to_string())
        });
        let same = theirs.as_ref().is_ok_and(|theirs| theirs == ours);
        match exceptions["digests left"]["names"].as_array().unwrap().iter().any(|name| *name == id) {
            true if same => faults.push(format!("{id} needs no exception")),
            true if without_digests(theirs.as_ref().unwrap()) != *ours => faults.push(format!("{id} differs in more than digests")),
            true => excepted += 1,
            false if !same => faults.push(format!("{id}: {theirs:?}\n     ours {ours}")),
            false => read += 1,
        }
    }
    println!("{read} credentials read alike, {excepted} named in exceptions.json");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(excepted, exceptions["digests left"]["names"].as_array().unwrap().len());
    assert!(read > 150, "{read}");
}

/// What RFC 9901 §7.1 steps 3.d and 3.e take away: array elements without disclosure, and every `_sd`.
fn without_digests(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            members.iter().filter(|(name, _)| *name != "_sd").map(|(name, value)| (name.clone(), without_digests(value))).collect()
        }
        Value::Array(items) => items.iter().filter(|item| item.get("...").is_none()).map(without_digests).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// What PyPI `sd-jwt` issued and presented (recorded by tests/vectors/make/pypi.py), judged whole.
#[test]
fn what_pypi_sd_jwt_issued_and_presented_we_verify() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/sd-jwt/pypi-sd-jwt.json");
    let file: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let cases = file["cases"].as_array().unwrap();
    for case in cases {
        let config =
            json!({ "trust": { "issuers": [case["issuer"]] }, "policy": { "status": "ignore", "minLevel": 2, "vct": [case["vct"]] } });
        let engine = Engine::new(&config.to_string(), &[], &[], NOW).unwrap();
        let ask = |token: &str, options: &Value| -> Value { serde_json::from_str(&engine.verify(token, &options.to_string())).unwrap() };
        let token = case["presentation"].as_str().unwrap();
        let report = ask(token, &case["options"]);
        assert_eq!(report["codes"], json!([]), "{}", case["id"]);
        assert_eq!(report["holder"]["claims"], case["claims"], "{}", case["id"]);
        let (bound, last) = token.rsplit_once('~').unwrap();
        if last.is_empty() {
            let asked = json!({ "now": case["options"]["now"], "nonce": "any" });
            assert_eq!(ask(token, &asked)["codes"], json!(["key_binding_missing"]), "{}", case["id"]);
        } else {
            let mut other = case["options"].clone();
            other["nonce"] = json!("other");
            assert_eq!(ask(token, &other)["codes"], json!(["key_binding_nonce_mismatch"]), "{}", case["id"]);
            let extra = format!("{bound}~WyJzIiwieCIsMV0~{last}");
            assert_eq!(ask(&extra, &case["options"])["codes"], json!(["disclosure_unreferenced"]), "{}", case["id"]);
        }
        let flipped = token.replacen("~", "A~", 1);
        assert_ne!(ask(&flipped, &case["options"])["verdict"], "valid", "{}", case["id"]);
    }
    assert_eq!(cases.len(), 48);
}
