//! One program: its units, its requirements, its amount, its status.

use crate::kernel::{CodeSet, Day, Range, Truth};
use crate::language::{ProgramId, Subject};
use crate::rulebook::{PersonRole, Program, RuleBook};

use super::composition::{MOST_COMPOSITIONS, bit, settled_with, standings, unit_of, unit_with, unsettled};
use super::evaluate::{Engine, UnitState, With};
use super::findings::{Findings, OtherReading, PersonFinding, Status, UnitFinding};
use super::fold;
use super::marks::{Marks, Reasons};
use super::memory::Answered;
use super::requirement::{Gather, Reading, Tested};

/// A finding for one composition, with what it rests on.
#[derive(Debug, Clone)]
pub(super) struct Composed<M> {
    pub(super) unit: UnitFinding,
    pub(super) amount: Option<With<Range, M>>,
    /// What the choice of composition, and each open finding, rests on.
    pub(super) marks: M,
    /// People for whom this is the whole of what the program may say, a bit each: however the people fall into units,
    /// theirs is the one that was looked at here.
    pub(super) settles: u64,
    /// People who may belong to another unit than this, a bit each, and what that rests on: another unit that was
    /// not looked at may give them what this one does not.
    pub(super) elsewhere: (u64, M),
}

impl Program {
    /// Whether a day lies in the program's life, in whichever state.
    #[must_use]
    pub fn is_law_on(&self, day: Day) -> bool {
        self.in_force.iter().any(|(from, until)| *from <= day && until.is_none_or(|until| day <= until))
    }
}

impl RuleBook {
    /// Whether there is such a program on a day in a state: another state's own is none.
    #[must_use]
    pub fn is_in_force(&self, program: &Program, day: Day, state: usize) -> bool {
        let elsewhere = self.state_of(program).is_some_and(|own| own != state);
        !elsewhere && program.is_law_on(day)
    }
}

impl<'a, M: Marks> Engine<'a, M> {
    pub(super) fn run_all(&mut self, programs: &[ProgramId], gather: Gather) -> Vec<Findings> {
        programs.iter().filter_map(|id| self.run(*id, gather)).collect()
    }

    /// Answers one program; those that it asks `eligible_for` must have been answered before.
    pub(super) fn run(&mut self, id: ProgramId, gather: Gather) -> Option<Findings> {
        let program = self.book.program(id)?;
        if !self.book.is_in_force(program, self.day, self.law.state) {
            self.remember(id, &[], Status::NotInForce);
            return Some(Findings { program: id, status: Status::NotInForce, units: Vec::new() });
        }
        let mut units = self.units(program, gather, None);
        if gather.words {
            self.other_readings(program, &mut units);
        }
        let status = match program.unit {
            Some(_) => units.first().map_or(Status::NotEligible, |unit| unit.unit.status),
            None => units.iter().fold(Status::NotEligible, |best, unit| best.best(unit.unit.status)),
        };
        self.remember(id, &units, status);
        let units = units.into_iter().map(Composed::finish).collect();
        Some(Findings { program: id, status, units })
    }

    fn units(&mut self, program: &'a Program, gather: Gather, reading: Reading) -> Vec<Composed<M>> {
        match program.unit {
            Some(unit) => self.by_unit(program, unit, gather, reading),
            None => (0..self.situation.people())
                .filter(|&person| self.situation.applies(person))
                .map(|person| self.one_person(program, person, gather, reading))
                .collect(),
        }
    }

    /// Evaluates again under the other reading wherever the law is unsettled.
    fn other_readings(&mut self, program: &'a Program, units: &mut [Composed<M>]) {
        for position in 0..units.len() {
            let differs =
                |unit: &Composed<M>| unit.unit.findings.iter().any(|one| one.other_reading.is_some());
            if !units.get(position).is_some_and(differs) {
                continue;
            }
            let findings = units.get(position).map_or_else(Vec::new, |unit| unit.unit.findings.clone());
            for (place, finding) in
                findings.iter().enumerate().filter(|(_, finding)| finding.other_reading.is_some())
            {
                let reading = Some((finding.requirement, finding.person));
                let other = self.units(program, Gather::default(), reading);
                let Some(status) = other.get(position).map(|other| other.unit.status) else { continue };
                if let Some(unit) = units.get_mut(position)
                    && status != unit.unit.status
                {
                    unit.unit.other_readings.push(OtherReading { finding: place, status });
                }
            }
        }
    }

