//! Whatever it is given, no part that reads may panic, hang or eat the memory of the machine.
//!
//! `ONWARD_FUZZ_SECONDS` (30 if left out) is shared by four targets: the loader of rule files, the parser and
//! checker of expressions, the reader of situations, and the reader with the engine and the reply behind it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::filter_map_bool_then,
    clippy::manual_is_multiple_of,
    clippy::too_many_arguments,
    dead_code,
    unreachable_pub,
    reason = "a test may stop where it stands"
)]

#[path = "../common/mod.rs"]
mod common;

mod corpus;
mod mutate;
mod mutate_json;
mod names;
mod running;
mod targets;

use std::time::Duration;

use common::from_environment;

/// The time of one target.
fn share() -> Duration {
    Duration::from_secs_f64(from_environment("ONWARD_FUZZ_SECONDS", 30) as f64 / 4.0)
}

/// What is fuzzed, with its name.
type Target = (&'static str, fn(Duration));

/// Whether a target is wanted: all of them, or the one that `ONWARD_FUZZ_TARGET` names.
fn wanted(target: &str) -> bool {
    std::env::var("ONWARD_FUZZ_TARGET").map_or(true, |name| name == target)
}

#[test]
fn nothing_that_reads_panics_or_hangs() {
    let targets: [Target; 4] = [
        ("loader", targets::loader),
        ("expressions", targets::expression_checker),
        ("situations", targets::situation_reader),
        ("engine", targets::engine),
    ];
    for (name, target) in targets.into_iter().filter(|(name, _)| wanted(name)) {
        println!("{name}");
        target(share());
    }
}
