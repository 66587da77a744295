//! Names before rules: programs, standings, figures and definitions are declared, so that rules may name each other.

use crate::kernel::{did_you_mean, nearest};
use crate::language::{DefinitionId, FigureId, ProgramId, Type};

use super::super::check::duplicates::ANOTHER_NAME;
use super::super::names::{DefinitionName, FigureName, Names};
use super::super::read_file::{Read, module_of};
use super::super::read_module;
use super::super::shape::Faults;
use super::super::yaml::{At, Key, Node};
use super::Loader;

impl<'r> Loader<'r> {
    /// Declares programs, standings, figures and definitions, so that rules may name each other.
    pub(super) fn declare(&mut self) {
        for read in self.read.iter().filter(|read| read.what == "program") {
            let Some(id) = read.root.get("program").and_then(Node::text) else { continue };
            let at = read.root.get("program").map_or(At::default(), |node| node.at);
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            if self.names.program_code(id).is_none() {
                let help = "add it to the list `program` in rules/vocabulary, with its title".to_owned();
                faults.add(
                    at,
                    "unknown-program",
                    format!("`{id}` is not a code of the list `program`"),
                    Some(help),
                );
            }
            let next = ProgramId(u16::try_from(self.names.programs.len()).unwrap_or(u16::MAX));
            self.names.programs.insert(id.to_owned(), next);
        }
        self.declare_standings();
        // What a state adds comes after what it adds to.
        for extends in [false, true] {
            for read in self.read.iter().filter(|read| (read.what == "extends") == extends) {
                let Some(module) = module_of(&read.root) else { continue };
                self.declare_figures(read, &module);
                self.declare_definitions(read, &module);
            }
        }
    }

    fn declare_standings(&mut self) {
        let programs = || self.read.iter().filter(|read| read.what == "program");
        for read in programs() {
            let (Some(module), Some(unit)) = (module_of(&read.root), read.root.get("unit")) else { continue };
            if unit.get("same_as").is_some() {
                continue;
            }
            let mut standings = vec!["member".to_owned()];
            let declared = unit.get("standings").map_or(&[][..], Node::items);
            standings.extend(declared.iter().filter_map(|one| one.get("id")?.text().map(str::to_owned)));
            self.names.standings.insert(module, standings);
        }
        for read in programs() {
            let (Some(module), Some(unit)) = (module_of(&read.root), read.root.get("unit")) else { continue };
            let Some(same) = unit.get("same_as") else { continue };
            let other = same.text().unwrap_or_default().replace('-', "_");
            match self.names.standings.get(&other).cloned() {
                Some(standings) => {
                    self.names.standings.insert(module, standings);
                }
                None => {
                    let text = same.text().unwrap_or_default();
                    let near = nearest(&other, self.names.standings.keys().map(String::as_str));
                    let near = near.map(str::to_owned);
                    // What rests on the unit is not known; the rest goes on with the one that was meant.
                    if let Some((near, standings)) =
                        near.as_ref().and_then(|near| self.names.standings.get_key_value(near))
                    {
                        let (near, standings) = (near.clone(), standings.clone());
                        self.names.standings.insert(module.clone(), standings);
                        self.names.meant_units.insert(module.clone(), near);
                    }
                    let own = |read: &&Read| module_of(&read.root).as_ref() == Some(&module);
                    self.read.iter().filter(own).for_each(|read| self.report.lost.unit_in(&read.file));
                    let mut faults = Faults { file: &read.file, report: &mut self.report };
                    let near = near.map(|near| near.replace('_', "-"));
                    let help = did_you_mean(near, "name a program that declares its own unit");
                    faults.add(
                        same.at,
                        "unknown-program",
                        format!("no program `{text}` declares a unit"),
                        Some(help),
                    );
                }
            }
        }
        let mut place = 0u16;
        for read in self.read.iter().filter(|read| matches!(read.what, "program" | "module")) {
            if let (Some(module), true) = (module_of(&read.root), read.root.get("conversion").is_some()) {
                self.names.conversions.insert(module, place);
                place += 1;
            }
        }
    }

