//! What is written about the service's work. The libraries below could print whole requests at their most verbose
//! level, so only this program's own lines pass, whatever the level; and a panic tells where, never with what.

use std::io::{self, IsTerminal, Write};

use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::prelude::*;
use tracing_subscriber::{EnvFilter, fmt};

const OWN: &str = env!("CARGO_CRATE_NAME");

/// Whether a text says how much to log: a level, or parts of this program each with its own, parted by commas.
#[must_use]
pub fn is_level(directives: &str) -> bool {
    let one = |directive: &str| match directive.split_once('=') {
        Some((part, level)) => is_own(part.trim()) && level.trim().parse::<LevelFilter>().is_ok(),
        // A word that is no level would be taken for the name of a part, and nothing be written.
        None => !directive.is_empty() && (directive.parse::<LevelFilter>().is_ok() || is_own(directive)),
    };
    directives.split(',').map(str::trim).all(one) && EnvFilter::try_new(directives).is_ok()
}

/// Begins to log, once in a process; a second call changes nothing.
pub(super) fn start(directives: Option<&str>) {
    let directives = directives.map(str::to_owned).or_else(|| std::env::var("RUST_LOG").ok());
    let level = directives.and_then(|directives| EnvFilter::try_new(directives).ok());
    let level = level.unwrap_or_else(|| EnvFilter::new("info"));
    let lines = fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .without_time();
    // A second start finds the first one's subscriber in place, which is as good.
    let _ = tracing_subscriber::registry()
        .with(level)
        .with(filter_fn(|line| is_own(line.target())))
        .with(lines)
        .try_init();
    std::panic::set_hook(Box::new(|panic| {
        let mut out = io::stderr().lock();
        // Nothing is left to do if even this cannot be written.
        let _ = match panic.location() {
            Some(place) => writeln!(out, "internal fault at {}:{}", place.file(), place.line()),
            None => writeln!(out, "internal fault"),
        };
    }));
}

fn is_own(target: &str) -> bool {
    target.strip_prefix(OWN).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[cfg(test)]
mod tests {
    use super::{is_level, is_own};

    #[test]
    fn only_our_own_lines_pass() {
        assert!(is_own("onward") && is_own("onward::api::guard"));
        for level in ["info", "off", "WARN", "onward=debug", "info,onward::api=trace", "onward"] {
            assert!(is_level(level), "{level}");
        }
        for word in ["", "blah", "info,", "info,blah", "onward=loud", "onwrd=debug", "hyper=trace"] {
            assert!(!is_level(word), "{word}");
        }
        assert!(!is_own("onwards") && !is_own("actix_http::h1::dispatcher") && !is_own("hyper"));
    }
}
