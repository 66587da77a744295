//! The tables: every key that a rule file may hold. The checks and the JSON Schema both come from here.

use super::shape::{Field, Kind, Shape, may, needed};

pub(super) static WORDS: Shape = Shape {
    name: "a text",
    about: "the same thing in each language",
    keys: &[needed("en", Kind::Text, "English"), may("es", Kind::Text, "Spanish")],
};

const CITE: Field = may("cite", Kind::Cite, "the law, by source id");
const WHEN: Field = may("when", Kind::Test, "said unless this test fails");
const WITH: Field = may(
    "with",
    Kind::List(&Kind::OneOf(&["eligible", "may_qualify", "needs_information", "not_eligible", "receiving"])),
    "the statuses with which it is said (`receiving`: to somebody who gets it already); left out: whoever should apply",
);
const FROM: Field = may("from", Kind::Day, "the first day");
const UNTIL: Field = may("until", Kind::Day, "the last day");

static TRANSLATIONS: Shape = Shape {
    name: "translations",
    about: "how each translation was made",
    keys: &[may("es", Kind::OneOf(&["machine", "reviewed"]), "Spanish")],
};
const TRANSLATED: Field = may("translations", Kind::Shape(&TRANSLATIONS), "how each translation was made");

// Code lists and facts.

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
        may("inverse", Kind::Words, "what the other person is to this one"),
        may("symmetric", Kind::Boolean, "the relationship holds both ways"),
        may("closes", Kind::Shape(&CLOSES), "how the relationship follows from others"),
        may("state", Kind::Text, "the state in which a county lies"),
        may("fips", Kind::Text, "the Census number of a place"),
        may("time_zone", Kind::Text, "the time zone of a state, by its IANA name"),
    ],
};

static RANGE: Shape = Shape {
    name: "range",
    about: "least and greatest value",
    keys: &[may("low", Kind::Text, "the least"), may("high", Kind::Text, "the greatest")],
};

static DERIVED: Shape = Shape {
    name: "derived",
    about: "how an absent fact follows from others",
    keys: &[
        may("value", Kind::Expression, "its value"),
        may("conflict", Kind::Test, "holds when the facts contradict each other"),
        may("says", Kind::Words, "what to tell the caller then"),
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
        needed(
            "sensitivity",
            Kind::OneOf(&["ordinary", "personal", "immigration", "victimization"]),
            "how intrusive it is",
        ),
        may("never_asked", Kind::Boolean, "accepted if given, never asked"),
        may("of_applicants_only", Kind::Boolean, "never asked of somebody who does not apply"),
        may("none", Kind::Words, "words for none"),
        may("someone_not_listed", Kind::Words, "words for somebody who is not in the list of people"),
        may("if_left_out", Kind::OneOf(&["none"]), "what a given item means that leaves it out"),
        may("required", Kind::Boolean, "a request without it is refused"),
        may("role", Kind::Text, "what the engine uses it for"),
        may("ask_when", Kind::Test, "when the question makes sense"),
        may("derived", Kind::Shape(&DERIVED), "how it follows from others"),
        may("derived_true_when", Kind::Test, "it holds when this holds"),
        may("derived_false_when", Kind::Test, "it fails when this holds"),
        may("derived_none_when", Kind::Test, "it is none when this holds"),
        may("derived_has", Kind::Map(&Kind::Test), "codes that the list has when the test holds"),
        may("derived_has_not", Kind::Map(&Kind::Test), "codes that the list lacks when the test holds"),
    ],
};

// Registries.

