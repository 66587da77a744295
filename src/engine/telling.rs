//! The telling values of a fact: the ends of its range, every number that rules compare it with, one of each
//! class of codes that rules tell apart.

use rust_decimal::Decimal;

use crate::kernel::{
    Bound, CodeBag, CodeSet, Dates, Day, Paid, Period, PersonBag, PersonSet, Range, Span, SpanUnit, Truth,
    Value,
};
use crate::language::{FactId, ProgramId, Type};
use crate::rulebook::{RuleBook, Telling};
use crate::vocabulary::{
    About, Fact, FactRef, Given, Item, ItemList, Kind, Known, Relations, Role, Situation,
};

/// A value put in the place of a fact.
#[derive(Clone)]
pub(super) enum Change {
    Fact(Known),
    List(ItemList),
    Relations(Relations),
    Open(bool),
}

impl Change {
    /// Puts it in place and returns what stood there.
    pub(super) fn apply(self, situation: &mut Situation, at: FactRef, book: &RuleBook) -> Self {
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
pub(super) fn changes(
    book: &RuleBook,
    program: ProgramId,
    situation: &Situation,
    at: FactRef,
) -> Vec<Change> {
    let (Some(fact), Some(telling)) = (book.vocabulary.fact(at.fact), book.reach.telling(program)) else {
        return Vec::new();
    };
    match fact.role {
        Some(Role::Relationships) => return relation_changes(book, situation),
        Some(Role::People) => return vec![Change::Open(false), Change::Open(true)],
        _ => {}
    }
    match fact.kind {
        Kind::Items(record) => list_changes(book, telling, situation, at, record),
        Kind::One(kind) => {
            let known = situation.known(at, &book.vocabulary);
            let now = known.map(|known| known.value.clone());
            let told = known.filter(|known| known.given == Given::Told);
            values(book, telling, situation, at, fact, kind, now.as_ref())
                .into_iter()
                .filter(|value| told.is_none_or(|told| told.value.allows(value)))
                .map(|value| Change::Fact(Known { value, given: Given::Told }))
                .collect()
        }
    }
}

fn values(
    book: &RuleBook,
    telling: &Telling,
    situation: &Situation,
    at: FactRef,
    fact: &Fact,
    kind: Type,
    now: Option<&Value>,
) -> Vec<Value> {
    match kind {
        Type::Boolean => vec![Value::Truth(Truth::True), Value::Truth(Truth::False)],
        Type::Count | Type::Number | Type::Rate | Type::Money(_) => {
            let range = if let Some(Value::Number(range)) = now { *range } else { fact.range };
            numbers(telling, at, range)
                .into_iter()
                .map(|value| Value::Number(Range::exactly(value)))
                .collect()
        }
        Type::Paid => {
            let open = match now {
                Some(Value::Paid(paid)) => paid.possibilities(),
                _ => Paid::unknown().possibilities(),
            };
            let exactly = |value, period| Value::Paid(Paid::One(Range::exactly(value), period));
            let each = open.into_iter().map(|(range, period)| (numbers(telling, at, range), period));
            each.flat_map(|(amounts, period)| amounts.into_iter().map(move |value| exactly(value, period)))
                .collect()
        }
        Type::Date => dates(situation.as_of, fact, now),
        Type::Code(list) => {
            let all = CodeSet::first(book.vocabulary.list(list).map_or(0, |list| list.codes.len()));
            let open = if let Some(Value::Code(open)) = now { *open } else { all };
            let codes = telling.codes(at.fact, open).into_iter();
            codes.map(|position| Value::Code(CodeSet::only(position))).collect()
        }
        Type::Codes(_) => {
            let open = if let Some(Value::Codes(open)) = now { *open } else { CodeBag::any(0) };
            let mut values = vec![
                Value::Codes(CodeBag::exactly(open.certain)),
                Value::Codes(CodeBag::exactly(open.possible)),
            ];
            for position in telling.codes(at.fact, open.possible.without(open.certain)) {
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
fn numbers(telling: &Telling, at: FactRef, range: Range) -> Vec<Decimal> {
    let low = range.low.finite().unwrap_or(Decimal::ZERO);
    let mut values = vec![low];
    let far = Decimal::from(100_000);
    values.push(range.high.finite().map_or(far, |high| high.min(far.max(low))));
    for threshold in telling.thresholds(at.fact) {
        values.extend([threshold, threshold - Decimal::ONE, threshold + Decimal::ONE]);
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

/// The most single items of different codes that are tried.
const ITEMS: usize = 48;

/// No item, one item of amounts between, and one large item of each mix of codes that rules tell apart.
fn list_changes(
    book: &RuleBook,
    telling: &Telling,
    situation: &Situation,
    at: FactRef,
    record: u16,
) -> Vec<Change> {
    let Some(now) = situation.list(at) else { return Vec::new() };
    let whole = |items: Vec<Item>| Change::List(ItemList { given: Given::Told, items, ..now.clone() });
    let fields: Vec<(FactId, &Fact)> = book
        .vocabulary
        .facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| fact.about == About::Item(record))
        .filter_map(|(position, fact)| Some((FactId(u16::try_from(position).ok()?), fact)))
        .collect();
    let mut items = vec![now.unknown.clone()];
    for (id, fact) in &fields {
        let values = field_values(book, telling, situation, *id, fact);
        let room = ITEMS / items.len().max(1);
        items = items
            .into_iter()
            .flat_map(|item| {
                values.iter().take(room.max(1)).map(move |value| with(item.clone(), fact, value))
            })
            .collect();
    }
    let mut changes = vec![whole(Vec::new())];
    // Of the first mix of codes, amounts between too.
    let paid = || fields.iter().filter(|(_, fact)| fact.kind == Kind::One(Type::Paid));
    if let Some(first) = items.first().filter(|_| paid().next().is_some()) {
        for middle in [900, 1900, 2900] {
            let amount = Value::Paid(Paid::One(Range::exactly(middle), Period::Month));
            let item = paid().fold(first.clone(), |item, (_, fact)| with(item, fact, &amount));
            changes.push(whole(vec![item]));
        }
    }
    changes.extend(items.into_iter().map(|item| whole(vec![item])));
    changes
}

fn with(mut item: Item, fact: &Fact, value: &Value) -> Item {
    if let Some(field) = item.fields.get_mut(usize::from(fact.slot)) {
        *field = Known { value: value.clone(), given: Given::Told };
    }
    item
}

/// What one field of an item is tried at.
fn field_values(
    book: &RuleBook,
    telling: &Telling,
    situation: &Situation,
    id: FactId,
    fact: &Fact,
) -> Vec<Value> {
    let Kind::One(kind) = fact.kind else { return Vec::new() };
    let large = Range { low: Bound::at(Decimal::from(9000)), high: Bound::at(Decimal::from(9000)) };
    match kind {
        Type::Code(list) => {
            let all = CodeSet::first(book.vocabulary.list(list).map_or(0, |list| list.codes.len()));
            let codes = telling.codes(id, all).into_iter();
            codes.map(|position| Value::Code(CodeSet::only(position))).collect()
        }
        Type::Paid => vec![Value::Paid(Paid::One(large, Period::Month))],
        Type::Date => vec![Value::Date(Dates::none())],
        Type::Boolean => vec![Value::Truth(Truth::False), Value::Truth(Truth::True)],
        _ => values(book, telling, situation, FactRef::shared(id), fact, kind, None)
            .into_iter()
            .take(1)
            .collect(),
    }
}

/// Nobody is more to anybody than is known, and each two people in each relationship that is possible.
fn relation_changes(book: &RuleBook, situation: &Situation) -> Vec<Change> {
    let people = situation.people();
    let Some(list) = book.vocabulary.list_named("relationship").and_then(|id| book.vocabulary.list(id))
    else {
        return vec![Change::Relations(Relations::none(people))];
    };
    let pairs = |most: usize| {
        (0..people.min(most)).flat_map(move |one| (0..people.min(most)).map(move |other| (one, other)))
    };
    let mut certain = Relations::none(people);
    for (one, other) in pairs(people).filter(|(one, other)| one != other) {
        for code in situation.relations.between(one, other).0.positions() {
            certain.tell(one, CodeSet::only(code), other, list);
        }
    }
    let mut changes = vec![Change::Relations(certain.clone())];
    for (one, other) in pairs(4).filter(|(one, other)| one != other) {
        let (known, possible) = situation.relations.between(one, other);
        for code in possible.without(known).positions() {
            if list.codes.get(code).is_some_and(|code| code.symmetric) && other < one {
                continue;
            }
            let mut relations = certain.clone();
            relations.tell(one, CodeSet::only(code), other, list);
            relations.close(list);
            changes.push(Change::Relations(relations));
        }
    }
    changes
}
