//! What our findings say of a person, a household or a tax return, in the words of the model.

use std::collections::BTreeSet;

use onward::engine::{Findings, Outcome, Status, UnitFinding};
use onward::kernel::{Bound, Range, Value as Known};
use onward::rulebook::PersonRole;
use rust_decimal::Decimal;

use crate::cases::{Case, book};

/// No money.
pub(crate) const NOTHING: Range = Range { low: Bound::ZERO, high: Bound::ZERO };

/// The unit in which this person has a status of their own.
pub(crate) fn unit_of(found: &Findings, person: usize) -> Option<(&UnitFinding, Status)> {
    found.units.iter().find_map(|unit| {
        let own = unit.people.iter().find(|one| one.person == person && one.role == PersonRole::Member)?;
        Some((unit, own.status))
    })
}

pub(crate) fn status_of(found: &Findings, person: usize) -> Status {
    unit_of(found, person).map_or(Status::NotEligible, |(_, status)| status)
}

/// Whether `status` says what the model says. Where an agency has to find what the model takes as found (a
/// disability, a nutritional risk), `may_qualify` is yes.
pub(crate) fn says(status: Status, yes: bool, agency_finds: bool) -> bool {
    match status {
        Status::Eligible => yes,
        Status::MayQualify => yes && agency_finds,
        Status::NotEligible | Status::NotInForce => !yes,
        Status::NeedsInformation => false,
    }
}

pub(crate) fn amount_of(unit: &UnitFinding) -> Range {
    match unit.status {
        Status::NotEligible | Status::NotInForce => NOTHING,
        _ => unit.amount.as_ref().map_or(NOTHING, |amount| amount.range),
    }
}

pub(crate) fn near(range: Range, wanted: Decimal, tolerance: Decimal) -> bool {
    let low = Bound::at(wanted - tolerance);
    let high = Bound::at(wanted + tolerance);
    low <= range.low && range.high <= high
}

/// What is not met or unknown, to find where a difference begins.
pub(crate) fn open(found: &Findings, about: Option<usize>) -> String {
    let requirements = &book().programs[found.program.index()].requirements;
    let mut all = BTreeSet::new();
    for finding in found.units.iter().flat_map(|unit| &unit.findings) {
        let concerns = about.is_none() || finding.person.is_none() || finding.person == about;
        if concerns && !matches!(finding.outcome, Outcome::Met | Outcome::NotTested) {
            all.insert(format!("{}={}", requirements[finding.requirement].id, finding.outcome.code()));
        }
    }
    format!("{all:?}")
}

/// Those units of the answer in which people of this tax unit are, each once.
pub(crate) fn units_of<'a>(case: &Case, found: &'a Findings, tax_unit: &str) -> Vec<&'a UnitFinding> {
    let inside = |person: usize| case.tax_units[person] == tax_unit;
    let of = |unit: &&UnitFinding| {
        unit.people.iter().any(|one| one.role != PersonRole::Outside && inside(one.person))
    };
    found.units.iter().filter(of).collect()
}

fn plus(one: Range, two: Range) -> Range {
    Range { low: one.low.plus(two.low), high: one.high.plus(two.high) }
}

/// What these units are paid together.
pub(crate) fn paid(units: &[&UnitFinding]) -> Range {
    units.iter().map(|unit| amount_of(unit)).fold(NOTHING, plus)
}

/// A step of the worksheet, added over the units.
pub(crate) fn step(units: &[&UnitFinding], name: &str) -> Range {
    let mut sum = NOTHING;
    for line in units.iter().flat_map(|unit| &unit.worksheet) {
        let Some(id) = line.definition else { continue };
        if book().definitions[id.index()].name == name
            && let Known::Number(range) = line.value
        {
            sum = plus(sum, range);
        }
    }
    sum
}
