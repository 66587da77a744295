//! The shipped rules are read, checked and compiled without a fault.

use onward::rulebook::{Report, load_embedded};

fn listed(report: &Report) -> String {
    report.faults.iter().map(|fault| format!("{fault:?}  [{}]\n", fault.help.clone().unwrap_or_default())).collect()
}

#[test]
fn the_shipped_rules_have_no_fault() {
    match load_embedded() {
        Ok(book) => assert!(!book.programs.is_empty()),
        Err(report) => panic!("{} faults\n{}", report.faults.len(), listed(&report)),
    }
}
