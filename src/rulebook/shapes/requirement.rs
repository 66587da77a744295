//! Requirements, with what excuses from them and the other readings of the law.

use super::super::shape::{Kind, Shape, may, needed};
use super::{CITE, FROM, UNTIL};

static UNSETTLED: Shape = Shape {
    name: "unsettled",
    about: "the other reading of the law",
    keys: &[
        may("other", Kind::Test, "the whole test under the other reading"),
        may("also", Kind::Test, "what the other reading accepts beside the test"),
        needed("text", Kind::Words, "what the dispute is"),
        needed("cite", Kind::Cite, "its sources"),
        needed("advise", Kind::Id, "the program or agency that can advise"),
    ],
};

static REQUIREMENT_VERSION: Shape = Shape {
    name: "a version of a requirement",
    about: "what it asks from one day to another",
    keys: &[
        needed("from", Kind::Day, "the first day"),
        UNTIL,
        may("known_from", Kind::Day, "the day when it could be known"),
        CITE,
        may("test", Kind::Test, "the test"),
        may("met", Kind::Words, "said when it holds"),
        may("not_met", Kind::Words, "said when it fails"),
        may("unknown", Kind::Words, "said while it is open"),
        may("unsettled", Kind::Shape(&UNSETTLED), "the other reading of the law"),
    ],
};

static STANDING_WHEN: Shape = Shape {
    name: "a standing of somebody who fails",
    about: "a standing and when it applies",
    keys: &[may("when", Kind::Test, "when it applies"), needed("standing", Kind::Id, "the standing")],
};

static EXEMPTION: Shape = Shape {
    name: "an exemption",
    about: "what excuses from a requirement",
    keys: &[
        needed("id", Kind::Id, "its name"),
        may("test", Kind::Test, "when it excuses; left out where nobody can be asked"),
        may("when", Kind::Test, "when it is worth telling"),
        needed("text", Kind::Words, "what it is"),
        needed("cite", Kind::Cite, "the law"),
        FROM,
        UNTIL,
    ],
};

pub(super) static REQUIREMENT: Shape = Shape {
    name: "a requirement",
    about: "one legal test",
    keys: &[
        needed("id", Kind::Id, "its name"),
        may("of", Kind::OneOf(&["unit", "person"]), "whom it is about"),
        needed("title", Kind::Words, "what it is about"),
        CITE,
        may("test", Kind::Test, "the test"),
        may(
            "covered_by",
            Kind::OneOrMany(&Kind::Id),
            "better programs that take this one's place, instead of a test: it fails for somebody eligible for one",
        ),
        may("versions", Kind::List(&Kind::Shape(&REQUIREMENT_VERSION)), "the test by date"),
        may("unless", Kind::Test, "under which it is not asked"),
        may("bar", Kind::Boolean, "rare: an absent fact is taken not to bar"),
        may("exemptions", Kind::List(&Kind::Shape(&EXEMPTION)), "what excuses"),
        may(
            "agency_may_accept",
            Kind::List(&Kind::Shape(&EXEMPTION)),
            "where the test fails and the law is in doubt: an agency decides",
        ),
        may(
            "agency_must_confirm",
            Kind::List(&Kind::Shape(&EXEMPTION)),
            "where the test holds and the law is in doubt: an agency decides",
        ),
        may("excusable", Kind::Words, "an agency may forgive a failure"),
        may("agency_decides", Kind::Words, "what an agency must judge"),
        may(
            "if_not_met",
            Kind::OneOrMany(&Kind::MapOr(&Kind::Shape(&STANDING_WHEN), &Kind::Id)),
            "the standing of a person who fails",
        ),
        may("met", Kind::Words, "said when it holds"),
        may("not_met", Kind::Words, "said when it fails"),
        may("unknown", Kind::Words, "said while it is open"),
        may("opened_by", Kind::List(&Kind::Id), "programs whose approval would open it"),
        may("unsettled", Kind::Shape(&UNSETTLED), "the other reading of the law"),
    ],
};
