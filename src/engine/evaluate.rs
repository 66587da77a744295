//! The evaluator: a checked tree, a situation and the law of a day -> what may be true.

use std::cell::Cell;
use std::rc::Rc;

use crate::kernel::{CodeSet, Day, Range, Truth, Value};
use crate::language::{FactId, Tree};
use crate::rulebook::{Law, RuleBook};
use crate::vocabulary::{Fact, Situation};

use super::frame::{Frame, person_in};
use super::marks::{Marks, Reasons};
use super::memory::{Memory, Roles};

/// A value and what it rests on while it is open.
pub(super) type With<T, M> = (T, M);

/// Who is in the unit that is looked at, and how they count.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct UnitState<M> {
    /// Whether each listed person is in the unit, and what that rests on.
    pub(super) people: Vec<With<Truth, M>>,
    /// How each may count: positions of the unit's standings.
    pub(super) standing: Vec<With<CodeSet, M>>,
}

/// One run over one situation under the law of one day.
pub(super) struct Engine<'a, M: Marks> {
    pub(super) book: &'a RuleBook,
    pub(super) law: &'a Law,
    pub(super) day: Day,
    pub(super) situation: &'a Situation,
    pub(super) roles: Roles,
    pub(super) unit: Rc<UnitState<M>>,
    pub(super) memory: Memory<M>,
    /// How deep derived facts and definitions are nested (bounded by the checks of the rule book).
    pub(super) depth: Cell<u16>,
    /// Whether what was told only in part is taken as it was told, not as it follows from other facts.
    pub(super) as_told: bool,
}

impl<'a, M: Marks> Engine<'a, M> {
    /// A run for a situation under the law of `day` (most often its own day of application).
    #[must_use]
    pub(super) fn new(book: &'a RuleBook, law: &'a Law, day: Day, situation: &'a Situation) -> Self {
        Self::resume(book, law, day, situation, Memory::new(book, situation))
    }

    /// A run that goes on with what another left, from which everything is forgotten that has changed since.
    pub(super) fn resume(
        book: &'a RuleBook,
        law: &'a Law,
        day: Day,
        situation: &'a Situation,
        mut memory: Memory<M>,
    ) -> Self {
        // No unit is looked at yet.
        memory.stamp = 0;
        Self {
            book,
            law,
            day,
            situation,
            roles: memory.roles,
            unit: Rc::new(UnitState { people: Vec::new(), standing: Vec::new() }),
            memory,
            depth: Cell::new(0),
            as_told: false,
        }
    }

    /// Looks at a unit. What rests on it is computed anew, unless it was looked at not long ago.
    pub(super) fn look_at(&mut self, unit: UnitState<M>) {
        self.unit = self.memory.look_at(unit);
    }

