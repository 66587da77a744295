//! A situation in, answers out. Nothing of it outlives the reply.

use std::panic::{AssertUnwindSafe, catch_unwind};

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::answer::{Asked, Reply};
use crate::kernel::Language;
use crate::today;
use crate::vocabulary::{ReadFault, Unreadable, parse};

use super::problem::{Fault, Kind, Problem};
use super::query::Query;
use super::{Service, body, negotiation};

/// Bytes of most replies, so that few grow while they are written.
const USUAL_REPLY: usize = 64 * 1024;

/// What the law gives this household
///
/// Answers for every program, or for those named in `options.programs`. Leave out what is not known: an answer that
/// rests on it then says `needs_information` and what to ask. Nothing that is sent is kept or written anywhere.
#[utoipa::path(post, path = "/v1/eligibility", tag = "answers",
    params(("Accept-Language" = Option<String>, Header,
        description = "The language of the words: `en` (default) or `es`", example = "es")),
    responses((status = 200, description = "An answer for each program", body = Reply<'static>)))]
pub(super) async fn eligibility(
    request: HttpRequest,
    payload: web::Payload,
    service: web::Data<Service>,
) -> HttpResponse {
    match reply(&request, payload, &service).await {
        Ok((body, language)) => HttpResponse::Ok()
            .content_type("application/json")
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::CONTENT_LANGUAGE, language.tag()))
            .insert_header((header::VARY, "Accept-Language"))
            .body(body),
        Err(problem) => problem.into_response(),
    }
}

async fn reply(
    request: &HttpRequest,
    payload: web::Payload,
    service: &web::Data<Service>,
) -> Result<(Vec<u8>, Language), Problem> {
    // Facts in an address would be logged by every proxy on the way; none is overlooked.
    Query::read(request.query_string(), &service.book, &[])?;
    negotiation::require_json(request.headers())?;
    let language = negotiation::language(request.headers());
    let (waiting, place) = service.admission.admit()?;
    let body = body::read(request, payload).await?;
    let service = service.clone();
    // Apart from the threads that serve connections: a household of fifty of whom little is told takes a while.
    let answered = web::block(move || {
        if !place.is_awaited() {
            return Err(Problem::new(Kind::Internal));
        }
        // A fault of ours must not take the thread with it, and must not say what it was working on.
        let answered = catch_unwind(AssertUnwindSafe(|| answer(&service, &body, language)));
        answered.unwrap_or_else(|_| Err(Problem::new(Kind::Internal)))
    });
    let answered = answered.await.unwrap_or_else(|_| Err(Problem::new(Kind::Internal)));
    drop(waiting);
    let answered = answered?;
    Ok((answered, language))
}

/// Reads, answers and writes; no more than this is done for a request.
fn answer(service: &Service, body: &[u8], language: Language) -> Result<Vec<u8>, Problem> {
    let book = service.book.as_ref();
    let parsed = parse(body, &book.vocabulary).map_err(unreadable)?;
    let asked = Asked::read(book, parsed, |state| today::in_state(&book.vocabulary, state));
    let reply = asked.reply(book, language).map_err(wrong)?;
    let mut written = Vec::with_capacity(USUAL_REPLY);
    serde_json::to_writer(&mut written, &reply).map_err(|_| Problem::new(Kind::Internal))?;
    Ok(written)
}

fn wrong(faults: Vec<ReadFault>) -> Problem {
    Problem::new(Kind::WrongSituation).with(faults.into_iter().map(Fault::from).collect())
}

fn unreadable(why: Unreadable) -> Problem {
    if matches!(why, Unreadable::TooMany) {
        return Problem::new(Kind::TooLarge);
    }
    let detail = format!(
        "The body could not be read as JSON: {why}. Send one JSON object in UTF-8, nested no deeper than 127 levels."
    );
    Problem::new(Kind::NotJson).saying(detail)
}
