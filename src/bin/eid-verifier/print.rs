//! Reports on their way to a terminal, a file or a pipe.

use std::io::{self, IsTerminal, Write};

use eid_verifier::encoding::json::{self, Object, Value};
use eid_verifier::encoding::json_out;

use crate::arguments::Arguments;
use crate::sentences::Sentences;

/// Where lines go, and how they look.
pub(crate) struct Printer {
    out: io::BufWriter<io::Stdout>,
    sentences: Sentences,
    words: [&'static str; 5],
    colours: bool,
    claims: bool,
    json: bool,
}

const VI: [&str; 5] = ["HỢP LỆ", "KHÔNG HỢP LỆ", "CHƯA XÁC ĐỊNH", "mức độ", "đúng đến"];
const EN: [&str; 5] = ["VALID", "INVALID", "INDETERMINATE", "level", "holds until"];

/// Claims come from strangers: nothing of them may steer the terminal.
fn shown(text: &str) -> String {
    let steers = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) { out.push_str(&format!("\\u{:04x}", u32::from(c))) } else { out.push(c) }
    }
    out
}

fn objects(value: Option<&mut Value>) -> impl Iterator<Item = &mut Object> {
    let items = if let Some(Value::Array(items)) = value { items.as_mut_slice() } else { &mut [] };
    items.iter_mut().filter_map(|item| if let Value::Object(object) = item { Some(object) } else { None })
}

fn member<'a>(object: &'a mut Object, name: &str) -> Option<&'a mut Value> {
    object.members.iter_mut().find(|(key, _)| key == name).map(|(_, value)| value)
}

impl Printer {
    /// A printer for standard output.
    pub(crate) fn new(asked: &Arguments) -> Self {
        let stdout = io::stdout();
        let colours = stdout.is_terminal() && !asked.has("no-color") && std::env::var_os("NO_COLOR").is_none();
        let language = asked.one("language").unwrap_or("vi");
        let words = if language == "en" { EN } else { VI };
        Self {
            out: io::BufWriter::with_capacity(1 << 16, stdout),
            sentences: Sentences::of(language),
            words,
            colours,
            claims: asked.has("claims"),
            json: asked.has("json"),
        }
    }

    fn paint(&self, code: u8, text: &str) -> String {
        if self.colours { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// One line.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    /// Everything out.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// JSON text that may hold claims.
    pub(crate) fn raw(&mut self, text: &str) -> io::Result<()> {
        self.line(&shown(text))
    }

    /// The sentence of a code, or nothing.
    pub(crate) fn sentence(&self, code: &str) -> &str {
        self.sentences.code(code).unwrap_or_default()
    }

    fn with_messages(&self, report: &mut Object) {
        for check in objects(member(report, "checks")) {
            if let Some(message) = check.text("code").and_then(|code| self.sentences.code(code)) {
                let message = Value::Text(message.to_owned());
                check.members.push(("message".to_owned(), message));
            }
        }
    }

    /// `{"input": …, …}` on one line, its report (or the one inside it) with sentences.
    pub(crate) fn as_json(&mut self, name: &str, object: Object, inner: Option<&str>) -> io::Result<()> {
        self.named_json(Value::Text(name.to_owned()), object, inner)
    }

    fn named_json(&mut self, name: Value, mut object: Object, inner: Option<&str>) -> io::Result<()> {
        match inner {
            None => self.with_messages(&mut object),
            Some(inner) => {
                if let Some(Value::Object(report)) = member(&mut object, inner) {
                    self.with_messages(report);
                }
            }
        }
        object.members.insert(0, ("input".to_owned(), name));
        self.raw(&json_out::text_of_object(&object))
    }

    /// A report as the engine wrote it.
    pub(crate) fn report(&mut self, name: &str, text: &str) -> io::Result<()> {
        match json::parse_object(text.as_bytes()) {
            Ok(object) if self.json => self.as_json(name, object, None),
            Ok(object) => self.for_people(name, &object),
            // claims at the very ceiling of depth: the report as it stands
            Err(_) => self.raw(text),
        }
    }

    /// The report on a chip, whose input is several files.
    pub(crate) fn chip(&mut self, files: &[String], text: &str) -> io::Result<()> {
        match (json::parse_object(text.as_bytes()), files.first()) {
            (Ok(object), _) if self.json => {
                let names = files.iter().cloned().map(Value::Text).collect();
                self.named_json(Value::Array(names), object, None)
            }
            (Ok(object), Some(first)) => self.for_people(first, &object),
            (Ok(_), None) | (Err(_), _) => self.raw(text),
        }
    }

    /// A report for people.
    pub(crate) fn for_people(&mut self, name: &str, report: &Object) -> io::Result<()> {
        let [valid, invalid, open, level_word, until_word] = self.words;
        let verdict = match report.text("verdict") {
            Some("valid") => self.paint(32, valid),
            Some("invalid") => self.paint(31, invalid),
            Some(_) | None => self.paint(33, open),
        };
        let holder = report.get("holder").and_then(Value::as_object);
        let level = holder.and_then(|holder| holder.get("level")).and_then(Value::as_int).filter(|level| *level != 0);
        let facts = [
            report.text("format").map(str::to_owned),
            holder.and_then(|holder| holder.text("kind")).map(str::to_owned),
            level.map(|level| format!("{level_word} {level}")),
            report.text("validUntil").map(|until| format!("{until_word} {until}")),
        ];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        self.line(&format!("{verdict}  {name}  {}", facts.join(" · ")))?;
        let checks: Vec<&Object> =
            report.get("checks").and_then(Value::as_array).unwrap_or_default().iter().filter_map(Value::as_object).collect();
        let reached: Vec<&&Object> = checks.iter().filter(|check| check.text("code") != Some("not_reached")).collect();
        for check in &reached {
            let mark = match check.text("outcome") {
                Some("pass") => self.paint(32, "✓"),
                Some("fail") => self.paint(31, "✗"),
                Some("skip") => "–".to_owned(),
                Some(_) | None => self.paint(33, "?"),
            };
            let name = self.sentences.check(check.text("check").unwrap_or_default());
            let code = check.text("code").map(|code| format!(": {} [{code}]", self.sentence(code))).unwrap_or_default();
            self.line(&format!("  {mark} {name}{code}"))?;
        }
        let rest = checks.len().saturating_sub(reached.len());
        if rest > 0 {
            let mark = self.paint(33, "?");
            self.line(&format!("  {mark} {} ({rest})", self.sentence("not_reached")))?;
        }
        if let Some(claims) = holder.and_then(|holder| holder.get("claims")).and_then(Value::as_object).filter(|_| self.claims) {
            for (claim, value) in &claims.members {
                let name = json_out::text_of(&Value::Text(claim.clone()));
                self.line(&format!("    {}: {}", shown(&name), shown(&json_out::text_of(value))))?;
            }
        }
        Ok(())
    }
}
