//! The service over HTTP, from outside: a real server on a free port, a real client.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use onward::api::{Application, Settings, openapi};
use onward::rulebook::{RuleBook, load_embedded, load_folder};
use reqwest::blocking::{Client, RequestBuilder, Response};
use serde_json::{Value as Json, json};

const KEPT: [&str; 8] = [
    "/v1/programs",
    "/v1/programs/snap",
    "/v1/facts",
    "/v1/sources",
    "/v1/law",
    "/v1/law/changes",
    "/openapi.json",
    "/problems",
];

// Helpers

struct Server {
    port: u16,
    client: Client,
}

impl Server {
    fn start(book: RuleBook) -> Self {
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            let settings =
                Settings { bind: "127.0.0.1:0".to_owned(), workers: Some(2), ..Settings::default() };
            let application = Application::build(settings, Arc::new(book)).expect("a free port");
            tell.send(application.port()).expect("somebody waits");
            actix_web::rt::System::new().block_on(application.run()).expect("a server");
        });
        let port = told.recv().expect("the port");
        let client = Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
        Self { port, client }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path))
    }

    fn post(&self, body: impl Into<String>) -> RequestBuilder {
        let request = self.client.post(self.url("/v1/eligibility"));
        request.header("content-type", "application/json").body(body.into())
    }

    fn ask(&self, body: &Json) -> Response {
        self.post(body.to_string()).send().expect("a reply")
    }

    fn json(&self, path: &str) -> Json {
        self.get(path).send().expect("a reply").json().expect("JSON")
    }
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start(load_embedded().expect("sound rules")))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn example() -> Json {
    let text = std::fs::read_to_string(root().join("openapi/examples/situation.json")).expect("the example");
    serde_json::from_str(&text).expect("JSON")
}

/// A household with nothing but what is required, and these facts of its one person.
fn person_with(facts: Json) -> Json {
    let mut person = json!({ "id": "a", "applicant": true });
    person.as_object_mut().expect("an object").extend(facts.as_object().expect("an object").clone());
    json!({ "state": "AR", "as_of": "2026-11-23", "people": [person], "options": { "programs": ["snap"] } })
}

fn header<'r>(response: &'r Response, name: &str) -> &'r str {
    response.headers().get(name).map_or("", |value| value.to_str().expect("text"))
}

/// Checks the form of an error, and gives it.
fn problem(response: Response, status: u16, slug: &str) -> Json {
    assert_eq!(response.status().as_u16(), status, "{slug}");
    assert_eq!(header(&response, "content-type"), "application/problem+json");
    assert_eq!(header(&response, "cache-control"), "no-store");
    let problem: Json = response.json().expect("JSON");
    assert_eq!(problem["type"], format!("/problems/{slug}"));
    assert_eq!(problem["status"], status);
    assert_conforms(&component("Problem"), &problem);
    problem
}

fn codes(problem: &Json) -> Vec<(&str, &str)> {
    let errors = problem["errors"].as_array().expect("a list");
    errors.iter().map(|error| (error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())).collect()
}

/// Why a value does not have the form that the document gives it.
fn departures(schema: &Json, value: &Json) -> Vec<String> {
    let mut schema = schema.clone();
    schema["components"] = document()["components"].clone();
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    validator.iter_errors(value).map(|error| format!("{} at {}", error, error.instance_path())).collect()
}

fn assert_conforms(schema: &Json, value: &Json) {
    let departures = departures(schema, value);
    assert!(departures.is_empty(), "{schema}: {departures:#?}");
}

fn component(name: &str) -> Json {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn document() -> &'static Json {
    static DOCUMENT: OnceLock<Json> = OnceLock::new();
    DOCUMENT.get_or_init(|| server().json("/openapi.json"))
}

/// Each operation of the document, with its path and method.
fn operations() -> Vec<(String, String, Json)> {
    let paths = document()["paths"].as_object().expect("paths");
    let of = |(path, item): (&String, &Json)| {
        let item = item.as_object().expect("methods").clone();
        item.into_iter().map(|(method, operation)| (path.clone(), method, operation)).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of).collect()
}

