//! Facts that were given and cannot all be so: found by what the vocabulary declares, and named by where they stand.
//!
//! For: `answer`, and the search for witnesses, which puts in no value that contradicts a fact that follows from others.
//! A test of the vocabulary counts only where it holds for everything that the given facts may still be.

use crate::kernel::Truth;
use crate::language::FactId;
use crate::rulebook::RuleBook;
use crate::vocabulary::{
    About, Absence, Conflict, Fact, FactRef, Given, Kind, Known, Relations, Role, Situation, Vocabulary,
};

use super::evaluate::Engine;
use super::frame::{NO_FRAME, about};
use super::marks::Marks;
use super::telling::Change;

/// How often a contradiction may be looked for with facts left out, for one request.
const MOST_TRIES: usize = 20_000;

/// A fact that was given and cannot be so beside others that were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contradiction {
    /// The fact whose declaration says so.
    pub at: FactRef,
    /// Which of its declared contradictions.
    pub which: usize,
}

impl Contradiction {
    /// What the vocabulary declares.
    #[must_use]
    pub fn conflict(self, vocabulary: &Vocabulary) -> Option<&Conflict> {
        vocabulary.fact(self.at.fact)?.conflicts.get(self.which)
    }
}

/// Every given fact that contradicts others that were given.
#[must_use]
pub fn contradictions(book: &RuleBook, situation: &Situation) -> Vec<Contradiction> {
    let Some(law) = book.on(situation.as_of, situation.state) else { return Vec::new() };
    let mut engine = Engine::<()>::new(book, law, situation.as_of, situation);
    let mut found = Vec::new();
    for (position, fact) in book.vocabulary.facts.iter().enumerate() {
        let Ok(id) = u16::try_from(position).map(FactId) else { break };
        if fact.conflicts.is_empty() || (!day_is_known(book, situation) && rests_on_day(book, id)) {
            continue;
        }
        for at in places(fact, id, situation).into_iter().filter(|at| is_told(situation, *at, book)) {
            let holds = |which: &usize| {
                let one = Contradiction { at, which: *which };
                one.conflict(&book.vocabulary).is_some_and(|conflict| engine.contradicts(at, conflict))
            };
            let which = (0..fact.conflicts.len()).filter(holds);
            found.extend(which.map(|which| Contradiction { at, which }).collect::<Vec<_>>());
        }
    }
    found
}

impl<M: Marks> Engine<'_, M> {
    /// Whether what is declared of the fact at a place holds for everything that may still be.
    pub(super) fn contradicts(&mut self, at: FactRef, conflict: &Conflict) -> bool {
        let frame = if at.person == FactRef::NOBODY { NO_FRAME } else { about(usize::from(at.person)) };
        // What follows from other facts would fit them, whatever was told.
        self.as_told = true;
        let holds = self.truth(&conflict.test, &frame).0 == Truth::True;
        self.as_told = false;
        holds
    }
}

/// A day of application that could not be read is none that other facts could contradict.
fn day_is_known(book: &RuleBook, situation: &Situation) -> bool {
    let day = book.vocabulary.role(Role::AsOf).map(FactRef::shared);
    day.and_then(|day| situation.known(day, &book.vocabulary)).is_some_and(|day| day.given == Given::Told)
}

fn rests_on_day(book: &RuleBook, id: FactId) -> bool {
    // What somebody gets is what they get on that day.
    [Role::AsOf, Role::Receives]
        .into_iter()
        .filter_map(|role| book.vocabulary.role(role))
        .any(|part| book.reach.takes_part(part, id))
}

/// Where a fact stands: once, or once for each person.
pub(super) fn places(fact: &Fact, id: FactId, situation: &Situation) -> Vec<FactRef> {
    match fact.about {
        About::Person => (0..situation.people()).map(|person| FactRef::of(person, id)).collect(),
        _ => vec![FactRef::shared(id)],
    }
}

/// Whether a fact or a list was given.
pub(super) fn is_told(situation: &Situation, at: FactRef, book: &RuleBook) -> bool {
    let known = situation.known(at, &book.vocabulary).map(|known| known.given);
    known.or_else(|| situation.list(at).map(|list| list.given)) == Some(Given::Told)
}

/// Looks for the facts that cannot all be so, by leaving others out.
pub struct Parties<'b> {
    book: &'b RuleBook,
    /// The situation with what is left out now.
    without: Situation,
    /// What stood where something was left out.
    before: Vec<(FactRef, Change)>,
    /// How often may be looked yet.
    tries: usize,
}

impl<'b> Parties<'b> {
    /// For a situation, within a bound of time.
    #[must_use]
    pub fn of(book: &'b RuleBook, situation: &Situation) -> Self {
        Self { book, without: situation.clone(), before: Vec::new(), tries: MOST_TRIES }
    }

    /// Each set of given facts that cannot all be so: with any one of a set unknown, the others of it could be. The fact
    /// that the vocabulary declares it of stands first. Once the tries are used up, that fact alone is named.
    pub fn sets(&mut self, one: Contradiction) -> Vec<Vec<FactRef>> {
        let mut sets: Vec<Vec<FactRef>> = Vec::new();
        while self.tries > 0 && self.holds(one) {
            let mark = self.before.len();
            let set = self.set(one);
            self.put_back(mark);
            let others: Vec<FactRef> = set.iter().filter(|at| **at != one.at).copied().collect();
            let done = others.is_empty() || sets.contains(&set);
            sets.push(set);
            if done {
                break;
            }
            // Without these, is there another reason?
            self.leave_out(&others);
        }
        self.put_back(0);
        if sets.is_empty() { vec![vec![one.at]] } else { sets }
    }

