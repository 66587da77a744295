//! Knowing less: the places of a body where something can be left out or told only in part.

use onward::kernel::{Day, Span, SpanUnit};
use onward::language::{FactId, Type};
use onward::vocabulary::{About, Fact, Kind, Role, Vocabulary};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};
use std::str::FromStr;

use super::household::Generator;
use super::random::Random;
use super::values::{For, money};

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A fact, list, or field of an item.
    Fact(FactId),
    /// How often the money of an item comes.
    Per,
    /// The way in which two people are related.
    Relation,
    /// Whether the list of people is whole.
    Complete,
}

/// Somewhere to know less.
#[derive(Debug, Clone)]
pub struct Place {
    pub pointer: String,
    pub what: What,
    pub person: Option<usize>,
}

/// One change to a body: what then stands at a pointer, if anything does.
#[derive(Debug, Clone)]
pub struct Edit {
    pub pointer: String,
    pub becomes: Option<Json>,
}

impl Edit {
    pub fn apply(&self, body: &mut Json) {
        let (parent, key) = self.pointer.rsplit_once('/').unwrap();
        if let Some(Json::Object(map)) = body.pointer_mut(parent) {
            match &self.becomes {
                Some(value) => map.insert(key.to_owned(), value.clone()),
                None => map.shift_remove(key),
            };
        }
    }
}

pub fn applied(body: &Json, edits: &[Edit]) -> Json {
    let mut body = body.clone();
    for edit in edits {
        edit.apply(&mut body);
    }
    body
}

/// Every place of a body.
pub fn places(vocabulary: &Vocabulary, body: &Json) -> Vec<Place> {
    let mut found = Vec::new();
    found.push(Place { pointer: "/people_complete".into(), what: What::Complete, person: None });
    object(vocabulary, body, "", About::Situation, None, &mut found);
    if let Some(household) = body.get("household") {
        object(vocabulary, household, "/household", About::Household, None, &mut found);
    }
    for (position, person) in body["people"].as_array().unwrap().iter().enumerate() {
        object(vocabulary, person, &format!("/people/{position}"), About::Person, Some(position), &mut found);
    }
    found
}

fn object(
    vocabulary: &Vocabulary,
    json: &Json,
    at: &str,
    about: About,
    person: Option<usize>,
    found: &mut Vec<Place>,
) {
    for (key, value) in json.as_object().unwrap() {
        let pointer = format!("{at}/{key}");
        match vocabulary.named(key).and_then(|id| Some((id, vocabulary.fact(id)?))) {
            Some((id, fact)) if fact.about == about => {
                if matches!(fact.role, Some(Role::AsOf | Role::State | Role::Applicant | Role::People)) {
                    continue;
                }
                found.push(Place { pointer: pointer.clone(), what: What::Fact(id), person });
                let (Kind::Items(record), Some(items)) = (fact.kind, value.as_array()) else { continue };
                for (position, item) in items.iter().enumerate() {
                    let at = format!("{pointer}/{position}");
                    if fact.role == Some(Role::Relationships) {
                        found.push(Place { pointer: format!("{at}/is"), what: What::Relation, person: None });
                        continue;
                    }
                    for key in item.as_object().unwrap().keys() {
                        let pointer = format!("{at}/{key}");
                        match vocabulary.field(record, key) {
                            Some(id) => found.push(Place { pointer, what: What::Fact(id), person }),
                            None => found.push(Place { pointer, what: What::Per, person }),
                        }
                    }
                }
            }
            None if value.is_object() => {
                for own in value.as_object().unwrap().keys() {
                    if let Some(id) = vocabulary.named(&format!("{key}.{own}")) {
                        found.push(Place {
                            pointer: format!("{pointer}/{own}"),
                            what: What::Fact(id),
                            person,
                        });
                    }
                }
            }
            _ => {}
        }
    }
}

