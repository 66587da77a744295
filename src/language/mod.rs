//! The text of a test or formula -> a typed tree.
//!
//! For: `vocabulary` (derived facts) and `rulebook`. Depends on: `kernel`. May not know YAML, the rule
//! book or the engine: names are resolved through the [`Scope`] that a caller gives.

mod check;
mod cursor;
mod lexer;
mod parser;
mod syntax;
mod typed;
mod types;
mod words;

pub use check::{Checked, Scope, Subject, Symbol, check};
pub use cursor::MAX_DEPTH;
pub use parser::parse;
pub use syntax::{Aggregate, Arithmetic, Comparison, Expression, Fault, Name, Part};
pub use typed::{DefinitionId, FactId, FigureId, Group, ListId, Person, ProgramId, Tree};
pub use types::{MoneyPer, Type};
pub use words::{conversion_help, in_words};
