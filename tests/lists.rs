//! Whom to believe, and whether it still holds: trust lists, status lists, account states, relying parties, and the clock, through the wire.
//! Every artefact is signed here by throw-away keys; each bad one differs from a good twin in one thing.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions, clippy::arithmetic_side_effects, clippy::panic)]
#![allow(missing_docs, reason = "a test")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use eid_verifier::boundary::wire::Engine;
use serde_json::{Value, json};

const NOW: i64 = 1_795_000_000; // 2026-11-18
const DAY: i64 = 86_400;
const ISSUER: &str = "https://issuer.specimen.example";
const OTHER: &str = "https://other.specimen.example";
const URI: &str = "https://status.specimen.example/lists/1";

fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A key by its number; `kid` is `k` and the number.
fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn jwk(number: u8) -> Value {
    json!({"kty": "OKP", "crv": "Ed25519", "kid": format!("k{number}"), "x": b64(key(number).verifying_key().as_bytes())})
}

fn with(mut value: Value, members: Value) -> Value {
    for (name, member) in members.as_object().unwrap() {
        if member.is_null() {
            value.as_object_mut().unwrap().remove(name);
        } else {
            value[name] = member.clone();
        }
    }
    value
}

fn sign(number: u8, typ: &str, payload: &Value) -> String {
    sign_with(number, &json!({"alg": "EdDSA", "typ": typ, "kid": format!("k{number}")}), payload)
}

fn sign_with(number: u8, header: &Value, payload: &Value) -> String {
    let input = format!("{}.{}", b64(header.to_string()), b64(payload.to_string()));
    let signature = key(number).sign(input.as_bytes());
    format!("{input}.{}", b64(signature.to_bytes()))
}

fn general(numbers: &[u8], payload: &Value) -> String {
    general_with(numbers, "eid-trust-list+jws", payload)
}

fn general_with(numbers: &[u8], typ: &str, payload: &Value) -> String {
    let payload = b64(payload.to_string());
    let signatures: Vec<Value> = numbers
        .iter()
        .map(|number| {
            let protected = b64(json!({"alg": "EdDSA", "typ": typ, "kid": format!("k{number}")}).to_string());
            let signature = key(*number).sign(format!("{protected}.{payload}").as_bytes());
            json!({"protected": protected, "signature": b64(signature.to_bytes())})
        })
        .collect();
    json!({"payload": payload, "signatures": signatures}).to_string()
}

/// Anchors are keys 1 to 3, issuers sign with 10 and up.
fn list(version: i64) -> Value {
    json!({
        "version": version, "iat": NOW - DAY, "exp": NOW + DAY,
        "root": {"keys": [jwk(1)], "threshold": 1},
        "issuers": [entry(ISSUER, 10), entry(OTHER, 20)],
        "relyingParties": {"suspended": []},
    })
}

fn entry(iss: &str, number: u8) -> Value {
    json!({
        "iss": iss, "name": {"vi": "Đơn vị MẪU", "en": "SPECIMEN authority"}, "keys": [jwk(number)],
        "vct": ["urn:eid:vn:citizen:1"], "maxLevel": 2, "kinds": ["citizen"], "statusHosts": ["status.specimen.example"], "state": "active",
    })
}

fn anchored(lists: &[String]) -> Value {
    json!({"trust": {"anchors": [jwk(1)], "lists": lists}})
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "iat": NOW - DAY, "exp": NOW + 30 * DAY, "vct": "urn:eid:vn:citizen:1", "sub": "account-1",
        "eid_level": 1, "eid_law": "ND69-2024", "status": {"status_list": {"idx": 5, "uri": URI}},
    })
}

fn credential(number: u8, claims: &Value) -> String {
    sign(number, "eid+jwt", claims)
}

fn deflate(bytes: &[u8]) -> String {
    b64(miniz_oxide::deflate::compress_to_vec_zlib(bytes, 9))
}

/// A status list of 2 bits an entry and 16 entries, with `value` at index 5.
fn status(value: u8) -> Value {
    let mut bytes = [0_u8; 4];
    bytes[1] = value << 2;
    json!({"sub": URI, "iat": NOW - 60, "exp": NOW + DAY, "ttl": 3600, "status_list": {"bits": 2, "lst": deflate(&bytes)}})
}

fn status_token(number: u8, payload: &Value) -> String {
    sign(number, "statuslist+jwt", payload)
}

fn engine(config: &Value) -> Engine {
    Engine::new(&config.to_string(), &[], &[], NOW).unwrap()
}

fn verify(engine: &Engine, token: &str, options: Value) -> Value {
    let options = with(json!({"now": NOW}), options);
    serde_json::from_str(&engine.verify(token, &options.to_string())).unwrap()
}

fn update(engine: &mut Engine, update: Value) -> Value {
    serde_json::from_str(&engine.update(&update.to_string(), NOW)).unwrap()
}

fn trust(engine: &Engine) -> Value {
    serde_json::from_str(&engine.trust()).unwrap()
}

fn codes(report: &Value) -> Vec<&str> {
    report["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect()
}

#[track_caller]
fn expect(report: &Value, verdict: &str, code: &[&str]) {
    assert_eq!((report["verdict"].as_str().unwrap(), codes(report).as_slice()), (verdict, code), "{report:#}");
}

fn line<'a>(report: &'a Value, check: &str) -> &'a Value {
    report["checks"].as_array().unwrap().iter().find(|line| line["check"] == check).unwrap()
}

/// An engine with trust list 1 in force and a good status list held.
fn ready() -> Engine {
    let mut engine = engine(&anchored(&[general(&[1], &list(1))]));
    let reports = update(&mut engine, json!({"statusLists": [status_token(10, &status(0))]}));
    expect(&reports[0], "valid", &[]);
    engine
}

#[test]
fn the_good_twin_of_everything_below_is_valid() {
    let engine = ready();
    let report = verify(&engine, &credential(10, &claims()), json!({}));
    expect(&report, "valid", &[]);
    assert_eq!(report["account"]["state"], "active");
    assert_eq!(report["holder"]["issuerName"]["en"], "SPECIMEN authority");
    // the list goes stale first: iat + ttl, and it still holds in that very second
    assert_eq!(report["validUntil"], "2026-11-18T12:05:41Z", "{}", report["validUntil"]);
    let reports = trust(&engine);
    assert_eq!((reports[0]["artefact"].as_str(), reports[0]["uri"].as_str()), (Some("status_list"), Some(URI)));
    assert_eq!((reports[1]["artefact"].as_str(), reports[1]["version"].as_i64()), (Some("trust_list"), Some(1)));
    assert_eq!(reports[1]["statusHosts"], json!(["status.specimen.example"]));
}

