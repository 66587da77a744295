//! Bytes -> JSON, and every name that stands twice in one object.
//!
//! A second value under the same name would replace the first without a word, and an answer would rest on half of
//! what was sent. So it is a fault like any other, and all of them are found at once.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::ReadFault;
use super::json::{Json, Map};
use super::limits::MOST_VALUES;
use crate::vocabulary::Vocabulary;

/// The code of the fault that a name stands twice in one object.
pub const DUPLICATE_NAME: &str = "duplicate-name";

/// Bytes of a name by which it is told from others at first sight.
const LONGEST_NAME: usize = 48;
/// No object of a request has more names; among more they are sought by a table.
const FEW_NAMES: usize = 200;
/// More names that stand twice than this are not listed.
const MOST_DUPLICATES: usize = 100;

/// Words of the envelope, which the vocabulary does not declare.
const ENVELOPE: [&str; 14] = [
    "options",
    "programs",
    "explain",
    "until",
    "receipt",
    "people",
    "people_complete",
    "id",
    "household",
    "one_of",
    "between",
    "unknown",
    "amount",
    "per",
];

/// A text that is JSON.
#[derive(Debug)]
pub struct Parsed<'t> {
    /// What it says; a name that stands twice, the first value.
    pub body: Json<'t>,
    /// A fault for each name that stands twice.
    pub faults: Vec<ReadFault>,
}

/// Why a text could not be read; nothing of it is repeated.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// More than any request needs.
    #[error("it holds more than {MOST_VALUES} values")]
    TooMany,
    /// Something is not closed.
    #[error("it ends too early at line {line}, column {column}")]
    EndsEarly {
        /// The line that is the last, from 1 on.
        line: usize,
        /// The column in it, from 1 on.
        column: usize,
    },
    /// This is no JSON.
    #[error("it goes wrong at line {line}, column {column}")]
    GoesWrong {
        /// The line, from 1 on.
        line: usize,
        /// The column, from 1 on.
        column: usize,
    },
}

/// Parses one JSON value, and nothing after it. The vocabulary says which names may stand in a pointer.
///
/// # Errors
/// Where a text is no JSON, or holds too much.
pub fn parse<'t>(bytes: &'t [u8], vocabulary: &Vocabulary) -> Result<Parsed<'t>, Unreadable> {
    let mut state = State { duplicates: Vec::new(), values: 0 };
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let body = Strict(&mut state).deserialize(&mut reader).and_then(|body| reader.end().map(|()| body));
    let body = body.map_err(|error| {
        let (line, column) = (error.line(), error.column());
        match error.is_eof() {
            _ if state.values > MOST_VALUES => Unreadable::TooMany,
            true => Unreadable::EndsEarly { line, column },
            false => Unreadable::GoesWrong { line, column },
        }
    })?;
    let fault = |place: Place| ReadFault {
        pointer: pointer(&place, vocabulary),
        code: DUPLICATE_NAME,
        detail: "A name stands twice in this object.".to_owned(),
        expected: "each name once".to_owned(),
        did_you_mean: None,
    };
    let faults = state.duplicates.into_iter().map(fault).collect();
    Ok(Parsed { body, faults })
}

/// Steps from an object up to the body: innermost first.
type Place = Vec<Step>;

enum Step {
    Name(String),
    Index(usize),
}

/// The pointer to an object: as far as its names are known, since a made-up name is text that was sent.
fn pointer(place: &Place, vocabulary: &Vocabulary) -> String {
    let known = |name: &str| {
        ENVELOPE.contains(&name)
            || vocabulary.by_name.contains_key(name)
            || vocabulary.facts.iter().any(|fact| fact.name.split('.').any(|part| part == name))
    };
    let mut pointer = String::new();
    for step in place.iter().rev() {
        match step {
            Step::Index(index) => pointer.push_str(&format!("/{index}")),
            Step::Name(name) if known(name) => pointer.push_str(&format!("/{name}")),
            Step::Name(_) => break,
        }
    }
    pointer
}

struct State {
    duplicates: Vec<Place>,
    values: usize,
}

impl State {
    /// Puts a step above the places found since.
    fn lift(&mut self, since: usize, step: impl Fn() -> Step) {
        for place in self.duplicates.iter_mut().skip(since) {
            place.push(step());
        }
    }
}

