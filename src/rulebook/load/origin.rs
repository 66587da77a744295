//! Where rule files come from: those built into the program, or a folder.

use std::path::Path;
use std::sync::Arc;

use rust_embed::RustEmbed;

use super::super::book::RuleBook;
use super::super::fault::{Report, RuleFault, RuleFile};
use super::{load_beside, load_files};

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
        let message = "there is no rule file in this folder".to_owned();
        let help = "name a folder that holds rule files (*.yaml)";
        report.add(RuleFault::of_path(folder, "no-rules", message, help));
    }
    if files.is_empty() {
        return Err(report);
    }
    load_beside(files, report)
}

fn gather(top: &Path, folder: &Path, files: &mut Vec<Arc<RuleFile>>, report: &mut Report, depth: usize) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("this folder cannot be read: {error}");
            let help = "check the path and the rights on it";
            report.add(RuleFault::of_path(folder, "unreadable", message, help));
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
                    let help = "a rule file is UTF-8 text";
                    report.add(RuleFault::of_path(&path, "unreadable", message, help));
                }
            }
        }
    }
}
