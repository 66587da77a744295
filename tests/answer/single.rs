//! What is answered of one program: its status, its amount, what is open, and what to do.

use onward::kernel::Language;
use serde_json::{Value, json};

use crate::asked::{one, refused, situation, told, with_reply};

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
fn a_reason_that_stands_for_a_whole_group_is_told_of_each_of_its_facts() {
    let body = json!({"as_of": "2026-11-23", "state": "AR", "options": {"programs": ["t-visa"]},
        "people": [{"id": "a", "applicant": true, "age": 30, "immigration_status": "no_status",
            "victimization": {"unknown": "declined"}}]});
    with_reply(&body, |reply| {
        let missing = one(reply, "t-visa").missing.iter();
        let (what, others): (Vec<_>, Vec<_>) =
            missing.partition(|missing| missing.pointer.starts_with("/people/0/victimization/"));
        assert!(!what.is_empty() && what.iter().all(|missing| missing.because == "declined"), "{what:?}");
        assert!(others.iter().all(|missing| missing.because == "not_asked"), "{others:?}");
    });
}

#[test]
fn where_a_sum_was_told_it_is_asked_how_often_it_comes() {
    let mut body = situation("mother-with-t-visa-and-citizen-child");
    body["people"][0]["income"] = json!([{"kind": "wages", "amount": "500.00"}]);
    with_reply(&body, |reply| {
        let pointers: Vec<_> =
            one(reply, "snap").missing.iter().map(|missing| missing.pointer.as_str()).collect();
        assert!(pointers.contains(&"/people/0/income/0/per"), "{pointers:?}");
        assert!(!pointers.contains(&"/people/0/income/0/amount"), "{pointers:?}");
    });
}

#[test]
fn who_receives_it_reads_the_last_day_that_was_told() {
    let mut body = situation("mother-with-t-visa-and-citizen-child");
    for person in body["people"].as_array_mut().expect("people") {
        person["receives"] = json!([{"program": "snap", "since": "2026-06-01", "through": "2027-05-31"}]);
    }
    with_reply(&body, |reply| {
        let ongoing = one(reply, "snap").ongoing.as_ref().expect("what recipients should know");
        assert_eq!(ongoing.until.map(|day| day.to_string()).as_deref(), Some("2027-05-31"));
    });
}

#[test]
fn what_rests_on_another_program_ends_on_the_day_on_which_that_ends() {
    let mut body = situation("letter-holder-on-the-last-day");
    body["options"]["programs"] = json!(["snap-expedited"]);
    body["people"][0]["income"] = json!([]);
    with_reply(&body, |reply| {
        let expedited = one(reply, "snap-expedited");
        assert_eq!(expedited.status, "eligible");
        let change = expedited.upcoming.first().expect("the change of the next day");
        assert_eq!((change.on.to_string().as_str(), change.to), ("2025-07-04", "not_eligible"));
    });
}

#[test]
fn it_is_told_when_a_line_can_be_called_and_how_the_spanish_was_made() {
    let mut body = situation("letter-holder-on-the-last-day");
    body["options"]["programs"] = json!(["trafficking-case-management"]);
    let hours = |told: &Value| told["answers"][0]["agencies"][0]["hours"].clone();
    let english = told(&body, Language::English);
    assert_eq!((hours(&english), &english["translation"]), (json!("Day and night, every day"), &Value::Null));
    let spanish = told(&body, Language::Spanish);
    assert_eq!(
        (hours(&spanish), &spanish["translation"]),
        (json!("Día y noche, todos los días"), &json!("machine"))
    );
}

#[test]
fn somebody_who_is_not_listed_is_never_called_nobody() {
    let mut body = situation("letter-holder-on-the-last-day");
    body["options"] = json!({"programs": ["marketplace-tax-credit"], "explain": "full"});
    body["people"][0]["claimed_as_dependent_by"] = json!("someone_not_listed");
    let told = told(&body, Language::English).to_string();
    assert!(told.contains("somebody who is not listed") && !told.contains("\"nobody\""), "{told}");
}
