//! Today's date in a state: the one place where the clock is read. For `api` and `cli` alone.
//!
//! Depends on: `kernel` (days), `language` (types of facts), `vocabulary` (which time zone a state has is data).

use chrono::Utc;
use chrono_tz::Tz;

use crate::kernel::Day;
use crate::language::Type;
use crate::vocabulary::{Kind, Role, Vocabulary};

/// Today in a state, by its code; in Greenwich, where the vocabulary gives it no time zone.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the clock enters here, and nowhere else")]
pub fn in_state(vocabulary: &Vocabulary, state: &str) -> Day {
    let now = Utc::now();
    match time_zone(vocabulary, state) {
        Some(zone) => now.with_timezone(&zone).date_naive(),
        None => now.date_naive(),
    }
}

/// Today, for what no state bears on (how old a review is).
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the clock enters here, and nowhere else")]
pub fn anywhere() -> Day {
    Utc::now().date_naive()
}

fn time_zone(vocabulary: &Vocabulary, state: &str) -> Option<Tz> {
    let fact = vocabulary.fact(vocabulary.role(Role::State)?)?;
    let Kind::One(Type::Code(list)) = fact.kind else { return None };
    let list = vocabulary.list(list)?;
    list.codes.get(list.position(state)?)?.time_zone.as_deref()?.parse().ok()
}
