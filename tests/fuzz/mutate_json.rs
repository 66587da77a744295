//! JSON changed in a few places, so that it still is JSON.

use serde_json::{Value as Json, json};

use crate::common::random::Random;
use crate::mutate::{nasty, number};

/// A JSON value changed in a few places, so that it still is JSON.
pub fn mutated_json(json: &mut Json, pool: &[Json], random: &mut Random) {
    for _ in 0..=random.below(5) {
        let mut places = Vec::new();
        pointers(json, String::new(), &mut places);
        let at = random.pick(&places).clone();
        let replacement = replacement(json, &at, pool, random);
        if let Some(place) = json.pointer_mut(&at) {
            match (place, random.below(5)) {
                (Json::Object(map), 0) if !map.is_empty() => {
                    let key = map.keys().nth(random.below(map.len())).unwrap().clone();
                    map.shift_remove(&key);
                }
                (Json::Object(map), 1) => {
                    map.insert(nasty(random).to_owned(), replacement);
                }
                (Json::Array(list), 0) if !list.is_empty() => {
                    let other = list[random.below(list.len())].clone();
                    list.push(other);
                }
                (place, _) => *place = replacement,
            }
        }
    }
}

/// What comes to stand at a pointer; values of `pool` lend pieces.
fn replacement(json: &Json, at: &str, pool: &[Json], random: &mut Random) -> Json {
    match random.below(9) {
        0 => Json::Null,
        1 => {
            let from = random.pick(pool);
            let mut places = Vec::new();
            pointers(from, String::new(), &mut places);
            from.pointer(&places[random.below(places.len())]).cloned().unwrap_or_default()
        }
        2 => nasty(random).to_owned().into(),
        3 => number(random).to_owned().into(),
        4 => serde_json::from_str(number(random)).unwrap_or_default(),
        5 => {
            json!({"one_of": [json.pointer(at).cloned(), Json::Null, 1, "x", {"amount": "5", "per": "week"}]})
        }
        6 => {
            json!({"between": [json.pointer(at).cloned(), "999999999999.9999"], "per": "week"})
        }
        7 => Json::Array(vec![json.pointer(at).cloned().unwrap_or_default(); random.below(60)]),
        _ => json!({"unknown": "declined"}),
    }
}

/// Every pointer of a value, its own last.
fn pointers(json: &Json, at: String, found: &mut Vec<String>) {
    match json {
        Json::Object(map) => map.iter().for_each(|(key, value)| {
            pointers(value, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found)
        }),
        Json::Array(list) => {
            list.iter().enumerate().for_each(|(place, value)| pointers(value, format!("{at}/{place}"), found))
        }
        _ => {}
    }
    found.push(at);
}
