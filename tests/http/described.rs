//! The document describes every call, and what is served has the form that it describes.

use onward::api::openapi;
use onward::rulebook::load_embedded;

use crate::bodies::{example, root};
use crate::document::{assert_conforms, component, document, operations};
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
