//! `onward check`: every fault of the rule files in one run, their worked cases, and how well their sources were read.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write, stdout};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use miette::{GraphicalReportHandler, GraphicalTheme};
use serde::Serialize;

use crate::answer::{CaseReport, run_cases};
use crate::rulebook::{Gap, Review, ReviewMarks, RuleBook, RuleFault, Severity, gaps, marks, without_rules};
use crate::today;

use super::{Trouble, count, pretty, rules};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder of rule files; those built in, if left out
    folder: Option<PathBuf>,
    /// For people, or for editors and scripts
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// A fault as editors read it.
#[derive(Debug, Serialize)]
struct Told<'f> {
    severity: &'static str,
    file: &'f str,
    line: usize,
    column: usize,
    code: &'f str,
    message: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'f str>,
}

/// What the check found, as scripts read it.
#[derive(Debug, Serialize)]
struct Found<'f> {
    faults: Vec<Told<'f>>,
    /// Worked cases that wait until the faults are mended.
    #[serde(skip_serializing_if = "Option::is_none")]
    cases_not_run: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    book: Option<Summary>,
}

/// The state of a rule book without faults.
#[derive(Debug, Serialize)]
struct Summary {
    hash: String,
    programs: Programs,
    sources: Sources,
    requirements_by_review: Map,
    cases: Cases,
}

type Map = serde_json::Map<String, serde_json::Value>;

#[derive(Debug, Serialize)]
struct Programs {
    with_rules: usize,
    all: usize,
    without_rules: Vec<String>,
    lacking: Vec<LackingProgram>,
}

#[derive(Debug, Serialize)]
struct LackingProgram {
    program: String,
    lacks: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct Sources {
    all: usize,
    by_review: Map,
    oldest_review: Option<String>,
    stale: Vec<String>,
    unverified: Vec<String>,
    doubtful: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Cases {
    run: usize,
    lacking: Vec<Lack>,
}

#[derive(Debug, Serialize)]
struct Lack {
    program: String,
    requirement: String,
    outcomes: Vec<&'static str>,
}

pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<(), Trouble> {
    let book = match rules(arguments.folder.as_deref()) {
        Ok(book) => book,
        Err(Trouble::Rules(report)) => {
            let all = report.faults.iter().chain(&report.warnings);
            match arguments.format {
                Format::Json => {
                    let cases_not_run = Some(report.cases);
                    pretty(&Found { faults: all.map(told).collect(), cases_not_run, book: None }, out)?;
                }
                Format::Human => {
                    human(all, stdout().is_terminal(), out)?;
                    let (faults, warnings) = (report.faults.len(), report.warnings.len());
                    writeln!(out, "{}", tally(faults, warnings))?;
                    writeln!(out, "{}", not_run(report.cases))?;
                }
            }
            return Err(Trouble::Checked);
        }
        Err(other) => return Err(other),
    };
    let today = today::anywhere();
    let cases = run_cases(&book, today);
    let marks = marks(&book, today);
    let all = cases.faults.iter().chain(&book.warnings);
    match arguments.format {
        Format::Json => {
            let book = Some(summary(&book, &marks, &cases));
            pretty(&Found { faults: all.map(told).collect(), cases_not_run: None, book }, out)?;
        }
        Format::Human => {
            human(all, stdout().is_terminal(), out)?;
            write_summary(&book, &marks, &cases, out)?;
            writeln!(out, "{}", tally(cases.faults.len(), book.warnings.len()))?;
        }
    }
    if cases.faults.is_empty() { Ok(()) } else { Err(Trouble::Checked) }
}

/// Writes faults with file, line, column, excerpt and help: drawn on a terminal, plain in a pipe.
pub(super) fn human<'f>(
    faults: impl Iterator<Item = &'f RuleFault>,
    terminal: bool,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let theme = if terminal { GraphicalTheme::unicode() } else { GraphicalTheme::none() };
    let drawn = GraphicalReportHandler::new_themed(theme).with_width(100).with_context_lines(1);
    for fault in faults {
        let mut text = String::new();
        if drawn.render_report(&mut text, fault).is_err() {
            let (line, column) = fault.line_and_column();
            text = format!("{}:{line}:{column}: {}: {}\n", fault.file.path, fault.code, fault.message);
        }
        writeln!(out, "{text}")?;
    }
    Ok(())
}

fn told(fault: &RuleFault) -> Told<'_> {
    let (line, column) = fault.line_and_column();
    Told {
        severity: match fault.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        file: &fault.file.path,
        line,
        column,
        code: fault.code,
        message: &fault.message,
        help: fault.help.as_deref(),
    }
}

