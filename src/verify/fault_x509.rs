//! Faults of certificates, CMS, LDS objects and data groups, and the code each gets: total matches, as in [`crate::verify::fault`].

use crate::document::emrtd::active_authentication::ActiveFault;
use crate::document::emrtd::data_group::GroupFault;
use crate::document::emrtd::security_object::LdsFault;
use crate::encoding::der::DerFault;
use crate::envelope::cms::CmsFault;
use crate::envelope::x509::CertFault;
use crate::verify::code::{self, Code};

/// Faults of an encoding.
pub const fn der(fault: DerFault) -> Code {
    match fault {
        DerFault::Invalid => code::DER_INVALID,
        DerFault::TooDeep => code::DER_TOO_DEEP,
    }
}

/// Faults of a certificate.
pub const fn certificate(fault: CertFault) -> Code {
    match fault {
        CertFault::Encoding(DerFault::TooDeep) => code::DER_TOO_DEEP,
        CertFault::Encoding(DerFault::Invalid) | CertFault::Structure => code::CERT_INVALID,
        CertFault::Algorithm => code::ALG_NOT_ALLOWED,
        CertFault::Hash => code::HASH_NOT_ALLOWED,
        CertFault::KeyParameters => code::KEY_PARAMETERS_INVALID,
        CertFault::Issuer => code::CERT_ISSUER_UNKNOWN,
        CertFault::KeyUsage => code::CERT_KEY_USAGE_INVALID,
        CertFault::CriticalExtension => code::CERT_CRITICAL_EXTENSION_UNSUPPORTED,
        CertFault::Signature => code::CERT_CHAIN_INVALID,
    }
}

/// Faults of SignedData; a signature that does not verify is the document's here, not the chain's.
pub const fn cms(fault: CmsFault) -> Code {
    match fault {
        CmsFault::Encoding(fault) => der(fault),
        CmsFault::Structure => code::CMS_INVALID,
        CmsFault::SignerMissing => code::CMS_SIGNER_MISSING,
        CmsFault::SignedAttributes => code::CMS_SIGNED_ATTRS_INVALID,
        CmsFault::Digest => code::CMS_DIGEST_MISMATCH,
        CmsFault::Signer(CertFault::Signature) => code::SIGNATURE_INVALID,
        CmsFault::Signer(fault) => certificate(fault),
    }
}

/// Faults of the LDS security object.
pub const fn lds(fault: LdsFault) -> Code {
    match fault {
        LdsFault::Encoding(fault) => der(fault),
        LdsFault::Structure => code::CMS_INVALID,
        LdsFault::Hash => code::HASH_NOT_ALLOWED,
    }
}

/// Faults of data groups.
pub const fn group(fault: GroupFault) -> Code {
    match fault {
        GroupFault::Mismatch(_) => code::DG_HASH_MISMATCH,
        GroupFault::Missing(_) => code::DG_HASH_MISSING,
    }
}

/// Faults of active authentication.
pub const fn active(fault: ActiveFault) -> Code {
    match fault {
        ActiveFault::KeyMissing => code::CHIP_KEY_UNAVAILABLE,
        ActiveFault::Encoding => code::DER_INVALID,
        ActiveFault::Key(CertFault::Encoding(fault)) => der(fault),
        ActiveFault::Key(_) => code::KEY_PARAMETERS_INVALID,
        ActiveFault::Hash => code::HASH_NOT_ALLOWED,
        ActiveFault::Response => code::CHIP_RESPONSE_INVALID,
    }
}
