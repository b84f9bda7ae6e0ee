//! Text in two, at an ASCII letter.

/// What stands before and after the last `letter`: `str::rsplit_once` for ASCII, without its search for any character (700 bytes of the small build).
///
/// ```
/// use eid_verifier::base::split::last;
/// assert_eq!(last("a~b~c", b'~'), Some(("a~b", "c")));
/// assert_eq!(last("a~", b'~'), Some(("a", "")));
/// assert_eq!(last("ế", b'~'), None);
/// ```
pub fn last(text: &str, letter: u8) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == letter)?;
    let (head, tail) = text.split_at_checked(at)?;
    Some((head, tail.get(1..)?))
}
