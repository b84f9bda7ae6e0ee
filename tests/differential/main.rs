//! Our compositions of other people's arithmetic against their own: the same verdict on every signature, good, bent and made up, whether the key is warm or cold.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, unreachable_pub, missing_docs)]

mod ed25519;
mod p256;
mod random;
