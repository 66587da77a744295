//! The OpenAPI document: fixed structures from the types that are written, the situation from the vocabulary, the
//! errors from the table of problems. The same rule book gives the same bytes.

use serde_json::{Map, Value as Json, json};
use utoipa::OpenApi;

use crate::rulebook::RuleBook;
use crate::vocabulary::limits::MOST_MEBIBYTES;

use super::answer_codes;
use super::problem::{Kind, Problem, ProblemList};
use super::situation_schema::{SITUATION, components};

const ABOUT: &str = "Tells a survivor of human trafficking which state and federal help the law gives today, why, what \
to bring, what to do first and by when.\n\nA fact that is left out is not known, and not knowing is never taken for \
no. Every result cites its law, with how well the source was checked. Nothing that is sent is kept or written \
anywhere. Money is a decimal string in US dollars. Days are inclusive at both ends.";

#[derive(OpenApi)]
#[openapi(
    info(title = "Onward", description = ABOUT, license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    servers((url = "/", description = "This service")),
    tags(
        (name = "answers", description = "What the law gives a household"),
        (name = "rules", description = "The law on file. These replies may be kept until it changes"),
        (name = "documentation", description = "This document"),
        (name = "probes", description = "The service itself, and its errors")),
    paths(
        super::eligibility::eligibility,
        super::programs::programs,
        super::programs::program,
        super::facts::facts,
        super::law::sources,
        super::law::law,
        super::changes::changes,
        super::changes::feed,
        super::docs::openapi,
        super::docs::page,
        super::problem::problems,
        super::problem::problem,
        super::probes::healthz,
        super::probes::readyz),
    components(schemas(Problem, ProblemList))
)]
struct Fixed;

/// The errors of each call, beside what is documented at its handler.
fn errors(path: &str) -> &'static [Kind] {
    match path {
        "/v1/eligibility" => &[
            Kind::NotJson,
            Kind::NotAcceptable,
            Kind::TooSlow,
            Kind::TooLarge,
            Kind::WrongMediaType,
            Kind::WrongSituation,
            Kind::TooManyRequests,
            Kind::Internal,
        ],
        "/v1/programs"
        | "/v1/facts"
        | "/v1/sources"
        | "/v1/law"
        | "/v1/law/changes"
        | "/v1/law/changes.atom" => &[Kind::WrongQuery, Kind::NotAcceptable],
        "/v1/programs/{id}" => &[Kind::WrongQuery, Kind::NotFound, Kind::NotAcceptable],
        "/problems/{kind}" => &[Kind::NotFound, Kind::NotAcceptable],
        "/problems" | "/openapi.json" => &[Kind::NotAcceptable],
        _ => &[],
    }
}

/// Whether a caller may hold the reply already.
fn is_kept(path: &str) -> bool {
    path == "/openapi.json" || path.starts_with("/v1/") && path != "/v1/eligibility"
}

/// A reply of each call, shortened where it is long.
const EXAMPLES: [(&str, &str); 11] = [
    ("/v1/eligibility", include_str!("../../openapi/examples/eligibility.json")),
    ("/v1/programs", include_str!("../../openapi/examples/programs.json")),
    ("/v1/programs/{id}", include_str!("../../openapi/examples/program.json")),
    ("/v1/facts", include_str!("../../openapi/examples/facts.json")),
    ("/v1/sources", include_str!("../../openapi/examples/sources.json")),
    ("/v1/law", include_str!("../../openapi/examples/law.json")),
    ("/v1/law/changes", include_str!("../../openapi/examples/changes.json")),
    ("/problems", include_str!("../../openapi/examples/problems.json")),
    ("/problems/{kind}", include_str!("../../openapi/examples/problem.json")),
    ("/healthz", include_str!("../../openapi/examples/healthz.json")),
    ("/readyz", include_str!("../../openapi/examples/readyz.json")),
];

const REQUEST: &str = include_str!("../../openapi/examples/situation.json");

/// The OpenAPI 3.1 document of the service that answers from `book`, as text.
#[must_use]
pub fn openapi(book: &RuleBook) -> String {
    // The fixed part is made of texts and numbers alone, so writing it cannot fail; an empty document would show at once.
    let mut document = serde_json::to_value(Fixed::openapi()).unwrap_or_default();
    if let Some(Json::Object(schemas)) = document.pointer_mut("/components/schemas") {
        schemas.extend(components(&book.vocabulary));
        answer_codes::put(schemas);
    }
    if let Some(Json::Object(paths)) = document.pointer_mut("/paths") {
        for (path, item) in paths.iter_mut() {
            for operation in item.as_object_mut().into_iter().flat_map(|item| item.values_mut()) {
                complete(path, operation);
            }
        }
    }
    if let Some(post) = document.pointer_mut("/paths/~1v1~1eligibility/post").and_then(Json::as_object_mut) {
        post.insert("requestBody".to_owned(), request());
    }
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn request() -> Json {
    json!({
        "required": true,
        "description": format!("The situation, and what is wanted. At most {MOST_MEBIBYTES} MiB."),
        "content": { "application/json": {
            "schema": { "$ref": format!("#/components/schemas/{SITUATION}") },
            "example": example(REQUEST),
        } },
    })
}

/// An example as JSON; a test reads each of them, so none is broken.
fn example(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_default()
}

/// Adds to an operation what all of its kind have.
fn complete(path: &str, operation: &mut Json) {
    let Some(responses) = operation.pointer_mut("/responses").and_then(Json::as_object_mut) else { return };
    let reply = responses.get_mut("200").and_then(|reply| reply.pointer_mut("/content/application~1json"));
    let known = EXAMPLES.iter().find(|(of, _)| *of == path);
    if let (Some(Json::Object(reply)), Some((_, text))) = (reply, known) {
        reply.insert("example".to_owned(), example(text));
    }
    if is_kept(path) {
        let description = "The reply that If-None-Match names is still the same";
        responses.insert("304".to_owned(), json!({ "description": description }));
    }
    for kind in errors(path) {
        responses.insert(kind.about().status.as_str().to_owned(), error(*kind));
    }
    // By status, whatever the order in which they were found.
    let mut sorted: Vec<(String, Json)> = std::mem::take(responses).into_iter().collect();
    sorted.sort_by(|one, two| one.0.cmp(&two.0));
    *responses = sorted.into_iter().collect::<Map<String, Json>>();
}

fn error(kind: Kind) -> Json {
    let about = kind.about();
    let errors = match kind {
        Kind::WrongSituation => json!([{
            "pointer": "/people/0/immigration_status", "code": "unknown-code",
            "detail": "The vocabulary has no such code.",
            "expected": "a code of the list that the vocabulary gives for this fact",
            "did_you_mean": "t_nonimmigrant",
        }]),
        Kind::WrongQuery => json!([{
            "pointer": "/as_of", "code": "bad-date", "detail": "This is no day of the calendar.",
            "expected": "a day as year-month-day", "did_you_mean": null,
        }]),
        _ => json!([]),
    };
    let mut error = json!({
        "description": about.title,
        "content": { "application/problem+json": {
            "schema": { "$ref": "#/components/schemas/Problem" },
            "example": { "type": kind.reference(), "title": about.title, "status": about.status.as_u16(),
                "detail": about.detail, "errors": errors },
        } },
    });
    if let (Kind::TooManyRequests, Some(error)) = (kind, error.as_object_mut()) {
        let header = json!({ "description": "Seconds to wait before asking again",
            "schema": { "type": "integer", "minimum": 1 } });
        error.insert("headers".to_owned(), json!({ "Retry-After": header }));
    }
    error
}
