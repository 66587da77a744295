//! What a result shows of itself, and whether two results can be of the same situation.

use crate::kernel::{Bound, Range};
use crate::rulebook::PersonRole;

use super::super::findings::{Findings, Outcome, Status};

/// What a result shows of itself; two runs that show the same did not differ.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Face {
    /// Of the program, then of each unit.
    status: Vec<Status>,
    /// Everybody inside a unit.
    people: Vec<(usize, PersonRole, Status)>,
    /// Of each unit: a full period, and the first.
    amounts: Vec<(Option<Range>, Option<Range>)>,
    outcomes: Vec<(usize, Option<usize>, Outcome)>,
    /// Of several compositions, a quick run does not know whether a person could say which it is.
    unsure: bool,
}

/// How two results differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Difference {
    /// The outcome of a requirement, if nothing else.
    pub(super) outcome: bool,
    /// A status or an amount, which more facts could still make the same.
    pub(super) result: bool,
    /// A result, where no status is known to be open: more facts could perhaps not make it the same.
    pub(super) perhaps: bool,
    /// A status or an amount that no further fact can make the same.
    pub(super) lasting: bool,
    /// Of the lasting ones, a status.
    pub(super) status: bool,
}

impl Difference {
    /// How much it tells; only the order matters.
    pub(super) fn weight(self) -> u8 {
        [self.outcome, self.result, self.lasting, self.status].into_iter().map(u8::from).sum()
    }

    /// Whatever either holds.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            outcome: self.outcome || other.outcome,
            result: self.result || other.result,
            perhaps: self.perhaps || other.perhaps,
            lasting: self.lasting || other.lasting,
            status: self.status || other.status,
        }
    }
}

/// How much a program gives; only the order matters.
pub(super) type Worth = (usize, usize, Option<Bound>);

impl Face {
    /// Of a run that tracks what is open.
    pub(super) fn of_careful(findings: &Findings) -> Self {
        Self { unsure: false, ..Self::of(findings) }
    }

    /// Of a quick run.
    pub(super) fn of(findings: &Findings) -> Self {
        let mut face = Self {
            status: vec![findings.status],
            people: Vec::new(),
            amounts: Vec::new(),
            outcomes: Vec::new(),
            unsure: findings.units.iter().any(|unit| unit.joined),
        };
        for unit in &findings.units {
            face.status.push(unit.status);
            for person in unit.people.iter().filter(|person| person.role != PersonRole::Outside) {
                face.people.push((person.person, person.role, person.status));
            }
            let first = unit.first_period.as_ref().map(|first| first.range);
            face.amounts.push((unit.amount.as_ref().map(|amount| amount.range), first));
            face.outcomes.extend(unit.findings.iter().map(|one| (one.requirement, one.person, one.outcome)));
        }
        face
    }

    /// How it differs from another.
    pub(super) fn difference(&self, other: &Self) -> Difference {
        let result =
            self.status != other.status || self.people != other.people || self.amounts != other.amounts;
        let unsure = self.unsure || other.unsure;
        let status = !unsure && self.excludes_statuses(other);
        Difference {
            outcome: self.outcomes != other.outcomes,
            result,
            perhaps: result && (unsure || self.is_settled() && other.is_settled()),
            lasting: status || self.excludes_amounts(other),
            status,
        }
    }

    fn is_settled(&self) -> bool {
        let people = self.people.iter().map(|(_, _, status)| status);
        self.status.iter().chain(people).all(|status| *status != Status::NeedsInformation)
    }

    /// Whether two statuses are settled and not the same.
    fn excludes_statuses(&self, other: &Self) -> bool {
        let apart = |one: Status, two: Status| {
            one != two && one != Status::NeedsInformation && two != Status::NeedsInformation
        };
        // The program's own and the first applicant's unit; which other unit is which may be open.
        let tops = self.status.iter().zip(&other.status).take(2);
        let of = |face: &Self, person: usize| {
            face.people.iter().find(|(known, ..)| *known == person).map(|(_, _, status)| *status)
        };
        let person = |one: &Self, two: &Self| {
            one.people.iter().any(|(person, _, status)| match of(two, *person) {
                Some(other) => apart(*status, other),
                // Outside there, whatever else is told.
                None => apart(*status, Status::NotEligible),
            })
        };
        tops.into_iter().any(|(one, two)| apart(*one, *two)) || person(self, other) || person(other, self)
    }

    /// Whether two amounts have no value in common.
    fn excludes_amounts(&self, other: &Self) -> bool {
        let apart = |one: Option<Range>, two: Option<Range>| {
            one.zip(two).is_some_and(|(one, two)| one.high < two.low || two.high < one.low)
        };
        let (Some(one), Some(two)) = (self.amounts.first(), other.amounts.first()) else { return false };
        apart(one.0, two.0) || apart(one.1, two.1)
    }

    pub(super) fn worth(&self) -> Worth {
        let rank = |status: &Status| match status {
            Status::Eligible => 3,
            Status::MayQualify => 2,
            Status::NeedsInformation => 1,
            Status::NotEligible | Status::NotInForce => 0,
        };
        let of_all = self.status.iter().map(rank).sum::<usize>() * 8;
        let of_people = self.people.iter().map(|(_, _, status)| rank(status)).sum::<usize>();
        let met = self.outcomes.iter().filter(|(_, _, outcome)| *outcome == Outcome::Met).count();
        (
            of_all + of_people,
            met,
            self.amounts.iter().filter_map(|(amount, _)| amount.map(|range| range.high)).max(),
        )
    }
}
