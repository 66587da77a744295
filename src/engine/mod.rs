//! (rule book, situation, day) -> findings and trace.
//!
//! For: `answer`. Depends on: `kernel`, `language` (typed trees), `vocabulary`, `rulebook` (the compiled book
//! alone). Pure, total, deterministic: no input or output, clock, threads, randomness or serialisation.

mod aggregate;
mod ask;
mod compose;
mod composition;
mod contradiction;
mod dates;
mod derive;
mod evaluate;
mod findings;
mod fold;
mod formula;
mod frame;
mod join;
mod known;
mod marks;
mod memory;
mod operate;
mod pathway;
mod probe;
mod program;
mod requirement;
mod rows;
mod telling;
mod trace;

pub use ask::{Depth, Turn, answer, answer_and_look_ahead, glance, refused};
pub use contradiction::{Contradiction, Parties, contradictions};
pub use findings::{
    Amount, Finding, Findings, FirstPeriod, Missing, OtherReading, Outcome, PersonFinding, Said, Status,
    UnitFinding, WayOut, Why, WhyAmount,
};
pub use marks::Reasons;
pub use pathway::{Opening, openings};
pub use probe::{Witness, witnesses};

pub use trace::{Line, Part};