#[test]
fn a_bad_trust_list_is_refused_whole_and_its_code_is_told() {
    let flip = |text: String| {
        let mut list: Value = serde_json::from_str(&text).unwrap();
        let signature = list["signatures"][0]["signature"].as_str().unwrap();
        let other = if signature.starts_with('A') { "B" } else { "A" };
        list["signatures"][0]["signature"] = json!(format!("{other}{}", &signature[1..]));
        list.to_string()
    };
    let mut bad_key = list(1);
    bad_key["issuers"][1]["keys"][0]["x"] = json!(b64([1].iter().chain([0; 31].iter()).copied().collect::<Vec<u8>>()));
    let mut bad_entry = list(1);
    bad_entry["issuers"][1]["maxLevel"] = json!(3);
    let mut twice = list(1);
    twice["issuers"][1]["iss"] = json!(ISSUER);
    let cases: Vec<(&str, String, &str, &str)> = vec![
        ("one bit off", flip(general(&[1], &list(1))), "invalid", "trust_list_signature_invalid"),
        ("a stranger's", general(&[9], &list(1)), "invalid", "trust_list_signature_invalid"),
        (
            "a stranger's with his own root",
            general(&[9], &with(list(1), json!({"root": {"keys": [jwk(9)], "threshold": 1}}))),
            "invalid",
            "trust_list_threshold_not_met",
        ),
        ("nobody's", general(&[], &list(1)), "invalid", "trust_list_threshold_not_met"),
        ("over", general(&[1], &with(list(1), json!({"exp": NOW}))), "indeterminate", "trust_list_expired"),
        ("not begun", general(&[1], &with(list(1), json!({"iat": NOW + 61, "exp": NOW + DAY}))), "invalid", "trust_list_not_yet_valid"),
        ("a malformed key", general(&[1], &bad_key), "invalid", "key_invalid"),
        ("a malformed entry", general(&[1], &bad_entry), "invalid", "trust_list_invalid"),
        ("one issuer twice", general(&[1], &twice), "invalid", "trust_list_invalid"),
        ("no root", general(&[1], &with(list(1), json!({"root": null}))), "invalid", "trust_list_invalid"),
        ("no version", general(&[1], &with(list(1), json!({"version": null}))), "invalid", "trust_list_invalid"),
        ("a decimal version", general(&[1], &with(list(1), json!({"version": 1.0}))), "invalid", "trust_list_invalid"),
        ("for newer engines", general(&[1], &with(list(1), json!({"minEngine": "99.0.0"}))), "indeterminate", "engine_outdated"),
        ("another type", general_with(&[1], "eid-relying-party+jwt", &list(1)), "invalid", "typ_mismatch"),
        ("a credential", credential(10, &claims()), "invalid", "typ_mismatch"),
        ("a web page", "<!doctype html>".into(), "invalid", "trust_list_invalid"),
    ];
    for (name, text, verdict, code) in cases {
        let engine = engine(&anchored(&[text]));
        expect(&trust(&engine)[0], verdict, &[code]);
        // the verification that needed it carries its code
        let report = verify(&engine, &credential(10, &claims()), json!({}));
        assert_eq!((report["verdict"].as_str(), codes(&report)[0]), (Some(verdict), code), "{name}");
        assert_eq!(line(&report, "issuer.trust")["code"], code);
    }
    for good in [json!({"minEngine": "0.0.1"}), json!({"futureMember": {"x": 1}}), json!({"iat": NOW + 60})] {
        let engine = engine(&anchored(&[general(&[1], &with(list(1), good))]));
        expect(&trust(&engine)[0], "valid", &[]);
    }
}

#[test]
fn versions_only_rise_and_a_worse_list_changes_nothing() {
    let mut engine = engine(&anchored(&[general(&[1], &list(5))]));
    let before = verify(&engine, &credential(10, &claims()), json!({"policy": {}, "statusLists": [status_token(10, &status(0))]}));
    expect(&before, "valid", &[]);
    let without_issuer = with(list(4), json!({"issuers": [entry(OTHER, 20)]}));
    let other_content = with(list(5), json!({"issuers": [entry(OTHER, 20)]}));
    for (text, code) in [
        (general(&[1], &without_issuer), "trust_list_rollback"),
        (general(&[1], &other_content), "trust_list_inconsistent"),
        (general(&[9], &list(6)), "trust_list_signature_invalid"),
        ("{}".to_owned(), "trust_list_invalid"),
    ] {
        let reports = update(&mut engine, json!({"trustLists": [text]}));
        expect(&reports[0], "invalid", &[code]);
        assert_eq!(reports, trust(&engine));
        assert_eq!(reports[1]["version"], 5, "the one in force stays");
        let after = verify(&engine, &credential(10, &claims()), json!({"statusLists": [status_token(10, &status(0))]}));
        expect(&after, "valid", &[]);
    }
    // the same once more is no fault, and a newer one takes over
    expect(&update(&mut engine, json!({"trustLists": [general(&[1], &list(5))]}))[0], "valid", &[]);
    expect(
        &update(&mut engine, json!({"trustLists": [general(&[1], &with(list(6), json!({"issuers": [entry(OTHER, 20)]})))]}))[0],
        "valid",
        &[],
    );
    expect(&verify(&engine, &credential(10, &claims()), json!({})), "invalid", &["issuer_unknown"]);
}

#[test]
fn lists_are_applied_in_the_order_of_their_versions() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let lists: Vec<String> = [3, 4, 5].iter().map(|version| general(&[1], &list(*version))).collect();
        let lists: Vec<String> = order.iter().map(|at| lists[*at].clone()).collect();
        let engine = engine(&anchored(&lists));
        for (report, at) in trust(&engine).as_array().unwrap().iter().zip(order) {
            expect(report, "valid", &[]);
            assert_eq!(report["version"], 3 + at, "reports in the order given");
        }
    }
    let floor = with(anchored(&[general(&[1], &list(3))])["trust"].clone(), json!({"minVersion": 4}));
    expect(&trust(&engine(&json!({"trust": floor})))[0], "invalid", &["trust_list_rollback"]);
}

#[test]
fn a_root_changes_hands_only_with_both_hands() {
    let hands = |version: i64, keys: &[u8], threshold: i64| {
        with(list(version), json!({"root": {"keys": keys.iter().map(|number| jwk(*number)).collect::<Vec<_>>(), "threshold": threshold}}))
    };
    let start = || engine(&anchored(&[general(&[1], &list(1))]));
    let first = |engine: &mut Engine, text: String| update(engine, json!({"trustLists": [text]}))[0].clone();
    expect(&first(&mut start(), general(&[2], &hands(2, &[2], 1))), "invalid", &["trust_list_threshold_not_met"]);
    expect(&first(&mut start(), general(&[1], &hands(2, &[2], 1))), "invalid", &["trust_list_threshold_not_met"]);
    let mut changed = start();
    expect(&first(&mut changed, general(&[1, 2, 3], &hands(2, &[2, 3], 2))), "valid", &[]);
    // the old hand is no hand any more, and one of the new ones is too few
    expect(&first(&mut changed, general(&[1], &list(3))), "invalid", &["trust_list_threshold_not_met"]);
    expect(&first(&mut changed, general(&[2], &hands(3, &[2, 3], 2))), "invalid", &["trust_list_threshold_not_met"]);
    expect(&first(&mut changed, general(&[2, 2], &hands(3, &[2, 3], 2))), "invalid", &["trust_list_threshold_not_met"]);
    expect(&first(&mut changed, general(&[3, 2], &hands(3, &[2, 3], 2))), "valid", &[]);

    // the first list may bring a new root if the anchors signed it
    expect(&trust(&engine(&anchored(&[general(&[1, 2], &hands(1, &[2], 1))])))[0], "valid", &[]);
    // a page that slept through a change: the list between is over, and still carries the trust to the newest
    let over = with(hands(2, &[2], 1), json!({"iat": NOW - 9 * DAY, "exp": NOW - DAY}));
    let late = engine(&anchored(&[general(&[2], &hands(3, &[2], 1)), general(&[1, 2], &over)]));
    expect(&trust(&late)[0], "valid", &[]);
    expect(&trust(&late)[1], "indeterminate", &["trust_list_expired"]);
}

