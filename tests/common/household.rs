//! Random households of which everything is known, built from the vocabulary: a new fact is covered at once.

use std::collections::BTreeSet;

use onward::engine::contradictions;
use onward::kernel::{Day, Span, SpanUnit};
use onward::language::{FactId, Type};
use onward::rulebook::RuleBook;
use onward::vocabulary::{About, Fact, Kind, Role};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value as Json, json};

use super::law::{Closure, strict};
use super::random::Random;
use super::situation;

const LABELS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
const PERIODS: [(&str, i64); 6] =
    [("week", 4), ("two_weeks", 2), ("half_month", 2), ("month", 1), ("quarter", 0), ("year", -1)];

/// Whom a value is made for.
#[derive(Clone, Copy)]
pub struct For<'s> {
    pub as_of: Day,
    pub labels: &'s [&'static str],
    pub person: Option<usize>,
    pub age: i64,
}

/// Makes households.
pub struct Generator<'b> {
    pub book: &'b RuleBook,
    strict: RuleBook,
    /// Facts that some result rests on.
    pub used: BTreeSet<FactId>,
    /// How often a fact that nothing rests on is given, in a hundred.
    pub others: u64,
}

impl<'b> Generator<'b> {
    pub fn new(book: &'b RuleBook) -> Self {
        Self { book, strict: strict(), used: Closure::of_results(book).facts, others: 4 }
    }

    /// A household of which everything is known.
    pub fn household(&self, random: &mut Random, people: usize) -> Json {
        let as_of = self.day(random);
        let labels = &LABELS[..people];
        let ages: Vec<i64> = (0..people).map(|person| age(random, person)).collect();
        let mut body = Map::new();
        body.insert("as_of".into(), as_of.to_string().into());
        body.insert("state".into(), "AR".into());
        let all = For { as_of, labels, person: None, age: 30 };
        let mut listed = Vec::new();
        for (person, age) in ages.iter().enumerate() {
            let mut map = Map::new();
            map.insert("id".into(), labels[person].into());
            map.insert("applicant".into(), (person == 0 || random.chance(78)).into());
            let about = For { person: Some(person), age: *age, ..all };
            self.fill(About::Person, &mut map, about, random);
            listed.push(Json::Object(map));
        }
        if random.chance(8) {
            // Somebody else stands first in the list than the first who applies.
            listed[0]["applicant"] = (people == 1).into();
            if people > 1 {
                listed[1]["applicant"] = true.into();
            }
        }
        self.fill(About::Situation, &mut body, all, random);
        body.insert("people".into(), listed.into());
        let mut household = Map::new();
        self.fill(About::Household, &mut household, all, random);
        body.insert("household".into(), household.into());
        body.insert("relationships".into(), family(random, labels, &ages));
        let mut body = Json::Object(body);
        self.settle(&mut body, random);
        body
    }

    fn day(&self, random: &mut Random) -> Day {
        let (first, last) = self.book.covers;
        let day = if random.chance(45) {
            let boundary = *random.pick(&self.book.boundaries);
            Span { count: random.between(-2, 2) as i32, unit: SpanUnit::Days }.after(boundary)
        } else {
            let days = last.signed_duration_since(first).num_days();
            Span { count: random.between(0, days) as i32, unit: SpanUnit::Days }.after(first)
        };
        day.clamp(first, last)
    }

    fn fill(&self, about: About, map: &mut Map<String, Json>, of: For, random: &mut Random) {
        for (position, fact) in self.book.vocabulary.facts.iter().enumerate() {
            let id = FactId(u16::try_from(position).unwrap());
            if fact.about != about
                || matches!(
                    fact.role,
                    Some(Role::AsOf | Role::State | Role::Applicant | Role::Relationships | Role::People)
                )
            {
                continue;
            }
            let age = matches!(fact.role, Some(Role::Age | Role::DateOfBirth));
            if !age && !self.used.contains(&id) && !random.chance(self.others) {
                continue;
            }
            let value = match fact.role {
                Some(Role::Age) => of.age.into(),
                Some(Role::DateOfBirth) if random.chance(35) => {
                    let birthday = Span { count: -(of.age as i32), unit: SpanUnit::Years }.after(of.as_of);
                    let born = Span { count: -(random.between(0, 300) as i32), unit: SpanUnit::Days }
                        .after(birthday);
                    born.to_string().into()
                }
                Some(Role::DateOfBirth) => continue,
                _ => self.value(fact, of, random),
            };
            match fact.name.split_once('.') {
                Some((group, own)) => {
                    let inner = map.entry(group).or_insert_with(|| json!({}));
                    inner[own] = value;
                }
                None => {
                    map.insert(fact.name.clone(), value);
                }
            }
        }
        if map.contains_key("date_of_birth") && random.chance(60) {
            map.remove("age");
        }
    }

