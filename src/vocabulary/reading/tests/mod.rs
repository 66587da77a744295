//! What CONTRACT section 1 says of reading a situation, sentence by sentence.

mod envelope;
mod lists;
mod people;
mod values;

use serde_json::{Value as Json, json};

use crate::kernel::{Bound, Dates, Day, Range, Value, Words, iso_day as iso};
use crate::language::{FactId, ListId, MoneyPer, Type};
use crate::vocabulary::{
    About, Closure, Code, CodeList, Fact, Given, Kind, Known, Role, Sensitivity, Vocabulary,
};

use super::{ReadFault, Request, read};

const COVERS: [&str; 2] = ["2023-10-01", "2027-12-31"];

fn day(text: &str) -> Day {
    iso(text).unwrap()
}

fn code(code: &str) -> Code {
    Code {
        code: code.to_owned(),
        title: Words::default(),
        symmetric: false,
        closure: None,
        state: None,
        time_zone: None,
    }
}

fn fact(about: About, name: &str, kind: Type) -> Fact {
    Fact {
        name: name.to_owned(),
        about,
        kind: Kind::One(kind),
        range: Range::ANY,
        dates: Dates { low: day("1900-01-01"), ..Dates::any() },
        not_after_as_of: false,
        question: Words::default(),
        help: None,
        sensitivity: Sensitivity::Ordinary,
        never_asked: false,
        of_applicants_only: false,
        none: None,
        never_none: false,
        left_out_is_none: false,
        required: false,
        role: None,
        derived: None,
        conflicts: Vec::new(),
        slot: 0,
    }
}

fn from_zero(fact: Fact, to: Option<u32>) -> Fact {
    let high = to.map_or(Bound::ABOVE_ALL, |to| Bound::at(to.into()));
    Fact { range: Range { low: Bound::ZERO, high }, ..fact }
}

/// A small vocabulary with one fact of every kind.
fn vocabulary() -> Vocabulary {
    use About::{Household, Item, Person, Situation};
    let lists = [
        ("state", vec!["AR", "TX"]),
        ("status", vec!["citizen", "t_visa", "u_visa", "no_status"]),
        ("letter", vec!["none", "certification"]),
        ("utility", vec!["heating", "phone", "water"]),
        ("income_kind", vec!["wages", "gift"]),
        ("relationship", vec!["parent", "spouse", "sibling", "guardian"]),
        ("county", vec!["Pulaski", "Bowie"]),
        ("harm", vec!["sex", "labor"]),
    ];
    let mut lists: Vec<CodeList> = lists
        .into_iter()
        .map(|(name, codes)| CodeList { name: name.to_owned(), codes: codes.into_iter().map(code).collect() })
        .collect();
    for symmetric in [1, 2] {
        lists[5].codes[symmetric].symmetric = true;
    }
    lists[5].codes[2].closure = Some(Closure::Shares("parent".to_owned()));
    lists[6].codes[0].state = Some("AR".to_owned());
    lists[6].codes[1].state = Some("TX".to_owned());
    let [state, status, letter, utility, kind, way, county, harm] = [0, 1, 2, 3, 4, 5, 6, 7].map(ListId);
    let items =
        |about, name: &str, record| Fact { kind: Kind::Items(record), ..fact(about, name, Type::Boolean) };
    let role = |role, fact: Fact| Fact { role: Some(role), ..fact };
    let hidden = |fact: Fact| Fact { of_applicants_only: true, ..fact };
    let past = |fact: Fact| Fact { not_after_as_of: true, ..fact };
    let unbounded = |fact: Fact| Fact { left_out_is_none: true, none: Some(Words::default()), ..fact };
    let mut facts = vec![
        role(Role::AsOf, fact(Situation, "as_of", Type::Date)),
        Fact { required: true, ..role(Role::State, fact(Situation, "state", Type::Code(state))) },
        fact(Situation, "county", Type::Code(county)),
        role(Role::Relationships, items(Situation, "relationships", 1)),
        Fact { required: true, ..role(Role::Applicant, fact(Person, "applicant", Type::Boolean)) },
        Fact { never_none: true, ..from_zero(fact(Person, "age", Type::Count), Some(120)) },
        from_zero(fact(Person, "months_used", Type::Count), Some(36)),
        past(fact(Person, "date_of_birth", Type::Date)),
        fact(Person, "pregnant", Type::Boolean),
        from_zero(fact(Person, "work_hours", Type::Number), Some(168)),
        from_zero(fact(Person, "savings", Type::Money(MoneyPer::Once)), None),
        fact(Person, "gain_or_loss", Type::Money(MoneyPer::Once)),
        from_zero(fact(Person, "child_support_paid", Type::Paid), None),
        fact(Person, "eats_with", Type::People),
        fact(Person, "claimed_by", Type::Person),
        hidden(fact(Person, "immigration_status", Type::Code(status))),
        hidden(fact(Person, "hhs_letter", Type::Code(letter))),
        hidden(past(fact(Person, "granted_on", Type::Date))),
        hidden(fact(Person, "has_ssn", Type::Boolean)),
        fact(Person, "victimization.kind", Type::Codes(harm)),
        past(fact(Person, "victimization.reported_on", Type::Date)),
        role(Role::Income, items(Person, "income", 0)),
        from_zero(fact(Household, "rent", Type::Paid), None),
        fact(Household, "utilities", Type::Codes(utility)),
        from_zero(fact(Household, "assets", Type::Money(MoneyPer::Once)), None),
        fact(Household, "staying_since", Type::Date),
        fact(Item(0), "income_item.kind", Type::Code(kind)),
        from_zero(fact(Item(0), "income_item.amount", Type::Paid), None),
        from_zero(
            role(Role::HoursPerWeek, fact(Item(0), "income_item.hours_per_week", Type::Number)),
            Some(168),
        ),
        unbounded(fact(Item(0), "income_item.from", Type::Date)),
        unbounded(fact(Item(0), "income_item.until", Type::Date)),
        fact(Item(1), "relationship_entry.person", Type::Person),
        fact(Item(1), "relationship_entry.is", Type::Code(way)),
        fact(Item(1), "relationship_entry.of", Type::Person),
        items(Household, "notices", 2),
        fact(Item(2), "notice.dated", Type::Date),
    ];
    let mut vocabulary = Vocabulary {
        lists,
        records: ["income_item", "relationship_entry", "notice"].map(str::to_owned).to_vec(),
        ..Vocabulary::default()
    };
    let mut fields = [0u16; 3];
    for (position, fact) in facts.iter_mut().enumerate() {
        let next = match fact.about {
            Person => &mut vocabulary.personal,
            Situation | Household => &mut vocabulary.shared,
            Item(record) => &mut fields[usize::from(record)],
        };
        fact.slot = *next;
        *next += 1;
        vocabulary.by_name.insert(fact.name.clone(), FactId(u16::try_from(position).unwrap()));
    }
    vocabulary.facts = facts;
    vocabulary
}

