//! Putting the disclosed values where their digests stand (RFC 9901 §7.1, steps 3 to 5), in time linear in text and digests.

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::limits;
use crate::base::order;
use crate::crypto::digest::DigestId;
use crate::document::sd_jwt::disclosure::{Disclosed, Disclosure, DisclosureFault};
use crate::encoding::json::{Object, Value};
use crate::envelope::verified::Verified;

/// Holds the digests of disclosable members (RFC 9901 §4.2.4.1).
const DIGESTS: &str = "_sd";
/// Stands for a disclosable array element (RFC 9901 §4.2.4.2).
const ELEMENT: &str = "...";
/// Names the digest algorithm, at the top level only (RFC 9901 §4.1.1).
const ALGORITHM: &str = "_sd_alg";

/// Claims that the SD-JWT VC profile never lets be disclosed selectively, nor anything inside them (draft-ietf-oauth-sd-jwt-vc-19 §2.2.2.3;
/// contract §12 "Neighbours").
pub const PROTECTED: [&str; 8] = ["iss", "exp", "nbf", "cnf", "vct", "vct#integrity", "aka_vcts", "status"];

/// Why the disclosures of a presentation are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SdFault {
    /// A disclosure that cannot be read, or stands in the wrong kind of slot (§7.1 step 3.2.2).
    Disclosure(DisclosureFault),
    /// The same disclosure twice.
    DuplicateDisclosure,
    /// No digest refers to a disclosure (§7.1 step 5).
    Unreferenced,
    /// Discloses `_sd` or `...` (§7.1 step 3.2.2.3), or a protected claim.
    ForbiddenClaim,
    /// Discloses a name that already stands at that level (§7.1 step 3.2.2.4).
    Conflict,
    /// One digest twice (§7.1 step 4).
    DuplicateDigest,
    /// `_sd`, `...` or `_sd_alg` of the wrong shape or in the wrong place.
    Structure,
    /// `_sd_alg` names no digest that is accepted here.
    Algorithm,
    /// The disclosed claims nest deeper than [`limits::JSON_DEPTH`].
    TooDeep,
}

/// The claims after processing.
#[derive(Debug)]
pub struct ProcessedClaims {
    /// What the holder shows, without `_sd` and `_sd_alg`.
    pub claims: Object,
    /// Digests without a disclosure: withheld claims and decoys, which nobody but the holder can tell apart (§4.2.7).
    pub undisclosed: usize,
}

/// The digest algorithm that the payload names.
///
/// # Errors
/// [`SdFault::Algorithm`].
pub fn digest_algorithm(payload: &Object) -> Result<DigestId, SdFault> {
    match payload.get(ALGORITHM) {
        None => Ok(DigestId::Sha256),
        Some(Value::Text(name)) => DigestId::parse(name).ok_or(SdFault::Algorithm),
        Some(_) => Err(SdFault::Algorithm),
    }
}

