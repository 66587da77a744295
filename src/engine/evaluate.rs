//! The evaluator: a checked tree, a situation and the law of a day -> what may be true.

use std::cell::Cell;

use crate::kernel::{CodeSet, Dates, Day, Range, Truth, Value};
use crate::language::{DefinitionId, FactId, Person, ProgramId, Subject, Tree};
use crate::rulebook::{Amounts, Law, RuleBook};
use crate::vocabulary::{Fact, FactRef, Given, Kind, Known, Role, Situation};

use super::marks::{Marks, Reasons};

/// A value and what it rests on while it is open.
pub(super) type With<T, M> = (T, M);

/// What a variable stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Nothing,
    /// A person; one past the last stands for everybody not listed.
    Person(usize),
    /// An item of a list, of a person or of the household.
    Item {
        person: Option<usize>,
        list: FactId,
        item: Option<usize>,
    },
}

/// The variables of a rule, by slot.
pub(super) type Frame = [Bound; 6];

pub(super) const NO_FRAME: Frame = [Bound::Nothing; 6];

/// The frame of a rule about one person.
pub(super) fn about(person: usize) -> Frame {
    let [_, rest @ ..] = NO_FRAME;
    let [b, c, d, e, f] = rest;
    [Bound::Person(person), b, c, d, e, f]
}

/// The frame of a rule about two people.
fn about_two(one: usize, two: usize) -> Frame {
    let [_, _, rest @ ..] = NO_FRAME;
    let [c, d, e, f] = rest;
    [Bound::Person(one), Bound::Person(two), c, d, e, f]
}

/// Who is in the unit that is looked at, and how they count.
#[derive(Debug, Clone, Default)]
pub(super) struct UnitState<M> {
    /// Whether each listed person is in the unit, and what that rests on.
    pub(super) people: Vec<With<Truth, M>>,
    /// How each may count: positions of the unit's standings.
    pub(super) standing: Vec<With<CodeSet, M>>,
}

#[derive(Clone)]
struct Memo<M> {
    stamp: u32,
    value: With<Value, M>,
}

/// What one run leaves to the next over nearly the same situation.
pub(super) struct Memory<M> {
    definitions: Vec<Option<Memo<M>>>,
    /// What definitions about two people came to, by definition; made when the first is computed.
    of_two: Vec<Vec<Option<With<Value, M>>>>,
    /// The statuses of programs answered before, for `eligible_for`: of the unit, and by person.
    pub(super) answered: Vec<Option<Answered<M>>>,
    /// Stamp of what rests on the unit looked at.
    stamp: u32,
    /// Entries of one definition.
    row: usize,
    roles: Roles,
}

impl<M: Marks> Memory<M> {
    pub(super) fn new(book: &RuleBook, situation: &Situation) -> Self {
        let row = situation.people() + 2;
        Self {
            definitions: vec![None; book.definitions.len() * row],
            of_two: vec![Vec::new(); book.definitions.len()],
            answered: vec![None; book.programs.len()],
            stamp: 0,
            row,
            roles: Roles::of(book),
        }
    }

    /// Forgets whatever may change with a fact.
    pub(super) fn forget(&mut self, book: &RuleBook, fact: FactId) {
        for id in book.reach.definitions(fact) {
            let start = id.index() * self.row;
            if let Some(entries) = self.definitions.get_mut(start..start + self.row) {
                entries.fill(None);
            }
            if let Some(table) = self.of_two.get_mut(id.index()) {
                table.clear();
            }
        }
    }

    /// Forgets every definition.
    pub(super) fn forget_definitions(&mut self) {
        self.definitions.fill(None);
        self.of_two.iter_mut().for_each(Vec::clear);
    }

    /// Forgets everything.
    pub(super) fn forget_all(&mut self) {
        self.forget_definitions();
        self.answered.fill(None);
    }

    /// What was answered for these programs.
    pub(super) fn answers(&self, programs: &[ProgramId]) -> Vec<Option<Answered<M>>> {
        programs.iter().map(|id| self.answered.get(id.index()).cloned().flatten()).collect()
    }

    /// Puts answers back that were kept.
    pub(super) fn put_back(&mut self, programs: &[ProgramId], answers: Vec<Option<Answered<M>>>) {
        for (id, answer) in programs.iter().zip(answers) {
            if let Some(place) = self.answered.get_mut(id.index()) {
                *place = answer;
            }
        }
    }
}

