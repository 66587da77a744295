//! Files -> rule book. Every file is read and every fault told before anything is refused.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::kernel::{Day, Words};
use crate::language::{DefinitionId, FigureId, ProgramId};
use crate::vocabulary::Vocabulary;

use super::book::{Conversion, Definition, Figure, Program, RuleBook, SourceId, Unit};
use super::check::{options, records, relations};
use super::fault::{Lost, Report, RuleFault, RuleFile, Severity};
use super::names::Names;
use super::read_file::{Read, module_of, read_file};
use super::read_program::{Known, sections};
use super::reader::Reader;
use super::registry::{Agency, Document, Source};
use super::shape::Faults;
use super::yaml::Node;
use super::{compile, read_module, read_program, read_registry, read_vocabulary};

/// The first and last day that the rule book covers (the contract's span).
pub(super) const COVERS: (Day, Day) = (day(2023, 10, 1), day(2027, 12, 31));

const fn day(year: i32, month: u32, day: u32) -> Day {
    match Day::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => Day::MIN,
    }
}

#[derive(RustEmbed)]
#[folder = "rules/"]
#[include = "**/*.yaml"]
struct Embedded;

/// The rule book that is built into the program.
///
/// # Errors
/// Every fault in the rule files.
pub fn load_embedded() -> Result<RuleBook, Report> {
    let mut files = Vec::new();
    for path in Embedded::iter() {
        if let Some(file) = Embedded::get(&path) {
            files.push(RuleFile::new(path.as_ref(), String::from_utf8_lossy(&file.data)));
        }
    }
    load_files(files)
}

/// The rule book in a folder: every `*.yaml` below it.
///
/// # Errors
/// Every fault in the rule files; a folder or file that cannot be read is one.
pub fn load_folder(folder: &Path) -> Result<RuleBook, Report> {
    let mut files = Vec::new();
    let mut report = Report::default();
    gather(folder, folder, &mut files, &mut report, 0);
    if files.is_empty() && report.faults.is_empty() {
        let help = "name a folder that holds rule files (*.yaml)";
        report.add(unreadable(folder, "no-rules", "there is no rule file in this folder".to_owned(), help));
    }
    if !report.faults.is_empty() {
        return Err(report);
    }
    load_files(files)
}

fn unreadable(path: &Path, code: &'static str, message: String, help: &str) -> RuleFault {
    RuleFault {
        severity: Severity::Error,
        code,
        message,
        help: Some(help.to_owned()),
        file: RuleFile::new(path.display().to_string(), String::new()),
        start: 0,
        end: 0,
    }
}

fn gather(top: &Path, folder: &Path, files: &mut Vec<Arc<RuleFile>>, report: &mut Report, depth: usize) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("this folder cannot be read: {error}");
            report.add(unreadable(folder, "unreadable", message, "check the path and the rights on it"));
            return;
        }
    };
    for entry in entries.flatten() {
        let path = entry.path();
        // `is_dir` follows links; the depth ends a circle of them.
        if path.is_dir() && depth < 12 {
            gather(top, &path, files, report, depth + 1);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            let name = path.strip_prefix(top).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            match std::fs::read_to_string(&path) {
                Ok(text) => files.push(RuleFile::new(name, text)),
                Err(error) => {
                    let message = format!("this file cannot be read: {error}");
                    report.add(unreadable(&path, "unreadable", message, "a rule file is UTF-8 text"));
                }
            }
        }
    }
}

