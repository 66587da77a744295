//! How often what was tried.

use std::collections::BTreeMap;

/// What was tried.
#[derive(Default)]
pub struct Tally {
    pub counts: BTreeMap<&'static str, u64>,
}

impl Tally {
    pub fn add(&mut self, name: &'static str, count: u64) {
        *self.counts.entry(name).or_default() += count;
    }

    pub fn merge(&mut self, other: Self) {
        for (name, count) in other.counts {
            self.add(name, count);
        }
    }

    pub fn get(&self, name: &str) -> u64 {
        self.counts.get(name).copied().unwrap_or(0)
    }
}
