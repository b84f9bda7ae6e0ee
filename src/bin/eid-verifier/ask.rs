//! What is trusted and what is asked, as the engine wants it: JSON text.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD as STANDARD, BASE64_URL_SAFE_NO_PAD as URL_SAFE_NO_PAD};
use eid_verifier::base::UnixTime;
use eid_verifier::boundary::wire::Engine;
use eid_verifier::encoding::json::{self, Object, Value};
use eid_verifier::encoding::json_out;

use crate::arguments::{Arguments, Misuse, misuse};
use crate::files::{self, Input};

/// The clock of this machine, in seconds.
fn clock() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(0)
}

/// `--now`, or the clock.
pub(crate) fn now(asked: &Arguments) -> Result<i64, Misuse> {
    let Some(text) = asked.one("now") else { return Ok(clock()) };
    let digits = text.strip_prefix('-').unwrap_or(text);
    if (1..=12).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map_err(|_| Misuse(format!("--now {text} is neither RFC 3339 nor seconds.")));
    }
    match UnixTime::parse_rfc3339(text) {
        Some(instant) => Ok(instant.0),
        None => misuse(format!("--now {text} is neither RFC 3339 nor seconds.")),
    }
}

fn set(object: &mut Object, name: &str, value: Value) {
    match object.members.iter_mut().find(|(key, _)| key == name) {
        Some((_, old)) => *old = value,
        None => object.members.push((name.to_owned(), value)),
    }
}

/// Arrays grow, everything else is replaced.
fn merge(into: &mut Object, name: String, value: Value) {
    match (into.members.iter_mut().find(|(key, _)| *key == name), value) {
        (Some((_, Value::Array(old))), Value::Array(more)) => old.extend(more),
        (Some((_, old)), value) => *old = value,
        (None, value) => into.members.push((name, value)),
    }
}

fn merge_all(into: &mut Object, from: Object) {
    for (name, value) in from.members {
        merge(into, name, value);
    }
}

fn take_object(from: &mut Object, name: &str) -> Object {
    if let Some(Value::Object(object)) = from.remove(name) { object } else { Object::default() }
}

/// One `--trust FILE`: a configuration, its trust part, issuers alone, or a signed list.
fn trust_file(file: &str, config: &mut Object, trust: &mut Object) -> Result<(), Misuse> {
    let text = files::text(file)?;
    let list = |trust: &mut Object, text: String| merge(trust, "lists".into(), Value::Array(vec![Value::Text(text)]));
    match json::parse(text.as_bytes()) {
        Ok(Value::Array(issuers)) => merge(trust, "issuers".into(), Value::Array(issuers)),
        Ok(Value::Object(object)) if object.text("payload").is_some() && object.get("signatures").is_some() => list(trust, text),
        Ok(Value::Object(mut object)) if object.has("trust") || object.has("policy") => {
            merge_all(trust, take_object(&mut object, "trust"));
            for (name, value) in object.members {
                set(config, &name, value);
            }
        }
        Ok(Value::Object(object)) => merge_all(trust, object),
        Ok(Value::Null | Value::Bool(_) | Value::Int(_) | Value::Decimal(_) | Value::Text(_)) => {
            return misuse(format!("{file} holds no trust."));
        }
        Err(_) => list(trust, text),
    }
    Ok(())
}

