//! Every program at once.

use onward::kernel::Language;
use serde_json::{Value, json};

use crate::asked::{situation, told};

/// Everything under a key, anywhere in a reply.
fn everywhere<'v>(key: &str, value: &'v Value, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                if name == key {
                    found.push(inner);
                }
                everywhere(key, inner, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| everywhere(key, item, found)),
        _ => {}
    }
}

fn assert_best_first(answers: &[Value]) {
    let rank = |answer: &Value| {
        let order = ["eligible", "may_qualify", "needs_information", "not_eligible", "not_in_force"];
        order.iter().position(|status| answer["status"] == *status).expect("a status")
    };
    for pair in answers.windows(2) {
        if pair[0]["category"] == pair[1]["category"] {
            assert!(rank(&pair[0]) <= rank(&pair[1]), "{} before {}", pair[0]["program"], pair[1]["program"]);
        }
    }
}

fn assert_grouped(answers: &[Value]) {
    let mut categories: Vec<&str> = Vec::new();
    for answer in answers {
        let category = answer["category"].as_str().expect("a category");
        if categories.last() != Some(&category) {
            assert!(!categories.contains(&category), "{category} stands in two places");
            categories.push(category);
        }
    }
}

/// All that stands in the lists under a key.
fn listed<'v>(key: &str, reply: &'v Value) -> Vec<&'v Value> {
    let mut lists = Vec::new();
    everywhere(key, reply, &mut lists);
    lists.iter().flat_map(|list| list.as_array().expect("a list")).collect()
}

fn assert_sources_are_told_once(reply: &Value) {
    let cited = listed("citations", reply);
    let whole: Vec<&Value> =
        cited.iter().filter(|one| one.get("url").is_some()).map(|one| &one["source"]).collect();
    let mut once = whole.clone();
    once.sort_by_key(|id| id.to_string());
    once.dedup();
    assert_eq!(whole.len(), once.len(), "a source is told whole twice");
    assert!(cited.iter().all(|one| whole.contains(&&one["source"])), "a source is never told whole");
}

fn assert_papers_are_told_once(reply: &Value) {
    let papers = listed("documents", reply);
    let told_whole = |id: &Value| {
        papers.iter().filter(|one| one["document"] == *id && one.get("any_of").is_some()).count()
    };
    for paper in &papers {
        assert_eq!(told_whole(&paper["document"]), 1, "{}", paper["document"]);
    }
}

/// Asked by name, an answer is whole in itself, and says the same.
fn assert_alone_as_together(program: &str, alone: &Value, together: &Value) {
    for key in ["status", "people", "amount", "steps"] {
        let (one, other) = (&alone[key], &together[key]);
        if key != "steps" {
            assert_eq!(one, other, "{program} {key}");
        } else {
            assert_eq!(one.as_array().map(Vec::len), other.as_array().map(Vec::len), "{program}");
        }
    }
}

#[test]
fn every_program_at_once_is_grouped_best_first_and_says_nothing_twice() {
    let mut body = situation("mother-with-t-visa-and-citizen-child");
    body["options"] = json!({});
    let all = told(&body, Language::English);
    let answers = all["answers"].as_array().unwrap();
    assert!(answers.len() > 40, "{} answers", answers.len());
    assert_best_first(answers);
    assert_grouped(answers);
    assert_sources_are_told_once(&all);
    assert_papers_are_told_once(&all);
    for program in ["snap", "wic"] {
        body["options"] = json!({"programs": [program]});
        let alone = told(&body, Language::English);
        let together = answers.iter().find(|answer| answer["program"] == program).unwrap();
        assert_alone_as_together(program, &alone["answers"][0], together);
    }
}
