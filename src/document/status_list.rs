//! Token Status List (draft-ietf-oauth-status-list): one long row of small numbers, an entry for each credential. In JWT form, and in CWT form where the feature
//! `cwt` is on (`crate::document::status_cwt`).
//!
//! # At a country's scale
//!
//! 100 million accounts are best kept in about a hundred lists ("shards") of 2^20 entries at 2 bits: 256 KiB inflated, a few KiB to some tens of KiB as sent.
//!
//! - **Herd privacy.** Who fetches a list learns nothing of one holder, and who serves it learns only that one of 2^20 accounts was looked at. Indices are
//!   dealt at random inside a shard, shards are filled one after the other: an index must not tell when, or where, an account was opened. A verifier that keeps all
//!   shards at hand (offline first) tells nobody anything at all. Never one list for a province or a kind of holder: the herd is the protection.
//! - **Shard size.** Smaller shards make smaller downloads and smaller herds; larger ones the other way round. At 2^20 the herd is larger than most
//!   provinces, and a look-up here costs microseconds once the list is kept. At 2^27 a list is at this engine's ceiling and is looked up between checkpoints.
//! - **CDN and mirrors.** A list is signed, so any mirror may serve it: static files, `ETag`, `Cache-Control: max-age` no longer than `ttl`. Mirrors are told in the trust
//!   list (`statusHosts`); the `uri` stays the name of the list whatever host served it. With `ttl` of 12 hours a verifier fetches a shard at most twice a day.
//! - **Locks.** A lock shows within one `ttl`. Where that is too slow, a signed account state (`crate::document::account_state`) speaks for one account at once.
//!
//! # Figures
//! Two cores under load (12 on 2), 22 November 2026, Node 20 and Chromium; `node tools/bench-status.mjs --chromium` makes them anew in one run. "Cold" is a new
//! process or page: engine made, list taken in, one account looked up, nothing compiled before. "Read" is: signature, JSON, inflate twice, place on the shelf. A
//! warm look-up reads one byte of a kept list (0.02 µs natively); between checkpoints it takes some milliseconds. Memory is the engine's linear memory before the
//! list, with it, and after ten renewals. The [peer][peer] does not check the signature.
//!
//! | entries × bits, locked | token | cold | read, Node | read, Chromium | warm look-up, Chromium | memory, MiB | npm peer reads | ratio |
//! |---|---|---|---|---|---|---|---|---|
//! | 2^20 × 2, 0.1 % | 4.3 KiB | 46 ms | 1.1 ms | 0.9 ms | under 10 µs | 1.1 → 1.5 → 1.8 | 208 ms | 195 × |
//! | 2^20 × 2, 1 % | 26.7 KiB | 21 ms | 1.9 ms | 1.5 ms | under 10 µs | 1.1 → 1.6 → 1.9 | 163 ms | 88 × |
//! | 2^20 × 2, 5 % | 84.1 KiB | 108 ms | 3.6 ms | 2.8 ms | under 10 µs | 1.1 → 1.8 → 2.1 | 245 ms | 69 × |
//! | 2^23 × 1, 1 % | 201 KiB | 121 ms | 9.6 ms | 10 ms | under 0.3 ms | 1.1 → 2.9 → 4.3 | 1.8 s | 183 × |
//! | 2^25 × 1, 1 % | 801 KiB | 374 ms | 84 ms | 133 ms | 5 ms | 1.1 → 4.2 → 4.8 | 14.5 s | 173 × |
//! | 2^27 × 1, 1 % | 3.1 MiB | 1.3 s | 695 ms | 486 ms | 2.4–5 ms | 1.1 → 13.1 → 15.4 | dies | – |
//!
//! A phone that keeps all 96 shards of 100 million accounts fetches 5.0 MiB a day at 1 % locked (`ttl` 12 h), one that keeps its own shard 53 KiB. Ten million
//! verifications a day cost the CDN at most 0.25 TiB a day (116 answers a second), if nobody kept anything; a million phones that keep all shards 4.8 TiB a day.
//!
//! [peer]: https://www.npmjs.com/package/@sd-jwt/jwt-status-list
//!
//! # Memory
//! Inflating takes under 64 KiB whatever the stream says; a list that is too large is found out in that, before anything is kept. While a token is read, its text
//! (in the call and out of it), its payload and its stream exist once each: linear memory grows by less than six times the token, which is at most
//! [`limits::STATUS_LIST_TOKEN`], and stays there however often the list is renewed (`tests/js/status-memory.test.mjs`: 0.8 MiB at 2^20 entries and 1 % locked,
//! 9 MiB at 2^27, 102 MiB for the dearest list there is, 16 MiB of noise).
//! A list of up to [`KEPT_INFLATED`] is kept inflated. A larger one stays as it came, with a [`Checkpoint`] every [`CHECKPOINT_DISTANCE`]: about 43 KiB for each MiB of entries.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::UnixTime;
use crate::base::decimal;
use crate::base::limits;
use crate::base::split::last;
use crate::document::claims;
use crate::encoding::base64url;
use crate::encoding::inflate::{self, Checkpoint, InflateFault, Inflater};
use crate::encoding::json::{Object, Value};

