//! Where each field stands: one table row per format (Doc 9303-4 §4.2, -5 §4.2, -6 §4.2, -7 §4.2 and §5.2).

use crate::base::Span;

/// The five formats of a machine readable zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Card, 3 lines of 30 (Doc 9303-5).
    Td1,
    /// Card, 2 lines of 36 (Doc 9303-6).
    Td2,
    /// Passport, 2 lines of 44 (Doc 9303-4).
    Td3,
    /// Visa, 2 lines of 44 (Doc 9303-7 §4).
    MrvA,
    /// Visa, 2 lines of 36 (Doc 9303-7 §5).
    MrvB,
}

impl Format {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Td1 => "TD1",
            Self::Td2 => "TD2",
            Self::Td3 => "TD3",
            Self::MrvA => "MRV-A",
            Self::MrvB => "MRV-B",
        }
    }

    pub(crate) const fn layout(self) -> &'static Layout {
        match self {
            Self::Td1 => &TD1,
            Self::Td2 => &TD2,
            Self::Td3 => &TD3,
            Self::MrvA => &MRV_A,
            Self::MrvB => &MRV_B,
        }
    }

    /// Whether a document number of more than nine characters runs on into the optional data (Doc 9303-5 §4.2.2 note j, -6 §4.2.2 note j).
    pub(crate) const fn overflows(self) -> bool {
        match self {
            Self::Td1 | Self::Td2 => true,
            Self::Td3 | Self::MrvA | Self::MrvB => false,
        }
    }
}

/// A field that has a check digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Document number.
    DocumentNumber,
    /// Date of birth.
    Birth,
    /// Date of expiry.
    Expiry,
    /// Personal number or other optional data.
    Optional,
    /// The composite digit over several fields.
    Composite,
}

impl Field {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DocumentNumber => "documentNumber",
            Self::Birth => "birth",
            Self::Expiry => "expiry",
            Self::Optional => "optional",
            Self::Composite => "composite",
        }
    }
}

/// Positions of a format, counted from 0 over the lines joined together.
pub(crate) struct Layout {
    pub(crate) format: Format,
    pub(crate) width: usize,
    pub(crate) code: Span,
    pub(crate) state: Span,
    pub(crate) names: Span,
    pub(crate) number: Span,
    pub(crate) number_digit: usize,
    pub(crate) nationality: Span,
    pub(crate) birth: Span,
    pub(crate) birth_digit: usize,
    pub(crate) sex: usize,
    pub(crate) expiry: Span,
    pub(crate) expiry_digit: usize,
    /// Optional data; the second is TD1's alone.
    pub(crate) optional: [Span; 2],
    pub(crate) optional_digit: Option<usize>,
    pub(crate) composite: Option<usize>,
    /// What the composite digit is computed over.
    pub(crate) composed: [Span; 4],
}

/// No cells.
pub(crate) const NONE: Span = Span::new(0, 0);

const TD1: Layout = Layout {
    format: Format::Td1,
    width: 30,
    code: Span::new(0, 2),
    state: Span::new(2, 5),
    names: Span::new(60, 90),
    number: Span::new(5, 14),
    number_digit: 14,
    nationality: Span::new(45, 48),
    birth: Span::new(30, 36),
    birth_digit: 36,
    sex: 37,
    expiry: Span::new(38, 44),
    expiry_digit: 44,
    optional: [Span::new(15, 30), Span::new(48, 59)],
    optional_digit: None,
    composite: Some(59),
    composed: [Span::new(5, 30), Span::new(30, 37), Span::new(38, 45), Span::new(48, 59)],
};

const TD2: Layout = Layout {
    format: Format::Td2,
    width: 36,
    code: Span::new(0, 2),
    state: Span::new(2, 5),
    names: Span::new(5, 36),
    number: Span::new(36, 45),
    number_digit: 45,
    nationality: Span::new(46, 49),
    birth: Span::new(49, 55),
    birth_digit: 55,
    sex: 56,
    expiry: Span::new(57, 63),
    expiry_digit: 63,
    optional: [Span::new(64, 71), NONE],
    optional_digit: None,
    composite: Some(71),
    composed: [Span::new(36, 46), Span::new(49, 56), Span::new(57, 71), NONE],
};

const TD3: Layout = Layout {
    format: Format::Td3,
    width: 44,
    code: Span::new(0, 2),
    state: Span::new(2, 5),
    names: Span::new(5, 44),
    number: Span::new(44, 53),
    number_digit: 53,
    nationality: Span::new(54, 57),
    birth: Span::new(57, 63),
    birth_digit: 63,
    sex: 64,
    expiry: Span::new(65, 71),
    expiry_digit: 71,
    optional: [Span::new(72, 86), NONE],
    optional_digit: Some(86),
    composite: Some(87),
    composed: [Span::new(44, 54), Span::new(57, 64), Span::new(65, 87), NONE],
};

const MRV_A: Layout =
    Layout { format: Format::MrvA, optional: [Span::new(72, 88), NONE], optional_digit: None, composite: None, composed: [NONE; 4], ..TD3 };

const MRV_B: Layout = Layout { format: Format::MrvB, optional: [Span::new(64, 72), NONE], composite: None, composed: [NONE; 4], ..TD2 };
