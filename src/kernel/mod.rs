//! Truth values, exact quantities with bounds, dates and codes: what may be known about one thing.
//!
//! For: every other module. Depends on: `rust_decimal` and `chrono` (types only, never the clock), `strsim`
//! (near names). Everything here is a *lattice of knowledge*: a value holds all that is still possible, and each
//! operation keeps every possible result, so learning more can only narrow an answer.

mod bound;
mod calendar;
mod codes;
mod range;
mod text;
mod truth;
mod value;

pub use bound::Bound;
pub use calendar::{Dates, Day, Period, Span, SpanUnit, iso_day};
pub(crate) use calendar::{end_of_month, start_of_month};
pub use codes::{CodeBag, CodeSet, MAX_CODES};
pub use range::{Range, Rounding, RoundingMode};
pub use text::{Language, Words, did_you_mean, nearest};
pub use truth::Truth;
pub use value::{MAX_PEOPLE, Paid, PersonBag, PersonSet, Value};
