//! Real and mock material below the judge: certificates, signatures, tables of digests, master lists.
#![cfg(feature = "emrtd")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use eid_verifier::crypto::hash::HashId;
use eid_verifier::document::emrtd::active_authentication::{self, ActiveFault, Transcript};
use eid_verifier::document::emrtd::data_group::DataGroups;
use eid_verifier::document::emrtd::master_list::MasterList;
use eid_verifier::document::emrtd::security_object::{self, SecurityObject};
use eid_verifier::encoding::der::{Element, scan};
use eid_verifier::envelope::cms::UnverifiedSignedData;
use eid_verifier::envelope::x509::{TrustedCert, UnverifiedCert};
use serde_json::Value;

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/vectors/emrtd/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn json(name: &str) -> Value {
    serde_json::from_slice(&bytes(name)).unwrap()
}

fn hex(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap()).collect()
}

#[test]
fn every_certificate_of_the_master_list_is_read() {
    let file = bytes("DE_ML_2024-04-10-10-54-13.ml");
    scan(&file).unwrap();
    let cms = UnverifiedSignedData::parse(Element::only(&file).unwrap()).unwrap();
    let certs: Vec<_> = cms.certificates().iter().map(|c| UnverifiedCert::parse(c).unwrap()).collect();
    let signer = certs.iter().find(|c| cms.names(c)).unwrap().clone();
    assert!(signer.reading().may_sign_master_lists() && !signer.reading().may_sign_documents());
    let root = certs.iter().find(|c| c.is_self_issued()).unwrap().clone();
    let signer = signer.verify(&TrustedCert::pinned(root), false).unwrap();
    let list = MasterList::read(&cms.verify(&signer, false).unwrap().into_inner()).unwrap();
    assert_eq!(list.certificates.len(), 526);
    let certificates: Vec<_> = list.certificates.iter().filter_map(|raw| UnverifiedCert::parse(raw).ok()).collect();
    // one of Ukraine, 2015, spells a truth value as 01 instead of FF: not DER (X.690 §11.1)
    assert_eq!(certificates.len(), 525);
    let mut own = 0;
    for certificate in &certificates {
        let reading = certificate.reading();
        assert!(reading.key().is_ok() && reading.subject().country().is_some());
        own += usize::from(certificate.clone().verify(&TrustedCert::pinned(certificate.clone()), true).is_ok());
    }
    // link certificates are not signed by their own keys
    assert_eq!(own, 349);
    let vietnam = certificates.iter().find(|c| c.reading().subject().country() == Some(*b"VN")).unwrap();
    assert_eq!(vietnam.reading().raw(), bytes("VN_CSCA_6b5fa6fe45cc.cer"));
    assert!(vietnam.clone().verify(&TrustedCert::pinned(vietnam.clone()), false).is_ok(), "brainpoolP512r1, explicit parameters, SHA-512");
}

#[test]
fn seven_real_objects_verify() {
    for row in json("sod-real.json").as_array().unwrap() {
        let id = row["id"].as_str().unwrap();
        let (sod, csca) = (hex(&row["sod"]), hex(&row["csca"]));
        scan(&sod).unwrap();
        let cms = UnverifiedSignedData::parse(security_object::open(&sod).unwrap()).unwrap();
        let signer = UnverifiedCert::parse(cms.certificates()[0]).unwrap();
        assert_eq!(cms.names(&signer), id != "gmrtd-MY", "{id}"); // Malaysia's identifier names nobody
        let csca = TrustedCert::pinned(UnverifiedCert::parse(&csca).unwrap());
        let signer = signer.verify(&csca, true).unwrap_or_else(|f| panic!("{id}: {f:?}"));
        let object = SecurityObject::read(&cms.verify(&signer, true).unwrap_or_else(|f| panic!("{id}: {f:?}")).into_inner()).unwrap();
        assert_eq!(object.digest(1).unwrap(), hex(&row["dg1_hash"]), "{id}");
        assert_eq!(object.digest(2).unwrap(), hex(&row["dg2_hash"]), "{id}");
    }
}

#[test]
fn a_real_chip_answers_its_challenge() {
    let case: Value = json("active-authentication.json");
    let (dg15, challenge, response) = (hex(&case["dg15"]), hex(&case["challenge"]), hex(&case["response"]));
    let object = SecurityObject { version: 0, hash: HashId::Sha256, digests: vec![(15, HashId::Sha256.digest(&dg15))], lds_version: None };
    let groups = DataGroups::admit(object, &[(15, &dg15)]).unwrap();
    let mut challenge: [u8; 8] = challenge.try_into().unwrap();
    assert_eq!(active_authentication::verify(&groups, &Transcript { challenge, response: &response }, false), Ok(()));
    challenge[7] ^= 1;
    let answer = active_authentication::verify(&groups, &Transcript { challenge, response: &response }, false);
    assert_eq!(answer, Err(ActiveFault::Response));
}
