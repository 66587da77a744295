//! A real server on a free port, and a client of it.

#![allow(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "each test uses its own part of this, and stops where it stands"
)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, OnceLock, mpsc};
use std::thread;
use std::time::Duration;

use onward::api::{Application, Settings};
use onward::rulebook::{RuleBook, load_embedded};
use reqwest::blocking::{Client, RequestBuilder, Response};
use serde_json::Value as Json;

pub(crate) struct Server {
    port: u16,
    pub(crate) client: Client,
}

impl Server {
    pub(crate) fn start(book: RuleBook) -> Self {
        Self::start_with(book, Settings::default())
    }

    /// A server that answers so many situations at once, and no more.
    pub(crate) fn start_small(book: RuleBook, at_once: usize) -> Self {
        Self::start_with(book, Settings { at_once: Some(at_once), ..Settings::default() })
    }

    fn start_with(book: RuleBook, settings: Settings) -> Self {
        let settings = Settings { bind: "127.0.0.1:0".to_owned(), workers: Some(2), ..settings };
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            let application = Application::build(settings, Arc::new(book)).expect("a free port");
            tell.send(application.port()).expect("somebody waits");
            actix_web::rt::System::new().block_on(application.run()).expect("a server");
        });
        let port = told.recv().expect("the port");
        let client = Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
        Self { port, client }
    }

    /// A bare connection.
    pub(crate) fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).expect("a connection")
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path))
    }

    pub(crate) fn post(&self, body: impl Into<String>) -> RequestBuilder {
        let request = self.client.post(self.url("/v1/eligibility"));
        request.header("content-type", "application/json").body(body.into())
    }

    pub(crate) fn ask(&self, body: &Json) -> Response {
        self.post(body.to_string()).send().expect("a reply")
    }

    pub(crate) fn json(&self, path: &str) -> Json {
        self.get(path).send().expect("a reply").json().expect("JSON")
    }
}

pub(crate) fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start(load_embedded().expect("sound rules")))
}

pub(crate) fn header<'r>(response: &'r Response, name: &str) -> &'r str {
    response.headers().get(name).map_or("", |value| value.to_str().expect("text"))
}

/// Sends bytes as they are, and gives what comes back until the connection closes or the time is over.
pub(crate) fn raw(bytes: &[u8], wait: Duration) -> String {
    let mut stream = server().connect();
    stream.write_all(bytes).expect("sent");
    everything(&mut stream, wait)
}

/// What comes back until the connection closes or the time is over.
pub(crate) fn everything(stream: &mut TcpStream, wait: Duration) -> String {
    stream.set_read_timeout(Some(wait)).expect("a timeout");
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