/// A protected claim that comes only by disclosure. Looked for before trust, since without `iss` no issuer can be named.
///
/// # Errors
/// [`SdFault::ForbiddenClaim`].
pub fn refuse_protected(hint: &Object, disclosures: &[Disclosure<'_>]) -> Result<(), SdFault> {
    let Some(Value::Array(digests)) = hint.get(DIGESTS) else { return Ok(()) };
    if PROTECTED.iter().all(|name| hint.has(name)) {
        return Ok(());
    }
    let Ok(algorithm) = digest_algorithm(hint) else { return Ok(()) };
    for disclosure in disclosures {
        let Ok(Disclosed::Member(name, _)) = disclosure.disclosed() else { continue };
        if PROTECTED.contains(&name.as_str()) && !hint.has(name) {
            let digest = disclosure.digest(algorithm);
            if digests.iter().any(|known| known.as_text() == Some(digest.as_str())) {
                return Err(SdFault::ForbiddenClaim);
            }
        }
    }
    Ok(())
}

/// Checks every disclosure against the signed digests and substitutes it.
///
/// # Errors
/// [`SdFault`]; the first one ends the processing.
pub fn disclose(payload: Verified<Object>, disclosures: Vec<Disclosure<'_>>) -> Result<Verified<ProcessedClaims>, SdFault> {
    payload.admit_by_digest(disclosures, join)
}

/// The same substitution over a payload that nobody vouches for: for developers' eyes only (`inspect`).
///
/// # Errors
/// [`SdFault`].
pub fn preview(payload: Object, disclosures: Vec<Disclosure<'_>>) -> Result<ProcessedClaims, SdFault> {
    join(payload, disclosures)
}

fn join(mut claims: Object, disclosures: Vec<Disclosure<'_>>) -> Result<ProcessedClaims, SdFault> {
    let algorithm = digest_algorithm(&claims)?;
    claims.remove(ALGORITHM);
    let mut waiting = Vec::with_capacity(disclosures.len());
    for disclosure in disclosures {
        let digest = disclosure.digest(algorithm);
        waiting.push((digest, Some(disclosure.into_disclosed().map_err(SdFault::Disclosure)?)));
    }
    waiting.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    if waiting.windows(2).any(|pair| matches!(pair, [(one, _), (other, _)] if one == other)) {
        return Err(SdFault::DuplicateDisclosure);
    }
    let mut state = Processing { waiting, seen: Vec::new(), undisclosed: 0, is_protected: false };
    state.object(&mut claims, 1)?;
    if order::has_doubles(state.seen.iter().map(String::as_str).collect()) {
        return Err(SdFault::DuplicateDigest);
    }
    if state.waiting.iter().any(|(_, disclosed)| disclosed.is_some()) {
        return Err(SdFault::Unreferenced);
    }
    Ok(ProcessedClaims { claims, undisclosed: state.undisclosed })
}

/// Sorted vectors instead of trees: a third of the code, and the same order of time.
struct Processing {
    /// Disclosures by digest, sorted; `None` once placed.
    waiting: Vec<(String, Option<Disclosed>)>,
    /// Every digest met so far; none may come twice.
    seen: Vec<String>,
    undisclosed: usize,
    /// Inside a protected claim.
    is_protected: bool,
}

impl Processing {
    fn value(&mut self, value: &mut Value, depth: usize) -> Result<(), SdFault> {
        match value {
            Value::Object(object) => self.object(object, depth),
            Value::Array(items) => self.array(items, depth),
            Value::Null | Value::Bool(_) | Value::Int(_) | Value::Decimal(_) | Value::Text(_) => Ok(()),
        }
    }

    fn object(&mut self, object: &mut Object, depth: usize) -> Result<(), SdFault> {
        if depth > limits::JSON_DEPTH {
            return Err(SdFault::TooDeep);
        }
        let digests = match object.remove(DIGESTS) {
            None => Vec::new(),
            Some(Value::Array(digests)) => digests,
            Some(_) => return Err(SdFault::Structure),
        };
        if object.has(ELEMENT) || object.has(ALGORITHM) {
            return Err(SdFault::Structure);
        }
        let inner = depth.saturating_add(1);
        for (name, value) in &mut object.members {
            if depth == 1 {
                self.is_protected = PROTECTED.contains(&name.as_str());
            }
            self.value(value, inner)?;
        }
        if depth == 1 {
            self.is_protected = false;
        }
        let mut disclosed_any = false;
        for digest in digests {
            let Value::Text(digest) = digest else { return Err(SdFault::Structure) };
            let (name, mut value) = match self.take(digest)? {
                None => continue,
                Some(Disclosed::Member(name, value)) => (name, value),
                Some(Disclosed::Element(_)) => return Err(SdFault::Disclosure(DisclosureFault::Shape)),
            };
            if name == DIGESTS || name == ELEMENT || name == ALGORITHM {
                return Err(SdFault::ForbiddenClaim);
            }
            self.value(&mut value, inner)?;
            object.members.push((name, value));
            disclosed_any = true;
        }
        if disclosed_any && object.has_duplicate_names() {
            return Err(SdFault::Conflict);
        }
        Ok(())
    }

    fn array(&mut self, items: &mut Vec<Value>, depth: usize) -> Result<(), SdFault> {
        if depth > limits::JSON_DEPTH {
            return Err(SdFault::TooDeep);
        }
        let inner = depth.saturating_add(1);
        let received = core::mem::take(items);
        items.reserve(received.len());
        for mut item in received {
            if let Value::Object(object) = &mut item
                && let Some(digest) = object.remove(ELEMENT)
            {
                let Value::Text(digest) = digest else { return Err(SdFault::Structure) };
                if !object.members.is_empty() {
                    return Err(SdFault::Structure);
                }
                item = match self.take(digest)? {
                    None => continue,
                    Some(Disclosed::Element(value)) => value,
                    Some(Disclosed::Member(..)) => return Err(SdFault::Disclosure(DisclosureFault::Shape)),
                };
            }
            self.value(&mut item, inner)?;
            items.push(item);
        }
        Ok(())
    }

    /// The disclosure of a digest, taken once.
    fn take(&mut self, digest: String) -> Result<Option<Disclosed>, SdFault> {
        let found = self.waiting.binary_search_by(|(known, _)| known.cmp(&digest)).ok();
        let disclosed = found.and_then(|index| self.waiting.get_mut(index)).and_then(|(_, disclosed)| disclosed.take());
        match disclosed {
            None => self.undisclosed = self.undisclosed.saturating_add(1),
            Some(_) if self.is_protected => return Err(SdFault::ForbiddenClaim),
            Some(_) => {}
        }
        self.seen.push(digest);
        Ok(disclosed)
    }
}
