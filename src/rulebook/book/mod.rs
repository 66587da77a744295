//! The compiled rule book: checked, immutable, every name a number.
//!
//! For: everything that reasons with rules. Depends on: `kernel`, `language`, `vocabulary`. May not know how rules are
//! written.

mod entry;
mod formula;
mod program;
mod requirement;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::kernel::{Day, Language};
use crate::language::{DefinitionId, FigureId, ProgramId};
use crate::vocabulary::{Code, PROGRAM_LIST, STATE_LIST, Vocabulary};

use super::case::Case;
use super::changes::Change;
use super::dependents::Dependents;
use super::fault::RuleFault;
use super::law::Law;
use super::reach::Reach;
use super::registry::{Agency, Document, Source, Translation};

pub use entry::{Caution, Deadline, Entry, Ongoing, Paper, Refusal, Step};
pub use formula::{Amounts, Conversion, Definition, Figure, FigureValue, FormulaText, Placeholder, Use};
pub use program::{AmountRule, FirstPeriod, Pathway, PersonRole, Program, Sets, Standing, Unit};
pub use requirement::{Asks, Exemption, Requirement, Unsettled};

/// The first and last day that the rule book covers (the contract's span).
pub(super) const COVERS: (Day, Day) = (day(2023, 10, 1), day(2027, 12, 31));

const fn day(year: i32, month: u32, day: u32) -> Day {
    match Day::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => Day::MIN,
    }
}

/// A source by its position in [`RuleBook::sources`].
pub type SourceId = u16;

/// Something that the law says from one day to another, both included.
#[derive(Debug, Clone, PartialEq)]
pub struct Version<T> {
    /// The first day.
    pub from: Day,
    /// The last day, if there is one.
    pub until: Option<Day>,
    /// The day when it could be known, where that is not the first day.
    pub known_from: Option<Day>,
    /// The state that says it; `None` is federal law, or a rule of every state.
    pub state: Option<usize>,
    /// The law.
    pub cite: Vec<SourceId>,
    /// What it says.
    pub says: T,
}

impl<T> Version<T> {
    /// Whether it governs on a day in a state.
    #[must_use]
    pub fn governs(&self, day: Day, state: usize) -> bool {
        self.from <= day
            && self.until.is_none_or(|until| day <= until)
            && self.state.is_none_or(|only| only == state)
    }
}

/// The whole law, read, checked and compiled.
#[derive(Debug)]
pub struct RuleBook {
    /// SHA-256 of the rule files, in hexadecimal.
    pub hash: String,
    /// The first and last day that it covers.
    pub covers: (Day, Day),
    /// How its Spanish was made: reviewed only if all of it was.
    pub spanish: Translation,
    /// All facts and codes.
    pub vocabulary: Vocabulary,
    /// The position of each source id.
    pub source_ids: BTreeMap<String, SourceId>,
    /// The authorities.
    pub sources: Vec<Source>,
    /// The papers.
    pub documents: Vec<Document>,
    /// The agencies.
    pub agencies: Vec<Agency>,
    /// The definitions.
    pub definitions: Vec<Definition>,
    /// The figures.
    pub figures: Vec<Figure>,
    /// The conversions of pay periods.
    pub conversions: Vec<Conversion>,
    /// The units.
    pub units: Vec<Unit>,
    /// The programs.
    pub programs: Vec<Program>,
    /// Programs in the order in which they can be answered.
    pub order: Vec<ProgramId>,
    /// What each fact reaches, and which of its values the rules tell apart.
    pub reach: Reach,
    /// Which definitions change with the law.
    pub dependents: Dependents,
    /// What should be looked at, though the rules can be used.
    pub warnings: Vec<RuleFault>,
    /// The worked cases.
    pub cases: Vec<Case>,
    /// Every day on which some law changes, in order; the first is the first day covered.
    pub boundaries: Vec<Day>,
    /// Everything that changes after the first day covered, by day.
    pub changes: Vec<Change>,
    /// The law of each stretch between boundaries, by state, made when first asked for.
    pub(in crate::rulebook) laws: Vec<Vec<OnceLock<Law>>>,
}

impl RuleBook {
    /// How its words came into a language; `None` for the one in which they were written.
    #[must_use]
    pub fn translation(&self, language: Language) -> Option<Translation> {
        match language {
            Language::English => None,
            Language::Spanish => Some(self.spanish),
        }
    }

    /// A definition.
    #[must_use]
    pub fn definition(&self, id: DefinitionId) -> Option<&Definition> {
        self.definitions.get(id.index())
    }

    /// A figure.
    #[must_use]
    pub fn figure(&self, id: FigureId) -> Option<&Figure> {
        self.figures.get(id.index())
    }

    /// A program.
    #[must_use]
    pub fn program(&self, id: ProgramId) -> Option<&Program> {
        self.programs.get(id.index())
    }

    /// The program of that id.
    #[must_use]
    pub fn program_named(&self, id: &str) -> Option<ProgramId> {
        let position = self.programs.iter().position(|program| program.id == id)?;
        u16::try_from(position).ok().map(ProgramId)
    }

    /// Every program that the vocabulary knows, with or without rules on file.
    #[must_use]
    pub fn program_codes(&self) -> &[Code] {
        let list = self.vocabulary.list_named(PROGRAM_LIST).and_then(|id| self.vocabulary.list(id));
        list.map_or(&[], |list| &list.codes)
    }

    /// The code of a state, by its position.
    #[must_use]
    pub fn state_code(&self, state: usize) -> Option<&str> {
        let list = self.vocabulary.list_named(STATE_LIST)?;
        self.vocabulary.list(list)?.codes.get(state).map(|code| code.code.as_str())
    }

    /// Position of the state whose own program it is; none for a federal one.
    #[must_use]
    pub fn state_of(&self, program: &Program) -> Option<usize> {
        let list = self.vocabulary.list(self.vocabulary.list_named(STATE_LIST)?)?;
        list.position(&program.jurisdiction)
    }

    /// The agency of that id.
    #[must_use]
    pub fn agency(&self, id: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.id == id)
    }

    /// The law of one day in one state (by position of its code); `None` outside of what is covered.
    #[must_use]
    pub fn on(&self, day: Day, state: usize) -> Option<&Law> {
        if day < self.covers.0 || day > self.covers.1 {
            return None;
        }
        let stretch = self.boundaries.partition_point(|boundary| *boundary <= day).checked_sub(1)?;
        let slot = self.laws.get(state)?.get(stretch)?;
        Some(slot.get_or_init(|| Law::of(self, day, state)))
    }
}
