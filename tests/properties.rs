//! What must hold of every answer, tried out on many random households.
//!
//! `ONWARD_SITUATIONS` says how many (20,000 if left out), `ONWARD_SEED` from which seed on. A household
//! that breaks a property is made as small as it can be and printed as JSON.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::filter_map_bool_then,
    clippy::manual_is_multiple_of,
    clippy::too_many_arguments,
    dead_code,
    unreachable_pub,
    reason = "a test may stop where it stands"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use onward::engine::{Depth, Findings, Missing, Outcome, Status, UnitFinding, answer};
use onward::language::{FactId, ProgramId, Type};
use onward::rulebook::{PersonRole, RuleBook};
use onward::vocabulary::{About, Fact, FactRef, Given, Kind, Role, Situation};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value as Json;

use common::erase::{Edit, Place, What, applied, blur, erase, places, reordered};
use common::household::{For, Generator, remove};
use common::law::{Closure, ordinary, shipped};
use common::random::Random;
use common::{from_environment, situation};

const MOST_FAILURES: usize = 12;

/// What was tried.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<&'static str, u64>,
}

impl Tally {
    fn add(&mut self, name: &'static str, count: u64) {
        *self.counts.entry(name).or_default() += count;
    }

    fn merge(&mut self, other: Self) {
        for (name, count) in other.counts {
            self.add(name, count);
        }
    }

    fn get(&self, name: &str) -> u64 {
        self.counts.get(name).copied().unwrap_or(0)
    }
}

