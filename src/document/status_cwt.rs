//! The Status List Token in CWT form (draft-ietf-oauth-status-list §5.2): the claims of the JWT form under CBOR's labels.

use alloc::borrow::ToOwned;
use alloc::string::String;

use crate::base::{UnixTime, limits};
use crate::document::status_list::{Claims, StatusList, StatusListFault};
use crate::encoding::cbor::{self, Cbor, Label};

/// `typ` of a Status List Token in CWT form (§5.2; RFC 9596).
pub const TYPE: &str = "application/statuslist+cwt";

/// Labels of claims (RFC 8392 §4; §5.2).
const ISSUER: Label<'_> = Label::Int(1);
const SUBJECT: Label<'_> = Label::Int(2);
const EXPIRES: Label<'_> = Label::Int(4);
const ISSUED: Label<'_> = Label::Int(6);
const TIME_TO_LIVE: Label<'_> = Label::Int(65_534);
const STATUS_LIST: Label<'_> = Label::Int(65_533);

/// Reads the payload, the list to its end.
///
/// # Errors
/// [`StatusListFault`].
pub fn read(payload: &[u8]) -> Result<StatusList, StatusListFault> {
    claims(payload).ok_or(StatusListFault::Invalid).and_then(StatusList::build)
}

fn claims(payload: &[u8]) -> Option<Claims> {
    let token = cbor::parse(payload).ok()?;
    let list = token.get(STATUS_LIST)?;
    Some(Claims {
        subject: token.get(SUBJECT)?.as_text().filter(|sub| !sub.is_empty())?.to_owned(),
        issuer: optional(&token, ISSUER, Cbor::as_text)?.map(ToOwned::to_owned),
        issued: date(token.get(ISSUED)?)?,
        expires: optional(&token, EXPIRES, date)?,
        time_to_live: optional(&token, TIME_TO_LIVE, |ttl| ttl.as_int().filter(|ttl| (1..=limits::MAX_NUMERIC_DATE).contains(ttl)))?,
        bits: list.get(Label::Text("bits"))?.as_int()?,
        stream: list.get(Label::Text("lst"))?.as_bytes()?.to_vec(),
    })
}

/// Absent, or of its type.
#[allow(clippy::option_option, reason = "absent and wrong are two things")]
fn optional<'t, 'a, T>(token: &'t Cbor<'a>, label: Label<'_>, read: impl FnOnce(&'t Cbor<'a>) -> Option<T>) -> Option<Option<T>> {
    match token.get(label) {
        None => Some(None),
        Some(value) => read(value).map(Some),
    }
}

/// NumericDate: whole seconds (contract §12 "Types"), from 0 on, as in the JWT form.
fn date(value: &Cbor<'_>) -> Option<UnixTime> {
    value.as_int().filter(|seconds| (0..=limits::MAX_NUMERIC_DATE).contains(seconds)).map(UnixTime)
}

/// What an unbelieved token says of itself: good for asking which key to try.
#[derive(Debug, Default)]
pub struct Hint {
    /// `sub`.
    pub subject: Option<String>,
    /// `iss`.
    pub issuer: Option<String>,
    /// `iat`.
    pub issued: Option<i64>,
}

/// Reads the hint; of bytes that are no token, an empty one.
pub fn hint(payload: &[u8]) -> Hint {
    let Ok(token) = cbor::parse(payload) else { return Hint::default() };
    let text = |label| token.get(label).and_then(Cbor::as_text).map(ToOwned::to_owned);
    Hint { subject: text(SUBJECT), issuer: text(ISSUER), issued: token.get(ISSUED).and_then(Cbor::as_int) }
}
