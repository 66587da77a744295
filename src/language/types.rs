//! Types and units of the rule language. All checks are static: nothing is converted in silence.

use std::fmt;

use super::ListId;

/// The period of an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MoneyPer {
    /// Not per anything: an amount that is owned, owed or paid once.
    Once,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
    /// A literal such as `$35`: takes the period of what it meets.
    Literal,
}

/// The type of a fact, figure, definition or formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// Holds or fails.
    Boolean,
    /// A whole number of something.
    Count,
    /// A number without a unit.
    Number,
    /// A share, such as 20%.
    Rate,
    /// US dollars.
    Money(MoneyPer),
    /// US dollars per a period that the person chose; needs `monthly(…)`.
    Paid,
    /// A day.
    Date,
    /// One code of a list.
    Code(ListId),
    /// A list of codes.
    Codes(ListId),
    /// One person.
    Person,
    /// A list of people.
    People,
}

impl Type {
    /// Reads a type as rule files write it; code types are read by the caller, who knows the lists.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        Some(match text {
            "boolean" => Self::Boolean,
            "count" => Self::Count,
            "number" => Self::Number,
            "rate" => Self::Rate,
            "money" => Self::Money(MoneyPer::Once),
            "money/week" => Self::Money(MoneyPer::Week),
            "money/month" => Self::Money(MoneyPer::Month),
            "money/year" => Self::Money(MoneyPer::Year),
            "money/any" => Self::Paid,
            "date" => Self::Date,
            "person" => Self::Person,
            "people" => Self::People,
            _ => return None,
        })
    }

    /// Whether values of this type are quantities.
    #[must_use]
    pub fn is_quantity(self) -> bool {
        matches!(self, Self::Count | Self::Number | Self::Rate | Self::Money(_))
    }

    /// Whether it is a quantity without a unit of money.
    #[must_use]
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Count | Self::Number | Self::Rate)
    }

    /// The type of two alternatives or addends, if they fit.
    #[must_use]
    pub fn unify(self, other: Self) -> Option<Self> {
        match (self, other) {
            (one, two) if one == two => Some(one),
            (Self::Money(MoneyPer::Literal), Self::Money(_)) => Some(other),
            (Self::Money(_), Self::Money(MoneyPer::Literal)) => Some(self),
            (Self::Count, Self::Number) | (Self::Number, Self::Count) => Some(Self::Number),
            _ => None,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::Boolean => "a statement (boolean)",
            Self::Count => "a count",
            Self::Number => "a number",
            Self::Rate => "a rate",
            Self::Money(MoneyPer::Once) => "money",
            Self::Money(MoneyPer::Week) => "money/week",
            Self::Money(MoneyPer::Month) => "money/month",
            Self::Money(MoneyPer::Year) => "money/year",
            Self::Money(MoneyPer::Literal) => "an amount of money",
            Self::Paid => "money per any period (money/any)",
            Self::Date => "a date",
            Self::Code(_) => "a code",
            Self::Codes(_) => "a list of codes",
            Self::Person => "a person",
            Self::People => "a list of people",
        })
    }
}
