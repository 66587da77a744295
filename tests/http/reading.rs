//! A situation is read: everything that is wrong with it is told at once, and nothing that was sent is repeated.

use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::bodies::{example, person_with};
use crate::document::{component, departures, document};
use crate::problems::{codes, problem};
use crate::server::server;

#[test]
fn everything_that_is_wrong_is_told_at_once_and_near_names_are_offered() {
    let mut body = example();
    body["people"][0]["imigration_status"] = json!("refugee");
    body["people"][0]["immigration_status"] = json!("t_nonimigrant");
    body["people"][1]["age"] = json!(-4);
    body["household"]["assets"] = json!(200);
    body["as_of"] = json!("2031-01-01");
    body["options"]["programs"] = json!(["snap"]);
    let problem = problem(server().ask(&body), 422, "wrong-situation");
    let codes = codes(&problem);
    for fault in [
        ("/people/0", "unknown-name"),
        ("/people/0/immigration_status", "unknown-code"),
        ("/people/1/age", "out-of-range"),
        ("/household/assets", "wrong-type"),
        ("/as_of", "not-covered"),
    ] {
        assert!(codes.contains(&fault), "{fault:?} is not in {codes:?}");
    }
    let near: Vec<&str> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|error| error["did_you_mean"].as_str())
        .collect();
    assert!(near.contains(&"immigration_status") && near.contains(&"t_nonimmigrant"), "{near:?}");
}

#[test]
fn no_layer_hides_the_faults_of_another() {
    let body = json!({
        "options": { "programs": ["snap", "snapp", 7], "explain": "loud", "untill": "2027-01-01" },
        "as_of": "2026-11-23", "state": "AR", "county": "Atlantis", "peeple": [],
        "people": [
            { "id": "a", "applicant": true, "age": 40, "date_of_birth": "2000-01-01", "pregnant": "yes",
              "income": [{ "kind": "wagess", "amount": "1.00", "per": "month" }] },
            "b",
        ],
        "relationships": [{ "person": "a", "is": "cousin", "of": "a" }],
        "household": { "assets": 200 },
    });
    let problem = problem(server().ask(&body), 422, "wrong-situation");
    let codes = codes(&problem);
    for fault in [
        ("/options/programs/1", "unknown-program"),
        ("/options/programs/2", "wrong-type"),
        ("/options/explain", "unknown-code"),
        ("/options", "unknown-name"),
        ("/county", "unknown-code"),
        ("", "unknown-name"),
        ("/people/0/age", "contradiction"),
        ("/people/0/date_of_birth", "contradiction"),
        ("/people/0/pregnant", "wrong-type"),
        ("/people/0/income/0/kind", "unknown-code"),
        ("/people/1", "wrong-type"),
        ("/relationships/0/is", "unknown-code"),
        ("/household/assets", "wrong-type"),
    ] {
        assert!(codes.contains(&fault), "{fault:?} is not in {codes:?}");
    }
    assert_eq!(codes.len(), 13, "{codes:?}");
}

#[test]
fn what_could_not_be_read_contradicts_nothing() {
    let mut body = person_with(json!({
        "age": 40, "date_of_birth": "2000-01-01", "ssi_recipient": false,
        "income": [{ "kind": "ssi", "amount": "900.00", "per": "month", "untill": "2026-01-31" }],
    }));
    body["as_of"] = json!("2031-01-01");
    let problem = problem(server().ask(&body), 422, "wrong-situation");
    assert_eq!(codes(&problem), [("/as_of", "not-covered"), ("/people/0/income/0", "unknown-name")]);
}

#[test]
fn a_contradiction_is_told_at_each_of_its_facts() {
    let body = person_with(json!({ "age": 40, "date_of_birth": "2000-01-01" }));
    let problem = problem(server().ask(&body), 422, "wrong-situation");
    assert_eq!(
        codes(&problem),
        [("/people/0/age", "contradiction"), ("/people/0/date_of_birth", "contradiction")]
    );
    assert_eq!(problem["errors"][0]["expected"], "a value that fits /people/0/date_of_birth");
    assert_eq!(problem["errors"][1]["expected"], "a value that fits /people/0/age");
}

#[test]
fn a_program_that_does_not_exist_is_a_fault_of_the_situation() {
    let mut body = example();
    body["options"]["programs"] = json!(["snapp"]);
    let problem = problem(server().ask(&body), 422, "wrong-situation");
    assert_eq!(problem["errors"][0]["pointer"], "/options/programs/0");
    assert_eq!(problem["errors"][0]["did_you_mean"], "snap");
}

