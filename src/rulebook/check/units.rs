//! A program counts its own people: what rests on one unit is of no use where another counts.

use super::super::book::{Requirement, RuleBook};
use super::super::fault::Report;
use super::super::places::Places;
use super::super::reach;

/// Tells a use of what rests on one unit in a program that counts by another, or person by person.
pub(in crate::rulebook) fn check(book: &RuleBook, places: &Places, report: &mut Report) {
    for program in &book.programs {
        let borrowed = program.unit.and_then(|unit| book.units.get(unit)).is_some_and(|unit| {
            book.program(unit.program).is_some_and(|owner| owner.module != program.module)
        });
        let mut tell = |requirement: &Requirement, message: String, help: &str| {
            places.of_requirement(&program.module, &requirement.id).fault(
                "another-unit",
                message,
                help,
                report,
            );
        };
        for requirement in program.requirements.iter().filter(|one| borrowed && !one.if_not_met.is_empty()) {
            let message = format!(
                "`{}` would say how a person counts, and the unit is another program's",
                requirement.id
            );
            let help = "ask it of the unit: `any(… for p in members)` or `all(… for p in members)`";
            tell(requirement, message, help);
        }
        for (requirement, definition) in reach::foreign_units(book, program) {
            let message = format!(
                "`{}` rests on `{definition}`, which counts the people of another unit",
                requirement.id
            );
            let help = "use facts, definitions `of: person`, or the unit of that program (`same_as`)";
            tell(requirement, message, help);
        }
    }
}