#[test]
fn a_threshold_counts_keys_not_signatures() {
    let config = |lists: &[String]| json!({"trust": {"anchors": [jwk(1), jwk(2), jwk(3)], "threshold": 2, "lists": lists}});
    let two = with(list(1), json!({"root": {"keys": [jwk(1), jwk(2), jwk(3)], "threshold": 2}}));
    let first = |text: String| trust(&engine(&config(&[text])))[0].clone();
    expect(&first(general(&[1, 3], &two)), "valid", &[]);
    expect(&first(general(&[1], &two)), "invalid", &["trust_list_threshold_not_met"]);
    expect(&first(general(&[1, 1], &two)), "invalid", &["trust_list_threshold_not_met"]);
    expect(&first(general(&[1, 9], &two)), "invalid", &["trust_list_threshold_not_met"]);
    for bad in [
        json!({"anchors": [jwk(1)], "threshold": 2}),
        json!({"anchors": [jwk(1), jwk(1)], "threshold": 2}),
        json!({"anchors": [jwk(1)], "threshold": 0}),
        json!({"minVersion": "1"}),
    ] {
        let refused = Engine::new(&json!({"trust": bad}).to_string(), &[], &[], NOW).unwrap_err();
        assert_eq!(refused.code, "policy_invalid");
    }
    let refused = Engine::new(&json!({"trust": {"anchors": [with(jwk(1), json!({"x": "AA"}))]}}).to_string(), &[], &[], NOW).unwrap_err();
    assert_eq!(refused.code, "key_invalid");
}

#[test]
fn a_listed_key_serves_its_own_issuer_type_level_kind_and_window() {
    let verdict = |list: Value, token: String| {
        let engine = engine(&anchored(&[general(&[1], &list)]));
        verify(&engine, &token, json!({"statusLists": [status_token(10, &status(0))]}))
    };
    let issuer = |members: Value| with(list(1), json!({"issuers": [with(entry(ISSUER, 10), members), entry(OTHER, 20)]}));
    let keyed = |members: Value| issuer(json!({"keys": [with(jwk(10), members)]}));
    let good = || credential(10, &claims());
    expect(&verdict(list(1), good()), "valid", &[]);
    expect(&verdict(list(1), credential(20, &claims())), "invalid", &["issuer_key_mismatch"]);
    expect(&verdict(list(1), credential(10, &with(claims(), json!({"iss": "https://unknown.example"})))), "invalid", &["issuer_unknown"]);
    expect(&verdict(keyed(json!({"status": "compromised", "since": NOW})), good()), "invalid", &["key_revoked"]);
    // retired an hour ago: what it signed yesterday stays believed, the status list of a minute ago does not
    let retired = verdict(keyed(json!({"status": "retired", "since": NOW - 3600})), good());
    assert_eq!(line(&retired, "issuer.trust")["outcome"], "pass");
    assert_eq!(line(&retired, "status.list")["code"], "key_not_valid_at_time");
    expect(&verdict(keyed(json!({"status": "retired", "since": NOW})), good()), "valid", &[]);
    expect(&verdict(keyed(json!({"nbf": NOW})), good()), "invalid", &["key_not_valid_at_time"]);
    expect(&verdict(keyed(json!({"exp": NOW - 2 * DAY})), good()), "invalid", &["key_not_valid_at_time"]);
    for state in ["suspended", "withdrawn"] {
        expect(&verdict(issuer(json!({"state": state})), good()), "invalid", &["issuer_suspended"]);
    }
    expect(&verdict(issuer(json!({"vct": ["urn:eid:vn:foreigner:1"]})), good()), "invalid", &["issuer_not_authorised"]);
    expect(&verdict(issuer(json!({"kinds": ["foreigner"]})), good()), "invalid", &["issuer_not_authorised"]);
    let evidence = json!({"eid_level": 2, "evidence": [{"method": "portrait", "source": "national_population", "verified_at": "2026-01-01T00:00:00Z"}]});
    let second = credential(10, &with(claims(), evidence));
    expect(&verdict(list(1), second.clone()), "valid", &[]);
    expect(&verdict(issuer(json!({"maxLevel": 1})), second), "invalid", &["issuer_level_not_authorised"]);
}

#[test]
fn a_list_that_ends_while_it_is_held_makes_indeterminate() {
    let engine = ready();
    let report = verify(&engine, &credential(10, &claims()), json!({"now": NOW + DAY, "statusLists": []}));
    expect(&report, "indeterminate", &["trust_list_expired"]);
    assert_eq!(report["needs"], json!([{"type": "trust_list"}]));
    let nothing = Engine::new("{}", &[], &[], NOW).unwrap();
    let report = verify(&nothing, &credential(10, &claims()), json!({}));
    expect(&report, "indeterminate", &["trust_list_missing"]);
    assert_eq!(report["needs"], json!([{"type": "trust_list"}]));
}

#[test]
fn a_pin_may_only_narrow_a_listed_issuer() {
    let config = |pin: Value| {
        let trust = with(anchored(&[general(&[1], &list(1))])["trust"].clone(), json!({"issuers": [pin]}));
        json!({"trust": trust})
    };
    let lists = json!({"statusLists": [status_token(10, &status(0))]});
    let narrow = engine(&config(json!({"iss": ISSUER, "keys": [jwk(30)], "vct": ["urn:eid:vn:foreigner:1"]})));
    expect(&verify(&narrow, &credential(10, &claims()), lists.clone()), "invalid", &["issuer_not_authorised"]);
    // its key is not the list's, so it signs nothing
    let wide = engine(&config(json!({"iss": ISSUER, "keys": [jwk(30)]})));
    expect(&verify(&wide, &credential(30, &claims()), lists.clone()), "invalid", &["kid_unknown"]);
    expect(&verify(&wide, &credential(10, &claims()), lists), "valid", &[]);
}

#[test]
fn a_status_list_says_valid_revoked_suspended_or_nothing_known() {
    let engine = engine(&anchored(&[general(&[1], &list(1))]));
    let ask = |value: u8| verify(&engine, &credential(10, &claims()), json!({"statusLists": [status_token(10, &status(value))]}));
    expect(&ask(0), "valid", &[]);
    let revoked = ask(1);
    expect(&revoked, "invalid", &["revoked"]);
    assert_eq!(revoked["account"]["state"], "unknown");
    let suspended = ask(2);
    expect(&suspended, "invalid", &["suspended"]);
    assert_eq!(suspended["account"]["state"], "locked");
    expect(&ask(3), "invalid", &["status_value_unknown"]);
}

