//! The rule book looked at from outside: which facts rest where, and variants of it for the properties.

use std::collections::BTreeSet;

use onward::kernel::{Bound, CodeSet, Dates, Day, Range, Value, Words};
use onward::language::{Comparison, DefinitionId, FactId, Group, ProgramId, Tree, Type};
use onward::rulebook::{Exemption, RuleBook, load_embedded};
use onward::vocabulary::{About, Conflict, Fact, Kind, Role};

/// The rules as they are shipped.
pub fn shipped() -> RuleBook {
    load_embedded().expect("the shipped rules have no fault")
}

/// The shipped rules with bars and exemptions made ordinary tests, so that what is absent there is
/// unknown like everything else. What an agency must confirm works like a bar, and is left out.
pub fn ordinary() -> RuleBook {
    let mut book = shipped();
    let as_of = book.vocabulary.role(Role::AsOf).unwrap();
    for requirement in book.programs.iter_mut().flat_map(|program| &mut program.requirements) {
        requirement.bar = false;
        requirement.agency_must_confirm.clear();
        let exemptions = std::mem::take(&mut requirement.exemptions);
        let excuses: Vec<Tree> = exemptions.iter().flat_map(|one| dated(one, as_of)).collect();
        for version in &mut requirement.versions {
            if let Some(test) = version.says.test.take() {
                version.says.test = Some(if excuses.is_empty() {
                    test
                } else {
                    Tree::Or([test].into_iter().chain(excuses.iter().cloned()).collect())
                });
            }
        }
    }
    book
}

/// Each version of an exemption as a test of its own, with its days.
fn dated(exemption: &Exemption, as_of: FactId) -> Vec<Tree> {
    let on = |comparison, day: Day| {
        let day = Tree::Constant(Value::Date(Dates::on(day)));
        Tree::CompareDates(comparison, Box::new(Tree::Fact(as_of)), Box::new(day))
    };
    exemption
        .versions
        .iter()
        .filter_map(|version| {
            let mut parts = vec![on(Comparison::AtLeast, version.from)];
            parts.extend(version.until.map(|until| on(Comparison::AtMost, until)));
            parts.push(version.says.clone()?);
            Some(Tree::And(parts.into()))
        })
        .collect()
}

/// The shipped rules in which every fact that follows from others contradicts them if told otherwise.
pub fn strict() -> RuleBook {
    let mut book = shipped();
    for position in 0..book.vocabulary.facts.len() {
        let id = FactId(u16::try_from(position).unwrap());
        let fact = &book.vocabulary.facts[position];
        let test = wrongly_told(fact, id);
        let fact = &mut book.vocabulary.facts[position];
        fact.conflicts.extend(test.map(|test| Conflict { test, says: Words::default() }));
    }
    book
}

fn wrongly_told(fact: &Fact, id: FactId) -> Option<Tree> {
    let derived = fact.derived.as_ref()?;
    let Kind::One(kind) = fact.kind else { return None };
    let own = || if fact.about == About::Person { Tree::FactOf(id, 0) } else { Tree::Fact(id) };
    let not = |tree| Tree::Not(Box::new(tree));
    let mut wrong = Vec::new();
    let mut add = |when: &Option<Tree>, otherwise: Tree| {
        if let Some(when) = when {
            wrong.push(Tree::And([when.clone(), otherwise].into()));
        }
    };
    add(&derived.true_when, not(own()));
    add(&derived.false_when, own());
    let zero = || Box::new(Tree::Constant(Value::Number(Range { low: Bound::ZERO, high: Bound::ZERO })));
    let there = match kind {
        Type::Paid => {
            Tree::CompareNumbers(Comparison::Different, Box::new(Tree::Monthly(Box::new(own()), 0)), zero())
        }
        Type::Date | Type::Code(_) | Type::Person => Tree::IsGiven(Box::new(own())),
        Type::Codes(_) | Type::People => not(Tree::ListIsEmpty(Box::new(own()))),
        Type::Boolean => own(),
        _ => Tree::CompareNumbers(Comparison::Different, Box::new(own()), zero()),
    };
    add(&derived.none_when, there);
    if let (Some(value), Type::Boolean) = (&derived.value, kind) {
        add(&Some(value.clone()), not(own()));
        add(&Some(not(value.clone())), own());
    }
    for (code, test) in &derived.has {
        add(&Some(test.clone()), not(Tree::ListHas(Box::new(own()), CodeSet::only(*code))));
    }
    for (code, test) in &derived.has_not {
        add(&Some(test.clone()), Tree::ListHas(Box::new(own()), CodeSet::only(*code)));
    }
    (!wrong.is_empty()).then(|| Tree::Or(wrong.into()))
}

/// The facts that trees rest on, through definitions and what facts follow from.
pub struct Closure<'b> {
    book: &'b RuleBook,
    pub facts: BTreeSet<FactId>,
    definitions: BTreeSet<DefinitionId>,
    programs: BTreeSet<ProgramId>,
    /// Whether relationships are asked for.
    pub relations: bool,
    /// Whether it rests on who is in the unit.
    units: bool,
}

