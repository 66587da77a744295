//! Bytes -> JSON, and every name that stands twice in one object.
//!
//! A second value under the same name would replace the first without a word, and an answer would rest on half of
//! what was sent. So it is a fault like any other, and all of them are found at once.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use crate::vocabulary::{ReadFault, Vocabulary};

/// More values than this are in no request of fifty people.
const MOST_VALUES: usize = 100_000;
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

/// What was read.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) body: Json,
    /// A fault for each name that stands twice.
    pub(crate) faults: Vec<ReadFault>,
}

/// Why a text could not be read; nothing of it is repeated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    /// More than any request needs.
    #[error("it holds more than {MOST_VALUES} values")]
    TooMany,
    /// Something is not closed.
    #[error("it ends too early at line {line}, column {column}")]
    EndsEarly { line: usize, column: usize },
    /// This is no JSON.
    #[error("it goes wrong at line {line}, column {column}")]
    GoesWrong { line: usize, column: usize },
}

/// Reads one JSON value, and nothing after it.
pub(crate) fn read(bytes: &[u8], vocabulary: &Vocabulary) -> Result<Read, Unreadable> {
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
        code: "duplicate-name",
        detail: "A name stands twice in this object.".to_owned(),
        expected: "each name once".to_owned(),
        did_you_mean: None,
    };
    let faults = state.duplicates.into_iter().map(fault).collect();
    Ok(Read { body, faults })
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
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Json, D::Error> {
        self.0.values += 1;
        if self.0.values > MOST_VALUES {
            return Err(D::Error::custom("too many values"));
        }
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Json;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::String(value))
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
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

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            let since = self.0.duplicates.len();
            let value = entries.next_value_seed(Strict(&mut *self.0))?;
            self.0.lift(since, || Step::Name(name.clone()));
            if object.insert(name, value).is_some() && since < MOST_DUPLICATES {
                self.0.duplicates.push(Place::new());
            }
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_json_is_read_as_it_stands() {
        let text = r#"{"a": [1, -2, 2.5, "x", null, true, {"b": {}}], "c": "\u00e9"}"#;
        let read = read(text.as_bytes(), &Vocabulary::default()).expect("JSON");
        assert_eq!(read.body, serde_json::from_str::<Json>(text).expect("JSON"));
        assert!(read.faults.is_empty());
    }

    #[test]
    fn every_name_that_stands_twice_is_found_and_none_is_repeated() {
        let text = r#"{"people": [{"id": 1, "secret": {"x": 1, "x": 2}, "id": 2}], "people": []}"#;
        let read = read(text.as_bytes(), &Vocabulary::default()).expect("JSON");
        let pointers: Vec<&str> = read.faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(pointers, ["/people/0", "/people/0", ""]);
        assert!(!format!("{:?}", read.faults).contains("secret"));
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
            let said = read(text, &Vocabulary::default()).expect_err("no JSON").to_string();
            assert!(said.contains(why), "{said}");
        }
    }
}
