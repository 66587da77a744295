//! Programs and their units: the shells in the order of their numbers, then what each file says of them.

use crate::kernel::{did_you_mean, nearest};
use crate::language::ProgramId;

use super::super::book::{Program, SourceId};
use super::super::read_file::{Read, module_of};
use super::super::read_program::{self, Known, sections};
use super::super::reader::Reader;
use super::super::shape::Faults;
use super::super::yaml::Node;
use super::{Bodies, Loader};

impl<'r> Loader<'r> {
    pub(super) fn programs(&mut self, bodies: &mut Bodies) {
        let mut cited = std::mem::take(&mut bodies.cited);
        let files = self.program_files();
        self.shells(&files, bodies, &mut cited);
        self.units(&files, bodies);
        self.sections(bodies, &mut cited);
        bodies.cited = cited;
    }

    /// The file of each program, in the order of the programs' numbers.
    fn program_files(&self) -> Vec<(&'r Read, ProgramId)> {
        let mut files: Vec<(&'r Read, ProgramId)> = Vec::new();
        for read in self.read.iter().filter(|read| read.what == "program") {
            let id = read.root.get("program").and_then(|node| self.program_of(node));
            files.extend(id.map(|id| (read, id)));
        }
        files.sort_by_key(|(_, id)| *id);
        files
    }

    /// The program that a node names.
    pub(super) fn program_of(&self, node: &Node) -> Option<ProgramId> {
        self.names.programs.get(node.text()?).copied()
    }

    /// Programs with their names alone, and the units that they declare.
    fn shells(&mut self, files: &[(&'r Read, ProgramId)], bodies: &mut Bodies, cited: &mut Vec<SourceId>) {
        for (read, id) in files {
            let module = module_of(&read.root).unwrap_or_default();
            let program = self.reading(read, &module, cited, |reader| shell(&read.root, reader));
            bodies.programs.push(program);
            if let Some(node) = read.root.get("unit")
                && node.get("same_as").is_none()
                && read.bodies.get("unit").is_some()
                && let Some(unit) =
                    self.reading(read, &module, cited, |reader| read_program::unit(node, *id, reader))
            {
                bodies.units.push(unit);
            }
        }
    }

    /// Gives each program its unit, its own or that of another.
    fn units(&self, files: &[(&'r Read, ProgramId)], bodies: &mut Bodies) {
        for (read, id) in files {
            let Some(node) = read.root.get("unit") else { continue };
            let owner = match node.get("same_as").filter(|other| other.text().is_some()) {
                Some(other) => self.program_of(other),
                None => Some(*id),
            };
            let meant = module_of(&read.root).and_then(|module| self.names.meant_units.get(&module));
            let owner = match meant {
                Some(meant) => files
                    .iter()
                    .find(|(read, _)| module_of(&read.root).as_ref() == Some(meant))
                    .map(|(_, id)| *id),
                None => owner,
            };
            let unit = bodies.units.iter().position(|unit| Some(unit.program) == owner);
            if let Some(program) = bodies.programs.get_mut(id.index()) {
                // A unit with faults keeps its program a program of units.
                program.unit = unit.or(Some(usize::MAX));
            }
        }
    }

    /// What the files say of each program.
    fn sections(&mut self, bodies: &mut Bodies, cited: &mut Vec<SourceId>) {
        let known = Known {
            documents: &bodies.documents,
            agencies: &bodies.agencies,
            sources: &self.sources.clone(),
        };
        // The federal part first, then what a state adds: that is the order in which things are said.
        let parts = |what: &'static str| self.read.iter().filter(move |read| read.what == what);
        let parts: Vec<&'r Read> = parts("program").chain(parts("extends")).collect();
        for read in parts {
            let module = module_of(&read.root).unwrap_or_default();
            let state = self.adding_state(read);
            let Some(named) = ["program", "extends"].iter().find_map(|key| read.root.get(key)) else {
                continue;
            };
            let id = self.program_of(named);
            match id.and_then(|id| bodies.programs.get_mut(id.index())) {
                Some(program) => {
                    self.reading(read, &module, cited, |reader| {
                        sections(&read.root, state, program, &known, reader)
                    });
                }
                None if read.what == "extends" => {
                    self.unknown_program(read, named, "write its federal file first");
                }
                None => {}
            }
        }
    }

    /// Tells that no rule file is about the program that a node names.
    pub(super) fn unknown_program(&mut self, read: &Read, named: &Node, otherwise: &str) {
        let text = named.text().unwrap_or_default();
        let near = nearest(text, self.names.programs.keys().map(String::as_str));
        let help = did_you_mean(near, otherwise);
        let message = format!("no rule file begins with `program: {text}`");
        let mut faults = Faults { file: &read.file, report: &mut self.report };
        faults.add(named.at, "unknown-program", message, Some(help));
    }
}

/// A program with its names alone.
fn shell(root: &Node, reader: &mut Reader<'_, '_>) -> Program {
    let text = |key: &str| root.get(key).and_then(Node::text).unwrap_or_default().to_owned();
    let id = text("program");
    let code = reader.names.program_code(&id).unwrap_or(usize::MAX);
    let summary = root.get("summary").and_then(|summary| reader.words(Some(summary))).unwrap_or_default();
    Program {
        module: id.replace('-', "_"),
        id,
        title: reader.words(root.get("title")).unwrap_or_default(),
        summary,
        category: text("category"),
        kind: text("kind"),
        jurisdiction: text("jurisdiction"),
        in_force: read_program::life(root, reader),
        unit: None,
        requirements: Vec::new(),
        pathway: None,
        amount: None,
        first_period: None,
        agency: Vec::new(),
        documents: Vec::new(),
        steps: Vec::new(),
        deadlines: Vec::new(),
        cautions: Vec::new(),
        instead: Vec::new(),
        if_refused: Vec::new(),
        ongoing: Vec::new(),
        needs: Vec::new(),
        boundaries: Vec::new(),
        code,
    }
}
