//! Machine readable zones against vectors of others, our own bad inputs with their twins, and properties.
#![cfg(feature = "mrz")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::as_conversions,
    missing_docs
)]

use eid_verifier::base::Date;
use eid_verifier::document::mrz::{Facts, Field, Mismatch, Mrz, MrzProblem, Sex, check_digit, suggest};
use eid_verifier::document::vn_qr::VnQr;
use proptest::prelude::*;
use serde_json::Value;

fn load(path: &str) -> Value {
    let path = format!("{}/tests/vectors/{path}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn digits_ok(text: &str) -> Option<bool> {
    Mrz::parse(text).ok().map(|zone| zone.digits().iter().all(|digit| digit.ok))
}

fn lines(case: &Value) -> String {
    case["lines"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

/// Well formed with right digits, well formed with a wrong digit, or refused by its fields: as the crate `mrz` says, save named exceptions.
#[test]
fn cases_of_others_are_decided_by_doc_9303() {
    let exceptions = load("mrz/exceptions.json");
    let mut used = 0;
    let mut unnamed = Vec::new();
    for case in load("mrz/cases.json").as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let text = lines(case);
        let ours = match digits_ok(&text) {
            Some(true) => "agree",
            Some(false) => "differ",
            None => "refused",
        };
        let theirs = match case["check_digits_ok"].as_bool() {
            Some(true) => "agree",
            Some(false) => "differ",
            None => "refused",
        };
        match exceptions.get(id) {
            Some(exception) => {
                assert_eq!(exception["ours"], ours, "{id}");
                assert_ne!(ours, theirs, "{id} needs no exception");
                used += 1;
            }
            None if ours != theirs => unnamed.push(format!("{id}: ours {ours}, theirs {theirs}\n{text}")),
            None => {}
        }
        if ours != "refused" {
            assert_eq!(Mrz::parse(&text).unwrap().format().name(), case["format"].as_str().unwrap(), "{id}");
        }
    }
    assert!(unnamed.is_empty(), "{}", unnamed.join("\n"));
    assert_eq!(used, exceptions.as_object().unwrap().len());
}

/// The change of one digit by a peer is found, and in the field that he changed.
#[test]
fn one_spoilt_digit_is_found_in_its_field() {
    let mut seen = 0;
    for case in load("mrz/cases.json").as_array().unwrap() {
        let Some(mutated) = case["mutated"].as_str() else { continue };
        let Ok(zone) = Mrz::parse(&lines(case)) else { continue };
        let wrong: Vec<Field> = zone.digits().iter().filter(|digit| !digit.ok).map(|digit| digit.field).collect();
        let field = match mutated {
            "docnum" => Field::DocumentNumber,
            "dob" => Field::Birth,
            "expiry" => Field::Expiry,
            "personal" => Field::Optional,
            "composite" => Field::Composite,
            other => panic!("{other}"),
        };
        assert!(wrong.contains(&field), "{}", case["id"]);
        seen += 1;
    }
    assert!(seen >= 35, "{seen}");
}

#[test]
fn vietnamese_names_agree_in_both_forms() {
    for name in load("mrz/vietnam.json")["names"].as_array().unwrap() {
        let (first, rest) = name["mrz_expected"].as_str().unwrap().split_once('<').unwrap_or((name["mrz_expected"].as_str().unwrap(), ""));
        let field = format!("{first}<<{rest}");
        let text = format!("P<VNM{field:<<39}\nC1234567<8VNM9001011F3001019<<<<<<<<<<<<<<00");
        let zone = Mrz::parse(&text).unwrap();
        for form in ["name_nfc", "name_nfd"] {
            let facts = Facts { names: &[name[form].as_str().unwrap()], ..Facts::default() };
            assert_eq!(zone.compare(&facts), [], "{}", name["mrz_expected"]);
        }
        assert_eq!(zone.compare(&Facts { names: &["Đỗ Văn Khác"], ..Facts::default() }), [Mismatch::Name]);
    }
}

#[test]
#[cfg(feature = "sd-jwt")]
fn a_card_code_is_shown_as_unverified() {
    let answer = eid_verifier::boundary::inspect::inspect("001099000001||NGUYỄN VĂN MẪU|01021999|Nam|Số 1 Phố Mẫu, Hà Nội|03042021||");
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!((&answer["verified"], &answer["format"], &answer["birth"]), (&false.into(), &"vn-card-qr".into(), &"1999-02-01".into()));
    let engine = eid_verifier::boundary::wire::Engine::new("{}", &[], &[], 1_795_316_400).unwrap();
    let report: Value =
        serde_json::from_str(&engine.verify("001099000001||NGUYEN VAN MAU|01021999|Nam|Ha Noi|03042021", r#"{"now":1795316400}"#)).unwrap();
    assert_eq!(report["verdict"], "invalid");
}

#[test]
fn card_codes_are_read() {
    for code in load("mrz/vietnam.json")["qr"].as_array().unwrap() {
        let text = code["text"].as_str().unwrap();
        let card = VnQr::parse(text).unwrap();
        assert!(card.birth.is_some() && card.issued.is_some() && card.sex == Some(Sex::Male), "{text}");
        assert_eq!(card.old_number.is_none(), text.contains("||"));
    }
}

/// Row 241: a zone beside a credential.
#[test]
fn a_zone_contradicts_other_facts() {
    let text = "P<VNMNGUYEN<<MAU<SPECIMEN<<<<<<<<<<<<<<<<<<<\nC1234567<8VNM9001011F3001019<<<<<<<<<<<<<<00";
    let zone = Mrz::parse(text).unwrap();
    let facts = Facts {
        numbers: &["C1234567"],
        birthdate: Date::parse("1990-01-01"),
        expiry: Date::parse("2030-01-01"),
        nationality: Some("VNM"),
        names: &["Nguyễn", "Mẫu", "Specimen"],
        sex: Some(Sex::Female),
    };
    assert_eq!(zone.compare(&facts), []);
    assert_eq!(zone.compare(&Facts::default()), []);
    assert_eq!(zone.compare(&Facts { numbers: &["c-1234 567"], ..facts }), []);
    for (other, mismatch) in [
        (Facts { numbers: &["C1234568"], ..facts }, Mismatch::Number),
        (Facts { numbers: &[""], ..facts }, Mismatch::Number),
        (Facts { birthdate: Date::parse("1990-01-02"), ..facts }, Mismatch::Birth),
        (Facts { expiry: Date::parse("2030-02-01"), ..facts }, Mismatch::Expiry),
        (Facts { nationality: Some("LAO"), ..facts }, Mismatch::Nationality),
        (Facts { names: &["Trần Mẫu Specimen"], ..facts }, Mismatch::Name),
        (Facts { sex: Some(Sex::Male), ..facts }, Mismatch::Sex),
    ] {
        assert_eq!(zone.compare(&other), [mismatch]);
    }
    // a card bears nine digits of the holder's twelve, and all twelve beside them
    let card = load("mrz/cases.json")["123".parse::<usize>().unwrap()].clone();
    let zone = Mrz::parse(&lines(&card)).unwrap();
    assert_eq!(zone.personal_number(), Some("001199000001"));
    assert_eq!(zone.compare(&Facts { numbers: &["001199000001"], ..Facts::default() }), []);
    assert_eq!(zone.compare(&Facts { numbers: &["002199000001"], ..Facts::default() }), [Mismatch::Number]);
}

#[test]
fn debug_holds_no_person() {
    let text = "P<VNMNGUYEN<<MAU<SPECIMEN<<<<<<<<<<<<<<<<<<<\nC1234567<8VNM9001011F3001019<<<<<<<<<<<<<<00";
    let zone = Mrz::parse(text).unwrap();
    let facts = Facts { names: &["NGUYEN"], numbers: &["C1234567"], ..Facts::default() };
    let date = zone.birth(Date::parse("2026-11-22").unwrap());
    let change = suggest::readings(&text.replace("NGUYEN", "NGUY3N").replace("MAU<", "MAU<0"));
    let shown = format!("{zone:?} {facts:?} {date:?} {change:?} {:?} {:?}", zone.printed_birth(), Mrz::parse("NGUYEN"));
    for secret in ["NGUYEN", "SPECIMEN", "C1234567", "1990", "90"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn suggestions_are_traceable_and_right() {
    let good = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    assert!(suggest::readings(good).is_empty());
    for (position, read) in [
        (2, "U7O"),
        (5, "ER1KSSON"),
        (58, "74O8I2"),
        (45, "L8989O2C3"),
        (45, "LB98902C3"),
        (73, "ZE1B4226B"),
        (73, "2E184226B"),
        (87, "1O"),
    ] {
        let mut text = good.to_string();
        text.replace_range(position..position + read.len(), read);
        let readings = suggest::readings(&text);
        let applied = readings.iter().map(|changes| {
            let mut text = text.clone();
            for change in changes {
                assert_eq!(text[change.at.start..change.at.end].chars().next(), Some(change.from));
                text.replace_range(change.at.start..change.at.end, &change.to.to_string());
            }
            assert_eq!(digits_ok(&text), Some(true));
            text
        });
        if read == "U7O" {
            assert_eq!(readings.len(), 1, "{read}"); // 7 is read as T, UTO
        }
        assert!(applied.collect::<Vec<_>>().contains(&good.to_string()), "{read}");
    }
    // a digit read as another digit is no look-alike: nothing is made up
    assert!(suggest::readings(&good.replace("740812", "740813")).is_empty());
    assert!(suggest::readings("no zone").is_empty());
}

/// Rows K and their neighbours through the wire: verdict, codes, format, and the fields that a case names; every bad one has a good twin.
#[test]
#[cfg(feature = "sd-jwt")]
fn attack_rows_get_their_codes() {
    let cases = load("attacks/k.json");
    for case in cases.as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let options = serde_json::json!({ "now": case["now"] }).to_string();
        let answer = eid_verifier::boundary::mrz_wire::read_mrz(case["input"].as_str().unwrap(), &options);
        let answer: Value = serde_json::from_str(&answer).unwrap();
        for (name, expected) in case["expect"].as_object().unwrap() {
            let seen = match name.as_str() {
                "verdict" | "codes" => &answer["report"][name],
                _ => &answer[name],
            };
            assert_eq!(seen, expected, "{id}: {name}\n{answer:#}");
        }
        assert_eq!(answer["report"]["format"], "mrz");
        if let Some(twin) = case["twin"].as_str() {
            let twin = cases.as_array().unwrap().iter().find(|other| other["id"] == twin).unwrap();
            assert_eq!(twin["expect"]["verdict"], "indeterminate", "{id}");
        }
    }
}

/// The parts that a door puts together, put together as `pkg/zone.js` does it; without the report, which `tests/vectors.rs` compares.
#[cfg(feature = "sd-jwt")]
fn put_together(parts: &str) -> Value {
    let parts: Vec<&str> = parts.split('\n').collect();
    let given = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
    let suggestions = given(parts[1]).as_str().map_or(Value::Null, |json| serde_json::from_str(json).unwrap());
    if parts.len() == 2 {
        return serde_json::json!([suggestions]);
    }
    let is = |bit: usize| &parts[3][bit..=bit] == "1";
    let ambiguous: Vec<&str> = [("birth", 2), ("expiry", 3)].into_iter().filter(|(_, bit)| is(*bit)).map(|(name, _)| name).collect();
    let field = |letter: &str| {
        ["documentNumber", "birth", "expiry", "optional", "composite"].into_iter().find(|name| name.starts_with(letter)).unwrap()
    };
    let digits: Vec<Value> = (0..parts[13].len())
        .step_by(4)
        .map(|at| {
            let digit = &parts[13][at..at + 4];
            let start: usize = digit[2..].parse().unwrap();
            serde_json::json!({ "field": field(&digit[..1]), "ok": &digit[1..2] == "1", "at": { "start": start, "end": start + 1 } })
        })
        .collect();
    serde_json::json!({
        "format": parts[2], "sex": &parts[3][..1], "documentCode": parts[4], "documentNumber": parts[5], "issuingState": parts[6],
        "nationality": parts[7], "names": { "truncated": is(1), "primary": parts[8], "secondary": parts[9] }, "personalNumber": given(parts[10]),
        "birth": given(parts[11]), "expiry": given(parts[12]), "ambiguous": ambiguous, "digits": digits, "optional": &parts[14..],
        "suggestions": suggestions,
    })
}

#[test]
#[cfg(feature = "sd-jwt")]
fn parts_between_line_feeds_say_what_the_json_says() {
    use eid_verifier::boundary::{mrz_wire, zone_wire};
    let cases = load("attacks/k.json");
    let inputs = cases.as_array().unwrap().iter().map(|case| case["input"].as_str().unwrap()).chain(GOOD);
    for (input, options) in inputs.flat_map(|input| [(input, r#"{"now":1325376000}"#), (input, r#"{"now":1795316400,"suggest":true}"#)]) {
        let mut whole: Value = serde_json::from_str(&mrz_wire::read_mrz(input, options)).unwrap();
        whole.as_object_mut().unwrap().remove("report");
        let suggestions = whole["suggestions"].take();
        whole["suggestions"] = suggestions.clone();
        let short = put_together(&zone_wire::read_mrz(input, options));
        assert_eq!(short, if whole["format"] == "unknown" { serde_json::json!([suggestions]) } else { whole }, "{input}");
    }
}

#[test]
#[cfg(feature = "sd-jwt")]
fn bad_options_are_a_report() {
    use eid_verifier::boundary::mrz_wire::read_mrz;
    for options in [
        "",
        "{}",
        "[]",
        "null",
        r#"{"now":"1"}"#,
        r#"{"now":1.5}"#,
        r#"{"now":1,"x":1}"#,
        r#"{"now":1,"suggest":1}"#,
        r#"{"now":9007199254740991}"#,
    ] {
        let answer: Value = serde_json::from_str(&read_mrz(GOOD[0], options)).unwrap();
        assert_eq!(
            (&answer["report"]["codes"][0], &answer["report"]["format"]),
            (&"policy_invalid".into(), &"unknown".into()),
            "{options}"
        );
    }
    let answer: Value =
        serde_json::from_str(&read_mrz(&GOOD[3].replace("UTOERIKSSON", "UT0ERIKSSON"), r#"{"now":1795316400,"suggest":true}"#)).unwrap();
    assert_eq!(answer["suggestions"], serde_json::json!([[{ "at": { "start": 4, "end": 5 }, "from": "0", "to": "O" }]]));
}

/// `verify({mrz})` is `readMrz`'s report under the verifier's policy.
#[test]
#[cfg(feature = "sd-jwt")]
fn a_zone_is_an_input_too() {
    let engine = eid_verifier::boundary::wire::Engine::new("{}", &[], &[], 1_795_316_400).unwrap();
    let input = serde_json::json!({ "mrz": GOOD[0] }).to_string();
    let report = |options: &str| serde_json::from_str::<Value>(&engine.verify_document(&input, None, &[], options)).unwrap();
    let open = report(r#"{"now":1795316400}"#);
    assert_eq!((&open["format"], &open["codes"]), (&"mrz".into(), &serde_json::json!(["mrz_unauthenticated"])));
    assert_eq!(open["validUntil"], "2030-01-01T17:00:00Z");
    assert_eq!(report(r#"{"now":1893510000}"#)["codes"][0], "mrz_unauthenticated"); // 2030-01-01T15:00:00Z
    assert_eq!(report(r#"{"now":1893517200}"#)["codes"][0], "document_expired"); // 17:00:00Z, midnight in Hanoi
}

const GOOD: [&str; 6] = [
    "I<UTOD231458907<<<<<<<<<<<<<<<\n9001011F3001019UTO<<<<<<<<<<<2\nNGUYEN<<MAU<SPECIMEN<<<<<<<<<<",
    "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<",
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C<3UTO6908061F9406236ZE184226B<<<<<<<",
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL898902C<3UTO6908061F9406236ZE184226",
];

/// Any other character in a digit-protected field is found, except where modulo 10 cannot see it: two characters whose values differ by a
/// multiple of ten (`0`, `A`, `K`, `U`, `<`; `1`, `B`, `L`, `V`; …). That blindness is Doc 9303's, and exactly that wide.
#[test]
fn every_changed_character_is_found_save_collisions_modulo_10() {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
    let (mut found, mut collisions) = (0_u32, 0_u32);
    for text in GOOD {
        assert_eq!(digits_ok(text), Some(true), "{text}");
        // numbers, dates and their digits: everything that some digit covers, by finding out which positions matter
        let covered = |position: usize| {
            ALPHABET.iter().any(|&c| {
                let mut bytes = text.as_bytes().to_vec();
                bytes[position] = c;
                digits_ok(core::str::from_utf8(&bytes).unwrap()) == Some(false)
            })
        };
        for position in (0..text.len()).filter(|&position| text.as_bytes()[position] != b'\n' && covered(position)) {
            for &character in ALPHABET {
                let before = text.as_bytes()[position];
                let mut bytes = text.as_bytes().to_vec();
                bytes[position] = character;
                let same = check_digit::value(before).unwrap() % 10 == check_digit::value(character).unwrap() % 10;
                match digits_ok(core::str::from_utf8(&bytes).unwrap()) {
                    Some(true) => {
                        assert!(same, "{text} {position} {}", char::from(character));
                        collisions += u32::from(character != before);
                    }
                    Some(false) | None => found += 1,
                }
            }
        }
    }
    assert!(found > 5 * collisions, "{found} {collisions}");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,120}|[A-Z0-9<\\n]{0,120}|[A-Z0-9<]{30}\\n[A-Z0-9<]{30}\\n[A-Z0-9<]{30}|[PV][A-Z0-9<]{43}\\n[A-Z0-9<]{44}") {
        let today = Date::parse("2026-11-22").unwrap();
        let facts = Facts { names: &["Ñ x", "阮", "é"], numbers: &["1"], ..Facts::default() };
        if let Ok(zone) = Mrz::parse(&text) {
            let _ = (zone.digits(), zone.birth(today), zone.expiry(today), zone.document_number(), zone.compare(&facts));
            let _ = (zone.names().primary().count(), zone.optional(), zone.personal_number());
        }
        let _ = VnQr::parse(&text).map(|card| card.compare(&facts));
        let _ = suggest::readings(&text);
    }

    #[test]
    fn faults_point_into_the_text(which in 0..GOOD.len(), position in 0_usize..92, character in "\\PC") {
        let text: String = GOOD[which].char_indices().map(|(i, c)| if i == position { character.chars().next().unwrap() } else { c }).collect();
        if let Err(fault) = Mrz::parse(&text) {
            match fault.problem {
                MrzProblem::Length => assert!(fault.at.is_none()),
                MrzProblem::Charset => { let at = fault.at.unwrap(); assert_eq!(&text[at.start..at.end], character.as_str()); }
                MrzProblem::Format => { let at = fault.at.unwrap(); assert!(text.get(at.start..at.end).is_some()); }
            }
        }
    }

    #[test]
    fn names_of_any_script_never_panic(cells in "[A-Z<]{39}", name in "\\PC{0,200}") {
        let text = format!("P<UTO{cells}\nL898902C36UTO7408122F1204159ZE184226B<<<<<10");
        if let Ok(zone) = Mrz::parse(&text) {
            let _ = zone.names().agree_with(&[&name]);
        }
    }
}
