//! One check a file: what can be wrong in rules whose shape and names are right.
//!
//! For: the readers of rule files, and `compile` (what only shows in the whole). Depends on: the YAML tree, the
//! vocabulary, the typed trees and what they rest on. Each check tells its faults at the narrowest place that it can.

pub(super) mod amounts;
pub(super) mod braces;
pub(super) mod circles;
pub(super) mod contradiction;
pub(super) mod days;
pub(super) mod duplicates;
pub(super) mod factors;
pub(super) mod naming;
pub(super) mod options;
pub(super) mod programs;
pub(super) mod records;
pub(super) mod registry;
pub(super) mod relations;
pub(super) mod repeats;
pub(super) mod rows;
pub(super) mod state_part;
pub(super) mod steps;
pub(super) mod units;
pub(super) mod unused;
pub(super) mod versions;
