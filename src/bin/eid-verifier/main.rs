//! The command line as a native program: the same words, lines and exit codes as `npx eid-verifier`.
//!
//! `cargo run --features cli --bin eid-verifier -- verify FILE… --trust FILE`. Floor 7's neighbour: it alone reads files and the clock.
#![forbid(unsafe_code)]

mod arguments;
mod ask;
mod files;
mod print;
mod sentences;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use eid_verifier::boundary::inspect::{inspect, inspect_bytes};
use eid_verifier::boundary::mrz_wire::read_mrz;
use eid_verifier::boundary::wire::Engine;
use eid_verifier::encoding::json::{self, Object, Value};
use eid_verifier::encoding::json_out;

use crate::arguments::{Arguments, Misuse, misuse};
use crate::files::Input;
use crate::print::Printer;

const HELP: &str = include_str!("help.txt");
const USAGE: u8 = 2;
/// Lines that are verified together.
const BATCH: usize = 256;

/// What stops the program: wrong usage, or an output that nobody reads any more.
enum Stop {
    Misuse(Misuse),
    Closed,
}

impl From<Misuse> for Stop {
    fn from(misuse: Misuse) -> Self {
        Self::Misuse(misuse)
    }
}

impl From<std::io::Error> for Stop {
    fn from(_: std::io::Error) -> Self {
        Self::Closed
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => ExitCode::from(code),
        Err(Stop::Closed) => ExitCode::from(USAGE),
        Err(Stop::Misuse(Misuse(sentence))) => {
            drop(writeln!(std::io::stderr(), "eid-verifier: {sentence}"));
            ExitCode::from(USAGE)
        }
    }
}

/// Invalid beats undecided beats valid.
fn worse(one: u8, other: u8) -> u8 {
    if one == 1 || other == 1 { 1 } else { one.max(other) }
}

fn exit_of(verdict: Option<&str>) -> u8 {
    match verdict {
        Some("valid") => 0,
        Some("invalid") => 1,
        Some(_) | None => 3,
    }
}

/// Every report begins with its verdict.
fn exit_of_report(report: &str) -> u8 {
    exit_of(report.strip_prefix("{\"verdict\":\"").and_then(|rest| rest.split_once('"')).map(|(verdict, _)| verdict))
}

fn run() -> Result<u8, Stop> {
    let mut asked = Arguments::read(std::env::args().skip(1))?;
    let mut out = std::io::stdout();
    if asked.has("version") {
        writeln!(out, "{}", env!("CARGO_PKG_VERSION"))?;
        return Ok(0);
    }
    let help = HELP.replace("{version}", env!("CARGO_PKG_VERSION"));
    if asked.has("help") {
        write!(out, "{help}")?;
        return Ok(0);
    }
    if asked.files.is_empty() {
        write!(std::io::stderr(), "{help}")?;
        return Ok(USAGE);
    }
    let command = asked.files.remove(0);
    if !["verify", "inspect", "mrz", "chip", "status"].contains(&command.as_str()) {
        return Ok(misuse(format!("Unknown command {command}: see eid-verifier --help."))?);
    }
    if asked.files.is_empty() {
        return Ok(misuse(format!("{command} needs at least one FILE (\"-\" for standard input)."))?);
    }
    if asked.files.iter().filter(|file| *file == "-").count() > 1 {
        return Ok(misuse("Standard input can be read once only.")?);
    }
    if asked.one("language").is_some_and(|language| !["vi", "en"].contains(&language)) {
        return Ok(misuse("--language is vi or en.")?);
    }
    let trusts = ["trust", "csca", "master-list"].iter().any(|name| asked.one(name).is_some());
    if ["verify", "chip", "status"].contains(&command.as_str()) && !trusts {
        return Ok(misuse(format!("{command} needs --trust FILE: nothing is trusted by default."))?);
    }
    let mut printer = Printer::new(&asked);
    let code = match command.as_str() {
        "inspect" => inspect_files(&asked, &mut printer),
        "mrz" => mrz_files(&asked, &mut printer),
        "status" => status_files(&asked, &mut printer),
        "chip" => chip_files(&asked, &mut printer),
        _ => verify_files(&asked, &mut printer),
    }?;
    printer.flush()?;
    Ok(code)
}

