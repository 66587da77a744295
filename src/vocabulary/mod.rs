//! The vocabulary (facts, code lists, questions) and the situation of one household.
//!
//! For: `rulebook`, `engine`, `answer`. Depends on: `kernel`, `language` (typed trees and types only).
//! May not know YAML, programs or HTTP. The facts themselves are declared in `rules/vocabulary`.

mod fact;
mod reading;
mod relations;
mod situation;

pub use fact::{
    About, Closure, Code, CodeList, Conflict, Derived, Fact, Kind, PROGRAM_LIST, RELATIONSHIP_LIST, Role,
    STATE_LIST, Sensitivity, Vocabulary,
};
pub use reading::{
    DUPLICATE_NAME, Explain, Json, Map, Options, Parsed, ReadFault, Request, Sifted, Unreadable, limits,
    parse, read, sift,
};
pub use relations::Relations;
pub use situation::{Absence, FactRef, Given, Item, ItemList, Known, Situation};
