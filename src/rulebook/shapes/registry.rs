//! Sources, documents and agencies.

use super::super::registry::Review;
use super::super::shape::{Kind, Shape, may, needed};
use super::{TRANSLATED, UNTIL};

static SOURCE: Shape = Shape {
    name: "a source",
    about: "an authority",
    keys: &[
        needed("text", Kind::Text, "the citation as lawyers write it"),
        needed("title", Kind::Text, "what it is"),
        needed("url", Kind::Text, "where it can be read"),
        needed("review", Kind::OneOf(&Review::NAMES), "how sure we are of it"),
        needed("reviewed_on", Kind::Day, "when that was last looked at"),
        needed("reviewed_by", Kind::OneOf(&["analyst", "lawyer", "agency"]), "by whom: a role"),
        needed("against", Kind::Text, "in which edition"),
        UNTIL,
    ],
};

static DOCUMENT: Shape = Shape {
    name: "a document",
    about: "a paper that proves something",
    keys: &[
        needed("title", Kind::Words, "what it is"),
        needed("any_of", Kind::List(&Kind::Words), "what may be shown in its place"),
        needed("if_missing", Kind::Words, "what to do without it"),
        needed("cite", Kind::Cite, "the law"),
    ],
};

static AGENCY: Shape = Shape {
    name: "an agency",
    about: "an office, a line, an organisation",
    keys: &[
        needed("title", Kind::Words, "what it is"),
        may("phone", Kind::Text, "its telephone number"),
        may("url", Kind::Text, "its page"),
        may("hours", Kind::Words, "when it can be reached"),
        may("how", Kind::Words, "how to reach it"),
        needed("cite", Kind::Cite, "where the contact comes from"),
        needed("checked_on", Kind::Day, "when the contact was last checked"),
    ],
};

pub(super) static REGISTRY: Shape = Shape {
    name: "a registry",
    about: "sources, documents, agencies",
    keys: &[
        may("sources", Kind::Map(&Kind::Shape(&SOURCE)), "authorities"),
        may("documents", Kind::Map(&Kind::Shape(&DOCUMENT)), "papers"),
        may("agencies", Kind::Map(&Kind::Shape(&AGENCY)), "offices"),
        TRANSLATED,
    ],
};
