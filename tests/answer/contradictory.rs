//! Facts that cannot all be so are refused at each of them; whatever could be so in some real life is answered.

use serde_json::{Value, json};

use onward::kernel::Language;
use onward::vocabulary::{parse, read, sift};

use crate::asked::{book, refused, with_reply};

/// Two people who apply, with these facts of the first and of the home.
fn pair(facts: Value, home: Value) -> Value {
    let mut first = json!({"id": "a", "applicant": true});
    first.as_object_mut().expect("facts").extend(facts.as_object().expect("facts").clone());
    json!({"as_of": "2026-11-23", "state": "AR", "options": {"programs": ["snap"]},
        "people": [first, {"id": "b", "applicant": true}],
        "relationships": [{"person": "b", "is": "spouse", "of": "a"}], "household": home})
}

#[test]
fn facts_that_cannot_all_be_so_are_told_at_each_of_them() {
    let wage = |from: &str, until: &str| {
        json!({"income": [{"kind": "gift", "amount": "5.00", "per": "month"},
            {"kind": "wages", "amount": "5.00", "per": "month", "from": from, "until": until}]})
    };
    let sure = [
        (json!({"age": 30, "date_of_birth": "2010-01-01"}), vec!["age", "date_of_birth"]),
        (json!({"age": {"between": [1, 9]}, "date_of_birth": "2010-01-01"}), vec!["age", "date_of_birth"]),
        (json!({"marital_status": "never_married"}), vec!["marital_status", "/relationships"]),
        (json!({"pregnant": false, "unborn_children": 2}), vec!["pregnant", "unborn_children"]),
        (
            json!({"pregnant": false, "due_date": "2027-01-05", "pregnancy_ended_on": "none"}),
            vec!["pregnant", "due_date", "pregnancy_ended_on"],
        ),
        (
            json!({"medicare": false, "receives": [{"program": "medicare"}]}),
            vec!["medicare", "receives/0/program"],
        ),
        (
            json!({"ssi_recipient": false, "receives": [{"program": "wic"}, {"program": "ssi"}]}),
            vec!["ssi_recipient", "receives/1/program"],
        ),
        (wage("2026-06-01", "2026-05-31"), vec!["income/1/from", "income/1/until"]),
        (
            json!({"receives": [{"program": "wic", "since": "2026-06-01", "through": "2026-05-31"}]}),
            vec!["receives/0/since", "receives/0/through"],
        ),
        (
            json!({"t_application": "none", "t_application_filed_on": "2026-01-05"}),
            vec!["t_application", "t_application_filed_on"],
        ),
        (
            json!({"continued_presence": false, "continued_presence_until": "2027-05-05"}),
            vec!["continued_presence", "continued_presence_until"],
        ),
        (
            json!({"hhs_letter": "none", "hhs_letter_date": "2026-01-05"}),
            vec!["hhs_letter", "hhs_letter_date"],
        ),
        (
            json!({"hhs_letter": "none", "hhs_letter_expires_on": "2027-01-05"}),
            vec!["hhs_letter", "hhs_letter_expires_on"],
        ),
        // Every item, and every reason.
        (
            json!({"income": [
                {"kind": "gift", "amount": "5.00", "per": "month", "from": "2026-02-02", "until": "2026-02-01"},
                {"kind": "wages", "amount": "5.00", "per": "month"},
                {"kind": "wages", "amount": "5.00", "per": "month", "from": "2026-06-01", "until": "2026-05-31"}]}),
            vec!["income/0/from", "income/0/until", "income/2/from", "income/2/until"],
        ),
        (
            json!({"ssi_recipient": false, "receives": [{"program": "ssi"}],
                "income": [{"kind": "ssi", "amount": "5.00", "per": "month"}]}),
            vec!["ssi_recipient", "ssi_recipient", "receives/0/program", "income/0/kind"],
        ),
        (
            json!({"victimization": {"began_on": "2024-05-05", "ended_on": "2024-05-04"}}),
            vec!["victimization/began_on", "victimization/ended_on"],
        ),
    ];
    for (facts, parts) in sure {
        let body = pair(facts, json!({}));
        let faults = refused(&body);
        let at =
            |part: &str| if part.starts_with('/') { part.to_owned() } else { format!("/people/0/{part}") };
        let mut wanted: Vec<String> = parts.into_iter().map(at).collect();
        let mut told: Vec<String> = faults.iter().map(|fault| fault.pointer.clone()).collect();
        wanted.sort();
        told.sort();
        assert_eq!(told, wanted, "{body}");
        assert!(faults.iter().all(|fault| fault.code == "contradiction" && !fault.detail.is_empty()));
    }
    let faults = refused(&pair(json!({}), json!({"assets": "10.00", "cash_on_hand": "10.01"})));
    let told: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(told, ["/household/cash_on_hand", "/household/assets"]);
}

