//! The schema of a situation, made from the vocabulary: each fact with its type, limits and codes, and every way to
//! say that it is not known, or known in part.
//!
//! Components are named after what they describe: `Situation`, `SituationPerson`, `SituationIncomeItem`,
//! `ImmigrationStatusCode`. Order and names depend on the vocabulary alone, so the same vocabulary gives the same text.

use serde_json::{Map, Value as Json, json};

use crate::kernel::{Bound, MAX_PEOPLE, Period};
use crate::language::Type;
use crate::vocabulary::limits::{LONGEST_ID, MOST_DECIMALS, MOST_DIGITS, MOST_ITEMS, MOST_RELATIONSHIPS};
use crate::vocabulary::{About, Absence, Explain, Fact, Kind, PROGRAM_LIST, Role, Vocabulary};

use super::facts::{code_list, day, own_name};

/// The component that describes the body of a request.
pub(super) const SITUATION: &str = "Situation";

/// What an amount of money looks like, perhaps with a sign before it.
fn decimal_pattern(sign: &str) -> String {
    format!(r"^{sign}\d{{1,{MOST_DIGITS}}}(\.\d{{1,{MOST_DECIMALS}}})?$")
}

/// Every component that describes a situation.
pub(super) fn components(vocabulary: &Vocabulary) -> Map<String, Json> {
    let mut schemas = shared_forms(vocabulary);
    for list in &vocabulary.lists {
        let codes: Vec<&str> = list.codes.iter().map(|code| code.code.as_str()).collect();
        let titles: Vec<String> =
            list.codes.iter().map(|code| format!("- `{}`: {}", code.code, code.title.en)).collect();
        let schema = json!({ "type": "string", "enum": codes, "description": titles.join("\n") });
        schemas.insert(format!("{}Code", camel(&list.name)), schema);
    }
    for (position, record) in vocabulary.records.iter().enumerate() {
        let Ok(number) = u16::try_from(position) else { continue };
        let names_people = vocabulary
            .facts
            .iter()
            .any(|fact| fact.role == Some(Role::Relationships) && fact.kind == Kind::Items(number));
        schemas.insert(format!("Situation{}", camel(record)), item(vocabulary, number, names_people));
    }
    for group in groups(vocabulary, About::Person) {
        let facts = vocabulary
            .facts
            .iter()
            .filter(|fact| fact.name.split_once('.').is_some_and(|(of, _)| of == group));
        let facts = facts.filter(|fact| fact.about == About::Person);
        schemas.insert(format!("Situation{}", camel(group)), object("", facts, vocabulary, Map::new(), &[]));
    }
    let label = json!({ "$ref": "#/components/schemas/PersonId" });
    let mut own = Map::new();
    own.insert("id".to_owned(), label);
    for group in groups(vocabulary, About::Person) {
        own.insert(group.to_owned(), or_null(&[&format!("Situation{}", camel(group)), "Unknown"]));
    }
    let person = "One person: everybody in the home, and everybody whom another fact names.";
    schemas.insert(
        "SituationPerson".to_owned(),
        object(person, about(vocabulary, About::Person), vocabulary, own, &["id"]),
    );
    let household = about(vocabulary, About::Household);
    schemas.insert(
        "SituationHousehold".to_owned(),
        object("The household.", household, vocabulary, Map::new(), &[]),
    );
    schemas.insert("SituationOptions".to_owned(), options(vocabulary));
    schemas.insert(SITUATION.to_owned(), situation(vocabulary));
    schemas
}

fn situation(vocabulary: &Vocabulary) -> Json {
    let mut own = Map::new();
    own.insert("options".to_owned(), or_null(&["SituationOptions"]));
    own.insert(
        "people".to_owned(),
        json!({
            "type": "array", "minItems": 1, "maxItems": MAX_PEOPLE,
            "items": { "$ref": "#/components/schemas/SituationPerson" },
            "description": "Everybody in the home, and everybody whom another fact names.",
        }),
    );
    own.insert(
        "people_complete".to_owned(),
        json!({ "type": ["boolean", "null"], "default": true,
            "description": "`false` says that there may be more people than those listed." }),
    );
    own.insert("household".to_owned(), or_null(&["SituationHousehold", "Unknown"]));
    let description = "What is known of a household and its people as of a day. Any fact may be left out, which means \
                       that it is not known; a list that is given is whole.";
    object(description, about(vocabulary, About::Situation), vocabulary, own, &["people"])
}

