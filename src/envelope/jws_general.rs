//! JSON Web Signature, general JSON serialization: one payload, several signatures (RFC 7515 §7.2.1), and the quorum that must have made them.
//!
//! The rules of the quorum are TUF's (specification §5.3): so many *distinct* keys, however often one of them signed or is listed.

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{ParseError, Part, Problem};
use crate::crypto::PublicKey;
use crate::encoding::base64url;
use crate::encoding::json::{self, Object, Value};
use crate::envelope::jws::{Header, HeaderFault};
use crate::envelope::verified::{TrustedKey, Verified};

/// Signatures on one payload: a quorum of keys held by people is far smaller, and each signature costs a hash of the whole payload.
pub const MAX_SIGNATURES: usize = 16;

/// Keys of one quorum. A root that a list names is read before it is believed, so it must not cost.
pub const MAX_KEYS: usize = 16;

/// How often each key may be tried: once where `kid` names it, once more where keys carry no `kid` and must be told apart by trial.
const TRIALS_PER_KEY: usize = 2;

/// Keys of which a number must have signed.
#[derive(Clone, Debug)]
pub struct Quorum {
    keys: Vec<QuorumKey>,
    threshold: usize,
}

/// One key of a quorum.
#[derive(Clone, Debug)]
pub struct QuorumKey {
    /// The `kid` that signatures name it by.
    pub kid: Option<String>,
    /// The key.
    pub key: TrustedKey,
}

/// No quorum: a threshold of none, or of more than the distinct keys, or too many keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidQuorum;

impl Quorum {
    /// A key that stands there twice, under whatever names, is one key.
    ///
    /// # Errors
    /// [`InvalidQuorum`].
    pub fn new(keys: Vec<QuorumKey>, threshold: usize) -> Result<Self, InvalidQuorum> {
        if keys.len() > MAX_KEYS {
            return Err(InvalidQuorum);
        }
        let mut distinct: Vec<&PublicKey> = Vec::new();
        for one in &keys {
            if !distinct.contains(&one.key.key()) {
                distinct.push(one.key.key());
            }
        }
        if threshold == 0 || threshold > distinct.len() {
            return Err(InvalidQuorum);
        }
        Ok(Self { keys, threshold })
    }

    /// The keys, as listed.
    pub fn keys(&self) -> &[QuorumKey] {
        &self.keys
    }

    /// How many must sign.
    pub const fn threshold(&self) -> usize {
        self.threshold
    }

    /// The same keys and the same number, in whatever order and under whatever names.
    pub fn is_same(&self, other: &Self) -> bool {
        let within = |these: &Self, those: &Self| these.keys.iter().all(|one| those.keys.iter().any(|two| one.key.key() == two.key.key()));
        self.threshold == other.threshold && within(self, other) && within(other, self)
    }
}

/// Why the signatures do not suffice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuorumFault {
    /// A signature that names a key of the quorum is not its, or no key of the quorum signed at all.
    Signature,
    /// Good signatures, but of too few distinct keys.
    Threshold,
}

/// A payload with its signatures, none of them checked.
#[derive(Debug)]
pub struct UnverifiedGeneralJws {
    payload: Object,
    /// base64url as received: signatures are over this text.
    payload_text: String,
    signatures: Vec<SignaturePart>,
}

#[derive(Debug)]
struct SignaturePart {
    header: Object,
    protected: String,
    signature: Vec<u8>,
}

