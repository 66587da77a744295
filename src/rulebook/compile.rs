//! What can only be computed and checked once everything is read: what rests on whom, the order of programs, the
//! days on which law changes.

use crate::language::ProgramId;

use super::book::{Program, RuleBook};
use super::boundaries::boundaries;
use super::check::{circles, steps, units, unused};
use super::fault::Report;
use super::places::Places;
use super::rests::Ground;
use super::{changes, dependents, reach};

/// Fills in all that follows from the rest; what everything rests on.
pub(super) fn finish(book: &mut RuleBook, states: usize, places: &Places, report: &mut Report) -> Ground {
    let ground = Ground::of(book, places, report);
    for (definition, rests) in book.definitions.iter_mut().zip(&ground.definitions) {
        definition.rests_on_unit = rests.members || rests.unit;
    }
    let mut programs = std::mem::take(&mut book.programs);
    for (program, rests) in programs.iter_mut().zip(&ground.programs) {
        program.needs = rests.needs();
        finish_program(book, program, &ground, places, report);
    }
    book.programs = programs;
    book.changes = changes::changes(book, &ground);
    book.order = order(book, places, report);
    units::check(book, places, report);
    circles::approvals(book, places, report);
    circles::facts(book, &ground, places, report);
    boundaries(book, &ground, states);
    book.reach = reach::reach(book, &ground);
    book.dependents = dependents::dependents(book, &ground);
    unused::check(book, &ground, places, report);
    ground
}

fn finish_program(
    book: &RuleBook,
    program: &mut Program,
    ground: &Ground,
    places: &Places,
    report: &mut Report,
) {
    for requirement in &mut program.requirements {
        let rests = ground.through(book, requirement.trees().into_iter());
        if !requirement.if_not_met.is_empty() && rests.members {
            let message =
                format!("`{}` decides who the members are, and so cannot rest on them", requirement.id);
            let help = "use `home`, `unit_people` or facts of the person";
            places.of_requirement(&program.module, &requirement.id).fault("circle", message, help, report);
        }
        requirement.facts = rests.facts.iter().copied().collect();
    }
    steps::check(program, places, report);
    circles::steps(program, places, report);
}

/// Programs in an order in which those come first that others ask `eligible_for`.
fn order(book: &RuleBook, places: &Places, report: &mut Report) -> Vec<ProgramId> {
    let mut order: Vec<ProgramId> = Vec::new();
    let count = book.programs.len();
    while order.len() < count {
        let next = (0..count).filter_map(|id| u16::try_from(id).ok().map(ProgramId)).find(|id| {
            !order.contains(id)
                && book
                    .program(*id)
                    .is_some_and(|program| program.needs.iter().all(|need| order.contains(need)))
        });
        let Some(next) = next else {
            let placed = |id: usize| order.iter().any(|known| known.index() == id);
            let stuck = book.programs.iter().enumerate().filter(|(id, _)| !placed(*id));
            circles::programs(&stuck.map(|(_, program)| program).collect::<Vec<_>>(), places, report);
            break;
        };
        order.push(next);
    }
    order
}
