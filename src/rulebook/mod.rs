//! Rule files -> checked, immutable rule book; figures; cases; reports.
//!
//! For: `engine` (the compiled book alone), `answer`, `api`, `cli`. Depends on: `kernel`, `language`, `vocabulary`,
//! a YAML parser and `miette`. May not know the engine: worked cases are read here and run by whoever has one.

mod book;
mod boundaries;
mod case;
mod case_places;
mod changes;
mod check;
mod compile;
mod dependents;
mod fault;
mod follow;
mod gaps;
mod law;
mod load;
mod names;
mod places;
mod reach;
mod read_file;
mod read_module;
mod read_pathway;
mod read_program;
mod read_registry;
mod read_requirement;
mod read_vocabulary;
mod reader;
mod registry;
mod rests;
mod review;
mod schema;
mod shape;
mod shapes;
mod trees;
mod yaml;
mod yaml_fault;

pub use book::*;
pub use case::{Case, Ends, Expected, yaml_as_json};
pub use case_places::CasePlaces;
pub use changes::{Change, Changed};
pub use dependents::Dependents;
pub use fault::{Report, RuleFault, RuleFile, Severity};
pub use gaps::{Gap, gaps, without_rules};
pub use law::Law;
pub(crate) use law::governing;
pub use load::{load_embedded, load_files, load_folder};
pub use reach::{Reach, Telling};
pub use registry::{Agency, Document, Review, Source, Translation};
pub use review::{Marks as ReviewMarks, marks};
pub use schema::schema;
pub use shapes::{AMOUNT_PERIODS, CATEGORIES, CONTACTS, PROGRAM_KINDS, WHO_ACTS};
