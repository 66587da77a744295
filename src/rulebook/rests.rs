//! What rules rest on, through every definition: facts, figures, programs, and who belongs to a unit; and what each
//! program rests on, through derived facts and other programs too.
//!
//! For: `compile`, `boundaries`, `changes`, `dependents`, `reach` and the checks of the whole. Depends on: the book and
//! its typed trees.

use std::collections::{BTreeMap, BTreeSet};

use crate::language::{DefinitionId, FactId, FigureId, Group, ProgramId, Tree};
use crate::vocabulary::Role;

use super::book::{Program, RuleBook};
use super::fault::Report;
use super::places::Places;
use super::trees::derived_trees;

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

/// What everything in a book rests on.
pub(super) struct Ground {
    /// By definition, through definitions alone.
    pub(super) definitions: Vec<RestsOn>,
    /// By program.
    pub(super) programs: Vec<OfProgram>,
    /// By fact that follows from others, through definitions alone.
    pub(super) derived: BTreeMap<FactId, RestsOn>,
}

/// What a program rests on.
#[derive(Debug, Default, Clone)]
pub(super) struct OfProgram {
    /// All that it says, as far as it is not what another program gives.
    pub(super) own: RestsOn,
    /// Its status and amounts, through the results of other programs.
    pub(super) result: RestsOn,
    /// All that it says, through the results of other programs.
    pub(super) whole: RestsOn,
}

impl OfProgram {
    /// The programs that must be answered before it, those aside that these need.
    pub(super) fn needs(&self) -> Vec<ProgramId> {
        self.own.programs.iter().copied().collect()
    }
}

impl Ground {
    /// Goes from everything to what it rests on; a circle of definitions is a fault.
    pub(super) fn of(book: &RuleBook, places: &Places, report: &mut Report) -> Self {
        let definitions = of_definitions(book, places, report);
        let mut ground = Self { definitions, programs: Vec::new(), derived: BTreeMap::new() };
        for (position, fact) in book.vocabulary.facts.iter().enumerate() {
            if let (Some(derived), Ok(id)) = (&fact.derived, u16::try_from(position).map(FactId)) {
                let rests = ground.through(book, derived_trees(derived).into_iter());
                ground.derived.insert(id, rests);
            }
        }
        let mut results: Vec<RestsOn> =
            book.programs.iter().map(|program| ground.of_result(book, program)).collect();
        let own: Vec<RestsOn> = (book.programs.iter().zip(&results))
            .map(|(program, result)| {
                let mut own = ground.whole(book, program.every_tree(book).every());
                own.join(result);
                own
            })
            .collect();
        through_programs(&mut results);
        let of_program = |(own, result): (RestsOn, RestsOn)| {
            let mut whole = own.clone();
            whole.join(&result);
            for other in &own.programs {
                results.get(other.index()).into_iter().for_each(|below| whole.join(below));
            }
            OfProgram { own, result, whole }
        };
        ground.programs = own.into_iter().zip(results.iter().cloned()).map(of_program).collect();
        ground
    }

    /// What the status and amounts of a program rest on, as far as it is not what another program gives.
    fn of_result(&self, book: &RuleBook, program: &Program) -> RestsOn {
        let mut rests = self.through(book, program.every_tree(book).result.into_iter());
        // The worksheet shows how the amount comes about.
        for id in program.amount.iter().flat_map(|amount| &amount.worksheet) {
            rests.definitions.insert(*id);
            self.definitions.get(id.index()).into_iter().for_each(|below| rests.join(below));
        }
        self.with_derived(rests)
    }

    /// What trees rest on, through every definition.
    pub(super) fn through<'t>(&self, book: &RuleBook, trees: impl Iterator<Item = &'t Tree>) -> RestsOn {
        let mut rests = of_trees(book, trees);
        for definition in rests.definitions.clone() {
            self.definitions.get(definition.index()).into_iter().for_each(|below| rests.join(below));
        }
        rests
    }

    /// What trees rest on, through every definition and every fact that follows from others.
    pub(super) fn whole<'t>(&self, book: &RuleBook, trees: impl Iterator<Item = &'t Tree>) -> RestsOn {
        self.with_derived(self.through(book, trees))
    }

    /// With what the facts rest on that follow from others, through and through.
    pub(super) fn with_derived(&self, mut rests: RestsOn) -> RestsOn {
        let mut seen = BTreeSet::new();
        while let Some(fact) = rests.facts.difference(&seen).next().copied() {
            seen.insert(fact);
            self.derived.get(&fact).into_iter().for_each(|below| rests.join(below));
        }
        rests
    }

    /// With the results of the programs that are asked for.
    pub(super) fn with_programs(&self, mut rests: RestsOn) -> RestsOn {
        for other in rests.programs.clone() {
            self.programs.get(other.index()).into_iter().for_each(|below| rests.join(&below.result));
        }
        rests
    }
}

/// Adds to what each program rests on that on which the programs rest that it asks for, until nothing is new.
fn through_programs(results: &mut [RestsOn]) {
    let size = |rests: &RestsOn| {
        (rests.programs.len(), rests.facts.len(), rests.definitions.len(), rests.figures.len())
    };
    let mut grown = true;
    while grown {
        grown = false;
        for position in 0..results.len() {
            let Some(own) = results.get(position) else { continue };
            let mut joined = own.clone();
            for other in &own.programs {
                results.get(other.index()).into_iter().for_each(|below| joined.join(below));
            }
            if size(&joined) != size(own)
                && let Some(own) = results.get_mut(position)
            {
                *own = joined;
                grown = true;
            }
        }
    }
}

/// What each definition of the book rests on; a circle of definitions is a fault.
fn of_definitions(book: &RuleBook, places: &Places, report: &mut Report) -> Vec<RestsOn> {
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
