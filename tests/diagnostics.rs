//! Faulty rule files, and what an analyst is told about each: file, line, column, excerpt and advice, pinned by snapshot.
//!
//! Each file of `fixtures/faulty` is added to the sound rule set in `fixtures/faulty/base`. Its first line says what is
//! wrong with it. `# replaces x.yaml` takes a file of the base away; `# with x` adds a file of `fixtures/faulty/with`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may stop where it stands"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use miette::{GraphicalReportHandler, GraphicalTheme};
use onward::answer::run_cases;
use onward::kernel::Day;
use onward::rulebook::{Report, RuleBook, RuleFault, RuleFile, load_files, load_folder};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    files.sort();
    files
}

fn rule_file(folder: &str, path: &Path) -> Arc<RuleFile> {
    let name = path.file_name().unwrap().to_string_lossy();
    RuleFile::new(format!("{folder}{name}"), fs::read_to_string(path).unwrap())
}

/// The rule set of one faulty file.
fn rule_set(faulty: &Path) -> Vec<Arc<RuleFile>> {
    let folder = root().join("fixtures/faulty");
    let text = fs::read_to_string(faulty).unwrap();
    let said = |word: &str| -> Vec<String> {
        let prefix = format!("# {word} ");
        text.lines()
            .take_while(|line| line.starts_with('#'))
            .filter_map(|line| line.strip_prefix(&prefix).map(str::to_owned))
            .collect()
    };
    let replaced = said("replaces");
    let mut files: Vec<Arc<RuleFile>> = yaml_files(&folder.join("base"))
        .iter()
        .filter(|path| !replaced.iter().any(|name| path.ends_with(name)))
        .map(|path| rule_file("base/", path))
        .collect();
    files.extend(said("with").iter().map(|name| rule_file("", &folder.join(format!("with/{name}.yaml")))));
    files.push(rule_file("", faulty));
    files
}

fn load(faulty: &Path) -> Result<RuleBook, Report> {
    load_files(rule_set(faulty))
}

/// What is told of a rule set: faults and warnings, or what its worked cases show.
fn told(faulty: &Path) -> (bool, Vec<RuleFault>) {
    match load(faulty) {
        Ok(book) => {
            let cases = run_cases(&book, Day::from_ymd_opt(2026, 11, 23).unwrap());
            (true, cases.faults.into_iter().chain(book.warnings).collect())
        }
        Err(report) => (false, report.faults.into_iter().chain(report.warnings).collect()),
    }
}

fn drawn<'f>(faults: impl Iterator<Item = &'f RuleFault>) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .with_width(110)
        .with_context_lines(1);
    let mut text = String::new();
    for fault in faults {
        handler.render_report(&mut text, fault).unwrap();
        text.push('\n');
    }
    text
}

fn faulty_files() -> Vec<PathBuf> {
    yaml_files(&root().join("fixtures/faulty"))
}

#[test]
fn the_base_is_sound() {
    let files = yaml_files(&root().join("fixtures/faulty/base"))
        .iter()
        .map(|path| rule_file("base/", path))
        .collect();
    match load_files(files) {
        Ok(book) => assert_eq!(drawn(book.warnings.iter()), ""),
        Err(report) => panic!("{}", drawn(report.faults.iter().chain(&report.warnings))),
    }
}

#[test]
fn every_faulty_file_is_told_as_before() {
    let files = faulty_files();
    assert!(files.len() >= 50, "only {} faulty files", files.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("snapshots/faulty");
    let _bound = settings.bind_to_scope();
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (sound, told) = told(&path);
        let told = format!("{}{}", if sound { "No faults.\n\n" } else { "" }, drawn(told.iter()));
        insta::assert_snapshot!(name, told);
    }
}

#[test]
fn every_faulty_file_says_what_is_wrong_and_is_found_out() {
    for path in faulty_files() {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# "), "{} does not begin by saying what is wrong with it", path.display());
        assert!(!told(&path).1.is_empty(), "nothing is told of {}", path.display());
    }
}