    pub(super) fn fact_of_id(&self, id: FactId) -> Option<&'a Fact> {
        self.book.vocabulary.fact(id)
    }

    /// A test; open for a tree that is not one (which the checks rule out).
    pub(super) fn truth(&mut self, tree: &Tree, frame: &Frame) -> With<Truth, M> {
        match tree {
            Tree::And(parts) => self.chain(parts, frame, Truth::False),
            Tree::Or(parts) => self.chain(parts, frame, Truth::True),
            Tree::Not(inner) => {
                let (truth, marks) = self.truth(inner, frame);
                (!truth, marks)
            }
            Tree::CompareNumbers(comparison, one, two)
                if self.distance_in(one, frame).is_some() || self.distance_in(two, frame).is_some() =>
            {
                let (one, exist, marks) = self.distance(one, frame);
                let (two, both, more) = self.distance(two, frame);
                // Like a date that does not exist, a distance from it satisfies no comparison.
                let holds = super::operate::compare_numbers(*comparison, one, two);
                settle(exist.and(both).and(holds), marks, more)
            }
            Tree::CompareNumbers(comparison, one, two) => {
                let (one, marks) = self.number(one, frame);
                let (two, more) = self.number(two, frame);
                settle(super::operate::compare_numbers(*comparison, one, two), marks, more)
            }
            Tree::CompareDates(comparison, one, two) => {
                let (one, marks) = self.date(one, frame);
                let (two, more) = self.date(two, frame);
                settle(super::operate::compare_dates(*comparison, one, two), marks, more)
            }
            Tree::CodeIn(of, codes) => {
                let (value, marks) = self.value(of, frame);
                let truth = match value {
                    Value::Code(code) => code.is_in(*codes),
                    _ => Truth::Unknown,
                };
                settle(truth, marks, M::default())
            }
            Tree::ListHas(of, codes) => {
                let (value, marks) = self.value(of, frame);
                let truth = match value {
                    Value::Codes(list) => list.has_any(*codes),
                    _ => Truth::Unknown,
                };
                settle(truth, marks, M::default())
            }
            Tree::ListIsEmpty(of) => {
                let (value, marks) = self.value(of, frame);
                let truth = match value {
                    Value::Codes(list) => list.is_empty(),
                    _ => Truth::Unknown,
                };
                settle(truth, marks, M::default())
            }
            Tree::IsGiven(of) => {
                let (value, marks) = self.value(of, frame);
                let truth = match value {
                    Value::Date(dates) => dates.exists,
                    Value::Code(code) => code.exists(),
                    Value::Person(person) => person.exists(),
                    _ => Truth::Unknown,
                };
                settle(truth, marks, M::default())
            }
            Tree::PeopleHave(of, slot) => {
                let (value, marks) = self.value(of, frame);
                let truth = match (value, person_in(frame, *slot)) {
                    (Value::People(people), Some(person)) => people.has(person),
                    _ => Truth::Unknown,
                };
                settle(truth, marks, M::default())
            }
            Tree::PersonIs(of, slot) => {
                let (value, marks) = self.value(of, frame);
                match (value, person_in(frame, *slot)) {
                    (Value::Person(named), Some(person)) if person >= self.situation.people() => {
                        settle(named.is_unlisted(), marks, self.of_the_unlisted())
                    }
                    (Value::Person(named), Some(person)) => settle(named.is(person), marks, M::default()),
                    _ => (Truth::Unknown, marks),
                }
            }
            Tree::SamePerson(one, two) => {
                let same = person_in(frame, *one) == person_in(frame, *two);
                (same.into(), M::default())
            }
            Tree::Relation(one, codes, other) => self.relation(frame, *one, *codes, *other),
            Tree::Receives(slot, program) => self.receives(person_in(frame, *slot), *program),
            Tree::EligibleFor(program, slot) => {
                self.eligible_for(*program, slot.and_then(|slot| person_in(frame, slot)))
            }
            Tree::Standing(slot, standings) => match person_in(frame, *slot) {
                Some(person) if person >= self.situation.people() => (Truth::Unknown, self.of_the_unlisted()),
                Some(person) => match self.unit.standing.get(person) {
                    Some((standing, marks)) => {
                        settle(standing.is_in(*standings), marks.clone(), M::default())
                    }
                    None => (Truth::False, M::default()),
                },
                None => (Truth::Unknown, M::default()),
            },
            Tree::GroupIsEmpty(group) => self.group_is_empty(*group, frame),
            Tree::If(parts) => {
                let [test, yes, no] = parts.as_ref();
                let (test, marks) = self.truth(test, frame);
                match test {
                    Truth::True => self.truth(yes, frame),
                    Truth::False => self.truth(no, frame),
                    Truth::Unknown => {
                        let (yes, one) = self.truth(yes, frame);
                        let (no, two) = self.truth(no, frame);
                        settle(yes.join(no), marks, one.join(two))
                    }
                }
            }
            Tree::Aggregate { .. } => {
                let (value, marks) = self.aggregate(tree, frame);
                (value.truth(), marks)
            }
            _ => {
                let (value, marks) = self.value(tree, frame);
                (value.truth(), marks)
            }
        }
    }

    /// `and` (decided by `False`) or `or` (decided by `True`).
    fn chain(&mut self, parts: &[Tree], frame: &Frame, decides: Truth) -> With<Truth, M> {
        let mut open = false;
        let mut marks = M::default();
        for part in parts {
            let (truth, more) = self.truth(part, frame);
            if truth == decides {
                return (decides, M::default());
            }
            if truth == Truth::Unknown {
                open = true;
                marks = marks.join(more);
            }
        }
        if open { (Truth::Unknown, marks) } else { (!decides, M::default()) }
    }

    /// A quantity.
    pub(super) fn number(&mut self, tree: &Tree, frame: &Frame) -> With<Range, M> {
        match tree {
            Tree::Constant(value) => (value.number(), M::default()),
            Tree::Arithmetic(operator, one, two) => {
                let (one, marks) = self.number(one, frame);
                let (two, more) = self.number(two, frame);
                let range = super::operate::arithmetic(*operator, one, two);
                if range.is_settled() {
                    return (range, M::default());
                }
                let unsound = one.is_settled() && two.is_settled();
                let marks = marks.join(more);
                let marks = if unsound { marks.join(M::reason(Reasons::NOT_ENCODED)) } else { marks };
                (range, marks)
            }
            Tree::Negative(inner) => {
                let (range, marks) = self.number(inner, frame);
                (Range::ZERO.minus(range), marks)
            }
            Tree::Max(parts) => self.extreme(parts, frame, Range::greatest),
            Tree::Min(parts) => self.extreme(parts, frame, Range::least),
            Tree::Figure(id, key) => {
                let key = key.as_deref();
                self.figure(*id, key, frame)
            }
            Tree::Monthly(of, conversion) => {
                let (value, marks) = self.value(of, frame);
                let range = match (value, self.book.conversions.get(usize::from(*conversion))) {
                    (Value::Paid(paid), Some(conversion)) => super::operate::monthly(&paid, conversion),
                    (Value::Number(weekly), Some(conversion)) => {
                        let paid = crate::kernel::Paid::One(weekly, crate::kernel::Period::Week);
                        super::operate::monthly(&paid, conversion)
                    }
                    _ => Range::ANY,
                };
                (range, if range.is_settled() { M::default() } else { marks })
            }
            Tree::Between(unit, one, two) => {
                let (one, marks) = self.date(one, frame);
                let (two, more) = self.date(two, frame);
                let range = one.until(two, *unit);
                if range.is_settled() {
                    return (range, M::default());
                }
                let marks = marks.join(more);
                // No fact tells how far it is from a day that there is not.
                let never = one.exists == Truth::False || two.exists == Truth::False;
                (range, if never { marks.join(M::reason(Reasons::NOT_ENCODED)) } else { marks })
            }
            Tree::DayOfMonth(of) => {
                let (dates, marks) = self.date(of, frame);
                let range = super::operate::day_of_month(dates);
                (range, if range.is_settled() { M::default() } else { marks })
            }
            Tree::If(parts) => {
                let [test, yes, no] = parts.as_ref();
                let (test, marks) = self.truth(test, frame);
                match test {
                    Truth::True => self.number(yes, frame),
                    Truth::False => self.number(no, frame),
                    Truth::Unknown => {
                        let (yes, one) = self.number(yes, frame);
                        let (no, two) = self.number(no, frame);
                        let range = yes.join(no);
                        if range.is_settled() {
                            return (range, M::default());
                        }
                        (range, marks.join(one).join(two))
                    }
                }
            }
            Tree::Aggregate { .. } => {
                let (value, marks) = self.aggregate(tree, frame);
                (value.number(), marks)
            }
            _ => {
                let (value, marks) = self.value(tree, frame);
                (value.number(), marks)
            }
        }
    }

    fn extreme(&mut self, parts: &[Tree], frame: &Frame, pick: fn(Range, Range) -> Range) -> With<Range, M> {
        let mut found: Option<Range> = None;
        let mut marks = M::default();
        for part in parts {
            let (range, more) = self.number(part, frame);
            found = Some(found.map_or(range, |before| pick(before, range)));
            marks = marks.join(more);
        }
        let range = found.unwrap_or(Range::ANY);
        (range, if range.is_settled() { M::default() } else { marks })
    }

    /// Any value.
    pub(super) fn value(&mut self, tree: &Tree, frame: &Frame) -> With<Value, M> {
        match tree {
            Tree::Constant(value) => (value.clone(), M::default()),
            Tree::Fact(id) => self.shared_fact(*id),
            Tree::FactOf(id, slot) => match person_in(frame, *slot) {
                Some(person) => self.personal_fact(*id, person),
                None => (Value::Truth(Truth::Unknown), M::default()),
            },
            Tree::Field(id, slot) => self.field(*id, frame.get(usize::from(*slot)).copied()),
            Tree::Definition(id) => self.definition(*id, None),
            Tree::DefinitionOf(id, slot) => self.definition(*id, person_in(frame, *slot)),
            Tree::DefinitionOfTwo(id, one, two) => {
                self.definition_of_two(*id, person_in(frame, *one), person_in(frame, *two))
            }
            Tree::Aggregate { .. } => self.aggregate(tree, frame),
            Tree::If(parts) => {
                let [test, yes, no] = parts.as_ref();
                let (test, marks) = self.truth(test, frame);
                match test {
                    Truth::True => self.value(yes, frame),
                    Truth::False => self.value(no, frame),
                    Truth::Unknown => {
                        let (yes, one) = self.value(yes, frame);
                        let (no, two) = self.value(no, frame);
                        (yes.join(&no), marks.join(one).join(two))
                    }
                }
            }
            Tree::Arithmetic(..)
            | Tree::Negative(_)
            | Tree::Max(_)
            | Tree::Min(_)
            | Tree::Monthly(..)
            | Tree::Between(..)
            | Tree::DayOfMonth(_) => {
                let (range, marks) = self.number(tree, frame);
                (Value::Number(range), marks)
            }
            Tree::Figure(id, key) => self.figure_value(*id, key.as_deref(), frame),
            Tree::Shift(..) | Tree::ShiftBy(..) | Tree::StartOfMonth(_) | Tree::EndOfMonth(_) => {
                let (dates, marks) = self.date(tree, frame);
                (Value::Date(dates), marks)
            }
            _ => {
                let (truth, marks) = self.truth(tree, frame);
                (Value::Truth(truth), marks)
            }
        }
    }
}

/// A truth with what it rests on, if it is open.
pub(super) fn settle<M: Marks>(truth: Truth, one: M, two: M) -> With<Truth, M> {
    if truth.is_settled() { (truth, M::default()) } else { (truth, one.join(two)) }
}
