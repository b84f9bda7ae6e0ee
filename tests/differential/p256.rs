//! A warm key's sum of multiples against RustCrypto's own ECDSA: the same verdict on every signature, good, bent and made up.

use eid_verifier::crypto::PublicKey;
use eid_verifier::crypto::p256::P256Key;
use eid_verifier::crypto::warm::WarmKeys;
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey};

use crate::random::Random;

/// Cases of the long run.
const CASES: u32 = 10_000;

/// The order n of the group, big endian (SEC 2 §2.4.2).
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84,
    0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// n − x: an (r, n − s) is as good a signature as (r, s).
fn order_minus(x: &[u8]) -> [u8; 32] {
    let (mut out, mut borrow) = ([0; 32], 0_i16);
    for index in (0..32).rev() {
        let difference = i16::from(ORDER[index]) - i16::from(x[index]) - borrow;
        borrow = i16::from(difference < 0);
        out[index] = difference.rem_euclid(256).to_le_bytes()[0];
    }
    out
}

#[test]
fn warm_keys_give_the_verdict_of_rustcrypto() {
    let mut random = Random(2026);
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..CASES / 200 {
        let Ok(signer) = SigningKey::from_slice(&random.bytes::<32>()) else { continue };
        let theirs = *signer.verifying_key();
        let point = theirs.to_sec1_point(false);
        let ours = PublicKey::P256(P256Key::from_coordinates(point.x().unwrap(), point.y().unwrap()).unwrap());
        WarmKeys::default().warm(&ours);
        for _ in 0..200 {
            let message: [u8; 40] = random.bytes();
            let message = &message[..random.below(41)];
            let made: Signature = signer.sign(message);
            let mut signature: [u8; 64] = made.to_bytes().into();
            match random.below(8) {
                0 | 1 => {}
                2 => signature[random.below(64)] ^= 1 << random.below(8),
                3 => {
                    let high = order_minus(&signature[32..]);
                    signature[32..].copy_from_slice(&high);
                }
                4 => signature = random.bytes(),
                5 => signature[..32].copy_from_slice(&random.bytes::<32>()),
                6 => signature[32..].copy_from_slice(&[[0; 32], ORDER, order_minus(&ORDER), [0xff; 32]][random.below(4)]),
                _ => signature[31] = signature[31].wrapping_add(1),
            }
            let expected = Signature::from_slice(&signature).is_ok_and(|signature| theirs.verify(message, &signature).is_ok());
            assert_eq!(ours.verify(message, &signature).is_ok(), expected, "{signature:02x?}");
            if expected { accepted += 1 } else { refused += 1 }
        }
    }
    assert!(accepted > CASES / 10 && refused > CASES / 10, "the mix is lopsided: {accepted} accepted, {refused} refused");
}
