//! What a program rests on, wherever the rules say it: its days of new law, the programs that it needs, the changes that
//! touch it and the definitions that it uses.
//!
//! A second program, written here, is added to the sound rule set in `fixtures/faulty/base`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use onward::kernel::Day;
use onward::rulebook::{Program, Report, RuleBook, RuleFile, load_embedded, load_files};

/// A program of the unit of the other, as far as every test needs it.
const SECOND: &str = "
program: other-aid
title: {en: Other aid, es: Otra ayuda}
category: food
kind: benefit
jurisdiction: federal
in_force: {from: 2023-10-01}
translations: {es: machine}
unit: {same_as: example-aid}
requirements:
  - id: pay
    title: {en: Pay, es: Salario}
    cite: example-act
    test: savings <= $100
    met: {en: 'Yes.', es: Sí.}
    not_met: {en: 'No.', es: 'No.'}
    unknown: {en: Not known., es: No se sabe.}
";

/// The base with a second program, to which these lines are added, and with `from` in it written as `to`.
fn with(lines: &str, from: &str, to: &str) -> Result<RuleBook, Report> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/faulty/base");
    let mut files: Vec<Arc<RuleFile>> = Vec::new();
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let mut found = from.is_empty();
    for path in names {
        let text = fs::read_to_string(&path).unwrap();
        found |= text.contains(from);
        let text = if from.is_empty() { text } else { text.replacen(from, to, 1) };
        files.push(RuleFile::new(path.file_name().unwrap().to_string_lossy(), text));
    }
    assert!(found, "the base says nothing like {from}");
    files.push(RuleFile::new("other-aid.yaml", format!("{SECOND}{lines}")));
    load_files(files)
}

fn sound(lines: &str, from: &str, to: &str) -> RuleBook {
    with(lines, from, to).unwrap_or_else(|report| panic!("{:#?}", report.faults))
}

fn program<'b>(book: &'b RuleBook, id: &str) -> &'b Program {
    book.program(book.program_named(id).unwrap()).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A definition of the second program that turns on a day when nothing else does.
const TURNS: &str = "
definitions:
  turns:
    of: household
    type: boolean
    means: {en: Turns, es: Cambia}
    cite: example-act
    versions:
      - {from: 2023-10-01, until: 2025-05-04, test: rent <= $100}
      - {from: 2025-05-05, test: rent <= $200}
";

/// Each place of a program, beside its tests and its amount, where a definition may stand.
const PLACES: [(&str, &str); 9] = [
    (
        "to whom an approval can be open",
        "pathway: {when: turns, sets: {immigration_status: refugee}, takes: {en: Long, es: Mucho}, cite: example-rule}",
    ),
    (
        "a deadline",
        "deadlines: [{id: d, what: {en: D, es: D}, who: agency, on: 'if turns then as_of else as_of + 1 day', counted_from: as_of, cite: example-rule}]",
    ),
    (
        "when a deadline is said",
        "deadlines: [{id: d, what: {en: D, es: D}, who: agency, on: as_of, counted_from: as_of, when: turns, cite: example-rule}]",
    ),
    (
        "when a step is said",
        "steps: [{id: s, title: {en: S, es: S}, how: {en: S, es: S}, when: turns, cite: example-rule}]",
    ),
    ("when a caution is said", "cautions: [{id: c, text: {en: C, es: C}, when: turns, cite: example-rule}]"),
    ("when a paper is said", "documents: [{document: pay-stubs, when: turns, cite: example-rule}]"),
    (
        "when what recipients should know is said",
        "ongoing: {text: {en: O, es: O}, when: turns, cite: example-rule}",
    ),
    (
        "until when it is received",
        "ongoing: {text: {en: O, es: O}, until: 'if turns then as_of else as_of + 1 day', cite: example-rule}",
    ),
    (
        "the first period",
        "amount: {per: month, value: $10, zero: {en: Z, es: Z}}\nfirst_period: {value: 'if turns then $5 else $6', from: as_of, to: as_of + 1 month}",
    ),
];

