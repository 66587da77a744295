//! What each folder of `src/` may use is one table, in ARCHITECTURE.md; this holds the code to it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may stop where it stands"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all_sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    sources(&root().join("src"), &mut found);
    found.sort();
    found
}

/// The folder (or file) of `src/` that a source belongs to.
fn part(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    inside.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// From the table: part -> (parts of the crate, outside crates) that it may use.
fn table() -> BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut table = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, own, outside] = cells[..] else { continue };
        let words = |cell: &str| {
            cell.split(',')
                .map(|word| word.trim().trim_matches('`').to_owned())
                .filter(|word| !word.is_empty())
                .collect()
        };
        table.insert(name.trim_matches('`').trim_end_matches('/').to_owned(), (words(own), words(outside)));
    }
    table
}

const STD: [&str; 6] = ["std", "core", "alloc", "self", "super", "crate"];

/// What `Cargo.toml` names, and what comes with it and could be used by name.
fn crates() -> Vec<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let sections = manifest.split("\n[").filter(|section| section.contains("dependencies]\n"));
    let lines = sections.flat_map(|section| section.lines().skip(1));
    let named =
        lines.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.trim().replace('-', "_"));
    let all: Vec<String> = named.chain(["actix_rt", "mime", "tokio", "socket2"].map(str::to_owned)).collect();
    assert!(all.len() > 20 && all.contains(&"actix_web".to_owned()), "{all:?}");
    all
}

#[test]
fn every_folder_uses_only_what_the_table_allows() {
    let table = table();
    let parts: BTreeSet<String> = all_sources().iter().map(|path| part(path)).collect();
    let crates = crates();
    let mut wrong = Vec::new();
    for path in all_sources() {
        let name = part(&path);
        if matches!(name.as_str(), "lib" | "main") {
            continue;
        }
        let Some((own, outside)) = table.get(&name) else {
            wrong.push(format!("`{name}` is not in the table of ARCHITECTURE.md"));
            continue;
        };
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for (number, line) in text.lines().enumerate() {
            let line = line.split("//").next().unwrap();
            let place = format!("{}:{}", path.strip_prefix(root()).unwrap().display(), number + 1);
            for after in line.split("crate::").skip(1) {
                let used: String = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if parts.contains(&used) && used != name && !own.contains(&used) {
                    wrong.push(format!("{place}: `{name}` may not use `{used}`"));
                }
            }
            for used in crates.iter().map(String::as_str).filter(|used| !STD.contains(used)) {
                let found = line.match_indices(&format!("{used}::")).any(|(at, _)| {
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                });
                if found && !outside.contains(used) {
                    wrong.push(format!("{place}: `{name}` may not use the crate `{used}`"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_source_names_a_program_a_state_a_form_or_a_fact() {
    // The law is data: a new program or state is files only.
    let book = onward::rulebook::load_embedded().unwrap();
    let engine_knows: BTreeSet<&str> =
        onward::vocabulary::Role::NAMES.iter().map(|(name, _)| *name).collect();
    let mut forbidden: BTreeSet<String> = book.programs.iter().map(|program| program.id.clone()).collect();
    for list in ["program", "state", "county"] {
        let list = book.vocabulary.lists.iter().find(|known| known.name == list).unwrap();
        forbidden.extend(list.codes.iter().map(|code| code.code.clone()));
    }
    forbidden.extend(book.vocabulary.facts.iter().map(|fact| fact.name.clone()));
    for word in ["Arkansas", "DCO-0004", "SS-5", "I-914"] {
        forbidden.insert(word.to_owned());
    }
    forbidden.retain(|word| !engine_knows.contains(word.as_str()));
    // Facts whose names are everyday words or parts of the envelope of a request.
    let everyday = [
        "military",
        "student",
        "record",
        "disabled",
        "blind",
        "age",
        "kind",
        "medicare",
        "asylum",
        "utilities",
        "assets",
        "pregnant",
    ];
    forbidden.retain(|word| !everyday.contains(&word.as_str()));
    let mut wrong = Vec::new();
    for path in all_sources() {
        if path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
        for (number, line) in text.lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for quoted in line.split('"').skip(1).step_by(2) {
                let quoted = quoted.trim();
                if forbidden.contains(quoted) {
                    wrong.push(format!(
                        "{}:{}: `{quoted}`",
                        path.strip_prefix(root()).unwrap().display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "named in src/:\n{}", wrong.join("\n"));
}

#[test]
fn files_stay_short_and_say_what_they_are_for() {
    let mut wrong = Vec::new();
    for path in all_sources() {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        let lines = text.lines().count();
        if lines > 400 {
            wrong.push(format!("{name} has {lines} lines"));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{name} does not begin by saying what it is for"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_clock_is_read_in_one_place() {
    let mut wrong = Vec::new();
    for path in all_sources() {
        let text = fs::read_to_string(&path).unwrap();
        if (text.contains("Utc::now") || text.contains("Local::now") || text.contains("SystemTime::now"))
            && !path.ends_with("today.rs")
        {
            wrong.push(path.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "today enters only at the edge: {wrong:?}");
}
