//! What changes in the law, and when: over HTTP, as JSON and as a feed.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as it should be"
)]

#[path = "common/server.rs"]
mod server;

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;
use reqwest::blocking::RequestBuilder;
use serde_json::Value as Json;

use server::{header, server};

fn get(path: &str) -> RequestBuilder {
    server().get(path)
}

fn json(path: &str) -> Json {
    let response = get(path).send().unwrap();
    assert_eq!(response.status(), 200, "{path}");
    response.json().unwrap()
}

/// The changes of a day.
fn on(list: &Json, day: &str) -> Vec<Json> {
    let days = list["days"].as_array().unwrap();
    let found =
        days.iter().find(|one| one["on"] == day).unwrap_or_else(|| panic!("nothing changes on {day}"));
    found["changes"].as_array().unwrap().clone()
}

fn programs(change: &Json) -> Vec<&str> {
    change["programs"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect()
}

/// Every text in a value.
fn words(json: &Json) -> Vec<&str> {
    match json {
        Json::String(words) => vec![words],
        Json::Array(list) => list.iter().flat_map(words).collect(),
        Json::Object(map) => map.values().flat_map(words).collect(),
        _ => Vec::new(),
    }
}

// The list

#[test]
fn a_change_of_a_requirement_is_told_with_every_program_that_it_touches() {
    let list = json("/v1/law/changes");
    let changes = on(&list, "2025-07-04");
    let found: Vec<&Json> =
        changes.iter().filter(|one| one["id"] == "immigration" && one["program"] == "snap").collect();
    let [change] = found[..] else { panic!("told {} times", found.len()) };
    assert_eq!(change["kind"], "requirement");
    assert_eq!(programs(change), ["snap", "snap-expedited"], "{change}");
    assert!(change["text"].as_str().unwrap().contains("July 4, 2025"), "{change}");
    let cited =
        |source: &str| change["citations"].as_array().unwrap().iter().any(|one| one["source"] == source);
    assert!(cited("pl-119-21-10108") && cited("7-usc-2015-f"), "{change}");
    assert!(change["citations"].as_array().unwrap().iter().all(|one| one["review"].is_string()));
}

#[test]
fn a_change_reaches_programs_through_definitions() {
    let list = json("/v1/law/changes");
    let changes = on(&list, "2026-10-01");
    let medicaid: BTreeSet<&str> = changes
        .iter()
        .filter(|one| one["kind"] == "definition" && one["id"].as_str().unwrap().starts_with("immigration"))
        .flat_map(programs)
        .collect();
    for program in ["ar-arhome", "ar-medicaid-parent", "ar-medicaid-ssi"] {
        assert!(medicaid.contains(program), "{program} is not in {medicaid:?}");
    }
}

#[test]
fn a_figure_is_told_with_its_values_before_and_after() {
    let list = json("/v1/law/changes?from=2025-10-01&until=2025-10-01&program=snap");
    assert_eq!((&list["from"], &list["until"]), (&"2025-10-01".into(), &"2025-10-01".into()));
    let changes = on(&list, "2025-10-01");
    let figures: Vec<&Json> = changes.iter().filter(|one| one["kind"] == "figure").collect();
    assert!(!figures.is_empty());
    for figure in figures {
        let (before, after) = (figure["before"].as_str().unwrap(), figure["after"].as_str().unwrap());
        assert!(before != after && before.contains('$') && after.contains('$'), "{figure}");
        assert!(programs(figure).contains(&"snap"), "{figure}");
    }
    let known = changes.iter().filter_map(|one| one["known_from"].as_str());
    assert!(known.into_iter().all(|day| day < "2025-10-01"), "{changes:#?}");
}

#[test]
fn a_program_begins_once() {
    let list = json("/v1/law/changes");
    let changes = on(&list, "2024-07-15");
    let own = |one: &&Json| programs(one).contains(&"safe-connections-line-separation");
    let own: Vec<&Json> = changes.iter().filter(own).collect();
    let [begins] = own[..] else { panic!("{own:#?}") };
    assert_eq!(begins["kind"], "program_begins");
    assert_eq!(begins["id"], "safe-connections-line-separation");
    assert!(!begins["citations"].as_array().unwrap().is_empty());
}

#[test]
fn days_are_in_order_and_each_change_is_told_once_and_touches_a_program() {
    let list = json("/v1/law/changes");
    let law = json("/v1/law");
    assert_eq!(list["law"]["hash"], law["hash"]);
    assert_eq!((&list["from"], &list["until"]), (&law["covers"][0], &law["covers"][1]));
    let days: Vec<&str> =
        list["days"].as_array().unwrap().iter().map(|day| day["on"].as_str().unwrap()).collect();
    assert!(days.is_sorted() && days.len() > 10, "{days:?}");
    let boundaries = law["changes_on"].as_array().unwrap();
    let mut seen = BTreeSet::new();
    for day in &days {
        assert!(boundaries.contains(&Json::from(*day)), "{day} is no boundary");
        for change in on(&list, day) {
            assert!(!programs(&change).is_empty(), "{change}");
            assert!(!change["title"].as_str().unwrap().is_empty(), "{change}");
            let text = change.to_string();
            // A `{name}` in words stands for a value, which must have been put in.
            assert!(words(&change).iter().all(|words| !words.contains(['{', '}'])), "{text}");
            let name =
                (*day, change["kind"].to_string(), change["program"].to_string(), change["id"].to_string());
            assert!(seen.insert((name, change["state"].to_string())), "told twice: {text}");
            assert!(!change["citations"].as_array().unwrap().is_empty(), "{text}");
        }
    }
}

#[test]
fn one_program_alone() {
    let list = json("/v1/law/changes?program=snap-expedited&from=2025-07-01&until=2025-12-31");
    for day in list["days"].as_array().unwrap() {
        assert!(
            day["changes"].as_array().unwrap().iter().all(|one| programs(one).contains(&"snap-expedited"))
        );
    }
    assert!(on(&list, "2025-07-04").iter().any(|one| one["program"] == "snap"));
}

#[test]
fn the_words_follow_the_caller() {
    let spanish = get("/v1/law/changes").header("accept-language", "es").send().unwrap();
    assert_eq!(header(&spanish, "content-language"), "es");
    let spanish: Json = spanish.json().unwrap();
    let english = json("/v1/law/changes");
    let (one, other) = (on(&english, "2025-07-04"), on(&spanish, "2025-07-04"));
    assert_eq!(one.len(), other.len());
    assert!(
        one.iter().zip(&other).all(|(one, other)| one["id"] == other["id"] && one["title"] != other["title"])
    );
}

#[test]
fn it_may_be_kept_until_the_law_changes() {
    for path in ["/v1/law/changes", "/v1/law/changes.atom"] {
        let tag = |query: &str| header(&get(&format!("{path}{query}")).send().unwrap(), "etag").to_owned();
        let tags = [
            tag(""),
            tag("?from=2025-07-04"),
            tag("?until=2025-07-04"),
            tag("?program=snap"),
            tag("?program=snap-expedited"),
        ];
        assert_eq!(tags.iter().collect::<BTreeSet<_>>().len(), tags.len(), "{tags:?}");
        let again = get(path).header("if-none-match", &tags[0]).send().unwrap();
        assert_eq!(again.status(), 304);
        assert!(header(&again, "cache-control").starts_with("public"));
    }
}

#[test]
fn a_wrong_query_is_told() {
    for (query, pointer, code) in [
        ("since=2025-01-01", "", "unknown-name"),
        ("from=yesterday", "/from", "bad-date"),
        ("until=2031-01-01", "/until", "not-covered"),
        ("from=2025-07-05&until=2025-07-04", "/until", "out-of-range"),
        ("program=snapp", "/program", "unknown-program"),
        ("program=snap&program=snap", "/program", "duplicate-name"),
    ] {
        for path in ["/v1/law/changes", "/v1/law/changes.atom"] {
            let response = get(&format!("{path}?{query}")).send().unwrap();
            assert_eq!(response.status(), 400, "{query}");
            assert_eq!(header(&response, "content-type"), "application/problem+json");
            let problem: Json = response.json().unwrap();
            assert_eq!(problem["type"], "/problems/wrong-query");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{query}");
            assert_eq!(problem["errors"][0]["code"], code, "{query}");
        }
    }
}

// The feed

/// Each text and attribute of a feed by the path of its element, in order.
fn read(feed: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(feed);
    let mut path: Vec<String> = Vec::new();
    let mut found = Vec::new();
    loop {
        let event = reader.read_event().expect("well-formed XML");
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.name().as_ref().to_owned();
                path.push(name);
                for attribute in element.attributes() {
                    let attribute = attribute.expect("a sound attribute");
                    let key = attribute.key.as_ref().to_owned();
                    let value = attribute.value.to_string();
                    found.push((format!("{}@{key}", path.join("/")), value));
                }
                found.push((path.join("/"), String::new()));
                if matches!(event, Event::Empty(_)) {
                    path.pop();
                }
            }
            Event::Text(text) => {
                if let Some(last) = found.iter_mut().rev().find(|(name, _)| *name == path.join("/")) {
                    last.1.push_str(text);
                }
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(path.is_empty());
    found
}

#[test]
fn the_feed_is_an_atom_feed_of_the_same_changes() {
    let response = get("/v1/law/changes.atom").header("accept", "application/atom+xml").send().unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "content-type"), "application/atom+xml");
    let text = response.text().unwrap();
    let feed = read(&text);
    let all = |name: &str| -> Vec<&str> {
        feed.iter().filter(|(path, _)| path == name).map(|(_, value)| value.trim()).collect()
    };
    assert_eq!(all("feed@xmlns"), ["http://www.w3.org/2005/Atom"]);
    assert_eq!((all("feed/id").len(), all("feed/title").len(), all("feed/updated").len()), (1, 1, 1));
    assert_eq!(all("feed/author/name"), ["Onward"]);
    let list = json("/v1/law/changes");
    let changes: usize =
        list["days"].as_array().unwrap().iter().map(|day| day["changes"].as_array().unwrap().len()).sum();
    let ids = all("feed/entry/id");
    assert_eq!(ids.len(), changes);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), changes, "ids are unique");
    assert!(ids.iter().all(|id| id.starts_with("urn:uuid:") && id.len() == 45));
    for name in ["title", "updated", "content"] {
        let values = all(&format!("feed/entry/{name}"));
        assert!(values.len() == changes && values.iter().all(|value| !value.is_empty()), "{name}");
    }
    for moment in all("feed/entry/updated").into_iter().chain(all("feed/updated")) {
        assert!(moment.len() == 20 && moment.ends_with("T00:00:00Z"), "{moment}");
    }
    assert!(all("feed/entry/category@term").contains(&"snap"));
    let titles = all("feed/entry/title");
    assert!(titles.iter().any(|title| title.starts_with("2025-07-04: SNAP")), "{titles:#?}");
    assert!(titles.first() >= titles.last(), "the latest first");
}

