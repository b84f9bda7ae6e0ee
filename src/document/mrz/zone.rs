//! A zone that was read: fields by position, check digits as findings.

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::split::without_end;
use crate::base::{Date, Span};
use crate::document::mrz::check_digit;
use crate::document::mrz::dates::{PrintedDate, ResolvedDate};
use crate::document::mrz::layout::{Field, Format, Layout, NONE};
use crate::document::mrz::names::Names;
use crate::document::states;

/// Cells of the largest format, TD1: 3 × 30.
const MOST_CELLS: usize = 90;
/// No text longer than this can be a zone: 90 cells, 2 line ends, 4 bytes a character (so that a wrong character is still named).
const MOST_BYTES: usize = 4 * 92;

/// A machine readable zone of well-formed shape. What it says is not thereby true.
#[derive(Clone)]
pub struct Mrz {
    format: Format,
    cells: [u8; MOST_CELLS],
    /// Where a long document number runs on, without its check digit.
    overflow: Option<Span>,
    digits: Vec<Digit>,
}

/// Why a text is not a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MrzFault {
    /// What is wrong.
    pub problem: MrzProblem,
    /// Where in the text, in bytes.
    pub at: Option<Span>,
}

/// The kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MrzProblem {
    /// Not 3 lines of 30, 2 of 36 or 2 of 44 characters, separated by one line feed each.
    Length,
    /// A character outside `A–Z`, `0–9`, `<`.
    Charset,
    /// A field holds what its format does not allow there.
    Format,
}

/// A check digit and whether it agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digit {
    /// What it is computed over.
    pub field: Field,
    /// Whether it is a digit, and the right one.
    pub ok: bool,
    /// Where it stands in the text, in bytes.
    pub at: Span,
}

/// Sex as printed; `<` is unspecified (Doc 9303-4 §4.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// `M`
    Male,
    /// `F`
    Female,
    /// `<`
    Unspecified,
}

// what a zone says of a person stays out of Debug
impl core::fmt::Debug for Mrz {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Mrz({})", self.format.name())
    }
}

impl Mrz {
    /// Reads a zone as it stands: no trimming, no upcasing, one `\n` between lines and none after the last.
    ///
    /// # Errors
    /// [`MrzFault`]: length first, then alphabet, then fields from left to right. Check digits and dates are no faults here, save the
    /// digit that ends a long document number, which alone tells where that number ends.
    ///
    /// ```
    /// use eid_verifier::document::mrz::{Mrz, MrzProblem};
    /// let text = "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"; // Doc 9303-11 App. D
    /// assert_eq!(Mrz::parse(text).unwrap().document_number(), "D23145890734");
    /// assert_eq!(Mrz::parse(&text.replace('\n', "\r\n")).unwrap_err().problem, MrzProblem::Length);
    /// ```
    pub fn parse(text: &str) -> Result<Self, MrzFault> {
        let format = format_of(text).ok_or(MrzFault { problem: MrzProblem::Length, at: None })?;
        let mut zone = Self { format, cells: [b'<'; MOST_CELLS], overflow: None, digits: Vec::new() };
        let mut cells = zone.cells.iter_mut();
        // by hand here and in `format_of`: adaptors are calls, where the rest is built for size
        let mut next = 0_usize;
        for &byte in text.as_bytes() {
            let start = next;
            next = next.saturating_add(1);
            if byte == b'\n' {
                continue;
            }
            match (check_digit::value(byte), cells.next()) {
                (Some(_), Some(cell)) => *cell = byte,
                (None, _) | (_, None) => {
                    // everything before it is of one byte each
                    let length = text.get(start..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
                    let at = Span::new(start, start.saturating_add(length));
                    return Err(MrzFault { problem: MrzProblem::Charset, at: Some(at) });
                }
            }
        }
        match zone.check_fields() {
            Ok(overflow) => {
                zone.overflow = overflow;
                zone.digits = zone.read_digits();
                Ok(zone)
            }
            Err(cells) => Err(MrzFault { problem: MrzProblem::Format, at: Some(zone.in_text(cells)) }),
        }
    }

    /// The format.
    pub const fn format(&self) -> Format {
        self.format
    }

    /// Document code: `P`, `ID`, `V`, …
    pub fn document_code(&self) -> &str {
        self.trimmed(self.layout().code)
    }

    /// Issuing state or organisation, [`states`]' code without fillers.
    pub fn issuing_state(&self) -> &str {
        self.trimmed(self.layout().state)
    }

    /// Nationality, [`states`]' code without fillers.
    pub fn nationality(&self) -> &str {
        self.trimmed(self.layout().nationality)
    }

    /// Document number, joined if it runs on into the optional data. A `<` inside stands for a character that a zone cannot hold.
    pub fn document_number(&self) -> String {
        let mut number = String::from(self.trimmed(self.layout().number));
        number.push_str(self.overflow.map_or("", |span| self.text(span)));
        number
    }

    /// The name field.
    pub fn names(&self) -> Names<'_> {
        Names::new(self.at(self.layout().names))
    }

