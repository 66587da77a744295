//! Approvals and programs that wait for each other: none of them could come first.

use std::collections::BTreeSet;

use crate::language::FactId;

use super::super::book::{Program, RuleBook};
use super::super::fault::Report;
use super::super::places::Places;
use super::super::rests::Ground;

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

/// Tells steps of a program that come after each other; of one that comes after itself that is told elsewhere.
pub(in crate::rulebook) fn steps(program: &Program, places: &Places, report: &mut Report) {
    let after = |id: &str| {
        let steps = program.steps.iter().filter(|step| step.says.id == id);
        steps.flat_map(|step| &step.says.after).map(String::as_str).collect::<Vec<&str>>()
    };
    let all_before = |id: &str| {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut next = after(id);
        while let Some(before) = next.pop() {
            if reached.insert(before) {
                next.extend(after(before));
            }
        }
        reached
    };
    for step in &program.steps {
        let id = step.says.id.as_str();
        for before in step.says.after.iter().filter(|before| *before != id && all_before(before).contains(id))
        {
            let message =
                format!("the step `{id}` would have to be done before itself, by way of `{before}`");
            let help = "take out the `after` that leads back";
            places.of_step_after(&program.module, id, before).fault("circle", message, help, report);
        }
    }
}

/// Tells facts that are taken from each other: none of them could be the first.
pub(in crate::rulebook) fn facts(book: &RuleBook, ground: &Ground, places: &Places, report: &mut Report) {
    let below =
        |id: FactId| ground.derived.get(&id).into_iter().flat_map(|rests| rests.facts.iter().copied());
    for start in ground.derived.keys().copied() {
        let mut reached: BTreeSet<FactId> = BTreeSet::new();
        let mut next: Vec<FactId> = below(start).collect();
        while let Some(fact) = next.pop() {
            if reached.insert(fact) {
                next.extend(below(fact));
            }
        }
        if let Some(fact) = book.vocabulary.fact(start).filter(|_| reached.contains(&start)) {
            let message = format!("`{}` would follow from itself", fact.name);
            let help = "one of the facts in this circle must not be `derived` from the next";
            places.of_fact(&fact.name).fault("circle", message, help, report);
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
