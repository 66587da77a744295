//! Definitions that nothing uses.

use crate::language::Tree;

use super::super::book::RuleBook;
use super::super::fault::Report;
use super::super::places::Places;
use super::super::rests::{RestsOn, requirement_trees, through};

/// Tells each definition of a program that nothing uses.
pub(in crate::rulebook) fn check(book: &RuleBook, all: &[RestsOn], places: &Places, report: &mut Report) {
    let mut rests = RestsOn::default();
    for program in &book.programs {
        let mut trees: Vec<&Tree> = program.requirements.iter().flat_map(requirement_trees).collect();
        trees.extend(program.amount.iter().map(|amount| &amount.value));
        trees.extend(program.first_period.iter().flat_map(|first| [&first.value, &first.from, &first.to]));
        trees.extend(program.documents.iter().filter_map(|entry| entry.when.as_ref()));
        trees.extend(program.steps.iter().filter_map(|entry| entry.when.as_ref()));
        trees.extend(program.cautions.iter().filter_map(|entry| entry.when.as_ref()));
        trees.extend(
            program
                .requirements
                .iter()
                .flat_map(|one| one.placeholders.iter().map(|placeholder| &placeholder.tree)),
        );
        rests.join(&through(book, all, trees));
        rests.definitions.extend(program.amount.iter().flat_map(|amount| amount.worksheet.iter().copied()));
    }
    for unit in &book.units {
        let trees = unit.among.iter().chain(&unit.together).map(|version| &version.says).collect();
        rests.join(&through(book, all, trees));
    }
    for (position, definition) in book.definitions.iter().enumerate() {
        // A shared module may stand ready for programs to come.
        let own_program =
            book.programs.iter().any(|program| definition.name.starts_with(&format!("{}.", program.module)));
        let used = rests.definitions.iter().any(|id| id.index() == position);
        if own_program && !used {
            let message = format!("nothing uses `{}`", definition.name);
            let help = "name it in a rule, or in the worksheet, or take it out";
            places.of_definition(&definition.name).warn("unused", message, help, report);
        }
    }
}
