//! Runs the worked cases of the rule files, and tells which requirements lack one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::engine::{self, Depth, Findings, UnitFinding};
use crate::kernel::{Day, Language, Range};
use crate::language::FactId;
use crate::rulebook::{Case, CasePlaces, Ends, PersonRole, Program, RuleBook, RuleFault, Severity};
use crate::vocabulary::{Request, Role, read};

use super::contradictions::contradictions;
use super::{case_faults, case_names};

/// What the worked cases show.
#[derive(Debug, Clone, Default)]
pub struct CaseReport {
    /// How many were run.
    pub run: usize,
    /// How many of them do not come out as they say, or could not be read.
    pub failed: usize,
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
    let mut places: Option<(&str, Option<CasePlaces>)> = None;
    let mut told = BTreeSet::new();
    for case in &book.cases {
        report.run += 1;
        let faults = run(book, case, today, &mut shown);
        report.failed += usize::from(!faults.is_empty());
        for fault in faults {
            let path = case.file.path.as_str();
            let (_, places) = match &places {
                Some(known) if known.0 == path => known,
                _ => places.insert((path, CasePlaces::of(&case.file))),
            };
            let (start, end) =
                places.as_ref().and_then(|places| fault.place(case, places)).unwrap_or(case.at);
            // What is wrong in a situation is told once, and not again for each case that starts from it.
            let in_situation = matches!(fault.at, At::Situation(_));
            if in_situation && !told.insert((path, start, end, fault.message.clone())) {
                continue;
            }
            let message = format!("case `{}` ({}): {}", case.id, shows(case), fault.message);
            let (code, help) = (fault.code, Some(fault.help));
            let file = Arc::clone(&case.file);
            report.faults.push(RuleFault {
                severity: Severity::Error,
                code,
                message,
                help,
                file,
                start,
                end,
            });
        }
    }
    report.lacking = lacking(book, &shown);
    report
}

/// One thing wrong with a case.
pub(super) struct Wrong {
    code: &'static str,
    message: String,
    help: String,
    at: At,
}

/// Where in a case something is wrong.
enum At {
    /// The whole.
    Case,
    /// A fact, by JSON Pointer.
    Situation(String),
    /// A part of what is expected.
    Expected(Vec<String>),
}

impl Wrong {
    fn differs(path: &[&str], message: String) -> Self {
        let help = "either the rules or the case is wrong: read the law again".to_owned();
        Self { code: "case-differs", message, help, at: expected(path) }
    }

    /// A name in what is expected that stands for nothing.
    pub(super) fn unknown(path: &[&str], message: String, help: String) -> Self {
        Self { code: "case-expects-unknown", message, help, at: expected(path) }
    }

    fn place(&self, case: &Case, places: &CasePlaces) -> Option<(usize, usize)> {
        match &self.at {
            At::Case => places.of_case(&case.id),
            At::Situation(pointer) => places.of_situation(&case.id, pointer),
            At::Expected(path) => {
                let path: Vec<&str> = path.iter().map(String::as_str).collect();
                places.of_expected(&case.id, &path)
            }
        }
    }
}

