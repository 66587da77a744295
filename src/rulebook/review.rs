//! How sure the rule book is of its law: counts by review mark, the oldest review, what is stale.

use std::collections::BTreeMap;

use crate::kernel::{Day, Span, SpanUnit};

use super::book::RuleBook;
use super::registry::Review;

/// Sources by review mark.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// How many sources have each mark.
    pub counts: BTreeMap<Review, usize>,
    /// How many versions of requirements rest on a source with each mark, and on none with a better one.
    pub requirements: BTreeMap<Review, usize>,
    /// Ids of sources that were last looked at more than a year before the day asked for.
    pub stale: Vec<String>,
    /// Ids of sources that are cited but not re-read.
    pub unverified: Vec<String>,
    /// Ids of sources that are doubtful.
    pub doubtful: Vec<String>,
    /// The day of the oldest review.
    pub oldest: Option<Day>,
}

/// Sources by review mark, as of a day.
#[must_use]
pub fn marks(book: &RuleBook, today: Day) -> Marks {
    let mut marks = Marks::default();
    let year_ago = Span { count: -1, unit: SpanUnit::Years }.after(today);
    for source in &book.sources {
        *marks.counts.entry(source.review).or_default() += 1;
        if source.reviewed_on < year_ago {
            marks.stale.push(source.id.clone());
        }
        match source.review {
            Review::Unverified => marks.unverified.push(source.id.clone()),
            Review::Doubtful => marks.doubtful.push(source.id.clone()),
            Review::Primary | Review::Secondary => {}
        }
    }
    for requirement in book.programs.iter().flat_map(|program| &program.requirements) {
        for version in &requirement.versions {
            let all = version.cite.iter().chain(&requirement.cite);
            let best =
                all.filter_map(|id| book.sources.get(usize::from(*id))).map(|source| source.review).min();
            if let Some(best) = best {
                *marks.requirements.entry(best).or_default() += 1;
            }
        }
    }
    marks.oldest = book.sources.iter().map(|source| source.reviewed_on).min();
    marks
}
