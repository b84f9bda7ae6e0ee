//! Our sums on P-256 against RustCrypto's own verification: the same verdict on every input, random, bent and chosen.

#![cfg(feature = "ecdsa")] // RustCrypto's signing by hand
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use ecdsa::hazmat::sign_prehashed;
use eid_verifier::crypto::p256::P256Key;
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::elliptic_curve::PrimeField as _;
use p256::elliptic_curve::ops::Reduce;
use p256::elliptic_curve::point::AffineCoordinates as _;
use p256::{FieldBytes, NonZeroScalar, ProjectivePoint, Scalar};
use sha2::{Digest as _, Sha256};

/// Cases of the long run.
const CASES: u32 = 1_600;

/// A small fixed generator (SplitMix64), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        core::array::from_fn(|_| self.next().to_le_bytes()[0])
    }

    fn below(&mut self, n: u64) -> usize {
        usize::try_from(self.next() % n).unwrap()
    }

    fn scalar(&mut self) -> Scalar {
        <Scalar as Reduce<FieldBytes>>::reduce(&self.bytes::<32>().into())
    }
}

fn ours(key: &VerifyingKey) -> P256Key {
    let point = key.as_affine();
    P256Key::from_coordinates(&point.x(), &point.y()).unwrap()
}

fn agree(key: &VerifyingKey, message: &[u8], signature: &[u8; 64]) -> bool {
    let digest = Sha256::digest(message);
    let theirs = Signature::from_slice(signature).is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok());
    assert_eq!(ours(key).verify(message, signature).is_ok(), theirs, "key {key:?} signature {signature:02x?}");
    theirs
}

#[test]
fn random_and_bent_signatures_get_the_verdict_of_rustcrypto() {
    let mut random = Random(2026);
    let (mut accepted, mut refused) = (0, 0);
    for case in 0..CASES {
        let secret = SigningKey::from_slice(&random.bytes::<32>()).unwrap();
        let key = *secret.verifying_key();
        let length = random.below(200);
        let mut message: Vec<u8> = (0..length).map(|_| random.next().to_le_bytes()[0]).collect();
        let digest = Sha256::digest(&message);
        let secret = NonZeroScalar::new(*secret.as_nonzero_scalar().as_ref()).unwrap();
        let signature = sign_prehashed::<p256::NistP256>(&secret, &NonZeroScalar::new(random.scalar()).unwrap(), &digest).unwrap().0;
        let mut bytes: [u8; 64] = signature.to_bytes().into();
        match case % 8 {
            0..=2 => {}
            3 => bytes[random.below(64)] ^= 1 << random.below(8),
            4 => bytes.rotate_left(32),
            5 => bytes = random.bytes(),
            6 => bytes[32..].copy_from_slice(&(-*signature.split_scalars().1).to_repr()), // n − s: as good as s
            _ => message.push(0),
        }
        if agree(&key, &message, &bytes) { accepted += 1 } else { refused += 1 }
    }
    assert!(accepted > CASES / 3 && refused > CASES / 3, "{accepted} {refused}");
}

/// Keys and scalars chosen so that the sum passes through infinity, a point and itself, a point and its opposite.
#[test]
fn chosen_keys_and_scalars_get_the_verdict_of_rustcrypto() {
    let mut random = Random(7);
    let small = |n: u64| Scalar::from(n);
    let message = b"chosen";
    let z = <Scalar as Reduce<FieldBytes>>::reduce(&Sha256::digest(message));
    let mut accepted = 0;
    for index in 0..300_u64 {
        // Q = d·G for a d near 0, near n, a power of two, or the inverse of a small number
        let d = match index % 5 {
            0 => small(index / 5 + 1),
            1 => -small(index / 5 + 1),
            2 => Scalar::from(1_u64 << (index % 60)) * Scalar::from(1_u64 << (index % 61)),
            3 => small(index + 2).invert().unwrap(),
            _ => random.scalar(),
        };
        let key = VerifyingKey::from_affine((ProjectivePoint::GENERATOR * d).to_affine()).unwrap();
        // u1 = k − u2·d, so that the sum is k·G; k small or u2 small
        for (k, u2) in [
            (small(index + 1), random.scalar()),
            (-small(index + 1), small(index + 3)),
            (random.scalar(), d.invert().unwrap()),
            (small(1), -small(index + 1)),
        ] {
            let r = <Scalar as Reduce<FieldBytes>>::reduce(&(ProjectivePoint::GENERATOR * k).to_affine().x());
            // u2 = r / s and u1 = z / s leave z free only by the choice of message: take s from u2 and see what both say
            let s = r * u2.invert().unwrap();
            let Ok(signature) = Signature::from_scalars(r, s) else { continue };
            let bytes: [u8; 64] = signature.to_bytes().into();
            agree(&key, message, &bytes);
            // and one that holds: s = (z + r·d) / k
            let Ok(signature) = Signature::from_scalars(r, (z + r * d) * k.invert().unwrap()) else { continue };
            accepted += u32::from(agree(&key, message, &signature.to_bytes().into()));
        }
    }
    assert!(accepted > 1_000, "{accepted}");
}
