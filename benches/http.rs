//! Requests in a second of `POST /v1/eligibility`, beside a handler of the same shape that only reads the request
//! and writes a reply of the same size. Both run in this process and take turns, so that they meet the same weather.
//!
//! `ONWARD_BENCH_SECONDS` (20 if left out) is the time for all rounds.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a bench may stop where it stands"
)]

#[path = "households/mod.rs"]
mod households;

use std::error::Error;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use actix_web::{App, HttpResponse, HttpServer, web};
use onward::api::{Application, Settings};
use onward::rulebook::load_embedded;
use serde_json::Value as Json;

use households::household;

type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

const WORKERS: usize = 2;
const CLIENTS: usize = 8;
const ROUNDS: u32 = 5;

/// A connection that is kept open.
struct Connection {
    stream: TcpStream,
    request: Vec<u8>,
    buffer: Vec<u8>,
}

impl Connection {
    fn open(port: u16, path: &str, body: &[u8]) -> Fallible<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        Ok(Self { stream, request: [head.as_bytes(), body].concat(), buffer: vec![0; 1 << 18] })
    }

    /// Asks once; the size of the reply's body.
    fn ask(&mut self) -> Fallible<usize> {
        self.stream.write_all(&self.request)?;
        let mut filled = 0;
        loop {
            let read = self.stream.read(self.buffer.get_mut(filled..).ok_or("the reply is too large")?)?;
            if read == 0 {
                return Err("the server closed the connection".into());
            }
            filled += read;
            let got = self.buffer.get(..filled).unwrap_or_default();
            let Some(end) = got.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(got.get(..end).unwrap_or_default()).to_lowercase();
            if !head.starts_with("http/1.1 200") {
                return Err(head.into());
            }
            let length =
                head.lines().find_map(|line| line.strip_prefix("content-length: ")).ok_or("no length")?;
            let length: usize = length.trim().parse()?;
            if filled >= end + 4 + length {
                return Ok(length);
            }
        }
    }
}

/// How many requests in a second.
fn round(port: u16, path: &'static str, body: &Arc<Vec<u8>>, time: Duration) -> Fallible<f64> {
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let body = Arc::clone(body);
            thread::spawn(move || -> Fallible<u32> {
                let mut connection = Connection::open(port, path, &body)?;
                let (began, mut count) = (Instant::now(), 0);
                while began.elapsed() < time {
                    connection.ask()?;
                    count += 1;
                }
                Ok(count)
            })
        })
        .collect();
    let mut count = 0;
    for client in clients {
        count += client.join().map_err(|_| "a client panicked")??;
    }
    Ok(f64::from(count) / time.as_secs_f64())
}

fn onward_server() -> Fallible<u16> {
    let (tell, told) = channel();
    thread::spawn(move || -> Fallible<()> {
        let book = Arc::new(load_embedded().map_err(|_| "the rules have faults")?);
        let settings =
            Settings { bind: "127.0.0.1:0".to_owned(), workers: Some(WORKERS), ..Settings::default() };
        let application = Application::build(settings, book)?;
        tell.send(application.port())?;
        actix_web::rt::System::new().block_on(application.run())?;
        Ok(())
    });
    Ok(told.recv()?)
}

async fn plain(body: web::Bytes, size: web::Data<usize>) -> HttpResponse {
    match serde_json::from_slice::<Json>(&body) {
        Ok(json) if json.is_object() => {
            HttpResponse::Ok().content_type("application/json").body(vec![b' '; *size.get_ref()])
        }
        _ => HttpResponse::BadRequest().finish(),
    }
}

fn plain_server(size: usize) -> Fallible<u16> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || -> Fallible<()> {
        let size = web::Data::new(size);
        let app = move || {
            let limit = web::PayloadConfig::new(1 << 20);
            App::new().app_data(size.clone()).app_data(limit).route("/plain", web::post().to(plain))
        };
        actix_web::rt::System::new()
            .block_on(HttpServer::new(app).workers(WORKERS).listen(listener)?.run())?;
        Ok(())
    });
    Ok(port)
}

fn compare(label: &str, body: &Json, time: Duration) -> Fallible<String> {
    let body = Arc::new(serde_json::to_vec(body)?);
    let ours = onward_server()?;
    let size = Connection::open(ours, "/v1/eligibility", &body)?.ask()?;
    let theirs = plain_server(size)?;
    let one = time / (2 * ROUNDS);
    // Warm up both.
    round(ours, "/v1/eligibility", &body, one / 4)?;
    round(theirs, "/plain", &body, one / 4)?;
    let (mut a, mut b) = (0.0, 0.0);
    for _ in 0..ROUNDS {
        a += round(ours, "/v1/eligibility", &body, one)? / f64::from(ROUNDS);
        b += round(theirs, "/plain", &body, one)? / f64::from(ROUNDS);
    }
    Ok(format!(
        "{label}: {a:.0} requests/s, the plain handler {b:.0}; ratio {:.2} (request {} bytes, reply {size} bytes)\n",
        a / b,
        body.len()
    ))
}

fn main() -> Fallible<()> {
    // `cargo test --benches` only wants to know that it runs.
    let testing = std::env::args().any(|argument| argument == "--test");
    let seconds = std::env::var("ONWARD_BENCH_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(20);
    let time = if testing { Duration::from_millis(200) } else { Duration::from_secs(seconds) };
    let mut summary = household(4);
    summary["options"] = serde_json::json!({"programs": ["snap"]});
    let mut results = household(4);
    results["options"] = serde_json::json!({"programs": ["snap"], "explain": "none"});
    let mut out = std::io::stdout().lock();
    for (label, body) in
        [("four people, SNAP, with reasons", summary), ("four people, SNAP, results alone", results)]
    {
        out.write_all(compare(label, &body, time / 2)?.as_bytes())?;
    }
    Ok(())
}
