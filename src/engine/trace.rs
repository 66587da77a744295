//! The arithmetic behind a result: each step with its formula and the values in it. The values come
//! from the same run as the result, so the two cannot disagree.

use crate::kernel::Value;
use crate::language::{DefinitionId, Subject, Type};
use crate::rulebook::FormulaText;

use super::evaluate::Engine;
use super::frame::{Frame, NO_FRAME, about};
use super::marks::Marks;

/// One step: a definition of the worksheet, or the test of a requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The definition; `None` for a test.
    pub definition: Option<DefinitionId>,
    /// The formula as the rule file has it.
    pub formula: String,
    /// The names in it that stand for one value, with that value.
    pub parts: Vec<Part>,
    /// The result.
    pub value: Value,
    /// The type of the result.
    pub kind: Type,
}

/// A name in a formula and what it stood for.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// First byte in the formula.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it stood for.
    pub value: Value,
    /// Its type.
    pub kind: Type,
}

impl<M: Marks> Engine<'_, M> {
    pub(super) fn line(&mut self, id: DefinitionId, person: Option<usize>) -> Option<Line> {
        let definition = self.book.definition(id)?;
        let text = self.law.formula_text(self.book, id)?;
        let person = person.filter(|_| definition.of == Subject::Person);
        let frame = person.map_or(NO_FRAME, about);
        let parts = self.parts(text, &frame);
        let (value, _) = self.definition(id, person);
        Some(Line { definition: Some(id), formula: text.text.clone(), parts, value, kind: definition.kind })
    }

    pub(super) fn parts(&mut self, text: &FormulaText, frame: &Frame) -> Vec<Part> {
        let part = |used: &crate::rulebook::Use, value| Part {
            start: used.start,
            end: used.end,
            value,
            kind: used.kind,
        };
        text.uses.iter().map(|used| part(used, self.value(&used.tree, frame).0)).collect()
    }
}

impl Line {
    /// What either run allows (of two compositions of a unit).
    #[must_use]
    pub(super) fn join(mut self, other: &Self) -> Self {
        self.value = self.value.join(&other.value);
        if self.formula == other.formula {
            for (part, more) in self.parts.iter_mut().zip(&other.parts) {
                part.value = part.value.clone().join(&more.value);
            }
        }
        self
    }
}