/// The rule book in these files.
///
/// # Errors
/// Every fault in them.
pub fn load_files(mut files: Vec<Arc<RuleFile>>) -> Result<RuleBook, Report> {
    files.sort_by(|one, two| one.path.cmp(&two.path));
    let mut report = Report::default();
    let read: Vec<Read> = files.iter().filter_map(|file| read_file(file, &mut report)).collect();
    let lost = if read.len() < files.len() {
        Lost::File
    } else if read.iter().any(|read| !read.sound) {
        Lost::Part
    } else {
        Lost::Nothing
    };
    let mut loader = Loader {
        read: &read,
        report,
        names: Names::default(),
        sources: Vec::new(),
        source_ids: BTreeMap::new(),
    };
    let book = loader.load(hash(&files));
    let mut report = loader.report;
    report.settle(lost);
    match book {
        Some(mut book) if report.faults.is_empty() => {
            book.warnings = report.warnings;
            Ok(book)
        }
        _ => {
            if report.faults.is_empty() {
                let message = "no rule file begins with `program:`".to_owned();
                report.add(unreadable(
                    Path::new("rules"),
                    "no-program",
                    message,
                    "a rule set has at least one program",
                ));
            }
            Err(report)
        }
    }
}

fn hash(files: &[Arc<RuleFile>]) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        for part in [&file.path, &file.text] {
            hasher.update(part.len().to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) struct Loader<'r> {
    pub(super) read: &'r [Read],
    pub(super) report: Report,
    pub(super) names: Names,
    sources: Vec<Source>,
    source_ids: BTreeMap<String, SourceId>,
}

/// Everything that is read after all names are known.
struct Bodies {
    definitions: Vec<Definition>,
    figures: Vec<Figure>,
    conversions: Vec<Conversion>,
    programs: Vec<Program>,
    units: Vec<Unit>,
    documents: Vec<Document>,
    agencies: Vec<Agency>,
    cited: Vec<SourceId>,
}

impl<'r> Loader<'r> {
    /// Runs `with` on a reader of one file.
    fn reading<T>(
        &mut self,
        read: &'r Read,
        module: &str,
        cited: &mut Vec<SourceId>,
        with: impl FnOnce(&mut Reader<'_, '_>) -> T,
    ) -> T {
        let faults = Faults { file: &read.file, report: &mut self.report };
        let mut reader =
            Reader { names: &self.names, module, sources: &self.source_ids, faults, cited: Vec::new() };
        let result = with(&mut reader);
        cited.append(&mut reader.cited);
        result
    }

    fn load(&mut self, hash: String) -> Option<RuleBook> {
        let mut cited = Vec::new();
        self.vocabulary();
        for read in
            self.read.iter().filter(|read| read.what == "sources" || read.root.get("sources").is_some())
        {
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            read_registry::sources(&read.root, &mut self.sources, &mut self.source_ids, &mut faults);
        }
        self.declare();
        self.follows();
        let (documents, agencies) = self.registries(&mut cited);
        let (definitions, figures) = self.blanks();
        let mut bodies = Bodies {
            definitions,
            figures,
            conversions: Vec::new(),
            programs: Vec::new(),
            units: Vec::new(),
            documents,
            agencies,
            cited,
        };
        self.modules(&mut bodies);
        self.options(&bodies);
        self.programs(&mut bodies);
        let cases = self.cases();
        if bodies.programs.is_empty() {
            return None;
        }
        let states = self
            .names
            .vocabulary
            .list_named("state")
            .and_then(|id| self.names.vocabulary.list(id))
            .map_or(1, |list| list.codes.len());
        let mut book = RuleBook {
            hash,
            covers: COVERS,
            vocabulary: std::mem::take(&mut self.names.vocabulary),
            source_ids: std::mem::take(&mut self.source_ids),
            sources: std::mem::take(&mut self.sources),
            documents: bodies.documents,
            agencies: bodies.agencies,
            definitions: bodies.definitions,
            figures: bodies.figures,
            conversions: bodies.conversions,
            units: bodies.units,
            programs: bodies.programs,
            order: Vec::new(),
            boundaries: Vec::new(),
            reach: super::reach::Reach::default(),
            cases,
            warnings: Vec::new(),
            changes: Vec::new(),
            laws: Vec::new(),
        };
        let places = self.places();
        compile::finish(&mut book, states, &places, &mut self.report);
        self.unused_sources(&bodies.cited, &book);
        Some(book)
    }