/// The engine that `--trust`, `--policy` and their like describe.
pub(crate) fn engine(asked: &Arguments) -> Result<Engine, Misuse> {
    let (mut config, mut trust) = (Object::default(), Object::default());
    for file in asked.all("trust") {
        trust_file(file, &mut config, &mut trust)?;
    }
    for file in asked.all("anchor") {
        let keys = match files::json(file)? {
            Value::Array(keys) => keys,
            Value::Object(mut set) if set.has("keys") => match set.remove("keys") {
                Some(Value::Array(keys)) => keys,
                Some(other) => vec![other],
                None => Vec::new(),
            },
            key @ (Value::Null | Value::Bool(_) | Value::Int(_) | Value::Decimal(_) | Value::Text(_) | Value::Object(_)) => vec![key],
        };
        merge(&mut trust, "anchors".into(), Value::Array(keys));
    }
    let mut policy = take_object(&mut config, "policy");
    if let Some(given) = asked.one("policy") {
        let value = json::parse(given.as_bytes()).or_else(|_| files::json(given))?;
        let Value::Object(given) = value else { return misuse("--policy is a JSON object.") };
        for (name, value) in given.members {
            set(&mut policy, &name, value);
        }
    }
    if let Some(level) = asked.one("level") {
        let Ok(level) = level.parse() else { return misuse("--level is 1 or 2.") };
        set(&mut policy, "minLevel", Value::Int(level));
    }
    if let Some(law) = asked.one("law") {
        set(&mut policy, "law", Value::Text(law.to_owned()));
    }
    set(&mut config, "policy", Value::Object(policy));
    set(&mut config, "trust", Value::Object(trust));
    config.remove("language");
    let read = |name: &str| asked.all(name).map(files::bytes).collect::<Result<Vec<_>, _>>();
    let (csca, masters) = (read("csca")?, read("master-list")?);
    let [csca, masters] = [&csca, &masters].map(|all| all.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let now = clock();
    Engine::new(&json_out::text_of_object(&config), &csca, &masters, now)
        .map_err(|error| Misuse(format!("{} [{}]", error.message, error.code)))
}

/// The options of every call.
pub(crate) fn options(asked: &Arguments) -> Result<String, Misuse> {
    let mut options = Object::default();
    set(&mut options, "now", Value::Int(now(asked)?));
    for name in ["nonce", "audience", "purpose", "origin"] {
        if let Some(text) = asked.one(name) {
            set(&mut options, name, Value::Text(text.to_owned()));
        }
    }
    let lists = asked.all("status-list").map(status_list).collect::<Result<Vec<_>, _>>()?;
    let states = asked.all("account-state").map(|file| files::text(file).map(Value::Text)).collect::<Result<Vec<_>, _>>()?;
    for (name, texts) in [("statusLists", lists), ("accountStates", states)] {
        if !texts.is_empty() {
            set(&mut options, name, Value::Array(texts));
        }
    }
    if let Some(mrz) = asked.one("mrz") {
        let text = if mrz.contains(['<', '\n']) { mrz.to_owned() } else { files::text(mrz)? };
        set(&mut options, "mrz", Value::Text(text));
    }
    Ok(json_out::text_of_object(&options))
}

/// A status list: its JWT form as text, its CWT form in the words of the seam (`pkg/settings.js`).
fn status_list(file: &str) -> Result<Value, Misuse> {
    Ok(Value::Text(match files::input(file)? {
        Input::Text(text) => text,
        Input::Bytes(bytes) => format!("data:application/statuslist+cwt;base64,{}", STANDARD.encode(bytes)),
    }))
}

/// Length of a challenge in hexadecimal digits (ICAO Doc 9303-11 §6.1.2.1: eight bytes).
const CHALLENGE_DIGITS: usize = 16;

/// What stands beside the files of a chip: a credential, a challenge and the chip's answer.
pub(crate) fn chip(asked: &Arguments) -> Result<String, Misuse> {
    let mut input = Object::default();
    if let Some(file) = asked.one("credential") {
        set(&mut input, "credential", Value::Text(files::text(file)?));
    }
    match (asked.one("challenge"), asked.one("response")) {
        (None, None) => {}
        (Some(challenge), Some(response)) => {
            let digits = challenge.len() == CHALLENGE_DIGITS && challenge.bytes().all(|byte| byte.is_ascii_hexdigit());
            let Some(number) = u64::from_str_radix(challenge, 16).ok().filter(|_| digits) else {
                return misuse("--challenge takes 16 hexadecimal digits.");
            };
            let mut transcript = Object::default();
            set(&mut transcript, "challenge", Value::Text(URL_SAFE_NO_PAD.encode(number.to_be_bytes())));
            set(&mut transcript, "response", Value::Text(URL_SAFE_NO_PAD.encode(files::bytes(response)?)));
            set(&mut input, "activeAuthentication", Value::Object(transcript));
        }
        (Some(_), None) | (None, Some(_)) => return misuse("--challenge and --response go together."),
    }
    Ok(json_out::text_of_object(&input))
}
