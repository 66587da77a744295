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

/// What is the same for everybody stands elsewhere, and a question is told once.
fn assert_nothing_is_told_twice(reply: &Value) {
    for key in ["url", "reviewed_on", "how", "any_of", "if_missing", "for_the_worker", "appeal"] {
        let mut found = Vec::new();
        everywhere(key, &reply["answers"], &mut found);
        assert!(found.is_empty(), "{key}: {:?}", found.first());
    }
    let mut questions = Vec::new();
    everywhere("question", reply, &mut questions);
    let mut once = questions.clone();
    once.sort_by_key(|question| question.to_string());
    once.dedup();
    assert_eq!(questions.len(), once.len(), "a question is told twice");
}

/// Each answer still says why, and what to do.
fn assert_each_tells_what_decides(answers: &[Value]) {
    for answer in answers {
        let filled = |key: &str| answer[key].as_array().is_some_and(|list| !list.is_empty());
        let program = &answer["program"];
        match answer["status"].as_str() {
            Some("not_eligible") => {
                let covered = answer.get("covered_by").is_some();
                assert!(filled("findings") || covered, "{program} is closed and does not say why");
            }
            Some("needs_information") => assert!(filled("missing"), "{program} asks nothing"),
            Some("may_qualify") => {
                let judged = answer["findings"].as_array().is_some_and(|all| {
                    all.iter().any(|one| one["outcome"] == "agency_decides" || one["outcome"] == "unknown")
                });
                assert!(judged, "{program} does not say what an agency judges");
            }
            _ => {}
        }
        if answer["actionable"]["now"] == true {
            assert!(answer["actionable"]["first_step"].is_string(), "{program}");
        }
        assert!(answer["findings"].as_array().is_some_and(|all| {
            all.iter().all(|finding| finding["text"].as_str().is_some_and(|text| !text.is_empty()))
        }));
    }
}

/// Asked by name, an answer is whole in itself, and says the same.
fn assert_alone_as_together(program: &str, alone: &Value, together: &Value) {
    for key in ["status", "people", "amount", "actionable", "first_period"] {
        assert_eq!(&alone[key], &together[key], "{program} {key}");
    }
    assert!(alone["steps"][0]["how"].is_string(), "{program}");
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
    assert_nothing_is_told_twice(&all);
    assert_each_tells_what_decides(answers);
    assert_eq!(all["brief"], true);
    for program in ["snap", "wic"] {
        body["options"] = json!({"programs": [program]});
        let alone = told(&body, Language::English);
        let together = answers.iter().find(|answer| answer["program"] == program).unwrap();
        assert_alone_as_together(program, &alone["answers"][0], together);
    }
}

#[test]
fn a_reply_about_every_program_stays_under_150_kilobytes() {
    for name in
        ["family-of-four", "mother-with-t-visa-and-citizen-child", "shelter-first-facts", "income-not-asked"]
    {
        let mut body = situation(name);
        body["options"] = json!({"explain": "summary"});
        for language in [Language::English, Language::Spanish] {
            let size = told(&body, language).to_string().len();
            assert!(size < 150_000, "{name}: {size} bytes");
        }
    }
}

#[test]
fn another_state_is_answered_for_without_this_states_own_programs() {
    let mut body = situation("family-of-four");
    body["state"] = "TX".into();
    body["county"] = Value::Null;
    let all = told(&body, Language::English);
    let answers = all["answers"].as_array().expect("answers");
    assert!(answers.iter().any(|answer| answer["program"] == "snap"));
    let own = |answer: &&Value| answer["program"].as_str().is_some_and(|id| id.starts_with("ar-"));
    assert_eq!(answers.iter().find(own), None);
    body["options"] = json!({"programs": ["ar-tea"]});
    assert_eq!(told(&body, Language::English)["answers"][0]["status"], "not_in_force");
}
