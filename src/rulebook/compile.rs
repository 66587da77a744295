//! What can only be checked and computed once everything is read: circles, what rests on whom, the order
//! of programs, the days on which law changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::kernel::Day;
use crate::language::{DefinitionId, FactId, FigureId, Group, ProgramId, Tree};

use super::book::{Program, Requirement, RuleBook, Version};
use super::fault::{Report, RuleFault, RuleFile, Severity};
use super::yaml::At;

/// Where names are declared.
#[derive(Default)]
pub(super) struct Places(BTreeMap<String, (Arc<RuleFile>, At)>);

impl Places {
    pub(super) fn add(&mut self, name: String, file: &Arc<RuleFile>, at: At) {
        self.0.entry(name).or_insert_with(|| (Arc::clone(file), at));
    }

    fn fault(
        &self,
        name: &str,
        severity: Severity,
        code: &'static str,
        message: String,
        help: Option<&str>,
        report: &mut Report,
    ) {
        let Some((file, at)) = self.0.get(name) else { return };
        let help = help.map(str::to_owned);
        report.add(RuleFault {
            severity,
            code,
            message,
            help,
            file: Arc::clone(file),
            start: at.start,
            end: at.end,
        });
    }
}

/// What a tree rests on, through every definition.
#[derive(Debug, Default, Clone)]
pub(super) struct RestsOn {
    pub(super) facts: BTreeSet<FactId>,
    pub(super) definitions: BTreeSet<DefinitionId>,
    pub(super) figures: BTreeSet<FigureId>,
    pub(super) programs: BTreeSet<ProgramId>,
    /// Uses who the members are.
    members: bool,
    /// Uses who is in the unit.
    unit: bool,
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

/// Fills in all that follows from the rest.
pub(super) fn finish(book: &mut RuleBook, states: usize, places: &Places, report: &mut Report) {
    let direct: Vec<RestsOn> = book
        .definitions
        .iter()
        .map(|one| of_trees(book, one.versions.iter().map(|version| &version.says)))
        .collect();
    let all = close(book, &direct, places, report);
    for (definition, rests) in book.definitions.iter_mut().zip(&all) {
        definition.rests_on_unit = rests.members || rests.unit;
    }
    let mut programs = std::mem::take(&mut book.programs);
    for program in &mut programs {
        finish_program(book, program, &all, places, report);
    }
    book.programs = programs;
    book.changes = super::changes::changes(book, &all);
    order(book, places, report);
    foreign_units(book, places, report);
    pathways(book, places, report);
    boundaries(book, &all, states);
    book.reach = super::reach::reach(book, &all);
    unused(book, &all, places, report);
}

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
            rests.facts.extend(book.vocabulary.role(crate::vocabulary::Role::Receives));
        }
        Tree::Relation(..) => {
            rests.facts.extend(book.vocabulary.role(crate::vocabulary::Role::Relationships));
        }
        Tree::GroupIsEmpty(group) | Tree::Aggregate { group, .. } => match group {
            Group::Members => rests.members = true,
            Group::UnitPeople => rests.unit = true,
            Group::Items(id) | Group::ItemsOf(id, _) => {
                rests.facts.insert(*id);
            }
            Group::Home => rests.facts.extend(book.vocabulary.role(crate::vocabulary::Role::LivesInHome)),
            Group::People => {}
        },
        _ => {}
    }
}

/// Everything that each definition rests on; a circle is a fault.
fn close(book: &RuleBook, direct: &[RestsOn], places: &Places, report: &mut Report) -> Vec<RestsOn> {
    let mut done: Vec<Option<RestsOn>> = vec![None; direct.len()];
    let mut told: BTreeSet<DefinitionId> = BTreeSet::new();
    for start in 0..direct.len() {
        walk(start, book, direct, &mut done, &mut Vec::new(), &mut told, places, report);
    }
    done.into_iter().map(Option::unwrap_or_default).collect()
}

#[expect(clippy::too_many_arguments, reason = "one recursive walk with its state")]
fn walk(
    at: usize,
    book: &RuleBook,
    direct: &[RestsOn],
    done: &mut Vec<Option<RestsOn>>,
    path: &mut Vec<usize>,
    told: &mut BTreeSet<DefinitionId>,
    places: &Places,
    report: &mut Report,
) -> RestsOn {
    if let Some(Some(known)) = done.get(at) {
        return known.clone();
    }
    if let Some(first) = path.iter().position(|known| *known == at) {
        let circle: Vec<&str> = path
            .iter()
            .skip(first)
            .chain(std::iter::once(&at))
            .filter_map(|id| book.definitions.get(*id))
            .map(|one| one.name.as_str())
            .collect();
        if let (Some(one), Ok(id)) = (book.definitions.get(at), u16::try_from(at))
            && told.insert(DefinitionId(id))
        {
            let message = format!("this definition rests on itself: {}", circle.join(" -> "));
            places.fault(
                &one.name,
                Severity::Error,
                "circle",
                message,
                Some("one of them must not use the next"),
                report,
            );
        }
        return RestsOn::default();
    }
    path.push(at);
    let mut rests = direct.get(at).cloned().unwrap_or_default();
    for next in rests.definitions.clone() {
        let below = walk(next.index(), book, direct, done, path, told, places, report);
        rests.join(&below);
    }
    path.pop();
    if let Some(place) = done.get_mut(at) {
        *place = Some(rests.clone());
    }
    rests
}

