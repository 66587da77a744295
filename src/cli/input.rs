//! A situation from a file or from standard input.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use serde_json::Value;

use super::Trouble;

/// More than any situation needs; the service takes no more either.
const MOST_BYTES: u64 = 1 << 20;

/// Reads JSON from a file; `-` is standard input. No complaint repeats what the file holds.
pub(super) fn json(file: &Path) -> Result<Value, Trouble> {
    let name = if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() };
    let bytes = bytes(file, &name)?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Trouble::Input(match error.classify() {
            serde_json::error::Category::Eof => format!("{name} ends too early to be JSON (line {line})"),
            _ => format!("{name} is not JSON: look at line {line}, column {column}"),
        })
    })
}

fn bytes(file: &Path, name: &str) -> Result<Vec<u8>, Trouble> {
    let trouble = |error: io::Error| {
        Trouble::Input(match error.kind() {
            ErrorKind::NotFound => format!("there is no file {name}"),
            ErrorKind::PermissionDenied => format!("{name} may not be read: check the rights on it"),
            ErrorKind::IsADirectory => format!("{name} is a folder, not a file"),
            _ => format!("{name} cannot be read: {error}"),
        })
    };
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes)
    } else {
        let opened = fs::File::open(file).map_err(trouble)?;
        opened.take(MOST_BYTES + 1).read_to_end(&mut bytes)
    };
    let length = read.map_err(trouble)?;
    if u64::try_from(length).is_ok_and(|length| length > MOST_BYTES) {
        return Err(Trouble::Input(format!("{name} is larger than a situation can be (1 MiB)")));
    }
    Ok(bytes)
}
