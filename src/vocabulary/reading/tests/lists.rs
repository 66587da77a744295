//! Lists of codes, people and items in a request, read as the contract says.

use serde_json::json;

use super::*;
use crate::kernel::{CodeSet, Paid, Period, Truth};
use crate::vocabulary::{Absence, ItemList};

fn income(sent: Json) -> ItemList {
    let request = understood(&one(json!({"income": sent})));
    let vocabulary = vocabulary();
    request.situation.personal_list(0, vocabulary.named("income").unwrap()).unwrap().clone()
}

fn field(list: &ItemList, item: usize, name: &str) -> Known {
    let vocabulary = vocabulary();
    let fact = vocabulary.fact(vocabulary.field(0, name).unwrap()).unwrap();
    list.items[item].fields[usize::from(fact.slot)].clone()
}

#[test]
fn a_list_that_is_given_is_whole_and_an_absent_one_is_unknown() {
    assert_eq!((income(json!([])).given, income(json!([])).items.len()), (Given::Told, 0));
    for (sent, why) in [
        (json!(null), Absence::NotAsked),
        (json!({"unknown": "declined"}), Absence::Declined),
        (json!({"one_of": [[], [{"kind": "gift"}]]}), Absence::NotKnown),
    ] {
        let list = income(sent);
        assert_eq!((list.given, list.items.len()), (Given::Absent(why), 0));
        assert_eq!(list.unknown.fields.len(), 5);
    }
    assert_eq!(wrong("income", json!({"kind": "wages"})).1, "unknown-name");
    assert_eq!(wrong("income", json!("wages")).1, "wrong-type");
    assert_eq!(wrong("income", json!({"between": [[], []]})).1, "wrong-type");
    assert_eq!(
        wrong("income", json!({"one_of": [[{"kind": "wage"}], []]})),
        ("income/one_of/0/0/kind".to_owned(), "unknown-code")
    );
}

#[test]
fn an_item_holds_what_was_told() {
    let list = income(json!([
        {"kind": "wages", "amount": "820.00", "per": "month", "until": "2026-12-31"},
        {"amount": {"between": ["1", "2"]}, "per": "week", "from": {"unknown": "not_known"}, "until": null}
    ]));
    assert_eq!(field(&list, 0, "kind").value, Value::Code(CodeSet::only(0)));
    let amount = Value::Paid(Paid::One(number("820", "820"), Period::Month));
    assert_eq!(field(&list, 0, "amount"), Known { value: amount, given: Given::Told });
    // Left out, these two mean that there is no such day.
    assert_eq!(field(&list, 0, "from"), Known { value: Value::Date(Dates::none()), given: Given::Told });
    assert_eq!(field(&list, 1, "until").value, Value::Date(Dates::none()));
    assert_eq!(field(&list, 0, "until").value, Value::Date(Dates::on(day("2026-12-31"))));
    // Others are unknown.
    assert_eq!(field(&list, 0, "hours_per_week").given, Given::Absent(Absence::NotAsked));
    assert_eq!(field(&list, 1, "kind").value, Value::Code(CodeSet::first(2)));
    let amount = Value::Paid(Paid::One(number("1", "2"), Period::Week));
    assert_eq!(field(&list, 1, "amount").value, amount);
    let from = field(&list, 1, "from");
    assert_eq!(from.given, Given::Absent(Absence::NotKnown));
    let Value::Date(from) = from.value else { panic!("a date") };
    assert_eq!((from.exists, from.low), (Truth::Unknown, day("1900-01-01")));
}

#[test]
fn pay_by_the_hour_becomes_weekly_by_the_hours_worked() {
    let list = income(json!([
        {"amount": "11.25", "per": "hour", "hours_per_week": "37.5"},
        {"amount": {"between": ["10", "12"]}, "per": "hour", "hours_per_week": {"between": [20, 30]}},
        {"amount": "10", "per": "hour"},
        {"amount": "10", "hours_per_week": 3}
    ]));
    let weekly = |low, high| Value::Paid(Paid::One(number(low, high), Period::Week));
    assert_eq!(field(&list, 0, "amount").value, weekly("421.875", "421.875"));
    assert_eq!(field(&list, 1, "amount").value, weekly("200", "360"));
    assert_eq!(field(&list, 2, "amount").value, weekly("0", "1680"));
    // Nobody told how often: any period, the hour too.
    let Value::Paid(open) = field(&list, 3, "amount").value else { panic!("money per period") };
    assert_eq!(open.possibilities().len(), Period::ALL.len() + 1);
    assert_eq!(open.possibilities()[0], (number("30", "30"), Period::Week));
}

#[test]
fn every_fault_of_an_item_is_found() {
    let body = one(json!({"income": [
        {"kinds": "wages", "amount": 5, "per": "fortnight", "hours_per_week": "200", "from": "x"},
        {"amount": {"amount": "1", "per": "week"}, "per": "week"},
        7
    ]}));
    let expected = [
        ("/people/0/income/0", "unknown-name"),
        ("/people/0/income/0/hours_per_week", "out-of-range"),
        ("/people/0/income/0/from", "bad-date"),
        ("/people/0/income/0/per", "unknown-code"),
        ("/people/0/income/0/amount", "wrong-type"),
        ("/people/0/income/1/amount", "contradiction"),
        ("/people/0/income/2", "wrong-type"),
    ];
    assert_eq!(faults(&body), expected.map(|(pointer, code)| (pointer.to_owned(), code)));
}