#[test]
fn a_status_that_cannot_be_told_is_never_revoked() {
    let engine = engine(&anchored(&[general(&[1], &list(1))]));
    let with_lists = |lists: Vec<String>| verify(&engine, &credential(10, &claims()), json!({"statusLists": lists}));
    let one = |payload: Value| with_lists(vec![status_token(10, &payload)]);
    let flip = |token: &str| format!("{}{}", &token[..token.len() - 2], if token.ends_with("AA") { "BA" } else { "AA" });
    let entry_of = |bits: Value| with(status(0), json!({"status_list": {"bits": bits, "lst": deflate(&[0; 16])}}));
    let cases: Vec<(&str, Value, &str, &str)> = vec![
        ("none", with_lists(vec![]), "indeterminate", "status_unavailable"),
        ("bad signature", with_lists(vec![flip(&status_token(10, &status(0)))]), "invalid", "status_list_signature_invalid"),
        ("a stranger's", with_lists(vec![status_token(99, &status(0))]), "invalid", "status_list_signature_invalid"),
        ("another issuer's", with_lists(vec![status_token(20, &status(0))]), "invalid", "status_list_issuer_mismatch"),
        ("another issuer's name", one(with(status(0), json!({"iss": OTHER}))), "invalid", "status_list_issuer_mismatch"),
        ("another subject", one(with(status(0), json!({"sub": format!("{URI}/")}))), "invalid", "status_list_subject_mismatch"),
        ("another subject, case", one(with(status(0), json!({"sub": URI.to_uppercase()}))), "invalid", "status_list_subject_mismatch"),
        ("no subject", one(with(status(0), json!({"sub": null}))), "invalid", "status_list_invalid"),
        ("over", one(with(status(0), json!({"exp": NOW}))), "indeterminate", "status_list_expired"),
        ("stale", one(with(status(0), json!({"iat": NOW - 3601}))), "indeterminate", "status_list_stale"),
        ("from the future", one(with(status(0), json!({"iat": NOW + 61}))), "invalid", "issued_in_future"),
        ("no iat", one(with(status(0), json!({"iat": null}))), "invalid", "status_list_invalid"),
        ("bits 0", one(entry_of(json!(0))), "invalid", "status_list_invalid"),
        ("bits 3", one(entry_of(json!(3))), "invalid", "status_list_invalid"),
        ("bits 16", one(entry_of(json!(16))), "invalid", "status_list_invalid"),
        ("bits as text", one(entry_of(json!("1"))), "invalid", "status_list_invalid"),
        ("bits as a decimal", one(entry_of(json!(1.0))), "invalid", "status_list_invalid"),
        (
            "a bomb",
            one(with(status(0), json!({"status_list": {"bits": 1, "lst": deflate(&vec![0; (16 << 20) + 1])}}))),
            "invalid",
            "status_list_too_large",
        ),
        ("another type", with_lists(vec![sign(10, "JWT", &status(0))]), "invalid", "typ_mismatch"),
        ("a credential", with_lists(vec![credential(10, &with(claims(), json!({"sub": URI})))]), "invalid", "typ_mismatch"),
        (
            "alg none",
            with_lists(vec![sign_with(10, &json!({"alg": "none", "typ": "statuslist+jwt"}), &status(0))]),
            "invalid",
            "alg_not_allowed",
        ),
        ("a web page", with_lists(vec!["<html>".into()]), "invalid", "status_list_invalid"),
    ];
    for (name, report, verdict, code) in cases {
        assert_eq!((report["verdict"].as_str(), codes(&report).as_slice()), (Some(verdict), &[code][..]), "{name}: {report:#}");
        assert_ne!(report["account"]["state"], "locked", "{name}");
        assert_ne!(report["account"]["state"], "active", "{name}");
        let wanted = if verdict == "indeterminate" { json!([{"type": "status_list", "uri": URI}]) } else { json!([]) };
        assert_eq!(report["needs"], wanted, "{name}");
    }
    // good twins at the borders
    for good in [
        json!({"iat": NOW - 3600}),
        json!({"iat": NOW + 60}),
        json!({"exp": NOW + 1}),
        json!({"exp": null, "ttl": null, "iat": NOW - 900 * DAY}),
        json!({"iss": ISSUER}),
    ] {
        let report = one(with(status(0), good.clone()));
        assert_eq!(report["verdict"], "valid", "{good} {report:#}");
    }
    // the list that is needed among others that are not
    let other = status_token(20, &with(status(0), json!({"sub": "https://status.specimen.example/lists/2"})));
    expect(&with_lists(vec![other.clone(), status_token(10, &status(0))]), "valid", &[]);
    expect(&with_lists(vec![other.clone(), other]), "indeterminate", &["status_unavailable"]);
}

#[test]
fn the_status_claim_is_read_strictly() {
    let mut engine = engine(&anchored(&[general(&[1], &list(1))]));
    update(&mut engine, json!({"statusLists": [status_token(10, &status(0))]}));
    let ask = |status: Value| verify(&engine, &credential(10, &with(claims(), json!({"status": status}))), json!({}));
    let index = |idx: Value| ask(json!({"status_list": {"idx": idx, "uri": URI}}));
    let uri = |uri: &str| ask(json!({"status_list": {"idx": 5, "uri": uri}}));
    expect(&index(json!(15)), "valid", &[]);
    for (report, code) in [
        (index(json!(16)), "status_index_out_of_range"),
        (index(json!(17)), "status_index_out_of_range"),
        (index(json!(9_007_199_254_740_991_i64)), "status_index_out_of_range"),
        (index(json!(-1)), "status_index_out_of_range"),
        (index(json!(1.5)), "claim_type_invalid"),
        (index(json!("3")), "claim_type_invalid"),
        (index(json!(2.0)), "number_invalid"),
        (ask(json!({"status_list": {"uri": URI}})), "claim_type_invalid"),
        (ask(json!({"status_list": 7})), "claim_type_invalid"),
        (ask(json!("active")), "claim_type_invalid"),
        (ask(json!({})), "status_unsupported"),
        (ask(json!({"identifier_list": {"id": "x"}})), "status_unsupported"),
        (uri("lists/1"), "status_uri_invalid"),
        (uri("javascript:alert(1)"), "status_uri_invalid"),
        (uri("http://status.specimen.example/lists/1"), "status_uri_invalid"),
        (uri("https://evil.example/lists/1"), "status_uri_invalid"),
        (uri("https://status.specimen.example:444/lists/1"), "status_uri_invalid"),
        (uri("https://STATUS.specimen.example/lists/1"), "status_uri_invalid"),
        (uri("https://x@status.specimen.example/lists/1"), "status_uri_invalid"),
        (verify(&engine, &credential(10, &with(claims(), json!({"status": null}))), json!({})), "status_missing"),
    ] {
        expect(&report, "invalid", &[code]);
    }
    let both = ask(json!({"status_list": {"idx": 5, "uri": URI}, "identifier_list": {"id": "x"}}));
    expect(&both, "valid", &[]);
    assert_eq!(line(&both, "status.mechanism")["code"], "status_unsupported");
    assert_eq!(line(&both, "status.mechanism")["outcome"], "skip");
    let order: Vec<&Value> = both["checks"].as_array().unwrap().iter().map(|line| &line["check"]).collect();
    let place = |check: &str| order.iter().position(|known| *known == check).unwrap();
    assert_eq!(place("status.mechanism") + 1, place("status.list"));
    // pinned issuers are free in their hosts
    let pinned = engine_of_pin();
    let elsewhere = "https://anywhere.example/1";
    let token = credential(10, &with(claims(), json!({"status": {"status_list": {"idx": 5, "uri": elsewhere}}})));
    let lists = json!({"statusLists": [status_token(10, &with(status(0), json!({"sub": elsewhere})))]});
    expect(&verify(&pinned, &token, lists), "valid", &[]);
}

fn engine_of_pin() -> Engine {
    engine(&json!({"trust": {"issuers": [{"iss": ISSUER, "keys": [jwk(10)]}]}}))
}

