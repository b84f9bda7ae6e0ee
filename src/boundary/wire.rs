//! The wire shape: JSON text in, JSON text out. The same functions serve native callers, tests and JavaScript, so all three see the same report.
//!
//! Text, not objects: measured twice as fast as building JavaScript objects one by one, and `JSON.parse` keeps every claim name as own data.

use alloc::boxed::Box;
use alloc::string::{String, ToString};

use crate::base::{Problem, UnixTime};
use crate::boundary::check_wire::{self, Form};
use crate::boundary::chip;
use crate::boundary::config::{Config, ConfigError, read_update};
use crate::boundary::report_wire;
use crate::encoding::json::{self, Value};
use crate::encoding::json_out::Writer;
use crate::verify::code::{self, Code};
use crate::verify::credential;
use crate::verify::handed::Handed;
use crate::verify::knowledge::{Artefact, Knowledge};
use crate::verify::mrz;
use crate::verify::policy::Options;
use crate::verify::report::Report;

/// A verifier: trust once, verify many.
#[derive(Debug)]
pub struct Engine {
    pub(crate) config: Config,
    chip: chip::Trust,
    pub(crate) form: Form,
}

impl Engine {
    /// Reads a configuration; `now` is the host's clock in seconds.
    ///
    /// # Errors
    /// [`ConfigError`] with `policy_invalid` or `key_invalid`.
    pub fn new(config_json: &str, csca: &[&[u8]], master_lists: &[&[u8]], now: i64) -> Result<Self, ConfigError> {
        let mut config = Config::read(config_json, UnixTime(now))?;
        config.knowledge.certificates_pinned = !csca.is_empty() || !master_lists.is_empty();
        let chip = chip::Trust::read(csca, master_lists, now, &config)?;
        Ok(Self { config, chip, form: Form::Whole })
    }

    /// The same, whose reports are short: for a door that holds [`report_table`].
    #[must_use]
    pub fn in_short(self) -> Self {
        Self { form: Form::Short, ..self }
    }

    fn text(&self, report: &Report) -> String {
        text(report, self.form)
    }

    /// Verifies a text: compact token or QR text. Never fails, never panics.
    pub fn verify(&self, input: &str, options_json: &str) -> String {
        let report = match self.options(options_json) {
            Ok(options) => self.config.knowing(options.now, |knowledge| credential::judge(input, knowledge, &options)),
            Err(report) => *report,
        };
        self.text(&report)
    }

    /// Verifies bytes: the UTF-8 of a text, or CBOR.
    pub fn verify_bytes(&self, input: &[u8], options_json: &str) -> String {
        if input.len() > crate::base::limits::TOKEN {
            return self.refuse(code::INPUT_TOO_LARGE.name());
        }
        match core::str::from_utf8(input) {
            Ok(input) => self.verify(input, options_json),
            Err(_) => match self.options(options_json) {
                Ok(options) => self.text(&credential::judge_bytes(input, options.now)),
                Err(report) => self.text(&report),
            },
        }
    }

    /// Verifies a travel document, alone or beside a credential.
    pub fn verify_document(&self, input_json: &str, sod: Option<&[u8]>, data_groups: &[(u8, &[u8])], options_json: &str) -> String {
        let mut options = match self.options(options_json) {
            Ok(options) => options,
            Err(report) => return self.text(&report),
        };
        let Ok(input) = json::parse_object(input_json.as_bytes()) else { return self.refuse(code::INPUT_TYPE_INVALID.name()) };
        let chip = sod.is_some() || !data_groups.is_empty() || chip::is_asked(&input);
        let credential = input.text("credential");
        options.mrz = input.text("mrz").map(ToString::to_string).or(options.mrz);
        let report = match (chip, credential, options.mrz.as_deref()) {
            (true, _, zone) => {
                self.config.knowing(options.now, |knowledge| self.chip.judge(&input, zone, sod, data_groups, knowledge, &options))
            }
            (false, Some(credential), _) => {
                self.config.knowing(options.now, |knowledge| credential::judge(credential, knowledge, &options))
            }
            (false, None, Some(zone)) => mrz::alone(zone, options.now, options.policy.expiry_day).0,
            (false, None, None) => credential::refuse(code::INPUT_TYPE_INVALID, false, options.now),
        };
        self.text(&report)
    }

    /// Verifies one after the other; the same verdicts as one by one.
    pub fn verify_many(&self, inputs: &[&str], options_json: &str) -> String {
        let options = self.options(options_json);
        let handed = options.as_ref().map(Handed::of);
        written(|out| {
            out.open('[');
            for input in inputs {
                match (&options, &handed) {
                    (Ok(options), Ok(handed)) => {
                        let judge = |knowledge: &Knowledge| credential::judge_among(input, knowledge, options, handed);
                        report_wire::report(out, &self.config.knowing(options.now, judge), self.form);
                    }
                    (Err(report), Ok(_) | Err(_)) => report_wire::report(out, report, self.form),
                    (Ok(_), Err(report)) => report_wire::report(out, report, self.form),
                }
            }
            out.close(']');
        })
    }

