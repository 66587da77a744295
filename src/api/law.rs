//! Which law is on file here, and the sources behind it.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{LawStamp, stamp};
use crate::kernel::{Day, Language};
use crate::rulebook::{Review, RuleBook, Source};

use super::Service;
use super::negotiation::rule_set;
use super::query::Query;

/// Which law is on file.
#[derive(Serialize, ToSchema)]
pub(super) struct LawEntry<'b> {
    /// Which it is, and how well it was checked.
    #[serde(flatten)]
    stamp: LawStamp<'b>,
    /// How many sources bear each mark.
    sources: ReviewCounts,
    /// The programs on file.
    #[schema(value_type = Vec<String>)]
    programs: Vec<&'b str>,
    /// Every day on which some law on file changes.
    changes_on: Vec<NaiveDate>,
    /// The languages of its words.
    #[schema(value_type = Vec<String>)]
    languages: [&'static str; 2],
}

/// How many sources bear each review mark.
#[derive(Default, Serialize, ToSchema)]
struct ReviewCounts {
    /// Read in the law or the agency's own text.
    primary: usize,
    /// Read in somebody's account of it.
    secondary: usize,
    /// Cited, not re-read: may decide, but is shown as such.
    unverified: usize,
    /// Uncertain: never decides alone.
    doubtful: usize,
}

/// Every authority that a rule rests on.
#[derive(Serialize, ToSchema)]
pub(super) struct SourceList<'b> {
    /// The sources.
    sources: Vec<SourceEntry<'b>>,
}

/// One authority, with how well it was checked.
#[derive(Serialize, ToSchema)]
struct SourceEntry<'b> {
    /// Its id.
    #[schema(value_type = String)]
    id: &'b str,
    /// The citation as lawyers write it.
    #[schema(value_type = String)]
    text: &'b str,
    /// What it is.
    #[schema(value_type = String)]
    title: &'b str,
    /// Where it can be read.
    #[schema(value_type = String)]
    url: &'b str,
    /// `primary`, `secondary`, `unverified` or `doubtful`.
    review: &'static str,
    /// When it was last checked.
    reviewed_on: NaiveDate,
    /// By whom: a role.
    #[schema(value_type = String)]
    reviewed_by: &'b str,
    /// In which edition.
    #[schema(value_type = String)]
    against: &'b str,
    /// The last day on which it was law, if that is past or known.
    until: Option<NaiveDate>,
}

/// The law on file
///
/// Its hash, which every answer carries; the days that it covers; how well it was checked; when it changes.
#[utoipa::path(get, path = "/v1/law", tag = "rules",
    params(("as_of" = Option<NaiveDate>, Query,
        description = "Of the programs, only those that are law on this day", example = "2026-11-23")),
    responses((status = 200, description = "The law on file", body = LawEntry<'static>)))]
pub(super) async fn law(request: HttpRequest, service: web::Data<Service>) -> HttpResponse {
    match Query::read(request.query_string(), &service.book, &["as_of"]) {
        Ok(query) => {
            rule_set(&request, &service, &query.variant(), |_| Ok(entry(&service.book, query.as_of)))
        }
        Err(problem) => problem.into_response(),
    }
}

fn entry(book: &RuleBook, day: Option<Day>) -> LawEntry<'_> {
    let programs = book.programs.iter().filter(|program| day.is_none_or(|day| program.is_law_on(day)));
    let mut sources = ReviewCounts::default();
    for source in &book.sources {
        *match source.review {
            Review::Primary => &mut sources.primary,
            Review::Secondary => &mut sources.secondary,
            Review::Unverified => &mut sources.unverified,
            Review::Doubtful => &mut sources.doubtful,
        } += 1;
    }
    LawEntry {
        stamp: stamp(book),
        sources,
        programs: programs.map(|program| program.id.as_str()).collect(),
        changes_on: book.boundaries.iter().skip(1).copied().collect(),
        languages: Language::ALL.map(Language::tag),
    }
}

/// The sources
///
/// Every statute, regulation, manual and notice that a rule rests on, with its link and how well it was checked.
#[utoipa::path(get, path = "/v1/sources", tag = "rules",
    params(("as_of" = Option<NaiveDate>, Query,
        description = "Without the sources that were no longer law on this day", example = "2026-11-23")),
    responses((status = 200, description = "Every source", body = SourceList<'static>)))]
pub(super) async fn sources(request: HttpRequest, service: web::Data<Service>) -> HttpResponse {
    let query = match Query::read(request.query_string(), &service.book, &["as_of"]) {
        Ok(query) => query,
        Err(problem) => return problem.into_response(),
    };
    let is_law = |source: &&Source| query.as_of.zip(source.until).is_none_or(|(day, until)| day <= until);
    rule_set(&request, &service, &query.variant(), |_| {
        Ok(SourceList { sources: service.book.sources.iter().filter(is_law).map(source).collect() })
    })
}

fn source(source: &Source) -> SourceEntry<'_> {
    SourceEntry {
        id: &source.id,
        text: &source.text,
        title: &source.title,
        url: &source.url,
        review: source.review.name(),
        reviewed_on: source.reviewed_on,
        reviewed_by: &source.reviewed_by,
        against: &source.against,
        until: source.until,
    }
}
