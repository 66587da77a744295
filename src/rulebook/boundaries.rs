//! The days on which law changes, of each program and of the whole book.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::kernel::Day;

use super::book::{Program, Requirement, RuleBook, Version};
use super::rests::Ground;

fn days<T>(versions: &[Version<T>], into: &mut BTreeSet<Day>) {
    for version in versions {
        into.insert(version.from);
        into.extend(version.until.and_then(|until| until.succ_opt()));
    }
}

/// Fills in the days of each program and of the book, and makes room for the law of each stretch.
pub(super) fn boundaries(book: &mut RuleBook, ground: &Ground, states: usize) {
    let (first, last) = book.covers;
    let mut every = BTreeSet::from([first]);
    for definition in &book.definitions {
        days(&definition.versions, &mut every);
    }
    for figure in &book.figures {
        days(&figure.versions, &mut every);
    }
    let itself: Vec<BTreeSet<Day>> = book.programs.iter().map(|program| of_itself(book, program)).collect();
    every.extend(itself.iter().flatten());
    let mut of_programs = Vec::new();
    for (own, rests) in itself.iter().zip(&ground.programs) {
        let mut own = own.clone();
        for other in &rests.whole.programs {
            own.extend(itself.get(other.index()).into_iter().flatten());
        }
        for definition in rests.whole.definitions.iter().filter_map(|id| book.definition(*id)) {
            days(&definition.versions, &mut own);
        }
        for figure in rests.whole.figures.iter().filter_map(|id| book.figure(*id)) {
            days(&figure.versions, &mut own);
        }
        own.retain(|day| first < *day && *day <= last);
        of_programs.push(own);
    }
    for (program, own) in book.programs.iter_mut().zip(of_programs) {
        program.boundaries = own.into_iter().collect();
    }
    every.retain(|day| first <= *day && *day <= last);
    book.boundaries = every.into_iter().collect();
    book.laws = (0..states).map(|_| book.boundaries.iter().map(|_| OnceLock::new()).collect()).collect();
}

/// Every day on which something turns that stands in a program itself or in its unit.
fn of_itself(book: &RuleBook, program: &Program) -> BTreeSet<Day> {
    let mut own = BTreeSet::new();
    for requirement in program.requirements.iter().chain(program.counting(book)) {
        of_requirement(requirement, &mut own);
    }
    if let Some(unit) = program.unit.and_then(|unit| book.units.get(unit)) {
        days(&unit.among, &mut own);
        days(&unit.together, &mut own);
    }
    for (from, until) in &program.in_force {
        own.insert(*from);
        own.extend(until.and_then(|until| until.succ_opt()));
    }
    own
}

fn of_requirement(requirement: &Requirement, into: &mut BTreeSet<Day>) {
    days(&requirement.versions, into);
    for exemption in requirement.excuses() {
        days(&exemption.versions, into);
    }
}
