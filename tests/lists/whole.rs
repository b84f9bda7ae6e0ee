//! Clock, queues, updates, and artefacts with something changed in them.

use crate::common::*;

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
