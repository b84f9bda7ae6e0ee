//! A wallet's response and the question to it (OpenID4VP 1.0): only the full build answers both.

use alloc::string::String;
use alloc::vec::Vec;

use crate::boundary::check_wire::{self, Form};
use crate::boundary::config::ConfigError;
use crate::boundary::report_wire;
use crate::boundary::wire::{Engine, written};
use crate::encoding::json;
use crate::encoding::json_out::{self, Writer};
use crate::verify::code::Code;
use crate::verify::dcql;
use crate::verify::fault;
use crate::verify::presentation::{self, ResponseReport};
use crate::verify::report::{Check, Outcome, PlanLine, Report, Verdict};

impl Engine {
    /// Verifies a `vp_token`: an object of arrays of presentations (OpenID4VP 1.0 §8.1).
    pub fn verify_vp_token(&self, token_json: &str, options_json: &str) -> String {
        let options = match self.options(options_json) {
            Ok(options) => options,
            Err(report) => return written(|out| refused_response(out, &report.codes())),
        };
        match json::parse_object(token_json.as_bytes()) {
            Ok(token) => {
                let judged = self.config.knowing(options.now, |knowledge| presentation::judge(&token, knowledge, &options));
                written(|out| response(out, &judged, self.form))
            }
            Err(problem) => written(|out| refused_response(out, &[fault::problem(problem)])),
        }
    }

    /// The question of this verifier as a DCQL query (OpenID4VP 1.0 §6).
    ///
    /// # Errors
    /// [`ConfigError`] with `policy_invalid`.
    pub fn dcql_query(&self, request_json: &str) -> Result<String, ConfigError> {
        let request = json::parse_object(request_json.as_bytes()).map_err(|_| ConfigError::policy("dcqlQuery"))?;
        let query = dcql::query(&self.config.policy, &request).map_err(|_| ConfigError::policy("dcqlQuery"))?;
        Ok(json_out::text_of(&query))
    }
}

/// The answer to a `vp_token`.
fn response(out: &mut Writer, response: &ResponseReport, form: Form) {
    whole_response(out, response.verdict(), &response.codes(), &response.presentations, response.cross_check, form);
}

/// The answer to a `vp_token` that could not be looked at.
fn refused_response(out: &mut Writer, codes: &[Code]) {
    whole_response(out, Verdict::Invalid, codes, &[], Outcome::Unknown(crate::verify::code::NOT_REACHED), Form::Whole);
}

fn whole_response(
    out: &mut Writer,
    verdict: Verdict,
    all: &[Code],
    presentations: &[(String, Vec<Report>)],
    cross_check: Outcome,
    form: Form,
) {
    out.open('{');
    out.member("verdict", verdict.name());
    check_wire::codes(out, all);
    out.name("presentations").open('{');
    for (id, reports) in presentations {
        out.key(id).open('[');
        for each in reports {
            report_wire::report(out, each, form);
        }
        out.close(']');
    }
    out.close('}');
    let line = &PlanLine { check: "holder.cross_check", spec: "OpenID4VP 1.0 §8.1" };
    check_wire::check(out.name("crossCheck"), &Check { line, outcome: cross_check, basis: None, at: None });
    out.close('}');
}
