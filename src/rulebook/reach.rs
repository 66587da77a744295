//! What each fact reaches, and which of its values the rules tell apart: so that trying a fact out costs
//! no more than what rests on it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::kernel::CodeSet;
use crate::language::{DefinitionId, FactId, ProgramId, Tree};
use crate::vocabulary::Role;

use super::book::{Amounts, FigureValue, Program, Requirement, RuleBook, Version};
use super::rests::{Ground, of_trees};
use super::trees::derived_trees;

/// What each fact reaches.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    definitions: Vec<Vec<DefinitionId>>,
    programs: Vec<BTreeSet<ProgramId>>,
    /// What each program tells apart.
    telling: BTreeMap<ProgramId, Telling>,
    thresholds: BTreeMap<FactId, Vec<Decimal>>,
    /// For each fact that could contradict others, every fact that takes part, itself too.
    contradicting: BTreeMap<FactId, BTreeSet<FactId>>,
    /// Those of them whose value follows from others. Any other contradiction only makes a fact moot beside another
    /// (the date of a letter where there is none), which keeps neither from being asked for.
    following: BTreeSet<FactId>,
}

/// Which values of facts a program's rules tell apart.
#[derive(Debug, Clone, Default)]
pub struct Telling {
    thresholds: BTreeMap<FactId, BTreeSet<Decimal>>,
    /// The code sets that rules ask of each fact.
    asked: BTreeMap<FactId, BTreeSet<CodeSet>>,
    /// Facts whose single codes matter, since a table has a row for each or a formula passes them on.
    each_code: BTreeSet<FactId>,
}

impl Telling {
    /// The numbers that rules compare a fact with: where a result may turn.
    pub fn thresholds(&self, fact: FactId) -> impl Iterator<Item = Decimal> {
        self.thresholds.get(&fact).into_iter().flatten().copied()
    }

    /// One of each class of these codes that the rules tell apart, in order.
    #[must_use]
    pub fn codes(&self, fact: FactId, codes: CodeSet) -> Vec<usize> {
        if self.each_code.contains(&fact) {
            return codes.positions().collect();
        }
        let none = BTreeSet::new();
        let asked = self.asked.get(&fact).unwrap_or(&none);
        let mut seen: Vec<Vec<bool>> = Vec::new();
        let mut kept = Vec::new();
        for position in codes.positions() {
            let class: Vec<bool> = asked.iter().map(|set| set.contains(position)).collect();
            if !seen.contains(&class) {
                seen.push(class);
                kept.push(position);
            }
        }
        kept
    }

    fn join(&mut self, other: &Self) {
        for (fact, values) in &other.thresholds {
            self.thresholds.entry(*fact).or_default().extend(values);
        }
        for (fact, sets) in &other.asked {
            self.asked.entry(*fact).or_default().extend(sets);
        }
        self.each_code.extend(&other.each_code);
    }
}

impl Reach {
    /// What a program's rules tell apart, with those of the programs that it asks `eligible_for`.
    #[must_use]
    pub fn telling(&self, program: ProgramId) -> Option<&Telling> {
        self.telling.get(&program)
    }

    /// The numbers that any rule compares a fact with.
    #[must_use]
    pub fn thresholds(&self, fact: FactId) -> &[Decimal] {
        self.thresholds.get(&fact).map_or(&[], Vec::as_slice)
    }

    /// The definitions that may change with a fact.
    #[must_use]
    pub fn definitions(&self, fact: FactId) -> &[DefinitionId] {
        self.definitions.get(fact.index()).map_or(&[], Vec::as_slice)
    }

    /// Whether a program may change with a fact.
    #[must_use]
    pub fn reaches(&self, fact: FactId, program: ProgramId) -> bool {
        self.programs.get(fact.index()).is_none_or(|programs| programs.contains(&program))
    }

    /// The facts that follow from others, this one among them, and then cannot be tried out at any other value.
    pub fn contradicted(&self, fact: FactId) -> impl Iterator<Item = FactId> {
        let parts = self.contradicting.iter().filter(move |(_, part)| part.contains(&fact));
        parts.map(|(id, _)| *id).filter(|id| self.following.contains(id))
    }

    /// Whether a fact takes part in what a contradiction of another rests on.
    #[must_use]
    pub fn takes_part(&self, fact: FactId, contradicted: FactId) -> bool {
        self.contradicting.get(&contradicted).is_some_and(|part| part.contains(&fact))
    }
}