#[test]
fn whatever_names_a_definition_uses_it_and_turns_with_it() {
    for (what, lines) in PLACES {
        let book = sound(&format!("{TURNS}{lines}\n"), "", "");
        let unused: Vec<_> = book.warnings.iter().filter(|warning| warning.code == "unused").collect();
        assert!(unused.is_empty(), "{what}: {unused:?}");
        let other = program(&book, "other-aid");
        assert!(other.boundaries.contains(&day("2025-05-05")), "{what}: {:?}", other.boundaries);
        let told = book.changes.iter().filter(|change| change.on == day("2025-05-05"));
        let touched: Vec<_> = told.flat_map(|change| &change.programs).collect();
        assert_eq!(touched, [&book.program_named("other-aid").unwrap()], "{what}");
    }
}

#[test]
fn what_nothing_names_is_told() {
    let book = sound(TURNS, "", "");
    let unused = book.warnings.iter().filter(|warning| warning.code == "unused");
    let unused: Vec<&str> = unused.map(|warning| warning.message.as_str()).collect();
    assert_eq!(unused, ["nothing uses `other_aid.turns`"]);
}

#[test]
fn a_definition_from_which_a_fact_follows_is_used_and_turns_what_asks_for_the_fact() {
    let follows = "savings: {about: household, derived_none_when: other_aid.turns, ";
    let book = sound(TURNS, "savings: {about: household, ", follows);
    assert!(!book.warnings.iter().any(|warning| warning.code == "unused"), "{:?}", book.warnings);
    for id in ["example-aid", "other-aid"] {
        assert!(program(&book, id).boundaries.contains(&day("2025-05-05")), "{id}");
    }
}

#[test]
fn a_program_turns_with_the_programs_that_it_asks_for_and_with_the_owner_of_its_unit() {
    // The base turns on 2025-10-01, by a figure.
    let asks =
        "cautions: [{id: c, text: {en: C, es: C}, when: 'eligible_for(example-aid)', cite: example-rule}]\n";
    let book = sound(asks, "", "");
    let (first, other) = (program(&book, "example-aid"), program(&book, "other-aid"));
    assert!(first.boundaries.contains(&day("2025-10-01")), "{:?}", first.boundaries);
    assert!(other.boundaries.contains(&day("2025-10-01")), "{:?}", other.boundaries);
    assert_eq!(other.needs, [book.program_named("example-aid").unwrap()]);

    let dated = "versions: [{from: 2023-10-01, until: 2025-03-02, test: shared.citizen_or_refugee}, {from: 2025-03-03, test: immigration_status is us_citizen}]";
    let book = sound("", "    test: shared.citizen_or_refugee", &format!("    {dated}"));
    let other = program(&book, "other-aid");
    assert_eq!(other.boundaries, [day("2025-03-03")], "who belongs to the unit turns then");
}

#[test]
fn programs_that_ask_for_each_other_wherever_it_is_are_told() {
    let asks =
        "cautions: [{id: c, text: {en: C, es: C}, when: 'eligible_for(example-aid)', cite: example-rule}]\n";
    let report = with(
        asks,
        "  - {document: pay-stubs, cite: example-rule}",
        "  - {document: pay-stubs, when: eligible_for(other-aid), cite: example-rule}",
    )
    .expect_err("neither can be answered before the other");
    let codes: Vec<&str> = report.faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["circle"], "{:#?}", report.faults);
}

#[test]
fn a_program_of_the_shipped_rules_turns_on_every_day_that_the_one_does_which_it_asks_for() {
    let book = load_embedded().unwrap();
    for program in &book.programs {
        for need in program.needs.iter().filter_map(|id| book.program(*id)) {
            let tests: Vec<Day> =
                need.requirements.iter().flat_map(|one| &one.versions).map(|one| one.from).collect();
            let days = need.boundaries.iter().filter(|day| tests.contains(day));
            for day in days {
                assert!(
                    program.boundaries.contains(day),
                    "{} does not turn with {} on {day}",
                    program.id,
                    need.id
                );
            }
        }
    }
    let named = |id: &str| program(&book, id);
    assert!(named("snap-expedited").boundaries.contains(&day("2025-07-04")));
}

#[test]
fn every_change_is_on_a_day_of_each_program_that_it_touches() {
    let book = load_embedded().unwrap();
    for change in &book.changes {
        for id in &change.programs {
            let program = book.program(*id).unwrap();
            assert!(
                program.boundaries.contains(&change.on),
                "{}: {:?} on {}",
                program.id,
                change.what,
                change.on
            );
        }
    }
}
