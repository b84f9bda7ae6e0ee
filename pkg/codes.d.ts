// The frozen codes (contract §4). New ones may be added in a minor version; none is ever renamed or reused.

/** Codes that make a verdict `invalid`. */
export type FailCode =
  | 'input_type_invalid' | 'input_empty' | 'input_too_large' | 'encoding_invalid' | 'structure_invalid' | 'json_invalid'
  | 'json_duplicate_key' | 'json_too_deep' | 'json_too_large' | 'number_invalid' | 'header_invalid' | 'alg_not_allowed'
  | 'alg_key_mismatch' | 'crit_unsupported' | 'typ_mismatch' | 'header_key_forbidden' | 'kid_missing' | 'kid_unknown'
  | 'issuer_unknown' | 'issuer_key_mismatch' | 'issuer_not_authorised' | 'issuer_level_not_authorised' | 'key_invalid'
  | 'key_revoked' | 'key_not_valid_at_time' | 'trust_list_invalid' | 'trust_list_signature_invalid' | 'trust_list_not_yet_valid'
  | 'trust_list_rollback' | 'trust_list_inconsistent' | 'trust_list_threshold_not_met' | 'signature_invalid'
  | 'disclosure_invalid' | 'disclosure_duplicate' | 'disclosure_unreferenced' | 'disclosure_claim_forbidden'
  | 'disclosure_claim_conflict' | 'disclosure_too_deep' | 'digest_duplicate' | 'sd_structure_invalid' | 'sd_alg_unsupported'
  | 'vct_not_accepted' | 'claim_missing' | 'claim_type_invalid' | 'claim_value_invalid' | 'claim_name_forbidden' | 'expired'
  | 'not_yet_valid' | 'issued_in_future' | 'validity_inverted' | 'validity_too_long' | 'document_expired' | 'level_missing'
  | 'level_invalid' | 'level_insufficient' | 'level_evidence_missing' | 'level_evidence_invalid' | 'subject_class_mismatch'
  | 'key_binding_missing' | 'key_binding_invalid' | 'key_binding_signature_invalid' | 'key_binding_nonce_mismatch'
  | 'key_binding_audience_mismatch' | 'key_binding_hash_mismatch' | 'key_binding_too_old' | 'key_binding_in_future'
  | 'key_binding_replayed' | 'holder_key_missing' | 'holder_key_invalid' | 'status_missing' | 'status_unsupported'
  | 'status_uri_invalid' | 'status_list_signature_invalid' | 'status_list_issuer_mismatch' | 'status_list_subject_mismatch'
  | 'status_list_rollback' | 'status_list_invalid' | 'status_list_too_large' | 'status_index_out_of_range'
  | 'status_value_unknown' | 'revoked' | 'suspended' | 'account_locked' | 'account_status_stale' | 'account_status_invalid'
  | 'mrz_length_invalid' | 'mrz_charset_invalid' | 'mrz_format_invalid' | 'mrz_check_digit_invalid' | 'mrz_date_invalid'
  | 'mrz_mismatch' | 'mrz_chip_mismatch' | 'der_invalid' | 'der_too_deep' | 'cms_invalid' | 'cms_signer_missing'
  | 'cms_signed_attrs_invalid' | 'cms_digest_mismatch' | 'hash_not_allowed' | 'key_parameters_invalid' | 'cert_invalid'
  | 'cert_expired' | 'cert_not_yet_valid' | 'cert_chain_invalid' | 'cert_issuer_unknown' | 'cert_key_usage_invalid'
  | 'cert_critical_extension_unsupported' | 'cert_country_mismatch' | 'cert_revoked' | 'dg_hash_mismatch' | 'dg_hash_missing'
  | 'cbor_invalid' | 'cbor_too_deep' | 'cose_invalid' | 'mdoc_invalid' | 'mdoc_doctype_mismatch' | 'mdoc_digest_mismatch'
  | 'mdoc_digest_missing' | 'device_auth_missing' | 'device_auth_invalid' | 'device_auth_unauthorised'
  | 'session_transcript_mismatch' | 'vds_invalid' | 'proof_missing' | 'proof_invalid' | 'proof_context_forbidden'
  | 'policy_invalid' | 'resource_limit' | 'portrait_forbidden' | 'portrait_too_large' | 'issuer_suspended'
  | 'relying_party_invalid' | 'relying_party_suspended' | 'relying_party_expired' | 'relying_party_purpose_unknown'
  | 'relying_party_origin_mismatch' | 'relying_party_claim_not_granted' | 'cross_check_mismatch' | 'issuer_missing'
  | 'x5c_not_trusted' | 'chip_response_invalid';

/** Codes that make a verdict `indeterminate`: something could not be checked, which is neither good nor bad. */
export type UnknownCode =
  | 'trust_list_missing' | 'trust_list_expired' | 'clock_rollback' | 'clock_untrusted' | 'status_unavailable'
  | 'status_list_expired' | 'status_list_stale' | 'account_status_unavailable' | 'mrz_unauthenticated' | 'engine_not_ready'
  | 'engine_busy' | 'engine_unusable' | 'engine_outdated' | 'internal_error' | 'not_in_build' | 'not_reached'
  | 'chip_key_unavailable';

/** Codes that explain a skipped line; they decide nothing. */
export type SkipCode =
  | 'not_asked' | 'not_disclosed' | 'level_not_applicable' | 'law_transition' | 'personal_number_unusual'
  | 'residence_outlives_passport' | 'residence_card_replacement_due' | 'clone_not_excluded' | 'calendar_unknown';

/** Every code that can stand in a report. */
export type Code = FailCode | UnknownCode | SkipCode;

/** Codes of an `EidError`: misuse, and an engine that cannot be started. */
export type ErrorCode =
  | 'policy_invalid' | 'key_invalid' | 'resource_limit' | 'not_in_build' | 'internal_error' | 'engine_not_ready' | 'engine_busy'
  | 'engine_unusable' | 'engine_freed' | 'engine_unsupported' | 'engine_blocked_by_csp' | 'engine_file_invalid' | 'engine_too_old'
  | 'engine_load_failed' | 'engine_version_mismatch' | 'engine_out_of_memory' | 'engine_source_invalid' | 'pool_closed'
  | 'aborted';
