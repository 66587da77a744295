//! What a program lacks that every answer should have, and which programs have no rules at all.

use std::collections::BTreeSet;

use crate::kernel::Words;

use super::book::{Asks, Entry, Program, Requirement, RuleBook};

/// A program that lacks something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The program.
    pub program: String,
    /// What it lacks: `documents`, `steps`, `agency`, `if_refused`, `appeal`, `spanish`.
    pub lacks: Vec<&'static str>,
}

/// Programs that lack something in some state that is on file. No kind of program goes without: even where nobody
/// hears an appeal, what to do after a no can be said.
#[must_use]
pub fn gaps(book: &RuleBook) -> Vec<Gap> {
    let states = states(book);
    let mut found = Vec::new();
    for program in &book.programs {
        let mut lacks = Vec::new();
        let mut demand = |what, holds: bool| {
            if !holds {
                lacks.push(what);
            }
        };
        demand("documents", everywhere(&program.documents, &states));
        demand("steps", everywhere(&program.steps, &states));
        demand("agency", everywhere(&program.agency, &states));
        let refused = everywhere(&program.if_refused, &states);
        demand("if_refused", refused);
        demand("appeal", !refused || program.if_refused.iter().all(|entry| !entry.says.appeal.en.is_empty()));
        demand("spanish", shown(book, program).iter().all(|words| is_translated(words)));
        if !lacks.is_empty() {
            found.push(Gap { program: program.id.clone(), lacks });
        }
    }
    found
}

/// Programs of the code list that have no rules here, in its order.
#[must_use]
pub fn without_rules(book: &RuleBook) -> Vec<&str> {
    let codes = book.program_codes().iter().map(|code| code.code.as_str());
    codes.filter(|code| book.program_named(code).is_none()).collect()
}

/// The states that add to any program.
fn states(book: &RuleBook) -> BTreeSet<usize> {
    let agencies = book.programs.iter().flat_map(|program| &program.agency);
    let steps = book.programs.iter().flat_map(|program| &program.steps);
    agencies.filter_map(|entry| entry.state).chain(steps.filter_map(|entry| entry.state)).collect()
}

/// Whether something is said in every state on file.
fn everywhere<T>(entries: &[Entry<T>], states: &BTreeSet<usize>) -> bool {
    let said =
        |state: Option<usize>| entries.iter().any(|entry| entry.state.is_none() || entry.state == state);
    said(None) || !states.is_empty() && states.iter().all(|state| said(Some(*state)))
}

fn is_translated(words: &Words) -> bool {
    words.en.is_empty() || words.es.as_ref().is_some_and(|es| !es.is_empty())
}

/// Every word that an answer of the program may show.
fn shown<'b>(book: &'b RuleBook, program: &'b Program) -> Vec<&'b Words> {
    let mut all = vec![&program.title, &program.summary];
    for requirement in &program.requirements {
        of_requirement(requirement, &mut all);
    }
    all.extend(program.amount.iter().map(|amount| &amount.zero));
    all.extend(program.pathway.iter().map(|pathway| &pathway.takes));
    for entry in &program.documents {
        all.push(&entry.says.proves);
        if let Some(document) = book.documents.get(entry.says.document) {
            all.extend([&document.title, &document.if_missing]);
            all.extend(&document.any_of);
        }
    }
    let agencies = program.agency.iter().map(|entry| &entry.says);
    let named = program.steps.iter().filter_map(|entry| entry.says.agency.as_ref());
    for agency in agencies.chain(named).filter_map(|id| book.agency(id)) {
        all.push(&agency.title);
        all.extend(agency.hours.iter().chain(&agency.how));
    }
    for entry in &program.steps {
        all.extend([&entry.says.title, &entry.says.how]);
        all.extend(&entry.says.before);
    }
    all.extend(program.deadlines.iter().map(|entry| &entry.says.what));
    all.extend(program.cautions.iter().map(|entry| &entry.says.text));
    for entry in &program.if_refused {
        all.extend([&entry.says.say, &entry.says.for_the_worker, &entry.says.appeal]);
    }
    for entry in &program.ongoing {
        all.extend([&entry.says.text, &entry.says.review]);
    }
    all
}

fn of_requirement<'b>(requirement: &'b Requirement, all: &mut Vec<&'b Words>) {
    all.extend([&requirement.title, &requirement.met, &requirement.not_met, &requirement.unknown]);
    all.extend(requirement.excusable.iter().chain(&requirement.agency_decides));
    all.extend(requirement.excuses().map(|exemption| &exemption.text));
    for Asks { met, not_met, unknown, unsettled, .. } in
        requirement.versions.iter().map(|version| &version.says)
    {
        all.extend([met, not_met, unknown].into_iter().flatten());
        all.extend(unsettled.iter().map(|unsettled| &unsettled.text));
    }
}
