//! Lists in order, and doubles in them: one sort of small integers and one of words for the whole crate, since each type that is sorted brings 600 bytes of its own.

use alloc::vec::Vec;

/// The places of the keys from the least to the greatest; equal keys keep their order.
///
/// ```
/// assert_eq!(eid_verifier::base::order::rising([5, -1, 5, 0]), [1, 3, 0, 2]);
/// ```
pub fn rising(keys: impl IntoIterator<Item = i64>) -> Vec<usize> {
    let mut order = Vec::new();
    for key in keys {
        order.push((key, order.len()));
    }
    places(order)
}

fn places(mut order: Vec<(i64, usize)>) -> Vec<usize> {
    order.sort_unstable();
    let mut places = Vec::with_capacity(order.len());
    for (_, place) in order {
        places.push(place);
    }
    places
}

/// Whether a text stands twice.
///
/// ```
/// use eid_verifier::base::order::has_doubles;
/// assert!(has_doubles(vec!["b", "a", "b"]) && !has_doubles(vec!["b", "a"]));
/// ```
pub fn has_doubles(mut texts: Vec<&str>) -> bool {
    texts.sort_unstable();
    texts.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
}
