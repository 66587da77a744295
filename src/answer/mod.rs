//! Findings -> the reply of the contract: reasons in plain words with their law, papers, steps, deadlines.
//!
//! For: `api`, `cli`. Depends on: `kernel`, `language` (ids and types), `vocabulary`, `rulebook` (the compiled
//! book), `engine`. Reads no clock, file or network, and decides nothing: what is true is the engine's to say.
//! The same law and situation give the same bytes.

mod asked;
mod case_faults;
mod case_names;
mod cases;
mod changes;
mod context;
mod contradictions;
mod help;
mod one;
mod openers;
mod reasons;
mod recipients;
mod reckoning;
mod reply;
mod speech;
mod upcoming;
mod whole;

use std::collections::{HashMap, HashSet};

use crate::engine::{self, Depth, Findings, Status};
use crate::kernel::{Language, nearest};
use crate::language::ProgramId;
use crate::rulebook::{RuleBook, Translation};
use crate::vocabulary::{Explain, ReadFault, Request, Situation};

use context::{Ahead, Context};
use contradictions::contradictions;

pub use asked::Asked;
pub use cases::{CaseReport, Lacking, run_cases};
pub use changes::{DayOfChange, LawChange, LawChanges, citations, law_changes, plain_words};
pub use reply::{
    Actionable, Agency, Amount, Answer, Arithmetic, Caution, Citation, DECIDES, Deadline, Document,
    FactValue, Finding, FirstPeriod, IfRefused, LawStamp, Listed, Missing, Ongoing, OpenedBy, Person,
    ProvidedThat, Reply, Step, Unit, Unsettled, Upcoming, WayOut,
};

/// Answers a request in a language.
///
/// # Errors
/// Programs that do not exist, and facts that contradict each other; no fault repeats a value.
pub fn reply<'b>(
    book: &'b RuleBook,
    request: &'b Request,
    language: Language,
) -> Result<Reply<'b>, Vec<ReadFault>> {
    let situation = &request.situation;
    let Wanted { programs, not_on_file, mut faults } = wanted(book, request);
    faults.extend(contradictions(book, situation, &[], language));
    if !faults.is_empty() {
        return Err(faults);
    }
    let explain = request.options.explain;
    let depth = if explain == Explain::Full { Depth::Full } else { Depth::Summary };
    let until = request.options.until.unwrap_or(book.covers.1);
    let (found, turns) = engine::answer_and_look_ahead(book, situation, &programs, depth, until);
    let ahead = Ahead {
        turns,
        openings: engine::openings(book, situation, situation.as_of, &found),
        closed: closed(book, situation, &found),
    };
    let reasons = explain != Explain::None;
    let context = Context::new(book, situation, language, reasons, depth == Depth::Full);
    let mut answers: Vec<Answer<'b>> =
        found.iter().filter_map(|found| context.answer(found, &ahead)).collect();
    let brief = request.options.programs.is_none();
    if brief {
        whole::arrange(&mut answers, explain);
    }
    let as_of = situation.as_of;
    Ok(Reply {
        as_of,
        language: language.tag(),
        translation: book.translation(language).map(Translation::name),
        law: stamp(book),
        brief,
        answers,
        not_on_file,
    })
}

/// What is wrong with a request that could be read: programs that do not exist, and facts that contradict each
/// other. Of a request that is wrong elsewhere too, what could be understood is looked at; in an object of which `known`
/// faults say that a name stands twice, it is not known which value is meant, so nothing is a contradiction. No fault
/// repeats a value.
#[must_use]
pub fn faults(book: &RuleBook, request: &Request, known: &[ReadFault], language: Language) -> Vec<ReadFault> {
    let mut faults = wanted(book, request).faults;
    faults.extend(contradictions(book, &request.situation, known, language));
    faults
}

/// Which of these programs, and of those that are named in their stead, are closed to everybody who applies.
fn closed(book: &RuleBook, situation: &Situation, found: &[Findings]) -> Vec<ProgramId> {
    let refused = Status::is_refusal;
    let anybody = |one: &&Findings| {
        let mut people = one.units.iter().flat_map(|unit| &unit.people);
        refused(one.status) || people.any(|person| refused(person.status))
    };
    let programs = found.iter().filter(anybody).filter_map(|one| book.program(one.program));
    let named = programs.flat_map(|program| &program.instead);
    let mut others: Vec<ProgramId> = named.filter_map(|id| book.program_named(id)).collect();
    others.sort_unstable();
    others.dedup();
    others.retain(|id| !found.iter().any(|one| one.program == *id));
    let mut closed: Vec<ProgramId> =
        found.iter().filter(|one| refused(one.status)).map(|one| one.program).collect();
    if !others.is_empty() {
        closed.extend(engine::refused(book, situation, &others));
    }
    closed
}

/// Which law a book holds.
#[must_use]
pub fn stamp(book: &RuleBook) -> LawStamp<'_> {
    LawStamp {
        hash: &book.hash,
        oldest_review: book.sources.iter().map(|source| source.reviewed_on).min(),
        covers: [book.covers.0, book.covers.1],
    }
}

/// What a request asks for.
#[derive(Default)]
struct Wanted<'b> {
    programs: Vec<ProgramId>,
    /// Programs that the vocabulary knows, but that have no rules here yet.
    not_on_file: Vec<&'b str>,
    faults: Vec<ReadFault>,
}

/// The programs to answer: those named, or all that are in force.
fn wanted<'b>(book: &'b RuleBook, request: &Request) -> Wanted<'b> {
    let (day, state) = (request.situation.as_of, request.situation.state);
    let mut wanted = Wanted::default();
    let Some(named) = &request.options.programs else {
        let all =
            book.programs.iter().enumerate().filter(|(_, program)| book.is_in_force(program, day, state));
        let mut all: Vec<_> =
            all.filter_map(|(place, one)| Some((one.code, ProgramId(u16::try_from(place).ok()?)))).collect();
        // In the order of the code list of programs, which is for readers; that of the files is not.
        all.sort_unstable();
        wanted.programs = all.into_iter().map(|(_, id)| id).collect();
        return wanted;
    };
    let codes = book.program_codes();
    let on_file: HashMap<&str, ProgramId> = book
        .programs
        .iter()
        .enumerate()
        .filter_map(|(place, one)| Some((one.id.as_str(), ProgramId(u16::try_from(place).ok()?))))
        .collect();
    let known: HashMap<&str, &'b str> =
        codes.iter().map(|code| (code.code.as_str(), code.code.as_str())).collect();
    let mut seen = HashSet::new();
    for (place, name) in named.iter().enumerate() {
        // A program that is named twice is answered once.
        if !seen.insert(name.as_str()) {
            continue;
        }
        match (on_file.get(name.as_str()), known.get(name.as_str())) {
            (Some(id), _) => wanted.programs.push(*id),
            (None, Some(code)) => wanted.not_on_file.push(code),
            (None, None) => wanted.faults.push(ReadFault {
                pointer: format!("/options/programs/{place}"),
                code: "unknown-program",
                detail: "There is no program with this id.".to_owned(),
                expected: "an id from GET /v1/programs".to_owned(),
                did_you_mean: nearest(name, codes.iter().map(|code| code.code.as_str())).map(str::to_owned),
            }),
        }
    }
    wanted
}
