//! Who is what to whom, with what follows from it.

use crate::kernel::{CodeSet, Truth};

use super::{Closure, CodeList};

/// The relationships between every two people. `one` is `code` of `other`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relations {
    people: usize,
    /// For each pair, what is certain and what is possible.
    pairs: Vec<Pair>,
    /// Whether the list of relationships was given.
    pub known: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair {
    certain: CodeSet,
    possible: CodeSet,
}

const APART: Pair = Pair { certain: CodeSet::EMPTY, possible: CodeSet::EMPTY };

impl Relations {
    /// Nobody is anything to anybody.
    #[must_use]
    pub fn none(people: usize) -> Self {
        Self { people, pairs: vec![APART; people * people], known: true }
    }

    /// Nothing is known of how the people are related, of `codes` ways to be.
    #[must_use]
    pub fn unknown(people: usize, codes: usize) -> Self {
        let open = Pair { certain: CodeSet::EMPTY, possible: CodeSet::first(codes) };
        let mut relations = Self { people, pairs: vec![open; people * people], known: false };
        for person in 0..people {
            relations.set(person, person, APART);
        }
        relations
    }

    /// Lets everybody be anything else to everybody too, of `codes` ways to be: the list could not be read whole.
    pub fn open(&mut self, codes: usize) {
        let people = self.people;
        for (place, pair) in self.pairs.iter_mut().enumerate() {
            if place / people != place % people {
                pair.possible = pair.possible.join(CodeSet::first(codes));
            }
        }
    }

    fn get(&self, one: usize, other: usize) -> Pair {
        if one >= self.people || other >= self.people {
            // Somebody who is not listed may be anything to anybody.
            return Pair { certain: CodeSet::EMPTY, possible: CodeSet::first(crate::kernel::MAX_CODES) };
        }
        self.pairs.get(one * self.people + other).copied().unwrap_or(APART)
    }

    fn set(&mut self, one: usize, other: usize, pair: Pair) {
        if let Some(place) = self.pairs.get_mut(one * self.people + other) {
            *place = pair;
        }
    }

    fn add(&mut self, one: usize, other: usize, code: usize, truth: Truth) {
        let mut pair = self.get(one, other);
        let only = CodeSet::only(code);
        if truth.can_hold() {
            pair.possible = pair.possible.join(only);
        }
        if truth == Truth::True {
            pair.certain = pair.certain.join(only);
        }
        self.set(one, other, pair);
    }

    /// Records that `one` is one of `codes` of `other` (one code: certainly that).
    pub fn tell(&mut self, one: usize, codes: CodeSet, other: usize, list: &CodeList) {
        if one == other {
            return;
        }
        let truth = if codes.is_settled() { Truth::True } else { Truth::Unknown };
        for code in codes.positions() {
            self.add(one, other, code, truth);
            if list.codes.get(code).is_some_and(|code| code.symmetric) {
                self.add(other, one, code, truth);
            }
        }
    }

    /// Whether `one` is any of `codes` of `other`.
    #[must_use]
    pub fn is(&self, one: usize, codes: CodeSet, other: usize) -> Truth {
        if one == other && one < self.people {
            return Truth::False;
        }
        let pair = self.get(one, other);
        Truth::from_possible(!pair.possible.meet(codes).is_empty(), pair.certain.meet(codes).is_empty())
    }

    /// What `one` certainly is of `other`, and what it may be.
    #[must_use]
    pub fn between(&self, one: usize, other: usize) -> (CodeSet, CodeSet) {
        let pair = self.get(one, other);
        (pair.certain, pair.possible)
    }

    /// Adds what follows: siblings share a parent; a parent's spouse who is no parent is a stepparent.
    /// Nothing else follows from a relationship.
    pub fn close(&mut self, list: &CodeList) {
        for (code, declared) in list.codes.iter().enumerate() {
            match &declared.closure {
                Some(Closure::Shares(shared)) => self.share(code, list.position(shared)),
                Some(Closure::Through { chain: [first, second], unless }) => {
                    let steps = (list.position(first), list.position(second), list.position(unless));
                    if let (Some(first), Some(second), Some(unless)) = steps {
                        self.chain(code, first, second, unless);
                    }
                }
                None => {}
            }
        }
    }

    fn truth(&self, one: usize, code: usize, other: usize) -> Truth {
        self.is(one, CodeSet::only(code), other)
    }

    /// Two people with a common parent are siblings; a sibling's parent is one's parent too.
    fn share(&mut self, sibling: usize, parent: Option<usize>) {
        let Some(parent) = parent else { return };
        let mut found = vec![Truth::False; self.people * self.people];
        for elder in 0..self.people {
            let children: Vec<(usize, Truth)> = (0..self.people)
                .map(|child| (child, self.truth(elder, parent, child)))
                .filter(|(_, truth)| truth.can_hold())
                .collect();
            for (one, first) in &children {
                for (other, second) in children.iter().filter(|(other, _)| other != one) {
                    if let Some(place) = found.get_mut(one * self.people + other) {
                        *place = place.or(first.and(*second));
                    }
                }
            }
        }
        for (place, truth) in found.into_iter().enumerate().filter(|(_, truth)| truth.can_hold()) {
            self.add(place / self.people, place % self.people, sibling, truth);
        }
    }

    fn chain(&mut self, code: usize, first: usize, second: usize, unless: usize) {
        let mut found = Vec::new();
        for one in 0..self.people {
            for middle in 0..self.people {
                let step = self.truth(one, first, middle);
                if !step.can_hold() {
                    continue;
                }
                for other in (0..self.people).filter(|&other| other != one) {
                    let truth =
                        step.and(self.truth(middle, second, other)).and(!self.truth(one, unless, other));
                    if truth.can_hold() {
                        found.push((one, other, truth));
                    }
                }
            }
        }
        for (one, other, truth) in found {
            self.add(one, other, code, truth);
        }
    }
}
