//! The service takes on so much at once and no more; who comes beyond that is told when to come back.

use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use onward::rulebook::load_embedded;
use reqwest::blocking::Response;

use crate::bodies::example;
use crate::problems::problem;
use crate::server::{Server, everything, header};

/// Sends a situation but for its last byte.
fn begin(server: &Server) -> TcpStream {
    let body = example().to_string();
    let head =
        "POST /v1/eligibility HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n";
    let text = format!("{head}Content-Length: {}\r\n\r\n{}", body.len(), &body[..body.len() - 1]);
    let mut stream = server.connect();
    stream.write_all(text.as_bytes()).expect("sent");
    stream
}

/// The same, once the service waits for the last byte: so that it holds a place before anybody else asks.
fn begun(server: &Server) -> TcpStream {
    let stream = begin(server);
    stream.set_read_timeout(Some(Duration::from_secs(1))).expect("a timeout");
    assert!(stream.peek(&mut [0]).is_err(), "it was refused");
    stream
}

/// Asks until the status is this one.
fn ask_until(server: &Server, status: u16) -> Response {
    let started = Instant::now();
    loop {
        let response = server.ask(&example());
        if response.status() == status {
            return response;
        }
        assert!(started.elapsed() < Duration::from_secs(8), "still {}", response.status());
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn more_at_once_than_the_service_takes_on_are_told_to_come_back() {
    let server = Server::start_small(load_embedded().expect("sound rules"), 2);
    let mut first = begun(&server);
    // One more still finds a place.
    assert_eq!(server.ask(&example()).status(), 200);
    let _second = begun(&server);
    let refused = server.ask(&example());
    assert_eq!(header(&refused, "retry-after"), "1");
    problem(refused, 429, "too-many-requests");
    // What is only looked up is answered all the same.
    assert_eq!(server.get("/v1/programs/snap").send().unwrap().status(), 200);
    assert_eq!(server.get("/healthz").send().unwrap().status(), 200);
    // A request that was taken on is answered, and leaves its place to the next.
    first.write_all(b"}").expect("sent");
    assert!(everything(&mut first, Duration::from_secs(20)).starts_with("HTTP/1.1 200"));
    assert_eq!(ask_until(&server, 200).status(), 200);
}

#[test]
fn who_is_turned_away_need_not_send_the_body() {
    let server = Server::start_small(load_embedded().expect("sound rules"), 1);
    let _first = begun(&server);
    let mut second = begin(&server);
    assert!(everything(&mut second, Duration::from_secs(5)).starts_with("HTTP/1.1 429"));
}

#[test]
fn who_goes_away_leaves_the_place_at_once() {
    let server = Server::start_small(load_embedded().expect("sound rules"), 1);
    let first = begun(&server);
    assert_eq!(server.ask(&example()).status(), 429);
    drop(first);
    ask_until(&server, 200);
}
