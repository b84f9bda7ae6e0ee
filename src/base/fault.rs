//! What went wrong below the judge: which part, what problem, where. Never any text of the input.

/// A range of byte offsets in the outermost input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// The part of an input that a fault speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The input as handed over.
    Input,
    /// JWS protected header (RFC 7515 §4).
    Header,
    /// JWS payload.
    Payload,
    /// JWS signature.
    Signature,
    /// An SD-JWT disclosure (RFC 9901 §4.2).
    Disclosure,
    /// A key.
    Key,
}

/// The kind of fault, below any judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing there.
    Empty,
    /// Above a ceiling of [`crate::base::limits`].
    TooLarge,
    /// Not the alphabet, padding, or UTF-8 that the format prescribes.
    Encoding,
    /// The number or order of parts is wrong.
    Structure,
    /// Not JSON of the shape asked for (RFC 8259).
    Json,
    /// A member name twice in one object.
    DuplicateKey,
    /// Nested deeper than [`crate::base::limits::JSON_DEPTH`].
    TooDeep,
    /// A number that cannot be carried exactly.
    Number,
    /// A member name that must not occur (`__proto__`).
    ForbiddenName,
}

/// A fault of syntax: part, problem and place, and no text of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Where in the format.
    pub part: Part,
    /// What is wrong.
    pub problem: Problem,
    /// Where in the bytes, if known.
    pub at: Option<Span>,
}

impl ParseError {
    /// A fault without a place.
    pub const fn new(part: Part, problem: Problem) -> Self {
        Self { part, problem, at: None }
    }

    /// The same fault at a place.
    #[must_use]
    pub const fn at(self, at: Span) -> Self {
        Self { at: Some(at), ..self }
    }
}