// Answers

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

#[test]
fn without_a_day_it_is_today_in_the_state() {
    let mut body = person_with(json!({}));
    body.as_object_mut().unwrap().remove("as_of");
    let reply: Json = server().ask(&body).json().expect("JSON");
    assert_eq!(reply["as_of"].as_str().map(str::len), Some(10));
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

// Reading a situation

#[test]
fn everything_that_is_wrong_is_told_at_once_and_near_names_are_offered() {
    let mut body = example();
    body["people"][0]["imigration_status"] = json!("refugee");
    body["people"][0]["immigration_status"] = json!("t_nonimigrant");
    body["people"][1]["age"] = json!(-4);
    body["household"]["assets"] = json!(200);
    body["as_of"] = json!("2031-01-01");
    body["options"]["programs"] = json!(["snap"]);
    let problem = problem(server().ask(&body), 422, "wrong-situation");
    let codes = codes(&problem);
    for fault in [
        ("/people/0", "unknown-name"),
        ("/people/0/immigration_status", "unknown-code"),
        ("/people/1/age", "out-of-range"),
        ("/household/assets", "wrong-type"),
        ("/as_of", "not-covered"),
    ] {
        assert!(codes.contains(&fault), "{fault:?} is not in {codes:?}");
    }
    let near: Vec<&str> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|error| error["did_you_mean"].as_str())
        .collect();
    assert!(near.contains(&"immigration_status") && near.contains(&"t_nonimmigrant"), "{near:?}");
}

#[test]
fn a_program_that_does_not_exist_is_a_fault_of_the_situation() {
    let mut body = example();
    body["options"]["programs"] = json!(["snapp"]);
    let problem = problem(server().ask(&body), 422, "wrong-situation");
    assert_eq!(problem["errors"][0]["pointer"], "/options/programs/0");
    assert_eq!(problem["errors"][0]["did_you_mean"], "snap");
}

#[test]
fn a_name_that_stands_twice_is_a_fault_beside_all_others() {
    let text = r#"{"state": "AR", "people": [{"id": "a", "applicant": true, "age": 200, "age": 30}], "state": "AR",
                   "people_complete": 7}"#;
    let problem = problem(server().post(text).send().unwrap(), 422, "wrong-situation");
    let codes = codes(&problem);
    for fault in [("", "duplicate-name"), ("/people/0", "duplicate-name"), ("/people_complete", "wrong-type")]
    {
        assert!(codes.contains(&fault), "{fault:?} is not in {codes:?}");
    }
}

#[test]
fn no_error_repeats_what_was_sent() {
    let mark = "zqvx7k";
    let bodies = [
        format!(
            r#"{{"{mark}": 1, "state": "{mark}", "people": [{{"id": "{mark}-{mark}-{mark}", "{mark}": "{mark}"}}]}}"#
        ),
        format!(
            r#"{{"state": "AR", "people": "{mark}", "household": "{mark}", "options": {{"programs": ["{mark}"]}}}}"#
        ),
        format!(r#"{{"{mark}": {{"{mark}": 1, "{mark}": 2}}, "{mark}": 3}}"#),
        format!(r#"{{"state": {mark}}}"#),
        format!(
            r#"{{"state": "AR", "options": {{"programs": ["{mark}"]}}, "people": [{{"id": "a", "applicant": true}}]}}"#
        ),
        format!(
            r#"{{"state": "AR", "relationships": [{{"person": "{mark}", "is": "{mark}", "of": "{mark}"}}],
                     "people": [{{"id": "a", "applicant": true, "age": "{mark}", "files_jointly_with": "{mark}"}}]}}"#
        ),
    ];
    for body in bodies {
        let reply = server().post(body.as_str()).send().unwrap();
        assert!(reply.status().is_client_error(), "{body}");
        let said = reply.text().unwrap();
        assert!(!said.contains(mark), "{body} -> {said}");
    }
    for path in [
        format!("/v1/programs/{mark}"),
        format!("/{mark}"),
        format!("/v1/programs?as_of={mark}&{mark}={mark}"),
    ] {
        let said = server().get(&path).send().unwrap().text().unwrap();
        assert!(!said.contains(mark), "{path} -> {said}");
    }
}