impl<'b> Closure<'b> {
    pub fn new(book: &'b RuleBook) -> Self {
        let (facts, definitions, programs) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        Self { book, facts, definitions, programs, relations: false, units: false }
    }

    pub fn add(&mut self, tree: &Tree) {
        let mut facts = Vec::new();
        let mut definitions = Vec::new();
        let mut programs = Vec::new();
        let mut relations = false;
        let mut receives = false;
        let mut unit = false;
        let within = self.units;
        let vocabulary = &self.book.vocabulary;
        tree.visit(&mut |node| match node {
            Tree::Fact(id) | Tree::FactOf(id, _) | Tree::Field(id, _) => facts.push(*id),
            Tree::Definition(id) | Tree::DefinitionOf(id, _) | Tree::DefinitionOfTwo(id, ..) => {
                definitions.push(*id);
            }
            Tree::Aggregate { group, .. } | Tree::GroupIsEmpty(group) => match group {
                Group::ItemsOf(id, _) | Group::Items(id) => facts.push(*id),
                Group::Home => facts.extend(vocabulary.role(Role::LivesInHome)),
                Group::UnitPeople | Group::Members => {
                    unit = !within;
                    facts.extend(vocabulary.role(Role::LivesInHome));
                }
                Group::People => {}
            },
            Tree::Receives(..) => receives = true,
            Tree::Relation(..) => relations = true,
            Tree::EligibleFor(id, _) => programs.push(*id),
            _ => {}
        });
        if unit {
            self.units = true;
            for unit in &self.book.units {
                let trees: Vec<Tree> =
                    unit.among.iter().chain(&unit.together).map(|version| version.says.clone()).collect();
                trees.iter().for_each(|tree| self.add(tree));
            }
        }
        if receives && let Some(list) = vocabulary.role(Role::Receives) {
            facts.push(list);
            if let Some(Kind::Items(record)) = vocabulary.fact(list).map(|fact| fact.kind) {
                facts.extend(
                    ["program", "since", "through"].map(|name| vocabulary.field(record, name).unwrap()),
                );
            }
        }
        for id in programs {
            if self.programs.insert(id) {
                self.add_program(id);
            }
        }
        if relations {
            self.relations = true;
            facts.extend(vocabulary.role(Role::Relationships));
        }
        for id in facts {
            if self.facts.insert(id)
                && let Some(derived) = vocabulary.fact(id).and_then(|fact| fact.derived.as_ref())
            {
                let parts = [&derived.value, &derived.true_when, &derived.false_when, &derived.none_when];
                parts.into_iter().flatten().for_each(|tree| self.add(tree));
                derived.has.iter().chain(&derived.has_not).for_each(|(_, tree)| self.add(tree));
            }
        }
        for id in definitions {
            if self.definitions.insert(id) {
                let definition = self.book.definition(id).unwrap();
                definition.versions.iter().for_each(|version| self.add(&version.says));
            }
        }
    }

    /// Every fact that the result of a program rests on.
    fn add_program(&mut self, id: ProgramId) {
        let Some(program) = self.book.program(id) else { return };
        for requirement in &program.requirements {
            for version in &requirement.versions {
                version.says.test.iter().for_each(|test| self.add(test));
                version.says.unsettled.iter().for_each(|unsettled| self.add(&unsettled.other));
            }
            requirement.unless.iter().for_each(|test| self.add(test));
            requirement
                .if_not_met
                .iter()
                .filter_map(|(when, _)| when.as_ref())
                .for_each(|test| self.add(test));
            let doubts = requirement.agency_may_accept.iter().chain(&requirement.agency_must_confirm);
            for exemption in requirement.exemptions.iter().chain(doubts) {
                exemption
                    .versions
                    .iter()
                    .filter_map(|version| version.says.as_ref())
                    .for_each(|test| self.add(test));
            }
        }
        if let Some(amount) = &program.amount {
            self.add(&amount.value);
        }
        if let Some(first) = &program.first_period {
            [&first.value, &first.from, &first.to].into_iter().for_each(|tree| self.add(tree));
        }
    }

    /// Every fact that some result of some program rests on.
    pub fn of_results(book: &'b RuleBook) -> Self {
        let mut closure = Self::new(book);
        for unit in &book.units {
            unit.among.iter().chain(&unit.together).for_each(|version| closure.add(&version.says));
        }
        for position in 0..book.programs.len() {
            closure.add_program(ProgramId(u16::try_from(position).unwrap()));
        }
        closure
    }

    /// Every fact that a bar, an exemption or a doubt rests on: absent, it is taken not to apply.
    pub fn of_bars(book: &'b RuleBook) -> Self {
        let mut closure = Self::new(book);
        for requirement in book.programs.iter().flat_map(|program| &program.requirements) {
            if requirement.bar {
                requirement
                    .versions
                    .iter()
                    .filter_map(|version| version.says.test.as_ref())
                    .for_each(|test| closure.add(test));
                requirement.unless.iter().for_each(|test| closure.add(test));
            }
            for exemption in requirement.exemptions.iter().chain(&requirement.agency_must_confirm) {
                exemption
                    .versions
                    .iter()
                    .filter_map(|version| version.says.as_ref())
                    .for_each(|test| closure.add(test));
            }
        }
        closure
    }
}
