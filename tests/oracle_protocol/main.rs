//! An independent model's results for the same households, for the means-tested programs beside SNAP.
//!
//! `fixtures/oracle/README.md` tells where the households come from and which facts are added to them here;
//! each result in which the law departs from that model is listed with its legal reason in a
//! `fixtures/oracle/divergences-*.yaml`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a test may stop where it stands"
)]

mod added;
mod cases;
mod comparison;
mod households;
mod people;
mod results;
mod returns;

use std::collections::BTreeSet;

use added::GROUPS;
use comparison::divergences;

/// The programs that the entries of the divergence files may name beside those compared here.
const ELSEWHERE: [&str; 2] = ["snap", "liheap"];

#[test]
fn every_divergence_is_of_a_program_that_is_compared() {
    let mut known: BTreeSet<_> = GROUPS.into_iter().chain(ELSEWHERE).collect();
    known.extend(["emergency-medicaid", "wic", "school-meals", "ssi", "ar-tea", "lifeline"]);
    known.extend(["eitc", "child-tax-credit", "marketplace-tax-credit"]);
    for key in divergences() {
        assert!(known.contains(key.2.as_str()), "{key:?}");
    }
}
