//! What the fuzzers begin with: the rules, the expressions in them, and bodies that are read.

use onward::kernel::MAX_PEOPLE;
use onward::language::parse;
use serde_json::{Value as Json, json};

use crate::common::household::Generator;
use crate::common::random::Random;

/// Every file below a folder whose name ends like this: its name and its text.
pub fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut open = vec![top.clone()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                let name = path.strip_prefix(&top).unwrap().to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Every expression that stands in the rules, as near as a line comes to one.
pub fn expressions() -> Vec<String> {
    let mut found = Vec::new();
    for (_, text) in files("rules", "yaml") {
        for line in text.lines() {
            let line = line.trim().trim_start_matches("- ");
            let value = ["test: ", "value: ", "when: ", "unless: ", "on: ", "derived_true_when: "]
                .iter()
                .find_map(|key| line.strip_prefix(key));
            let plain = value.unwrap_or(line);
            if value.is_some()
                || plain.contains(" in [")
                || plain.contains(" is ")
                || plain.contains("sum(")
                || plain.contains(">=")
            {
                found.push(plain.trim_matches('"').to_owned());
            }
        }
    }
    found.retain(|text| parse(text).is_ok());
    assert!(found.len() > 100, "{} expressions", found.len());
    found
}

/// Bodies that are read: those of the fixtures, and random ones.
pub fn bodies(generator: &Generator) -> Vec<Json> {
    let mut bodies: Vec<Json> = files("fixtures/situations", "json")
        .iter()
        .map(|(_, text)| serde_json::from_str(text).unwrap())
        .collect();
    let oracle =
        std::fs::read_to_string(format!("{}/fixtures/oracle/households.jsonl", env!("CARGO_MANIFEST_DIR")))
            .unwrap();
    bodies.extend(
        oracle
            .lines()
            .step_by(25)
            .map(|line| serde_json::from_str::<Json>(line).unwrap()["situation"].clone()),
    );
    let mut random = Random::new(7);
    bodies.extend((0..30).map(|people| generator.household(&mut random, 1 + people % 6)));
    // As many as may live in one home: a family of whom everything is told, and others of whom little is.
    bodies.extend((0..2).map(|_| crowded(generator.household(&mut random, 6))));
    bodies
}

/// The household with as many more people as a request may have.
fn crowded(mut body: Json) -> Json {
    let people = body["people"].as_array_mut().unwrap();
    for number in people.len()..MAX_PEOPLE {
        people.push(json!({ "id": format!("p{number}"), "applicant": number % 2 == 0, "age": number }));
    }
    body
}
