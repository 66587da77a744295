//! Operations on values that need nothing but the values.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::kernel::{
    Bound, CodeBag, CodeSet, Dates, Paid, PersonBag, PersonSet, Range, Span, SpanUnit, Truth, Value,
};
use crate::language::{Aggregate, Arithmetic, Comparison, Type};
use crate::rulebook::{Amounts, Conversion};

pub(super) fn arithmetic(operator: Arithmetic, one: Range, two: Range) -> Range {
    match operator {
        Arithmetic::Plus => one.plus(two),
        Arithmetic::Minus => one.minus(two),
        Arithmetic::Times => one.times(two),
        Arithmetic::Over => one.over(two),
    }
}

pub(super) fn compare_numbers(comparison: Comparison, one: Range, two: Range) -> Truth {
    match comparison {
        Comparison::Less => one.is_below(two),
        Comparison::AtMost => !two.is_below(one),
        Comparison::More => two.is_below(one),
        Comparison::AtLeast => !one.is_below(two),
        Comparison::Equal => one.equals(two),
        Comparison::Different => !one.equals(two),
    }
}

/// A comparison with a date that does not exist holds for none.
pub(super) fn compare_dates(comparison: Comparison, one: Dates, two: Dates) -> Truth {
    one.compare(two, |one, two| match comparison {
        Comparison::Less => one.is_before(two),
        Comparison::AtMost => !two.is_before(one),
        Comparison::More => two.is_before(one),
        Comparison::AtLeast => !one.is_before(two),
        Comparison::Equal => one.is_same(two),
        Comparison::Different => !one.is_same(two),
    })
}

pub(super) fn monthly(paid: &Paid, conversion: &Conversion) -> Range {
    let convert = |range: Range, period: crate::kernel::Period| match conversion.factors.get(period.index()) {
        Some((times, over)) => {
            let range = if *times == Decimal::ONE { range } else { range.times(Range::exactly(*times)) };
            if *over == Decimal::ONE { range } else { range.over(Range::exactly(*over)) }
        }
        None => Range::ANY,
    };
    match paid {
        Paid::One(range, period) => convert(*range, *period),
        Paid::Several(options) => options
            .iter()
            .map(|(range, period)| convert(*range, *period))
            .reduce(Range::join)
            .unwrap_or(Range::ANY),
    }
}

pub(super) fn day_of_month(dates: Dates) -> Range {
    use chrono::Datelike;
    match dates.known() {
        Some(day) => Range::exactly(day.day()),
        None => Range { low: Bound::at(Decimal::ONE), high: Bound::at(Decimal::from(31)) },
    }
}

pub(super) fn shift_by(dates: Dates, count: Range, unit: SpanUnit) -> Dates {
    let end = |bound: Bound| bound.finite().and_then(|value| value.to_i32());
    match (end(count.low), end(count.high)) {
        (Some(low), Some(high)) if dates.exists != Truth::False => Dates {
            low: Span { count: low, unit }.after(dates.low),
            high: Span { count: high, unit }.after(dates.high),
            exists: dates.exists,
        },
        _ if dates.exists == Truth::False => dates,
        _ => Dates { exists: dates.exists, ..Dates::any() },
    }
}

/// The row of a table by count; a range of counts gives the range of its rows.
pub(super) fn look_up(amounts: &Amounts, count: Range) -> Range {
    let Amounts::ByCount { first, at, each_further, at_most } = amounts else { return Range::ANY };
    let row = |count: i64| -> Option<Range> {
        let position = usize::try_from(count.checked_sub(*first)?).ok()?;
        let value = match at.get(position) {
            Some(value) => *value,
            None => {
                let further = Range::exactly(Decimal::from(position + 1 - at.len()));
                at.last()?.plus((*each_further)?.times(further))
            }
        };
        Some(at_most.map_or(value, |most| value.least(most)))
    };
    if let Some(count) = count.known().and_then(|count| count.to_i64()) {
        return row(count).unwrap_or(Range::ANY);
    }
    let low = count.low.finite().and_then(|low| low.to_i64()).unwrap_or(*first).max(*first);
    // Beyond the people whom a situation may hold, nothing is known of the count.
    let Some(high) = count.high.finite().and_then(|high| high.to_i64()).filter(|high| *high <= 200) else {
        return match (row(low), at_most) {
            (Some(low), Some(most)) => low.join(*most),
            (Some(low), None) => Range { low: low.low, high: Bound::ABOVE_ALL },
            _ => Range::ANY,
        };
    };
    let rows = (low..=high.max(low)).map(|count| row(count).unwrap_or(Range::ANY));
    rows.reduce(Range::join).unwrap_or(Range::ANY)
}

pub(super) fn look_up_code(rows: &[Option<Range>], code: &Value) -> Range {
    let Value::Code(code) = code else { return Range::ANY };
    let found = code.positions().map(|position| rows.get(position).copied().flatten().unwrap_or(Range::ANY));
    found.reduce(Range::join).unwrap_or(Range::ANY)
}

/// Everything that a value of a type may be.
pub(super) fn anything(kind: Type) -> Value {
    match kind {
        Type::Boolean => Value::Truth(Truth::Unknown),
        Type::Count | Type::Number | Type::Rate | Type::Money(_) => Value::Number(Range::ANY),
        Type::Paid => Value::Paid(Paid::unknown()),
        Type::Date => Value::Date(Dates::any()),
        Type::Code(_) => Value::Code(CodeSet::first(crate::kernel::MAX_CODES)),
        Type::Codes(_) => Value::Codes(CodeBag::any(crate::kernel::MAX_CODES)),
        Type::Person => Value::Person(PersonSet::any(crate::kernel::MAX_PEOPLE)),
        Type::People => Value::People(PersonBag { certain: 0, possible: u64::MAX >> 1 }),
    }
}

/// The later or the earlier of two dates, either of which may not exist.
pub(super) fn extreme_date(what: Aggregate, one: Dates, two: Dates) -> Dates {
    match (one.exists, two.exists) {
        (Truth::False, _) => return two,
        (_, Truth::False) => return one,
        _ => {}
    }
    let exists = one.exists.or(two.exists);
    let pick = |a: crate::kernel::Day, b: crate::kernel::Day| {
        if what == Aggregate::Max { a.max(b) } else { a.min(b) }
    };
    let both = Dates { low: pick(one.low, two.low), high: pick(one.high, two.high), exists };
    // Where one of them may not exist, the other alone is possible too.
    let mut found = both;
    for (maybe, other) in [(one, two), (two, one)] {
        if maybe.exists == Truth::Unknown {
            found.low = found.low.min(other.low);
            found.high = found.high.max(other.high);
        }
    }
    found
}
