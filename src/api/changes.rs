//! What changes in the law, and when: as JSON, and as a feed to follow.

use crate::answer::{LawChanges, law_changes};
use actix_web::{HttpRequest, HttpResponse, web};

use super::Service;
use super::feed;
use super::negotiation::{Form, kept, rule_set};
use super::query::Query;

const KNOWN: [&str; 3] = ["from", "until", "program"];

/// Changes of the law
///
/// Every dated change of the rules on file, past and coming: the day, what changes, the figures before and after, the
/// law, and every program that it touches, be it through a definition or another program.
#[utoipa::path(get, path = "/v1/law/changes", tag = "rules",
    params(
        ("from" = Option<NaiveDate>, Query, description = "Nothing before this day; the first day covered, if left out", example = "2025-07-01"),
        ("until" = Option<NaiveDate>, Query, description = "Nothing after this day; the last day covered, if left out", example = "2026-12-31"),
        ("program" = Option<String>, Query, description = "Only what touches this program"),
        ("Accept-Language" = Option<String>, Header, description = "`en` (default) or `es`", example = "es")),
    responses((status = 200, description = "The changes, by day", body = LawChanges<'static>)))]
pub(super) async fn changes(request: HttpRequest, service: web::Data<Service>) -> HttpResponse {
    let book = service.book.as_ref();
    let query = match Query::read(request.query_string(), book, &KNOWN) {
        Ok(query) => query,
        Err(problem) => return problem.into_response(),
    };
    let span = (query.from.unwrap_or(book.covers.0), query.until.unwrap_or(book.covers.1));
    rule_set(&request, &service, &query.variant(), |language| {
        Ok(law_changes(book, span, query.program, language))
    })
}

/// Changes of the law, as a feed
///
/// The same as an Atom feed (RFC 4287), the latest first. An entry keeps its id for good; it is updated on the day
/// when its sources were last checked.
#[utoipa::path(get, path = "/v1/law/changes.atom", tag = "rules",
    params(
        ("from" = Option<NaiveDate>, Query, description = "Nothing before this day; the first day covered, if left out", example = "2025-07-01"),
        ("until" = Option<NaiveDate>, Query, description = "Nothing after this day; the last day covered, if left out", example = "2026-12-31"),
        ("program" = Option<String>, Query, description = "Only what touches this program"),
        ("Accept-Language" = Option<String>, Header, description = "`en` (default) or `es`", example = "es")),
    responses((status = 200, description = "The feed", body = String, content_type = "application/atom+xml")))]
pub(super) async fn feed(request: HttpRequest, service: web::Data<Service>) -> HttpResponse {
    let book = service.book.as_ref();
    let query = match Query::read(request.query_string(), book, &KNOWN) {
        Ok(query) => query,
        Err(problem) => return problem.into_response(),
    };
    let span = (query.from.unwrap_or(book.covers.0), query.until.unwrap_or(book.covers.1));
    kept(&request, &service, &query.variant(), Form::Atom, |language| {
        feed::write(book, &law_changes(book, span, query.program, language), &query, language)
    })
}
