//! What may be known of any fact or formula.

use super::{Bound, CodeBag, CodeSet, Dates, Period, Range, Truth};
use std::sync::Arc;

/// The most people that a situation may hold.
pub const MAX_PEOPLE: usize = 50;

const NOBODY: u64 = 1 << 63;
const SOMEBODY_ELSE: u64 = 1 << 62;

/// The people whom a fact may name: one of them, somebody not listed, or nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PersonSet(u64);

impl PersonSet {
    /// Known to name nobody.
    pub const NOBODY: Self = Self(NOBODY);
    /// Somebody who is not in the list of people.
    pub const SOMEBODY_ELSE: Self = Self(SOMEBODY_ELSE);

    /// Exactly this person.
    #[must_use]
    pub fn only(person: usize) -> Self {
        if person < 62 { Self(1 << person) } else { Self::SOMEBODY_ELSE }
    }

    /// Any of the first `count` people, somebody else, or nobody.
    #[must_use]
    pub fn any(count: usize) -> Self {
        Self(((1u64 << count.min(61)) - 1) | NOBODY | SOMEBODY_ELSE)
    }

    /// What either allows.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it is this person.
    #[must_use]
    pub fn is(self, person: usize) -> Truth {
        let wanted = Self::only(person).0;
        Truth::from_possible(self.0 & wanted != 0, self.0 & !wanted != 0)
    }

    /// Whether it is one of those who are not listed: never certain, since there may be more of them.
    #[must_use]
    pub fn is_unlisted(self) -> Truth {
        Truth::from_possible(self.0 & SOMEBODY_ELSE != 0, true)
    }

    /// Whether it names anybody.
    #[must_use]
    pub fn exists(self) -> Truth {
        Truth::from_possible(self.0 & !NOBODY != 0, self.0 & NOBODY != 0)
    }

    /// Whether one possibility is left.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self.0.is_power_of_two()
    }
}

/// A list of people of which we may know only part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PersonBag {
    /// People known to be in it (a bit each).
    pub certain: u64,
    /// People who may be in it; holds the certain ones.
    pub possible: u64,
}

impl PersonBag {
    /// Whether the list holds this person.
    #[must_use]
    pub fn has(self, person: usize) -> Truth {
        let bit = 1u64 << person.min(63);
        Truth::from_possible(self.possible & bit != 0, self.certain & bit == 0)
    }
}

/// An amount of money per period, as it was told. Where more than one period is possible, each
/// possibility is kept, since only a program's own rule can convert them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paid {
    /// One period.
    One(Range, Period),
    /// Any of these.
    Several(Arc<[(Range, Period)]>),
}

impl Paid {
    /// Nothing known but that it is not negative.
    #[must_use]
    pub fn unknown() -> Self {
        Self::One(Range::NOT_NEGATIVE, Period::Month)
    }

    /// Whether amount and period are settled.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        matches!(self, Self::One(range, _) if range.is_settled())
    }

    /// What it may be: amounts, each with its period.
    #[must_use]
    pub fn possibilities(&self) -> Vec<(Range, Period)> {
        match self {
            Self::One(range, period) => vec![(*range, *period)],
            Self::Several(options) => options.to_vec(),
        }
    }
}

/// Whatever may still be true of one fact or formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A statement.
    Truth(Truth),
    /// A quantity: money, a count, a rate. The unit is in the static type.
    Number(Range),
    /// A date.
    Date(Dates),
    /// One code of a list.
    Code(CodeSet),
    /// A list of codes.
    Codes(CodeBag),
    /// One person.
    Person(PersonSet),
    /// A list of people.
    People(PersonBag),
    /// Money per period, not yet converted.
    Paid(Paid),
}

impl Value {
    /// Whether only one possibility is left.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        match self {
            Self::Truth(truth) => truth.is_settled(),
            Self::Number(range) => range.is_settled(),
            Self::Date(dates) => dates.is_settled(),
            Self::Code(code) => code.is_settled(),
            Self::Codes(codes) => codes.is_settled(),
            Self::Person(person) => person.is_settled(),
            Self::People(people) => people.certain == people.possible,
            Self::Paid(paid) => paid.is_settled(),
        }
    }

    /// What either allows. Values of two kinds never meet in a checked rule book; the first stays.
    #[must_use]
    pub fn join(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Truth(one), Self::Truth(two)) => Self::Truth(one.join(*two)),
            (Self::Number(one), Self::Number(two)) => Self::Number(one.join(*two)),
            (Self::Date(one), Self::Date(two)) => Self::Date(one.join(*two)),
            (Self::Code(one), Self::Code(two)) => Self::Code(one.join(*two)),
            (Self::Codes(one), Self::Codes(two)) => Self::Codes(one.join(*two)),
            (Self::Person(one), Self::Person(two)) => Self::Person(one.join(*two)),
            (Self::People(one), Self::People(two)) => Self::People(PersonBag {
                certain: one.certain & two.certain,
                possible: one.possible | two.possible,
            }),
            (Self::Paid(one), Self::Paid(two)) => Self::Paid(join_paid(&one, two)),
            (one, _) => one,
        }
    }

    /// Whether everything that the other may be is among what this may be.
    #[must_use]
    pub fn allows(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Paid(one), Self::Paid(two)) => two.possibilities().iter().all(|(range, period)| {
                let among = |(wide, known): &(Range, Period)| known == period && wide.join(*range) == *wide;
                one.possibilities().iter().any(among)
            }),
            (one, two) => one.clone().join(two) == *one,
        }
    }

    /// The statement; open for a value of another kind.
    #[must_use]
    pub fn truth(&self) -> Truth {
        if let Self::Truth(truth) = self { *truth } else { Truth::Unknown }
    }

    /// The quantity; anything for a value of another kind.
    #[must_use]
    pub fn number(&self) -> Range {
        if let Self::Number(range) = self { *range } else { Range::ANY }
    }

    /// The date; anything for a value of another kind.
    #[must_use]
    pub fn date(&self) -> Dates {
        if let Self::Date(dates) = self { *dates } else { Dates::any() }
    }

    /// A sum of no items or of items that are zero or more, at least one end unknown.
    #[must_use]
    pub fn unknown_sum(item: Range) -> Range {
        Range {
            low: if item.low < Bound::ZERO { Bound::BELOW_ALL } else { Bound::ZERO },
            high: if item.high > Bound::ZERO { Bound::ABOVE_ALL } else { Bound::ZERO },
        }
    }
}

fn join_paid(one: &Paid, two: &Paid) -> Paid {
    if let (Paid::One(a, p), Paid::One(b, q)) = (one, two)
        && p == q
    {
        return Paid::One(a.join(*b), *p);
    }
    let mut options = one.possibilities();
    options.extend(two.possibilities());
    Paid::Several(options.into())
}
