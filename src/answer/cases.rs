//! Runs the worked cases of the rule files, and tells which requirements lack one.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::engine::{self, Depth, Findings, UnitFinding};
use crate::kernel::{Day, Language, Range};
use crate::language::FactId;
use crate::rulebook::{Case, Ends, PersonRole, Program, RuleBook, RuleFault, Severity};
use crate::vocabulary::{Request, Role, read};

use super::contradictions::contradictions;

/// What the worked cases show.
#[derive(Debug, Clone, Default)]
pub struct CaseReport {
    /// How many were run.
    pub run: usize,
    /// Cases that do not come out as they say.
    pub faults: Vec<RuleFault>,
    /// For each requirement in force on some day that is covered: outcomes that no case shows.
    pub lacking: Vec<Lacking>,
}

/// A requirement for which a case is lacking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The program.
    pub program: String,
    /// The requirement.
    pub requirement: String,
    /// Outcomes that no case shows: `met`, `not_met`, `unknown`.
    pub outcomes: Vec<&'static str>,
}

/// Outcomes by program and requirement.
type Shown = BTreeMap<(String, String), BTreeSet<&'static str>>;

/// Runs every worked case. `today` is for cases that name no day.
#[must_use]
pub fn run_cases(book: &RuleBook, today: Day) -> CaseReport {
    let mut report = CaseReport::default();
    let mut shown = Shown::new();
    for case in &book.cases {
        report.run += 1;
        for message in run(book, case, today, &mut shown) {
            report.faults.push(RuleFault {
                severity: Severity::Error,
                code: "case-differs",
                message: format!("case `{}` ({}): {message}", case.id, shows(case)),
                help: Some("either the rules or the case is wrong: read the law again".to_owned()),
                file: std::sync::Arc::clone(&case.file),
                start: case.at.0,
                end: case.at.1,
            });
        }
    }
    report.lacking = lacking(book, &shown);
    report
}

/// What a case shows, and the trap that it guards against.
fn shows(case: &Case) -> String {
    let trap = case.trap.as_ref().map(|trap| format!("; guards against trap {trap}")).unwrap_or_default();
    format!("{}{trap}", case.title)
}

/// What a requirement can be shown to be: one without a test, or a bar, is never open.
fn lacking(book: &RuleBook, shown: &Shown) -> Vec<Lacking> {
    let mut lacking = Vec::new();
    for program in &book.programs {
        for requirement in &program.requirements {
            let tested = requirement.versions.iter().any(|version| version.says.test.is_some());
            let given = |id: &FactId| {
                let fact = book.vocabulary.fact(*id);
                fact.is_some_and(|fact| fact.required || fact.role == Some(Role::AsOf))
            };
            // What rests only on facts that each request gives is never open.
            let open = !requirement.bar && !requirement.facts.iter().all(given);
            let wanted: &[&'static str] = match (tested, open) {
                (false, _) => &[],
                (true, false) => &["met", "not_met"],
                (true, true) => &["met", "not_met", "unknown"],
            };
            let seen = shown.get(&(program.id.clone(), requirement.id.clone()));
            // Where the agency judges what holds, or forgives what fails, that is how it comes out.
            let instead = |outcome: &str| match outcome {
                "met" => requirement.agency_decides.is_some() || !requirement.agency_must_confirm.is_empty(),
                "not_met" => requirement.excusable.is_some() || !requirement.agency_may_accept.is_empty(),
                _ => false,
            };
            let has = |outcome: &&'static str| {
                seen.is_some_and(|seen| {
                    seen.contains(outcome) || (instead(outcome) && seen.contains("agency_decides"))
                })
            };
            let outcomes: Vec<_> = wanted.iter().filter(|outcome| !has(outcome)).copied().collect();
            if !outcomes.is_empty() {
                lacking.push(Lacking {
                    program: program.id.clone(),
                    requirement: requirement.id.clone(),
                    outcomes,
                });
            }
        }
    }
    lacking
}

/// Runs one case; tells each way in which it does not come out as it says.
fn run(book: &RuleBook, case: &Case, today: Day, shown: &mut Shown) -> Vec<String> {
    let request = match read(&case.situation, &book.vocabulary, |_| today, book.covers) {
        Ok(request) => request,
        Err(faults) => {
            return faults
                .iter()
                .map(|fault| format!("{}: {} ({})", fault.pointer, fault.detail, fault.expected))
                .collect();
        }
    };
    let faults = contradictions(book, &request.situation, &[], Language::English);
    if !faults.is_empty() {
        return faults.iter().map(|fault| format!("{}: {}", fault.pointer, fault.detail)).collect();
    }
    let Some(id) = book.program_named(&case.program) else {
        return vec![format!("there is no program `{}`", case.program)];
    };
    let day = request.situation.as_of;
    let found = engine::answer(book, &request.situation, day, &[id], Depth::Summary);
    let Some(found) = found.into_iter().next() else { return vec!["there is no answer".to_owned()] };
    let outcome = Outcomes { book, case, request: &request, found: &found };
    let outcomes = outcome.of_requirements();
    for (name, outcome) in &outcomes {
        let requirement = name.split('/').next().unwrap_or_default().to_owned();
        shown.entry((case.program.clone(), requirement)).or_default().insert(outcome);
    }
    outcome.differences(&outcomes)
}

/// What came out of a case.
struct Outcomes<'c> {
    book: &'c RuleBook,
    case: &'c Case,
    request: &'c Request,
    found: &'c Findings,
}