fn expected(path: &[&str]) -> At {
    At::Expected(path.iter().map(|step| (*step).to_owned()).collect())
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
fn run(book: &RuleBook, case: &Case, today: Day, shown: &mut Shown) -> Vec<Wrong> {
    let in_situation =
        |pointer, message, help| Wrong { code: "case-situation", message, help, at: At::Situation(pointer) };
    let alone = |message: String| {
        let help = "this is a fault of the program: tell its makers".to_owned();
        vec![Wrong { code: "case-differs", message, help, at: At::Case }]
    };
    let request = match read(&case.situation, &book.vocabulary, |_| today, book.covers) {
        Ok(request) => request,
        Err(faults) => {
            let faults = case_faults::told(book, case, today, &faults).into_iter();
            return faults.map(|wrong| in_situation(wrong.pointer, wrong.message, wrong.help)).collect();
        }
    };
    let faults = contradictions(book, &request.situation, &[], Language::English);
    if !faults.is_empty() {
        let faults = faults.into_iter().map(|fault| {
            let message = format!("{}: {}", fault.pointer, fault.detail);
            in_situation(fault.pointer, message, format!("expected {}", fault.expected))
        });
        return faults.collect();
    }
    let Some(id) = book.program_named(&case.program) else {
        return alone(format!("there is no program `{}`", case.program));
    };
    let day = request.situation.as_of;
    let found = engine::answer(book, &request.situation, day, &[id], Depth::Summary);
    let Some(found) = found.into_iter().next() else { return alone("there is no answer".to_owned()) };
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

    fn differences(&self, outcomes: &[(String, &'static str)]) -> Vec<Wrong> {
        let expected = &self.case.expected;
        let mut differences = case_names::unknown(self.book, self.case, &self.request.situation.labels);
        let known = |differences: &[Wrong], path: &[&str]| {
            let at = |wrong: &Wrong| matches!(&wrong.at, At::Expected(known) if known == path);
            !differences.iter().any(at)
        };
        let mut compare = |path: &[&str], what: &str, wanted: &str, got: &str| {
            if wanted != got && known(&differences, path) {
                differences.push(Wrong::differs(path, format!("{what}: expected {wanted}, got {got}")));
            }
        };
        if let Some(wanted) = &expected.status {
            compare(&["status"], "status", wanted, self.found.status.code());
        }
        let people: Vec<_> = self.units().flat_map(|unit| &unit.people).collect();
        let person = |id: &str| people.iter().find(|one| self.label(one.person) == id);
        for (id, wanted) in &expected.people {
            let got = person(id).map_or("nobody", |one| match one.role {
                PersonRole::Outside => PersonRole::Outside.name(),
                PersonRole::Member | PersonRole::CountedOnly => one.status.code(),
            });
            compare(&["people", id], &format!("status of {id}"), wanted, got);
        }
        for (id, wanted) in &expected.roles {
            let got = person(id).map_or("nobody", |one| one.role.name());
            compare(&["roles", id], &format!("role of {id}"), wanted, got);
        }
        for (name, wanted) in &expected.requirements {
            let found = outcomes.iter().find(|(known, _)| known == name);
            let got = found.map_or("nothing: it was not asked", |(_, outcome)| outcome);
            compare(&["requirements", name], &format!("requirement {name}"), wanted, got);
        }
        let same = |unit: &&UnitFinding| unit.status == self.found.status;
        let first = self.units().find(same).or(self.found.units.first());
        let amount = first.and_then(|unit| unit.amount.as_ref()).map(|amount| amount.range);
        if let Some(wanted) = expected.amount {
            let (wanted, got) = compared(wanted, amount);
            compare(&["amount"], "amount", &wanted, &got);
        }
        let period = first.and_then(|unit| unit.first_period.as_ref()).map(|period| period.range);
        if let Some(wanted) = expected.first_period {
            let (wanted, got) = compared(wanted, period);
            compare(&["first_period"], "first period", &wanted, &got);
        }
        let vocabulary = &self.book.vocabulary;
        let missing: Vec<&str> = self
            .units()
            .flat_map(|unit| &unit.missing)
            .filter_map(|one| vocabulary.fact(one.fact.fact).map(|fact| fact.name.as_str()))
            .collect();
        for (place, wanted) in expected.missing.iter().enumerate() {
            if !missing.contains(&wanted.as_str()) {
                compare(&["missing", &place.to_string()], "missing", wanted, &missing.join(", "));
            }
        }
        if expected.nothing_missing && !missing.is_empty() {
            compare(&["missing"], "missing", "nothing", &missing.join(", "));
        }
        let program = self.book.program(self.found.program);
        for (place, wanted) in expected.unsettled.iter().enumerate() {
            let differs = |unit: &UnitFinding| {
                unit.other_readings.iter().any(|other| {
                    let finding = unit.findings.get(other.finding);
                    let requirement = finding.and_then(|one| program?.requirements.get(one.requirement));
                    requirement.is_some_and(|requirement| requirement.id == *wanted)
                })
            };
            if !self.units().any(differs) {
                compare(&["unsettled", &place.to_string()], "unsettled", wanted, "settled");
            }
        }
        let differ: usize = self.units().map(|unit| unit.other_readings.len()).sum();
        if expected.nothing_unsettled && differ > 0 {
            compare(&["unsettled"], "unsettled", "nothing", &differ.to_string());
        }
        for (place, wanted) in expected.steps.iter().enumerate() {
            if !self.tells(|unit, program| {
                let said = unit.said.steps.iter().filter_map(|place| program.steps.get(*place));
                said.into_iter().any(|entry| entry.says.id == *wanted)
            }) {
                compare(&["steps", &place.to_string()], "step", wanted, "not told");
            }
        }
        for (place, wanted) in expected.cautions.iter().enumerate() {
            if !self.tells(|unit, program| {
                let said = unit.said.cautions.iter().filter_map(|place| program.cautions.get(*place));
                said.into_iter().any(|entry| entry.says.id == *wanted)
            }) {
                compare(&["cautions", &place.to_string()], "caution", wanted, "not told");
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
