//! What is wrong in the rule files: all of it in one run, each with file, line, column and help.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, MietteError, NamedSource, SourceCode, SourceSpan, SpanContents};
use thiserror::Error;

use super::follow::{Lost, is_cause};

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

    /// The line, from one, on which a byte stands.
    pub(super) fn line(&self, byte: usize) -> usize {
        self.text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
    }
}

/// An excerpt is whole lines: one line of context is the line itself, two are its neighbours too.
impl SourceCode for RuleFile {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        if before == 0 && after == 0 {
            return self.named.read_span(span, 0, 0);
        }
        let end = (span.offset() + span.len()).min(self.text.len());
        let line_start =
            self.text.get(..span.offset()).and_then(|text| text.rfind('\n')).map_or(0, |newline| newline + 1);
        let line_end = self
            .text
            .get(end..)
            .and_then(|text| text.find('\n'))
            .map_or(self.text.len(), |newline| end + newline);
        let lines = SourceSpan::new(line_start.into(), line_end - line_start);
        self.named.read_span(&lines, before.saturating_sub(1), after.saturating_sub(1))
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
    /// What keeps a folder, or a file of which no text can be shown, from being used.
    pub(super) fn of_path(path: &Path, code: &'static str, message: String, help: &str) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message,
            help: Some(help.to_owned()),
            file: RuleFile::new(path.display().to_string(), String::new()),
            start: 0,
            end: 0,
        }
    }

    /// Line and column of the offending text, both from one.
    #[must_use]
    pub fn line_and_column(&self) -> (usize, usize) {
        let before = self.file.text.get(..self.start).unwrap_or(&self.file.text);
        let line = self.file.line(before.len());
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
        Some(self.file.as_ref())
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
#[error("{} in the rule files", count(self.faults.len()))]
pub struct Report {
    /// What must be mended before the rules can be used.
    pub faults: Vec<RuleFault>,
    /// What should be looked at.
    pub warnings: Vec<RuleFault>,
    /// How many worked cases the files hold, which are not run while there are faults.
    pub cases: usize,
    /// What may lie behind other faults.
    pub(super) lost: Box<Lost>,
}

fn count(faults: usize) -> String {
    format!("{faults} {}", if faults == 1 { "fault" } else { "faults" })
}

impl Report {
    /// Adds a fault where its severity belongs.
    pub(super) fn add(&mut self, fault: RuleFault) {
        match fault.severity {
            Severity::Error => self.faults.push(fault),
            Severity::Warning => self.warnings.push(fault),
        }
    }

    /// Leaves out what only follows from other faults, and puts the rest in order: causes first.
    pub(super) fn settle(&mut self) {
        let lost = std::mem::take(&mut self.lost);
        self.faults.retain(|fault| !lost.leads_to(fault));
        if !self.faults.is_empty() {
            self.warnings.retain(|warning| !matches!(warning.code, "unused" | "unused-source"));
        }
        self.sort();
    }

    /// Puts causes before what may follow from them, each in the order of files and lines, and each once.
    fn sort(&mut self) {
        for list in [&mut self.faults, &mut self.warnings] {
            list.sort_by(|one, two| {
                let place = |fault: &RuleFault| (!is_cause(fault.code), fault.start);
                let ((one_rank, one_start), (two_rank, two_start)) = (place(one), place(two));
                (one_rank, &one.file.path, one_start, one.code, &one.message).cmp(&(
                    two_rank,
                    &two.file.path,
                    two_start,
                    two.code,
                    &two.message,
                ))
            });
            list.dedup_by(|one, two| {
                one.file.path == two.file.path && one.start == two.start && one.message == two.message
            });
        }
    }
}
