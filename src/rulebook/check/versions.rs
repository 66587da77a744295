//! Dated versions neither overlap, nor leave a gap, nor lie where they can never govern.

use crate::kernel::Day;

use super::super::shape::Faults;
use super::super::yaml::{At, Node};

/// From one day to another, both included, and where the file says so.
#[derive(Debug, Clone, Copy)]
pub(in crate::rulebook) struct Stretch {
    pub(in crate::rulebook) from: Day,
    pub(in crate::rulebook) until: Option<Day>,
    from_at: At,
    until_at: At,
}

impl Stretch {
    /// The stretch of one version.
    pub(in crate::rulebook) fn of(node: &Node, from: Day, until: Option<Day>) -> Self {
        let from_at = node.get("from").map_or_else(|| node.head(), |node| node.at);
        Self { from, until, from_at, until_at: node.get("until").map_or(from_at, |node| node.at) }
    }
}

/// Checks the versions of one thing against the life that they must fill.
pub(in crate::rulebook) fn check(
    stretches: &[Stretch],
    life: Option<(Day, Option<Day>)>,
    faults: &mut Faults<'_>,
) {
    let mut sorted: Vec<&Stretch> = stretches.iter().collect();
    sorted.sort_by_key(|version| version.from);
    if let Some((begins, ends)) = life {
        sorted.retain(|one| within(one, begins, ends, faults));
        edges(&sorted, begins, ends, faults);
    }
    neighbours(&sorted, faults);
}

/// Checks versions against each other, and against the first day that is asked for at all.
pub(in crate::rulebook) fn apart(stretches: &[Stretch], begins: Day, faults: &mut Faults<'_>) {
    let mut sorted: Vec<&Stretch> = stretches.iter().collect();
    sorted.sort_by_key(|version| version.from);
    sorted.retain(|one| within(one, begins, None, faults));
    neighbours(&sorted, faults);
}

/// Checks that versions reach from one day to another.
pub(in crate::rulebook) fn cover(
    stretches: &[Stretch],
    begins: Day,
    ends: Option<Day>,
    faults: &mut Faults<'_>,
) {
    let mut sorted: Vec<&Stretch> = stretches.iter().collect();
    sorted.sort_by_key(|version| version.from);
    edges(&sorted, begins, ends, faults);
}

fn neighbours(sorted: &[&Stretch], faults: &mut Faults<'_>) {
    for (one, two) in sorted.iter().zip(sorted.iter().skip(1)) {
        match one.until {
            Some(until) if until >= two.from => {
                let message = format!("two versions govern on {}", two.from);
                let help =
                    format!("end the one that begins on {} no later than {}", one.from, before(two.from));
                faults.add(two.from_at, "overlap", message, Some(help));
            }
            None => {
                let message = format!("two versions govern on {}", two.from);
                let help = format!("give the one that begins on {} `until: {}`", one.from, before(two.from));
                faults.add(two.from_at, "overlap", message, Some(help));
            }
            Some(until) if until.succ_opt() != Some(two.from) => {
                let message = format!("no version governs from {} to {}", after(until), before(two.from));
                let help = "begin this one the day after the last one ends; for a figure that nobody has published write `awaited`";
                faults.add(two.from_at, "gap", message, Some(help.to_owned()));
            }
            Some(_) => {}
        }
    }
}

fn within(one: &Stretch, begins: Day, ends: Option<Day>, faults: &mut Faults<'_>) -> bool {
    if one.until.is_some_and(|until| until < begins) {
        let message =
            format!("this version never governs: it ends before {begins}, the first day that is asked for");
        faults.add(
            one.until_at,
            "never-governs",
            message,
            Some("correct the day, or leave the version out".to_owned()),
        );
        return false;
    }
    if let Some(ends) = ends
        && one.from > ends
    {
        let message = format!("this version never governs: the program ends on {ends}");
        faults.add(
            one.from_at,
            "never-governs",
            message,
            Some("correct the day, or `in_force` of the program".to_owned()),
        );
        return false;
    }
    true
}

fn edges(sorted: &[&Stretch], begins: Day, ends: Option<Day>, faults: &mut Faults<'_>) {
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return };
    if first.from > begins {
        let message = format!("no version governs from {begins} to {}", before(first.from));
        let help = "write what the law was then, or begin the first version earlier".to_owned();
        faults.add(first.from_at, "gap", message, Some(help));
    }
    if let Some(until) = last.until
        && ends.is_none_or(|ends| until < ends)
    {
        let message = format!("no version governs after {until}");
        let help = "leave out the last `until`, or write what comes then; a figure that nobody has published is `awaited`".to_owned();
        faults.add(last.until_at, "gap", message, Some(help));
    }
}

fn before(day: Day) -> Day {
    day.pred_opt().unwrap_or(day)
}

fn after(day: Day) -> Day {
    day.succ_opt().unwrap_or(day)
}
