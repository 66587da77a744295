//! Errors as RFC 9457 problem details. No error repeats anything that was sent.

use std::sync::LazyLock;

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::vocabulary::ReadFault;
use crate::vocabulary::limits::{MOST_BYTES, MOST_MEBIBYTES, MOST_VALUES};

use super::negotiation;

/// Seconds after which a caller who was turned away may come back: a place is free as soon as one answer is written.
const RETRY_AFTER_SECONDS: u64 = 1;

/// What is said of a body that is too large.
static TOO_LARGE: LazyLock<String> = LazyLock::new(|| {
    let (bytes, values) = (grouped(MOST_BYTES), grouped(MOST_VALUES));
    format!("A body may hold {MOST_MEBIBYTES} MiB ({bytes} bytes) and {values} values.")
});

/// A number with its thousands parted: 1,048,576.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let parted = |(place, digit): (usize, char)| {
        let comma = (place > 0 && (digits.len() - place).is_multiple_of(3)).then_some(',');
        comma.into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(parted).collect()
}

/// What can be wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    NotJson,
    WrongQuery,
    NotFound,
    MethodNotAllowed,
    NotAcceptable,
    TooSlow,
    TooLarge,
    WrongMediaType,
    WrongSituation,
    TooManyRequests,
    Internal,
}

/// One row of the table of problems.
pub(super) struct About {
    /// The last part of the type's address.
    pub(super) slug: &'static str,
    pub(super) status: StatusCode,
    pub(super) title: &'static str,
    /// What happened, and what to do about it.
    pub(super) detail: &'static str,
}

impl Kind {
    /// Every kind, by status.
    pub(super) const ALL: [Self; 11] = [
        Self::NotJson,
        Self::WrongQuery,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::NotAcceptable,
        Self::TooSlow,
        Self::TooLarge,
        Self::WrongMediaType,
        Self::WrongSituation,
        Self::TooManyRequests,
        Self::Internal,
    ];

    pub(super) fn about(self) -> About {
        let (slug, status, title, detail) = match self {
            Self::NotJson => (
                "not-json",
                StatusCode::BAD_REQUEST,
                "The body is not JSON",
                "The body could not be read as JSON. Send one JSON object in UTF-8.",
            ),
            Self::WrongQuery => (
                "wrong-query",
                StatusCode::BAD_REQUEST,
                "The query is not understood",
                "The part of the address after the question mark holds something that this call does not take.",
            ),
            Self::NotFound => (
                "not-found",
                StatusCode::NOT_FOUND,
                "There is nothing here",
                "This address holds nothing. The calls are listed in /openapi.json, the programs in /v1/programs.",
            ),
            Self::MethodNotAllowed => (
                "method-not-allowed",
                StatusCode::METHOD_NOT_ALLOWED,
                "This address does not take this method",
                "The header Allow names the methods that this address takes.",
            ),
            Self::NotAcceptable => (
                "not-acceptable",
                StatusCode::NOT_ACCEPTABLE,
                "Only JSON can be given",
                "The header Accept leaves out application/json, and this call gives nothing else.",
            ),
            Self::TooSlow => (
                "too-slow",
                StatusCode::REQUEST_TIMEOUT,
                "The body took too long",
                "The body of the request was not all there in ten seconds.",
            ),
            Self::TooLarge => {
                ("too-large", StatusCode::PAYLOAD_TOO_LARGE, "The body is too large", TOO_LARGE.as_str())
            }
            Self::WrongMediaType => (
                "wrong-media-type",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "The body must be plain JSON",
                "Send the body as application/json in UTF-8, not compressed.",
            ),
            Self::WrongSituation => (
                "wrong-situation",
                StatusCode::UNPROCESSABLE_ENTITY,
                "The situation is not understood",
                "The body is JSON, but not a situation. Everything that is wrong with it is listed in errors.",
            ),
            Self::TooManyRequests => (
                "too-many-requests",
                StatusCode::TOO_MANY_REQUESTS,
                "Too many requests",
                "Wait as long as the header Retry-After says, and ask again.",
            ),
            Self::Internal => (
                "internal",
                StatusCode::INTERNAL_SERVER_ERROR,
                "The service failed",
                "This is a fault of the service, not of the request. Nothing of the request was kept.",
            ),
        };
        About { slug, status, title, detail }
    }

    /// The reference that names the kind.
    pub(super) fn reference(self) -> String {
        format!("/problems/{}", self.about().slug)
    }
}

/// What is wrong, as RFC 9457 has it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// Which kind of problem it is: a reference to a page of this service that explains it.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference")]
    kind: String,
    /// The kind of problem in a few words.
    title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened this time, and what to do about it.
    detail: String,
    /// Everything that is wrong with the request, at once; empty where nothing can be pointed at.
    errors: Vec<Fault>,
}

