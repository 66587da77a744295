//! What is wrong in the rule files: all of it in one run, each with file, line, column and help.

use std::fmt;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};
use thiserror::Error;

/// Whether a fault keeps the rule book from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum Severity {
    Error,
    Warning,
}

/// A rule file.
#[derive(Debug)]
pub struct RuleFile {
    /// Its path below the folder of rules, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
    named: NamedSource<String>,
}

impl RuleFile {
    /// A file to be read.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        let (path, text) = (path.into(), text.into());
        let named = NamedSource::new(path.clone(), text.clone());
        Arc::new(Self { path, text, named })
    }
}

/// One thing wrong in a rule file.
#[derive(Clone, Error)]
#[error("{message}")]
pub struct RuleFault {
    /// Whether the rule book can be used all the same.
    pub severity: Severity,
    /// A stable name for the kind of fault.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The file.
    pub file: Arc<RuleFile>,
    /// First byte of the offending text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

impl RuleFault {
    /// Line and column of the offending text, both from one.
    #[must_use]
    pub fn line_and_column(&self) -> (usize, usize) {
        let before = self.file.text.get(..self.start).unwrap_or(&self.file.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        (line, column)
    }
}

impl fmt::Debug for RuleFault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_and_column();
        write!(to, "{}:{line}:{column}: {}: {}", self.file.path, self.code, self.message)
    }
}

impl Diagnostic for RuleFault {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.file.named)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let length = self.end.saturating_sub(self.start).max(1);
        let end = self.file.text.len();
        let start = self.start.min(end);
        Some(Box::new(std::iter::once(LabeledSpan::new(None, start, length.min(end - start)))))
    }
}

/// Everything that a check found.
#[derive(Debug, Default, Clone, Error)]
#[error("{} faults in the rule files", self.faults.len())]
pub struct Report {
    /// What must be mended before the rules can be used.
    pub faults: Vec<RuleFault>,
    /// What should be looked at.
    pub warnings: Vec<RuleFault>,
}

impl Report {
    /// Adds a fault where its severity belongs.
    pub(super) fn add(&mut self, fault: RuleFault) {
        match fault.severity {
            Severity::Error => self.faults.push(fault),
            Severity::Warning => self.warnings.push(fault),
        }
    }

    /// Puts all in the order of files and lines, each once.
    pub(super) fn sort(&mut self) {
        for list in [&mut self.faults, &mut self.warnings] {
            list.sort_by(|one, two| {
                (&one.file.path, one.start, one.code, &one.message).cmp(&(&two.file.path, two.start, two.code, &two.message))
            });
            list.dedup_by(|one, two| {
                one.file.path == two.file.path && one.start == two.start && one.message == two.message
            });
        }
    }
}
