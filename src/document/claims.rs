//! Typed readings of single claims (RFC 7519 §4.1; contract §12 "Types").

use crate::base::limits;
use crate::base::{Date, UnixTime};
use crate::encoding::json::{Object, Value};

/// Why a claim is no value of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimFault {
    /// Another JSON type.
    Type,
    /// The right JSON type, but no such value.
    Value,
    /// A number that is no integer literal, or out of range.
    Number,
}

/// A NumericDate, whole seconds (RFC 7519 §2, narrowed by contract §12); `None` if absent.
///
/// # Errors
/// [`ClaimFault::Type`] for anything but a number; [`ClaimFault::Number`] for decimals, negatives and what RFC 3339 cannot write.
pub fn numeric_date(claims: &Object, name: &str) -> Result<Option<UnixTime>, ClaimFault> {
    match claims.get(name) {
        None => Ok(None),
        Some(Value::Int(seconds)) if (0..=limits::MAX_NUMERIC_DATE).contains(seconds) => Ok(Some(UnixTime(*seconds))),
        Some(Value::Int(_) | Value::Decimal(_)) => Err(ClaimFault::Number),
        Some(Value::Null | Value::Bool(_) | Value::Text(_) | Value::Array(_) | Value::Object(_)) => Err(ClaimFault::Type),
    }
}

/// A string; `None` if absent.
///
/// # Errors
/// [`ClaimFault::Type`].
pub fn text<'a>(claims: &'a Object, name: &str) -> Result<Option<&'a str>, ClaimFault> {
    match claims.get(name) {
        None => Ok(None),
        Some(Value::Text(text)) => Ok(Some(text)),
        Some(_) => Err(ClaimFault::Type),
    }
}

/// A date `YYYY-MM-DD`; `None` if absent.
///
/// # Errors
/// [`ClaimFault::Type`], or [`ClaimFault::Value`] for a day that does not exist.
pub fn date(claims: &Object, name: &str) -> Result<Option<Date>, ClaimFault> {
    text(claims, name)?.map(|text| Date::parse(text).ok_or(ClaimFault::Value)).transpose()
}

/// An instant of RFC 3339; `None` if absent.
///
/// # Errors
/// [`ClaimFault::Type`], or [`ClaimFault::Value`].
pub fn instant(claims: &Object, name: &str) -> Result<Option<UnixTime>, ClaimFault> {
    text(claims, name)?.map(|text| UnixTime::parse_rfc3339(text).ok_or(ClaimFault::Value)).transpose()
}
