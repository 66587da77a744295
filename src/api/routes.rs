//! Which address is answered by whom.

use actix_web::dev::HttpServiceFactory;
use actix_web::middleware::Compress;
use actix_web::{FromRequest, Handler, Responder, Route, guard, web};

use super::{changes, docs, eligibility, facts, law, probes, problem, programs};

const READ: &str = "GET, HEAD";
const ASK: &str = "POST";

/// Every route of the service.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/v1/eligibility")
                .route(web::post().to(eligibility::eligibility))
                .default_service(problem::only(ASK)),
        )
        .service(large("/v1/programs", programs::programs))
        .service(large("/v1/programs/{id}", programs::program))
        .service(large("/v1/facts", facts::facts))
        .service(large("/v1/sources", law::sources))
        .service(large("/v1/law", law::law))
        .service(large("/v1/law/changes", changes::changes))
        .service(large("/v1/law/changes.atom", changes::feed))
        .service(large("/openapi.json", docs::openapi))
        .service(large("/docs", docs::page))
        .service(large("/docs/{file}", docs::file))
        .service(small("/problems", problem::problems))
        .service(small("/problems/{kind}", problem::problem))
        .service(small("/healthz", probes::healthz))
        .service(small("/readyz", probes::readyz))
        .default_service(web::to(problem::no_route));
}

/// A page that may be large: compressed for those who ask. Answers to a situation never are: they are small, and
/// nothing about a household should show in how well it compresses.
fn large<F, Args>(path: &'static str, handler: F) -> impl HttpServiceFactory + 'static
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path)
        .route(read().to(handler))
        .default_service(problem::only(READ))
        .wrap(Compress::default())
}

fn small<F, Args>(path: &'static str, handler: F) -> impl HttpServiceFactory + 'static
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path).route(read().to(handler)).default_service(problem::only(READ))
}

fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}
