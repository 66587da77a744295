//! Whole answers for situations of `fixtures/situations`, pinned, and what must hold of every answer.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use onward::answer::{Answer, Reply, reply, run_cases};
use onward::kernel::{Day, Language};
use onward::rulebook::{RuleBook, load_embedded};
use onward::vocabulary::{Explain, ReadFault, Request, read};
use serde_json::{Value, json};

fn book() -> &'static RuleBook {
    static BOOK: OnceLock<RuleBook> = OnceLock::new();
    BOOK.get_or_init(|| load_embedded().expect("the shipped rules have no fault"))
}

fn day() -> Day {
    Day::from_ymd_opt(2026, 11, 23).expect("a day")
}

fn situations() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/situations");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("fixtures").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

fn situation(name: &str) -> Value {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/situations").join(name).with_extension("json");
    serde_json::from_str(&std::fs::read_to_string(path).expect("a fixture")).expect("JSON")
}

fn request(body: &Value) -> Request {
    read(body, &book().vocabulary, |_| day(), book().covers).expect("a situation that can be read")
}

/// The reply as a caller sees it. The hash changes with every rule file, so it is not pinned.
fn told(body: &Value, language: Language) -> Value {
    let request = request(body);
    let mut told = serde_json::to_value(reply(book(), &request, language).expect("an answer")).expect("JSON");
    told["law"]["hash"] = "…".into();
    told
}

/// The same without what is only looked up: of citations, papers, agencies and cautions their ids.
fn brief(body: &Value, language: Language) -> Value {
    fn ids(value: &mut Value, key: &str) {
        for item in value.as_array_mut().into_iter().flatten() {
            *item = item[key].take();
        }
    }
    fn shorten(value: &mut Value) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    match key.as_str() {
                        "citations" => ids(value, "source"),
                        "documents" => ids(value, "document"),
                        "agencies" | "cautions" => ids(value, "id"),
                        "if_refused" => *value = value["by_days"].take(),
                        "how" => *value = "…".into(),
                        _ => shorten(value),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(shorten),
            _ => {}
        }
    }
    let mut told = told(body, language);
    shorten(&mut told);
    told
}