#[test]
fn status_may_be_asked_less_strictly() {
    let ask = |policy: Value, members: Value| {
        let engine = engine(&with(anchored(&[general(&[1], &list(1))]), json!({"policy": policy})));
        verify(&engine, &credential(10, &with(claims(), members)), json!({}))
    };
    expect(&ask(json!({"status": "ignore"}), json!({})), "valid", &[]);
    expect(&ask(json!({"status": "if-present"}), json!({"status": null})), "valid", &[]);
    expect(&ask(json!({"status": "if-present"}), json!({})), "indeterminate", &["status_unavailable"]);
}

#[test]
fn keys_for_lists_sign_lists_only() {
    let keys = json!([jwk(10), with(jwk(11), json!({"use": "status"}))]);
    let list = with(list(1), json!({"issuers": [with(entry(ISSUER, 10), json!({"keys": keys})), entry(OTHER, 20)]}));
    let engine = engine(&anchored(&[general(&[1], &list)]));
    let ask = |signer: u8, list_signer: u8| {
        verify(&engine, &credential(signer, &claims()), json!({"statusLists": [status_token(list_signer, &status(0))]}))
    };
    expect(&ask(10, 11), "valid", &[]);
    expect(&ask(10, 10), "invalid", &["status_list_signature_invalid"]);
    assert_eq!(codes(&ask(11, 11)), ["kid_unknown"]);
}

#[test]
fn an_older_status_list_never_takes_the_place_of_a_newer() {
    let mut engine = ready();
    let older = status_token(10, &with(status(1), json!({"iat": NOW - 61})));
    expect(&update(&mut engine, json!({"statusLists": [older]}))[0], "invalid", &["status_list_rollback"]);
    expect(&verify(&engine, &credential(10, &claims()), json!({})), "valid", &[]);
    expect(&verify(&engine, &credential(10, &claims()), json!({"statusLists": [older]})), "invalid", &["status_list_rollback"]);
    // another issuer's list of that name changes nothing, and a bad one neither
    let theirs = status_token(20, &with(status(1), json!({"iat": NOW})));
    update(&mut engine, json!({"statusLists": [theirs, "x.y.z"]}));
    expect(&verify(&engine, &credential(10, &claims()), json!({})), "valid", &[]);
    // one that is over does not displace one that holds
    let over = status_token(10, &with(status(1), json!({"iat": NOW - 50, "exp": NOW - 1})));
    expect(&update(&mut engine, json!({"statusLists": [over]}))[0], "indeterminate", &["status_list_expired"]);
    expect(&verify(&engine, &credential(10, &claims()), json!({})), "valid", &[]);
    let newer = status_token(10, &with(status(1), json!({"iat": NOW - 1})));
    expect(&update(&mut engine, json!({"statusLists": [newer]}))[0], "valid", &[]);
    expect(&verify(&engine, &credential(10, &claims()), json!({})), "invalid", &["revoked"]);
}

#[test]
fn a_key_that_is_taken_back_takes_its_lists_along() {
    let mut engine = ready();
    let keys = json!([with(jwk(10), json!({"status": "compromised"})), jwk(12)]);
    let next = with(list(2), json!({"issuers": [with(entry(ISSUER, 10), json!({"keys": keys}))]}));
    expect(&update(&mut engine, json!({"trustLists": [general(&[1], &next)]}))[0], "valid", &[]);
    expect(&verify(&engine, &credential(12, &claims()), json!({})), "invalid", &["key_revoked"]);
    let anew = status_token(12, &with(status(0), json!({"iat": NOW - 1})));
    update(&mut engine, json!({"statusLists": [anew]}));
    expect(&verify(&engine, &credential(12, &claims()), json!({})), "valid", &[]);
}

fn state(sequence: i64, members: Value) -> String {
    let state = json!({
        "iss": ISSUER, "sub": "account-1", "seq": sequence, "iat": NOW - 30, "exp": NOW + DAY, "state": "active", "grounds": [], "pending": [],
    });
    sign(10, "eid-account-state+jwt", &with(state, members))
}

#[test]
fn a_signed_state_locks_and_a_request_does_not() {
    let engine = ready();
    let ask = |states: Vec<String>| verify(&engine, &credential(10, &claims()), json!({"accountStates": states}));
    expect(&ask(vec![state(1, json!({}))]), "valid", &[]);
    let locked =
        ask(vec![state(1, json!({"state": "locked", "grounds": [{"code": "PASSPORT_EXPIRED", "since": "2026-11-01T00:00:00+07:00"}]}))]);
    expect(&locked, "invalid", &["account_locked"]);
    assert_eq!(
        locked["account"],
        json!({"state": "locked", "grounds": ["PASSPORT_EXPIRED"], "basis": ["ND69-2024 Art. 15"], "asOf": "2026-11-18T11:06:10Z"}),
        "{}",
        locked["account"]
    );
    let pending = json!([{"requestedBy": "authority", "received": "2026-11-17T01:00:00Z", "due": "2026-11-19T10:00:00Z"}]);
    let asked = ask(vec![state(1, json!({"pending": pending}))]);
    expect(&asked, "valid", &[]);
    assert_eq!(asked["account"]["pending"][0]["due"], "2026-11-19T10:00:00Z");
    expect(&ask(vec![state(1, json!({"grounds": [{"code": "DEATH", "since": "2026-11-01T00:00:00Z"}]}))]), "invalid", &["account_locked"]);
    expect(&ask(vec![state(1, json!({})), state(1, json!({"state": "locked"}))]), "invalid", &["account_locked"]);
    expect(&ask(vec![state(1, json!({"state": "locked"})), state(1, json!({}))]), "invalid", &["account_locked"]);
    expect(&ask(vec![state(2, json!({})), state(1, json!({"state": "locked"}))]), "valid", &[]);
    for (states, verdict, code) in [
        (vec![state(1, json!({"sub": "account-2"}))], "invalid", "account_status_invalid"),
        (vec![state(1, json!({"sub": "Account-1"}))], "invalid", "account_status_invalid"),
        (vec![state(1, json!({"iss": OTHER}))], "invalid", "account_status_invalid"),
        (vec![state(1, json!({"state": "open"}))], "invalid", "account_status_invalid"),
        (vec![state(1, json!({"seq": "1"}))], "invalid", "account_status_invalid"),
        (vec![format!("{}A", state(1, json!({})))], "invalid", "account_status_invalid"),
        (vec!["<html>".to_owned()], "invalid", "account_status_invalid"),
        (vec![state(1, json!({"exp": NOW}))], "indeterminate", "account_status_unavailable"),
        (vec![state(1, json!({"iat": NOW + 61}))], "invalid", "issued_in_future"),
    ] {
        let report = ask(states);
        expect(&report, verdict, &[code]);
        let wanted =
            if verdict == "indeterminate" { json!([{"type": "account_state", "iss": ISSUER, "sub": "account-1"}]) } else { json!([]) };
        assert_eq!(report["needs"], wanted);
    }
}

