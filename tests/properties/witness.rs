//! A fact called missing has a witness: two ways of completing what is known, the same but for that fact, that give
//! two results. The engine shows the two; here it is checked that they are what they are said to be.

use onward::engine::{Depth, Findings, Status, UnitFinding, Witness, contradictions};
use onward::kernel::{CodeSet, Truth};
use onward::language::FactId;
use onward::rulebook::{PersonRole, RuleBook};
use onward::vocabulary::{FactRef, Given, ItemList, Kind, Known, Role, Situation};

use crate::answers::answers;

/// What is wrong with a witness, if anything is.
pub fn fault(book: &RuleBook, situation: &Situation, witness: &Witness) -> Option<&'static str> {
    let [one, other] = &witness.situations;
    for completed in &witness.situations {
        if !completes(book, situation, completed) {
            return Some("is no completion of what is known");
        }
        // A fact that is moot beside another shows nothing less: only what follows from others must fit them.
        let follows = |fact: FactId| {
            let derived = book.vocabulary.fact(fact).and_then(|fact| fact.derived.as_ref());
            derived.is_some_and(|derived| derived.value.is_some())
        };
        if contradictions(book, completed).iter().any(|one| follows(one.at.fact)) {
            return Some("contradicts itself");
        }
    }
    if *one == *other || *one != with_fact_of(book, other, one, witness.fact) {
        return Some("differs in something else");
    }
    let found = |situation, depth| {
        let answered = answers(book, situation, depth);
        answered.into_iter().find(|answer| answer.program == witness.program)
    };
    let apart = |depth| {
        let (one, other) = (found(one, depth), found(other, depth));
        one.zip(other).is_some_and(|(one, other)| differs_for_good(&one, &other))
    };
    // The quick answer shows a status; only the whole one shows that nothing is missing any more.
    let shown = apart(Depth::Result) || apart(Depth::Summary);
    (!shown).then_some("gives results that more facts could make the same")
}

/// Whether the second situation holds all that the first knows, and perhaps more.
fn completes(book: &RuleBook, known: &Situation, completed: &Situation) -> bool {
    let all = |one: &[Known], two: &[Known]| {
        one.len() == two.len() && one.iter().zip(two).all(|(one, two)| narrows(one, two))
    };
    let lists = |one: &[ItemList], two: &[ItemList]| {
        one.iter().zip(two).all(|(one, two)| {
            let same = one.items.len() == two.items.len();
            let items = one.items.iter().zip(&two.items).all(|(one, two)| all(&one.fields, &two.fields));
            one.given != Given::Told || (same && items)
        })
    };
    let codes = book.vocabulary.list_named("relationship").and_then(|id| book.vocabulary.list(id));
    let ties = (0..codes.map_or(0, |list| list.codes.len())).all(|code| {
        let pairs = (0..known.people()).flat_map(|one| (0..known.people()).map(move |other| (one, other)));
        pairs.into_iter().all(|(one, other)| {
            let was = known.relations.is(one, CodeSet::only(code), other);
            was == Truth::Unknown || was == completed.relations.is(one, CodeSet::only(code), other)
        })
    });
    let personal =
        known.personal_lists.iter().zip(&completed.personal_lists).all(|(one, two)| lists(one, two));
    all(&known.shared, &completed.shared)
        && all(&known.personal, &completed.personal)
        && lists(&known.shared_lists, &completed.shared_lists)
        && personal
        && ties
        && (known.open || !completed.open)
}

fn narrows(known: &Known, completed: &Known) -> bool {
    match known.given {
        Given::Told => known.value == completed.value || known.value.allows(&completed.value),
        Given::NotShown => known == completed,
        Given::Absent(_) => true,
    }
}

/// A situation with one fact as another has it.
fn with_fact_of(book: &RuleBook, situation: &Situation, other: &Situation, at: FactRef) -> Situation {
    let mut mixed = situation.clone();
    let fact = book.vocabulary.fact(at.fact).unwrap();
    match (fact.role, fact.kind) {
        (Some(Role::Relationships), _) => mixed.relations = other.relations.clone(),
        (Some(Role::People), _) => mixed.open = other.open,
        (_, Kind::Items(_)) => *list_at(&mut mixed, at, at.fact) = other.list(at).unwrap().clone(),
        _ => {
            let known = other.known(at, &book.vocabulary).unwrap().clone();
            let slot = usize::from(fact.slot);
            if at.item != FactRef::NO_ITEM {
                let item = &mut list_at(&mut mixed, at, at.list).items[usize::from(at.item)];
                item.fields[slot] = known;
            } else if at.person == FactRef::NOBODY {
                mixed.shared[slot] = known;
            } else {
                let stride = mixed.stride;
                mixed.personal[usize::from(at.person) * stride + slot] = known;
            }
        }
    }
    mixed
}

fn list_at(situation: &mut Situation, at: FactRef, list: FactId) -> &mut ItemList {
    let slot = usize::from(situation.list_slots[list.index()]);
    if at.person == FactRef::NOBODY {
        &mut situation.shared_lists[slot]
    } else {
        &mut situation.personal_lists[usize::from(at.person)][slot]
    }
}

/// Whether two answers differ, and no fact could make them the same.
fn differs_for_good(one: &Findings, other: &Findings) -> bool {
    let whole = |found: &Findings| {
        found.status != Status::NeedsInformation
            && found.units.iter().all(|unit| {
                unit.missing.is_empty()
                    && unit.people.iter().all(|one| one.status != Status::NeedsInformation)
            })
    };
    if whole(one) && whole(other) {
        return results(one) != results(other);
    }
    let settled = |one: Status, other: Status| {
        one != other && one != Status::NeedsInformation && other != Status::NeedsInformation
    };
    let tops = one.units.first().zip(other.units.first());
    settled(one.status, other.status)
        || tops.is_some_and(|(one, other)| settled(one.status, other.status) || amounts_apart(one, other))
        || people_apart(one, other, settled)
        || people_apart(other, one, settled)
}

fn people_apart(one: &Findings, other: &Findings, settled: impl Fn(Status, Status) -> bool) -> bool {
    let inside = |found: &Findings| -> Vec<(usize, Status)> {
        let people = found.units.iter().flat_map(|unit| &unit.people);
        let people = people.filter(|one| one.role != PersonRole::Outside);
        people.map(|one| (one.person, one.status)).collect()
    };
    let theirs = inside(other);
    inside(one).into_iter().any(|(person, status)| {
        let other = theirs.iter().find(|(known, _)| *known == person);
        settled(status, other.map_or(Status::NotEligible, |(_, status)| *status))
    })
}

fn amounts_apart(one: &UnitFinding, other: &UnitFinding) -> bool {
    let full =
        one.amount.as_ref().map(|amount| amount.range).zip(other.amount.as_ref().map(|amount| amount.range));
    let first = one.first_period.map(|first| first.range).zip(other.first_period.map(|first| first.range));
    [full, first].into_iter().flatten().any(|(one, other)| one.high < other.low || other.high < one.low)
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
