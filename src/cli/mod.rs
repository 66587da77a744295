//! The command line: `onward serve | answer | check | review | openapi | schema`.
//!
//! For: `main` alone. Depends on: `answer`, `api`, `rulebook`, `vocabulary`, `language` (whom a rule is about), `kernel`,
//! `today`. Nothing else may depend on it. Results go to standard output and complaints to standard error, both through
//! writers; a household's facts are read from a file or a pipe, answered, and kept nowhere.

mod answer;
mod check;
mod input;
mod layout;
mod overview;
mod review;
mod review_figures;
mod serve;
mod text;
mod words;

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::api;
use crate::rulebook::{self, Report, RuleBook};
use crate::vocabulary::ReadFault;

/// Wrong flags, files and situations.
const WRONG: u8 = 2;
/// A check that found faults, or a service that could not run.
const FAILED: u8 = 1;

/// Tells which help the law gives a survivor of human trafficking today, why, and what to do first.
#[derive(Debug, Parser)]
#[command(name = "onward", version, about, long_about = None, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answers over HTTP (also what a bare `onward` does)
    Serve(serve::Arguments),
    /// Answers one situation from a JSON file
    Answer(answer::Arguments),
    /// Checks rule files, runs their worked cases and tells how well their sources were read
    Check(check::Arguments),
    /// Prints the rules in plain words with their law, program by program, to be checked on paper
    Review {
        /// A folder of rule files in place of those built in
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
    },
    /// Prints the OpenAPI document
    Openapi {
        /// A folder of rule files in place of those built in
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
    },
    /// Prints the JSON Schema of rule files, for editors
    Schema,
}

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    /// A file that cannot be used, in plain words.
    #[error("{0}")]
    Input(String),
    /// A request that cannot be answered.
    #[error("{} in the situation", count(.0.len(), "fault", "faults"))]
    Situation(Vec<ReadFault>),
    /// Rule files that cannot be used.
    #[error(transparent)]
    Rules(#[from] Report),
    /// The check found faults, and has told them.
    #[error("the check found faults")]
    Checked,
    /// The service could not run.
    #[error("cannot serve on {bind}: {}", advice(.cause))]
    Serve {
        /// Where it should have listened.
        bind: String,
        /// What the system says.
        cause: io::Error,
    },
    /// Nothing can be written.
    #[error("cannot write the result: {0}")]
    Output(#[from] io::Error),
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::stdout().lock();
    let done = match arguments.command.unwrap_or_else(|| Command::Serve(serve::Arguments::default())) {
        Command::Serve(arguments) => {
            drop(out);
            return exit(serve::run(arguments));
        }
        Command::Answer(arguments) => answer::run(&arguments, &mut out),
        Command::Check(arguments) => check::run(&arguments, &mut out),
        Command::Review { rules } => review(rules.as_deref(), &mut out),
        Command::Openapi { rules } => openapi(rules.as_deref(), &mut out),
        Command::Schema => schema(&mut out),
    };
    let flushed = out.flush().map_err(Trouble::from);
    exit(done.and(flushed))
}

fn exit(done: Result<(), Trouble>) -> ExitCode {
    let Err(trouble) = done else { return ExitCode::SUCCESS };
    let code = match &trouble {
        // Whoever reads has stopped reading: nobody to tell.
        Trouble::Output(error) if error.kind() == ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Trouble::Checked => return ExitCode::from(FAILED),
        Trouble::Input(_) | Trouble::Situation(_) => WRONG,
        Trouble::Rules(_) | Trouble::Serve { .. } | Trouble::Output(_) => FAILED,
    };
    let mut err = io::stderr().lock();
    // If even this cannot be written, the exit status still tells.
    let _ = complain(&trouble, &mut err);
    ExitCode::from(code)
}

fn complain(trouble: &Trouble, err: &mut impl Write) -> io::Result<()> {
    writeln!(err, "onward: {trouble}")?;
    match trouble {
        Trouble::Situation(faults) => {
            for fault in faults {
                let pointer = if fault.pointer.is_empty() { "(the whole)" } else { &fault.pointer };
                write!(
                    err,
                    "  {pointer}: {} Expected {}.",
                    fault.detail,
                    fault.expected.trim_end_matches('.')
                )?;
                match &fault.did_you_mean {
                    Some(near) => writeln!(err, " Did you mean {near}?")?,
                    None => writeln!(err)?,
                }
            }
            Ok(())
        }
        Trouble::Rules(report) => check::human(report.faults.iter(), io::stderr().is_terminal(), err),
        _ => Ok(()),
    }
}

/// The rules of a folder, or those built in.
fn rules(folder: Option<&Path>) -> Result<RuleBook, Trouble> {
    let book = match folder {
        Some(folder) if !folder.is_dir() => {
            return Err(Trouble::Input(format!("{} is not a folder that can be read", folder.display())));
        }
        Some(folder) => rulebook::load_folder(folder)?,
        None => rulebook::load_embedded()?,
    };
    Ok(book)
}

fn review(folder: Option<&Path>, out: &mut impl Write) -> Result<(), Trouble> {
    let book = rules(folder)?;
    out.write_all(review::text(&book).as_bytes())?;
    Ok(())
}

fn openapi(folder: Option<&Path>, out: &mut impl Write) -> Result<(), Trouble> {
    let book = rules(folder)?;
    let document = api::openapi(&book);
    writeln!(out, "{}", document.trim_end())?;
    Ok(())
}

fn schema(out: &mut impl Write) -> Result<(), Trouble> {
    pretty(&rulebook::schema(), out)
}

/// Writes a value as JSON that people can read.
fn pretty(value: &impl serde::Serialize, out: &mut impl Write) -> Result<(), Trouble> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Why an address could not be listened on, and what to do about it.
fn advice(cause: &io::Error) -> String {
    match cause.kind() {
        ErrorKind::AddrInUse => "another program listens there already. Stop it, or choose another port with --bind",
        ErrorKind::AddrNotAvailable => {
            "this machine has no such address. With --bind, 127.0.0.1 is this machine alone, and 0.0.0.0 every \
             address that it has"
        }
        ErrorKind::PermissionDenied => {
            "the system does not let this account use that port. Choose one above 1023 with --bind"
        }
        _ => return format!("{cause}. --bind takes an address and a port, such as 127.0.0.1:8080"),
    }
    .to_owned()
}

/// "1 fault", "3 faults".
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