#[test]
fn every_fault_has_a_place_and_a_code() {
    for path in faulty_files() {
        for fault in &told(&path).1 {
            let text = &fault.file.text;
            assert!(fault.start <= fault.end && fault.end <= text.len(), "{fault:?}");
            assert!(text.is_char_boundary(fault.start) && text.is_char_boundary(fault.end), "{fault:?}");
            let lines = text[fault.start..fault.end].trim_end().lines().count();
            assert!(lines <= 3, "{lines} lines are underlined: {fault:?}");
            assert!(!fault.message.starts_with(char::is_uppercase), "{fault:?}");
            assert!(fault.help.is_some(), "no advice: {fault:?}");
        }
    }
}

/// Every source file below a folder.
fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { source_files(&path, found) } else { found.push(path) }
    }
}

/// Codes of faults as the sources write them: between quotation marks, where a fault is made.
fn codes_in_sources() -> BTreeSet<String> {
    let mut files = Vec::new();
    source_files(&root().join("src/rulebook"), &mut files);
    source_files(&root().join("src/language"), &mut files);
    let mut codes = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        for made in ["faults.add(", "faults.warn(", "Fault::new(", ".fault(", ".warn(", "of_path("] {
            for (at, _) in text.match_indices(made) {
                let arguments: String = text[at + made.len()..].chars().take(240).collect();
                codes.extend(code_in(&arguments));
            }
        }
    }
    codes
}

/// The first argument that is one of its own, in small letters.
fn code_in(arguments: &str) -> Option<String> {
    let parts: Vec<&str> = arguments.split('"').collect();
    let code = parts.windows(3).enumerate().find(|(place, around)| {
        let before = around[0].trim_end();
        (before.ends_with(',') || *place == 0 && before.is_empty())
            && around[2].starts_with(',')
            && !around[1].is_empty()
            && around[1].chars().all(|c| c.is_ascii_lowercase() || c == '-')
    });
    code.map(|(_, around)| around[1].to_owned())
}

#[test]
fn every_code_in_the_sources_is_shown_by_some_snapshot() {
    let mut shown = BTreeSet::new();
    for path in faulty_files() {
        shown.extend(told(&path).1.iter().map(|fault| fault.code.to_owned()));
    }
    let codes = codes_in_sources();
    assert!(codes.len() > 60, "found only {codes:?}");
    // Faults of whole folders are shown by tests of their own.
    let elsewhere = ["no-rules", "unreadable", "no-program", "not-read"].map(str::to_owned);
    let missing: Vec<_> =
        codes.iter().filter(|code| !shown.contains(*code) && !elsewhere.contains(code)).collect();
    assert!(missing.is_empty(), "no faulty file shows {missing:?}");
}

#[test]
fn a_folder_without_rules_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let report = load_folder(folder.path()).unwrap_err();
    assert_eq!(report.faults[0].code, "no-rules");
    let report = load_folder(&folder.path().join("nowhere")).unwrap_err();
    assert_eq!(report.faults[0].code, "unreadable");
    fs::write(folder.path().join("latin.yaml"), b"# caf\xe9\n").unwrap();
    let report = load_folder(folder.path()).unwrap_err();
    assert_eq!(report.faults[0].code, "unreadable");
}