    /// Sex.
    pub fn sex(&self) -> Sex {
        match self.cell(self.layout().sex) {
            b'M' => Sex::Male,
            b'F' => Sex::Female,
            _ => Sex::Unspecified,
        }
    }

    /// Optional data without trailing fillers: one text, two for TD1. What a long document number took is not in it.
    pub fn optional(&self) -> (&str, Option<&str>) {
        let [mut first, second] = self.layout().optional;
        if let Some(overflow) = self.overflow {
            first.start = overflow.end.saturating_add(2); // its digit and its terminator
        }
        (self.trimmed(first), (second != NONE).then(|| self.trimmed(second)))
    }

    /// Date of birth as printed; `None` if it is no date.
    pub fn printed_birth(&self) -> Option<PrintedDate> {
        PrintedDate::read(self.at(self.layout().birth))
    }

    /// Date of expiry as printed; `None` if it is no date. Unknown parts are for births only (Doc 9303-3 §4.8).
    pub fn printed_expiry(&self) -> Option<PrintedDate> {
        PrintedDate::read(self.at(self.layout().expiry)).filter(|date| date.is_complete())
    }

    /// Where the date of birth stands in the text, in bytes.
    pub fn birth_at(&self) -> Span {
        self.in_text(self.layout().birth)
    }

    /// Where the date of expiry stands in the text, in bytes.
    pub fn expiry_at(&self) -> Span {
        self.in_text(self.layout().expiry)
    }

    /// Date of birth on `today`, never in the future. A Vietnamese card's personal number names the century.
    pub fn birth(&self, today: Date) -> Option<ResolvedDate> {
        let printed = self.printed_birth()?;
        let century = self.personal_number().and_then(century_of);
        century.and_then(|century| printed.born_in(century, today)).or_else(|| printed.birth(today))
    }

    /// Date of expiry as seen on `today`. Ask [`Mrz::never_expires`] first.
    pub fn expiry(&self, today: Date) -> Option<ResolvedDate> {
        self.printed_expiry()?.expiry(today)
    }

    /// Whether this is a Vietnamese card without a date of expiry: its zone prints 991231 (Law on Identity 2023 Art. 21; zone as
    /// seen on cards, no published source).
    pub fn never_expires(&self) -> bool {
        self.is_vietnamese_card() && self.at(self.layout().expiry) == b"991231"
    }

    /// The holder's 12-digit number on a Vietnamese card, if it ends in the document number.
    ///
    /// Line 1 is `IDVNM`, its last nine digits, a check digit, all twelve digits, `<<`, their check digit.
    pub fn personal_number(&self) -> Option<&str> {
        let number = self.text(self.twelve_digits()?);
        number.ends_with(self.trimmed(self.layout().number)).then_some(number)
    }

    /// Every check digit, in the order of the zone.
    pub fn digits(&self) -> &[Digit] {
        &self.digits
    }

    fn read_digits(&self) -> Vec<Digit> {
        let layout = self.layout();
        let mut digits = Vec::with_capacity(5);
        let rest = self.overflow.unwrap_or(NONE);
        let number_digit = if rest == NONE { layout.number_digit } else { rest.end };
        digits.push(self.digit(Field::DocumentNumber, &[layout.number, rest], number_digit));
        if let Some((span, position)) = self.vietnamese_optional() {
            digits.push(self.digit(Field::Optional, &[span], position));
        }
        digits.push(self.digit(Field::Birth, &[layout.birth], layout.birth_digit));
        digits.push(self.digit(Field::Expiry, &[layout.expiry], layout.expiry_digit));
        if let Some(position) = layout.optional_digit {
            let [span, _] = layout.optional;
            let mut digit = self.digit(Field::Optional, &[span], position);
            // an unused field may have a filler instead of 0 (Doc 9303-4 §4.2.2, position 43)
            digit.ok |= self.cell(position) == b'<' && self.trimmed(span).is_empty();
            digits.push(digit);
        }
        if let Some(position) = layout.composite {
            digits.push(self.digit(Field::Composite, &layout.composed, position));
        }
        digits
    }

    #[inline(never)]
    fn digit(&self, field: Field, spans: &[Span], position: usize) -> Digit {
        let mut sum = check_digit::Sum::default();
        for span in spans {
            sum.add(self.at(*span));
        }
        let cell = Span::new(position, position.saturating_add(1));
        Digit { field, ok: sum.agrees(self.cell(position)), at: self.in_text(cell) }
    }

