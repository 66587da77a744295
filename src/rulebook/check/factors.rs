//! A conversion says how many of each period make a month: what no calendar bears out is a slip.

use rust_decimal::Decimal;

use crate::kernel::Period;

use super::super::shape::Faults;
use super::super::yaml::Node;

/// How many of a period make a month, at least and at most, each as a fraction: a month has four weeks and not five.
fn span(period: Period) -> ((u8, u8), (u8, u8)) {
    match period {
        Period::Week => ((4, 1), (5, 1)),
        Period::TwoWeeks => ((4, 2), (5, 2)),
        Period::HalfMonth => ((2, 1), (2, 1)),
        Period::Month => ((1, 1), (1, 1)),
        Period::Quarter => ((1, 3), (1, 3)),
        Period::Year => ((1, 12), (1, 12)),
    }
}

/// Tells a factor that cannot be one of this period.
pub(in crate::rulebook) fn check(
    node: &Node,
    period: Period,
    factor: (Decimal, Decimal),
    faults: &mut Faults<'_>,
) {
    let (low, high) = span(period);
    let fraction = |(times, over): (u8, u8)| Decimal::from(times).checked_div(Decimal::from(over));
    // A fraction may be written with a few digits: 0.083 for 1/12.
    let rounded = Decimal::new(1, 2);
    let bounds = fraction(low).zip(fraction(high)).and_then(|(low, high)| {
        let (less, more) = (Decimal::ONE.checked_sub(rounded)?, Decimal::ONE.checked_add(rounded)?);
        Some((low.checked_mul(less)?, high.checked_mul(more)?))
    });
    let Some((value, (low_bound, high_bound))) = factor.0.checked_div(factor.1).zip(bounds) else { return };
    if value >= low_bound && value <= high_bound {
        return;
    }
    let written =
        |(times, over): (u8, u8)| if over == 1 { times.to_string() } else { format!("{times}/{over}") };
    let wanted =
        if low == high { written(low) } else { format!("between {} and {}", written(low), written(high)) };
    let message =
        format!("{} is not how many of `{}` make a month", node.text().unwrap_or_default(), period.name());
    let help = format!("a factor says how many of the period make one month: {wanted}");
    faults.add(node.at, "factor", message, Some(help));
}