#[test]
fn as_many_programs_may_be_asked_for_as_there_are() {
    let all = document()["components"]["schemas"]["ProgramCode"]["enum"].as_array().unwrap().clone();
    let most = all.len();
    let asking = |programs: Vec<Json>| {
        let mut body = person_with(json!({}));
        body["options"]["programs"] = programs.into();
        body
    };
    let body = asking(all);
    assert_eq!(server().ask(&body).status(), 200);
    assert!(departures(&component("Situation"), &body).is_empty());
    let body = asking(vec![json!("snap"); most + 1]);
    assert!(!departures(&component("Situation"), &body).is_empty(), "the schema says so too");
    let problem = problem(server().ask(&body), 422, "wrong-situation");
    assert_eq!(codes(&problem), [("/options/programs", "too-many")]);
    let expected = problem["errors"][0]["expected"].as_str().unwrap();
    assert!(expected.contains(&most.to_string()), "{expected}");
}

#[test]
fn very_many_programs_cost_nothing() {
    let mut body = person_with(json!({}));
    body["options"]["programs"] = vec![json!("snapp"); 80_000].into();
    let started = Instant::now();
    let problem = problem(server().ask(&body), 422, "wrong-situation");
    assert_eq!(codes(&problem), [("/options/programs", "too-many")]);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn a_program_that_is_named_twice_is_answered_once() {
    let mut body = person_with(json!({}));
    body["options"]["programs"] = json!(["snap", "snap-expedited", "snap"]);
    let reply: Json = server().ask(&body).json().expect("JSON");
    let programs: Vec<&Json> =
        reply["answers"].as_array().unwrap().iter().map(|one| &one["program"]).collect();
    assert_eq!(programs, ["snap", "snap-expedited"]);
}

#[test]
fn a_name_that_stands_twice_is_a_fault_beside_all_others() {
    let text = r#"{"state": "AR", "people": [{"id": "a", "applicant": true, "age": 200, "age": 30}], "state": "AR",
                   "people_complete": 7}"#;
    let problem = problem(server().post(text).send().unwrap(), 422, "wrong-situation");
    let codes = codes(&problem);
    for fault in [("", "duplicate-name"), ("/people/0", "duplicate-name"), ("/people_complete", "wrong-type")]
    {
        assert!(codes.contains(&fault), "{fault:?} is not in {codes:?}");
    }
}

#[test]
fn no_error_repeats_what_was_sent() {
    let mark = "zqvx7k";
    let bodies = [
        format!(
            r#"{{"{mark}": 1, "state": "{mark}", "people": [{{"id": "{mark}-{mark}-{mark}", "{mark}": "{mark}"}}]}}"#
        ),
        format!(
            r#"{{"state": "AR", "people": "{mark}", "household": "{mark}", "options": {{"programs": ["{mark}"]}}}}"#
        ),
        format!(r#"{{"{mark}": {{"{mark}": 1, "{mark}": 2}}, "{mark}": 3}}"#),
        format!(r#"{{"state": {mark}}}"#),
        format!(
            r#"{{"state": "AR", "options": {{"programs": ["{mark}"]}}, "people": [{{"id": "a", "applicant": true}}]}}"#
        ),
        format!(
            r#"{{"state": "AR", "relationships": [{{"person": "{mark}", "is": "{mark}", "of": "{mark}"}}],
                     "people": [{{"id": "a", "applicant": true, "age": "{mark}", "files_jointly_with": "{mark}"}}]}}"#
        ),
    ];
    for body in bodies {
        let reply = server().post(body.as_str()).send().unwrap();
        assert!(reply.status().is_client_error(), "{body}");
        let said = reply.text().unwrap();
        assert!(!said.contains(mark), "{body} -> {said}");
    }
    for path in [
        format!("/v1/programs/{mark}"),
        format!("/{mark}"),
        format!("/v1/programs?as_of={mark}&{mark}={mark}"),
    ] {
        let said = server().get(&path).send().unwrap().text().unwrap();
        assert!(!said.contains(mark), "{path} -> {said}");
    }
}

#[test]
fn people_and_items_of_income_are_counted() {
    let people: Vec<Json> =
        (0..51).map(|number| json!({ "id": format!("p{number}"), "applicant": true })).collect();
    let body = json!({ "state": "AR", "people": people });
    assert_eq!(codes(&problem(server().ask(&body), 422, "wrong-situation")), [("/people", "too-many")]);
    let income = vec![json!({ "kind": "wages", "amount": "1.00", "per": "month" }); 201];
    let body = person_with(json!({ "income": income }));
    assert_eq!(
        codes(&problem(server().ask(&body), 422, "wrong-situation")),
        [("/people/0/income", "too-many")]
    );
}