/// `typ` of a Status List Token in JWT form (§5.1).
pub const TYPE: &str = "statuslist+jwt";

/// Up to here a list is kept inflated, so that a look-up is one read: 2^22 entries of 2 bits, four times the shard that is advised.
pub const KEPT_INFLATED: usize = 1024 * 1024;

/// Output between two checkpoints: a look-up inflates half of it on average, some milliseconds.
pub const CHECKPOINT_DISTANCE: usize = 1024 * 1024;

/// Why a list is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusListFault {
    /// Claims, width, encoding or zlib stream are not those of a status list.
    Invalid,
    /// Above [`limits::STATUS_LIST_INFLATED`].
    TooLarge,
}

/// Bits of one entry (§4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// 1
    One,
    /// 2
    Two,
    /// 4
    Four,
    /// 8
    Eight,
}

impl Width {
    fn parse(bits: i64) -> Option<Self> {
        match bits {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            4 => Some(Self::Four),
            8 => Some(Self::Eight),
            _ => None,
        }
    }

    /// As a shift: entries in a byte are 2 to this power.
    const fn entries_shift(self) -> u32 {
        match self {
            Self::One => 3,
            Self::Two => 2,
            Self::Four => 1,
            Self::Eight => 0,
        }
    }

    /// The part of an index that counts inside a byte.
    const fn entries_mask(self) -> u64 {
        match self {
            Self::One => 7,
            Self::Two => 3,
            Self::Four => 1,
            Self::Eight => 0,
        }
    }

    const fn mask(self) -> u8 {
        match self {
            Self::One => 0b1,
            Self::Two => 0b11,
            Self::Four => 0b1111,
            Self::Eight => 0xff,
        }
    }

    const fn bits(self) -> u32 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Four => 4,
            Self::Eight => 8,
        }
    }
}

/// The claims of a Status List Token (§5.1, §5.2), as its form wrote them.
#[derive(Debug)]
pub struct Claims {
    /// `sub`.
    pub subject: String,
    /// `iss`.
    pub issuer: Option<String>,
    /// `iat`.
    pub issued: UnixTime,
    /// `exp`.
    pub expires: Option<UnixTime>,
    /// `ttl`.
    pub time_to_live: Option<i64>,
    /// `bits`.
    pub bits: i64,
    /// `lst`: a zlib stream.
    pub stream: Vec<u8>,
}

/// A status list that was read to its end.
pub struct StatusList {
    /// Its name: the `uri` of the credentials that it speaks of (§5.1 `sub`).
    pub subject: String,
    /// The issuer that the token names, if it names one.
    pub issuer: Option<String>,
    /// When it was issued.
    pub issued: UnixTime,
    /// First instant at which it may not be relied on any more.
    pub expires: Option<UnixTime>,
    /// Seconds after `issued` from which a newer one must be fetched.
    pub time_to_live: Option<i64>,
    width: Width,
    length: usize,
    entries: Entries,
}

enum Entries {
    Kept(Vec<u8>),
    Streamed { stream: Vec<u8>, checkpoints: Vec<Checkpoint> },
}

impl core::fmt::Debug for StatusList {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "StatusList({} bits, {} bytes)", self.width.bits(), self.length)
    }
}

impl StatusList {
    /// Reads the payload of a Status List Token (§5.1), the list to its end.
    ///
    /// # Errors
    /// [`StatusListFault`].
    pub fn read(payload: &Object) -> Result<Self, StatusListFault> {
        let invalid = StatusListFault::Invalid;
        let subject = claims::text(payload, "sub").ok().flatten().filter(|sub| !sub.is_empty()).ok_or(invalid)?.to_owned();
        let issuer = claims::text(payload, "iss").map_err(|_| invalid)?.map(ToOwned::to_owned);
        let issued = claims::numeric_date(payload, "iat").ok().flatten().ok_or(invalid)?;
        let expires = claims::numeric_date(payload, "exp").map_err(|_| invalid)?;
        let time_to_live = match payload.get("ttl") {
            None => None,
            Some(Value::Int(seconds)) if (1..=limits::MAX_NUMERIC_DATE).contains(seconds) => Some(*seconds),
            Some(_) => return Err(invalid),
        };
        let list = payload.get("status_list").and_then(Value::as_object).ok_or(invalid)?;
        let bits = list.get("bits").and_then(Value::as_int).ok_or(invalid)?;
        let stream = list.text("lst").and_then(|text| base64url::decode(text).ok()).ok_or(invalid)?;
        Self::build(Claims { subject, issuer, issued, expires, time_to_live, bits, stream })
    }

