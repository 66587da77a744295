//! Households that are sent.

use std::path::Path;

use serde_json::{Value as Json, json};

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn example() -> Json {
    let text = std::fs::read_to_string(root().join("openapi/examples/situation.json")).expect("the example");
    serde_json::from_str(&text).expect("JSON")
}

/// A household with nothing but what is required, and these facts of its one person.
pub(crate) fn person_with(facts: Json) -> Json {
    let mut person = json!({ "id": "a", "applicant": true });
    person.as_object_mut().expect("an object").extend(facts.as_object().expect("an object").clone());
    json!({ "state": "AR", "as_of": "2026-11-23", "people": [person], "options": { "programs": ["snap"] } })
}