/// Facts that the engine itself reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Roles {
    pub(super) receives: Option<FactId>,
    pub(super) lives_in_home: Option<FactId>,
    pub(super) relationships: Option<FactId>,
    pub(super) people: Option<FactId>,
    pub(super) as_of: Option<FactId>,
    pub(super) receipt_program: Option<FactId>,
    pub(super) receipt_since: Option<FactId>,
    pub(super) receipt_through: Option<FactId>,
}

impl Roles {
    fn of(book: &RuleBook) -> Self {
        let vocabulary = &book.vocabulary;
        let receives = vocabulary.role(Role::Receives);
        let field = |name| match vocabulary.fact(receives?)?.kind {
            Kind::Items(record) => vocabulary.field(record, name),
            Kind::One(_) => None,
        };
        Self {
            receives,
            lives_in_home: vocabulary.role(Role::LivesInHome),
            relationships: vocabulary.role(Role::Relationships),
            people: vocabulary.role(Role::People),
            as_of: vocabulary.role(Role::AsOf),
            receipt_program: field("program"),
            receipt_since: field("since"),
            receipt_through: field("through"),
        }
    }
}

/// One run over one situation under the law of one day.
pub(super) struct Engine<'a, M: Marks> {
    pub(super) book: &'a RuleBook,
    pub(super) law: &'a Law,
    pub(super) day: Day,
    pub(super) situation: &'a Situation,
    pub(super) roles: Roles,
    pub(super) unit: UnitState<M>,
    pub(super) memory: Memory<M>,
    /// How deep derived facts and definitions are nested (bounded by the checks of the rule book).
    depth: Cell<u16>,
}

