//! The programs on file, and one program whole: its tests and sources by date.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Citation, citations};
use crate::kernel::{Day, Language, nearest};
use crate::language::Subject;
use crate::rulebook::{Program, Requirement, RuleBook, SourceId, Version};

use super::Service;
use super::negotiation::rule_set;
use super::problem::{Fault, Kind, Problem};
use super::program_help::{Help, Speaker, help};
use super::query::Query;

/// The programs on file.
#[derive(Serialize, ToSchema)]
pub(super) struct ProgramList<'b> {
    /// The programs.
    programs: Vec<ProgramSummary<'b>>,
}

/// What a program is.
#[derive(Serialize, ToSchema)]
struct ProgramSummary<'b> {
    /// Its id.
    #[schema(value_type = String)]
    id: &'b str,
    /// Its name.
    title: String,
    /// What it gives.
    summary: String,
    /// `status`, `remedies`, `food`, `health`, `cash`, `housing` or `services`.
    #[schema(value_type = String)]
    category: &'b str,
    /// `benefit`, `status`, `remedy`, `right` or `service`.
    #[schema(value_type = String)]
    kind: &'b str,
    /// `federal`, or a state.
    #[schema(value_type = String)]
    jurisdiction: &'b str,
    /// Whether it decides for each `person` or for a `unit` of people counted together.
    decides_for: &'static str,
    /// When it is in force.
    in_force: Vec<Days>,
    /// The days on which its law changes.
    changes_on: Vec<NaiveDate>,
    /// Some words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    untranslated: bool,
}

/// From one day to another, both included.
#[derive(Serialize, ToSchema)]
struct Days {
    /// The first day.
    from: NaiveDate,
    /// The last day, if there is one.
    until: Option<NaiveDate>,
}

/// One program, whole.
#[derive(Serialize, ToSchema)]
pub(super) struct ProgramEntry<'b> {
    /// What it is.
    #[serde(flatten)]
    summary: ProgramSummary<'b>,
    /// Its tests.
    requirements: Vec<RequirementEntry<'b>>,
    #[serde(flatten)]
    help: Help<'b>,
    /// What helps instead, by id.
    instead: &'b [String],
    /// Programs whose answers it needs, by id.
    #[schema(value_type = Vec<String>)]
    needs: Vec<&'b str>,
}

/// One legal test of a program.
#[derive(Serialize, ToSchema)]
struct RequirementEntry<'b> {
    /// Its id.
    #[schema(value_type = String)]
    id: &'b str,
    /// What it is about.
    title: String,
    /// Whether it is asked of each `person` or of the `unit`.
    of: &'static str,
    /// A rare bar: taken not to apply until somebody says that it does, and listed with the answer.
    bar: bool,
    /// The state that asks it; every state, if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    state: Option<&'b str>,
    /// The law behind all versions.
    citations: Vec<Citation<'b>>,
    /// What it asks, by date.
    versions: Vec<VersionEntry<'b>>,
    /// What excuses from it.
    exemptions: Vec<ExemptionEntry<'b>>,
}

/// What a test asks from one day to another.
#[derive(Serialize, ToSchema)]
struct VersionEntry<'b> {
    /// When it governs.
    #[serde(flatten)]
    days: Days,
    /// The day when it could be known, where that is not its first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    known_from: Option<NaiveDate>,
    /// The state whose law it is; every state, if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    state: Option<&'b str>,
    /// The test as the rule file has it; empty where only an agency can judge.
    #[schema(value_type = String)]
    test: &'b str,
    /// The law is read in two ways.
    unsettled: bool,
    /// It rests on doubtful sources alone, so it never decides.
    doubtful: bool,
    /// The law.
    citations: Vec<Citation<'b>>,
}

/// An exemption.
#[derive(Serialize, ToSchema)]
struct ExemptionEntry<'b> {
    /// Its id.
    #[schema(value_type = String)]
    id: &'b str,
    /// What it is.
    text: String,
    /// When it is law.
    in_force: Vec<Days>,
    /// The law.
    citations: Vec<Citation<'b>>,
}