    /// Reads the list of a token whose claims were read, in whatever form it came, to its end.
    ///
    /// # Errors
    /// [`StatusListFault`].
    pub fn build(claims: Claims) -> Result<Self, StatusListFault> {
        let Claims { subject, issuer, issued, expires, time_to_live, bits, stream } = claims;
        let width = Width::parse(bits).ok_or(StatusListFault::Invalid)?;
        let fault = |fault| match fault {
            InflateFault::Invalid => StatusListFault::Invalid,
            InflateFault::TooLarge => StatusListFault::TooLarge,
        };
        // first measured, in flat memory: a list that is too large never costs more than the reading
        let length = inflate::measure(&stream, limits::STATUS_LIST_INFLATED).map_err(fault)?;
        let entries = if length <= KEPT_INFLATED {
            Entries::Kept(inflate::inflate(&stream, length).map_err(fault)?)
        } else {
            Entries::Streamed { checkpoints: mark(&stream).map_err(fault)?, stream }
        };
        Ok(Self { subject, issuer, issued, expires, time_to_live, width, length, entries })
    }

    /// How many entries there are.
    pub fn size(&self) -> u64 {
        u64::try_from(self.length).unwrap_or(u64::MAX).saturating_mul(1 << self.width.entries_shift())
    }

    /// The entry at `index`, least significant bit first (§4.1); `None` outside the list.
    pub fn entry(&self, index: u64) -> Option<u8> {
        if index >= self.size() {
            return None;
        }
        let at = usize::try_from(index.checked_shr(self.width.entries_shift())?).ok()?;
        let byte = match &self.entries {
            Entries::Kept(bytes) => *bytes.get(at)?,
            Entries::Streamed { stream, checkpoints } => look_up(stream, checkpoints, at)?,
        };
        let inside = u32::try_from(index & self.width.entries_mask()).ok()?;
        Some(byte.checked_shr(inside.saturating_mul(self.width.bits()))? & self.width.mask())
    }

    /// Whether both say the same of every entry, for the same time.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let entries = match (&self.entries, &other.entries) {
            (Entries::Kept(mine), Entries::Kept(theirs)) => mine == theirs,
            (Entries::Streamed { stream: mine, .. }, Entries::Streamed { stream: theirs, .. }) => mine == theirs,
            (Entries::Kept(_), Entries::Streamed { .. }) | (Entries::Streamed { .. }, Entries::Kept(_)) => false,
        };
        entries && self.width == other.width && self.expires == other.expires && self.time_to_live == other.time_to_live
    }

    /// Bytes that this list holds between calls.
    pub fn memory(&self) -> usize {
        match &self.entries {
            Entries::Kept(bytes) => bytes.len(),
            Entries::Streamed { stream, checkpoints } => {
                let each = inflate::WINDOW.saturating_add(core::mem::size_of::<miniz_oxide::inflate::core::DecompressorOxide>());
                stream.len().saturating_add(checkpoints.len().saturating_mul(each))
            }
        }
    }

    /// First instant at which a newer list must be fetched: `iat` + `ttl`, past which it is stale (contract §12 "Status").
    pub fn stale_after(&self) -> Option<UnixTime> {
        self.time_to_live.map(|ttl| self.issued.plus(ttl))
    }
}

fn mark(stream: &[u8]) -> Result<Vec<Checkpoint>, InflateFault> {
    let mut inflater = Inflater::new();
    let mut checkpoints = Vec::new();
    let mut next = CHECKPOINT_DISTANCE;
    while inflater.step(stream)?.is_some() {
        if inflater.produced() >= next {
            checkpoints.push(inflater.checkpoint());
            next = next.saturating_add(CHECKPOINT_DISTANCE);
        }
    }
    Ok(checkpoints)
}