    /// The whole plan with `input.format` refused by `code`: for what the door refuses before the engine sees it.
    pub fn refuse(&self, name: &str) -> String {
        let unknown = |code: &Code| code.name() == name;
        let fails = REFUSALS.iter().copied().find(unknown);
        let report = match (fails, UNKNOWNS.iter().copied().find(unknown)) {
            (Some(code), _) => credential::refuse(code, false, UnixTime(0)),
            (None, Some(code)) => credential::refuse(code, true, UnixTime(0)),
            (None, None) => credential::refuse(code::INTERNAL_ERROR, true, UnixTime(0)),
        };
        self.text(&report)
    }

    /// Swaps in newer signed artefacts; a worse one changes nothing.
    pub fn update(&mut self, update_json: &str, now: i64) -> String {
        match read_update(update_json) {
            Some(update) => self.config.update(update, UnixTime(now)),
            None => {
                let mut report = credential::refuse(code::POLICY_INVALID, false, UnixTime(now));
                report.checks.truncate(1);
                self.config.knowledge.note(Artefact::unreadable(report));
            }
        }
        self.trust()
    }

    /// Makes the issuers' keys warm now (379 KB an Ed25519 key, 227 a P-256 one) instead of after some uses.
    pub fn warm(&self) {
        self.config.knowledge.warm_keys();
    }

    /// One report an artefact.
    pub fn trust(&self) -> String {
        written(|out| {
            out.open('[');
            for artefact in self.config.knowledge.artefacts() {
                report_wire::artefact(out, artefact);
            }
            for artefact in self.chip.artefacts() {
                out.object(&artefact);
            }
            out.close(']');
        })
    }

    pub(crate) fn options(&self, options_json: &str) -> Result<Options, Box<Report>> {
        let refuse = |code| Box::new(credential::refuse(code, false, UnixTime(0)));
        let value = json::parse(options_json.as_bytes()).map_err(|problem| match problem {
            // a lone surrogate cannot be written in UTF-8; JSON text carries it as an escape that no strict reader takes
            Problem::Encoding => refuse(code::ENCODING_INVALID),
            Problem::Json if has_lone_surrogate(options_json) => refuse(code::ENCODING_INVALID),
            Problem::Json
            | Problem::Empty
            | Problem::TooLarge
            | Problem::Structure
            | Problem::DuplicateKey
            | Problem::TooDeep
            | Problem::Number
            | Problem::ForbiddenName => refuse(code::POLICY_INVALID),
        })?;
        Options::read(&value, &self.config.policy).map_err(|_| {
            let mut report = refuse(code::POLICY_INVALID);
            if let Some(now) = value.as_object().and_then(|options| options.get("now")).and_then(Value::as_int) {
                report.verified_at = UnixTime(now);
            }
            report
        })
    }
}

/// Refusals of the door that make an input invalid.
const REFUSALS: [Code; 8] = [
    code::INPUT_TYPE_INVALID,
    code::INPUT_EMPTY,
    code::INPUT_TOO_LARGE,
    code::ENCODING_INVALID,
    code::STRUCTURE_INVALID,
    code::POLICY_INVALID,
    code::KEY_INVALID,
    code::RESOURCE_LIMIT,
];
/// Faults of the host that make no statement on an input.
const UNKNOWNS: [Code; 6] =
    [code::ENGINE_NOT_READY, code::ENGINE_BUSY, code::ENGINE_UNUSABLE, code::ENGINE_OUTDATED, code::NOT_IN_BUILD, code::INTERNAL_ERROR];

/// `\ud800`–`\udfff` without its partner, as `JSON.stringify` writes it (ECMA-262 §25.5.2.3).
fn has_lone_surrogate(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| matches!(four, [b'\\', b'u', b'd', b'8'..=b'9' | b'a'..=b'f']))
}

/// `{"version","features"}`.
pub fn engine_info() -> String {
    written(report_wire::engine)
}

/// What the numbers of short reports stand for.
pub fn report_table() -> String {
    written(check_wire::table)
}

/// The report as JSON text.
pub fn text(report: &Report, form: Form) -> String {
    written(|out| report_wire::report(out, report, form))
}

/// What is written, as text.
pub(crate) fn written(write: impl FnOnce(&mut Writer)) -> String {
    let mut out = Writer::new();
    write(&mut out);
    out.finish()
}
