//! One fact: a plain value, or one of the ways to say that it is known only in part.

use super::json::Json;

use crate::kernel::{
    Bound, CodeBag, CodeSet, Dates, Day, PersonBag, PersonSet, Range, Truth, Value, iso_day,
};
use crate::language::{ListId, Type};
use crate::vocabulary::{Absence, Code, Fact, Kind, Vocabulary};

use super::faults::{At, Faults};
use super::limits::MOST_CHOICES;
use super::partly::{BETWEEN, Form, ONE_OF, Partly};

/// What reading one request needs to know all the while.
pub(super) struct Reader<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    /// The labels of the people, in order.
    pub(super) labels: Vec<&'a str>,
    /// Whether the people could be read, so that a label may be called unknown.
    pub(super) people_known: bool,
    /// Whether two people have one label, so that it is not known whom another fact names.
    pub(super) label_twice: bool,
    /// The person whose facts are being read.
    pub(super) about: Option<usize>,
    /// The day of application.
    pub(super) as_of: Day,
    /// The code of the state.
    pub(super) state: Option<&'a str>,
    /// Items of income so far.
    pub(super) income_items: usize,
    /// For names of fields and nested facts.
    pub(super) buffer: String,
    pub(super) faults: Faults,
}

/// What came of reading one fact.
#[derive(Debug)]
pub(super) enum Reading {
    /// Told, perhaps only in part.
    Told(Value),
    /// Not told, and why.
    Absent(Absence),
    /// It has a fault.
    Faulty,
}

impl From<Option<Value>> for Reading {
    fn from(read: Option<Value>) -> Self {
        read.map_or(Self::Faulty, Self::Told)
    }
}

impl<'a> Reader<'a> {
    /// Reads a fact that takes one value.
    pub(super) fn fact(&mut self, fact: &Fact, json: &Json, at: &At) -> Reading {
        let Kind::One(kind) = fact.kind else { return Reading::Faulty };
        if kind == Type::Paid {
            return self.paid(fact, json, at, None);
        }
        match json {
            Json::Null => Reading::Absent(Absence::NotAsked),
            Json::Object(map) => match self.partly(map, at, false) {
                None => Reading::Faulty,
                Some(Partly { form: Form::Unknown(why), .. }) => Reading::Absent(why),
                Some(Partly { form: Form::OneOf(choices), .. }) => {
                    let at = at.name(ONE_OF);
                    self.any_of(choices, &at, |reader, choice, at| reader.plain(fact, kind, choice, at))
                        .into()
                }
                Some(Partly { form: Form::Between(low, high), .. }) => {
                    self.between(fact, kind, [low, high], &at.name(BETWEEN)).into()
                }
                Some(Partly { form: Form::Amount(_), .. }) => Reading::Faulty,
            },
            plain => self.plain(fact, kind, plain, at).into(),
        }
    }

    fn between(&mut self, fact: &Fact, kind: Type, [low, high]: [&Json; 2], at: &At) -> Option<Value> {
        match kind {
            Type::Count | Type::Number | Type::Rate | Type::Money(_) => {
                self.amounts_between(fact, kind, [low, high], at).map(Value::Number)
            }
            Type::Date => {
                let low = self.day(fact, low, &at.index(0));
                let (low, high) = low.zip(self.day(fact, high, &at.index(1)))?;
                self.in_order(low <= high, at)?;
                Some(Value::Date(Dates { low, high, exists: Truth::True }))
            }
            _ => {
                let detail = "Only a number, an amount of money or a day can lie between two ends.";
                self.faults.add(at, "wrong-type", detail, self.expected(fact));
                None
            }
        }
    }

    /// Records a fault where two ends are not in order.
    pub(super) fn in_order(&mut self, holds: bool, at: &At) -> Option<()> {
        if !holds {
            let detail = "The first end is greater than the second.";
            self.faults.add(at, "contradiction", detail, "[low, high], the lesser first");
        }
        holds.then_some(())
    }

