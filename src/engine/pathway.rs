//! Whether an approval, by the facts that it changes, would open a requirement that a person fails.

use crate::kernel::{Dates, Day, Truth, Value};
use crate::language::ProgramId;
use crate::rulebook::{Pathway, RuleBook, Sets};
use crate::vocabulary::{Given, Known, Situation};

use super::evaluate::Engine;
use super::findings::{Findings, Outcome};
use super::frame::about;
use super::requirement::Gather;

/// A failed requirement of a person that an approval would open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The program that is closed.
    pub program: ProgramId,
    /// Its requirement, by position.
    pub requirement: usize,
    /// Who fails it.
    pub person: usize,
    /// The program whose approval would open it.
    pub opener: ProgramId,
}

/// Of all that rules name as opening what a person fails: what really would, under the law of the day. An
/// approval that is not declared to change facts is taken at its word and not listed here.
#[must_use]
pub fn openings(book: &RuleBook, situation: &Situation, day: Day, found: &[Findings]) -> Vec<Opening> {
    let Some(law) = book.on(day, situation.state) else { return Vec::new() };
    let mut asked: Vec<Opening> = Vec::new();
    for one in found {
        for finding in one.units.iter().flat_map(|unit| &unit.findings) {
            let (Some(person), Outcome::NotMet) = (finding.person, finding.outcome) else { continue };
            // Somebody who does not apply is shown no way to a status.
            if !situation.applies(person) {
                continue;
            }
            let program = book.program(one.program);
            let Some(requirement) = program.and_then(|program| program.requirements.get(finding.requirement))
            else {
                continue;
            };
            for opener in &requirement.opened_by {
                let Some(opener) = book.program_named(opener) else { continue };
                let (program, requirement) = (one.program, finding.requirement);
                asked.push(Opening { program, requirement, person, opener });
            }
        }
    }
    // One changed situation for each approval and person.
    asked.sort_by_key(|one| (one.opener.index(), one.person));
    let mut open = Vec::new();
    for group in asked.chunk_by(|one, two| (one.opener, one.person) == (two.opener, two.person)) {
        let Some(first) = group.first() else { continue };
        let Some(pathway) = book.program(first.opener).and_then(|program| program.pathway.as_ref()) else {
            continue;
        };
        let barred = pathway.when.as_ref().is_some_and(|when| {
            let mut now = Engine::<()>::new(book, law, day, situation);
            now.truth(when, &about(first.person)).0 == Truth::False
        });
        if barred {
            continue;
        }
        let changed = approved(book, situation, day, pathway, first.person);
        let mut engine = Engine::<()>::new(book, law, day, &changed);
        for one in group {
            let program = book.program(one.program);
            let requirement = program.and_then(|program| program.requirements.get(one.requirement));
            let tested = requirement.and_then(|requirement| {
                let person = Some(one.person);
                engine.test_requirement(one.requirement, requirement, person, Gather::default(), None)
            });
            if tested.is_none_or(|tested| tested.finding.outcome != Outcome::NotMet) {
                open.push(*one);
            }
        }
    }
    open
}

/// The situation as it is once the person's approval has come.
fn approved(book: &RuleBook, situation: &Situation, day: Day, pathway: &Pathway, person: usize) -> Situation {
    let mut changed = situation.clone();
    for (id, sets) in &pathway.sets {
        let Some(fact) = book.vocabulary.fact(*id) else { continue };
        let value = match sets {
            Sets::To(value) => value.clone(),
            Sets::TheDay => Value::Date(Dates::on(day)),
        };
        let place = person * changed.stride + usize::from(fact.slot);
        if let Some(known) = changed.personal.get_mut(place) {
            *known = Known { value, given: Given::Told };
        }
    }
    changed
}
