//! One fact: a plain value, or one of the ways to say that it is known only in part.

use serde_json::{Map, Value as Json};

use crate::kernel::{Bound, CodeBag, CodeSet, Dates, Day, PersonBag, PersonSet, Range, Truth, Value};
use crate::language::{ListId, Type};
use crate::vocabulary::{Absence, Code, CodeList, Fact, Kind, Vocabulary};

use super::faults::{At, Faults};

/// What reading one request needs to know all the while.
pub(super) struct Reader<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    /// The labels of the people, in order.
    pub(super) labels: Vec<&'a str>,
    /// Whether the people could be read, so that a label may be called unknown.
    pub(super) people_known: bool,
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

/// The ways to say that something is known only in part.
pub(super) enum Form<'j> {
    /// Not known at all.
    Unknown(Absence),
    /// Any of these.
    OneOf(&'j [Json]),
    /// From one to the other.
    Between(&'j Json, &'j Json),
    /// Money that comes every so often.
    Amount(&'j Json),
}

/// Nothing more is known of a thing given as an object.
pub(super) struct Partly<'j> {
    pub(super) form: Form<'j>,
    /// How often the money comes.
    pub(super) per: Option<&'j Json>,
}

const UNKNOWN: &str = "unknown";
const ONE_OF: &str = "one_of";
const BETWEEN: &str = "between";
const AMOUNT: &str = "amount";
const PER: &str = "per";

