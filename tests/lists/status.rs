//! Status lists as JWT: what they say, what they cannot say, and which of two counts.

use crate::common::*;

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

fn vectors(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The list under test, handed over inside a token of our own.
#[track_caller]
fn entries_agree(bits: u64, lst: &str, size: u64, nonzero: &Value) {
    use eid_verifier::document::status_list::StatusList;
    let payload = json!({"sub": URI, "iat": NOW, "status_list": {"bits": bits, "lst": lst}}).to_string();
    let list = StatusList::read(&eid_verifier::encoding::json::parse_object(payload.as_bytes()).unwrap()).unwrap();
    assert!(list.size() >= size && list.size() - size < 8, "{} for {size}", list.size());
    let read: Vec<u64> = (0..size).map(|index| list.entry(index).unwrap().into()).collect();
    assert!(read == dense(size, nonzero), "{bits} bits");
    assert_eq!(list.entry(list.size()), None);
}

#[test]
fn the_vectors_of_the_specification_pass_at_all_widths() {
    let spec = vectors(include_str!("../vectors/lists/spec.json"));
    let widths: Vec<u64> = spec["vectors"].as_array().unwrap().iter().map(|vector| vector["bits"].as_u64().unwrap()).collect();
    assert_eq!(widths, [1, 2, 4, 8]);
    for vector in spec["vectors"].as_array().unwrap() {
        assert_eq!(vector["entries"], 1 << 20);
        entries_agree(vector["bits"].as_u64().unwrap(), vector["lst"].as_str().unwrap(), 1 << 20, &vector["nonzero"]);
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
    let peer = vectors(include_str!("../vectors/lists/peer.json"));
    let named = |jwk: &Value, kid: &str| with(jwk.clone(), json!({"kid": kid, "alg": null}));
    let pin = json!({"iss": "https://issuer.example.com", "keys": [with(peer["es256"].clone(), json!({"kid": null})), named(&peer["eddsa"], "12")]});
    let cases = peer["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 16);
    for case in cases {
        let token = case["jwt"].as_str().unwrap();
        let payload: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap();
        let list = &payload["status_list"];
        entries_agree(list["bits"].as_u64().unwrap(), list["lst"].as_str().unwrap(), case["entries"].as_u64().unwrap(), &case["nonzero"]);
        let now = payload["iat"].as_i64().unwrap() + 60;
        let mut engine = Engine::new(&json!({"trust": {"issuers": [pin]}}).to_string(), &[], &[], now).unwrap();
        let reports: Value = serde_json::from_str(&engine.update(&json!({"statusLists": [token]}).to_string(), now)).unwrap();
        expect(&reports[0], "valid", &[]);
    }
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
