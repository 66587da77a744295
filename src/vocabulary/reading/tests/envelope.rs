//! The envelope of a request, read as the contract says.

use serde_json::json;

use super::super::Explain;
use super::*;
use crate::kernel::{CodeSet, Truth};

#[test]
fn state_and_people_are_required() {
    let missing = [("/state".to_owned(), "required"), ("/people".to_owned(), "required")];
    assert_eq!(faults(&json!({})), missing);
    assert_eq!(faults(&json!({"state": null, "people": []})), missing);
    assert_eq!(fault(&json!([])), (String::new(), "wrong-type"));
    let person = json!([{"id": "a", "applicant": true}]);
    assert_eq!(
        fault(&json!({"state": {"one_of": ["AR", "TX"]}, "people": person})),
        ("/state".to_owned(), "required")
    );
    assert_eq!(fault(&json!({"state": "AR", "people": {}})), ("/people".to_owned(), "wrong-type"));
}

#[test]
fn the_day_is_today_in_the_state_unless_given() {
    let body = one(json!({}));
    let read = |state: &str| {
        assert_eq!(state, "AR");
        day("2025-05-05")
    };
    let request = super::read(&body, &vocabulary(), read, (day(COVERS[0]), day(COVERS[1]))).unwrap();
    assert_eq!(request.situation.as_of, day("2025-05-05"));
    assert_eq!(shared(&request, "as_of").value, Value::Date(Dates::on(day("2025-05-05"))));
    assert_eq!(shared(&request, "state").value, Value::Code(CodeSet::only(0)));
    assert_eq!(request.situation.state, 0);

    let mut body = one(json!({}));
    body["as_of"] = json!("2024-02-29");
    assert_eq!(understood(&body).situation.as_of, day("2024-02-29"));
}

#[test]
fn a_day_outside_the_law_on_file_is_refused_with_the_span() {
    for outside in ["2023-09-30", "2028-01-01"] {
        let mut body = one(json!({}));
        body["as_of"] = json!(outside);
        let faults = try_read(&body).unwrap_err();
        assert_eq!((faults.len(), faults[0].code), (1, "not-covered"));
        assert_eq!(faults[0].pointer, "/as_of");
        assert_eq!(faults[0].expected, "a day from 2023-10-01 to 2027-12-31");
    }
    let late = |_: &str| day("2028-03-01");
    let faults = super::read(&one(json!({})), &vocabulary(), late, (day(COVERS[0]), day(COVERS[1])));
    assert_eq!(faults.unwrap_err()[0].code, "not-covered");
}

#[test]
fn the_day_must_be_a_whole_day() {
    for (sent, code) in [
        (json!("2026-02-30"), "bad-date"),
        (json!("23.11.2026"), "bad-date"),
        (json!("none"), "bad-date"),
        (json!(20261123), "wrong-type"),
        (json!({"unknown": "declined"}), "required"),
    ] {
        let mut body = one(json!({}));
        body["as_of"] = sent;
        assert_eq!(fault(&body), ("/as_of".to_owned(), code));
    }
}

#[test]
fn options_say_what_is_wanted() {
    let mut body = one(json!({}));
    assert_eq!(understood(&body).options, super::super::Options::default());
    body["options"] =
        json!({"programs": ["snap"], "explain": "full", "until": "2027-01-01", "receipt": true});
    let options = understood(&body).options;
    assert_eq!(options.programs, Some(vec!["snap".to_owned()]));
    assert_eq!((options.explain, options.until), (Explain::Full, Some(day("2027-01-01"))));
    assert!(options.receipt);
    body["options"] = json!({"programs": null, "explain": null, "until": null, "receipt": null});
    assert_eq!(understood(&body).options, super::super::Options::default());
}

#[test]
fn options_have_faults_of_their_own() {
    let mut body = one(json!({}));
    body["options"] = json!({
        "program": [], "programs": "snap", "explain": "ful", "until": "2026-11-22", "receipt": "yes"
    });
    let read = try_read(&body).unwrap_err();
    let found: Vec<_> = read.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
    let expected = [
        ("/options", "unknown-name"),
        ("/options/programs", "wrong-type"),
        ("/options/explain", "unknown-code"),
        ("/options/until", "out-of-range"),
        ("/options/receipt", "wrong-type"),
    ];
    assert_eq!(found, expected);
    assert_eq!(read[0].did_you_mean.as_deref(), Some("programs"));
    assert_eq!(read[2].did_you_mean.as_deref(), Some("full"));
    body["options"] = json!({"until": "2028-01-01"});
    assert_eq!(fault(&body), ("/options/until".to_owned(), "not-covered"));
}

