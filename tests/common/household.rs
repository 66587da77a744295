//! Random households of which everything is known, built from the vocabulary: a new fact is covered at once.

use std::collections::BTreeSet;

use onward::engine::{Parties, contradictions};
use onward::kernel::{Day, Span, SpanUnit};
use onward::language::{FactId, ListId, Type};
use onward::rulebook::RuleBook;
use onward::vocabulary::{About, Fact, FactRef, Kind, Role};
use serde_json::{Map, Value as Json, json};

use super::law::{Closure, strict};
use super::random::Random;
use super::situation;
use super::values::For;

/// What people are called.
pub const LABELS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

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
        // The home is that of the first who applies.
        let home = self.book.vocabulary.role(Role::LivesInHome).and_then(|id| self.book.vocabulary.fact(id));
        let first = listed.iter_mut().find(|person| person["applicant"] == true);
        if let Some((home, person)) = home.zip(first.and_then(Json::as_object_mut))
            && person.get(&home.name) == Some(&false.into())
        {
            person[&home.name] = true.into();
        }
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
            let age = matches!(fact.name.as_str(), "age" | "date_of_birth");
            if !age && !self.used.contains(&id) && !random.chance(self.others) {
                continue;
            }
            let value = match fact.name.as_str() {
                "age" => of.age.into(),
                "date_of_birth" if random.chance(35) => {
                    let birthday = Span { count: -(of.age as i32), unit: SpanUnit::Years }.after(of.as_of);
                    let born = Span { count: -(random.between(0, 300) as i32), unit: SpanUnit::Days }
                        .after(birthday);
                    born.to_string().into()
                }
                "date_of_birth" => continue,
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

    /// Takes away what contradicts the facts that it follows from.
    pub fn settle(&self, body: &mut Json, random: &mut Random) {
        for round in 0..14 {
            let read = situation(&self.strict, body);
            let wrong = contradictions(&self.strict, &read);
            if wrong.is_empty() {
                return;
            }
            for one in &wrong {
                let at = one.at;
                let pointer = read.pointer(at, &self.strict.vocabulary);
                let fact = self.strict.vocabulary.fact(at.fact).unwrap();
                match fact.kind {
                    Kind::One(Type::Codes(list)) if round < 12 => {
                        self.other_codes(fact, list, body, &pointer, random);
                    }
                    // Of an item, the field that makes it impossible is left out; the list stays whole.
                    Kind::Items(_) => {
                        let mut fields = Parties::of(&self.strict, &read).sets(*one).into_iter().flatten();
                        let field = fields.rfind(|at| at.item != FactRef::NO_ITEM);
                        let field = field.unwrap_or(at);
                        remove(body, &read.pointer(field, &self.strict.vocabulary));
                    }
                    _ => remove(body, &pointer),
                }
            }
        }
        panic!("no consistent household: {body}");
    }

    /// The codes that follow, tried out until they fit.
    fn other_codes(&self, fact: &Fact, list: ListId, body: &mut Json, pointer: &str, random: &mut Random) {
        let list = self.strict.vocabulary.list(list).unwrap();
        let told: Vec<_> =
            body.pointer(pointer).and_then(Json::as_array).into_iter().flatten().cloned().collect();
        let derived = fact.derived.as_ref().unwrap();
        let mut codes: Vec<Json> = told.into_iter().filter(|_| random.chance(50)).collect();
        if random.chance(50) {
            codes.extend(derived.has.iter().map(|(code, _)| Json::from(list.code(*code))));
        }
        *body.pointer_mut(pointer).unwrap() = Json::Array(codes);
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
