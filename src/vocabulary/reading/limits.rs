//! How much a request may hold. Each limit stands here once: reading keeps it, and the schema, the documents and what
//! is said of a fault tell it.

use crate::kernel::MAX_PEOPLE;

/// Bytes of a body, in MiB.
pub const MOST_MEBIBYTES: usize = 1;
/// Bytes of a body.
pub const MOST_BYTES: usize = MOST_MEBIBYTES * 1024 * 1024;
/// Values in a body: more are in no request of fifty people.
pub const MOST_VALUES: usize = 100_000;
/// Items in one list, and items of income in one request.
pub const MOST_ITEMS: usize = 200;
/// Values that a fact may be one of, or that a list of codes or people may hold.
pub const MOST_CHOICES: usize = 200;
/// Relationships: one of each person to each of all others.
pub const MOST_RELATIONSHIPS: usize = MAX_PEOPLE * (MAX_PEOPLE - 1);
/// Digits before the point: more are no amount of money that anybody has.
pub const MOST_DIGITS: usize = 12;
/// Digits after the point.
pub const MOST_DECIMALS: usize = 4;
/// Characters of the id of a person.
pub const LONGEST_ID: usize = 16;
