//! A household is answered.

use chrono::Utc;
use chrono_tz::US::Central;
use onward::kernel::Day;
use serde_json::{Value as Json, json};

use crate::bodies::{example, person_with};
use crate::document::{assert_conforms, component};
use crate::server::{header, server};

#[test]
fn a_household_is_answered() {
    let response = server().ask(&example());
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "content-type"), "application/json");
    assert_eq!(header(&response, "cache-control"), "no-store");
    assert_eq!(header(&response, "content-language"), "en");
    assert_eq!(header(&response, "vary"), "Accept-Language");
    let reply: Json = response.json().expect("JSON");
    assert_eq!(reply["as_of"], "2026-11-23");
    assert_eq!(reply["law"]["hash"], server().json("/v1/law")["hash"]);
    assert_eq!(reply["answers"][0]["program"], "snap");
    assert_eq!(reply["answers"].as_array().map(Vec::len), Some(1));
}

#[test]
fn the_same_request_gives_the_same_bytes() {
    let ask = || server().ask(&example()).bytes().expect("a body");
    assert_eq!(ask(), ask());
}

#[expect(clippy::disallowed_methods, reason = "the service's clock is compared with the test's own")]
fn today_in_arkansas() -> Day {
    Utc::now().with_timezone(&Central).date_naive()
}

#[test]
fn without_a_day_it_is_today_in_the_state() {
    let mut body = person_with(json!({}));
    body.as_object_mut().unwrap().remove("as_of");
    let before = today_in_arkansas();
    let reply: Json = server().ask(&body).json().expect("JSON");
    let after = today_in_arkansas();
    let told: Day = reply["as_of"].as_str().expect("a day").parse().expect("a day");
    // Midnight may pass while the server answers.
    assert!(before <= told && told <= after, "{told} is not today ({before}, {after})");
}

#[test]
fn the_language_follows_the_header_and_changes_words_only() {
    let ask = |language: &str| {
        server().post(example().to_string()).header("accept-language", language).send().unwrap()
    };
    let spanish = ask("es-MX, en;q=0.5");
    assert_eq!(header(&spanish, "content-language"), "es");
    let spanish: Json = spanish.json().unwrap();
    let english = ask("en");
    assert_eq!(header(&english, "content-language"), "en");
    let english: Json = english.json().unwrap();
    assert_ne!(english["answers"][0]["title"], Json::Null);
    assert_ne!(spanish, english);
    for same in ["/answers/0/status", "/answers/0/amount/low", "/answers/0/people", "/law"] {
        assert_eq!(spanish.pointer(same), english.pointer(same), "{same}");
    }
}

#[test]
fn answers_have_the_form_that_the_document_gives_them() {
    for explain in ["none", "summary", "full"] {
        let mut body = example();
        body["options"]["explain"] = json!(explain);
        let reply: Json = server().ask(&body).json().expect("JSON");
        assert_conforms(&component("Reply"), &reply);
    }
}
