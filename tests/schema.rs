//! The JSON Schema from which editors complete rule files: up to date, true of every rule file, and strict.

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

use jsonschema::Validator;
use onward::rulebook::{schema, yaml_as_json};
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn yaml_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            yaml_files(&path, found);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            found.push(path);
        }
    }
}

fn rule_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    yaml_files(&root().join("rules"), &mut found);
    found.sort();
    found
}

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).unwrap()
}

fn json(text: &str) -> Value {
    yaml_as_json(text).unwrap()
}

fn refused(text: &str) -> bool {
    !validator().is_valid(&json(text))
}

#[test]
fn the_published_schema_is_that_of_the_program() {
    let path = root().join("rules/schema/rules.schema.json");
    let made = format!("{}\n", serde_json::to_string_pretty(&schema()).unwrap());
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert!(made == published, "write it again: onward schema > rules/schema/rules.schema.json");
}

#[test]
fn every_rule_file_fits_the_schema() {
    let validator = validator();
    let mut wrong = Vec::new();
    let files = rule_files();
    assert!(files.len() > 20, "only {} rule files", files.len());
    for path in files {
        let instance = json(&fs::read_to_string(&path).unwrap());
        for error in validator.iter_errors(&instance) {
            wrong.push(format!("{}: {}: {error}", path.display(), error.instance_path()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_schema_of_the_base_of_faulty_files_too() {
    let validator = validator();
    let mut files = Vec::new();
    yaml_files(&root().join("fixtures/faulty/base"), &mut files);
    for path in files {
        let instance = json(&fs::read_to_string(&path).unwrap());
        assert!(validator.is_valid(&instance), "{}", path.display());
    }
}

const SOUND: &str = "
module: other
definitions:
  adult: {of: person, type: boolean, means: {en: Adult, es: Adulto}, cite: example-act, test: age >= 18}
";

#[test]
fn a_misspelt_key_does_not_fit() {
    assert!(!refused(SOUND));
    for (right, wrong) in [
        ("module", "modul"),
        ("means", "mean"),
        ("cite", "cites"),
        ("en:", "eng:"),
        ("of:", "off:"),
        ("definitions", "definition"),
    ] {
        assert!(refused(&SOUND.replacen(right, wrong, 1)), "`{wrong}` fits the schema");
    }
}

#[test]
fn a_wrong_value_does_not_fit() {
    for (right, wrong) in
        [("person", "persons"), ("example-act", "Example Act"), ("{en: Adult, es: Adulto}", "Adult")]
    {
        assert!(refused(&SOUND.replacen(right, wrong, 1)), "`{wrong}` fits the schema");
    }
}
