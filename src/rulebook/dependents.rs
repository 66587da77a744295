//! Which definitions change with the law: so that looking at a later day computes again only what is another there.
//!
//! For: the engine, which looks ahead to days of new law. Depends on: the book and what its rules rest on.

use crate::language::DefinitionId;

use super::book::RuleBook;
use super::law::Law;
use super::rests::Ground;

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
pub(super) fn dependents(book: &RuleBook, ground: &Ground) -> Dependents {
    let mut dependents = Dependents {
        of_definitions: vec![Vec::new(); book.definitions.len()],
        of_figures: vec![Vec::new(); book.figures.len()],
        of_programs: Vec::new(),
    };
    for (position, rests) in ground.definitions.iter().enumerate() {
        let Ok(id) = u16::try_from(position).map(DefinitionId) else { continue };
        let rests = ground.with_derived(rests.clone());
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
