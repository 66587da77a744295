//! Before a fact is called missing it is tried out: at the ends of its range and at every threshold
//! that it meets. A fact no value of which changes anything is not asked for.

use rust_decimal::Decimal;

use crate::kernel::{
    Bound, CodeBag, CodeSet, Dates, Day, Paid, Period, PersonBag, PersonSet, Range, Span, SpanUnit, Truth,
    Value,
};
use crate::language::{ProgramId, Type};
use crate::rulebook::RuleBook;
use crate::vocabulary::{
    About, Fact, FactRef, Given, Item, ItemList, Kind, Known, Relations, Role, Situation,
};

use super::evaluate::Engine;
use super::findings::{Findings, Outcome, Status};
use super::requirement::Gather;

/// What a result shows of itself; two runs that show the same did not differ.
#[derive(Debug, Clone, PartialEq)]
struct Face {
    status: Vec<Status>,
    outcomes: Vec<(usize, Option<usize>, Outcome)>,
    amounts: Vec<Option<Range>>,
}

fn face(findings: &Findings) -> Face {
    let mut face = Face { status: vec![findings.status], outcomes: Vec::new(), amounts: Vec::new() };
    for unit in &findings.units {
        face.status.push(unit.status);
        face.status.extend(unit.people.iter().map(|person| person.status));
        face.amounts.push(unit.amount.as_ref().map(|amount| amount.range));
    }
    face
}

/// Keeps, of the candidates in `found`, those with a witness.
pub(super) fn find_missing(
    book: &RuleBook,
    situation: &Situation,
    day: Day,
    programs: &[ProgramId],
    found: &mut [Findings],
) {
    let mut candidates: Vec<FactRef> = Vec::new();
    for unit in found.iter().flat_map(|one| &one.units) {
        for missing in &unit.missing {
            if !candidates.contains(&missing.fact) {
                candidates.push(missing.fact);
            }
        }
    }
    let mut trial = situation.clone();
    let mut witnesses: Vec<(FactRef, ProgramId, bool)> = Vec::new();
    for candidate in candidates {
        try_out(book, &mut trial, day, programs, candidate, found, &mut witnesses);
    }
    for one in found.iter_mut() {
        let program = one.program;
        for unit in &mut one.units {
            keep_witnessed(unit, program, &witnesses);
        }
    }
    for one in found.iter_mut() {
        for unit in &mut one.units {
            unit.missing.sort_by_key(|missing| {
                let sensitivity = book.vocabulary.fact(missing.fact.fact).map(|fact| fact.sensitivity);
                (!missing.status, sensitivity, missing.fact)
            });
        }
    }
}

fn keep_witnessed(
    unit: &mut super::UnitFinding,
    program: ProgramId,
    witnesses: &[(FactRef, ProgramId, bool)],
) {
    if unit.status == Status::NotEligible {
        unit.missing.clear();
        return;
    }
    let last = unit.missing.first().copied();
    unit.missing.retain_mut(|missing| {
        let seen = witnesses.iter().filter(|(fact, of, _)| *fact == missing.fact && *of == program);
        let mut any = false;
        missing.status = false;
        for (_, _, status) in seen {
            any = true;
            missing.status |= status;
        }
        any
    });
    if unit.missing.is_empty() && unit.status == Status::NeedsInformation {
        unit.missing.extend(last);
    }
    let missing = &unit.missing;
    for finding in &mut unit.findings {
        if finding.outcome == Outcome::Unknown {
            finding.why.facts.retain(|fact| missing.iter().any(|known| known.fact == *fact));
        }
    }
}