    /// A whole value of a fact.
    pub fn value(&self, fact: &Fact, of: For, random: &mut Random) -> Json {
        match fact.kind {
            Kind::Items(record) => {
                let most = if fact.role == Some(Role::Income) { 3 } else { 2 };
                let count = if random.chance(40) { 0 } else { random.below(most + 1) };
                Json::Array((0..count).map(|_| self.item(record, of, random)).collect())
            }
            Kind::One(Type::Paid) => {
                if random.chance(45) {
                    return json!({"amount": "0.00", "per": "month"});
                }
                let (per, scale) = *random.pick(&PERIODS);
                json!({"amount": paid(random, 1500, scale), "per": per})
            }
            Kind::One(kind) => self.one(fact, kind, of, random),
        }
    }

    fn one(&self, fact: &Fact, kind: Type, of: For, random: &mut Random) -> Json {
        match kind {
            Type::Boolean => {
                let percent = match fact.name.as_str() {
                    "lives_in_home" => 92,
                    "has_ssn" | "tax_filer" | "in_us" => 75,
                    "incarcerated" | "in_foster_care" => 3,
                    "disabled" | "unfit_for_work" => 15,
                    _ => 10,
                };
                random.chance(percent).into()
            }
            Type::Count => {
                if random.chance(10) {
                    return "none".into();
                }
                self.quantity(fact, random, 12).round().to_i64().unwrap().into()
            }
            Type::Number | Type::Rate => {
                if random.chance(40) {
                    return "0".into();
                }
                let number = self.quantity(fact, random, 60);
                let half = if random.chance(20) { Decimal::new(5, 1) } else { Decimal::ZERO };
                (number + half).min(fact.range.high.finite().unwrap_or(number + half)).to_string().into()
            }
            Type::Money(_) => {
                if random.chance(25) {
                    return "0.00".into();
                }
                let most = *random.pick(&[120, 400, 3500, 6500, 20_000]);
                money(self.quantity(fact, random, most), random).into()
            }
            Type::Date => self.date(fact, of, random),
            Type::Code(list) => {
                let list = self.book.vocabulary.list(list).unwrap();
                let usual = match list.name.as_str() {
                    "immigration_status" if random.chance(45) => Some("us_citizen"),
                    "lives_in" if random.chance(55) => Some("own_or_rented_home"),
                    "student" if random.chance(if of.age < 18 { 10 } else { 60 }) => Some("none"),
                    "student" if of.age < 18 => Some("k12"),
                    "marital_status" if random.chance(50) => Some("never_married"),
                    "military" if random.chance(70) => Some("none"),
                    _ => None,
                };
                if let Some(usual) = usual {
                    return usual.into();
                }
                if fact.none.is_some() && list.position("none").is_none() && random.chance(30) {
                    return "none".into();
                }
                let here: Vec<_> = list
                    .codes
                    .iter()
                    .filter(|code| code.state.as_deref().is_none_or(|state| state == "AR"))
                    .collect();
                random.pick(&here).code.clone().into()
            }
            Type::Codes(list) => {
                let list = self.book.vocabulary.list(list).unwrap();
                if random.chance(45) {
                    return json!([]);
                }
                let percent = 100 / (list.codes.len() as u64).clamp(2, 12);
                let codes =
                    list.codes.iter().filter(|code| code.state.as_deref().is_none_or(|state| state == "AR"));
                codes.filter(|_| random.chance(percent)).map(|code| Json::from(code.code.clone())).collect()
            }
            Type::Person => {
                let others: Vec<_> = (0..of.labels.len()).filter(|other| Some(*other) != of.person).collect();
                if others.is_empty() || random.chance(70) {
                    "none".into()
                } else {
                    of.labels[*random.pick(&others)].into()
                }
            }
            Type::People => match random.below(4) {
                0 | 1 => "everyone".into(),
                2 => "nobody".into(),
                _ => of.labels.iter().filter(|_| random.chance(40)).map(|label| Json::from(*label)).collect(),
            },
            Type::Span | Type::Paid => unreachable!("no fact is a bare span"),
        }
    }

