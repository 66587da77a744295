//! `onward serve`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use crate::api::{self, Settings};

use super::{Trouble, rules};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Address and port to listen on; port 0 takes any free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    bind: String,
    /// A folder of rule files in place of those built in
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// How much to log, as RUST_LOG would say it; no line ever holds anything personal
    #[arg(long, value_name = "LEVEL")]
    log: Option<String>,
    /// Worker threads; one for each processor if left out
    #[arg(long, value_name = "NUMBER")]
    workers: Option<usize>,
}

impl Default for Arguments {
    fn default() -> Self {
        Self { bind: Settings::default().bind, rules: None, log: None, workers: None }
    }
}

pub(super) fn run(arguments: Arguments) -> Result<(), Trouble> {
    let Arguments { bind, rules: folder, log, workers } = arguments;
    if bind.parse::<std::net::SocketAddr>().is_err() && !bind.contains(':') {
        return Err(Trouble::Input("--bind needs an address and a port, such as 127.0.0.1:8080".to_owned()));
    }
    let book = Arc::new(rules(folder.as_deref())?);
    let settings = Settings { bind: bind.clone(), log, workers };
    api::serve(settings, book).map_err(|cause| Trouble::Serve { bind, cause })
}
