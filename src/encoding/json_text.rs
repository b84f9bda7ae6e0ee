//! The grammar of JSON (RFC 8259, narrowed by RFC 7493), token by token over the text as received. What is built of the tokens is the business of
//! [`crate::encoding::json`] and [`crate::encoding::json_borrowed`].
//!
//! Our own reader, where a library would be the rule: `serde_json` was weighed alone at 7.7 KB more of the small build (a twentieth), and keeps decimals as written only with
//! `arbitrary_precision`, which is banned here. Strictness is what a verifier is for; `tests/json.rs` holds this one to `serde_json`, on text that others and chance wrote.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::base::Problem;
use crate::base::limits;
use crate::base::split::without_end;

/// One token, where a value is expected.
#[derive(Debug)]
pub enum Token<'a> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// An integer literal within ±(2^53 − 1).
    Int(i64),
    /// A literal with a fraction or an exponent, or `-0`: as it stands, within ±(2^53 − 1).
    Decimal(&'a str),
    /// A string: borrowed if there is no escape in it.
    Text(Cow<'a, str>),
    /// `[`, at a depth that is allowed.
    Array,
    /// `{`, at a depth that is allowed.
    Object,
}

/// A place in a text.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// At the beginning of a text.
    pub const fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// The next value or its opening bracket.
    ///
    /// # Errors
    /// [`Problem::Json`], [`Problem::Number`], [`Problem::TooDeep`].
    pub fn token(&mut self) -> Result<Token<'a>, Problem> {
        match self.visible() {
            Some(b'"') => self.string().map(Token::Text),
            Some(b'[') => self.deeper(Token::Array),
            Some(b'{') => self.deeper(Token::Object),
            Some(b'n') => self.word("null", Token::Null),
            Some(b't') => self.word("true", Token::Bool(true)),
            Some(b'f') => self.word("false", Token::Bool(false)),
            _ => self.number(),
        }
    }

    /// Whether a container goes on: past the comma before another member, or past the `close` that ends it.
    ///
    /// # Errors
    /// [`Problem::Json`].
    pub fn goes_on(&mut self, is_first: bool, close: u8) -> Result<bool, Problem> {
        let next = self.visible();
        if next == Some(close) {
            self.pass();
            self.depth = self.depth.saturating_sub(1);
            Ok(false)
        } else if is_first {
            Ok(true)
        } else {
            self.take(b',').map(|()| true)
        }
    }

    /// A member's name. What follows is [`Reader::colon`]'s business: a name may be refused before it.
    ///
    /// # Errors
    /// [`Problem::Json`].
    pub fn name(&mut self) -> Result<Cow<'a, str>, Problem> {
        if self.visible() == Some(b'"') { self.string() } else { Err(Problem::Json) }
    }

    /// The colon behind a name.
    ///
    /// # Errors
    /// [`Problem::Json`].
    pub fn colon(&mut self) -> Result<(), Problem> {
        self.visible();
        self.take(b':')
    }

    /// Nothing but white space is left.
    ///
    /// # Errors
    /// [`Problem::Json`].
    pub fn end(&mut self) -> Result<(), Problem> {
        if self.visible().is_none() { Ok(()) } else { Err(Problem::Json) }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    #[inline(always)] // a call a letter, where the rest is built for size
    fn here(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline(always)]
    fn pass(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// Past white space, and what stands there.
    fn visible(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.here() {
            self.pass();
        }
        self.here()
    }

    fn take(&mut self, wanted: u8) -> Result<(), Problem> {
        let found = self.here() == Some(wanted);
        self.pass();
        if found { Ok(()) } else { Err(Problem::Json) }
    }

    fn deeper(&mut self, token: Token<'a>) -> Result<Token<'a>, Problem> {
        if self.depth >= limits::JSON_DEPTH {
            return Err(Problem::TooDeep);
        }
        self.depth = self.depth.saturating_add(1);
        self.pass();
        Ok(token)
    }

    fn word(&mut self, word: &str, token: Token<'a>) -> Result<Token<'a>, Problem> {
        if !self.rest().starts_with(word) {
            return Err(Problem::Json);
        }
        self.at = self.at.saturating_add(word.len());
        Ok(token)
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Problem> {
        self.pass();
        let mut made = String::new();
        loop {
            let start = self.at;
            // by hand: an iterator's closure is a call a letter where the rest is built for size
            while self.here().is_some_and(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
                self.pass();
            }
            let plain = self.text.get(start..self.at).unwrap_or_default();
            let special = self.here();
            self.pass();
            match special {
                Some(b'"') if made.is_empty() => return Ok(Cow::Borrowed(plain)),
                Some(b'"') => {
                    made.push_str(plain);
                    return Ok(Cow::Owned(made));
                }
                Some(b'\\') => {
                    made.push_str(plain);
                    made.push(self.escaped()?);
                }
                _ => return Err(Problem::Json),
            }
        }
    }

    /// What a reverse solidus stands before (RFC 8259 §7).
    fn escaped(&mut self) -> Result<char, Problem> {
        let letter = self.here().ok_or(Problem::Json)?;
        self.pass();
        Ok(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b't' => '\t',
            b'n' => '\n',
            b'f' => '\u{c}',
            b'r' => '\r',
            b'u' => {
                let unit = self.unit()?;
                // a lone surrogate is no character, and char::from_u32 says so
                let point = if let 0xd800..0xdc00 = unit {
                    self.take(b'\\')?;
                    self.take(b'u')?;
                    let low = self.unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(Problem::Json)?;
                    ((unit & 0x3ff) << 10 | low).saturating_add(0x1_0000)
                } else {
                    unit
                };
                char::from_u32(point).ok_or(Problem::Json)?
            }
            _ => return Err(Problem::Json),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, Problem> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.here().and_then(|byte| char::from(byte).to_digit(16)).ok_or(Problem::Json)?;
            unit = unit << 4 | digit;
            self.pass();
        }
        Ok(unit)
    }

    /// RFC 8259 §6. An integer literal becomes one; any other literal stays text, so that nothing is rounded on the way through.
    fn number(&mut self) -> Result<Token<'a>, Problem> {
        let start = self.at;
        let is_negative = self.skip(b"-");
        let leads_with_zero = self.here() == Some(b'0');
        let mut whole = 0_i64;
        let mut digits = 0_usize;
        while let Some(digit @ b'0'..=b'9') = self.here() {
            whole = whole.saturating_mul(10).saturating_add(i64::from(digit & 0xf));
            digits = digits.saturating_add(1);
            self.pass();
        }
        if digits == 0 || (leads_with_zero && digits > 1) {
            return Err(Problem::Json);
        }
        let has_fraction = self.skip(b".");
        if has_fraction {
            self.digits()?;
        }
        let has_exponent = self.skip(b"eE");
        if has_exponent {
            self.skip(b"+-");
            self.digits()?;
        }
        if has_fraction || has_exponent || (is_negative && whole == 0) {
            let literal = self.text.get(start..self.at).unwrap_or_default();
            return if Magnitude::of(literal).is_exact() { Ok(Token::Decimal(literal)) } else { Err(Problem::Number) };
        }
        if whole > limits::MAX_SAFE_INTEGER {
            return Err(Problem::Number);
        }
        Ok(Token::Int(if is_negative { whole.saturating_neg() } else { whole }))
    }

    fn skip(&mut self, any: &[u8]) -> bool {
        let found = self.here().is_some_and(|byte| any.contains(&byte));
        if found {
            self.pass();
        }
        found
    }

    fn digits(&mut self) -> Result<(), Problem> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.here() {
            self.pass();
        }
        if self.at > start { Ok(()) } else { Err(Problem::Json) }
    }
}

/// How large the number of a literal is, by its digits: 0.d₁d₂… · 10^`point`, without zeros at either end.
#[derive(Debug, PartialEq, Eq)]
pub struct Magnitude {
    digits: String,
    point: i64,
}

impl Magnitude {
    /// Of a literal by RFC 8259 §6.
    pub fn of(literal: &str) -> Self {
        let (mut digits, mut point, mut exponent) = (String::new(), 0_i64, 0_i64);
        let (mut in_fraction, mut in_exponent, mut is_small) = (false, false, false);
        for letter in literal.chars() {
            match letter {
                '.' => in_fraction = true,
                'e' | 'E' => in_exponent = true,
                '-' => is_small = in_exponent,
                _ if in_exponent => {
                    exponent = exponent.saturating_mul(10).saturating_add(i64::from(letter.to_digit(10).unwrap_or_default()))
                }
                '0' if digits.is_empty() => point = point.saturating_sub(i64::from(in_fraction)),
                '0'..='9' => {
                    digits.push(letter);
                    point = point.saturating_add(i64::from(!in_fraction));
                }
                _ => {}
            }
        }
        digits.truncate(without_end(&digits, b'0').len());
        Self { digits, point: point.saturating_add(if is_small { exponent.saturating_neg() } else { exponent }) }
    }

    /// Within 2^53 − 1.
    fn is_exact(&self) -> bool {
        const LARGEST: &str = "9007199254740991"; // limits::MAX_SAFE_INTEGER, 16 digits
        self.digits.is_empty() || self.point < 16 || (self.point == 16 && self.digits.as_str() <= LARGEST)
    }

    /// Whether it is an integer.
    pub fn is_whole(&self) -> bool {
        i64::try_from(self.digits.len()).is_ok_and(|digits| self.digits.is_empty() || digits <= self.point)
    }

    /// Whether it is this digit.
    pub fn is_digit(&self, digit: &str) -> bool {
        self.point == 1 && self.digits == digit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn magnitudes_are_told_by_digits() {
        for exact in [
            "1.5",
            "-0",
            "0.0",
            "0e999999999999999999999",
            "9007199254740991.0",
            "9.007199254740991e15",
            "90071992547409910e-1",
            "1e-400",
            "0.00001e20",
        ] {
            assert!(Magnitude::of(exact).is_exact(), "{exact}");
        }
        for beyond in [
            "9007199254740991.5",
            "9007199254740992.0",
            "1e16",
            "1E+16",
            "0.00001e21",
            "1e99999999999999999999",
            "9.007199254740992e15",
            "123456789012345678.9",
        ] {
            assert!(!Magnitude::of(beyond).is_exact(), "{beyond}");
        }
        for whole in ["2.0", "2e0", "20e-1", "0.2e1", "-0", "0.0", "1e3"] {
            assert!(Magnitude::of(whole).is_whole(), "{whole}");
        }
        for part in ["2.5", "1e-1", "0.5"] {
            assert!(!Magnitude::of(part).is_whole(), "{part}");
        }
        assert!(Magnitude::of("0.02e2").is_digit("2") && !Magnitude::of("20.0").is_digit("2"));
    }
}
