//! What rules rest on, through every definition: facts, figures, programs, and who belongs to a unit.
//!
//! For: `compile`, `changes`, `reach` and the checks of the whole. Depends on: the book and its typed trees.

use std::collections::BTreeSet;

use crate::language::{DefinitionId, FactId, FigureId, Group, ProgramId, Tree};
use crate::vocabulary::Role;

use super::book::{Requirement, RuleBook};
use super::fault::Report;
use super::places::Places;

/// What a tree rests on, through every definition.
#[derive(Debug, Default, Clone)]
pub(super) struct RestsOn {
    pub(super) facts: BTreeSet<FactId>,
    pub(super) definitions: BTreeSet<DefinitionId>,
    pub(super) figures: BTreeSet<FigureId>,
    pub(super) programs: BTreeSet<ProgramId>,
    /// Uses who the members are.
    pub(super) members: bool,
    /// Uses who is in the unit.
    pub(super) unit: bool,
}

impl RestsOn {
    pub(super) fn join(&mut self, other: &Self) {
        self.facts.extend(&other.facts);
        self.definitions.extend(&other.definitions);
        self.figures.extend(&other.figures);
        self.programs.extend(&other.programs);
        self.members |= other.members;
        self.unit |= other.unit;
    }
}

/// What each definition of the book rests on; a circle of definitions is a fault.
pub(super) fn of_definitions(book: &RuleBook, places: &Places, report: &mut Report) -> Vec<RestsOn> {
    let direct: Vec<RestsOn> = book
        .definitions
        .iter()
        .map(|one| of_trees(book, one.versions.iter().map(|version| &version.says)))
        .collect();
    let mut walk =
        Walk { book, direct: &direct, done: vec![None; direct.len()], told: BTreeSet::new(), places, report };
    for start in 0..direct.len() {
        walk.from(start, &mut Vec::new());
    }
    walk.done.into_iter().map(Option::unwrap_or_default).collect()
}

/// Goes from definition to definition.
struct Walk<'b, 'r> {
    book: &'b RuleBook,
    /// What each rests on itself, without what is below.
    direct: &'b [RestsOn],
    done: Vec<Option<RestsOn>>,
    /// Those of which a circle was told.
    told: BTreeSet<usize>,
    places: &'b Places,
    report: &'r mut Report,
}

impl Walk<'_, '_> {
    fn from(&mut self, at: usize, path: &mut Vec<usize>) -> RestsOn {
        if let Some(Some(known)) = self.done.get(at) {
            return known.clone();
        }
        if let Some(first) = path.iter().position(|known| *known == at) {
            self.circle(at, path.get(first..).unwrap_or_default());
            return RestsOn::default();
        }
        path.push(at);
        let mut rests = self.direct.get(at).cloned().unwrap_or_default();
        for next in rests.definitions.clone() {
            let below = self.from(next.index(), path);
            rests.join(&below);
        }
        path.pop();
        if let Some(place) = self.done.get_mut(at) {
            *place = Some(rests.clone());
        }
        rests
    }

    fn circle(&mut self, at: usize, path: &[usize]) {
        let Some(one) = self.book.definitions.get(at) else { return };
        if !self.told.insert(at) {
            return;
        }
        let all = path.iter().chain(std::iter::once(&at));
        let names: Vec<&str> =
            all.filter_map(|id| self.book.definitions.get(*id)).map(|one| one.name.as_str()).collect();
        let message = format!("this definition rests on itself: {}", names.join(" -> "));
        let help = "one of them must not use the next";
        self.places.of_definition(&one.name).fault("circle", message, help, self.report);
    }
}

/// What trees rest on themselves: of what their definitions rest on, nothing.
pub(super) fn of_trees<'t>(book: &RuleBook, trees: impl Iterator<Item = &'t Tree>) -> RestsOn {
    let mut rests = RestsOn::default();
    for tree in trees {
        tree.visit(&mut |node| see(book, node, &mut rests));
    }
    rests
}

fn see(book: &RuleBook, node: &Tree, rests: &mut RestsOn) {
    match node {
        Tree::Fact(id) | Tree::FactOf(id, _) | Tree::Field(id, _) => {
            rests.facts.insert(*id);
        }
        Tree::Definition(id) | Tree::DefinitionOf(id, _) | Tree::DefinitionOfTwo(id, ..) => {
            rests.definitions.insert(*id);
        }
        Tree::Figure(id, _) => {
            rests.figures.insert(*id);
        }
        Tree::EligibleFor(id, _) => {
            rests.programs.insert(*id);
        }
        Tree::Standing(..) => rests.members = true,
        Tree::Receives(..) => {
            rests.facts.extend(book.vocabulary.role(Role::Receives));
        }
        Tree::Relation(..) => {
            rests.facts.extend(book.vocabulary.role(Role::Relationships));
        }
        Tree::GroupIsEmpty(group) | Tree::Aggregate { group, .. } => match group {
            Group::Members => rests.members = true,
            Group::UnitPeople => rests.unit = true,
            Group::Items(id) | Group::ItemsOf(id, _) => {
                rests.facts.insert(*id);
            }
            Group::Home => rests.facts.extend(book.vocabulary.role(Role::LivesInHome)),
            Group::People => {}
        },
        _ => {}
    }
}

/// What trees rest on, through every definition; `all` is that of each definition.
pub(super) fn through(book: &RuleBook, all: &[RestsOn], trees: Vec<&Tree>) -> RestsOn {
    let mut rests = of_trees(book, trees.into_iter());
    for definition in rests.definitions.clone() {
        if let Some(below) = all.get(definition.index()) {
            rests.join(below);
        }
    }
    rests
}

/// Every tree of a requirement.
pub(super) fn requirement_trees(requirement: &Requirement) -> Vec<&Tree> {
    let mut trees: Vec<&Tree> = requirement.unless.iter().collect();
    for version in &requirement.versions {
        trees.extend(&version.says.test);
        trees.extend(version.says.unsettled.as_ref().map(|unsettled| &unsettled.other));
    }
    for exemption in requirement.excuses() {
        trees.extend(exemption.versions.iter().filter_map(|version| version.says.as_ref()));
        trees.extend(&exemption.when);
    }
    trees.extend(requirement.if_not_met.iter().filter_map(|(when, _)| when.as_ref()));
    trees
}