const PARTLY: &str = "{\"one_of\": [...]}, {\"between\": [low, high]} or {\"unknown\": reason}";

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
                    self.any_of(choices, &at, |reader, choice, at| reader.plain(fact, kind, choice, at)).into()
                }
                Some(Partly { form: Form::Between(low, high), .. }) => {
                    self.between(fact, kind, [low, high], &at.name(BETWEEN)).into()
                }
                Some(Partly { form: Form::Amount(_), .. }) => Reading::Faulty,
            },
            plain => self.plain(fact, kind, plain, at).into(),
        }
    }

    /// What all of several choices allow.
    pub(super) fn any_of(
        &mut self,
        choices: &[Json],
        at: &At,
        mut read: impl FnMut(&mut Self, &Json, &At) -> Option<Value>,
    ) -> Option<Value> {
        let mut joined: Option<Value> = None;
        let mut sound = true;
        for (position, choice) in choices.iter().enumerate() {
            match (read(self, choice, &at.index(position)), joined.take()) {
                (Some(value), None) => joined = Some(value),
                (Some(value), Some(before)) => joined = Some(before.join(&value)),
                (None, before) => (joined, sound) = (before, false),
            }
        }
        joined.filter(|_| sound)
    }

    /// Which way a thing is only partly known. `paid`: an amount per period may be, too.
    pub(super) fn partly<'j>(&mut self, map: &'j Map<String, Json>, at: &At, paid: bool) -> Option<Partly<'j>> {
        let mut forms: Option<Option<Form<'j>>> = None;
        let mut per = None;
        let mut sound = true;
        for (key, json) in map {
            let form = match key.as_str() {
                UNKNOWN => self.reason(json, &at.name(UNKNOWN)).map(Form::Unknown),
                ONE_OF => self.choices(json, &at.name(ONE_OF)).map(Form::OneOf),
                BETWEEN => self.ends(json, &at.name(BETWEEN)).map(|[low, high]| Form::Between(low, high)),
                AMOUNT if paid => Some(Form::Amount(json)),
                PER if paid => {
                    per = Some(json);
                    continue;
                }
                other => {
                    let known: &[&str] =
                        if paid { &[UNKNOWN, ONE_OF, BETWEEN, AMOUNT, PER] } else { &[UNKNOWN, ONE_OF, BETWEEN] };
                    self.unknown_name(at, other, known.iter().copied());
                    sound = false;
                    continue;
                }
            };
            sound &= form.is_some();
            if forms.replace(form).is_some() {
                self.faults.add(at, "contradiction", "This is said in two ways at once.", PARTLY);
                sound = false;
            }
        }
        if forms.is_none() && sound {
            let expected = if paid { "{\"amount\": \"...\", \"per\": \"...\"}" } else { PARTLY };
            self.faults.add(at, "wrong-type", "This object does not say what is known.", expected);
        }
        forms.flatten().filter(|_| sound).map(|form| Partly { form, per })
    }

    fn reason(&mut self, json: &Json, at: &At) -> Option<Absence> {
        const REASONS: [Absence; 3] = [Absence::Declined, Absence::NotKnown, Absence::NotAsked];
        let sent = json.as_str().unwrap_or_default();
        let known = REASONS.into_iter().find(|reason| reason.name() == sent);
        if known.is_none() {
            let words = ["This is no reason for a fact to be unknown.", ""];
            self.faults.misspelt(at, "unknown-code", words, sent, REASONS.map(Absence::name));
        }
        known
    }

    fn choices<'j>(&mut self, json: &'j Json, at: &At) -> Option<&'j [Json]> {
        let choices = json.as_array().filter(|choices| !choices.is_empty());
        if choices.is_none() {
            self.faults.add(at, "wrong-type", "There is nothing to choose from.", "a list of at least one value");
        }
        choices.map(Vec::as_slice)
    }

    fn ends<'j>(&mut self, json: &'j Json, at: &At) -> Option<[&'j Json; 2]> {
        if let Some([low, high]) = json.as_array().map(Vec::as_slice) {
            return Some([low, high]);
        }
        self.faults.add(at, "wrong-type", "Two ends are needed.", "[low, high]");
        None
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
        if json.as_str() == Some("none") && self.takes_none(fact, kind) {
            return Some(Vocabulary::none(fact));
        }
        match (kind, json) {
            (Type::Boolean, Json::Bool(known)) => Some(Value::Truth((*known).into())),
            (Type::Count | Type::Number | Type::Rate | Type::Money(_), _) => {
                self.amount(fact, kind, json, at).map(|amount| Value::Number(Range::exactly(amount)))
            }
            (Type::Date, _) => self.day(fact, json, at).map(|day| Value::Date(Dates::on(day))),
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

    /// Whether "none" says that the fact is known not to apply. Where it is a code, it is that code.
    fn takes_none(&self, fact: &Fact, kind: Type) -> bool {
        match kind {
            Type::Date | Type::Person | Type::Count => true,
            Type::Code(list) => {
                fact.none.is_some()
                    && self.vocabulary.list(list).is_none_or(|list| list.position("none").is_none())
            }
            _ => fact.none.is_some(),
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
            self.faults.misspelt(at, "unknown-code", words, code, known.iter().map(|known| known.code.as_str()));
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

    /// Records a name that the vocabulary does not know, at the object that holds it.
    pub(super) fn unknown_name<'k>(&mut self, at: &At, sent: &str, known: impl IntoIterator<Item = &'k str>) {
        let words = ["A name in this object is not in the vocabulary.", "only names that the vocabulary knows"];
        self.faults.misspelt(at, "unknown-name", words, sent, known);
    }

    /// Records a value of the wrong kind.
    pub(super) fn wrong_type(&mut self, fact: &Fact, at: &At) {
        let detail = match fact.kind {
            Kind::One(Type::Paid | Type::Money(_)) => "Money is written as a string of digits, never as a JSON number.",
            _ => "This is not the kind of value that the fact takes.",
        };
        self.faults.add(at, "wrong-type", detail, self.expected(fact));
    }

    /// What a fact takes, in words.
    pub(super) fn expected(&self, fact: &Fact) -> String {
        let limits = |range: Range| match (range.low.finite(), range.high.finite()) {
            (Some(low), Some(high)) => format!(" from {low} to {high}"),
            (Some(low), None) => format!(" of {low} or more"),
            (None, Some(high)) => format!(" of {high} or less"),
            (None, None) => String::new(),
        };
        let Kind::One(kind) = fact.kind else { return "a list of items, each an object".to_owned() };
        let list = |list: ListId| self.vocabulary.list(list).map_or("", |list: &CodeList| &list.name);
        let mut words = match kind {
            Type::Boolean => "true or false".to_owned(),
            Type::Count => format!("a whole number{}", limits(fact.range)),
            Type::Number | Type::Rate | Type::Span => {
                format!("a whole number, or a decimal number in a string,{}", limits(fact.range))
            }
            Type::Money(_) => format!("US dollars and cents in a string{}", limits(fact.range)),
            Type::Paid => "{\"amount\": US dollars and cents in a string, \"per\": a period}".to_owned(),
            Type::Date => {
                let low = Some(fact.dates.low).filter(|low| *low != Day::MIN);
                let high = Some(fact.dates.high).filter(|high| *high != Day::MAX);
                let low = low.map_or_else(String::new, |low| format!(" from {low}"));
                let high = high.map_or_else(String::new, |high| format!(" to {high}"));
                format!("a day as year-month-day{low}{high}")
            }
            Type::Code(of) => format!("a code of the list {}", list(of)),
            Type::Codes(of) => format!("a list of codes of the list {}", list(of)),
            Type::Person => "the id of somebody in people, or \"someone_not_listed\"".to_owned(),
            Type::People => "\"everyone\", \"nobody\" or a list of ids".to_owned(),
        };
        if self.takes_none(fact, kind) {
            words.push_str(", or \"none\"");
        }
        words
    }
}

/// A day written as year, month and day, and nothing else.
pub(super) fn iso_day(text: &str) -> Option<Day> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0u32, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
        })
    };
    let year = i32::try_from(number(&[a, b, c, d])?).ok()?;
    Day::from_ymd_opt(year, number(&[e, f])?, number(&[g, h])?)
}

/// The ends of nothing in particular.
pub(super) fn range(low: rust_decimal::Decimal, high: rust_decimal::Decimal) -> Range {
    Range { low: Bound::at(low), high: Bound::at(high) }
}
