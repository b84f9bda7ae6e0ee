//! The sentences of the package, read out of its own tables: one text for both command lines.

use std::collections::BTreeMap;

const SOURCE: &str = include_str!("../../../pkg/messages.js");

/// The tables of one language.
pub(crate) struct Sentences {
    codes: BTreeMap<&'static str, String>,
    checks: BTreeMap<&'static str, String>,
}

/// The part of the source between a line and the next that closes it.
fn table(opens: &str, closes: &str) -> &'static str {
    SOURCE.split_once(opens).and_then(|(_, rest)| rest.split_once(closes)).map_or("", |(body, _)| body)
}

/// A string literal as the tables write it.
fn literal(text: &str) -> String {
    let text = text.trim().trim_end_matches(',');
    let quote = text.chars().next().unwrap_or('\'');
    text.trim_start_matches(quote).trim_end_matches(quote).replace("\\'", "'").replace("\\\"", "\"")
}

/// Lines `name: 'sentence',`, the sentence on the next line where it is long.
fn read(body: &'static str) -> BTreeMap<&'static str, String> {
    let mut found = BTreeMap::new();
    let mut open = None;
    for line in body.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
        if let Some(name) = open.take() {
            found.insert(name, literal(line));
        } else if let Some((name, rest)) = line.split_once(':') {
            let name = name.trim_matches('\'');
            if rest.trim().is_empty() { open = Some(name) } else { drop(found.insert(name, literal(rest))) }
        }
    }
    found
}

impl Sentences {
    /// `vi` or `en`.
    pub(crate) fn of(language: &str) -> Self {
        let names = table("export const checkNames = {", "\n};");
        let own = if language == "en" { "  en: {" } else { "  vi: {" };
        let names = names.split_once(own).and_then(|(_, rest)| rest.split_once("\n  },")).map_or("", |(body, _)| body);
        let codes = if language == "en" { table("const en = {", "\n};") } else { table("const vi = {", "\n};") };
        Self { codes: read(codes), checks: read(names) }
    }

    /// The sentence of a code.
    pub(crate) fn code(&self, code: &str) -> Option<&str> {
        self.codes.get(code).map(String::as_str)
    }

    /// The name of a line of a report.
    pub(crate) fn check<'a>(&'a self, check: &'a str) -> &'a str {
        self.checks.get(check).map_or(check, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Sentences;

    #[test]
    fn every_code_has_its_sentence_in_both_languages() {
        let [vi, en] = ["vi", "en"].map(Sentences::of);
        let codes = include_str!("../../../tests/codes.txt").lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        let mut count = 0_u32;
        for code in codes.filter_map(|line| line.split_whitespace().next()) {
            for table in [&vi, &en] {
                assert!(table.code(code).is_some_and(|text| text.len() > 8 && text.contains(' ')), "{code}");
            }
            count = count.saturating_add(1);
        }
        assert!(count > 150);
        assert_eq!(en.check("issuer.signature"), "Issuer's signature");
    }
}