struct Strict<'s>(&'s mut State);

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Json<'de>, D::Error> {
        self.0.values += 1;
        if self.0.values > MOST_VALUES {
            return Err(D::Error::custom("too many values"));
        }
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Json<'de>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Owned(value.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let mut list = Vec::new();
        loop {
            let since = self.0.duplicates.len();
            let Some(item) = items.next_element_seed(Strict(&mut *self.0))? else {
                return Ok(Json::Array(list));
            };
            self.0.lift(since, || Step::Index(list.len()));
            list.push(item);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json<'de>, A::Error> {
        let mut object = Map::default();
        let mut names = Names::default();
        while let Some(name) = entries.next_key_seed(Name)? {
            let since = self.0.duplicates.len();
            let value = entries.next_value_seed(Strict(&mut *self.0))?;
            self.0.lift(since, || Step::Name(name.clone().into_owned()));
            if names.held(&name, &object) {
                if since < MOST_DUPLICATES {
                    self.0.duplicates.push(Place::new());
                }
            } else {
                object.push(name, value);
            }
        }
        Ok(Json::Object(object))
    }
}

/// The name of a value, borrowed where it was written without escapes.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Cow<'de, str>, D::Error> {
        reader.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

/// The names of one object so far. Few are told apart by bits, and looked for only where the bits agree.
#[derive(Default)]
struct Names<'de> {
    bits: [u64; 16],
    many: Option<HashSet<Cow<'de, str>>>,
}

impl<'de> Names<'de> {
    /// Whether a name has come before; it has now.
    #[expect(clippy::ptr_arg, reason = "kept as it is: borrowed from the text where it can be")]
    fn held(&mut self, name: &Cow<'de, str>, object: &Map<'de>) -> bool {
        if let Some(many) = &mut self.many {
            return !many.insert(name.clone());
        }
        if object.len() >= FEW_NAMES {
            let mut many: HashSet<Cow<str>> =
                object.iter().map(|(name, _)| Cow::Owned(name.to_owned())).collect();
            let new = many.insert(name.clone());
            self.many = Some(many);
            return !new;
        }
        let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let hash = name.bytes().take(LONGEST_NAME).fold(0x811c_9dc5, mix);
        let (word, bit) = ((hash >> 22) as usize % self.bits.len(), 1u64 << ((hash >> 16) % 64));
        let Some(word) = self.bits.get_mut(word) else { return true };
        let agrees = *word & bit != 0;
        *word |= bit;
        agrees && object.get(name).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_json_is_read_as_it_stands() {
        let text = r#"{"a": [1, -2, 2.5, "x", null, true, {"b": {}}], "c": "\u00e9"}"#;
        let read = parse(text.as_bytes(), &Vocabulary::default()).expect("JSON");
        let plain: serde_json::Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(read.body, Json::from(&plain));
        assert!(read.faults.is_empty());
    }

    #[test]
    fn every_name_that_stands_twice_is_found_and_none_is_repeated() {
        let text = r#"{"people": [{"id": 1, "secret": {"x": 1, "x": 2}, "id": 2}], "people": []}"#;
        let read = parse(text.as_bytes(), &Vocabulary::default()).expect("JSON");
        let pointers: Vec<&str> = read.faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(pointers, ["/people/0", "/people/0", ""]);
        assert!(!format!("{:?}", read.faults).contains("secret"));
    }

    #[test]
    fn a_name_that_stands_twice_is_found_among_very_many() {
        let one = |number: usize| format!("\"name-{number}\": 0");
        for many in [2, 70, 199, 200, 201, 5000] {
            let names: Vec<String> = (0..many).chain([many / 2]).map(one).collect();
            let text = format!("{{{}}}", names.join(","));
            let read = parse(text.as_bytes(), &Vocabulary::default()).expect("JSON");
            assert_eq!(read.faults.len(), 1, "{many} names");
            assert_eq!(read.body.as_object().map(Map::len), Some(many));
        }
    }

    #[test]
    fn too_deep_too_many_and_too_short_are_refused() {
        let deep = [vec![b'['; 200], vec![b']'; 200]].concat();
        let many = format!("[{}0]", "0,".repeat(200_000));
        for (text, why) in [
            (deep.as_slice(), "goes wrong"),
            (many.as_bytes(), "more than 100000 values"),
            (b"{\"a\": 1".as_slice(), "too early"),
            (b"{} {}".as_slice(), "column 4"),
            (b"".as_slice(), "too early"),
            (b"{\"a\": \"\xff\"}".as_slice(), "goes wrong"),
            (b"[1e999]".as_slice(), "goes wrong"),
        ] {
            let said = parse(text, &Vocabulary::default()).expect_err("no JSON").to_string();
            assert!(said.contains(why), "{said}");
        }
    }
}
