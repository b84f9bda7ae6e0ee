//! A build without chips: takes no trust material for them, and says so when a chip is handed over.

use alloc::vec::Vec;

use crate::boundary::config::{Config, ConfigError};
use crate::encoding::json::Object;
use crate::verify::code;
use crate::verify::credential;
use crate::verify::knowledge::Knowledge;
use crate::verify::policy::Options;
use crate::verify::report::{Format, Report};

/// Nothing.
#[derive(Debug, Default)]
pub struct Trust;

impl Trust {
    /// Ignores what only another build can use, so that one configuration serves both.
    ///
    /// # Errors
    /// None.
    pub fn read(_csca: &[&[u8]], _lists: &[&[u8]], _now: i64, _config: &Config) -> Result<Self, ConfigError> {
        Ok(Self)
    }

    /// Nothing was taken.
    pub fn artefacts(&self) -> Vec<Object> {
        Vec::new()
    }

    /// `not_in_build`.
    pub fn judge(
        &self,
        _input: &Object,
        _zone: Option<&str>,
        _sod: Option<&[u8]>,
        _groups: &[(u8, &[u8])],
        _knowledge: &Knowledge,
        options: &Options,
    ) -> Report {
        let mut report = credential::refuse(code::NOT_IN_BUILD, true, options.now);
        report.format = Format::Emrtd;
        report
    }
}

/// Does the input speak of a chip's authentication?
pub fn is_asked(input: &Object) -> bool {
    input.has("activeAuthentication") || input.has("chipAuthentication")
}
