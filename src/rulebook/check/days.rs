//! Days that are counted from the day asked about and stand in the wrong order.

use crate::kernel::{Dates, Day, end_of_month, start_of_month};
use crate::language::{FactId, Tree};

use super::super::book::COVERS;
use super::super::shape::Faults;
use super::super::yaml::At;

/// How many days are tried: a year and more, so that every month and its last day is among them.
const TRIED: usize = 800;

/// When two days in the wrong order are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rulebook) enum Tell {
    /// If they are so on any day.
    OnAnyDay,
    /// If they are so on every day.
    OnEveryDay,
}

/// Tells a last day that comes before the first on days on which both are said, as far as both follow from the day asked about alone.
pub(in crate::rulebook) fn in_order(
    first: &Tree,
    last: &Tree,
    as_of: Option<FactId>,
    (at, names): (At, [&str; 2]),
    (from, until): (Option<Day>, Option<Day>),
    which: Tell,
    faults: &mut Faults<'_>,
) {
    let begins = from.map_or(COVERS.0, |from| from.max(COVERS.0));
    let ends = until.map_or(COVERS.1, |until| until.min(COVERS.1));
    let mut asked = begins.iter_days().take(TRIED).take_while(|day| *day <= ends);
    let wrong = |day: &Day| {
        let both = on(first, *day, as_of).zip(on(last, *day, as_of));
        both.is_some_and(|(first, last)| last < first)
    };
    // A deadline whose day has passed is not told: only one that never lies ahead is wrong.
    let day = match which {
        Tell::OnAnyDay => asked.find(wrong),
        Tell::OnEveryDay if begins <= ends && asked.all(|day| wrong(&day)) => Some(begins),
        Tell::OnEveryDay => None,
    };
    let Some(day) = day else { return };
    let [one, two] = names;
    let message = format!("`{two}` comes before `{one}`: asked about {day}, for one");
    let help = format!(
        "`{two}` is the same day as `{one}` or a later one; exchange the two, or correct the formula"
    );
    faults.add(at, "dates", message, Some(help));
}

/// The day of a formula that rests on nothing but the day asked about.
fn on(tree: &Tree, day: Day, as_of: Option<FactId>) -> Option<Day> {
    match tree {
        Tree::Fact(id) if Some(*id) == as_of => Some(day),
        Tree::Constant(value) => Dates::known(value.date()),
        Tree::Shift(date, span) => Some(span.after(on(date, day, as_of)?)),
        Tree::StartOfMonth(date) => on(date, day, as_of).map(start_of_month),
        Tree::EndOfMonth(date) => on(date, day, as_of).map(end_of_month),
        _ => None,
    }
}