fn tally(faults: usize, warnings: usize) -> String {
    match (faults, warnings) {
        (0, 0) => "No faults.".to_owned(),
        (0, warnings) => format!("No faults, {}.", count(warnings, "warning", "warnings")),
        (faults, 0) => format!("{}.", count(faults, "fault", "faults")),
        (faults, warnings) => {
            format!("{}, {}.", count(faults, "fault", "faults"), count(warnings, "warning", "warnings"))
        }
    }
}

fn not_run(cases: usize) -> String {
    match cases {
        0 => "No worked case was run.".to_owned(),
        1 => "1 worked case was not run: it waits until these faults are mended.".to_owned(),
        cases => format!("{cases} worked cases were not run: they wait until these faults are mended."),
    }
}

fn summary(book: &RuleBook, marks: &ReviewMarks, cases: &CaseReport) -> Summary {
    let by_review = |counts: &BTreeMap<Review, usize>| -> Map {
        counts.iter().map(|(review, number)| (review.name().to_owned(), (*number).into())).collect()
    };
    let lacking = |gap: Gap| LackingProgram { program: gap.program, lacks: gap.lacks };
    Summary {
        hash: book.hash.clone(),
        programs: Programs {
            with_rules: book.programs.len(),
            all: book.program_codes().len(),
            without_rules: without_rules(book).into_iter().map(str::to_owned).collect(),
            lacking: gaps(book).into_iter().map(lacking).collect(),
        },
        requirements_by_review: by_review(&marks.requirements),
        sources: Sources {
            all: book.sources.len(),
            by_review: by_review(&marks.counts),
            oldest_review: marks.oldest.map(|day| day.to_string()),
            stale: marks.stale.clone(),
            unverified: marks.unverified.clone(),
            doubtful: marks.doubtful.clone(),
        },
        cases: Cases {
            run: cases.run,
            lacking: cases
                .lacking
                .iter()
                .map(|one| Lack {
                    program: one.program.clone(),
                    requirement: one.requirement.clone(),
                    outcomes: one.outcomes.clone(),
                })
                .collect(),
        },
    }
}

fn write_summary(
    book: &RuleBook,
    marks: &ReviewMarks,
    cases: &CaseReport,
    out: &mut impl Write,
) -> std::io::Result<()> {
    writeln!(out, "Law {}", book.hash)?;
    write_programs(book, out)?;
    writeln!(out, "{}", count(book.sources.len(), "source", "sources"))?;
    write_counts(&marks.counts, out)?;
    let versions: usize = marks.requirements.values().sum();
    writeln!(
        out,
        "{} by the best mark of their law",
        count(versions, "dated requirement", "dated requirements")
    )?;
    write_counts(&marks.requirements, out)?;
    if let Some(oldest) = marks.oldest {
        writeln!(out, "  oldest review {oldest}")?;
    }
    let lists = [
        ("Not looked at for more than a year", &marks.stale),
        ("Cited but not re-read", &marks.unverified),
        ("Doubtful (decide nothing alone)", &marks.doubtful),
    ];
    for (title, ids) in lists.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        writeln!(out, "{title}: {}", ids.join(", "))?;
    }
    writeln!(out, "{} run, {} as they say", count(cases.run, "case", "cases"), cases.run - cases.failed)?;
    if !cases.lacking.is_empty() {
        writeln!(out, "Requirements without a case:")?;
    }
    for one in &cases.lacking {
        writeln!(out, "  {} {}: no case {}", one.program, one.requirement, one.outcomes.join(", "))?;
    }
    Ok(())
}

/// How many programs have rules, which have none, and what those with rules lack.
fn write_programs(book: &RuleBook, out: &mut impl Write) -> std::io::Result<()> {
    let (with, all, without) = (book.programs.len(), book.program_codes().len(), without_rules(book));
    write!(out, "{with} of {} have rules", count(all, "program", "programs"))?;
    if without.is_empty() {
        writeln!(out)?
    } else {
        writeln!(out, "; without: {}", without.join(", "))?
    }
    let gaps = gaps(book);
    if !gaps.is_empty() {
        writeln!(out, "Programs that lack what every program should say:")?;
    }
    for gap in gaps {
        writeln!(out, "  {}: no {}", gap.program, gap.lacks.join(", "))?;
    }
    Ok(())
}

fn write_counts(counts: &BTreeMap<Review, usize>, out: &mut impl Write) -> std::io::Result<()> {
    for (review, number) in counts {
        writeln!(out, "  {:<10} {number}", review.name())?;
    }
    Ok(())
}
