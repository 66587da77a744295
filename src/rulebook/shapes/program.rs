//! Programs, and what a state adds to one.

use super::super::shape::{Kind, Shape, may, needed};
use super::entry::{CAUTION, DEADLINE, ONGOING, PAPER, REFUSAL, STEP};
use super::module::{CONVERSION, DEFINITION, FIGURE};
use super::requirement::REQUIREMENT;
use super::{CITE, TRANSLATED, UNTIL};

static STANDING: Shape = Shape {
    name: "a standing",
    about: "how somebody counts who is no member",
    keys: &[
        needed("id", Kind::Id, "its name"),
        needed("role", Kind::OneOf(&["outside", "counted_only"]), "what the answer calls it"),
    ],
};

static UNIT: Shape = Shape {
    name: "a unit",
    about: "whom the program counts together",
    keys: &[
        may("same_as", Kind::Id, "the program whose unit it is"),
        may("id", Kind::Id, "its name"),
        CITE,
        may("among", Kind::Test, "who can be in a unit at all (about one person)"),
        may("together", Kind::Test, "which two people, `a` and `b`, belong together"),
        may(
            "standings",
            Kind::List(&Kind::Shape(&STANDING)),
            "how those count who are no members; the first that applies wins",
        ),
    ],
};

/// How often an amount comes.
pub const AMOUNT_PERIODS: [&str; 4] = ["week", "month", "year", "once"];
/// The groups of programs.
pub const CATEGORIES: [&str; 7] = ["status", "remedies", "food", "health", "cash", "housing", "services"];
/// What a program is.
pub const PROGRAM_KINDS: [&str; 5] = ["benefit", "status", "remedy", "right", "service"];

static AMOUNT: Shape = Shape {
    name: "amount",
    about: "what a full period pays",
    keys: &[
        needed("per", Kind::OneOf(&AMOUNT_PERIODS), "the period"),
        needed("value", Kind::Expression, "the formula"),
        may("worksheet", Kind::List(&Kind::Id), "the definitions that lead to it, in order"),
        needed("zero", Kind::Words, "said when it comes to nothing"),
        may("up_to", Kind::Boolean, "an agency decides how much of it"),
    ],
};

static FIRST_PERIOD: Shape = Shape {
    name: "first_period",
    about: "the first, prorated period",
    keys: &[
        needed("value", Kind::Expression, "the formula"),
        needed("from", Kind::Expression, "its first day"),
        needed("to", Kind::Expression, "its last day"),
    ],
};

static IN_FORCE: Shape = Shape {
    name: "in_force",
    about: "the life of a program",
    keys: &[needed("from", Kind::Day, "the first day"), UNTIL],
};

static PATHWAY: Shape = Shape {
    name: "a pathway",
    about: "what an approval changes of a person, and so what else it opens",
    keys: &[
        may("when", Kind::Test, "to whom it can be open; to anybody, if left out"),
        needed(
            "sets",
            Kind::Map(&Kind::Text),
            "facts of the person, with what they become; `as_of` is the day",
        ),
        needed("takes", Kind::Words, "how long it takes"),
        needed("cite", Kind::Cite, "the law"),
    ],
};

macro_rules! sections {
    ($($first:expr),* $(,)?) => {
        &[
            $($first,)*
            TRANSLATED,
            may("figures", Kind::Map(&Kind::Shape(&FIGURE)), "its figures"),
            may("definitions", Kind::Map(&Kind::Shape(&DEFINITION)), "its definitions"),
            may("requirements", Kind::List(&Kind::Shape(&REQUIREMENT)), "its tests"),
            may("documents", Kind::List(&Kind::Shape(&PAPER)), "what to bring"),
            may("steps", Kind::List(&Kind::Shape(&STEP)), "what to do"),
            may("deadlines", Kind::List(&Kind::Shape(&DEADLINE)), "by when"),
            may("cautions", Kind::List(&Kind::Shape(&CAUTION)), "what to beware of"),
            may("if_refused", Kind::Shape(&REFUSAL), "if it is refused"),
            may("ongoing", Kind::OneOrMany(&Kind::Shape(&ONGOING)), "if it is received"),
            may("agency", Kind::Id, "who runs it"),
        ]
    };
}

pub(super) static PROGRAM: Shape = Shape {
    name: "a program",
    about: "a benefit, a protection, a remedy or a status",
    keys: sections![
        needed("program", Kind::Id, "its id"),
        needed("title", Kind::Words, "its name"),
        may("summary", Kind::Words, "what it gives, in a sentence"),
        needed("category", Kind::OneOf(&CATEGORIES), "its group"),
        needed("kind", Kind::OneOf(&PROGRAM_KINDS), "what it is"),
        needed("jurisdiction", Kind::Text, "federal, or a state's code"),
        needed("in_force", Kind::OneOrMany(&Kind::Shape(&IN_FORCE)), "its life"),
        may("conversion", Kind::Shape(&CONVERSION), "how pay becomes monthly"),
        may("unit", Kind::Shape(&UNIT), "whom it counts together"),
        may("pathway", Kind::Shape(&PATHWAY), "what its approval changes of a person"),
        may("amount", Kind::Shape(&AMOUNT), "what it pays"),
        may("first_period", Kind::Shape(&FIRST_PERIOD), "what it pays first"),
        may("instead", Kind::List(&Kind::Id), "what helps when it is closed"),
    ],
};

pub(super) static EXTENSION: Shape = Shape {
    name: "what a state adds",
    about: "a state's part of a federal program",
    keys: sections![
        needed("extends", Kind::Id, "the program"),
        needed("state", Kind::Text, "the state's code"),
        may("instead", Kind::List(&Kind::Id), "what helps when it is closed"),
    ],
};