#[test]
fn people_and_items_of_income_are_counted() {
    let people: Vec<Json> =
        (0..51).map(|number| json!({ "id": format!("p{number}"), "applicant": true })).collect();
    let body = json!({ "state": "AR", "people": people });
    assert_eq!(codes(&problem(server().ask(&body), 422, "wrong-situation")), [("/people", "too-many")]);
    let income = vec![json!({ "kind": "wages", "amount": "1.00", "per": "month" }); 201];
    let body = person_with(json!({ "income": income }));
    assert_eq!(
        codes(&problem(server().ask(&body), 422, "wrong-situation")),
        [("/people/0/income", "too-many")]
    );
}

#[test]
fn the_schema_of_a_situation_takes_what_the_reader_takes() {
    let sound = [
        example(),
        person_with(json!({})),
        person_with(json!({ "age": null, "date_of_birth": { "unknown": "declined" } })),
        person_with(json!({ "age": { "one_of": [3, 4] }, "t_visa_class": { "one_of": ["T-1", "T-2"] } })),
        person_with(
            json!({ "age": { "between": [18, 25] }, "entered_us_on": { "between": ["2024-03-01", "2024-05-31"] } }),
        ),
        person_with(
            json!({ "medical_expenses": { "amount": "40.00", "per": "month" }, "work_hours_per_week": "20.5" }),
        ),
        person_with(json!({ "medical_expenses": { "between": ["40.00", "60.00"], "per": "month" } })),
        person_with(json!({ "medical_expenses": { "unknown": "not_known" }, "hhs_letter": "none" })),
        person_with(
            json!({ "hhs_letter_date": "none", "unborn_children": "none", "claimed_as_dependent_by": "none" }),
        ),
        person_with(
            json!({ "buys_and_prepares_food_with": "everyone", "files_jointly_with": "someone_not_listed" }),
        ),
        person_with(
            json!({ "income": [{ "kind": "wages", "amount": "15.00", "per": "hour", "hours_per_week": 30 }] }),
        ),
        person_with(
            json!({ "income": [{ "kind": { "one_of": ["wages", "pension"] }, "amount": { "between": ["1", "2"] }, "per": "week" }] }),
        ),
        person_with(json!({ "income": [], "receives": { "unknown": "not_asked" } })),
        person_with(json!({ "victimization": { "kind": [], "reported_to_police_on": "none" } })),
    ];
    for body in sound {
        let departures = departures(&component("Situation"), &body);
        assert!(departures.is_empty(), "{body}\n{departures:#?}");
        let response = server().ask(&body);
        assert_eq!(response.status(), 200, "{body}\n{}", response.text().unwrap());
    }
}

