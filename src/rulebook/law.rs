//! The law of one day in one state: which version of everything governs.

use crate::kernel::Day;
use crate::language::{DefinitionId, FigureId, Tree};

use super::book::{Asks, Exemption, FigureValue, FormulaText, Requirement, RuleBook, Version};

/// Which version of each definition and figure governs. Holds for every day between two boundaries.
#[derive(Debug, Clone, Default)]
pub struct Law {
    definitions: Vec<Option<u16>>,
    figures: Vec<Option<u16>>,
    /// Position of the state's code.
    pub state: usize,
}

/// The version that governs: a state's own before a federal one.
pub(crate) fn governing<T>(versions: &[Version<T>], day: Day, state: usize) -> Option<usize> {
    let governs = |own: bool| {
        versions.iter().position(|version| version.state.is_some() == own && version.governs(day, state))
    };
    governs(true).or_else(|| governs(false))
}

fn unlike<'l>(one: &'l [Option<u16>], other: &'l [Option<u16>]) -> impl Iterator<Item = usize> + 'l {
    one.iter().zip(other).enumerate().filter(|(_, (one, other))| one != other).map(|(place, _)| place)
}

impl Law {
    pub(super) fn of(book: &RuleBook, day: Day, state: usize) -> Self {
        fn version<T>(versions: &[Version<T>], day: Day, state: usize) -> Option<u16> {
            governing(versions, day, state).and_then(|position| u16::try_from(position).ok())
        }
        let definitions = book.definitions.iter().map(|one| version(&one.versions, day, state)).collect();
        let figures = book.figures.iter().map(|one| version(&one.versions, day, state)).collect();
        Self { definitions, figures, state }
    }

    /// Positions of the definitions of which another version governs than under the other law.
    pub(super) fn definitions_unlike<'l>(&'l self, other: &'l Self) -> impl Iterator<Item = usize> + 'l {
        unlike(&self.definitions, &other.definitions)
    }

    /// Positions of the figures of which another version governs than under the other law.
    pub(super) fn figures_unlike<'l>(&'l self, other: &'l Self) -> impl Iterator<Item = usize> + 'l {
        unlike(&self.figures, &other.figures)
    }

    /// The formula of a definition, if it has one on this day.
    #[must_use]
    pub fn formula<'a>(&self, book: &'a RuleBook, id: DefinitionId) -> Option<&'a Version<Tree>> {
        let version = (*self.definitions.get(id.index())?)?;
        book.definition(id)?.versions.get(usize::from(version))
    }

    /// The formula as the rule file has it.
    #[must_use]
    pub fn formula_text<'a>(&self, book: &'a RuleBook, id: DefinitionId) -> Option<&'a FormulaText> {
        let version = (*self.definitions.get(id.index())?)?;
        book.definition(id)?.texts.get(usize::from(version))
    }

    /// The value of a figure, if one is on file for this day.
    #[must_use]
    pub fn figure<'a>(&self, book: &'a RuleBook, id: FigureId) -> Option<&'a Version<FigureValue>> {
        let version = (*self.figures.get(id.index())?)?;
        book.figure(id)?.versions.get(usize::from(version))
    }
}

impl Requirement {
    /// Everything that may change what a failed or passed test means.
    pub fn excuses(&self) -> impl Iterator<Item = &Exemption> {
        self.exemptions.iter().chain(&self.agency_may_accept).chain(&self.agency_must_confirm)
    }

    /// What it asks on a day in a state.
    #[must_use]
    pub fn on(&self, day: Day, state: usize) -> Option<&Version<Asks>> {
        if self.state.is_some_and(|only| only != state) {
            return None;
        }
        governing(&self.versions, day, state).and_then(|position| self.versions.get(position))
    }
}

impl Exemption {
    /// When it excuses on a day in a state; `None` if there is no such exemption then.
    #[must_use]
    pub fn on(&self, day: Day, state: usize) -> Option<&Version<Option<Tree>>> {
        governing(&self.versions, day, state).and_then(|position| self.versions.get(position))
    }
}
