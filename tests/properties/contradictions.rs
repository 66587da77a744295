//! Knowing less never contradicts: what is answered to a part of a household must leave open what the whole is told.

use std::collections::BTreeSet;

use onward::engine::{Depth, Findings, Outcome, Status, UnitFinding};
use onward::rulebook::{PersonRole, RuleBook};
use serde_json::Value as Json;

use crate::answers::answers;
use crate::common::erase::{Edit, applied};
use crate::common::situation;

fn may_become(full: Status, partial: Status) -> bool {
    partial == full || partial == Status::NeedsInformation
}

fn role_and_status(unit: &UnitFinding, person: usize) -> Option<(PersonRole, Status)> {
    let found = unit.people.iter().find(|one| one.person == person)?;
    (found.role != PersonRole::Outside).then_some((found.role, found.status))
}

/// How a partial answer contradicts the full one. `people` gives for each person of the partial
/// situation who they are in the full one.
pub fn contradictions(
    book: &RuleBook,
    full: &[Findings],
    partial: &[Findings],
    people: &[usize],
    cells: &mut u64,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for (all, part) in full.iter().zip(partial) {
        let program = &book.programs[all.program.index()];
        let id = &program.id;
        *cells += 1;
        // A person's program has the best status of all who apply: it is compared person by person.
        if program.unit.is_some() && !may_become(all.status, part.status) {
            wrong.push(format!("{id}: {} becomes {}", all.status.code(), part.status.code()));
        }
        for (place, unit) in part.units.iter().enumerate() {
            let set: BTreeSet<usize> = unit.people.iter().map(|one| people[one.person]).collect();
            let same = |other: &&UnitFinding| {
                other.people.iter().map(|one| one.person).collect::<BTreeSet<_>>() == set
            };
            // The first unit is the first applicant's; others are compared where nobody's belonging is in doubt.
            // Units that may hold the same people are told apart by their heads alone.
            let once = all.units.iter().filter(|unit| same(unit)).count() == 1
                && part.units.iter().filter(|other| other.people.len() == unit.people.len()).count() == 1;
            let other = if place == 0 && program.unit.is_some() {
                all.units.first()
            } else {
                all.units.iter().find(same).filter(|_| once || program.unit.is_none())
            };
            if let Some(other) = other {
                compare_units(id, program, other, unit, people, cells, &mut wrong);
            }
        }
    }
    wrong
}

fn compare_units(
    id: &str,
    program: &onward::rulebook::Program,
    all: &UnitFinding,
    part: &UnitFinding,
    people: &[usize],
    cells: &mut u64,
    wrong: &mut Vec<String>,
) {
    *cells += 1;
    if !may_become(all.status, part.status) {
        wrong.push(format!("{id}: unit {} becomes {}", all.status.code(), part.status.code()));
    }
    for (place, person) in people.iter().enumerate() {
        *cells += 1;
        match (role_and_status(all, *person), role_and_status(part, place)) {
            (None, None) => {}
            (Some((role, status)), Some((_, now))) => {
                if !may_become(status, now) {
                    wrong.push(format!(
                        "{id}: person {person} ({}) {} becomes {}",
                        role.name(),
                        status.code(),
                        now.code()
                    ));
                }
            }
            (Some((role, status)), None) => {
                wrong.push(format!("{id}: person {person} ({}, {}) is left out", role.name(), status.code()));
            }
            (None, Some((role, now))) => {
                if !matches!(now, Status::NeedsInformation | Status::NotEligible) {
                    wrong.push(format!(
                        "{id}: person {person}, outside, becomes {} ({})",
                        now.code(),
                        role.name()
                    ));
                }
            }
        }
    }
    if part.status != Status::NotEligible {
        if let Some(amount) = &all.amount {
            *cells += 1;
            let holds = part
                .amount
                .as_ref()
                .is_some_and(|now| now.range.low <= amount.range.low && amount.range.high <= now.range.high);
            if !holds {
                wrong.push(format!("{id}: amount {:?} is not in {:?}", amount.range, part.amount));
            }
        }
        if let Some(first) = &all.first_period {
            *cells += 1;
            let holds = part.first_period.as_ref().is_some_and(|now| {
                now.range.low <= first.range.low
                    && first.range.high <= now.range.high
                    && now.from.low <= first.from.low
                    && first.to.high <= now.to.high
            });
            if !holds {
                wrong.push(format!("{id}: first period {first:?} is not in {:?}", part.first_period));
            }
        }
    }
    for finding in &part.findings {
        let person = finding.person.map(|person| people[person]);
        let same =
            all.findings.iter().find(|one| (one.requirement, one.person) == (finding.requirement, person));
        let Some(same) = same else { continue };
        *cells += 1;
        let settled = |outcome| match outcome {
            Outcome::Met | Outcome::NotTested => Some(true),
            Outcome::NotMet => Some(false),
            Outcome::Unknown | Outcome::AgencyDecides => None,
        };
        let flips =
            matches!((settled(same.outcome), settled(finding.outcome)), (Some(one), Some(two)) if one != two);
        // An agency's judgment cannot turn into a settled outcome by leaving facts out, nor the other way round.
        let judged = |one, two| {
            one == Outcome::AgencyDecides && two != Outcome::AgencyDecides && two != Outcome::Unknown
        };
        if flips
            || judged(same.outcome, finding.outcome)
            || judged(finding.outcome, same.outcome) && same.outcome != Outcome::Unknown
        {
            let requirement = &program.requirements[finding.requirement].id;
            wrong.push(format!(
                "{id}/{requirement} of {person:?}: {} becomes {}",
                same.outcome.code(),
                finding.outcome.code()
            ));
        }
    }
}

/// Compares the answers to a body and to what is left of it after `edits`.
pub fn know_less(book: &RuleBook, body: &Json, edits: &[Edit], cells: &mut u64) -> Vec<String> {
    let full = answers(book, &situation(book, body), Depth::Result);
    know_less_than(book, &full, body, edits, cells)
}

pub fn know_less_than(
    book: &RuleBook,
    full: &[Findings],
    body: &Json,
    edits: &[Edit],
    cells: &mut u64,
) -> Vec<String> {
    let less = situation(book, &applied(body, edits));
    let partial = answers(book, &less, Depth::Result);
    let people: Vec<usize> = (0..less.people()).collect();
    contradictions(book, full, &partial, &people, cells)
}
