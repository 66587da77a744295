//! Definitions that nothing uses.

use super::super::book::RuleBook;
use super::super::fault::Report;
use super::super::places::Places;
use super::super::rests::{Ground, RestsOn};
use super::super::trees::fact_trees;

/// Tells each definition of a program that nothing uses.
pub(in crate::rulebook) fn check(book: &RuleBook, ground: &Ground, places: &Places, report: &mut Report) {
    let mut rests = RestsOn::default();
    ground.programs.iter().for_each(|program| rests.join(&program.whole));
    rests.join(&ground.through(book, book.vocabulary.facts.iter().flat_map(fact_trees)));
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
