//! Reading: files whole up to a ceiling, standard input once, lists of credentials line by line.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};

use eid_verifier::encoding::json::{self, Value};

use crate::arguments::{Misuse, misuse};

/// A file is read whole up to this size; a token has 64 KiB, a status list up to 24 MiB.
const MAX_FILE: u64 = 32 * 1024 * 1024;

/// Text, without the line end that editors leave, or bytes where it is none.
pub(crate) enum Input {
    /// A token, lines of a zone.
    Text(String),
    /// CBOR, DER.
    Bytes(Vec<u8>),
}

/// Reasons by the names that Node gives them.
const REASONS: [(ErrorKind, &str); 3] =
    [(ErrorKind::NotFound, "ENOENT"), (ErrorKind::PermissionDenied, "EACCES"), (ErrorKind::IsADirectory, "EISDIR")];

fn unreadable(file: &str) -> impl Fn(std::io::Error) -> Misuse + '_ {
    move |error| {
        let reason = REASONS.iter().find(|(kind, _)| *kind == error.kind()).map_or("unknown reason", |(_, name)| name);
        Misuse(format!("{file} cannot be read: {reason}."))
    }
}

fn open(file: &str) -> Result<Box<dyn Read>, Misuse> {
    if file == "-" {
        return Ok(Box::new(std::io::stdin()));
    }
    Ok(Box::new(File::open(file).map_err(unreadable(file))?))
}

/// A file whole.
pub(crate) fn bytes(file: &str) -> Result<Vec<u8>, Misuse> {
    let mut bytes = Vec::new();
    let ceiling = MAX_FILE.saturating_add(1);
    open(file)?.take(ceiling).read_to_end(&mut bytes).map_err(unreadable(file))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length < ceiling) {
        Ok(bytes)
    } else {
        misuse(format!("{file} is larger than any input may be."))
    }
}

/// A file as text or bytes.
pub(crate) fn input(file: &str) -> Result<Input, Misuse> {
    let bytes = bytes(file)?;
    let is_text = |text: &str| !text.chars().any(|c| matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}'));
    Ok(match String::from_utf8(bytes) {
        Ok(mut text) if is_text(&text) => {
            if text.ends_with('\n') {
                text.pop();
                if text.ends_with('\r') {
                    text.pop();
                }
            }
            Input::Text(text)
        }
        Ok(text) => Input::Bytes(text.into_bytes()),
        Err(error) => Input::Bytes(error.into_bytes()),
    })
}

/// A file that must be text.
pub(crate) fn text(file: &str) -> Result<String, Misuse> {
    match input(file)? {
        Input::Text(text) => Ok(text),
        Input::Bytes(_) => misuse(format!("{file} is not text.")),
    }
}

/// A file that must be JSON.
pub(crate) fn json(file: &str) -> Result<Value, Misuse> {
    json::parse(text(file)?.as_bytes()).map_err(|_| Misuse(format!("{file} is not JSON.")))
}

/// Each line with its name, `file:number`; empty ones are passed over. One line is in memory at a time.
pub(crate) fn each_line(file: &str, mut take: impl FnMut(String, String) -> Result<(), Misuse>) -> Result<(), Misuse> {
    let mut reader = BufReader::with_capacity(1 << 16, open(file)?);
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        if reader.read_until(b'\n', &mut line).map_err(unreadable(file))? == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\r', '\n']);
        if !text.is_empty() {
            take(format!("{file}:{number}"), text.to_owned())?;
        }
    }
    Ok(())
}
