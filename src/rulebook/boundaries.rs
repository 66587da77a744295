//! The days on which law changes, of each program and of the whole book.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::kernel::Day;
use crate::language::Tree;

use super::book::{Program, RuleBook, Version};
use super::rests::{RestsOn, requirement_trees, through};

fn days<T>(versions: &[Version<T>], into: &mut BTreeSet<Day>) {
    for version in versions {
        into.insert(version.from);
        into.extend(version.until.and_then(|until| until.succ_opt()));
    }
}

/// Fills in the days of each program and of the book, and makes room for the law of each stretch.
pub(super) fn boundaries(book: &mut RuleBook, all: &[RestsOn], states: usize) {
    let (first, last) = book.covers;
    let mut every = BTreeSet::from([first]);
    for definition in &book.definitions {
        days(&definition.versions, &mut every);
    }
    for figure in &book.figures {
        days(&figure.versions, &mut every);
    }
    let mut of_programs = Vec::new();
    for program in &book.programs {
        let mut own = of_program(book, program, all);
        every.extend(&own);
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

/// Every day on which something of a program changes, through all that it rests on.
fn of_program(book: &RuleBook, program: &Program, all: &[RestsOn]) -> BTreeSet<Day> {
    let mut own = BTreeSet::new();
    let mut trees: Vec<&Tree> = program.amount.iter().map(|amount| &amount.value).collect();
    for requirement in &program.requirements {
        days(&requirement.versions, &mut own);
        for exemption in requirement.excuses() {
            days(&exemption.versions, &mut own);
        }
        trees.extend(requirement_trees(requirement));
    }
    for (from, until) in &program.in_force {
        own.insert(*from);
        own.extend(until.and_then(|until| until.succ_opt()));
    }
    let rests = through(book, all, trees);
    for id in &rests.definitions {
        if let Some(definition) = book.definition(*id) {
            days(&definition.versions, &mut own);
        }
    }
    for id in &rests.figures {
        if let Some(figure) = book.figure(*id) {
            days(&figure.versions, &mut own);
        }
    }
    own
}
