//! Where rule files come from: those built into the program, or a folder.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_embed::RustEmbed;

use super::super::book::RuleBook;
use super::super::fault::{Report, RuleFault, RuleFile, Severity};
use super::{load_beside, load_files};

#[derive(RustEmbed)]
#[folder = "rules/"]
#[include = "**/*.yaml"]
struct Embedded;

/// Folders within one another; more are a link that leads back to where it stands.
const DEEPEST: usize = 12;

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
/// Every fault in the rule files; a folder, an entry of it or a file that cannot be read is one.
pub fn load_folder(folder: &Path) -> Result<RuleBook, Report> {
    let mut files = Vec::new();
    let mut report = Report::default();
    Gathering { top: folder, files: &mut files, report: &mut report }.folder(folder, 0);
    if files.is_empty() && report.faults.is_empty() {
        let message = "there is no rule file in this folder".to_owned();
        let help = "name a folder that holds rule files (*.yaml)";
        report.add(RuleFault::of_path(folder, "no-rules", message, help));
    }
    if files.is_empty() {
        return Err(report);
    }
    load_beside(files, report)
}

/// What is found below a folder. Nothing is passed over in silence: an answer would rest on the law without it.
struct Gathering<'g> {
    top: &'g Path,
    files: &'g mut Vec<Arc<RuleFile>>,
    report: &'g mut Report,
}

impl Gathering<'_> {
    fn folder(&mut self, folder: &Path, depth: usize) {
        match std::fs::read_dir(folder) {
            Ok(entries) => {
                let entries = entries.map(|entry| entry.map(|entry| entry.path()));
                self.entries(folder, entries, depth);
            }
            Err(error) => self.unreadable(folder, "this folder cannot be read", &error, RIGHTS),
        }
    }

    fn entries(&mut self, folder: &Path, all: impl Iterator<Item = io::Result<PathBuf>>, depth: usize) {
        for entry in all {
            match entry {
                Ok(path) => self.entry(&path, depth),
                Err(error) => {
                    self.unreadable(folder, "something in this folder cannot be read", &error, RIGHTS);
                }
            }
        }
    }

    fn entry(&mut self, path: &Path, depth: usize) {
        // This follows links; the depth ends a circle of them.
        match std::fs::metadata(path) {
            Ok(found) if found.is_dir() && depth < DEEPEST => self.folder(path, depth + 1),
            Ok(found) if found.is_dir() => {
                let message = format!("this folder lies in more than {DEEPEST} others, so it is not read");
                let help = "move it up, or take away the link that leads back here";
                self.report.add(RuleFault::of_path(path, "unreadable", message, help));
            }
            Ok(_) if path.extension().is_some_and(|extension| extension == "yaml") => self.file(path),
            Ok(_) => self.other(path),
            Err(error) => {
                self.unreadable(path, "it cannot be told what this is", &error, RIGHTS);
            }
        }
    }

    /// A file that is not read as rules: whoever wrote rules into it must hear of that.
    fn other(&mut self, path: &Path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let end = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        if name.starts_with('.') || BESIDE_RULES.contains(&end.as_str()) {
            return;
        }
        let message = "this file is not read: rule files end in `.yaml`".to_owned();
        let help = "name it `….yaml` if it holds rules, else move it out of the folder of rules";
        let fault = RuleFault::of_path(path, "not-read", message, help);
        // What ends like a rule file was meant as one; whatever else lies there may be a copy that an editor left.
        let severity =
            if matches!(end.as_str(), "yml" | "yaml") { Severity::Error } else { Severity::Warning };
        self.report.add(RuleFault { severity, ..fault });
    }

    fn file(&mut self, path: &Path) {
        let name = path.strip_prefix(self.top).unwrap_or(path).to_string_lossy().replace('\\', "/");
        match std::fs::read_to_string(path) {
            Ok(text) => self.files.push(RuleFile::new(name, text)),
            Err(error) => {
                self.unreadable(path, "this file cannot be read", &error, "a rule file is UTF-8 text")
            }
        }
    }

    fn unreadable(&mut self, path: &Path, what: &str, error: &io::Error, help: &str) {
        self.report.add(RuleFault::of_path(path, "unreadable", format!("{what}: {error}"), help));
    }
}

/// Endings of what stands beside rules: pages, and the schema for editors.
const BESIDE_RULES: [&str; 2] = ["md", "json"];

const RIGHTS: &str = "check the path and the rights on it";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_that_cannot_be_read_is_a_fault_and_hides_no_other() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/faulty/base");
        let (mut files, mut report) = (Vec::new(), Report::default());
        let mut gathering = Gathering { top: &folder, files: &mut files, report: &mut report };
        let entries = [Err(io::Error::other("a broken disk")), Ok(folder.join("vocabulary.yaml"))];
        gathering.entries(&folder, entries.into_iter(), 0);
        assert_eq!(files.len(), 1);
        let [fault] = report.faults.as_slice() else { panic!("{:?}", report.faults) };
        assert_eq!(fault.code, "unreadable");
        assert!(fault.message.contains("a broken disk"), "{}", fault.message);
    }
}
