//! From outcomes to a status: the one fold of the contract.

use super::findings::{Finding, Outcome, Status};

/// The status that a set of findings gives: any failure, then any open fact, then any agency.
///
/// An open finding that can at worst be an agency's to decide asks for nothing where an agency decides anyway.
pub(super) fn status<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Status {
    let mut open_to_agency = false;
    let mut status = Status::Eligible;
    for finding in findings {
        match of(finding) {
            Status::NeedsInformation if finding.at_worst_agency => open_to_agency = true,
            alone => status = worse(status, alone),
        }
    }
    if open_to_agency && status == Status::Eligible { Status::NeedsInformation } else { status }
}

/// The status that one finding alone would give.
fn of(finding: &Finding) -> Status {
    match finding.outcome {
        Outcome::Met | Outcome::NotTested => Status::Eligible,
        Outcome::NotMet => Status::NotEligible,
        Outcome::AgencyDecides => Status::MayQualify,
        // Open only for lack of a figure, or because the law is doubtful: no person could tell.
        Outcome::Unknown if finding.why.facts.is_empty() && !finding.why.reasons.is_empty() => {
            Status::MayQualify
        }
        Outcome::Unknown => Status::NeedsInformation,
    }
}

/// The worse of two, as the fold ranks them.
pub(super) fn worse(one: Status, other: Status) -> Status {
    let rank = |status| match status {
        Status::Eligible => 0,
        Status::MayQualify => 1,
        Status::NeedsInformation => 2,
        Status::NotEligible => 3,
        Status::NotInForce => 4,
    };
    if rank(one) >= rank(other) { one } else { other }
}

/// The status where either of two is possible, and `facts` tells whether a person could say which.
pub(super) fn either(one: Status, other: Status, facts: bool) -> Status {
    if one == other {
        return one;
    }
    if facts {
        // A person could tell which of the two it is.
        return Status::NeedsInformation;
    }
    let refused = [one, other].contains(&Status::NotEligible);
    match (refused, one) {
        (true, Status::NotEligible) => worse(Status::MayQualify, other),
        (true, _) => worse(Status::MayQualify, one),
        (false, _) => worse(one, other),
    }
}
