//! Floor 3: who signed which bytes. The only floor that can make something [`verified::Verified`].

pub mod jws;
pub mod verified;
