//! One legal test of a program, with what excuses from it and the other readings of the law.

use std::sync::Arc;

use crate::kernel::Words;
use crate::language::{FactId, ProgramId, Subject, Tree};

use super::{FormulaText, Placeholder, SourceId, Version};

/// One legal test of a program.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Its id.
    pub id: String,
    /// About one person, or the unit.
    pub of: Subject,
    /// What it is about.
    pub title: Words,
    /// The law behind all versions.
    pub cite: Vec<SourceId>,
    /// What it asks, by date.
    pub versions: Vec<Version<Asks>>,
    /// Better programs that take this one's place: it is not met by somebody eligible for one of them.
    pub covered_by: Vec<ProgramId>,
    /// Under which it is not asked.
    pub unless: Option<Tree>,
    /// A rare bar: an absent fact is taken not to bar.
    pub bar: bool,
    /// What excuses from it.
    pub exemptions: Vec<Exemption>,
    /// Where the test fails and the law or its practice is in doubt, so that an agency decides.
    pub agency_may_accept: Vec<Exemption>,
    /// Where the test holds and the law or its practice is in doubt, so that an agency decides.
    pub agency_must_confirm: Vec<Exemption>,
    /// An agency may forgive a failure.
    pub excusable: Option<Words>,
    /// What an agency must judge.
    pub agency_decides: Option<Words>,
    /// The standing of somebody who fails: the first whose test holds.
    pub if_not_met: Vec<(Option<Tree>, usize)>,
    /// Words for each outcome.
    pub met: Words,
    /// See `met`.
    pub not_met: Words,
    /// See `met`.
    pub unknown: Words,
    /// Programs that would open it.
    pub opened_by: Vec<String>,
    /// What stands between braces in its words.
    pub placeholders: Vec<Placeholder>,
    /// The facts it rests on, through every definition.
    pub facts: Vec<FactId>,
    /// The state that asks it; `None` for every state.
    pub state: Option<usize>,
}

/// What a version of a requirement asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Asks {
    /// The test; `None` where only an agency can judge, or nothing can be asked.
    pub test: Option<Tree>,
    /// The test as the rule file has it.
    pub text: FormulaText,
    /// Words for met, not met and unknown, where the version has its own.
    pub met: Option<Words>,
    /// See `met`.
    pub not_met: Option<Words>,
    /// See `met`.
    pub unknown: Option<Words>,
    /// The other reading, where the law is unsettled.
    pub unsettled: Option<Arc<Unsettled>>,
    /// Rests on doubtful sources alone, so it never decides.
    pub doubtful: bool,
}

/// Another reading of the law.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsettled {
    /// The test under the other reading.
    pub other: Tree,
    /// What the dispute is.
    pub text: Words,
    /// Its sources.
    pub cite: Vec<SourceId>,
    /// Who can advise (a program or an agency).
    pub advise: String,
}

/// An exemption from a requirement.
#[derive(Debug, Clone)]
pub struct Exemption {
    /// Its id.
    pub id: String,
    /// When it excuses, by date.
    pub versions: Vec<Version<Option<Tree>>>,
    /// When it is worth telling.
    pub when: Option<Tree>,
    /// What it is, in words.
    pub text: Words,
}
