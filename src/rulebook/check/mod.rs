//! One check a file: what can be wrong in rules whose shape and names are right.
//!
//! For: the readers of rule files. Depends on: the YAML tree, the vocabulary and the typed trees. Each check
//! tells its faults at the narrowest place that it can.

pub(super) mod contradiction;
pub(super) mod options;
pub(super) mod records;
pub(super) mod relations;
pub(super) mod repeats;
pub(super) mod rows;
pub(super) mod versions;
