//! Floor 4: what the bytes say. Reads claims, MRZ fields, data groups and list entries into plain values; judges nothing.

pub mod claims;
pub mod holder;
pub mod issuer;
#[cfg(feature = "mrz")]
pub mod mrz;
pub mod profile;
#[cfg(feature = "sd-jwt")]
pub mod sd_jwt;