    /// Reads a value that is known whole.
    fn plain(&mut self, fact: &Fact, kind: Type, json: &Json, at: &At) -> Option<Value> {
        if json.as_str() == Some("none") {
            if self.vocabulary.takes_none(fact) {
                return Some(Vocabulary::none(fact));
            }
            if fact.never_none {
                let detail = "There always is one, so it cannot be none. Leave it out if it is not told.";
                self.faults.add(at, "wrong-type", detail, self.expected(fact));
                return None;
            }
        }
        match (kind, json) {
            (Type::Boolean, Json::Bool(known)) => Some(Value::Truth((*known).into())),
            (Type::Count | Type::Number | Type::Rate | Type::Money(_), _) => {
                self.amount(fact, kind, json, at).map(|amount| Value::Number(Range::exactly(amount)))
            }
            (Type::Date, _) => self.day(fact, json, at).map(|day| Value::Date(Dates::on(day))),
            (Type::Codes(_) | Type::People, Json::Array(list)) if list.len() > MOST_CHOICES => {
                let detail = "This list is too long.";
                self.faults.add(at, "too-many", detail, format!("at most {MOST_CHOICES} values"));
                None
            }
            (Type::Code(list), Json::String(code)) => {
                self.code(list, code, at).map(|position| Value::Code(CodeSet::only(position)))
            }
            (Type::Codes(list), Json::Array(codes)) => self.codes(fact, list, codes, at).map(Value::Codes),
            (Type::Person, Json::String(label)) => self.person(label, at).map(Value::Person),
            (Type::People, Json::String(word)) if word == "everyone" => {
                Some(Value::People(PersonBag { certain: u64::MAX >> 1, possible: u64::MAX >> 1 }))
            }
            (Type::People, Json::String(word)) if word == "nobody" => {
                Some(Value::People(PersonBag { certain: 0, possible: 0 }))
            }
            (Type::People, Json::Array(labels)) => self.people(fact, labels, at).map(Value::People),
            _ => {
                self.wrong_type(fact, at);
                None
            }
        }
    }

    /// Reads a day within the limits of its fact.
    pub(super) fn day(&mut self, fact: &Fact, json: &Json, at: &At) -> Option<Day> {
        let Some(text) = json.as_str() else {
            self.wrong_type(fact, at);
            return None;
        };
        let Some(day) = iso_day(text) else {
            self.faults.add(at, "bad-date", "This is no day of the calendar.", self.expected(fact));
            return None;
        };
        if fact.not_after_as_of && day > self.as_of {
            let detail = "This day lies after the day of application.";
            self.faults.add(at, "after-as-of", detail, "a day on or before the day of application (as_of)");
            return None;
        }
        if day < fact.dates.low || day > fact.dates.high {
            self.faults.add(at, "out-of-range", "This day is out of range.", self.expected(fact));
            return None;
        }
        Some(day)
    }

    /// The position of a code.
    pub(super) fn code(&mut self, list: ListId, code: &str, at: &At) -> Option<usize> {
        let known: &[Code] = self.vocabulary.list(list).map_or(&[], |list| &list.codes);
        let Some(position) = known.iter().position(|known| known.code == code) else {
            let words = ["The vocabulary has no such code.", ""];
            self.faults.misspelt(
                at,
                "unknown-code",
                words,
                code,
                known.iter().map(|known| known.code.as_str()),
            );
            return None;
        };
        let place = known.get(position).and_then(|known| known.state.as_deref());
        if place.zip(self.state).is_some_and(|(of, state)| of != state) {
            let detail = "This place does not lie in the state that was given.";
            self.faults.add(at, "contradiction", detail, "a place in that state");
            return None;
        }
        Some(position)
    }

    fn codes(&mut self, fact: &Fact, list: ListId, codes: &[Json], at: &At) -> Option<CodeBag> {
        let mut whole = CodeSet::EMPTY;
        let mut sound = true;
        for (position, json) in codes.iter().enumerate() {
            let at = at.index(position);
            let code = match json {
                Json::String(code) => self.code(list, code, &at),
                _ => {
                    self.wrong_type(fact, &at);
                    None
                }
            };
            match code {
                Some(code) => whole = whole.join(CodeSet::only(code)),
                None => sound = false,
            }
        }
        sound.then(|| CodeBag::exactly(whole))
    }

    fn person(&mut self, label: &str, at: &At) -> Option<PersonSet> {
        if label == "someone_not_listed" {
            return Some(PersonSet::SOMEBODY_ELSE);
        }
        let person = self.listed(label, at)?;
        if self.about == Some(person) {
            let detail = "This names the person whom the fact is about.";
            self.faults.add(at, "contradiction", detail, "the id of somebody else");
            return None;
        }
        Some(PersonSet::only(person))
    }

    fn people(&mut self, fact: &Fact, labels: &[Json], at: &At) -> Option<PersonBag> {
        let mut bits = 0;
        let mut sound = true;
        for (position, json) in labels.iter().enumerate() {
            let at = at.index(position);
            let person = match json {
                Json::String(label) => self.listed(label, &at),
                _ => {
                    self.wrong_type(fact, &at);
                    None
                }
            };
            match person {
                Some(person) => bits |= 1u64 << person.min(61),
                None => sound = false,
            }
        }
        sound.then_some(PersonBag { certain: bits, possible: bits })
    }

    /// The position of a person.
    pub(super) fn listed(&mut self, label: &str, at: &At) -> Option<usize> {
        let person = self.labels.iter().position(|known| *known == label);
        if person.is_none() && self.people_known {
            let detail = "No one in the list of people has this id.";
            self.faults.add(at, "unknown-person", detail, "the id of somebody in people");
        }
        person
    }
}

/// The ends of nothing in particular.
pub(super) fn range(low: rust_decimal::Decimal, high: rust_decimal::Decimal) -> Range {
    Range { low: Bound::at(low), high: Bound::at(high) }
}
