//! Approvals and programs that wait for each other: none of them could come first.

use std::collections::BTreeSet;

use super::super::book::{Program, RuleBook};
use super::super::fault::Report;
use super::super::places::Places;

/// Tells approvals that open each other in a circle.
pub(in crate::rulebook) fn approvals(book: &RuleBook, places: &Places, report: &mut Report) {
    let openers = |program: &Program| -> Vec<usize> {
        let ids = program.requirements.iter().flat_map(|one| &one.opened_by);
        let known = ids.filter_map(|id| book.programs.iter().position(|one| one.id == *id));
        known.filter(|place| book.programs.get(*place).is_some_and(|one| one.pathway.is_some())).collect()
    };
    for (start, program) in book.programs.iter().enumerate().filter(|(_, one)| one.pathway.is_some()) {
        let mut reached: BTreeSet<usize> = BTreeSet::new();
        let mut next = openers(program);
        while let Some(place) = next.pop() {
            if reached.insert(place) {
                next.extend(book.programs.get(place).map(openers).unwrap_or_default());
            }
        }
        if reached.contains(&start) {
            let message =
                format!("`{}` would have to be approved before itself, by way of `opened_by`", program.id);
            let help = "take out the `opened_by` that leads back";
            places.of_program(&program.module).fault("circle", message, help, report);
        }
    }
}

/// Tells programs that cannot be answered one after the other.
pub(in crate::rulebook) fn programs(stuck: &[&Program], places: &Places, report: &mut Report) {
    let Some(first) = stuck.first() else { return };
    let names: Vec<&str> = stuck.iter().map(|program| program.id.as_str()).collect();
    let message = format!(
        "these programs ask `eligible_for` of each other in a circle, or wait for one that does: {}",
        names.join(", ")
    );
    let help = "one of them must not ask: use the definitions of the other, or `receives(…)`";
    places.of_program(&first.module).fault("circle", message, help, report);
}
