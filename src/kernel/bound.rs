//! One end of a range: an exact decimal, or without limit.

use rust_decimal::Decimal;

/// An exact decimal, or minus or plus infinity (kept as the two extreme decimals, which no amount
/// of money reaches). Arithmetic that would overflow widens to infinity, so it stays sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bound(Decimal);

impl Bound {
    /// No lower limit.
    pub const BELOW_ALL: Self = Self(Decimal::MIN);
    /// No upper limit.
    pub const ABOVE_ALL: Self = Self(Decimal::MAX);
    /// Zero.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// A finite end.
    #[must_use]
    pub fn at(value: Decimal) -> Self {
        // There is one zero: what is shown and compared never depends on how it came about.
        if value.is_zero() { Self::ZERO } else { Self(value) }
    }

    /// The decimal, unless there is no limit.
    #[must_use]
    pub fn finite(self) -> Option<Decimal> {
        (!self.is_infinite()).then_some(self.0)
    }

    /// Whether there is no limit on this side.
    #[must_use]
    pub fn is_infinite(self) -> bool {
        self.0 == Decimal::MAX || self.0 == Decimal::MIN
    }

    fn infinity(negative: bool) -> Self {
        if negative { Self::BELOW_ALL } else { Self::ABOVE_ALL }
    }

    /// The sum; an infinite operand decides, and of two infinite ones the first.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        if self.is_infinite() {
            return self;
        }
        if other.is_infinite() {
            return other;
        }
        self.0.checked_add(other.0).map_or_else(|| Self::infinity(self.0.is_sign_negative()), Self::at)
    }

    /// The product; zero times infinity is zero, as for a range that ends there.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        if self.0.is_zero() || other.0.is_zero() {
            return Self::ZERO;
        }
        let negative = self.0.is_sign_negative() != other.0.is_sign_negative();
        if self.is_infinite() || other.is_infinite() {
            return Self::infinity(negative);
        }
        self.0.checked_mul(other.0).map_or_else(|| Self::infinity(negative), Self::at)
    }

    /// The quotient by a divisor that is not zero.
    #[must_use]
    pub fn over(self, divisor: Self) -> Self {
        let negative = self.0.is_sign_negative() != divisor.0.is_sign_negative();
        if self.is_infinite() {
            return Self::infinity(negative);
        }
        if divisor.is_infinite() {
            return Self::ZERO;
        }
        self.0.checked_div(divisor.0).map_or_else(|| Self::infinity(negative), Self::at)
    }

    /// The same distance on the other side of zero.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::at(-self.0)
    }

    /// Applies `change` to a finite end.
    #[must_use]
    pub fn map(self, change: impl FnOnce(Decimal) -> Decimal) -> Self {
        if self.is_infinite() { self } else { Self::at(change(self.0)) }
    }
}
