//! Programs that decide for a household.

use onward::engine::{Depth, Findings, answer};
use onward::kernel::Bound;

use crate::added::Add;
use crate::cases::{book, cases, number, situation};
use crate::comparison::{Comparison, agreement};
use crate::results::{NOTHING, amount_of, near, open, says};

#[test]
fn tea_agrees_with_the_independent_model() {
    let Some(mut all) = Comparison::of("TEA, who and how much, by household", &["ar-tea"]) else { return };
    for case in cases(Add::Nothing) {
        let found = case.findings("ar-tea", Depth::Summary);
        let expected = &case.expected()["tea"];
        let (yes, amount) = (expected["eligible"] == true, number(&expected["amount"]));
        let ranges: Vec<_> =
            found.units.iter().map(amount_of).filter(|range| range.high > Bound::ZERO).collect();
        let range = ranges.first().copied().unwrap_or(NOTHING);
        let agrees =
            says(found.status, yes, false) && ranges.len() <= 1 && near(range, amount, case.tolerance("tea"));
        let told =
            || format!("{} {ranges:?}, the model {yes} {amount} {}", found.status.code(), open(&found, None));
        all.enter(&case, "", case.strict(&["tea"]), &[("ar-tea", agreement(agrees, told))]);
    }
    all.finish();
}

#[test]
fn lifeline_agrees_with_the_independent_model() {
    let Some(mut all) = Comparison::of("Lifeline by household", &["lifeline"]) else { return };
    for case in cases(Add::Nothing) {
        let found = case.findings("lifeline", Depth::Summary);
        let wanted = case.expected()["lifeline"]["eligible"] == true;
        let told = || format!("{}, the model {wanted} {}", found.status.code(), open(&found, None));
        let result = agreement(says(found.status, wanted, false), told);
        all.enter(&case, "", case.strict(&["lifeline"]), &[("lifeline", result)]);
    }
    all.finish();
}

/// Facts that SNAP does not ask change nothing in it.
#[test]
fn added_facts_leave_snap_as_it_is() {
    for case in cases(Add::TheYear) {
        let plain = situation(&case.given["situation"]);
        let snap = book().program_named("snap").unwrap();
        let before = answer(book(), &plain, plain.as_of, &[snap], Depth::Summary).remove(0);
        let after = case.findings("snap", Depth::Summary);
        assert_eq!(before.status, after.status, "{}", case.id);
        let amounts = |found: &Findings| found.units.iter().map(amount_of).collect::<Vec<_>>();
        assert_eq!(amounts(&before), amounts(&after), "{}", case.id);
    }
}
