//! Dates, and the distance between two of them where one may not exist.

use crate::kernel::{Dates, Range, Truth};
use crate::language::Tree;

use super::evaluate::{Engine, With};
use super::frame::{Frame, NO_FRAME, about, person_in};
use super::marks::Marks;

impl<'a, M: Marks> Engine<'a, M> {
    /// The dates between which a number is the distance, itself or by its definition.
    pub(super) fn distance_in<'t>(
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
    pub(super) fn distance(&mut self, tree: &Tree, frame: &Frame) -> (Range, Truth, M) {
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
}