/// One thing that is wrong with a request. It never repeats a value that was sent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Fault {
    /// JSON Pointer to the value; for a name that is not known, to the object that holds it. For a query, to the
    /// parameter, as if the query were an object.
    #[schema(format = "json-pointer")]
    pub(super) pointer: String,
    /// A fixed code.
    pub(super) code: &'static str,
    /// What is wrong, in plain words.
    pub(super) detail: String,
    /// What would be right.
    pub(super) expected: String,
    /// The known name or code that is nearest to the one sent.
    #[schema(required)]
    pub(super) did_you_mean: Option<String>,
}

impl From<ReadFault> for Fault {
    fn from(fault: ReadFault) -> Self {
        let ReadFault { pointer, code, detail, expected, did_you_mean } = fault;
        Self { pointer, code, detail, expected, did_you_mean }
    }
}

impl Problem {
    /// A problem that its kind explains.
    pub(super) fn new(kind: Kind) -> Self {
        let About { status, title, detail, .. } = kind.about();
        let detail = detail.to_owned();
        Self { kind: kind.reference(), title, status: status.as_u16(), detail, errors: Vec::new() }
    }

    /// The same, with words of its own.
    pub(super) fn saying(self, detail: String) -> Self {
        Self { detail, ..self }
    }

    /// The same, with each fault.
    pub(super) fn with(self, errors: Vec<Fault>) -> Self {
        Self { errors, ..self }
    }

    /// The reply.
    pub(super) fn into_response(self) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // Texts and numbers alone: this cannot fail, and a reply without a body still has its status.
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = HttpResponse::build(status);
        response
            .content_type("application/problem+json")
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::CONTENT_LANGUAGE, "en"));
        if status == StatusCode::TOO_MANY_REQUESTS {
            response.insert_header((header::RETRY_AFTER, RETRY_AFTER_SECONDS));
        }
        response.body(body)
    }
}

/// The reply where no route fits.
pub(super) async fn no_route() -> HttpResponse {
    Problem::new(Kind::NotFound).into_response()
}

/// The reply to a method that a route does not take.
pub(super) fn wrong_method(allowed: &'static str) -> HttpResponse {
    let mut response = Problem::new(Kind::MethodNotAllowed).into_response();
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}

/// Every kind of problem.
#[derive(Serialize, ToSchema)]
pub(super) struct ProblemList {
    /// Every kind of problem that this service reports.
    problems: Vec<ProblemKind>,
}

/// One kind of problem.
#[derive(Serialize, ToSchema)]
pub(super) struct ProblemKind {
    /// The reference by which replies name it.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference")]
    kind: String,
    /// The HTTP status that goes with it.
    status: u16,
    /// In a few words.
    title: &'static str,
    /// What it means, and what to do about it.
    detail: &'static str,
}

impl From<Kind> for ProblemKind {
    fn from(kind: Kind) -> Self {
        let About { status, title, detail, .. } = kind.about();
        Self { kind: kind.reference(), status: status.as_u16(), title, detail }
    }
}

fn page(request: &HttpRequest, page: impl Serialize) -> HttpResponse {
    if let Err(problem) = negotiation::require_json(request.headers()) {
        return problem.into_response();
    }
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "public, max-age=3600")).json(page)
}

/// The kinds of problem
///
/// Every `type` that an error of this service can have, with its status and what to do about it.
#[utoipa::path(get, path = "/problems", tag = "probes",
    responses((status = 200, description = "Every kind of problem", body = ProblemList)))]
pub(super) async fn problems(request: HttpRequest) -> HttpResponse {
    page(&request, ProblemList { problems: Kind::ALL.into_iter().map(ProblemKind::from).collect() })
}

/// One kind of problem
///
/// What the `type` of an error leads to.
#[utoipa::path(get, path = "/problems/{kind}", tag = "probes",
    params(("kind" = String, Path, description = "The last part of the type", example = "wrong-situation")),
    responses((status = 200, description = "This kind of problem", body = ProblemKind)))]
pub(super) async fn problem(request: HttpRequest) -> HttpResponse {
    let asked = request.match_info().get("kind").unwrap_or_default();
    match Kind::ALL.into_iter().find(|kind| kind.about().slug == asked) {
        Some(kind) => page(&request, ProblemKind::from(kind)),
        None => Problem::new(Kind::NotFound).into_response(),
    }
}

/// Answers every method but those allowed.
pub(super) fn only(allowed: &'static str) -> actix_web::Route {
    web::to(move |_: Method| async move { wrong_method(allowed) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        let pairs = [(0, "0"), (999, "999"), (1000, "1,000"), (100_000, "100,000"), (1_048_576, "1,048,576")];
        for (number, written) in pairs {
            assert_eq!(grouped(number), written);
        }
    }
}
