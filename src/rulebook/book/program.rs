//! A program: whom it counts together, what it asks, what it pays, and what its approval changes.

use crate::kernel::{Day, Value, Words};
use crate::language::{DefinitionId, FactId, ProgramId, Tree};

use super::{Caution, Deadline, Entry, Ongoing, Paper, Refusal, Requirement, SourceId, Step, Version};

/// A benefit, a protection, a legal remedy or a status.
#[derive(Debug, Clone)]
pub struct Program {
    /// Its id.
    pub id: String,
    /// Its module.
    pub module: String,
    /// Its name.
    pub title: Words,
    /// What it gives, in a sentence.
    pub summary: Words,
    /// `food`, `health`, …
    pub category: String,
    /// `benefit`, `status`, `remedy`, `right` or `service`.
    pub kind: String,
    /// `federal` or a state.
    pub jurisdiction: String,
    /// Its life.
    pub in_force: Vec<(Day, Option<Day>)>,
    /// The unit it decides for; `None` decides person by person.
    pub unit: Option<usize>,
    /// Its tests.
    pub requirements: Vec<Requirement>,
    /// What its approval changes.
    pub pathway: Option<Pathway>,
    /// What it pays.
    pub amount: Option<AmountRule>,
    /// What it pays first.
    pub first_period: Option<FirstPeriod>,
    /// Who runs it.
    pub agency: Vec<Entry<String>>,
    /// What to bring.
    pub documents: Vec<Entry<Paper>>,
    /// What to do.
    pub steps: Vec<Entry<Step>>,
    /// By when.
    pub deadlines: Vec<Entry<Deadline>>,
    /// What to beware of.
    pub cautions: Vec<Entry<Caution>>,
    /// What helps instead, when closed.
    pub instead: Vec<String>,
    /// If it is refused.
    pub if_refused: Vec<Entry<Refusal>>,
    /// If it is received.
    pub ongoing: Vec<Entry<Ongoing>>,
    /// Programs that must be answered before it.
    pub needs: Vec<ProgramId>,
    /// Days on which its law changes.
    pub boundaries: Vec<Day>,
    /// Its position in the code list of programs.
    pub code: usize,
}

/// How the people of a program's unit are found.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// The program whose requirements decide the standings.
    pub program: ProgramId,
    /// The law.
    pub cite: Vec<SourceId>,
    /// Who can be in a unit at all.
    pub among: Vec<Version<Tree>>,
    /// Which two people belong together.
    pub together: Vec<Version<Tree>>,
    /// `member`, then the others by precedence.
    pub standings: Vec<Standing>,
}

/// How somebody counts in a unit.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Its id.
    pub id: String,
    /// What the answer calls it.
    pub role: PersonRole,
}

/// How a person stands in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum PersonRole {
    Member,
    CountedOnly,
    Outside,
}

impl PersonRole {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Member, Self::CountedOnly, Self::Outside];

    /// Every name.
    pub(in crate::rulebook) const NAMES: [&'static str; 3] =
        [Self::Member.name(), Self::CountedOnly.name(), Self::Outside.name()];

    /// The name in replies.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::CountedOnly => "counted_only",
            Self::Outside => "outside",
        }
    }
}

/// A full period's amount.
#[derive(Debug, Clone)]
pub struct AmountRule {
    /// `month`, `week`, `year` or `once`.
    pub per: String,
    /// The formula.
    pub value: Tree,
    /// The cited steps that lead to it, in order.
    pub worksheet: Vec<DefinitionId>,
    /// Words for an amount of zero.
    pub zero: Words,
    /// Whether it is "up to" (an agency's discretion).
    pub up_to: bool,
}

/// The first, prorated period.
#[derive(Debug, Clone)]
pub struct FirstPeriod {
    /// The formula.
    pub value: Tree,
    /// Its first day.
    pub from: Tree,
    /// Its last day.
    pub to: Tree,
}

/// What an approval changes of a person's facts, and so what else it opens.
#[derive(Debug, Clone)]
pub struct Pathway {
    /// To whom it can be open.
    pub when: Option<Tree>,
    /// The facts that approval makes true.
    pub sets: Vec<(FactId, Sets)>,
    /// How long it takes, in words.
    pub takes: Words,
    /// The law.
    pub cite: Vec<SourceId>,
}

/// What a fact becomes.
#[derive(Debug, Clone, PartialEq)]
pub enum Sets {
    /// This value.
    To(Value),
    /// The day of approval.
    TheDay,
}
