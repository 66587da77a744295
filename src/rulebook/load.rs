//! Files -> rule book. Every file is read and every fault told before anything is refused.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::kernel::{Day, Words};
use crate::language::{DefinitionId, FigureId, ProgramId, Type};
use crate::vocabulary::Vocabulary;

use super::book::{Conversion, Definition, Figure, Program, RuleBook, SourceId, Unit};
use super::fault::{Report, RuleFault, RuleFile, Severity};
use super::names::{DefinitionName, FigureName, Names};
use super::read_program::{Known, sections};
use super::reader::Reader;
use super::registry::{Agency, Document, Source};
use super::shape::{Faults, Kind, conform};
use super::shapes::FILES;
use super::yaml::{self, At, Node};
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

/// A file that was read.
struct Read {
    file: Arc<RuleFile>,
    root: Node,
    /// The first key.
    what: &'static str,
    /// Whether its shape was right; bodies of others are not read.
    sound: bool,
}

/// The rule book in these files.
///
/// # Errors
/// Every fault in them.
pub fn load_files(mut files: Vec<Arc<RuleFile>>) -> Result<RuleBook, Report> {
    files.sort_by(|one, two| one.path.cmp(&two.path));
    let mut report = Report::default();
    let read: Vec<Read> = files.iter().filter_map(|file| read_file(file, &mut report)).collect();
    let mut loader = Loader { read: &read, report, names: Names::default(), sources: Vec::new(), source_ids: BTreeMap::new() };
    let book = loader.load(hash(&files));
    let mut report = loader.report;
    report.sort();
    match book {
        Some(mut book) if report.faults.is_empty() => {
            book.warnings = report.warnings;
            Ok(book)
        }
        _ => Err(report),
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

fn read_file(file: &Arc<RuleFile>, report: &mut Report) -> Option<Read> {
    let root = yaml::read(file, report)?;
    let mut faults = Faults { file, report };
    let first = root.entries().iter().find(|(key, _)| key.text != "translations").or_else(|| root.entries().first());
    let found = first.and_then(|(key, _)| FILES.iter().find(|(name, _)| *name == key.text));
    let Some((what, shape)) = found else {
        let names: Vec<_> = FILES.iter().map(|(name, _)| *name).filter(|name| *name != "translations").collect();
        let help = format!("the first key says what a file is: {}", names.join(", "));
        let at = first.map_or(root.at, |(key, _)| key.at);
        faults.add(at, "unknown-file", "this is no kind of rule file", Some(help));
        return None;
    };
    let before = faults.report.faults.len();
    conform(&root, &Kind::Shape(shape), &mut faults);
    let sound = faults.report.faults.len() == before;
    Some(Read { file: Arc::clone(file), root, what, sound })
}

struct Loader<'r> {
    read: &'r [Read],
    report: Report,
    names: Names,
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

/// The module of a file's definitions and figures.
fn module_of(root: &Node) -> Option<String> {
    let id = ["module", "program", "extends"].iter().find_map(|key| root.get(key).and_then(Node::text))?;
    Some(id.replace('-', "_"))
}

impl<'r> Loader<'r> {
    /// Runs `with` on a reader of one file.
    fn reading<T>(&mut self, read: &'r Read, module: &str, cited: &mut Vec<SourceId>, with: impl FnOnce(&mut Reader<'_, '_>) -> T) -> T {
        let faults = Faults { file: &read.file, report: &mut self.report };
        let mut reader = Reader { names: &self.names, module, sources: &self.source_ids, faults, cited: Vec::new() };
        let result = with(&mut reader);
        cited.append(&mut reader.cited);
        result
    }

    fn load(&mut self, hash: String) -> Option<RuleBook> {
        let mut cited = Vec::new();
        self.vocabulary();
        for read in self.read.iter().filter(|read| read.what == "sources" || read.root.get("sources").is_some()) {
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            read_registry::sources(&read.root, &mut self.sources, &mut self.source_ids, &mut faults);
        }
        self.declare();
        self.follows();
        let (documents, agencies) = self.registries(&mut cited);
        let (definitions, figures) = self.blanks();
        let mut bodies =
            Bodies { definitions, figures, conversions: Vec::new(), programs: Vec::new(), units: Vec::new(), documents, agencies, cited };
        self.modules(&mut bodies);
        self.programs(&mut bodies);
        let cases = self.cases();
        if bodies.programs.is_empty() {
            return None;
        }
        let states = self.names.vocabulary.list_named("state").and_then(|id| self.names.vocabulary.list(id)).map_or(1, |list| list.codes.len());
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
            thresholds: BTreeMap::new(),
            cases,
            warnings: Vec::new(),
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
            self.reading(read, "", &mut none, |reader| read_vocabulary::lists(&read.root, &mut vocabulary, reader));
        }
        for read in self.read {
            self.reading(read, "", &mut none, |reader| read_vocabulary::facts(&read.root, &mut vocabulary, reader));
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

    /// Declares programs, standings, figures and definitions, so that rules may name each other.
    fn declare(&mut self) {
        for read in self.read.iter().filter(|read| read.what == "program") {
            let Some(id) = read.root.get("program").and_then(Node::text) else { continue };
            let at = read.root.get("program").map_or(At::default(), |node| node.at);
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            if self.names.program_code(id).is_none() {
                let help = "add it to the list `program` in rules/vocabulary".to_owned();
                faults.add(at, "unknown-program", format!("`{id}` is not a code of the list `program`"), Some(help));
            }
            let next = ProgramId(u16::try_from(self.names.programs.len()).unwrap_or(u16::MAX));
            if self.names.programs.contains_key(id) {
                faults.add(at, "duplicate-program", format!("there is a program `{id}` already"), None);
            } else {
                self.names.programs.insert(id.to_owned(), next);
            }
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
                    let mut faults = Faults { file: &read.file, report: &mut self.report };
                    faults.add(same.at, "unknown-program", "no program of that id declares a unit", None);
                }
            }
        }
        let mut place = 0u16;
        for read in programs() {
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
            let Some(kind) = typed(node, &self.names, &mut faults) else { continue };
            let by = match node.get("by").and_then(|by| by.text().map(|text| (by, text))) {
                None => None,
                Some((at, text)) => {
                    let by = if text == "count" { Some(Type::Count) } else { self.names.vocabulary.list_named(text).map(Type::Code) };
                    if by.is_none() {
                        faults.add(at.at, "unknown-type", format!("`{text}` is neither `count` nor a code list"), None);
                    }
                    by
                }
            };
            let extends = read.what == "extends";
            match self.names.figures.get(&name) {
                Some(known) if extends && known.kind == kind && known.by == by => {}
                Some(_) if extends => faults.add(key.at, "unit", format!("`{}` has another type in the federal file", key.text), None),
                Some(_) => faults.add(key.at, "duplicate-figure", format!("there is a figure `{}` already", key.text), None),
                None if self.names.vocabulary.named(&key.text).is_some() => {
                    faults.add(key.at, "name-taken", format!("`{}` is the name of a fact", key.text), None);
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
            let Some(kind) = typed(node, &self.names, &mut faults) else { continue };
            let of = read_module::subject_of(node);
            let extends = read.what == "extends";
            match self.names.definitions.get(&name) {
                Some(known) if extends && known.kind == kind && known.of == of => {}
                Some(_) if extends => faults.add(key.at, "unit", format!("`{}` is of another type or about somebody else in the federal file", key.text), None),
                Some(_) => faults.add(key.at, "duplicate-definition", format!("there is a definition `{}` already", key.text), None),
                None if self.names.figures.contains_key(&name) || self.names.vocabulary.named(&key.text).is_some() => {
                    faults.add(key.at, "name-taken", format!("`{}` is the name of a figure or fact", key.text), None);
                }
                None => {
                    let id = DefinitionId(u16::try_from(self.names.definitions.len()).unwrap_or(u16::MAX));
                    self.names.definitions.insert(name, DefinitionName { id, of, kind });
                }
            }
        }
    }

    fn registries(&mut self, cited: &mut Vec<SourceId>) -> (Vec<Document>, Vec<Agency>) {
        let (mut documents, mut agencies) = (Vec::new(), Vec::new());
        for read in self.read.iter().filter(|read| matches!(read.what, "documents" | "agencies" | "sources")) {
            self.reading(read, "", cited, |reader| {
                read_registry::documents(&read.root, &mut documents, reader);
                read_registry::agencies(&read.root, &mut agencies, reader);
            });
        }
        (documents, agencies)
    }

    /// Definitions and figures with their names alone.
    fn blanks(&self) -> (Vec<Definition>, Vec<Figure>) {
        let mut definitions: Vec<(DefinitionId, Definition)> = self.names.definitions.iter().map(|(name, known)| {
            (known.id, Definition {
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
            })
        }).collect();
        definitions.sort_by_key(|(id, _)| *id);
        let mut figures: Vec<(FigureId, Figure)> = self.names.figures.iter().map(|(name, known)| {
            (known.id, Figure { name: name.clone(), kind: known.kind, by: known.by, means: Words::default(), versions: Vec::new() })
        }).collect();
        figures.sort_by_key(|(id, _)| *id);
        (definitions.into_iter().map(|(_, one)| one).collect(), figures.into_iter().map(|(_, one)| one).collect())
    }

    /// The position of the state that a file is about.
    fn state_of(&mut self, read: &'r Read) -> Option<usize> {
        let node = read.root.get("state")?;
        let list = self.names.vocabulary.list_named("state").and_then(|id| self.names.vocabulary.list(id));
        let position = list.and_then(|list| list.position(node.text()?));
        if position.is_none() {
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            faults.add(node.at, "unknown-code", "this is not a code of the list `state`", Some("write AR for Arkansas".to_owned()));
        }
        position
    }

    fn modules(&mut self, bodies: &mut Bodies) {
        for read in self.read {
            let Some(module) = module_of(&read.root) else { continue };
            let state = if read.what == "extends" { self.state_of(read) } else { None };
            let mut cited = std::mem::take(&mut bodies.cited);
            if let (Some(node), "program") = (read.root.get("conversion"), read.what) {
                let conversion = self.reading(read, &module, &mut cited, |reader| read_module::conversion(node, reader));
                let blank = Conversion { cite: Vec::new(), factors: [(rust_decimal::Decimal::ONE, rust_decimal::Decimal::ONE); 6] };
                bodies.conversions.push(conversion.unwrap_or(blank));
            }
            if read.sound {
                self.bodies_of(read, &module, state, bodies, &mut cited);
            }
            bodies.cited = cited;
        }
    }

    fn bodies_of(&mut self, read: &'r Read, module: &str, state: Option<usize>, bodies: &mut Bodies, cited: &mut Vec<SourceId>) {
        for (key, node) in read.root.get("figures").map_or(&[][..], Node::entries) {
            let Some(known) = self.names.figures.get(&format!("{module}.{}", key.text)).copied() else { continue };
            let Some(figure) = bodies.figures.get_mut(known.id.index()) else { continue };
            self.reading(read, module, cited, |reader| {
                if let Some(means) = reader.words(node.get("means")) {
                    figure.means = means;
                }
                reader.cite(node.get("cite"));
                read_module::figure(key, node, state, figure, reader);
            });
        }
        for (key, node) in read.root.get("definitions").map_or(&[][..], Node::entries) {
            let Some(known) = self.names.definitions.get(&format!("{module}.{}", key.text)).copied() else { continue };
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
            let id = read.root.get("program").and_then(Node::text).and_then(|id| self.names.programs.get(id)).copied();
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
                && read.sound
                && let Some(unit) = self.reading(read, &module, &mut cited, |reader| read_program::unit(node, *id, reader))
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
        let known = Known { documents: &bodies.documents, agencies: &bodies.agencies, sources: &self.sources.clone() };
        for read in self.read.iter().filter(|read| matches!(read.what, "program" | "extends") && read.sound) {
            let module = module_of(&read.root).unwrap_or_default();
            let state = if read.what == "extends" { self.state_of(read) } else { None };
            let named = ["program", "extends"].iter().find_map(|key| read.root.get(key));
            let id = named.and_then(Node::text).and_then(|id| self.names.programs.get(id)).copied();
            let program = id.and_then(|id| bodies.programs.get_mut(id.index()));
            match (program, named) {
                (Some(program), _) => {
                    self.reading(read, &module, &mut cited, |reader| sections(&read.root, state, program, &known, reader));
                }
                (None, Some(named)) if read.what == "extends" => {
                    let mut faults = Faults { file: &read.file, report: &mut self.report };
                    faults.add(named.at, "unknown-program", "no program of that id is here to be extended", None);
                }
                _ => {}
            }
        }
        bodies.cited = cited;
    }

    fn cases(&mut self) -> Vec<super::case::Case> {
        let mut cases = Vec::new();
        for read in self.read.iter().filter(|read| read.what == "cases_of" && read.sound) {
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            if let Some(node) = read.root.get("cases_of")
                && !node.text().is_some_and(|id| self.names.programs.contains_key(id))
            {
                faults.add(node.at, "unknown-program", "there is no program of that id", None);
                continue;
            }
            super::case::read(&read.root, &mut faults, &mut cases);
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
                    faults.warn(key.at, "unused-source", format!("nothing cites `{}`", key.text), None);
                }
            }
        }
    }
}

fn typed(node: &Node, names: &Names, faults: &mut Faults<'_>) -> Option<Type> {
    let at = node.get("type")?;
    let text = at.text()?;
    let kind = names.kind(text);
    if kind.is_none() {
        let known = ["boolean", "count", "number", "rate", "money", "money/week", "money/month", "money/year", "date"];
        let near = crate::kernel::nearest(text, known);
        let help = near.map_or_else(|| format!("types are {}, code LIST", known.join(", ")), |near| format!("did you mean `{near}`?"));
        faults.add(at.at, "unknown-type", format!("`{text}` is no type"), Some(help));
    }
    kind
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
