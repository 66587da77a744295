//! Figures and definitions, and the modules that share them.

use super::super::shape::{Kind, Shape, may, needed};
use super::{CITE, TRANSLATED, UNTIL};

static TABLE: Shape = Shape {
    name: "a table",
    about: "values by count",
    keys: &[
        needed("at", Kind::Map(&Kind::Amount), "the value at each count"),
        may("each_further", Kind::Amount, "what each further one adds"),
        may("at_most", Kind::Amount, "never more than this"),
    ],
};

static AWAITED: Shape = Shape {
    name: "awaited",
    about: "a figure that is not on file, within bounds",
    keys: &[
        needed("low", Kind::MapOr(&Kind::Shape(&TABLE), &Kind::Amount), "the least that it can be"),
        needed("high", Kind::MapOr(&Kind::Shape(&TABLE), &Kind::Amount), "the most that it can be"),
        needed("because", Kind::Words, "why it is not on file"),
    ],
};

static FIGURE_VERSION: Shape = Shape {
    name: "a version of a figure",
    about: "what it is from one day to another",
    keys: &[
        needed("from", Kind::Day, "the first day"),
        UNTIL,
        may("known_from", Kind::Day, "the day when it could be known"),
        may("value", Kind::AmountOrBoolean, "the value"),
        may("at", Kind::Map(&Kind::Amount), "the value at each count or code"),
        may("each_further", Kind::Amount, "what each further one adds"),
        may("at_most", Kind::Amount, "never more than this"),
        may("awaited", Kind::Shape(&AWAITED), "it is not on file"),
        needed("cite", Kind::Cite, "the law"),
    ],
};

pub(super) static FIGURE: Shape = Shape {
    name: "a figure",
    about: "a dated number or table",
    keys: &[
        needed("means", Kind::Words, "what it is"),
        needed("type", Kind::Text, "money, money/month, count, rate, boolean, …"),
        may("by", Kind::Text, "count, or a code list"),
        may("option", Kind::Boolean, "each state decides it"),
        CITE,
        may("versions", Kind::List(&Kind::Shape(&FIGURE_VERSION)), "its values by date"),
    ],
};

static ROUNDED: Shape = Shape {
    name: "rounded",
    about: "a rounding that the law prescribes",
    keys: &[
        needed("to", Kind::Amount, "the unit"),
        needed("how", Kind::OneOf(&["half_up", "down", "up"]), "the direction"),
        needed("cite", Kind::Cite, "the law"),
    ],
};

static DEFINITION_VERSION: Shape = Shape {
    name: "a version of a definition",
    about: "what it is from one day to another",
    keys: &[
        needed("from", Kind::Day, "the first day"),
        UNTIL,
        may("known_from", Kind::Day, "the day when it could be known"),
        may("value", Kind::Expression, "the formula"),
        may("test", Kind::Test, "the test"),
        CITE,
    ],
};

pub(super) static DEFINITION: Shape = Shape {
    name: "a definition",
    about: "a named, dated formula",
    keys: &[
        may(
            "of",
            Kind::OneOf(&["unit", "person", "pair", "household"]),
            "whom it is about; the unit if left out. A pair is two people, `a` and `b`",
        ),
        needed("type", Kind::Text, "money/month, boolean, count, …"),
        needed("means", Kind::Words, "what it is"),
        CITE,
        may("value", Kind::Expression, "the formula"),
        may("test", Kind::Test, "the test"),
        may("option", Kind::Boolean, "each state decides it"),
        may("versions", Kind::List(&Kind::Shape(&DEFINITION_VERSION)), "the formula by date"),
        may("rounded", Kind::Shape(&ROUNDED), "a rounding that the law prescribes"),
    ],
};

pub(super) static CONVERSION: Shape = Shape {
    name: "conversion",
    about: "factors from each pay period to a month",
    keys: &[
        needed("cite", Kind::Cite, "the law"),
        needed("week", Kind::Text, "weeks in a month"),
        needed("two_weeks", Kind::Text, "two-week periods in a month"),
        needed("half_month", Kind::Text, "half months in a month"),
        needed("month", Kind::Text, "1"),
        needed("quarter", Kind::Text, "quarters in a month"),
        needed("year", Kind::Text, "years in a month"),
    ],
};

pub(super) static MODULE: Shape = Shape {
    name: "a module",
    about: "shared definitions and figures",
    keys: &[
        needed("module", Kind::Id, "its name"),
        TRANSLATED,
        may("conversion", Kind::Shape(&CONVERSION), "how pay becomes monthly"),
        may("figures", Kind::Map(&Kind::Shape(&FIGURE)), "its figures"),
        may("definitions", Kind::Map(&Kind::Shape(&DEFINITION)), "its definitions"),
    ],
};
