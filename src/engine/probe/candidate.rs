//! An absent fact that a program may be missing, and what came of trying it out.

use std::sync::Arc;

use crate::vocabulary::FactRef;

use super::super::telling::Change;
use super::face::{Difference, Worth};

/// Of how many of the values that give least the others are looked at beside it.
const LOW: usize = 2;

/// To which of its values each candidate is put; `None` is as it was.
pub(super) type Places = Vec<Option<usize>>;

/// An absent fact that a program may be missing, and what came of trying it out.
pub(super) struct Candidate {
    pub(super) at: FactRef,
    pub(super) changes: Vec<Change>,
    /// What stood there before.
    pub(super) before: Option<Change>,
    /// How the results differ between any two values.
    pub(super) difference: Difference,
    pub(super) witness: Option<Witness>,
    /// Not looked at to the end, since too many programs had been run.
    pub(super) given_up: bool,
    /// Looked at once at least.
    pub(super) tried: bool,
    /// Values that give least, a few of them.
    pub(super) low: Vec<usize>,
    /// Of its values, one of each kind that gave another result; all of them while none did.
    pub(super) telling: Vec<usize>,
}

impl Candidate {
    pub(super) fn new(at: FactRef, changes: Vec<Change>) -> Self {
        Self {
            at,
            telling: (0..changes.len()).collect(),
            changes,
            before: None,
            difference: Difference::default(),
            witness: None,
            given_up: false,
            tried: false,
            low: Vec::new(),
        }
    }
}

/// How it was seen that a fact decides: what the others were put to, and the two values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Witness {
    pub(super) places: Arc<[Option<usize>]>,
    pub(super) one: usize,
    pub(super) other: usize,
}

/// Notes which value gives most and which least; of values that give as much, the one that stands stays.
pub(super) fn weigh(
    place: usize,
    was: Option<usize>,
    worth: Worth,
    extremes: &mut Option<[(usize, Worth); 2]>,
) {
    match extremes {
        None => *extremes = Some([(place, worth), (place, worth)]),
        Some([most, least]) => {
            if worth > most.1 || (worth == most.1 && was == Some(place)) {
                *most = (place, worth);
            }
            if worth < least.1 {
                *least = (place, worth);
            }
        }
    }
}

/// A few of these, from all over.
pub(super) fn some_of(places: &[usize]) -> Vec<usize> {
    let step = places.len().div_ceil(LOW).max(1);
    let mut some: Vec<usize> = places.iter().step_by(step).copied().collect();
    if let Some(last) = places.last().filter(|last| !some.contains(last)) {
        some.push(*last);
    }
    some
}
