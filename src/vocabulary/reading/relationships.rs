//! Who is what to whom.

use super::json::{Json, Map};

use crate::kernel::{CodeSet, Value};
use crate::language::{ListId, Type};
use crate::vocabulary::{About, Absence, Closure, CodeList, Fact, Given, Kind, Relations, Vocabulary};

use super::faults::At;
use super::limits::MOST_RELATIONSHIPS;
use super::partly::{Form, ONE_OF};
use super::values::{Reader, Reading};

const PERSON: &str = "person";
const IS: &str = "is";
const OF: &str = "of";

/// The ways to be related, as the vocabulary has them.
#[derive(Clone, Copy)]
struct Ways<'v> {
    fact: &'v Fact,
    list: &'v CodeList,
    /// The relationship in which nobody can stand to their own forebear.
    descent: Option<usize>,
}

impl<'v> Ways<'v> {
    fn of(vocabulary: &'v Vocabulary, relationships: &Fact) -> Option<Self> {
        let Kind::Items(record) = relationships.kind else { return None };
        let is_way =
            |fact: &&Fact| fact.about == About::Item(record) && matches!(fact.kind, Kind::One(Type::Code(_)));
        let fact = vocabulary.facts.iter().find(is_way)?;
        let Kind::One(Type::Code(list)) = fact.kind else { return None };
        let list: &CodeList = vocabulary.list(ListId(list.0))?;
        let shared = list.codes.iter().find_map(|code| match &code.closure {
            Some(Closure::Shares(shared)) => list.position(shared),
            _ => None,
        });
        Some(Self { fact, list, descent: shared })
    }
}

/// What was told so far and can only go one way: by relationship and person, a bit for each other.
struct OneWay {
    people: usize,
    told: Vec<u64>,
}

impl OneWay {
    fn of(&self, code: usize, one: usize) -> u64 {
        self.told.get(code * self.people + one).copied().unwrap_or(0)
    }

    fn tell(&mut self, code: usize, one: usize, other: usize) {
        if let Some(others) = self.told.get_mut(code * self.people + one) {
            *others |= 1 << other.min(63);
        }
    }

    /// Whether one stands in that relationship to the other; through others too, if it is descent.
    fn reaches(&self, code: usize, one: usize, other: usize, through: bool) -> bool {
        let mut reached = self.of(code, one);
        let mut passed = 0u64;
        while through && reached & !passed != 0 {
            let next = (reached & !passed).trailing_zeros() as usize;
            passed |= 1 << next;
            reached |= self.of(code, next);
        }
        reached & (1 << other.min(63)) != 0
    }
}

impl<'a> Reader<'a> {
    /// Reads the relationships; with what follows from them, if they were given.
    pub(super) fn relationships(&mut self, fact: &Fact, json: Option<&Json>, at: &At) -> (Relations, Given) {
        let vocabulary: &'a Vocabulary = self.vocabulary;
        let people = self.labels.len();
        let Some(ways) = Ways::of(vocabulary, fact) else {
            return (Relations::unknown(people, 0), Given::Absent(Absence::NotAsked));
        };
        let unknown = |why| (Relations::unknown(people, ways.list.codes.len()), Given::Absent(why));
        let list = match json {
            None | Some(Json::Null) => return unknown(Absence::NotAsked),
            Some(Json::Array(list)) => list,
            Some(Json::Object(map)) => {
                let Some(partly) = self.partly(map, at, false) else { return unknown(Absence::NotAsked) };
                match partly.form {
                    Form::Unknown(why) => return unknown(why),
                    Form::OneOf(choices) => {
                        let at = at.name(ONE_OF);
                        for (position, choice) in choices.iter().enumerate() {
                            let at = at.index(position);
                            match choice.as_array() {
                                Some(list) => drop(self.relations(ways, list, &at)),
                                None => self.wrong_type(fact, &at),
                            }
                        }
                        return unknown(Absence::NotKnown);
                    }
                    Form::Between(..) | Form::Amount(_) => {
                        self.wrong_type(fact, at);
                        return unknown(Absence::NotAsked);
                    }
                }
            }
            Some(_) => {
                self.wrong_type(fact, at);
                return unknown(Absence::NotAsked);
            }
        };
        (self.relations(ways, list, at), Given::Told)
    }

    fn relations(&mut self, ways: Ways, list: &[Json], at: &At) -> Relations {
        let people = self.labels.len();
        if list.len() > MOST_RELATIONSHIPS {
            let detail = "There are too many relationships.";
            self.faults.add(at, "too-many", detail, format!("at most {MOST_RELATIONSHIPS} relationships"));
            return Relations::unknown(people, ways.list.codes.len());
        }
        let mut relations = Relations::none(people);
        let faults = self.faults.count();
        let mut one_way = OneWay { people, told: vec![0; people * ways.list.codes.len()] };
        for (position, json) in list.iter().enumerate() {
            let at = at.index(position);
            let Json::Object(map) = json else {
                let expected = "{\"person\": id, \"is\": relationship, \"of\": id}";
                self.faults.add(&at, "wrong-type", "A relationship is given as an object.", expected);
                continue;
            };
            let Some((one, codes, other)) = self.relation(ways, map, &at) else { continue };
            if one == other {
                let detail = "Nobody is related to themselves.";
                self.faults.add(&at, "contradiction", detail, "two different people");
                continue;
            }
            if let Some(code) = codes.known()
                && ways.list.codes.get(code).is_some_and(|code| !code.symmetric)
            {
                if one_way.reaches(code, other, one, ways.descent == Some(code)) {
                    let detail = "This relationship is told the other way round too.";
                    self.faults.add(
                        &at,
                        "contradiction",
                        detail,
                        "one direction, from the elder or the one in charge",
                    );
                    continue;
                }
                one_way.tell(code, one, other);
            }
            relations.tell(one, codes, other, ways.list);
        }
        relations.close(ways.list);
        if self.label_twice {
            return Relations::unknown(people, ways.list.codes.len());
        }
        if self.faults.count() > faults {
            relations.open(ways.list.codes.len());
        }
        relations
    }

    fn relation(&mut self, ways: Ways, map: &Map, at: &At) -> Option<(usize, CodeSet, usize)> {
        let mut codes = Some(CodeSet::first(ways.list.codes.len()));
        let mut sound = true;
        for (key, json) in map.iter() {
            match key {
                PERSON | OF => {}
                IS => {
                    codes = match self.fact(ways.fact, json, &at.name(IS)) {
                        Reading::Told(Value::Code(told)) => Some(told),
                        Reading::Told(_) | Reading::Absent(_) => codes,
                        Reading::Faulty => None,
                    };
                }
                other => {
                    self.unknown_name(at, other, [PERSON, IS, OF]);
                    sound = false;
                }
            }
        }
        let one = self.end(map.get(PERSON), &at.name(PERSON));
        let other = self.end(map.get(OF), &at.name(OF));
        codes.filter(|_| sound).and_then(|codes| Some((one?, codes, other?)))
    }

    fn end(&mut self, json: Option<&Json>, at: &At) -> Option<usize> {
        if let Some(Json::String(label)) = json {
            return self.listed(label, at);
        }
        self.faults.add(at, "required", "A relationship names two people.", "the id of somebody in people");
        None
    }
}