    fn declare_figures(&mut self, read: &'r Read, module: &str) {
        for (key, node) in read.root.get("figures").map_or(&[][..], Node::entries) {
            let name = format!("{module}.{}", key.text);
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            let Some(kind) = typed(key, node, &self.names, &mut faults) else { continue };
            let Ok(by) = looked_up_by(key, node, &self.names, &mut faults) else { continue };
            let extends = read.what == "extends";
            if !kind.is_quantity() && kind != Type::Boolean {
                let help = "a figure is boolean, count, number, rate or money; anything else is a definition"
                    .to_owned();
                faults.add(
                    node.get("type").map_or(key.at, |kind| kind.at),
                    "unknown-type",
                    format!("a figure cannot be {kind}"),
                    Some(help),
                );
                faults.report.lost.name(&key.text);
                continue;
            }
            match self.names.figures.get(&name) {
                Some(known) if extends && known.kind == kind && known.by == by => {}
                Some(_) if extends => {
                    let help = "write the same `type` and `by` as the federal file".to_owned();
                    faults.add(
                        key.at,
                        "unit",
                        format!("`{}` has another type in the federal file", key.text),
                        Some(help),
                    );
                }
                Some(_) => {}
                None if self.names.vocabulary.named(&key.text).is_some() => {
                    faults.add(
                        key.at,
                        "name-taken",
                        format!("`{}` is the name of a fact", key.text),
                        Some(ANOTHER_NAME.to_owned()),
                    );
                    faults.report.lost.name(&key.text);
                }
                None => {
                    let id = FigureId(u16::try_from(self.names.figures.len()).unwrap_or(u16::MAX));
                    self.names.figures.insert(name, FigureName { id, kind, by });
                }
            }
        }
    }

    fn declare_definitions(&mut self, read: &'r Read, module: &str) {
        for (key, node) in read.root.get("definitions").map_or(&[][..], Node::entries) {
            let name = format!("{module}.{}", key.text);
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            let Some(kind) = typed(key, node, &self.names, &mut faults) else { continue };
            let of = read_module::subject_of(node);
            let extends = read.what == "extends";
            match self.names.definitions.get(&name) {
                Some(known) if extends && known.kind == kind && known.of == of => {}
                Some(_) if extends => {
                    let help = "write the same `of` and `type` as the federal file".to_owned();
                    faults.add(
                        key.at,
                        "unit",
                        format!(
                            "`{}` is of another type or about somebody else in the federal file",
                            key.text
                        ),
                        Some(help),
                    );
                }
                Some(_) => {}
                None if self.names.figures.contains_key(&name)
                    || self.names.vocabulary.named(&key.text).is_some() =>
                {
                    faults.add(
                        key.at,
                        "name-taken",
                        format!("`{}` is the name of a figure or fact", key.text),
                        Some(ANOTHER_NAME.to_owned()),
                    );
                    faults.report.lost.name(&key.text);
                }
                None => {
                    let id = DefinitionId(u16::try_from(self.names.definitions.len()).unwrap_or(u16::MAX));
                    self.names.definitions.insert(name, DefinitionName { id, of, kind });
                }
            }
        }
    }
}

/// The type of what a table is looked up by; an error if that is nothing.
fn looked_up_by(key: &Key, node: &Node, names: &Names, faults: &mut Faults<'_>) -> Result<Option<Type>, ()> {
    let Some((at, text)) = node.get("by").and_then(|at| Some((at, at.text()?))) else { return Ok(None) };
    let by =
        if text == "count" { Some(Type::Count) } else { names.vocabulary.list_named(text).map(Type::Code) };
    if by.is_none() {
        let lists = names.vocabulary.lists.iter().map(|list| list.name.as_str());
        let near = nearest(text, lists.chain(["count"]));
        let otherwise = "a table is by `count`, or by a list under `codes:` in rules/vocabulary";
        let help = did_you_mean(near, otherwise);
        let message = format!("`{text}` is neither `count` nor a code list");
        faults.add(at.at, "unknown-type", message, Some(help));
        faults.report.lost.name(&key.text);
        return Err(());
    }
    Ok(by)
}

/// The type that a figure or definition declares; of one that is misspelt, the type that was meant.
fn typed(key: &Key, node: &Node, names: &Names, faults: &mut Faults<'_>) -> Option<Type> {
    let declared = node.get("type").and_then(|at| Some((at, at.text()?)));
    let Some((at, text)) = declared else {
        faults.report.lost.name(&key.text);
        return None;
    };
    let mut kind = names.kind(text);
    if kind.is_none() {
        faults.report.lost.name(&key.text);
        let known = [
            "boolean",
            "count",
            "number",
            "rate",
            "money",
            "money/week",
            "money/month",
            "money/year",
            "date",
        ];
        let lists = names.vocabulary.lists.iter().map(|list| list.name.as_str());
        let close = text.split_whitespace().collect::<String>();
        let near = match text.split_once(' ') {
            _ if known.contains(&close.as_str()) => Some(close),
            Some((word, list)) => nearest(list, lists).map(|near| format!("{word} {near}")),
            None => nearest(text, known).map(str::to_owned),
        };
        kind = near.as_deref().and_then(|near| names.kind(near));
        let help = did_you_mean(near, format!("types are {}, code LIST, codes LIST", known.join(", ")));
        faults.add(at.at, "unknown-type", format!("`{text}` is no type"), Some(help));
    }
    kind
}
