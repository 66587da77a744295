//! Results written out without the order of people in them, to be compared.

use std::collections::BTreeSet;

use onward::engine::{Findings, UnitFinding};
use onward::language::FactId;
use onward::rulebook::RuleBook;
use onward::vocabulary::FactRef;

/// A result without the order of people in it.
pub fn faceless(book: &RuleBook, found: &[Findings], names: &[String], top_alone: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for one in found {
        lines.push(format!("{} {}", book.programs[one.program.index()].id, one.status.code()));
        let mut units: Vec<String> = one
            .units
            .iter()
            .take(if top_alone { 1 } else { usize::MAX })
            .map(|unit| face(unit, names))
            .collect();
        if let Some(others) = units.get_mut(1..) {
            others.sort();
        }
        lines.extend(units);
    }
    lines
}

fn face(unit: &UnitFinding, names: &[String]) -> String {
    let name = |person: usize| names.get(person).map_or("?", String::as_str);
    let mut people: Vec<_> = unit
        .people
        .iter()
        .map(|one| format!("{}:{}:{}", name(one.person), one.role.name(), one.status.code()))
        .collect();
    people.sort();
    let mut findings: Vec<_> = unit
        .findings
        .iter()
        .map(|one| {
            let mut ways: Vec<_> = one.ways_out.iter().map(|way| way.exemption).collect();
            ways.sort_unstable();
            format!(
                "{}/{}={}{ways:?}{:?}{:?}{}",
                one.requirement,
                one.person.map_or("", name),
                one.outcome.code(),
                one.excused_by,
                one.left_to_agency,
                one.provided_that
            )
        })
        .collect();
    findings.sort();
    format!(
        "{} {people:?} {:?} {:?} {findings:?} {:?}",
        unit.status.code(),
        unit.amount,
        unit.first_period,
        unit.said.documents
    )
}

pub fn missing_names(unit: &UnitFinding, names: &[String]) -> BTreeSet<(String, FactId)> {
    let name = |fact: &FactRef| names.get(usize::from(fact.person)).cloned().unwrap_or_default();
    unit.missing.iter().map(|missing| (name(&missing.fact), missing.fact.fact)).collect()
}
