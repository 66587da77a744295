//! Definitions, each computed at most once, and figures.

use crate::kernel::{Range, Truth, Value};
use crate::language::{DefinitionId, Subject, Tree};
use crate::rulebook::Amounts;

use super::evaluate::{Engine, With};
use super::frame::{Frame, NO_FRAME, about, about_two};
use super::marks::{Marks, Reasons};
use super::memory::Memo;

impl<'a, M: Marks> Engine<'a, M> {
    /// A definition, computed at most once per person, unit or household.
    pub(super) fn definition(&mut self, id: DefinitionId, person: Option<usize>) -> With<Value, M> {
        let Some(definition) = self.book.definition(id) else {
            return (Value::Truth(Truth::Unknown), M::reason(Reasons::NOT_ENCODED));
        };
        let column = match (definition.of, person) {
            (Subject::Person, Some(person)) => person,
            _ => self.situation.people() + 1,
        };
        let stamp = if definition.rests_on_unit { self.memory.stamp } else { u32::MAX };
        if let Some(memo) = self.memory.definitions.get(id.index(), column)
            && memo.stamp == stamp
            && !self.as_told
        {
            return memo.value.clone();
        }
        let value = self.compute(definition, id, &person.map_or(NO_FRAME, about));
        if self.as_told {
            return value;
        }
        let length = self.memory.row;
        let memo = Memo { stamp, value: value.clone() };
        self.memory.definitions.put(id.index(), column, length, memo);
        value
    }

    /// A definition about two people, computed at most once for the two in this order.
    pub(super) fn definition_of_two(
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
        let stamp = if definition.rests_on_unit { self.memory.stamp } else { u32::MAX };
        if let Some(memo) = self.memory.of_two.get(id.index(), place)
            && memo.stamp == stamp
            && !self.as_told
        {
            return memo.value.clone();
        }
        let value = self.compute(definition, id, &about_two(one, two));
        if self.as_told {
            return value;
        }
        let memo = Memo { stamp, value: value.clone() };
        self.memory.of_two.put(id.index(), place, side * side, memo);
        value
    }

    pub(super) fn compute(
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

    pub(super) fn figure(
        &mut self,
        id: crate::language::FigureId,
        key: Option<&Tree>,
        frame: &Frame,
    ) -> With<Range, M> {
        let (value, marks) = self.figure_value(id, key, frame);
        (value.number(), marks)
    }

    pub(super) fn figure_value(
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
}
