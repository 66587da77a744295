//! Days, months and pay periods. Times are days, inclusive at both ends.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{Range, Truth};

/// One day of the calendar.
pub type Day = NaiveDate;

/// How often an amount is paid or owed. An hourly wage becomes a weekly one when it is read,
/// by the hours worked; all else is the program's own conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum Period {
    Week,
    TwoWeeks,
    HalfMonth,
    Month,
    Quarter,
    Year,
}

impl Period {
    /// Every period, shortest first.
    pub const ALL: [Self; 6] =
        [Self::Week, Self::TwoWeeks, Self::HalfMonth, Self::Month, Self::Quarter, Self::Year];

    /// The name in requests and rule files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::TwoWeeks => "two_weeks",
            Self::HalfMonth => "half_month",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The period of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == name)
    }

    /// Position in [`Period::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}

/// A day written as year, month and day, and nothing else.
#[must_use]
pub fn iso_day(text: &str) -> Option<Day> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0u32, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
        })
    };
    let year = i32::try_from(number(&[a, b, c, d])?).ok()?;
    Day::from_ymd_opt(year, number(&[e, f])?, number(&[g, h])?)
}

/// Unit of a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum SpanUnit {
    Days,
    Weeks,
    Months,
    Years,
}

/// A length of time as laws give it: "30 days", "5 years".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// How many units; may be negative.
    pub count: i32,
    /// Of what.
    pub unit: SpanUnit,
}

impl Span {
    /// The day that is this span after `day` (before it, if negative); the last day of the month
    /// where the month is too short. Days outside the calendar stay where they are.
    #[must_use]
    pub fn after(self, day: Day) -> Day {
        let count = self.count.unsigned_abs();
        let forward = self.count >= 0;
        let moved = match self.unit {
            SpanUnit::Days if forward => day.checked_add_days(Days::new(count.into())),
            SpanUnit::Days => day.checked_sub_days(Days::new(count.into())),
            SpanUnit::Weeks if forward => day.checked_add_days(Days::new(u64::from(count) * 7)),
            SpanUnit::Weeks => day.checked_sub_days(Days::new(u64::from(count) * 7)),
            SpanUnit::Months if forward => day.checked_add_months(Months::new(count)),
            SpanUnit::Months => day.checked_sub_months(Months::new(count)),
            SpanUnit::Years if forward => day.checked_add_months(Months::new(count.saturating_mul(12))),
            SpanUnit::Years => day.checked_sub_months(Months::new(count.saturating_mul(12))),
        };
        moved.unwrap_or(day)
    }

    /// The span the other way.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { count: self.count.saturating_neg(), unit: self.unit }
    }
}

/// A date of which we may know only the ends, and which may not exist at all ("no report made").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dates {
    /// The earliest that is possible.
    pub low: Day,
    /// The latest that is possible.
    pub high: Day,
    /// Whether there is such a date.
    pub exists: Truth,
}

impl Dates {
    /// A known day.
    #[must_use]
    pub fn on(day: Day) -> Self {
        Self { low: day, high: day, exists: Truth::True }
    }

    /// Known not to exist.
    #[must_use]
    pub fn none() -> Self {
        Self { low: Day::MIN, high: Day::MAX, exists: Truth::False }
    }

    /// Nothing known.
    #[must_use]
    pub fn any() -> Self {
        Self { low: Day::MIN, high: Day::MAX, exists: Truth::Unknown }
    }

    /// The day, if it is settled that there is one and which.
    #[must_use]
    pub fn known(self) -> Option<Day> {
        (self.exists == Truth::True && self.low == self.high).then_some(self.low)
    }

    /// Whether nothing is left open.
    #[must_use]
    pub fn is_settled(self) -> bool {
        match self.exists {
            Truth::False => true,
            Truth::True => self.low == self.high,
            Truth::Unknown => false,
        }
    }

    /// What either allows.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        let exists = self.exists.join(other.exists);
        match (self.exists, other.exists) {
            (Truth::False, _) => Self { exists, ..other },
            (_, Truth::False) => Self { exists, ..self },
            _ => Self { low: self.low.min(other.low), high: self.high.max(other.high), exists },
        }
    }

    /// The dates moved by `change`, which must keep their order.
    #[must_use]
    pub fn map(self, change: impl Fn(Day) -> Day) -> Self {
        if self.exists == Truth::False {
            return self;
        }
        Self { low: change(self.low), high: change(self.high), exists: self.exists }
    }

    /// A comparison of two dates: one that does not exist satisfies none.
    #[must_use]
    pub fn compare(self, other: Self, holds: impl FnOnce(Self, Self) -> Truth) -> Truth {
        match self.exists.and(other.exists) {
            Truth::False => Truth::False,
            Truth::True => holds(self, other),
            Truth::Unknown => Truth::Unknown.and(holds(self, other)),
        }
    }

    /// Whether this lies before the other.
    #[must_use]
    pub fn is_before(self, other: Self) -> Truth {
        Truth::from_possible(self.low < other.high, self.high >= other.low)
    }

    /// Whether both are the same day.
    #[must_use]
    pub fn is_same(self, other: Self) -> Truth {
        let may_be = self.low <= other.high && other.low <= self.high;
        Truth::from_possible(may_be, !(may_be && self.low == self.high && other.low == other.high))
    }

    /// Whole units from this date to the other (negative if it lies after); anything where either
    /// may not exist.
    #[must_use]
    pub fn until(self, other: Self, unit: SpanUnit) -> Range {
        if self.exists != Truth::True || other.exists != Truth::True {
            return Range::ANY;
        }
        let low = whole_units(self.high, other.low, unit);
        let high = whole_units(self.low, other.high, unit);
        Range { low: super::Bound::at(low.into()), high: super::Bound::at(high.into()) }
    }
}

/// Completed units from `start` to `end`, negative when `end` comes first.
fn whole_units(start: Day, end: Day, unit: SpanUnit) -> i64 {
    if end < start {
        return -whole_units(end, start, unit);
    }
    let months = || {
        let between =
            i64::from(end.year() - start.year()) * 12 + i64::from(end.month()) - i64::from(start.month());
        // The anniversary of the 31st falls on the last day of a shorter month.
        let reached = end.day() >= start.day() || is_last_of_month(end);
        between - i64::from(!reached)
    };
    match unit {
        SpanUnit::Days => end.signed_duration_since(start).num_days(),
        SpanUnit::Weeks => end.signed_duration_since(start).num_days() / 7,
        SpanUnit::Months => months(),
        SpanUnit::Years => months() / 12,
    }
}

fn is_last_of_month(day: Day) -> bool {
    day.succ_opt().is_none_or(|next| next.day() == 1)
}

/// The first day of the month of `day`.
#[must_use]
pub(crate) fn start_of_month(day: Day) -> Day {
    day.with_day(1).unwrap_or(day)
}

/// The last day of the month of `day`.
#[must_use]
pub(crate) fn end_of_month(day: Day) -> Day {
    start_of_month(day).checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(day)
}