    fn remember(&mut self, id: ProgramId, units: &[Composed<M>], status: Status) {
        let truth = |status, marks: &M| match status {
            Status::Eligible => (Truth::True, M::default()),
            Status::NotEligible | Status::NotInForce => (Truth::False, M::default()),
            Status::MayQualify => (Truth::Unknown, M::reason(Reasons::AGENCY)),
            Status::NeedsInformation => (Truth::Unknown, marks.clone()),
        };
        let none = M::default();
        let unit = truth(status, units.first().map_or(&none, |unit| &unit.marks));
        let people = (0..self.situation.people()).map(|person| of_person(units, person, truth)).collect();
        if let Some(slot) = self.memory.answered.get_mut(id.index()) {
            *slot = Some(Answered { unit, people });
        }
    }

    fn one_person(
        &mut self,
        program: &'a Program,
        person: usize,
        gather: Gather,
        reading: Reading,
    ) -> Composed<M> {
        let tested: Vec<_> = program
            .requirements
            .iter()
            .enumerate()
            .filter_map(|(position, one)| self.test_requirement(position, one, Some(person), gather, reading))
            .collect();
        let finding = PersonFinding { person, role: PersonRole::Member, status: Status::Eligible };
        let alone = self.compose(program, tested, vec![finding], Some(person), gather, M::default());
        Composed { settles: bit(person), ..alone }
    }

    fn by_unit(
        &mut self,
        program: &'a Program,
        unit: usize,
        gather: Gather,
        reading: Reading,
    ) -> Vec<Composed<M>> {
        let Some(unit) = unit_of(self.book, unit) else { return Vec::new() };
        let Some(owner) = self.book.program(unit.program) else { return Vec::new() };
        let (partitions, marks) = self.partitions(unit);
        let applicants: Vec<usize> =
            (0..self.situation.people()).filter(|&person| self.situation.applies(person)).collect();
        // Each applicant who heads a unit in the first way of falling into units stands for it.
        let mut heads: Vec<usize> = Vec::new();
        if let Some(first) = partitions.first() {
            for units in first {
                let inside = |person: &&usize| units.get(**person).is_some_and(|(truth, _)| truth.can_hold());
                if let Some(head) = applicants.iter().find(inside)
                    && !heads.contains(head)
                {
                    heads.push(*head);
                }
            }
        }
        let share = (MOST_COMPOSITIONS / partitions.len().max(1)).max(1);
        heads.sort_unstable();
        let facts = !marks.why().facts.is_empty();
        let elsewhere = unsettled(&partitions);
        let mut results = Vec::new();
        for head in heads {
            let mut joined: Option<Composed<M>> = None;
            for partition in &partitions {
                let Some(people) = unit_with(partition, head) else { continue };
                for composed in self.one_composition(program, owner, people, share, gather, reading) {
                    joined = Some(match joined {
                        Some(before) => {
                            let facts = facts
                                || !composed.marks.why().facts.is_empty()
                                || !before.marks.why().facts.is_empty();
                            before.join(composed, facts)
                        }
                        None => composed,
                    });
                }
            }
            if let Some(mut joined) = joined {
                if partitions.len() > 1 {
                    joined.marks = joined.marks.join(marks.clone());
                }
                joined.settles = settled_with(&partitions, head, applicants.first() == Some(&head));
                joined.elsewhere = (elsewhere, marks.clone());
                results.push(joined);
            }
        }
        results
    }

    /// A unit of these people, under each way in which they may count.
    fn one_composition(
        &mut self,
        program: &'a Program,
        owner: &'a Program,
        people: &[With<Truth, M>],
        most: usize,
        gather: Gather,
        reading: Reading,
    ) -> Vec<Composed<M>> {
        // While standings are not known yet, everybody in the unit may count in any way.
        let anyhow = vec![(CodeSet::first(crate::kernel::MAX_CODES), M::default()); people.len()];
        self.look_at(UnitState { people: people.to_vec(), standing: anyhow });
        let own = program.code == owner.code;
        let mut standing = Vec::with_capacity(people.len());
        let mut of_people = Vec::new();
        let mut choice = M::default();
        for (person, (inside, _)) in people.iter().enumerate() {
            if !inside.can_hold() {
                standing.push((CodeSet::EMPTY, M::default()));
                continue;
            }
            let tested = self.test_person(owner, person, gather, if own { reading } else { None });
            let (codes, marks) = self.standing_by(person, &owner.requirements, &tested);
            if !codes.is_settled() {
                choice = choice.join(marks.clone());
            }
            standing.push((codes, marks));
            of_people.push((person, tested));
        }
        let states = standings(people, &standing, most);
        let several = states.len() > 1;
        let last = states.len().saturating_sub(1);
        let mut results = Vec::with_capacity(states.len());
        for (place, state) in states.into_iter().enumerate() {
            let members = self.people_of(owner, &state, &of_people);
            let marks = if several { choice.clone() } else { open_standing(&state) };
            self.look_at(state);
            let mut tested: Vec<Tested<M>> = Vec::with_capacity(program.requirements.len() + 8);
            if own && place == last {
                tested.extend(std::mem::take(&mut of_people).into_iter().flat_map(|(_, tested)| tested));
            } else if own {
                tested.extend(of_people.iter().flat_map(|(_, tested)| tested.iter().cloned()));
            }
            for (position, requirement) in program.requirements.iter().enumerate() {
                match requirement.of {
                    Subject::Person if !requirement.if_not_met.is_empty() => {}
                    Subject::Person => {
                        for (person, (inside, _)) in people.iter().enumerate() {
                            if inside.can_hold() {
                                tested.extend(self.test_requirement(
                                    position,
                                    requirement,
                                    Some(person),
                                    gather,
                                    reading,
                                ));
                            }
                        }
                    }
                    _ => tested.extend(self.test_requirement(position, requirement, None, gather, reading)),
                }
            }
            results.push(self.compose(program, tested, members, None, gather, marks));
        }
        results
    }