    fn vocabulary(&mut self) {
        let mut vocabulary = Vocabulary::default();
        let mut none = Vec::new();
        for read in self.read {
            self.reading(read, "", &mut none, |reader| {
                read_vocabulary::lists(&read.root, &mut vocabulary, reader)
            });
        }
        for read in self.read {
            self.reading(read, "", &mut none, |reader| {
                read_vocabulary::facts(&read.root, &mut vocabulary, reader)
            });
        }
        let declared: Vec<&str> = self.read.iter().flat_map(|read| records::declared(&read.root)).collect();
        let described: Vec<&str> = self.read.iter().flat_map(|read| records::described(&read.root)).collect();
        for read in self.read {
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            records::check(&read.root, &declared, &described, &mut faults);
            relations::check(&read.root, &vocabulary, &mut faults);
            if let Some(node) = read.root.get("jurisdiction") {
                relations::code(node, "state", Some("federal"), &vocabulary, &mut faults);
            }
        }
        self.names.vocabulary = vocabulary;
    }

    /// How facts follow from others: read once all facts are known.
    fn follows(&mut self) {
        let mut all = BTreeMap::new();
        let mut none = Vec::new();
        for read in self.read {
            for (key, node) in read.root.get("facts").map_or(&[][..], Node::entries) {
                let Some(id) = self.names.vocabulary.named(&key.text) else { continue };
                let Some(fact) = self.names.vocabulary.fact(id).cloned() else { continue };
                let follows = self.reading(read, "", &mut none, |reader| {
                    read_vocabulary::follows(node, &fact, reader.names, reader)
                });
                all.insert(id, follows);
            }
        }
        read_vocabulary::settle(&mut self.names.vocabulary, all);
    }

    fn registries(&mut self, cited: &mut Vec<SourceId>) -> (Vec<Document>, Vec<Agency>) {
        let (mut documents, mut agencies) = (Vec::new(), Vec::new());
        for read in self.read.iter().filter(|read| matches!(read.what, "documents" | "agencies" | "sources"))
        {
            self.reading(read, "", cited, |reader| {
                read_registry::documents(&read.root, &mut documents, reader);
                read_registry::agencies(&read.root, &mut agencies, reader);
            });
        }
        (documents, agencies)
    }

    /// Definitions and figures with their names alone.
    fn blanks(&self) -> (Vec<Definition>, Vec<Figure>) {
        let mut definitions: Vec<(DefinitionId, Definition)> = self
            .names
            .definitions
            .iter()
            .map(|(name, known)| {
                (
                    known.id,
                    Definition {
                        name: name.clone(),
                        of: known.of,
                        kind: known.kind,
                        means: Words::default(),
                        cite: Vec::new(),
                        versions: Vec::new(),
                        texts: Vec::new(),
                        rounding: None,
                        rests_on_unit: false,
                        memoise: true,
                    },
                )
            })
            .collect();
        definitions.sort_by_key(|(id, _)| *id);
        let mut figures: Vec<(FigureId, Figure)> = self
            .names
            .figures
            .iter()
            .map(|(name, known)| {
                (
                    known.id,
                    Figure {
                        name: name.clone(),
                        kind: known.kind,
                        by: known.by,
                        means: Words::default(),
                        versions: Vec::new(),
                    },
                )
            })
            .collect();
        figures.sort_by_key(|(id, _)| *id);
        (
            definitions.into_iter().map(|(_, one)| one).collect(),
            figures.into_iter().map(|(_, one)| one).collect(),
        )
    }

    /// The position of the state that a file is about.
    fn state_of(&mut self, read: &'r Read) -> Option<usize> {
        let node = read.root.get("state")?;
        let list = self.names.vocabulary.list_named("state").and_then(|id| self.names.vocabulary.list(id));
        let position = list.and_then(|list| list.position(node.text()?));
        if position.is_none() {
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            relations::code(node, "state", None, &self.names.vocabulary, &mut faults);
        }
        position
    }

