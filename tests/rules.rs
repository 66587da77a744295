//! The shipped rules are read, checked and compiled without a fault.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may stop where it stands"
)]

use onward::rulebook::{Report, load_embedded};

fn listed(report: &Report) -> String {
    report
        .faults
        .iter()
        .map(|fault| format!("{fault:?}  [{}]\n", fault.help.clone().unwrap_or_default()))
        .collect()
}

#[test]
fn the_shipped_rules_have_no_fault() {
    match load_embedded() {
        Ok(book) => assert!(!book.programs.is_empty()),
        Err(report) => panic!("{} faults\n{}", report.faults.len(), listed(&report)),
    }
}
