//! Text in parts, at an ASCII letter: what `str` does for any character, without its search for any character (2 KB of the small build).

/// What stands before and after the first `letter`.
///
/// ```
/// use eid_verifier::base::split::first;
/// assert_eq!(first("a~b~c", b'~'), Some(("a", "b~c")));
/// assert_eq!(first("~a", b'~'), Some(("", "a")));
/// assert_eq!(first("ế", b'~'), None);
/// ```
pub fn first(text: &str, letter: u8) -> Option<(&str, &str)> {
    around(text, text.bytes().position(|byte| byte == letter)?)
}

/// What stands before and after the last `letter`.
///
/// ```
/// use eid_verifier::base::split::last;
/// assert_eq!(last("a~b~c", b'~'), Some(("a~b", "c")));
/// assert_eq!(last("a~", b'~'), Some(("a", "")));
/// assert_eq!(last("ế", b'~'), None);
/// ```
pub fn last(text: &str, letter: u8) -> Option<(&str, &str)> {
    around(text, text.bytes().rposition(|byte| byte == letter)?)
}

fn around(text: &str, at: usize) -> Option<(&str, &str)> {
    let (head, tail) = text.split_at_checked(at)?;
    Some((head, tail.get(1..)?))
}

/// What stands between one `letter` and the next.
///
/// ```
/// use eid_verifier::base::split::parts;
/// assert!(parts("a~~b", b'~').eq(["a", "", "b"]) && parts("", b'~').eq([""]));
/// ```
pub const fn parts(text: &str, letter: u8) -> Parts<'_> {
    Parts { rest: Some(text), letter }
}

/// See [`parts`].
#[derive(Debug)]
pub struct Parts<'a> {
    rest: Option<&'a str>,
    letter: u8,
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.rest?;
        let (part, rest) = first(text, self.letter).map_or((text, None), |(part, rest)| (part, Some(rest)));
        self.rest = rest;
        Some(part)
    }
}

/// Up to the `filler` at the end, of which there may be any number.
///
/// ```
/// use eid_verifier::base::split::without_end;
/// assert_eq!([without_end("A<B<<", b'<'), without_end("<<", b'<'), without_end("AB", b'<')], ["A<B", "", "AB"]);
/// ```
pub fn without_end(text: &str, filler: u8) -> &str {
    let end = text.bytes().rposition(|byte| byte != filler).map_or(0, |last| last.saturating_add(1));
    text.get(..end).unwrap_or(text) // not within a character: of one of several bytes the last is no filler
}
