//! The limit that `npm run bench` shows beside the wasm: the same crate, run natively. Reads a case file (JSON) named as its only argument, prints microseconds as JSON.
//!
//! `cargo run --release --features bench --example native -- CASES.json`
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a measuring tool: what is wrong shall stop it"
)]

use std::hint::black_box;
use std::time::Instant;

use eid_verifier::boundary::wire::Engine;
use eid_verifier::crypto::ed25519::{Ed25519Key, WarmKeys};
use eid_verifier::crypto::p256::{COORDINATE_LENGTH, P256Key};
use eid_verifier::encoding::base64url;
use eid_verifier::encoding::json::{self, Object, Value};

const ROUNDS: usize = 25;
/// Verifications in a batch: a few milliseconds.
const BATCH: u32 = 50;

/// One piece of work; says whether the good input is good and the bad one is not.
struct Contender {
    name: &'static str,
    verify: Box<dyn Fn(bool) -> bool>,
}

fn bytes(case: &Object, name: &str) -> Vec<u8> {
    base64url::decode(case.text(name).expect("a text")).expect("base64url")
}

/// `verify` over the good or the bad signature of a case.
fn raw(name: &'static str, case: &Object, verify: impl Fn(&[u8], &[u8]) -> bool + 'static) -> Contender {
    let (message, good, bad) = (bytes(case, "message"), bytes(case, "good"), bytes(case, "bad"));
    Contender { name, verify: Box::new(move |is_good| verify(&message, if is_good { &good } else { &bad })) }
}

fn ed25519(name: &'static str, case: &Object, is_warm: bool) -> Contender {
    let key = Ed25519Key::from_bytes(&bytes(case, "key")).unwrap();
    if is_warm {
        WarmKeys::default().warm(&key);
    }
    raw(name, case, move |message, signature| key.verify(message, signature).is_ok())
}

fn p256(name: &'static str, case: &Object) -> Contender {
    let point = bytes(case, "key");
    let (x, y) = point.split_at(COORDINATE_LENGTH);
    let key = P256Key::from_coordinates(x, y).unwrap();
    raw(name, case, move |message, signature| key.verify(message, signature).is_ok())
}

fn credential(name: &'static str, case: &Object) -> Contender {
    let text = |name: &str| case.text(name).expect("a text").to_owned();
    let (good, bad, options) = (text("good"), text("bad"), text("options"));
    let engine = Engine::new(&text("config"), &[], &[], case.get("now").and_then(Value::as_int).expect("a time")).unwrap();
    engine.warm();
    Contender {
        name,
        verify: Box::new(move |is_good| engine.verify(if is_good { &good } else { &bad }, &options).contains("\"verdict\":\"valid\"")),
    }
}

fn main() {
    let file = std::env::args().nth(1).expect("the name of a case file");
    let cases = json::parse(&std::fs::read(file).expect("a readable file")).expect("JSON");
    let case = |name: &str| cases.as_object().and_then(|all| all.get(name)).and_then(Value::as_object).expect("a case");
    let field = [
        ed25519("raw warm", case("raw"), true),
        ed25519("raw new", case("raw"), false),
        p256("raw-p256", case("rawP256")),
        credential("sd-jwt-12-none", case("credential")),
    ];
    let mut samples = vec![Vec::new(); field.len()];
    for contender in &field {
        assert!((contender.verify)(true) && !(contender.verify)(false), "{}: a wrong verdict", contender.name);
    }
    for _ in 0..ROUNDS {
        for (contender, samples) in field.iter().zip(&mut samples) {
            let begun = Instant::now();
            for _ in 0..BATCH {
                black_box((contender.verify)(black_box(true)));
            }
            samples.push(begun.elapsed().as_secs_f64() * 1e6 / f64::from(BATCH));
        }
    }
    let row = |(contender, samples): (&Contender, &Vec<f64>)| format!("{:?}:{samples:?}", contender.name);
    println!("{{{}}}", field.iter().zip(&samples).map(row).collect::<Vec<_>>().join(","));
}