    fn holds(&mut self, one: Contradiction) -> bool {
        self.tries = self.tries.saturating_sub(1);
        let (day, state) = (self.without.as_of, self.without.state);
        let parts = one.conflict(&self.book.vocabulary).zip(self.book.on(day, state));
        parts.is_some_and(|(conflict, law)| {
            Engine::<()>::new(self.book, law, day, &self.without).contradicts(one.at, conflict)
        })
    }

    /// One set of facts without any of which the rest could be so.
    fn set(&mut self, one: Contradiction) -> Vec<FactRef> {
        let facts = self.needed(one, &given(self.book, &self.without, one.at));
        let mut set = Vec::new();
        for at in facts {
            // Of a list, its own fields say more.
            let record = match self.book.vocabulary.fact(at.fact).map(|fact| fact.kind) {
                Some(Kind::Items(record)) => record,
                _ => {
                    set.push(at);
                    continue;
                }
            };
            let fields = fields(&self.book.vocabulary, &self.without, at, record);
            let needed = self.needed(one, &fields);
            set.extend(if needed.is_empty() { vec![at] } else { needed });
        }
        set.sort_by_key(|at| (*at != one.at, at.person != one.at.person));
        set
    }

    /// Those of the places that are needed; the others are left out. Halves are left out at once.
    fn needed(&mut self, one: Contradiction, places: &[FactRef]) -> Vec<FactRef> {
        if places.is_empty() || self.tries == 0 {
            return places.to_vec();
        }
        let mark = self.before.len();
        self.leave_out(places);
        if self.holds(one) {
            return Vec::new();
        }
        self.put_back(mark);
        if places.len() == 1 {
            return places.to_vec();
        }
        let (first, second) = places.split_at(places.len() / 2);
        let mut needed = self.needed(one, first);
        needed.extend(self.needed(one, second));
        needed
    }

    fn leave_out(&mut self, places: &[FactRef]) {
        for at in places {
            if let Some(change) = unknown(self.book, &self.without, *at) {
                let before = change.apply(&mut self.without, *at, self.book);
                self.before.push((*at, before));
            }
        }
    }

    /// Puts back whatever was left out since.
    fn put_back(&mut self, mark: usize) {
        for (at, change) in self.before.split_off(mark.min(self.before.len())).into_iter().rev() {
            change.apply(&mut self.without, at, self.book);
        }
    }
}

/// Every given fact and list on which a contradiction may rest.
fn given(book: &RuleBook, situation: &Situation, contradicted: FactRef) -> Vec<FactRef> {
    let vocabulary = &book.vocabulary;
    let mut found = Vec::new();
    for (position, fact) in vocabulary.facts.iter().enumerate() {
        let Ok(id) = u16::try_from(position).map(FactId) else { break };
        let shapes = matches!(fact.role, Some(Role::AsOf | Role::State | Role::People | Role::Applicant));
        if shapes || matches!(fact.about, About::Item(_)) || !book.reach.takes_part(id, contradicted.fact) {
            continue;
        }
        for at in places(fact, id, situation).into_iter().filter(|at| is_told(situation, *at, book)) {
            found.push(at);
        }
    }
    found
}

/// The fields of the items of a list that were given.
fn fields(vocabulary: &Vocabulary, situation: &Situation, list: FactRef, record: u16) -> Vec<FactRef> {
    let items = situation.list(list).map_or(&[][..], |list| &list.items);
    let of_record: Vec<(FactId, &Fact)> = (vocabulary.facts.iter().enumerate())
        .filter(|(_, fact)| fact.about == About::Item(record))
        .filter_map(|(position, fact)| Some((FactId(u16::try_from(position).ok()?), fact)))
        .collect();
    let mut found = Vec::new();
    for item in (0..items.len()).filter_map(|item| u8::try_from(item).ok()) {
        for (id, fact) in &of_record {
            let at = FactRef { item, fact: *id, ..list };
            let left_out = |known: &Known| fact.left_out_is_none && known.value == Vocabulary::none(fact);
            let known = situation.known(at, vocabulary);
            if known.is_some_and(|known| known.given == Given::Told && !left_out(known)) {
                found.push(at);
            }
        }
    }
    found
}

/// The same place with nothing known.
fn unknown(book: &RuleBook, situation: &Situation, at: FactRef) -> Option<Change> {
    let vocabulary = &book.vocabulary;
    let fact = vocabulary.fact(at.fact)?;
    let given = Given::Absent(Absence::NotAsked);
    if fact.role == Some(Role::Relationships) {
        let codes = vocabulary.list_named(crate::vocabulary::RELATIONSHIP_LIST);
        let codes = codes.and_then(|id| vocabulary.list(id)).map_or(0, |list| list.codes.len());
        return Some(Change::Relations(Relations::unknown(situation.people(), codes)));
    }
    Some(match fact.kind {
        Kind::Items(_) => {
            let list = situation.list(at)?.clone();
            Change::List(crate::vocabulary::ItemList { given, items: Vec::new(), ..list })
        }
        Kind::One(_) => Change::Fact(Known { value: vocabulary.unknown(fact, situation.people()), given }),
    })
}
