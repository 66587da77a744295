//! The tables: every key that a rule file may hold. The checks and the JSON Schema both come from here.
//!
//! For: the checks of shape and the JSON Schema. Depends on: `shape`, and the names of what is read from a word of a
//! list. One kind of file, or of its parts, a module.

mod cases;
mod entry;
mod module;
mod program;
mod registry;
mod requirement;
mod vocabulary;

use super::registry::Translation;
use super::shape::{Field, Kind, Shape, may, needed};
use cases::CASES;
pub use entry::{CONTACTS, WHO_ACTS};
use module::MODULE;
pub use program::{AMOUNT_PERIODS, CATEGORIES, PROGRAM_KINDS};
use program::{EXTENSION, PROGRAM};
use registry::REGISTRY;
use vocabulary::VOCABULARY;

pub(super) static WORDS: Shape = Shape {
    name: "a text",
    about: "the same thing in each language",
    keys: &[needed("en", Kind::Text, "English"), may("es", Kind::Text, "Spanish")],
};

const CITE: Field = may("cite", Kind::Cite, "the law, by source id");
const FROM: Field = may("from", Kind::Day, "the first day");
const UNTIL: Field = may("until", Kind::Day, "the last day");

static TRANSLATIONS: Shape = Shape {
    name: "translations",
    about: "how each translation was made",
    keys: &[may("es", Kind::OneOf(&Translation::NAMES), "Spanish")],
};
const TRANSLATED: Field = may("translations", Kind::Shape(&TRANSLATIONS), "how each translation was made");

static RANGE: Shape = Shape {
    name: "range",
    about: "least and greatest value",
    keys: &[may("low", Kind::Text, "the least"), may("high", Kind::Text, "the greatest")],
};

/// The first key of a file says what it is.
pub(super) static FILES: [(&str, &Shape); 10] = [
    ("codes", &VOCABULARY),
    ("facts", &VOCABULARY),
    ("sources", &REGISTRY),
    ("documents", &REGISTRY),
    ("agencies", &REGISTRY),
    ("module", &MODULE),
    ("program", &PROGRAM),
    ("extends", &EXTENSION),
    ("cases_of", &CASES),
    ("translations", &VOCABULARY),
];
