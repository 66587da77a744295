//! What is said with an answer: papers, steps, deadlines, cautions, and what to do about a refusal.

use super::super::shape::{Field, Kind, Shape, may, needed};
use super::{FROM, UNTIL};

const WHEN: Field = may("when", Kind::Test, "said unless this test fails");

const REPLACES: Field = may(
    "replaces",
    Kind::OneOf(&["federal"]),
    "in what a state adds: it takes the place of what the program says itself (of the same id)",
);

const WITH: Field = may(
    "with",
    Kind::List(&Kind::OneOf(&["eligible", "may_qualify", "needs_information", "not_eligible", "receiving"])),
    "the statuses with which it is said (`receiving`: to somebody who gets it already); left out: whoever should apply",
);

pub(super) static PAPER: Shape = Shape {
    name: "a document to bring",
    about: "a paper and what it proves here",
    keys: &[
        needed("document", Kind::Id, "its id in documents.yaml"),
        may("proves", Kind::Words, "what it proves here"),
        WHEN,
        WITH,
        needed("cite", Kind::Cite, "the law"),
        FROM,
        UNTIL,
    ],
};

pub(super) static STEP: Shape = Shape {
    name: "a step",
    about: "one thing to do",
    keys: &[
        needed("id", Kind::Id, "its name"),
        needed("title", Kind::Words, "what to do"),
        needed("how", Kind::Words, "how"),
        may("agency", Kind::Id, "with whom"),
        may("after", Kind::List(&Kind::Id), "steps that come before"),
        may("contacts", Kind::List(&Kind::OneOf(&CONTACTS)), "whom it contacts that may be a danger"),
        may("before", Kind::Words, "what to settle before"),
        REPLACES,
        WHEN,
        WITH,
        needed("cite", Kind::Cite, "the law"),
        FROM,
        UNTIL,
    ],
};

/// Whom a step may reach who may be a danger.
pub const CONTACTS: [&str; 6] =
    ["police", "immigration", "consulate", "other_parent", "landlord", "employer"];
/// Who must act by a deadline.
pub const WHO_ACTS: [&str; 2] = ["agency", "applicant"];

pub(super) static DEADLINE: Shape = Shape {
    name: "a deadline",
    about: "a day by which somebody must act",
    keys: &[
        needed("id", Kind::Id, "its name"),
        needed("what", Kind::Words, "what must be done"),
        needed("who", Kind::OneOf(&WHO_ACTS), "by whom"),
        needed("on", Kind::Expression, "the last day"),
        needed("counted_from", Kind::Expression, "from when it is counted"),
        WHEN,
        WITH,
        needed("cite", Kind::Cite, "the law"),
        FROM,
        UNTIL,
    ],
};

pub(super) static CAUTION: Shape = Shape {
    name: "a caution",
    about: "a warning",
    keys: &[
        needed("id", Kind::Id, "its name"),
        needed("text", Kind::Words, "what to know"),
        REPLACES,
        WHEN,
        WITH,
        needed("cite", Kind::Cite, "the law"),
        FROM,
        UNTIL,
    ],
};

pub(super) static REFUSAL: Shape = Shape {
    name: "if_refused",
    about: "what to do about a refusal",
    keys: &[
        needed("say", Kind::Words, "what to say"),
        needed("for_the_worker", Kind::Words, "what the worker can check"),
        needed("appeal", Kind::Words, "how to appeal"),
        may("by_days", Kind::Whole, "days to appeal"),
        may("keep_benefits_by_days", Kind::Whole, "days to appeal so that benefits go on"),
        REPLACES,
        needed("cite", Kind::Cite, "the law"),
    ],
};

pub(super) static ONGOING: Shape = Shape {
    name: "ongoing",
    about: "for somebody who receives it",
    keys: &[
        needed("text", Kind::Words, "what to do"),
        may("review", Kind::Words, "what reviews it"),
        may("until", Kind::Expression, "until when it lasts"),
        REPLACES,
        WHEN,
        WITH,
        needed("cite", Kind::Cite, "the law"),
        FROM,
        UNTIL,
    ],
};