#[test]
fn a_ground_that_is_signed_and_seen_is_told_once() {
    let list =
        with(list(1), json!({"issuers": [with(entry(ISSUER, 10), json!({"vct": ["urn:eid:vn:foreigner:1"], "kinds": ["foreigner"]}))]}));
    let engine = engine(&anchored(&[general(&[1], &list)]));
    let passport = json!({"vct": "urn:eid:vn:foreigner:1", "travel_document": {"type": "passport", "number": "X0SPECIMEN", "country": "FRA",
        "issued_on": "2016-11-01", "issued_at": "SPECIMEN", "expires_on": "2026-11-01"}});
    let token = credential(10, &with(claims(), passport));
    let ask =
        |states: Vec<String>| verify(&engine, &token, json!({"statusLists": [status_token(10, &status(0))], "accountStates": states}));
    let due = ask(vec![]);
    expect(&due, "invalid", &["document_expired"]);
    assert_eq!((&due["account"]["state"], &due["account"]["grounds"]), (&json!("lock_due"), &json!(["PASSPORT_EXPIRED"])));
    let locked =
        ask(vec![state(1, json!({"state": "locked", "grounds": [{"code": "PASSPORT_EXPIRED", "since": "2026-11-02T00:00:00+07:00"}]}))]);
    expect(&locked, "invalid", &["account_locked", "document_expired"]);
    assert_eq!((&locked["account"]["state"], &locked["account"]["grounds"]), (&json!("locked"), &json!(["PASSPORT_EXPIRED"])));
}

#[test]
fn states_have_an_order() {
    let mut engine = ready();
    let token = credential(10, &claims());
    expect(&update(&mut engine, json!({"accountStates": [state(5, json!({"state": "locked"}))]}))[0], "valid", &[]);
    expect(&verify(&engine, &token, json!({})), "invalid", &["account_locked"]);
    expect(&update(&mut engine, json!({"accountStates": [state(4, json!({}))]}))[0], "invalid", &["account_status_stale"]);
    expect(&verify(&engine, &token, json!({"accountStates": [state(4, json!({}))]})), "invalid", &["account_status_stale"]);
    update(&mut engine, json!({"accountStates": [state(5, json!({}))]}));
    expect(&verify(&engine, &token, json!({})), "invalid", &["account_locked"]);
    expect(&verify(&engine, &token, json!({"accountStates": [state(5, json!({}))]})), "invalid", &["account_locked"]);
    expect(&verify(&engine, &token, json!({"accountStates": [state(6, json!({}))]})), "valid", &[]);
    update(&mut engine, json!({"accountStates": [state(6, json!({}))]}));
    expect(&verify(&engine, &token, json!({})), "valid", &[]);
    // a state for one account says nothing of another
    expect(&verify(&engine, &credential(10, &with(claims(), json!({"sub": "account-2"}))), json!({})), "valid", &[]);
}

fn party(members: Value) -> String {
    let party = json!({
        "sub": "https://bank.specimen.example", "origins": ["https://bank.specimen.example"], "iat": NOW - DAY, "exp": NOW + DAY,
        "purposes": [{"id": "open-account", "claims": ["name", "travel_document.number"], "minLevel": 2}, {"id": "greet", "claims": ["name"], "text": {"vi": "Chào hỏi", "en": "To greet you"}}],
    });
    sign(1, "eid-relying-party+jwt", &with(party, members))
}

#[test]
fn a_page_asks_no_more_than_it_may() {
    let mut list_of = list(1);
    let config = |party: &str, list: &Value| with(anchored(&[general(&[1], list)]), json!({"relyingParty": party}));
    let ask = |engine: &Engine, options: Value| {
        let base = json!({"statusLists": [status_token(10, &status(0))], "purpose": "greet", "origin": "https://bank.specimen.example"});
        verify(engine, &credential(10, &with(claims(), json!({"name": "NGUYEN VAN MAU"}))), with(base, options))
    };
    let good = engine(&config(&party(json!({})), &list_of));
    expect(&trust(&good)[0], "valid", &[]);
    let told = ask(&good, json!({}));
    expect(&told, "valid", &[]);
    let text = json!({"vi": "Chào hỏi", "en": "To greet you"});
    assert_eq!(told["relyingParty"], json!({"sub": "https://bank.specimen.example", "purpose": "greet", "text": text}));
    expect(&ask(&good, json!({"policy": {"requiredClaims": ["name"]}})), "valid", &[]);
    let beyond = ask(&good, json!({"policy": {"requiredClaims": ["name", "portrait"]}}));
    expect(&beyond, "invalid", &["claim_missing", "relying_party_claim_not_granted"]);
    assert_eq!(beyond["beyondNeed"], json!(["portrait"]));
    expect(&ask(&good, json!({"origin": "https://evil.example"})), "invalid", &["relying_party_origin_mismatch"]);
    expect(&ask(&good, json!({"origin": null})), "invalid", &["relying_party_origin_mismatch"]);
    expect(&ask(&good, json!({"purpose": "advertise"})), "invalid", &["relying_party_purpose_unknown"]);
    expect(&ask(&good, json!({"purpose": null})), "invalid", &["relying_party_purpose_unknown"]);
    // what a purpose needs is asked, even where the page forgot to
    expect(&ask(&good, json!({"purpose": "open-account"})), "invalid", &["level_insufficient"]);
    for (text, code) in [
        (party(json!({"exp": NOW})), "relying_party_expired"),
        (party(json!({"iat": NOW + 61})), "relying_party_invalid"),
        (party(json!({"origins": null})), "relying_party_invalid"),
        (format!("{}AA", &party(json!({}))[..party(json!({})).len() - 2]), "relying_party_invalid"),
        (sign(9, "eid-relying-party+jwt", &json!({})), "relying_party_invalid"),
        (sign(1, "JWT", &json!({})), "relying_party_invalid"),
        ("<html>".to_owned(), "relying_party_invalid"),
    ] {
        let engine = engine(&config(&text, &list_of));
        expect(&trust(&engine)[0], "invalid", &[code]);
        expect(&ask(&engine, json!({})), "invalid", &[code]);
    }
    list_of["relyingParties"]["suspended"] = json!(["https://bank.specimen.example"]);
    expect(&ask(&engine(&config(&party(json!({})), &list_of)), json!({})), "invalid", &["relying_party_suspended"]);
    // nothing configured: nothing asked
    expect(&ask(&engine(&anchored(&[general(&[1], &list(1))])), json!({})), "valid", &[]);
}

#[test]
fn time_cannot_be_wound_back() {
    let mut engine = ready();
    let token = credential(10, &with(claims(), json!({"iat": NOW - 30 * DAY})));
    let at = |engine: &Engine, now: i64| verify(engine, &token, json!({"now": now}));
    expect(&at(&engine, NOW), "valid", &[]);
    expect(&at(&engine, NOW - 60), "valid", &[]); // the newest iat
    expect(&at(&engine, NOW - 61), "indeterminate", &["clock_rollback"]);
    expect(&at(&engine, NOW - 700 * DAY), "indeterminate", &["clock_rollback"]);
    // what claims to come from the future does not lift the floor
    let poison = json!({
        "statusLists": [status_token(10, &with(status(0), json!({"iat": NOW + 900 * DAY, "exp": NOW + 999 * DAY})))],
        "trustLists": [general(&[1], &with(list(9), json!({"iat": NOW + 900 * DAY, "exp": NOW + 999 * DAY})))],
        "accountStates": [state(1, json!({"iat": NOW + 900 * DAY, "exp": NOW + 999 * DAY}))],
    });
    for report in update(&mut engine, poison).as_array().unwrap().iter().take(3) {
        assert_eq!(report["verdict"], "invalid");
    }
    expect(&at(&engine, NOW), "valid", &[]);
    // nor does what is not signed rightly, nor what one call brings along
    let stranger = status_token(99, &with(status(0), json!({"iat": NOW})));
    update(&mut engine, json!({"statusLists": [stranger]}));
    verify(&engine, &token, json!({"statusLists": [status_token(10, &with(status(0), json!({"iat": NOW})))]}));
    expect(&at(&engine, NOW - 60), "valid", &[]);
    // a little ahead is skew: the floor rises to this clock, not above it
    update(&mut engine, json!({"statusLists": [status_token(10, &with(status(0), json!({"iat": NOW + 60})))]}));
    expect(&at(&engine, NOW), "valid", &[]);
    expect(&at(&engine, NOW - 1), "indeterminate", &["clock_rollback"]);
    // before the first day of all
    let pinned = engine_of_pin();
    let before = json!({"now": 1_719_791_999, "statusLists": [status_token(10, &status(0))]});
    expect(&verify(&pinned, &token, before), "indeterminate", &["clock_rollback"]);
}

