//! Figures, definitions and conversions of every module, with what each state adds to them.

use rust_decimal::Decimal;

use crate::kernel::Words;
use crate::language::{DefinitionId, FigureId};

use super::super::book::{Conversion, Definition, Figure, SourceId};
use super::super::check::{options, relations};
use super::super::names::{DefinitionName, FigureName};
use super::super::read_file::{Read, module_of};
use super::super::read_module;
use super::super::shape::Faults;
use super::super::yaml::Node;
use super::{Bodies, Loader};

impl<'r> Loader<'r> {
    /// Definitions with their names alone.
    pub(super) fn blank_definitions(&self) -> Vec<Definition> {
        let blank = |(name, known): (&String, &DefinitionName)| {
            let blank = Definition {
                name: name.clone(),
                of: known.of,
                kind: known.kind,
                means: Words::default(),
                cite: Vec::new(),
                versions: Vec::new(),
                texts: Vec::new(),
                rounding: None,
                rests_on_unit: false,
            };
            (known.id, blank)
        };
        let mut all: Vec<(DefinitionId, Definition)> = self.names.definitions.iter().map(blank).collect();
        all.sort_by_key(|(id, _)| *id);
        all.into_iter().map(|(_, one)| one).collect()
    }

    /// Figures with their names alone.
    pub(super) fn blank_figures(&self) -> Vec<Figure> {
        let blank = |(name, known): (&String, &FigureName)| {
            let blank = Figure {
                name: name.clone(),
                kind: known.kind,
                by: known.by,
                means: Words::default(),
                versions: Vec::new(),
            };
            (known.id, blank)
        };
        let mut all: Vec<(FigureId, Figure)> = self.names.figures.iter().map(blank).collect();
        all.sort_by_key(|(id, _)| *id);
        all.into_iter().map(|(_, one)| one).collect()
    }

    /// The position of the state whose additions a file holds; `None` if it holds none.
    pub(super) fn adding_state(&mut self, read: &'r Read) -> Option<usize> {
        if read.what != "extends" {
            return None;
        }
        let node = read.root.get("state")?;
        let list = self.names.vocabulary.list_named("state").and_then(|id| self.names.vocabulary.list(id));
        let position = list.and_then(|list| list.position(node.text()?));
        if position.is_none() {
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            relations::code(node, "state", None, &self.names.vocabulary, &mut faults);
        }
        position
    }

    pub(super) fn modules(&mut self, bodies: &mut Bodies) {
        for read in self.read {
            let Some(module) = module_of(&read.root) else { continue };
            let state = self.adding_state(read);
            let mut cited = std::mem::take(&mut bodies.cited);
            if let (Some(node), "program" | "module") = (read.root.get("conversion"), read.what) {
                let conversion =
                    self.reading(read, &module, &mut cited, |reader| read_module::conversion(node, reader));
                let blank = Conversion { cite: Vec::new(), factors: [(Decimal::ONE, Decimal::ONE); 6] };
                bodies.conversions.push(conversion.unwrap_or(blank));
            }
            self.figures_of(read, &module, state, &mut bodies.figures, &mut cited);
            self.definitions_of(read, &module, state, &mut bodies.definitions, &mut cited);
            bodies.cited = cited;
        }
    }

    fn figures_of(
        &mut self,
        read: &'r Read,
        module: &str,
        state: Option<usize>,
        figures: &mut [Figure],
        cited: &mut Vec<SourceId>,
    ) {
        for (key, node) in read.bodies.get("figures").map_or(&[][..], Node::entries) {
            let Some(known) = self.names.figures.get(&format!("{module}.{}", key.text)).copied() else {
                continue;
            };
            let Some(figure) = figures.get_mut(known.id.index()) else { continue };
            self.reading(read, module, cited, |reader| {
                if let Some(means) = reader.words(node.get("means")) {
                    figure.means = means;
                }
                reader.cite(node.get("cite"));
                read_module::figure(key, node, state, figure, reader);
            });
        }
    }

    fn definitions_of(
        &mut self,
        read: &'r Read,
        module: &str,
        state: Option<usize>,
        definitions: &mut [Definition],
        cited: &mut Vec<SourceId>,
    ) {
        for (key, node) in read.bodies.get("definitions").map_or(&[][..], Node::entries) {
            let Some(known) = self.names.definitions.get(&format!("{module}.{}", key.text)).copied() else {
                continue;
            };
            let Some(definition) = definitions.get_mut(known.id.index()) else { continue };
            self.reading(read, module, cited, |reader| {
                if let Some(means) = reader.words(node.get("means")) {
                    definition.means = means;
                }
                if state.is_none() {
                    definition.cite = reader.cite(node.get("cite"));
                }
                read_module::definition(key, node, state, definition, reader);
            });
        }
    }

    /// What a module leaves to each state is decided by every state that adds to it.
    pub(super) fn options(&mut self, bodies: &Bodies) {
        let mut seen = Vec::new();
        for read in self.read.iter().filter(|read| read.what == "extends" && read.sound) {
            let (Some(module), Some(state), Some(extends)) =
                (module_of(&read.root), self.adding_state(read), read.root.get("extends"))
            else {
                continue;
            };
            if seen.contains(&(module.clone(), state)) {
                continue;
            }
            seen.push((module.clone(), state));
            let own = |of: Option<usize>| of.is_none_or(|of| of == state);
            let prefix = format!("{module}.");
            let mut open = Vec::new();
            for definition in
                bodies.definitions.iter().filter(|one| !one.versions.iter().any(|version| own(version.state)))
            {
                open.extend(definition.name.strip_prefix(&prefix));
            }
            for figure in
                bodies.figures.iter().filter(|one| !one.versions.iter().any(|version| own(version.state)))
            {
                open.extend(figure.name.strip_prefix(&prefix));
            }
            open.retain(|name| self.is_option(&module, name) && !self.decides(&module, state, name));
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            options::check(extends, &open, &mut faults);
        }
    }

    /// Whether a file of the state gives a value to what is left to it, be it sound or not.
    fn decides(&self, module: &str, state: usize, name: &str) -> bool {
        let vocabulary = &self.names.vocabulary;
        let list = vocabulary.list_named("state").and_then(|id| vocabulary.list(id));
        let code = list.map(|list| list.code(state));
        self.read.iter().filter(|read| read.what == "extends").any(|read| {
            let own = read.root.get("state").and_then(Node::text) == code;
            let says = |section: &str| read.root.get(section).is_some_and(|node| node.get(name).is_some());
            own && module_of(&read.root).as_deref() == Some(module)
                && (says("figures") || says("definitions"))
        })
    }

    fn is_option(&self, module: &str, name: &str) -> bool {
        let files = self
            .read
            .iter()
            .filter(|read| read.what != "extends" && module_of(&read.root).as_deref() == Some(module));
        let nodes = files
            .flat_map(|read| ["figures", "definitions"].map(|section| read.root.get(section)?.get(name)));
        nodes.flatten().any(|node| node.get("option").and_then(Node::text) == Some("true"))
    }
}
