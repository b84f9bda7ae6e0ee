//! Our own reader of JSON against `serde_json`: the same verdict on every text, save where ours is stricter and says so.

#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use eid_verifier::base::Problem;
use eid_verifier::base::limits;
use eid_verifier::encoding::json::{self, Object, Value};
use eid_verifier::encoding::{json_borrowed, json_out};
use proptest::prelude::*;
use serde_json::Value as Theirs;

/// What `serde_json` makes of a text; with `arbitrary_precision` off, a number beyond f64 is its only other word.
fn theirs(text: &str) -> Option<Theirs> {
    serde_json::from_str(text).ok()
}

/// The same value, where both have one. Numbers are compared as JavaScript will read them: as f64.
fn agree(ours: &Value, theirs: &Theirs) -> bool {
    match (ours, theirs) {
        (Value::Null, Theirs::Null) => true,
        (Value::Bool(one), Theirs::Bool(other)) => one == other,
        (Value::Int(one), Theirs::Number(other)) => other.as_i64() == Some(*one),
        (Value::Decimal(one), Theirs::Number(other)) => {
            // serde_json rounds the last bit carelessly (no `float_roundtrip`); Rust's own reader is exact
            let (one, other) = (one.as_str().parse::<f64>().unwrap(), other.as_f64().unwrap());
            // and below the normal numbers the last bit is a large part of the whole
            one == other || ((one - other) / one).abs() < 1e-15 || (one - other).abs() < f64::MIN_POSITIVE
        }
        (Value::Text(one), Theirs::String(other)) => one == other,
        (Value::Array(one), Theirs::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| agree(one, other))
        }
        (Value::Object(one), Theirs::Object(other)) => {
            one.members.len() == other.len()
                && one.members.iter().all(|(name, value)| other.get(name).is_some_and(|other| agree(value, other)))
        }
        _ => false,
    }
}

fn hold(text: &str) {
    let ours = json::parse(text.as_bytes());
    match (&ours, theirs(text)) {
        (Ok(ours), Some(theirs)) => {
            assert!(agree(ours, &theirs), "{text}");
            let again = json_out::text_of(ours);
            assert!(json::parse(again.as_bytes()).as_ref() == Ok(ours), "{text} came out as {again}");
        }
        (Ok(_), None) => panic!("only serde_json refuses {text}"),
        (Err(Problem::Json), Some(_)) => panic!("only ours refuses {text}"),
        // the documented rules, and nothing else
        (Err(Problem::DuplicateKey | Problem::TooDeep | Problem::Number | Problem::ForbiddenName), _) | (Err(Problem::Json), None) => {}
        (Err(other), _) => panic!("{other:?} for {text}"),
    }
    // the reader that copies nothing is as strict, and stricter about names
    if let Some(borrowed) = json_borrowed::parse(text) {
        assert!(ours.is_ok(), "only the borrowing reader takes {text}");
        assert_eq!(borrowed.as_text().is_some() || text.contains('\\'), matches!(ours, Ok(Value::Text(_))) || text.contains('\\'));
    } else if let Ok(Value::Text(_) | Value::Int(_) | Value::Bool(_) | Value::Null | Value::Decimal(_)) = ours {
        panic!("the borrowing reader refuses {text}");
    }
}

/// Pieces of which JSON is made, and pieces of which it is not.
const PIECES: [&str; 46] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\"a\"",
    "\"b\":",
    "\"__proto__\":",
    "null",
    "true",
    "false",
    "nul",
    "0",
    "-0",
    "1",
    "-1",
    "01",
    "2.5",
    "1e5",
    "1E-5",
    ".5",
    "1.",
    "9007199254740991",
    "9007199254740992",
    "1e999",
    "-",
    "+1",
    " ",
    "\t",
    "\n",
    "\r",
    "\u{c}",
    "\u{feff}",
    "\"\\u0041\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\x\"",
    "\\",
    "\"\u{1}\"",
    "\"é\"",
    "MẪU",
    "\"\\",
    "/**/",
    "'a'",
];

