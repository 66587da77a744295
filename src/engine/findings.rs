//! What the engine found: the result of one program for one situation.

use crate::kernel::{Dates, Range, Value};
use crate::language::ProgramId;
use crate::rulebook::PersonRole;
use crate::vocabulary::FactRef;

use super::marks::Reasons;
use super::trace::Line;

/// The status of an answer, in the order of the fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Every test holds.
    Eligible,
    /// Every test that can be computed holds; an agency, a figure or doubtful law leaves the rest open.
    MayQualify,
    /// A fact that a person could give decides.
    NeedsInformation,
    /// A test fails.
    NotEligible,
    /// No such program on that day.
    NotInForce,
}

impl Status {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::Eligible, Self::MayQualify, Self::NeedsInformation, Self::NotEligible, Self::NotInForce];

    /// The code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::MayQualify => "may_qualify",
            Self::NeedsInformation => "needs_information",
            Self::NotEligible => "not_eligible",
            Self::NotInForce => "not_in_force",
        }
    }

    /// Whether it is a no.
    #[must_use]
    pub fn is_refusal(self) -> bool {
        matches!(self, Self::NotEligible | Self::NotInForce)
    }

    /// The better of two, in the order of the contract.
    #[must_use]
    pub fn best(self, other: Self) -> Self {
        if self as u8 <= other as u8 { self } else { other }
    }
}

/// The outcome of one requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum Outcome {
    Met,
    NotMet,
    Unknown,
    AgencyDecides,
    NotTested,
}

impl Outcome {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Met, Self::NotMet, Self::Unknown, Self::AgencyDecides, Self::NotTested];

    /// The code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Unknown => "unknown",
            Self::AgencyDecides => "agency_decides",
            Self::NotTested => "not_tested",
        }
    }
}

/// Why something is not settled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Why {
    /// The absent facts that it rests on, in order.
    pub facts: Vec<FactRef>,
    /// What else leaves it open.
    pub reasons: Reasons,
}

/// One requirement, tested on the unit or one of its people.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Position of the requirement in the program.
    pub requirement: usize,
    /// Whom it is about; `None` for the unit.
    pub person: Option<usize>,
    /// The outcome.
    pub outcome: Outcome,
    /// Why it is unknown, if it is.
    pub why: Why,
    /// A bar that was taken not to apply because nobody said.
    pub provided_that: bool,
    /// The exemption that excuses (position), if one does.
    pub excused_by: Option<usize>,
    /// Exemptions that are open or can be reached, for a requirement that is not met (positions), and
    /// the absent facts that each rests on.
    pub ways_out: Vec<WayOut>,
    /// The outcome under the other reading of unsettled law, where it differs.
    pub other_reading: Option<Outcome>,
    /// Why the law leaves it to an agency: position in `agency_must_confirm` where the test holds
    /// (`true`), in `agency_may_accept` where it fails (`false`).
    pub left_to_agency: Option<(bool, usize)>,
    /// Failed, but an agency may excuse it.
    pub excusable: bool,
    /// Open, and if it fails an agency decides: no absent fact can close it.
    pub at_worst_agency: bool,
    /// Failed because this better program takes the place.
    pub covered_by: Option<ProgramId>,
    /// What the `{names}` in its words stand for, in the order of the requirement's placeholders.
    pub values: Vec<Value>,
    /// The test with its values, if the full depth was asked for.
    pub trace: Option<Line>,
}

/// An exemption that could still excuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayOut {
    /// Position of the exemption in the requirement.
    pub exemption: usize,
    /// The absent facts that it rests on.
    pub facts: Vec<FactRef>,
}

/// One person of a unit, or one person on whom a program decides alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFinding {
    /// Who.
    pub person: usize,
    /// How they count.
    pub role: PersonRole,
    /// Their own status; no meaning for somebody outside.
    pub status: Status,
}

/// Why an amount is not exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum WhyAmount {
    Exact,
    FactsMissing,
    UpTo,
    FigureNotOnFile,
}

impl WhyAmount {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Exact, Self::FactsMissing, Self::UpTo, Self::FigureNotOnFile];

    /// The code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::FactsMissing => "facts_missing",
            Self::UpTo => "up_to",
            Self::FigureNotOnFile => "figure_not_on_file",
        }
    }
}

/// An amount of money, or a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// From and to.
    pub range: Range,
    /// Whether and why it is not exact.
    pub why: WhyAmount,
}

/// An absent fact that could change a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Missing {
    /// Which.
    pub fact: FactRef,
    /// Whether some value of it could change the status (else only the amount).
    pub status: bool,
}

/// What was found for one unit (or for one person, where a program decides person by person).
#[derive(Debug, Clone, PartialEq)]
pub struct UnitFinding {
    /// Everybody concerned, in the order of the situation.
    pub people: Vec<PersonFinding>,
    /// The status of the unit.
    pub status: Status,
    /// A full period's amount; absent when not eligible or not known at all.
    pub amount: Option<Amount>,
    /// The first, prorated period.
    pub first_period: Option<FirstPeriod>,
    /// Each requirement.
    pub findings: Vec<Finding>,
    /// The absent facts that could change this result, most decisive first.
    pub missing: Vec<Missing>,
    /// The status under the other reading of unsettled law, by position of the finding.
    pub other_readings: Vec<OtherReading>,
    /// The worksheet, if the full depth was asked for.
    pub worksheet: Vec<Line>,
    /// An amount of zero is the reason for `not_eligible`.
    pub zero_amount: bool,
    /// It allows several compositions of the unit.
    pub joined: bool,
    /// What is said with the answer.
    pub said: Said,
}

/// The first, prorated period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstPeriod {
    /// What it pays.
    pub range: Range,
    /// Its first day.
    pub from: Dates,
    /// Its last day.
    pub to: Dates,
}

/// The entries of a program that are said with an answer, by position.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// Who runs it.
    pub agency: Vec<usize>,
    /// Papers to bring.
    pub documents: Vec<usize>,
    /// Things to do.
    pub steps: Vec<usize>,
    /// Days by which somebody must act, with the day and from when it is counted.
    pub deadlines: Vec<(usize, Dates, Dates)>,
    /// Warnings.
    pub cautions: Vec<usize>,
    /// What to do about a refusal.
    pub if_refused: Vec<usize>,
    /// For people who receive it, with the day until which it lasts.
    pub ongoing: Vec<(usize, Option<Dates>)>,
}

/// A result under the other reading of unsettled law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherReading {
    /// Position of the finding.
    pub finding: usize,
    /// The status that the unit would have.
    pub status: Status,
}

/// What was found for one program.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// Which.
    pub program: ProgramId,
    /// The status: of the first applicant's unit, or the best among applicants.
    pub status: Status,
    /// Each unit with an applicant, the first applicant's first; or each person.
    pub units: Vec<UnitFinding>,
}
