//! The service over HTTP, and the OpenAPI document that describes it.
//!
//! For: `cli` (and the tests from outside). Depends on: `answer`, `engine` (codes of statuses and outcomes), `vocabulary`
//! (reading a request, and the facts), `rulebook` (the compiled book), `language` (types and ids), `kernel`, `today`.
//! Only `cli` may depend on it. Nothing that a caller sends is kept or written
//! anywhere: see `guard` for what a log line holds, and `problem` for what an error says.

mod admission;
mod answer_codes;
mod body;
mod changes;
mod docs;
mod eligibility;
mod facts;
mod feed;
mod guard;
mod law;
mod logging;
mod negotiation;
mod openapi;
mod probes;
mod problem;
mod program_help;
mod programs;
mod query;
mod routes;
mod situation_schema;

use std::io::{self, IsTerminal, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};

use crate::rulebook::RuleBook;

use admission::Admission;

pub use logging::is_level as is_log_level;
pub use openapi::openapi;

/// Requests that one worker answers at once; more wait for their turn.
const ANSWERING: usize = 4;
/// Requests for each worker that are read, wait or are answered at once, if nothing else is said; more are refused.
const AT_ONCE: usize = 32;

/// A client that does not finish the head of its request in this time is cut off.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);
/// An idle connection is kept this long.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Open connections to each worker at once.
const MOST_CONNECTIONS: usize = 4096;
/// Seconds that running requests have to finish when the service stops.
const SHUTDOWN_SECONDS: u64 = 5;

/// How the service is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Address and port to listen on; port 0 takes any free one.
    pub bind: String,
    /// How much to log, as `RUST_LOG` would say it; left out, `RUST_LOG` itself, or `info`. Whatever it says,
    /// only the lines of this program are ever written, and they hold nothing personal.
    pub log: Option<String>,
    /// Worker threads; left out, one for each processor.
    pub workers: Option<usize>,
    /// Situations that are read, wait or are answered at once, in all workers together; left out, a few dozen for
    /// each worker.
    pub at_once: Option<usize>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { bind: "127.0.0.1:8080".to_owned(), log: None, workers: None, at_once: None }
    }
}

/// What every request is answered from. It never changes while the service runs.
struct Service {
    book: Arc<RuleBook>,
    openapi: web::Bytes,
    admission: Admission,
}

/// The service, bound to its port and ready to run.
pub struct Application {
    listener: TcpListener,
    workers: usize,
    service: Arc<Service>,
}

impl Application {
    /// Takes the port.
    ///
    /// # Errors
    /// When the address is not one, or its port is taken.
    pub fn build(settings: Settings, book: Arc<RuleBook>) -> io::Result<Self> {
        let listener = TcpListener::bind(settings.bind.as_str())?;
        let openapi = web::Bytes::from(openapi(&book));
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let workers = settings.workers.unwrap_or_else(cores).max(1);
        let admission = Admission::of(settings.at_once.unwrap_or(workers.saturating_mul(AT_ONCE)).max(1));
        Ok(Self { listener, workers, service: Arc::new(Service { book, openapi, admission }) })
    }

    /// The port that was taken; 0 if the system does not tell.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.listener.local_addr().map_or(0, |address| address.port())
    }

    /// Answers until the process is told to stop.
    ///
    /// # Errors
    /// When the system refuses threads or the socket.
    pub async fn run(self) -> io::Result<()> {
        let service = web::Data::from(self.service);
        HttpServer::new(move || {
            App::new().app_data(service.clone()).wrap(from_fn(guard::around)).configure(routes::routes)
        })
        .workers(self.workers)
        .worker_max_blocking_threads(ANSWERING)
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(HEAD_TIMEOUT)
        .client_disconnect_timeout(HEAD_TIMEOUT)
        // Who closes the connection has gone: nothing more is done for them.
        .h1_allow_half_closed(false)
        .max_connections(MOST_CONNECTIONS)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .listen(self.listener)?
        .run()
        .await
    }

    /// Says on the terminal where to look; in a pipe, the address alone.
    fn announce(&self) -> io::Result<()> {
        let address = self.listener.local_addr()?;
        let mut out = io::stderr().lock();
        writeln!(out, "Onward listens on http://{address}")?;
        if io::stderr().is_terminal() {
            let programs = self.service.book.programs.len();
            writeln!(out, "  documentation  http://{address}/docs")?;
            writeln!(out, "  programs       http://{address}/v1/programs ({programs} on file)")?;
            writeln!(out, "  ask            POST a situation to http://{address}/v1/eligibility")?;
            writeln!(out, "Nothing that is asked is kept. Stop with Ctrl-C.")?;
        }
        out.flush()
    }
}

/// Serves until the process is told to stop.
///
/// # Errors
/// When the address cannot be listened on, or the system refuses threads.
pub fn serve(settings: Settings, book: Arc<RuleBook>) -> io::Result<()> {
    logging::start(settings.log.as_deref());
    let application = Application::build(settings, book)?;
    application.announce()?;
    actix_web::rt::System::new().block_on(application.run())
}
