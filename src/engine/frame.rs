//! The variables of a rule while it is evaluated: whom or what each stands for.

use crate::language::{FactId, Person};

/// What a variable stands for: as small as can be, since frames are made and copied at every step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Nothing,
    /// A person; one past the last stands for everybody not listed.
    Person(u8),
    /// An item of a list, of a person or of the household.
    Item {
        person: Option<u8>,
        list: FactId,
        item: Option<u8>,
    },
}

impl Bound {
    /// A person by number.
    pub(super) fn person(person: usize) -> Self {
        Self::Person(small(person))
    }

    /// An item by number, or what an item that is not listed may be.
    pub(super) fn item(person: Option<usize>, list: FactId, item: Option<usize>) -> Self {
        Self::Item { person: person.map(small), list, item: item.map(small) }
    }
}

/// A situation has fewer people, and a list fewer items, than this can number.
fn small(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// The variables of a rule, by slot.
pub(super) type Frame = [Bound; 6];

pub(super) const NO_FRAME: Frame = [Bound::Nothing; 6];

/// The frame of a rule about one person.
pub(super) fn about(person: usize) -> Frame {
    let [_, rest @ ..] = NO_FRAME;
    let [b, c, d, e, f] = rest;
    [Bound::person(person), b, c, d, e, f]
}

/// The frame of a rule about two people.
pub(super) fn about_two(one: usize, two: usize) -> Frame {
    let [_, _, rest @ ..] = NO_FRAME;
    let [c, d, e, f] = rest;
    [Bound::person(one), Bound::person(two), c, d, e, f]
}

/// The person that a slot stands for.
pub(super) fn person_in(frame: &Frame, slot: Person) -> Option<usize> {
    match frame.get(usize::from(slot)) {
        Some(Bound::Person(person)) => Some(usize::from(*person)),
        _ => None,
    }
}
