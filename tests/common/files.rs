//! Rule files of a test's own.

#![allow(
    dead_code,
    clippy::expect_used,
    reason = "each test uses its own part of this, and stops where it stands"
)]

use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// The rules that are shipped.
pub(crate) fn shipped() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"))
}

/// A copy of the shipped rules, to be changed.
pub(crate) fn copy_of_the_rules() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(shipped(), folder.path());
    folder
}

/// Copies a folder with everything below it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}
