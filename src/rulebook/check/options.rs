//! A state that adds to a program decides everything that the program leaves to each state.

use super::super::shape::Faults;
use super::super::yaml::Node;

/// Tells the options of a module that a state leaves open.
pub(in crate::rulebook) fn check(extends: &Node, undecided: &[&str], faults: &mut Faults<'_>) {
    if undecided.is_empty() {
        return;
    }
    let message = format!("this state leaves open what each state decides: {}", undecided.join(", "));
    let help = "give each of them a value under `figures:` or `definitions:` here".to_owned();
    faults.add(extends.at, "open-option", message, Some(help));
}
