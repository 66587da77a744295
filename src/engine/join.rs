//! Several compositions of a unit -> one finding that allows each of them.

use crate::rulebook::PersonRole;

use super::findings::{Finding, Outcome, PersonFinding, Said, Status, UnitFinding};
use super::fold;
use super::marks::Marks;
use super::program::Composed;

impl<M: Marks> Composed<M> {
    /// What either composition allows; `facts` tells whether a person could say which it is.
    pub(super) fn join(mut self, other: Self, facts: bool) -> Self {
        let unit = &mut self.unit;
        let status = fold::either(unit.status, other.unit.status, facts);
        // Somebody whom one of the two leaves out is outside of it.
        let outside =
            |person: usize| PersonFinding { person, role: PersonRole::Outside, status: Status::NotEligible };
        for known in &mut unit.people {
            let person = other.unit.people.iter().find(|person| person.person == known.person);
            join_person(known, &person.cloned().unwrap_or_else(|| outside(known.person)), facts);
        }
        for person in &other.unit.people {
            if !unit.people.iter().any(|known| known.person == person.person) {
                let mut known = outside(person.person);
                join_person(&mut known, person, facts);
                unit.people.push(known);
            }
        }
        unit.people.sort_by_key(|person| person.person);
        for finding in other.unit.findings {
            let same =
                |known: &Finding| (known.requirement, known.person) == (finding.requirement, finding.person);
            match unit.findings.iter_mut().find(|known| same(known)) {
                Some(known) => join_finding(known, &finding, facts),
                None => unit.findings.push(finding),
            }
        }
        unit.findings.sort_by_key(|finding| (finding.requirement, finding.person));
        unit.zero_amount &= other.unit.zero_amount;
        unit.joined = true;
        unit.status = status;
        unit.first_period = match (unit.first_period, other.unit.first_period) {
            (Some(one), Some(two)) => Some(super::FirstPeriod { range: one.range.join(two.range), ..one }),
            (one, two) => one.or(two),
        };
        unit.worksheet = join_lines(std::mem::take(&mut unit.worksheet), &other.unit.worksheet);
        join_said(&mut unit.said, other.unit.said);
        self.amount = match (self.amount, other.amount) {
            (Some((one, marks)), Some((two, more))) => Some((one.join(two), marks.join(more))),
            (one, two) => one.or(two),
        };
        self.marks = self.marks.join(other.marks);
        self
    }
}

fn join_person(known: &mut PersonFinding, other: &PersonFinding, facts: bool) {
    // Shown as a member while that is possible.
    let (mine, theirs) = (known.role, other.role);
    known.status = match (mine, theirs) {
        (PersonRole::Outside, PersonRole::Member | PersonRole::CountedOnly)
        | (PersonRole::Member | PersonRole::CountedOnly, PersonRole::Outside) => {
            let inside = if mine == PersonRole::Outside { other.status } else { known.status };
            fold::either(inside, Status::NotEligible, facts)
        }
        _ => fold::either(known.status, other.status, facts),
    };
    if theirs == PersonRole::Member || (theirs == PersonRole::CountedOnly && mine == PersonRole::Outside) {
        known.role = theirs;
    }
}

fn join_finding(known: &mut Finding, other: &Finding, facts: bool) {
    let can_fail = |finding: &Finding| match finding.outcome {
        Outcome::NotMet => true,
        Outcome::Unknown => !finding.at_worst_agency,
        Outcome::Met | Outcome::NotTested | Outcome::AgencyDecides => false,
    };
    let at_worst_agency = !can_fail(known) && !can_fail(other);
    if known.outcome != other.outcome {
        known.outcome = match (known.outcome, other.outcome) {
            (Outcome::Met | Outcome::NotTested, Outcome::Met | Outcome::NotTested) => Outcome::Met,
            (
                Outcome::Met | Outcome::NotTested | Outcome::AgencyDecides,
                Outcome::Met | Outcome::NotTested | Outcome::AgencyDecides,
            ) if !facts => Outcome::AgencyDecides,
            // A person could tell whether an agency judges it at all.
            _ => Outcome::Unknown,
        };
    }
    // In order, each once.
    known.why.facts.extend(&other.why.facts);
    known.why.facts.sort_unstable();
    known.why.facts.dedup();
    known.why.reasons = known.why.reasons.and(other.why.reasons);
    known.provided_that |= other.provided_that;
    known.other_reading = match (known.other_reading, other.other_reading) {
        (Some(one), Some(two)) if one != two => Some(Outcome::Unknown),
        (one, two) => one.or(two),
    };
    // What excuses is told only where it does so in every composition; a doubt, only where it decides.
    if known.outcome != Outcome::Met || known.excused_by != other.excused_by {
        known.excused_by = None;
    }
    known.left_to_agency = match (known.outcome, known.left_to_agency, other.left_to_agency) {
        (Outcome::AgencyDecides, Some(one), Some(two)) => Some(one.min(two)),
        (Outcome::AgencyDecides, one, two) => one.or(two),
        _ => None,
    };
    known.at_worst_agency = at_worst_agency && known.outcome == Outcome::Unknown;
    known.excusable = known.outcome == Outcome::AgencyDecides && (known.excusable || other.excusable);
    for way in &other.ways_out {
        if !known.ways_out.contains(way) {
            known.ways_out.push(way.clone());
        }
    }
    known.ways_out.sort_by_key(|way| way.exemption);
    for (value, more) in known.values.iter_mut().zip(&other.values) {
        *value = value.clone().join(more);
    }
    if let (Some(line), Some(more)) = (known.trace.take(), &other.trace) {
        known.trace = Some(line.join(more));
    }
}

fn join_lines(known: Vec<super::Line>, other: &[super::Line]) -> Vec<super::Line> {
    if known.is_empty() {
        return other.to_vec();
    }
    let same = |line: &super::Line| other.iter().find(|more| more.definition == line.definition).cloned();
    known
        .into_iter()
        .map(|line| match same(&line) {
            Some(more) => line.join(&more),
            None => line,
        })
        .collect()
}

fn join_said(known: &mut Said, other: Said) {
    fn add<T: PartialEq + Copy>(known: &mut Vec<T>, other: Vec<T>, place: impl Fn(&T) -> usize) {
        for entry in other {
            if !known.iter().any(|one| place(one) == place(&entry)) {
                known.push(entry);
            }
        }
        known.sort_by_key(place);
    }
    add(&mut known.agency, other.agency, |entry| *entry);
    add(&mut known.documents, other.documents, |entry| *entry);
    add(&mut known.steps, other.steps, |entry| *entry);
    add(&mut known.deadlines, other.deadlines, |entry| entry.0);
    add(&mut known.cautions, other.cautions, |entry| *entry);
    add(&mut known.if_refused, other.if_refused, |entry| *entry);
    add(&mut known.ongoing, other.ongoing, |entry| entry.0);
}

impl UnitFinding {
    /// Whether anything in it is open.
    #[must_use]
    pub(super) fn is_open(&self) -> bool {
        use super::WhyAmount;
        // Of several compositions a quick run cannot tell whether a person could say which.
        self.joined
            || self.status == Status::NeedsInformation
            || self.findings.iter().any(|finding| finding.outcome == Outcome::Unknown)
            || self.people.iter().any(|person| person.status == Status::NeedsInformation)
            || self
                .amount
                .as_ref()
                .is_some_and(|amount| amount.why == WhyAmount::FactsMissing || !amount.range.is_settled())
            || self
                .findings
                .iter()
                .any(|finding| !finding.ways_out.is_empty() || finding.other_reading.is_some())
    }
}
