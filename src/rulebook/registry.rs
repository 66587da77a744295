//! Sources, documents and agencies, as the rule files register them.

use crate::kernel::{Day, Words};

use super::book::SourceId;

/// How sure we are of what a source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Review {
    /// Read in the law or the agency's own text.
    Primary,
    /// Read in somebody's account of it.
    Secondary,
    /// Cited, not re-read: may decide, but is shown as such.
    Unverified,
    /// Uncertain: never decides alone.
    Doubtful,
}

impl Review {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Primary, Self::Secondary, Self::Unverified, Self::Doubtful];

    /// Every mark.
    pub(super) const NAMES: [&'static str; 4] =
        [Self::Primary.name(), Self::Secondary.name(), Self::Unverified.name(), Self::Doubtful.name()];

    /// The mark in rule files and replies.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Unverified => "unverified",
            Self::Doubtful => "doubtful",
        }
    }

    /// The mark of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|review| review.name() == name)
    }
}

/// How words that were written in English came into another language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Translation {
    /// By a machine, and nobody who speaks the language has read it since.
    Machine,
    /// Read by somebody who speaks the language.
    Reviewed,
}

impl Translation {
    /// Every mark.
    pub(super) const NAMES: [&'static str; 2] = [Self::Machine.name(), Self::Reviewed.name()];

    /// The mark in rule files and replies.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::Reviewed => "reviewed",
        }
    }
}

/// An authority.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// The citation as lawyers write it.
    pub text: String,
    /// What it is.
    pub title: String,
    /// Where it can be read.
    pub url: String,
    /// How sure we are of it.
    pub review: Review,
    /// When that was last looked at.
    pub reviewed_on: Day,
    /// By whom: a role, never a name.
    pub reviewed_by: String,
    /// In which edition.
    pub against: String,
    /// The last day on which it was law.
    pub until: Option<Day>,
}

/// A paper that proves something.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: Words,
    /// What may be shown in its place.
    pub any_of: Vec<Words>,
    /// What to do without it.
    pub if_missing: Words,
    /// The law.
    pub cite: Vec<SourceId>,
}

/// An office, a line, an organisation.
#[derive(Debug, Clone)]
pub struct Agency {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: Words,
    /// Its telephone number.
    pub phone: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// When it can be reached.
    pub hours: Option<Words>,
    /// How to reach it.
    pub how: Option<Words>,
    /// Where the contact comes from.
    pub cite: Vec<SourceId>,
    /// When the contact was last checked.
    pub checked_on: Option<Day>,
}
