//! What the service does not take: bodies, addresses, methods, queries, and clients that are too slow.

use std::thread;
use std::time::{Duration, Instant};

use crate::KEPT;
use crate::bodies::example;
use crate::problems::{codes, problem};
use crate::server::{header, raw, server};

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
    for (charset, status) in
        [("iso-8859-1", 415), ("utf-16", 415), ("", 415), ("\"UTF-8\"", 200), ("utf-8; profile=x", 200)]
    {
        let request = server().client.post(server().url("/v1/eligibility")).body(example().to_string());
        let media = format!("application/json; charset={charset}");
        let response = request.header("content-type", media).send().unwrap();
        assert_eq!(response.status(), status, "{charset}");
    }
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
fn no_call_overlooks_a_parameter_that_it_does_not_take() {
    for path in
        ["/v1/programs", "/v1/programs/snap", "/v1/facts", "/v1/sources", "/v1/law", "/v1/law/changes"]
    {
        let problem = problem(server().get(&format!("{path}?asof=x")).send().unwrap(), 400, "wrong-query");
        assert_eq!(codes(&problem), [("", "unknown-name")], "{path}");
    }
    // What is asked about travels in the body: an address would be logged on the way.
    let url = server().url("/v1/eligibility?programs=snap");
    let response =
        server().client.post(url).header("content-type", "application/json").body("{}").send().unwrap();
    assert_eq!(codes(&problem(response, 400, "wrong-query")), [("", "unknown-name")]);
    for path in ["/v1/programs", "/v1/facts", "/v1/sources", "/v1/law"] {
        let problem = problem(server().get(&format!("{path}?as_of=x")).send().unwrap(), 400, "wrong-query");
        assert_eq!(codes(&problem), [("/as_of", "bad-date")], "{path}");
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
