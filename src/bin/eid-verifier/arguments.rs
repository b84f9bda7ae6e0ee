//! The words of the command line: files, options, switches. The same as `pkg/bin/eid-verifier.js` takes.

/// Wrong usage, or a file that cannot be read: one sentence, exit code 2.
pub(crate) struct Misuse(pub(crate) String);

/// A sentence about wrong usage.
pub(crate) fn misuse<T>(sentence: impl Into<String>) -> Result<T, Misuse> {
    Err(Misuse(sentence.into()))
}

const VALUES: [&str; 19] = [
    "trust",
    "anchor",
    "csca",
    "master-list",
    "level",
    "law",
    "policy",
    "nonce",
    "audience",
    "purpose",
    "origin",
    "mrz",
    "status-list",
    "account-state",
    "now",
    "language",
    "credential",
    "challenge",
    "response",
];
const SWITCHES: [&str; 6] = ["json", "lines", "claims", "no-color", "help", "version"];
const REPEATED: [&str; 6] = ["trust", "anchor", "csca", "master-list", "status-list", "account-state"];

/// What was asked.
#[derive(Default)]
pub(crate) struct Arguments {
    /// The command and its files.
    pub(crate) files: Vec<String>,
    values: Vec<(String, String)>,
    switches: Vec<String>,
}

impl Arguments {
    /// Sorts the words.
    pub(crate) fn read(words: impl IntoIterator<Item = String>) -> Result<Self, Misuse> {
        let mut found = Self::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            if word == "--" {
                found.files.extend(words.by_ref());
            } else if word == "-h" {
                found.switches.push("help".into());
            } else if let Some(option) = word.strip_prefix("--") {
                let (name, given) = option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value.to_owned())));
                if SWITCHES.contains(&name) && given.is_none() {
                    found.switches.push(name.to_owned());
                } else if VALUES.contains(&name) {
                    let Some(value) = given.or_else(|| words.next()) else { return misuse(format!("--{name} needs a value.")) };
                    if !REPEATED.contains(&name) && found.one(name).is_some() {
                        return misuse(format!("--{name} is given twice."));
                    }
                    found.values.push((name.to_owned(), value));
                } else {
                    return misuse(format!("Unknown option {word}: see eid-verifier --help."));
                }
            } else {
                found.files.push(word);
            }
        }
        Ok(found)
    }

    /// The value of an option.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every value of an option that may be repeated.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a switch is on.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.switches.iter().any(|switch| switch == name)
    }
}