impl UnverifiedGeneralJws {
    /// Reads the serialization, every protected header and the payload.
    ///
    /// # Errors
    /// [`Problem::Structure`] where members are missing or of another type, [`Problem::TooLarge`] above [`MAX_SIGNATURES`], and the problems of
    /// base64url and JSON.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let whole = ParseError::new(Part::Input, Problem::Structure);
        let mut outer = json::parse_object(text.as_bytes()).map_err(|problem| ParseError::new(Part::Input, problem))?;
        let (Some(Value::Text(payload_text)), Some(Value::Array(items))) = (outer.remove("payload"), outer.remove("signatures")) else {
            return Err(whole);
        };
        if items.len() > MAX_SIGNATURES {
            return Err(ParseError::new(Part::Signature, Problem::TooLarge));
        }
        let mut signatures = Vec::with_capacity(items.len());
        for item in &items {
            let Value::Object(item) = item else { return Err(whole) };
            let (Some(protected), Some(signature)) = (item.text("protected"), item.text("signature")) else { return Err(whole) };
            signatures.push(SignaturePart {
                header: object(Part::Header, protected)?,
                protected: String::from(protected),
                signature: decode(Part::Signature, signature)?,
            });
        }
        let payload = object(Part::Payload, &payload_text)?;
        Ok(Self { payload, payload_text, signatures })
    }

    /// The payload as received: good for asking in which order to try artefacts, and what else must have signed; for nothing else.
    pub const fn hint(&self) -> &Object {
        &self.payload
    }

    /// The payload's text as received, to tell one content from another.
    pub fn payload_text(&self) -> &str {
        &self.payload_text
    }

    /// The typed protected headers, one a signature. What stands in an unprotected `header` is not signed and not read.
    pub fn headers(&self) -> impl Iterator<Item = Result<Header, HeaderFault>> {
        self.signatures.iter().map(|part| Header::read(&part.header))
    }

    /// Checks that `quorum` signed, and, if given, that the quorum `also` signed, and gives the payload, believed.
    ///
    /// # Errors
    /// [`QuorumFault`].
    pub fn verify(self, quorum: &Quorum, also: Option<&Quorum>) -> Result<Verified<Object>, QuorumFault> {
        match (self.tally(quorum), also) {
            (Ok(()), None) => Ok(Verified::signed(self.payload)),
            (Ok(()), Some(also)) => match self.tally(also) {
                Ok(()) => Ok(Verified::signed(self.payload)),
                Err(_) => Err(QuorumFault::Threshold),
            },
            // the one that is to come claims to have signed, the one that is did not: a change of hands that nobody with the right to it made
            (Err(QuorumFault::Signature), Some(also)) if self.names(also) && !self.names(quorum) => Err(QuorumFault::Threshold),
            (Err(fault), _) => Err(fault),
        }
    }

    /// Whether any signature names a key of the quorum. Costs no mathematics: strangers are told apart for nothing.
    fn names(&self, quorum: &Quorum) -> bool {
        let known = |kid: &str| quorum.keys.iter().any(|one| one.kid.as_deref() == Some(kid));
        self.signatures.iter().any(|part| part.header.text("kid").is_some_and(known))
    }

    fn tally(&self, quorum: &Quorum) -> Result<(), QuorumFault> {
        let mut good: Vec<&PublicKey> = Vec::new();
        let mut bad = false;
        let mut trials = quorum.keys.len().saturating_mul(TRIALS_PER_KEY);
        for part in &self.signatures {
            let Ok(header) = Header::read(&part.header) else { continue };
            let named = |one: &&QuorumKey| one.kid.is_some() && one.kid == header.kid;
            let by_name = quorum.keys.iter().any(|one| named(&one));
            let mut matched = false;
            for one in quorum.keys.iter().filter(|one| if by_name { named(one) } else { header.kid.is_none() || one.kid.is_none() }) {
                let key = one.key.key();
                if good.contains(&key) {
                    // signed before: a second signature adds nothing, good or bad
                    matched |= by_name;
                    continue;
                }
                if key.algorithm() != header.alg || trials == 0 {
                    continue;
                }
                trials = trials.saturating_sub(1);
                let mut signing_input = Vec::with_capacity(part.protected.len().saturating_add(self.payload_text.len()).saturating_add(1));
                signing_input.extend_from_slice(part.protected.as_bytes());
                signing_input.push(b'.');
                signing_input.extend_from_slice(self.payload_text.as_bytes());
                if key.verify(&signing_input, &part.signature).is_ok() {
                    good.push(key);
                    matched = true;
                    break;
                }
            }
            bad |= by_name && !matched;
            if good.len() >= quorum.threshold {
                return Ok(());
            }
        }
        if bad || (good.is_empty() && !self.signatures.is_empty()) { Err(QuorumFault::Signature) } else { Err(QuorumFault::Threshold) }
    }
}

fn decode(part: Part, text: &str) -> Result<Vec<u8>, ParseError> {
    base64url::decode(text).map_err(|_| ParseError::new(part, Problem::Encoding))
}

