//! The part of an address after the question mark. It never holds anything about a person.

use crate::kernel::{Day, iso_day, nearest};
use crate::language::ProgramId;
use crate::rulebook::RuleBook;

use super::problem::{Fault, Kind, Problem};

/// More parameters than this are not looked at.
const MOST_PARTS: usize = 16;

/// What a query may ask of the rule set.
#[derive(Default)]
pub(super) struct Query {
    /// Only the law of this day.
    pub(super) as_of: Option<Day>,
    /// Only programs of this category.
    pub(super) category: Option<String>,
    /// Nothing before this day.
    pub(super) from: Option<Day>,
    /// Nothing after this day.
    pub(super) until: Option<Day>,
    /// Only what touches this program.
    pub(super) program: Option<ProgramId>,
}

impl Query {
    /// What tells replies to different queries apart.
    pub(super) fn variant(&self) -> String {
        let named = |name: &str, day: Option<Day>| day.map(|day| format!("{name}{day}"));
        let program = self.program.map(|program| format!("program{}", program.index()));
        let parts = [
            named("", self.as_of),
            self.category.clone(),
            named("from", self.from),
            named("until", self.until),
            program,
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("-")
    }

    /// Reads a query. Days and codes need no escapes, so an escaped value is a wrong one.
    pub(super) fn read(text: &str, book: &RuleBook, known: &[&'static str]) -> Result<Self, Problem> {
        let mut query = Self::default();
        let mut faults = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for part in text.split('&').filter(|part| !part.is_empty()).take(MOST_PARTS) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let Some(name) = known.iter().copied().find(|known| *known == name) else {
                let near = nearest(name, known.iter().copied());
                let detail = "This call does not take this parameter.";
                let expected = match known {
                    [] => "no parameter: everything travels in the body".to_owned(),
                    known => known.join(", "),
                };
                faults.push(fault("", "unknown-name", detail, expected, near));
                continue;
            };
            if seen.contains(&name) {
                let detail = "This parameter is given twice.";
                faults.push(fault(name, "duplicate-name", detail, "each parameter once".to_owned(), None));
                continue;
            }
            seen.push(name);
            if let Err(fault) = query.take(name, value, book) {
                faults.push(fault);
            }
        }
        if let (Some(from), Some(until)) = (query.from, query.until)
            && until < from
        {
            let expected = "a day that is not before `from`".to_owned();
            faults.push(fault("until", "out-of-range", "The span ends before it begins.", expected, None));
        }
        if faults.is_empty() { Ok(query) } else { Err(Problem::new(Kind::WrongQuery).with(faults)) }
    }

    /// One parameter.
    fn take(&mut self, name: &str, value: &str, book: &RuleBook) -> Result<(), Fault> {
        match name {
            "as_of" => self.as_of = Some(day(name, value, book)?),
            "from" => self.from = Some(day(name, value, book)?),
            "until" => self.until = Some(day(name, value, book)?),
            "program" => {
                self.program = Some(book.program_named(value).ok_or_else(|| {
                    let near = nearest(value, book.programs.iter().map(|program| program.id.as_str()));
                    let expected = "an id that /v1/programs lists".to_owned();
                    fault(name, "unknown-program", "There is no program of this id.", expected, near)
                })?);
            }
            _ => self.category = Some(category(name, value, book)?),
        }
        Ok(())
    }
}

fn fault(
    name: &str,
    code: &'static str,
    detail: &str,
    expected: String,
    did_you_mean: Option<&str>,
) -> Fault {
    let pointer = if name.is_empty() { String::new() } else { format!("/{name}") };
    Fault {
        pointer,
        code,
        detail: detail.to_owned(),
        expected,
        did_you_mean: did_you_mean.map(str::to_owned),
    }
}

/// A day that the law on file covers.
fn day(name: &str, value: &str, book: &RuleBook) -> Result<Day, Fault> {
    let (first, last) = book.covers;
    let expected = format!("a day as year-month-day from {first} to {last}");
    match iso_day(value) {
        None => Err(fault(name, "bad-date", "This is no day of the calendar.", expected, None)),
        Some(day) if day < first || day > last => {
            let detail = "The law that is on file does not cover this day.";
            Err(fault(name, "not-covered", detail, expected, None))
        }
        Some(day) => Ok(day),
    }
}

fn category(name: &str, value: &str, book: &RuleBook) -> Result<String, Fault> {
    let mut categories: Vec<&str> = book.programs.iter().map(|program| program.category.as_str()).collect();
    categories.sort_unstable();
    categories.dedup();
    if categories.contains(&value) {
        return Ok(value.to_owned());
    }
    let near = nearest(value, categories.iter().copied());
    let expected = format!("one of: {}", categories.join(", "));
    Err(fault(name, "unknown-code", "No program is of this category.", expected, near))
}
