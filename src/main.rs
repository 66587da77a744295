//! The `onward` program.
fn main() {}