#[test]
fn the_schema_of_a_situation_refuses_what_the_reader_refuses() {
    let faulty = [
        json!([]),
        json!({}),
        json!({ "state": "AR" }),
        json!({ "state": "AR", "people": [] }),
        json!({ "state": "ZZ", "people": [{ "id": "a", "applicant": true }] }),
        json!({ "state": { "unknown": "declined" }, "people": [{ "id": "a", "applicant": true }] }),
        json!({ "state": "AR", "people": [{ "id": "Anna B", "applicant": true }] }),
        json!({ "state": "AR", "people": [{ "id": "a" }] }),
        json!({ "state": "AR", "people": [{ "id": "a", "applicant": null }] }),
        person_with(json!({ "agee": 3 })),
        person_with(json!({ "age": 3.5 })),
        person_with(json!({ "age": 121 })),
        person_with(json!({ "age": "3" })),
        person_with(json!({ "age": [3] })),
        person_with(json!({ "pregnant": "yes" })),
        person_with(json!({ "immigration_status": "citizen" })),
        person_with(json!({ "immigration_status": { "one_of": [] } })),
        person_with(json!({ "immigration_status": { "unknown": "secret" } })),
        person_with(json!({ "immigration_status": { "between": ["refugee", "asylee"] } })),
        person_with(json!({ "medical_expenses": "40.00" })),
        person_with(json!({ "medical_expenses": { "amount": 40, "per": "month" } })),
        person_with(json!({ "medical_expenses": { "amount": "40.00", "per": "hour" } })),
        person_with(json!({ "income": { "kind": "wages" } })),
        person_with(json!({ "income": [{ "kind": "wages", "sum": "1.00" }] })),
        person_with(json!({ "victimization": { "story": "x" } })),
    ];
    for body in faulty {
        let departures = departures(&component("Situation"), &body);
        assert!(!departures.is_empty(), "the schema takes {body}");
        problem(server().ask(&body), 422, "wrong-situation");
    }
}

// Errors

#[test]
fn what_is_not_json_is_refused_with_its_place() {
    for (body, place) in [
        ("", "line 1"),
        ("{\"state\": \"AR\"", "too early at line 1"),
        ("{\n  \"state\": AR\n}", "line 2, column"),
        ("{} {}", "line 1, column 4"),
    ] {
        let problem = problem(server().post(body).send().unwrap(), 400, "not-json");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(place), "{body:?}: {detail}");
    }
    let response = server().post("").body(b"{\"state\": \"\xff\"}".to_vec()).send().unwrap();
    problem(response, 400, "not-json");
}

#[test]
fn deep_and_huge_json_is_refused_fast() {
    let server = server();
    let started = Instant::now();
    problem(server.post("[".repeat(1_000_000)).send().unwrap(), 400, "not-json");
    problem(server.post("{\"a\":".repeat(150_000)).send().unwrap(), 400, "not-json");
    problem(server.post(format!("[{}0]", "0,".repeat(500_000))).send().unwrap(), 413, "too-large");
    problem(server.post(format!("\"{}\"", "a".repeat(1_048_575))).send().unwrap(), 413, "too-large");
    problem(server.post(format!("\"{}\"", "a".repeat(3_000_000))).send().unwrap(), 413, "too-large");
    problem(server.post(format!("\"{}\"", "a".repeat(1_048_574))).send().unwrap(), 422, "wrong-situation");
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[test]
fn what_says_it_is_far_too_large_is_not_even_read() {
    let head = "POST /v1/eligibility HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n";
    assert!(raw(head.as_bytes(), Duration::from_secs(5)).starts_with("HTTP/1.1 413"));
}

#[test]
fn the_body_must_be_plain_json() {
    for media in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""] {
        let request = server().client.post(server().url("/v1/eligibility")).body(example().to_string());
        let request = if media.is_empty() { request } else { request.header("content-type", media) };
        problem(request.send().unwrap(), 415, "wrong-media-type");
    }
    let compressed = server().post(example().to_string()).header("content-encoding", "gzip");
    problem(compressed.send().unwrap(), 415, "wrong-media-type");
    let request = server().client.post(server().url("/v1/eligibility")).body(example().to_string());
    let response = request.header("content-type", "Application/JSON; charset=utf-8").send().unwrap();
    assert_eq!(response.status(), 200);
}

