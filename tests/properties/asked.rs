//! What is wrong with the facts that an answer calls missing.

use std::collections::BTreeSet;

use onward::engine::{Findings, Missing, Status};
use onward::language::FactId;
use onward::vocabulary::{Given, Kind, Role, Situation};
use serde_json::Value as Json;

use crate::common::household::Generator;

pub struct Asked<'b> {
    pub generator: &'b Generator<'b>,
    pub used: BTreeSet<FactId>,
}

impl Asked<'_> {
    /// Everything wrong with what the answer calls missing.
    pub fn faults(&self, body: &Json, situation: &Situation, found: &[Findings]) -> Vec<String> {
        let book = self.generator.book;
        let mut wrong = Vec::new();
        for one in found {
            let id = &book.programs[one.program.index()].id;
            if one.status == Status::NeedsInformation && one.units.iter().all(|unit| unit.missing.is_empty())
            {
                wrong.push(format!("{id}: needs information and names no fact"));
            }
            for unit in &one.units {
                if unit.status == Status::NeedsInformation && unit.missing.is_empty() {
                    wrong.push(format!("{id}: a unit needs information and names no fact"));
                }
                for missing in &unit.missing {
                    wrong.extend(self.fault(body, situation, missing).map(|fault| format!("{id}: {fault}")));
                }
            }
        }
        wrong
    }

    fn fault(&self, body: &Json, situation: &Situation, missing: &Missing) -> Option<String> {
        let book = self.generator.book;
        let fact = book.vocabulary.fact(missing.fact.fact)?;
        let pointer = situation.pointer(missing.fact, &book.vocabulary);
        if fact.never_asked {
            return Some(format!("{pointer} is never asked, and called missing"));
        }
        let person = usize::from(missing.fact.person);
        if fact.of_applicants_only && !situation.applies(person) {
            return Some(format!("{pointer} is of applicants alone, and called missing of somebody else"));
        }
        if fact.role == Some(Role::People) {
            return (!situation.open).then(|| "people is called missing, but the list is whole".to_owned());
        }
        if fact.role == Some(Role::Relationships) {
            let partly = body["relationships"]
                .as_array()
                .is_some_and(|list| list.iter().all(|entry| entry["is"].is_string()));
            return partly.then(|| "relationships are called missing, but were given".to_owned());
        }
        let given = match fact.kind {
            Kind::Items(_) => situation.list(missing.fact).is_some_and(|list| list.given == Given::Told),
            Kind::One(_) => situation.known(missing.fact, &book.vocabulary).is_none_or(|known| {
                known.given != Given::Told && known.value.is_settled()
                    || known.given == Given::Told && known.value.is_settled()
            }),
        };
        given.then(|| format!("{pointer} is called missing, but was given"))
    }
}
