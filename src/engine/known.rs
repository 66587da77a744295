//! What is known: facts of a person or the household, fields of items, relationships, receipts, other answers.

use crate::kernel::{CodeSet, Dates, Truth, Value};
use crate::language::{FactId, Person};
use crate::vocabulary::{Fact, FactRef, Given, Known};

use super::evaluate::{Engine, With};
use super::frame::{Bound, Frame, NO_FRAME, about, person_in};
use super::marks::{Marks, Reasons};

impl<'a, M: Marks> Engine<'a, M> {
    pub(super) fn shared_fact(&mut self, id: FactId) -> With<Value, M> {
        if Some(id) == self.roles.as_of {
            return (Value::Date(Dates::on(self.situation.as_of)), M::default());
        }
        let at = FactRef::shared(id);
        let Some(fact) = self.fact_of_id(id) else { return (Value::Truth(Truth::Unknown), M::fact(at)) };
        match self.situation.shared_fact(fact.slot) {
            Some(known) => self.known(known, fact, at, None),
            None => (self.book.vocabulary.unknown(fact, self.situation.people()), M::fact(at)),
        }
    }

    pub(super) fn personal_fact(&mut self, id: FactId, person: usize) -> With<Value, M> {
        let at = self.place(person, id);
        let Some(fact) = self.fact_of_id(id) else { return (Value::Truth(Truth::Unknown), M::fact(at)) };
        match self.situation.personal_fact(person, fact.slot) {
            Some(known) => self.known(known, fact, at, Some(person)),
            None => (self.book.vocabulary.unknown(fact, self.situation.people()), M::fact(at)),
        }
    }

    /// What is open about the unlisted rests on the list of people.
    pub(super) fn of_the_unlisted(&self) -> M {
        self.roles.people.map_or_else(M::default, |fact| M::fact(FactRef::shared(fact)))
    }

    /// Where a fact about a person is asked for; what is open about the unlisted is open because
    /// the list of people is.
    pub(super) fn place(&self, person: usize, id: FactId) -> FactRef {
        match self.roles.people {
            Some(people) if person >= self.situation.people() => FactRef::shared(people),
            _ => FactRef::of(person, id),
        }
    }

    pub(super) fn known(
        &mut self,
        known: &Known,
        fact: &'a Fact,
        at: FactRef,
        person: Option<usize>,
    ) -> With<Value, M> {
        let open = matches!(known.given, Given::Absent(_))
            || (known.given == Given::Told && !known.value.is_settled() && !self.as_told);
        if let (true, Some(derived)) = (open, &fact.derived)
            && self.depth.get() < 32
        {
            self.depth.set(self.depth.get() + 1);
            let value = self.derive(fact, derived, &known.value, &person.map_or(NO_FRAME, about));
            self.depth.set(self.depth.get() - 1);
            let marks = if value.is_settled() { M::default() } else { M::fact(at) };
            return (value, marks);
        }
        let marks = if known.value.is_settled() { M::default() } else { M::fact(at) };
        (known.value.clone(), marks)
    }

    pub(super) fn field(&mut self, id: FactId, bound: Option<Bound>) -> With<Value, M> {
        let open = (Value::Truth(Truth::Unknown), M::default());
        let (Some(Bound::Item { person, list, item }), Some(fact)) = (bound, self.fact_of_id(id)) else {
            return open;
        };
        let (person, item) = (person.map(usize::from), item.map(usize::from));
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

    pub(super) fn relation(
        &mut self,
        frame: &Frame,
        one: Person,
        codes: CodeSet,
        other: Person,
    ) -> With<Truth, M> {
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
