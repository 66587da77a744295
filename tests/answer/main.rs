//! Whole answers for situations of `fixtures/situations`, pinned, and what must hold of every answer.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod asked;
mod contradictory;
mod every;
mod pinned;
mod single;
mod together;
mod whose;
