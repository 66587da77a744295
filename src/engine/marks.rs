//! What an open value rests on. The quick run tracks nothing; the careful run, made only when
//! something is open, tracks every absent fact and every other reason.

use crate::vocabulary::FactRef;

/// Reasons beside absent facts, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Reasons(u8);

impl Reasons {
    /// A figure is not on file.
    pub const FIGURE: Self = Self(1);
    /// An agency decides.
    pub const AGENCY: Self = Self(2);
    /// The law is doubtful or unsettled.
    pub const LAW: Self = Self(4);
    /// The rule could not be computed (division by zero, an amount beyond all bounds).
    pub const NOT_ENCODED: Self = Self(8);

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether these reasons hold all of those.
    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What a run tracks.
pub(super) trait Marks: Clone + Default + PartialEq {
    /// Rests on an absent fact.
    fn fact(at: FactRef) -> Self;
    /// Rests on something else.
    fn reason(reason: Reasons) -> Self;
    /// Rests on both.
    fn join(self, other: Self) -> Self;
    /// What is tracked, for the findings.
    fn why(&self) -> super::Why;
}

impl Marks for () {
    fn fact(_: FactRef) -> Self {}
    fn reason(_: Reasons) -> Self {}
    fn join(self, (): Self) -> Self {}
    fn why(&self) -> super::Why {
        super::Why::default()
    }
}

/// So few facts are put in their places one by one.
const FEW: usize = 4;

/// The facts of two lists in order, each once.
fn merged(one: &[FactRef], other: &[FactRef]) -> Vec<FactRef> {
    let mut all = Vec::with_capacity(one.len() + other.len());
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let order = a.cmp(b);
        all.extend(if order.is_le() { left.next() } else { right.next() });
        if order.is_eq() {
            right.next();
        }
    }
    all.extend(left);
    all.extend(right);
    all
}

/// Everything that an open value rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Open {
    facts: Vec<FactRef>,
    reasons: Reasons,
}

impl Marks for Open {
    fn fact(at: FactRef) -> Self {
        Self { facts: vec![at], reasons: Reasons::default() }
    }

    fn reason(reasons: Reasons) -> Self {
        Self { facts: Vec::new(), reasons }
    }

    fn join(mut self, mut other: Self) -> Self {
        if self.facts.len() < other.facts.len() {
            std::mem::swap(&mut self.facts, &mut other.facts);
        }
        let facts = if other.facts.len() <= FEW {
            for fact in other.facts {
                if let Err(place) = self.facts.binary_search(&fact) {
                    self.facts.insert(place, fact);
                }
            }
            self.facts
        } else {
            merged(&self.facts, &other.facts)
        };
        Self { facts, reasons: self.reasons.and(other.reasons) }
    }

    fn why(&self) -> super::Why {
        super::Why { facts: self.facts.clone(), reasons: self.reasons }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::FactId;

    #[test]
    fn joining_keeps_each_fact_once_and_in_order() {
        let facts = |numbers: &[u16]| Open {
            facts: numbers.iter().map(|number| FactRef::shared(FactId(*number))).collect(),
            reasons: Reasons::FIGURE,
        };
        for (one, other, both) in [
            (vec![1, 3, 5, 7, 9, 11], vec![0, 3, 4, 9, 12], vec![0, 1, 3, 4, 5, 7, 9, 11, 12]),
            (vec![2], vec![1, 2, 3, 4, 5, 6], vec![1, 2, 3, 4, 5, 6]),
            (vec![], vec![1, 2], vec![1, 2]),
        ] {
            assert_eq!(facts(&one).join(facts(&other)), facts(&both));
            assert_eq!(facts(&other).join(facts(&one)), facts(&both));
        }
    }
}
