//! Every fault of the floors below, and the code it gets: total matches, so that a new fault does not compile until it has a code.

use crate::base::Problem;
use crate::document::claims::ClaimFault;
use crate::document::profile::ProfileFault;
use crate::document::sd_jwt::disclosure::DisclosureFault;
use crate::document::sd_jwt::processing::SdFault;
use crate::envelope::jws::HeaderFault;
use crate::verify::code::{self, Code};

/// Faults of syntax.
pub const fn problem(problem: Problem) -> Code {
    match problem {
        Problem::Empty => code::INPUT_EMPTY,
        Problem::TooLarge => code::RESOURCE_LIMIT,
        Problem::Encoding => code::ENCODING_INVALID,
        Problem::Structure => code::STRUCTURE_INVALID,
        Problem::Json => code::JSON_INVALID,
        Problem::DuplicateKey => code::JSON_DUPLICATE_KEY,
        Problem::TooDeep => code::JSON_TOO_DEEP,
        Problem::Number => code::NUMBER_INVALID,
        Problem::ForbiddenName => code::CLAIM_NAME_FORBIDDEN,
    }
}

/// Faults of a protected header.
pub const fn header(fault: HeaderFault) -> Code {
    match fault {
        HeaderFault::Malformed => code::HEADER_INVALID,
        HeaderFault::Algorithm => code::ALG_NOT_ALLOWED,
        HeaderFault::Critical => code::CRIT_UNSUPPORTED,
        HeaderFault::SuppliedKey => code::HEADER_KEY_FORBIDDEN,
    }
}

/// Faults of one claim.
pub const fn claim(fault: ClaimFault) -> Code {
    match fault {
        ClaimFault::Type => code::CLAIM_TYPE_INVALID,
        ClaimFault::Value => code::CLAIM_VALUE_INVALID,
        ClaimFault::Number => code::NUMBER_INVALID,
    }
}

/// Faults against the claims profile.
pub const fn profile(fault: ProfileFault) -> Code {
    match fault {
        ProfileFault::Claim(fault) => claim(fault),
        ProfileFault::PortraitForbidden => code::PORTRAIT_FORBIDDEN,
        ProfileFault::PortraitTooLarge => code::PORTRAIT_TOO_LARGE,
    }
}

/// Faults of the disclosures.
pub const fn sd(fault: SdFault) -> Code {
    match fault {
        SdFault::Disclosure(DisclosureFault::Shape) => code::DISCLOSURE_INVALID,
        SdFault::Disclosure(DisclosureFault::Json(fault)) => problem(fault),
        SdFault::DuplicateDisclosure => code::DISCLOSURE_DUPLICATE,
        SdFault::Unreferenced => code::DISCLOSURE_UNREFERENCED,
        SdFault::ForbiddenClaim => code::DISCLOSURE_CLAIM_FORBIDDEN,
        SdFault::Conflict => code::DISCLOSURE_CLAIM_CONFLICT,
        SdFault::DuplicateDigest => code::DIGEST_DUPLICATE,
        SdFault::Structure => code::SD_STRUCTURE_INVALID,
        SdFault::Algorithm => code::SD_ALG_UNSUPPORTED,
        SdFault::TooDeep => code::DISCLOSURE_TOO_DEEP,
    }
}
