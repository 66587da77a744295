//! What decides together with a fact, and the ways to put it so that the fact decides alone.

use crate::vocabulary::FactRef;

use super::super::findings::Findings;
use super::super::telling::USUAL;
use super::search::Candidate;

/// The most ways for one fact.
const WAYS: usize = 24;

/// What decides together with a fact.
pub(super) struct Beside {
    /// Numbers of the candidates, each with how many values it is tried at.
    facts: Vec<(usize, usize)>,
    excuses: Vec<FactRef>,
}

impl Beside {
    pub(super) fn of(at: FactRef, found: &Findings, candidates: &[Candidate]) -> Self {
        let findings = found.units.iter().flat_map(|unit| &unit.findings);
        let mut facts: Vec<(usize, usize)> = Vec::new();
        let mut excuses = Vec::new();
        for finding in findings.filter(|finding| finding.why.facts.contains(&at)) {
            for fact in finding.why.facts.iter().filter(|fact| **fact != at) {
                let number = candidates.iter().position(|other| other.at == *fact);
                if let Some(number) = number.filter(|number| !facts.iter().any(|(known, _)| known == number))
                {
                    let values = candidates.get(number).map_or(0, |other| other.changes.len());
                    facts.push((number, values.min(USUAL + 8)));
                }
            }
            excuses.extend(finding.ways_out.iter().flat_map(|way| &way.facts));
        }
        facts.sort_by_key(|(_, values)| *values);
        Self { facts, excuses }
    }

    /// All of these as they give least; then each in turn at each of its values and the others so.
    pub(super) fn ways(&self) -> usize {
        (1 + self.facts.iter().map(|(_, values)| values).sum::<usize>()).min(WAYS)
    }

    /// What a candidate is put to: what decides with the fact as it gives least, one of them at a value of its own;
    /// what excuses as it was. `None`: as it stands.
    pub(super) fn place(&self, way: usize, number: usize, candidates: &[Candidate]) -> Option<Option<usize>> {
        let other = candidates.get(number)?;
        let mut before = 1;
        for (known, values) in &self.facts {
            if *known == number {
                let own = (before..before + values).contains(&way);
                return Some(Some(if own { way - before } else { other.worst }));
            }
            before += values;
        }
        self.excuses.contains(&other.at).then_some(None)
    }
}