fn look_up(stream: &[u8], checkpoints: &[Checkpoint], at: usize) -> Option<u8> {
    let before = checkpoints.partition_point(|checkpoint| checkpoint.produced() <= at);
    let mut inflater = match before.checked_sub(1).and_then(|nearest| checkpoints.get(nearest)) {
        Some(checkpoint) => Inflater::resume(checkpoint),
        None => Inflater::new(),
    };
    loop {
        let start = inflater.produced();
        let piece = inflater.step(stream).ok().flatten()?;
        if let Some(byte) = piece.get(at.checked_sub(start)?) {
            return Some(*byte);
        }
    }
}

/// Where a credential's status stands (§6.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusReference {
    /// The list's name and address.
    pub uri: String,
    /// The entry.
    pub index: u64,
    /// Whether the claim names other mechanisms beside, which are not looked at.
    pub has_others: bool,
}

/// Why the claim `status` names no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceFault {
    /// A member of another type, or missing.
    Type,
    /// An index that is a number but no integer literal.
    Number,
    /// An index below 0.
    Index,
    /// Only mechanisms that this verifier does not know.
    Mechanism,
    /// An address that is no `https` address.
    Uri,
}

impl StatusReference {
    /// Reads the claim `status`.
    ///
    /// # Errors
    /// [`ReferenceFault`].
    pub fn read(status: &Value) -> Result<Self, ReferenceFault> {
        let status = status.as_object().ok_or(ReferenceFault::Type)?;
        let list = status.get("status_list").ok_or(ReferenceFault::Mechanism)?.as_object().ok_or(ReferenceFault::Type)?;
        let index = match list.get("idx") {
            Some(Value::Int(index)) => u64::try_from(*index).map_err(|_| ReferenceFault::Index)?,
            // `2.0` is an integer written wrongly, `1.5` is none (contract §12 "Values")
            Some(Value::Decimal(number)) if number.is_whole() => return Err(ReferenceFault::Number),
            Some(_) | None => return Err(ReferenceFault::Type),
        };
        let uri = list.text("uri").ok_or(ReferenceFault::Type)?.to_owned();
        if host(&uri).is_none() {
            return Err(ReferenceFault::Uri);
        }
        Ok(Self { uri, index, has_others: status.members.len() > 1 })
    }
}