pub(super) fn through(book: &RuleBook, all: &[RestsOn], trees: Vec<&Tree>) -> RestsOn {
    let mut rests = of_trees(book, trees.into_iter());
    for definition in rests.definitions.clone() {
        if let Some(below) = all.get(definition.index()) {
            rests.join(below);
        }
    }
    rests
}

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

fn finish_program(
    book: &RuleBook,
    program: &mut Program,
    all: &[RestsOn],
    places: &Places,
    report: &mut Report,
) {
    let mut needs = BTreeSet::new();
    for requirement in &mut program.requirements {
        let rests = through(book, all, requirement_trees(requirement));
        needs.extend(&rests.programs);
        let name = format!("{}/{}", program.module, requirement.id);
        if !requirement.if_not_met.is_empty() && rests.members {
            let message =
                format!("`{}` decides who the members are, and so cannot rest on them", requirement.id);
            let help = "use `home`, `unit_people` or facts of the person";
            places.fault(&name, Severity::Error, "circle", message, Some(help), report);
        }
        requirement.facts = rests.facts.iter().copied().collect();
    }
    let others: Vec<&Tree> = program.amount.iter().map(|amount| &amount.value).collect();
    needs.extend(through(book, all, others).programs);
    program.needs = needs.into_iter().collect();
    for (position, step) in program.steps.iter().enumerate() {
        for after in &step.says.after {
            if !program
                .steps
                .iter()
                .enumerate()
                .any(|(other, known)| other != position && known.says.id == *after)
            {
                let message = format!(
                    "the step `{}` comes after `{after}`, which is no step of this program",
                    step.says.id
                );
                let known = program
                    .steps
                    .iter()
                    .map(|step| step.says.id.as_str())
                    .filter(|known| *known != step.says.id);
                let near = crate::kernel::nearest(after, known).map(|near| format!("did you mean `{near}`?"));
                let help = near.unwrap_or_else(|| "name the id of another step of this program".to_owned());
                let place = format!("{}/{}>{after}", program.module, step.says.id);
                places.fault(&place, Severity::Error, "unknown-step", message, Some(&help), report);
            }
        }
    }
}

/// Tells a use of what rests on one unit in a program that counts by another, or person by person.
fn foreign_units(book: &RuleBook, places: &Places, report: &mut Report) {
    for program in &book.programs {
        let borrowed = program.unit.and_then(|unit| book.units.get(unit)).is_some_and(|unit| {
            book.program(unit.program).is_some_and(|owner| owner.module != program.module)
        });
        let mut tell = |requirement: &Requirement, message: String, help: &str| {
            let name = format!("{}/{}", program.module, requirement.id);
            places.fault(&name, Severity::Error, "another-unit", message, Some(help), report);
        };
        for requirement in program.requirements.iter().filter(|one| borrowed && !one.if_not_met.is_empty()) {
            let message = format!(
                "`{}` would say how a person counts, and the unit is another program's",
                requirement.id
            );
            tell(
                requirement,
                message,
                "ask it of the unit: `any(… for p in members)` or `all(… for p in members)`",
            );
        }
        for (requirement, definition) in super::reach::foreign_units(book, program) {
            let message = format!(
                "`{}` rests on `{definition}`, which counts the people of another unit",
                requirement.id
            );
            tell(
                requirement,
                message,
                "use facts, definitions `of: person`, or the unit of that program (`same_as`)",
            );
        }
    }
}

/// Tells approvals that open each other in a circle: none of them could come first.
fn pathways(book: &RuleBook, places: &Places, report: &mut Report) {
    let openers = |program: &Program| -> Vec<usize> {
        let ids = program.requirements.iter().flat_map(|one| &one.opened_by).map(|(id, _)| id.as_str());
        let known = ids.filter_map(|id| book.programs.iter().position(|one| one.id == id));
        known.filter(|place| book.programs.get(*place).is_some_and(|one| one.pathway.is_some())).collect()
    };
    for (start, program) in book.programs.iter().enumerate().filter(|(_, one)| one.pathway.is_some()) {
        let mut reached: BTreeSet<usize> = BTreeSet::new();
        let mut next = openers(program);
        while let Some(place) = next.pop() {
            if reached.insert(place) {
                next.extend(book.programs.get(place).map(openers).unwrap_or_default());
            }
        }
        if reached.contains(&start) {
            let message =
                format!("`{}` would have to be approved before itself, by way of `opened_by`", program.id);
            let help = "take out the `opened_by` that leads back";
            places.fault(
                &format!("{}/", program.module),
                Severity::Error,
                "circle",
                message,
                Some(help),
                report,
            );
        }
    }
}