#[test]
fn only_json_is_given() {
    problem(
        server().post(example().to_string()).header("accept", "text/html").send().unwrap(),
        406,
        "not-acceptable",
    );
    for path in KEPT {
        problem(server().get(path).header("accept", "text/html").send().unwrap(), 406, "not-acceptable");
        let response = server().get(path).header("accept", "text/html, */*;q=0.1").send().unwrap();
        assert_eq!(response.status(), 200, "{path}");
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    for path in
        ["/v2", "/v1/eligibility/x", "/v1/programs/", "/v1/programs/%FF", "/docs/index.html", "/problems/x"]
    {
        problem(server().get(path).send().unwrap(), 404, "not-found");
    }
    let problem = problem(server().get("/v1/programs/snapp").send().unwrap(), 404, "not-found");
    assert_eq!(problem["errors"][0]["did_you_mean"], "snap");
}

#[test]
fn each_address_takes_its_methods() {
    for (path, allowed) in [
        ("/v1/eligibility", "POST"),
        ("/v1/facts", "GET, HEAD"),
        ("/healthz", "GET, HEAD"),
        ("/docs", "GET, HEAD"),
    ] {
        for method in ["GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"] {
            if allowed.contains(method) {
                continue;
            }
            let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
            let response = server().client.request(method, server().url(path)).send().unwrap();
            assert_eq!(header(&response, "allow"), allowed);
            problem(response, 405, "method-not-allowed");
        }
    }
}

#[test]
fn a_wrong_query_is_told() {
    for (query, fault) in [
        ("as_of=yesterday", ("/as_of", "bad-date")),
        ("as_of=2026-13-01", ("/as_of", "bad-date")),
        ("as_of=2031-01-01", ("/as_of", "not-covered")),
        ("as_of=2026-01-01&as_of=2026-01-02", ("/as_of", "duplicate-name")),
        ("asof=2026-01-01", ("", "unknown-name")),
        ("category=fod", ("/category", "unknown-code")),
    ] {
        let problem =
            problem(server().get(&format!("/v1/programs?{query}")).send().unwrap(), 400, "wrong-query");
        assert_eq!(codes(&problem), [fault], "{query}");
    }
}

#[test]
fn every_problem_has_its_page() {
    let list = server().json("/problems");
    for one in list["problems"].as_array().unwrap() {
        let page = server().json(one["type"].as_str().unwrap());
        assert_eq!(&page, one);
    }
    assert!(list["problems"].as_array().unwrap().len() >= 9);
}

// The rule set

#[test]
fn the_rule_set_may_be_kept_until_the_law_changes() {
    for path in KEPT.into_iter().filter(|path| *path != "/problems") {
        let first = server().get(path).send().unwrap();
        assert_eq!(first.status(), 200, "{path}");
        let cache = header(&first, "cache-control");
        assert!(cache.starts_with("public") && cache.ends_with("must-revalidate"), "{path}: {cache}");
        let tag = header(&first, "etag").to_owned();
        let again = server().get(path).header("if-none-match", format!("\"other\", {tag}")).send().unwrap();
        assert_eq!(again.status(), 304, "{path}");
        assert_eq!(header(&again, "etag"), tag);
        assert_eq!(again.bytes().unwrap().len(), 0);
        let other = server().get(path).header("if-none-match", "\"other\"").send().unwrap();
        assert_eq!(other.status(), 200, "{path}");
    }
    let tag = |path: &str, language: &str| {
        let response = server().get(path).header("accept-language", language).send().unwrap();
        assert!(header(&response, "vary").contains("Accept-Language"));
        header(&response, "etag").to_owned()
    };
    let tags = [
        tag("/v1/programs", "en"),
        tag("/v1/programs", "es"),
        tag("/v1/programs?as_of=2026-11-23", "en"),
        tag("/v1/programs?as_of=2026-11-24", "en"),
        tag("/v1/programs?category=food", "en"),
    ];
    for (position, one) in tags.iter().enumerate() {
        assert!(!tags[position + 1..].contains(one), "{tags:?}");
    }
}

#[test]
fn programs_are_listed_and_told_whole() {
    let all = server().json("/v1/programs");
    let ids: Vec<&str> =
        all["programs"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"snap") && ids.contains(&"snap-expedited"), "{ids:?}");
    let food = server().json("/v1/programs?as_of=2026-11-23&category=food");
    assert!(food["programs"].as_array().unwrap().iter().all(|one| one["category"] == "food"));
    let whole = server().json("/v1/programs/snap");
    let day = server().json("/v1/programs/snap?as_of=2025-07-03");
    let versions = |program: &Json| -> usize {
        let requirements = program["requirements"].as_array().unwrap();
        requirements.iter().map(|one| one["versions"].as_array().unwrap().len()).sum()
    };
    assert!(versions(&whole) > versions(&day));
    for requirement in whole["requirements"].as_array().unwrap() {
        let cited = |one: &Json| !one["citations"].as_array().unwrap().is_empty();
        let versions = requirement["versions"].as_array().unwrap();
        assert!(cited(requirement) || versions.iter().all(cited), "{requirement}");
    }
}