    const fn layout(&self) -> &'static Layout {
        self.format.layout()
    }

    fn at(&self, span: Span) -> &[u8] {
        self.cells.get(span.start..span.end).unwrap_or_default()
    }

    fn cell(&self, position: usize) -> u8 {
        self.cells.get(position).copied().unwrap_or(b'<')
    }

    fn text(&self, span: Span) -> &str {
        core::str::from_utf8(self.at(span)).unwrap_or_default()
    }

    fn trimmed(&self, span: Span) -> &str {
        without_end(self.text(span), b'<')
    }

    /// Cells to bytes of the text: one line feed before each line but the first. Fields do not cross lines.
    pub(crate) fn in_text(&self, cells: Span) -> Span {
        let line_feeds = cells.start.checked_div(self.layout().width).unwrap_or_default();
        Span::new(cells.start.saturating_add(line_feeds), cells.end.saturating_add(line_feeds))
    }

    /// Fields that may hold only some characters. Gives the cells at fault, or where a long document number runs on.
    fn check_fields(&self) -> Result<Option<Span>, Span> {
        let layout = self.layout();
        let code = match (self.at(layout.code), self.format) {
            ([b'P', second], Format::Td3) | ([b'V', second], Format::MrvA | Format::MrvB) => *second,
            // the second character is the issuer's, save V (Doc 9303-5 §4.2.2 note k, -6 §4.2.2 note k)
            ([b'A' | b'C' | b'I', second], Format::Td1 | Format::Td2) if *second != b'V' => *second,
            _ => return Err(layout.code),
        };
        if code != b'<' && !code.is_ascii_uppercase() {
            return Err(layout.code);
        }
        for span in [layout.state, layout.nationality] {
            if !states::is_listed_cells(self.at(span)) {
                return Err(span);
            }
        }
        if self.cell(layout.number.start) == b'<' {
            return Err(layout.number);
        }
        if !matches!(self.cell(layout.sex), b'M' | b'F' | b'<') {
            return Err(Span::new(layout.sex, layout.sex.saturating_add(1)));
        }
        if !self.names().are_letters() {
            return Err(layout.names);
        }
        if layout.format.overflows() && self.cell(layout.number_digit) == b'<' {
            return self.find_overflow().map(Some);
        }
        Ok(None)
    }

    /// A `<` for the check digit announces a long number: the rest of it, its digit and a terminating `<` open the optional data.
    fn find_overflow(&self) -> Result<Span, Span> {
        let layout = self.layout();
        let [optional, _] = layout.optional;
        let length = self.at(optional).iter().position(|&cell| cell == b'<').ok_or(optional)?;
        let end = optional.start.saturating_add(length).saturating_sub(1);
        let rest = Span::new(optional.start, end);
        if rest.end <= rest.start || self.at(layout.number).contains(&b'<') {
            return Err(Span::new(layout.number.start, layout.number_digit.saturating_add(1)));
        }
        let digit = self.digit(Field::DocumentNumber, &[layout.number, rest], end);
        if digit.ok { Ok(rest) } else { Err(Span::new(end, end.saturating_add(1))) }
    }

    fn is_vietnamese_card(&self) -> bool {
        self.format == Format::Td1 && self.issuing_state() == "VNM" && self.nationality() == "VNM" && self.document_code().starts_with('I')
    }

    /// The first twelve cells of a Vietnamese card's optional data, if digits.
    fn twelve_digits(&self) -> Option<Span> {
        let [optional, _] = self.layout().optional;
        let twelve = Span::new(optional.start, optional.start.saturating_add(12));
        (self.is_vietnamese_card() && self.overflow.is_none() && self.at(twelve).iter().all(u8::is_ascii_digit)).then_some(twelve)
    }

    /// The twelve digits and the place of their own check digit, if the card has one.
    fn vietnamese_optional(&self) -> Option<(Span, usize)> {
        let twelve = self.twelve_digits()?;
        let position = twelve.end.saturating_add(2);
        let has_digit = self.at(Span::new(twelve.end, position)) == b"<<" && self.cell(position) != b'<';
        has_digit.then_some((twelve, position))
    }
}

/// The century that the fourth digit of a personal number names (Decree 137/2015 Art. 13: 0–1 the 20th, 2–3 the 21st, …).
fn century_of(personal_number: &str) -> Option<i32> {
    let digit = i32::from(personal_number.as_bytes().get(3)?.checked_sub(b'0')?);
    Some(digit.div_euclid(2).saturating_mul(100).saturating_add(1900))
}

/// The format by number and length of lines, in characters; `V` in front makes a visa.
pub(crate) fn format_of(text: &str) -> Option<Format> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let (mut lines, mut width, mut first) = (1_u32, 0_u32, None);
    for &byte in text.as_bytes() {
        if byte == b'\n' {
            if *first.get_or_insert(width) != width {
                return None;
            }
            (lines, width) = (lines.saturating_add(1), 0);
        } else if byte & 0xC0 != 0x80 {
            width = width.saturating_add(1); // every byte that does not continue a character starts one (RFC 3629 §3)
        }
    }
    match (lines, width, text.starts_with('V')) {
        _ if first != Some(width) => None,
        (3, 30, _) => Some(Format::Td1),
        (2, 36, false) => Some(Format::Td2),
        (2, 44, false) => Some(Format::Td3),
        (2, 44, true) => Some(Format::MrvA),
        (2, 36, true) => Some(Format::MrvB),
        _ => None,
    }
}
