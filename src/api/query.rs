//! The part of an address after the question mark. It never holds anything about a person.

use crate::kernel::{Day, nearest};
use crate::rulebook::RuleBook;

use super::problem::{Fault, Kind, Problem};

/// More parameters than this are not looked at.
const MOST_PARTS: usize = 16;

/// What a query may ask of the programs.
#[derive(Default)]
pub(super) struct Query {
    /// Only the law of this day.
    pub(super) as_of: Option<Day>,
    /// Only programs of this category.
    pub(super) category: Option<String>,
}

impl Query {
    /// What tells replies to different queries apart.
    pub(super) fn variant(&self) -> String {
        let day = self.as_of.map(|day| day.to_string());
        [day.as_deref(), self.category.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("-")
    }

    /// Reads a query. Days and codes need no escapes, so an escaped value is a wrong one.
    pub(super) fn read(text: &str, book: &RuleBook, known: &[&'static str]) -> Result<Self, Problem> {
        let mut query = Self::default();
        let mut faults = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        let mut fault = |name: &str, code, detail: &str, expected: String, did_you_mean: Option<&str>| {
            let pointer = if name.is_empty() { String::new() } else { format!("/{name}") };
            let (detail, did_you_mean) = (detail.to_owned(), did_you_mean.map(str::to_owned));
            faults.push(Fault { pointer, code, detail, expected, did_you_mean });
        };
        for part in text.split('&').filter(|part| !part.is_empty()).take(MOST_PARTS) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let Some(name) = known.iter().copied().find(|known| *known == name) else {
                let near = nearest(name, known.iter().copied());
                fault("", "unknown-name", "This call does not take this parameter.", known.join(", "), near);
                continue;
            };
            if seen.contains(&name) {
                fault(
                    name,
                    "duplicate-name",
                    "This parameter is given twice.",
                    "each parameter once".to_owned(),
                    None,
                );
                continue;
            }
            seen.push(name);
            if name == "as_of" {
                let (first, last) = book.covers;
                let expected = format!("a day as year-month-day from {first} to {last}");
                match value.parse::<Day>().ok().filter(|_| value.len() == 10) {
                    None => fault(name, "bad-date", "This is no day of the calendar.", expected, None),
                    Some(day) if day < first || day > last => {
                        fault(
                            name,
                            "not-covered",
                            "The law that is on file does not cover this day.",
                            expected,
                            None,
                        );
                    }
                    day => query.as_of = day,
                }
            } else {
                let mut categories: Vec<&str> =
                    book.programs.iter().map(|program| program.category.as_str()).collect();
                categories.sort_unstable();
                categories.dedup();
                if categories.contains(&value) {
                    query.category = Some(value.to_owned());
                } else {
                    let near = nearest(value, categories.iter().copied());
                    let expected = format!("one of: {}", categories.join(", "));
                    fault(name, "unknown-code", "No program is of this category.", expected, near);
                }
            }
        }
        if faults.is_empty() { Ok(query) } else { Err(Problem::new(Kind::WrongQuery).with(faults)) }
    }
}
