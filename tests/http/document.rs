//! The OpenAPI document as it is served, and whether a value has the form that it gives.

use std::sync::OnceLock;

use serde_json::{Value as Json, json};

use crate::server::server;

/// Why a value does not have the form that the document gives it.
pub(crate) fn departures(schema: &Json, value: &Json) -> Vec<String> {
    let mut schema = schema.clone();
    schema["components"] = document()["components"].clone();
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    validator.iter_errors(value).map(|error| format!("{} at {}", error, error.instance_path())).collect()
}

pub(crate) fn assert_conforms(schema: &Json, value: &Json) {
    let departures = departures(schema, value);
    assert!(departures.is_empty(), "{schema}: {departures:#?}");
}

pub(crate) fn component(name: &str) -> Json {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

pub(crate) fn document() -> &'static Json {
    static DOCUMENT: OnceLock<Json> = OnceLock::new();
    DOCUMENT.get_or_init(|| server().json("/openapi.json"))
}

/// Each operation of the document, with its path and method.
pub(crate) fn operations() -> Vec<(String, String, Json)> {
    let paths = document()["paths"].as_object().expect("paths");
    let of = |(path, item): (&String, &Json)| {
        let item = item.as_object().expect("methods").clone();
        item.into_iter().map(|(method, operation)| (path.clone(), method, operation)).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of).collect()
}
