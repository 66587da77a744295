//! What is told for one person of a household is not told for another whom it does not concern.

use serde_json::json;

use crate::asked::{one, with_reply};

#[test]
fn nobody_who_does_not_apply_is_shown_a_way_to_a_status() {
    let body = |applies: bool| {
        json!({"as_of": "2026-08-17", "state": "AR", "options": {"programs": ["liheap"]}, "relationships": [],
            "people": [
                {"id": "m", "applicant": true, "age": 31, "immigration_status": "us_citizen", "income": [],
                    "lives_in_home": true},
                {"id": "g", "applicant": applies, "age": 30, "immigration_status": "no_status", "income": [],
                    "hhs_letter": "none", "continued_presence": false, "t_application": "none", "also_holds": [],
                    "vawa_petition": "none", "receives": [], "lives_in_home": true}],
            "household": {"utilities": ["heating_or_cooling"], "lives_in": "own_or_rented_home"}})
    };
    with_reply(&body(true), |reply| assert!(!one(reply, "liheap").opened_by.is_empty()));
    with_reply(&body(false), |reply| assert!(one(reply, "liheap").opened_by.is_empty()));
}

#[test]
fn a_day_that_concerns_somebody_who_cannot_have_a_program_is_not_told_to_who_can() {
    let survivor = json!({"id": "m", "applicant": true, "age": 31, "immigration_status": "t_nonimmigrant",
        "t_visa_class": "T-1", "status_granted_on": "2025-03-01", "hhs_letter": "certification",
        "hhs_letter_date": "2025-03-01", "disabled": false, "blind": false, "disability_benefits": [],
        "receives": [], "income": []});
    let citizen = json!({"id": "k", "applicant": true, "age": 9, "immigration_status": "us_citizen",
        "disabled": true, "receives": [], "income": []});
    let body = json!({"as_of": "2026-08-17", "state": "AR", "options": {"programs": ["ssi"]},
        "relationships": [{"person": "m", "is": "parent", "of": "k"}], "people": [survivor, citizen],
        "household": {"assets": "0.00"}});
    with_reply(&body, |reply| {
        let (people, days) = (&one(reply, "ssi").people, &one(reply, "ssi").deadlines);
        assert_eq!(
            people.iter().find(|person| person.id == "m").and_then(|m| m.status),
            Some("not_eligible")
        );
        assert!(!days.is_empty());
        let days: Vec<String> = days.iter().map(|day| day.on.to_string()).collect();
        assert!(days.iter().all(|day| !day.starts_with("2032")), "{days:?}");
    });
}