fn inspect_files(asked: &Arguments, printer: &mut Printer) -> Result<u8, Stop> {
    let mut exit = 0;
    for file in &asked.files {
        let seen = match files::input(file)? {
            Input::Text(text) => inspect(&text),
            Input::Bytes(bytes) => inspect_bytes(&bytes),
        };
        let codes =
            json::parse_object(seen.as_bytes()).ok().and_then(|seen| seen.get("codes").and_then(Value::as_array).map(<[Value]>::len));
        if codes.is_some_and(|count| count > 0) {
            exit = 1;
        }
        printer.raw(&seen)?;
    }
    Ok(exit)
}

fn mrz_files(asked: &Arguments, printer: &mut Printer) -> Result<u8, Stop> {
    let mut exit = 0;
    let options = format!("{{\"now\":{}}}", ask::now(asked)?);
    for file in &asked.files {
        let read = read_mrz(&files::text(file)?, &options);
        let Ok(mut read) = json::parse_object(read.as_bytes()) else { return Ok(misuse("The lines cannot be read.")?) };
        let report = read.get("report").and_then(Value::as_object).cloned().unwrap_or_default();
        exit = worse(exit, exit_of(report.text("verdict")));
        if asked.has("json") {
            printer.as_json(file, read, Some("report"))?;
            continue;
        }
        printer.for_people(file, &report)?;
        let digits = if let Some(Value::Array(digits)) = read.remove("digits") { digits } else { Vec::new() };
        for digit in digits.iter().filter_map(Value::as_object) {
            let mark = if digit.get("ok").and_then(Value::as_bool) == Some(true) { '✓' } else { '✗' };
            printer.line(&format!("    {mark} {}", digit.text("field").unwrap_or_default()))?;
        }
    }
    Ok(exit)
}

/// First byte of EF.SOD and of the files of the data groups 1 to 16 (ICAO Doc 9303-10 §4.6).
const SOD_TAG: u8 = 0x77;
const GROUP_TAGS: [u8; 16] = [0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70];

/// One chip, whose files were read one by one.
fn chip_files(asked: &Arguments, printer: &mut Printer) -> Result<u8, Stop> {
    let engine = ask::engine(asked)?;
    let options = ask::options(asked)?;
    let mut sod: Option<Vec<u8>> = None;
    let mut groups: Vec<(u8, Vec<u8>)> = Vec::new();
    for file in &asked.files {
        let bytes = files::bytes(file)?;
        let first = bytes.first().copied().unwrap_or_default();
        let group = (1_u8..).zip(GROUP_TAGS).find(|(_, tag)| *tag == first).map(|(number, _)| number);
        let taken = match group {
            None if first != SOD_TAG => return Ok(misuse(format!("{file} is neither EF.SOD nor a data group."))?),
            None => sod.is_some(),
            Some(number) => groups.iter().any(|(known, _)| *known == number),
        };
        match group {
            _ if taken => return Ok(misuse(format!("{file} is the second of its kind: one chip at a time."))?),
            None => sod = Some(bytes),
            Some(number) => groups.push((number, bytes)),
        }
    }
    let input = ask::chip(asked)?;
    let groups: Vec<(u8, &[u8])> = groups.iter().map(|(number, bytes)| (*number, bytes.as_slice())).collect();
    let report = engine.verify_document(&input, sod.as_deref(), &groups, &options);
    printer.chip(&asked.files, &report)?;
    Ok(exit_of_report(&report))
}

/// Which slot of an update a signed artefact belongs to, by the type that it claims.
fn slot(text: &str) -> &'static str {
    if text.trim_start().starts_with('{') {
        return "trustLists";
    }
    let seen = json::parse_object(inspect(text).as_bytes()).unwrap_or_default();
    let typ = seen.get("header").and_then(Value::as_object).and_then(|header| header.text("typ"));
    if typ == Some("eid-account-state+jwt") { "accountStates" } else { "statusLists" }
}

fn artefacts(json: &str) -> Vec<Object> {
    let Ok(Value::Array(lines)) = json::parse(json.as_bytes()) else { return Vec::new() };
    lines.into_iter().filter_map(|line| if let Value::Object(object) = line { Some(object) } else { None }).collect()
}

