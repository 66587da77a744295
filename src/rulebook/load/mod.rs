//! Files -> rule book. Every file is read and every fault told before anything is refused.
//!
//! For: whoever loads rules. Depends on: the readers, the checks and `compile`. A `Loader` goes over all files once
//! for each stage, one stage a module: vocabulary, names (`declare`), modules, programs.

mod apart;
mod declare;
mod lives;
mod modules;
mod origin;
mod programs;
mod vocabulary;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::book::{COVERS, Conversion, Definition, Figure, Program, RuleBook, SourceId, Unit};
use super::case::{self, Case};
use super::check::duplicates;
use super::fault::{Report, RuleFault, RuleFile};
use super::names::Names;
use super::places::Places;
use super::read_file::{Read, read_file};
use super::reader::Reader;
use super::registry::{Agency, Document, Source, Translation};
use super::shape::Faults;
use super::yaml::{Key, Node};
use super::{compile, read_registry};

pub use origin::{load_embedded, load_folder};

/// The rule book in these files.
///
/// # Errors
/// Every fault in them.
pub fn load_files(files: Vec<Arc<RuleFile>>) -> Result<RuleBook, Report> {
    load_beside(files, Report::default())
}

/// The rule book in these files, beside others that could not be read at all.
fn load_beside(mut files: Vec<Arc<RuleFile>>, mut report: Report) -> Result<RuleBook, Report> {
    files.sort_by(|one, two| one.path.cmp(&two.path));
    report.lost.whole = !report.faults.is_empty();
    let mut read: Vec<Read> = files.iter().filter_map(|file| read_file(file, &mut report)).collect();
    report.lost.part = read.iter().any(|read| !read.sound);
    report.cases =
        read.iter().map(|read| read.root.get("cases").map_or(0, |cases| cases.items().len())).sum();
    duplicates::take_out(&mut read, &mut report);
    let mut loader = Loader {
        read: &read,
        report,
        names: Names::default(),
        sources: Vec::new(),
        source_ids: BTreeMap::new(),
    };
    let book = loader.load(hash(&files));
    let mut report = loader.report;
    report.settle();
    match book {
        Some(mut book) if report.faults.is_empty() => {
            book.warnings = report.warnings;
            Ok(book)
        }
        _ => {
            if report.faults.is_empty() {
                let message = "no rule file begins with `program:`".to_owned();
                let help = "a rule set has at least one program";
                report.add(RuleFault::of_path(Path::new("rules"), "no-program", message, help));
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

/// How the Spanish of a file was made. Where a file does not say it, nobody has said that it was reviewed.
fn spanish(read: &Read) -> Translation {
    let mark = read.root.get("translations").and_then(|marks| marks.get("es")).and_then(Node::text);
    match mark {
        Some(mark) if mark == Translation::Reviewed.name() => Translation::Reviewed,
        None if !has_spanish(&read.root) => Translation::Reviewed,
        _ => Translation::Machine,
    }
}

fn has_spanish(node: &Node) -> bool {
    let words = |(key, value): &(Key, Node)| key.text == "es" || has_spanish(value);
    node.entries().iter().any(words) || node.items().iter().any(has_spanish)
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
        self.sources();
        self.declare();
        self.follows();
        let (documents, agencies) = self.registries(&mut cited);
        let mut bodies = Bodies {
            definitions: self.blank_definitions(),
            figures: self.blank_figures(),
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
        self.apart();
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
        let cited = std::mem::take(&mut bodies.cited);
        let mut book = self.bind(hash, bodies, cases);
        let ground = compile::finish(&mut book, states, &Places::of(self.read), &mut self.report);
        self.lives(&book, &ground);
        self.unused_sources(&cited, &book);
        Some(book)
    }

    /// The book of what was read; what follows from it is not filled in yet.
    fn bind(&mut self, hash: String, bodies: Bodies, cases: Vec<Case>) -> RuleBook {
        RuleBook {
            hash,
            covers: COVERS,
            spanish: self.read.iter().map(spanish).min().unwrap_or(Translation::Reviewed),
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
            dependents: super::dependents::Dependents::default(),
            cases,
            warnings: Vec::new(),
            changes: Vec::new(),
            laws: Vec::new(),
        }
    }

    fn sources(&mut self) {
        for read in
            self.read.iter().filter(|read| read.what == "sources" || read.root.get("sources").is_some())
        {
            read_registry::sources(&read.root, &mut self.sources, &mut self.source_ids);
        }
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

    fn cases(&mut self) -> Vec<Case> {
        let mut cases = Vec::new();
        for read in self.read.iter().filter(|read| read.what == "cases_of") {
            if let Some(node) = read.root.get("cases_of")
                && self.program_of(node).is_none()
            {
                self.unknown_program(read, node, "name a program that has rules here");
            }
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            case::read(&read.bodies, &mut faults, &mut cases);
        }
        cases
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
