//! Three-valued truth (strong Kleene logic): holds, fails, or either is still possible.

/// What may still be true of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Truth {
    /// Known to fail.
    False,
    /// Known to hold.
    True,
    /// Both are possible.
    Unknown,
}

impl Truth {
    /// Kleene conjunction.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// Kleene disjunction.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::True, _) | (_, Self::True) => Self::True,
            (Self::False, Self::False) => Self::False,
            _ => Self::Unknown,
        }
    }

    /// Both what this and what the other allows.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        if self == other { self } else { Self::Unknown }
    }

    /// From what is possible: at least one of the two must be.
    #[must_use]
    pub fn from_possible(can_hold: bool, can_fail: bool) -> Self {
        match (can_hold, can_fail) {
            (true, false) => Self::True,
            (false, true) => Self::False,
            _ => Self::Unknown,
        }
    }

    /// Whether the statement may hold.
    #[must_use]
    pub fn can_hold(self) -> bool {
        self != Self::False
    }

    /// Whether the statement may fail.
    #[must_use]
    pub fn can_fail(self) -> bool {
        self != Self::True
    }

    /// Whether nothing is left open.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self != Self::Unknown
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::True => Self::False,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::True } else { Self::False }
    }
}
