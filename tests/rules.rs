//! The shipped rules are read, checked and compiled without a fault.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may stop where it stands"
)]

use std::collections::BTreeSet;

use onward::rulebook::{Report, gaps, load_embedded, without_rules};

fn listed(report: &Report) -> String {
    report
        .faults
        .iter()
        .map(|fault| format!("{fault:?}  [{}]\n", fault.help.clone().unwrap_or_default()))
        .collect()
}

#[test]
fn the_shipped_rules_have_no_fault() {
    match load_embedded() {
        Ok(book) => assert!(!book.programs.is_empty()),
        Err(report) => panic!("{} faults\n{}", report.faults.len(), listed(&report)),
    }
}

#[test]
fn every_program_says_all_that_an_answer_should() {
    let book = load_embedded().unwrap();
    let gaps = gaps(&book);
    assert!(gaps.is_empty(), "programs that lack what every program should say:\n{gaps:#?}");
    let english: Vec<_> = book.warnings.iter().filter(|warning| warning.code == "untranslated").collect();
    assert!(english.is_empty(), "words without Spanish:\n{english:#?}");
}

#[test]
fn what_a_program_lacks_is_told() {
    let mut book = load_embedded().unwrap();
    let program = &mut book.programs[0];
    program.documents.clear();
    program.agency.clear();
    program.title.es = None;
    program.if_refused[0].says.appeal.en.clear();
    let gaps = gaps(&book);
    assert_eq!(gaps.len(), 1, "{gaps:#?}");
    assert_eq!(gaps[0].program, book.programs[0].id);
    assert_eq!(gaps[0].lacks, ["documents", "agency", "appeal", "spanish"]);
}

#[test]
fn a_program_has_rules_or_is_listed_as_without() {
    let mut book = load_embedded().unwrap();
    let listed = |book: &onward::rulebook::RuleBook| -> BTreeSet<String> {
        without_rules(book).into_iter().map(str::to_owned).collect()
    };
    let without = listed(&book);
    assert!(book.programs.iter().all(|program| !without.contains(&program.id)));
    assert_eq!(without.len() + book.programs.len(), book.program_codes().len());
    let gone = book.programs.pop().unwrap().id;
    assert!(listed(&book).contains(&gone));
}