fn well_formed() -> impl Strategy<Value = Theirs> {
    let leaf = prop_oneof![
        Just(Theirs::Null),
        any::<bool>().prop_map(Theirs::Bool),
        any::<i64>().prop_map(Theirs::from),
        (-1000_i64..1000).prop_map(Theirs::from),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Theirs::from),
        (-1e6_f64..1e6).prop_map(Theirs::from),
        any::<String>().prop_map(Theirs::from),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Theirs::from),
            prop::collection::vec((".{0,6}", inner), 0..24).prop_map(|members| Theirs::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_serde_json_writes_is_read_the_same(value in well_formed(), pretty in any::<bool>()) {
        hold(&if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() });
    }

    #[test]
    fn pieces_in_any_order_get_the_same_verdict(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..12)) {
        hold(&pieces.concat());
    }

    #[test]
    fn a_changed_character_gets_the_same_verdict(value in well_formed(), place in any::<prop::sample::Index>(), other in any::<char>(), cut in any::<bool>()) {
        let mut letters: Vec<char> = value.to_string().chars().collect();
        let place = place.index(letters.len());
        if cut { letters.truncate(place) } else { letters[place] = other }
        hold(&letters.into_iter().collect::<String>());
    }

    #[test]
    fn number_literals_get_the_same_verdict(text in "-?[0-9]{0,18}(\\.[0-9]{0,18})?([eE][+-]?[0-9]{0,4})?") {
        hold(&text);
    }

    #[test]
    fn every_escape_gets_the_same_verdict(text in "\"(\\\\[\"/bfnrtuxa\\\\]|\\\\u[0-9a-fA-F]{0,5}|\\\\u[dD][89a-fA-F][0-9a-f]{2}|[a-z ])*\"?") {
        hold(&text);
    }

    #[test]
    fn bytes_that_are_no_text_are_told(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let is_text = std::str::from_utf8(&bytes).is_ok();
        prop_assert_eq!(json::parse(&bytes).err() == Some(Problem::Encoding), !is_text);
    }
}

#[test]
fn the_first_fault_in_reading_order_is_told() {
    for (text, problem) in [
        (r#"{"a":1,"a"}"#, Problem::DuplicateKey),
        (r#"{"__proto__"}"#, Problem::ForbiddenName),
        (r#"{"a":9007199254740992,"a":1}"#, Problem::Number),
        (r#"{"a":1e999"#, Problem::Number),
        (r#"{"a":1.e999"#, Problem::Json),
        (r#"{"a" 1,"a":1}"#, Problem::Json),
        (r#"{"a":01}"#, Problem::Json),
        ("", Problem::Json),
    ] {
        assert_eq!(json::parse(text.as_bytes()).err(), Some(problem), "{text}");
    }
}

#[test]
fn a_megabyte_is_read_in_a_moment_whatever_it_is_made_of() {
    let names: String = (0..60_000).map(|i| format!("\"{i:x}\":0,")).collect();
    let escapes = format!("\"{}\"", "\\u0041".repeat(170_000));
    let digits = format!("1.{}", "1".repeat(1 << 20));
    let exponent = format!("1e{}", "9".repeat(1 << 20));
    for text in [format!("{{{names}\"z\":0}}"), escapes, digits, exponent, format!("[{}0]", "0,".repeat(1 << 19)), " ".repeat(1 << 20)] {
        let begun = std::time::Instant::now();
        let _verdict = json::parse(text.as_bytes());
        assert!(begun.elapsed().as_secs() < 5, "{} …", &text[..20]);
    }
}

#[test]
fn objects_keep_their_order_and_depth_is_bounded() {
    let Ok(Value::Object(Object { members })) = json::parse(br#"{"b":1,"a":2}"#) else { panic!("no object") };
    assert_eq!(members.iter().map(|(name, _)| name.as_str()).collect::<String>(), "ba");
    let nest = |depth: usize| format!("{}1{}", "{\"a\":[".repeat(depth / 2), "]}".repeat(depth / 2));
    hold(&nest(limits::JSON_DEPTH));
    assert_eq!(json::parse(nest(limits::JSON_DEPTH + 2).as_bytes()).err(), Some(Problem::TooDeep));
    // closing brackets count too: many containers beside each other are not deep
    hold(&format!("[{}[]]", "[[]],".repeat(100)));
}
