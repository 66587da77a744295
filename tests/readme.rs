//! The README's request gives the README's answer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may stop where it stands"
)]

use onward::answer::reply;
use onward::kernel::{Day, Language};
use onward::rulebook::load_embedded;
use onward::vocabulary::read;
use serde_json::Value;

/// The first JSON block after a marker.
fn block(page: &str, marker: &str) -> Value {
    let after = page.split_once(&format!("<!-- {marker} -->")).unwrap().1;
    let text = after.split_once("```json").unwrap().1.split_once("```").unwrap().0;
    serde_json::from_str(text).unwrap()
}

/// Whether everything that is shown is so; what is left out of an object is not shown.
fn shows(shown: &Value, real: &Value, path: &str, wrong: &mut Vec<String>) {
    match (shown, real) {
        (Value::Object(shown), Value::Object(real)) => {
            for (key, value) in shown {
                match real.get(key) {
                    Some(real) => shows(value, real, &format!("{path}/{key}"), wrong),
                    None => wrong.push(format!("{path}/{key} is not in the answer")),
                }
            }
        }
        (Value::Array(shown), Value::Array(real)) => {
            for value in shown {
                let found = real.iter().any(|real| {
                    let mut faults = Vec::new();
                    shows(value, real, path, &mut faults);
                    faults.is_empty()
                });
                if !found {
                    wrong.push(format!("{path}: nothing in the answer matches {value}"));
                }
            }
        }
        (shown, real) if shown != real => wrong.push(format!("{path}: shown {shown}, is {real}")),
        _ => {}
    }
}

#[test]
fn the_request_gives_the_answer() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let book = load_embedded().unwrap();
    let today = |_: &str| Day::from_ymd_opt(2026, 11, 23).unwrap();
    let request = read(&block(&page, "request"), &book.vocabulary, today, book.covers).unwrap();
    let answer = serde_json::to_value(reply(&book, &request, Language::English).unwrap()).unwrap();
    let mut wrong = Vec::new();
    shows(&block(&page, "answer"), &answer, "", &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_gate_calls_the_two_commands() {
    let gate = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/run")).unwrap();
    for command in ["cargo run", "cargo test"] {
        assert!(gate.contains(command), "{command}");
    }
}
