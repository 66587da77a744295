//! The people of a request, read as the contract says.

use serde_json::json;

use super::*;
use crate::kernel::{CodeSet, PersonBag, PersonSet, Truth};
use crate::vocabulary::Absence;

#[test]
fn each_person_has_an_id_and_applies_or_not() {
    let body = json!({"state": "AR", "people": [
        {"id": "a"}, {"applicant": true}, {"id": "b", "applicant": {"unknown": "declined"}},
        {"id": "c", "applicant": "none"}, 5, {"id": 7, "applicant": false}
    ]});
    let expected = [
        ("/people/1/id", "required"),
        ("/people/4", "wrong-type"),
        ("/people/5/id", "required"),
        ("/people/0/applicant", "required"),
        ("/people/2/applicant", "required"),
        ("/people/3/applicant", "wrong-type"),
    ];
    assert_eq!(faults(&body), expected.map(|(pointer, code)| (pointer.to_owned(), code)));
}

#[test]
fn an_id_is_a_short_label_of_its_own() {
    for (id, code) in [
        ("", "bad-id"),
        ("A", "bad-id"),
        ("maría", "bad-id"),
        ("a b", "bad-id"),
        ("seventeen-letters", "bad-id"),
        ("none", "bad-id"),
        ("a", "duplicate-id"),
    ] {
        let body = json!({"state": "AR", "people": [
            {"id": "a", "applicant": true}, {"id": id, "applicant": true}
        ]});
        assert_eq!(fault(&body), ("/people/1/id".to_owned(), code), "{id}");
    }
    let body = json!({"state": "AR", "people": [{"id": "sixteen_letters-", "applicant": true}]});
    assert_eq!(understood(&body).situation.labels, ["sixteen_letters-"]);
}

#[test]
fn a_situation_holds_at_most_fifty_people() {
    let people = |count: usize| {
        let people: Vec<_> = (0..count).map(|n| json!({"id": format!("p{n}"), "applicant": true})).collect();
        json!({"state": "AR", "people": people, "relationships": [{"person": "p0", "is": "parent", "of": "p1"}]})
    };
    let request = understood(&people(50));
    assert_eq!(request.situation.people(), 50);
    assert_eq!(request.situation.personal.len(), 51 * request.situation.stride);
    assert_eq!(fault(&people(51)), ("/people".to_owned(), "too-many"));
}

#[test]
fn who_does_not_apply_shows_no_status_even_if_it_was_sent() {
    let body = json!({"state": "AR", "people": [
        {"id": "a", "applicant": false, "age": 30, "immigration_status": "t_visa", "granted_on": "2025-01-01"},
        {"id": "b", "applicant": true, "immigration_status": "citizen"}
    ]});
    let request = understood(&body);
    assert_eq!(request.situation.applicants, 0b10);
    for (name, value) in [
        ("immigration_status", Value::Code(CodeSet::NOT_THERE)),
        ("hhs_letter", Value::Code(CodeSet::NOT_THERE)),
        ("granted_on", Value::Date(Dates::none())),
        ("has_ssn", Value::Truth(Truth::False)),
    ] {
        assert_eq!(personal(&request, 0, name), Known { value, given: Given::NotShown }, "{name}");
    }
    assert_eq!(personal(&request, 0, "age").value, Value::Number(number("30", "30")));
    assert_eq!(personal(&request, 0, "applicant").value, Value::Truth(Truth::False));
    assert_eq!(personal(&request, 1, "immigration_status").value, Value::Code(CodeSet::only(0)));
    assert_eq!(personal(&request, 1, "has_ssn").given, Given::Absent(Absence::NotAsked));
}

#[test]
fn what_is_sent_for_who_does_not_apply_is_still_checked() {
    let body = json!({"state": "AR", "people": [
        {"id": "a", "applicant": false, "immigration_status": "citzen"}
    ]});
    assert_eq!(fault(&body), ("/people/0/immigration_status".to_owned(), "unknown-code"));
}

#[test]
fn the_list_of_people_is_whole_unless_it_is_opened() {
    let mut body = one(json!({"age": 20}));
    let request = understood(&body);
    assert!(!request.situation.open);
    body["people_complete"] = json!(false);
    let request = understood(&body);
    assert!(request.situation.open);
    assert_eq!(request.situation.people(), 1);
    // The one who stands for everybody else: nothing is known, not even whether they apply.
    assert_eq!(personal(&request, 1, "applicant").value, Value::Truth(Truth::Unknown));
    assert_eq!(personal(&request, 1, "age").value, Value::Number(number("0", "120")));
    let vocabulary = vocabulary();
    let income = request.situation.personal_list(1, vocabulary.named("income").unwrap()).unwrap();
    assert_eq!(income.given, Given::Absent(Absence::NotAsked));
    body["people_complete"] = json!("yes");
    assert_eq!(fault(&body), ("/people_complete".to_owned(), "wrong-type"));
}

fn two(facts: Json) -> Json {
    let mut body = one(facts);
    body["people"].as_array_mut().unwrap().push(json!({"id": "b", "applicant": true}));
    body
}

#[test]
fn a_fact_may_name_somebody() {
    for (sent, value) in [
        (json!("b"), PersonSet::only(1)),
        (json!("none"), PersonSet::NOBODY),
        (json!("someone_not_listed"), PersonSet::SOMEBODY_ELSE),
        (json!({"one_of": ["b", "none"]}), PersonSet::only(1).join(PersonSet::NOBODY)),
    ] {
        let request = understood(&two(json!({"claimed_by": sent})));
        assert_eq!(personal(&request, 0, "claimed_by").value, Value::Person(value));
    }
    let at = "/people/0/claimed_by".to_owned();
    assert_eq!(fault(&two(json!({"claimed_by": "c"}))), (at.clone(), "unknown-person"));
    assert_eq!(fault(&two(json!({"claimed_by": "a"}))), (at.clone(), "contradiction"));
    assert_eq!(fault(&two(json!({"claimed_by": ["b"]}))), (at, "wrong-type"));
    assert_eq!(fault(&two(json!({"claimed_by": {"between": ["a", "b"]}}))).1, "wrong-type");
    // The id of somebody is a value that was sent: it is never suggested.
    let read = try_read(&two(json!({"claimed_by": "bb"}))).unwrap_err();
    assert_eq!(read[0].did_you_mean, None);
}

#[test]
fn a_fact_may_name_several() {
    let everyone = PersonBag { certain: u64::MAX >> 1, possible: u64::MAX >> 1 };
    for (sent, value) in [
        (json!("everyone"), everyone),
        (json!("nobody"), PersonBag { certain: 0, possible: 0 }),
        (json!([]), PersonBag { certain: 0, possible: 0 }),
        (json!(["b"]), PersonBag { certain: 2, possible: 2 }),
        (json!({"one_of": [["b"], ["a", "b"]]}), PersonBag { certain: 2, possible: 3 }),
    ] {
        let request = understood(&two(json!({"eats_with": sent})));
        assert_eq!(personal(&request, 0, "eats_with").value, Value::People(value));
    }
    assert_eq!(
        fault(&two(json!({"eats_with": ["b", "c"]}))),
        ("/people/0/eats_with/1".to_owned(), "unknown-person")
    );
    assert_eq!(fault(&two(json!({"eats_with": "b"}))).1, "wrong-type");
}

#[test]
fn no_id_is_called_unknown_where_the_people_could_not_be_read() {
    let body = json!({"state": "AR", "people": [
        {"id": "a", "applicant": true, "claimed_by": "b"}, {"applicant": true}
    ]});
    assert_eq!(fault(&body), ("/people/1/id".to_owned(), "required"));
}
