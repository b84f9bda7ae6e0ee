//! The limit that `npm run bench` shows beside the wasm: the same crate, run natively. Reads a case file (JSON) named as its only argument, prints microseconds as JSON.
//!
//! `cargo run --release --features bench --example native -- CASES.json`
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    reason = "a measuring tool: what is wrong shall stop it"
)]

use std::hint::black_box;
use std::time::Instant;

use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{IsIdentity as _, VartimeMultiscalarMul as _};
use eid_verifier::boundary::wire::Engine;
use eid_verifier::crypto::PublicKey;
use eid_verifier::crypto::digest::DigestId;
use eid_verifier::crypto::ed25519::Ed25519Key;
use eid_verifier::crypto::p256::{COORDINATE_LENGTH, P256Key};
use eid_verifier::crypto::warm::WarmKeys;
use eid_verifier::encoding::base64url;
use eid_verifier::encoding::json::{self, Object, Value};

const ROUNDS: usize = 25;
/// Verifications in a batch: a few milliseconds.
const BATCH: u32 = 50;

/// Signatures in one equation of `batch`.
const TOGETHER: u32 = 64;

/// One piece of work; says whether the good input is good and the bad one is not.
struct Contender {
    name: &'static str,
    /// Signatures or credentials verified at once.
    pieces: u32,
    verify: Box<dyn Fn(bool) -> bool>,
}

fn bytes(case: &Object, name: &str) -> Vec<u8> {
    base64url::decode(case.text(name).expect("a text")).expect("base64url")
}

/// `verify` over the good or the bad signature of a case.
fn raw(name: &'static str, case: &Object, verify: impl Fn(&[u8], &[u8]) -> bool + 'static) -> Contender {
    let (message, good, bad) = (bytes(case, "message"), bytes(case, "good"), bytes(case, "bad"));
    Contender { name, pieces: 1, verify: Box::new(move |is_good| verify(&message, if is_good { &good } else { &bad })) }
}

fn ed25519(name: &'static str, case: &Object, is_warm: bool) -> Contender {
    keyed(name, case, PublicKey::Ed25519(Ed25519Key::from_bytes(&bytes(case, "key")).unwrap()), is_warm)
}

fn keyed(name: &'static str, case: &Object, key: PublicKey, is_warm: bool) -> Contender {
    if is_warm {
        WarmKeys::default().warm(&key);
    }
    raw(name, case, move |message, signature| key.verify(message, signature).is_ok())
}

/// What a batch would save: the sum of many signatures' equations of one key, each with a coefficient of its own. No verifier of ours uses it: whether a
/// signature with a torsion part passes depends on the coefficient (tests/differential/ed25519.rs).
fn batch(name: &'static str, case: &Object) -> Contender {
    let public = bytes(case, "key");
    let point = CompressedEdwardsY::from_slice(&public).unwrap().decompress().unwrap();
    let one = raw(name, case, move |message, signature| {
        let (mut of_base, mut of_key) = (Scalar::ZERO, Scalar::ZERO);
        let (mut scalars, mut points) = (Vec::new(), Vec::new());
        for index in 0..TOGETHER {
            let (r, s) = signature.split_at(32);
            let hash = DigestId::Sha512.digest(&[r, &public, message].concat());
            let (Some(k), Ok(s)) = (hash.try_into().ok().map(|wide| Scalar::from_bytes_mod_order_wide(&wide)), <[u8; 32]>::try_from(s))
            else {
                return false;
            };
            // 128 bits, as a batch takes them; chance is not what is measured
            let z = Scalar::from(u128::from(index).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835) | 1);
            let Some(received) = CompressedEdwardsY::from_slice(r).ok().and_then(|r| r.decompress()) else { return false };
            of_base += z * Scalar::from_bytes_mod_order(s);
            of_key += z * k;
            scalars.push(-z);
            points.push(received);
        }
        scalars.extend([of_base, -of_key]);
        points.extend([ED25519_BASEPOINT_POINT, point]);
        EdwardsPoint::vartime_multiscalar_mul(scalars, points).is_identity()
    });
    Contender { pieces: TOGETHER, ..one }
}

fn p256(name: &'static str, case: &Object, is_warm: bool) -> Contender {
    let point = bytes(case, "key");
    let (x, y) = point.split_at(COORDINATE_LENGTH);
    keyed(name, case, PublicKey::P256(P256Key::from_coordinates(x, y).unwrap()), is_warm)
}

fn credential(name: &'static str, case: &Object) -> Contender {
    let text = |name: &str| case.text(name).expect("a text").to_owned();
    let (good, bad, options) = (text("good"), text("bad"), text("options"));
    let engine = Engine::new(&text("config"), &[], &[], case.get("now").and_then(Value::as_int).expect("a time")).unwrap();
    engine.warm();
    Contender {
        name,
        pieces: 1,
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
        batch("raw batch", case("raw")),
        p256("raw-p256 warm", case("rawP256"), true),
        p256("raw-p256 new", case("rawP256"), false),
        credential("sd-jwt-12-none", case("credential")),
    ];
    let mut samples = vec![Vec::new(); field.len()];
    for contender in &field {
        assert!((contender.verify)(true) && !(contender.verify)(false), "{}: a wrong verdict", contender.name);
    }
    for _ in 0..ROUNDS {
        for (contender, samples) in field.iter().zip(&mut samples) {
            let begun = Instant::now();
            let times = BATCH.div_ceil(contender.pieces);
            for _ in 0..times {
                black_box((contender.verify)(black_box(true)));
            }
            samples.push(begun.elapsed().as_secs_f64() * 1e6 / f64::from(times * contender.pieces));
        }
    }
    let row = |(contender, samples): (&Contender, &Vec<f64>)| format!("{:?}:{samples:?}", contender.name);
    println!("{{{}}}", field.iter().zip(&samples).map(row).collect::<Vec<_>>().join(","));
}
