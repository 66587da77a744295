//! Worked cases.

use super::super::book::PersonRole;
use super::super::shape::{Kind, Shape, may, needed};
use super::TRANSLATED;

static EXPECTED_AMOUNT: Shape = Shape {
    name: "an expected amount",
    about: "its ends; one that is left out is not compared",
    keys: &[may("low", Kind::Amount, "the least"), may("high", Kind::Amount, "the most")],
};

static EXPECT: Shape = Shape {
    name: "expect",
    about: "what must come out",
    keys: &[
        may(
            "status",
            Kind::OneOf(&["eligible", "may_qualify", "needs_information", "not_eligible", "not_in_force"]),
            "the status",
        ),
        may("people", Kind::Map(&Kind::Text), "status by person"),
        may("roles", Kind::Map(&Kind::OneOf(&PersonRole::NAMES)), "role by person"),
        may("amount", Kind::MapOr(&Kind::Shape(&EXPECTED_AMOUNT), &Kind::Amount), "the amount"),
        may(
            "first_period",
            Kind::MapOr(&Kind::Shape(&EXPECTED_AMOUNT), &Kind::Amount),
            "the first, prorated amount",
        ),
        may(
            "requirements",
            Kind::Map(&Kind::OneOf(&["met", "not_met", "unknown", "agency_decides", "not_tested"])),
            "outcome by `id` or `id/person`",
        ),
        may("missing", Kind::List(&Kind::Text), "facts that must be asked; an empty list: none may be"),
        may(
            "unsettled",
            Kind::List(&Kind::Id),
            "requirements whose other reading differs; an empty list: none does",
        ),
        may("steps", Kind::List(&Kind::Id), "steps that must be told"),
        may("cautions", Kind::List(&Kind::Id), "warnings that must be told"),
    ],
};

static CASE: Shape = Shape {
    name: "a case",
    about: "a worked example",
    keys: &[
        needed("id", Kind::Id, "its name"),
        needed("title", Kind::Text, "what it shows"),
        may(
            "as_of",
            Kind::Day,
            "the day of application; here, in `situation` or in the case that it is `like`",
        ),
        may("like", Kind::Id, "the case that it starts from"),
        may("situation", Kind::Any, "the request"),
        may("with", Kind::Map(&Kind::Any), "changes, by JSON Pointer; an empty value takes a fact away"),
        needed("expect", Kind::Shape(&EXPECT), "what must come out"),
        may("trap", Kind::Text, "the number of a known trap"),
    ],
};

pub(super) static CASES: Shape = Shape {
    name: "a file of cases",
    about: "worked cases of a program",
    keys: &[
        needed("cases_of", Kind::Id, "the program"),
        needed("cases", Kind::List(&Kind::Shape(&CASE)), "the cases"),
        TRANSLATED,
    ],
};
