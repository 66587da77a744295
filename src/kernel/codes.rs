//! Codes of a code list: one of which we may know only the candidates, and lists of codes.

use super::Truth;

/// The most codes that a code list may hold (one bit is kept for "not there").
pub const MAX_CODES: usize = 127;

const ABSENT: u128 = 1 << 127;

/// The codes that a fact may still have. "Not there" (known not to apply, or not shown) is one of
/// the possibilities, and no test on the code holds for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeSet(u128);

impl CodeSet {
    /// No code: the empty list in a rule.
    pub const EMPTY: Self = Self(0);
    /// Known not to be there.
    pub const NOT_THERE: Self = Self(ABSENT);

    /// Exactly this code; a position past [`MAX_CODES`] is not there.
    #[must_use]
    pub fn only(position: usize) -> Self {
        if position < MAX_CODES { Self(1 << position) } else { Self::NOT_THERE }
    }

    /// Any of the first `count` codes.
    #[must_use]
    pub fn first(count: usize) -> Self {
        if count >= MAX_CODES { Self(!ABSENT) } else { Self((1 << count) - 1) }
    }

    /// This and the other's possibilities.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What both allow.
    #[must_use]
    pub fn meet(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The possibilities of this that the other lacks.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the code at `position` is possible.
    #[must_use]
    pub fn contains(self, position: usize) -> bool {
        position < MAX_CODES && self.0 & (1 << position) != 0
    }

    /// Whether only one possibility is left.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self.0.is_power_of_two()
    }

    /// Whether nothing is possible (an empty list, or a contradiction).
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The only possible code, if it is settled and there.
    #[must_use]
    pub fn known(self) -> Option<usize> {
        (self.is_settled() && self.0 != ABSENT).then(|| self.0.trailing_zeros() as usize)
    }

    /// Whether the code is one of `listed`.
    #[must_use]
    pub fn is_in(self, listed: Self) -> Truth {
        Truth::from_possible(self.0 & listed.0 != 0, self.0 & !listed.0 != 0)
    }

    /// Whether there is a code at all.
    #[must_use]
    pub fn exists(self) -> Truth {
        self.is_in(Self(!ABSENT))
    }

    /// The positions that are possible, in order.
    pub fn positions(self) -> impl Iterator<Item = usize> {
        (0..MAX_CODES).filter(move |&position| self.contains(position))
    }
}

/// A list of codes of which we may know only part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CodeBag {
    /// Codes known to be in the list.
    pub certain: CodeSet,
    /// Codes that may be in the list; holds all the certain ones.
    pub possible: CodeSet,
}

impl CodeBag {
    /// A list that is known whole.
    #[must_use]
    pub fn exactly(codes: CodeSet) -> Self {
        Self { certain: codes, possible: codes }
    }

    /// Nothing known of a list of `count` codes.
    #[must_use]
    pub fn any(count: usize) -> Self {
        Self { certain: CodeSet::EMPTY, possible: CodeSet::first(count) }
    }

    /// Whether the list holds any of `listed`.
    #[must_use]
    pub fn has_any(self, listed: CodeSet) -> Truth {
        Truth::from_possible(!self.possible.meet(listed).is_empty(), self.certain.meet(listed).is_empty())
    }

    /// Whether the list is empty.
    #[must_use]
    pub fn is_empty(self) -> Truth {
        Truth::from_possible(self.certain.is_empty(), !self.possible.is_empty())
    }

    /// Whether nothing is left open.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self.certain == self.possible
    }

    /// What either allows.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { certain: self.certain.meet(other.certain), possible: self.possible.join(other.possible) }
    }
}
