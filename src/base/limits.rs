//! Ceilings: every number has a name and a source. Above a ceiling an input is refused before any copy.

/// Compact token, 64 KiB (contract §11): ten times the largest honest presentation with a 24 KiB portrait.
pub const TOKEN: usize = 64 * 1024;
/// Signed trust list, 4 MiB (contract §11).
pub const TRUST_LIST: usize = 4 * 1024 * 1024;
/// Status list after inflating, 16 MiB (contract §11): 2^27 one-bit entries.
pub const STATUS_LIST_INFLATED: usize = 16 * 1024 * 1024;
/// Status list token as received. A list of 16 MiB of noise does not shrink, base64url adds a third (contract §11).
pub const STATUS_LIST_TOKEN: usize = 24 * 1024 * 1024;
/// Nesting of JSON containers; the outermost counts as 1, 32 passes, 33 does not (contract §11, §12).
pub const JSON_DEPTH: usize = 32;
/// Disclosures in one presentation (contract §11).
pub const DISCLOSURES: usize = 256;
/// Largest integer that JavaScript holds exactly, 2^53 − 1 (ECMA-262 §21.1.2.6; contract §12 "Values").
pub const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;
/// 9999-12-31T23:59:59Z, the last second that RFC 3339 can write (attacks row 177).
pub const MAX_NUMERIC_DATE: i64 = 253_402_300_799;
/// Portrait claim, 24 KiB decoded (contract §12 "Types").
pub const PORTRAIT: usize = 24 * 1024;
/// Nesting of DER values; a signed LDS object with its certificates needs 11, a certificate with an explicit curve 8 (vectors: emrtd).
pub const DER_DEPTH: usize = 32;
/// EF.SOD, 256 KiB (contract §11): the largest known real one is below 8 KiB.
pub const SOD: usize = 256 * 1024;
/// One data group, 1 MiB (contract §11): a portrait in DG2 takes 12 to 40 KiB.
pub const DATA_GROUP: usize = 1024 * 1024;
/// ICAO master list, 8 MiB (contract §11): the German list of 2026 with 588 certificates takes 0.9 MiB.
pub const MASTER_LIST: usize = 8 * 1024 * 1024;