#[test]
fn a_request_holds_at_most_two_hundred_items_of_income() {
    let items = |count: usize| vec![json!({"kind": "gift"}); count];
    assert_eq!(income(json!(items(200))).items.len(), 200);
    assert_eq!(wrong("income", json!(items(201))), ("income".to_owned(), "too-many"));
    let body = json!({"state": "AR", "people": [
        {"id": "a", "applicant": true, "income": items(150)}, {"id": "b", "applicant": true, "income": items(51)}
    ]});
    assert_eq!(fault(&body), ("/people/1/income".to_owned(), "too-many"));
    let body = json!({"state": "AR", "people": [{"id": "a", "applicant": true}],
        "household": {"notices": vec![json!({}); 201]}});
    assert_eq!(fault(&body), ("/household/notices".to_owned(), "too-many"));
}

#[test]
fn lists_of_the_household_stand_apart_from_those_of_people() {
    let mut body = one(json!({"income": []}));
    body["household"] =
        json!({"notices": [{"dated": "2026-01-01"}], "rent": {"amount": "5", "per": "month"}});
    let request = understood(&body);
    let vocabulary = vocabulary();
    let notices = request.situation.shared_list(vocabulary.named("notices").unwrap()).unwrap();
    assert_eq!((notices.given, notices.items.len()), (Given::Told, 1));
    let slots = &request.situation.list_slots;
    assert_eq!(slots[vocabulary.named("income").unwrap().index()], 0);
    assert_eq!(slots[vocabulary.named("age").unwrap().index()], u16::MAX);
    body["household"] = json!([]);
    assert_eq!(fault(&body), ("/household".to_owned(), "wrong-type"));
}

fn family(relationships: Json) -> Json {
    let people = ["a", "b", "c"].map(|id| json!({"id": id, "applicant": true}));
    json!({"state": "AR", "people": people, "relationships": relationships})
}

#[test]
fn relationships_are_known_with_what_follows_or_not_at_all() {
    let [parent, spouse, sibling] = [0, 1, 2].map(CodeSet::only);
    let told = understood(&family(json!([
        {"person": "a", "is": "parent", "of": "b"}, {"person": "a", "is": "parent", "of": "c"},
        {"person": "b", "is": {"one_of": ["spouse", "guardian"]}, "of": "a"}
    ])));
    let relations = told.situation.relations;
    assert!(relations.known);
    assert_eq!(relations.is(0, parent, 1), Truth::True);
    assert_eq!(relations.is(1, parent, 0), Truth::False);
    assert_eq!(relations.is(1, sibling, 2), Truth::True, "they share a parent");
    assert_eq!(relations.is(1, spouse, 0), Truth::Unknown);
    assert_eq!(relations.is(2, spouse, 0), Truth::False, "a list that is given is whole");

    for absent in [json!(null), json!({"unknown": "declined"}), json!({"one_of": [[], []]})] {
        let relations = understood(&family(absent)).situation.relations;
        assert!(!relations.known);
        assert_eq!(relations.is(0, parent, 1), Truth::Unknown);
    }
    let alone = understood(&family(json!([]))).situation;
    assert!(alone.relations.known);
    assert_eq!(alone.relations.is(0, parent, 1), Truth::False);
    let vocabulary = vocabulary();
    let list = alone.shared_list(vocabulary.named("relationships").unwrap()).unwrap();
    assert_eq!((list.given, list.items.len()), (Given::Told, 0));
}

#[test]
fn a_relationship_that_cannot_be_is_refused() {
    let tie = |person: &str, is: &str, of: &str| json!({"person": person, "is": is, "of": of});
    for (sent, pointer, code) in [
        (json!([tie("a", "parent", "a")]), "/0", "contradiction"),
        (json!([tie("a", "parent", "b"), tie("b", "parent", "a")]), "/1", "contradiction"),
        (json!([tie("a", "guardian", "b"), tie("b", "guardian", "a")]), "/1", "contradiction"),
        (
            json!([tie("a", "parent", "b"), tie("b", "parent", "c"), tie("c", "parent", "a")]),
            "/2",
            "contradiction",
        ),
        (json!([tie("a", "parent", "z")]), "/0/of", "unknown-person"),
        (json!([tie("a", "mother", "b")]), "/0/is", "unknown-code"),
        (json!([{"person": "a", "is": "parent"}]), "/0/of", "required"),
        (json!([{"person": "a", "iz": "parent", "of": "b"}]), "/0", "unknown-name"),
        (json!(["a"]), "/0", "wrong-type"),
        (json!("a"), "", "wrong-type"),
    ] {
        assert_eq!(fault(&family(sent.clone())), (format!("/relationships{pointer}"), code), "{sent}");
    }
    understood(&family(json!([tie("a", "spouse", "b"), tie("b", "spouse", "a")])));
    understood(&family(json!([tie("a", "parent", "b"), tie("a", "parent", "b"), tie("b", "parent", "c")])));
}
