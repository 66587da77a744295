//! The variables of a rule while it is evaluated: whom or what each stands for.

use crate::language::{FactId, Person};

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
pub(super) fn about_two(one: usize, two: usize) -> Frame {
    let [_, _, rest @ ..] = NO_FRAME;
    let [c, d, e, f] = rest;
    [Bound::Person(one), Bound::Person(two), c, d, e, f]
}

/// The person that a slot stands for.
pub(super) fn person_in(frame: &Frame, slot: Person) -> Option<usize> {
    match frame.get(usize::from(slot)) {
        Some(Bound::Person(person)) => Some(*person),
        _ => None,
    }
}
