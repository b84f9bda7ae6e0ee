//! Trust lists: signatures, thresholds and roots, versions, what a listed key may sign.

use crate::common::*;

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