impl Outcomes<'_> {
    fn units(&self) -> impl Iterator<Item = &UnitFinding> {
        self.found.units.iter()
    }

    fn label(&self, person: usize) -> &str {
        self.request.situation.labels.get(person).map_or("", String::as_str)
    }

    /// Each outcome by `id` or `id/person`.
    fn of_requirements(&self) -> Vec<(String, &'static str)> {
        let Some(program) = self.book.program(self.found.program) else { return Vec::new() };
        let findings = self.units().flat_map(|unit| &unit.findings);
        let named = findings.filter_map(|finding| {
            let requirement = &program.requirements.get(finding.requirement)?.id;
            let name = match finding.person {
                Some(person) => format!("{requirement}/{}", self.label(person)),
                None => requirement.clone(),
            };
            Some((name, finding.outcome.code()))
        });
        named.collect()
    }

    fn differences(&self, outcomes: &[(String, &'static str)]) -> Vec<String> {
        let expected = &self.case.expected;
        let mut differences = Vec::new();
        let mut compare = |what: &str, wanted: &str, got: &str| {
            if wanted != got {
                differences.push(format!("{what}: expected {wanted}, got {got}"));
            }
        };
        if let Some(wanted) = &expected.status {
            compare("status", wanted, self.found.status.code());
        }
        let people: Vec<_> = self.units().flat_map(|unit| &unit.people).collect();
        let person = |id: &str| people.iter().find(|one| self.label(one.person) == id);
        for (id, wanted) in &expected.people {
            let got = person(id).map_or("nobody", |one| match one.role {
                PersonRole::Outside => PersonRole::Outside.name(),
                PersonRole::Member | PersonRole::CountedOnly => one.status.code(),
            });
            compare(&format!("status of {id}"), wanted, got);
        }
        for (id, wanted) in &expected.roles {
            compare(&format!("role of {id}"), wanted, person(id).map_or("nobody", |one| one.role.name()));
        }
        for (name, wanted) in &expected.requirements {
            let got = outcomes
                .iter()
                .find(|(known, _)| known == name)
                .map_or("no such finding", |(_, outcome)| outcome);
            compare(&format!("requirement {name}"), wanted, got);
        }
        let first = self
            .found
            .units
            .iter()
            .find(|unit| unit.status == self.found.status)
            .or(self.found.units.first());
        let amount = first.and_then(|unit| unit.amount.as_ref()).map(|amount| amount.range);
        if let Some(wanted) = expected.amount {
            let (wanted, got) = compared(wanted, amount);
            compare("amount", &wanted, &got);
        }
        let period = first.and_then(|unit| unit.first_period.as_ref()).map(|period| period.range);
        if let Some(wanted) = expected.first_period {
            let (wanted, got) = compared(wanted, period);
            compare("first period", &wanted, &got);
        }
        let vocabulary = &self.book.vocabulary;
        let missing: Vec<&str> = self
            .units()
            .flat_map(|unit| &unit.missing)
            .filter_map(|one| vocabulary.fact(one.fact.fact).map(|fact| fact.name.as_str()))
            .collect();
        for wanted in &expected.missing {
            if !missing.contains(&wanted.as_str()) {
                compare("missing", wanted, &missing.join(", "));
            }
        }
        if expected.nothing_missing && !missing.is_empty() {
            compare("missing", "nothing", &missing.join(", "));
        }
        let program = self.book.program(self.found.program);
        for wanted in &expected.unsettled {
            let differs = |unit: &UnitFinding| {
                unit.other_readings.iter().any(|other| {
                    let finding = unit.findings.get(other.finding);
                    let requirement = finding.and_then(|one| program?.requirements.get(one.requirement));
                    requirement.is_some_and(|requirement| requirement.id == *wanted)
                })
            };
            if !self.units().any(differs) {
                compare("unsettled", wanted, "settled");
            }
        }
        let differ: usize = self.units().map(|unit| unit.other_readings.len()).sum();
        if expected.nothing_unsettled && differ > 0 {
            compare("unsettled", "nothing", &differ.to_string());
        }
        for wanted in &expected.steps {
            if !self.tells(|unit, program| {
                unit.said
                    .steps
                    .iter()
                    .filter_map(|place| program.steps.get(*place))
                    .any(|entry| entry.says.id == *wanted)
            }) {
                compare("step", wanted, "not told");
            }
        }
        for wanted in &expected.cautions {
            if !self.tells(|unit, program| {
                let said = unit.said.cautions.iter().filter_map(|place| program.cautions.get(*place));
                said.into_iter().any(|entry| entry.says.id == *wanted)
            }) {
                compare("caution", wanted, "not told");
            }
        }
        differences
    }

    /// Whether some unit is told something.
    fn tells(&self, what: impl Fn(&UnitFinding, &Program) -> bool) -> bool {
        self.book
            .program(self.found.program)
            .is_some_and(|program| self.units().any(|unit| what(unit, program)))
    }
}

/// An expected amount and the one that came out, each in words; only the ends that are given are compared.
fn compared(wanted: Ends, got: Option<Range>) -> (String, String) {
    let ends = got.and_then(|range| range.low.finite().zip(range.high.finite()));
    let end = |of: Option<Decimal>, which: &str| match of {
        Some(amount) => format!("{} at the {which} end", super::speech::dollars(amount)),
        None => "none".to_owned(),
    };
    match (wanted.low, wanted.high) {
        (Some(low), None) => (end(Some(low), "low"), end(ends.map(|(low, _)| low), "low")),
        (None, Some(high)) => (end(Some(high), "high"), end(ends.map(|(_, high)| high), "high")),
        (low, high) => (money(low.zip(high)), money(ends)),
    }
}

fn money(range: Option<(Decimal, Decimal)>) -> String {
    match range {
        None => "none".to_owned(),
        Some((low, high)) if low == high => super::speech::dollars(low),
        Some((low, high)) => format!("{} to {}", super::speech::dollars(low), super::speech::dollars(high)),
    }
}
