//! A situation from a file or from standard input.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use crate::vocabulary::limits::{MOST_BYTES, MOST_MEBIBYTES};
use crate::vocabulary::{Parsed, Unreadable, Vocabulary, parse};

use super::Trouble;

/// Understands what a file holds as JSON. No complaint repeats any of it.
pub(super) fn json<'t>(file: &Path, bytes: &'t [u8], vocabulary: &Vocabulary) -> Result<Parsed<'t>, Trouble> {
    parse(bytes, vocabulary).map_err(|why| {
        let name = name(file);
        Trouble::Input(match why {
            Unreadable::EndsEarly { line, .. } => format!("{name} ends too early to be JSON (line {line})"),
            Unreadable::GoesWrong { line, column } => {
                format!("{name} is not JSON: look at line {line}, column {column}")
            }
            Unreadable::TooMany => format!("{name} cannot be used: {why}"),
        })
    })
}

fn name(file: &Path) -> String {
    if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() }
}

/// Reads a file; `-` is standard input.
pub(super) fn bytes(file: &Path) -> Result<Vec<u8>, Trouble> {
    let name = name(file);
    let trouble = |error: io::Error| {
        Trouble::Input(match error.kind() {
            ErrorKind::NotFound => format!("there is no file {name}"),
            ErrorKind::PermissionDenied => format!("{name} may not be read: check the rights on it"),
            ErrorKind::IsADirectory => format!("{name} is a folder, not a file"),
            _ => format!("{name} cannot be read: {error}"),
        })
    };
    let mut bytes = Vec::new();
    // One more byte than a situation may have tells that there are too many.
    let most = MOST_BYTES as u64 + 1;
    let read = if file == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        let opened = fs::File::open(file).map_err(trouble)?;
        opened.take(most).read_to_end(&mut bytes)
    };
    let length = read.map_err(trouble)?;
    if length > MOST_BYTES {
        let most = format!("{MOST_MEBIBYTES} MiB");
        return Err(Trouble::Input(format!("{name} is larger than a situation can be ({most})")));
    }
    Ok(bytes)
}