#[test]
fn every_fact_is_told_in_both_languages() {
    let get = |language: &str| -> Json {
        server().get("/v1/facts").header("accept-language", language).send().unwrap().json().unwrap()
    };
    let (english, spanish) = (get("en"), get("es"));
    let facts = english["facts"].as_array().unwrap();
    assert!(facts.len() > 100);
    for (one, other) in facts.iter().zip(spanish["facts"].as_array().unwrap()) {
        assert_eq!(one["name"], other["name"]);
        assert_ne!(one["question"], other["question"], "{}", one["name"]);
        assert!(one["pointer"].as_str().unwrap().starts_with('/'));
        if one["type"] == "code" || one["type"] == "codes" {
            assert!(!one["codes"].as_array().unwrap().is_empty(), "{}", one["name"]);
        }
    }
    let named =
        |name: &str| facts.iter().find(|fact| fact["name"] == name).unwrap_or_else(|| panic!("{name}"));
    assert_eq!(named("victimization.kind")["pointer"], "/people/*/victimization/kind");
    assert_eq!(named("victimization.kind")["sensitivity"], "victimization");
    assert_eq!(named("income_item.amount")["pointer"], "/people/*/income/*/amount");
    assert_eq!(named("assets")["unit"], "US dollars");
    assert_eq!(named("age")["range"], json!({ "low": "0", "high": "120" }));
}

#[test]
fn a_fact_is_added_by_one_edit_of_the_vocabulary() {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&root().join("rules"), folder.path());
    let extra = "\
facts:
  has_service_animal:
    about: person
    type: count
    range: {low: 0, high: 9}
    sensitivity: ordinary
    question: {en: Does this person have service animals?, es: ¿Esta persona tiene animales de servicio?}
    help: {en: How many. You can skip this., es: Cuántos. Puede saltar esta pregunta.}
translations: {es: machine}
";
    std::fs::write(folder.path().join("vocabulary/extra.yaml"), extra).expect("a file");
    let server = Server::start(load_folder(folder.path()).expect("sound rules"));
    let facts = server.json("/v1/facts");
    assert!(facts["facts"].as_array().unwrap().iter().any(|fact| fact["name"] == "has_service_animal"));
    let document = server.json("/openapi.json");
    let property = &document["components"]["schemas"]["SituationPerson"]["properties"]["has_service_animal"];
    assert_eq!(property["anyOf"][0]["anyOf"][0]["maximum"], 9, "{property}");
    assert_eq!(server.ask(&person_with(json!({ "has_service_animal": 1 }))).status(), 200);
    assert_eq!(server.ask(&person_with(json!({ "has_service_animal": 10 }))).status(), 422);
    assert_eq!(self::server().ask(&person_with(json!({ "has_service_animal": 1 }))).status(), 422);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path: PathBuf = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}

// The document

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

// The pages

#[test]
fn the_documentation_page_needs_nobody_else() {
    let page = server().get("/docs").send().unwrap();
    let policy = header(&page, "content-security-policy").to_owned();
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("http") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(header(&page, "content-type"), "text/html; charset=utf-8");
    assert!(page.headers().get("set-cookie").is_none());
    let page = page.text().unwrap();
    assert!(!page.contains("://") && !page.contains("<style") && !page.contains("style="), "{page}");
    for quoted in page.split('"').filter(|text| text.starts_with('/')) {
        let file = server().get(quoted).send().unwrap();
        assert_eq!(file.status(), 200, "{quoted}");
        assert!(!header(&file, "content-type").is_empty());
    }
    let start = server().get("/docs/start.js").send().unwrap().text().unwrap();
    assert!(!start.contains("://") && start.contains("validatorUrl: null"), "{start}");
}