#[test]
fn a_server_that_the_page_trusts_may_doubt_the_clock() {
    let engine = ready();
    let ask = |server: i64| verify(&engine, &credential(10, &claims()), json!({"serverTime": server}));
    expect(&ask(NOW + 60), "valid", &[]);
    expect(&ask(NOW - 60), "valid", &[]);
    expect(&ask(NOW + 61), "indeterminate", &["clock_untrusted"]);
    expect(&ask(NOW - 61), "indeterminate", &["clock_untrusted"]);
}

#[test]
fn many_are_judged_as_one_by_one() {
    let engine = engine(&anchored(&[general(&[1], &list(1))]));
    let tokens: Vec<String> =
        (0..16).map(|idx| credential(10, &with(claims(), json!({"status": {"status_list": {"idx": idx, "uri": URI}}})))).collect();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let options = json!({"now": NOW, "statusLists": [status_token(10, &status(2))]}).to_string();
    let many: Vec<Value> = serde_json::from_str(&engine.verify_many(&tokens, &options)).unwrap();
    for (token, together) in tokens.iter().zip(&many) {
        let alone: Value = serde_json::from_str(&engine.verify(token, &options)).unwrap();
        assert_eq!(alone, *together);
    }
    assert_eq!(many.iter().filter(|report| report["verdict"] == "valid").count(), 15);
}

#[test]
fn an_update_of_the_wrong_shape_changes_nothing() {
    let mut engine = ready();
    for bad in [json!({"trustlists": []}), json!({"statusLists": "x"}), json!({"statusLists": [7]}), json!([])] {
        let reports = update(&mut engine, bad);
        assert_eq!(reports[0]["artefact"], "update");
        expect(&reports[0], "invalid", &["policy_invalid"]);
        expect(&verify(&engine, &credential(10, &claims()), json!({})), "valid", &[]);
    }
}

