//! What some states' chips do against the specification. Each exception has a name, a list of states and a test; a document of any other state with the same
//! deviation is refused. The state is the one of the signer's certificate, which its CSCA vouches for.

/// A known deviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quirk {
    /// The signer identifier names none of the certificates inside; there is exactly one (RFC 5652 §5.3 asks for its issuer and serial number).
    SignerNotNamed,
    /// Lengths are indefinite (ICAO Doc 9303-10 §4.6.2 asks for DER).
    IndefiniteLengths,
    /// The contents are said to be plain data instead of an LDS security object (ICAO Doc 9303-10 §4.6.2.1).
    PlainData,
    /// The CSCA does not say that it is one: `BasicConstraints` absent or false (ICAO Doc 9303-12 §7.1.1 asks for it).
    CscaNotMarked,
}

/// Who does what. Seen in: signed LDS objects of thirteen states, and the German master list of 2024-04-10.
const TABLE: [(Quirk, &[[u8; 2]]); 4] = [
    (Quirk::SignerNotNamed, &[*b"MY"]),
    (Quirk::IndefiniteLengths, &[*b"NZ"]),
    (Quirk::PlainData, &[*b"CN"]),
    (Quirk::CscaNotMarked, &[*b"BE", *b"CM", *b"CN", *b"IT", *b"LU", *b"PT", *b"TR"]),
];

impl Quirk {
    /// Is it known of this state?
    ///
    /// ```
    /// use eid_verifier::document::emrtd::quirk::Quirk;
    /// assert!(Quirk::IndefiniteLengths.is_known_of(Some(*b"NZ")));
    /// assert!(!Quirk::IndefiniteLengths.is_known_of(Some(*b"VN")) && !Quirk::IndefiniteLengths.is_known_of(None));
    /// ```
    pub fn is_known_of(self, country: Option<[u8; 2]>) -> bool {
        country.is_some_and(|country| TABLE.iter().any(|(quirk, states)| *quirk == self && states.contains(&country)))
    }
}
