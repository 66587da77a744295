//! `onward serve`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use crate::api::{self, Settings};

use super::{Trouble, rules};

/// More threads than this would only wait for one another.
const MOST_WORKERS: usize = 1024;
/// More situations at once than this would fill the memory of most machines.
const MOST_AT_ONCE: usize = 65_536;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Address and port to listen on; port 0 takes any free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    bind: String,
    /// A folder of rule files in place of those built in
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// How much to log, as RUST_LOG would say it; no line ever holds anything personal
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    log: Option<String>,
    /// Worker threads; one for each processor if left out
    #[arg(long, value_name = "NUMBER", value_parser = workers)]
    workers: Option<usize>,
    /// Situations in work or waiting at once; further callers are told to come back (32 for each worker if left out)
    #[arg(long, value_name = "NUMBER", value_parser = at_once)]
    at_once: Option<usize>,
}

impl Default for Arguments {
    fn default() -> Self {
        Self { bind: Settings::default().bind, rules: None, log: None, workers: None, at_once: None }
    }
}

/// How much to log.
fn level(text: &str) -> Result<String, String> {
    if api::is_log_level(text) {
        return Ok(text.to_owned());
    }
    Err("write off, error, warn, info, debug or trace, or a part of the program with one, such as onward=debug"
        .to_owned())
}

/// How many threads answer.
fn workers(text: &str) -> Result<usize, String> {
    number_to(MOST_WORKERS, text)
}

/// How many situations are in work or wait.
fn at_once(text: &str) -> Result<usize, String> {
    number_to(MOST_AT_ONCE, text)
}

fn number_to(most: usize, text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| format!("write a number from 1 to {most}, or leave it out"))
}

/// Whether this is an address, or the name of a machine, and a port.
fn is_address(bind: &str) -> bool {
    let named = bind
        .rsplit_once(':')
        .is_some_and(|(host, port)| !host.is_empty() && !host.contains(':') && port.parse::<u16>().is_ok());
    named || bind.parse::<std::net::SocketAddr>().is_ok()
}

pub(super) fn run(arguments: Arguments) -> Result<(), Trouble> {
    let Arguments { bind, rules: folder, log, workers, at_once } = arguments;
    if !is_address(&bind) {
        return Err(Trouble::Input("--bind needs an address and a port, such as 127.0.0.1:8080".to_owned()));
    }
    let book = Arc::new(rules(folder.as_deref())?);
    let settings = Settings { bind: bind.clone(), log, workers, at_once };
    api::serve(settings, book).map_err(|cause| Trouble::Serve { bind, cause })
}