/// What `eligible_for` says of a program.
#[derive(Debug, Clone)]
pub(super) struct Answered<M> {
    pub(super) unit: With<Truth, M>,
    pub(super) people: Vec<With<Truth, M>>,
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
        memory: Memory<M>,
    ) -> Self {
        Self {
            book,
            law,
            day,
            situation,
            roles: memory.roles,
            unit: UnitState { people: Vec::new(), standing: Vec::new() },
            memory,
            depth: Cell::new(0),
        }
    }

    /// Looks at another unit: whatever rested on the last one is forgotten.
    pub(super) fn look_at(&mut self, unit: UnitState<M>) {
        self.unit = unit;
        self.memory.stamp += 1;
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
                let truth = match (value, person_in(frame, *slot)) {
                    (Value::Person(named), Some(person)) => named.is(person),
                    _ => Truth::Unknown,
                };
                settle(truth, marks, M::default())
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

    /// The dates between which a number is the distance, itself or by its definition.
    fn distance_in<'t>(
        &self,
        tree: &'t Tree,
        frame: &Frame,
    ) -> Option<(crate::kernel::SpanUnit, &'t Tree, &'t Tree, Frame)>
    where
        'a: 't,
    {
        let (tree, frame) = match tree {
            Tree::DefinitionOf(id, slot) => {
                (&self.law.formula(self.book, *id)?.says, about(person_in(frame, *slot)?))
            }
            Tree::Definition(id) => (&self.law.formula(self.book, *id)?.says, NO_FRAME),
            other => (other, *frame),
        };
        match tree {
            Tree::Between(unit, one, two) => Some((*unit, one, two, frame)),
            _ => None,
        }
    }

    /// A distance between dates as if both existed, whether they do, and what both rest on.
    fn distance(&mut self, tree: &Tree, frame: &Frame) -> (Range, Truth, M) {
        let Some((unit, one, two, frame)) = self.distance_in(tree, frame) else {
            let (range, marks) = self.number(tree, frame);
            return (range, Truth::True, marks);
        };
        let (one, marks) = self.date(one, &frame);
        let (two, more) = self.date(two, &frame);
        let exist = one.exists.and(two.exists);
        let there = |dates: Dates| Dates { exists: Truth::True, ..dates };
        (there(one).until(there(two), unit), exist, marks.join(more))
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

    /// A date.
    pub(super) fn date(&mut self, tree: &Tree, frame: &Frame) -> With<Dates, M> {
        match tree {
            Tree::Shift(of, span) => {
                let (dates, marks) = self.date(of, frame);
                (dates.map(|day| span.after(day)), marks)
            }
            Tree::ShiftBy(of, count, unit) => {
                let (dates, marks) = self.date(of, frame);
                let (count, more) = self.number(count, frame);
                let moved = super::operate::shift_by(dates, count, *unit);
                (moved, if moved.is_settled() { M::default() } else { marks.join(more) })
            }
            Tree::StartOfMonth(of) => {
                let (dates, marks) = self.date(of, frame);
                (dates.map(crate::kernel::start_of_month), marks)
            }
            Tree::EndOfMonth(of) => {
                let (dates, marks) = self.date(of, frame);
                (dates.map(crate::kernel::end_of_month), marks)
            }
            Tree::If(parts) => {
                let [test, yes, no] = parts.as_ref();
                let (test, marks) = self.truth(test, frame);
                match test {
                    Truth::True => self.date(yes, frame),
                    Truth::False => self.date(no, frame),
                    Truth::Unknown => {
                        let (yes, one) = self.date(yes, frame);
                        let (no, two) = self.date(no, frame);
                        (yes.join(no), marks.join(one).join(two))
                    }
                }
            }
            _ => {
                let (value, marks) = self.value(tree, frame);
                (value.date(), marks)
            }
        }
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

    fn shared_fact(&mut self, id: FactId) -> With<Value, M> {
        if Some(id) == self.roles.as_of {
            return (Value::Date(Dates::on(self.situation.as_of)), M::default());
        }
        let at = FactRef::shared(id);
        let Some(fact) = self.fact_of_id(id) else { return (Value::Truth(Truth::Unknown), M::fact(at)) };
        match self.situation.shared_fact(fact.slot) {
            Some(known) => self.known(known, fact, at, &NO_FRAME),
            None => (self.book.vocabulary.unknown(fact, self.situation.people()), M::fact(at)),
        }
    }

    pub(super) fn personal_fact(&mut self, id: FactId, person: usize) -> With<Value, M> {
        let at = self.place(person, id);
        let Some(fact) = self.fact_of_id(id) else { return (Value::Truth(Truth::Unknown), M::fact(at)) };
        match self.situation.personal_fact(person, fact.slot) {
            Some(known) => self.known(known, fact, at, &about(person)),
            None => (self.book.vocabulary.unknown(fact, self.situation.people()), M::fact(at)),
        }
    }

    /// What is open about the unlisted rests on the list of people.
    pub(super) fn of_the_unlisted(&self) -> M {
        self.roles.people.map_or_else(M::default, |fact| M::fact(FactRef::shared(fact)))
    }

    /// Where a fact about a person is asked for; what is open about the unlisted is open because
    /// the list of people is.
    fn place(&self, person: usize, id: FactId) -> FactRef {
        match self.roles.people {
            Some(people) if person >= self.situation.people() => FactRef::shared(people),
            _ => FactRef::of(person, id),
        }
    }

    fn known(&mut self, known: &Known, fact: &'a Fact, at: FactRef, frame: &Frame) -> With<Value, M> {
        let open = matches!(known.given, Given::Absent(_))
            || (known.given == Given::Told && !known.value.is_settled());
        if let (true, Some(derived)) = (open, &fact.derived)
            && self.depth.get() < 32
        {
            self.depth.set(self.depth.get() + 1);
            let value = self.derive(fact, derived, &known.value, frame);
            self.depth.set(self.depth.get() - 1);
            let marks = if value.is_settled() { M::default() } else { M::fact(at) };
            return (value, marks);
        }
        let marks = if known.value.is_settled() { M::default() } else { M::fact(at) };
        (known.value.clone(), marks)
    }

    fn field(&mut self, id: FactId, bound: Option<Bound>) -> With<Value, M> {
        let open = (Value::Truth(Truth::Unknown), M::default());
        let (Some(Bound::Item { person, list, item }), Some(fact)) = (bound, self.fact_of_id(id)) else {
            return open;
        };
        let items = match person {
            Some(person) => self.situation.personal_list(person, list),
            None => self.situation.shared_list(list),
        };
        let Some(items) = items else { return open };
        let whose = person.and_then(|person| u8::try_from(person).ok()).unwrap_or(FactRef::NOBODY);
        let (entry, at) = match item {
            Some(item) => {
                let position = u8::try_from(item).unwrap_or(FactRef::NO_ITEM);
                (items.items.get(item), FactRef { person: whose, list, item: position, fact: id })
            }
            None => (Some(&items.unknown), self.list_place(person, list)),
        };
        match entry.and_then(|entry| entry.fields.get(usize::from(fact.slot))) {
            Some(known) => {
                let marks = if known.value.is_settled() { M::default() } else { M::fact(at) };
                (known.value.clone(), marks)
            }
            None => open,
        }
    }

    pub(super) fn list_place(&self, person: Option<usize>, list: FactId) -> FactRef {
        person.map_or_else(|| FactRef::shared(list), |person| self.place(person, list))
    }

    /// A definition, computed at most once per person, unit or household.
    pub(super) fn definition(&mut self, id: DefinitionId, person: Option<usize>) -> With<Value, M> {
        let Some(definition) = self.book.definition(id) else {
            return (Value::Truth(Truth::Unknown), M::reason(Reasons::NOT_ENCODED));
        };
        let column = match (definition.of, person) {
            (Subject::Person, Some(person)) => person,
            _ => self.situation.people() + 1,
        };
        let place = id.index() * (self.situation.people() + 2) + column;
        let stamp = if definition.rests_on_unit { self.memory.stamp } else { u32::MAX };
        if let Some(Some(memo)) = self.memory.definitions.get(place)
            && memo.stamp == stamp
        {
            return memo.value.clone();
        }
        let value = self.compute(definition, id, &person.map_or(NO_FRAME, about));
        if let Some(slot) = self.memory.definitions.get_mut(place) {
            *slot = Some(Memo { stamp, value: value.clone() });
        }
        value
    }

    /// A definition about two people, computed at most once for the two in this order.
    fn definition_of_two(
        &mut self,
        id: DefinitionId,
        one: Option<usize>,
        two: Option<usize>,
    ) -> With<Value, M> {
        let (Some(definition), Some(one), Some(two)) = (self.book.definition(id), one, two) else {
            return (Value::Truth(Truth::Unknown), M::reason(Reasons::NOT_ENCODED));
        };
        let side = self.situation.people() + 1;
        let place = one * side + two;
        let known =
            self.memory.of_two.get(id.index()).and_then(|table| table.get(place)).and_then(Option::as_ref);
        if let Some(known) = known {
            return known.clone();
        }
        let value = self.compute(definition, id, &about_two(one, two));
        if definition.rests_on_unit {
            // Another unit may be looked at next.
            return value;
        }
        if let Some(table) = self.memory.of_two.get_mut(id.index()) {
            if table.is_empty() {
                table.resize(side * side, None);
            }
            if let Some(slot) = table.get_mut(place) {
                *slot = Some(value.clone());
            }
        }
        value
    }

    fn compute(
        &mut self,
        definition: &'a crate::rulebook::Definition,
        id: DefinitionId,
        frame: &Frame,
    ) -> With<Value, M> {
        let Some(version) = self.law.formula(self.book, id) else {
            return (super::operate::anything(definition.kind), M::reason(Reasons::FIGURE));
        };
        let (value, marks) = self.value(&version.says, frame);
        match (value, definition.rounding.as_ref()) {
            (Value::Number(range), Some((rounding, _))) => {
                let rounded = range.rounded(*rounding);
                let marks = if rounded.is_settled() { M::default() } else { marks };
                (Value::Number(rounded), marks)
            }
            (value, _) => (value, marks),
        }
    }

    fn figure(&mut self, id: crate::language::FigureId, key: Option<&Tree>, frame: &Frame) -> With<Range, M> {
        let (value, marks) = self.figure_value(id, key, frame);
        (value.number(), marks)
    }

    fn figure_value(
        &mut self,
        id: crate::language::FigureId,
        key: Option<&Tree>,
        frame: &Frame,
    ) -> With<Value, M> {
        let missing = |kind| (super::operate::anything(kind), M::reason(Reasons::FIGURE));
        let Some(version) = self.law.figure(self.book, id) else {
            let kind = self.book.figure(id).map_or(crate::language::Type::Number, |figure| figure.kind);
            return missing(kind);
        };
        let (range, marks) = match (&version.says.amounts, key) {
            (Amounts::Choice(choice), _) => return (Value::Truth((*choice).into()), M::default()),
            (Amounts::One(range), _) => (*range, M::default()),
            (Amounts::ByCount { .. }, Some(key)) => {
                let (count, marks) = self.number(key, frame);
                (super::operate::look_up(&version.says.amounts, count), marks)
            }
            (Amounts::ByCode(rows), Some(key)) => {
                let (code, marks) = self.value(key, frame);
                (super::operate::look_up_code(rows, &code), marks)
            }
            (Amounts::ByCount { .. } | Amounts::ByCode(_), None) => (Range::ANY, M::default()),
        };
        if range.is_settled() {
            return (Value::Number(range), M::default());
        }
        let awaited = version.says.awaited.is_some() || range == Range::ANY;
        let marks = if awaited { marks.join(M::reason(Reasons::FIGURE)) } else { marks };
        (Value::Number(range), marks)
    }

    fn relation(&mut self, frame: &Frame, one: Person, codes: CodeSet, other: Person) -> With<Truth, M> {
        let (Some(one), Some(other)) = (person_in(frame, one), person_in(frame, other)) else {
            return (Truth::Unknown, M::default());
        };
        let truth = self.situation.relations.is(one, codes, other);
        if truth.is_settled() {
            return (truth, M::default());
        }
        let people = self.situation.people();
        let asked =
            if one >= people || other >= people { self.roles.people } else { self.roles.relationships };
        (truth, asked.map_or_else(M::default, |fact| M::fact(FactRef::shared(fact))))
    }

    /// Whether a person gets a program on the day of application.
    pub(super) fn receives(&mut self, person: Option<usize>, program: usize) -> With<Truth, M> {
        let (Some(person), Some(list)) = (person, self.roles.receives) else {
            return (Truth::Unknown, M::default());
        };
        let at = self.list_place(Some(person), list);
        let Some(items) = self.situation.personal_list(person, list) else {
            return (Truth::Unknown, M::fact(at));
        };
        let today = Dates::on(self.situation.as_of);
        let field = |item: &crate::vocabulary::Item, id: Option<FactId>| {
            let fact = self.book.vocabulary.fact(id?)?;
            item.fields.get(usize::from(fact.slot)).map(|known| known.value.clone())
        };
        let mut found = Truth::False;
        let mut marks = M::default();
        for (position, item) in items.items.iter().enumerate() {
            let is_it = match field(item, self.roles.receipt_program) {
                Some(Value::Code(code)) => code.is_in(CodeSet::only(program)),
                _ => Truth::Unknown,
            };
            let not_yet = match field(item, self.roles.receipt_since) {
                Some(Value::Date(since)) => today.compare(since, Dates::is_before),
                _ => Truth::False,
            };
            let over = match field(item, self.roles.receipt_through) {
                Some(Value::Date(through)) => through.compare(today, Dates::is_before),
                _ => Truth::False,
            };
            let receives = is_it.and(!not_yet).and(!over);
            if receives == Truth::Unknown && person < self.situation.people() {
                let open = [
                    (self.roles.receipt_program, is_it),
                    (self.roles.receipt_since, not_yet),
                    (self.roles.receipt_through, over),
                ];
                for (fact, truth) in open {
                    if let (Some(fact), Truth::Unknown, Ok(item)) = (fact, truth, u8::try_from(position)) {
                        marks = marks.join(M::fact(FactRef { item, fact, ..at }));
                    }
                }
            }
            found = found.or(receives);
        }
        if matches!(items.given, Given::Absent(_)) {
            found = found.or(Truth::Unknown);
            marks = marks.join(M::fact(at));
        }
        (found, if found.is_settled() { M::default() } else { marks })
    }

    pub(super) fn eligible_for(
        &self,
        program: crate::language::ProgramId,
        person: Option<usize>,
    ) -> With<Truth, M> {
        let Some(Some(answered)) = self.memory.answered.get(program.index()) else {
            return (Truth::Unknown, M::reason(Reasons::NOT_ENCODED));
        };
        match person {
            Some(person) => answered
                .people
                .get(person)
                .cloned()
                .unwrap_or((Truth::Unknown, M::reason(Reasons::NOT_ENCODED))),
            None => answered.unit.clone(),
        }
    }

    /// Whether a person lives in the home of the first applicant.
    pub(super) fn lives_in_home(&mut self, person: usize) -> With<Truth, M> {
        let first = (0..self.situation.people()).find(|&person| self.situation.applies(person));
        match self.roles.lives_in_home {
            _ if first == Some(person) => (Truth::True, M::default()),
            Some(fact) => {
                let (value, marks) = self.personal_fact(fact, person);
                (value.truth(), marks)
            }
            None => (Truth::Unknown, M::default()),
        }
    }
}

/// The person that a slot stands for.
pub(super) fn person_in(frame: &Frame, slot: Person) -> Option<usize> {
    match frame.get(usize::from(slot)) {
        Some(Bound::Person(person)) => Some(*person),
        _ => None,
    }
}

/// A truth with what it rests on, if it is open.
pub(super) fn settle<M: Marks>(truth: Truth, one: M, two: M) -> With<Truth, M> {
    if truth.is_settled() { (truth, M::default()) } else { (truth, one.join(two)) }
}
