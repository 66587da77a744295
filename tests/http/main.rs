//! The service over HTTP, from outside: a real server on a free port, a real client.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod admission;
mod answers;
mod bodies;
mod described;
mod document;
#[path = "../common/files.rs"]
mod files;
mod pages;
mod problems;
mod reading;
mod refusals;
mod rule_set;
mod schema;
#[path = "../common/server.rs"]
mod server;

/// What may be kept until the law changes.
const KEPT: [&str; 8] = [
    "/v1/programs",
    "/v1/programs/snap",
    "/v1/facts",
    "/v1/sources",
    "/v1/law",
    "/v1/law/changes",
    "/openapi.json",
    "/problems",
];