    /// A quantity within the limits of a fact, most often near one of the numbers that rules compare it with.
    fn quantity(&self, fact: &Fact, random: &mut Random, most: i64) -> Decimal {
        let low = fact.range.low.finite().unwrap_or(Decimal::ZERO);
        let high = fact.range.high.finite().unwrap_or(Decimal::from(1_000_000));
        let thresholds = self.book.vocabulary.named(&fact.name).map(|id| self.book.reach.thresholds(id));
        let number = match thresholds {
            Some(thresholds) if !thresholds.is_empty() && random.chance(50) => {
                *random.pick(thresholds) + Decimal::from(random.between(-1, 1))
            }
            _ => Decimal::from(random.between(0, most)),
        };
        number.clamp(low, high)
    }

    fn date(&self, fact: &Fact, of: For, random: &mut Random) -> Json {
        if fact.none.is_some() && random.chance(30) {
            return "none".into();
        }
        let years = *random.pick(&[0, 0, 0, 1, 1, 2, 3, 4, 5, 5, 5, 6, 8, 20, 32]);
        let day = Span { count: -years, unit: SpanUnit::Years }.after(of.as_of);
        let days = *random.pick(&[-1, 0, 0, 1, 30, 89, 90, 91, -45, -200, 400]);
        let day = Span { count: -days, unit: SpanUnit::Days }.after(day);
        let latest = if fact.not_after_as_of { fact.dates.high.min(of.as_of) } else { fact.dates.high };
        day.clamp(fact.dates.low, latest).to_string().into()
    }

    fn item(&self, record: u16, of: For, random: &mut Random) -> Json {
        let mut item = Map::new();
        let fields = self.book.vocabulary.facts.iter().filter(|fact| fact.about == About::Item(record));
        let mut hours: Option<String> = None;
        for fact in fields {
            let own = fact.name.rsplit_once('.').map_or(fact.name.as_str(), |(_, own)| own);
            if fact.left_out_is_none && random.chance(75) {
                continue;
            }
            match fact.kind {
                Kind::One(Type::Paid) => {
                    if random.chance(25) {
                        item.insert(own.into(), money(Decimal::from(random.between(0, 25)), random).into());
                        item.insert("per".into(), "hour".into());
                        hours = Some(random.pick(&["0", "8", "12.5", "20", "30", "40"]).to_string());
                    } else {
                        let (per, scale) = *random.pick(&PERIODS);
                        item.insert(
                            own.into(),
                            paid(random, *random.clone().pick(&[60, 300, 1200, 2600]), scale).into(),
                        );
                        item.insert("per".into(), per.into());
                    }
                }
                // Only with pay by the hour: set below.
                _ if own == "hours_per_week" => {}
                Kind::One(Type::Code(list)) => {
                    let list = self.book.vocabulary.list(list).unwrap();
                    let usual = match list.name.as_str() {
                        "income_kind" if random.chance(40) => Some("wages"),
                        "program" => Some(*random.pick(&[
                            "snap",
                            "ssi",
                            "ar-tea",
                            "liheap",
                            "public-housing",
                            "medicare",
                            "wic",
                        ])),
                        _ => None,
                    };
                    let code = usual.map_or_else(|| random.pick(&list.codes).code.clone(), str::to_owned);
                    item.insert(own.into(), code.into());
                }
                Kind::One(kind) => {
                    item.insert(own.into(), self.one(fact, kind, of, random));
                }
                Kind::Items(_) => {}
            }
        }
        if let Some(hours) = hours {
            item.insert("hours_per_week".into(), hours.into());
        }
        Json::Object(item)
    }

