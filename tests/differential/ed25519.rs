//! Our composition of dalek's arithmetic against dalek's own `verify_strict`: the same verdict on every input, cold and warm.

use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use eid_verifier::crypto::PublicKey;
use eid_verifier::crypto::ed25519::Ed25519Key;
use eid_verifier::crypto::warm::WarmKeys;

use crate::random::Random;

/// Cases of the long run.
const CASES: u32 = 100_000;

/// The order of the base point, little endian (RFC 8032 §5.1).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0x10,
];

fn plus_order(scalar: &mut [u8]) {
    let mut carry = 0_u16;
    for (byte, add) in scalar.iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
}

fn agree(key: &[u8; 32], ours: &Ed25519Key, message: &[u8], signature: &[u8; 64]) -> bool {
    let theirs = VerifyingKey::from_bytes(key).unwrap().verify_strict(message, &Signature::from_bytes(signature)).is_ok();
    assert_eq!(ours.verify(message, signature).is_ok(), theirs, "key {key:02x?} signature {signature:02x?}");
    theirs
}

#[test]
fn random_and_malformed_signatures_get_the_verdict_of_verify_strict() {
    let mut random = Random(2026);
    let warm = WarmKeys::default();
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..CASES / 100 {
        let signer = SigningKey::from_bytes(&random.bytes());
        let key = signer.verifying_key().to_bytes();
        let ours = Ed25519Key::from_bytes(&key).unwrap();
        if random.below(2) == 0 {
            warm.warm(&PublicKey::Ed25519(ours.clone()));
        }
        for _ in 0..100 {
            let message: [u8; 40] = random.bytes();
            let message = &message[..random.below(41)];
            let mut signature = signer.sign(message).to_bytes();
            match random.below(8) {
                0 | 1 => {}
                2 => signature[random.below(64)] ^= 1 << random.below(8),
                3 => plus_order(&mut signature[32..]),
                4 => signature = random.bytes(),
                5 => signature[..32].copy_from_slice(EIGHT_TORSION[random.below(8)].compress().as_bytes()),
                6 => {
                    // R with a torsion part: the cofactorless equation must see it
                    let r = CompressedEdwardsY(signature[..32].try_into().unwrap()).decompress().unwrap();
                    signature[..32].copy_from_slice((r + EIGHT_TORSION[random.below(8)]).compress().as_bytes());
                }
                _ => signature[32..].copy_from_slice(&random.bytes::<32>()),
            }
            if agree(&key, &ours, message, &signature) { accepted += 1 } else { refused += 1 }
        }
    }
    assert!(accepted > CASES / 10 && refused > CASES / 10, "the mix is lopsided: {accepted} accepted, {refused} refused");
}

/// Keys with a torsion part are no small-order keys: both accept or both refuse, whatever R is.
#[test]
fn keys_with_a_torsion_part_get_the_verdict_of_verify_strict() {
    let mut random = Random(7);
    let warm = WarmKeys::default();
    let mut accepted = 0;
    for case in 0..CASES / 20 {
        let secret = Scalar::from_bytes_mod_order(random.bytes());
        let torsion = EIGHT_TORSION[random.below(8)];
        let key = (curve25519_dalek::constants::ED25519_BASEPOINT_POINT * secret + torsion).compress().to_bytes();
        let ours = Ed25519Key::from_bytes(&key).unwrap();
        if case % 2 == 0 && case < 2_000 {
            warm.warm(&PublicKey::Ed25519(ours.clone()));
        }
        let nonce = Scalar::from_bytes_mod_order(random.bytes());
        let r = (curve25519_dalek::constants::ED25519_BASEPOINT_POINT * nonce + EIGHT_TORSION[random.below(8)]).compress();
        let message: [u8; 8] = random.bytes();
        let mut hashed = Vec::new();
        hashed.extend_from_slice(r.as_bytes());
        hashed.extend_from_slice(&key);
        hashed.extend_from_slice(&message);
        let digest: [u8; 64] = eid_verifier::crypto::digest::DigestId::Sha512.digest(&hashed).try_into().unwrap();
        let s = nonce + Scalar::from_bytes_mod_order_wide(&digest) * secret;
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(r.as_bytes());
        signature[32..].copy_from_slice(s.as_bytes());
        accepted += u32::from(agree(&key, &ours, &message, &signature));
    }
    assert!(accepted > 0, "no case reached the equation");
}

/// Why there is no batch verification: its equation, a sum of all signatures' with a random coefficient each, believes a signature whose R has a torsion
/// part as often as its coefficient takes that part away. `verify_strict` refuses such a signature always; here the same signature would be valid or
/// not by chance. (`npm run bench` measures what it would save.)
#[test]
fn a_batch_would_believe_by_chance_what_is_refused() {
    let mut random = Random(13);
    let secret = Scalar::from_bytes_mod_order(random.bytes());
    let point = curve25519_dalek::constants::ED25519_BASEPOINT_POINT * secret;
    let key = point.compress().to_bytes();
    let ours = Ed25519Key::from_bytes(&key).unwrap();
    let (message, nonce) = ([0; 8], Scalar::from_bytes_mod_order(random.bytes()));
    let torsion = EIGHT_TORSION[4]; // of order 2
    let r = curve25519_dalek::constants::ED25519_BASEPOINT_POINT * nonce + torsion;
    let hashed = [r.compress().as_bytes(), &key[..], &message].concat();
    let k = Scalar::from_bytes_mod_order_wide(&eid_verifier::crypto::digest::DigestId::Sha512.digest(&hashed).try_into().unwrap());
    let s = nonce + k * secret;
    let signature: [u8; 64] = [r.compress().to_bytes(), s.to_bytes()].concat().try_into().unwrap();
    assert!(!agree(&key, &ours, &message, &signature));
    let believed = (0..256).filter(|_| {
        let mut z = [0; 32];
        z[..16].copy_from_slice(&random.bytes::<16>());
        let z = Scalar::from_bytes_mod_order(z);
        (curve25519_dalek::constants::ED25519_BASEPOINT_POINT * (z * s) - point * (z * k) - r * z) == EdwardsPoint::default()
    });
    let believed = believed.count();
    assert!((64..192).contains(&believed), "{believed} of 256");
}
