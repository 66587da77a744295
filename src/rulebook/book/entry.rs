//! What is said with an answer: papers, steps, deadlines, cautions, and what to do about a refusal.

use crate::kernel::{Day, Words};
use crate::language::{Subject, Tree};

use super::SourceId;

/// Something said with an answer when its test does not fail.
#[derive(Debug, Clone)]
pub struct Entry<T> {
    /// When; `None` is always.
    pub when: Option<Tree>,
    /// Whether the test is about one person of the unit (said if it holds of any).
    pub of: Subject,
    /// The statuses with which it is said; empty is all.
    pub with: Vec<String>,
    /// From and until which day it is said.
    pub from: Option<Day>,
    /// See `from`.
    pub until: Option<Day>,
    /// The state that says it.
    pub state: Option<usize>,
    /// The law.
    pub cite: Vec<SourceId>,
    /// What is said.
    pub says: T,
}

/// A paper to bring.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Position in [`super::RuleBook::documents`].
    pub document: usize,
    /// What it proves here.
    pub proves: Words,
}

/// One thing to do.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its id.
    pub id: String,
    /// What to do.
    pub title: Words,
    /// How.
    pub how: Words,
    /// With whom.
    pub agency: Option<String>,
    /// Steps that come before.
    pub after: Vec<String>,
    /// Whom it contacts that may be a danger (police, immigration, consulate, other_parent, landlord).
    pub contacts: Vec<String>,
    /// What to settle before.
    pub before: Option<Words>,
}

/// A day by which somebody must act.
#[derive(Debug, Clone)]
pub struct Deadline {
    /// What must be done.
    pub what: Words,
    /// `agency` or `applicant`.
    pub who: String,
    /// From when it is counted.
    pub counted_from: Tree,
    /// The last day.
    pub on: Tree,
}

/// A warning.
#[derive(Debug, Clone)]
pub struct Caution {
    /// Its id.
    pub id: String,
    /// What to know.
    pub text: Words,
}

/// What to do about a refusal.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// What to say.
    pub say: Words,
    /// What the worker can check.
    pub for_the_worker: Words,
    /// How to appeal.
    pub appeal: Words,
    /// Days to appeal.
    pub by_days: Option<i64>,
    /// Days to appeal so that benefits go on.
    pub keep_benefits_by_days: Option<i64>,
}

/// What somebody who receives the program should know.
#[derive(Debug, Clone)]
pub struct Ongoing {
    /// What to do, and never to reapply.
    pub text: Words,
    /// What reviews it.
    pub review: Words,
    /// Until when it lasts, counted from the day it began.
    pub until: Option<Tree>,
}
