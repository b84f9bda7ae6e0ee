//! The files of a travel document's chip (ICAO Doc 9303-10, eighth edition): the signed table of digests and the data groups that it names; and the lists
//! of those who may sign it (Doc 9303-12). What is read here is as trusted as the digest that names it, and no more.

pub mod tlv;
pub mod country;
pub mod quirk;
pub mod security_object;
pub mod data_group;
pub mod vietnamese_card;
pub mod active_authentication;
pub mod master_list;