    fn test_person(
        &mut self,
        owner: &'a Program,
        person: usize,
        gather: Gather,
        reading: Reading,
    ) -> Vec<Tested<M>> {
        let decides =
            |one: &crate::rulebook::Requirement| one.of == Subject::Person && !one.if_not_met.is_empty();
        owner
            .requirements
            .iter()
            .enumerate()
            .filter(|(_, one)| decides(one))
            .filter_map(|(position, one)| self.test_requirement(position, one, Some(person), gather, reading))
            .collect()
    }

    /// Everybody of the unit with role and own status.
    fn people_of(
        &self,
        owner: &'a Program,
        state: &UnitState<M>,
        of_people: &[(usize, Vec<Tested<M>>)],
    ) -> Vec<PersonFinding> {
        let standings =
            owner.unit.and_then(|unit| unit_of(self.book, unit)).map_or(&[][..], |unit| &unit.standings);
        let mut people = Vec::with_capacity(of_people.len());
        for (person, tested) in of_people {
            let codes = state.standing.get(*person).map_or(CodeSet::EMPTY, |(codes, _)| *codes);
            // Shown as counting as much as is possible.
            let roles = codes
                .positions()
                .filter_map(|position| standings.get(position))
                .map(|standing| standing.role);
            let role = roles.min_by_key(|role| *role as u8).unwrap_or(PersonRole::Outside);
            let own = fold::status(tested.iter().map(|test| &test.finding));
            let status = match (codes.known(), own) {
                // Looked at as one who counts: what speaks against it is looked at in another composition.
                (Some(0), Status::NeedsInformation) => Status::Eligible,
                (Some(0), own) => own,
                _ if !codes.contains(0) => Status::NotEligible,
                (_, own) => own,
            };
            let inside = state.people.get(*person).map_or(Truth::False, |(inside, _)| *inside);
            // Somebody who may not belong at all.
            let status =
                if inside == Truth::True { status } else { fold::either(status, Status::NotEligible, true) };
            // Somebody who does not apply belongs as the law says and gets nothing.
            let (role, status) = match role {
                PersonRole::Member if !self.situation.applies(*person) => {
                    (PersonRole::CountedOnly, Status::NotEligible)
                }
                role => (role, status),
            };
            people.push(PersonFinding { person: *person, role, status });
        }
        people
    }
}

/// Standings left open in one composition rest on these.
fn open_standing<M: Marks>(state: &UnitState<M>) -> M {
    let standing = state.standing.iter().filter(|(codes, _)| !codes.is_settled() && !codes.is_empty());
    let people = state.people.iter().filter(|(truth, _)| *truth == Truth::Unknown);
    let marks = standing.map(|(_, marks)| marks.clone()).chain(people.map(|(_, marks)| marks.clone()));
    marks.fold(M::default(), Marks::join)
}

/// What a program says of one person, whose unit may be open, for what other programs make of it.
fn of_person<M: Marks>(
    units: &[Composed<M>],
    person: usize,
    truth: impl Fn(Status, &M) -> With<Truth, M>,
) -> With<Truth, M> {
    let own = |unit: &Composed<M>| match unit.unit.people.iter().find(|one| one.person == person) {
        Some(one) if one.role != PersonRole::Outside => one.status,
        _ => Status::NotEligible,
    };
    if let Some(unit) = units.iter().find(|unit| unit.settles & bit(person) != 0) {
        return truth(own(unit), &unit.marks);
    }
    // Which of the units that may be theirs stands for others depends on who is named first: none decides.
    let may_be = units.iter().filter(|unit| unit.elsewhere.0 & bit(person) != 0);
    let marks = may_be.map(|unit| unit.marks.clone().join(unit.elsewhere.1.clone())).reduce(Marks::join);
    marks.map_or_else(|| (Truth::False, M::default()), |marks| (Truth::Unknown, marks))
}
