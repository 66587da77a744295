//! What a caller asks for in headers: the form and language of the reply, and whether they have it already.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName};
use serde::Serialize;

use crate::kernel::Language;

use super::Service;
use super::problem::{Kind, Problem};

/// The choices of one header, each with its weight from 0 to 1000.
fn choices(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = (&str, u32)> {
    headers
        .get_all(name)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|choice| {
            let mut parts = choice.split(';').map(str::trim);
            let wanted = parts.next().filter(|wanted| !wanted.is_empty())?;
            let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            Some((wanted, weight.map_or(Some(1000), weigh)?))
        })
}

/// A weight of at most three decimals, in thousandths.
fn weigh(text: &str) -> Option<u32> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if part.len() > 3 || !part.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    match whole {
        "1" => Some(1000),
        "0" => format!("{part:0<3}").parse().ok(),
        _ => None,
    }
}

/// The language to answer in: English, unless Spanish is wanted more.
pub(super) fn language(headers: &HeaderMap) -> Language {
    let mut english = None;
    let mut spanish = None;
    let mut any = None;
    for (position, (range, weight)) in choices(headers, header::ACCEPT_LANGUAGE).enumerate() {
        let primary = range.split('-').next().unwrap_or_default();
        let place = match primary.to_ascii_lowercase().as_str() {
            "en" => &mut english,
            "es" => &mut spanish,
            "*" => &mut any,
            _ => continue,
        };
        // Of two that are wanted alike, the first named.
        let wanted = (weight, usize::MAX - position);
        *place = (*place).max(Some(wanted));
    }
    let english = english.or(any);
    match spanish {
        Some(spanish) if spanish.0 > 0 && english.is_none_or(|english| spanish > english) => {
            Language::Spanish
        }
        _ => Language::English,
    }
}

/// A form of reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// JSON.
    Json,
    /// An Atom feed.
    Atom,
}

impl Form {
    /// Its media type.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Atom => "application/atom+xml",
        }
    }
}

/// Whether a reply in a form is acceptable: the most exact range that covers it decides.
pub(super) fn accepts(headers: &HeaderMap, form: Form) -> bool {
    if !headers.contains_key(header::ACCEPT) {
        return true;
    }
    let mut best = (0, 0);
    for (range, weight) in choices(headers, header::ACCEPT) {
        let exactness = match range.to_ascii_lowercase().as_str() {
            exact if exact == form.media_type() => 3,
            "application/*" => 2,
            "*/*" => 1,
            _ => continue,
        };
        best = best.max((exactness, weight));
    }
    best.1 > 0
}

/// Whether a large reply may be compressed.
pub(super) fn accepts_gzip(headers: &HeaderMap) -> bool {
    choices(headers, header::ACCEPT_ENCODING)
        .any(|(coding, weight)| weight > 0 && coding.eq_ignore_ascii_case("gzip"))
}

/// Refuses a caller who does not take JSON.
pub(super) fn require_json(headers: &HeaderMap) -> Result<(), Problem> {
    require(headers, Form::Json)
}

fn require(headers: &HeaderMap, form: Form) -> Result<(), Problem> {
    if accepts(headers, form) { Ok(()) } else { Err(Problem::new(Kind::NotAcceptable)) }
}

/// A part of the rule set: the same until the law here changes, so it may be kept and asked for again.
/// `variant` tells apart what else the reply depends on.
pub(super) fn rule_set<T: Serialize>(
    request: &HttpRequest,
    service: &Service,
    variant: &str,
    make: impl FnOnce(Language) -> Result<T, Problem>,
) -> HttpResponse {
    kept(request, service, variant, Form::Json, |language| {
        serde_json::to_vec(&make(language)?).map_err(|_| Problem::new(Kind::Internal))
    })
}

/// The same of any form: `make` writes the reply, if the caller does not hold it already.
pub(super) fn kept(
    request: &HttpRequest,
    service: &Service,
    variant: &str,
    form: Form,
    make: impl FnOnce(Language) -> Result<Vec<u8>, Problem>,
) -> HttpResponse {
    let build = || {
        require(request.headers(), form)?;
        let language = language(request.headers());
        let tag = tag(&service.book.hash, &[language.tag(), variant]);
        if has_already(request.headers(), &tag) {
            return Ok(fresh(StatusCode::NOT_MODIFIED, language, tag).finish());
        }
        let reply = make(language)?;
        Ok(fresh(StatusCode::OK, language, tag).content_type(form.media_type()).body(reply))
    };
    build().unwrap_or_else(Problem::into_response)
}

/// The tag of a reply that is made of the rules with this hash, by this version of the program: another version may
/// write the same law in another form. `parts` tell apart what else the reply depends on.
pub(super) fn tag(hash: &str, parts: &[&str]) -> String {
    let parts = parts.iter().filter(|part| !part.is_empty());
    let parts: String = parts.map(|part| format!("-{part}")).collect();
    format!("W/\"{hash}-{}{parts}\"", env!("CARGO_PKG_VERSION"))
}

fn fresh(status: StatusCode, language: Language, tag: String) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=60, must-revalidate"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::VARY, "Accept-Language, Accept-Encoding"));
    response
}

/// Whether the caller holds the reply with this tag.
pub(super) fn has_already(headers: &HeaderMap, tag: &str) -> bool {
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    headers
        .get_all(header::IF_NONE_MATCH)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|held| held.trim() == "*" || strong(held) == strong(tag))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_static(value));
        headers
    }

    #[test]
    fn spanish_only_when_it_is_wanted_more() {
        for (value, wanted) in [
            ("es", Language::Spanish),
            ("es-MX,es;q=0.9,en;q=0.8", Language::Spanish),
            ("en-US,es;q=0.9", Language::English),
            ("es;q=0.5,en;q=0.6", Language::English),
            ("en,es", Language::English),
            ("es,en", Language::Spanish),
            ("fr", Language::English),
            ("fr,es;q=0.1", Language::Spanish),
            ("es;q=0", Language::English),
            ("es;q=nonsense", Language::English),
            ("*,es;q=0.5", Language::English),
            ("*;q=0.1,es", Language::Spanish),
        ] {
            assert_eq!(language(&headers(header::ACCEPT_LANGUAGE, value)), wanted, "{value}");
        }
        assert_eq!(language(&HeaderMap::new()), Language::English);
    }

    #[test]
    fn the_most_exact_range_decides() {
        for (value, accepted) in [
            ("*/*", true),
            ("application/json", true),
            ("application/json; charset=utf-8", true),
            ("text/html,application/*;q=0.2", true),
            ("text/html", false),
            ("application/json;q=0, */*", false),
            ("text/html, */*;q=0.1", true),
        ] {
            assert_eq!(accepts(&headers(header::ACCEPT, value), Form::Json), accepted, "{value}");
        }
    }
}