static SOURCE: Shape = Shape {
    name: "a source",
    about: "an authority",
    keys: &[
        needed("text", Kind::Text, "the citation as lawyers write it"),
        needed("title", Kind::Text, "what it is"),
        needed("url", Kind::Text, "where it can be read"),
        needed(
            "review",
            Kind::OneOf(&["primary", "secondary", "unverified", "doubtful"]),
            "how sure we are of it",
        ),
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

// Figures and definitions.

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

static FIGURE: Shape = Shape {
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

static DEFINITION: Shape = Shape {
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

// Programs.

static CONVERSION: Shape = Shape {
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

static REQUIREMENT: Shape = Shape {
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

static AMOUNT: Shape = Shape {
    name: "amount",
    about: "what a full period pays",
    keys: &[
        needed("per", Kind::OneOf(&["week", "month", "year", "once"]), "the period"),
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

static PAPER: Shape = Shape {
    name: "a document to bring",
    about: "a paper and what it proves here",
    keys: &[
        needed("document", Kind::Id, "its id in documents.yaml"),
        may("proves", Kind::Words, "what it proves here"),
        WHEN,
        WITH,
        CITE,
        FROM,
        UNTIL,
    ],
};

static STEP: Shape = Shape {
    name: "a step",
    about: "one thing to do",
    keys: &[
        needed("id", Kind::Id, "its name"),
        needed("title", Kind::Words, "what to do"),
        needed("how", Kind::Words, "how"),
        may("agency", Kind::Id, "with whom"),
        may("after", Kind::List(&Kind::Id), "steps that come before"),
        may(
            "contacts",
            Kind::List(&Kind::OneOf(&[
                "police",
                "immigration",
                "consulate",
                "other_parent",
                "landlord",
                "employer",
            ])),
            "whom it contacts that may be a danger",
        ),
        may("before", Kind::Words, "what to settle before"),
        WHEN,
        WITH,
        CITE,
        FROM,
        UNTIL,
    ],
};

static DEADLINE: Shape = Shape {
    name: "a deadline",
    about: "a day by which somebody must act",
    keys: &[
        needed("id", Kind::Id, "its name"),
        needed("what", Kind::Words, "what must be done"),
        needed("who", Kind::OneOf(&["agency", "applicant"]), "by whom"),
        needed("on", Kind::Expression, "the last day"),
        needed("counted_from", Kind::Expression, "from when it is counted"),
        WHEN,
        WITH,
        needed("cite", Kind::Cite, "the law"),
        FROM,
        UNTIL,
    ],
};

static CAUTION: Shape = Shape {
    name: "a caution",
    about: "a warning",
    keys: &[
        needed("id", Kind::Id, "its name"),
        needed("text", Kind::Words, "what to know"),
        WHEN,
        WITH,
        needed("cite", Kind::Cite, "the law"),
        FROM,
        UNTIL,
    ],
};

static REFUSAL: Shape = Shape {
    name: "if_refused",
    about: "what to do about a refusal",
    keys: &[
        needed("say", Kind::Words, "what to say"),
        needed("for_the_worker", Kind::Words, "what the worker can check"),
        needed("appeal", Kind::Words, "how to appeal"),
        may("by_days", Kind::Whole, "days to appeal"),
        may("keep_benefits_by_days", Kind::Whole, "days to appeal so that benefits go on"),
        needed("cite", Kind::Cite, "the law"),
    ],
};

static ONGOING: Shape = Shape {
    name: "ongoing",
    about: "for somebody who receives it",
    keys: &[
        needed("text", Kind::Words, "what to do"),
        may("review", Kind::Words, "what reviews it"),
        may("until", Kind::Expression, "until when it lasts"),
        WHEN,
        WITH,
        needed("cite", Kind::Cite, "the law"),
        FROM,
        UNTIL,
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

static PROGRAM: Shape = Shape {
    name: "a program",
    about: "a benefit, a protection, a remedy or a status",
    keys: sections![
        needed("program", Kind::Id, "its id"),
        needed("title", Kind::Words, "its name"),
        may("summary", Kind::Words, "what it gives, in a sentence"),
        needed(
            "category",
            Kind::OneOf(&["status", "remedies", "food", "health", "cash", "housing", "services"]),
            "its group"
        ),
        needed("kind", Kind::OneOf(&["benefit", "status", "remedy", "right", "service"]), "what it is"),
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

static EXTENSION: Shape = Shape {
    name: "what a state adds",
    about: "a state's part of a federal program",
    keys: sections![
        needed("extends", Kind::Id, "the program"),
        needed("state", Kind::Text, "the state's code"),
        may("instead", Kind::List(&Kind::Id), "what helps when it is closed"),
    ],
};

static MODULE: Shape = Shape {
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

static VOCABULARY: Shape = Shape {
    name: "a vocabulary file",
    about: "code lists and facts",
    keys: &[
        may("codes", Kind::Map(&Kind::Map(&Kind::Shape(&CODE))), "code lists"),
        may("facts", Kind::Map(&Kind::Shape(&FACT)), "facts"),
        TRANSLATED,
    ],
};

static REGISTRY: Shape = Shape {
    name: "a registry",
    about: "sources, documents, agencies",
    keys: &[
        may("sources", Kind::Map(&Kind::Shape(&SOURCE)), "authorities"),
        may("documents", Kind::Map(&Kind::Shape(&DOCUMENT)), "papers"),
        may("agencies", Kind::Map(&Kind::Shape(&AGENCY)), "offices"),
        TRANSLATED,
    ],
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
        may("roles", Kind::Map(&Kind::OneOf(&["member", "counted_only", "outside"])), "role by person"),
        may("amount", Kind::MapOr(&Kind::Shape(&RANGE), &Kind::Amount), "the amount"),
        may("first_period", Kind::MapOr(&Kind::Shape(&RANGE), &Kind::Amount), "the first, prorated amount"),
        may(
            "requirements",
            Kind::Map(&Kind::OneOf(&["met", "not_met", "unknown", "agency_decides", "not_tested"])),
            "outcome by `id` or `id/person`",
        ),
        may("missing", Kind::List(&Kind::Text), "facts that must be asked"),
        may("unsettled", Kind::List(&Kind::Id), "requirements whose other reading differs"),
    ],
};

static CASE: Shape = Shape {
    name: "a case",
    about: "a worked example",
    keys: &[
        needed("id", Kind::Id, "its name"),
        needed("title", Kind::Text, "what it shows"),
        may("as_of", Kind::Day, "the day of application"),
        may("like", Kind::Id, "the case that it starts from"),
        may("situation", Kind::Any, "the request"),
        may("with", Kind::Map(&Kind::Any), "changes, by JSON Pointer; an empty value takes a fact away"),
        needed("expect", Kind::Shape(&EXPECT), "what must come out"),
        may("trap", Kind::Text, "the number of a known trap"),
    ],
};

static CASES: Shape = Shape {
    name: "a file of cases",
    about: "worked cases of a program",
    keys: &[
        needed("cases_of", Kind::Id, "the program"),
        needed("cases", Kind::List(&Kind::Shape(&CASE)), "the cases"),
        TRANSLATED,
    ],
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