/// The programs on file
///
/// All of them, or those in force on a day. Nothing about a person belongs into this address.
#[utoipa::path(get, path = "/v1/programs", tag = "rules",
    params(
        ("as_of" = Option<NaiveDate>, Query, description = "Only programs in force on this day", example = "2026-11-23"),
        ("category" = Option<String>, Query, description = "Only programs of this category", example = "food"),
        ("Accept-Language" = Option<String>, Header, description = "`en` (default) or `es`", example = "es")),
    responses((status = 200, description = "The programs", body = ProgramList<'static>)))]
pub(super) async fn programs(request: HttpRequest, service: web::Data<Service>) -> HttpResponse {
    let book = service.book.as_ref();
    let query = match Query::read(request.query_string(), book, &["as_of", "category"]) {
        Ok(query) => query,
        Err(problem) => return problem.into_response(),
    };
    rule_set(&request, &service, &query.variant(), |language| {
        let wanted = |program: &&Program| {
            query.as_of.is_none_or(|day| program.is_law_on(day))
                && query.category.as_ref().is_none_or(|category| *category == program.category)
        };
        let programs = book.programs.iter().filter(wanted);
        Ok(ProgramList { programs: programs.map(|program| summary(program, language)).collect() })
    })
}

/// One program
///
/// Its tests with every version of their law, or those of one day; papers with their substitutes, steps, deadlines,
/// warnings, what to do about a refusal, and whom to turn to.
#[utoipa::path(get, path = "/v1/programs/{id}", tag = "rules",
    params(
        ("id" = String, Path, description = "The program's id, as GET /v1/programs lists them"),
        ("as_of" = Option<NaiveDate>, Query, description = "Only the law of this day", example = "2026-11-23"),
        ("Accept-Language" = Option<String>, Header, description = "`en` (default) or `es`", example = "es")),
    responses((status = 200, description = "The program", body = ProgramEntry<'static>)))]
pub(super) async fn program(request: HttpRequest, service: web::Data<Service>) -> HttpResponse {
    let book = service.book.as_ref();
    let query = match Query::read(request.query_string(), book, &["as_of"]) {
        Ok(query) => query,
        Err(problem) => return problem.into_response(),
    };
    let asked = request.match_info().get("id").unwrap_or_default();
    let Some(program) = book.program_named(asked).and_then(|id| book.program(id)) else {
        return unknown_program(book, asked).into_response();
    };
    rule_set(&request, &service, &query.variant(), |language| Ok(entry(book, program, query.as_of, language)))
}

fn unknown_program(book: &RuleBook, asked: &str) -> Problem {
    let near = nearest(asked, book.programs.iter().map(|program| program.id.as_str()));
    Problem::new(Kind::NotFound).with(vec![Fault {
        pointer: "/id".to_owned(),
        code: "unknown-program",
        detail: "There is no program of this id.".to_owned(),
        expected: "an id that /v1/programs lists".to_owned(),
        did_you_mean: near.map(str::to_owned),
    }])
}

fn summary(program: &Program, language: Language) -> ProgramSummary<'_> {
    let mut speaker = Speaker { language, untranslated: false };
    ProgramSummary {
        id: &program.id,
        title: speaker.say(&program.title),
        summary: speaker.say(&program.summary),
        category: &program.category,
        kind: &program.kind,
        jurisdiction: &program.jurisdiction,
        decides_for: if program.unit.is_some() { "unit" } else { "person" },
        in_force: program.in_force.iter().map(|(from, until)| Days { from: *from, until: *until }).collect(),
        changes_on: program.boundaries.clone(),
        untranslated: speaker.untranslated,
    }
}

fn entry<'b>(
    book: &'b RuleBook,
    program: &'b Program,
    day: Option<Day>,
    language: Language,
) -> ProgramEntry<'b> {
    let mut speaker = Speaker { language, untranslated: false };
    let requirements =
        program.requirements.iter().filter_map(|one| requirement(book, one, day, &mut speaker)).collect();
    let help = help(book, program, day, &mut speaker);
    let needs = program.needs.iter().filter_map(|id| Some(book.program(*id)?.id.as_str())).collect();
    let mut summary = summary(program, language);
    summary.untranslated |= speaker.untranslated;
    ProgramEntry { summary, requirements, help, instead: &program.instead, needs }
}

fn governs<T>(version: &Version<T>, day: Option<Day>) -> bool {
    day.is_none_or(|day| version.from <= day && version.until.is_none_or(|until| day <= until))
}

/// One requirement; `None` if it asks nothing on that day.
fn requirement<'b>(
    book: &'b RuleBook,
    requirement: &'b Requirement,
    day: Option<Day>,
    speaker: &mut Speaker,
) -> Option<RequirementEntry<'b>> {
    let versions: Vec<VersionEntry> = requirement
        .versions
        .iter()
        .filter(|version| governs(version, day))
        .map(|version| VersionEntry {
            days: Days { from: version.from, until: version.until },
            known_from: version.known_from,
            state: version.state.and_then(|state| book.state_code(state)),
            test: &version.says.text.text,
            unsettled: version.says.unsettled.is_some(),
            doubtful: version.says.doubtful,
            citations: citations(book, &version.cite),
        })
        .collect();
    if versions.is_empty() {
        return None;
    }
    let exemptions = requirement.exemptions.iter().filter_map(|exemption| {
        let versions: Vec<_> = exemption.versions.iter().filter(|version| governs(version, day)).collect();
        let mut cite: Vec<SourceId> = Vec::new();
        for id in versions.iter().flat_map(|version| &version.cite) {
            if !cite.contains(id) {
                cite.push(*id);
            }
        }
        (!versions.is_empty()).then(|| ExemptionEntry {
            id: &exemption.id,
            text: speaker.say(&exemption.text),
            in_force: versions
                .iter()
                .map(|version| Days { from: version.from, until: version.until })
                .collect(),
            citations: citations(book, &cite),
        })
    });
    let exemptions = exemptions.collect();
    Some(RequirementEntry {
        id: &requirement.id,
        title: speaker.say(&requirement.title),
        of: if requirement.of == Subject::Unit { "unit" } else { "person" },
        bar: requirement.bar,
        state: requirement.state.and_then(|state| book.state_code(state)),
        citations: citations(book, &requirement.cite),
        versions,
        exemptions,
    })
}
