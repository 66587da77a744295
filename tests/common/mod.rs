//! What the property tests, the fuzzers and the benches share: random households built from the vocabulary.

#![allow(dead_code, reason = "each test uses its own part of this")]

pub mod erase;
pub mod household;
pub mod law;
pub mod random;
pub mod values;

use onward::kernel::Day;
use onward::rulebook::RuleBook;
use onward::vocabulary::{Situation, read};
use serde_json::Value as Json;

/// Reads a body that must be sound.
pub fn situation(book: &RuleBook, body: &Json) -> Situation {
    match read(body, &book.vocabulary, today, book.covers) {
        Ok(request) => request.situation,
        Err(faults) => panic!("{faults:#?}\n{body}"),
    }
}

/// A day that stands for today.
pub fn today(_: &str) -> Day {
    Day::from_ymd_opt(2026, 11, 23).unwrap()
}

/// A number from the environment.
pub fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.replace('_', "").parse().ok()).unwrap_or(otherwise)
}

/// How many households or inputs are tried at once.
pub fn threads() -> usize {
    std::thread::available_parallelism()
        .map_or(2, usize::from)
        .min(from_environment("ONWARD_THREADS", 64) as usize)
}
