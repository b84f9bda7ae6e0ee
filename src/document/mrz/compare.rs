//! Does a zone speak of the same person and document as another source: a credential, a chip.

use alloc::vec::Vec;

use crate::base::Date;
use crate::document::mrz::names::Agreement;
use crate::document::mrz::zone::{Mrz, Sex};
use crate::document::states;

/// What the other source says; what it does not say is not compared.
#[derive(Clone, Copy, Default)]
pub struct Facts<'a> {
    /// Numbers of which one must be the zone's: of the document, or the holder's 12-digit number on a Vietnamese card.
    pub numbers: &'a [&'a str],
    /// Date of birth.
    pub birthdate: Option<Date>,
    /// Date of expiry.
    pub expiry: Option<Date>,
    /// Code of Doc 9303-3 §5, with or without fillers.
    pub nationality: Option<&'a str>,
    /// One name, in one piece or in parts in their order.
    pub names: &'a [&'a str],
    /// Sex.
    pub sex: Option<Sex>,
}

impl core::fmt::Debug for Facts<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Facts") // personal
    }
}

/// A field in which the two differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// Document or personal number.
    Number,
    /// Date of birth.
    Birth,
    /// Date of expiry.
    Expiry,
    /// Nationality.
    Nationality,
    /// Name.
    Name,
    /// Sex.
    Sex,
}

impl Mismatch {
    /// Those that do not agree.
    pub(in crate::document) fn of(fields: &[(bool, Self)]) -> Vec<Self> {
        let mut mismatches = Vec::new();
        for (agrees, mismatch) in fields {
            if !agrees {
                mismatches.push(*mismatch);
            }
        }
        mismatches
    }
}

impl Mrz {
    /// The fields in which the zone contradicts `facts`. What either leaves open (an unknown month, an unspecified sex, a name in
    /// characters outside Doc 9303-3 §6) contradicts nothing.
    pub fn compare(&self, facts: &Facts<'_>) -> Vec<Mismatch> {
        let number = facts.numbers.is_empty() || facts.numbers.iter().any(|number| self.is_number(number));
        let birth = facts.birthdate.is_none_or(|date| self.printed_birth().is_some_and(|printed| printed.fits(date)));
        let expiry = facts.expiry.is_none_or(|date| self.printed_expiry().is_some_and(|printed| printed.fits(date)));
        let nationality = facts.nationality.is_none_or(|code| states::canonical(code) == states::canonical(self.nationality()));
        let name = facts.names.is_empty() || self.names().agree_with(facts.names) != Agreement::Different;
        let sex = facts.sex.is_none_or(|sex| sex == self.sex() || sex == Sex::Unspecified || self.sex() == Sex::Unspecified);
        Mismatch::of(&[
            (number, Mismatch::Number),
            (birth, Mismatch::Birth),
            (expiry, Mismatch::Expiry),
            (nationality, Mismatch::Nationality),
            (name, Mismatch::Name),
            (sex, Mismatch::Sex),
        ])
    }

    /// Whether `number` is this document's, or its holder's. Blanks and punctuation, which a zone writes as `<` or not at all, do not
    /// count; case does not either.
    fn is_number(&self, number: &str) -> bool {
        let given = normal(number);
        number.is_ascii() && (given == normal(&self.document_number()) || self.personal_number().is_some_and(|own| own.as_bytes() == given))
    }
}

fn normal(number: &str) -> Vec<u8> {
    let mut normal = Vec::new();
    for byte in number.bytes() {
        if byte.is_ascii_alphanumeric() {
            normal.push(byte.to_ascii_uppercase());
        }
    }
    normal
}
