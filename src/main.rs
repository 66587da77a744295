//! The `onward` program: everything is in [`onward::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    onward::cli::run()
}