    fn modules(&mut self, bodies: &mut Bodies) {
        for read in self.read {
            let Some(module) = module_of(&read.root) else { continue };
            let state = if read.what == "extends" { self.state_of(read) } else { None };
            let mut cited = std::mem::take(&mut bodies.cited);
            if let (Some(node), "program" | "module") = (read.root.get("conversion"), read.what) {
                let conversion =
                    self.reading(read, &module, &mut cited, |reader| read_module::conversion(node, reader));
                let blank = Conversion {
                    cite: Vec::new(),
                    factors: [(rust_decimal::Decimal::ONE, rust_decimal::Decimal::ONE); 6],
                };
                bodies.conversions.push(conversion.unwrap_or(blank));
            }
            self.bodies_of(read, &module, state, bodies, &mut cited);
            bodies.cited = cited;
        }
    }

    /// What a module leaves to each state is decided by every state that adds to it.
    fn options(&mut self, bodies: &Bodies) {
        let mut seen = Vec::new();
        for read in self.read.iter().filter(|read| read.what == "extends" && read.sound) {
            let (Some(module), Some(state), Some(extends)) =
                (module_of(&read.root), self.state_of(read), read.root.get("extends"))
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
            open.retain(|name| self.is_option(&module, name));
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            options::check(extends, &open, &mut faults);
        }
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

    fn bodies_of(
        &mut self,
        read: &'r Read,
        module: &str,
        state: Option<usize>,
        bodies: &mut Bodies,
        cited: &mut Vec<SourceId>,
    ) {
        for (key, node) in read.bodies.get("figures").map_or(&[][..], Node::entries) {
            let Some(known) = self.names.figures.get(&format!("{module}.{}", key.text)).copied() else {
                continue;
            };
            let Some(figure) = bodies.figures.get_mut(known.id.index()) else { continue };
            self.reading(read, module, cited, |reader| {
                if let Some(means) = reader.words(node.get("means")) {
                    figure.means = means;
                }
                reader.cite(node.get("cite"));
                read_module::figure(key, node, state, figure, reader);
            });
        }
        for (key, node) in read.bodies.get("definitions").map_or(&[][..], Node::entries) {
            let Some(known) = self.names.definitions.get(&format!("{module}.{}", key.text)).copied() else {
                continue;
            };
            let Some(definition) = bodies.definitions.get_mut(known.id.index()) else { continue };
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

    fn programs(&mut self, bodies: &mut Bodies) {
        let mut cited = std::mem::take(&mut bodies.cited);
        // Shells first: each file in the order of its program's number.
        let mut shells: Vec<(&'r Read, ProgramId)> = Vec::new();
        for read in self.read.iter().filter(|read| read.what == "program") {
            let id = read
                .root
                .get("program")
                .and_then(Node::text)
                .and_then(|id| self.names.programs.get(id))
                .copied();
            if let Some(id) = id {
                shells.push((read, id));
            }
        }
        shells.sort_by_key(|(_, id)| *id);
        for (read, id) in &shells {
            let module = module_of(&read.root).unwrap_or_default();
            let program = self.reading(read, &module, &mut cited, |reader| shell(&read.root, reader));
            bodies.programs.push(program);
            if let Some(node) = read.root.get("unit")
                && node.get("same_as").is_none()
                && read.bodies.get("unit").is_some()
                && let Some(unit) =
                    self.reading(read, &module, &mut cited, |reader| read_program::unit(node, *id, reader))
            {
                bodies.units.push(unit);
            }
        }
        for (read, id) in &shells {
            let Some(node) = read.root.get("unit") else { continue };
            let owner = match node.get("same_as").and_then(Node::text) {
                Some(other) => self.names.programs.get(other).copied(),
                None => Some(*id),
            };
            let unit = bodies.units.iter().position(|unit| Some(unit.program) == owner);
            if let Some(program) = bodies.programs.get_mut(id.index()) {
                // A unit with faults keeps its program a program of units.
                program.unit = unit.or(Some(usize::MAX));
            }
        }
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
            let state = if read.what == "extends" { self.state_of(read) } else { None };
            let named = ["program", "extends"].iter().find_map(|key| read.root.get(key));
            let id = named.and_then(Node::text).and_then(|id| self.names.programs.get(id)).copied();
            let program = id.and_then(|id| bodies.programs.get_mut(id.index()));
            match (program, named) {
                (Some(program), _) => {
                    self.reading(read, &module, &mut cited, |reader| {
                        sections(&read.root, state, program, &known, reader)
                    });
                }
                (None, Some(named)) if read.what == "extends" => {
                    let mut faults = Faults { file: &read.file, report: &mut self.report };
                    let text = named.text().unwrap_or_default();
                    let near = crate::kernel::nearest(text, self.names.programs.keys().map(String::as_str));
                    let help = near.map_or_else(
                        || "write its federal file first".to_owned(),
                        |near| format!("did you mean `{near}`?"),
                    );
                    faults.add(
                        named.at,
                        "unknown-program",
                        format!("no rule file begins with `program: {text}`"),
                        Some(help),
                    );
                }
                _ => {}
            }
        }
        bodies.cited = cited;
    }

    fn cases(&mut self) -> Vec<super::case::Case> {
        let mut cases = Vec::new();
        for read in self.read.iter().filter(|read| read.what == "cases_of") {
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            if let Some(node) = read.root.get("cases_of")
                && !node.text().is_some_and(|id| self.names.programs.contains_key(id))
            {
                let text = node.text().unwrap_or_default();
                let near = crate::kernel::nearest(text, self.names.programs.keys().map(String::as_str));
                let help = near.map_or_else(
                    || "name a program that has rules here".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                faults.add(
                    node.at,
                    "unknown-program",
                    format!("no rule file begins with `program: {text}`"),
                    Some(help),
                );
                continue;
            }
            super::case::read(&read.bodies, &mut faults, &mut cases);
        }
        cases
    }

    /// Where each definition, figure and requirement is declared, for faults found after reading.
    fn places(&self) -> compile::Places {
        let mut places = compile::Places::default();
        for read in self.read {
            let Some(module) = module_of(&read.root) else { continue };
            for section in ["definitions", "figures"] {
                for (key, _) in read.root.get(section).map_or(&[][..], Node::entries) {
                    places.add(format!("{module}.{}", key.text), &read.file, key.at);
                }
            }
            for node in read.root.get("requirements").map_or(&[][..], Node::items) {
                if let Some(id) = node.get("id") {
                    places.add(format!("{module}/{}", id.text().unwrap_or_default()), &read.file, id.at);
                }
            }
            for node in read.root.get("steps").map_or(&[][..], Node::items) {
                let id = node.get("id").and_then(Node::text).unwrap_or_default();
                for after in node.get("after").map_or(&[][..], Node::items) {
                    places.add(
                        format!("{module}/{id}>{}", after.text().unwrap_or_default()),
                        &read.file,
                        after.at,
                    );
                }
            }
            if let Some(node) = read.root.get("program") {
                places.add(format!("{module}/"), &read.file, node.at);
            }
        }
        places
    }

    fn unused_sources(&mut self, cited: &[SourceId], book: &RuleBook) {
        for read in self.read {
            for (key, _) in read.root.get("sources").map_or(&[][..], Node::entries) {
                let used = book.source_ids.get(&key.text).is_some_and(|id| cited.contains(id));
                if !used {
                    let mut faults = Faults { file: &read.file, report: &mut self.report };
                    let help = Some("cite it where it is the law, or take it out".to_owned());
                    faults.warn(key.at, "unused-source", format!("nothing cites `{}`", key.text), help);
                }
            }
        }
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