fn options(vocabulary: &Vocabulary) -> Json {
    let id = json!({ "$ref": format!("#/components/schemas/{}Code", camel(PROGRAM_LIST)) });
    let depths: Vec<Json> =
        Explain::ALL.map(Explain::name).into_iter().map(Json::from).chain([Json::Null]).collect();
    json!({
        "type": "object",
        "additionalProperties": false,
        "description": "What is wanted, and how.",
        "properties": {
            "programs": { "type": ["array", "null"], "maxItems": vocabulary.program_codes().len(), "items": id,
                "description": "Only these programs, by the ids of /v1/programs; all that are in force, if left out." },
            "explain": { "enum": depths, "default": Explain::default().name(),
                "description": "How much of the reasoning to show. Fact values are echoed at `full` alone." },
            "until": { "type": ["string", "null"], "format": "date",
                "description": "The last day up to which coming changes of the law are told." },
            "receipt": { "type": ["boolean", "null"], "default": false,
                "description": "Whether a signed record of the answer is wanted. This version gives none, whatever is said here." },
        },
    })
}

/// Facts about one kind of thing that are not nested.
fn about(vocabulary: &Vocabulary, about: About) -> impl Iterator<Item = &Fact> {
    let is_open = |fact: &&Fact| fact.role != Some(Role::People);
    vocabulary
        .facts
        .iter()
        .filter(move |fact| fact.about == about && !fact.name.contains('.'))
        .filter(is_open)
}

