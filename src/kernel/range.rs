//! Exact quantities of which we may know only the ends.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Bound, Truth};

/// All values from `low` to `high`, both included. A known quantity has equal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Range {
    /// The least that is possible.
    pub low: Bound,
    /// The most that is possible.
    pub high: Bound,
}

/// Which way a step is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RoundingMode {
    /// To the nearest; a half goes up.
    HalfUp,
    /// Towards zero or less.
    Down,
    /// To the next that is not less.
    Up,
}

/// A rounding that a law prescribes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rounding {
    /// The unit to round to, such as one dollar. Greater than zero.
    pub to: Decimal,
    /// The direction.
    pub mode: RoundingMode,
}

impl Rounding {
    /// The rounded value; a value too large to divide stays as it is.
    #[must_use]
    pub fn apply(self, value: Decimal) -> Decimal {
        let strategy = match self.mode {
            RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            RoundingMode::Down => RoundingStrategy::ToNegativeInfinity,
            RoundingMode::Up => RoundingStrategy::ToPositiveInfinity,
        };
        if self.to == Decimal::ONE {
            return value.round_dp_with_strategy(0, strategy);
        }
        let Some(units) = value.checked_div(self.to) else { return value };
        units.round_dp_with_strategy(0, strategy).checked_mul(self.to).unwrap_or(value)
    }
}

impl Range {
    /// Anything.
    pub const ANY: Self = Self { low: Bound::BELOW_ALL, high: Bound::ABOVE_ALL };
    /// Zero or more.
    pub const NOT_NEGATIVE: Self = Self { low: Bound::ZERO, high: Bound::ABOVE_ALL };
    /// Zero.
    pub const ZERO: Self = Self { low: Bound::ZERO, high: Bound::ZERO };

    /// A known quantity.
    #[must_use]
    pub fn exactly(value: impl Into<Decimal>) -> Self {
        let end = Bound::at(value.into());
        Self { low: end, high: end }
    }

    /// Between two ends; they are put in order.
    #[must_use]
    pub fn between(one: Bound, other: Bound) -> Self {
        Self { low: one.min(other), high: one.max(other) }
    }

    /// The quantity, if only one is possible.
    #[must_use]
    pub fn known(self) -> Option<Decimal> {
        if self.low == self.high { self.low.finite() } else { None }
    }

    /// Whether only one value is possible.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self.low == self.high
    }

    /// What either allows.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// What both allow; `None` if they contradict each other.
    #[must_use]
    pub fn meet(self, other: Self) -> Option<Self> {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        (low <= high).then_some(Self { low, high })
    }

    /// Whether `value` is possible.
    #[must_use]
    pub fn contains(self, value: Decimal) -> bool {
        let value = Bound::at(value);
        self.low <= value && value <= self.high
    }

    /// Sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        if self.is_settled() && other.is_settled() {
            let end = self.low.plus(other.low);
            return Self { low: end, high: end };
        }
        Self { low: self.low.plus(other.low), high: self.high.plus(other.high) }
    }

    /// Difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(Self { low: other.high.negated(), high: other.low.negated() })
    }

    /// Product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        if self.is_settled() && other.is_settled() {
            let end = self.low.times(other.low);
            return Self { low: end, high: end };
        }
        Self::hull([
            self.low.times(other.low),
            self.low.times(other.high),
            self.high.times(other.low),
            self.high.times(other.high),
        ])
    }

    /// Quotient; anything, where the divisor may be zero.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        if other.low <= Bound::ZERO && Bound::ZERO <= other.high {
            return Self::ANY;
        }
        if self.is_settled() && other.is_settled() {
            let end = self.low.over(other.low);
            return Self { low: end, high: end };
        }
        Self::hull([
            self.low.over(other.low),
            self.low.over(other.high),
            self.high.over(other.low),
            self.high.over(other.high),
        ])
    }

    fn hull(ends: [Bound; 4]) -> Self {
        let [first, rest @ ..] = ends;
        rest.into_iter().fold(Self { low: first, high: first }, |range, end| Self {
            low: range.low.min(end),
            high: range.high.max(end),
        })
    }

    /// The lesser of two.
    #[must_use]
    pub fn least(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.min(other.high) }
    }

    /// The greater of two.
    #[must_use]
    pub fn greatest(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.max(other.high) }
    }

    /// Rounded at both ends (rounding never changes the order of two values).
    #[must_use]
    pub fn rounded(self, rounding: Rounding) -> Self {
        let low = self.low.map(|end| rounding.apply(end));
        if self.is_settled() {
            return Self { low, high: low };
        }
        Self { low, high: self.high.map(|end| rounding.apply(end)) }
    }

    /// Whether this is less than the other.
    #[must_use]
    pub fn is_below(self, other: Self) -> Truth {
        Truth::from_possible(self.low < other.high, self.high >= other.low)
    }

    /// Whether the two are the same.
    #[must_use]
    pub fn equals(self, other: Self) -> Truth {
        let may_be_equal = self.low <= other.high && other.low <= self.high;
        Truth::from_possible(may_be_equal, !(self.is_settled() && other.is_settled() && may_be_equal))
    }
}
