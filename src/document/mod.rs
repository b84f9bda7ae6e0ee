//! Floor 4: what the bytes say. Reads claims, MRZ fields, data groups and list entries into plain values; judges nothing.

pub mod claims;
pub mod states;

pub mod holder;
pub mod issuer;
pub mod profile;
#[cfg(feature = "sd-jwt")]
pub mod sd_jwt;
#[cfg(feature = "lists")]
pub mod status_list;
#[cfg(feature = "cwt")]
pub mod status_cwt;
#[cfg(feature = "lists")]
pub mod trust_list;
#[cfg(feature = "lists")]
pub mod account_state;
#[cfg(feature = "lists")]
pub mod relying_party;
#[cfg(feature = "mrz")]
pub mod mrz;
#[cfg(feature = "mrz")]
pub mod vn_qr;
#[cfg(feature = "emrtd")]
pub mod emrtd;