/// Names under which facts stand nested, in the order of the vocabulary.
fn groups(vocabulary: &Vocabulary, about: About) -> Vec<&str> {
    let mut groups: Vec<&str> = Vec::new();
    for (group, _) in vocabulary
        .facts
        .iter()
        .filter(|fact| fact.about == about)
        .filter_map(|fact| fact.name.split_once('.'))
    {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

fn object<'f>(
    description: &str,
    facts: impl Iterator<Item = &'f Fact>,
    vocabulary: &Vocabulary,
    own: Map<String, Json>,
    required: &[&str],
) -> Json {
    let mut required: Vec<String> = required.iter().map(|name| (*name).to_owned()).collect();
    let mut properties = own;
    for fact in facts {
        if fact.required {
            required.push(own_name(fact).to_owned());
        }
        properties.insert(own_name(fact).to_owned(), property(fact, vocabulary));
    }
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    if !description.is_empty() {
        schema.insert("description".to_owned(), json!(description));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("properties".to_owned(), Json::Object(properties));
    Json::Object(schema)
}

/// One item of a list. `of_people`: its people must be named.
fn item(vocabulary: &Vocabulary, number: u16, of_people: bool) -> Json {
    let fields = || vocabulary.facts.iter().filter(|fact| fact.about == About::Item(number));
    let hourly = fields().any(|fact| fact.role == Some(Role::HoursPerWeek));
    let mut own = Map::new();
    let mut required = Vec::new();
    for fact in fields() {
        if fact.kind == Kind::One(Type::Paid) {
            // In an item the period stands beside the amount.
            let value = json!({ "$ref": "#/components/schemas/Money" });
            own.insert(own_name(fact).to_owned(), described(fact, known_in_part(value, true)));
            let periods = json!({ "$ref": format!("#/components/schemas/{}", if hourly { "PayPeriod" } else { "Period" }) });
            let period = json!({ "anyOf": known_in_part(periods, false), "description": "How often the money comes." });
            own.insert("per".to_owned(), period);
        } else if of_people && fact.kind == Kind::One(Type::Person) {
            required.push(own_name(fact));
            own.insert(
                own_name(fact).to_owned(),
                described(fact, vec![json!({ "$ref": "#/components/schemas/PersonId" })]),
            );
        }
    }
    let others: Vec<&Fact> = fields().filter(|fact| !own.contains_key(own_name(fact))).collect();
    object("", others.into_iter(), vocabulary, own, &required)
}

/// A fact as a property: its value, and the ways not to know it.
fn property(fact: &Fact, vocabulary: &Vocabulary) -> Json {
    let Kind::One(kind) = fact.kind else {
        let Kind::Items(record) = fact.kind else { return json!({}) };
        let record = vocabulary.records.get(usize::from(record)).map_or("", String::as_str);
        let item = json!({ "$ref": format!("#/components/schemas/Situation{}", camel(record)) });
        let unknown = json!({ "$ref": "#/components/schemas/Unknown" });
        // A relationship names its two people, whatever else is not known of it.
        let named = fact.role == Some(Role::Relationships);
        let item = if named { item } else { json!({ "anyOf": [item, unknown] }) };
        let list = json!({ "type": "array", "maxItems": most_items(fact), "items": item });
        return described(fact, known_in_part(list, false));
    };
    let value = value(fact, kind, vocabulary);
    if fact.required {
        return described(fact, vec![value]);
    }
    if fact.role == Some(Role::AsOf) {
        return described(fact, vec![value, json!({ "type": "null" })]);
    }
    if kind == Type::Paid {
        return described(
            fact,
            vec![
                value,
                json!({ "$ref": "#/components/schemas/MoneyPerPeriodInPart" }),
                json!({ "$ref": "#/components/schemas/Unknown" }),
                json!({ "type": "null" }),
            ],
        );
    }
    let value =
        if vocabulary.takes_none(fact) { json!({ "anyOf": [value, { "const": "none" }] }) } else { value };
    let ends = matches!(kind, Type::Count | Type::Number | Type::Rate | Type::Money(_) | Type::Date);
    described(fact, known_in_part(value, ends))
}

fn most_items(fact: &Fact) -> usize {
    if fact.role == Some(Role::Relationships) { MOST_RELATIONSHIPS } else { MOST_ITEMS }
}

/// A value, or one of several, or between two, or not known.
fn known_in_part(value: Json, ends: bool) -> Vec<Json> {
    let one_of = json!({
        "type": "object", "additionalProperties": false, "required": ["one_of"],
        "properties": { "one_of": { "type": "array", "minItems": 1, "items": value } },
    });
    let between = ends.then(|| {
        json!({
            "type": "object", "additionalProperties": false, "required": ["between"],
            "properties": { "between": { "type": "array", "minItems": 2, "maxItems": 2, "items": value } },
        })
    });
    let unknown = [json!({ "$ref": "#/components/schemas/Unknown" }), json!({ "type": "null" })];
    [value, one_of].into_iter().chain(between).chain(unknown).collect()
}

/// The words of a fact, and what it may be.
fn described(fact: &Fact, mut forms: Vec<Json>) -> Json {
    let help = fact.help.as_ref().map(|help| format!(" {}", help.en)).unwrap_or_default();
    let asked = if fact.never_asked { " Accepted, never asked." } else { "" };
    let mut schema = Map::new();
    schema.insert("description".to_owned(), json!(format!("{}{help}{asked}", fact.question.en)));
    if let (1, Some(Json::Object(only))) = (forms.len(), forms.first().cloned()) {
        schema.extend(only);
    } else {
        schema.insert("anyOf".to_owned(), Json::Array(std::mem::take(&mut forms)));
    }
    schema.insert("x-sensitivity".to_owned(), json!(fact.sensitivity.name()));
    Json::Object(schema)
}

/// What a fact may be when it is known.
fn value(fact: &Fact, kind: Type, vocabulary: &Vocabulary) -> Json {
    let codes =
        || code_list(fact, vocabulary).map(|list| format!("#/components/schemas/{}Code", camel(&list.name)));
    match kind {
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Count => whole(fact),
        Type::Number | Type::Rate => {
            json!({ "anyOf": [whole(fact), { "type": "string", "pattern": pattern(fact), "description": limits(fact) }] })
        }
        Type::Money(_) if fact.range.low == Bound::ZERO && fact.range.high == Bound::ABOVE_ALL => {
            json!({ "$ref": "#/components/schemas/Money" })
        }
        Type::Money(_) => json!({ "type": "string", "pattern": pattern(fact), "description": limits(fact) }),
        Type::Paid => json!({ "$ref": "#/components/schemas/MoneyPerPeriod" }),
        Type::Date => {
            let low = day(fact.dates.low).map(|low| format!(" from {low}")).unwrap_or_default();
            let high = if fact.not_after_as_of {
                Some("the day of application".to_owned())
            } else {
                day(fact.dates.high)
            };
            let high = high.map(|high| format!(" to {high}")).unwrap_or_default();
            json!({ "type": "string", "format": "date", "description": format!("A day{low}{high}.") })
        }
        Type::Code(_) => json!({ "$ref": codes() }),
        Type::Codes(_) => json!({ "type": "array", "items": { "$ref": codes() } }),
        Type::Person => {
            json!({ "anyOf": [{ "$ref": "#/components/schemas/PersonId" }, { "const": "someone_not_listed" }] })
        }
        Type::People => json!({ "anyOf": [
            { "enum": ["everyone", "nobody"] },
            { "type": "array", "items": { "$ref": "#/components/schemas/PersonId" } },
        ] }),
    }
}

fn whole(fact: &Fact) -> Json {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("integer"));
    for (name, end) in [("minimum", fact.range.low), ("maximum", fact.range.high)] {
        let end = end.finite().and_then(|end| end.trunc().to_string().parse::<i64>().ok());
        if let Some(end) = end {
            schema.insert(name.to_owned(), json!(end));
        }
    }
    Json::Object(schema)
}

fn pattern(fact: &Fact) -> String {
    decimal_pattern(if fact.range.low < Bound::ZERO { "-?" } else { "" })
}

fn limits(fact: &Fact) -> String {
    let low = fact.range.low.finite().map(|low| format!(" from {}", low.normalize())).unwrap_or_default();
    let high = fact.range.high.finite().map(|high| format!(" to {}", high.normalize())).unwrap_or_default();
    format!("A decimal number{low}{high}.")
}

/// One of these, or left out.
fn or_null(components: &[&str]) -> Json {
    let refs = components.iter().map(|name| json!({ "$ref": format!("#/components/schemas/{name}") }));
    json!({ "anyOf": refs.chain([json!({ "type": "null" })]).collect::<Vec<Json>>() })
}

/// Forms that many facts share.
fn shared_forms(vocabulary: &Vocabulary) -> Map<String, Json> {
    let periods: Vec<&str> = Period::ALL.into_iter().map(Period::name).collect();
    let pay_periods: Vec<&str> = std::iter::once("hour").chain(periods.iter().copied()).collect();
    let hours = vocabulary.role(Role::HoursPerWeek).and_then(|id| vocabulary.fact(id)).map(own_name);
    let hourly = match hours {
        Some(hours) => format!("How often money comes; `hour` goes with `{hours}`."),
        None => "How often money comes.".to_owned(),
    };
    let reasons = Absence::ALL.map(Absence::name);
    let money = "#/components/schemas/Money";
    let period = "#/components/schemas/Period";
    let paid = "#/components/schemas/MoneyPerPeriod";
    let in_part = known_in_part(json!({ "$ref": money }), true);
    let when = known_in_part(json!({ "$ref": period }), false);
    let forms = [
        (
            "PersonId",
            json!({ "type": "string", "pattern": format!("^[a-z0-9_-]{{1,{LONGEST_ID}}}$"), "description": "A label, never a name." }),
        ),
        (
            "Money",
            json!({ "type": "string", "pattern": decimal_pattern(""), "example": "820.00",
            "description": "US dollars and cents as a decimal string, never a JSON number." }),
        ),
        ("Period", json!({ "type": "string", "enum": periods, "description": "How often money comes." })),
        (
            "PayPeriod",
            json!({ "type": "string", "enum": pay_periods,
            "description": hourly }),
        ),
        (
            "MoneyPerPeriod",
            json!({ "type": "object", "additionalProperties": false, "required": ["amount", "per"],
            "properties": { "amount": { "$ref": money }, "per": { "$ref": period } },
            "description": "Money that comes or goes every so often." }),
        ),
        (
            "MoneyPerPeriodInPart",
            json!({ "description": "Money per period that is known in part.", "anyOf": [
            { "type": "object", "additionalProperties": false, "required": ["amount", "per"],
                "properties": { "amount": { "anyOf": in_part }, "per": { "anyOf": when } } },
            { "type": "object", "additionalProperties": false, "required": ["between", "per"],
                "properties": { "per": { "anyOf": when },
                    "between": { "type": "array", "minItems": 2, "maxItems": 2, "items": { "$ref": money } } } },
            { "type": "object", "additionalProperties": false, "required": ["one_of"],
                "properties": { "per": { "anyOf": when },
                    "one_of": { "type": "array", "minItems": 1, "items": { "anyOf": [{ "$ref": money }, { "$ref": paid }] } } } },
        ] }),
        ),
        (
            "Unknown",
            json!({ "type": "object", "additionalProperties": false, "required": ["unknown"],
            "properties": { "unknown": { "type": "string", "enum": reasons } },
            "description": "Not known, and why. Leaving a fact out, or null, says the same without a reason." }),
        ),
    ];
    forms.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

/// `income_item` -> `IncomeItem`.
fn camel(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    for part in name.split(['_', '-', '.']) {
        let mut letters = part.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}
