//! The documentation page and the document that it shows. All of it comes from this binary: the page may load
//! nothing from anywhere else, runs no script written into it, and keeps nothing.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};

use super::Service;
use super::negotiation;
use super::problem::{Kind, Problem};

const PAGE: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Interface</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<script src="/docs/swagger-ui-bundle.js" defer></script>
<script src="/docs/start.js" defer></script>
</head>
<body>
<noscript><p>This page needs scripts. The same can be read in <a href="/openapi.json">the document itself</a>.</p></noscript>
<main id="page"></main>
</body>
</html>
"#;

const START: &str = r##"window.addEventListener("DOMContentLoaded", function () {
  SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#page",
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    defaultModelsExpandDepth: 0,
    persistAuthorization: false
  });
});
"##;

/// What the page may load: its own files, and small pictures written into its style sheet.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The files of the page that come with the reader.
const FILES: [&str; 3] = ["swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"];

fn kept() -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::VARY, "Accept-Encoding"));
    response
}

/// This document
///
/// OpenAPI 3.1. The schema of a situation in it is made from the vocabulary that the service runs with.
#[utoipa::path(get, path = "/openapi.json", tag = "documentation",
    responses((status = 200, description = "The document", body = Object)))]
pub(super) async fn openapi(request: HttpRequest, service: web::Data<Service>) -> HttpResponse {
    if let Err(problem) = negotiation::require_json(request.headers()) {
        return problem.into_response();
    }
    let tag = negotiation::tag(&service.book.hash, &[]);
    let mut response = if negotiation::has_already(request.headers(), &tag) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=60, must-revalidate"))
        .insert_header((header::VARY, "Accept-Encoding"));
    let mut response = response.content_type("application/json").body(service.openapi.clone());
    if response.status() == actix_web::http::StatusCode::NOT_MODIFIED {
        response = response.drop_body().map_into_boxed_body();
    }
    response
}

/// The documentation page
///
/// This document, to read and to try. It works offline and makes no request to anybody else.
#[utoipa::path(get, path = "/docs", tag = "documentation",
    responses((status = 200, description = "The page", body = String, content_type = "text/html")))]
pub(super) async fn page() -> HttpResponse {
    kept().content_type("text/html; charset=utf-8").body(PAGE)
}

/// A file of the documentation page.
pub(super) async fn file(request: HttpRequest) -> HttpResponse {
    let asked = request.match_info().get("file").unwrap_or_default();
    if asked == "start.js" {
        return kept().content_type("text/javascript; charset=utf-8").body(START);
    }
    let known = FILES.into_iter().find(|file| *file == asked);
    let found = known.and_then(|file| {
        let config: Arc<utoipa_swagger_ui::Config<'static>> =
            Arc::new(utoipa_swagger_ui::Config::from("/openapi.json"));
        utoipa_swagger_ui::serve(file, config).ok().flatten()
    });
    let Some(file) = found else { return Problem::new(Kind::NotFound).into_response() };
    let bytes = match file.bytes {
        Cow::Borrowed(bytes) => web::Bytes::from_static(bytes),
        Cow::Owned(bytes) => web::Bytes::from(bytes),
    };
    kept().content_type(file.content_type).body(bytes)
}
