//! Status lists at a country's scale, natively: `cargo test --release --test lists_scale -- --ignored --nocapture`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions, clippy::arithmetic_side_effects, clippy::print_stdout)]
#![allow(missing_docs, reason = "a test")]

use std::hint::black_box;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use eid_verifier::document::status_list::StatusList;
use eid_verifier::encoding::json;

/// Locked accounts anywhere, the same in every run.
fn list(entries: usize, bits: usize, locked: f64) -> Vec<u8> {
    let mut bytes = vec![0_u8; entries * bits / 8];
    let mut state = 42_u64;
    for _ in 0..(entries as f64 * locked) as usize {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (state >> 33) as usize % entries * bits;
        bytes[at / 8] |= (if bits == 1 { 1 } else { 2 }) << (at % 8);
    }
    bytes
}

#[test]
#[ignore = "a measurement"]
fn figures() {
    println!("| entries × bits | locked | lst, KiB | read, ms | look-up, µs | held, KiB |\n|---|---|---|---|---|---|");
    for (power, bits, locked) in
        [(20, 2, 0.001), (20, 2, 0.01), (20, 2, 0.05), (23, 1, 0.01), (26, 2, 0.01), (27, 1, 0.001), (27, 1, 0.01), (27, 1, 0.05)]
    {
        let entries = 1_usize << power;
        let lst = URL_SAFE_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec_zlib(&list(entries, bits, locked), 6));
        let text = format!(r#"{{"sub":"https://s.example/1","iat":1,"status_list":{{"bits":{bits},"lst":"{lst}"}}}}"#);
        let payload = json::parse_object(text.as_bytes()).unwrap();
        let mut read = Vec::new();
        let mut kept = None;
        for _ in 0..7 {
            let start = Instant::now();
            kept = Some(StatusList::read(black_box(&payload)).unwrap());
            read.push(start.elapsed());
        }
        read.sort_unstable();
        let kept = kept.unwrap();
        let looks = if power == 20 { 1_000_000_u64 } else { 64 };
        let start = Instant::now();
        for look in 0..looks {
            black_box(kept.entry(black_box(look.wrapping_mul(7_919_777) % entries as u64)));
        }
        let each = start.elapsed().as_secs_f64() * 1e6 / looks as f64;
        let cold = read[3].as_secs_f64() * 1e3;
        println!("| 2^{power} × {bits} | {} % | {} | {cold:.2} | {each:.3} | {} |", locked * 100.0, lst.len() / 1024, kept.memory() / 1024);
    }
}