thread_local! {
    /// The program that the household at hand is asked about, with those that it needs; each has its turn.
    static ASKED: std::cell::RefCell<Vec<ProgramId>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// Chooses the program for a household: each has its turn.
fn choose_program(book: &RuleBook, seed: u64) {
    let place = seed % book.programs.len() as u64;
    ASKED.set(vec![ProgramId(u16::try_from(place).unwrap())]);
}

fn programs(book: &RuleBook) -> Vec<ProgramId> {
    let chosen = ASKED.with_borrow(Clone::clone);
    let all = || (0..book.programs.len()).map(|position| ProgramId(u16::try_from(position).unwrap()));
    if chosen.is_empty() { all().collect() } else { chosen }
}

fn answers(book: &RuleBook, situation: &Situation, depth: Depth) -> Vec<Findings> {
    answer(book, situation, situation.as_of, &programs(book), depth)
}

// Knowing less.

fn may_become(full: Status, partial: Status) -> bool {
    partial == full || partial == Status::NeedsInformation
}

fn role_and_status(unit: &UnitFinding, person: usize) -> Option<(PersonRole, Status)> {
    let found = unit.people.iter().find(|one| one.person == person)?;
    (found.role != PersonRole::Outside).then_some((found.role, found.status))
}

/// How a partial answer contradicts the full one. `people` gives for each person of the partial
/// situation who they are in the full one.
fn contradictions(
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
fn know_less(book: &RuleBook, body: &Json, edits: &[Edit], cells: &mut u64) -> Vec<String> {
    let full = answers(book, &situation(book, body), Depth::Result);
    know_less_than(book, &full, body, edits, cells)
}

fn know_less_than(
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

/// The fewest edits and facts with which it still goes wrong.
fn smaller(
    book: &RuleBook,
    body: &Json,
    edits: &[Edit],
    wrong: impl Fn(&Json, &[Edit]) -> Vec<String>,
) -> String {
    let (mut body, mut edits) = (body.clone(), edits.to_vec());
    let fails = |body: &Json, edits: &[Edit]| readable(book, body, edits) && !wrong(body, edits).is_empty();
    let mut at = 0;
    while at < edits.len() {
        let mut fewer = edits.clone();
        fewer.remove(at);
        if fails(&body, &fewer) { edits = fewer } else { at += 1 }
    }
    for _ in 0..2 {
        for place in places(&book.vocabulary, &body) {
            if place.what == What::Complete
                || edits.iter().any(|edit| edit.pointer.starts_with(&place.pointer))
            {
                continue;
            }
            let mut fewer = body.clone();
            remove(&mut fewer, &place.pointer);
            if fails(&fewer, &edits) {
                body = fewer;
            }
        }
        while let Some(fewer) = without_last(&body)
            && fails(&fewer, &edits)
        {
            body = fewer;
        }
    }
    let mut text = String::new();
    for line in wrong(&body, &edits) {
        writeln!(text, "  {line}").unwrap();
    }
    writeln!(text, "  {body}").unwrap();
    for edit in &edits {
        writeln!(
            text,
            "    {} -> {}",
            edit.pointer,
            edit.becomes.as_ref().map_or("(left out)".to_owned(), Json::to_string)
        )
        .unwrap();
    }
    text
}

fn readable(book: &RuleBook, body: &Json, edits: &[Edit]) -> bool {
    let reads =
        |body: &Json| onward::vocabulary::read(body, &book.vocabulary, common::today, book.covers).is_ok();
    reads(body) && reads(&applied(body, edits))
}

fn without_last(body: &Json) -> Option<Json> {
    let mut body = body.clone();
    let last = body["people"].as_array_mut()?.pop()?;
    let label = &last["id"];
    if let Some(entries) = body["relationships"].as_array_mut() {
        entries.retain(|entry| entry["person"] != *label && entry["of"] != *label);
    }
    Some(body)
}

/// Without one person (never the first applicant), whose list is then open: edits, and who is left.
fn without_somebody(body: &Json, random: &mut Random) -> Option<(Json, Vec<usize>)> {
    let people = body["people"].as_array()?;
    let first = people.iter().position(|person| person["applicant"] == true)?;
    let others: Vec<usize> = (0..people.len()).filter(|person| *person != first).collect();
    if others.is_empty() {
        return None;
    }
    let gone = *random.pick(&others);
    let label = people[gone]["id"].clone();
    let mut left = body.clone();
    left["people"].as_array_mut()?.remove(gone);
    left["people_complete"] = false.into();
    for person in left["people"].as_array_mut()? {
        for (_, value) in person.as_object_mut()? {
            if *value == label {
                *value = Json::Null;
            }
            if let Json::Array(list) = value
                && list.contains(&label)
            {
                *value = Json::Null;
            }
        }
    }
    // What the others are to each other may follow from who is gone (a stepparent by way of the parent).
    let tied = |entry: &Json| entry["person"] == label || entry["of"] == label;
    if left["relationships"].as_array()?.iter().any(tied) {
        left["relationships"] = Json::Null;
    }
    Some((left, (0..people.len()).filter(|person| *person != gone).collect()))
}

// The same, told otherwise.

/// A result without the order of people in it.
fn faceless(book: &RuleBook, found: &[Findings], names: &[String], top_alone: bool) -> Vec<String> {
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

fn missing_names(unit: &UnitFinding, names: &[String]) -> BTreeSet<(String, FactId)> {
    let name = |fact: &FactRef| names.get(usize::from(fact.person)).cloned().unwrap_or_default();
    unit.missing.iter().map(|missing| (name(&missing.fact), missing.fact.fact)).collect()
}

// Facts called missing.

struct Asked<'b> {
    generator: &'b Generator<'b>,
    used: BTreeSet<FactId>,
}

impl Asked<'_> {
    /// Everything wrong with what the answer calls missing.
    fn faults(&self, body: &Json, situation: &Situation, found: &[Findings]) -> Vec<String> {
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

    /// Whether some completion of what is known, and two values of this fact, give two results.
    fn has_witness(
        &self,
        body: &Json,
        whole: &Json,
        erased: &[Edit],
        situation: &Situation,
        missing: &Missing,
        random: &mut Random,
    ) -> bool {
        let book = self.generator.book;
        let Some(fact) = book.vocabulary.fact(missing.fact.fact) else { return false };
        let pointer = situation.pointer(missing.fact, &book.vocabulary);
        let labels = &LABELS[..situation.people()];
        let person = usize::from(missing.fact.person);
        let of = For {
            as_of: situation.as_of,
            labels,
            person: (person < labels.len()).then_some(person),
            age: random.between(0, 80),
        };
        let read =
            |body: &Json| onward::vocabulary::read(body, &book.vocabulary, common::today, book.covers).ok();
        let mut hopeless = 0;
        for round in 0..400 {
            // What is open is completed as it was, by chance, or as it helps most.
            let mut trial = body.clone();
            for edit in erased.iter().filter(|edit| edit.pointer != pointer) {
                let becomes = if round == 0 {
                    whole.pointer(&edit.pointer).cloned()
                } else {
                    self.completion(edit, whole, random)
                };
                Edit { pointer: edit.pointer.clone(), becomes }.apply(&mut trial);
            }
            let base = read(&trial).map(|read| answers(book, &read.situation, Depth::Result));
            let refused = base.is_none_or(|found| found.iter().all(|one| one.status == Status::NotEligible));
            if refused && round > 2 {
                hopeless += 1;
                if hopeless % 4 != 0 {
                    continue;
                }
            }
            // Of money in an item it may be the period that is open.
            let per = fact
                .name
                .rsplit_once('.')
                .map(|_| pointer.rsplit_once('/').map_or(String::new(), |(item, _)| format!("{item}/per")));
            let per = per.filter(|per| erased.iter().any(|edit| edit.pointer == *per));
            let edit = erased.iter().find(|edit| edit.pointer == pointer);
            let partly = edit
                .and_then(|edit| edit.becomes.as_ref())
                .and_then(Json::as_object)
                .is_some_and(|map| !map.contains_key("unknown"));
            let (pointer, mut values) = match (per, edit) {
                (Some(per), None) => {
                    (per, ["week", "month", "year", "quarter"].map(|per| Some(per.into())).to_vec())
                }
                _ => (pointer.clone(), vec![whole.pointer(&pointer).cloned()]),
            };
            if !partly {
                values.extend(telling(book, fact).into_iter().map(Some));
            }
            for _ in 0..8 {
                values.push(match edit {
                    Some(edit) => self.completion(edit, whole, random),
                    None => Some(self.generator.value(fact, of, random)),
                });
            }
            let mut faces: BTreeSet<Vec<String>> = BTreeSet::new();
            for value in values.into_iter().flatten() {
                let mut trial = trial.clone();
                make_room(&mut trial, &pointer);
                Edit { pointer: pointer.clone(), becomes: Some(value) }.apply(&mut trial);
                let Some(read) = read(&trial) else { continue };
                faces
                    .insert(answers(book, &read.situation, Depth::Result).iter().flat_map(results).collect());
                if faces.len() > 1 {
                    return true;
                }
            }
        }
        false
    }

    /// A whole value within what an edit left known.
    fn completion(&self, edit: &Edit, whole: &Json, random: &mut Random) -> Option<Json> {
        let was = whole.pointer(&edit.pointer).cloned();
        if random.chance(35) {
            return was;
        }
        let told = edit.becomes.as_ref().and_then(Json::as_object);
        if let Some(map) = told.filter(|map| !map.contains_key("unknown")) {
            let one_of = |json: &Json, random: &mut Random| {
                json["one_of"].as_array().map(|all| random.pick(all).clone())
            };
            let between = |json: &Json, random: &mut Random| {
                json["between"].as_array().map(|all| random.pick(all).clone())
            };
            let amount = match map.get("amount") {
                None => between(edit.becomes.as_ref()?, random),
                Some(amount) => between(amount, random).or_else(|| Some(amount.clone())),
            };
            let per = map.get("per").map(|per| one_of(per, random).unwrap_or_else(|| per.clone()));
            return match (map.get("one_of"), amount, per) {
                (Some(_), ..) => one_of(edit.becomes.as_ref()?, random),
                (None, Some(amount), Some(per)) => Some(serde_json::json!({"amount": amount, "per": per})),
                (None, amount, _) => amount,
            };
        }
        let vocabulary = &self.generator.book.vocabulary;
        let place = places(vocabulary, whole).into_iter().find(|place| place.pointer == edit.pointer)?;
        let labels = &LABELS[..whole["people"].as_array()?.len()];
        let as_of = whole["as_of"].as_str()?.parse().ok()?;
        let of = For { as_of, labels, person: place.person, age: random.between(0, 80) };
        match place.what {
            What::Fact(id) => {
                let fact = vocabulary.fact(id)?;
                if fact.role == Some(Role::Relationships) {
                    let all = self.generator.household(random, labels.len());
                    return if random.chance(30) {
                        Some(serde_json::json!([]))
                    } else {
                        all.get("relationships").cloned()
                    };
                }
                if random.chance(60)
                    && let Some(value) = favourable(fact, random)
                {
                    return Some(value);
                }
                // In an item the period stands beside the amount.
                let value = self.generator.value(fact, of, random);
                Some(if matches!(fact.about, About::Item(_)) {
                    value.get("amount").cloned().unwrap_or(value)
                } else {
                    value
                })
            }
            What::Per => Some((*random.pick(&["week", "month", "year"])).into()),
            What::Relation | What::Complete => was,
        }
    }
}

const LABELS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

/// What most often keeps a household from being refused, of the facts that most often have it refused.
fn favourable(fact: &Fact, random: &mut Random) -> Option<Json> {
    Some(match (fact.name.as_str(), fact.kind) {
        ("immigration_status", _) => "us_citizen".into(),
        ("lives_in_home", _) => true.into(),
        ("incarcerated" | "in_foster_care", _) => false.into(),
        ("lives_in", _) => "own_or_rented_home".into(),
        ("age", _) => (*random.pick(&[25, 30, 40])).into(),
        ("income", _) => match random.below(3) {
            0 => serde_json::json!([]),
            _ => serde_json::json!([{"kind": "wages", "amount": "450.00", "per": "month"}]),
        },
        (_, Kind::One(Type::Paid)) if matches!(fact.about, About::Item(_)) => "1.00".into(),
        ("rent_or_mortgage", _) => serde_json::json!({"amount": "400.00", "per": "month"}),
        ("assets" | "cash_on_hand", _) => "0.00".into(),
        _ => return None,
    })
}

/// Values of a fact at which rules are likely to change their mind.
fn telling(book: &RuleBook, fact: &Fact) -> Vec<Json> {
    let Kind::One(kind) = fact.kind else { return Vec::new() };
    let numbers = || {
        let known = book.vocabulary.named(&fact.name).map_or(&[][..], |id| book.reach.thresholds(id));
        let around = known.iter().flat_map(|one| [-1, 0, 1].map(|by| *one + Decimal::from(by)));
        let far = [
            fact.range.low.finite().unwrap_or_default(),
            Decimal::from(120),
            Decimal::from(900),
            Decimal::from(9000),
        ];
        around.chain(far).filter(|one| fact.range.contains(*one)).collect::<Vec<_>>()
    };
    match kind {
        Type::Boolean => vec![true.into(), false.into()],
        Type::Code(list) => {
            book.vocabulary.list(list).unwrap().codes.iter().map(|code| code.code.clone().into()).collect()
        }
        Type::Codes(list) => {
            let codes =
                book.vocabulary.list(list).unwrap().codes.iter().map(|code| serde_json::json!([code.code]));
            codes.chain([serde_json::json!([])]).collect()
        }
        Type::Count => numbers().into_iter().filter_map(|one| one.trunc().to_i64()).map(Json::from).collect(),
        Type::Number | Type::Money(_) => numbers().into_iter().map(|one| one.to_string().into()).collect(),
        Type::Paid if matches!(fact.about, About::Item(_)) => {
            ["0", "7", "50", "300", "1200", "9000", "90000"].map(Json::from).to_vec()
        }
        Type::Paid => ["0", "40", "300", "1200", "9000"]
            .map(|amount| serde_json::json!({"amount": amount, "per": "month"}))
            .to_vec(),
        Type::People => vec!["everyone".into(), "nobody".into()],
        _ => Vec::new(),
    }
}

/// Objects on the way to a pointer, where there are none.
fn make_room(body: &mut Json, pointer: &str) {
    let parts: Vec<&str> = pointer.split('/').skip(1).collect();
    let mut at = body;
    for part in &parts[..parts.len().saturating_sub(1)] {
        at = match at {
            Json::Array(list) => match part.parse::<usize>().ok().and_then(|place| list.get_mut(place)) {
                Some(next) => next,
                None => return,
            },
            Json::Object(map) => map.entry(*part).or_insert_with(|| serde_json::json!({})),
            _ => return,
        };
    }
}

/// What a result says: statuses, amounts.
fn results(found: &Findings) -> Vec<String> {
    let unit = |unit: &UnitFinding| {
        let people: Vec<_> =
            unit.people.iter().map(|one| (one.person, one.role.name(), one.status.code())).collect();
        format!("{} {people:?} {:?} {:?}", unit.status.code(), unit.amount, unit.first_period)
    };
    [found.status.code().to_owned()].into_iter().chain(found.units.iter().map(unit)).collect()
}

struct Run<'b> {
    shipped: &'b RuleBook,
    ordinary: &'b RuleBook,
    generator: &'b Generator<'b>,
    asked: Asked<'b>,
    /// Facts on which no bar, exemption or doubt rests.
    plain: BTreeSet<FactId>,
    failures: Mutex<Vec<String>>,
    /// Each so many-th household is looked through for witnesses.
    every: u64,
    /// Of so many households one is answered with its missing facts tried out, which takes most of the time.
    probed: u64,
}

impl Run<'_> {
    fn fail(&self, seed: u64, property: &str, text: &str) {
        let mut failures = self.failures.lock().unwrap();
        failures.push(format!("seed {seed}: {property}\n{text}"));
    }

    fn enough(&self) -> bool {
        self.failures.lock().unwrap().len() >= MOST_FAILURES
    }

    fn one(&self, seed: u64, tally: &mut Tally) {
        let mut random = Random::new(seed);
        choose_program(self.shipped, seed);
        let people = *random.pick(&[1, 1, 2, 2, 3, 3, 4, 4, 5, 6]);
        let body = self.generator.household(&mut random, people);
        tally.add("situations", 1);
        tally.add("people", people as u64);
        let all = places(&self.shipped.vocabulary, &body);
        let read = situation(self.shipped, &body);
        let full = answers(self.shipped, &read, Depth::Result);
        for one in &full {
            tally.add(one.status.code(), 1);
            // A fact that the household leaves to be derived may stay open where nothing settles it.
            let told = |missing: &Missing| {
                let known = read.known(missing.fact, &self.shipped.vocabulary).map(|known| known.given);
                known.or_else(|| read.list(missing.fact).map(|list| list.given)) == Some(Given::Told)
            };
            let open = one.units.iter().flat_map(|unit| &unit.missing).any(told)
                || (one.status == Status::NeedsInformation
                    && one.units.iter().all(|unit| unit.missing.is_empty()));
            if open {
                self.fail(
                    seed,
                    "everything is known, and something is missing",
                    &format!(
                        "  {} {:?}\n  {body}\n",
                        self.shipped.programs[one.program.index()].id,
                        one.units.iter().map(|unit| &unit.missing).collect::<Vec<_>>()
                    ),
                );
            }
        }
        self.less(seed, &body, &full, &all, &mut random, tally);
        self.same(seed, &body, &read, &full, &all, &mut random, tally);
        if seed % self.probed == 0 {
            self.missing(seed, &body, &all, &mut random, tally);
        }
    }

    fn depth(&self, seed: u64) -> Depth {
        if seed % self.probed == 0 { Depth::Summary } else { Depth::Result }
    }

    fn less(
        &self,
        seed: u64,
        body: &Json,
        full: &[Findings],
        all: &[Place],
        random: &mut Random,
        tally: &mut Tally,
    ) {
        let mut cells = 0;
        let vocabulary = &self.shipped.vocabulary;
        let whole = answers(self.ordinary, &situation(self.ordinary, body), Depth::Result);
        for share in [2, 10, 40, 80] {
            let edits: Vec<Edit> = all
                .iter()
                .filter_map(|place| random.chance(share).then(|| erase(vocabulary, place, random)))
                .collect();
            tally.add("erasures", edits.len() as u64);
            self.judge((self.ordinary, &whole), seed, "erasing facts contradicts", body, &edits, &mut cells);
        }
        for share in [3, 15, 60] {
            let chosen: Vec<&Place> = all.iter().filter(|_| random.chance(share)).collect();
            let edits: Vec<Edit> = chosen
                .into_iter()
                .filter_map(|place| {
                    if random.chance(75) {
                        blur(self.generator, body, place, random)
                    } else {
                        Some(erase(vocabulary, place, random))
                    }
                })
                .collect();
            tally.add("partly told", edits.len() as u64);
            self.judge(
                (self.ordinary, &whole),
                seed,
                "partial knowledge contradicts",
                body,
                &edits,
                &mut cells,
            );
        }
        // On the rules as shipped: facts on which no bar and no exemption rests.
        let plain: Vec<&Place> = all
            .iter()
            .filter(|place| matches!(place.what, What::Fact(id) if self.plain.contains(&id)))
            .collect();
        for share in [20, 60] {
            let edits: Vec<Edit> = plain
                .iter()
                .filter_map(|place| random.chance(share).then(|| erase(vocabulary, place, random)))
                .collect();
            tally.add("erasures", edits.len() as u64);
            self.judge(
                (self.shipped, full),
                seed,
                "erasing facts contradicts (rules as shipped)",
                body,
                &edits,
                &mut cells,
            );
        }
        if let Some((left, who)) = without_somebody(body, random) {
            tally.add("people left out", 1);
            let partial = answers(self.ordinary, &situation(self.ordinary, &left), Depth::Result);
            let wrong = self.open_contradictions(&whole, &partial, &who, &mut cells);
            if !wrong.is_empty() {
                self.fail(
                    seed,
                    "leaving somebody out of an open list contradicts",
                    &format!("  {}\n  {body}\n  {left}\n", wrong.join("\n  ")),
                );
            }
        }
        tally.add("cells", cells);
    }

    fn open_contradictions(
        &self,
        full: &[Findings],
        partial: &[Findings],
        who: &[usize],
        cells: &mut u64,
    ) -> Vec<String> {
        contradictions(self.ordinary, full, partial, who, cells)
    }

    fn judge(
        &self,
        (book, full): (&RuleBook, &[Findings]),
        seed: u64,
        property: &str,
        body: &Json,
        edits: &[Edit],
        cells: &mut u64,
    ) {
        if edits.is_empty() {
            return;
        }
        if !know_less_than(book, full, body, edits, cells).is_empty() && !self.enough() {
            let text = smaller(book, body, edits, |body, edits| know_less(book, body, edits, &mut 0));
            self.fail(seed, property, &text);
        }
    }

    fn same(
        &self,
        seed: u64,
        body: &Json,
        read: &Situation,
        full: &[Findings],
        all: &[Place],
        random: &mut Random,
        tally: &mut Tally,
    ) {
        let book = self.shipped;
        let again = answers(book, read, Depth::Result);
        if again != full {
            self.fail(seed, "the same question, another answer", &format!("  {body}\n"));
        }
        let (other, _) = reordered(body, random, true);
        let read_other = situation(book, &other);
        let found = answers(book, &read_other, Depth::Result);
        tally.add("reordered", 1);
        let (one, two) =
            (faceless(book, full, &read.labels, false), faceless(book, &found, &read_other.labels, false));
        if one != two {
            let line = one.iter().zip(&two).find(|(one, two)| one != two);
            self.fail(
                seed,
                "the order of people, keys and items matters",
                &format!("  {line:#?}\n  {body}\n  {other}\n"),
            );
        }
        // With facts left out.
        let edits: Vec<Edit> = all
            .iter()
            .filter_map(|place| random.chance(25).then(|| erase(&book.vocabulary, place, random)))
            .collect();
        let less = applied(body, &edits);
        let (turned, _) = reordered(&less, random, false);
        let (read_less, read_turned) = (situation(book, &less), situation(book, &turned));
        let depth = self.depth(seed);
        let (one, two) = (answers(book, &read_less, depth), answers(book, &read_turned, depth));
        let (faces, turned_faces) =
            (faceless(book, &one, &read_less.labels, true), faceless(book, &two, &read_turned.labels, true));
        tally.add("reordered", 1);
        if faces != turned_faces {
            let line = faces.iter().zip(&turned_faces).find(|(one, two)| one != two);
            self.fail(
                seed,
                "the order matters where facts are left out",
                &format!("  {line:#?}\n  {less}\n  {turned}\n"),
            );
        }
        let asks = |found: &[Findings], names: &[String]| -> Vec<_> {
            found.iter().filter_map(|one| one.units.first()).map(|unit| missing_names(unit, names)).collect()
        };
        if asks(&one, &read_less.labels) != asks(&two, &read_turned.labels) {
            tally.add("asked otherwise in another order", 1);
        }
        self.unshown(seed, &less, &one, random, tally);
        let sorted = answers(book, &situation(book, &less), depth);
        if format!("{sorted:?}") != format!("{one:?}") {
            self.fail(seed, "the same question, another answer", &format!("  {less}\n"));
        }
    }

    /// Status and number of somebody who does not apply never matter.
    fn unshown(&self, seed: u64, body: &Json, found: &[Findings], random: &mut Random, tally: &mut Tally) {
        let book = self.shipped;
        let mut other = body.clone();
        let as_of = body["as_of"].as_str().unwrap().parse().unwrap();
        let labels: Vec<&'static str> =
            ["a", "b", "c", "d", "e", "f", "g", "h"][..body["people"].as_array().unwrap().len()].to_vec();
        let mut changed = 0;
        for (position, person) in other["people"].as_array_mut().unwrap().iter_mut().enumerate() {
            if person["applicant"] == true {
                continue;
            }
            for fact in book.vocabulary.facts.iter().filter(|fact| fact.of_applicants_only) {
                let of = For { as_of, labels: &labels, person: Some(position), age: 30 };
                let value = match random.below(4) {
                    0 => Json::Null,
                    1 => serde_json::json!({"unknown": "declined"}),
                    _ => self.generator.value(fact, of, random),
                };
                person[&fact.name] = value;
                changed += 1;
            }
        }
        if changed == 0 {
            return;
        }
        tally.add("facts of non-applicants", changed);
        let answered = answers(book, &situation(book, &other), self.depth(seed));
        if answered != found {
            self.fail(seed, "status or number of a non-applicant matters", &format!("  {body}\n  {other}\n"));
        }
    }

    fn missing(&self, seed: u64, body: &Json, all: &[Place], random: &mut Random, tally: &mut Tally) {
        let book = self.shipped;
        let share = *random.pick(&[3, 15, 50, 85]);
        let mut edits: Vec<Edit> = Vec::new();
        for place in all.iter().filter(|place| place.what != What::Complete) {
            if random.chance(share) {
                let blurred =
                    if random.chance(25) { blur(self.generator, body, place, random) } else { None };
                edits.push(blurred.unwrap_or_else(|| erase(&book.vocabulary, place, random)));
            }
        }
        let less = applied(body, &edits);
        let read = situation(book, &less);
        let found = answers(book, &read, Depth::Summary);
        let wrong = self.asked.faults(&less, &read, &found);
        if !wrong.is_empty() && !self.enough() {
            let text = smaller(book, body, &edits, |body, edits| {
                let less = applied(body, edits);
                let read = situation(book, &less);
                self.asked.faults(&less, &read, &answers(book, &read, Depth::Summary))
            });
            self.fail(seed, "what is called missing is wrong", &text);
        }
        let mut seen: BTreeSet<FactRef> = BTreeSet::new();
        for missing in found.iter().flat_map(|one| &one.units).flat_map(|unit| &unit.missing) {
            tally.add("missing", 1);
            // Some of the households are looked through for witnesses.
            if (seed / self.probed) % self.every != 0 || !seen.insert(missing.fact) {
                continue;
            }
            tally.add("looked through", 1);
            if self.asked.has_witness(&less, body, &edits, &read, missing, random) {
                tally.add("witnessed", 1);
            } else if std::env::var_os("ONWARD_SHOW_UNWITNESSED").is_some() {
                println!(
                    "no witness, seed {seed}: {} in {less}",
                    read.pointer(missing.fact, &book.vocabulary)
                );
            }
        }
    }
}

#[test]
fn properties_hold_of_random_households() {
    let situations = from_environment("ONWARD_SITUATIONS", 20_000);
    let first = from_environment("ONWARD_SEED", 20_261_123);
    let (shipped, ordinary) = (shipped(), ordinary());
    let generator = Generator::new(&shipped);
    let barred = Closure::of_bars(&shipped).facts;
    let run = Run {
        shipped: &shipped,
        ordinary: &ordinary,
        generator: &generator,
        asked: Asked { generator: &generator, used: generator.used.clone() },
        plain: generator.used.difference(&barred).copied().collect(),
        failures: Mutex::new(Vec::new()),
        every: (from_environment("ONWARD_PROBED", 1500) / from_environment("ONWARD_WITNESSES", 150)).max(1),
        probed: (situations / from_environment("ONWARD_PROBED", 1500)).max(1),
    };
    let plain: Vec<&str> =
        run.plain.iter().map(|id| shipped.vocabulary.fact(*id).unwrap().name.as_str()).collect();
    println!(
        "facts that results rest on: {}; of those, in no bar or exemption: {}",
        run.asked.used.len(),
        plain.join(" ")
    );
    let next = AtomicU64::new(0);
    let total = Mutex::new(Tally::default());
    let began = Instant::now();
    let threads = std::thread::available_parallelism()
        .map_or(2, usize::from)
        .min(from_environment("ONWARD_THREADS", 64) as usize);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut tally = Tally::default();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= situations || run.enough() {
                        break;
                    }
                    run.one(first + number, &mut tally);
                }
                total.lock().unwrap().merge(tally);
            });
        }
    });
    let total = total.into_inner().unwrap();
    for (name, count) in &total.counts {
        println!("{name}: {count}");
    }
    let (looked, witnessed) = (total.get("looked through"), total.get("witnessed"));
    #[expect(clippy::cast_precision_loss, reason = "a share to be printed")]
    let share = 100.0 * witnessed as f64 / looked.max(1) as f64;
    println!("facts called missing that have a witness: {witnessed} of {looked} ({share:.2} %)");
    println!("time: {:.1} s", began.elapsed().as_secs_f64());
    let failures = run.failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
    assert!(looked < 500 || share >= 99.0, "only {share:.2} % of the facts called missing have a witness");
}