fn vectors(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The list under test, handed over inside a token of our own.
#[track_caller]
fn entries_agree(bits: u64, lst: &str, size: u64, nonzero: &serde_json::Map<String, Value>) {
    use eid_verifier::document::status_list::StatusList;
    let payload = json!({"sub": URI, "iat": NOW, "status_list": {"bits": bits, "lst": lst}}).to_string();
    let list = StatusList::read(&eid_verifier::encoding::json::parse_object(payload.as_bytes()).unwrap()).unwrap();
    assert!(list.size() >= size && list.size() - size < 8, "{} for {size}", list.size());
    for index in 0..size {
        let wanted = nonzero.get(&index.to_string()).and_then(Value::as_u64).unwrap_or(0);
        assert_eq!(list.entry(index).map(u64::from), Some(wanted), "entry {index}");
    }
    assert_eq!(list.entry(list.size()), None);
}

#[test]
fn the_vectors_of_the_specification_pass_at_all_widths() {
    let spec = vectors(include_str!("vectors/lists/spec.json"));
    let widths: Vec<u64> = spec["vectors"].as_array().unwrap().iter().map(|vector| vector["bits"].as_u64().unwrap()).collect();
    assert_eq!(widths, [1, 2, 4, 8]);
    for vector in spec["vectors"].as_array().unwrap() {
        assert_eq!(vector["entries"], 1 << 20);
        entries_agree(vector["bits"].as_u64().unwrap(), vector["lst"].as_str().unwrap(), 1 << 20, vector["nonzero"].as_object().unwrap());
    }
    // the example token of §5.1, ES256
    let pin = json!({"iss": "https://example.com", "keys": [spec["example"]["jwk"]]});
    let mut engine = Engine::new(&json!({"trust": {"issuers": [pin]}}).to_string(), &[], &[], NOW).unwrap();
    let reports = update(&mut engine, json!({"statusLists": [spec["example"]["token"]]}));
    // iat 2023 and a ttl of twelve hours: authentic, and stale
    expect(&reports[0], "indeterminate", &["status_list_stale"]);
    assert_eq!(line(&reports[0], "list.signature")["outcome"], "pass");
}

#[test]
fn the_lists_of_another_implementation_are_read_alike() {
    let peer = vectors(include_str!("vectors/lists/peer.json"));
    let named = |jwk: &Value, kid: &str| with(jwk.clone(), json!({"kid": kid, "alg": null}));
    let pin = json!({"iss": "https://issuer.example.com", "keys": [with(peer["es256"].clone(), json!({"kid": null})), named(&peer["eddsa"], "12")]});
    let cases = peer["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 16);
    for case in cases {
        let token = case["jwt"].as_str().unwrap();
        let payload: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap();
        let list = &payload["status_list"];
        entries_agree(
            list["bits"].as_u64().unwrap(),
            list["lst"].as_str().unwrap(),
            case["entries"].as_u64().unwrap(),
            case["nonzero"].as_object().unwrap(),
        );
        let now = payload["iat"].as_i64().unwrap() + 60;
        let mut engine = Engine::new(&json!({"trust": {"issuers": [pin]}}).to_string(), &[], &[], now).unwrap();
        let reports: Value = serde_json::from_str(&engine.update(&json!({"statusLists": [token]}).to_string(), now)).unwrap();
        expect(&reports[0], "valid", &[]);
    }
}

#[test]
fn each_ground_of_a_lock_names_its_article() {
    let locked = |grounds: Value| {
        let token = state(1, json!({"state": "locked", "grounds": grounds}));
        verify(&ready(), &credential(10, &claims()), json!({"accountStates": [token]}))
    };
    let since = "2026-11-01T00:00:00Z";
    let report = locked(json!([{"code": "HOLDER_REQUEST", "since": since}, {"code": "DEATH", "since": since}]));
    assert_eq!(
        report["account"]["basis"],
        json!(["ND69-2024 Art. 15(1); Law 26/2023 Art. 34(1)(a)", "ND69-2024 Art. 15(1); Law 26/2023 Art. 34(1)(d)"])
    );
    assert_eq!(line(&report, "account.state")["basis"], "ND69-2024 Art. 15");
    // no ground told, or one that no decree knows: the article on locks as a whole
    assert_eq!(locked(json!([]))["account"]["basis"], json!(["ND69-2024 Art. 15"]));
    assert_eq!(locked(json!([{"code": "SOMETHING_NEW", "since": since}]))["account"]["basis"], json!(["ND69-2024 Art. 15"]));
    // suspended by the list
    let report =
        verify(&ready(), &credential(10, &claims()), json!({"statusLists": [status_token(10, &with(status(2), json!({"iat": NOW - 1})))]}));
    expect(&report, "invalid", &["suspended"]);
    assert_eq!(report["account"]["basis"], json!(["ND69-2024 Art. 15"]));
    // nothing locks: no article
    let report = verify(&ready(), &credential(10, &claims()), json!({}));
    assert_eq!((&report["account"]["state"], &report["account"]["basis"]), (&json!("active"), &Value::Null));
    // under the older decree
    let config = with(anchored(&[general(&[1], &list(1))]), json!({"policy": {"law": "ND59-2022", "documents": "identity"}}));
    let token = state(1, json!({"state": "locked", "grounds": [{"code": "TERMS_BREACH", "since": since}]}));
    let report = verify(&engine(&config), &credential(10, &claims()), json!({"accountStates": [token], "policy": {"status": "require"}}));
    assert_eq!(report["account"]["basis"], json!(["ND59-2022 Art. 19(1)(a)"]));
    assert_eq!(line(&report, "account.state")["basis"], "ND59-2022 Art. 19");
}

/// Issued a minute ago, `value` at index 5; whatever else makes it another list of the same second.
fn rival(value: u8, more: Value) -> String {
    status_token(10, &with(status(value), more))
}

#[test]
fn of_two_lists_of_one_second_the_worse_word_counts_in_any_order_and_place() {
    let orders = |a: &String, b: &String| [[a.clone(), b.clone()], [b.clone(), a.clone()]];
    let (valid, revoked, suspended, strange) = (rival(0, json!({})), rival(1, json!({})), rival(2, json!({})), rival(3, json!({})));
    for (one, other, code) in [
        (&valid, &revoked, "revoked"),
        (&valid, &suspended, "suspended"),
        (&valid, &strange, "status_value_unknown"),
        (&suspended, &revoked, "revoked"),
        (&suspended, &strange, "status_value_unknown"),
        (&strange, &revoked, "revoked"),
    ] {
        for [first, second] in orders(one, other) {
            let fresh = || engine(&anchored(&[general(&[1], &list(1))]));
            let token = credential(10, &claims());
            expect(&verify(&fresh(), &token, json!({"statusLists": [first, second]})), "invalid", &[code]);
            // in one update, in two, and one held with the other in the call
            let mut together = fresh();
            let reports = update(&mut together, json!({"statusLists": [first, second]}));
            expect(&reports[0], "valid", &[]);
            expect(&reports[1], "valid", &[]);
            expect(&verify(&together, &token, json!({})), "invalid", &[code]);
            let mut apart = fresh();
            update(&mut apart, json!({"statusLists": [first]}));
            update(&mut apart, json!({"statusLists": [second]}));
            expect(&verify(&apart, &token, json!({})), "invalid", &[code]);
            let mut mixed = fresh();
            update(&mut mixed, json!({"statusLists": [first]}));
            expect(&verify(&mixed, &token, json!({"statusLists": [second]})), "invalid", &[code]);
            // a newer list ends the quarrel
            let newer = rival(0, json!({"iat": NOW - 59}));
            expect(&verify(&together, &token, json!({"statusLists": [newer]})), "valid", &[]);
            update(&mut together, json!({"statusLists": [newer]}));
            expect(&verify(&together, &token, json!({})), "valid", &[]);
        }
    }
}

#[test]
fn rivals_are_compared_by_what_they_say_and_are_few() {
    let token = credential(10, &claims());
    // the same list twice, or two lists that agree on this entry: no quarrel
    let good = rival(0, json!({}));
    expect(&verify(&ready(), &token, json!({"statusLists": [good, good]})), "valid", &[]);
    expect(&verify(&ready(), &token, json!({"statusLists": [good, rival(0, json!({"ttl": 7200}))]})), "valid", &[]);
    // a rival that may not be relied on any more has no word; alone it is what it is
    let stale = rival(1, json!({"ttl": 30}));
    expect(&verify(&ready(), &token, json!({"statusLists": [stale, good]})), "valid", &[]);
    let fresh = engine(&anchored(&[general(&[1], &list(1))]));
    expect(&verify(&fresh, &token, json!({"statusLists": [stale]})), "indeterminate", &["status_list_stale"]);
    // an entry that only one of them has
    let short = rival(0, json!({"status_list": {"bits": 2, "lst": deflate(&[0])}}));
    for lists in [[&good, &short], [&short, &good]] {
        expect(&verify(&ready(), &token, json!({"statusLists": lists})), "invalid", &["status_index_out_of_range"]);
    }
    // a forged rival has no word either
    expect(&verify(&ready(), &token, json!({"statusLists": [sign(77, "statuslist+jwt", &status(1)), good]})), "valid", &[]);
    // four are kept, a fifth is refused: what is held stays flat, and its worst word stands
    let mut engine = engine(&anchored(&[general(&[1], &list(1))]));
    let lists: Vec<String> = (0..5).map(|at| rival(if at == 2 { 2 } else { 0 }, json!({"ttl": 3600 + at}))).collect();
    let reports = update(&mut engine, json!({"statusLists": lists}));
    for report in &reports.as_array().unwrap()[..4] {
        expect(report, "valid", &[]);
    }
    expect(&reports[4], "invalid", &["status_list_invalid"]);
    expect(&verify(&engine, &token, json!({})), "invalid", &["suspended"]);
}

#[test]
fn no_artefact_stays_good_with_one_character_changed() {
    let artefacts = [
        ("trustLists", general(&[1], &list(2))),
        ("statusLists", status_token(10, &with(status(0), json!({"iat": NOW - 1})))),
        ("accountStates", state(1, json!({}))),
    ];
    for (field, good) in artefacts {
        expect(&update(&mut ready(), json!({field: [good]}))[0], "valid", &[]);
        let mut engine = ready();
        for at in (0..good.len()).step_by(7) {
            let other = if good.as_bytes()[at] == b'A' { "B" } else { "A" };
            let bad = format!("{}{other}{}", &good[..at], &good[at + 1..]);
            let report = update(&mut engine, json!({field: [bad]}))[0].clone();
            assert_ne!(report["verdict"], "valid", "{field} at {at}");
            assert_eq!(codes(&report).len(), 1, "{field} at {at}: {report:#}");
        }
        expect(&verify(&engine, &credential(10, &claims()), json!({})), "valid", &[]);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_is_handed_over_is_answered(text in ".*", bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        let mut engine = ready();
        let token = status_token(10, &with(status(0), json!({"iat": NOW, "status_list": {"bits": 8, "lst": b64(&bytes)}})));
        let payload: Value = serde_json::from_slice(&bytes).unwrap_or_else(|_| json!({"x": text}));
        let typed = |typ: &str| sign(10, typ, &payload);
        let lists = [text.clone(), token, typed("statuslist+jwt"), typed("eid-account-state+jwt"), general(&[1], &payload)];
        let reports = update(&mut engine, json!({"trustLists": lists, "statusLists": lists, "accountStates": lists}));
        proptest::prop_assert!(reports.as_array().unwrap().len() >= 15);
        let report = verify(&engine, &credential(10, &claims()), json!({"statusLists": lists, "accountStates": lists}));
        proptest::prop_assert_eq!(&report["verdict"], "invalid");
    }
}
