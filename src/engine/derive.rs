//! Facts that follow from others, where they are absent.

use crate::kernel::{CodeSet, Truth, Value};
use crate::vocabulary::{Derived, Fact, Vocabulary};

use super::evaluate::Engine;
use super::frame::Frame;
use super::marks::Marks;

impl<'a, M: Marks> Engine<'a, M> {
    /// What an absent fact may be, given those that were told. `open` is all that it may be otherwise.
    pub(super) fn derive(
        &mut self,
        fact: &'a Fact,
        derived: &'a Derived,
        open: &Value,
        frame: &Frame,
    ) -> Value {
        for (test, known) in [(&derived.true_when, true), (&derived.false_when, false)] {
            if let Some(test) = test
                && self.truth(test, frame).0 == Truth::True
            {
                return Value::Truth(known.into());
            }
        }
        if let Some(test) = &derived.none_when
            && self.truth(test, frame).0 == Truth::True
        {
            return Vocabulary::none(fact);
        }
        if let Some(tree) = &derived.value {
            return narrower(self.value(tree, frame).0, open);
        }
        if let Value::Codes(mut codes) = *open {
            for (code, test) in &derived.has {
                if self.truth(test, frame).0 == Truth::True {
                    codes.certain = codes.certain.join(CodeSet::only(*code));
                }
            }
            for (code, test) in &derived.has_not {
                let settled = codes.certain.contains(*code);
                if !settled && self.truth(test, frame).0 == Truth::True {
                    codes.possible = codes.possible.without(CodeSet::only(*code));
                }
            }
            return Value::Codes(codes);
        }
        open.clone()
    }
}

/// A derived quantity is still within the bounds of the fact.
fn narrower(derived: Value, open: &Value) -> Value {
    match (&derived, open) {
        (Value::Number(one), Value::Number(two)) => one.meet(*two).map_or(derived, Value::Number),
        _ => derived,
    }
}
