//! The form of an error.

use reqwest::blocking::Response;
use serde_json::Value as Json;

use crate::document::{assert_conforms, component};
use crate::server::header;

/// Checks the form of an error, and gives it.
pub(crate) fn problem(response: Response, status: u16, slug: &str) -> Json {
    assert_eq!(response.status().as_u16(), status, "{slug}");
    assert_eq!(header(&response, "content-type"), "application/problem+json");
    assert_eq!(header(&response, "cache-control"), "no-store");
    let problem: Json = response.json().expect("JSON");
    assert_eq!(problem["type"], format!("/problems/{slug}"));
    assert_eq!(problem["status"], status);
    assert_conforms(&component("Problem"), &problem);
    problem
}

pub(crate) fn codes(problem: &Json) -> Vec<(&str, &str)> {
    let errors = problem["errors"].as_array().expect("a list");
    errors.iter().map(|error| (error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())).collect()
}
