//! Which definitions change with the law: so that looking at a later day computes again only what is another there.
//!
//! For: the engine, which looks ahead to days of new law. Depends on: the book and what its rules rest on.

use std::collections::BTreeMap;

use crate::language::{DefinitionId, FactId};

use super::book::RuleBook;
use super::law::Law;
use super::reach::derived_trees;
use super::rests::{RestsOn, through};

/// Which definitions rest on each definition, on each figure, and on what other programs give.
#[derive(Debug, Clone, Default)]
pub struct Dependents {
    of_definitions: Vec<Vec<DefinitionId>>,
    of_figures: Vec<Vec<DefinitionId>>,
    of_programs: Vec<DefinitionId>,
}

impl Dependents {
    /// The definitions that may come to something else under the one law than under the other; those that ask
    /// `eligible_for` always may. One may be named more than once.
    pub fn between<'d>(&'d self, one: &'d Law, other: &'d Law) -> impl Iterator<Item = DefinitionId> + 'd {
        let definitions = one.definitions_unlike(other).filter_map(|place| self.of_definitions.get(place));
        let figures = one.figures_unlike(other).filter_map(|place| self.of_figures.get(place));
        definitions.chain(figures).flatten().chain(&self.of_programs).copied()
    }
}

/// Turns round what each definition of a book rests on, facts that are derived from others among it.
pub(super) fn dependents(book: &RuleBook, all: &[RestsOn]) -> Dependents {
    let mut of_facts: BTreeMap<FactId, RestsOn> = BTreeMap::new();
    for (position, fact) in book.vocabulary.facts.iter().enumerate() {
        if let (Some(derived), Ok(id)) = (&fact.derived, u16::try_from(position).map(FactId)) {
            of_facts.insert(id, through(book, all, derived_trees(derived)));
        }
    }
    let mut dependents = Dependents {
        of_definitions: vec![Vec::new(); book.definitions.len()],
        of_figures: vec![Vec::new(); book.figures.len()],
        of_programs: Vec::new(),
    };
    for (position, rests) in all.iter().enumerate() {
        let Ok(id) = u16::try_from(position).map(DefinitionId) else { continue };
        let rests = with_derived(rests, &of_facts);
        let below = rests.definitions.iter().copied().chain([id]);
        for definition in below {
            dependents.of_definitions.get_mut(definition.index()).into_iter().for_each(|on| on.push(id));
        }
        for figure in &rests.figures {
            dependents.of_figures.get_mut(figure.index()).into_iter().for_each(|on| on.push(id));
        }
        if !rests.programs.is_empty() {
            dependents.of_programs.push(id);
        }
    }
    dependents
}

/// With what the facts rest on that are derived, through and through.
fn with_derived(rests: &RestsOn, of_facts: &BTreeMap<FactId, RestsOn>) -> RestsOn {
    let mut rests = rests.clone();
    loop {
        let before = (rests.facts.len(), rests.definitions.len());
        for fact in rests.facts.clone() {
            of_facts.get(&fact).into_iter().for_each(|more| rests.join(more));
        }
        if before == (rests.facts.len(), rests.definitions.len()) {
            return rests;
        }
    }
}