#[test]
fn every_reply_is_guarded() {
    let replies = [
        server().ask(&example()),
        server().ask(&json!({})),
        server().get("/v1/facts").send().unwrap(),
        server().get("/nowhere").send().unwrap(),
        server().get("/docs").send().unwrap(),
        server().get("/healthz").send().unwrap(),
        server().post("{").send().unwrap(),
        server().client.delete(server().url("/v1/law")).send().unwrap(),
    ];
    for reply in replies {
        assert!(header(&reply, "content-security-policy").contains("frame-ancestors 'none'"));
        assert_eq!(header(&reply, "x-content-type-options"), "nosniff");
        assert_eq!(header(&reply, "referrer-policy"), "no-referrer");
        assert_eq!(header(&reply, "x-frame-options"), "DENY");
        assert_eq!(header(&reply, "cross-origin-resource-policy"), "same-origin");
        assert!(!header(&reply, "cache-control").is_empty());
        for absent in ["server", "x-powered-by", "set-cookie", "access-control-allow-origin"] {
            assert!(reply.headers().get(absent).is_none(), "{absent}");
        }
    }
}

#[test]
fn the_probes_say_that_it_is_ready() {
    assert_eq!(server().json("/healthz"), json!({ "status": "ok" }));
    let ready = server().json("/readyz");
    assert_eq!((&ready["status"], &ready["law"]), (&json!("ready"), &server().json("/v1/law")["hash"]));
    let head = server().client.head(server().url("/healthz")).send().unwrap();
    assert_eq!((head.status().as_u16(), head.bytes().unwrap().len()), (200, 0));
}

#[test]
fn only_the_rule_set_is_compressed_and_only_for_those_who_ask() {
    let ask = |coding: &str| server().get("/v1/facts").header("accept-encoding", coding).send().unwrap();
    assert_eq!(header(&ask("gzip, br"), "content-encoding"), "gzip");
    assert_eq!(header(&ask("br"), "content-encoding"), "");
    assert_eq!(header(&ask("identity;q=0"), "content-encoding"), "");
    let answer = server().post(example().to_string()).header("accept-encoding", "gzip").send().unwrap();
    assert_eq!(header(&answer, "content-encoding"), "");
}

// Slow clients

/// Sends bytes as they are, and gives what comes back until the connection closes or the time is over.
fn raw(bytes: &[u8], wait: Duration) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", server().port)).expect("a connection");
    stream.set_read_timeout(Some(wait)).expect("a timeout");
    stream.write_all(bytes).expect("sent");
    let mut said = Vec::new();
    let mut part = [0; 4096];
    while let Ok(read) = stream.read(&mut part) {
        said.extend_from_slice(&part[..read]);
        if read == 0 {
            break;
        }
    }
    String::from_utf8_lossy(&said).into_owned()
}

#[test]
fn a_client_that_does_not_finish_its_request_is_cut_off() {
    let started = Instant::now();
    let head =
        thread::spawn(|| raw(b"POST /v1/eligibility HTTP/1.1\r\nHost: x\r\n", Duration::from_secs(20)));
    let body = thread::spawn(|| {
        let head = "POST /v1/eligibility HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{";
        raw(head.as_bytes(), Duration::from_secs(12))
    });
    let head = head.join().expect("a reply");
    assert!(head.is_empty() || head.starts_with("HTTP/1.1 408"), "{head}");
    assert!(body.join().expect("a reply").starts_with("HTTP/1.1 408"));
    assert!(started.elapsed() < Duration::from_secs(30));
}
