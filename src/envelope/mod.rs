//! Floor 3: who signed which bytes. The only floor that can make something [`verified::Verified`].

pub mod verified;
pub mod jws;
#[cfg(feature = "lists")]
pub mod jws_general;
#[cfg(feature = "cwt")]
pub mod cose;
#[cfg(feature = "emrtd")]
pub mod signer;
#[cfg(feature = "emrtd")]
mod x509_parts;
#[cfg(feature = "emrtd")]
pub mod x509;
#[cfg(feature = "emrtd")]
pub mod crl;
#[cfg(feature = "emrtd")]
pub mod cms;