/// Runs the programs with the fact at each of its telling values, until each program has shown
/// whether the fact can change it.
fn try_out(
    book: &RuleBook,
    trial: &mut Situation,
    day: Day,
    programs: &[ProgramId],
    at: FactRef,
    found: &[Findings],
    witnesses: &mut Vec<(FactRef, ProgramId, bool)>,
) {
    let Some(law) = book.on(day, trial.state) else { return };
    let concerned: Vec<ProgramId> = found
        .iter()
        .filter(|one| one.units.iter().any(|unit| unit.missing.iter().any(|missing| missing.fact == at)))
        .map(|one| one.program)
        .collect();
    let wanted = super::program::with_needs(book, &concerned);
    let wanted: Vec<ProgramId> = programs.iter().copied().filter(|id| wanted.contains(id)).collect();
    let mut first: Option<Vec<(ProgramId, Face)>> = None;
    let mut decided = vec![(false, false); concerned.len()];
    for change in changes(book, trial, at) {
        let before = change.apply(trial, at, book);
        let faces: Vec<_> = {
            let mut engine = Engine::<()>::new(book, law, day, trial);
            engine.run_all(&wanted, Gather::default()).iter().map(|one| (one.program, face(one))).collect()
        };
        before.apply(trial, at, book);
        let Some(reference) = &first else {
            first = Some(faces);
            continue;
        };
        for (place, program) in concerned.iter().enumerate() {
            let of = |faces: &[(ProgramId, Face)]| {
                faces.iter().find(|(id, _)| id == program).map(|(_, face)| face.clone())
            };
            if let (Some(one), Some(two), Some(seen)) = (of(reference), of(&faces), decided.get_mut(place)) {
                seen.0 |= one != two;
                seen.1 |= one.status != two.status || one.outcomes != two.outcomes;
            }
        }
        if decided.iter().all(|(_, status)| *status) {
            break;
        }
    }
    for (program, (any, status)) in concerned.iter().zip(decided) {
        if any {
            witnesses.push((at, *program, status));
        }
    }
}

/// A value put in the place of a fact.
enum Change {
    Fact(Known),
    List(ItemList),
    Relations(Relations),
    Open(bool),
}

impl Change {
    /// Puts it in place and returns what stood there.
    fn apply(self, situation: &mut Situation, at: FactRef, book: &RuleBook) -> Self {
        match self {
            Self::Fact(known) => {
                let slot = place_of(situation, at, book);
                match slot {
                    Some(slot) => Self::Fact(std::mem::replace(slot, known)),
                    None => Self::Fact(known),
                }
            }
            Self::List(list) => {
                let slot = situation.list_slots.get(at.fact.index()).copied();
                let lists = if at.person == FactRef::NOBODY {
                    Some(&mut situation.shared_lists)
                } else {
                    situation.personal_lists.get_mut(usize::from(at.person))
                };
                match lists.zip(slot).and_then(|(lists, slot)| lists.get_mut(usize::from(slot))) {
                    Some(place) => Self::List(std::mem::replace(place, list)),
                    None => Self::List(list),
                }
            }
            Self::Relations(relations) => {
                Self::Relations(std::mem::replace(&mut situation.relations, relations))
            }
            Self::Open(open) => Self::Open(std::mem::replace(&mut situation.open, open)),
        }
    }
}

fn place_of<'s>(situation: &'s mut Situation, at: FactRef, book: &RuleBook) -> Option<&'s mut Known> {
    let fact = book.vocabulary.fact(at.fact)?;
    let slot = usize::from(fact.slot);
    if at.item != FactRef::NO_ITEM {
        let list_slot = usize::from(*situation.list_slots.get(at.list.index())?);
        let lists = if at.person == FactRef::NOBODY {
            &mut situation.shared_lists
        } else {
            situation.personal_lists.get_mut(usize::from(at.person))?
        };
        return lists.get_mut(list_slot)?.items.get_mut(usize::from(at.item))?.fields.get_mut(slot);
    }
    if fact.about == About::Person {
        let stride = situation.stride;
        return situation.personal.get_mut(usize::from(at.person) * stride + slot);
    }
    situation.shared.get_mut(slot)
}

