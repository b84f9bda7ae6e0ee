//! Codes: frozen strings, the public reasons of this product (contract §4, and the catalogue of bad inputs).
//!
//! Added freely, never renamed or reused; `tests/codes.txt` is the snapshot. Those that no path of the small build gives are left out of it.

use crate::base::names;

/// A reason. A number of one byte: a verdict is made of hundreds of them, and a name is two words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(Index);

// By hand: the index has the spelling of a constant, the public name is what people know.
impl core::fmt::Debug for Code {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// How many codes there are.
pub const COUNT: usize = NAMES.len();

static JOINED: [u8; names::total(NAMES)] = names::joined(NAMES);
static LENGTHS: [u8; COUNT] = names::lengths(NAMES);

fn name_of(number: usize) -> &'static str {
    names::nth(const { names::text(&JOINED) }, &LENGTHS, number)
}

/// The public names, by number.
pub fn names() -> impl Iterator<Item = &'static str> {
    (0..COUNT).map(name_of)
}

macro_rules! codes {
    ($($(#[$only:meta])* $constant:ident = $name:literal;)*) => {
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "spelt as the constants")]
        enum Index { $($(#[$only])* $constant),* }

        impl Code {
            /// The public name.
            pub fn name(self) -> &'static str {
                name_of(self.number())
            }

            /// Its place among [`names()`].
            #[allow(clippy::as_conversions, reason = "a variant without fields is its place in the list")]
            pub const fn number(self) -> usize {
                self.0 as usize
            }
        }

        const NAMES: &[&str] = &[$($(#[$only])* $name),*];

        $(#[doc = concat!("`", $name, "`")] $(#[$only])* pub const $constant: Code = Code(Index::$constant);)*

        /// Every code that can decide a verdict or stand on a line.
        #[cfg(test)]
        pub const ALL: &[Code] = &[$($(#[$only])* $constant),*];
    };
}

codes! {
    INPUT_TYPE_INVALID = "input_type_invalid";
    INPUT_EMPTY = "input_empty";
    INPUT_TOO_LARGE = "input_too_large";
    ENCODING_INVALID = "encoding_invalid";
    STRUCTURE_INVALID = "structure_invalid";
    JSON_INVALID = "json_invalid";
    JSON_DUPLICATE_KEY = "json_duplicate_key";
    JSON_TOO_DEEP = "json_too_deep";
    #[cfg(feature = "emrtd")]
    JSON_TOO_LARGE = "json_too_large";
    NUMBER_INVALID = "number_invalid";
    HEADER_INVALID = "header_invalid";
    ALG_NOT_ALLOWED = "alg_not_allowed";
    ALG_KEY_MISMATCH = "alg_key_mismatch";
    CRIT_UNSUPPORTED = "crit_unsupported";
    TYP_MISMATCH = "typ_mismatch";
    HEADER_KEY_FORBIDDEN = "header_key_forbidden";
    KID_MISSING = "kid_missing";
    KID_UNKNOWN = "kid_unknown";
    ISSUER_UNKNOWN = "issuer_unknown";
    ISSUER_KEY_MISMATCH = "issuer_key_mismatch";
    ISSUER_NOT_AUTHORISED = "issuer_not_authorised";
    ISSUER_LEVEL_NOT_AUTHORISED = "issuer_level_not_authorised";
    KEY_INVALID = "key_invalid";
    KEY_REVOKED = "key_revoked";
    KEY_NOT_VALID_AT_TIME = "key_not_valid_at_time";
    TRUST_LIST_MISSING = "trust_list_missing";
    TRUST_LIST_INVALID = "trust_list_invalid";
    TRUST_LIST_SIGNATURE_INVALID = "trust_list_signature_invalid";
    TRUST_LIST_EXPIRED = "trust_list_expired";
    TRUST_LIST_NOT_YET_VALID = "trust_list_not_yet_valid";
    TRUST_LIST_ROLLBACK = "trust_list_rollback";
    TRUST_LIST_INCONSISTENT = "trust_list_inconsistent";
    TRUST_LIST_THRESHOLD_NOT_MET = "trust_list_threshold_not_met";
    SIGNATURE_INVALID = "signature_invalid";
    DISCLOSURE_INVALID = "disclosure_invalid";
    DISCLOSURE_DUPLICATE = "disclosure_duplicate";
    DISCLOSURE_UNREFERENCED = "disclosure_unreferenced";
    DISCLOSURE_CLAIM_FORBIDDEN = "disclosure_claim_forbidden";
    DISCLOSURE_CLAIM_CONFLICT = "disclosure_claim_conflict";
    DISCLOSURE_TOO_DEEP = "disclosure_too_deep";
    DIGEST_DUPLICATE = "digest_duplicate";
    SD_STRUCTURE_INVALID = "sd_structure_invalid";
    SD_ALG_UNSUPPORTED = "sd_alg_unsupported";
    VCT_NOT_ACCEPTED = "vct_not_accepted";
    CLAIM_MISSING = "claim_missing";
    CLAIM_TYPE_INVALID = "claim_type_invalid";
    CLAIM_VALUE_INVALID = "claim_value_invalid";
    CLAIM_NAME_FORBIDDEN = "claim_name_forbidden";
    EXPIRED = "expired";
    NOT_YET_VALID = "not_yet_valid";
    ISSUED_IN_FUTURE = "issued_in_future";
    VALIDITY_INVERTED = "validity_inverted";
    VALIDITY_TOO_LONG = "validity_too_long";
    DOCUMENT_EXPIRED = "document_expired";
    CLOCK_ROLLBACK = "clock_rollback";
    CLOCK_UNTRUSTED = "clock_untrusted";
    LEVEL_MISSING = "level_missing";
    LEVEL_INVALID = "level_invalid";
    LEVEL_INSUFFICIENT = "level_insufficient";
    LEVEL_EVIDENCE_MISSING = "level_evidence_missing";
    LEVEL_EVIDENCE_INVALID = "level_evidence_invalid";
    SUBJECT_CLASS_MISMATCH = "subject_class_mismatch";
    KEY_BINDING_MISSING = "key_binding_missing";
    KEY_BINDING_INVALID = "key_binding_invalid";
    KEY_BINDING_SIGNATURE_INVALID = "key_binding_signature_invalid";
    KEY_BINDING_NONCE_MISMATCH = "key_binding_nonce_mismatch";
    KEY_BINDING_AUDIENCE_MISMATCH = "key_binding_audience_mismatch";
    KEY_BINDING_HASH_MISMATCH = "key_binding_hash_mismatch";
    KEY_BINDING_TOO_OLD = "key_binding_too_old";
    KEY_BINDING_IN_FUTURE = "key_binding_in_future";
    #[cfg(feature = "emrtd")]
    KEY_BINDING_REPLAYED = "key_binding_replayed";
    HOLDER_KEY_MISSING = "holder_key_missing";
    HOLDER_KEY_INVALID = "holder_key_invalid";
    STATUS_MISSING = "status_missing";
    STATUS_UNAVAILABLE = "status_unavailable";
    STATUS_UNSUPPORTED = "status_unsupported";
    STATUS_URI_INVALID = "status_uri_invalid";
    STATUS_LIST_SIGNATURE_INVALID = "status_list_signature_invalid";
    STATUS_LIST_ISSUER_MISMATCH = "status_list_issuer_mismatch";
    STATUS_LIST_SUBJECT_MISMATCH = "status_list_subject_mismatch";
    STATUS_LIST_EXPIRED = "status_list_expired";
    STATUS_LIST_STALE = "status_list_stale";
    STATUS_LIST_ROLLBACK = "status_list_rollback";
    STATUS_LIST_INVALID = "status_list_invalid";
    STATUS_LIST_TOO_LARGE = "status_list_too_large";
    STATUS_INDEX_OUT_OF_RANGE = "status_index_out_of_range";
    STATUS_VALUE_UNKNOWN = "status_value_unknown";
    REVOKED = "revoked";
    SUSPENDED = "suspended";
    ACCOUNT_LOCKED = "account_locked";
    ACCOUNT_STATUS_STALE = "account_status_stale";
    ACCOUNT_STATUS_INVALID = "account_status_invalid";
    ACCOUNT_STATUS_UNAVAILABLE = "account_status_unavailable";
    MRZ_LENGTH_INVALID = "mrz_length_invalid";
    MRZ_CHARSET_INVALID = "mrz_charset_invalid";
    MRZ_FORMAT_INVALID = "mrz_format_invalid";
    MRZ_CHECK_DIGIT_INVALID = "mrz_check_digit_invalid";
    MRZ_DATE_INVALID = "mrz_date_invalid";
    MRZ_UNAUTHENTICATED = "mrz_unauthenticated";
    MRZ_MISMATCH = "mrz_mismatch";
    #[cfg(feature = "emrtd")]
    MRZ_CHIP_MISMATCH = "mrz_chip_mismatch";
    #[cfg(feature = "emrtd")]
    DER_INVALID = "der_invalid";
    #[cfg(feature = "emrtd")]
    DER_TOO_DEEP = "der_too_deep";
    #[cfg(feature = "emrtd")]
    CMS_INVALID = "cms_invalid";
    #[cfg(feature = "emrtd")]
    CMS_SIGNER_MISSING = "cms_signer_missing";
    #[cfg(feature = "emrtd")]
    CMS_SIGNED_ATTRS_INVALID = "cms_signed_attrs_invalid";
    #[cfg(feature = "emrtd")]
    CMS_DIGEST_MISMATCH = "cms_digest_mismatch";
    #[cfg(feature = "emrtd")]
    HASH_NOT_ALLOWED = "hash_not_allowed";
    #[cfg(feature = "emrtd")]
    KEY_PARAMETERS_INVALID = "key_parameters_invalid";
    #[cfg(feature = "emrtd")]
    CERT_INVALID = "cert_invalid";
    #[cfg(feature = "emrtd")]
    CERT_EXPIRED = "cert_expired";
    #[cfg(feature = "emrtd")]
    CERT_NOT_YET_VALID = "cert_not_yet_valid";
    #[cfg(feature = "emrtd")]
    CERT_CHAIN_INVALID = "cert_chain_invalid";
    #[cfg(feature = "emrtd")]
    CERT_ISSUER_UNKNOWN = "cert_issuer_unknown";
    #[cfg(feature = "emrtd")]
    CERT_KEY_USAGE_INVALID = "cert_key_usage_invalid";
    #[cfg(feature = "emrtd")]
    CERT_CRITICAL_EXTENSION_UNSUPPORTED = "cert_critical_extension_unsupported";
    #[cfg(feature = "emrtd")]
    CERT_COUNTRY_MISMATCH = "cert_country_mismatch";
    #[cfg(feature = "emrtd")]
    CERT_REVOKED = "cert_revoked";
    #[cfg(feature = "emrtd")]
    DG_HASH_MISMATCH = "dg_hash_mismatch";
    #[cfg(feature = "emrtd")]
    DG_HASH_MISSING = "dg_hash_missing";
    #[cfg(feature = "emrtd")]
    CBOR_INVALID = "cbor_invalid";
    #[cfg(feature = "emrtd")]
    CBOR_TOO_DEEP = "cbor_too_deep";
    #[cfg(feature = "emrtd")]
    COSE_INVALID = "cose_invalid";
    #[cfg(feature = "emrtd")]
    MDOC_INVALID = "mdoc_invalid";
    #[cfg(feature = "emrtd")]
    MDOC_DOCTYPE_MISMATCH = "mdoc_doctype_mismatch";
    #[cfg(feature = "emrtd")]
    MDOC_DIGEST_MISMATCH = "mdoc_digest_mismatch";
    #[cfg(feature = "emrtd")]
    MDOC_DIGEST_MISSING = "mdoc_digest_missing";
    #[cfg(feature = "emrtd")]
    DEVICE_AUTH_MISSING = "device_auth_missing";
    #[cfg(feature = "emrtd")]
    DEVICE_AUTH_INVALID = "device_auth_invalid";
    #[cfg(feature = "emrtd")]
    DEVICE_AUTH_UNAUTHORISED = "device_auth_unauthorised";
    #[cfg(feature = "emrtd")]
    SESSION_TRANSCRIPT_MISMATCH = "session_transcript_mismatch";
    #[cfg(feature = "emrtd")]
    VDS_INVALID = "vds_invalid";
    #[cfg(feature = "emrtd")]
    PROOF_MISSING = "proof_missing";
    #[cfg(feature = "emrtd")]
    PROOF_INVALID = "proof_invalid";
    #[cfg(feature = "emrtd")]
    PROOF_CONTEXT_FORBIDDEN = "proof_context_forbidden";
    POLICY_INVALID = "policy_invalid";
    RESOURCE_LIMIT = "resource_limit";
    ENGINE_NOT_READY = "engine_not_ready";
    ENGINE_BUSY = "engine_busy";
    ENGINE_UNUSABLE = "engine_unusable";
    ENGINE_OUTDATED = "engine_outdated";
    INTERNAL_ERROR = "internal_error";
    PORTRAIT_FORBIDDEN = "portrait_forbidden";
    PORTRAIT_TOO_LARGE = "portrait_too_large";
    ISSUER_SUSPENDED = "issuer_suspended";
    RELYING_PARTY_INVALID = "relying_party_invalid";
    RELYING_PARTY_SUSPENDED = "relying_party_suspended";
    RELYING_PARTY_EXPIRED = "relying_party_expired";
    RELYING_PARTY_PURPOSE_UNKNOWN = "relying_party_purpose_unknown";
    RELYING_PARTY_ORIGIN_MISMATCH = "relying_party_origin_mismatch";
    RELYING_PARTY_CLAIM_NOT_GRANTED = "relying_party_claim_not_granted";
    CROSS_CHECK_MISMATCH = "cross_check_mismatch";
    ISSUER_MISSING = "issuer_missing";
    X5C_NOT_TRUSTED = "x5c_not_trusted";
    NOT_IN_BUILD = "not_in_build";
    NOT_REACHED = "not_reached";
    NOT_ASKED = "not_asked";
    NOT_DISCLOSED = "not_disclosed";
    LEVEL_NOT_APPLICABLE = "level_not_applicable";
    LAW_TRANSITION = "law_transition";
    PERSONAL_NUMBER_UNUSUAL = "personal_number_unusual";
    RESIDENCE_OUTLIVES_PASSPORT = "residence_outlives_passport";
    RESIDENCE_CARD_REPLACEMENT_DUE = "residence_card_replacement_due";
    #[cfg(feature = "emrtd")]
    CLONE_NOT_EXCLUDED = "clone_not_excluded";
    #[cfg(feature = "emrtd")]
    CALENDAR_UNKNOWN = "calendar_unknown";
    CHIP_KEY_UNAVAILABLE = "chip_key_unavailable";
    CHIP_RESPONSE_INVALID = "chip_response_invalid";
}
