//! The Token Status List in CWT form (draft-ietf-oauth-status-list §5.2): same rules, same codes as the JWT form.

use base64::engine::general_purpose::STANDARD;

use crate::common::*;

/// CBOR as a test writes it: a few lines, so that every wrong spelling can be written too.
#[derive(Clone)]
enum C {
    I(i64),
    B(Vec<u8>),
    T(&'static str),
    A(Vec<C>),
    M(Vec<(C, C)>),
    Raw(Vec<u8>),
}
use C::{A, B, I, M, Raw, T};

fn head(major: u8, n: u64) -> Vec<u8> {
    match n {
        0..24 => vec![major << 5 | n as u8],
        24..0x100 => vec![major << 5 | 24, n as u8],
        0x100..0x1_0000 => [vec![major << 5 | 25], (n as u16).to_be_bytes().to_vec()].concat(),
        _ => [vec![major << 5 | 26], (n as u32).to_be_bytes().to_vec()].concat(),
    }
}

fn cbor(item: &C) -> Vec<u8> {
    match item {
        I(n) if *n >= 0 => head(0, *n as u64),
        I(n) => head(1, (-1 - n) as u64),
        B(bytes) => [head(2, bytes.len() as u64), bytes.clone()].concat(),
        T(text) => [head(3, text.len() as u64), text.as_bytes().to_vec()].concat(),
        A(items) => [head(4, items.len() as u64), items.iter().flat_map(cbor).collect()].concat(),
        M(items) => [head(5, items.len() as u64), items.iter().flat_map(|(k, v)| [cbor(k), cbor(v)].concat()).collect()].concat(),
        Raw(bytes) => bytes.clone(),
    }
}

/// 16 entries of 2 bits, `value` at index 5.
fn entries(value: u8) -> Vec<u8> {
    vec![0, value << 2, 0, 0]
}

fn the_list(value: u8) -> C {
    M(vec![(T("bits"), I(2)), (T("lst"), B(zlib(&entries(value))))])
}

/// What a list is made of, to be bent in one place.
#[derive(Clone)]
struct Parts {
    protected: Vec<(C, C)>,
    unprotected: Vec<(C, C)>,
    claims: Vec<(C, C)>,
    signer: u8,
    tag: Vec<u8>,
}

fn good(value: u8) -> Parts {
    Parts {
        protected: vec![(I(1), I(-8)), (I(16), T("application/statuslist+cwt"))],
        unprotected: vec![(I(4), B(b"k10".to_vec()))],
        claims: vec![(I(2), T(URI)), (I(6), I(NOW - 60)), (I(4), I(NOW + DAY)), (I(65_534), I(3600)), (I(65_533), the_list(value))],
        signer: 10,
        tag: Vec::new(),
    }
}

impl Parts {
    fn claim(mut self, label: i64, value: Option<C>) -> Self {
        replace(&mut self.claims, label, value);
        self
    }

    fn header(mut self, label: i64, value: Option<C>) -> Self {
        replace(&mut self.protected, label, value);
        self
    }

    fn loose(mut self, label: i64, value: Option<C>) -> Self {
        replace(&mut self.unprotected, label, value);
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let (protected, payload) = (cbor(&M(self.protected.clone())), cbor(&M(self.claims.clone())));
        let to_be_signed = cbor(&A(vec![T("Signature1"), B(protected.clone()), B(Vec::new()), B(payload.clone())]));
        let signature = key(self.signer).sign(&to_be_signed).to_bytes().to_vec();
        [self.tag.clone(), cbor(&A(vec![B(protected), M(self.unprotected.clone()), B(payload), B(signature)]))].concat()
    }