/// Hosts of the device itself, where a list may be served without TLS (W3C Secure Contexts §3.1).
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// `host` or `host:port` of an address that a list may be fetched from: `https`, no user name, nothing but visible ASCII (RFC 3986 §3.2).
///
/// ```
/// use eid_verifier::document::status_list::host;
/// assert_eq!(host("https://status.example:8443/lists/1"), Some("status.example:8443"));
/// assert_eq!(host("http://status.example/lists/1"), None);
/// assert_eq!(host("https://good.example@evil.example/1"), None);
/// ```
pub fn host(uri: &str) -> Option<&str> {
    let visible = uri.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'\\' | b'"' | b'<' | b'>' | b'^' | b'`' | b'{' | b'|' | b'}'));
    let (secure, rest) = match uri.strip_prefix("https://") {
        Some(rest) => (true, rest),
        None => (false, uri.strip_prefix("http://")?),
    };
    let authority = rest.get(..rest.bytes().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(rest.len()))?;
    let (name, port) = match last(authority, b':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (authority, None),
    };
    let name_is_good = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'[' | b']' | b':'))
        && (!name.bytes().any(|b| matches!(b, b':' | b'[' | b']')) || (name.starts_with('[') && name.ends_with(']')));
    let port_is_good = port.is_none_or(|port| decimal::read(port).is_some_and(|port| u16::try_from(port).is_ok()));
    (visible && name_is_good && port_is_good && (secure || LOOPBACK.contains(&name))).then_some(authority)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions, clippy::arithmetic_side_effects)]
    use super::*;
    use crate::encoding::json;
    use alloc::format;
    use alloc::vec;
    use miniz_oxide::deflate::compress_to_vec_zlib;

    fn payload(bits: &str, lst: &str) -> Object {
        let text = format!(r#"{{"sub":"https://s.example/1","iat":1,"status_list":{{"bits":{bits},"lst":"{lst}"}}}}"#);
        json::parse_object(text.as_bytes()).unwrap()
    }

    fn list(bits: u8, bytes: &[u8]) -> Result<StatusList, StatusListFault> {
        StatusList::read(&payload(&format!("{bits}"), &base64url::encode(&compress_to_vec_zlib(bytes, 9))))
    }

    #[test]
    fn the_least_significant_bit_comes_first() {
        // §4.1, the example of the specification: 1 bit, [0xb9, 0xa3]
        let one = StatusList::read(&payload("1", "eNrbuRgAAhcBXQ")).unwrap();
        let read: Vec<u8> = (0..16).map(|index| one.entry(index).unwrap()).collect();
        assert_eq!(read, [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]);
        assert_eq!((one.size(), one.entry(16), one.entry(u64::MAX)), (16, None, None));
        // §4.1: 2 bits, [0xc9, 0x44, 0xf9]
        let two = list(2, &[0xc9, 0x44, 0xf9]).unwrap();
        let read: Vec<u8> = (0..12).map(|index| two.entry(index).unwrap()).collect();
        assert_eq!(read, [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]);
    }

    #[test]
    fn a_large_list_answers_as_the_bytes_do() {
        let mut bytes = vec![0_u8; 5 * 1024 * 1024 + 3];
        let mut state = 7_usize;
        for _ in 0..200_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 16) % bytes.len();
            bytes[at] = (state >> 8) as u8;
        }
        let list = list(4, &bytes).unwrap();
        assert!(list.memory() < bytes.len() / 2);
        let borders = (1..=5).flat_map(|mib: usize| (0..6).map(move |off| mib * 1024 * 1024 - 3 + off));
        for at in borders.chain([0, 1, bytes.len() - 1]).chain((0..bytes.len()).step_by(333_331)) {
            assert_eq!(list.entry(at as u64 * 2), Some(bytes[at] & 15), "{at}");
            assert_eq!(list.entry(at as u64 * 2 + 1), Some(bytes[at] >> 4), "{at}");
        }
        assert_eq!(list.entry(bytes.len() as u64 * 2), None);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let good = base64url::encode(&compress_to_vec_zlib(&[1, 2, 3], 9));
        assert!(StatusList::read(&payload("1", &good)).is_ok());
        for bits in ["0", "3", "16", "\"1\"", "1.0", "-1", "null"] {
            assert_eq!(StatusList::read(&payload(bits, &good)).err(), Some(StatusListFault::Invalid), "{bits}");
        }
        for lst in ["", "A", "eNrbuRgAAhcBXQ=", "eNrbuRgAAhcBXA", "eNrbuRgAAhcBXQAA"] {
            assert_eq!(StatusList::read(&payload("1", lst)).err(), Some(StatusListFault::Invalid), "{lst}");
        }
        assert_eq!(list(1, &vec![0; (16 << 20) + 1]).err(), Some(StatusListFault::TooLarge));
        assert_eq!(list(1, &vec![0; 16 << 20]).unwrap().size(), 1 << 27);
        for (name, value) in [("ttl", "0"), ("ttl", "\"60\""), ("exp", "\"1\""), ("iss", "7")] {
            let text = format!(r#"{{"sub":"https://s.example/1","iat":1,"{name}":{value},"status_list":{{"bits":1,"lst":"{good}"}}}}"#);
            assert!(StatusList::read(&json::parse_object(text.as_bytes()).unwrap()).is_err(), "{name} {value}");
        }
    }

    #[test]
    fn a_reference_names_one_entry_of_one_list() {
        let read = |text: &str| StatusReference::read(&json::parse(text.as_bytes()).unwrap());
        let with = |idx: &str| read(&format!(r#"{{"status_list":{{"idx":{idx},"uri":"https://s.example/1"}}}}"#));
        assert_eq!(with("7").unwrap().index, 7);
        assert!(!with("7").unwrap().has_others);
        assert_eq!(with("-1"), Err(ReferenceFault::Index));
        assert_eq!(with("2.0"), Err(ReferenceFault::Number));
        assert_eq!(with("1.5"), Err(ReferenceFault::Type));
        assert_eq!(with("\"3\""), Err(ReferenceFault::Type));
        assert_eq!(read(r#"{"other":{}}"#), Err(ReferenceFault::Mechanism));
        assert_eq!(read(r#"[]"#), Err(ReferenceFault::Type));
        assert!(read(r#"{"status_list":{"idx":0,"uri":"https://s.example/1"},"other":1}"#).unwrap().has_others);
        for uri in [
            "",
            "1",
            "javascript:alert(1)",
            "http://s.example/1",
            "https://",
            "https:///1",
            "https://a b/",
            "https://a@b/",
            "//s.example/1",
        ] {
            let text = format!(r#"{{"status_list":{{"idx":0,"uri":"{uri}"}}}}"#);
            assert_eq!(read(&text), Err(ReferenceFault::Uri), "{uri}");
        }
        for good in
            ["http://127.0.0.1:8080/1", "https://[2001:db8::1]:8443/1", "https://s.example?x#y", "http://[::1]/1", "http://localhost/"]
        {
            assert!(host(good).is_some(), "{good}");
        }
    }
}
