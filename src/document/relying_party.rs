//! Relying-party authorisation: who may ask which claims, for what, from where (contract §7; Decision 34/2021 Art. 13).

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{UnixTime, split};
use crate::document::claims;
use crate::encoding::json::{self, Object, Value};

/// `typ` of an authorisation.
pub const TYPE: &str = "eid-relying-party+jwt";

/// A token that is no authorisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidAuthorisation;

/// An authorisation, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorisation {
    /// The relying party.
    pub subject: String,
    /// Origins of its pages (RFC 6454), compared byte for byte.
    pub origins: Vec<String>,
    /// What it may ask, purpose by purpose.
    pub purposes: Vec<Purpose>,
    /// When it was issued.
    pub issued: UnixTime,
    /// First instant at which it holds no more.
    pub expires: UnixTime,
}

/// One purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// The name that a call gives.
    pub id: String,
    /// Claims that it needs: names, or dotted paths; a name grants what lies below it.
    pub claims: Vec<Vec<String>>,
    /// The level that it needs.
    pub min_level: Option<u8>,
    /// What a person is told, Vietnamese and English.
    pub text: Option<(String, String)>,
}

impl Authorisation {
    /// Reads the payload.
    ///
    /// # Errors
    /// [`InvalidAuthorisation`].
    pub fn read(payload: &Object) -> Result<Self, InvalidAuthorisation> {
        Self::assemble(payload).ok_or(InvalidAuthorisation)
    }

    fn assemble(payload: &Object) -> Option<Self> {
        let date = |name| claims::numeric_date(payload, name).ok().flatten();
        let (issued, expires) = (date("iat")?, date("exp")?);
        let origins = payload.get("origins")?.as_texts()?;
        let purposes = json::each(payload.get("purposes")?.as_array()?, |purpose| Purpose::read(purpose).ok_or(())).ok()?;
        let subject = payload.text("sub").filter(|sub| !sub.is_empty())?.to_owned();
        (issued < expires).then_some(Self { subject, origins, purposes, issued, expires })
    }

    /// The purpose of this name.
    pub fn purpose(&self, id: &str) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| purpose.id == id)
    }
}

impl Purpose {
    fn read(purpose: &Value) -> Option<Self> {
        let purpose = purpose.as_object()?;
        let min_level = match purpose.get("minLevel") {
            None => None,
            Some(Value::Int(1)) => Some(1),
            Some(Value::Int(2)) => Some(2),
            Some(_) => return None,
        };
        let text = match purpose.get("text") {
            None => None,
            Some(Value::Object(text)) => Some((text.text("vi")?.to_owned(), text.text("en")?.to_owned())),
            Some(_) => return None,
        };
        Some(Self {
            id: purpose.text("id").filter(|id| !id.is_empty())?.to_owned(),
            claims: json::each(purpose.get("claims")?.as_array()?, |claim| path(claim).ok_or(())).ok()?,
            min_level,
            text,
        })
    }

    /// Whether the purpose needs the claim at this path, or one that holds it.
    pub fn grants(&self, path: &[String]) -> bool {
        self.claims.iter().any(|granted| path.len() >= granted.len() && granted.iter().zip(path).all(|(one, other)| one == other))
    }
}

/// A dotted name, or an array of names.
fn path(claim: &Value) -> Option<Vec<String>> {
    let mut steps = Vec::new();
    match claim.as_text() {
        Some(text) => {
            for step in split::parts(text, b'.') {
                steps.push(step.to_owned());
            }
        }
        None => steps = claim.as_texts()?,
    }
    (!steps.is_empty() && steps.iter().all(|step| !step.is_empty())).then_some(steps)
}
