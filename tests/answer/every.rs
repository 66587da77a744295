//! What must hold of every answer.

use onward::answer::{reply, run_cases};
use onward::kernel::Language;
use onward::vocabulary::Explain;
use serde_json::{Value, json};

use crate::asked::{book, day, request, situation, situations, told, with_reply};

#[test]
fn every_text_in_spanish_is_in_spanish() {
    for (file, body) in situations() {
        let told = told(&body, Language::Spanish).to_string();
        assert!(!told.contains("\"untranslated\""), "{}", file.display());
    }
}

#[test]
fn the_language_changes_words_only() {
    fn bones(value: &Value) -> Value {
        const WORDS: [&str; 19] = [
            "text",
            "title",
            "question",
            "how",
            "what",
            "because",
            "takes",
            "say",
            "for_the_worker",
            "appeal",
            "any_of",
            "proves",
            "if_missing",
            "first_step",
            "before",
            "review",
            "language",
            "translation",
            "hours",
        ];
        match value {
            Value::Object(map) => map
                .iter()
                .filter(|(key, _)| !WORDS.contains(&key.as_str()))
                .map(|(key, value)| (key.clone(), bones(value)))
                .collect(),
            Value::Array(items) => items.iter().map(bones).collect(),
            other => other.clone(),
        }
    }
    for (file, body) in situations() {
        assert_eq!(
            bones(&told(&body, Language::English)),
            bones(&told(&body, Language::Spanish)),
            "{}",
            file.display()
        );
    }
}

#[test]
fn depth_changes_findings_only_and_values_are_echoed_at_full_alone() {
    let at = |explain: &str| {
        let mut body = situation("mixed-household");
        body["options"]["explain"] = explain.into();
        told(&body, Language::English)
    };
    let without = |mut told: Value| {
        for answer in told["answers"].as_array_mut().expect("answers") {
            answer["findings"] = json!([]);
        }
        told
    };
    let [none, summary, full] = ["none", "summary", "full"].map(at);
    assert_eq!(none, without(none.clone()));
    assert_eq!(without(summary.clone()), none);
    assert_eq!(without(full.clone()), none);
    assert!(!summary.to_string().contains("\"values\"") && !summary.to_string().contains("\"arithmetic\""));
    assert!(full.to_string().contains("\"values\"") && full.to_string().contains("\"arithmetic\""));
}

#[test]
fn every_finding_and_deadline_is_cited() {
    for (_, body) in situations() {
        with_reply(&body, |reply| {
            for answer in &reply.answers {
                for finding in &answer.findings {
                    assert!(!finding.citations.is_empty(), "{} {}", answer.program, finding.requirement);
                    assert!(
                        !finding.text.is_empty() && !finding.text.contains('{'),
                        "{}",
                        finding.requirement
                    );
                }
                // In brief, `GET /v1/programs/{id}` cites them.
                assert!(
                    reply.brief || answer.deadlines.iter().all(|deadline| !deadline.citations.is_empty()),
                    "{}",
                    answer.program
                );
                assert!(answer.steps.iter().all(|step| !step.how.contains('{')));
            }
        });
    }
}

#[test]
fn no_status_or_number_is_asked_of_somebody_who_does_not_apply() {
    with_reply(&situation("mixed-household"), |reply| {
        for answer in &reply.answers {
            for missing in &answer.missing {
                let of_b = missing.pointer.starts_with("/people/1/");
                assert!(!(of_b && missing.sensitivity == "immigration"), "{}", missing.pointer);
                assert!(!(of_b && missing.fact == "has_ssn"));
            }
        }
    });
}

#[test]
fn the_same_question_gets_the_same_bytes() {
    for (_, body) in situations() {
        let bytes = || {
            let mut request = request(&body);
            request.options.explain = Explain::Full;
            serde_json::to_vec(&reply(book(), &request, Language::English).expect("an answer")).expect("JSON")
        };
        assert_eq!(bytes(), bytes());
    }
}

#[test]
fn the_worked_cases_come_out_as_they_say() {
    let report = run_cases(book(), day());
    assert!(report.faults.is_empty(), "{:#?}", report.faults);
}
