//! Account states and relying parties: what locks, what is asked, by whom.

use crate::common::*;

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
