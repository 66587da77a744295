//! Code lists and facts.

use crate::vocabulary::Sensitivity;

use super::super::shape::{Kind, Shape, may, needed};
use super::{RANGE, TRANSLATED};

static CLOSES: Shape = Shape {
    name: "closes",
    about: "how a relationship follows from others",
    keys: &[
        may("shares", Kind::Text, "both share one who is this to each"),
        may("through", Kind::List(&Kind::Text), "a chain of two relationships"),
        may("unless", Kind::Text, "does not follow where this one holds"),
    ],
};

static CODE: Shape = Shape {
    name: "a code",
    about: "one code of a list",
    keys: &[
        needed("title", Kind::Words, "what it means"),
        may("symmetric", Kind::Boolean, "the relationship holds both ways"),
        may("closes", Kind::Shape(&CLOSES), "how the relationship follows from others"),
        may("state", Kind::Text, "the state in which a county lies"),
        may("time_zone", Kind::Text, "the time zone of a state, by its IANA name"),
    ],
};

static DERIVED: Shape = Shape {
    name: "derived",
    about: "how an absent fact follows from others",
    keys: &[may("value", Kind::Expression, "its value")],
};

static CONTRADICTION: Shape = Shape {
    name: "a contradiction",
    about: "facts that cannot all be so",
    keys: &[
        needed("when", Kind::Test, "holds where this fact and others that were given cannot all be so"),
        needed("says", Kind::Words, "what to tell the caller then, without any value"),
    ],
};

static FACT: Shape = Shape {
    name: "a fact",
    about: "one thing somebody may tell us",
    keys: &[
        needed("about", Kind::Text, "situation, person, household, or a kind of list item"),
        needed(
            "type",
            Kind::Text,
            "boolean, count, number, money, money/any, date, code LIST, codes LIST, person, people, items RECORD",
        ),
        may("range", Kind::Shape(&RANGE), "least and greatest value"),
        needed("question", Kind::Words, "the question in plain words"),
        may("help", Kind::Words, "why it is asked, and that it may be skipped"),
        needed("sensitivity", Kind::OneOf(&Sensitivity::NAMES), "how intrusive it is"),
        may("never_asked", Kind::Boolean, "accepted if given, never asked"),
        may("of_applicants_only", Kind::Boolean, "never asked of somebody who does not apply"),
        may("none", Kind::Words, "words for none"),
        may("never_none", Kind::Boolean, "there always is one, so that none is refused"),
        may("if_left_out", Kind::OneOf(&["none"]), "what a given item means that leaves it out"),
        may("required", Kind::Boolean, "a request without it is refused"),
        may("role", Kind::Text, "what the engine uses it for"),
        may("derived", Kind::Shape(&DERIVED), "how it follows from others"),
        may("derived_true_when", Kind::Test, "it holds when this holds"),
        may("derived_false_when", Kind::Test, "it fails when this holds"),
        may("derived_none_when", Kind::Test, "it is none when this holds"),
        may("derived_has", Kind::Map(&Kind::Test), "codes that the list has when the test holds"),
        may("derived_has_not", Kind::Map(&Kind::Test), "codes that the list lacks when the test holds"),
        may("contradictions", Kind::List(&Kind::Shape(&CONTRADICTION)), "what it cannot stand beside"),
    ],
};

pub(super) static VOCABULARY: Shape = Shape {
    name: "a vocabulary file",
    about: "code lists and facts",
    keys: &[
        may("codes", Kind::Map(&Kind::Map(&Kind::Shape(&CODE))), "code lists"),
        may("facts", Kind::Map(&Kind::Shape(&FACT)), "facts"),
        TRANSLATED,
    ],
};
