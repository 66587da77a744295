//! From what was tested to the finding of a unit: status, amount, and what is said with it.

use foldhash::HashSet;

use crate::kernel::{Range, Truth};
use crate::language::Subject;
use crate::rulebook::{Entry, PersonRole, Program};
use crate::vocabulary::FactRef;

use super::evaluate::Engine;
use super::findings::{Amount, Finding, FirstPeriod, PersonFinding, Said, Status, UnitFinding, WhyAmount};
use super::fold;
use super::frame::{NO_FRAME, about};
use super::marks::{Marks, Reasons};
use super::program::Composed;
use super::requirement::{Gather, Tested};

impl<'a, M: Marks> Engine<'a, M> {
    /// Fold, amount and words for one composition.
    pub(super) fn compose(
        &mut self,
        program: &'a Program,
        tested: Vec<Tested<M>>,
        mut people: Vec<PersonFinding>,
        person: Option<usize>,
        gather: Gather,
        mut marks: M,
    ) -> Composed<M> {
        let of_unit = |test: &&Tested<M>| person.is_some() || test.finding.person.is_none();
        let mut status = fold::status(tested.iter().filter(of_unit).map(|test| &test.finding));
        for test in tested.iter().filter(|test| test.finding.outcome == super::Outcome::Unknown) {
            if of_unit(&test) {
                marks = marks.join(test.marks.clone());
            }
        }
        if person.is_none() {
            let best = people
                .iter()
                .filter(|one| one.role == PersonRole::Member)
                .fold(Status::NotEligible, |best, one| best.best(one.status));
            let best = if self.situation.open && best == Status::NotEligible {
                // Somebody who is not listed may be a member.
                marks = marks.join(self.of_the_unlisted());
                Status::NeedsInformation
            } else {
                best
            };
            status = fold::worse(status, best);
        }
        let frame = person.map_or(NO_FRAME, about);
        let mut amount = None;
        let mut zero_amount = false;
        if let (Some(rule), true) = (&program.amount, status != Status::NotEligible) {
            let (range, more) = self.number(&rule.value, &frame);
            let pays = Range::ZERO.is_below(range);
            zero_amount = pays == Truth::False;
            if zero_amount {
                status = Status::NotEligible;
            } else {
                if pays == Truth::Unknown {
                    let why = more.why();
                    // A run that tracks nothing cannot tell whether a person could say.
                    let open = if why.facts.is_empty() && !why.reasons.is_empty() {
                        Status::MayQualify
                    } else {
                        Status::NeedsInformation
                    };
                    status = fold::worse(status, open);
                }
                amount = Some((range, more));
            }
        }
        let first_period = match (&program.first_period, &amount) {
            (Some(first), Some(_)) => Some(FirstPeriod {
                range: self.number(&first.value, &frame).0,
                from: self.date(&first.from, &frame).0,
                to: self.date(&first.to, &frame).0,
            }),
            _ => None,
        };
        for one in &mut people {
            if one.role == PersonRole::Member {
                one.status = fold::worse(one.status, status);
            }
        }
        let worksheet = match (&program.amount, gather.trace) {
            (Some(rule), true) => rule.worksheet.iter().filter_map(|id| self.line(*id, person)).collect(),
            _ => Vec::new(),
        };
        let said = if gather.words { self.said(program, person) } else { Said::default() };
        let unit = UnitFinding {
            people,
            status,
            amount: None,
            first_period,
            findings: tested.into_iter().map(|test| test.finding).collect(),
            missing: Vec::new(),
            other_readings: Vec::new(),
            worksheet,
            zero_amount,
            joined: false,
            said,
        };
        let up_to = program.amount.as_ref().is_some_and(|rule| rule.up_to);
        let mut composed = Composed { unit, amount, marks, settles: 0, elsewhere: (0, M::default()) };
        composed.unit.amount = composed.amount.as_ref().map(|(range, marks)| shown(*range, marks, up_to));
        composed
    }

