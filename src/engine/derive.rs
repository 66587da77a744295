//! Facts that follow from others: used where a fact is absent, compared where it was given.

use crate::kernel::{CodeSet, Truth, Value};
use crate::rulebook::RuleBook;
use crate::vocabulary::{About, Derived, Fact, FactRef, Given, Situation, Vocabulary};

use super::evaluate::Engine;
use super::frame::{Frame, NO_FRAME, about};
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

/// Two facts that were both given and cannot both be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contradiction {
    /// The fact that is declared to follow from others.
    pub at: FactRef,
}

/// Every given fact that contradicts others that were given.
#[must_use]
pub fn contradictions(book: &RuleBook, situation: &Situation) -> Vec<Contradiction> {
    let Some(law) = book.on(situation.as_of, situation.state) else { return Vec::new() };
    let mut engine = Engine::<()>::new(book, law, situation.as_of, situation);
    let mut found = Vec::new();
    for (position, fact) in book.vocabulary.facts.iter().enumerate() {
        let (Some(conflict), Ok(id)) = (&fact.conflict, u16::try_from(position)) else { continue };
        let id = crate::language::FactId(id);
        let told = |at: FactRef| {
            situation.known(at, &book.vocabulary).is_some_and(|known| known.given == Given::Told)
        };
        if fact.about == About::Person {
            for person in 0..situation.people() {
                let at = FactRef::of(person, id);
                if told(at) && engine.truth(&conflict.test, &about(person)).0 == Truth::True {
                    found.push(Contradiction { at });
                }
            }
        } else {
            let at = FactRef::shared(id);
            if told(at) && engine.truth(&conflict.test, &NO_FRAME).0 == Truth::True {
                found.push(Contradiction { at });
            }
        }
    }
    found
}