fn with_reply<T>(body: &Value, look: impl FnOnce(&Reply<'_>) -> T) -> T {
    let request = request(body);
    look(&reply(book(), &request, Language::English).expect("an answer"))
}

fn one<'r, 'b>(reply: &'r Reply<'b>, program: &str) -> &'r Answer<'b> {
    reply.answers.iter().find(|answer| answer.program == program).expect("an answer of that program")
}

fn refused(body: &Value) -> Vec<ReadFault> {
    let request = request(body);
    reply(book(), &request, Language::English).expect_err("a request that cannot be answered")
}

#[test]
fn the_example_of_the_contract() {
    insta::assert_json_snapshot!(told(&situation("mother-with-t-visa-and-citizen-child"), Language::English));
}

#[test]
fn the_same_in_spanish() {
    insta::assert_json_snapshot!(brief(
        &situation("mother-with-t-visa-and-citizen-child"),
        Language::Spanish
    ));
}

#[test]
fn a_letter_holder_on_the_last_day() {
    insta::assert_json_snapshot!(brief(&situation("letter-holder-on-the-last-day"), Language::English));
}

#[test]
fn a_letter_holder_a_day_later() {
    insta::assert_json_snapshot!(brief(&situation("letter-holder-a-day-later"), Language::English));
}

#[test]
fn a_mixed_household() {
    insta::assert_json_snapshot!(brief(&situation("mixed-household"), Language::English));
}

#[test]
fn income_that_was_not_asked() {
    insta::assert_json_snapshot!(brief(&situation("income-not-asked"), Language::English));
}

#[test]
fn the_day_of_the_new_law_ends_and_announces_it() {
    with_reply(&situation("letter-holder-on-the-last-day"), |reply| {
        let snap = one(reply, "snap");
        assert_eq!(snap.status, "eligible");
        assert!(snap.amount.is_some());
        let change = snap.upcoming.first().expect("the change of the next day");
        assert_eq!((change.on.to_string().as_str(), change.to), ("2025-07-04", "not_eligible"));
        assert!(!change.citations.is_empty() && !change.because.is_empty());
    });
    with_reply(&situation("letter-holder-a-day-later"), |reply| {
        let snap = one(reply, "snap");
        assert_eq!(snap.status, "not_eligible");
        assert!(snap.amount.is_none() && snap.first_period.is_none());
        assert!(snap.opened_by.iter().any(|opener| opener.program == "green-card-after-t"));
        assert!(!snap.actionable.now && snap.steps.is_empty());
        assert!(!snap.instead.is_empty());
    });
}

#[test]
fn the_child_gets_it_where_the_mother_does_not() {
    let mut body = situation("mother-with-t-visa-and-citizen-child");
    body["people"][1]["income"] = json!([]);
    body["people"][1]["receives"] = json!([]);
    with_reply(&body, |reply| {
        let snap = one(reply, "snap");
        let people: Vec<_> =
            snap.people.iter().map(|person| (person.id, person.role, person.status)).collect();
        assert_eq!(people, [("a", "counted_only", Some("not_eligible")), ("b", "member", Some("eligible"))]);
        assert!(snap.actionable.now);
        assert_eq!(snap.actionable.first_step.as_deref(), snap.steps.first().map(|step| step.title.as_ref()));
    });
}

#[test]
fn every_text_in_spanish_is_in_spanish() {
    for file in situations() {
        let body = serde_json::from_str(&std::fs::read_to_string(&file).expect("a fixture")).expect("JSON");
        let told = told(&body, Language::Spanish).to_string();
        assert!(!told.contains("\"untranslated\""), "{}", file.display());
    }
}

#[test]
fn the_language_changes_words_only() {
    fn bones(value: &Value) -> Value {
        const WORDS: [&str; 17] = [
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
    for file in situations() {
        let body: Value =
            serde_json::from_str(&std::fs::read_to_string(&file).expect("a fixture")).expect("JSON");
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
fn the_arithmetic_ends_in_the_amount() {
    let mut body = situation("mixed-household");
    body["options"]["explain"] = "full".into();
    with_reply(&body, |reply| {
        let snap = one(reply, "snap");
        let amount = snap.amount.as_ref().expect("an amount");
        let finding =
            snap.findings.iter().find(|finding| finding.requirement == "amount").expect("the reckoning");
        let last = finding.arithmetic.last().expect("steps");
        let shown = last.value.replace(['$', ','], "");
        assert_eq!(Some(shown.as_str()), amount.low.as_deref());
        assert!(finding.arithmetic.iter().all(|step| !step.citations.is_empty()));
    });
}

#[test]
fn what_is_open_names_what_to_ask() {
    with_reply(&situation("income-not-asked"), |reply| {
        let snap = one(reply, "snap");
        assert_eq!(snap.status, "needs_information");
        let income =
            snap.missing.iter().find(|missing| missing.pointer == "/people/0/income").expect("the income");
        assert_eq!((income.because, income.decides), ("not_asked", "status"));
        let rent = snap.missing.iter().find(|missing| missing.pointer == "/household/rent_or_mortgage");
        assert!(rent.is_none_or(|rent| rent.because == "declined"));
        assert!(!snap.missing.iter().any(|missing| missing.pointer.contains("/people/1/income")));
    });
}

#[test]
fn whoever_receives_it_is_not_told_to_apply_again() {
    with_reply(&situation("shelter-first-facts"), |reply| {
        let snap = one(reply, "snap");
        assert!(!snap.actionable.now && snap.actionable.first_step.is_none());
        let ongoing = snap.ongoing.as_ref().expect("what to do to keep it");
        assert_eq!(ongoing.people, ["a"]);
        assert!(!ongoing.text.is_empty());
    });
}

#[test]
fn every_finding_and_deadline_is_cited() {
    for file in situations() {
        let body: Value =
            serde_json::from_str(&std::fs::read_to_string(&file).expect("a fixture")).expect("JSON");
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
                assert!(answer.deadlines.iter().all(|deadline| !deadline.citations.is_empty()));
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
fn a_program_that_does_not_exist_is_a_fault_with_a_near_name() {
    let mut body = situation("mixed-household");
    body["options"]["programs"] = json!(["snap", "snap-expedite"]);
    let faults = refused(&body);
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].pointer, "/options/programs/1");
    assert_eq!(faults[0].did_you_mean.as_deref(), Some("snap-expedited"));
}

#[test]
fn an_age_that_does_not_fit_the_date_of_birth_is_a_fault() {
    let mut body = situation("income-not-asked");
    body["people"][0]["date_of_birth"] = "2000-01-01".into();
    let faults = refused(&body);
    assert_eq!((faults[0].pointer.as_str(), faults[0].code), ("/people/0/age", "contradiction"));
}

#[test]
fn the_same_question_gets_the_same_bytes() {
    for file in situations() {
        let body: Value =
            serde_json::from_str(&std::fs::read_to_string(&file).expect("a fixture")).expect("JSON");
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

#[test]
fn every_program_at_once_is_grouped_best_first_and_says_nothing_twice() {
    let mut body = situation("mother-with-t-visa-and-citizen-child");
    body["options"] = json!({});
    let all = told(&body, Language::English);
    let answers = all["answers"].as_array().unwrap();
    assert!(answers.len() > 40, "{} answers", answers.len());
    let mut categories: Vec<&str> = Vec::new();
    let rank = |answer: &Value| {
        let order = ["eligible", "may_qualify", "needs_information", "not_eligible", "not_in_force"];
        order.iter().position(|status| answer["status"] == *status).unwrap()
    };
    for pair in answers.windows(2) {
        if pair[0]["category"] == pair[1]["category"] {
            assert!(rank(&pair[0]) <= rank(&pair[1]), "{} before {}", pair[0]["program"], pair[1]["program"]);
        }
    }
    for answer in answers {
        let category = answer["category"].as_str().unwrap();
        if categories.last() != Some(&category) {
            assert!(!categories.contains(&category), "{category} stands in two places");
            categories.push(category);
        }
    }
    let (mut lists, mut papers) = (Vec::new(), Vec::new());
    everywhere("citations", &all, &mut lists);
    everywhere("documents", &all, &mut papers);
    let cited: Vec<&Value> = lists.iter().flat_map(|list| list.as_array().unwrap()).collect();
    let whole: Vec<&Value> =
        cited.iter().filter(|one| one.get("url").is_some()).map(|one| &one["source"]).collect();
    let mut once = whole.clone();
    once.sort_by_key(|id| id.to_string());
    once.dedup();
    assert_eq!(whole.len(), once.len(), "a source is told whole twice");
    assert!(cited.iter().all(|one| whole.contains(&&one["source"])), "a source is never told whole");
    let papers: Vec<&Value> = papers.iter().flat_map(|list| list.as_array().unwrap()).collect();
    let told_whole = |id: &Value| {
        papers.iter().filter(|one| one["document"] == *id && one.get("any_of").is_some()).count()
    };
    for paper in &papers {
        assert_eq!(told_whole(&paper["document"]), 1, "{}", paper["document"]);
    }
    // Asked by name, an answer is whole in itself, and says the same.
    for program in ["snap", "wic"] {
        body["options"] = json!({"programs": [program]});
        let alone = told(&body, Language::English);
        let together = answers.iter().find(|answer| answer["program"] == program).unwrap();
        for key in ["status", "people", "amount", "steps"] {
            let (one, other) = (&alone["answers"][0][key], &together[key]);
            if key != "steps" {
                assert_eq!(one, other, "{program} {key}");
            } else {
                assert_eq!(one.as_array().map(Vec::len), other.as_array().map(Vec::len), "{program}");
            }
        }
    }
}