    /// Takes away what contradicts the facts that it follows from.
    pub fn settle(&self, body: &mut Json, random: &mut Random) {
        for round in 0..14 {
            let read = situation(&self.strict, body);
            let wrong = contradictions(&self.strict, &read);
            if wrong.is_empty() {
                return;
            }
            for at in wrong.iter().map(|one| one.at) {
                let pointer = read.pointer(at, &self.strict.vocabulary);
                let fact = self.strict.vocabulary.fact(at.fact).unwrap();
                if let (Kind::One(Type::Codes(list)), true) = (fact.kind, round < 12) {
                    // The codes that follow, tried out until they fit.
                    let list = self.strict.vocabulary.list(list).unwrap();
                    let told: Vec<_> = body
                        .pointer(&pointer)
                        .and_then(Json::as_array)
                        .into_iter()
                        .flatten()
                        .cloned()
                        .collect();
                    let derived = fact.derived.as_ref().unwrap();
                    let mut codes: Vec<Json> = told.into_iter().filter(|_| random.chance(50)).collect();
                    if random.chance(50) {
                        codes.extend(derived.has.iter().map(|(code, _)| Json::from(list.code(*code))));
                    }
                    *body.pointer_mut(&pointer).unwrap() = Json::Array(codes);
                } else {
                    remove(body, &pointer);
                }
            }
        }
        panic!("no consistent household: {body}");
    }
}

/// Takes away what stands at a pointer.
pub fn remove(body: &mut Json, pointer: &str) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    if let Some(Json::Object(map)) = body.pointer_mut(parent) {
        map.shift_remove(key);
    }
}

fn age(random: &mut Random, person: usize) -> i64 {
    const TELLING: [i64; 25] =
        [0, 1, 5, 6, 11, 12, 13, 14, 17, 18, 19, 21, 22, 24, 25, 49, 50, 52, 53, 54, 55, 59, 60, 64, 65];
    if person == 0 && random.chance(70) {
        return random.between(18, 66);
    }
    if random.chance(50) { *random.pick(&TELLING) } else { random.between(0, 95) }
}

pub fn money(whole: Decimal, random: &mut Random) -> String {
    let cents = if random.chance(30) { random.between(0, 99) } else { 0 };
    format!("{}.{cents:02}", whole.trunc().to_i64().unwrap())
}

/// An amount that comes to about `most` in a month at most.
fn paid(random: &mut Random, most: i64, scale: i64) -> String {
    let most = match scale {
        0 => most * 3,
        -1 => most * 12,
        times => most / times,
    };
    money(Decimal::from(random.between(0, most)), random)
}

/// Who is what to whom: the elder to the younger where it goes one way.
fn family(random: &mut Random, labels: &[&'static str], ages: &[i64]) -> Json {
    let mut entries = Vec::new();
    let people = labels.len();
    let tell =
        |one: usize, is: &str, other: usize| json!({"person": labels[one], "is": is, "of": labels[other]});
    let mut wed = vec![false; people];
    for one in 0..people {
        for other in one + 1..people {
            let (elder, younger) = if ages[one] >= ages[other] { (one, other) } else { (other, one) };
            let gap = ages[elder] - ages[younger];
            if ages[younger] >= 16 && gap < 25 && !wed[one] && !wed[other] && random.chance(22) {
                wed[one] = true;
                wed[other] = true;
                entries.push(tell(one, "spouse", other));
            } else if gap >= 15 && random.chance(45) {
                entries.push(tell(elder, "parent", younger));
            } else if gap >= 12 && random.chance(12) {
                let is = *random.pick(&[
                    "stepparent",
                    "guardian",
                    "grandparent",
                    "aunt_or_uncle",
                    "foster_parent",
                ]);
                entries.push(tell(elder, is, younger));
            } else if random.chance(12) {
                let is = *random.pick(&["sibling", "unmarried_partner", "former_spouse", "other_relative"]);
                entries.push(tell(one, is, other));
            }
        }
    }
    Json::Array(entries)
}