    fn said(&mut self, program: &'a Program, person: Option<usize>) -> Said {
        let mut said = Said::default();
        for (place, entry) in program.agency.iter().enumerate() {
            if self.is_said(entry, person) {
                said.agency.push(place);
            }
        }
        for (place, entry) in program.documents.iter().enumerate() {
            if self.is_said(entry, person) {
                said.documents.push(place);
            }
        }
        for (place, entry) in program.steps.iter().enumerate() {
            if self.is_said(entry, person) {
                said.steps.push(place);
            }
        }
        for (place, entry) in program.cautions.iter().enumerate() {
            if self.is_known_to_be_said(entry, person) {
                said.cautions.push(place);
            }
        }
        for (place, entry) in program.if_refused.iter().enumerate() {
            if self.is_said(entry, person) {
                said.if_refused.push(place);
            }
        }
        let frame = person.map_or(NO_FRAME, about);
        for (place, entry) in program.deadlines.iter().enumerate() {
            if self.is_said(entry, person) {
                let on = self.date(&entry.says.on, &frame).0;
                let from = self.date(&entry.says.counted_from, &frame).0;
                said.deadlines.push((place, on, from));
            }
        }
        for (place, entry) in program.ongoing.iter().enumerate() {
            if self.is_said(entry, person) {
                let until = entry.says.until.as_ref().map(|until| self.date(until, &frame).0);
                said.ongoing.push((place, until));
            }
        }
        said
    }

    /// Whether an entry is said: in its time and state, and unless its test fails for the unit, or
    /// for everybody in it.
    fn is_said<T>(&mut self, entry: &Entry<T>, person: Option<usize>) -> bool {
        self.holds_for(entry, person, Truth::can_hold)
    }

    /// Whether a warning is said: only where its test is known to hold, so that the one that matters
    /// is not lost among those that may.
    fn is_known_to_be_said<T>(&mut self, entry: &Entry<T>, person: Option<usize>) -> bool {
        self.holds_for(entry, person, |truth| truth == Truth::True)
    }

    fn holds_for<T>(&mut self, entry: &Entry<T>, person: Option<usize>, enough: fn(Truth) -> bool) -> bool {
        let in_time = entry.from.is_none_or(|from| from <= self.day)
            && entry.until.is_none_or(|until| self.day <= until);
        if !in_time || entry.state.is_some_and(|state| state != self.law.state) {
            return false;
        }
        let Some(when) = &entry.when else { return true };
        match (entry.of, person) {
            (Subject::Person, Some(person)) => enough(self.truth(when, &about(person)).0),
            (Subject::Person, None) => (0..self.unit.people.len()).any(|person| {
                let inside = self.unit.people.get(person).is_some_and(|(truth, _)| truth.can_hold());
                inside && enough(self.truth(when, &about(person)).0)
            }),
            _ => enough(self.truth(when, &NO_FRAME).0),
        }
    }
}

impl<M: Marks> Composed<M> {
    /// The finding, with every absent fact that its openness rests on as a candidate to be missing.
    pub(super) fn finish(self) -> UnitFinding {
        let mut unit = self.unit;
        let mut facts = self.marks.why().facts;
        let unknown = |finding: &&Finding| finding.outcome == super::Outcome::Unknown;
        for finding in unit.findings.iter().filter(unknown) {
            facts.extend(&finding.why.facts);
        }
        let for_status = facts.len();
        if let Some((range, marks)) = &self.amount {
            facts.extend(marks.why().facts);
            if let Some(amount) = &mut unit.amount {
                amount.range = *range;
                if range.is_settled() && amount.why != WhyAmount::UpTo {
                    amount.why = WhyAmount::Exact;
                } else if amount.why == WhyAmount::Exact {
                    amount.why = shown(*range, &self.marks.clone().join(marks.clone()), false).why;
                }
            } else {
                unit.amount = Some(shown(*range, marks, false));
            }
        }
        let mut seen: HashSet<FactRef> = HashSet::default();
        let facts = facts.into_iter().enumerate().filter(|(_, fact)| seen.insert(*fact));
        unit.missing =
            facts.map(|(place, fact)| super::Missing { fact, status: place < for_status }).collect();
        if unit.status == Status::NotEligible {
            unit.amount = None;
            unit.first_period = None;
        }
        unit
    }
}

fn shown<M: Marks>(range: Range, marks: &M, up_to: bool) -> Amount {
    let why = marks.why();
    let why = if up_to {
        WhyAmount::UpTo
    } else if range.is_settled() {
        WhyAmount::Exact
    } else if why.facts.is_empty() && why.reasons.has(Reasons::FIGURE) {
        WhyAmount::FigureNotOnFile
    } else if why.facts.is_empty() && why.reasons.has(Reasons::AGENCY) {
        WhyAmount::UpTo
    } else {
        WhyAmount::FactsMissing
    };
    Amount { range, why }
}