/// A place left out, in one of the ways to leave something out.
pub fn erase(vocabulary: &Vocabulary, place: &Place, random: &mut Random) -> Edit {
    let reason = *random.pick(&["not_asked", "declined", "not_known"]);
    let unknown = Some(json!({"unknown": reason}));
    let becomes = match place.what {
        What::Complete => Some(false.into()),
        What::Relation => {
            let all = vocabulary.list(vocabulary.list_named("relationship").unwrap()).unwrap();
            let all: Vec<&str> = all.codes.iter().map(|code| code.code.as_str()).collect();
            if random.chance(50) { Some(json!({"one_of": all})) } else { unknown }
        }
        What::Per => unknown,
        What::Fact(id) => {
            let fact = vocabulary.fact(id).unwrap();
            match random.below(3) {
                0 if !fact.left_out_is_none => None,
                1 if !fact.left_out_is_none => Some(Json::Null),
                _ => unknown,
            }
        }
    };
    Edit { pointer: place.pointer.clone(), becomes }
}

/// A place known only in part: one of several, or between two.
pub fn blur(generator: &Generator, body: &Json, place: &Place, random: &mut Random) -> Option<Edit> {
    let told = body.pointer(&place.pointer)?;
    let vocabulary = &generator.book.vocabulary;
    let as_of = Day::from_str(body["as_of"].as_str()?).ok()?;
    let labels: Vec<&'static str> = body["people"]
        .as_array()?
        .iter()
        .map(|person| {
            *["a", "b", "c", "d", "e", "f", "g", "h"].iter().find(|label| person["id"] == **label).unwrap()
        })
        .collect();
    let of = For { as_of, labels: &labels, person: place.person, age: 30 };
    let becomes = match place.what {
        What::Complete => return None,
        What::Relation => {
            let list = vocabulary.list(vocabulary.list_named("relationship")?)?;
            let mut codes = vec![told.clone()];
            codes.extend((0..random.below(4)).map(|_| Json::from(random.pick(&list.codes).code.clone())));
            random.shuffle(&mut codes);
            json!({"one_of": codes})
        }
        What::Per => {
            let mut periods = vec![told.clone()];
            periods.extend(
                (0..=random.below(2))
                    .map(|_| Json::from(*random.pick(&["week", "two_weeks", "month", "year"]))),
            );
            random.shuffle(&mut periods);
            json!({"one_of": periods})
        }
        What::Fact(id) => {
            let fact = vocabulary.fact(id)?;
            let Kind::One(kind) = fact.kind else { return None };
            partly(generator, fact, kind, told, of, random)?
        }
    };
    Some(Edit { pointer: place.pointer.clone(), becomes: Some(becomes) })
}

