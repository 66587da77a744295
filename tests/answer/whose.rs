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

#[test]
fn each_of_two_survivors_is_told_their_own_last_day() {
    let survivor = |id: &str, last: &str| {
        json!({"id": id, "applicant": true, "age": 31, "victimization": {"kind": ["labor_trafficking"],
            "wages_owed": "900.00", "last_unpaid_day": last, "crime_states": ["AR"]}})
    };
    let told = |people: &[serde_json::Value]| {
        let body = json!({"as_of": "2026-08-17", "state": "AR", "options": {"programs": ["wage-claim"]},
            "people": people, "relationships": []});
        with_reply(&body, |reply| {
            let days = one(reply, "wage-claim").deadlines.iter();
            days.map(|day| (day.on.to_string(), day.people.join(" "))).collect::<Vec<_>>()
        })
    };
    let alone = told(&[survivor("m", "2026-03-01")]);
    assert!(alone.contains(&("2028-03-01".to_owned(), String::new())), "{alone:?}");
    let days = told(&[survivor("m", "2026-03-01"), survivor("k", "2025-01-15")]);
    for (day, whose) in [("2027-01-15", "k"), ("2028-03-01", "m")] {
        assert!(days.contains(&(day.to_owned(), whose.to_owned())), "{days:?}");
    }
    assert!(days.is_sorted(), "the soonest first: {days:?}");
}

/// Of units that overlap where the people may fall into them in several ways, the one that settles a person counts for
/// what another program makes of it, and not the one that happens to be looked at last.
#[test]
fn what_another_program_makes_of_somebody_does_not_depend_on_who_is_named_first() {
    let mother = json!({"id": "b", "applicant": true, "age": 25, "income": [], "tea_months_used": "none"});
    let child = json!({"id": "c", "applicant": true, "date_of_birth": "2024-08-27", "income": [],
        "hhs_letter": "certification"});
    let elder = json!({"id": "d", "applicant": true, "date_of_birth": "1949-01-07", "tea_months_used": 23});
    let amount = |people: [&serde_json::Value; 3]| {
        let body = json!({"as_of": "2026-11-23", "state": "AR", "people": people,
            "household": {"assets": "0.00"}, "relationships": [
                {"person": "b", "of": "c"}, {"person": "c", "is": "sibling", "of": "d"}]});
        with_reply(&body, |reply| {
            let answer = one(reply, "refugee-cash-assistance");
            (answer.status, answer.amount.as_ref().map(|amount| (amount.low.clone(), amount.high.clone())))
        })
    };
    assert_eq!(amount([&mother, &child, &elder]), amount([&mother, &elder, &child]));
}