fn status_files(asked: &Arguments, printer: &mut Printer) -> Result<u8, Stop> {
    let mut engine = ask::engine(asked)?;
    let now = ask::now(asked)?;
    let mut exit = 0;
    for file in &asked.files {
        let text = files::text(file)?;
        let before = artefacts(&engine.trust()).len();
        let update = Object { members: vec![(slot(&text).to_owned(), Value::Array(vec![Value::Text(text)]))] };
        let mut lines = artefacts(&engine.update(&json_out::text_of_object(&update), now));
        let old = if lines.len() > before { before } else { lines.len().saturating_sub(1) };
        for line in lines.drain(..).skip(old) {
            exit = worse(exit, exit_of(line.text("verdict")));
            if asked.has("json") {
                printer.as_json(file, line, None)?;
                continue;
            }
            let mark = match line.text("verdict") {
                Some("valid") => '✓',
                Some("invalid") => '✗',
                Some(_) | None => '?',
            };
            let codes = line.get("codes").and_then(Value::as_array).unwrap_or_default().iter().filter_map(Value::as_text);
            let codes: Vec<String> = codes.map(|code| format!("{} [{code}]", printer.sentence(code))).collect();
            printer.line(&format!("{mark} {file}  {}  {}", line.text("artefact").unwrap_or_default(), codes.join(" ")))?;
        }
    }
    Ok(exit)
}

/// Counts aloud on a terminal.
struct Progress {
    on: bool,
    done: u64,
}

impl Progress {
    fn tick(&mut self) -> std::io::Result<()> {
        self.done = self.done.saturating_add(1);
        if self.on && self.done.is_multiple_of(1000) { write!(std::io::stderr(), "\r{}", self.done) } else { Ok(()) }
    }
}

/// The elements of an array of objects as the engine writes it, without reading what is inside them.
fn elements(array: &str) -> Vec<&str> {
    let (mut found, mut depth, mut begin, mut quoted, mut escaped) = (Vec::new(), 0_u32, 0, false, false);
    for (at, byte) in array.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => {
                depth = depth.saturating_add(1);
                if depth == 2 {
                    begin = at;
                }
            }
            b'}' | b']' => {
                if depth == 2 {
                    found.extend(array.get(begin..=at));
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    found
}

fn verify_files(asked: &Arguments, printer: &mut Printer) -> Result<u8, Stop> {
    let engine = ask::engine(asked)?;
    let options = ask::options(asked)?;
    let shows = !asked.has("json") && std::io::stderr().is_terminal() && (asked.files.len() > 20 || asked.has("lines"));
    let mut progress = Progress { on: shows, done: 0 };
    let mut exit = 0;
    for file in &asked.files {
        if asked.has("lines") {
            exit = worse(exit, verify_lines(file, &engine, &options, printer, &mut progress)?);
            continue;
        }
        let report = match files::input(file)? {
            Input::Text(text) => engine.verify(&text, &options),
            Input::Bytes(bytes) => engine.verify_bytes(&bytes, &options),
        };
        exit = worse(exit, exit_of_report(&report));
        printer.report(file, &report)?;
        progress.tick()?;
    }
    if progress.on {
        write!(std::io::stderr(), "\r")?;
    }
    Ok(exit)
}

/// Every line of a file is a credential; no more than a batch of them is in memory.
fn verify_lines(file: &str, engine: &Engine, options: &str, printer: &mut Printer, progress: &mut Progress) -> Result<u8, Stop> {
    let mut exit = 0;
    let mut broken = None;
    let mut batch: Vec<(String, String)> = Vec::with_capacity(BATCH);
    let mut flush = |batch: &mut Vec<(String, String)>| -> std::io::Result<()> {
        let inputs: Vec<&str> = batch.iter().map(|(_, text)| text.as_str()).collect();
        let reports = engine.verify_many(&inputs, options);
        for ((name, _), report) in batch.iter().zip(elements(&reports)) {
            exit = worse(exit, exit_of_report(report));
            printer.report(name, report)?;
            progress.tick()?;
        }
        batch.clear();
        Ok(())
    };
    let read = files::each_line(file, |name, text| {
        batch.push((name, text));
        if batch.len() < BATCH {
            return Ok(());
        }
        flush(&mut batch).map_err(|error| {
            broken = Some(error);
            Misuse(String::new())
        })
    });
    if let Some(error) = broken {
        return Err(error.into());
    }
    read?;
    flush(&mut batch)?;
    Ok(exit)
}
