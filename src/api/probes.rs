//! Whether the process lives, and whether it can answer.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::Service;

/// The state of the service.
#[derive(Serialize, ToSchema)]
pub(super) struct Health {
    /// `ok` or `ready`.
    status: &'static str,
    /// The law that it answers from; given when it is ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    law: Option<String>,
}

/// Whether the process lives
///
/// Looks at nothing else.
#[utoipa::path(get, path = "/healthz", tag = "probes",
    responses((status = 200, description = "It lives", body = Health)))]
pub(super) async fn healthz() -> HttpResponse {
    HttpResponse::Ok().json(Health { status: "ok", law: None })
}

/// Whether the service can answer
///
/// It is ready when the whole law is read and checked, which is before it takes its first request.
#[utoipa::path(get, path = "/readyz", tag = "probes",
    responses((status = 200, description = "It can answer", body = Health)))]
pub(super) async fn readyz(service: web::Data<Service>) -> HttpResponse {
    HttpResponse::Ok().json(Health { status: "ready", law: Some(service.book.hash.clone()) })
}