fn try_read(body: &Json) -> Result<Request, Vec<ReadFault>> {
    read(body, &vocabulary(), |_| day("2026-11-23"), (day(COVERS[0]), day(COVERS[1])))
}

fn understood(body: &Json) -> Request {
    try_read(body).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// The pointers and codes of all faults.
fn faults(body: &Json) -> Vec<(String, &'static str)> {
    let faults = try_read(body).expect_err("should be refused");
    faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
}

/// The only fault.
fn fault(body: &Json) -> (String, &'static str) {
    let mut faults = faults(body);
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.remove(0)
}

/// One applicant with these facts.
fn one(facts: Json) -> Json {
    let mut person = json!({"id": "a", "applicant": true});
    let Json::Object(facts) = facts else { panic!("facts are an object") };
    person.as_object_mut().unwrap().extend(facts);
    json!({"state": "AR", "people": [person]})
}

fn personal(request: &Request, person: usize, name: &str) -> Known {
    let vocabulary = vocabulary();
    let fact = vocabulary.fact(vocabulary.named(name).unwrap()).unwrap();
    request.situation.personal_fact(person, fact.slot).unwrap().clone()
}

fn shared(request: &Request, name: &str) -> Known {
    let vocabulary = vocabulary();
    let fact = vocabulary.fact(vocabulary.named(name).unwrap()).unwrap();
    request.situation.shared_fact(fact.slot).unwrap().clone()
}

/// A fact of the only person.
fn known(name: &str, value: Json) -> Known {
    let (outer, inner) = match name.split_once('.') {
        Some((group, own)) => (group, json!({ own: value })),
        None => (name, value),
    };
    personal(&understood(&one(json!({ outer: inner }))), 0, name)
}

/// The value of a fact of the only person, which was told.
fn told(name: &str, value: Json) -> Value {
    let known = known(name, value);
    assert_eq!(known.given, Given::Told);
    known.value
}

/// The only fault of a fact of the only person, without the way to the person.
fn wrong(name: &str, value: Json) -> (String, &'static str) {
    let (pointer, code) = fault(&one(json!({ name: value })));
    (pointer.strip_prefix("/people/0/").unwrap().to_owned(), code)
}

fn number(low: &str, high: &str) -> Range {
    let end = |text: &str| Bound::at(text.parse().unwrap());
    Range { low: end(low), high: end(high) }
}