/// The telling values of a fact.
fn changes(book: &RuleBook, situation: &Situation, at: FactRef) -> Vec<Change> {
    let Some(fact) = book.vocabulary.fact(at.fact) else { return Vec::new() };
    match fact.role {
        Some(Role::Relationships) => return relation_changes(book, situation),
        Some(Role::People) => return vec![Change::Open(false), Change::Open(true)],
        _ => {}
    }
    match fact.kind {
        Kind::Items(record) => list_changes(book, situation, at, record),
        Kind::One(kind) => {
            let now = situation.known(at, &book.vocabulary).map(|known| known.value.clone());
            values(book, situation, at, fact, kind, now.as_ref())
                .into_iter()
                .map(|value| Change::Fact(Known { value, given: Given::Told }))
                .collect()
        }
    }
}

fn values(
    book: &RuleBook,
    situation: &Situation,
    at: FactRef,
    fact: &Fact,
    kind: Type,
    now: Option<&Value>,
) -> Vec<Value> {
    match kind {
        Type::Boolean => vec![Value::Truth(Truth::True), Value::Truth(Truth::False)],
        Type::Count | Type::Number | Type::Rate | Type::Money(_) | Type::Span => {
            let range = if let Some(Value::Number(range)) = now { *range } else { fact.range };
            numbers(book, at, range).into_iter().map(|value| Value::Number(Range::exactly(value))).collect()
        }
        Type::Paid => {
            let (range, period) = match now {
                Some(Value::Paid(Paid::One(range, period))) => (*range, *period),
                _ => (Range::NOT_NEGATIVE, Period::Month),
            };
            let amounts = numbers(book, at, range);
            amounts.into_iter().map(|value| Value::Paid(Paid::One(Range::exactly(value), period))).collect()
        }
        Type::Date => dates(situation.as_of, fact, now),
        Type::Code(list) => {
            let all = CodeSet::first(book.vocabulary.list(list).map_or(0, |list| list.codes.len()));
            let open = if let Some(Value::Code(open)) = now { *open } else { all };
            open.positions().map(|position| Value::Code(CodeSet::only(position))).collect()
        }
        Type::Codes(_) => {
            let open = if let Some(Value::Codes(open)) = now { *open } else { CodeBag::any(0) };
            let mut values = vec![
                Value::Codes(CodeBag::exactly(open.certain)),
                Value::Codes(CodeBag::exactly(open.possible)),
            ];
            for position in open.possible.without(open.certain).positions() {
                values.push(Value::Codes(CodeBag::exactly(open.certain.join(CodeSet::only(position)))));
            }
            values
        }
        Type::Person => {
            let mut values = vec![Value::Person(PersonSet::NOBODY), Value::Person(PersonSet::SOMEBODY_ELSE)];
            values.extend((0..situation.people()).map(|person| Value::Person(PersonSet::only(person))));
            values
        }
        Type::People => {
            let everyone = (1u64 << situation.people()) - 1;
            let bag = |people| Value::People(PersonBag { certain: people, possible: people });
            let mut values = vec![bag(0), bag(everyone)];
            values.extend((0..situation.people()).map(|person| bag(1 << person)));
            values
        }
    }
}