    fn url(&self) -> String {
        url(&self.bytes())
    }
}

fn replace(entries: &mut Vec<(C, C)>, label: i64, value: Option<C>) {
    entries.retain(|(known, _)| !matches!(known, I(n) if *n == label));
    entries.extend(value.map(|value| (I(label), value)));
}

fn url(bytes: &[u8]) -> String {
    format!("data:application/statuslist+cwt;base64,{}", STANDARD.encode(bytes))
}

fn verify_with(engine: &Engine, lists: &[String]) -> Value {
    verify(engine, &credential(10, &claims()), json!({"statusLists": lists}))
}

/// An engine that pins both issuers.
fn pins() -> Engine {
    let pin = |iss: &str, number| json!({"iss": iss, "keys": [jwk(number)]});
    engine(&json!({"trust": {"issuers": [pin(ISSUER, 10), pin(OTHER, 20)]}}))
}

fn hand_over(engine: &mut Engine, lists: &[String]) -> Value {
    update(engine, json!({"statusLists": lists}))
}

#[test]
fn each_value_has_the_code_of_the_jwt_form_with_the_call_and_held() {
    for (value, verdict, codes) in
        [(0, "valid", &[][..]), (1, "invalid", &["revoked"]), (2, "invalid", &["suspended"]), (3, "invalid", &["status_value_unknown"])]
    {
        let list = good(value).url();
        let with_the_call = verify_with(&pins(), std::slice::from_ref(&list));
        expect(&with_the_call, verdict, codes);
        let mut holder = pins();
        expect(&hand_over(&mut holder, &[list])[0], "valid", &[]);
        expect(&verify_with(&holder, &[]), verdict, codes);
        let jwt = status_token(
            10,
            &json!({"sub": URI, "iat": NOW - 60, "exp": NOW + DAY, "ttl": 3600, "status_list": {"bits": 2, "lst": deflate(&entries(value))}}),
        );
        assert_eq!(with_the_call, verify_with(&pins(), &[jwt]), "one report for both forms");
    }
}

#[test]
fn good_spellings_are_read() {
    let rows = [
        good(0),
        Parts { tag: vec![0xd2], ..good(0) },                       // COSE_Sign1_Tagged
        good(0).header(1, Some(I(-19))),                            // Ed25519 of RFC 9864
        good(0).loose(4, None).header(4, Some(B(b"k10".to_vec()))), // kid where it is signed
        good(0).loose(4, None),                                     // no kid: the keys are few
        good(0).claim(4, None).claim(65_534, None),                 // neither exp nor ttl: never stale
        good(0).claim(1, Some(T(ISSUER))),
        good(0).claim(7, Some(B(vec![1]))).claim(-70_000, Some(Raw(vec![0xf9, 0, 0]))), // claims of no concern
        good(0).loose(99, Some(T("of no concern"))),
        good(0).claim(6, Some(I(NOW + 30))), // within the skew
    ];
    for parts in rows {
        expect(&verify_with(&pins(), &[parts.url()]), "valid", &[]);
    }
}

#[test]
fn each_fault_has_its_code() {
    let list = |bits: C, lst: C| M(vec![(T("bits"), bits), (T("lst"), lst)]);
    let stream = || B(zlib(&entries(0)));
    let rows: Vec<(&str, &str, Parts)> = vec![
        ("typ_mismatch", "no typ", good(0).header(16, None)),
        ("typ_mismatch", "another typ", good(0).header(16, Some(T("application/cwt")))),
        ("typ_mismatch", "the JWT's typ", good(0).header(16, Some(T("statuslist+jwt")))),
        ("typ_mismatch", "a CoAP Content-Format", good(0).header(16, Some(I(61)))),
        ("header_invalid", "typ is bytes", good(0).header(16, Some(B(vec![1])))),
        ("header_invalid", "typ is not signed", good(0).header(16, None).loose(16, Some(T("application/statuslist+cwt")))),
        ("header_invalid", "no alg", good(0).header(1, None)),
        ("header_invalid", "alg is not signed", good(0).header(1, None).loose(1, Some(I(-8)))),
        ("header_invalid", "alg is a map", good(0).header(1, Some(M(vec![])))),
        ("alg_not_allowed", "HMAC 256", good(0).header(1, Some(I(5)))),
        ("alg_not_allowed", "PS256", good(0).header(1, Some(I(-37)))),
        ("alg_not_allowed", "a word for alg", good(0).header(1, Some(T("EdDSA")))),
        ("status_list_signature_invalid", "ES256 over an Ed25519 key", good(0).header(1, Some(I(-7)))),
        ("crit_unsupported", "crit", good(0).header(2, Some(A(vec![I(99)]))).header(99, Some(I(1)))),
        ("header_invalid", "crit is empty", good(0).header(2, Some(A(vec![])))),
        ("header_invalid", "one label in both headers", good(0).header(4, Some(B(b"k10".to_vec())))),
        ("header_invalid", "kid is text", good(0).loose(4, Some(T("k10")))),
        ("header_key_forbidden", "kccs", good(0).loose(14, Some(M(vec![])))),
        ("header_key_forbidden", "x5u", good(0).header(35, Some(T("https://evil.example")))),
        ("status_list_signature_invalid", "unknown kid", good(0).loose(4, Some(B(b"k99".to_vec())))),
        ("status_list_signature_invalid", "signed by a stranger", Parts { signer: 99, ..good(0) }),
        ("status_list_issuer_mismatch", "signed by another issuer", Parts { signer: 20, ..good(0) }.loose(4, Some(B(b"k20".to_vec())))),
        ("status_list_issuer_mismatch", "names another issuer", good(0).claim(1, Some(T(OTHER)))),
        ("status_list_subject_mismatch", "another sub", good(0).claim(2, Some(T("https://status.specimen.example/lists/2")))),
        ("status_list_subject_mismatch", "sub differs by a slash", good(0).claim(2, Some(T("https://status.specimen.example/lists/1/")))),
        ("status_list_invalid", "no sub", good(0).claim(2, None)),
        ("status_list_invalid", "sub is bytes", good(0).claim(2, Some(B(URI.as_bytes().to_vec())))),
        ("status_list_invalid", "iss is a number", good(0).claim(1, Some(I(7)))),
        ("status_list_invalid", "no iat", good(0).claim(6, None)),
        ("status_list_invalid", "iat is floating", good(0).claim(6, Some(Raw(vec![0xfb, 0x41, 0xda, 0, 0, 0, 0, 0, 0])))),
        ("status_list_invalid", "iat is negative", good(0).claim(6, Some(I(-1)))),
        ("status_list_invalid", "exp is text", good(0).claim(4, Some(T("2027")))),
        ("status_list_invalid", "ttl is nought", good(0).claim(65_534, Some(I(0)))),
        ("status_list_invalid", "ttl is text", good(0).claim(65_534, Some(T("60")))),
        ("issued_in_future", "iat ahead", good(0).claim(6, Some(I(NOW + 61)))),
        ("status_list_expired", "exp now", good(0).claim(4, Some(I(NOW)))),
        ("status_list_stale", "older than ttl", good(0).claim(65_534, Some(I(59)))),
        ("status_list_invalid", "no list", good(0).claim(65_533, None)),
        ("status_list_invalid", "the list is an array", good(0).claim(65_533, Some(A(vec![I(2), stream()])))),
        ("status_list_invalid", "bits 0", good(0).claim(65_533, Some(list(I(0), stream())))),
        ("status_list_invalid", "bits 3", good(0).claim(65_533, Some(list(I(3), stream())))),
        ("status_list_invalid", "bits 16", good(0).claim(65_533, Some(list(I(16), stream())))),
        ("status_list_invalid", "bits is text", good(0).claim(65_533, Some(list(T("2"), stream())))),
        ("status_list_invalid", "lst is text", good(0).claim(65_533, Some(list(I(2), T("eNpjYGBgAAAABAAB"))))),
        ("status_list_invalid", "lst is no zlib", good(0).claim(65_533, Some(list(I(2), B(entries(0)))))),
        ("status_list_too_large", "inflates past 16 MiB", good(0).claim(65_533, Some(list(I(1), B(zlib(&vec![0; (16 << 20) + 1])))))),
        ("status_index_out_of_range", "shorter than the index", good(0).claim(65_533, Some(list(I(2), B(zlib(&[0])))))),
    ];
    for (code, about, parts) in rows {
        let report = verify_with(&pins(), &[parts.url()]);
        assert_eq!(report["codes"], json!([code]), "{about}: {report:#}");
        let verdict = if matches!(code, "status_list_expired" | "status_list_stale") { "indeterminate" } else { "invalid" };
        assert_eq!(report["verdict"], verdict, "{about}");
    }
}

#[test]
fn what_is_no_cose_sign1_is_refused_before_anything_in_it_is_read() {
    let good = good(0);
    let bytes = good.bytes();
    let (protected, payload) = (B(cbor(&M(good.protected.clone()))), B(cbor(&M(good.claims.clone()))));
    let four = |third: C, fourth: C| cbor(&A(vec![protected.clone(), M(vec![]), third, fourth]));
    let mut twice = good.clone();
    twice.claims.push((I(6), I(NOW - 60)));
    let mut endless = bytes.clone();
    endless[0] = 0x9f;
    endless.push(0xff);
    let rows: Vec<(&str, String)> = vec![
        ("nothing", url(&[])),
        ("goes on", url(&[bytes.clone(), vec![0]].concat())),
        ("cut short", url(&bytes[..bytes.len() - 1])),
        ("indefinite length", url(&endless)),
        ("COSE_Mac0", url(&[vec![0xd1], bytes.clone()].concat())),
        ("COSE_Sign", url(&[vec![0xd8, 98], bytes.clone()].concat())),
        ("the tag of a CWT before it", url(&[vec![0xd8, 61, 0xd2], bytes.clone()].concat())),
        ("tagged twice", url(&[vec![0xd2, 0xd2], bytes.clone()].concat())),
        ("three parts", url(&cbor(&A(vec![protected.clone(), M(vec![]), payload.clone()])))),
        ("detached payload", url(&four(Raw(vec![0xf6]), B(vec![0; 64])))),
        ("signature is text", url(&four(payload.clone(), T("x")))),
        ("a map", url(&cbor(&M(vec![])))),
        ("a claim twice", twice.url()),
        ("nested without end", url(&vec![0x81; 50_000])),
        (
            "base64 without padding",
            url(&bytes).trim_end_matches('=').to_owned() + if STANDARD.encode(&bytes).ends_with('=') { "" } else { "=" },
        ),
        ("base64url", url(&bytes).replace('+', "-").replace('/', "_")),
        ("another spelling of the prefix", url(&bytes).replace("data:", "DATA:")),
        ("the prefix alone", url(&bytes).replace(";base64", "")),
    ];
    for (about, text) in rows {
        let mut engine = pins();
        expect(&hand_over(&mut engine, &[text])[0], "invalid", &["status_list_invalid"]);
        assert_eq!(verify_with(&engine, &[])["codes"], json!(["status_unavailable"]), "{about}");
    }
    let too_large = format!("data:application/statuslist+cwt;base64,{}", "A".repeat(24 * 1024 * 1024 + 4));
    expect(&hand_over(&mut pins(), &[too_large])[0], "invalid", &["status_list_too_large"]);
    expect(&hand_over(&mut pins(), &[url(&bytes)])[0], "valid", &[]);
}

#[test]
fn no_list_stays_good_with_one_bit_turned() {
    let bytes = good(0).bytes();
    let loose = cbor(&M(good(0).unprotected));
    let unsigned = bytes.windows(loose.len()).position(|window| window == loose).unwrap();
    for at in 0..bytes.len() {
        let mut bad = bytes.clone();
        bad[at] ^= 1 << (at % 8);
        let report = verify_with(&pins(), &[url(&bad)]);
        // the header with `kid` is not signed: turned, it names no key, or becomes a label of no concern
        assert!(report["verdict"] != "valid" || (unsigned..unsigned + loose.len()).contains(&at), "{at}: {report:#}");
    }
}

#[test]
fn both_forms_are_one_row_of_lists() {
    let jwt =
        |iat: i64, value| status_token(10, &json!({"sub": URI, "iat": iat, "status_list": {"bits": 2, "lst": deflate(&entries(value))}}));
    let cwt = |iat: i64, value| good(value).claim(6, Some(I(iat))).url();
    let mut engine = pins();
    expect(&hand_over(&mut engine, &[jwt(NOW - 60, 0)])[0], "valid", &[]);
    expect(&hand_over(&mut engine, &[cwt(NOW - 61, 0)])[0], "invalid", &["status_list_rollback"]);
    expect(&verify_with(&engine, &[cwt(NOW - 61, 0)]), "invalid", &["status_list_rollback"]);
    expect(&hand_over(&mut engine, &[cwt(NOW - 30, 1)])[0], "valid", &[]);
    expect(&verify_with(&engine, &[]), "invalid", &["revoked"]);
    expect(&verify_with(&engine, &[jwt(NOW - 20, 0)]), "valid", &[]);
    // one second, two words: the worse one, in whatever form and order
    for lists in [[jwt(NOW - 20, 0), cwt(NOW - 20, 2)], [cwt(NOW - 20, 2), jwt(NOW - 20, 0)]] {
        expect(&verify_with(&engine, &lists), "invalid", &["suspended"]);
    }
}

#[test]
fn the_example_of_the_specification_is_authentic() {
    let spec: Value = serde_json::from_str(include_str!("../vectors/lists/spec.json")).unwrap();
    let hex = spec["example"]["cwt"].as_str().unwrap();
    let bytes: Vec<u8> = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
    let pin = json!({"iss": "https://example.com", "keys": [spec["example"]["jwk"]]});
    let config = json!({"trust": {"issuers": [pin]}}).to_string();
    let now = 1_795_000_000;
    let mut engine = Engine::new(&config, &[], &[], now).unwrap();
    // iat 2023 and a ttl of twelve hours: authentic (ES256), and stale
    let reports: Value = serde_json::from_str(&engine.update(&json!({"statusLists": [url(&bytes)]}).to_string(), now)).unwrap();
    expect(&reports[0], "indeterminate", &["status_list_stale"]);
    let passed: Vec<&Value> =
        reports[0]["checks"].as_array().unwrap().iter().filter(|line| line["outcome"] == "pass").map(|line| &line["check"]).collect();
    assert_eq!(passed, ["jws.header", "list.trust", "list.signature", "list.format", "list.version"]);
    for at in [30, 60, 100, bytes.len() - 1] {
        let mut bad = bytes.clone();
        bad[at] ^= 1;
        let reports: Value = serde_json::from_str(&engine.update(&json!({"statusLists": [url(&bad)]}).to_string(), now)).unwrap();
        assert_eq!(reports[0]["verdict"], "invalid", "{at}");
    }
}

#[test]
fn the_long_vectors_of_the_specification_are_read_alike_in_cbor() {
    use eid_verifier::document::status_cwt;
    let spec: Value = serde_json::from_str(include_str!("../vectors/lists/spec.json")).unwrap();
    for vector in spec["vectors"].as_array().unwrap() {
        let lst = URL_SAFE_NO_PAD.decode(vector["lst"].as_str().unwrap()).unwrap();
        let bits = vector["bits"].as_i64().unwrap();
        let list = cbor(&M(vec![(T("bits"), I(bits)), (T("lst"), B(lst))]));
        if let Some(hex) = vector["cbor"].as_str() {
            let theirs: Vec<u8> = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
            assert_eq!(list.len(), theirs.len());
            assert_eq!(list[..20], theirs[..20]);
        }
        let payload = cbor(&M(vec![(I(2), T(URI)), (I(6), I(NOW)), (I(65_533), Raw(list))]));
        let read = status_cwt::read(&payload).unwrap();
        let entries: Vec<u64> = (0..1 << 20).map(|index| read.entry(index).unwrap().into()).collect();
        assert!(entries == dense(1 << 20, &vector["nonzero"]), "{bits} bits");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..proptest::prelude::ProptestConfig::with_cases(256) })]
    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300), at in 0_usize..200) {
        let mut bent = good(0).bytes();
        let from = at.min(bent.len());
        let to = (from + bytes.len()).min(bent.len());
        bent[from..to].copy_from_slice(&bytes[..to - from]);
        let mut engine = pins();
        let reports = hand_over(&mut engine, &[url(&bytes), url(&bent)]);
        proptest::prop_assert_eq!(&reports[0]["verdict"], "invalid");
        if reports[1]["verdict"] == "valid" {
            // only what nobody signed may differ
            let (mine, theirs) = (good(0).bytes(), bent);
            let differs: Vec<usize> = (0..mine.len()).filter(|at| mine[*at] != theirs[*at]).collect();
            proptest::prop_assert!(differs.iter().all(|at| (35..50).contains(at)), "{differs:?}");
        }
    }
}
