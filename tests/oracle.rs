//! An independent model's results for the same households, and a table of statuses by day written from the law.
//!
//! `fixtures/oracle/README.md` tells where the households come from; each case in which the law departs
//! from that model is listed with its legal reason in `fixtures/oracle/divergences.yaml`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may stop where it stands"
)]

use std::collections::BTreeMap;
use std::str::FromStr;

use onward::engine::{Depth, Findings, Outcome, Status, answer, contradictions};
use onward::kernel::{Bound, Day};
use onward::rulebook::{RuleBook, load_embedded};
use onward::vocabulary::{Request, Situation, read};
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn book() -> RuleBook {
    load_embedded().expect("the shipped rules have no fault")
}

fn situation(book: &RuleBook, body: &Value) -> Situation {
    let today = |_: &str| Day::from_ymd_opt(2026, 11, 23).unwrap();
    match read(body, &book.vocabulary, today, book.covers) {
        Ok(Request { situation, .. }) => {
            assert!(contradictions(book, &situation).is_empty(), "{body}");
            situation
        }
        Err(faults) => panic!("{faults:#?}\n{body}"),
    }
}

fn snap(book: &RuleBook, situation: &Situation) -> Findings {
    let id = book.program_named("snap").unwrap();
    answer(book, situation, situation.as_of, &[id], Depth::Summary).remove(0)
}

fn text(path: &str) -> String {
    std::fs::read_to_string(format!("{}/fixtures/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Amounts between which the answer lies: zero, if not eligible.
fn amounts(findings: &Findings) -> (Bound, Bound) {
    let amount = findings.units.first().and_then(|unit| unit.amount.as_ref());
    amount.map_or((Bound::ZERO, Bound::ZERO), |amount| (amount.range.low, amount.range.high))
}

struct Divergence {
    amount: Decimal,
}

fn divergences() -> BTreeMap<String, Divergence> {
    let file = yaml(&text("oracle/divergences.yaml"));
    let mut all = BTreeMap::new();
    for entry in file.as_array().unwrap() {
        assert!(entry["reason"].as_str().is_some_and(|reason| reason.len() > 20), "{entry}");
        let amount = Decimal::from_str(entry["ours"]["amount"].as_str().unwrap()).unwrap();
        all.insert(entry["id"].as_str().unwrap().to_owned(), Divergence { amount });
    }
    all
}

/// The plain part of YAML that the fixtures use, as JSON.
fn yaml(text: &str) -> Value {
    onward::rulebook::yaml_as_json(text).expect("a fixture is YAML")
}

#[test]
fn snap_agrees_with_the_independent_model() {
    let book = book();
    let divergences = divergences();
    let (mut compared, mut agreed, mut explained) = (0, 0, 0);
    let mut wrong = Vec::new();
    for line in text("oracle/households.jsonl").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let id = case["id"].as_str().unwrap();
        let found = snap(&book, &situation(&book, &case["situation"]));
        let cautions = |program: &str| case["caution"].get(program).is_some();
        let strict = !cautions("snap") && !cautions("all");
        let expected = &case["expected"]["snap"];
        let theirs = Decimal::from_str(expected["amount"].as_str().unwrap()).unwrap();
        let tolerance = Decimal::from(case["tolerance"]["snap"].as_i64().unwrap_or(1));
        let (low, high) = amounts(&found);
        let holds =
            |amount: Decimal| low <= Bound::at(amount + tolerance) && Bound::at(amount - tolerance) <= high;
        let eligible = matches!(found.status, Status::Eligible | Status::MayQualify);
        let agrees = eligible == expected["eligible"].as_bool().unwrap() && holds(theirs);
        if let Some(divergence) = divergences.get(id) {
            assert!(
                holds(divergence.amount),
                "{id}: the law's amount {} is not in {low:?} to {high:?}",
                divergence.amount
            );
            explained += i32::from(strict && !agrees);
            if agrees && strict && theirs != divergence.amount && low == high {
                wrong.push(format!("{id}: listed as a divergence, but agrees"));
            }
            compared += i32::from(strict);
            continue;
        }
        if !strict {
            continue;
        }
        compared += 1;
        agreed += i32::from(agrees);
        if !agrees {
            let reasons: Vec<_> = found.units.first().map_or_else(Vec::new, |unit| {
                let program = &book.programs[found.program.index()];
                unit.findings
                    .iter()
                    .filter(|finding| !matches!(finding.outcome, Outcome::Met | Outcome::NotTested))
                    .map(|finding| {
                        format!(
                            "{}/{:?}={}",
                            program.requirements[finding.requirement].id,
                            finding.person,
                            finding.outcome.code()
                        )
                    })
                    .collect()
            });
            wrong.push(format!(
                "{id}: {} {low:?}..{high:?}, the model {} {theirs} ({reasons:?})",
                found.status.code(),
                expected["eligible"]
            ));
        }
    }
    println!(
        "oracle: {compared} households without caution, {agreed} agree, {explained} differ for a listed legal reason"
    );
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn immigration_status_decides_snap_by_its_date() {
    let book = book();
    let table = yaml(&text("snap-status-by-date.yaml"));
    let program = &book.programs[book.program_named("snap").unwrap().index()];
    let position =
        program.requirements.iter().position(|requirement| requirement.id == "immigration").unwrap();
    let mut cells = 0;
    let mut wrong = Vec::new();
    for row in table["rows"].as_array().unwrap() {
        let mut person = table["base"].as_object().unwrap().clone();
        for (name, value) in row["person"].as_object().unwrap() {
            if value.is_null() {
                person.remove(name)
            } else {
                person.insert(name.clone(), value.clone())
            };
        }
        person.insert("id".to_owned(), "a".into());
        let relative = person.get("derivative_of").is_some_and(|of| of == "p");
        for (day, wanted) in row["on"].as_object().unwrap() {
            let mut people = vec![Value::Object(person.clone())];
            if person["applicant"] == false {
                // Somebody must apply for there to be an answer; both eat together.
                people.insert(
                    0,
                    json!({"id": "z", "applicant": true, "age": 30, "immigration_status": "us_citizen"}),
                );
                people[1]["lives_in_home"] = true.into();
                people[1]["buys_and_prepares_food_with"] = "everyone".into();
            }
            let about = people.len() - 1;
            let about = if relative { 0 } else { about };
            if relative {
                people.push(json!({"id": "p", "applicant": false, "lives_in_home": false}));
            }
            let body = json!({"as_of": day, "state": "AR", "people": people});
            let found = snap(&book, &situation(&book, &body));
            let finding = found
                .units
                .iter()
                .flat_map(|unit| &unit.findings)
                .find(|finding| finding.requirement == position && finding.person == Some(about));
            let outcome = finding.map_or("none", |finding| finding.outcome.code());
            cells += 1;
            if Some(outcome) != wanted.as_str() {
                wrong.push(format!(
                    "{} on {day}: {outcome}, the law says {wanted}  {}",
                    row["id"], row["why"]
                ));
            }
        }
    }
    println!("status table: {cells} cells");
    assert!(cells > 500);
    assert!(wrong.is_empty(), "{} of {cells} cells:\n{}", wrong.len(), wrong.join("\n"));
}