fn partly(
    generator: &Generator,
    fact: &Fact,
    kind: Type,
    told: &Json,
    of: For,
    random: &mut Random,
) -> Option<Json> {
    if told.is_null() {
        return None;
    }
    if let (Type::Paid, Json::Object(map)) = (kind, told) {
        let (amount, per) = (map.get("amount")?, map.get("per")?.clone());
        return Some(match random.below(4) {
            0 => json!({"between": ends(amount, random)?, "per": per}),
            1 => json!({"amount": {"between": ends(amount, random)?}, "per": per}),
            2 => json!({"amount": amount, "per": {"one_of": ["quarter", per]}}),
            _ => {
                let mut all: Vec<Json> =
                    (0..=random.below(2)).map(|_| generator.value(fact, of, random)).collect();
                all.push(told.clone());
                random.shuffle(&mut all);
                json!({"one_of": all})
            }
        });
    }
    if let (Type::Paid, Json::String(_)) = (kind, told) {
        if random.chance(50) {
            return Some(json!({"between": ends(told, random)?}));
        }
        let mut all = vec![told.clone(), money(Decimal::from(random.between(0, 2000)), random).into()];
        random.shuffle(&mut all);
        return Some(json!({"one_of": all}));
    }
    let number = matches!(kind, Type::Count | Type::Number | Type::Rate | Type::Money(_));
    if number && told != "none" && random.chance(60) {
        let ends = ends(told, random)?;
        let clamp = |end: &Json| {
            let end = decimal(end)?;
            let (low, high) = (fact.range.low.finite(), fact.range.high.finite());
            let end = low.map_or(end, |low| end.max(low));
            Some(high.map_or(end, |high| end.min(high)))
        };
        let (low, high) = (clamp(&ends[0])?, clamp(&ends[1])?);
        return Some(if kind == Type::Count {
            json!({"between": [i64::try_from(low.trunc()).ok()?, i64::try_from(high.trunc()).ok()?]})
        } else {
            json!({"between": [low.to_string(), high.to_string()]})
        });
    }
    if kind == Type::Date && told != "none" && random.chance(60) {
        let day = Day::from_str(told.as_str()?).ok()?;
        let shift = |days: i64| Span { count: days as i32, unit: SpanUnit::Days }.after(day);
        let latest = if fact.not_after_as_of { fact.dates.high.min(of.as_of) } else { fact.dates.high };
        let low = shift(-random.between(0, 900)).max(fact.dates.low);
        let high = shift(random.between(0, 900)).min(latest);
        return Some(json!({"between": [low.to_string(), high.to_string()]}));
    }
    let mut all: Vec<Json> = (0..=random.below(3)).map(|_| generator.value(fact, of, random)).collect();
    all.push(told.clone());
    random.shuffle(&mut all);
    Some(json!({"one_of": all}))
}

fn decimal(json: &Json) -> Option<Decimal> {
    match json {
        Json::String(text) => Decimal::from_str(text).ok(),
        Json::Number(number) => number.as_i64().map(Decimal::from),
        _ => None,
    }
}

/// Two ends around an amount.
fn ends(amount: &Json, random: &mut Random) -> Option<[Json; 2]> {
    let amount = decimal(amount)?;
    let reach = *random.pick(&[0, 1, 5, 100, 1000]);
    let low = (amount - Decimal::from(random.between(0, reach))).max(Decimal::ZERO);
    let high = amount + Decimal::from(random.between(0, reach));
    Some([low.to_string().into(), high.to_string().into()])
}

/// The same body with its keys, items and people in another order; the first who applies stays the
/// first of those who apply. Gives the new position of each person too.
pub fn reordered(body: &Json, random: &mut Random, items: bool) -> (Json, Vec<usize>) {
    let mut body = body.clone();
    let people = body["people"].as_array().unwrap().clone();
    let first = people.iter().position(|person| person["applicant"] == true).unwrap();
    let mut order: Vec<usize> = (0..people.len()).collect();
    random.shuffle(&mut order);
    // The first applicant goes before every other applicant.
    let place_of_first = order.iter().position(|person| *person == first).unwrap();
    let earliest = order.iter().position(|person| people[*person]["applicant"] == true).unwrap();
    order.swap(place_of_first, earliest);
    body["people"] = order.iter().map(|person| people[*person].clone()).collect();
    let mut now = vec![0; people.len()];
    for (place, person) in order.iter().enumerate() {
        now[*person] = place;
    }
    stir(&mut body, random, items, true);
    (body, now)
}

fn stir(json: &mut Json, random: &mut Random, items: bool, top: bool) {
    match json {
        Json::Object(map) => {
            let mut entries: Vec<(String, Json)> = std::mem::take(map).into_iter().collect();
            random.shuffle(&mut entries);
            for (key, value) in &mut entries {
                stir(value, random, items || key == "relationships", false);
                let ordered =
                    matches!(key.as_str(), "people" | "between") || (!items && key != "relationships");
                if let (Json::Array(list), false) = (&mut *value, ordered) {
                    random.shuffle(list);
                }
            }
            *map = entries.into_iter().collect::<Map<_, _>>();
        }
        Json::Array(list) => list.iter_mut().for_each(|one| stir(one, random, items, false)),
        _ => {}
    }
    let _ = top;
}