#[test]
fn a_file_that_is_not_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for path in yaml_files(&root().join("fixtures/faulty/base")) {
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    for name in ["README.md", "rules.schema.json", ".editorconfig"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    assert!(load_folder(folder.path()).unwrap().warnings.is_empty());
    fs::write(folder.path().join("program.yaml.bak"), "").unwrap();
    let book = load_folder(folder.path()).unwrap();
    assert_eq!(book.warnings.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["not-read"]);
    fs::write(folder.path().join("more.yml"), "module: more\n").unwrap();
    let report = load_folder(folder.path()).unwrap_err();
    assert_eq!(report.faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["not-read"]);
}

/// Each end of an expected amount that is given is compared, and an empty list says that nothing is open.
#[test]
fn every_end_that_a_case_expects_is_compared() {
    let come_out = |expect: &str| {
        let base = yaml_files(&root().join("fixtures/faulty/base"));
        let sound = base.iter().filter(|path| !path.ends_with("cases.yaml"));
        let mut files: Vec<_> = sound.map(|path| rule_file("base/", path)).collect();
        let person = "{id: a, applicant: true, immigration_status: us_citizen, income: []}";
        let household = "{savings: \"0\", utilities: [phone]}";
        let case = format!(
            "cases_of: example-aid\ncases:\n  - {{id: one, title: One, as_of: 2026-11-23, situation: {{state: AR, people: \
             [{person}], household: {household}}}, expect: {expect}}}\n"
        );
        files.push(RuleFile::new("cases.yaml", case));
        let book = load_files(files).unwrap();
        let faults = run_cases(&book, book.covers.0).faults;
        faults.iter().map(|fault| fault.message.clone()).collect::<Vec<_>>().join("; ")
    };
    for right in
        ["{amount: 220}", "{amount: {low: 220}}", "{amount: {high: 220}}", "{missing: [], unsettled: []}"]
    {
        assert_eq!(come_out(right), "", "{right}");
    }
    let low = come_out("{amount: {low: 221}}");
    assert!(low.contains("expected $221") && low.contains("got $220"), "{low}");
    assert!(come_out("{amount: {high: 9999}}").contains("at the high end"));
    assert!(come_out("{first_period: {low: 1}}").contains("got none"));
}

#[test]
fn rules_without_a_program_are_told() {
    let path = root().join("fixtures/faulty/base/sources.yaml");
    let report = load_files(vec![rule_file("", &path)]).unwrap_err();
    assert_eq!(report.faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["no-program"]);
    let report = load_files(Vec::new()).unwrap_err();
    assert_eq!(report.faults.len(), 1);
}

/// Small changes at many places: whatever comes out, it is told at a place that can be drawn.
#[test]
fn a_damaged_file_is_told_and_never_breaks_the_reader() {
    let folder = root().join("fixtures/faulty/base");
    let base: Vec<(String, String)> = yaml_files(&folder)
        .iter()
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap())
        })
        .collect();
    let pieces = [
        "", "\t", "\"", "'", "{", "}", "[", "]", ":", ": ", "\n", "\n  ", "- ", "é", "→", "&", "*", "#", "$",
        ",", "0", "--- ", "|\n",
    ];
    let mut seed: u64 = 20_261_123;
    let mut next = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % most
    };
    for _ in 0..1_500 {
        let damaged = next(base.len());
        let mut characters: Vec<char> = base[damaged].1.chars().collect();
        for _ in 0..=next(3) {
            let at = next(characters.len());
            let until = (at + next(4)).min(characters.len());
            characters.splice(at..until, pieces[next(pieces.len())].chars());
        }
        let text: String = characters.into_iter().collect();
        let files = base
            .iter()
            .enumerate()
            .map(|(place, (name, sound))| RuleFile::new(name, if place == damaged { &text } else { sound }));
        if let Err(report) = load_files(files.collect()) {
            assert!(!report.faults.is_empty(), "refused without a word:\n{text}");
            for fault in report.faults.iter().chain(&report.warnings) {
                let whole = &fault.file.text;
                assert!(fault.start <= fault.end && fault.end <= whole.len(), "{fault:?}\n{text}");
                assert!(
                    whole.is_char_boundary(fault.start) && whole.is_char_boundary(fault.end),
                    "{fault:?}\n{text}"
                );
                assert!(fault.help.is_some(), "no advice: {fault:?}\n{text}");
            }
            let _drawn = drawn(report.faults.iter());
        }
    }
}