/// Fifty people with two hundred receipts each that end before they begin, beside two answers that deny them.
#[test]
fn a_request_full_of_contradictions_is_refused_in_a_moment() {
    let receipt = |place: usize| {
        let program = ["ssi", "medicare", "wic"][place % 3];
        json!({"program": program, "since": "2026-01-02", "through": "2026-01-01"})
    };
    let person = |place: usize| {
        let receives: Vec<Value> = (0..200).map(receipt).collect();
        json!({"id": format!("p{place}"), "applicant": true, "ssi_recipient": false, "medicare": false,
            "receives": receives, "income": [{"kind": "ssi", "amount": "1.00", "per": "month"}]})
    };
    let people: Vec<Value> = (0..50).map(person).collect();
    let body = json!({"as_of": "2026-11-23", "state": "AR", "people": people});
    let began = std::time::Instant::now();
    let faults = refused(&body);
    assert!(faults.len() >= 100 && faults.iter().all(|fault| fault.code == "contradiction"));
    // It takes a part of a second; many times that would hold up whoever waits.
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
}

#[test]
fn what_another_fault_leaves_open_contradicts_nothing() {
    let text = r#"{"state": "AR", "as_of": "2026-11-23", "people": [
        {"id": "a", "applicant": true, "age": 5, "age": 30, "date_of_birth": "1996-01-01"}]}"#;
    let book = book();
    let parsed = parse(text.as_bytes(), &book.vocabulary).expect("JSON");
    assert_eq!(parsed.faults.len(), 1);
    let told =
        read(parsed.body.clone(), &book.vocabulary, |_| unreachable!(), book.covers).expect("a request");
    assert_eq!(onward::answer::faults(book, &told, &parsed.faults, Language::English), []);
    // Two people of one name: whom the relationship names is not known.
    let twice = json!({"as_of": "2026-11-23", "state": "AR", "people": [
        {"id": "a", "applicant": true, "marital_status": "never_married"},
        {"id": "a", "applicant": true, "marital_status": "married"}, {"id": "b", "applicant": true}],
        "relationships": [{"person": "a", "is": "spouse", "of": "b"}]});
    let sifted = sift(&twice, &book.vocabulary, |_| unreachable!(), book.covers);
    assert_eq!(sifted.faults.len(), 1);
    let request = sifted.request.expect("what could be understood");
    assert_eq!(onward::answer::faults(book, &request, &[], Language::English), []);
}

#[test]
fn what_could_be_so_in_some_life_is_answered() {
    for facts in [
        json!({"age": {"between": [1, 40]}, "date_of_birth": "2010-01-01"}),
        json!({"marital_status": {"one_of": ["never_married", "married"]}}),
        json!({"marital_status": "widowed"}),
        json!({"marital_status": "separated"}),
        json!({"pregnant": false, "unborn_children": 0}),
        json!({"pregnant": false, "unborn_children": "none", "due_date": "none"}),
        // A child that came early, or was lost.
        json!({"pregnant": false, "due_date": "2027-01-05", "pregnancy_ended_on": "2026-11-01"}),
        json!({"pregnant": false, "due_date": "2027-01-05"}),
        json!({"medicare": true, "receives": []}),
        json!({"medicare": true, "has_health_insurance": false}),
        json!({"medicare": false, "receives": [{"program": "medicare", "through": "2026-01-31"}]}),
        json!({"disability_benefits": ["ssdi"], "income": []}),
        json!({"ssi_recipient": false, "income": [{"kind": "ssi", "amount": "5.00", "per": "month", "until": "2026-01-31"}]}),
        json!({"income": [{"kind": "wages", "amount": "5.00", "per": "month", "from": "2026-06-01", "until": "2026-06-01"}]}),
        json!({"work_hours_per_week": 0, "income": [{"kind": "wages", "amount": "9.00", "per": "hour", "hours_per_week": 20}]}),
        json!({"t_application": "denied", "t_application_filed_on": "2026-01-05"}),
        json!({"t_application": "none", "t_application_filed_on": "none"}),
        json!({"continued_presence": false, "continued_presence_until": "2026-05-05"}),
        json!({"hhs_letter": "none", "hhs_letter_expires_on": "2026-01-05"}),
        json!({"immigration_status": "us_citizen", "t_visa_class": "T-1"}),
        json!({"victimization": {"began_on": {"between": ["2024-01-01", "2024-12-31"]}, "ended_on": "2024-05-04"}}),
        json!({"victimization": {"began_on": "2024-05-04", "ended_on": "none"}}),
    ] {
        with_reply(
            &pair(facts, json!({"assets": "10.00", "cash_on_hand": {"between": ["0.00", "90.00"]}})),
            |_| (),
        );
    }
    let mut unshown = pair(json!({"hhs_letter": "none", "hhs_letter_date": "2026-01-05"}), json!({}));
    unshown["people"][0]["applicant"] = json!(false);
    with_reply(&unshown, |_| ());
}
