//! The page of the rule language (`rules/README.md`): every example on it compiles, and every expression in its table
//! parses and has a type. What an example leaves out is added from `fixtures/faulty/base` and below.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may stop where it stands"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use onward::answer::run_cases;
use onward::kernel::Day;
use onward::rulebook::{Report, RuleBook, RuleFile, load_files};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    fs::read_to_string(root().join("rules/README.md")).unwrap()
}

/// The blocks of YAML on the page.
fn examples() -> Vec<String> {
    page().split("```yaml\n").skip(1).map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

fn example(first_key: &str) -> String {
    let found: Vec<String> =
        examples().into_iter().filter(|block| block.starts_with(&format!("{first_key}:"))).collect();
    assert_eq!(found.len(), 1, "examples that begin with `{first_key}`");
    found[0].clone()
}

fn folder(path: &Path, names: &[&str], into: &mut Vec<Arc<RuleFile>>) {
    for entry in fs::read_dir(path).unwrap().flatten() {
        let file = entry.path();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if names.is_empty() || names.contains(&name.as_str()) {
            into.push(RuleFile::new(name, fs::read_to_string(&file).unwrap()));
        }
    }
}

/// Facts, codes and programs that the page speaks of and the small rule set lacks.
const VOCABULARY: &str = "
codes:
  relationship:
    stepparent: {title: {en: Stepparent, es: Padrastro o madrastra}}
  hhs_letter:
    certification: {title: {en: Certification, es: Certificación}}
    eligibility: {title: {en: Eligibility, es: Elegibilidad}}
  disability_benefit:
    ssdi: {title: {en: SSDI, es: SSDI}}
    va_total: {title: {en: VA, es: VA}}
  program:
    page: {title: {en: The page, es: La página}}
    snap: {title: {en: SNAP, es: SNAP}}
    ssi: {title: {en: SSI, es: SSI}}
    ar-tea: {title: {en: TEA, es: TEA}}
    green-card-after-t: {title: {en: Green card, es: Residencia}}
facts:
  hhs_letter: {about: person, type: code hhs_letter, sensitivity: immigration, question: {en: Which?, es: ¿Cuál?}}
  disability_benefits: {about: person, type: codes disability_benefit, sensitivity: personal, question: {en: Which?, es: ¿Cuáles?}}
  reported_to_police_on: {about: person, type: date, none: {en: Never, es: Nunca}, sensitivity: victimization, question: {en: When?, es: ¿Cuándo?}}
  buys_and_prepares_food_with: {about: person, type: people, sensitivity: ordinary, question: {en: With whom?, es: ¿Con quién?}}
  notices: {about: household, type: items notice, sensitivity: ordinary, question: {en: Which?, es: ¿Cuáles?}}
  notice.dated: {about: notice, type: date, sensitivity: ordinary, question: {en: When?, es: ¿Cuándo?}}
";

const SNAP: &str = "
program: snap
title: {en: SNAP, es: SNAP}
category: food
kind: benefit
jurisdiction: federal
in_force: {from: 2023-10-01}
unit: {same_as: example-aid}
";

/// The example program, with the definitions that it names: those of the page, and those that the page leaves out.
fn program() -> String {
    let left_out = "
  own_earnings: {of: person, type: money/month, means: {en: Pay, es: Salario}, cite: 7-cfr-273-9-b-1, value: $0}
  allotment: {type: money/month, means: {en: Grant, es: Ayuda}, cite: 7-cfr-273-10-e-4, value: 'max($0, $300 - 30% * earned_income)'}
  first_month_allotment: {type: money/month, means: {en: First, es: Primera}, cite: 7-cfr-273-10-e-4, value: allotment}
";
    format!("{}\n{}{left_out}", example("program"), example("definitions").trim_end())
}

fn load(more: Vec<(&str, String)>) -> Result<RuleBook, Report> {
    let mut files = Vec::new();
    folder(
        &root().join("fixtures/faulty/base"),
        &["vocabulary.yaml", "sources.yaml", "shared.yaml"],
        &mut files,
    );
    folder(&root().join("rules/sources"), &[], &mut files);
    files.push(RuleFile::new("page-vocabulary.yaml", VOCABULARY));
    files.push(RuleFile::new("snap.yaml", SNAP));
    files.push(RuleFile::new("program.yaml", program()));
    files.extend(more.into_iter().map(|(name, text)| RuleFile::new(name, text)));
    load_files(files)
}

fn sound(book: Result<RuleBook, Report>) -> RuleBook {
    book.unwrap_or_else(|report| {
        panic!(
            "{:#?}\n{:#?}",
            report.faults,
            report.faults.iter().map(|fault| &fault.help).collect::<Vec<_>>()
        )
    })
}

#[test]
fn every_example_is_compiled_by_a_test_here() {
    let first: Vec<String> =
        examples().iter().map(|block| block.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(
        first,
        ["module", "definitions", "program", "sources", "cases_of"],
        "an example was added: compile it here"
    );
}

#[test]
fn the_figures_compile() {
    let book = sound(load(vec![("figures.yaml", example("module"))]));
    assert!(book.figures.iter().any(|figure| figure.name == "snap.shelter_cap"));
}

#[test]
fn the_registry_compiles() {
    let book = sound(load(vec![("registry.yaml", example("sources"))]));
    assert!(book.documents.iter().any(|document| document.id == "lease"));
    assert!(book.agency("county-office").is_some());
}

#[test]
fn the_program_compiles_and_its_cases_come_out_as_they_say() {
    let book = sound(load(vec![("cases.yaml", example("cases_of"))]));
    let cases = run_cases(&book, Day::from_ymd_opt(2026, 11, 23).unwrap());
    assert_eq!(cases.run, 2);
    assert!(cases.faults.is_empty(), "{:#?}", cases.faults);
}

/// Everything between back-ticks in the first column of the table of tests.
fn snippets() -> Vec<String> {
    let page = page();
    let table = page.split("| write | means |").nth(1).unwrap().split("\n\n").next().unwrap();
    let mut found = Vec::new();
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let mut cells = row.trim_matches('|').rsplitn(2, " | ");
        let (means, write) = (cells.next().unwrap(), cells.next().unwrap());
        found.extend(write.split('`').skip(1).step_by(2).map(str::to_owned));
        // Operators, groups and lists are named beside what they mean.
        found.extend(means.split('`').skip(1).step_by(2).map(str::to_owned));
    }
    found
}

/// What the expressions of the table name.
const NAMES: &str = "
program: page
title: {en: The page, es: La página}
category: food
kind: benefit
jurisdiction: federal
in_force: {from: 2023-10-01}
unit: {same_as: example-aid}
conversion: {cite: example-rule, week: 4.3, two_weeks: 2.15, half_month: 2, month: 1, quarter: 1/3, year: 1/12}
figures:
  income_limit: {means: {en: L, es: L}, type: money/month, by: count, versions: [{from: 2023-10-01, at: {1: $1}, each_further: $1, cite: example-act}]}
definitions:
  size: {type: count, means: {en: S, es: S}, cite: example-act, value: 1}
  earned_income: {type: money/month, means: {en: E, es: E}, cite: example-act, value: $1}
  a: {of: person, type: count, means: {en: a, es: a}, cite: example-act, value: age}
  b: {of: person, type: count, means: {en: b, es: b}, cite: example-act, value: age}
  d: {of: person, type: date, means: {en: d, es: d}, cite: example-act, value: date_of_birth}
  e: {of: person, type: date, means: {en: e, es: e}, cite: example-act, value: as_of}
  x: {of: person, type: money/month, means: {en: x, es: x}, cite: example-act, value: $1}
  y: {of: person, type: money/year, means: {en: y, es: y}, cite: example-act, value: yearly(x)}
  n: {of: person, type: count, means: {en: n, es: n}, cite: example-act, value: age}
";

/// Each expression of the table as a whole one: its type, and how it is written where it is not whole by itself.
const WHOLE: &[(&str, &str, &str)] = &[
    ("age >= 60", "boolean", ""),
    ("income_limit[size] - $35", "money/month", ""),
    ("20% * earned_income", "money/month", ""),
    ("==", "boolean", "age == 60"),
    ("!=", "boolean", "as_of != 2026-01-01"),
    ("hhs_letter is certification", "boolean", ""),
    ("immigration_status in [refugee, asylee]", "boolean", ""),
    ("not in", "boolean", "immigration_status not in [refugee]"),
    ("is not", "boolean", "immigration_status is not refugee"),
    ("utilities has phone", "boolean", ""),
    ("disability_benefits has any [ssdi, va_total]", "boolean", ""),
    ("utilities is empty", "boolean", ""),
    ("reported_to_police_on is none", "boolean", ""),
    ("… is given", "boolean", "reported_to_police_on is given"),
    ("and", "boolean", "applicant and age > 1"),
    ("or", "boolean", "applicant or age > 1"),
    ("not", "boolean", "not applicant"),
    ("( )", "boolean", "( applicant )"),
    ("if A then B else C", "count", "if applicant then a else b"),
    ("sum(p.x for p in members where p.age < 18)", "money/month", ""),
    ("max", "count", "max(p.age for p in members)"),
    ("min", "count", "min(p.age for p in members)"),
    ("count(p in members where …)", "count", "count(p in members where p.applicant)"),
    ("any(… for p in home)", "boolean", "any(p.applicant for p in home)"),
    ("all(… for p in members)", "boolean", "all(p.applicant for p in members)"),
    ("people", "count", "count(p in people)"),
    ("home", "count", "count(p in home)"),
    ("unit_people", "count", "count(p in unit_people)"),
    ("members", "count", "count(p in members)"),
    ("income", "count", "count(i in income)"),
    ("p.income", "boolean", "any(any(monthly(i.amount) > $0 for i in p.income) for p in home)"),
    ("notices", "boolean", "any(m.dated > as_of for m in notices)"),
    ("person is parent of q", "boolean", "any(person is parent of q for q in home)"),
    (
        "q is [parent, stepparent] of person",
        "boolean",
        "any(q is [parent, stepparent] of person for q in home)",
    ),
    ("person", "boolean", "any(person is spouse of q for q in home)"),
    (
        "p.buys_and_prepares_food_with has q",
        "boolean",
        "any(any(p.buys_and_prepares_food_with has q for p in home) for q in home)",
    ),
    ("monthly(i.amount)", "money/month", "sum(monthly(i.amount) for i in income)"),
    ("yearly(x)", "money/year", ""),
    ("conversion", "", ""),
    ("for_one_month(x)", "money", ""),
    ("for_one_year(y)", "money", ""),
    ("max(a, b)", "count", ""),
    ("min(a, b)", "count", ""),
    ("years_between(d, e)", "count", ""),
    ("months_between", "count", "months_between(d, e)"),
    ("days_between", "count", "days_between(d, e)"),
    ("start_of_month(d)", "date", ""),
    ("end_of_month(d)", "date", ""),
    ("day_of_month(d)", "count", ""),
    ("as_of", "date", ""),
    ("d + 5 years", "date", ""),
    ("add_years(d, n)", "date", ""),
    ("add_months(d, n)", "date", ""),
    ("add_days(d, n)", "date", ""),
    ("days", "date", "d + 5 days"),
    ("weeks", "date", "d + 2 weeks"),
    ("months", "date", "d - 3 months"),
    ("years", "date", "d + 1 years"),
    ("receives(ssi)", "boolean", ""),
    ("p.receives(ar-tea)", "boolean", "any(p.receives(ar-tea) for p in home)"),
    ("eligible_for(snap)", "boolean", ""),
    ("p.eligible_for(snap)", "boolean", "any(p.eligible_for(snap) for p in home)"),
    ("p.standing is member", "count", "count(p in unit_people where p.standing is member)"),
];

#[test]
fn every_expression_in_the_table_has_a_type() {
    let mut text = NAMES.to_owned();
    let mut unknown = Vec::new();
    for (number, snippet) in snippets().iter().enumerate() {
        let Some((_, kind, whole)) = WHOLE.iter().find(|(known, _, _)| known == snippet) else {
            unknown.push(snippet.clone());
            continue;
        };
        if kind.is_empty() {
            continue;
        }
        let whole = if whole.is_empty() { snippet.as_str() } else { whole };
        let mut rest = whole;
        // A capital letter stands for anything, as `…` does.
        let anything = |c: char| matches!(c, '…' | ' ') || c.is_ascii_uppercase();
        for part in snippet.split(anything).filter(|part| !part.is_empty()) {
            let at = rest.find(part).unwrap_or_else(|| panic!("`{whole}` does not show `{snippet}`"));
            rest = &rest[at + part.len()..];
        }
        let key = if *kind == "boolean" { "test" } else { "value" };
        let names = "of: person, means: {en: T, es: T}, cite: example-act";
        text.push_str(&format!("  row_{number}: {{{names}, type: {kind}, {key}: \"{whole}\"}}\n"));
    }
    assert!(unknown.is_empty(), "the table shows what no test knows: {unknown:?}");
    let book = sound(load(vec![("page.yaml", text)]));
    assert!(book.definitions.iter().filter(|one| one.name.starts_with("page.row_")).count() > 40);
}
