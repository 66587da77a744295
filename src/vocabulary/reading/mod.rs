//! A request in JSON -> a situation, with every fault at once.
//!
//! For: `api` and `cli` (and the tests of every other module). This folder alone of the vocabulary
//! may know JSON. It names no state or code, and one fact alone: `frame` knows the hours of a week by their
//! name, by which pay by the hour becomes weekly. What a request may hold is declared in `rules/vocabulary`; beside
//! that fact only the words of the envelope (`people`, `id`, `one_of`, …) stand here.
//! What follows from the facts, and whether they contradict each other, is left to the engine.

mod amounts;
mod envelope;
mod expected;
mod faults;
mod frame;
mod items;
mod json;
pub mod limits;
mod parse;
mod partly;
mod people;
mod relationships;
#[cfg(test)]
mod tests;
mod values;

use crate::kernel::Day;

use super::{Situation, Vocabulary};

pub use faults::ReadFault;
pub use json::{Json, Map};
pub use parse::{DUPLICATE_NAME, Parsed, Unreadable, parse};

/// A request that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// What was told.
    pub situation: Situation,
    /// What is wanted.
    pub options: Options,
}

/// What came of reading a request that may be wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Sifted {
    /// What could be understood: whatever is wrong is left open. Nothing, if the body is no request at all.
    pub request: Option<Request>,
    /// Everything that is wrong.
    pub faults: Vec<ReadFault>,
}

/// What a caller wants to be answered, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Only these programs; all, if left out. Whether they exist is for the caller to check.
    pub programs: Option<Vec<String>>,
    /// How much of the reasoning to show.
    pub explain: Explain,
    /// The last day of a timeline.
    pub until: Option<Day>,
    /// Whether a signed record of the answer is wanted. None is given: the name is taken for a later version.
    pub receipt: bool,
}

/// How much of the reasoning an answer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Explain {
    /// Results alone.
    None,
    /// What was found of each requirement.
    #[default]
    Summary,
    /// That, with the facts and the arithmetic.
    Full,
}

impl Explain {
    /// Every depth.
    pub const ALL: [Self; 3] = [Self::None, Self::Summary, Self::Full];

    /// The name in requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Summary => "summary",
            Self::Full => "full",
        }
    }
}

/// Reads a request. `today` gives the present day in a state (by its code), for a request without
/// a day of its own; `covers` is the first and last day for which the law is on file.
///
/// # Errors
/// Everything that is wrong with the request. No fault repeats a value.
pub fn read<'j>(
    body: impl Into<Json<'j>>,
    vocabulary: &Vocabulary,
    today: impl Fn(&str) -> Day,
    covers: (Day, Day),
) -> Result<Request, Vec<ReadFault>> {
    match sift(body, vocabulary, today, covers) {
        Sifted { request: Some(request), faults } if faults.is_empty() => Ok(request),
        Sifted { faults, .. } => Err(faults),
    }
}

/// Reads a request as far as it can be understood, so that what contradicts itself is told together with what is
/// wrong elsewhere. No fault repeats a value.
pub fn sift<'j>(
    body: impl Into<Json<'j>>,
    vocabulary: &Vocabulary,
    today: impl Fn(&str) -> Day,
    covers: (Day, Day),
) -> Sifted {
    envelope::read(&body.into(), vocabulary, today, covers)
}
