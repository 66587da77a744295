//! Credits that decide by tax return.

use std::collections::BTreeSet;

use onward::engine::{Depth, Findings, Status};
use rust_decimal::Decimal;

use crate::added::Add;
use crate::cases::{Case, cases, number};
use crate::comparison::{Comparison, agreement, divergences};
use crate::results::{near, open, paid, says, status_of, step, units_of};

#[test]
fn eitc_agrees_with_the_independent_model() {
    let Some(mut all) = Comparison::of("EITC by tax return", &["eitc"]) else { return };
    for case in cases(Add::TheYear) {
        let found = case.findings("eitc", Depth::Summary);
        for (tax_unit, expected) in case.expected()["tax_units"].as_object().unwrap() {
            let units = units_of(&case, &found, tax_unit);
            let range = paid(&units);
            let wanted = number(&expected["eitc"]);
            let status = units.iter().map(|unit| unit.status).fold(Status::NotEligible, Status::best);
            // Under a dollar either side may call it nothing.
            let same = says(status, wanted > Decimal::ZERO, false) || wanted < Decimal::ONE;
            let agrees = same && near(range, wanted, case.tolerance("eitc_ctc"));
            let told = || format!("{} {range:?}, the model {wanted} {}", status.code(), open(&found, None));
            let strict = case.strict(&["eitc_ctc"]);
            all.enter(&case, tax_unit, strict, &[("eitc", agreement(agrees, told))]);
        }
    }
    all.finish();
}

#[test]
fn child_tax_credit_agrees_with_the_independent_model() {
    let title = "Child tax credit, in full and paid out, by tax return";
    let Some(mut all) = Comparison::of(title, &["child-tax-credit"]) else { return };
    for case in cases(Add::TheYear) {
        let found = case.findings("child-tax-credit", Depth::Full);
        for (tax_unit, expected) in case.expected()["tax_units"].as_object().unwrap() {
            let units = units_of(&case, &found, tax_unit);
            let full = step(&units, "child_tax_credit.full_credit");
            let paid = step(&units, "child_tax_credit.paid_out");
            let tolerance = case.tolerance("eitc_ctc");
            let agrees = near(full, number(&expected["ctc_before_liability_limit"]), tolerance)
                && near(paid, number(&expected["refundable_ctc"]), tolerance)
                && units.iter().all(|unit| unit.status != Status::NeedsInformation);
            let told = || {
                format!(
                    "{full:?} and {paid:?}, the model {} and {} {}",
                    expected["ctc_before_liability_limit"],
                    expected["refundable_ctc"],
                    open(&found, None)
                )
            };
            let strict = case.strict(&["eitc_ctc"]);
            all.enter(&case, tax_unit, strict, &[("child-tax-credit", agreement(agrees, told))]);
        }
    }
    all.finish();
}

const MARKETPLACE: &str = "marketplace-tax-credit";

/// Enters who has the credit, and gives the returns of those of whom a difference is listed.
fn enter_who(who: &mut Comparison, case: &Case, found: &Findings, strict: bool) -> BTreeSet<String> {
    let mut listed = BTreeSet::new();
    for person in 0..case.people.len() {
        let label = &case.people[person];
        let tax_unit = &case.tax_units[person];
        let aca = &case.expected()["tax_units"][tax_unit]["aca"];
        // Where nothing is left after the expected share, the answer is no.
        let wanted = case.expected_of(person)["aca_ptc_eligible"] == true
            && number(&aca["ptc_annual"]) > Decimal::ZERO;
        let status = status_of(found, person);
        let told = || format!("{}, the model {wanted} {}", status.code(), open(found, Some(person)));
        let result = agreement(says(status, wanted, false), told);
        if divergences().contains(&(case.id.clone(), label.clone(), MARKETPLACE.to_owned())) {
            listed.insert(tax_unit.clone());
        }
        who.enter(case, label, strict, &[(MARKETPLACE, result)]);
    }
    listed
}

/// How much of the credit each return has.
#[derive(Default)]
struct HowMuch {
    returns: usize,
    same: usize,
    other: Vec<String>,
}

impl HowMuch {
    fn enter(&mut self, case: &Case, found: &Findings, tax_unit: &str) {
        let range = paid(&units_of(case, found, tax_unit));
        let wanted = number(&case.expected()["tax_units"][tax_unit]["aca"]["ptc_annual"]);
        self.returns += 1;
        if near(range, wanted, case.tolerance("ptc_annual")) {
            self.same += 1;
        } else {
            self.other.push(format!("{} {tax_unit}: {range:?}, the model {wanted}", case.id));
        }
    }
}

#[test]
fn marketplace_credit_agrees_with_the_independent_model() {
    let title = "Marketplace credit, who, by person";
    let Some(mut who) = Comparison::of(title, &[MARKETPLACE]) else { return };
    let mut how_much = HowMuch::default();
    for case in cases(Add::Premium) {
        let found = case.findings(MARKETPLACE, Depth::Summary);
        let strict = case.strict(&["medicaid", "aca"]);
        let listed = enter_who(&mut who, &case, &found, strict);
        // Who shares the credit of a return decides how much it is: one reason explains both.
        let tax_units = case.expected()["tax_units"].as_object().unwrap().keys();
        for tax_unit in tax_units.filter(|unit| strict && !listed.contains(*unit)) {
            how_much.enter(&case, &found, tax_unit);
        }
    }
    let HowMuch { returns, same, other } = how_much;
    println!("Marketplace credit, how much, by tax return: {returns} compared, {same} agree");
    who.finish();
    assert!(other.is_empty(), "{}\n{}", other.len(), other.join("\n"));
}