#[test]
fn ids_of_the_feed_stay_in_another_language_and_span() {
    let ids = |path: &str, language: &str| -> BTreeSet<String> {
        let text = get(path).header("accept-language", language).send().unwrap().text().unwrap();
        read(&text).into_iter().filter(|(path, _)| path == "feed/entry/id").map(|(_, id)| id).collect()
    };
    let all = ids("/v1/law/changes.atom", "en");
    assert_eq!(all, ids("/v1/law/changes.atom", "es"));
    let snap = ids("/v1/law/changes.atom?program=snap&from=2025-01-01", "en");
    assert!(!snap.is_empty() && snap.is_subset(&all) && snap.len() < all.len());
}

#[test]
fn each_feed_has_an_address_and_an_id_of_its_own() {
    let mut ids = BTreeSet::new();
    let queries = [
        "",
        "?from=2025-07-04",
        "?until=2025-07-04",
        "?from=2025-07-04&until=2025-07-04",
        "?program=snap",
        "?from=2025-07-04&program=snap",
    ];
    for query in queries {
        let feed = read(&get(&format!("/v1/law/changes.atom{query}")).send().unwrap().text().unwrap());
        let all = |name: &str| -> Vec<&str> {
            feed.iter().filter(|(path, _)| path == name).map(|(_, value)| value.trim()).collect()
        };
        let links: Vec<&str> = feed
            .iter()
            .filter(|(path, _)| path == "feed/link@href")
            .map(|(_, value)| value.as_str())
            .collect();
        let written = query.replace('&', "&amp;");
        let own = [format!("/v1/law/changes.atom{written}"), format!("/v1/law/changes{written}")];
        assert_eq!(links, own, "itself, and the same as JSON");
        assert!(ids.insert(all("feed/id").concat()), "{query} has the id of another feed");
    }
}

#[test]
fn the_feed_is_given_only_to_those_who_take_it() {
    for accept in ["application/json", "text/html"] {
        let response = get("/v1/law/changes.atom").header("accept", accept).send().unwrap();
        assert_eq!(response.status(), 406, "{accept}");
        assert_eq!(header(&response, "content-type"), "application/problem+json");
    }
}
