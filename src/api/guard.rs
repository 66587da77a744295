//! Around every request: the headers that keep a browser from leaking, and one log line.
//!
//! The line holds the method, the route's pattern, the status and the time taken. Never the path, the query, a
//! header, the body, an id or an address: whoever reads the log learns that somebody asked, and nothing else.

use std::time::Instant;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, header::HeaderMap};
use actix_web::middleware::Next;

use super::negotiation;

const ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin")),
    // What says nothing else about keeping it is not kept.
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// Adds the headers that a handler has not set itself, and logs.
pub(super) async fn around(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let method = known_method(request.method());
    if !negotiation::accepts_gzip(request.headers()) {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    let mut response = next.call(request).await?;
    protect(response.headers_mut());
    if tracing::enabled!(tracing::Level::INFO) {
        let pattern = response.request().match_pattern();
        let route = pattern.as_deref().unwrap_or("none");
        let status = response.status().as_u16();
        let milliseconds = (started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        tracing::info!(method, route, status, milliseconds);
    }
    Ok(response)
}

fn protect(headers: &mut HeaderMap) {
    for (name, value) in ALWAYS {
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    }
}

/// A method's name, if it is one that HTTP defines: a made-up one is text that was sent.
fn known_method(method: &Method) -> &'static str {
    const KNOWN: [(&Method, &str); 9] = [
        (&Method::GET, "GET"),
        (&Method::HEAD, "HEAD"),
        (&Method::POST, "POST"),
        (&Method::PUT, "PUT"),
        (&Method::PATCH, "PATCH"),
        (&Method::DELETE, "DELETE"),
        (&Method::OPTIONS, "OPTIONS"),
        (&Method::TRACE, "TRACE"),
        (&Method::CONNECT, "CONNECT"),
    ];
    KNOWN.iter().find(|(known, _)| *known == method).map_or("other", |(_, name)| name)
}