fn object(part: Part, text: &str) -> Result<Object, ParseError> {
    json::parse_object(&decode(part, text)?).map_err(|problem| ParseError::new(part, problem))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::envelope::verified::Purpose;
    use alloc::format;
    use alloc::vec;
    use ed25519_dalek::{Signer as _, SigningKey};

    fn signer(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn quorum(seeds: &[u8], threshold: usize) -> Quorum {
        Quorum::new(seeds.iter().map(|seed| member(*seed, Some(format!("k{seed}")))).collect(), threshold).unwrap()
    }

    fn member(seed: u8, kid: Option<String>) -> QuorumKey {
        let x = base64url::encode(signer(seed).verifying_key().as_bytes());
        let jwk = json::parse_object(format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#).as_bytes()).unwrap();
        QuorumKey { kid, key: TrustedKey::pinned(PublicKey::from_jwk(&jwk).unwrap(), Purpose::TrustList) }
    }

    fn sign(seed: u8, kid: Option<&str>, payload: &str) -> String {
        let header = kid.map_or_else(|| String::from(r#"{"alg":"EdDSA"}"#), |kid| format!(r#"{{"alg":"EdDSA","kid":"{kid}"}}"#));
        let protected = base64url::encode(header.as_bytes());
        let signature = signer(seed).sign(format!("{protected}.{payload}").as_bytes());
        format!(r#"{{"protected":"{protected}","signature":"{}"}}"#, base64url::encode(&signature.to_bytes()))
    }

    fn jws(signatures: &[String]) -> UnverifiedGeneralJws {
        let payload = base64url::encode(b"{}");
        UnverifiedGeneralJws::parse(&format!(r#"{{"payload":"{payload}","signatures":[{}]}}"#, signatures.join(","))).unwrap()
    }

    #[test]
    fn so_many_distinct_keys_must_sign() {
        let p = base64url::encode(b"{}");
        let (one, two, three) = (sign(1, Some("k1"), &p), sign(2, Some("k2"), &p), sign(3, Some("k3"), &p));
        let verify = |signatures: &[&String], quorum: &Quorum| {
            jws(&signatures.iter().map(|text| (*text).clone()).collect::<Vec<_>>()).verify(quorum, None).map(|_| ())
        };
        let both = quorum(&[1, 2, 3], 2);
        assert_eq!(verify(&[&one, &two], &both), Ok(()));
        assert_eq!(verify(&[&three, &one], &both), Ok(()));
        assert_eq!(verify(&[&one], &both), Err(QuorumFault::Threshold));
        assert_eq!(verify(&[&one, &one], &both), Err(QuorumFault::Threshold)); // the same key twice
        assert_eq!(verify(&[&one, &sign(9, Some("k9"), &p)], &both), Err(QuorumFault::Threshold));
        assert_eq!(verify(&[&one, &sign(9, Some("k2"), &p)], &both), Err(QuorumFault::Signature));
        assert_eq!(verify(&[&sign(9, Some("k9"), &p)], &both), Err(QuorumFault::Signature));
        assert_eq!(verify(&[], &both), Err(QuorumFault::Threshold));
        assert_eq!(verify(&[&sign(9, Some("k9"), &p), &one, &two], &both), Ok(())); // a stranger's does no harm
    }

    #[test]
    fn one_key_under_two_names_is_one_key() {
        let twice = vec![member(1, Some("a".into())), member(1, Some("b".into()))];
        assert_eq!(Quorum::new(twice.clone(), 2).err(), Some(InvalidQuorum));
        let quorum = Quorum::new([twice, vec![member(2, Some("c".into()))]].concat(), 2).unwrap();
        let p = base64url::encode(b"{}");
        let result = jws(&[sign(1, Some("a"), &p), sign(1, Some("b"), &p)]).verify(&quorum, None);
        assert_eq!(result.map(|_| ()), Err(QuorumFault::Threshold));
    }

    #[test]
    fn keys_without_names_are_told_apart_by_trial() {
        let quorum = Quorum::new(vec![member(1, None), member(2, None)], 2).unwrap();
        let p = base64url::encode(b"{}");
        for kids in [[None, None], [Some("x"), Some("y")]] {
            let [a, b] = kids;
            assert!(jws(&[sign(2, a, &p), sign(1, b, &p)]).verify(&quorum, None).is_ok());
        }
        assert!(jws(&[sign(2, None, &p), sign(3, None, &p)]).verify(&quorum, None).is_err());
    }

    #[test]
    fn a_change_of_hands_needs_both_hands() {
        let (old, new) = (quorum(&[1], 1), quorum(&[2], 1));
        let p = base64url::encode(b"{}");
        let (one, two) = (sign(1, Some("k1"), &p), sign(2, Some("k2"), &p));
        assert!(jws(&[one.clone(), two.clone()]).verify(&old, Some(&new)).is_ok());
        assert_eq!(jws(&[one]).verify(&old, Some(&new)).map(|_| ()), Err(QuorumFault::Threshold));
        assert_eq!(jws(&[two]).verify(&old, Some(&new)).map(|_| ()), Err(QuorumFault::Threshold));
    }

    #[test]
    fn other_serializations_are_not_read() {
        for text in ["", "a.b.c", "[]", r#"{"payload":"e30","protected":"e30","signature":"AA"}"#, r#"{"payload":"e30=","signatures":[]}"#]
        {
            assert!(UnverifiedGeneralJws::parse(text).is_err(), "{text}");
        }
    }
}
