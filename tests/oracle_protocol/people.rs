//! Programs that decide person by person.

use onward::engine::{Depth, Status};
use rust_decimal::Decimal;

use crate::added::{Add, GROUPS, group};
use crate::cases::{Case, cases, number};
use crate::comparison::{Comparison, agreement};
use crate::results::{NOTHING, amount_of, near, open, says, status_of, unit_of};

#[test]
fn medicaid_and_arkids_agree_with_the_independent_model() {
    let Some(mut all) = Comparison::of("Medicaid and ARKids, group by person", &GROUPS) else { return };
    for case in cases(Add::Nothing) {
        let strict = case.strict(&["medicaid"]);
        let found: Vec<_> = GROUPS.iter().map(|id| (*id, case.findings(id, Depth::Summary))).collect();
        for person in 0..case.people.len() {
            let wanted = group(case.expected_of(person));
            let results: Vec<_> = found
                .iter()
                .map(|(id, found)| {
                    let status = status_of(found, person);
                    let finds = *id == "ar-medicaid-aged-disabled" || *id == "ar-medicaid-ssi";
                    let told =
                        || format!("{}, the model {wanted:?} {}", status.code(), open(found, Some(person)));
                    (*id, agreement(says(status, wanted == Some(id), finds), told))
                })
                .collect();
            all.enter(&case, &case.people[person], strict, &results);
        }
    }
    all.finish();
}

fn by_person(
    title: &'static str,
    program: &'static str,
    cautions: &[&str],
    agency_finds: bool,
    wanted: impl Fn(&Case, usize) -> Option<bool>,
) {
    let Some(mut all) = Comparison::of(title, &[program]) else { return };
    for case in cases(Add::Nothing) {
        let found = case.findings(program, Depth::Summary);
        for person in 0..case.people.len() {
            let Some(wanted) = wanted(&case, person) else { continue };
            let status = status_of(&found, person);
            let told = || format!("{}, the model {wanted} {}", status.code(), open(&found, Some(person)));
            let result = agreement(says(status, wanted, agency_finds), told);
            all.enter(&case, &case.people[person], case.strict(cautions), &[(program, result)]);
        }
    }
    all.finish();
}

#[test]
fn emergency_medicaid_agrees_with_the_independent_model() {
    by_person("Emergency Medicaid by person", "emergency-medicaid", &["medicaid"], true, |case, person| {
        case.expected_of(person)["emergency_medicaid"].as_bool()
    });
}

#[test]
fn wic_agrees_with_the_independent_model() {
    by_person("WIC by person", "wic", &["wic"], true, |case, person| {
        case.expected_of(person)["wic"]["eligible"].as_bool()
    });
}

#[test]
fn school_meals_agree_with_the_independent_model() {
    by_person("School meals by pupil", "school-meals", &["school_meals"], false, |case, person| {
        let pupil = case.given["situation"]["people"][person]["student"] == "k12";
        let meals = &case.expected()["school_meals"];
        let tier = meals["federal_tier_from_ratio"].as_str().unwrap();
        pupil.then(|| meals["categorical"] == true || matches!(tier, "free" | "reduced"))
    });
}

#[test]
fn ssi_agrees_with_the_independent_model() {
    let Some(mut all) = Comparison::of("SSI, who and how much, by person", &["ssi"]) else { return };
    for case in cases(Add::Nothing) {
        let found = case.findings("ssi", Depth::Summary);
        for person in 0..case.people.len() {
            let wanted = number(&case.expected_of(person)["ssi"]["amount"]);
            let unit = unit_of(&found, person);
            let status = unit.map_or(Status::NotEligible, |(_, status)| status);
            let range = unit.map_or(NOTHING, |(unit, _)| amount_of(unit));
            let agrees =
                says(status, wanted > Decimal::ZERO, true) && near(range, wanted, case.tolerance("ssi"));
            let told =
                || format!("{} {range:?}, the model {wanted} {}", status.code(), open(&found, Some(person)));
            let strict = case.strict(&["ssi"]);
            all.enter(&case, &case.people[person], strict, &[("ssi", agreement(agrees, told))]);
        }
    }
    all.finish();
}