#[test]
fn a_name_not_in_the_vocabulary_is_refused_with_the_nearest_known_one() {
    let body = json!({"state": "AR", "peeple_complete": true, "people": [
        {"id": "a", "applicant": true, "pregnat": true, "victimization": {"kynd": []}}
    ], "household": {"utilites": [], "rent": null}});
    let read = try_read(&body).unwrap_err();
    let found: Vec<_> = read
        .iter()
        .map(|fault| (fault.pointer.as_str(), fault.code, fault.did_you_mean.as_deref()))
        .collect();
    let expected = [
        ("/people/0", "unknown-name", Some("pregnant")),
        ("/people/0/victimization", "unknown-name", Some("kind")),
        ("", "unknown-name", Some("people_complete")),
        ("/household", "unknown-name", Some("utilities")),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_fact_in_the_wrong_object_is_named_by_where_it_belongs() {
    let body = json!({"state": "AR", "age": 3, "people": [
        {"id": "a", "applicant": true, "rent": null, "state": "AR", "victimization.kind": [], "kind": []}
    ], "household": {"pregnant": true, "income_item.kind": "wages"}});
    let expected = [
        ("/people/0", "misplaced"),
        ("/people/0", "misplaced"),
        ("/people/0", "unknown-name"),
        ("/people/0", "unknown-name"),
        ("", "misplaced"),
        ("/household", "misplaced"),
        ("/household", "unknown-name"),
    ];
    assert_eq!(faults(&body), expected.map(|(pointer, code)| (pointer.to_owned(), code)));
}

#[test]
fn a_place_lies_in_the_state_that_was_given() {
    let mut body = one(json!({}));
    body["county"] = json!("Pulaski");
    assert_eq!(shared(&understood(&body), "county").value, Value::Code(CodeSet::only(0)));
    body["county"] = json!("Bowie");
    assert_eq!(fault(&body), ("/county".to_owned(), "contradiction"));
}

#[test]
fn nothing_told_is_nothing_known() {
    let request = understood(&one(json!({"pregnant": null})));
    assert_eq!(personal(&request, 0, "pregnant").value, Value::Truth(Truth::Unknown));
    assert_eq!(personal(&request, 0, "age").value, Value::Number(number("0", "120")));
    let Value::Date(born) = personal(&request, 0, "date_of_birth").value else { panic!("a date") };
    assert_eq!(born.high, day("2026-11-23"), "a date of the past lies before the day of application");
    assert_eq!(shared(&request, "utilities").given, Given::Absent(crate::vocabulary::Absence::NotAsked));
}

#[test]
fn a_thousand_faults_are_enough() {
    let names: serde_json::Map<_, _> = (0..5000).map(|n| (format!("wrong_{n}"), json!(1))).collect();
    let read = try_read(&one(names.into())).unwrap_err();
    assert_eq!(read.len(), 1001);
    assert_eq!(read.last().unwrap().code, "too-many");
}

/// Every value, and every name that is not known, is marked; no fault may hold a mark.
#[test]
fn no_fault_repeats_what_was_sent() {
    fn mark(json: &mut serde_json::Value, next: &mut u32) {
        *next += 1;
        match json {
            serde_json::Value::Object(map) => map.values_mut().for_each(|inner| mark(inner, next)),
            serde_json::Value::Array(list) => list.iter_mut().for_each(|inner| mark(inner, next)),
            plain => *plain = json!(format!("zq{next}")),
        }
    }
    let mut all = json!({"zqname": 1, "as_of": 1, "state": 1, "county": 1, "people_complete": 1,
        "options": {"zqoption": 1, "programs": 1, "explain": 1, "until": 1, "receipt": 1},
        "people": [{"id": 1, "zqfact": 1, "applicant": 1, "age": 1, "date_of_birth": 1, "pregnant": 1, "work_hours": 1,
            "savings": 1, "gain_or_loss": {"between": [1, 1]}, "eats_with": [1], "claimed_by": 1,
            "child_support_paid": {"amount": 1, "per": 1, "zqpart": 1}, "immigration_status": {"one_of": [1, 1]},
            "hhs_letter": {"unknown": 1}, "granted_on": {"zqform": 1}, "has_ssn": 1,
            "victimization": {"zqinner": 1, "kind": [1], "reported_on": {"between": [1, 1]}},
            "income": [{"kind": 1, "amount": 1, "per": 1, "hours_per_week": 1, "from": 1, "zqfield": 1}, 1]}],
        "relationships": [{"person": 1, "is": 1, "of": 1, "zqway": 1}],
        "household": {"rent": {"one_of": [1, {"amount": 1, "per": 1}]}, "utilities": {"one_of": [[1], 1]},
            "assets": 1, "staying_since": 1, "notices": {"one_of": [1, [{"dated": 1}]]}, "zqhome": 1}});
    mark(&mut all, &mut 0);
    let read = try_read(&all).unwrap_err();
    assert!(read.len() > 40, "{}", read.len());
    for fault in read {
        let said = format!("{fault:?}");
        assert!(!said.contains("zq"), "{said}");
    }
}