/// What the definitions and programs of a book rest on, turned round.
pub(super) fn reach(book: &RuleBook, ground: &Ground) -> Reach {
    let count = book.vocabulary.facts.len();
    let mut reach = Reach {
        definitions: vec![Vec::new(); count],
        programs: vec![BTreeSet::new(); count],
        ..Reach::default()
    };
    for (position, rests) in ground.definitions.iter().enumerate() {
        let Ok(id) = u16::try_from(position).map(DefinitionId) else { continue };
        for fact in ground.with_programs(ground.with_derived(rests.clone())).facts {
            if let Some(definitions) = reach.definitions.get_mut(fact.index()) {
                definitions.push(id);
            }
        }
    }
    for (position, rests) in ground.programs.iter().enumerate() {
        let Ok(id) = u16::try_from(position).map(ProgramId) else { continue };
        for fact in &rests.result.facts {
            if let Some(programs) = reach.programs.get_mut(fact.index()) {
                programs.insert(id);
            }
        }
    }
    let of_definitions: Vec<Telling> = (book.definitions.iter())
        .map(|one| telling(book, one.versions.iter().map(|version| &version.says)))
        .collect();
    let derived = book.vocabulary.facts.iter().filter_map(|fact| fact.derived.as_ref());
    let of_derived = telling(book, derived.flat_map(derived_trees));
    let result = |program: &Program| telling(book, program.every_tree(book).result.into_iter());
    let of_programs: Vec<Telling> = book.programs.iter().map(result).collect();
    for (position, rests) in ground.programs.iter().enumerate() {
        let Ok(id) = u16::try_from(position).map(ProgramId) else { continue };
        let mut own = of_derived.clone();
        for definition in &rests.result.definitions {
            of_definitions.get(definition.index()).iter().for_each(|more| own.join(more));
        }
        for program in rests.result.programs.iter().chain([&id]) {
            of_programs.get(program.index()).iter().for_each(|more| own.join(more));
        }
        reach.telling.insert(id, own);
    }
    let mut whole = Telling::default();
    reach.telling.values().for_each(|telling| whole.join(telling));
    reach.thresholds =
        whole.thresholds.into_iter().map(|(fact, values)| (fact, values.into_iter().collect())).collect();
    for (position, fact) in book.vocabulary.facts.iter().enumerate() {
        let Ok(id) = u16::try_from(position).map(FactId) else { continue };
        if fact.conflicts.is_empty() {
            continue;
        }
        let tests = fact.conflicts.iter().map(|conflict| &conflict.test);
        let mut part = ground.whole(book, tests).facts;
        part.insert(id);
        reach.contradicting.insert(id, part);
        if fact.derived.as_ref().is_some_and(|derived| derived.value.is_some()) {
            reach.following.insert(id);
        }
    }
    reach
}

/// What these trees tell apart.
fn telling<'b>(book: &RuleBook, trees: impl Iterator<Item = &'b Tree>) -> Telling {
    let mut telling = Telling::default();
    for tree in trees {
        codes(book, tree, &mut telling);
        tree.visit(&mut |node| {
            if let Tree::CompareNumbers(_, one, two) = node {
                for (fact, other) in [(one, two), (two, one)] {
                    if let Some(id) = compared(fact) {
                        telling.thresholds.entry(id).or_default().extend(constants(book, other));
                    }
                }
            }
        });
    }
    telling
}

/// Notes which codes a tree asks of which facts.
fn codes(book: &RuleBook, tree: &Tree, telling: &mut Telling) {
    let fact = |of: &Tree| match of {
        Tree::Fact(id) | Tree::FactOf(id, _) | Tree::Field(id, _) => Some(*id),
        _ => None,
    };
    match tree {
        Tree::CodeIn(of, set) | Tree::ListHas(of, set) => match fact(of) {
            Some(id) => {
                telling.asked.entry(id).or_default().insert(*set);
            }
            None => codes(book, of, telling),
        },
        Tree::IsGiven(of) | Tree::ListIsEmpty(of) if fact(of).is_some() => {}
        Tree::Receives(_, program) => {
            if let Some(id) = book.vocabulary.role(Role::ReceiptProgram) {
                telling.asked.entry(id).or_default().insert(CodeSet::only(*program));
            }
        }
        other => match fact(other) {
            Some(id) => {
                telling.each_code.insert(id);
            }
            None => other.children(&mut |child| codes(book, child, telling)),
        },
    }
}

/// The fact that one side of a comparison is, perhaps converted or with something added.
fn compared(tree: &Tree) -> Option<FactId> {
    match tree {
        Tree::Fact(id) | Tree::FactOf(id, _) | Tree::Field(id, _) => Some(*id),
        Tree::Monthly(inner, _) | Tree::Arithmetic(_, inner, _) => match inner.as_ref() {
            Tree::Fact(id) | Tree::FactOf(id, _) | Tree::Field(id, _) => Some(*id),
            _ => None,
        },
        _ => None,
    }
}

fn constants(book: &RuleBook, tree: &Tree) -> Vec<Decimal> {
    match tree {
        Tree::Constant(value) => value.number().known().into_iter().collect(),
        Tree::Figure(figure, None) => book.figure(*figure).map_or_else(Vec::new, |figure| {
            let one = |version: &Version<FigureValue>| match version.says.amounts {
                Amounts::One(range) => range.known(),
                _ => None,
            };
            figure.versions.iter().filter_map(one).collect()
        }),
        _ => Vec::new(),
    }
}

/// The requirements that use what rests on the people of another unit, and what they use.
pub(super) fn foreign_units<'b>(book: &'b RuleBook, program: &'b Program) -> Vec<(&'b Requirement, &'b str)> {
    let mut told = Vec::new();
    for requirement in &program.requirements {
        let rests = of_trees(book, requirement.trees().into_iter());
        for id in &rests.definitions {
            let Some(definition) = book.definition(*id).filter(|one| one.rests_on_unit) else { continue };
            let own = |name: &str| {
                let module = name.split_once('.').map_or("", |(module, _)| module);
                book.programs
                    .iter()
                    .find(|one| one.module == module)
                    .is_some_and(|one| one.unit == program.unit)
            };
            if program.unit.is_none() || !own(&definition.name) {
                told.push((requirement, definition.name.as_str()));
            }
        }
    }
    told
}
