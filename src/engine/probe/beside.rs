//! What decides together with a fact.

use foldhash::HashMap;

use crate::vocabulary::FactRef;

use super::super::findings::Findings;

/// The most facts that are looked at beside one.
const MOST: usize = 10;

/// What decides together with a fact, by the numbers of the candidates.
pub(super) struct Beside {
    facts: Vec<usize>,
    excuses: Vec<usize>,
}

impl Beside {
    /// The facts of the open requirements that a fact stands in, and those of what would excuse from them.
    pub(super) fn of(at: FactRef, found: &Findings, numbers: &HashMap<FactRef, usize>) -> Self {
        let number = |fact: &FactRef| numbers.get(fact).copied().filter(|_| *fact != at);
        let mut beside = Self { facts: Vec::new(), excuses: Vec::new() };
        let findings = found.units.iter().flat_map(|unit| &unit.findings);
        for finding in findings.filter(|finding| finding.why.facts.contains(&at)) {
            for fact in finding.why.facts.iter().filter_map(number) {
                if beside.facts.len() == MOST {
                    break;
                }
                if !beside.facts.contains(&fact) {
                    beside.facts.push(fact);
                }
            }
            let excuses = finding.ways_out.iter().flat_map(|way| &way.facts);
            beside.excuses.extend(excuses.filter_map(number));
        }
        beside
    }

    /// Those that decide beside it.
    pub(super) fn facts(&self) -> Vec<usize> {
        self.facts.clone()
    }

    /// Whether a candidate decides beside it or would excuse.
    pub(super) fn has(&self, number: usize) -> bool {
        self.facts.contains(&number) || self.excuses.contains(&number)
    }
}