/// Programs in an order in which those come first that others ask `eligible_for`.
fn order(book: &mut RuleBook, places: &Places, report: &mut Report) {
    let mut order: Vec<ProgramId> = Vec::new();
    let count = book.programs.len();
    while order.len() < count {
        let next = (0..count).filter_map(|id| u16::try_from(id).ok().map(ProgramId)).find(|id| {
            !order.contains(id)
                && book
                    .program(*id)
                    .is_some_and(|program| program.needs.iter().all(|need| order.contains(need)))
        });
        if let Some(next) = next {
            order.push(next);
            continue;
        }
        let stuck: Vec<&Program> = book
            .programs
            .iter()
            .enumerate()
            .filter(|(id, _)| !order.iter().any(|known| known.index() == *id))
            .map(|(_, program)| program)
            .collect();
        let names: Vec<&str> = stuck.iter().map(|program| program.id.as_str()).collect();
        if let Some(first) = stuck.first() {
            let message = format!(
                "these programs ask `eligible_for` of each other in a circle, or wait for one that does: {}",
                names.join(", ")
            );
            let help = "one of them must not ask: use the definitions of the other, or `receives(…)`";
            places.fault(
                &format!("{}/", first.module),
                Severity::Error,
                "circle",
                message,
                Some(help),
                report,
            );
        }
        break;
    }
    book.order = order;
}

fn days<T>(versions: &[Version<T>], into: &mut BTreeSet<Day>) {
    for version in versions {
        into.insert(version.from);
        into.extend(version.until.and_then(|until| until.succ_opt()));
    }
}

fn boundaries(book: &mut RuleBook, all: &[RestsOn], states: usize) {
    let (first, last) = book.covers;
    let mut every = BTreeSet::from([first]);
    for definition in &book.definitions {
        days(&definition.versions, &mut every);
    }
    for figure in &book.figures {
        days(&figure.versions, &mut every);
    }
    let mut of_programs = Vec::new();
    for program in &book.programs {
        let mut own = BTreeSet::new();
        let mut trees: Vec<&Tree> = program.amount.iter().map(|amount| &amount.value).collect();
        for requirement in &program.requirements {
            days(&requirement.versions, &mut own);
            for exemption in requirement.excuses() {
                days(&exemption.versions, &mut own);
            }
            trees.extend(requirement_trees(requirement));
        }
        for (from, until) in &program.in_force {
            own.insert(*from);
            own.extend(until.and_then(|until| until.succ_opt()));
        }
        let rests = through(book, all, trees);
        for id in &rests.definitions {
            if let Some(definition) = book.definition(*id) {
                days(&definition.versions, &mut own);
            }
        }
        let mut figures = rests.figures.clone();
        figures.extend(
            rests.definitions.iter().filter_map(|id| all.get(id.index())).flat_map(|rests| &rests.figures),
        );
        for id in &figures {
            if let Some(figure) = book.figure(*id) {
                days(&figure.versions, &mut own);
            }
        }
        every.extend(&own);
        own.retain(|day| first < *day && *day <= last);
        of_programs.push(own);
    }
    for (program, own) in book.programs.iter_mut().zip(of_programs) {
        program.boundaries = own.into_iter().collect();
    }
    every.retain(|day| first <= *day && *day <= last);
    book.boundaries = every.into_iter().collect();
    book.laws = (0..states).map(|_| book.boundaries.iter().map(|_| OnceLock::new()).collect()).collect();
}

/// Definitions and figures that nothing uses.
fn unused(book: &RuleBook, all: &[RestsOn], places: &Places, report: &mut Report) {
    let mut rests = RestsOn::default();
    for program in &book.programs {
        let mut trees: Vec<&Tree> = program.requirements.iter().flat_map(requirement_trees).collect();
        trees.extend(program.amount.iter().map(|amount| &amount.value));
        trees.extend(program.first_period.iter().flat_map(|first| [&first.value, &first.from, &first.to]));
        trees.extend(program.documents.iter().filter_map(|entry| entry.when.as_ref()));
        trees.extend(program.steps.iter().filter_map(|entry| entry.when.as_ref()));
        trees.extend(program.cautions.iter().filter_map(|entry| entry.when.as_ref()));
        trees.extend(
            program
                .requirements
                .iter()
                .flat_map(|one| one.placeholders.iter().map(|placeholder| &placeholder.tree)),
        );
        rests.join(&through(book, all, trees));
        rests.definitions.extend(program.amount.iter().flat_map(|amount| amount.worksheet.iter().copied()));
    }
    for unit in &book.units {
        let trees = unit.among.iter().chain(&unit.together).map(|version| &version.says).collect();
        rests.join(&through(book, all, trees));
    }
    for (position, definition) in book.definitions.iter().enumerate() {
        // A shared module may stand ready for programs to come.
        let own_program =
            book.programs.iter().any(|program| definition.name.starts_with(&format!("{}.", program.module)));
        let used = rests.definitions.iter().any(|id| id.index() == position);
        if own_program && !used {
            let message = format!("nothing uses `{}`", definition.name);
            let help = "name it in a rule, or in the worksheet, or take it out";
            places.fault(&definition.name, Severity::Warning, "unused", message, Some(help), report);
        }
    }
}
