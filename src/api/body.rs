//! The body of a request, within bounds of size and time.

use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, rt, web};
use futures_util::StreamExt;

use crate::vocabulary::limits::MOST_BYTES;

use super::problem::{Kind, Problem};

/// A body that is not much larger is read to its end, so that the caller gets to read why it is refused.
const DRAINED: usize = 4 * MOST_BYTES;
/// A body that is not all there after this time is refused.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Room made for a body before any of it has come.
const AT_ONCE: usize = 64 * 1024;

/// Reads a body that says it is JSON.
pub(super) async fn read(request: &HttpRequest, payload: web::Payload) -> Result<web::BytesMut, Problem> {
    require_json(request)?;
    rt::time::timeout(TIMEOUT, collect(request, payload))
        .await
        .unwrap_or_else(|_| Err(Problem::new(Kind::TooSlow)))
}

async fn collect(request: &HttpRequest, mut payload: web::Payload) -> Result<web::BytesMut, Problem> {
    let length =
        request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let length: usize = length.unwrap_or(0);
    if length > DRAINED {
        return Err(Problem::new(Kind::TooLarge));
    }
    let mut body = web::BytesMut::with_capacity(length.min(AT_ONCE));
    let mut read = 0usize;
    while let Some(chunk) = payload.next().await {
        // The connection broke, so nobody reads this.
        let chunk = chunk.map_err(|_| Problem::new(Kind::NotJson))?;
        read = read.saturating_add(chunk.len());
        if read > DRAINED {
            break;
        }
        if read <= MOST_BYTES {
            body.extend_from_slice(&chunk);
        }
    }
    if read > MOST_BYTES { Err(Problem::new(Kind::TooLarge)) } else { Ok(body) }
}

fn require_json(request: &HttpRequest) -> Result<(), Problem> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let mut parts = header(header::CONTENT_TYPE).unwrap_or_default().split(';').map(str::trim);
    let media = parts.next().unwrap_or_default();
    let text = parts.all(is_utf8);
    let plain = header(header::CONTENT_ENCODING).is_none_or(|coding| coding.eq_ignore_ascii_case("identity"));
    if media.eq_ignore_ascii_case("application/json") && text && plain {
        Ok(())
    } else {
        Err(Problem::new(Kind::WrongMediaType))
    }
}

/// Whether a parameter of a media type leaves it UTF-8, which JSON always is.
fn is_utf8(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let value = value.trim().trim_matches('"');
    !name.trim().eq_ignore_ascii_case("charset")
        || ["utf-8", "utf8"].iter().any(|known| value.eq_ignore_ascii_case(known))
}
