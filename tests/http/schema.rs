//! The schema of a situation takes and refuses what the reader does.

use serde_json::{Value as Json, json};

use crate::bodies::{example, person_with};
use crate::document::{component, departures};
use crate::problems::problem;
use crate::server::server;

/// What is taken: every kind of fact, told whole, in part, and not at all.
fn sound() -> Vec<Json> {
    vec![
        example(),
        person_with(json!({})),
        person_with(json!({ "age": null, "date_of_birth": { "unknown": "declined" } })),
        person_with(json!({ "age": { "one_of": [3, 4] }, "t_visa_class": { "one_of": ["T-1", "T-2"] } })),
        person_with(
            json!({ "age": { "between": [18, 25] }, "entered_us_on": { "between": ["2024-03-01", "2024-05-31"] } }),
        ),
        person_with(
            json!({ "medical_expenses": { "amount": "40.00", "per": "month" }, "work_hours_per_week": "20.5" }),
        ),
        person_with(json!({ "medical_expenses": { "between": ["40.00", "60.00"], "per": "month" } })),
        person_with(json!({ "medical_expenses": { "unknown": "not_known" }, "hhs_letter": "none" })),
        person_with(
            json!({ "hhs_letter_date": "none", "unborn_children": "none", "claimed_as_dependent_by": "none",
                    "qualifying_quarters": "none", "tea_months_used": "none", "snap_countable_months_used": "none" }),
        ),
        person_with(
            json!({ "buys_and_prepares_food_with": "everyone", "files_jointly_with": "someone_not_listed" }),
        ),
        person_with(
            json!({ "income": [{ "kind": "wages", "amount": "15.00", "per": "hour", "hours_per_week": 30 }] }),
        ),
        person_with(
            json!({ "income": [{ "kind": { "one_of": ["wages", "pension"] }, "amount": { "between": ["1", "2"] }, "per": "week" }] }),
        ),
        person_with(json!({ "income": [], "receives": { "unknown": "not_asked" } })),
        person_with(json!({ "victimization": { "kind": [], "reported_to_police_on": "none" } })),
        person_with(
            json!({ "victimization": { "unknown": "declined" }, "receives": [{ "unknown": "not_known" }] }),
        ),
    ]
}

#[test]
fn the_schema_of_a_situation_takes_what_the_reader_takes() {
    for body in sound() {
        let departures = departures(&component("Situation"), &body);
        assert!(departures.is_empty(), "{body}\n{departures:#?}");
        let response = server().ask(&body);
        assert_eq!(response.status(), 200, "{body}\n{}", response.text().unwrap());
    }
}

/// What is refused: every kind of thing that can be wrong.
fn faulty() -> Vec<Json> {
    vec![
        json!([]),
        json!({}),
        json!({ "state": "AR" }),
        json!({ "state": "AR", "people": [] }),
        json!({ "state": "ZZ", "people": [{ "id": "a", "applicant": true }] }),
        json!({ "state": { "unknown": "declined" }, "people": [{ "id": "a", "applicant": true }] }),
        json!({ "state": "AR", "people": [{ "id": "Anna B", "applicant": true }] }),
        json!({ "state": "AR", "people": [{ "id": "a" }] }),
        json!({ "state": "AR", "people": [{ "id": "a", "applicant": null }] }),
        person_with(json!({ "agee": 3 })),
        person_with(json!({ "age": 3.5 })),
        person_with(json!({ "age": 121 })),
        person_with(json!({ "age": "3" })),
        person_with(json!({ "age": "none" })),
        person_with(json!({ "age": { "one_of": [3, "none"] } })),
        person_with(json!({ "age": [3] })),
        person_with(json!({ "pregnant": "yes" })),
        person_with(json!({ "immigration_status": "citizen" })),
        person_with(json!({ "immigration_status": { "one_of": [] } })),
        person_with(json!({ "immigration_status": { "unknown": "secret" } })),
        person_with(json!({ "immigration_status": { "between": ["refugee", "asylee"] } })),
        person_with(json!({ "medical_expenses": "40.00" })),
        person_with(json!({ "medical_expenses": { "amount": 40, "per": "month" } })),
        person_with(json!({ "medical_expenses": { "amount": "40.00", "per": "hour" } })),
        person_with(json!({ "income": { "kind": "wages" } })),
        person_with(json!({ "income": [{ "kind": "wages", "sum": "1.00" }] })),
        person_with(json!({ "victimization": { "story": "x" } })),
        person_with(json!({ "victimization": { "unknown": "declined", "kind": [] } })),
        person_with(json!({ "victimization": { "unknown": "secret" } })),
        person_with(json!({ "income": [{ "unknown": "declined", "kind": "wages" }] })),
    ]
}

#[test]
fn the_schema_of_a_situation_refuses_what_the_reader_refuses() {
    for body in faulty() {
        let departures = departures(&component("Situation"), &body);
        assert!(!departures.is_empty(), "the schema takes {body}");
        problem(server().ask(&body), 422, "wrong-situation");
    }
}
