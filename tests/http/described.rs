//! The document describes every call, and what is served has the form that it describes.

use onward::api::openapi;
use onward::rulebook::load_embedded;
use onward::vocabulary::limits;
use serde_json::json;

use crate::bodies::{example, person_with, root};
use crate::document::{assert_conforms, component, departures, document, operations};
use crate::server::{header, server};

#[test]
fn the_committed_document_is_the_one_that_is_served() {
    let committed = std::fs::read_to_string(root().join("openapi/onward.json")).expect("the document");
    let served = server().get("/openapi.json").send().unwrap().text().unwrap();
    assert!(committed == served, "openapi/onward.json is stale: run `onward openapi > openapi/onward.json`");
    let again = openapi(&load_embedded().expect("sound rules"));
    assert!(served == again, "the document is not the same each time");
}

#[test]
fn the_document_describes_every_call_whole() {
    let document = document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(document["info"]["license"]["name"], "MIT OR Apache-2.0");
    for (path, method, operation) in operations() {
        let at = format!("{method} {path}");
        for words in ["summary", "description", "operationId"] {
            assert!(operation[words].as_str().is_some_and(|words| !words.is_empty()), "{at} has no {words}");
        }
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.contains_key("200"), "{at}");
        for (status, response) in responses {
            assert!(response["description"].as_str().is_some_and(|words| !words.is_empty()), "{at} {status}");
            for (media, content) in response["content"].as_object().into_iter().flatten() {
                if !media.ends_with("json") || path == "/openapi.json" && status == "200" {
                    continue;
                }
                assert!(content["example"].is_object(), "{at} {status} has no example");
                assert_conforms(&content["schema"], &content["example"]);
            }
        }
    }
    assert_conforms(&component("Situation"), &example());
}

#[test]
fn the_document_promises_nothing_that_is_not_given() {
    // Only a call that may be refused for being one too many says so, and when to come back.
    for (path, method, operation) in operations() {
        let promised = operation["responses"].get("429");
        assert_eq!(promised.is_some(), path == "/v1/eligibility", "{method} {path}");
        assert!(promised.is_none_or(|one| one["headers"]["Retry-After"]["schema"]["type"] == "integer"));
    }
    // No record of an answer is given, and the document does not say that one is.
    let schema = &document()["components"]["schemas"]["SituationOptions"]["properties"]["receipt"];
    let words = schema["description"].as_str().unwrap();
    assert!(words.contains("This version gives none"), "{words}");
    let ask = |wanted: bool| {
        let mut body = example();
        body["options"]["receipt"] = wanted.into();
        server().ask(&body).bytes().expect("a body")
    };
    assert_eq!(ask(true), ask(false));
}

#[test]
fn the_document_tells_the_limits_that_reading_keeps() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["PersonId"]["pattern"], format!("^[a-z0-9_-]{{1,{}}}$", limits::LONGEST_ID));
    let income = &schemas["SituationPerson"]["properties"]["income"]["anyOf"][0];
    assert_eq!(income["maxItems"], limits::MOST_ITEMS);
    let body = &document["paths"]["/v1/eligibility"]["post"]["requestBody"]["description"];
    assert!(body.as_str().unwrap().contains(&format!("{} MiB", limits::MOST_BYTES >> 20)), "{body}");
    let too_large = server().json("/problems/too-large")["detail"].as_str().unwrap().replace(',', "");
    for limit in [limits::MOST_BYTES, limits::MOST_VALUES] {
        assert!(too_large.contains(&limit.to_string()), "{too_large}");
    }
    let money = schemas["Money"]["pattern"].as_str().unwrap();
    for (digits, taken) in [(limits::MOST_DIGITS, true), (limits::MOST_DIGITS + 1, false)] {
        let body = person_with(json!({ "income_this_year": "9".repeat(digits) }));
        assert_eq!(departures(&component("Situation"), &body).is_empty(), taken, "{money}");
        assert_eq!(server().ask(&body).status() == 200, taken, "{digits} digits");
    }
}

#[test]
fn every_documented_page_is_there_and_has_its_form() {
    for (path, method, operation) in operations() {
        if method != "get" || path == "/docs" || path == "/openapi.json" {
            continue;
        }
        let real = path.replace("{id}", "snap").replace("{kind}", "not-json");
        let response = server().get(&real).send().unwrap();
        assert_eq!(response.status(), 200, "{real}");
        let content = &operation["responses"]["200"]["content"];
        let media = header(&response, "content-type").to_owned();
        assert!(content[&media].is_object(), "{real} is {media}");
        if media == "application/json" {
            assert_conforms(&content[&media]["schema"], &response.json().unwrap());
        }
    }
}