/// The ends of a range, the constants that rules compare the fact with, and amounts between.
fn numbers(book: &RuleBook, at: FactRef, range: Range) -> Vec<Decimal> {
    let low = range.low.finite().unwrap_or(Decimal::ZERO);
    let mut values = vec![low];
    let far = Decimal::from(100_000);
    values.push(range.high.finite().map_or(far, |high| high.min(far.max(low))));
    for threshold in book.thresholds.get(&at.fact).map_or(&[][..], Vec::as_slice) {
        values.extend([*threshold, *threshold - Decimal::ONE, *threshold + Decimal::ONE]);
    }
    values.extend([30, 50, 120, 300, 700, 1200, 1800, 2600, 4000, 7000].map(Decimal::from));
    let mut kept: Vec<Decimal> = Vec::new();
    for value in values {
        if range.contains(value) && !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

fn dates(as_of: Day, fact: &Fact, now: Option<&Value>) -> Vec<Value> {
    let open = if let Some(Value::Date(open)) = now { *open } else { fact.dates };
    let latest = if fact.not_after_as_of { open.high.min(as_of) } else { open.high };
    let mut values = Vec::new();
    if open.exists != Truth::True {
        values.push(Value::Date(Dates::none()));
    }
    let years = [0, -1, -2, -5, -7, -18, -22, -60, 1, 3];
    let days = years.into_iter().flat_map(|count| {
        let day = Span { count, unit: SpanUnit::Years }.after(as_of);
        [
            day,
            Span { count: 1, unit: SpanUnit::Days }.after(day),
            Span { count: -1, unit: SpanUnit::Days }.after(day),
        ]
    });
    for day in days.chain([open.low, latest]) {
        let known = Dates { low: day, high: day, exists: Truth::True };
        if open.low <= day && day <= latest && !values.contains(&Value::Date(known)) {
            values.push(Value::Date(known));
        }
    }
    values
}

/// No item, and one item of each kind, small and large.
fn list_changes(book: &RuleBook, situation: &Situation, at: FactRef, record: u16) -> Vec<Change> {
    let Some(now) = situation.list(at) else { return Vec::new() };
    let whole = |items: Vec<Item>| Change::List(ItemList { given: Given::Told, items, ..now.clone() });
    let mut changes = vec![whole(Vec::new())];
    let fields: Vec<&Fact> =
        book.vocabulary.facts.iter().filter(|fact| fact.about == About::Item(record)).collect();
    let set = |item: &mut Item, fact: &Fact, value: Value| {
        if let Some(field) = item.fields.get_mut(usize::from(fact.slot)) {
            *field = Known { value, given: Given::Told };
        }
    };
    let mut plain = now.unknown.clone();
    let mut codes: Option<&Fact> = None;
    for fact in &fields {
        let Kind::One(kind) = fact.kind else { continue };
        match kind {
            Type::Code(_) if codes.is_none() => codes = Some(fact),
            Type::Paid => {
                let large =
                    Range { low: Bound::at(Decimal::from(9000)), high: Bound::at(Decimal::from(9000)) };
                set(&mut plain, fact, Value::Paid(Paid::One(large, Period::Month)));
            }
            Type::Date => set(&mut plain, fact, Value::Date(Dates::none())),
            _ => {
                let value = values(book, situation, FactRef { fact: at.fact, ..at }, fact, kind, None)
                    .into_iter()
                    .next();
                if let Some(value) = value {
                    set(&mut plain, fact, value);
                }
            }
        }
    }
    let Some(codes) = codes else {
        changes.push(whole(vec![plain]));
        return changes;
    };
    let Kind::One(Type::Code(list)) = codes.kind else { return changes };
    let count = book.vocabulary.list(list).map_or(0, |list| list.codes.len());
    for position in 0..count {
        let mut item = plain.clone();
        set(&mut item, codes, Value::Code(CodeSet::only(position)));
        changes.push(whole(vec![item]));
    }
    changes
}

/// Nobody is anything to anybody, and each two people in each relationship.
fn relation_changes(book: &RuleBook, situation: &Situation) -> Vec<Change> {
    let people = situation.people();
    let mut changes = vec![Change::Relations(Relations::none(people))];
    let Some(list) = book.vocabulary.list_named("relationship").and_then(|id| book.vocabulary.list(id))
    else {
        return changes;
    };
    for code in 0..list.codes.len() {
        for one in 0..people.min(4) {
            for other in (0..people.min(4)).filter(|&other| other != one) {
                let mut relations = Relations::none(people);
                relations.tell(one, CodeSet::only(code), other, list);
                relations.close(list);
                changes.push(Change::Relations(relations));
            }
        }
    }
    changes
}
